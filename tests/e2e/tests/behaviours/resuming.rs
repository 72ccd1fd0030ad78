//! A draft goes on where it was left: after a reload, from the list of drafts, with its files.

use anyhow::{Result, ensure};
use e2e::pages::{Guide, Step};
use e2e::walker::Walker;
use e2e::{Screen, World, accessibility, examples, in_browser};

const OWNER: &str = "13807360001";

async fn choose_first(world: &World) -> Result<()> {
    let choice = world.find("[data-step] input[type=radio]").await?;
    world.press_label(&choice).await?;
    Step::be_saved(world).await
}

#[test]
fn a_reload_loses_nothing() -> Result<()> {
    in_browser("reload", Screen::Phone, async |world| {
        Guide::begin(&world, OWNER, "shop-sign").await?;
        choose_first(&world).await?;
        world.browser.refresh().await?;
        world.see("[data-step]").await?;
        ensure!(world.find("[data-step] input[type=radio]").await?.is_selected().await?, "the answer is gone");
        Ok(())
    })
}

#[test]
fn another_phone_goes_on_with_the_files() -> Result<()> {
    in_browser("another-phone", Screen::Phone, async |world| {
        let example = examples::one("shop-sign", "minimal")?;
        Guide::begin(&world, OWNER, "shop-sign").await?;
        let walker = Walker::new(&world, "another-phone", &example.answers).without_looking();
        walker.begin_until("sign-pictures").await?;
        walker.answer_step().await?;
        let pictures = world.all("[data-attachment]").await?.len();
        Step::be_saved(&world).await?;
        let draft = world.path().await?;
        world.forget_everything_but_the_session().await?;
        world.open("/drafts").await?;
        world.see(".card").await?;
        accessibility::check_all_looks(&world, "drafts").await?;
        let id = draft.split('/').nth(2).unwrap_or_default();
        world.press(&format!("a[href^=\"/drafts/{id}\"]")).await?;
        ensure!(Step::id(&world).await? == "sign-pictures", "not where I was: {}", world.path().await?);
        world
            .until(&format!("document.querySelectorAll('[data-attachment]').length === {pictures}"), "the pictures")
            .await
    })
}
