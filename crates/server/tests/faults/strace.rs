//! Makes system calls of a running program fail, with strace: from one call on it looks as if the disk were broken or
//! full.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, Command, Stdio};

/// Everything that changes a file.
pub(crate) const WRITES: &str = "write,pwrite64,writev,pwritev,pwritev2,fsync,fdatasync,ftruncate,fallocate";

/// One call that fails: the `number`th of these calls on these files, with this error.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fault<'a> {
    pub(crate) calls: &'a str,
    pub(crate) number: usize,
    pub(crate) error: &'a str,
    /// All calls after it fail too: the disk is full until somebody makes room.
    pub(crate) lasts: bool,
}

/// Watches a program, and lets one of its calls fail.
pub(crate) struct Strace {
    process: Child,
    /// Kept open: it would end at its first word about a new thread.
    _says: BufReader<ChildStderr>,
    log: tempfile::NamedTempFile,
}

impl Strace {
    /// `None` where there is no strace, or where it may not look into other programs.
    pub(crate) fn attach(program: u32, files: &[PathBuf], fault: Fault) -> Option<Self> {
        let log = tempfile::NamedTempFile::new().unwrap();
        let Fault { calls, number, error, lasts } = fault;
        let when = format!("{number}{}", if lasts { "+" } else { "" });
        let mut command = Command::new("strace");
        command.args(["-f", "-p", &program.to_string(), "-o"]).arg(log.path());
        command.args(["-e", &format!("trace={calls}"), "-e", &format!("inject={calls}:error={error}:when={when}")]);
        for file in files {
            command.arg("-P").arg(file);
        }
        let mut process = command.stderr(Stdio::piped()).spawn().ok()?;
        let mut said = String::new();
        let mut says = BufReader::new(process.stderr.take()?);
        says.read_line(&mut said).ok()?;
        if !said.contains("attached") {
            process.wait().ok()?;
            return None;
        }
        Some(Self { process, _says: says, log })
    }

    /// Lets the program go on alone. Says whether the call failed.
    pub(crate) fn detach(mut self) -> bool {
        let interrupted = Command::new("kill").args(["-INT", &self.process.id().to_string()]).status().unwrap();
        assert!(interrupted.success());
        self.process.wait().unwrap();
        std::fs::read_to_string(self.log.path()).unwrap().contains("(INJECTED)")
    }
}

/// Absolute paths of all files below a folder: strace compares nothing else.
pub(crate) fn files_in(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder.canonicalize().unwrap()).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files_in(&path) } else { vec![path] }).collect()
}
