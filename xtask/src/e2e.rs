//! `cargo xtask e2e`: the browser tests against the release build, in a real Chromium.

use std::process::Command;

use anyhow::Result;
use lexopt::prelude::*;

use crate::app::{self, Profile};
use crate::{process, project, serve, tools};

/// Builds the app and the server, then walks them. Names limit which tests run.
pub(crate) fn e2e(mut parser: lexopt::Parser) -> Result<()> {
    let (mut screens, mut build, mut names) = (false, true, Vec::new());
    while let Some(argument) = parser.next()? {
        match argument {
            Long("screens") => screens = true,
            Long("no-build") => build = false,
            Value(name) => names.push(name.string()?),
            other => return Err(other.unexpected().into()),
        }
    }
    if build {
        app::build(Profile::Release)?;
    }
    let mut tests = browser_tests(&names)?;
    if screens {
        tests.env("E2E_SCREENS", project::target().join("screens"));
    }
    process::run(&mut tests)?;
    if names.is_empty() { old_webview() } else { Ok(()) }
}

/// The tests of `tests/e2e`, told where the programs are.
fn browser_tests(names: &[String]) -> Result<Command> {
    let browser = tools::ensure_browser()?;
    let server = serve::build_server(Profile::Development)?;
    let mut command = process::cargo(&["test", "-p", "e2e", "--"]);
    // A browser each: more of them at once than cores only makes every wait longer.
    command.arg("--test-threads=2").args(names);
    command.env("E2E_SERVER", server).env("E2E_APP", project::dist());
    command.env("E2E_CHROMIUM", browser.chromium).env("E2E_DRIVER", browser.driver);
    if tools::ensure_node_tools()?.is_some() {
        command.env("E2E_AXE", tools::node_modules().join("axe-core/axe.min.js"));
    }
    Ok(command)
}

/// The release build in Chromium 80, as phones of 2020 carry it in their apps.
fn old_webview() -> Result<()> {
    if tools::ensure_node_tools()?.is_none() {
        println!("npm is missing: the test in an old webview is left out.");
        return Ok(());
    }
    process::stage("an old webview: Chromium 80");
    let server = serve::build_server(Profile::Development)?;
    let script = project::node_tools().join("old-webview.mjs");
    process::run(process::command("node").arg(script).env("E2E_SERVER", server).env("E2E_APP", project::dist()))
}
