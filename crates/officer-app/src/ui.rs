//! The pieces of every screen. They know neither the API nor URLs nor fields: props down, events up.

pub(crate) mod choice;
pub(crate) mod control;
pub(crate) mod dom;
pub(crate) mod icon;
pub(crate) mod input;
pub(crate) mod live;
pub(crate) mod notice;
pub(crate) mod page;
pub(crate) mod sheet;
