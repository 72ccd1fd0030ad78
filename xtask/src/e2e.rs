//! `cargo xtask e2e`: the browser tests against the release build, in a real Chromium.

use std::process::Command;

use anyhow::Result;
use lexopt::prelude::*;

use crate::app::{self, Profile};
use crate::{process, project, serve, tools};

/// Which browser tests to run, and how.
#[derive(Default)]
pub(crate) struct Options {
    /// Save a picture of each screen in `target/screens/`.
    screens: bool,
    /// Test what stands in `dist/` as it is.
    no_build: bool,
    /// Parts of the names of tests; all where there is none.
    names: Vec<String>,
}

impl Options {
    /// Reads the words after `e2e`.
    pub(crate) fn parse(mut parser: lexopt::Parser) -> Result<Self> {
        let mut options = Self::default();
        while let Some(argument) = parser.next()? {
            match argument {
                Long("screens") => options.screens = true,
                Long("no-build") => options.no_build = true,
                Value(name) => options.names.push(name.string()?),
                other => return Err(other.unexpected().into()),
            }
        }
        Ok(options)
    }

    /// All tests on the build that stands in `dist/`.
    pub(crate) fn on_present_build() -> Self {
        Self { no_build: true, ..Self::default() }
    }
}

/// Builds the app and the server, then walks them.
pub(crate) fn e2e(options: &Options) -> Result<()> {
    if !options.no_build {
        app::build(Profile::Release)?;
    }
    process::run(&mut browser_tests(options)?)?;
    if options.names.is_empty() { old_webview() } else { Ok(()) }
}

/// The tests of `tests/e2e`, told where the programs are.
fn browser_tests(options: &Options) -> Result<Command> {
    let browser = tools::ensure_browser()?;
    let server = serve::build_server(Profile::Development)?;
    let mut command = process::cargo(&["test", "-p", "e2e", "--"]);
    // A browser each: more of them at once than cores only makes every wait longer.
    command.arg("--test-threads=2").args(&options.names);
    command.env("E2E_SERVER", server).env("E2E_APP", project::dist()).env("RUST_BACKTRACE", "0");
    command.env("E2E_CHROMIUM", browser.chromium).env("E2E_DRIVER", browser.driver);
    command.env("E2E_AXE", tools::require_node_tools()?.join("axe-core/axe.min.js"));
    if options.screens {
        command.env("E2E_SCREENS", project::target().join("screens"));
    }
    Ok(command)
}

/// The release build in Chromium 80, as phones of 2020 carry it in their apps.
fn old_webview() -> Result<()> {
    tools::require_node_tools()?;
    process::stage("an old webview: Chromium 80");
    let server = serve::build_server(Profile::Development)?;
    let script = project::node_tools().join("old-webview.mjs");
    process::run(process::command("node").arg(script).env("E2E_SERVER", server).env("E2E_APP", project::dist()))
}
