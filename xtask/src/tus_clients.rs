//! `cargo xtask tus-clients`: uploads with tus-js-client and tuspy, by the tests that CI runs too.

use anyhow::Result;

use crate::{process, tools};

/// Brings the clients and lets them upload.
pub(crate) fn upload() -> Result<()> {
    let clients = tools::ensure_tus_clients()?;
    let mut tests = process::cargo(&["test", "-p", "server", "--test", "faults", "tus_clients", "--", "--nocapture"]);
    process::run(tests.envs(clients))
}
