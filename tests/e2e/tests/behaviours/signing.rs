//! A signature stands under what was read; after a change it is asked for again. Nobody needs a steady hand.

use anyhow::Result;
use e2e::pages::{Guide, Step};
use e2e::walker::Walker;
use e2e::{Screen, examples, in_browser};
use serde_json::{Value, json};

const OWNER: &str = "13807360001";

#[test]
fn a_change_after_signing_asks_for_a_new_signature() -> Result<()> {
    let example = examples::one("kitchen-sink", "minimal")?;
    in_browser("signing", Screen::Phone, |world| async move {
        Guide::begin(&world, OWNER, "kitchen-sink").await?;
        let walker = Walker::new(&world, "signing", &example.answers).without_looking();
        walker.steps_until("sign").await?;
        world.until("document.querySelector('[data-paper=form] dd')", "the filled form").await?;
        walker.answer_step().await?;
        world.picture("signed").await?;
        // Back, another name for the child, forth again.
        let mut changed = example.answers.clone();
        changed.insert("baby-name".to_owned(), Value::from("刘宁"));
        let path = world.path().await?;
        world.open(&path.replace("/sign", "/birth")).await?;
        let again = Walker::new(&world, "signing", &changed).without_looking();
        again.steps_until("sign").await?;
        world.until("document.body.innerText.includes('再签一次')", "the signature to be asked for again").await?;
        // With the keyboard only.
        world.press("[data-sign=other]").await?;
        Step::type_into(&world, "signature", example.answers["name"].as_str().unwrap_or_default()).await?;
        world.press("[data-sign=done]").await?;
        world.until("document.querySelector('[data-signed]')", "the typed signature").await?;
        Step::go_on(&world).await
    })
}

#[test]
fn whoever_refuses_a_consent_is_led_to_the_window() -> Result<()> {
    let example = examples::one("kitchen-sink", "minimal")?;
    in_browser("refusing", Screen::Phone, |world| async move {
        Guide::begin(&world, OWNER, "kitchen-sink").await?;
        let mut refused = example.answers.clone();
        refused.insert("privacy".to_owned(), json!({ "accepted": false, "version": 1 }));
        let walker = Walker::new(&world, "refusing", &refused).without_looking();
        walker.steps_until("consent").await?;
        walker.answer_step().await?;
        Step::go_on(&world).await?;
        world.see("[data-exit=refused]").await?;
        world.see("a[href^=\"tel:\"]").await?;
        Ok(())
    })
}
