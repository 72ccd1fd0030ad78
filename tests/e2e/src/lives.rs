//! One phone that dies and comes back: the browser is killed, and started again on what it had written to its disk.

use std::fs;
use std::process::Command;
use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use tempfile::TempDir;
use thirtyfour::WebDriver;

use crate::driver::{self, Driver};
use crate::server::Server;
use crate::world::{Screen, World};

/// A phone and its server.
pub struct Lives {
    server: Arc<Server>,
    profile: TempDir,
    name: String,
}

/// From one start of the browser to its end.
pub struct Life {
    pub world: World,
    _driver: Driver,
}

/// Runs a behaviour over several lives of one browser.
pub fn over_lives<F, Fut>(name: &str, behaviour: F) -> Result<()>
where
    F: FnOnce(Lives) -> Fut,
    Fut: Future<Output = Result<()>>,
{
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    runtime.block_on(async {
        let server = Arc::new(Server::start(name).await?);
        behaviour(Lives { server, profile: tempfile::tempdir()?, name: name.to_owned() }).await
    })
}

impl Lives {
    /// Starts the browser on what the last one left.
    pub async fn begin(&self) -> Result<Life> {
        let driver = Driver::start().await?;
        let mut capabilities = driver::capabilities(Screen::Phone, &[])?;
        driver::with_profile(&mut capabilities, self.profile.path())?;
        let browser = WebDriver::new(driver.url(), capabilities).await.context("no browser")?;
        Ok(Life { world: World::of(Arc::clone(&self.server), browser, &self.name), _driver: driver })
    }

    /// Ends a life as a system does that wants its memory back: every process at once, no goodbye.
    pub fn kill(&self, life: Life) -> Result<()> {
        let killed = self.kill_all()?;
        ensure!(killed > 0, "there was no browser to kill");
        // There is nobody left to say goodbye to.
        let _ = life.world.browser.leak();
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

    fn kill_all(&self) -> Result<usize> {
        let profile = self.profile.path().to_string_lossy().into_owned();
        let mut killed = 0;
        for entry in fs::read_dir("/proc")?.flatten() {
            let command = fs::read(entry.path().join("cmdline")).unwrap_or_default();
            let command = String::from_utf8_lossy(&command);
            if command.contains(&profile) && !command.contains("chromedriver") {
                let pid = entry.file_name().to_string_lossy().into_owned();
                killed += usize::from(Command::new("kill").args(["-9", &pid]).status()?.success());
            }
        }
        Ok(killed)
    }
}

impl Life {
    /// Ends as a person closes an app.
    pub async fn end(self) -> Result<()> {
        self.world.browser.quit().await?;
        Ok(())
    }
}
