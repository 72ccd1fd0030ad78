//! No network at all: the app starts, shows and takes answers, and sends what was pressed "send" on when it can.

use anyhow::Result;
use e2e::pages::{Guide, MAIN_BUTTON, Review, Step};
use e2e::phone::Phone;
use e2e::walker::Walker;
use e2e::{Screen, World, accessibility, examples, in_browser};

const OWNER: &str = "13807360001";

#[test]
#[invariant::invariant("works-offline")]
fn the_app_starts_and_takes_answers_without_a_network() -> Result<()> {
    in_browser("no-network", Screen::Phone, async |world| {
        let example = examples::one("shop-sign", "minimal")?;
        Guide::begin(&world, OWNER, "shop-sign").await?;
        Walker::new(&world, "no-network", &example.answers).without_looking().begin_until("contact").await?;
        Phone::be_ready_for_no_network(&world).await?;
        // Read once more with the worker there, so that it has the definition.
        world.browser.refresh().await?;
        world.see("[name=contact-name]").await?;
        Step::be_saved(&world).await?;
        world.server.stop();
        world.browser.refresh().await?;
        world.see("[name=contact-name]").await?;
        world.see(".offline").await?;
        Step::type_into(&world, "contact-name", "王小满").await?;
        world
            .until("document.querySelector('.top-bar-note').textContent.includes('已存在本机')", "the phone to keep it")
            .await?;
        accessibility::check_all_looks(&world, "no-network").await?;
        world.open("/").await?;
        world.see("a[href='/services/shop-sign']").await?;
        world.open("/drafts").await?;
        world.press(".card a[data-look=main]").await?;
        world
            .until("(document.querySelector('[name=contact-name]') || {}).value === '王小满'", "what was typed offline")
            .await?;
        world.server.come_back().await?;
        Step::be_saved(&world).await
    })
}

/// Presses "send" where there is no network.
async fn send_without_a_network(world: &World) -> Result<()> {
    let example = examples::one("shop-sign", "minimal")?;
    Guide::begin(world, OWNER, "shop-sign").await?;
    Walker::new(world, "sent-offline", &example.answers).without_looking().begin_until("review").await?;
    world.until("location.pathname.endsWith('/review')", "the review").await?;
    Step::be_saved(world).await?;
    Phone::be_ready_for_no_network(world).await?;
    world.server.stop();
    Phone::let_time_fly(world).await?;
    world.press(MAIN_BUTTON).await?;
    world.see("[data-waiting]").await?;
    Ok(())
}

async fn nothing_was_sent(world: &World) -> Result<()> {
    let cases = world.server.read_as(&world.cookies().await?, "/api/cases").await?;
    anyhow::ensure!(cases.as_array().is_some_and(Vec::is_empty), "sent unseen: {cases}");
    Ok(())
}

#[test]
#[invariant::invariant("works-offline")]
fn an_application_that_was_sent_without_a_network_goes_out_by_itself() -> Result<()> {
    in_browser("sent-offline", Screen::Phone, async |world| {
        send_without_a_network(&world).await?;
        world.picture("sent-offline").await?;
        world.server.come_back().await?;
        Review::be_received(&world).await?;
        let cases = world.server.read_as(&world.cookies().await?, "/api/cases").await?;
        anyhow::ensure!(cases.as_array().is_some_and(|all| all.len() == 1), "not one case: {cases}");
        Ok(())
    })
}

#[test]
#[invariant::invariant("works-offline")]
fn what_was_changed_after_pressing_send_is_not_sent_by_itself() -> Result<()> {
    in_browser("changed-after-send", Screen::Phone, async |world| {
        send_without_a_network(&world).await?;
        world.press("[data-review=contact] a").await?;
        Step::type_into(&world, "contact-name", "王又改").await?;
        world.server.come_back().await?;
        Step::be_saved(&world).await?;
        world.press(MAIN_BUTTON).await?;
        world.until("location.pathname.endsWith('/review')", "the review").await?;
        world.until("!document.querySelector('[data-waiting]')", "the wish to be over").await?;
        nothing_was_sent(&world).await
    })
}

#[test]
#[invariant::invariant("works-offline")]
fn what_another_phone_changed_meanwhile_is_looked_at_before_it_is_sent() -> Result<()> {
    in_browser("changed-elsewhere", Screen::Phone, async |world| {
        send_without_a_network(&world).await?;
        let review = world.path().await?;
        let draft = review.split('/').nth(2).unwrap_or_default().to_owned();
        let cookies = world.cookies().await?;
        world.browser.goto("about:blank").await?;
        world.server.come_back().await?;
        world.server.change_as(&cookies, &draft, &serde_json::json!({ "contact-name": "李别处" })).await?;
        world.open(&review).await?;
        world.until("document.body.textContent.includes('李别处')", "the other phone's answer").await?;
        world.until("!document.querySelector('[data-waiting]')", "the wish to be over").await?;
        nothing_was_sent(&world).await
    })
}
