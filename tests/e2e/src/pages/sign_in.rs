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
        world.see("input[name=phone]").await?.send_keys(phone).await?;
        world.see(MAIN_BUTTON).await?.click().await?;
        let field = world.see("input[name=code]").await?;
        field.send_keys(Self::code(world, phone).await?).await?;
        // The sixth digit may send by itself; the button is for those who paste slowly.
        if let Some(button) = world.all(MAIN_BUTTON).await?.pop()
            && world.path().await? == "/sign-in"
        {
            drop(button.click().await);
        }
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
