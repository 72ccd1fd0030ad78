//! `cargo xtask kill`: the server killed at random points as often as one likes, by the test that CI runs 200 times.

use anyhow::Result;
use lexopt::prelude::*;

use crate::process;

const RUNS: u64 = 10_000;

/// How often, and from which seed.
pub(crate) struct Options {
    runs: u64,
    seed: Option<u64>,
}

impl Options {
    /// Reads the words after `kill`.
    pub(crate) fn parse(mut parser: lexopt::Parser) -> Result<Self> {
        let mut options = Self { runs: RUNS, seed: None };
        while let Some(argument) = parser.next()? {
            match argument {
                Long("runs") => options.runs = parser.value()?.parse()?,
                Long("seed") => options.seed = Some(parser.value()?.parse()?),
                other => return Err(other.unexpected().into()),
            }
        }
        Ok(options)
    }
}

/// Kills until something acknowledged is lost, or all runs are through.
pub(crate) fn kill(options: &Options) -> Result<()> {
    let mut cargo = process::cargo(&["test", "-p", "server", "--test", "faults", "kills", "--", "--nocapture"]);
    cargo.env("KILLS", options.runs.to_string());
    if let Some(seed) = options.seed {
        cargo.env("SEED", seed.to_string());
    }
    process::run(&mut cargo)
}
