//! The keyboard of a phone covers neither the field that one types in nor the way on.

use anyhow::Result;
use e2e::pages::{Guide, MAIN_BUTTON, Step};
use e2e::phone::Phone;
use e2e::walker::Walker;
use e2e::{Screen, examples, in_browser};

#[test]
#[invariant::invariant("for-everyone")]
fn the_last_field_and_the_button_stay_above_the_keyboard() -> Result<()> {
    in_browser("phone-keyboard", Screen::Phone, async |world| {
        let example = examples::one("shop-sign", "minimal")?;
        Guide::begin(&world, "13807360001", "shop-sign").await?;
        Walker::new(&world, "keyboard", &example.answers).without_looking().begin_until("sign-size").await?;
        Step::focus_last_typed(&world).await?;
        Phone::raise_the_keyboard(&world).await?;
        let button = format!("document.querySelector('{MAIN_BUTTON}').getBoundingClientRect().bottom <= innerHeight");
        world.until(&button, "the button above the keyboard").await?;
        let field = "(({ top, bottom }) => top >= document.querySelector('.top-bar').getBoundingClientRect().bottom
            && bottom <= document.querySelector('.bottom-bar').getBoundingClientRect().top)
            (document.activeElement.getBoundingClientRect())";
        world.until(field, "the field between the bars").await?;
        world.picture("phone-keyboard").await
    })
}
