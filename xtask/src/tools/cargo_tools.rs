//! Tools for building the app: the wasm target, wasm-bindgen at the version of Cargo.lock, and trunk.

use std::process::Command;

use anyhow::{Context, Result, bail};

use super::announce;
use crate::{process, project};

/// 0.22 needs a newer compiler than the one that old webviews were tried with.
const TRUNK_VERSION: &str = "0.21.14";
const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// Everything that building the app needs besides a compiler.
pub(crate) fn ensure_wasm_tools() -> Result<()> {
    ensure_wasm_target()?;
    let wasm_bindgen_version = locked_version("wasm-bindgen")?;
    if installed_version("wasm-bindgen").as_deref() != Some(&*wasm_bindgen_version) {
        announce(&format!("wasm-bindgen {wasm_bindgen_version}"), "2 minutes");
        // Without --locked: its lock file names a version that the index no longer has.
        install(&["wasm-bindgen-cli", "--version", &wasm_bindgen_version])?;
    }
    if installed_version("trunk").as_deref() != Some(TRUNK_VERSION) {
        announce(&format!("trunk {TRUNK_VERSION}"), "2 minutes");
        // It only starts other programs: unoptimised, it is built in half the time.
        let features = ["--no-default-features", "--features", "rustls", "--debug"];
        install(&[&["trunk", "--version", TRUNK_VERSION, "--locked"][..], &features].concat())?;
    }
    Ok(())
}

/// The compiler's own part for the browser.
pub(crate) fn ensure_wasm_target() -> Result<()> {
    let sysroot = process::output(Command::new("rustc").args(["--print", "sysroot"]).current_dir(project::root()))?;
    let library = std::path::Path::new(sysroot.trim()).join("lib/rustlib").join(WASM_TARGET);
    if library.is_dir() {
        return Ok(());
    }
    if process::find("rustup").is_none() {
        bail!("the compiler lacks the target {WASM_TARGET}: install it with your package manager, or use rustup");
    }
    announce(&format!("the target {WASM_TARGET}"), "1 minute");
    process::run(process::command("rustup").args(["target", "add", WASM_TARGET]))
}

fn install(arguments: &[&str]) -> Result<()> {
    let tools = project::tools();
    let mut command = process::cargo(&["install", "--quiet", "--force"]);
    command.args(arguments).arg("--root").arg(&tools);
    // Its own build output goes to a temporary folder, not among ours.
    process::run(command.env_remove("CARGO_TARGET_DIR"))
}

fn installed_version(program: &str) -> Option<String> {
    let path = process::find(program)?;
    let output = Command::new(path).arg("--version").output().ok()?;
    String::from_utf8(output.stdout).ok()?.split_whitespace().nth(1).map(str::to_owned)
}

/// wasm-bindgen's two halves must be the same version, so the lock file decides.
fn locked_version(package: &str) -> Result<String> {
    let lock = std::fs::read_to_string(project::root().join("Cargo.lock")).context("there is no Cargo.lock")?;
    version_in(&lock, package).with_context(|| format!("Cargo.lock does not name {package}"))
}

fn version_in(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name).skip(1);
    let version = lines.next()?.strip_prefix("version = \"")?;
    Some(version.trim_end_matches('"').to_owned())
}

#[cfg(test)]
mod tests {
    use super::version_in;

    #[test]
    fn the_lock_file_says_the_version() {
        let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"0.1.0\"\n\n[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(version_in(lock, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(version_in(lock, "leptos"), None);
    }
}
