//! Building both apps with trunk into `dist/`: the resident's and the officers', each a page with a program of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::compress::files_in;
use crate::{bundle, compress, process, project, scripts, tools};

/// The pages, each with the folder it is built into before all come together. The first is the resident's.
pub(crate) const PAGES: [&str; 2] = ["index.html", "agency.html"];
/// The resident's second program, which has the same page.
pub(crate) const FOLLOWING: &str = "following.html";

/// How much care the build takes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    /// Quick to build; the default of `serve`.
    Development,
    /// The build that phones download: smallest wasm, one style sheet, compressed beforehand.
    Release,
}

/// Builds both apps. Where npm is missing, a release goes without wasm-opt and says so.
pub(crate) fn build(profile: Profile) -> Result<()> {
    tools::ensure_wasm_tools()?;
    fetch_crates()?;
    let has_node = profile == Profile::Release && tools::ensure_node_tools()?.is_some();
    let switches: &[&str] = match profile {
        Profile::Development => &["--cargo-profile", "wasm-dev"],
        Profile::Release if has_node => &["--release", "--cargo-profile", "wasm"],
        Profile::Release => {
            println!("npm is missing: this build goes without wasm-opt and minifier and is about a third larger.");
            // Trunk insists on wasm-opt in its own release mode only.
            &["--cargo-profile", "wasm"]
        }
    };
    build_page(FOLLOWING, switches)?;
    for page in PAGES {
        build_page(page, switches)?;
        if page == PAGES[0] {
            scripts::lay_beside(&folder_of(FOLLOWING), FOLLOWING, &folder_of(page))?;
        }
        if profile == Profile::Release {
            bundle::bundle(&folder_of(page), page)?;
        }
        scripts::name_by_content(&folder_of(page), page)?;
    }
    let dist = project::dist();
    gather(&dist)?;
    if profile == Profile::Release { compress::compress(&dist) } else { Ok(()) }
}

/// Trunk empties the folder it writes to, so each page has one of its own.
fn folder_of(page: &str) -> PathBuf {
    project::target().join("pages").join(page.trim_end_matches(".html"))
}

fn build_page(page: &str, switches: &[&str]) -> Result<()> {
    let folder = folder_of(page);
    fs::create_dir_all(&folder)?;
    process::run(trunk(page, switches).arg("--dist").arg(&folder))
}

/// Lays the files of all pages into one folder. Names carry a hash of the content, so what two pages share is one file.
fn gather(dist: &Path) -> Result<()> {
    if dist.exists() {
        fs::remove_dir_all(dist)?;
    }
    fs::create_dir_all(dist)?;
    for folder in PAGES.map(folder_of) {
        for file in files_in(&folder)? {
            let name = file.file_name().context("a file has a name")?;
            fs::copy(&file, dist.join(name))?;
        }
    }
    Ok(())
}

/// Trunk works offline and takes everything from the local copy of the registry, for all platforms.
pub(crate) fn fetch_crates() -> Result<()> {
    let locked: &[&str] = if std::env::var_os("CI").is_some() { &["--locked"] } else { &[] };
    process::run(&mut process::cargo(&[&["fetch", "--quiet"], locked].concat()))
}

fn trunk(page: &str, switches: &[&str]) -> Command {
    let mut command = process::command("trunk");
    // Nothing is downloaded during a build: wasm-bindgen and wasm-opt are taken from the path.
    command.arg("--offline=true");
    // Trunk reads NO_COLOR as a switch of its own and refuses the usual value 1.
    command.args(["build", page, "--html-output", page, "--skip-version-check"]).args(switches).env_remove("NO_COLOR");
    command
}
