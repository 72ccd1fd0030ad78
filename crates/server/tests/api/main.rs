//! The server through `server::app`, with a temporary database, the demonstration's partners and a clock of our own.

#![expect(clippy::unwrap_used, reason = "a helper that cannot go on fails its test")]

mod cases;
mod casework;
mod deliverables;
mod drafts;
mod families;
mod following;
mod grievances;
mod notices;
mod openapi;
mod outbox;
mod pages;
mod photograph;
#[cfg(feature = "printed")]
mod printed;
mod public;
mod ratings;
mod refusals;
mod services;
mod sessions;
mod submissions;
mod uploads;
mod world;
