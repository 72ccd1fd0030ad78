//! tus clients that others wrote, with which tests upload to the server.

use std::path::PathBuf;

use anyhow::{Context, Result};

use super::{ensure_python, require_node_tools};
use crate::process;

/// The program that starts each of them, under the variable in which the tests look for it.
pub(crate) fn ensure_tus_clients() -> Result<[(&'static str, PathBuf); 2]> {
    require_node_tools()?;
    let node = process::find("node").context("npm is there, and node is not")?;
    let python = ensure_python("tuspy", include_str!("../../../tools/tuspy.txt"))?;
    Ok([("TUS_JS_CLIENT", node), ("TUSPY", python)])
}
