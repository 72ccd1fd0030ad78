//! Tools from Debian's packages, where we may install them.

use std::process::Command;

use anyhow::{Result, bail};

use super::announce;
use crate::process;

/// Installs packages when we are root, and otherwise says which are missing.
pub(super) fn install(purpose: &str, duration: &str, missing: &[&str]) -> Result<()> {
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

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}
