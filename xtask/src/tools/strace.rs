//! strace, with which tests make the disk fail under the server.

use anyhow::Result;

use super::apt::install;
use crate::process;

/// Installs it where we may.
pub(crate) fn ensure_strace() -> Result<()> {
    let missing = if process::find("strace").is_some() { Vec::new() } else { vec!["strace"] };
    install("tests of failing writes", "1 minute", &missing)
}
