//! An officer who decides every case that comes, and notes what the server acknowledged.

use std::net::SocketAddr;

use serde_json::{Value, json};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender};

use crate::client::{Reply, ask, ask_json};
use crate::ledger::{Fact, Ledger, hex_digest};
use crate::line::Line;

/// Of urban management, in the whole city.
const NAME: &str = "易晓川";
/// The steps of one case after the other, as the history lists them; it does not list claims.
const WAYS: [&[&str]; 4] =
    [&["accept", "review", "approve"], &["accept", "review", "return"], &["accept", "review", "refuse"], &["decline"]];

pub(crate) struct Officer {
    line: Line,
    ledger: Ledger,
    cookie: String,
    /// The applicant who corrects returned cases.
    applicant: UnboundedSender<String>,
}

impl Officer {
    /// With password and one-time code.
    pub(crate) async fn sign_in(
        at: SocketAddr,
        line: Line,
        ledger: Ledger,
        applicant: UnboundedSender<String>,
    ) -> Self {
        let officers = ask(at, "GET", "/demo/officers", "", b"").await.unwrap().expect(200).json();
        let officer = officers.as_array().unwrap().iter().find(|officer| officer["name"] == NAME).unwrap();
        let given = json!({ "name": NAME, "password": officer["password"], "code": officer["code"] });
        let reply = ask_json(at, "POST", "/api/agency/session", "", &given).await.unwrap().expect(201);
        let cookie = reply.header("set-cookie").split(';').next().unwrap();
        Self { line, ledger, cookie: format!("cookie: {cookie}\r\n"), applicant }
    }

    pub(crate) async fn decide_until_closing(self, mut sent: UnboundedReceiver<String>) {
        let mut ways = WAYS.iter().cycle();
        loop {
            let reference = tokio::select! {
                biased;
                () = self.line.closing() => return,
                reference = sent.recv() => reference.unwrap(),
            };
            let path = format!("/api/agency/tasks/{reference}/permit");
            let task = self.task(&path).await;
            let mut version = task["version"].as_u64().unwrap();
            if task["status"] == "in-review" {
                // A corrected task comes back claimed by the same officer.
                self.take(&reference, &path, &mut version, &["approve"]).await;
                continue;
            }
            self.step(&path, "claim", &mut version, &json!({})).await;
            self.take(&reference, &path, &mut version, ways.next().unwrap()).await;
        }
    }

    async fn take(&self, reference: &str, path: &str, version: &mut u64, steps: &[&'static str]) {
        for action in steps {
            let task = self.step(path, "decisions", version, &decision(action)).await;
            self.ledger.note(Fact::Decision { reference: reference.to_owned(), action });
            match *action {
                "review" => continue,
                // At the end the applicant is gone.
                "return" => drop(self.applicant.send(reference.to_owned())),
                _ => {}
            }
            self.read_what_was_served(reference, path, &task).await;
        }
    }

    async fn read_what_was_served(&self, reference: &str, path: &str, task: &Value) {
        let id = task["notices"].as_array().unwrap().last().unwrap()["id"].as_str().unwrap().to_owned();
        let path = format!("{path}/notices/{id}");
        let paper = self.line.ask(async |at| ask(at, "GET", &path, &self.cookie, b"").await).await.reply.expect(200);
        self.ledger.note(Fact::Paper { reference: reference.to_owned(), id, sha256: hex_digest(&paper.body) });
    }

    async fn task(&self, path: &str) -> Value {
        self.line.ask(async |at| ask(at, "GET", path, &self.cookie, b"").await).await.reply.expect(200).json()
    }

    /// Takes a step once. A step that was sent twice may have been taken already.
    async fn step(&self, path: &str, what: &str, version: &mut u64, body: &Value) -> Value {
        let headers = format!("{}if-match: \"{version}\"\r\n", self.cookie);
        let address = format!("{path}/{what}");
        let asked = self.line.ask(async |at| ask_json(at, "POST", &address, &headers, body).await).await;
        let task = match asked.reply {
            Reply { status: 200, .. } => asked.reply.json(),
            Reply { status: 409 | 412, .. } if asked.again => self.task(path).await,
            refused => panic!("{}: {}", refused.status, refused.json()),
        };
        assert_eq!(task["version"], *version + 1, "{what} {body} once: {task}");
        *version += 1;
        task
    }
}

/// With all the words that any of them needs.
fn decision(action: &str) -> Value {
    let reasons = json!([{ "field": "sign.text", "row": 0, "says": "和执照上的字号不一样" }]);
    json!({ "action": action, "says": "会挡住消防窗", "basis": "行政许可法第三十八条", "reasons": reasons })
}
