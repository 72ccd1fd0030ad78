//! The officers' side as tests use it: signing in, opening and deciding tasks, and the messages that applicants get.

use image::ImageFormat;
use serde_json::{Value, json};

use crate::photograph::picture;
use crate::submissions::{ready, send};
use crate::world::{OWNER, Reply, Visitor, World};

/// Urban management decides permits in the whole city; a colleague only in one district; health has nothing to do with
/// them.
pub(crate) const CITY: &str = "易晓川";
/// The officer of the grievance office.
pub(crate) const GRIEVANCE_OFFICER: &str = "柳知远";
pub(crate) const DISTRICT: &str = "雷少文";
pub(crate) const HEALTH: &str = "文若兰";
/// At a window of the district 430703.
pub(crate) const WINDOW: &str = "梅一凡";

pub(crate) async fn sign_in_officer<'a>(world: &'a World, name: &str) -> Visitor<'a> {
    // A code opens one session, so each sign-in is half a minute after the last.
    world.pass(30);
    let officers = world.get("/demo/officers").await.expect(200).json();
    let officer = officers.as_array().unwrap().iter().find(|one| one["name"] == name).unwrap().clone();
    let given = json!({ "name": name, "password": officer["password"], "code": officer["code"] });
    let reply = world.visitor().post("/api/agency/session", &given).await.expect(201);
    let cookie = reply.header("set-cookie").split(';').next().unwrap().to_owned();
    Visitor { world, cookie }
}

pub(crate) async fn act(officer: &Visitor<'_>, task: &Value, what: &str, body: &Value) -> Reply {
    let tag = format!("\"{}\"", task["version"]);
    let path = format!("{}/{what}", path(task));
    officer.json("POST", &path, &[("if-match", &tag)], body).await
}

fn path(task: &Value) -> String {
    let text = |name: &str| task[name].as_str().unwrap().to_owned();
    format!("/api/agency/tasks/{}/{}", text("reference"), text("item"))
}

pub(crate) async fn open(officer: &Visitor<'_>, reference: &str, item: &str) -> Value {
    officer.get(&format!("/api/agency/tasks/{reference}/{item}")).await.expect(200).json()
}

pub(crate) async fn decide(officer: &Visitor<'_>, task: &Value, action: &str) -> Value {
    act(officer, task, "decisions", &json!({ "action": action })).await.expect(200).json()
}

/// A case of the corner shop: a permit, and an inspection that waits for it.
pub(crate) async fn submitted_case(owner: &Visitor<'_>) -> String {
    let draft = ready(owner).await;
    let receipt = send(owner, &draft, "key-0001").await.expect(201).json();
    receipt["reference"].as_str().unwrap().to_owned()
}

pub(crate) async fn case(owner: &Visitor<'_>, reference: &str) -> Value {
    owner.get(&format!("/api/cases/{reference}")).await.expect(200).json()
}

/// The messages on the owner's phone, once there is one with these words: they go out beside the request.
pub(crate) async fn wait_for_sms(world: &World, words: &str) -> Vec<String> {
    wait_for_sms_to(world, OWNER, words).await
}

pub(crate) async fn wait_for_sms_to(world: &World, phone: &str, words: &str) -> Vec<String> {
    let mut texts = Vec::new();
    for _ in 0..10_000 {
        let messages = world.get(&format!("/demo/sms?phone={phone}")).await.expect(200).json();
        let text = |message: &Value| message["text"].as_str().unwrap().to_owned();
        texts = messages.as_array().unwrap().iter().map(text).collect();
        if texts.iter().any(|text: &String| text.contains(words)) {
            break;
        }
        tokio::task::yield_now().await;
    }
    assert!(texts.iter().any(|text| text.contains(words)), "nobody was told “{words}”: {texts:?}");
    texts
}

/// Claims a task and takes it as far as its review.
pub(crate) async fn task_in_review(officer: &Visitor<'_>, reference: &str, item: &str) -> Value {
    let task = open(officer, reference, item).await;
    let task = act(officer, &task, "claim", &json!({})).await.expect(200).json();
    let task = decide(officer, &task, "accept").await;
    decide(officer, &task, "review").await
}

/// A case of the family service, of an applicant whom no register knows.
pub(crate) async fn family_case(mother: &Visitor<'_>, name: &str) -> String {
    family_case_with(mother, name, &json!({})).await
}

/// The same with more answers.
pub(crate) async fn family_case_with(mother: &Visitor<'_>, name: &str, more: &Value) -> String {
    let new = json!({ "service": "family", "division": "430703" });
    let draft = mother.post("/api/drafts", &new).await.expect(201).json();
    let file = picture(20, 20, ImageFormat::Jpeg);
    let book = mother.upload(&draft, "book", &[("filename", "book.jpg")], &file).await.expect(200).json();
    let mut answers = json!({
        "applicant": "mother", "babies": "one", "mother-name": name,
        "book": [{ "id": book["id"], "name": "book.jpg", "bytes": 1 }],
        "privacy": { "accepted": true, "version": 1 }, "birth-time": "2026-11-20T08:32", "child-name": "文宁",
    });
    answers.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let draft = mother.change(&draft, &answers).await.expect(200).json();
    let post = async |draft: &Value, what: &str, body: &Value| {
        let tag = format!("\"{}\"", draft["version"]);
        let path = format!("/api/drafts/{}/{what}", draft["id"].as_str().unwrap());
        mother.json("POST", &path, &[("if-match", &tag)], body).await.expect(200).json()
    };
    let draft = post(&draft, "lookups/record-check", &json!({})).await;
    let draft = post(&draft, "signatures/signature", &json!({ "typed": name })).await;
    let receipt = send(mother, &draft, "key-0001").await.expect(201).json();
    receipt["reference"].as_str().unwrap().to_owned()
}
