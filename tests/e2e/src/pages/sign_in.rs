//! Signing in by phone and code; the SMS arrives on the demonstration phone.

use anyhow::{Context, Result};
use serde_json::Value;

use super::MAIN_BUTTON;
use crate::world::World;

/// The sign-in page.
pub struct SignIn;

impl SignIn {
    /// Opens the page, asks for a code, reads the SMS and types it in.
    pub async fn sign_in(world: &World, phone: &str) -> Result<()> {
        world.open("/sign-in").await?;
        Self::fill_in(world, phone).await
    }

    /// As one of the demonstration's people, by the number on the identity card.
    pub async fn sign_in_as(world: &World, resident_id: &str) -> Result<()> {
        let phone = world.server.phone_of(resident_id).await?;
        Self::sign_in(world, &phone).await
    }

    /// As [`SignIn::sign_in`], from where the app itself has led to the page.
    pub async fn fill_in(world: &World, phone: &str) -> Result<()> {
        Self::ask_for_code(world, phone).await?;
        // The sixth digit sends by itself.
        Self::type_code(world, &Self::code(world, phone).await?).await?;
        Self::be_done(world).await
    }

    /// Enters the number and waits for the field of the code.
    pub async fn ask_for_code(world: &World, phone: &str) -> Result<()> {
        world.see("input[name=phone]").await?.send_keys(phone).await?;
        world.press(MAIN_BUTTON).await?;
        world.see("input[name=code]").await?;
        Ok(())
    }

    /// Types into the field of the code, behind what stands there.
    pub async fn type_code(world: &World, code: &str) -> Result<()> {
        world.see("input[name=code]").await?.send_keys(code).await?;
        Ok(())
    }

    /// The error shown at the code.
    pub async fn code_error(world: &World) -> Result<String> {
        Ok(world.see("[data-field=code] .control-error").await?.text().await?)
    }

    /// Waits until the page has gone on.
    pub async fn be_done(world: &World) -> Result<()> {
        world.until("location.pathname !== '/sign-in'", "the sign-in to end").await
    }

    /// The digits in the newest SMS.
    pub async fn code(world: &World, phone: &str) -> Result<String> {
        let messages = world.server.read(&format!("/demo/sms?phone={phone}")).await?;
        let newest = messages.get(0).map(Value::to_string).context("no SMS arrived")?;
        let is_code = |word: &&str| word.len() == 6;
        let code = newest.split(|character: char| !character.is_ascii_digit()).find(is_code);
        code.map(str::to_owned).with_context(|| format!("no code of six digits in {newest}"))
    }
}
