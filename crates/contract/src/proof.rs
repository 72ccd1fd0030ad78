//! Proves definitions: what `cargo xtask services` checks of every service.
