//! The pictures of one question: those that are safe, those on their way, and one of them large.

use anyhow::{Context, Result};
use serde_json::Value;

use super::Place;
use crate::photograph::photograph;
use crate::world::World;

/// Where the pictures of one field stand.
pub struct Pictures {
    wrapper: String,
}

impl Pictures {
    pub fn of(place: &Place) -> Self {
        Self { wrapper: place.wrapper() }
    }

    /// The first question of the step that asks for pictures.
    pub fn first_of(places: &[Place]) -> Result<Self> {
        let place = places.iter().find(|place| place.kind == "attachments").context("no question for pictures")?;
        Ok(Self::of(place))
    }

    /// Chooses a photograph from the album; it is on its way then.
    pub async fn choose(&self, world: &World, number: usize) -> Result<()> {
        let path = photograph(number)?;
        world.find(&format!("{} input[type=file]", self.wrapper)).await?.send_keys(path.to_string_lossy()).await?;
        Ok(())
    }

    /// Chooses several at once.
    pub async fn choose_together(&self, world: &World, numbers: std::ops::RangeInclusive<usize>) -> Result<()> {
        let paths = numbers.map(|number| Ok(photograph(number)?.to_string_lossy().into_owned()));
        let paths = paths.collect::<Result<Vec<_>>>()?.join("\n");
        world.find(&format!("{} input[type=file]", self.wrapper)).await?.send_keys(paths).await?;
        Ok(())
    }

    /// Waits until this phone has so many on its disk: they are shown, and need not be chosen again.
    pub async fn be_kept(&self, world: &World, count: usize) -> Result<()> {
        let kept = format!("document.querySelectorAll('{} [data-sending] img').length === {count}", self.wrapper);
        world.until(&kept, "the photographs to be kept").await
    }

    /// Waits until part of one has gone, or is shown to have gone.
    pub async fn be_part_way(&self, world: &World) -> Result<()> {
        let gone = format!(
            "document.querySelector('{} [data-sending] [role=progressbar]:not([aria-valuenow=\"0\"])')",
            self.wrapper
        );
        world.until(&gone, "progress").await
    }

    /// Waits until so many are on their way.
    pub async fn be_sending(&self, world: &World, count: usize) -> Result<()> {
        let sending = format!("document.querySelectorAll('{} [data-sending]').length === {count}", self.wrapper);
        world.until(&sending, "the photographs to be on their way").await
    }

    /// Presses what opens the camera, and waits until the place is on the disk.
    pub async fn open_the_camera(&self, world: &World) -> Result<()> {
        let open = "const [input, done] = arguments; input.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
            const look = () => { const opening = indexedDB.open('yijianshi'); opening.onsuccess = () => {
                const found = opening.result.transaction('keys').objectStore('keys').get('camera');
                found.onsuccess = () => { opening.result.close(); found.result ? done() : setTimeout(look, 20); };
            }; }; look();";
        let input = world.find(&format!("{} input[type=file]", self.wrapper)).await?;
        world.browser.execute_async(open, vec![input.to_json()?]).await?;
        Ok(())
    }

    /// Waits until so many are safe on the server.
    pub async fn be_safe(&self, world: &World, count: usize) -> Result<()> {
        let safe = format!("document.querySelectorAll('{} [data-attachment]').length === {count}", self.wrapper);
        world.until(&safe, "the photographs to be safe").await
    }

    /// Those that are safe, in their order.
    pub async fn order(&self, world: &World) -> Result<Vec<String>> {
        let ids = "return Array.from(document.querySelectorAll(arguments[0]), (slot) => slot.dataset.attachment);";
        let slots = Value::from(format!("{} [data-attachment]", self.wrapper));
        Ok(world.browser.execute(ids, vec![slots]).await?.convert()?)
    }

    /// Opens one large.
    pub async fn open(&self, world: &World, id: &str) -> Result<()> {
        world.press(&format!("{} [data-attachment=\"{id}\"] button", self.wrapper)).await?;
        world.until("(document.querySelector('[role=dialog] img') || {}).complete", "the large picture").await
    }

    /// Moves the one that is large one place forward.
    pub async fn move_forward(world: &World) -> Result<()> {
        world.press("[role=dialog] [data-move]").await?;
        world.until("!document.querySelector('[role=dialog]')", "the large picture to close").await
    }

    /// Waits until one is said not to have arrived, and returns the words.
    pub async fn fail(&self, world: &World) -> Result<String> {
        Ok(world.see(&format!("{} .upload-error", self.wrapper)).await?.text().await?)
    }

    pub async fn send_again(&self, world: &World) -> Result<()> {
        world.press(&format!("{} [data-sending] button", self.wrapper)).await
    }

    /// Waits until one is on its way.
    pub async fn be_on_the_way(&self, world: &World) -> Result<()> {
        world.see(&format!("{} [data-sending]", self.wrapper)).await?;
        Ok(())
    }
}
