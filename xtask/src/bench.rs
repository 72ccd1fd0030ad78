//! `cargo xtask bench`: ratios within one run, so that they hold on any machine.

mod first_step;

use anyhow::{Result, bail};
use lexopt::prelude::*;

use crate::process;

/// Measures how long it takes to judge an application, or with `first-step` how long a phone waits for a form.
pub(crate) fn bench(mut parser: lexopt::Parser) -> Result<()> {
    match parser.next()? {
        None => process::run(&mut process::cargo(&["run", "--quiet", "--release", "-p", "verdicts", "--bin", "bench"])),
        Some(Value(name)) if name == "first-step" => first_step::measure(&first_step::Options::parse(parser)?),
        Some(other) => bail!(other.unexpected()),
    }
}
