//! A person cannot see another person's draft; a private page leads through signing in and comes back.

use anyhow::{Result, ensure};
use e2e::pages::{Guide, SignIn};
use e2e::{Screen, in_browser};

#[test]
#[invariant::invariant("owners-only")]
fn a_stranger_does_not_see_a_draft() -> Result<()> {
    in_browser("stranger", Screen::Phone, async |world| {
        Guide::begin(&world, "13807360001", "shop-sign").await?;
        let path = world.path().await?;
        world.browser.delete_all_cookies().await?;
        SignIn::sign_in(&world, "13807360002").await?;
        world.open(&path).await?;
        world.see(".empty a[href='/cases']").await?;
        world.until("!document.querySelector('[data-step]')", "no step of somebody else").await?;
        let draft = path.split('/').nth(2).unwrap_or_default();
        let answer = world.server.read_as(&world.cookies().await?, &format!("/api/drafts/{draft}")).await;
        ensure!(answer.is_err_and(|error| error.to_string().contains("404")), "the API shows somebody else's draft");
        world.picture("stranger").await
    })
}

#[test]
fn an_address_survives_signing_in() -> Result<()> {
    in_browser("address-survives", Screen::Phone, async |world| {
        world.open("/certificates").await?;
        SignIn::fill_in(&world, "13807360001").await?;
        world.until("location.pathname === '/certificates'", "the page that was asked for").await?;
        world.see("h1").await?;
        Ok(())
    })
}
