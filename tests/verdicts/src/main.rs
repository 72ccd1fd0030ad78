//! Prints the verdict of the native build; `cargo xtask test` hands it to the test in the browser. With `--dead-ends`
//! looks for answers that nobody gets on from.

use std::process::ExitCode;

fn main() -> ExitCode {
    let wants_dead_ends = std::env::args().any(|argument| argument == "--dead-ends");
    match if wants_dead_ends { verdicts::dead_ends() } else { verdicts::verdict() } {
        Ok(verdict) => {
            println!("{verdict}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
