//! One phone that dies and comes back: the browser is killed, and started again on what it had written to its disk.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use tempfile::TempDir;
use thirtyfour::WebDriver;

use crate::attempt::again_after_a_crash;
use crate::driver::{self, Driver};
use crate::server::Server;
use crate::world::{Screen, World};

/// A phone and its server.
pub struct BrowserRuns {
    server: Arc<Server>,
    profile: TempDir,
    name: String,
}

/// The memory of processes: resident, and proportional, where shared pages are divided among the processes that share
/// them.
#[derive(Clone, Copy, Debug, Default)]
pub struct Memory {
    pub resident_kb: u64,
    pub proportional_kb: u64,
}

/// From one start of the browser to its end.
pub struct BrowserRun {
    pub world: World,
    _driver: Driver,
}

/// Runs a behaviour over several runs of one browser.
pub fn across_browser_runs(name: &str, behaviour: impl AsyncFn(BrowserRuns) -> Result<()>) -> Result<()> {
    again_after_a_crash(name, async || {
        let server = Arc::new(Server::start(name).await?);
        behaviour(BrowserRuns { server, profile: tempfile::tempdir()?, name: name.to_owned() }).await
    })
}

impl BrowserRuns {
    /// Starts the browser on what the last one left.
    pub async fn begin(&self) -> Result<BrowserRun> {
        let driver = Driver::start().await?;
        let mut capabilities = driver::capabilities(Screen::Phone, &[])?;
        driver::with_profile(&mut capabilities, self.profile.path())?;
        let browser = WebDriver::new(driver.url(), capabilities).await.context("no browser")?;
        Ok(BrowserRun { world: World::of(Arc::clone(&self.server), browser, &self.name), _driver: driver })
    }

    /// Ends a run as a system does that wants its memory back: every process at once, no goodbye.
    pub fn kill(&self, run: BrowserRun) -> Result<()> {
        let killed = self.kill_all()?;
        ensure!(killed > 0, "there was no browser to kill");
        // The driver's browser is gone, so quitting it would fail.
        let _ = run.world.browser.leak();
        Ok(())
    }

    /// The server is out of reach for everything that this phone asks.
    pub fn cut_the_network(&self) {
        self.server.stop();
    }

    /// The server takes what it is sent and answers nothing.
    pub fn fall_silent(&self) -> Result<()> {
        self.server.fall_silent()
    }

    pub async fn bring_the_network_back(&self) -> Result<()> {
        self.server.come_back().await
    }

    /// The memory of this browser's pages right now.
    pub fn memory_of_pages(&self) -> Result<Memory> {
        let mut memory = Memory::default();
        for folder in self.processes()? {
            let command = fs::read(folder.join("cmdline")).unwrap_or_default();
            // One that has just ended holds nothing.
            let Ok(rollup) = fs::read_to_string(folder.join("smaps_rollup")) else { continue };
            if String::from_utf8_lossy(&command).contains("--type=renderer") {
                memory.resident_kb += kilobytes(&rollup, "Rss:");
                memory.proportional_kb += kilobytes(&rollup, "Pss:");
            }
        }
        ensure!(memory.resident_kb > 0, "there is no page");
        Ok(memory)
    }

    fn kill_all(&self) -> Result<usize> {
        let mut killed = 0;
        for folder in self.processes()? {
            let pid = folder.file_name().unwrap_or_default();
            killed += usize::from(Command::new("kill").arg("-9").arg(pid).status()?.success());
        }
        Ok(killed)
    }

    /// All processes of this browser, as folders of `/proc`.
    fn processes(&self) -> Result<Vec<PathBuf>> {
        let profile = self.profile.path().to_string_lossy().into_owned();
        let is_ours = |folder: &PathBuf| {
            let command = fs::read(folder.join("cmdline")).unwrap_or_default();
            let command = String::from_utf8_lossy(&command);
            command.contains(&profile) && !command.contains("chromedriver")
        };
        Ok(fs::read_dir("/proc")?.flatten().map(|entry| entry.path()).filter(is_ours).collect())
    }
}

fn kilobytes(rollup: &str, name: &str) -> u64 {
    let line = rollup.lines().find_map(|line| line.strip_prefix(name));
    line.and_then(|rest| rest.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0)
}

impl BrowserRun {
    /// Ends as a person closes an app.
    pub async fn end(self) -> Result<()> {
        self.world.browser.quit().await?;
        Ok(())
    }
}
