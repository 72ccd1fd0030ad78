//! Answering one field by its kind, through the control that a person would use.

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::pages::{Place, Step};
use crate::photograph::Album;
use crate::world::World;

/// Gives an answer. Lookups are started, not typed: their answer comes from the register.
pub(super) async fn give(world: &World, album: &Album, place: &Place, answer: &Value) -> Result<()> {
    let name = place.control();
    match place.kind.as_str() {
        "text"
        | "long-text"
        | "person-name"
        | "number"
        | "money"
        | "phone"
        | "resident-id"
        | "credit-code"
        | "bank-card"
        | "birth-certificate-number"
        | "date" => Step::type_into(world, &name, text(answer)?).await,
        "choice" | "sex" => choose(world, &name, text(answer)?).await,
        "yes-no" => choose(world, &name, if answer.as_bool().context("no boolean")? { "yes" } else { "no" }).await,
        "multi-choice" => choose_all(world, &name, answer).await,
        "consent" => tick(world, &name).await,
        "attachments" => upload(world, album, place, answer).await,
        "address" => address(world, &name, answer).await,
        "certificate" | "lookup" => press_in(world, place).await,
        "group" => add_rows(world, place, answer).await,
        "computed" => Ok(()),
        other => bail!("the walker does not know the kind `{other}` yet"),
    }
}

fn text(answer: &Value) -> Result<&str> {
    answer.as_str().with_context(|| format!("{answer} is no text"))
}

/// The label is what a finger hits; the radio button itself may be drawn over.
async fn choose(world: &World, name: &str, value: &str) -> Result<()> {
    let control = world.find(&format!("input[name=\"{name}\"][value=\"{value}\"]")).await?;
    if !control.is_selected().await? {
        world.press_label(&control).await?;
    }
    Ok(())
}

async fn choose_all(world: &World, name: &str, answer: &Value) -> Result<()> {
    for value in answer.as_array().context("no list")? {
        choose(world, name, text(value)?).await?;
    }
    Ok(())
}

async fn tick(world: &World, name: &str) -> Result<()> {
    let control = world.find(&format!("input[name=\"{name}\"]")).await?;
    if !control.is_selected().await? {
        world.press_label(&control).await?;
    }
    Ok(())
}

/// Gives as many photographs as the example has, and waits until each is safe on the server.
async fn upload(world: &World, album: &Album, place: &Place, answer: &Value) -> Result<()> {
    let wanted = answer.as_array().context("no list")?.len();
    let input = format!("{} input[type=file]", place.wrapper());
    for count in 1..=wanted {
        let photograph = album.photograph(count)?;
        world.find(&input).await?.send_keys(photograph.to_string_lossy()).await?;
        let safe = format!("document.querySelectorAll('{} [data-upload=\"done\"]').length >= {count}", place.wrapper());
        world.until(&safe, "the photograph to be safe").await?;
    }
    Ok(())
}

async fn address(world: &World, name: &str, answer: &Value) -> Result<()> {
    for part in ["division", "street"] {
        let code = answer.get(part).and_then(Value::as_str).unwrap_or_default();
        let option = world.find(&format!("[name=\"{name}.{part}\"] option[value=\"{code}\"]")).await?;
        option.click().await?;
    }
    let door = answer.get("door").and_then(Value::as_str).unwrap_or_default();
    Step::type_into(world, &format!("{name}.door"), door).await
}

/// Presses the first button of the field and waits for its result.
async fn press_in(world: &World, place: &Place) -> Result<()> {
    world.see(&format!("{} button", place.wrapper())).await?.click().await?;
    let settled = format!("document.querySelector('{} [data-settled]')", place.wrapper());
    world.until(&settled, "the answer of the register").await
}

/// Adds rows until there are as many as the example has.
async fn add_rows(world: &World, place: &Place, answer: &Value) -> Result<()> {
    let wanted = answer.as_array().context("no list")?.len();
    let group = &place.field;
    let rows = format!(
        "new Set(Array.from(document.querySelectorAll('[data-field^=\"{group}.\"]')).map((field) => field.dataset.row)).size"
    );
    for count in 1..=wanted {
        let present = world.browser.execute(format!("return {rows};"), Vec::new()).await?.convert::<usize>()?;
        if present < count {
            world.see(&format!("{} button[data-add]", place.wrapper())).await?.click().await?;
            world.until(&format!("{rows} >= {count}"), "one more row").await?;
        }
    }
    Ok(())
}
