//! The browser for tests: Chromium with its driver and Chinese fonts, from apt where we may. Notices are printed with the same fonts.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use super::announce;
use crate::process;

const PACKAGES: [&str; 3] = ["chromium", "chromium-driver", "fonts-noto-cjk"];
const CHINESE_FONT: &str = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc";
const NOTICE_FONT: &str = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc";

/// The programs that browser tests start.
pub(crate) struct Browser {
    pub(crate) chromium: PathBuf,
    pub(crate) driver: PathBuf,
}

/// Finds Chromium and its driver, and installs them by apt when we are root.
pub(crate) fn ensure_browser() -> Result<Browser> {
    install("browser tests", "2 minutes", &missing_packages())?;
    found()
}

/// The fonts of notices, which are those of the browser tests too.
pub(crate) fn ensure_notice_fonts() -> Result<()> {
    let missing = if Path::new(NOTICE_FONT).is_file() { Vec::new() } else { vec!["fonts-noto-cjk"] };
    install("notices", "1 minute", &missing)
}

fn install(purpose: &str, duration: &str, missing: &[&str]) -> Result<()> {
    if missing.is_empty() {
        return Ok(());
    }
    if process::find("apt-get").is_none() || !is_root() {
        bail!("{purpose} need {}: install them (Debian: apt-get install {})", missing.join(", "), missing.join(" "));
    }
    announce(&missing.join(", "), duration);
    process::run(process::command("apt-get").args(["update", "-qq"]))?;
    let mut install = process::command("apt-get");
    install.args(["install", "-y", "-qq", "--no-install-recommends"]).args(missing);
    process::run(install.env("DEBIAN_FRONTEND", "noninteractive").stdout(std::process::Stdio::null()))
}

fn found() -> Result<Browser> {
    match (process::find("chromium"), process::find("chromedriver")) {
        (Some(chromium), Some(driver)) => Ok(Browser { chromium, driver }),
        _ => bail!("chromium and chromedriver are still missing after their installation"),
    }
}

fn missing_packages() -> Vec<&'static str> {
    let present = |package: &str| match package {
        "chromium" => process::find("chromium").is_some(),
        "chromium-driver" => process::find("chromedriver").is_some(),
        _ => Path::new(CHINESE_FONT).is_file(),
    };
    PACKAGES.into_iter().filter(|package| !present(package)).collect()
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}
