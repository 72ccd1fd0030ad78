//! Screens that no walk passes: right at both sizes, in standard, care and dark.

use anyhow::{Result, ensure};
use e2e::pages::SignIn;
use e2e::{Screen, World, accessibility, in_browser};

const ALONE: [(&str, &str); 4] =
    [("home", "/"), ("guide", "/services/shop-sign"), ("sign-in", "/sign-in"), ("not-found", "/no-such-page")];
const SIGNED_IN: [(&str, &str); 4] = [
    ("drafts-empty", "/drafts"),
    ("cases-empty", "/cases"),
    ("certificates", "/certificates"),
    ("grievance", "/grievance"),
];

async fn look_at(world: &World, screens: &[(&str, &str)], suffix: &str) -> Result<()> {
    for (name, path) in screens {
        world.open(path).await?;
        world.see("h1").await?;
        world.until("!document.querySelector('.skeleton')", "the page to be filled").await?;
        accessibility::check_all_looks(world, &format!("{name}-{suffix}")).await?;
        let wide = "return document.documentElement.scrollWidth > window.innerWidth + 1;";
        ensure!(!world.browser.execute(wide, Vec::new()).await?.convert::<bool>()?, "{name} is wider than the screen");
    }
    Ok(())
}

async fn all_screens(world: World, suffix: &str) -> Result<()> {
    look_at(&world, &ALONE, suffix).await?;
    SignIn::sign_in(&world, "13807360001").await?;
    look_at(&world, &SIGNED_IN, suffix).await
}

#[test]
#[invariant::invariant("for-everyone")]
fn every_screen_is_right_on_a_phone() -> Result<()> {
    in_browser("looks-phone", Screen::Phone, async |world| all_screens(world, "phone").await)
}

#[test]
#[invariant::invariant("for-everyone")]
fn every_screen_is_right_on_a_desktop() -> Result<()> {
    in_browser("looks-desk", Screen::Desktop, async |world| all_screens(world, "desk").await)
}

#[test]
#[invariant::invariant("for-everyone")]
fn care_and_dark_are_kept() -> Result<()> {
    in_browser("looks-kept", Screen::Phone, async |world| {
        world.open("/").await?;
        world.press("button[aria-pressed]").await?;
        world.until("document.documentElement.dataset.care === 'on'", "care").await?;
        world.browser.refresh().await?;
        world.see("h1").await?;
        world.until("document.documentElement.dataset.care === 'on'", "care after a reload").await?;
        accessibility::check(&world, "home in care").await
    })
}
