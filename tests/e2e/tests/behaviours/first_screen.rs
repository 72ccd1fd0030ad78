//! The first screen does not wait for the program: it comes filled, without script too, and the app takes its place
//! unseen.

use anyhow::{Context, Result, ensure};
use e2e::fault_proxy::{Fault, FaultProxy};
use e2e::pages::{Guide, SignIn, Step};
use e2e::phone::Phone;
use e2e::{Screen, World, in_browser};
use serde_json::json;
use thirtyfour::{By, Key, WebElement};

const OWNER: &str = "13807360001";
/// Of the height of the screen: what a person takes for a jump.
const LARGEST_SHIFT: f64 = 0.02;
/// Sums up what moves without having been touched, from the beginning of each page.
const OBSERVE: &str = "window.shifted = 0; window.shifts = [];
    new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
        window.shifted += entry.value;
        window.shifts.push(entry.sources.map(({ node }) => node && (node.className || node.nodeName)).join());
    })).observe({ type: 'layout-shift', buffered: true });";
/// What a person reads, and where it stands.
const READ: &str = "
    const texts = (element) => Array.from(element.childNodes).filter((node) => node.nodeType === Node.TEXT_NODE);
    const read = (element) => {
        const { left, top } = element.getBoundingClientRect();
        return [texts(element).map((node) => node.data).join('').trim(), Math.round(left), Math.round(top)];
    };
    const seen = Array.from(document.querySelectorAll('.page *')).filter((each) => each.getClientRects().length > 0);
    return seen.map(read).filter(([text]) => text);";
/// A time of the clock stands behind it.
const SAVED: &str = "已保存 ";

async fn stay_still(world: &World, path: &str) -> Result<()> {
    world.open(path).await?;
    world.see("h1").await?;
    world.until("!document.querySelector('#boot, .skeleton')", "the app to stand").await?;
    // Two frames later everything that follows from it is there.
    let wait = "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done()));";
    world.browser.execute_async(wait, Vec::new()).await?;
    let shifted = world.browser.execute("return window.shifted;", Vec::new()).await?.convert::<f64>()?;
    let shifts = world.browser.execute("return window.shifts;", Vec::new()).await?.convert::<Vec<String>>()?;
    ensure!(shifted <= LARGEST_SHIFT, "{path} jumps by {shifted:.3}: {shifts:?}");
    Ok(())
}

async fn no_screen_jumps(world: World) -> Result<()> {
    Phone::ask_the_server_for_pages(&world).await?;
    Phone::begin_every_page_with(&world, OBSERVE).await?;
    for path in ["/", "/services/shop-sign", "/sign-in"] {
        stay_still(&world, path).await?;
    }
    Guide::begin(&world, OWNER, "shop-sign").await?;
    let step = world.path().await?;
    let draft = step.rsplit_once('/').map_or("", |(draft, _)| draft);
    let review = format!("{draft}/review");
    for path in ["/", "/services/shop-sign", "/drafts", draft, &step, &review, "/cases", "/certificates", "/grievance"]
    {
        stay_still(&world, path).await?;
    }
    Ok(())
}

#[test]
#[invariant::invariant("still-pages")]
fn no_screen_jumps_on_a_phone() -> Result<()> {
    in_browser("still-phone", Screen::Phone, no_screen_jumps)
}

#[test]
#[invariant::invariant("still-pages")]
fn no_screen_jumps_on_a_desk() -> Result<()> {
    in_browser("still-desk", Screen::Desktop, no_screen_jumps)
}

/// What stands where. The time of the last saving is left out: to open a step saves it as the one to go on with, and the
/// minute may be another by then.
async fn lines(world: &World) -> Result<Vec<(String, i64, i64)>> {
    let mut lines: Vec<(String, i64, i64)> = world.browser.execute(READ, Vec::new()).await?.convert()?;
    for (text, ..) in lines.iter_mut().filter(|(text, ..)| text.starts_with(SAVED)) {
        SAVED.clone_into(text);
    }
    Ok(lines)
}

/// The page as it comes, before any script runs, and the app in its place.
async fn compare(world: &World, paths: &[(&str, &str)]) -> Result<()> {
    for (name, path) in paths {
        Phone::let_scripts_run(world, false).await?;
        world.open(path).await?;
        let filled = lines(world).await?;
        world.picture(&format!("first-{name}-filled")).await?;
        Phone::let_scripts_run(world, true).await?;
        world.open(path).await?;
        world.until("!document.querySelector('#boot, .skeleton')", "the app to stand").await?;
        world.until("!/正在保存|已存在本机/.test(document.body.textContent)", "everything to be saved").await?;
        let drawn = lines(world).await?;
        world.picture(&format!("first-{name}-app")).await?;
        ensure!(!filled.is_empty(), "{path} comes empty");
        let first = filled.iter().zip(&drawn).find(|(one, other)| one != other);
        ensure!(first.is_none() && filled.len() == drawn.len(), "{path}: the server wrote otherwise: {first:?}");
    }
    Ok(())
}

async fn the_app_draws_what_the_server_drew(world: World) -> Result<()> {
    Phone::ask_the_server_for_pages(&world).await?;
    compare(&world, &[("home", "/"), ("guide", "/services/shop-sign")]).await?;
    SignIn::sign_in(&world, OWNER).await?;
    compare(&world, &[("home-mine", "/"), ("guide-mine", "/services/newborn")]).await?;
    Guide::open(&world, "shop-sign").await?;
    Guide::start(&world).await?;
    let sign = world.path().await?;
    Guide::open(&world, "kitchen-sink").await?;
    Guide::start(&world).await?;
    let all_kinds = world.path().await?;
    let words = all_kinds.replace("/start", "/words");
    let steps = [("step-sign", &*sign), ("step-start", &all_kinds), ("step-words", &words)];
    compare(&world, &steps).await?;
    compare(&world, &[("home-begun", "/"), ("guide-begun", "/services/shop-sign")]).await?;
    world.browser.execute("localStorage.language = 'en'; document.cookie = 'language=en; Path=/';", Vec::new()).await?;
    compare(&world, &[("home-en", "/"), ("guide-en", "/services/shop-sign")]).await
}

#[test]
#[invariant::invariant("still-pages")]
fn the_app_draws_what_the_server_drew_on_a_phone() -> Result<()> {
    in_browser("filled-phone", Screen::Phone, the_app_draws_what_the_server_drew)
}

#[test]
#[invariant::invariant("still-pages")]
fn the_app_draws_what_the_server_drew_on_a_desk() -> Result<()> {
    in_browser("filled-desk", Screen::Desktop, the_app_draws_what_the_server_drew)
}

/// The driver itself types and presses by scripts, so the form is sent as a browser sends it.
#[test]
fn without_script_one_searches_and_reads() -> Result<()> {
    in_browser("no-script", Screen::Phone, async |world| {
        Phone::let_scripts_run(&world, false).await?;
        world.open("/").await?;
        let form = "const { form, name } = document.querySelector('input[type=search]');
            return `${form.method} ${new URL(form.action).pathname}?${name}=`;";
        let form = world.browser.execute(form, Vec::new()).await?.convert::<String>()?;
        ensure!(form == "get /?q=", "the search is sent by {form}");
        world.open("/?q=dz").await?;
        let cards =
            "return Array.from(document.querySelectorAll('a.service-card'), (card) => card.getAttribute('href'));";
        let cards = world.browser.execute(cards, Vec::new()).await?.convert::<Vec<String>>()?;
        ensure!(cards == ["/services/shop-sign"], "what is found: {cards:?}");
        world.open(&cards[0]).await?;
        let text = world.browser.execute("return document.body.innerText;", Vec::new()).await?.convert::<String>()?;
        ensure!(text.contains("要准备什么") && text.contains("12345"), "the guide says: {text}");
        world.picture("no-script-guide").await
    })
}

#[test]
fn who_speaks_english_never_sees_chinese_first() -> Result<()> {
    in_browser("first-language", Screen::Phone, async |world| {
        Phone::ask_the_server_for_pages(&world).await?;
        world.open("/").await?;
        world.see("h1").await?;
        // As on a phone that was set before the server knew of it.
        world.browser.execute("localStorage.language = 'en';", Vec::new()).await?;
        // At every frame that is painted.
        let note = "window.seen = ''; const look = () => {
            const shown = document.querySelector('.boot-filled h1');
            if (shown && getComputedStyle(shown).visibility === 'visible') window.seen = shown.textContent;
            requestAnimationFrame(look);
        }; look();";
        Phone::begin_every_page_with(&world, note).await?;
        for (visit, shown) in [("first", ""), ("second", "One thing, one visit")] {
            world.open("/").await?;
            world.until("document.querySelector('main:not(#boot) h1')", "the app").await?;
            let seen = world.browser.execute("return window.seen;", Vec::new()).await?.convert::<String>()?;
            ensure!(!seen.contains("一次办") && seen.contains(shown), "the {visit} visit shows {seen}");
        }
        Ok(())
    })
}

#[test]
fn what_is_typed_before_the_app_stands_is_searched_for() -> Result<()> {
    in_browser("early-typing", Screen::Phone, async |world| {
        world.open("/?q=%E5%85%BB%E9%B2%B8%E9%B1%BC").await?;
        world.see("main:not(#boot) .empty a[href^=\"/grievance\"]").await?;
        let typed = world.see("main:not(#boot) input[type=search]").await?.value().await?;
        ensure!(typed.as_deref() == Some("养鲸鱼"), "the search says {typed:?}");
        Ok(())
    })
}

#[test]
#[invariant::invariant("early-answers")]
fn what_a_browser_fills_in_again_after_a_reload_is_nobodys_answer() -> Result<()> {
    in_browser("filled-in-again", Screen::Phone, async |world| {
        Guide::begin(&world, OWNER, "kitchen-sink").await?;
        let words = world.path().await?.replace("/start", "/words");
        Phone::ask_the_server_for_pages(&world).await?;
        world.open(&words).await?;
        Step::type_into(&world, "word", "桃花").await?;
        Step::type_into(&world, "story", "从前有座山").await?;
        world.press_label(&world.find("[name=sex][value=female]").await?).await?;
        Step::be_saved(&world).await?;
        // Meanwhile it is changed on another phone.
        let draft = words.split('/').nth(2).unwrap_or_default();
        let theirs = json!({ "name": "王芳", "story": "庙里有个和尚", "sex": "male" });
        world.server.change_as(&world.cookies().await?, draft, &theirs).await?;
        for way in ["location.reload();", "location.assign('/cases');", "history.back();"] {
            world.browser.execute(format!("window.before = true; {way}"), Vec::new()).await?;
            world.until("!window.before && !document.querySelector('#boot')", "the app to stand").await?;
            if way.contains("cases") {
                continue;
            }
            world.see("[data-step=words]").await?;
            Step::be_saved(&world).await?;
            let shown = "['name', 'story'].map((name) => document.querySelector(`[name=${name}]`).value).join()
                + document.querySelector('[name=sex]:checked').value";
            let shown = world.browser.execute(format!("return {shown};"), Vec::new()).await?.convert::<String>()?;
            ensure!(shown == "王芳,庙里有个和尚male", "after {way} it says {shown}");
        }
        Ok(())
    })
}

/// Controls of the page as it came, before the app's.
async fn early(world: &World, selector: &str) -> Result<WebElement> {
    let found = world.browser.find(By::Css(format!(".boot-filled {selector}"))).await;
    found.with_context(|| format!("`{selector}` is not in the page as it came"))
}

async fn help(world: &World) -> Result<()> {
    world.until("document.querySelector('#boot-no-network:not([hidden])')", "the help").await
}

/// The program comes at last, and the finger stays where it is.
async fn try_again(world: &World, proxy: &FaultProxy) -> Result<()> {
    proxy.inject(Fault::Nothing);
    world.browser.execute("document.getElementById('boot-again').click();", Vec::new()).await?;
    world.see("[data-step]").await?;
    Ok(())
}

#[test]
#[invariant::invariant("early-answers")]
fn what_is_answered_before_the_app_stands_is_taken_over_by_it() -> Result<()> {
    in_browser("early-answers", Screen::Phone, async |world| {
        Guide::begin(&world, OWNER, "kitchen-sink").await?;
        let start = world.path().await?;
        let words = start.replace("/start", "/words");
        Phone::ask_the_server_for_pages(&world).await?;
        Phone::forget_cached_files(&world).await?;
        let proxy = FaultProxy::before(world.server.port(), ".wasm", Fault::Status(503)).await?;
        let world = world.through(&proxy);

        world.open(&words).await?;
        help(&world).await?;
        let (word, story) = (early(&world, "[name=word]").await?, early(&world, "[name=story]").await?);
        word.send_keys("桃花").await?;
        story.send_keys("从前有座山").await?;
        world.press_label(&early(&world, "[name=sex][value=female]").await?).await?;
        word.click().await?;
        word.send_keys(Key::Left).await?;
        world.picture("early-answers").await?;
        try_again(&world, &proxy).await?;
        let typed = "['word', 'story'].map((name) => document.querySelector(`[name=${name}]`).value).join()";
        world.until(&format!("{typed} === '桃花,从前有座山'"), "what was typed").await?;
        world.until("document.querySelector('[value=female]').checked", "what was chosen").await?;
        // The hand goes on where it was.
        let caret = "document.activeElement.name + document.activeElement.selectionStart";
        world.until(&format!("{caret} === 'word1'"), "the caret").await?;
        Step::be_saved(&world).await?;
        world.picture("early-answers-taken-over").await?;

        proxy.inject(Fault::Status(503));
        Phone::forget_cached_files(&world).await?;
        world.open(&start).await?;
        help(&world).await?;
        for card in ["[name=is-adult][value=yes]", "[name=pace][value=fast]", "[name=wants][value=first]"] {
            world.press_label(&early(&world, card).await?).await?;
        }
        early(&world, "[data-main]").await?.click().await?;
        try_again(&world, &proxy).await?;
        world.until("document.querySelector('[data-step=words]')", "the next step, which was asked for").await?;
        world.forget_console().await
    })
}
