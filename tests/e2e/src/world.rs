//! One test's world: a server and a browser, both its own and both gone afterwards, whatever happens in between.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use thirtyfour::WebDriverRunError;
use thirtyfour::prelude::*;

use crate::attempt::again_after_a_crash;
use crate::driver::{self, Driver};
use crate::environment;
use crate::fault_proxy::FaultProxy;
use crate::server::Server;

/// A person would wait this long before saying that nothing happens.
const TIMEOUT: Duration = Duration::from_secs(12);
/// Words that must never appear in the console: panics, broken scripts, breaches of the content security policy.
const FATAL_WORDS: [&str; 4] = ["RuntimeError", "TypeError", "ReferenceError", "Content Security Policy"];
/// Whether the screen that the server filled has given way, to the app or to help.
const TAKEN_OVER: &str = "!document.querySelector('.boot-filled:not([hidden])')";
const POLL_INTERVAL: Duration = Duration::from_millis(40);
/// Between presses of two different buttons, as fast as a quick thumb.
const FAST_PRESS_INTERVAL: Duration = Duration::from_millis(120);
/// Between two presses of one place that are both meant: the app takes what comes sooner for a double tap.
const REPEATED_PRESS_INTERVAL: Duration = Duration::from_millis(360);
/// Presses that are nearer to each other, in CSS pixels, are presses of one place.
const DOUBLE_TAP_DISTANCE: f64 = 24.0;
/// Scrolls to an element; the middle of its first line, unless something else is hit there.
const SCROLL_AND_HIT_TEST: &str = "
const [target] = arguments;
target.scrollIntoView({ block: 'center' });
const { left, top, width, height } = target.getClientRects()[0];
const place = [left + width / 2, top + height / 2];
return target.contains(document.elementFromPoint(...place)) ? place : null;";

/// The screen that shows the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    Phone,
    Desktop,
}

impl Screen {
    /// Width and height in CSS pixels.
    pub fn size(self) -> (u32, u32) {
        match self {
            Self::Phone => (360, 780),
            Self::Desktop => (1280, 800),
        }
    }
}

/// The server and the browser of one test. Copies share both.
#[derive(Clone)]
pub struct World {
    pub server: Arc<Server>,
    pub browser: WebDriver,
    name: String,
    /// Where the app is opened, if not at the server itself.
    origin: Option<String>,
    last_press: Arc<Mutex<Option<Press>>>,
}

/// Where a finger pressed last, and when.
#[derive(Clone, Copy)]
struct Press {
    place: (f64, f64),
    at: Instant,
}

impl Press {
    /// How long a person lets pass before a press of another place that is meant, or of the same one.
    fn pause_before(self, (x, y): (f64, f64)) -> Duration {
        let is_same_place = (x - self.place.0).hypot(y - self.place.1) < DOUBLE_TAP_DISTANCE;
        if is_same_place { REPEATED_PRESS_INTERVAL } else { FAST_PRESS_INTERVAL }
    }
}

/// Runs a behaviour in a world of its own. A failure leaves a picture and a log in `target/e2e/`.
pub fn in_browser(name: &str, screen: Screen, behaviour: impl AsyncFn(World) -> Result<()>) -> Result<()> {
    in_browser_with(&[], name, screen, behaviour)
}

/// As [`in_browser`], in a browser that is started with more switches.
pub fn in_browser_with(
    switches: &[&str],
    name: &str,
    screen: Screen,
    behaviour: impl AsyncFn(World) -> Result<()>,
) -> Result<()> {
    again_after_a_crash(name, async || {
        let server = Arc::new(Server::start(name).await?);
        in_a_browser(server, switches, name, screen, &behaviour).await
    })
}

async fn in_a_browser(
    server: Arc<Server>,
    switches: &[&str],
    name: &str,
    screen: Screen,
    behaviour: &impl AsyncFn(World) -> Result<()>,
) -> Result<()> {
    let driver = Driver::start().await?;
    let browser = WebDriver::new(driver.url(), driver::capabilities(screen, switches)?).await.context("no browser")?;
    let outcome = browser.run_and_quit(|browser| async move {
        let world = World::of(server, browser, name);
        let result = match behaviour(world.clone()).await {
            Ok(()) => world.check_console().await,
            Err(error) => Err(error),
        };
        match result {
            Ok(()) => Ok(()),
            Err(error) => Err(world.describe(error).await),
        }
    });
    outcome.await.map_err(|error| match error {
        WebDriverRunError::Body(body) => body,
        other => other.into(),
    })
}

impl World {
    pub(crate) fn of(server: Arc<Server>, browser: WebDriver, name: &str) -> Self {
        Self { server, browser, name: name.to_owned(), origin: None, last_press: Arc::default() }
    }

    /// What somebody else does meanwhile on a phone of their own, at the same server.
    pub async fn on_another_phone(&self, whose: &str, behaviour: impl AsyncFn(Self) -> Result<()>) -> Result<()> {
        let name = format!("{}-{whose}", self.name);
        in_a_browser(Arc::clone(&self.server), &[], &name, Screen::Phone, &behaviour).await
    }

    /// The same world with the app opened through a proxy.
    pub fn through(&self, proxy: &FaultProxy) -> Self {
        Self { origin: Some(proxy.url("")), ..self.clone() }
    }

    /// Opens a path of the app.
    pub async fn open(&self, path: &str) -> Result<()> {
        let url = self.origin.as_ref().map_or_else(|| self.server.url(path), |origin| format!("{origin}{path}"));
        self.browser.goto(url).await?;
        Ok(())
    }

    /// The element that a selector names, once it is there and seen, on the app's screen: the one that the server
    /// filled is still to be taken over.
    pub async fn see(&self, selector: &str) -> Result<WebElement> {
        self.until(TAKEN_OVER, "the app").await?;
        let query = self
            .browser
            .query(By::Css(selector.to_owned()))
            .wait(TIMEOUT, POLL_INTERVAL)
            .ignore_errors(true)
            .and_displayed();
        query.first().await.with_context(|| format!("`{selector}` did not appear"))
    }

    /// As [`World::see`], for elements that need not be visible, such as the file input behind a button.
    pub async fn find(&self, selector: &str) -> Result<WebElement> {
        self.until(TAKEN_OVER, "the app").await?;
        let query = self.browser.query(By::Css(selector.to_owned())).wait(TIMEOUT, POLL_INTERVAL).ignore_errors(true);
        query.first().await.with_context(|| format!("`{selector}` did not appear"))
    }

    /// Everything that a selector names right now.
    pub async fn all(&self, selector: &str) -> Result<Vec<WebElement>> {
        Ok(self.browser.find_all(By::Css(selector.to_owned())).await?)
    }

    /// Waits until a script says true.
    pub async fn until(&self, condition: &str, what: &str) -> Result<()> {
        let begun = Instant::now();
        let script = format!("return Boolean({condition});");
        while !self.browser.execute(script.as_str(), Vec::new()).await?.convert::<bool>()? {
            anyhow::ensure!(begun.elapsed() < TIMEOUT, "waited for {what} in vain: {condition}");
            tokio::time::sleep(POLL_INTERVAL).await;
        }
        Ok(())
    }

    /// Presses what a selector names, once a finger reaches it, and no faster than fingers are.
    pub async fn press(&self, selector: &str) -> Result<()> {
        let place = self.reach(selector).await?;
        if let Some(last) = self.last_press.lock().ok().and_then(|last| *last) {
            tokio::time::sleep(last.pause_before(place).saturating_sub(last.at.elapsed())).await;
        }
        let pressed = self.see(selector).await?.click().await.with_context(|| format!("`{selector}` is covered"));
        if let Ok(mut last) = self.last_press.lock() {
            *last = Some(Press { place, at: Instant::now() });
        }
        pressed
    }

    /// The place on the glass of what a selector names, once nothing lies over it.
    pub async fn reach(&self, selector: &str) -> Result<(f64, f64)> {
        let begun = Instant::now();
        loop {
            let target = self.see(selector).await?;
            // An element that the app replaced in between is looked up again.
            if let Ok(place) = self.browser.execute(SCROLL_AND_HIT_TEST, vec![target.to_json()?]).await
                && let Ok(Some([x, y])) = place.convert::<Option<[f64; 2]>>()
            {
                return Ok((x, y));
            }
            anyhow::ensure!(begun.elapsed() < TIMEOUT, "`{selector}` is covered");
            tokio::time::sleep(POLL_INTERVAL).await;
        }
    }

    /// Presses the label of a control, which is what a finger hits; the control itself where it has none.
    pub async fn press_label(&self, control: &WebElement) -> Result<()> {
        let script = "const control = arguments[0]; const label = control.labels && control.labels[0] || control;
            label.scrollIntoView({ block: 'center' }); return label;";
        let target = self.browser.execute(script, vec![control.to_json()?]).await?.element()?;
        target.click().await?;
        Ok(())
    }

    /// The path that the address bar shows.
    pub async fn path(&self) -> Result<String> {
        Ok(self.browser.current_url().await?.path().to_owned())
    }

    /// The text of the page.
    pub async fn text(&self) -> Result<String> {
        Ok(self.find("body").await?.text().await?)
    }

    /// Forgets everything that another phone of the same person would not have: all stored data but the session.
    pub async fn forget_everything_but_the_session(&self) -> Result<()> {
        self.browser.execute("localStorage.clear(); sessionStorage.clear();", Vec::new()).await?;
        self.open("/").await
    }

    /// Cookies of this browser, to read the API as the person who sits at it.
    pub async fn cookies(&self) -> Result<String> {
        let cookies = self.browser.get_all_cookies().await?;
        Ok(cookies.iter().map(|cookie| format!("{}={}", cookie.name, cookie.value)).collect::<Vec<_>>().join("; "))
    }

    /// Saves a picture of the screen where pictures were asked for.
    pub async fn picture(&self, name: &str) -> Result<()> {
        if let Some(folder) = environment::optional_path("E2E_SCREENS") {
            std::fs::create_dir_all(&folder)?;
            self.browser.screenshot(&folder.join(format!("{name}.png"))).await?;
        }
        Ok(())
    }

    /// Drops the console's messages so far, for tests that break programs on purpose.
    pub async fn forget_console(&self) -> Result<()> {
        self.browser.browser_log().await?;
        Ok(())
    }

    /// A page that looks right may still have fallen over behind the scenes, or asked for what the policy forbids.
    async fn check_console(&self) -> Result<()> {
        let console = self.browser.browser_log().await?;
        let is_fatal = |message: &String| FATAL_WORDS.iter().any(|word| message.contains(word));
        let fatal: Vec<_> = console.into_iter().map(|entry| entry.message).filter(is_fatal).collect();
        anyhow::ensure!(fatal.is_empty(), "the console complains: {fatal:?}");
        Ok(())
    }

    async fn describe(&self, error: anyhow::Error) -> anyhow::Error {
        let picture: PathBuf = environment::traces().join(format!("{}.png", self.name));
        let taken = self.browser.screenshot(&picture).await.is_ok();
        let path = self.path().await.unwrap_or_default();
        let console = self.browser.browser_log().await.unwrap_or_default();
        let said: BTreeSet<_> = console.iter().map(|entry| &entry.message).collect();
        let seen = if taken { format!("; picture: {}", picture.display()) } else { String::new() };
        error.context(format!("at {path}{seen}; console: {said:?}"))
    }
}
