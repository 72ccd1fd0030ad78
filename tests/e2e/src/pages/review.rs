//! The last look before sending.

use anyhow::{Result, ensure};

use super::MAIN_BUTTON;
use crate::world::World;

/// The review of a draft.
pub struct Review;

impl Review {
    /// Whether the screen is a review.
    pub async fn is_here(world: &World) -> Result<bool> {
        Ok(world.path().await?.ends_with("/review"))
    }

    /// Sends the application and waits for the receipt.
    pub async fn submit(world: &World) -> Result<()> {
        ensure!(Self::is_here(world).await?, "this is no review: {}", world.path().await?);
        world.press(MAIN_BUTTON).await?;
        Self::be_received(world).await
    }

    /// Waits for the receipt.
    pub async fn be_received(world: &World) -> Result<()> {
        world.until("location.pathname.endsWith('/receipt')", "the receipt").await
    }
}
