//! Cases of the pair, brought to each state in which a task can be.

use contract::case::{CaseStatus, TRANSITIONS};
use serde_json::{Value, json};

use crate::officers::{act, open};
use crate::submissions::send;
use crate::world::Visitor;

/// The division of these cases: the city's officer sees it, the officer of the district 430703 does not.
pub(crate) const DIVISION: &str = "430702";

/// A case with the task under test.
pub(crate) struct Staged {
    pub(crate) reference: String,
    pub(crate) item: &'static str,
}

/// Every state that there is.
pub(crate) fn states() -> Vec<CaseStatus> {
    let mut states = Vec::new();
    for state in TRANSITIONS.iter().flat_map(|step| [step.from, step.to]) {
        if !states.contains(&state) {
            states.push(state);
        }
    }
    states
}

/// A decision with all the words that any of them may need.
pub(crate) fn decision(action: &str) -> Value {
    let reasons = json!([{ "field": "subject", "says": "请写清楚" }]);
    // The law, or of a special procedure its kind.
    let basis = if action == "pause" { "现场勘查" } else { "《两件事条例》第一条" };
    json!({ "action": action, "says": "按规定办", "basis": basis, "reasons": reasons })
}

/// A new application of the pair. `remark` makes its first result electronic.
pub(crate) async fn applied(owner: &Visitor<'_>, remark: Option<&str>) -> String {
    let new = json!({ "service": "pair", "division": DIVISION });
    let draft = owner.post("/api/drafts", &new).await.expect(201).json();
    let answers = json!({ "subject": "招牌", "place": "武陵区", "remark": remark });
    let draft = owner.change(&draft, &answers).await.expect(200).json();
    let key = format!("key-{}", draft["id"].as_str().unwrap());
    let receipt = send(owner, &draft, &key).await.expect(201).json();
    receipt["reference"].as_str().unwrap().to_owned()
}

/// A new case with a task in this state.
pub(crate) async fn staged(owner: &Visitor<'_>, officer: &Visitor<'_>, state: CaseStatus) -> Staged {
    let reference = applied(owner, None).await;
    let item = match state {
        CaseStatus::Waiting | CaseStatus::Void => "second",
        CaseStatus::AwaitingMaterials => "look",
        _ => "first",
    };
    let steps: &[&str] = match state {
        CaseStatus::Submitted | CaseStatus::Waiting | CaseStatus::Withdrawn => &[],
        CaseStatus::Accepted => &["accept"],
        CaseStatus::NotAccepted => &["decline"],
        CaseStatus::InReview => &["accept", "review"],
        CaseStatus::Returned => &["accept", "review", "return"],
        CaseStatus::Special => &["accept", "review", "pause"],
        CaseStatus::Approved | CaseStatus::AwaitingMaterials => &["accept", "review", "approve"],
        CaseStatus::Refused | CaseStatus::Void => &["accept", "review", "refuse"],
        CaseStatus::Delivered => &["accept", "review", "approve", "deliver"],
    };
    decided(officer, &reference, "first", steps).await;
    if state == CaseStatus::AwaitingMaterials {
        decided(officer, &reference, "second", steps).await;
    }
    if state == CaseStatus::Withdrawn {
        owner.post(&format!("/api/cases/{reference}/withdrawal"), &json!({})).await.expect(200);
    }
    assert_eq!(open(officer, &reference, item).await["status"], json!(state));
    Staged { reference, item }
}

/// Claims the task and takes these steps.
pub(crate) async fn decided(officer: &Visitor<'_>, reference: &str, item: &str, steps: &[&str]) {
    let mut task = claimed(officer, reference, item).await;
    for action in steps {
        task = act(officer, &task, "decisions", &decision(action)).await.expect(200).json();
    }
}

pub(crate) async fn claimed(officer: &Visitor<'_>, reference: &str, item: &str) -> Value {
    let task = open(officer, reference, item).await;
    act(officer, &task, "claim", &json!({})).await.expect(200).json()
}

/// Mends what was returned, as far as the server lets this visitor. Gives the first answer that is not a success, or
/// the last.
pub(crate) async fn correct(visitor: &Visitor<'_>, reference: &str) -> crate::world::Reply {
    let new = json!({ "service": "pair", "division": DIVISION, "corrects": reference });
    let begun = visitor.post("/api/drafts", &new).await;
    if begun.status != 201 {
        return begun;
    }
    let mut draft = begun.json();
    // For the post-approval inspection the applicant may send a picture, and change nothing else.
    if draft["correction_requests"][0]["field"] == "subject" {
        let changed = visitor.change(&draft, &json!({ "subject": "招牌，两块" })).await;
        if changed.status != 200 {
            return changed;
        }
        draft = changed.json();
    }
    send(visitor, &draft, &format!("mend-{}", draft["id"].as_str().unwrap())).await
}
