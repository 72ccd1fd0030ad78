//! A draft that was begun for the wrong division moves to the right one with its answers.

use anyhow::{Context, Result, ensure};
use e2e::pages::{Guide, Step};
use e2e::walker::Walker;
use e2e::{Screen, accessibility, examples, in_browser};
use serde_json::{Value, json};

#[test]
fn a_draft_moves_to_the_division_of_the_shop() -> Result<()> {
    in_browser("another-division", Screen::Phone, async |world| {
        let mut answers = examples::one("shop-sign", "minimal")?.answers;
        Guide::begin(&world, "13807360001", "shop-sign").await?;
        let place = answers.get_mut("shop-address").and_then(Value::as_object_mut).context("no address")?;
        place.extend([("division".to_owned(), json!("430703")), ("street".to_owned(), json!("430703001"))]);
        let walker = Walker::new(&world, "another-division", &answers).without_looking();
        walker.begin_until("place").await?;
        walker.answer_step().await?;
        world.see("[data-field=shop-address] .control-warning").await?;
        world.see("[data-move]").await?;
        Step::be_saved(&world).await?;
        accessibility::check_all_looks(&world, "another-division").await?;
        world.press("[data-move]").await?;
        world.until("!document.querySelector('[data-move]')", "the draft to move").await?;
        world.see("[data-step=place]").await?;
        let id = world.path().await?.split('/').nth(2).unwrap_or_default().to_owned();
        let draft = world.server.read_as(&world.cookies().await?, &format!("/api/drafts/{id}")).await?;
        ensure!(draft["division"] == "430703", "it is decided in {}", draft["division"]);
        ensure!(draft["answers"]["shop-address"]["door"] == answers["shop-address"]["door"], "the address is gone");
        ensure!(world.all("[data-field=shop-address] .control-warning").await?.is_empty(), "still in the wrong place");
        Step::go_on(&world).await
    })
}
