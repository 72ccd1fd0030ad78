//! Officers decide, and applicants follow: every step with who may take it, what follows, and what is told.

use image::ImageFormat;
use serde_json::{Value, json};

use crate::photograph::picture;
use crate::submissions::{ready, send};
use crate::world::{OWNER, Reply, STRANGER, Visitor, World};

/// Urban management decides permits in the whole city; a colleague only in one district; health has nothing to do with them.
pub(crate) const CITY: &str = "易晓川";
/// Takes what could not be done.
pub(crate) const DESK: &str = "柳知远";
pub(crate) const DISTRICT: &str = "雷少文";
pub(crate) const HEALTH: &str = "文若兰";

pub(crate) async fn on_duty<'a>(world: &'a World, name: &str) -> Visitor<'a> {
    // A code opens one session; tests sign in anew half a minute later.
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
pub(crate) async fn sent(owner: &Visitor<'_>) -> String {
    let draft = ready(owner).await;
    let receipt = send(owner, &draft, "key-0001").await.expect(201).json();
    receipt["reference"].as_str().unwrap().to_owned()
}

pub(crate) async fn case(owner: &Visitor<'_>, reference: &str) -> Value {
    owner.get(&format!("/api/cases/{reference}")).await.expect(200).json()
}

/// The messages on the owner's phone, once there is one with these words: they go out beside the request.
pub(crate) async fn told(world: &World, words: &str) -> Vec<String> {
    told_to(world, OWNER, words).await
}

pub(crate) async fn told_to(world: &World, phone: &str, words: &str) -> Vec<String> {
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

fn states(case: &Value) -> Vec<(String, String)> {
    let text = |task: &Value, name: &str| task[name].as_str().unwrap().to_owned();
    case["tasks"].as_array().unwrap().iter().map(|task| (text(task, "item"), text(task, "status"))).collect()
}

fn pair(item: &str, status: &str) -> (String, String) {
    (item.to_owned(), status.to_owned())
}

/// Takes a task in hand and as far as its review.
pub(crate) async fn reviewed(officer: &Visitor<'_>, reference: &str, item: &str) -> Value {
    let task = open(officer, reference, item).await;
    let task = act(officer, &task, "claim", &json!({})).await.expect(200).json();
    let task = decide(officer, &task, "accept").await;
    decide(officer, &task, "review").await
}

#[tokio::test]
async fn an_approval_lets_the_next_item_begin_and_is_told() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let reference = sent(&owner).await;
    let officer = on_duty(&world, CITY).await;
    let queue = officer.get("/api/agency/tasks").await.expect(200).json();
    assert_eq!(
        (&queue[0]["reference"], &queue[0]["item"], &queue[0]["overdue"]),
        (&json!(reference), &json!("permit"), &json!(false))
    );
    let task = open(&officer, &reference, "permit").await;
    assert_eq!(task["actions"], json!([]), "not in hand yet");
    let task = act(&officer, &task, "claim", &json!({})).await.expect(200).json();
    assert_eq!(task["actions"], json!(["accept", "decline", "return"]));
    let task = decide(&officer, &task, "accept").await;
    let task = decide(&officer, &task, "review").await;
    let task = decide(&officer, &task, "approve").await;
    assert_eq!(task["status"], "approved");
    let now = case(&owner, &reference).await;
    assert_eq!(states(&now), [pair("permit", "approved"), pair("inspection", "submitted")]);
    // Three working days after Tuesday 24 November.
    assert_eq!(now["tasks"][1]["due"], "2026-11-27");
    let steps: Vec<_> =
        now["history"].as_array().unwrap().iter().map(|event| event["action"].as_str().unwrap()).collect();
    assert_eq!(steps, ["accept", "review", "approve", "begin"]);
    assert_eq!(now["history"][2]["name"], CITY);
    let told = told(&world, "已经办好").await;
    assert_eq!(
        told.iter().filter(|text| text.contains(&reference) && text.contains("已经受理")).count(),
        1,
        "{told:?}"
    );
    assert_eq!(told.iter().filter(|text| text.contains("已经办好")).count(), 1, "{told:?}");
}

#[tokio::test]
async fn a_refusal_says_on_what_law_and_makes_void_what_waited() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let reference = sent(&owner).await;
    let officer = on_duty(&world, CITY).await;
    let task = reviewed(&officer, &reference, "permit").await;
    let bare = act(&officer, &task, "decisions", &json!({ "action": "refuse" })).await.expect(422).json();
    let fields: Vec<_> =
        bare["errors"].as_array().unwrap().iter().map(|error| error["field"].as_str().unwrap()).collect();
    assert_eq!(fields, ["says", "basis"]);
    let refusal = json!({ "action": "refuse", "says": "会挡住消防窗", "basis": "行政许可法第三十八条" });
    act(&officer, &task, "decisions", &refusal).await.expect(200);
    let now = case(&owner, &reference).await;
    assert_eq!(states(&now), [pair("permit", "refused"), pair("inspection", "void")]);
    let refused = &now["history"][2];
    assert_eq!((&refused["says"], &refused["basis"]), (&json!("会挡住消防窗"), &json!("行政许可法第三十八条")));
    told(&world, "您的权利").await;
    let told = told(&world, "前面的事没有办成").await;
    assert!(!told.iter().any(|text| text.contains("消防窗")), "an SMS holds nothing personal: {told:?}");
}

#[tokio::test]
async fn a_return_names_exact_places_and_a_pause_gives_the_days_back() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let reference = sent(&owner).await;
    let officer = on_duty(&world, CITY).await;
    let task = reviewed(&officer, &reference, "permit").await;
    let due = task["due"].clone();
    for reasons in
        [json!([]), json!([{ "field": "nothing", "says": "x" }]), json!([{ "field": "sign.photos", "says": " " }])]
    {
        act(&officer, &task, "decisions", &json!({ "action": "return", "reasons": reasons })).await.expect(422);
    }
    let pause = json!({ "action": "pause", "says": "要到现场勘验" });
    let task = act(&officer, &task, "decisions", &pause).await.expect(200).json();
    // From Tuesday to the Thursday of the week after: seven working days.
    world.pass(9 * 24 * 3600);
    let officer = on_duty(&world, CITY).await;
    let task = act(&officer, &task, "decisions", &json!({ "action": "resume" })).await.expect(200).json();
    assert_eq!((&due, &task["due"]), (&json!("2026-12-03"), &json!("2026-12-14")));
    let reasons = json!([{ "field": "sign.photos", "row": 0, "says": "照片太暗，请重拍" }]);
    act(&officer, &task, "decisions", &json!({ "action": "return", "reasons": reasons })).await.expect(200);
    let owner = world.sign_in(OWNER).await;
    assert_eq!(case(&owner, &reference).await["to_mend"], reasons);
}

#[tokio::test]
async fn a_correction_changes_what_was_asked_and_nothing_else() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let reference = sent(&owner).await;
    let officer = on_duty(&world, CITY).await;
    let task = open(&officer, &reference, "permit").await;
    let task = act(&officer, &task, "claim", &json!({})).await.expect(200).json();
    let reasons = json!([{ "field": "sign.text", "row": 0, "says": "和执照上的字号不一样" }]);
    act(&officer, &task, "decisions", &json!({ "action": "return", "reasons": reasons })).await.expect(200);

    let before = case(&owner, &reference).await;
    let new = json!({ "service": "corner-shop", "division": "430703", "corrects": reference });
    let stranger = world.sign_in(STRANGER).await;
    stranger.post("/api/drafts", &new).await.expect(404);
    let draft = owner.post("/api/drafts", &new).await.expect(201).json();
    assert_eq!(draft["to_mend"], reasons);
    assert_eq!(owner.post("/api/drafts", &new).await.expect(201).json()["id"], draft["id"], "begun once");
    let refused = owner.change(&draft, &json!({ "track": "promise" })).await.expect(422).json();
    assert_eq!(refused["errors"][0]["code"], "not-asked");
    let mut wider = draft["answers"]["sign"].clone();
    wider[0]["width"] = json!("9");
    let refused = owner.change(&draft, &json!({ "sign": wider })).await.expect(422).json();
    assert_eq!(refused["errors"][0]["field"], "sign.width");
    let mut sign = draft["answers"]["sign"].clone();
    sign[0]["text"] = json!("鼎城区刘记卤味店");
    let draft = owner.change(&draft, &json!({ "sign": sign })).await.expect(200).json();
    let receipt = send(&owner, &draft, "key-0002").await.expect(201).json();
    assert_eq!(receipt["reference"], json!(reference));
    assert_eq!(send(&owner, &draft, "key-0002").await.expect(201).json()["reference"], json!(reference), "sent twice");

    let now = case(&owner, &reference).await;
    assert_eq!(now["answers"]["sign"][0]["text"], "鼎城区刘记卤味店");
    assert_eq!(now["answers"]["shop-address"], before["answers"]["shop-address"]);
    assert_eq!(states(&now)[0], pair("permit", "in-review"));
    assert_eq!(now["to_mend"], Value::Null);
    let photo = now["answers"]["sign"][0]["photos"][0]["id"].as_str().unwrap();
    owner.get(&format!("/api/attachments/{photo}")).await.expect(200);
    let officer = on_duty(&world, CITY).await;
    let task = open(&officer, &reference, "permit").await;
    officer.get(&format!("/api/agency/attachments/{photo}")).await.expect(200);
    assert_eq!(decide(&officer, &task, "approve").await["status"], "approved");
    owner.post("/api/drafts", &new).await.expect(409);
}

#[tokio::test]
async fn only_who_has_it_in_hand_decides() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let reference = sent(&owner).await;
    let (one, other) = (on_duty(&world, CITY).await, on_duty(&world, DISTRICT).await);
    let task = open(&one, &reference, "permit").await;
    assert_eq!(act(&one, &task, "decisions", &json!({ "action": "accept" })).await.expect(409).code(), "not-claimed");
    let claimed = act(&one, &task, "claim", &json!({})).await.expect(200).json();
    act(&other, &task, "claim", &json!({})).await.expect(412);
    let seen = open(&other, &reference, "permit").await;
    assert_eq!((&seen["officer"], &seen["mine"]), (&json!(CITY), &json!(false)));
    assert_eq!(act(&other, &seen, "claim", &json!({})).await.expect(409).code(), "claimed");
    assert_eq!(act(&other, &seen, "decisions", &json!({ "action": "accept" })).await.expect(409).code(), "not-claimed");
    assert_eq!(
        act(&one, &claimed, "decisions", &json!({ "action": "approve" })).await.expect(409).code(),
        "step-not-allowed"
    );
    act(&one, &claimed, "decisions", &json!({ "action": "withdraw" })).await.expect(409);
    let free = act(&one, &claimed, "release", &json!({})).await.expect(200).json();
    act(&other, &free, "claim", &json!({})).await.expect(200);
}

#[tokio::test]
async fn another_agency_or_division_sees_nothing() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let reference = sent(&owner).await;
    let health = on_duty(&world, HEALTH).await;
    assert_eq!(health.get("/api/agency/tasks").await.expect(200).json(), json!([]));
    health.get(&format!("/api/agency/tasks/{reference}/permit")).await.expect(404);
    let photo = case(&owner, &reference).await["answers"]["sign"][0]["photos"][0]["id"].as_str().unwrap().to_owned();
    health.get(&format!("/api/agency/attachments/{photo}")).await.expect(404);
    let right = on_duty(&world, CITY).await;
    right.get(&format!("/api/agency/attachments/{photo}")).await.expect(200);
    // A resident's session is none of an officer's, nor the other way round.
    owner.get("/api/agency/tasks").await.expect(401);
    right.get("/api/cases").await.expect(401);
    for path in ["/api/agency/tasks", "/api/agency/session"] {
        world.get(path).await.expect(401);
    }
}

#[tokio::test]
async fn nobody_decides_a_case_of_their_own() {
    let world = World::new().await;
    // An officer of the Health Commission is a mother like any other.
    let mother = world.sign_in("13807360030").await;
    let reference = a_family_s(&mother, "文若兰").await;
    let officer = on_duty(&world, HEALTH).await;
    let task = open(&officer, &reference, "certificate").await;
    assert_eq!(act(&officer, &task, "claim", &json!({})).await.expect(409).code(), "own-case");
}

/// A case of the family service, of somebody whom no register knows.
pub(crate) async fn a_family_s(mother: &Visitor<'_>, name: &str) -> String {
    let new = json!({ "service": "family", "division": "430703" });
    let draft = mother.post("/api/drafts", &new).await.expect(201).json();
    let file = picture(20, 20, ImageFormat::Jpeg);
    let book = mother.upload(&draft, "book", &[("filename", "book.jpg")], &file).await.expect(200).json();
    let answers = json!({
        "applicant": "mother", "babies": "one", "mother-name": name,
        "book": [{ "id": book["id"], "name": "book.jpg", "bytes": 1 }],
        "privacy": { "accepted": true, "version": 1 }, "birth-time": "2026-11-20T08:32", "child-name": "文宁",
    });
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

#[tokio::test]
async fn a_case_is_taken_back_while_nobody_has_decided() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let reference = sent(&owner).await;
    let stranger = world.sign_in(STRANGER).await;
    let path = format!("/api/cases/{reference}/withdrawal");
    stranger.post(&path, &json!({})).await.expect(404);
    world.visitor().post(&path, &json!({})).await.expect(401);
    assert_eq!(case(&owner, &reference).await["may_withdraw"], true);
    let now = owner.post(&path, &json!({})).await.expect(200).json();
    assert_eq!(states(&now), [pair("permit", "withdrawn"), pair("inspection", "withdrawn")]);
    owner.post(&path, &json!({})).await.expect(409);
}

#[tokio::test]
async fn silence_is_acceptance() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let reference = sent(&owner).await;
    // Five working days after Tuesday 24 November end on 1 December.
    world.pass(8 * 24 * 3600);
    world.keep_up().await;
    let owner = world.sign_in(OWNER).await;
    let now = case(&owner, &reference).await;
    assert_eq!((&now["tasks"][0]["status"], &now["history"][0]["by"]), (&json!("accepted"), &json!("system")));
}

#[tokio::test]
async fn an_officer_is_locked_after_five_failures_and_a_code_opens_one_session() {
    let world = World::new().await;
    let officers = world.get("/demo/officers").await.expect(200).json();
    let given =
        json!({ "name": officers[0]["name"], "password": officers[0]["password"], "code": officers[0]["code"] });
    world.visitor().post("/api/agency/session", &given).await.expect(201);
    assert_eq!(world.visitor().post("/api/agency/session", &given).await.expect(422).code(), "wrong-officer");
    let mut wrong = given.clone();
    wrong["password"] = json!("guess");
    for _ in 0..4 {
        world.visitor().post("/api/agency/session", &wrong).await.expect(422);
    }
    let locked = world.visitor().post("/api/agency/session", &given).await.expect(429);
    assert_eq!(locked.header("retry-after"), "900");
    world.pass(15 * 60);
    on_duty(&world, officers[0]["name"].as_str().unwrap()).await;
    let nobody = json!({ "name": "nobody", "password": "x", "code": "000000" });
    world.visitor().post("/api/agency/session", &nobody).await.expect(422);
}
