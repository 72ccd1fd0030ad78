//! What people can do, one behaviour a file, in a real browser against the real server. `cargo xtask e2e` runs them.

mod behaviours {
    mod branches;
    mod gates;
    mod looks;
    mod mending;
    mod moving;
    mod names;
    mod privacy;
    mod resuming;
    mod reviewing;
    mod searching;
    mod signing;
    mod twins;
    mod typing;
    mod walk;
    mod weak_signal;
}
