//! Everything that people can do, one behaviour a file, in a real browser against the real server. `cargo xtask e2e`
//! runs them.

mod behaviours {
    mod another_division;
    mod beginning;
    mod branches;
    mod correcting;
    mod deciding;
    mod deliverables;
    mod double_tap;
    mod expired;
    mod first_screen;
    mod gates;
    mod grieving;
    mod keyboard;
    mod killed;
    mod loading;
    mod looks;
    mod memory;
    mod missing;
    mod moving;
    mod names;
    mod new_release;
    mod officers;
    mod offline;
    mod pictures;
    mod post_approval_inspection;
    mod privacy;
    mod receiving;
    mod refused_answers;
    mod resuming;
    mod reviewing;
    mod searching;
    mod sheets;
    mod signing;
    mod signing_in;
    mod twins;
    mod two_screens;
    mod two_windows;
    mod typing;
    mod unkept;
    mod walk;
    mod weak_signal;
}
