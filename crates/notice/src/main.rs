//! The program: the facts of one notice come as JSON, the document goes out as PDF/A. What goes wrong goes out as JSON
//! with exit code 1, so that a person reads what could not be printed.

mod facts;
mod fonts;
mod print;

use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use serde::Serialize;

use facts::Facts;
use fonts::Fonts;

/// Why there is no document.
#[derive(Debug, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub(crate) enum Failure {
    /// A character that no font has: as `𬱖`, as `U+2CC56`, and the words around it.
    Unprintable { character: String, name: String, text: String },
    /// The package that brings the fonts is missing.
    FontsMissing { says: String },
    /// The facts cannot be read.
    Unreadable { says: String },
    /// The document could not be set, or is not PDF/A.
    Failed { says: String },
}

fn main() -> ExitCode {
    let (bytes, code) = match answer() {
        Ok(document) => (document, ExitCode::SUCCESS),
        Err(failure) => (serde_json::to_vec(&failure).unwrap_or_default(), ExitCode::FAILURE),
    };
    match std::io::stdout().write_all(&bytes) {
        Ok(()) => code,
        Err(_) => ExitCode::FAILURE,
    }
}

fn answer() -> Result<Vec<u8>, Failure> {
    let fonts = Fonts::load(folder()?.as_deref())?;
    let mut given = Vec::new();
    std::io::stdin().read_to_end(&mut given).map_err(|error| unreadable(&error))?;
    let facts: Facts = serde_json::from_slice(&given).map_err(|error| unreadable(&error))?;
    fonts.must_have(&facts)?;
    print::print(&facts, fonts)
}

/// `--fonts FOLDER` looks there and nowhere else.
fn folder() -> Result<Option<PathBuf>, Failure> {
    let mut arguments = std::env::args_os().skip(1);
    match (arguments.next(), arguments.next()) {
        (None, _) => Ok(None),
        (Some(word), Some(folder)) if word == "--fonts" => Ok(Some(folder.into())),
        _ => {
            Err(Failure::Unreadable { says: String::from("usage: notice [--fonts FOLDER] < facts.json > notice.pdf") })
        }
    }
}

fn unreadable(error: &dyn std::error::Error) -> Failure {
    Failure::Unreadable { says: error.to_string() }
}
