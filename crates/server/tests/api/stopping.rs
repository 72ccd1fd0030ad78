//! The real program is told to stop, by the signal of a service manager and by Ctrl-C.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::officers::submitted_case;
use crate::world::{OWNER, World};

/// How long stopping may take.
const LONGEST: Duration = Duration::from_secs(20);

struct Program {
    child: Child,
    address: String,
}

impl Program {
    /// The program on the data of this world.
    fn start(world: &World) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_server"))
            .args(["--port", "0", "--demo", "--log", "error", "--data"])
            .arg(&world.config.data)
            .arg("--services")
            .arg(world.config.services.as_ref().unwrap())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        Self { child, address: line.trim().strip_prefix("listening on http://").unwrap().to_owned() }
    }

    fn tell(&self, signal: &str) {
        let told = Command::new("kill").args(["-s", signal, &self.child.id().to_string()]).status().unwrap();
        assert!(told.success());
    }

    async fn asked(&self, head: &str, body: &str) -> TcpStream {
        let mut connection = TcpStream::connect(&self.address).await.unwrap();
        let request = format!("{head}host: x\r\n\r\n{body}");
        connection.write_all(request.as_bytes()).await.unwrap();
        connection
    }

    async fn sign_in(&self) -> String {
        // A ticket opens one session.
        let body = json!({ "ticket": format!("ticket-liu.{}", fastrand::u64(..)) }).to_string();
        let head = post("/api/session", &body);
        let answer = until(&mut self.asked(&head, &body).await, "\r\n\r\n").await;
        let cookie = answer.lines().find_map(|line| line.strip_prefix("set-cookie: ")).unwrap();
        format!("cookie: {}\r\n", cookie.split(';').next().unwrap())
    }

    async fn ends(&mut self) -> ExitStatus {
        let ended = async {
            loop {
                match self.child.try_wait().unwrap() {
                    Some(status) => return status,
                    None => tokio::task::yield_now().await,
                }
            }
        };
        tokio::time::timeout(LONGEST, ended).await.unwrap()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn post(path: &str, body: &str) -> String {
    format!("POST {path} HTTP/1.1\r\ncontent-type: application/json\r\ncontent-length: {}\r\n", body.len())
}

async fn until(connection: &mut TcpStream, words: &str) -> String {
    let mut answer = String::new();
    while !answer.contains(words) {
        let mut piece = [0; 2048];
        let read = tokio::time::timeout(LONGEST, connection.read(&mut piece)).await.unwrap().unwrap();
        assert_ne!(read, 0, "closed after {answer}");
        answer.push_str(std::str::from_utf8(&piece[..read]).unwrap());
    }
    answer
}

// Threads of its own: while this one waits for the program, the world's own writer must get on.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[invariant::invariant("stops-in-time")]
async fn a_program_told_to_stop_finishes_what_it_began_and_ends_by_itself() {
    let world = World::new().await;
    let reference = submitted_case(&world.sign_in(OWNER).await).await;
    for signal in ["TERM", "INT"] {
        let mut program = Program::start(&world);
        let cookie = program.sign_in().await;
        let follow = format!("GET /api/cases/{reference}/events HTTP/1.1\r\n{cookie}");
        let mut following = program.asked(&follow, "").await;
        until(&mut following, "data: changed").await;
        let body = json!({ "happened": "正在写的时候服务器重启", "phone": OWNER }).to_string();
        let head = format!("{}expect: 100-continue\r\n", post("/api/grievances", &body));
        let mut writing = program.asked(&head, "").await;
        // The handler waits for the body now.
        until(&mut writing, "100 Continue\r\n\r\n").await;

        program.tell(signal);
        // The stream ends at once, while the other still writes.
        until(&mut following, "0\r\n\r\n").await;
        writing.write_all(body.as_bytes()).await.unwrap();
        until(&mut writing, "HTTP/1.1 201").await;
        let status = program.ends().await;
        assert!(status.success(), "{signal}: {status}");
    }
}
