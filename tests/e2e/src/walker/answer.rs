//! Answering one field by its kind, through the control that a person would use.

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::pages::{Place, Step};
use crate::photograph::photograph;
use crate::world::World;

/// Gives an answer. Lookups are started, not typed: their answer comes from the register.
pub(super) async fn give(world: &World, place: &Place, answer: &Value) -> Result<()> {
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
        "attachments" => upload(world, place, answer).await,
        "address" => address(world, &name, answer).await,
        "certificate" => certificate(world, place, answer).await,
        "lookup" => lookup(world, place, answer).await,
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
async fn upload(world: &World, place: &Place, answer: &Value) -> Result<()> {
    let wanted = answer.as_array().context("no list")?.len();
    let input = format!("{} input[type=file]", place.wrapper());
    for count in 1..=wanted {
        let photograph = photograph(count)?;
        world.find(&input).await?.send_keys(photograph.to_string_lossy()).await?;
        let safe = format!("document.querySelectorAll('{} [data-attachment]').length >= {count}", place.wrapper());
        world.until(&safe, "the photograph to be safe").await?;
    }
    Ok(())
}

/// County and street from the list, road and door typed.
async fn address(world: &World, name: &str, answer: &Value) -> Result<()> {
    world.press(&format!("button[name=\"{name}\"]")).await?;
    for part in ["division", "street"] {
        let code = answer.get(part).and_then(Value::as_str).unwrap_or_default();
        world.press(&format!("[role=dialog] [data-code=\"{code}\"]")).await?;
    }
    world.until("!document.querySelector('[role=dialog]')", "the list to close").await?;
    let door = answer.get("door").and_then(Value::as_str).unwrap_or_default();
    Step::type_into(world, &format!("{name}.door"), door).await
}

/// Takes the certificate with the example's number, as the wallet shows it.
async fn certificate(world: &World, place: &Place, answer: &Value) -> Result<()> {
    let id = answer.get("id").and_then(Value::as_str).unwrap_or_default();
    let control = world.find(&format!("{} input[value=\"{id}\"]", place.wrapper())).await?;
    world.press_label(&control).await
}

/// A register is asked by itself; what it says must be what the example says.
async fn lookup(world: &World, place: &Place, answer: &Value) -> Result<()> {
    let sign = match answer.get("status").and_then(Value::as_str) {
        Some("matched") => ".tag",
        Some("doubted") => {
            world.press(".control-source button").await?;
            ".notice[data-look=warn]"
        }
        _ => ".notice[data-look=warn] button",
    };
    let seen = format!("document.querySelector('{} {sign}')", place.wrapper());
    world.until(&seen, "the register to answer").await
}

/// Adds rows until there are as many as the example has.
async fn add_rows(world: &World, place: &Place, answer: &Value) -> Result<()> {
    let wanted = answer.as_array().context("no list")?.len();
    let group = &place.field;
    let rows = format!("document.querySelectorAll('[data-step] [data-group=\"{group}\"]').length");
    for count in 1..=wanted {
        let present = world.browser.execute(format!("return {rows};"), Vec::new()).await?.convert::<usize>()?;
        if present < count {
            world.press(&format!("button[data-add-row=\"{group}\"]")).await?;
            world.until(&format!("{rows} >= {count}"), "one more row").await?;
        }
    }
    Ok(())
}
