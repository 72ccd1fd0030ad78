//! A person who cannot apply here is told why and where to go: never a dead end.

use anyhow::{Result, ensure};
use e2e::pages::{Guide, Step};
use e2e::{Screen, accessibility, in_browser};

#[test]
fn a_gate_names_the_window_and_leads_back() -> Result<()> {
    in_browser("gate", Screen::Phone, async |world| {
        Guide::begin(&world, "13807360001", "shop-sign").await?;
        for (field, answer) in [("shop-where", "indoors"), ("sign-purpose", "shop-sign")] {
            let choice = world.find(&format!("input[name=\"{field}\"][value=\"{answer}\"]")).await?;
            world.press_label(&choice).await?;
        }
        Step::go_on(&world).await?;
        world.see("[data-exit]").await?;
        let text = world.text().await?;
        ensure!(text.contains("12345"), "the way out names no phone: {text}");
        ensure!(world.all("a[href^=\"tel:\"]").await?.len() == 1, "the phone cannot be pressed");
        ensure!(!world.all("a[href^=\"/grievance\"]").await?.is_empty(), "no way to object");
        accessibility::check_all_looks(&world, "gate").await?;
        world.press("[data-main]").await?;
        world.see("[data-step=\"before-start\"]").await?;
        Ok(())
    })
}
