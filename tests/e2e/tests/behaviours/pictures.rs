//! The pictures of a question stand in the order that the resident gave them.

use anyhow::{Context, Result, ensure};
use e2e::pages::{Guide, Pictures, Step};
use e2e::walker::Walker;
use e2e::{Screen, accessibility, examples, in_browser};

#[test]
fn a_new_order_is_kept_after_a_reload() -> Result<()> {
    in_browser("picture-order", Screen::Phone, |world| async move {
        let example = examples::one("shop-sign", "minimal")?;
        Guide::begin(&world, "13807360001", "shop-sign").await?;
        Walker::new(&world, "order", &example.answers).without_looking().steps_until("sign-pictures").await?;
        let pictures = Pictures::first_of(&Step::fields(&world).await?)?;
        for count in 1..=2 {
            pictures.choose(&world, count).await?;
            pictures.be_safe(&world, count).await?;
        }
        let mut wanted = pictures.order(&world).await?;
        pictures.open(&world, wanted.last().context("no picture")?).await?;
        accessibility::check_all_looks(&world, "picture").await?;
        Pictures::move_forward(&world).await?;
        wanted.reverse();
        let moved = pictures.order(&world).await?;
        ensure!(moved == wanted, "wanted {wanted:?}, they stand as {moved:?}");
        Step::be_saved(&world).await?;
        world.browser.refresh().await?;
        pictures.be_safe(&world, 2).await?;
        let kept = pictures.order(&world).await?;
        ensure!(kept == wanted, "wanted {wanted:?}, after a reload they stand as {kept:?}");
        Ok(())
    })
}
