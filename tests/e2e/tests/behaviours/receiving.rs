//! The reference can be taken along.

use anyhow::{Result, ensure};
use e2e::pages::{Receipt, SignIn};
use e2e::phone::Phone;
use e2e::walker::Walker;
use e2e::{Screen, examples, in_browser};

#[test]
fn the_reference_is_copied_by_its_button() -> Result<()> {
    in_browser("copy", Screen::Phone, async |world| {
        let example = examples::one("shop-sign", "minimal")?;
        SignIn::sign_in(&world, "13807360001").await?;
        let walker = Walker::new(&world, "copy", &example.answers).typed_elsewhere();
        let reference = walker.finish("shop-sign").await?;
        Phone::allow_copying(&world).await?;
        Receipt::copy(&world).await?;
        let copied = Phone::clipboard(&world).await?;
        ensure!(copied == reference, "the reference is {reference}, copied was `{copied}`");
        Ok(())
    })
}
