//! People type and paste as they are used to; the form understands.

use anyhow::{Result, ensure};
use e2e::pages::{Guide, Step};
use e2e::walker::Walker;
use e2e::{Screen, World, examples, in_browser};

const OWNER: &str = "13807360001";

async fn shown(world: &World, name: &str) -> Result<String> {
    Ok(world.see(&format!("[name=\"{name}\"]")).await?.value().await?.unwrap_or_default())
}

/// Types, leaves the field, and waits until it shows the standard spelling.
async fn is_understood(world: &World, name: &str, typed: &str, meant: &str) -> Result<()> {
    Step::type_into(world, name, typed).await?;
    let mended = format!("document.querySelector('[name=\"{name}\"]').value === '{meant}'");
    world.until(&mended, &format!("`{typed}` to become {meant}")).await
}

#[test]
fn a_credit_code_with_blanks_and_small_letters_is_understood() -> Result<()> {
    in_browser("typing-code", Screen::Phone, async |world| {
        let example = examples::one("shop-sign", "minimal")?;
        Guide::begin(&world, OWNER, "shop-sign").await?;
        Walker::new(&world, "typing-code", &example.answers).without_looking().begin_until("licence").await?;
        is_understood(&world, "credit-code", "９２430703 ma0000023m", "92430703MA0000023M").await?;
        world
            .until("document.querySelector('[name=licence-name]').value !== ''", "the register to fill the name")
            .await?;
        let name = shown(&world, "licence-name").await?;
        ensure!(name == "鼎城区刘记卤味店", "the register filled `{name}`");
        Ok(())
    })
}

#[test]
fn a_day_is_typed_as_one_likes() -> Result<()> {
    in_browser("typing-day", Screen::Phone, async |world| {
        let example = examples::one("shop-sign", "minimal")?;
        Guide::begin(&world, OWNER, "shop-sign").await?;
        Walker::new(&world, "typing-day", &example.answers).without_looking().begin_until("schedule").await?;
        for typed in ["20301207", "2030.12.7", "2030年12月7日", "2030/12/07"] {
            is_understood(&world, "start-date", typed, "2030-12-07").await?;
        }
        Ok(())
    })
}

#[test]
fn a_wrong_number_is_told_when_the_field_is_left() -> Result<()> {
    in_browser("typing-wrong", Screen::Phone, async |world| {
        let example = examples::one("shop-sign", "minimal")?;
        Guide::begin(&world, OWNER, "shop-sign").await?;
        Walker::new(&world, "typing-wrong", &example.answers).without_looking().begin_until("contact").await?;
        Step::type_into(&world, "contact-phone", "138").await?;
        world.see("[data-field=contact-phone] .control-error").await?;
        world.picture("wrong-number").await?;
        Step::type_into(&world, "contact-phone", OWNER).await?;
        let mended = "document.querySelector('[data-field=contact-phone] .control-error').hidden";
        world.until(mended, "the error to go").await
    })
}
