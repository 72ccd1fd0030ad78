//! Tests that are compiled for the browser and run in Chromium.

use std::process::Command;

use anyhow::Result;

use crate::{process, project, tools};

/// `cargo test` for a crate, run by wasm-bindgen's runner in the browser that `tests/webdriver.json` describes.
pub(crate) fn command(package: &str, targets: &[&str]) -> Result<Command> {
    tools::ensure_wasm_tools()?;
    let browser = tools::ensure_browser()?;
    let mut test = process::cargo(&["test", "-p", package, "--target", "wasm32-unknown-unknown"]);
    test.args(["--profile", "wasm-dev"]).args(targets);
    test.env("CHROMEDRIVER", browser.driver).env("WASM_BINDGEN_TEST_TIMEOUT", "300");
    test.env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", project::root().join("tests/webdriver.json"));
    Ok(test)
}
