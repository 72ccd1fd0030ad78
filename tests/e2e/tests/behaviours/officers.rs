//! The officers' pages as officers use them all day: by keyboard, in their language, and with the rarer steps.

use anyhow::{Result, ensure};
use e2e::pages::{Officer, SignIn};
use e2e::walker::Walker;
use e2e::{Screen, World, accessibility, examples, in_browser};
use serde_json::json;
use thirtyfour::prelude::*;

const OWNER: &str = "13807360001";
const AGENCY: &str = "urban-management";
const WHOLE_CITY: &str = "430701";

/// Shop signs of one owner, whose permits are collected at the window.
async fn applications(world: &World, title: &str, count: usize) -> Result<Vec<String>> {
    let mut answers = examples::one("shop-sign", "minimal")?.answers;
    answers.insert("delivery".to_owned(), json!("collect"));
    SignIn::sign_in(world, OWNER).await?;
    let mut references = Vec::new();
    for _ in 0..count {
        references.push(Walker::new(world, title, &answers).typed_elsewhere().finish("shop-sign").await?);
    }
    Ok(references)
}

async fn type_keys(world: &World, keys: impl Into<TypingData>) -> Result<()> {
    Ok(world.browser.active_element().await?.send_keys(keys).await?)
}

async fn focus_is_on(world: &World, reference: &str) -> Result<()> {
    let is_there = format!("document.activeElement.textContent === '{reference}'");
    world.until(&is_there, &format!("the focus on {reference}")).await
}

/// Reads the due date that the page shows.
async fn clock(world: &World) -> Result<String> {
    Ok(world.see(".task-clock").await?.text().await?)
}

#[test]
fn a_task_is_found_claimed_and_accepted_by_keyboard_alone() -> Result<()> {
    in_browser("desk-keyboard", Screen::Desktop, async |world| {
        let references = applications(&world, "desk-keyboard", 2).await?;
        Officer::sign_in(&world, AGENCY, WHOLE_CITY).await?;
        let rows = world.see("tbody tr:nth-child(2)").await?;
        ensure!(rows.is_displayed().await?, "two applications are not two lines");
        focus_is_on(&world, &references[0]).await?;
        type_keys(&world, "j").await?;
        focus_is_on(&world, &references[1]).await?;
        type_keys(&world, "k").await?;
        focus_is_on(&world, &references[0]).await?;
        type_keys(&world, "c").await?;
        world.see(&format!("[data-task=\"{}\"] [data-mine]", references[0])).await?;
        focus_is_on(&world, &references[0]).await?;
        type_keys(&world, Key::Enter + "").await?;
        world.see("[data-action=accept]").await?;
        // The rest of the page is reached with Tab, and what is reached is seen.
        for _ in 0..60 {
            type_keys(&world, Key::Tab + "").await?;
            if world.browser.active_element().await?.attr("data-action").await?.as_deref() == Some("accept") {
                break;
            }
        }
        world.until("document.activeElement.matches('[data-action=accept]:focus-visible')", "the way by Tab").await?;
        type_keys(&world, Key::Enter + "").await?;
        Officer::be_in(&world, "accepted").await
    })
}

#[test]
fn five_failures_lock_and_say_for_how_long() -> Result<()> {
    in_browser("desk-lock", Screen::Desktop, async |world| {
        world.open("/agency").await?;
        for (name, typed) in [("name", "易晓川"), ("password", "不是这个")] {
            world.see(&format!("input[name={name}]")).await?.send_keys(typed).await?;
        }
        let error = "(document.getElementById('password-error') || {}).textContent || ''";
        for _ in 0..5 {
            world.see("input[name=code]").await?.send_keys("000000").await?;
            type_keys(&world, Key::Enter + "").await?;
            world.until(&format!("{error}.includes('不对')"), "the refusal").await?;
        }
        world.see("input[name=code]").await?.send_keys("000000").await?;
        type_keys(&world, Key::Enter + "").await?;
        world.until(&format!("/请过 \\d+ 分钟再试/.test({error})"), "for how long it is locked").await?;
        accessibility::check_all_looks(&world, "agency-locked").await
    })
}

#[test]
fn the_clock_is_stopped_moved_and_the_paper_handed_over() -> Result<()> {
    in_browser("desk-steps", Screen::Desktop, async |world| {
        let reference = applications(&world, "desk-steps", 1).await?.concat();
        Officer::sign_in(&world, AGENCY, WHOLE_CITY).await?;
        Officer::review(&world, &reference).await?;
        Officer::begin(&world, "pause").await?;
        world.press("[data-confirm]").await?;
        world.until("document.activeElement.id === 'basis'", "the focus where the kind is missing").await?;
        accessibility::check_all_looks(&world, "agency-pause-of-no-kind").await?;
        world.press("[data-field=basis] .ready").await?;
        world.press("[data-confirm]").await?;
        world.until("document.activeElement.id === 'says'", "the focus where the reason is missing").await?;
        world.press("[data-field=says] .ready").await?;
        accessibility::check_all_looks(&world, "agency-pause").await?;
        Officer::confirm(&world, "special").await?;
        ensure!(clock(&world).await?.contains("暂停"), "the clock runs");
        Officer::take(&world, "resume", "in-review").await?;
        let before = clock(&world).await?;
        Officer::begin(&world, "extend").await?;
        world.press("[data-field=says] .ready:last-child").await?;
        accessibility::check_all_looks(&world, "agency-extend").await?;
        world.press("[data-confirm]").await?;
        world.see("[data-history] [data-event=extend]").await?;
        world.until("!document.querySelector('[data-action=extend]')", "that it is offered once").await?;
        ensure!(clock(&world).await? != before, "the last day stayed");
        Officer::begin(&world, "approve").await?;
        Officer::confirm(&world, "approved").await?;
        world.open(&format!("/cases/{reference}")).await?;
        let text = world.see("[data-item=sign-permit]").await?.text().await?;
        ensure!(text.contains("已经办好"), "{text}");
        accessibility::check_all_looks(&world, "case-to-collect").await?;
        world.open(&format!("/agency/tasks/{reference}/sign-permit")).await?;
        Officer::begin(&world, "deliver").await?;
        Officer::confirm(&world, "delivered").await
    })
}

#[test]
fn an_officer_declines_in_english_what_needs_no_permit() -> Result<()> {
    in_browser("desk-english", Screen::Desktop, async |world| {
        let reference = applications(&world, "desk-english", 1).await?.concat();
        Officer::sign_in(&world, AGENCY, WHOLE_CITY).await?;
        Officer::claim(&world, &reference).await?;
        world.press("[data-language]").await?;
        world.until("document.documentElement.lang === 'en'", "English").await?;
        for (selector, screen) in [(".queue-top, .queue-filters, thead", "agency-queue-english")] {
            in_english(&world, selector).await?;
            accessibility::check_all_looks(&world, screen).await?;
        }
        // The focus stayed on the switch of the language.
        world.press(&format!("[data-task=\"{reference}\"] a")).await?;
        world.see("[data-action=decline]").await?;
        in_english(&world, "h1, h2, h3, dt, .task-state, .task-actions, .task-clock").await?;
        accessibility::check_all_looks(&world, "agency-task-english").await?;
        Officer::begin(&world, "decline").await?;
        world.press("[data-field=basis] .ready").await?;
        world.press("[data-field=says] .ready").await?;
        // Notices are official documents: what the applicant reads is Chinese.
        ensure!(Officer::preview(&world).await?.contains("不受理告知书"), "the notice has no name");
        accessibility::check_all_looks(&world, "agency-decline-english").await?;
        Officer::confirm(&world, "not-accepted").await
    })
}

/// Nothing that the program itself says there is Chinese.
async fn in_english(world: &World, selector: &str) -> Result<()> {
    let script = "return [...document.querySelectorAll(arguments[0])].map((each) => each.innerText)
        .filter((text) => /[\\u4e00-\\u9fff]/.test(text));";
    let left: Vec<String> = world.browser.execute(script, vec![selector.into()]).await?.convert()?;
    ensure!(left.is_empty(), "not in English: {left:?}");
    Ok(())
}
