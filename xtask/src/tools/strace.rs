//! strace, with which tests make the disk fail under the server.

use super::apt::install;
use crate::process;

/// Installs it where we may. Without it those tests say that they were not tried; everything else can run.
pub(crate) fn ensure_strace() {
    let missing = if process::find("strace").is_some() { Vec::new() } else { vec!["strace"] };
    if let Err(reason) = install("tests of failing writes", "1 minute", &missing) {
        println!("{reason:#}. Writes that fail are NOT TRIED.");
    }
}
