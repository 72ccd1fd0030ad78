//! `cargo xtask test`: everything that CI runs, the quick failures first.

use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result};

use crate::app::{self, Profile};
use crate::compress::files_in;
use crate::{
    check, e2e, oracle, process, project, schemathesis, serve, services, size, tidy, tools, verdicts, wasm_tests,
};

/// Few, and enough that most sorts of paper are there afterwards.
const KILLS_BEFORE_PRINTING: &str = "40";

type Stage = (&'static str, fn() -> Result<()>);

/// Runs all stages and stops at the first that fails.
pub(crate) fn test() -> Result<()> {
    let begun = Instant::now();
    let stages: [Stage; 12] = [
        ("format and lints", check::check),
        ("invariants", tidy::tidy),
        ("services", services::services),
        ("contract, server and tools", native_tests),
        ("the described API", schemathesis::call),
        ("the app's units", app_tests),
        ("the scripts", script_tests),
        ("notices on paper", notices),
        ("check characters", oracle::compare),
        ("the same verdict in the browser", verdicts::compare),
        ("the app as a phone downloads it", release),
        ("in a real browser", || e2e::e2e(&e2e::Options::on_present_build())),
    ];
    for (title, stage) in stages {
        process::stage(title);
        let stage_begun = Instant::now();
        stage().with_context(|| format!("stage \"{title}\""))?;
        println!("  ({title}: {} s)", stage_begun.elapsed().as_secs());
    }
    println!("\nAll stages passed in {} minutes.", begun.elapsed().as_secs().div_ceil(60));
    Ok(())
}

fn native_tests() -> Result<()> {
    tools::ensure_strace()?;
    process::run(native_workspace_tests().envs(tools::ensure_tus_clients()?))
}

/// The tests that run without a browser; typst's crate is built by itself.
fn native_workspace_tests() -> Command {
    const ELSEWHERE: [&str; 8] =
        ["--exclude", "yijianshi", "--exclude", "local-data", "--exclude", "e2e", "--exclude", "notice"];
    process::cargo(&[&["test", "--workspace"], &ELSEWHERE[..]].concat())
}

/// The unit tests of the app, in the browser that they are written for.
fn app_tests() -> Result<()> {
    process::run(&mut wasm_tests::command("yijianshi", &["--lib"])?)?;
    process::run(&mut wasm_tests::command("local-data", &["--lib"])?)
}

/// The scripts that are left beside the programs and the rules for style sheets, in Node's own runner.
fn script_tests() -> Result<()> {
    let modules = tools::require_node_tools()?;
    let folders = [project::root().join("tests/scripts"), modules.join("../tests")];
    let files = folders.iter().map(|folder| files_in(folder)).collect::<Result<Vec<_>>>()?;
    let tests = files.iter().flatten().filter(|path| path.to_string_lossy().ends_with(".test.mjs"));
    process::run(process::command("node").arg("--test").args(tests))
}

/// By itself: built together with the server, typst would switch on features that the server must not have.
fn notices() -> Result<()> {
    tools::ensure_notice_fonts()?;
    process::run(&mut process::cargo(&["test", "-p", "notice"]))?;
    let program = serve::build_notice(Profile::Development)?;
    // The same crates as in the stage before, so that nothing but the server is compiled again.
    let mut tests = native_workspace_tests();
    tests.args(["--features", "server/printed", "--test", "api", "--test", "faults", "--", "printed::", "kills::"]);
    process::run(tests.env("NOTICE_BINARY", program).env("KILLS", KILLS_BEFORE_PRINTING))
}

fn release() -> Result<()> {
    app::build(Profile::Release)?;
    let total = size::measure(&project::dist())?;
    size::measure_others(&project::dist())?;
    size::within_budget(total)
}
