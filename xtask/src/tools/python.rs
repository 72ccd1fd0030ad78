//! Libraries from PyPI, each with what it needs in an environment of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Result, ensure};

use super::{announce, apt};
use crate::{process, project};

/// Python that knows what the requirements name, as pip reads them.
pub(crate) fn ensure_python(name: &str, requirements: &str) -> Result<PathBuf> {
    let folder = project::cache().join(name);
    let (python, stamp) = (folder.join("bin/python"), folder.join("requirements.txt"));
    let is_installed = fs::read_to_string(&stamp).is_ok_and(|installed| installed == requirements);
    if !(is_installed && runs(&python)) {
        announce(&format!("{name} from PyPI"), "20 seconds");
        if !runs(Path::new("python3")) {
            apt::install("comparisons with libraries of others", "1 minute", &["python3", "python3-venv"])?;
        }
        install(&folder, &stamp, requirements)?;
    }
    ensure!(runs(&python), "{} does not run", python.display());
    Ok(python)
}

/// The list comes to lie where it says what is installed only when all of it is.
fn install(folder: &Path, stamp: &Path, requirements: &str) -> Result<()> {
    process::run(process::command("python3").args(["-m", "venv", "--clear"]).arg(folder))?;
    let wanted = folder.join("wanted.txt");
    fs::write(&wanted, requirements)?;
    let mut pip = process::command(folder.join("bin/python"));
    process::run(pip.args(["-m", "pip", "install", "--quiet", "--requirement"]).arg(&wanted))?;
    Ok(fs::rename(wanted, stamp)?)
}

/// One that was made with a Python that has gone since does not.
fn runs(python: &Path) -> bool {
    let mut version = process::command(python);
    version.arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}
