//! A crash of the browser's own process. Once, it is told and the test begins again; twice in a row, the test fails.

use anyhow::Result;
use thirtyfour::error::WebDriverError;

/// What chromedriver says when the process of a page has died.
const CRASHED: &str = "tab crashed";

/// Runs a behaviour to its end, and once more, from the beginning and in a new world, if the browser crashed.
pub(crate) fn again_after_a_crash(name: &str, behaviour: impl AsyncFn() -> Result<()>) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    runtime.block_on(async {
        match behaviour().await {
            Err(error) if is_crash(&error) => {
                eprintln!("{name}: the browser itself crashed; once more from the beginning. {error:#}");
                behaviour().await
            }
            outcome => outcome,
        }
    })
}

fn is_crash(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| cause.is::<WebDriverError>() && cause.to_string().contains(CRASHED))
}
