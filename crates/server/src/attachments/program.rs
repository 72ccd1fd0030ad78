//! The program that cleans one file: it comes on standard input, and what may be kept, or the reason why not, goes out
//! on standard output. It is run for each file by itself, because parsers of foreign files may fail in every way: the
//! limits that the program sets itself hold whatever the parser does, and it can reach nothing but the file.

use std::io::{self, Read, Write};
use std::process::ExitCode;

use super::answer;
use super::clean::{RejectedFile, clean};
use crate::secret::digest;
use crate::uploads::LARGEST_FILE_BYTES;

/// What is known of the file before it is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileToClean {
    /// Whether the question takes documents.
    pub accepts_pdf: bool,
    /// The digest of the file as it was sent, in hex.
    pub sha256: Option<String>,
}

/// Cleans the file on standard input.
pub fn clean_file(about: &FileToClean) -> ExitCode {
    match run(about) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("server: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(about: &FileToClean) -> io::Result<()> {
    #[cfg(unix)]
    limits::set()?;
    let mut file = Vec::new();
    io::stdin().lock().take(LARGEST_FILE_BYTES).read_to_end(&mut file)?;
    let is_as_sent = about.sha256.as_ref().is_none_or(|sent| *sent == digest(&file));
    let cleaned = if is_as_sent { clean(&file, about.accepts_pdf) } else { Err(RejectedFile::ChangedOnTheWay) };
    let mut out = io::stdout().lock();
    answer::write(&mut out, &cleaned)?;
    out.flush()
}

#[cfg(unix)]
mod limits {
    use std::io;

    use rustix::process::{Resource, Rlimit, nice, setrlimit};

    /// A picture of 50 million pixels takes 200 MB, and twice that while it is made smaller.
    const MEMORY_BYTES: u64 = 1 << 30;
    const CPU_SECONDS: u64 = 8;
    /// Requests come first.
    const NICENESS: i32 = 10;
    /// Standard input, output and error.
    const OPEN_FILES: u64 = 3;

    /// Before anything is read. None of them can be lifted again.
    pub(super) fn set() -> io::Result<()> {
        for (resource, most) in [
            (Resource::As, MEMORY_BYTES),
            (Resource::Cpu, CPU_SECONDS),
            (Resource::Nofile, OPEN_FILES),
            (Resource::Fsize, 0),
            (Resource::Core, 0),
            (Resource::Nproc, 0),
        ] {
            setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) })?;
        }
        nice(NICENESS)?;
        Ok(())
    }
}
