//! `#[invariant("name")]` on a test says which invariant of the architecture that test holds. The compiler ignores it;
//! `cargo xtask invariants` reads it and writes `docs/invariants.md`.

use proc_macro::TokenStream;

/// Names an invariant of `docs/invariants.toml`. Changes nothing about the test.
#[proc_macro_attribute]
pub fn invariant(_name: TokenStream, test: TokenStream) -> TokenStream {
    test
}
