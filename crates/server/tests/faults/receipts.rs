//! The server is killed while people are sending: a person who was told "received" has a case afterwards, and a
//! person who was not sends again under the same key and gets exactly one.

use std::collections::BTreeSet;

use serde_json::Value;
use tokio::task::JoinSet;

use crate::client::Reply;
use crate::program::Program;
use crate::resident::{Resident, reference};

const PEOPLE_SENDING: usize = 12;

async fn send(resident: Resident, draft: Value) -> Option<String> {
    let received = resident.submit(&draft).await.filter(|reply: &Reply| reply.status == 201)?;
    Some(reference(&received.json()))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[invariant::invariant("receipt-is-durable")]
async fn a_receipt_outlives_the_program() {
    let data = tempfile::tempdir().unwrap();
    let mut program = Program::start(data.path());
    let mut resident = Resident::sign_in(program.address).await;
    let mut drafts = Vec::new();
    for _ in 0..PEOPLE_SENDING {
        drafts.push(resident.ready_draft().await);
    }

    let mut sending: JoinSet<_> = drafts.iter().map(|draft| send(resident.clone(), draft.clone())).collect();
    let mut received = BTreeSet::new();
    received.extend(sending.join_next().await.unwrap().unwrap());
    program.kill();
    while let Some(sent) = sending.join_next().await {
        received.extend(sent.unwrap());
    }

    let program = Program::start(data.path());
    resident.at = program.address;
    let known = async || -> BTreeSet<String> { resident.cases().await.into_iter().collect() };
    assert!(!received.is_empty());
    assert!(received.is_subset(&known().await), "{received:?}");

    let mut again = BTreeSet::new();
    for draft in drafts {
        again.insert(send(resident.clone(), draft).await.unwrap());
    }
    assert_eq!(again.len(), PEOPLE_SENDING);
    assert_eq!(known().await, again);
}
