//! The run of one test: how long it takes, and what a crash of the browser's own process means. Once, a crash is told and the test
//! begins again; twice in a row, the test fails.

use std::fs::OpenOptions;
use std::io::Write;
use std::time::{Duration, Instant};

use anyhow::Result;
use thirtyfour::error::WebDriverError;

use crate::environment;

/// What chromedriver says when the process of a page has died.
const CRASHED: &str = "tab crashed";

/// Runs a behaviour to its end, and once more, from the beginning and in a new world, if the browser crashed.
pub(crate) fn again_after_a_crash(name: &str, behaviour: impl AsyncFn() -> Result<()>) -> Result<()> {
    let begun = Instant::now();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    let outcome = runtime.block_on(async {
        match behaviour().await {
            Err(error) if is_crash(&error) => {
                eprintln!("{name}: the browser itself crashed; once more from the beginning. {error:#}");
                behaviour().await
            }
            outcome => outcome,
        }
    });
    note_duration(name, begun.elapsed())?;
    outcome
}

/// Which tests take long is in `target/e2e/durations.tsv`, latest last: libtest does not say it.
fn note_duration(name: &str, duration: Duration) -> Result<()> {
    let path = environment::traces().join("durations.tsv");
    let mut file = OpenOptions::new().create(true).append(true).open(path)?;
    Ok(writeln!(file, "{:.1}\t{name}", duration.as_secs_f64())?)
}

fn is_crash(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| cause.is::<WebDriverError>() && cause.to_string().contains(CRASHED))
}
