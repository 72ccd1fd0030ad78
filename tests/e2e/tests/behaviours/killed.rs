//! The browser, or the page alone, is killed while a form is being filled in. What said "saved" is there afterwards,
//! files on their way go on.

use anyhow::{Result, ensure};
use e2e::browser_runs::{BrowserRuns, across_browser_runs};
use e2e::pages::{Guide, Pictures, SignIn, Step};
use e2e::phone::Phone;
use e2e::walker::Walker;
use e2e::{World, examples};
use serde_json::Value;
use thirtyfour::Cookie;

const OWNER: &str = "13807360001";
const NAME: &str = "[name=contact-name]";
/// Kills of one run; `KILLS=300` for more.
const KILLS: usize = 20;

/// Goes to the step with names and phone numbers.
async fn begin(world: &World) -> Result<()> {
    let example = examples::one("shop-sign", "minimal")?;
    Guide::begin(world, OWNER, "shop-sign").await?;
    Walker::new(world, "killed", &example.answers).without_looking().begin_until("contact").await
}

/// Comes back to where the page was. A browser writes its cookies to the disk half a minute late, so a test that kills
/// it at once brings the session along.
async fn come_back(world: &World, session: &str, path: &str) -> Result<()> {
    world.open("/icon-192.png").await?;
    for (name, value) in session.split("; ").filter_map(|cookie| cookie.split_once('=')) {
        world.browser.add_cookie(Cookie::new(name, value)).await?;
    }
    world.open(path).await?;
    world.see("[data-step]").await?;
    Ok(())
}

fn kills() -> usize {
    std::env::var("KILLS").ok().and_then(|number| number.parse().ok()).unwrap_or(KILLS)
}

/// Some kills come before the promise, some after.
const LONGEST_MOMENT_MS: u64 = 400;

/// Whether the mark at the top says "已存在本机" or "已保存", both of which are promises.
const IS_PROMISED: &str =
    "(document.querySelector('.top-bar-note') || {textContent: ''}).textContent.match('已存在本机|已保存')";

async fn there(world: &World) -> Result<String> {
    Ok(world.see(NAME).await?.prop("value").await?.unwrap_or_default())
}

async fn type_name(world: &World, name: &str) -> Result<()> {
    type_at_once(world, NAME, name).await
}

/// As an input method does, without leaving the field.
async fn type_at_once(world: &World, field: &str, text: &str) -> Result<()> {
    let set = "const [control, text] = arguments; control.focus(); control.select();
        document.execCommand('insertText', false, text);";
    let control = world.see(field).await?;
    world.browser.execute(set, vec![control.to_json()?, text.into()]).await?;
    Ok(())
}

/// A number below `most` that a seed gives again.
fn chance(seed: &mut u64, most: u64) -> u64 {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*seed >> 33) % most
}

/// `YIJIANSHI_SEED` repeats what a failed run printed.
fn seed() -> u64 {
    let given = std::env::var("YIJIANSHI_SEED").ok().and_then(|seed| seed.parse().ok());
    let now = || std::time::UNIX_EPOCH.elapsed().map_or(0, |elapsed| u64::from(elapsed.subsec_nanos()));
    let seed = given.unwrap_or_else(now);
    println!("YIJIANSHI_SEED={seed}");
    seed
}

/// Types, and looks after a moment what has been promised. Whatever it is, the next moment is the last.
async fn type_and_look(world: &World, name: &str, moment: u64) -> Result<bool> {
    let look = format!("const [, moment, done] = arguments; setTimeout(() => done(Boolean({IS_PROMISED})), moment);");
    type_name(world, name).await?;
    Ok(world.browser.execute_async(look, vec![name.into(), moment.into()]).await?.convert()?)
}

#[test]
#[invariant::invariant("saved-is-saved")]
fn what_was_said_to_be_saved_survives_a_killed_browser_and_a_killed_page() -> Result<()> {
    across_browser_runs("killed", |runs: BrowserRuns| async move {
        let (mut seed, mut promises) = (seed(), 0);
        let mut run = runs.begin().await?;
        begin(&run.world).await?;
        let path = run.world.path().await?;
        // The prefilled name is there before anything is typed.
        let mut last = there(&run.world).await?;
        Phone::be_ready_for_no_network(&run.world).await?;
        for kill in 0..kills() {
            let name = format!("王{}", ["一", "二", "三", "四", "五", "六"].get(kill % 6).unwrap_or(&"七"));
            // Every other time there is no network, so that only this phone has it; and every other pair of times the
            // browser runs on.
            let (is_offline, is_page_alone) = (kill % 2 == 0, kill % 4 > 1);
            if is_offline {
                runs.cut_the_network();
            }
            if is_page_alone {
                // Where the person goes on afterwards.
                run.world.browser.new_tab().await?;
            }
            let is_promised = type_and_look(&run.world, &name, chance(&mut seed, LONGEST_MOMENT_MS)).await?;
            let session = run.world.cookies().await?;
            if is_page_alone {
                Phone::kill_the_page(&run.world).await?;
            } else {
                runs.kill(run)?;
                run = runs.begin().await?;
            }
            if is_offline {
                runs.bring_the_network_back().await?;
            }
            come_back(&run.world, &session, &path).await?;
            let value = format!("document.querySelector('{NAME}').value");
            // A change that was not promised may be there or not; an older answer never is.
            let is_there = if is_promised {
                format!("{value} === '{name}'")
            } else {
                format!("['{name}', '{last}'].includes({value})")
            };
            run.world.until(&is_there, &format!("what was typed before kill {kill}")).await?;
            Step::be_saved(&run.world).await?;
            promises += usize::from(is_promised);
            last = there(&run.world).await?;
        }
        ensure!(
            promises > 0 && promises < kills(),
            "{promises} promises in {} kills: the moments are no accident",
            kills()
        );
        run.end().await
    })
}

#[test]
#[invariant::invariant("saved-is-saved")]
fn what_a_request_carries_survives_until_it_is_answered() -> Result<()> {
    across_browser_runs("killed-on-its-way", |runs: BrowserRuns| async move {
        let run = runs.begin().await?;
        begin(&run.world).await?;
        Step::be_saved(&run.world).await?;
        let path = run.world.path().await?;
        let session = run.world.cookies().await?;
        runs.fall_silent()?;
        let listen = "const real = window.fetch;
            window.fetch = (request, init) => {
                if ((init || request).method === 'PATCH') window.isOnItsWay = true;
                return real(request, init);
            };";
        run.world.browser.execute(listen, Vec::new()).await?;
        type_name(&run.world, "王在路").await?;
        run.world.until("window.isOnItsWay", "the request").await?;
        // The app goes to the background, and something else is typed while the server does not answer.
        let hide = "document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));";
        run.world.browser.execute(hide, Vec::new()).await?;
        type_at_once(&run.world, "[name=contact-phone]", "13807360008").await?;
        run.world.until(IS_PROMISED, "a promise").await?;
        runs.kill(run)?;
        runs.cut_the_network();
        runs.bring_the_network_back().await?;
        let run = runs.begin().await?;
        come_back(&run.world, &session, &path).await?;
        for (field, text) in [(NAME, "王在路"), ("[name=contact-phone]", "13807360008")] {
            run.world.until(&format!("document.querySelector('{field}').value === '{text}'"), text).await?;
        }
        Step::be_saved(&run.world).await?;
        run.end().await
    })
}

#[test]
#[invariant::invariant("files-outlive-the-page")]
fn a_photograph_on_its_way_survives_a_killed_browser() -> Result<()> {
    across_browser_runs("killed-photograph", |runs: BrowserRuns| async move {
        let run = runs.begin().await?;
        let example = examples::one("shop-sign", "minimal")?;
        Guide::begin(&run.world, OWNER, "shop-sign").await?;
        Walker::new(&run.world, "killed-photograph", &example.answers)
            .without_looking()
            .begin_until("sign-pictures")
            .await?;
        Step::be_saved(&run.world).await?;
        let path = run.world.path().await?;
        let pictures = Pictures::first_of(&Step::fields(&run.world).await?)?;
        runs.cut_the_network();
        for number in 1..=3 {
            pictures.choose(&run.world, number).await?;
        }
        pictures.be_kept(&run.world, 3).await?;
        let session = run.world.cookies().await?;
        runs.kill(run)?;
        runs.bring_the_network_back().await?;
        let run = runs.begin().await?;
        come_back(&run.world, &session, &path).await?;
        pictures.be_safe(&run.world, 3).await?;
        Step::be_saved(&run.world).await?;
        // In the order in which they were taken.
        let draft = path.split('/').nth(2).unwrap_or_default();
        let kept = run.world.server.read_as(&session, &format!("/api/drafts/{draft}")).await?;
        let names: Vec<_> = kept
            .pointer("/answers/sign/0/before-photos")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .map(|file| file["name"].clone())
            .collect();
        ensure!(names.is_sorted_by_key(ToString::to_string) && names.len() == 3, "not in their order: {names:?}");
        run.end().await
    })
}

#[test]
#[invariant::invariant("files-outlive-the-page")]
fn a_page_that_was_closed_for_the_camera_opens_at_the_same_question() -> Result<()> {
    across_browser_runs("closed-for-the-camera", |runs: BrowserRuns| async move {
        let run = runs.begin().await?;
        let world = &run.world;
        let example = examples::one("shop-sign", "minimal")?;
        Guide::begin(world, OWNER, "shop-sign").await?;
        Walker::new(world, "closed-for-the-camera", &example.answers)
            .without_looking()
            .begin_until("sign-pictures")
            .await?;
        Step::be_saved(world).await?;
        let path = world.path().await?;
        Pictures::first_of(&Step::fields(world).await?)?.open_the_camera(world).await?;
        let session = world.cookies().await?;
        runs.kill(run)?;
        let run = runs.begin().await?;
        let world = &run.world;
        // The system starts the app where it always starts.
        come_back(world, &session, "/").await?;
        ensure!(world.path().await? == path, "not where the camera was opened: {}", world.path().await?);
        world.until("document.body.textContent.includes('请再拍一次')", "the line that says what happened").await?;
        world.picture("closed-for-the-camera").await?;
        run.end().await
    })
}

#[test]
#[invariant::invariant("sealed-journal")]
fn nothing_can_be_read_after_signing_out() -> Result<()> {
    across_browser_runs("signed-out", |runs: BrowserRuns| async move {
        let run = runs.begin().await?;
        begin(&run.world).await?;
        let path = run.world.path().await?;
        let session = run.world.cookies().await?;
        Phone::be_ready_for_no_network(&run.world).await?;
        runs.cut_the_network();
        type_name(&run.world, "王留守").await?;
        run.world.until(IS_PROMISED, "a promise").await?;
        run.world.open("/").await?;
        run.world.press("nav.rows button").await?;
        run.world.until("!document.querySelector('nav.rows button')", "the sign-out").await?;
        run.world.open(&path).await?;
        run.world.see("input[name=phone]").await?;
        runs.bring_the_network_back().await?;
        // Another person finds nothing.
        SignIn::fill_in(&run.world, "13807360002").await?;
        run.world.see(".empty a[href='/cases']").await?;
        ensure!(!run.world.text().await?.contains("王留守"), "another person reads what was typed");
        // Its owner finds it. No second code is sent within a minute, so the session that was theirs comes back.
        run.world.open("/").await?;
        run.world.press("nav.rows button").await?;
        run.world.until("!document.querySelector('nav.rows button')", "the sign-out").await?;
        come_back(&run.world, &session, &path).await?;
        run.world
            .until(&format!("(document.querySelector('{NAME}') || {{}}).value === '王留守'"), "what its owner typed")
            .await?;
        run.end().await
    })
}
