//! The session ends in the middle: the screen stays, one signs in above it, and everything is there. Another person
//! finds nothing.

use anyhow::{Result, ensure};
use e2e::pages::{Guide, MAIN_BUTTON, Pictures, Review, SignIn, Step};
use e2e::walker::Walker;
use e2e::{Screen, World, examples, in_browser};

const OWNER: &str = "13807360001";
const TICKET: &str = "ticket-liu";
const SHEET: &str = "[role=dialog] input[name=phone]";

/// Begins by the super-app's ticket, since a phone gets one code a minute, and goes to a step.
async fn begin(world: &World, goal: &str) -> Result<()> {
    world.open("/").await?;
    let sign_in = "const [ticket, done] = arguments; const headers = { 'Content-Type': 'application/json' };
        fetch('/api/session', { method: 'POST', headers, body: JSON.stringify({ ticket: `${ticket}.${Date.now()}` }) }).then(() => done());";
    world.browser.execute_async(sign_in, vec![TICKET.into()]).await?;
    Guide::open(world, "shop-sign").await?;
    Guide::start(world).await?;
    let example = examples::one("shop-sign", "minimal")?;
    Walker::new(world, "expired", &example.answers).without_looking().begin_until(goal).await?;
    Step::be_saved(world).await
}

async fn end_the_session(world: &World) -> Result<()> {
    world.browser.delete_all_cookies().await?;
    Ok(())
}

/// Signs in where the sheet lies over the form.
async fn sign_in_above(world: &World, phone: &str) -> Result<()> {
    world.see(SHEET).await?;
    let field = world.see(SHEET).await?;
    field.send_keys(phone).await?;
    world.press(&format!("[role=dialog] {MAIN_BUTTON}")).await?;
    world.see("[role=dialog] input[name=code]").await?;
    SignIn::type_code(world, &SignIn::code(world, phone).await?).await?;
    world.until("!document.querySelector('[role=dialog]')", "the sheet to go").await
}

#[test]
fn what_is_typed_is_there_after_signing_in_again() -> Result<()> {
    in_browser("expired-typing", Screen::Phone, async |world| {
        begin(&world, "contact").await?;
        end_the_session(&world).await?;
        Step::type_into(&world, "contact-name", "王等等").await?;
        world.see(SHEET).await?;
        world.picture("expired").await?;
        sign_in_above(&world, OWNER).await?;
        ensure!(
            world.find("[name=contact-name]").await?.value().await?.as_deref() == Some("王等等"),
            "what was typed is gone"
        );
        Step::type_into(&world, "contact-name", "王又来").await?;
        Step::be_saved(&world).await
    })
}

#[test]
fn a_photograph_waits_for_the_sign_in() -> Result<()> {
    in_browser("expired-upload", Screen::Phone, async |world| {
        begin(&world, "sign-pictures").await?;
        let pictures = Pictures::first_of(&Step::fields(&world).await?)?;
        end_the_session(&world).await?;
        pictures.choose(&world, 1).await?;
        sign_in_above(&world, OWNER).await?;
        pictures.be_safe(&world, 1).await?;
        Step::be_saved(&world).await
    })
}

#[test]
fn an_application_is_sent_after_signing_in_again() -> Result<()> {
    in_browser("expired-submit", Screen::Phone, async |world| {
        begin(&world, "delivery").await?;
        let example = examples::one("shop-sign", "minimal")?;
        Walker::new(&world, "expired-submit", &example.answers).without_looking().steps().await?;
        world.until("location.pathname.endsWith('/review')", "the review").await?;
        Step::be_saved(&world).await?;
        end_the_session(&world).await?;
        world.press(MAIN_BUTTON).await?;
        sign_in_above(&world, OWNER).await?;
        Review::submit(&world).await
    })
}

#[test]
#[invariant::invariant("sealed-journal")]
fn another_person_who_signs_in_above_it_finds_nothing() -> Result<()> {
    in_browser("expired-stranger", Screen::Phone, async |world| {
        begin(&world, "contact").await?;
        end_the_session(&world).await?;
        Step::type_into(&world, "contact-name", "王不给看").await?;
        sign_in_above(&world, "13807360002").await?;
        world.until("location.pathname === '/'", "the start page").await?;
        ensure!(!world.browser.source().await?.contains("王不给看"), "another person reads what was typed");
        Ok(())
    })
}

#[test]
fn what_was_typed_before_another_person_signed_in_waits_for_its_owner() -> Result<()> {
    in_browser("expired-return", Screen::Phone, async |world| {
        begin(&world, "contact").await?;
        let path = world.path().await?;
        end_the_session(&world).await?;
        Step::type_into(&world, "contact-name", "王不给看").await?;
        sign_in_above(&world, "13807360002").await?;
        world.until("location.pathname === '/'", "the start page").await?;
        world.press("nav.rows button").await?;
        world.until("!document.querySelector('nav.rows button')", "the sign-out").await?;
        world.open(&path).await?;
        SignIn::fill_in(&world, OWNER).await?;
        world
            .until("(document.querySelector('[name=contact-name]') || {}).value === '王不给看'", "what its owner typed")
            .await?;
        Step::be_saved(&world).await
    })
}

#[test]
#[invariant::invariant("sealed-journal")]
fn a_wrong_code_opens_nothing_without_a_network_either() -> Result<()> {
    in_browser("expired-offline", Screen::Phone, async |world| {
        begin(&world, "contact").await?;
        end_the_session(&world).await?;
        Step::type_into(&world, "contact-name", "王不给看").await?;
        world.see(SHEET).await?.send_keys("13807360002").await?;
        world.press(&format!("[role=dialog] {MAIN_BUTTON}")).await?;
        world.see("[role=dialog] input[name=code]").await?;
        world.server.stop();
        SignIn::type_code(&world, "000000").await?;
        let says = SignIn::code_error(&world).await?;
        ensure!(says.contains("没有连上"), "the refusal says `{says}`");
        world.see("[role=dialog]").await?;
        Ok(())
    })
}

#[test]
#[invariant::invariant("sealed-journal")]
fn what_one_person_typed_waits_for_them_while_another_uses_the_phone() -> Result<()> {
    in_browser("expired-two-people", Screen::Phone, async |world| {
        begin(&world, "contact").await?;
        let path = world.path().await?;
        end_the_session(&world).await?;
        Step::type_into(&world, "contact-name", "王等主人").await?;
        sign_in_above(&world, "13807360002").await?;
        world.until("location.pathname === '/'", "the start page").await?;
        // The system puts the app away, which is when the app brings everything to the disk once more.
        let hide = "document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));";
        world.browser.execute(hide, Vec::new()).await?;
        world.press("nav.rows button").await?;
        world.until("!document.querySelector('nav.rows button')", "the sign-out").await?;
        SignIn::sign_in(&world, OWNER).await?;
        world.open(&path).await?;
        let is_back = "(document.querySelector('[name=contact-name]') || {}).value === '王等主人'";
        world.until(is_back, "what its owner had typed").await?;
        Step::be_saved(&world).await
    })
}
