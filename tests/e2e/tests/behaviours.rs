//! What people can do, one behaviour a file, in a real browser against the real server. `cargo xtask e2e` runs them.

mod behaviours {
    mod gates;
    mod looks;
    mod mending;
    mod privacy;
    mod resuming;
    mod reviewing;
    mod searching;
    mod walk;
    mod weak_signal;
}
