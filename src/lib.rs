//! Everything that the programs of the app share. `bin/resident.rs`, `bin/follower.rs` and `bin/officer.rs`
//! each start one of the entries below; whatever a program does not reach is not linked into it.

#![expect(unreachable_pub, reason = "`#[component]` writes `pub` of its own before what it generates")]

mod agency;
mod api;
mod browser;
mod draft_session;
mod fetched;
mod fields;
mod first_screen;
mod http;
mod i18n;
mod local_store;
mod navigation;
mod pages;
mod paths;
mod pending_submissions;
mod resident;
mod session;
mod settings;
mod ui;
mod unsaved_input;
mod uploads;

pub use agency::start_officer;
pub use resident::{start_follower, start_resident};
