//! The environment that `cargo xtask e2e` sets for the tests: paths of the programs and the built app.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// A path from the environment.
pub fn path(name: &str) -> Result<PathBuf> {
    optional_path(name).with_context(|| format!("{name} is not set: run these tests with `cargo xtask e2e`"))
}

/// A path that may be missing.
pub fn optional_path(name: &str) -> Option<PathBuf> {
    std::env::var_os(name).map(PathBuf::from)
}

/// The name of the script of the built app that begins so.
pub fn app_file(stem: &str) -> Result<String> {
    let names =
        std::fs::read_dir(path("E2E_APP")?)?.flatten().map(|file| file.file_name().to_string_lossy().into_owned());
    let mut scripts = names.filter(|name| name.starts_with(stem) && name.ends_with(".js"));
    scripts.next().with_context(|| format!("the app has no script {stem}"))
}

/// Logs and pictures of tests that failed.
pub fn traces() -> PathBuf {
    repository().join("target/e2e")
}

/// Root of the repository.
pub fn repository() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.ancestors().nth(2).unwrap_or(own).to_path_buf()
}
