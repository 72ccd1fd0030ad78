//! "Start" leads to the first step, by way of signing in where that is needed, and to one draft only.

use anyhow::{Result, ensure};
use e2e::pages::{Guide, MAIN_BUTTON, SignIn, Step};
use e2e::{Screen, World, in_browser};
use thirtyfour::By;

const OWNER: &str = "13807360001";

async fn is_only_draft(world: &World) -> Result<()> {
    let drafts = world.server.read_as(&world.cookies().await?, "/api/drafts").await?;
    let count = drafts.as_array().map_or(0, Vec::len);
    ensure!(count == 1, "{count} drafts");
    Ok(())
}

/// The guide offers to go on, beside beginning anew.
async fn be_asked(world: &World) -> Result<()> {
    world
        .until("document.querySelectorAll('.bottom-bar button').length === 2", "the question which one is meant")
        .await?;
    let main = world.browser.find(By::Css(MAIN_BUTTON)).await?.text().await?;
    ensure!(main == "接着填", "the main button says {main}");
    is_only_draft(world).await
}

async fn start_signed_out(world: &World) -> Result<()> {
    Guide::open(world, "shop-sign").await?;
    world.press(MAIN_BUTTON).await?;
    world.until("location.pathname === '/sign-in'", "the page for signing in").await?;
    SignIn::fill_in(world, OWNER).await
}

#[test]
fn start_leads_through_signing_in_to_the_first_step() -> Result<()> {
    in_browser("start", Screen::Phone, async |world| {
        start_signed_out(&world).await?;
        let step = Step::id(&world).await?;
        ensure!(step == "before-start", "the first step is {step}");
        is_only_draft(&world).await
    })
}

#[test]
fn a_reload_and_back_leave_one_draft() -> Result<()> {
    in_browser("start-once", Screen::Phone, async |world| {
        start_signed_out(&world).await?;
        Step::id(&world).await?;
        world.browser.refresh().await?;
        Step::id(&world).await?;
        is_only_draft(&world).await?;
        world.browser.back().await?;
        world.until("location.pathname === '/services/shop-sign'", "the guide").await?;
        be_asked(&world).await?;
        world.press(MAIN_BUTTON).await?;
        Step::id(&world).await?;
        is_only_draft(&world).await
    })
}

#[test]
fn a_person_with_a_draft_is_asked_which_one_is_meant() -> Result<()> {
    in_browser("start-again", Screen::Phone, async |world| {
        Guide::begin(&world, OWNER, "shop-sign").await?;
        world.open("/sign-in?next=/services/shop-sign").await?;
        world.until("location.pathname === '/services/shop-sign'", "the guide").await?;
        be_asked(&world).await
    })
}
