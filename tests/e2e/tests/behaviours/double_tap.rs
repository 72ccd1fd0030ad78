//! A trembling thumb taps twice and does one thing.

use anyhow::{Context, Result, ensure};
use e2e::pages::{Drafts, Guide, MAIN_BUTTON, Receipt, Review, Step};
use e2e::phone::Phone;
use e2e::walker::Walker;
use e2e::{Screen, examples, in_browser};

const OWNER: &str = "13807360001";

#[test]
fn two_taps_on_next_go_one_step_on() -> Result<()> {
    in_browser("double-tap", Screen::Phone, |world| async move {
        let example = examples::one("shop-sign", "minimal")?;
        Guide::begin(&world, OWNER, "shop-sign").await?;
        // The steps after the first let everybody pass by then, the second tap too.
        Walker::new(&world, "double-tap", &example.answers).without_looking().steps_until("contact").await?;
        let draft = world.path().await?;
        let draft = draft.rsplit_once('/').context("no step")?.0.to_owned();
        world.open(&format!("{draft}/before-start")).await?;
        world.see("[data-step=before-start]").await?;
        Step::be_saved(&world).await?;
        Phone::tap_twice(&world, MAIN_BUTTON).await?;
        world.see("[data-step=position]").await?;
        Step::be_saved(&world).await?;
        ensure!(Step::id(&world).await? == "position", "went on to {}", Step::id(&world).await?);
        Ok(())
    })
}

#[test]
fn two_taps_on_send_make_one_case() -> Result<()> {
    in_browser("double-send", Screen::Phone, |world| async move {
        let example = examples::one("shop-sign", "minimal")?;
        Guide::begin(&world, OWNER, "shop-sign").await?;
        Walker::new(&world, "double-send", &example.answers).without_looking().steps().await?;
        Phone::tap_twice(&world, MAIN_BUTTON).await?;
        Review::be_received(&world).await?;
        Receipt::reference(&world).await?;
        let cases = world.server.read_as(&world.cookies().await?, "/api/cases").await?;
        let count = cases.as_array().map_or(0, Vec::len);
        ensure!(count == 1, "{count} cases");
        Ok(())
    })
}

#[test]
fn two_taps_on_delete_only_ask() -> Result<()> {
    in_browser("double-delete", Screen::Phone, |world| async move {
        Guide::begin(&world, OWNER, "shop-sign").await?;
        Drafts::open(&world).await?;
        Phone::tap_twice(&world, Drafts::DELETE).await?;
        Drafts::be_asked(&world).await?;
        let drafts = world.server.read_as(&world.cookies().await?, "/api/drafts").await?;
        ensure!(drafts.as_array().is_some_and(|all| all.len() == 1), "deleted unasked: {drafts}");
        Drafts::delete(&world).await
    })
}
