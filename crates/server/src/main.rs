//! The program: reads the configuration, opens the data and answers requests until it is stopped. Run with
//! `clean-file`, which the server does, it cleans one file instead.

use std::io::IsTerminal;
use std::process::ExitCode;

use server::config::{self, Command, Config};
use tracing_subscriber::EnvFilter;

fn main() -> ExitCode {
    match config::read() {
        Ok(Command::Serve(config)) => serve(&config),
        Ok(Command::CleanFile(about)) => server::clean_file(&about),
        Ok(Command::Help) => {
            println!("{}", config::USAGE);
            ExitCode::SUCCESS
        }
        Err(wrong) => {
            eprintln!("server: {wrong}\n\n{}", config::USAGE);
            ExitCode::from(2)
        }
    }
}

#[tokio::main]
async fn serve(config: &Config) -> ExitCode {
    let filter = EnvFilter::new(&config.log);
    let colours = std::io::stderr().is_terminal();
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(colours).init();
    match server::run(config).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("server: {reason}");
            ExitCode::FAILURE
        }
    }
}
