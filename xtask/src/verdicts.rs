//! The phone and the server must judge alike: random answers through the native build, then through wasm in Chromium.

use anyhow::{Result, ensure};

use crate::{process, tools};

/// Fails where the two builds differ on a single answer set, or one leads to where nobody gets on.
pub(crate) fn compare() -> Result<()> {
    let native = process::output(&mut process::cargo(&["run", "--quiet", "-p", "verdicts"]))?;
    let native = native.trim();
    ensure!(!native.is_empty(), "the native build judged nothing");
    println!("native: {native}");
    let dead_ends = process::output(&mut process::cargo(&["run", "--quiet", "-p", "verdicts", "--", "--dead-ends"]))?;
    println!("native: {}", dead_ends.trim());
    tools::ensure_wasm_tools()?;
    let browser = tools::ensure_browser()?;
    let mut test = process::cargo(&["test", "-p", "verdicts", "--target", "wasm32-unknown-unknown"]);
    test.args(["--profile", "wasm-dev", "--test", "browser"]);
    test.env("NATIVE_VERDICT", native).env("CHROMEDRIVER", browser.driver).env("WASM_BINDGEN_TEST_TIMEOUT", "300");
    process::run(&mut test)
}
