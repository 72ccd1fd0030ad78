//! Events of the phone rather than of a page: the network fails, the keyboard comes up, a tap becomes a double tap,
//! time passes.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::world::{Screen, World};

/// The height that is left above the keyboard.
const HEIGHT_ABOVE_KEYBOARD: u32 = 420;
/// How long a dying page is listened to.
const CRASH_TIMEOUT: Duration = Duration::from_secs(2);
/// As many bytes as the line carries.
const UNLIMITED: i32 = -1;
/// Between the two taps of an unintended double tap.
const DOUBLE_TAP_INTERVAL: Duration = Duration::from_millis(30);
/// How fast a thumb moves from one button to another.
const FAST_PRESS_INTERVAL: Duration = Duration::from_millis(120);

/// The phone in a person's hand.
pub struct Phone;

impl Phone {
    /// The requests of this page fail. Those of its workers, and of other pages, do not.
    pub async fn cut_the_network(world: &World) -> Result<()> {
        set_network(world, true).await
    }

    /// Nothing that this phone sends arrives, and the browser says so.
    pub async fn lose_the_signal(world: &World) -> Result<()> {
        world.server.stop();
        set_network(world, true).await
    }

    pub async fn find_the_signal(world: &World) -> Result<()> {
        world.server.come_back().await?;
        set_network(world, false).await
    }

    /// The system takes the memory of the page that is open: its process dies without a word, and the browser lives on.
    pub async fn kill_the_page(world: &World) -> Result<()> {
        let before = world.browser.windows().await?;
        let page = world.browser.window().await?;
        let other = before.into_iter().find(|window| *window != page).context("no other window to go on from")?;
        // A crashed page does not answer.
        let _ = tokio::time::timeout(CRASH_TIMEOUT, command(world, "Page.crash", json!({}))).await;
        let answer = tokio::time::timeout(CRASH_TIMEOUT, world.browser.title()).await;
        ensure!(!matches!(answer, Ok(Ok(_))), "the page lives on");
        world.browser.switch_to_window(other).await?;
        command(world, "Target.closeTarget", json!({ "targetId": page.to_string() })).await
    }

    /// Waits until the phone has everything that the app consists of.
    pub async fn be_ready_for_no_network(world: &World) -> Result<()> {
        world.until("navigator.serviceWorker && navigator.serviceWorker.controller", "the service worker").await
    }

    pub async fn bring_the_network_back(world: &World) -> Result<()> {
        set_network(world, false).await
    }

    /// Goes before the scripts of every page that is opened from now on.
    pub async fn begin_every_page_with(world: &World, script: &str) -> Result<()> {
        command(world, "Page.enable", json!({})).await?;
        command(world, "Page.addScriptToEvaluateOnNewDocument", json!({ "source": script })).await
    }

    /// Pages come from the server, not from the service worker's copies.
    pub async fn ask_the_server_for_pages(world: &World) -> Result<()> {
        command(world, "Network.enable", json!({})).await?;
        command(world, "Network.setBypassServiceWorker", json!({ "bypass": true })).await
    }

    /// Files that pages have loaded are loaded anew.
    pub async fn forget_cached_files(world: &World) -> Result<()> {
        command(world, "Network.clearBrowserCache", json!({})).await
    }

    /// Whether pages that are opened from now on may run scripts.
    pub async fn let_scripts_run(world: &World, may: bool) -> Result<()> {
        command(world, "Emulation.setScriptExecutionDisabled", json!({ "value": !may })).await
    }

    /// The disk is full but for so many bytes.
    pub async fn leave_space_for(world: &World, bytes: u32) -> Result<()> {
        let origin = world.server.url("");
        command(world, "Storage.overrideQuotaForOrigin", json!({ "origin": origin, "quotaSize": bytes })).await
    }

    /// The system takes back what the browser had kept for the app, as iOS does, while the app is open.
    pub async fn lose_the_database(world: &World) -> Result<()> {
        let origin = world.server.url("");
        command(world, "Storage.clearDataForOrigin", json!({ "origin": origin, "storageTypes": "indexeddb" })).await
    }

    /// The timers of the page and its workers run 25 times as fast, so that a test need not wait a minute for the app
    /// to give up.
    pub async fn let_time_fly(world: &World) -> Result<()> {
        run(world, "self.patient = setTimeout; self.setTimeout = (act, pause) => self.patient(act, pause / 25);").await
    }

    pub async fn let_time_go_on(world: &World) -> Result<()> {
        run(world, "self.setTimeout = self.patient;").await
    }

    /// The keyboard takes the lower half of the screen, as Android does it: the page becomes lower.
    pub async fn raise_the_keyboard(world: &World) -> Result<()> {
        let (width, _) = Screen::Phone.size();
        let metrics =
            json!({ "width": width, "height": HEIGHT_ABOVE_KEYBOARD, "deviceScaleFactor": 2, "mobile": true });
        command(world, "Emulation.setDeviceMetricsOverride", metrics).await?;
        world.until(&format!("innerHeight === {HEIGHT_ABOVE_KEYBOARD}"), "the keyboard").await
    }

    /// Two taps on the same place of the glass, whatever is there by the second.
    pub async fn tap_twice(world: &World, selector: &str) -> Result<()> {
        let (x, y) = world.reach(selector).await?;
        Self::tap_twice_at(world, x, y).await
    }

    /// The same on a place of the glass that was looked for before.
    pub async fn tap_twice_at(world: &World, x: f64, y: f64) -> Result<()> {
        tap(world, x, y).await?;
        tokio::time::sleep(DOUBLE_TAP_INTERVAL).await;
        tap(world, x, y).await
    }

    /// One tap on each of several buttons, as fast as a quick thumb moves from one to the next.
    pub async fn tap_in_a_row(world: &World, selectors: &[&str]) -> Result<()> {
        for (number, selector) in selectors.iter().enumerate() {
            if number > 0 {
                tokio::time::sleep(FAST_PRESS_INTERVAL).await;
            }
            let (x, y) = world.reach(selector).await?;
            tap(world, x, y).await?;
        }
        Ok(())
    }

    /// The text that was copied last.
    pub async fn clipboard(world: &World) -> Result<String> {
        let read = "const done = arguments[0]; navigator.clipboard.readText().then(done, (error) => done('' + error));";
        Ok(world.browser.execute_async(read, Vec::new()).await?.convert::<String>()?)
    }

    /// The person lets the page copy.
    pub async fn allow_copying(world: &World) -> Result<()> {
        let permissions = ["clipboardReadWrite", "clipboardSanitizedWrite"];
        command(world, "Browser.grantPermissions", json!({ "permissions": permissions })).await
    }
}

async fn set_network(world: &World, offline: bool) -> Result<()> {
    command(world, "Network.enable", json!({})).await?;
    let conditions =
        json!({ "offline": offline, "latency": 0, "downloadThroughput": UNLIMITED, "uploadThroughput": UNLIMITED });
    command(world, "Network.emulateNetworkConditions", conditions).await
}

/// The same command to every worker of the page.
async fn command_workers(world: &World, method: &str, parameters: &Value) -> Result<()> {
    let (cdp, page) = (world.browser.cdp(), world.browser.window().await?.to_string());
    let targets = cdp.send_raw("Target.getTargets", json!({})).await?;
    let is_ours = |target: &&Value| target["type"] == "worker" && target["parentId"] == *page;
    for worker in targets["targetInfos"].as_array().into_iter().flatten().filter(is_ours) {
        let attach = json!({ "targetId": worker["targetId"], "flatten": false });
        let session = cdp.send_raw("Target.attachToTarget", attach).await?;
        let message = json!({ "id": 1, "method": method, "params": parameters }).to_string();
        let send = json!({ "sessionId": session["sessionId"], "message": message });
        cdp.send_raw("Target.sendMessageToTarget", send).await?;
    }
    Ok(())
}

async fn tap(world: &World, x: f64, y: f64) -> Result<()> {
    let finger = json!({ "type": "touchStart", "touchPoints": [{ "x": x, "y": y }] });
    command(world, "Input.dispatchTouchEvent", finger).await?;
    command(world, "Input.dispatchTouchEvent", json!({ "type": "touchEnd", "touchPoints": [] })).await
}

async fn command(world: &World, method: &str, parameters: Value) -> Result<()> {
    world.browser.cdp().send_raw(method, parameters).await?;
    Ok(())
}

/// Runs a script in the page and in its workers.
async fn run(world: &World, script: &str) -> Result<()> {
    command_workers(world, "Runtime.evaluate", &json!({ "expression": script })).await?;
    world.browser.execute(script, Vec::new()).await?;
    Ok(())
}
