//! The tools that builds and tests need: each is installed when it is missing, and we say so first.

mod apt;
mod browser;
mod cargo_tools;
mod node;
mod python;
mod strace;
mod tus_clients;

pub(crate) use browser::{ensure_browser, ensure_notice_fonts};
pub(crate) use cargo_tools::{ensure_wasm_target, ensure_wasm_tools};
pub(crate) use node::{ensure_node_tools, require_node_tools};
pub(crate) use python::ensure_python;
pub(crate) use strace::ensure_strace;
pub(crate) use tus_clients::ensure_tus_clients;

/// Says what is about to be installed and how long that takes, before silence sets in.
fn announce(what: &str, duration: &str) {
    println!("Installing {what}: once, about {duration} on two cores.");
}
