//! Back, forward and the keyboard lead through an application without losing anything.

use anyhow::{Result, ensure};
use e2e::pages::{Guide, Step};
use e2e::walker::Walker;
use e2e::{Screen, World, examples, in_browser};
use thirtyfour::prelude::*;

const OWNER: &str = "13807360001";
/// Enough to come round the longest step.
const TABS_MAXIMUM: usize = 80;

#[test]
#[invariant::invariant("for-everyone")]
fn back_and_forward_keep_the_answers() -> Result<()> {
    in_browser("back", Screen::Phone, async |world| {
        let example = examples::one("shop-sign", "minimal")?;
        Guide::begin(&world, OWNER, "shop-sign").await?;
        let first = Step::id(&world).await?;
        Walker::new(&world, "back", &example.answers).without_looking().begin_until("applicant").await?;
        world.browser.back().await?;
        world.browser.back().await?;
        world.see(&format!("[data-step=\"{first}\"]")).await?;
        let chosen = world.all("[data-step] input:checked").await?.len();
        ensure!(chosen == 3, "{chosen} answers left of 3");
        world.browser.forward().await?;
        world.browser.forward().await?;
        world.see("[data-step=applicant]").await?;
        Ok(())
    })
}

async fn press_key(world: &World, key: impl Into<TypingData>) -> Result<()> {
    Ok(world.browser.action_chain().send_keys(key).perform().await?)
}

/// Goes on with Tab until a selector has the focus.
async fn tab_to(world: &World, selector: &str) -> Result<()> {
    let has_focus = format!("return document.activeElement.matches('{selector}');");
    for _ in 0..TABS_MAXIMUM {
        if world.browser.execute(has_focus.as_str(), Vec::new()).await?.convert::<bool>()? {
            return Ok(());
        }
        press_key(world, Key::Tab + "").await?;
    }
    anyhow::bail!("Tab never reaches {selector}")
}

#[test]
#[invariant::invariant("for-everyone")]
fn a_step_is_answered_without_touching_the_screen() -> Result<()> {
    in_browser("keyboard", Screen::Desktop, async |world| {
        Guide::begin(&world, OWNER, "shop-sign").await?;
        for field in ["shop-where", "sign-purpose", "request"] {
            tab_to(&world, &format!("[name={field}]")).await?;
            press_key(&world, " ").await?;
        }
        tab_to(&world, "[data-main]").await?;
        press_key(&world, Key::Enter + "").await?;
        world.see("[data-step=position]").await?;
        world.until("document.activeElement.tagName === 'H1'", "the title of the next step to have the focus").await
    })
}
