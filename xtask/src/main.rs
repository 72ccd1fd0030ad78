//! `cargo xtask <command>`: builds, serves, tests and measures. People and CI run the same commands.

mod answers;
mod app;
mod bench;
mod bundle;
mod check;
mod compress;
mod e2e;
mod import_guide;
mod invariants;
mod kill;
mod new_field;
mod new_service;
mod oracle;
mod process;
mod project;
mod schemathesis;
mod scripts;
mod serve;
mod services;
mod size;
mod test;
mod texts;
mod tidy;
mod tools;
mod tus_clients;
mod verdicts;
mod wasm_tests;

use std::process::ExitCode;

use anyhow::{Result, bail};
use lexopt::{Arg, Parser};

const HELP: &str = "\
cargo xtask <command>

  serve      build the app, start the server with demonstration data, print the address
             [--release] [--host HOST] [--port PORT] [--data FOLDER] [--database URL] [--no-demo] [--notices]
  test       everything that CI runs
  check      formatting and lints, natively and for the browser
  e2e        browser tests [--screens] [NAME…]
  tidy       the invariants of the architecture
  invariants write docs/invariants.md from the attributes of the tests
  services   prove every service definition and draw it [--zh: 用中文说明问题]
  texts      every text that people can meet, with its place, in Chinese and English (> target/texts.tsv)
  oracle     check characters of 20,000 numbers against python-stdnum
  answers    services/<id> FILE.json [--today DATE] [--division CODE]: what the form says to these answers
  size       what a phone downloads for the first step [--by-crate] [--no-build]
  kill       the server killed at random points while people work [--runs 10000] [--seed NUMBER]
  tus-clients  uploads with tus-js-client and tuspy, which others wrote
  schemathesis  calls the API for a minute as its description says, and otherwise
  bench      how long evaluation takes, as a ratio
  bench first-step  how long a phone waits for the first step, beside others [--against COMMIT] [--runs 7]
  new-service <id> [--zh TITLE] [--en TITLE]
  new-field   <kind>
  import-guide FILE.json [--id ID] [--read DATE]: a first version of a service from an official guide
";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nxtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let mut parser = Parser::from_env();
    let command = match parser.next()? {
        Some(Arg::Value(name)) => name.to_string_lossy().into_owned(),
        _ => String::from("help"),
    };
    refuse_foreign_flags()?;
    match command.as_str() {
        "serve" => serve::serve(&serve::Options::parse(parser)?),
        "test" => test::test(),
        "e2e" => e2e::e2e(&e2e::Options::parse(parser)?),
        "services" => services::services(services::Options::parse(parser)?),
        "texts" => texts::texts(),
        "oracle" => oracle::compare(),
        "answers" => answers::answers(parser),
        "verdicts" => verdicts::compare(),
        "kill" => kill::kill(&kill::Options::parse(parser)?),
        "tus-clients" => tus_clients::upload(),
        "schemathesis" => schemathesis::call(),
        "bench" => bench::bench(parser),
        "new-service" => new_service::new_service(parser),
        "import-guide" => import_guide::import_guide(parser),
        "new-field" => new_field::new_field(parser),
        "size" => size::size(parser),
        "check" => check::check(),
        "invariants" => invariants::write(),
        "tidy" => tidy::tidy(),
        "compress" => compress::compress(&project::dist()),
        "help" => {
            print!("{HELP}");
            Ok(())
        }
        other => bail!("there is no command `{other}`\n\n{HELP}"),
    }
}

/// Compiler flags from the environment silently replace those of `.cargo/config.toml`, and the app would then
/// not start on the webviews of 2020.
fn refuse_foreign_flags() -> Result<()> {
    for name in ["RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS", "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS"] {
        if std::env::var_os(name).is_some_and(|value| !value.is_empty()) {
            bail!("{name} is set and would replace the flags that old webviews need: unset it and try again");
        }
    }
    Ok(())
}
