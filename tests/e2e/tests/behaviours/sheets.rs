//! A sheet over the screen closes by Escape wherever the focus is, and gives it back.

use anyhow::Result;
use e2e::pages::Guide;
use e2e::walker::Walker;
use e2e::{Screen, World, accessibility, examples, in_browser};
use thirtyfour::prelude::*;

const REGION: &str = ".home-head button[aria-haspopup=dialog]";

async fn press_key(world: &World, key: Key) -> Result<()> {
    Ok(world.browser.action_chain().send_keys(key + "").perform().await?)
}

async fn escape_to(world: &World, opener: &str) -> Result<()> {
    press_key(world, Key::Escape).await?;
    world.until("!document.querySelector('[role=dialog]')", "the sheet to close").await?;
    world.until(&format!("document.activeElement.matches('{opener}')"), "the focus on what opened it").await
}

async fn lose_the_focus(world: &World) -> Result<()> {
    world.until("document.activeElement.matches('[role=dialog]')", "the focus on the sheet").await?;
    world.until("document.activeElement.blur() || document.activeElement === document.body", "no focus").await
}

#[test]
fn escape_closes_the_regions_wherever_the_focus_is() -> Result<()> {
    in_browser("sheet-region", Screen::Desktop, async |world| {
        world.open("/").await?;
        world.press(REGION).await?;
        accessibility::check_all_looks(&world, "regions").await?;
        lose_the_focus(&world).await?;
        escape_to(&world, REGION).await
    })
}

#[test]
fn tab_comes_back_into_a_sheet() -> Result<()> {
    in_browser("sheet-tab", Screen::Desktop, async |world| {
        world.open("/").await?;
        world.press(REGION).await?;
        lose_the_focus(&world).await?;
        press_key(&world, Key::Tab).await?;
        world.until("document.activeElement.closest('[role=dialog]')", "the focus in the sheet").await
    })
}

#[test]
fn escape_closes_the_streets_after_a_county_was_pressed() -> Result<()> {
    in_browser("sheet-streets", Screen::Desktop, async |world| {
        let example = examples::one("shop-sign", "minimal")?;
        Guide::begin(&world, "13807360001", "shop-sign").await?;
        Walker::new(&world, "sheet", &example.answers).without_looking().begin_until("place").await?;
        world.press("button[name=shop-address]").await?;
        // The button goes with the list of counties, and the focus with it.
        world.press("[role=dialog] [data-code=\"430702\"]").await?;
        world.see("[role=dialog] [data-code=\"430702001\"]").await?;
        escape_to(&world, "button[name=shop-address]").await
    })
}
