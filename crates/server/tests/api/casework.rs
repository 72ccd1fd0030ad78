//! Officers decide, and applicants follow: every step with its actor, its consequences and its messages.

use serde_json::{Value, json};

use crate::officers::{
    CITY, DISTRICT, HEALTH, act, case, decide, family_case, open, sign_in_officer, submitted_case, task_in_review,
    wait_for_sms,
};
use crate::submissions::send;
use crate::world::{OWNER, STRANGER, World};

fn states(case: &Value) -> Vec<(String, String)> {
    let text = |task: &Value, name: &str| task[name].as_str().unwrap().to_owned();
    case["tasks"].as_array().unwrap().iter().map(|task| (text(task, "item"), text(task, "status"))).collect()
}

fn pair(item: &str, status: &str) -> (String, String) {
    (item.to_owned(), status.to_owned())
}

#[tokio::test]
#[invariant::invariant("nobody-waits-for-nothing")]
async fn an_approval_lets_the_next_item_begin_and_is_told() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let reference = submitted_case(&owner).await;
    let officer = sign_in_officer(&world, CITY).await;
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
    let messages = wait_for_sms(&world, "已经办好").await;
    assert_eq!(
        messages.iter().filter(|text| text.contains(&reference) && text.contains("已经受理")).count(),
        1,
        "{messages:?}"
    );
    assert_eq!(messages.iter().filter(|text| text.contains("已经办好")).count(), 1, "{messages:?}");
}

#[tokio::test]
#[invariant::invariant("nobody-waits-for-nothing")]
async fn a_refusal_says_on_what_law_and_makes_void_what_waited() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let reference = submitted_case(&owner).await;
    let officer = sign_in_officer(&world, CITY).await;
    let task = task_in_review(&officer, &reference, "permit").await;
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
    wait_for_sms(&world, "救济途径").await;
    let messages = wait_for_sms(&world, "前置事项未办成").await;
    assert!(!messages.iter().any(|text| text.contains("消防窗")), "an SMS holds nothing personal: {messages:?}");
}

#[tokio::test]
async fn a_return_names_exact_places_and_a_pause_gives_the_days_back() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let reference = submitted_case(&owner).await;
    let officer = sign_in_officer(&world, CITY).await;
    let task = task_in_review(&officer, &reference, "permit").await;
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
    let officer = sign_in_officer(&world, CITY).await;
    let task = act(&officer, &task, "decisions", &json!({ "action": "resume" })).await.expect(200).json();
    assert_eq!((&due, &task["due"]), (&json!("2026-12-03"), &json!("2026-12-14")));
    let reasons = json!([{ "field": "sign.photos", "row": 0, "says": "照片太暗，请重拍" }]);
    act(&officer, &task, "decisions", &json!({ "action": "return", "reasons": reasons })).await.expect(200);
    let owner = world.sign_in(OWNER).await;
    assert_eq!(case(&owner, &reference).await["correction_requests"], reasons);
}

#[tokio::test]
#[invariant::invariant("asked-only")]
async fn a_correction_changes_what_was_asked_and_nothing_else() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let reference = submitted_case(&owner).await;
    let officer = sign_in_officer(&world, CITY).await;
    let task = open(&officer, &reference, "permit").await;
    let task = act(&officer, &task, "claim", &json!({})).await.expect(200).json();
    let reasons = json!([{ "field": "sign.text", "row": 0, "says": "和执照上的字号不一样" }]);
    act(&officer, &task, "decisions", &json!({ "action": "return", "reasons": reasons })).await.expect(200);

    let before = case(&owner, &reference).await;
    let new = json!({ "service": "corner-shop", "division": "430703", "corrects": reference });
    let stranger = world.sign_in(STRANGER).await;
    stranger.post("/api/drafts", &new).await.expect(404);
    let draft = owner.post("/api/drafts", &new).await.expect(201).json();
    assert_eq!(draft["correction_requests"], reasons);
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
    assert_eq!(states(&now)[0], pair("permit", "submitted"));
    assert_eq!(now["correction_requests"], Value::Null);
    let photo = now["answers"]["sign"][0]["photos"][0]["id"].as_str().unwrap();
    owner.get(&format!("/api/attachments/{photo}")).await.expect(200);
    let officer = sign_in_officer(&world, CITY).await;
    let task = open(&officer, &reference, "permit").await;
    officer.get(&format!("/api/agency/attachments/{photo}")).await.expect(200);
    let task = decide(&officer, &task, "accept").await;
    let task = decide(&officer, &task, "review").await;
    assert_eq!(decide(&officer, &task, "approve").await["status"], "approved");
    owner.post("/api/drafts", &new).await.expect(409);
}

#[tokio::test]
#[invariant::invariant("one-decision")]
async fn only_the_officer_who_claimed_a_task_decides_it() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let reference = submitted_case(&owner).await;
    let (one, other) = (sign_in_officer(&world, CITY).await, sign_in_officer(&world, DISTRICT).await);
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
#[invariant::invariant("own-agency")]
async fn another_agency_or_division_sees_nothing() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let reference = submitted_case(&owner).await;
    let health = sign_in_officer(&world, HEALTH).await;
    assert_eq!(health.get("/api/agency/tasks").await.expect(200).json(), json!([]));
    health.get(&format!("/api/agency/tasks/{reference}/permit")).await.expect(404);
    let photo = case(&owner, &reference).await["answers"]["sign"][0]["photos"][0]["id"].as_str().unwrap().to_owned();
    health.get(&format!("/api/agency/attachments/{photo}")).await.expect(404);
    let right = sign_in_officer(&world, CITY).await;
    right.get(&format!("/api/agency/attachments/{photo}")).await.expect(200);
    // A resident's session is none of an officer's, nor the other way round.
    owner.get("/api/agency/tasks").await.expect(401);
    right.get("/api/cases").await.expect(401);
    for path in ["/api/agency/tasks", "/api/agency/session"] {
        world.get(path).await.expect(401);
    }
}

#[tokio::test]
#[invariant::invariant("one-decision")]
async fn nobody_decides_a_case_of_their_own() {
    let world = World::new().await;
    // An officer of the Health Commission is a mother like any other.
    let mother = world.sign_in("13807360030").await;
    let reference = family_case(&mother, "文若兰").await;
    let officer = sign_in_officer(&world, HEALTH).await;
    let task = open(&officer, &reference, "certificate").await;
    assert_eq!(act(&officer, &task, "claim", &json!({})).await.expect(409).code(), "own-case");
}

#[tokio::test]
async fn a_case_can_be_withdrawn_while_no_task_is_decided() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let reference = submitted_case(&owner).await;
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
async fn an_unanswered_task_is_deemed_accepted() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let reference = submitted_case(&owner).await;
    // Five working days after Tuesday 24 November end on 1 December.
    world.pass(8 * 24 * 3600);
    world.run_background_jobs().await;
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
    sign_in_officer(&world, officers[0]["name"].as_str().unwrap()).await;
    let nobody = json!({ "name": "nobody", "password": "x", "code": "000000" });
    world.visitor().post("/api/agency/session", &nobody).await.expect(422);
}

#[tokio::test]
#[invariant::invariant("asked-only")]
async fn a_correction_does_not_ask_again_for_a_certificate_that_it_leaves_alone() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let reference = submitted_case(&owner).await;
    let officer = sign_in_officer(&world, CITY).await;
    let task = task_in_review(&officer, &reference, "permit").await;
    let reasons = json!([{ "field": "sign.text", "row": 0, "says": "和执照上的字号不一样" }]);
    act(&officer, &task, "decisions", &json!({ "action": "return", "reasons": reasons })).await.expect(200);
    // The certificate library does not answer now, and need not: the server verified the certificate when the case
    // was sent.
    world.partner("certificate-library", "fails").await;
    let new = json!({ "service": "corner-shop", "division": "430703", "corrects": reference });
    let draft = owner.post("/api/drafts", &new).await.expect(201).json();
    let mut sign = draft["answers"]["sign"].clone();
    sign[0]["text"] = json!("刘记");
    let draft = owner.change(&draft, &json!({ "sign": sign })).await.expect(200).json();
    send(&owner, &draft, "mended-without-it").await.expect(201);
    let mended = case(&owner, &reference).await;
    assert_eq!(mended["answers"]["sign"][0]["text"], "刘记");
    assert_eq!(mended["answers"]["title-certificate"]["number"], "湘(20***************345号");
}
