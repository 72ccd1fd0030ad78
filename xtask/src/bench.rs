//! `cargo xtask bench`: ratios within one run, so that they hold on any machine.

use anyhow::Result;

use crate::process;

/// Measures how long it takes to judge an application.
pub(crate) fn bench() -> Result<()> {
    process::run(&mut process::cargo(&["run", "--quiet", "--release", "-p", "verdicts", "--bin", "bench"]))
}
