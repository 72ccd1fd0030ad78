//! What the app and the server agree on. Pure functions over a definition, answers and a context; no I/O, clock,
//! randomness, async or DOM. "Today" is an argument.

pub mod address;
pub mod answers;
pub mod api;
pub mod calendar;
pub mod case;
pub mod condition;
pub mod date;
mod decimal;
pub mod field;
pub mod grievance;
pub mod id;
pub mod journey;
mod json;
mod key;
pub mod kinds;
pub mod legible;
#[cfg(feature = "load")]
pub mod lists;
#[cfg(feature = "load")]
pub mod load;
pub mod material;
pub mod merge;
pub mod office_hours;
pub mod problem;
#[cfg(feature = "load")]
pub mod proof;
pub mod review;
pub mod rule;
pub mod search;
pub mod service;
#[cfg(feature = "load")]
pub mod sight;
pub mod signing;
pub mod text;

pub use answers::Answers;
pub use condition::Condition;
pub use field::{Field, FieldKind};
pub use journey::{Context, Journey};
pub use problem::{FieldError, Problem};
pub use service::Service;
pub use text::{Lang, Text};
