//! The phone and the server must judge alike: random answers through the native build, then through wasm in Chromium.

use anyhow::{Result, ensure};

use crate::{process, wasm_tests};

/// Fails where the two builds differ on a single answer set, or one leads to where nobody gets on.
pub(crate) fn compare() -> Result<()> {
    let native = process::output(&mut process::cargo(&["run", "--quiet", "-p", "verdicts"]))?;
    let native = native.trim();
    ensure!(!native.is_empty(), "the native build judged nothing");
    println!("native: {native}");
    let dead_ends = process::output(&mut process::cargo(&["run", "--quiet", "-p", "verdicts", "--", "--dead-ends"]))?;
    println!("native: {}", dead_ends.trim());
    process::run(wasm_tests::command("verdicts", &["--test", "browser"])?.env("NATIVE_VERDICT", native))
}
