//! The browser for tests: Chromium with its driver and Chinese fonts, from apt where we may. Notices are printed with
//! the same fonts.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use super::apt::install;
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
