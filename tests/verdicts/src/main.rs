//! Prints the verdict of the native build; `cargo xtask test` hands it to the test in the browser.

use std::process::ExitCode;

fn main() -> ExitCode {
    match verdicts::verdict() {
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
