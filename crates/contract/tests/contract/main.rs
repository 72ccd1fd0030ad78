//! The rules of the contract: each kind, each condition, the journey, checks and documents, over forms written as data.
#![expect(clippy::unwrap_used, reason = "a test whose data cannot be read has failed")]

mod answers_of_the_api;
mod calendar;
mod casework;
mod code_lists;
mod comparisons;
mod conditions;
mod form;
mod grievances;
mod journey;
mod kinds;
mod legible;
mod materials;
mod merging;
mod page;
mod properties;
mod rules;
mod schedule;
mod written_once;
