//! The guide of a service: who may apply, what to bring, how long it takes, and the button that starts.

use anyhow::Result;

use super::{MAIN_BUTTON, SignIn};
use crate::world::World;

/// A service's own page.
pub struct Guide;

impl Guide {
    /// Opens the guide and waits until it is filled.
    pub async fn open(world: &World, service: &str) -> Result<()> {
        world.open(&format!("/services/{service}")).await?;
        world.see(MAIN_BUTTON).await?;
        Ok(())
    }

    /// Signs in and starts an application: where most stories begin.
    pub async fn begin(world: &World, phone: &str, service: &str) -> Result<()> {
        SignIn::sign_in(world, phone).await?;
        Self::open(world, service).await?;
        Self::start(world).await
    }

    /// Starts an application and waits for its first step.
    pub async fn start(world: &World) -> Result<()> {
        world.press(MAIN_BUTTON).await?;
        world.see("[data-step]").await?;
        Ok(())
    }
}
