//! `cargo xtask test`: everything that CI runs, the quick failures first.

use std::fs::{self, File};
use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, ensure};

use crate::app::Profile;
use crate::compress::files_in;
use crate::process::Running;
use crate::{check, e2e, oracle, process, project, schemathesis, serve, services, tidy, tools, verdicts, wasm_tests};

/// Few, and enough that most sorts of paper are there afterwards.
const KILLS_BEFORE_PRINTING: &str = "40";

type Stage = (&'static str, fn() -> Result<()>);

/// Runs all stages and stops at the first that fails. The release is built beside those that do not need it: its linker
/// keeps one core busy for minutes.
pub(crate) fn test() -> Result<()> {
    let begun = Instant::now();
    let first: [Stage; 3] = [
        ("format and lints", check::check),
        ("invariants", tidy::tidy),
        ("services", || services::services(services::Options::of_environment())),
    ];
    let beside_the_build: [Stage; 7] = [
        ("contract, server and tools", native_tests),
        ("the described API", schemathesis::call),
        ("the app's units", app_tests),
        ("the scripts", script_tests),
        ("notices on paper", notices),
        ("check characters", oracle::compare),
        ("the same verdict in the browser", verdicts::compare),
    ];
    run(&first)?;
    let release = ReleaseBuild::start()?;
    run(&beside_the_build)?;
    process::stage("the app as a phone downloads it");
    release.finish()?;
    run(&[("in a real browser", || e2e::e2e(&e2e::Options::on_present_build()))])?;
    println!("\nAll stages passed in {} minutes.", begun.elapsed().as_secs().div_ceil(60));
    Ok(())
}

fn run(stages: &[Stage]) -> Result<()> {
    for (title, stage) in stages {
        process::stage(title);
        let begun = Instant::now();
        stage().with_context(|| format!("stage \"{title}\""))?;
        println!("  ({title}: {} s)", begun.elapsed().as_secs());
    }
    Ok(())
}

/// `cargo xtask size`, at work; ended where another stage fails.
struct ReleaseBuild {
    program: Running,
    /// What it prints.
    log: PathBuf,
}

impl ReleaseBuild {
    fn start() -> Result<Self> {
        // Two programs must not install the same tool.
        tools::ensure_wasm_tools()?;
        tools::require_node_tools()?;
        let log = project::target().join("release-build.log");
        let file = File::create(&log)?;
        let mut size = process::command(std::env::current_exe()?);
        size.arg("size").stderr(file.try_clone()?).stdout(file);
        Ok(Self { program: Running::start(&mut size)?, log })
    }

    fn finish(mut self) -> Result<()> {
        let status = self.program.0.wait()?;
        println!("{}", fs::read_to_string(&self.log)?);
        ensure!(status.success(), "the release build failed ({status})");
        Ok(())
    }
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
