//! The code of the text message: as many digits as it has, in whatever width.

use anyhow::{Result, ensure};
use e2e::pages::{MAIN_BUTTON, SignIn};
use e2e::{Screen, World, in_browser};

const OWNER: &str = "13807360001";

async fn requests(world: &World) -> Result<usize> {
    let count = "return performance.getEntriesByName(location.origin + '/api/session').length;";
    Ok(world.browser.execute(count, Vec::new()).await?.convert()?)
}

#[test]
fn a_short_code_is_not_sent() -> Result<()> {
    in_browser("short-code", Screen::Phone, async |world| {
        world.open("/sign-in").await?;
        SignIn::ask_for_code(&world, OWNER).await?;
        let before = requests(&world).await?;
        SignIn::type_code(&world, "123").await?;
        world.press(MAIN_BUTTON).await?;
        let says = SignIn::code_error(&world).await?;
        ensure!(says == "请填 6 位数字", "the field says `{says}`");
        world.until("document.activeElement.name === 'code'", "the focus in the field").await?;
        ensure!(requests(&world).await? == before, "the short code was sent");
        world.picture("short-code").await
    })
}

#[test]
fn a_code_in_full_width_digits_is_understood() -> Result<()> {
    in_browser("wide-code", Screen::Phone, async |world| {
        world.open("/sign-in").await?;
        SignIn::ask_for_code(&world, OWNER).await?;
        let widen = |digit: char| char::from_u32(u32::from(digit) + 0xfee0).unwrap_or(digit);
        let wide: String = SignIn::code(&world, OWNER).await?.chars().map(widen).collect();
        SignIn::type_code(&world, &wide).await?;
        SignIn::be_done(&world).await
    })
}
