//! The receipt after sending, with the reference.

use anyhow::{Context, Result};

use crate::world::World;

/// The receipt of a case.
pub struct Receipt;

impl Receipt {
    /// The reference of the case, as the address names it and the page shows it.
    pub async fn reference(world: &World) -> Result<String> {
        let path = world.path().await?;
        let reference = path.strip_prefix("/cases/").and_then(|rest| rest.strip_suffix("/receipt"));
        let reference = reference.with_context(|| format!("{path} is no receipt"))?;
        world.until(&format!("document.body.innerText.includes('{reference}')"), "the reference on the page").await?;
        Ok(reference.to_owned())
    }

    /// Copies the reference, and waits until the button says that it did.
    pub async fn copy(world: &World) -> Result<()> {
        world.press(".reference + button").await?;
        world
            .until(
                "document.querySelector('.reference + button').textContent === '已复制'",
                "the word that it is copied",
            )
            .await
    }
}
