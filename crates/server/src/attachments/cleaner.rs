//! Runs the program that cleans a file. A file keeps its place in the queue until its work has ended, whoever still
//! waits for it, and a person has one place at a time.

use std::collections::HashMap;
use std::fs::File;
use std::io;
use std::path::PathBuf;
use std::process::{ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use tokio::io::AsyncReadExt;
use tokio::process::Command;
use tokio::sync::{OwnedMutexGuard, OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use super::answer;
use super::clean::{Cleaned, RejectedFile};
use super::program::FileToClean;

/// Each may take a gigabyte for a moment.
const MOST_AT_ONCE: usize = 2;
/// Whoever waits longer for a place is told to come again.
const LONGEST_WAIT: Duration = Duration::from_secs(8);
/// The program ends itself after eight seconds of work; a machine with much else to do takes longer over them.
const LONGEST_RUN: Duration = Duration::from_secs(11);
/// Nine million pixels that cannot be packed, and a thumbnail.
const LARGEST_ANSWER_BYTES: u64 = 64 * 1024 * 1024;
/// Beyond so many, people who wait for nothing are forgotten.
const MOST_REMEMBERED: usize = 1024;

pub(super) struct Cleaner {
    program: PathBuf,
    longest_run: Duration,
    places: Arc<Semaphore>,
    people: Mutex<HashMap<String, Arc<tokio::sync::Mutex<()>>>>,
}

/// Why there is no answer about the file; none of it is the file's fault.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CleanerError {
    /// Too many others wait.
    #[error("too many files wait to be cleaned")]
    Busy,
    #[error("the program that cleans files cannot be run: {0}")]
    NoProgram(#[from] io::Error),
    #[error("the program that cleans files was stopped: {0}")]
    Stopped(ExitStatus),
}

/// A place in the queue, until it is dropped.
pub(crate) struct Place {
    _person: OwnedMutexGuard<()>,
    _place: OwnedSemaphorePermit,
}

impl Cleaner {
    /// `program`, or our own.
    pub(super) fn with(program: Option<PathBuf>) -> io::Result<Self> {
        let program = program.map_or_else(own_program, Ok)?;
        let places = Arc::new(Semaphore::new(MOST_AT_ONCE));
        Ok(Self { program, longest_run: LONGEST_RUN, places, people: Mutex::default() })
    }

    /// Waits until nothing else of this person's is cleaned, and for a place.
    pub(super) async fn place(&self, citizen: &str) -> Result<Place, CleanerError> {
        let person = self.person(citizen);
        let waiting = async {
            let person = person.lock_owned().await;
            let place = Arc::clone(&self.places).acquire_owned().await.ok()?;
            Some(Place { _person: person, _place: place })
        };
        timeout(LONGEST_WAIT, waiting).await.ok().flatten().ok_or(CleanerError::Busy)
    }

    fn person(&self, citizen: &str) -> Arc<tokio::sync::Mutex<()>> {
        let mut people = self.people.lock().unwrap_or_else(PoisonError::into_inner);
        if people.len() >= MOST_REMEMBERED {
            people.retain(|_, person| Arc::strong_count(person) > 1);
        }
        Arc::clone(people.entry(citizen.to_owned()).or_default())
    }

    /// Dropping the future stops the program.
    pub(super) async fn clean(
        &self,
        file: File,
        about: &FileToClean,
    ) -> Result<Result<Cleaned, RejectedFile>, CleanerError> {
        let mut command = Command::new(&self.program);
        command.arg("clean-file").args(about.accepts_pdf.then_some("--pdf"));
        if let Some(sha256) = &about.sha256 {
            command.args(["--sha256", sha256]);
        }
        command.env_clear().stdin(file).stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
        // A Ctrl-C in the operator's terminal is for the server, which ends this program itself.
        #[cfg(unix)]
        command.process_group(0);
        let mut running = command.spawn()?;
        let mut said = Vec::new();
        let answered = async {
            if let Some(out) = running.stdout.take() {
                out.take(LARGEST_ANSWER_BYTES).read_to_end(&mut said).await?;
            }
            running.wait().await
        };
        let Ok(status) = timeout(self.longest_run, answered).await else {
            running.kill().await?;
            tracing::warn!("a file was not cleaned in time");
            return Ok(Err(RejectedFile::TooComplex));
        };
        let status = status?;
        if is_stopped_by_others(status) {
            return Err(CleanerError::Stopped(status));
        }
        let answer = answer::read(&Bytes::from(said)).filter(|_| status.success());
        Ok(answer.unwrap_or_else(|| {
            tracing::warn!(%status, "a file ended the program that cleans");
            Err(RejectedFile::TooComplex)
        }))
    }
}

/// The program that runs now, also where another was put in its place meanwhile.
fn own_program() -> io::Result<PathBuf> {
    if cfg!(target_os = "linux") { Ok(PathBuf::from("/proc/self/exe")) } else { std::env::current_exe() }
}

/// Signals by which an operator or the system ends programs: no file causes them.
#[cfg(unix)]
fn is_stopped_by_others(status: ExitStatus) -> bool {
    use std::os::unix::process::ExitStatusExt;

    use rustix::process::Signal;
    [Signal::HUP, Signal::INT, Signal::TERM, Signal::QUIT].iter().any(|signal| status.signal() == Some(signal.as_raw()))
}

#[cfg(not(unix))]
fn is_stopped_by_others(_: ExitStatus) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_program_that_is_not_there_is_no_fault_of_the_file() {
        let cleaner = Cleaner::with(Some("/nowhere/server".into())).unwrap();
        let file = tempfile::tempfile().unwrap();
        let error = cleaner.clean(file, &FileToClean::default()).await.unwrap_err();
        assert!(matches!(error, CleanerError::NoProgram(_)), "{error}");
    }

    #[cfg(unix)]
    #[tokio::test]
    #[invariant::invariant("strangers-files")]
    async fn a_program_that_does_not_end_is_stopped_and_refuses_the_file() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("waits");
        std::fs::write(&program, "#!/bin/sh\nexec sleep 600\n").unwrap();
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o700)).unwrap();
        let mut cleaner = Cleaner::with(Some(program)).unwrap();
        cleaner.longest_run = Duration::from_millis(100);
        let refused = cleaner.clean(tempfile::tempfile().unwrap(), &FileToClean::default()).await.unwrap();
        assert_eq!(refused.unwrap_err(), RejectedFile::TooComplex);
    }

    #[tokio::test]
    #[invariant::invariant("strangers-files")]
    async fn a_program_that_says_too_much_refuses_the_file() {
        let cleaner = Cleaner::with(Some("/usr/bin/yes".into())).unwrap();
        let refused = cleaner.clean(tempfile::tempfile().unwrap(), &FileToClean::default()).await.unwrap();
        assert_eq!(refused.unwrap_err(), RejectedFile::TooComplex);
    }

    #[tokio::test]
    #[invariant::invariant("strangers-files")]
    async fn a_program_that_fails_refuses_the_file() {
        let cleaner = Cleaner::with(Some("/bin/false".into())).unwrap();
        let file = tempfile::tempfile().unwrap();
        let refused = cleaner.clean(file, &FileToClean::default()).await.unwrap();
        assert_eq!(refused.unwrap_err(), RejectedFile::TooComplex);
    }
}
