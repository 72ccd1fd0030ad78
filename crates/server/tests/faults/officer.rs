//! An officer who decides whatever comes, and notes what the server acknowledged.

use std::net::SocketAddr;

use serde_json::{Value, json};
use tokio::sync::mpsc::UnboundedReceiver;

use crate::client::{Reply, ask, ask_json};
use crate::ledger::{Fact, Ledger};
use crate::line::Line;

/// Of urban management, in the whole city.
const NAME: &str = "易晓川";
/// From taking it in hand to the end, as they stand in the history; taking it in hand does not.
const STEPS: [&str; 3] = ["accept", "review", "approve"];

pub(crate) struct Officer {
    line: Line,
    ledger: Ledger,
    cookie: String,
}

impl Officer {
    /// With password and one-time code.
    pub(crate) async fn sign_in(at: SocketAddr, line: Line, ledger: Ledger) -> Self {
        let officers = ask(at, "GET", "/demo/officers", "", b"").await.unwrap().expect(200).json();
        let officer = officers.as_array().unwrap().iter().find(|officer| officer["name"] == NAME).unwrap();
        let given = json!({ "name": NAME, "password": officer["password"], "code": officer["code"] });
        let reply = ask_json(at, "POST", "/api/agency/session", "", &given).await.unwrap().expect(201);
        let cookie = reply.header("set-cookie").split(';').next().unwrap();
        Self { line, ledger, cookie: format!("cookie: {cookie}\r\n") }
    }

    pub(crate) async fn decide_until_closing(self, mut sent: UnboundedReceiver<String>) {
        while let Some(reference) = sent.recv().await {
            if !self.line.is_closing() {
                self.decide(&reference).await;
            }
        }
    }

    async fn decide(&self, reference: &str) {
        let path = format!("/api/agency/tasks/{reference}/permit");
        let mut version = self.task(&path).await["version"].as_u64().unwrap();
        self.step(&path, "claim", &mut version, &json!({})).await;
        for action in STEPS {
            self.step(&path, "decisions", &mut version, &json!({ "action": action })).await;
            self.ledger.note(Fact::Decision { reference: reference.to_owned(), action });
        }
    }

    async fn task(&self, path: &str) -> Value {
        self.line.ask(async |at| ask(at, "GET", path, &self.cookie, b"").await).await.reply.expect(200).json()
    }

    /// Done once. What was asked for twice may have been done already.
    async fn step(&self, path: &str, what: &str, version: &mut u64, body: &Value) {
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
    }
}
