//! A photograph goes on by itself when the network comes back, and by its button when it has given up.

use anyhow::{Result, ensure};
use e2e::pages::{Guide, MAIN_BUTTON, Pictures, Review, Step};
use e2e::phone::Phone;
use e2e::walker::Walker;
use e2e::{Screen, World, examples, in_browser};

/// Goes to the pictures, and loses the network while the first is on its way.
async fn lose_the_network(world: &World) -> Result<Pictures> {
    let example = examples::one("shop-sign", "minimal")?;
    Guide::begin(world, "13807360001", "shop-sign").await?;
    Walker::new(world, "weak-signal", &example.answers).without_looking().begin_until("sign-pictures").await?;
    let pictures = Pictures::first_of(&Step::fields(world).await?)?;
    Phone::lose_the_signal(world).await?;
    Ok(pictures)
}

#[test]
#[invariant::invariant("cut-uploads-go-on")]
fn a_photograph_survives_a_cut_network() -> Result<()> {
    in_browser("weak-signal", Screen::Phone, async |world| {
        let pictures = lose_the_network(&world).await?;
        pictures.choose(&world, 1).await?;
        pictures.be_on_the_way(&world).await?;
        world.picture("weak-signal").await?;
        Phone::find_the_signal(&world).await?;
        pictures.be_safe(&world, 1).await
    })
}

#[test]
#[invariant::invariant("cut-uploads-go-on")]
fn a_photograph_that_gave_up_is_sent_by_its_button() -> Result<()> {
    in_browser("given-up", Screen::Phone, async |world| {
        let pictures = lose_the_network(&world).await?;
        Phone::let_time_fly(&world).await?;
        pictures.choose(&world, 1).await?;
        let says = pictures.fail(&world).await?;
        ensure!(says.contains("没有连上"), "the failure says `{says}`");
        world.picture("given-up").await?;
        Phone::let_time_go_on(&world).await?;
        pictures.send_again(&world).await?;
        pictures.be_on_the_way(&world).await?;
        world.see("[data-sending] [role=progressbar]").await?;
        Phone::find_the_signal(&world).await?;
        pictures.be_safe(&world, 1).await?;
        Step::be_saved(&world).await
    })
}

/// The first sending is said to be under way still, and the page notes when each is tried.
const UNDER_WAY: &str = "const [after] = arguments; const real = window.fetch; window.tries = [];
    window.fetch = (request, init) => {
        if (!(request.url || String(request)).endsWith('/submit')) return real(request, init);
        window.tries.push(performance.now());
        const headers = { 'Content-Type': 'application/problem+json', 'Retry-After': String(after) };
        const refusal = { type: 'about:blank', title: '', status: 409, detail: '', code: 'submission-in-flight', errors: [] };
        if (window.tries.length > 1) sessionStorage.between = window.tries[1] - window.tries[0];
        return window.tries.length > 1 ? real(request, init) : Promise.resolve(new Response(JSON.stringify(refusal), { status: 409, headers }));
    };";
/// More than the pause that the app would make by itself.
const AFTER_SECONDS: u32 = 4;

#[test]
fn a_sending_that_is_under_way_is_asked_about_when_the_server_has_said() -> Result<()> {
    in_browser("under-way", Screen::Phone, async |world| {
        let example = examples::one("shop-sign", "minimal")?;
        Guide::begin(&world, "13807360001", "shop-sign").await?;
        Walker::new(&world, "under-way", &example.answers).without_looking().begin_until("review").await?;
        world.until("location.pathname.endsWith('/review')", "the review").await?;
        world.browser.execute(UNDER_WAY, vec![AFTER_SECONDS.into()]).await?;
        world.press(MAIN_BUTTON).await?;
        Review::be_received(&world).await?;
        let between = world.browser.execute("return Number(sessionStorage.between);", Vec::new()).await?;
        let between: f64 = between.convert()?;
        ensure!(between >= f64::from(AFTER_SECONDS) * 1000.0 - 50.0, "asked again after {between} ms");
        Ok(())
    })
}
