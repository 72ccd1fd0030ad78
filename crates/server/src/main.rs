//! The program: reads the configuration, opens the data and answers requests until it is stopped.

use std::io::IsTerminal;
use std::process::ExitCode;

use server::config::{self, Command};
use tracing_subscriber::EnvFilter;

#[tokio::main]
async fn main() -> ExitCode {
    let command = match config::read() {
        Ok(command) => command,
        Err(wrong) => {
            eprintln!("server: {wrong}\n\n{}", config::USAGE);
            return ExitCode::from(2);
        }
    };
    let Command::Serve(config) = command else {
        println!("{}", config::USAGE);
        return ExitCode::SUCCESS;
    };
    let filter = EnvFilter::new(&config.log);
    let colours = std::io::stderr().is_terminal();
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(colours).init();
    match server::run(&config).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("server: {reason}");
            ExitCode::FAILURE
        }
    }
}
