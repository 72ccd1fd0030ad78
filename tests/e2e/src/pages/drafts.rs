//! My drafts: going on, and deleting after a question.

use anyhow::Result;

use crate::world::World;

/// The list of unfinished applications.
pub struct Drafts;

impl Drafts {
    /// The button of the first draft.
    pub const DELETE: &str = ".card [data-look=danger]";

    /// Opens the list and waits until there is something in it.
    pub async fn open(world: &World) -> Result<()> {
        world.open("/drafts").await?;
        world.see(Self::DELETE).await?;
        Ok(())
    }

    /// Waits for the question whether it is meant.
    pub async fn be_asked(world: &World) -> Result<()> {
        let asks = format!("document.querySelector('{}').textContent.includes('再点一次')", Self::DELETE);
        world.until(&asks, "the question whether to delete").await
    }

    /// Reads the question, says yes, and waits until nothing is left.
    pub async fn delete(world: &World) -> Result<()> {
        let read = "(window.reading = window.reading || performance.now()) + 500 < performance.now()";
        world.until(read, "the question to be read").await?;
        world.press(Self::DELETE).await?;
        world.see(".empty").await?;
        Ok(())
    }
}
