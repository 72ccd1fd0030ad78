//! Running other programs: says what runs, and fails with the command that failed.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::project;

/// A command in the repository, with our tools first on the path.
pub(crate) fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(project::root()).env("PATH", search_path());
    command
}

/// Cargo, the same one that started us.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    let mut command = command(std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")));
    command.args(arguments);
    command
}

/// Prints a heading for one stage of a longer command.
pub(crate) fn stage(title: &str) {
    println!("\n== {title}");
}

/// Says what runs, runs it and fails if it fails.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let line = spelled(command);
    println!("$ {line}");
    let begun = Instant::now();
    let status = command.status().with_context(|| format!("cannot start `{line}`"))?;
    let seconds = begun.elapsed().as_secs();
    if !status.success() {
        bail!("`{line}` failed after {seconds} s ({status})");
    }
    if seconds >= 5 {
        println!("  ({seconds} s)");
    }
    Ok(())
}

/// A program at work beside us, ended when it is dropped.
pub(crate) struct Running(pub(crate) Child);

impl Running {
    pub(crate) fn start(command: &mut Command) -> Result<Self> {
        let line = spelled(command);
        Ok(Self(command.spawn().with_context(|| format!("cannot start `{line}`"))?))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The output of a command.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let line = spelled(command);
    let output = command.stderr(Stdio::inherit()).output().with_context(|| format!("cannot start `{line}`"))?;
    if !output.status.success() {
        bail!("`{line}` failed ({})", output.status);
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The path of a program, looked for among our own tools first.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    std::env::split_paths(&search_path()).map(|folder| folder.join(program)).find(|path| path.is_file())
}

fn search_path() -> OsString {
    let inherited = std::env::var_os("PATH").unwrap_or_default();
    let own = [project::tools().join("bin"), project::node_tools().join("node_modules/.bin")];
    std::env::join_paths(own.into_iter().chain(std::env::split_paths(&inherited))).unwrap_or(inherited)
}

fn spelled(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    let words = std::iter::once(program).chain(command.get_args());
    words.map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
}
