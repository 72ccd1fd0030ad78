//! Sign-ins of officers cost a slow hash each, whoever tries: many at once take little memory, and everybody else is
//! served.

use futures_util::future::join_all;
use serde_json::json;

use crate::client::{ask, ask_json};
use crate::program::Program;

/// Fewer than a network may try.
const AT_ONCE: usize = 48;
const MOST_GROWTH_KB: u64 = 80 * 1024;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[invariant::invariant("slow-ones-hold-nobody")]
async fn many_sign_ins_at_once_take_little_memory() {
    let data = tempfile::tempdir().unwrap();
    let program = Program::start(data.path());
    ask(program.address, "GET", "/api/services", "", b"").await.unwrap().expect(200);
    let before = peak_memory_kb(&program);
    let tries = (0..AT_ONCE).map(async |number| {
        let given = json!({ "name": format!("{number}"), "password": "guess", "code": "000000" });
        ask_json(program.address, "POST", "/api/agency/session", "", &given).await.unwrap().expect(422)
    });
    join_all(tries).await;
    let growth = peak_memory_kb(&program) - before;
    assert!(growth < MOST_GROWTH_KB, "{AT_ONCE} sign-ins at once took {} MB", growth / 1024);
}

fn peak_memory_kb(program: &Program) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", program.id())).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}
