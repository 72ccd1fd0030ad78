//! What a resident's phone keeps until the server has it, and to go on without a network: unsent answers, copies of
//! what the server answered, photographs on their way. All of it is sealed with a key that only a signed-in session
//! can fetch (ADR 0019). The app speaks to it by the messages of [`protocol`] (ADR 0024).

mod browser;
mod camera;
mod copies;
mod database;
mod journal;
mod photographs;
pub mod protocol;
mod records;
mod sealing;
mod server;
mod session;
mod store;
mod uploads;

pub use photographs::turns_bitmaps;
pub use server::start;

#[cfg(test)]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
