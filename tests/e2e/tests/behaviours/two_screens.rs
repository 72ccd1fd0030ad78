//! One draft on two screens: what only one changed is there on both, what both changed is asked about.

use anyhow::{Context, Result, ensure};
use e2e::pages::{Guide, Step};
use e2e::phone::Phone;
use e2e::walker::Walker;
use e2e::{Screen, accessibility, examples, in_browser};

#[test]
#[invariant::invariant("asked-when-both-changed")]
fn what_both_screens_changed_is_asked_about() -> Result<()> {
    in_browser("two-screens", Screen::Phone, async |world| {
        let example = examples::one("shop-sign", "minimal")?;
        Guide::begin(&world, "13807360001", "shop-sign").await?;
        Walker::new(&world, "two-screens", &example.answers).without_looking().begin_until("contact").await?;
        Step::be_saved(&world).await?;
        let path = world.path().await?;
        let first = world.browser.window().await?;
        let second = world.browser.new_tab().await?;
        world.browser.switch_to_window(second).await?;
        world.open(&path).await?;
        Step::type_into(&world, "contact-name", "李别处").await?;
        Step::be_saved(&world).await?;
        world.browser.switch_to_window(first.clone()).await?;
        // Another field first: the app does not ask, and the other screen's name comes in.
        Step::type_into(&world, "contact-phone", "13807360009").await?;
        Step::be_saved(&world).await?;
        world
            .until("document.querySelector('[name=contact-name]').value === '李别处'", "the other screen's answer")
            .await?;
        // Now both change the name, this one without knowing.
        Phone::cut_the_network(&world).await?;
        Step::type_into(&world, "contact-name", "王这里").await?;
        let windows = world.browser.windows().await?;
        let second = windows.into_iter().find(|window| *window != first);
        world.browser.switch_to_window(second.context("the second screen is gone")?).await?;
        world.browser.refresh().await?;
        Step::type_into(&world, "contact-name", "李又改").await?;
        Step::be_saved(&world).await?;
        world.browser.switch_to_window(first).await?;
        Phone::bring_the_network_back(&world).await?;
        let question = world.see("[role=dialog]").await?.text().await?;
        ensure!(question.contains("王这里") && question.contains("李又改"), "not both are shown: {question}");
        accessibility::check_all_looks(&world, "two-screens").await?;
        world.press("[data-clash=theirs]").await?;
        world.until("document.querySelector('[name=contact-name]').value === '李又改'", "the chosen answer").await?;
        Step::be_saved(&world).await
    })
}
