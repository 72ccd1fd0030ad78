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
        | "newborn-name"
        | "number"
        | "money"
        | "phone"
        | "resident-id"
        | "credit-code"
        | "bank-card"
        | "birth-certificate-number"
        | "date"
        | "date-time" => Step::type_into(world, &name, text(answer)?).await,
        "choice" | "sex" => choose(world, &name, text(answer)?).await,
        "yes-no" => choose(world, &name, if answer.as_bool().context("no boolean")? { "yes" } else { "no" }).await,
        "multi-choice" => choose_all(world, &name, answer).await,
        "identity-document" => document(world, &name, answer).await,
        "consent" if answer.get("accepted") == Some(&Value::Bool(false)) => {
            world.press(&format!("{} [data-refuse]", place.wrapper())).await
        }
        "consent" => tick(world, &name).await,
        "signature" => sign(world, place).await,
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
    // Of a code list the code is typed; leaving the input takes what it means.
    if world.find(&format!("input[name=\"{name}\"]")).await?.attr("role").await?.as_deref() == Some("combobox") {
        return Step::type_into(world, name, value).await;
    }
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

/// The document where there is a choice, then its number.
async fn document(world: &World, name: &str, answer: &Value) -> Result<()> {
    let part = |key: &str| answer.get(key).map(text).transpose().map(Option::unwrap_or_default);
    let choice = format!("input[name=\"{name}.document\"]");
    if !world.all(&choice).await?.is_empty() {
        choose(world, &format!("{name}.document"), part("document")?).await?;
    }
    Step::type_into(world, name, part("number")?).await
}

/// Draws on the pad with the pointer, and says that it is done.
async fn sign(world: &World, place: &Place) -> Result<()> {
    let pad = world.see(&format!("{} .pad", place.wrapper())).await?;
    if pad.attr("data-signed").await?.is_none() {
        let centre = "arguments[0].scrollIntoView({ block: 'center' });";
        world.browser.execute(centre, vec![pad.to_json()?]).await?;
        let pen = world.browser.action_chain().move_to_element_center(&pad).click_and_hold();
        let pen = pen.move_by_offset(30, 20).move_by_offset(-60, 10).move_by_offset(20, -40).release();
        pen.perform().await?;
        world.press(&format!("{} [data-sign=done]", place.wrapper())).await?;
    }
    let signed = format!("document.querySelector('{} [data-signed]')", place.wrapper());
    world.until(&signed, "the signature to be kept").await
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
        Some("matched") => ":is(.tag, [data-told])",
        Some("doubted") => {
            world.press(".control-source button").await?;
            ".notice[data-look=warn]"
        }
        _ => ".notice[data-look=warn]",
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
