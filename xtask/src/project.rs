//! Paths: the repository, its build output and the cache of tools.

use std::path::{Path, PathBuf};

/// Root of the repository.
pub(crate) fn root() -> PathBuf {
    // As cargo says now: where two clones share a target directory, the program may have been compiled in the other.
    let own = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    Path::new(&own).parent().map(Path::to_path_buf).unwrap_or_default()
}

/// The built app, as the server serves it.
pub(crate) fn dist() -> PathBuf {
    root().join("dist")
}

/// Cargo's output folder.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// The cache that clones share: tools, and in CI the build output.
pub(crate) fn cache() -> PathBuf {
    let base = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let home = std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache"));
    base.or(home).unwrap_or_else(std::env::temp_dir).join("yijianshi")
}

/// Tools that cargo installs.
pub(crate) fn tools() -> PathBuf {
    cache().join("tools")
}

/// Tools that npm installs.
pub(crate) fn node_tools() -> PathBuf {
    root().join("tools")
}
