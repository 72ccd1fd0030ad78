//! Building the resident's app with trunk into `dist/`.

use std::process::Command;

use anyhow::Result;

use crate::{bundle, compress, process, project, tools};

/// How much care the build takes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    /// Quick to build; what `serve` does by default.
    Development,
    /// What a phone downloads: smallest wasm, one style sheet, compressed beforehand.
    Release,
}

/// Builds the app. Where npm is missing, a release goes without wasm-opt and says so.
pub(crate) fn build(profile: Profile) -> Result<()> {
    tools::ensure_wasm_tools()?;
    fetch_crates()?;
    match profile {
        Profile::Development => process::run(&mut trunk(&["--cargo-profile", "wasm-dev"])),
        Profile::Release => build_release(),
    }
}

fn build_release() -> Result<()> {
    if tools::ensure_node_tools()?.is_some() {
        process::run(&mut trunk(&["--release", "--cargo-profile", "wasm"]))?;
    } else {
        println!("npm is missing: this build goes without wasm-opt and minifier and is about a tenth larger.");
        // Trunk insists on wasm-opt in its own release mode only.
        process::run(&mut trunk(&["--cargo-profile", "wasm"]))?;
    }
    let dist = project::dist();
    bundle::bundle(&dist)?;
    compress::compress(&dist)
}

/// Trunk works offline and takes everything from the local copy of the registry, for all platforms.
pub(crate) fn fetch_crates() -> Result<()> {
    let locked: &[&str] = if std::env::var_os("CI").is_some() { &["--locked"] } else { &[] };
    process::run(&mut process::cargo(&[&["fetch", "--quiet"], locked].concat()))
}

fn trunk(arguments: &[&str]) -> Command {
    let mut command = process::command("trunk");
    // Trunk reads NO_COLOR as a switch of its own and refuses the usual value 1.
    command.args(["build", "--skip-version-check"]).args(arguments).env_remove("NO_COLOR");
    command
}
