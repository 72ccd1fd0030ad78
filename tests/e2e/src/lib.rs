//! Harness of the browser tests: the server and the browser of a test, the pages as a person sees them, and a walker
//! that finishes any service from its example answers. Nothing here knows a service by name.

pub mod accessibility;
pub mod browser_runs;
pub mod environment;
pub mod examples;
pub mod fault_proxy;
pub mod pages;
pub mod phone;
pub mod photograph;
pub mod server;
pub mod walker;
pub mod world;

mod attempt;
mod driver;
mod port;

pub use world::{Screen, World, in_browser, in_browser_with};
