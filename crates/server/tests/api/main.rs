//! The server through `server::app`, with a temporary database, the demonstration's partners and a clock of our own.

#![expect(clippy::unwrap_used, reason = "a helper that cannot go on fails its test")]

mod audit;
mod background;
mod cases;
mod casework;
mod chance;
mod code_lists;
mod copies;
mod corrections;
mod deliverables;
mod documents;
mod drafts;
mod due_dates;
mod editors;
mod extension;
mod families;
mod fees;
mod following;
mod grievances;
mod identity;
mod kinds_of_items;
mod legible;
mod limits;
mod next_steps;
mod notices;
mod notifications;
mod officers;
mod one_decision;
mod openapi;
mod outbox;
mod overload;
mod pages;
mod photograph;
mod post_approval_inspection;
#[cfg(feature = "printed")]
mod printed;
mod public;
mod ratings;
mod refusals;
mod renewals;
mod routing;
#[path = "../samples/pdf.rs"]
mod samples;
mod scanned;
mod services;
mod sessions;
mod shell;
mod sight;
mod signing;
mod signing_chance;
mod signing_days;
mod stages;
mod stalled_cases;
mod stopping;
mod submissions;
mod thrown_away;
mod transitions;
mod uploads;
mod validity;
mod world;
