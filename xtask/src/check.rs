//! Formatting and lints: the native crates, then the app as the browser gets it.

use anyhow::Result;

use crate::{process, tools};

/// Fails on any difference of format and on any warning.
pub(crate) fn check() -> Result<()> {
    process::run(&mut process::cargo(&["fmt", "--all", "--check"]))?;
    process::run(&mut process::cargo(&[
        "clippy",
        "--quiet",
        "--workspace",
        "--exclude",
        "yijianshi",
        "--exclude",
        "notice",
        "--all-targets",
        "--features",
        "server/printed",
        "--",
        "-D",
        "warnings",
    ]))?;
    process::run(&mut process::cargo(&["clippy", "--quiet", "-p", "notice", "--all-targets", "--", "-D", "warnings"]))?;
    tools::ensure_wasm_target()?;
    process::run(&mut process::cargo(&[
        "clippy",
        "--quiet",
        "-p",
        "yijianshi",
        "--target",
        "wasm32-unknown-unknown",
        "--lib",
        "--bins",
        "--",
        "-D",
        "warnings",
    ]))
}
