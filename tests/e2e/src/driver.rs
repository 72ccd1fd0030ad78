//! The driver of a test's browser, and how Chromium is started.

use std::path::Path;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result};
use serde_json::json;
use thirtyfour::{ChromeCapabilities, ChromiumLikeCapabilities, DesiredCapabilities, LoggingPrefsLogLevel};

use crate::world::Screen;
use crate::{environment, port};

const SWITCHES: [&str; 12] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
    "--lang=zh-CN",
    "--accept-lang=zh-CN",
];
const PHONE: &str = "Mozilla/5.0 (Linux; Android 13; Phone) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36";

/// Stops when it is dropped.
pub(crate) struct Driver {
    child: Child,
    port: u16,
}

impl Driver {
    pub(crate) async fn start() -> Result<Self> {
        let port = port::free()?;
        let mut command = Command::new(environment::path("E2E_DRIVER")?);
        command.arg(format!("--port={port}")).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let child = command.spawn().context("cannot start chromedriver")?;
        let mut driver = Self { child, port };
        port::wait_for(port, &mut driver.child, "chromedriver").await?;
        Ok(driver)
    }

    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// With a disk that outlives it.
pub(crate) fn with_profile(capabilities: &mut ChromeCapabilities, profile: &Path) -> Result<()> {
    capabilities.add_arg(&format!("--user-data-dir={}", profile.display()))?;
    Ok(())
}

/// How Chromium is to be started for a screen, with more switches than the usual ones.
pub(crate) fn capabilities(screen: Screen, more: &[&str]) -> Result<ChromeCapabilities> {
    let mut capabilities = DesiredCapabilities::chrome();
    let chromium = environment::path("E2E_CHROMIUM")?;
    capabilities.set_binary(&chromium.to_string_lossy())?;
    for switch in SWITCHES.iter().chain(more) {
        capabilities.add_arg(switch)?;
    }
    let (width, height) = screen.size();
    capabilities.add_arg(&format!("--window-size={width},{height}"))?;
    if screen == Screen::Phone {
        let metrics = json!({ "width": width, "height": height, "pixelRatio": 2, "touch": true, "mobile": true });
        let emulation = json!({ "deviceMetrics": metrics, "userAgent": PHONE });
        capabilities.add_experimental_option("mobileEmulation", emulation)?;
    }
    capabilities.set_browser_log_level(LoggingPrefsLogLevel::Severe)?;
    Ok(capabilities)
}
