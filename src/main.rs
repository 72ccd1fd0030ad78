//! The resident's app.

fn main() {}
