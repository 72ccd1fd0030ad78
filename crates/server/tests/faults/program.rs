//! The server as a process of its own: started, killed, and looked at from outside.

use std::ffi::OsString;
use std::io::{BufRead, BufReader, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// Gives back what a notice would say, at once, and it can be compared.
const FACTS_INSTEAD: &str = "/bin/cat";

/// A running server. Dropping it kills it.
pub(crate) struct Program {
    process: Child,
    pub(crate) address: SocketAddr,
}

impl Program {
    pub(crate) fn start(data: &Path) -> Self {
        Self::start_printing(data, Path::new(FACTS_INSTEAD))
    }

    /// With a program that makes paper of notices.
    pub(crate) fn start_printing(data: &Path, notices: &Path) -> Self {
        let mut words = command_line(data).into_iter();
        let mut command = Command::new(words.next().unwrap());
        Self::of(command.args(words).arg("--notice-binary").arg(notices)).unwrap()
    }

    /// Under another umask than ours.
    pub(crate) fn start_with_umask(data: &Path, umask: &str) -> Self {
        let mut command = Command::new("sh");
        command.args(["-c", "umask \"$0\" && exec \"$@\"", umask]).args(command_line(data));
        Self::of(&mut command).unwrap()
    }

    /// A start that does not come to its end.
    pub(crate) fn kill_while_starting(data: &Path, after: Duration) {
        let mut words = command_line(data).into_iter();
        let mut command = Command::new(words.next().unwrap());
        let mut process = command.args(words).stdout(Stdio::null()).spawn().unwrap();
        std::thread::sleep(after);
        process.kill().unwrap();
        process.wait().unwrap();
    }

    /// Started on a copy of the data in a file system of its own that holds so many bytes, mounted over a folder where
    /// nobody else sees it. `None` where the system does not let us.
    pub(crate) fn start_in_room(data: &Path, room: &Path, room_bytes: u64) -> Option<Self> {
        let script = "mount -t tmpfs -o size=$0 tmpfs \"$2\" && cp -a \"$1/.\" \"$2\" && shift 2 && exec \"$@\"";
        let mut command = Command::new("unshare");
        command.args(["--mount", "--map-root-user", "sh", "-c", script, &room_bytes.to_string()]);
        Self::of(command.args([data, room]).args(command_line(room)))
    }

    /// `None` when it ended without listening.
    fn of(command: &mut Command) -> Option<Self> {
        let mut process = command.stdout(Stdio::piped()).spawn().ok()?;
        let mut line = String::new();
        BufReader::new(process.stdout.take()?).read_line(&mut line).ok()?;
        let address = line.trim().strip_prefix("listening on http://").and_then(|address| address.parse().ok());
        if address.is_none() {
            process.wait().ok()?;
        }
        Some(Self { process, address: address? })
    }

    /// At once, as by a power cut of the process: nothing is said to it.
    pub(crate) fn kill(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    pub(crate) fn is_running(&mut self) -> bool {
        self.process.try_wait().unwrap().is_none()
    }

    /// How many programs it has started that still run.
    pub(crate) fn children(&self) -> usize {
        let own = self.id().to_string();
        let programs = std::fs::read_dir("/proc").unwrap().filter_map(|entry| {
            let stat = std::fs::read_to_string(entry.unwrap().path().join("stat")).ok()?;
            // Behind the name, which is in brackets: state, parent.
            let mut fields = stat.rsplit_once(')')?.1.split_ascii_whitespace();
            Some(fields.next()? != "Z" && fields.next()? == own)
        });
        programs.filter(|is_ours| *is_ours).count()
    }

    pub(crate) fn id(&self) -> u32 {
        self.process.id()
    }

    /// A folder as the program sees it.
    pub(crate) fn inside(&self, folder: &Path) -> PathBuf {
        Path::new("/proc").join(self.id().to_string()).join("root").join(folder.strip_prefix("/").unwrap())
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn command_line(data: &Path) -> Vec<OsString> {
    let services = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/services");
    let mut words: Vec<OsString> = vec![env!("CARGO_BIN_EXE_server").into()];
    words.extend(["--port", "0", "--demo", "--log", "off"].map(OsString::from));
    // The port is another one each time, and what stands on paper must not be.
    words.extend(["--address", "http://shi.example", "--data"].map(OsString::from));
    words.extend([data.into(), "--services".into(), services.into()]);
    words
}

/// The number in an environment variable, with which a developer overrides the usual one.
pub(crate) fn set_by(variable: &str) -> Option<u64> {
    std::env::var(variable).ok().map(|value| value.parse().unwrap())
}

/// Prints even when the test passes: a skipped part must not look tested.
pub(crate) fn say(text: &str) {
    // `eprintln!` would be kept back.
    let mut stderr = std::io::stderr();
    writeln!(stderr, "{text}").unwrap();
}
