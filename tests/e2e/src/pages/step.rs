//! One step of an application: its fields, in the order that a person meets them, and the way on.

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use thirtyfour::prelude::*;

use super::MAIN_BUTTON;
use crate::world::World;

const FIELDS: &str = "
return Array.from(document.querySelectorAll('[data-step] [data-field]')).map((wrapper) => ({
  field: wrapper.dataset.field,
  row: wrapper.dataset.row === undefined ? null : Number(wrapper.dataset.row),
  kind: wrapper.dataset.kind,
}));";

/// The list of errors at the top.
const SUMMARY: &str = "[data-step] .notice[data-look=error]";

/// A field on the screen: `sign.height` in row 0, or `shop-name` in none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub field: String,
    pub row: Option<usize>,
    pub kind: String,
}

impl Place {
    /// The `name` of the control: the field's id, in a group with its row.
    pub fn control(&self) -> String {
        match (self.field.split_once('.'), self.row) {
            (Some((group, inner)), Some(row)) => format!("{group}.{row}.{inner}"),
            _ => self.field.clone(),
        }
    }

    /// The wrapper of the field.
    pub fn wrapper(&self) -> String {
        let row = self.row.map(|row| format!("[data-row=\"{row}\"]")).unwrap_or_default();
        format!("[data-step] [data-field=\"{}\"]{row}", self.field)
    }
}

/// The step that is on the screen.
pub struct Step;

impl Step {
    /// The id of the step.
    pub async fn id(world: &World) -> Result<String> {
        let root = world.see("[data-step]").await?;
        root.attr("data-step").await?.context("a step without an id")
    }

    /// The fields shown now.
    pub async fn fields(world: &World) -> Result<Vec<Place>> {
        let found = world.browser.execute(FIELDS, Vec::new()).await?;
        let places = found.json().as_array().cloned().unwrap_or_default();
        Ok(places.iter().filter_map(place).collect())
    }

    /// Presses the main button and waits for the next screen. Fails with the errors that the page lists.
    pub async fn go_on(world: &World) -> Result<()> {
        let before = world.path().await?;
        world.press(MAIN_BUTTON).await?;
        let moved_or_told = format!("location.pathname !== '{before}' || document.querySelector('{SUMMARY}')");
        world.until(&moved_or_told, "the next step").await?;
        ensure!(world.path().await? != before, "{before} does not let on: {}", Self::errors(world).await?.join(" | "));
        Ok(())
    }

    /// Presses the main button where it must not lead on, and waits until the page says why.
    pub async fn be_refused(world: &World) -> Result<Vec<String>> {
        world.press(MAIN_BUTTON).await?;
        world.see(SUMMARY).await?;
        Self::errors(world).await
    }

    /// Waits until the page says that everything is saved.
    pub async fn be_saved(world: &World) -> Result<()> {
        let note = "document.querySelector('.top-bar-note[data-state=fine]')";
        world.until(&format!("{note} && {note}.textContent.includes('已保存')"), "the answers to be saved").await
    }

    /// The errors listed at the top.
    pub async fn errors(world: &World) -> Result<Vec<String>> {
        let mut lines = Vec::new();
        for line in world.all(&format!("{SUMMARY} li")).await? {
            lines.push(line.text().await?);
        }
        Ok(lines)
    }

    /// Enters a text as an input method does, for characters that no keyboard has a key for.
    pub async fn paste_into(world: &World, name: &str, text: &str) -> Result<()> {
        let control = world.see(&format!("[name=\"{name}\"]")).await?;
        let insert =
            "arguments[0].focus(); arguments[0].select(); document.execCommand('insertText', false, arguments[1]);
            arguments[0].blur();";
        world.browser.execute(insert, vec![control.to_json()?, Value::from(text)]).await?;
        Ok(())
    }

    /// Puts the caret into the last control of the step that is typed in.
    pub async fn focus_last_typed(world: &World) -> Result<()> {
        let last = world.all("[data-step] [data-field] input[type=text]").await?.pop().context("nothing to type in")?;
        let name = last.attr("name").await?.context("a field without a name")?;
        world.press(&format!("[name=\"{name}\"]")).await
    }

    /// Types into a control, replacing what stands there, and leaves it.
    pub async fn type_into(world: &World, name: &str, text: &str) -> Result<()> {
        let control = world.see(&format!("[name=\"{name}\"]")).await?;
        if control.value().await?.as_deref() == Some(text) {
            return Ok(());
        }
        control.send_keys(Key::Control + "a").await?;
        type_in(world, &control, text).await?;
        control.send_keys(Key::Tab + "").await?;
        Ok(())
    }
}

fn place(value: &Value) -> Option<Place> {
    let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    let row = value.get("row").and_then(Value::as_u64).and_then(|row| usize::try_from(row).ok());
    Some(Place { field: text("field")?, row, kind: text("kind").unwrap_or_default() })
}

/// Older drivers have no keys for characters beyond the BMP (𬱖): those come as an input method brings them.
async fn type_in(world: &World, control: &WebElement, text: &str) -> Result<()> {
    if text.chars().all(|character| u32::from(character) < 0x1_0000) {
        control.send_keys(text).await?;
        return Ok(());
    }
    world.browser.cdp().input().insert_text(text).await?;
    Ok(())
}
