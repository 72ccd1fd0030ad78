//! Runs the program `notice`: facts in, a document or a reason out. It is a program of its own, so that an endless
//! layout is stopped and nothing of ours grows with it (ADR 0015).

use std::io;
use std::path::PathBuf;
use std::process::{Output, Stdio};
use std::time::Duration;

use serde::Deserialize;
use tokio::io::AsyncWriteExt;
use tokio::process::Command;
use tokio::sync::Semaphore;
use tokio::time::timeout;

/// Each reads 50 MB of fonts.
const MOST_AT_ONCE: usize = 2;
const TIMEOUT: Duration = Duration::from_secs(20);

pub(crate) struct Printer {
    program: PathBuf,
    timeout: Duration,
    slots: Semaphore,
}

/// Why there is no document. What people wrote stands in none of them, so that it comes into no log.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PrintError {
    #[error("the program {0} cannot be run: {1}")]
    NoProgram(PathBuf, io::Error),
    #[error("it takes longer than {0:?}")]
    Late(Duration),
    /// The character, for people.
    #[error("no font has {0}")]
    Unprintable(String),
    #[error("the program says {0}")]
    Failed(String),
}

/// The program's answer when it has no document.
#[derive(Deserialize)]
struct Told {
    code: String,
    #[serde(default)]
    character: String,
    #[serde(default)]
    name: String,
}

impl Printer {
    /// `program`, or the one beside our own.
    pub(crate) fn with(program: Option<PathBuf>) -> Self {
        let beside = || std::env::current_exe().map(|own| own.with_file_name("notice")).unwrap_or_default();
        let program = program.unwrap_or_else(beside);
        if !program.is_file() {
            tracing::warn!(?program, "is not there: notices cannot be printed, everything else works");
        }
        Self { program, timeout: TIMEOUT, slots: Semaphore::new(MOST_AT_ONCE) }
    }

    /// Waits for a free slot, then prints; the timeout covers both.
    pub(crate) async fn print(&self, facts: Vec<u8>) -> Result<Vec<u8>, PrintError> {
        let printed = async {
            let slot = self.slots.acquire().await;
            let output = self.run(&facts).await;
            drop(slot);
            output
        };
        let late = || PrintError::Late(self.timeout);
        let output = timeout(self.timeout, printed).await.map_err(|_| late())?;
        document(output.map_err(|error| PrintError::NoProgram(self.program.clone(), error))?)
    }

    /// Dropping the future stops the program.
    async fn run(&self, facts: &[u8]) -> io::Result<Output> {
        let mut command = Command::new(&self.program);
        command.env_clear().stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
        let mut running = command.spawn()?;
        let given = running.stdin.take();
        let give = async {
            if let Some(mut given) = given {
                // A program that gives up at once does not read its facts, and says why.
                let _ = given.write_all(facts).await;
            }
        };
        tokio::join!(give, running.wait_with_output()).1
    }
}

fn document(output: Output) -> Result<Vec<u8>, PrintError> {
    if output.status.success() {
        return Ok(output.stdout);
    }
    match serde_json::from_slice::<Told>(&output.stdout) {
        Ok(told) if told.code == "unprintable" => {
            Err(PrintError::Unprintable(format!("{}（{}）", told.character, told.name)))
        }
        Ok(told) => Err(PrintError::Failed(told.code)),
        Err(_) => Err(PrintError::Failed(output.status.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A program that does something else.
    fn printer(program: &str, timeout: Duration) -> Printer {
        Printer { program: program.into(), timeout, slots: Semaphore::new(MOST_AT_ONCE) }
    }

    #[tokio::test]
    #[invariant::invariant("notices-hold-nothing-up")]
    async fn a_program_that_does_not_end_is_given_up() {
        // `yes` never ends, and never reads what it is given.
        let endless = printer("/usr/bin/yes", Duration::from_millis(200));
        let error = endless.print(vec![b'x'; 1_000_000]).await.unwrap_err();
        assert!(matches!(error, PrintError::Late(_)), "{error}");
        assert_eq!(endless.slots.available_permits(), MOST_AT_ONCE, "others may print");
    }

    #[tokio::test]
    #[invariant::invariant("notices-hold-nothing-up")]
    async fn a_program_that_is_missing_or_fails_is_told_apart() {
        let missing = printer("/nowhere/notice", TIMEOUT).print(Vec::new()).await.unwrap_err();
        assert!(matches!(missing, PrintError::NoProgram(..)), "{missing}");
        let failing = printer("/bin/false", TIMEOUT).print(vec![b'x'; 1_000_000]).await.unwrap_err();
        assert!(matches!(failing, PrintError::Failed(_)), "{failing}");
    }
}
