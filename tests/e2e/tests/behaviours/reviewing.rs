//! The review shows everything, and a change made from it comes back to it.

use anyhow::{Result, ensure};
use e2e::pages::{Guide, MAIN_BUTTON, Review, Step};
use e2e::walker::Walker;
use e2e::{Screen, examples, in_browser};

#[test]
fn a_change_from_the_review_comes_back_to_it() -> Result<()> {
    in_browser("review-change", Screen::Phone, async |world| {
        let example = examples::one("shop-sign", "minimal")?;
        Guide::begin(&world, "13807360001", "shop-sign").await?;
        Walker::new(&world, "review", &example.answers).without_looking().begin_until("review").await?;
        world.press("[data-review=contact] a").await?;
        world.see("[data-step=contact]").await?;
        Step::type_into(&world, "contact-name", "陈静").await?;
        world.press(MAIN_BUTTON).await?;
        world.see("[data-step=review]").await?;
        ensure!(Review::is_here(&world).await?, "not the review: {}", world.path().await?);
        let shown = world.see("[data-review=contact]").await?.text().await?;
        ensure!(shown.contains("陈静"), "the review shows the old answer: {shown}");
        Ok(())
    })
}
