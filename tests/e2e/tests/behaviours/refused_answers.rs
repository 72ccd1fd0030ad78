//! Wrong and missing answers are explained kindly and listed at the top, and the first one takes the focus.

use anyhow::{Result, ensure};
use e2e::pages::{Guide, Step};
use e2e::{Screen, in_browser};

const OWNER: &str = "13807360001";

#[test]
fn a_missing_answer_is_listed_and_takes_the_focus() -> Result<()> {
    in_browser("missing-answer", Screen::Phone, async |world| {
        Guide::begin(&world, OWNER, "shop-sign").await?;
        let fields = Step::fields(&world).await?;
        let errors = Step::be_refused(&world).await?;
        ensure!(errors.len() == fields.len(), "{} fields, but these errors: {errors:?}", fields.len());
        let first = fields.first().map(|place| place.wrapper()).unwrap_or_default();
        let inside = format!("document.querySelector('{first}').contains(document.activeElement)");
        world.until(&inside, "the focus on the first open question").await?;
        world.picture("missing-answer").await
    })
}

#[test]
fn an_error_goes_away_while_it_is_corrected() -> Result<()> {
    in_browser("mended-answer", Screen::Phone, async |world| {
        Guide::begin(&world, OWNER, "shop-sign").await?;
        let before = Step::be_refused(&world).await?.len();
        let choice = world.find("[data-step] input[type=radio]").await?;
        world.press_label(&choice).await?;
        let fewer = format!("document.querySelectorAll('[data-look=error] li').length < {before}");
        world.until(&fewer, "one error less").await
    })
}
