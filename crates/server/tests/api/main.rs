//! The server through `server::app`, with a temporary database, the demonstration's partners and a clock of our own.

mod drafts;
mod services;
mod sessions;
mod world;
