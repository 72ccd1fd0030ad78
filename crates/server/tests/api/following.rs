//! Following a report without the app: with number and phone, or signed in; and guessing is stopped.

use axum::body::Body;
use serde_json::{Value, json};

use crate::officers::{CITY, GRIEVANCE_OFFICER, sign_in_officer, wait_for_sms};
use crate::world::{OWNER, Reply, STRANGER, Visitor, World, settings};

const FOLLOW: &str = "/grievances/follow";
const ANSWER: &str = "/grievances/follow/answer";

async fn reported(person: &Visitor<'_>) -> String {
    let report = json!({ "happened": "材料交了三次 <b>没人收</b>", "phone": OWNER });
    let view = person.post("/api/grievances", &report).await.expect(201).json();
    view["number"].as_str().unwrap().to_owned()
}

async fn posted(visitor: &Visitor<'_>, path: &str, fields: &[(&str, &str)]) -> Reply {
    let body: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let headers = [("content-type", "application/x-www-form-urlencoded"), ("accept", "text/html")];
    visitor.send("POST", path, &headers, Body::from(body.join("&"))).await
}

async fn asked(visitor: &Visitor<'_>, number: &str, phone: &str) -> Reply {
    posted(visitor, FOLLOW, &[("number", number), ("phone", phone)]).await
}

/// Until the person is asked whether it is solved.
async fn reported_back(world: &World, number: &str) {
    let (grievance_officer, agency) =
        (sign_in_officer(world, GRIEVANCE_OFFICER).await, sign_in_officer(world, CITY).await);
    for body in [
        json!({ "action": "accept" }),
        json!({ "action": "classify", "kind": "trips", "weight": "simple" }),
        json!({ "action": "hand-over", "agency": "urban-management" }),
        json!({ "action": "solve", "says": "内部说法", "published": "一次讲清" }),
        json!({ "action": "report-back", "says": "材料已经收下\n今天办好" }),
    ] {
        let officer = if body["action"] == "solve" { &agency } else { &grievance_officer };
        let seen = officer.get(&format!("/api/agency/grievances/{number}")).await.expect(200).json();
        let (path, tag) = (format!("/api/agency/grievances/{number}/steps"), format!("\"{}\"", seen["version"]));
        officer.json("POST", &path, &[("if-match", &tag)], &body).await.expect(200);
    }
}

#[tokio::test]
async fn number_and_phone_show_how_a_report_stands_and_by_when() {
    let world = World::new().await;
    let visitor = world.visitor();
    let number = reported(&visitor).await;
    let empty = visitor.get(FOLLOW).await.expect(200);
    assert_eq!(empty.header("cache-control"), "no-store");
    assert!(empty.text().contains("<form method=\"post\"") && !empty.text().contains("<script"), "{}", empty.text());
    let page = asked(&visitor, &format!("%20{}", number.to_lowercase()), OWNER).await.expect(200).text();
    for words in [&number, "今天 17:00 前有工作人员打电话给您", "2026-11-24", "&lt;b&gt;没人收"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let page =
        posted(&visitor, "/grievances/follow?lang=en", &[("number", &number), ("phone", OWNER)]).await.expect(200);
    assert!(
        page.text().contains("will call you today, by 17:00") && page.text().contains("lang=\"en\""),
        "{}",
        page.text()
    );
}

#[tokio::test]
async fn the_person_answers_without_the_app() {
    let world = World::new().await;
    let visitor = world.visitor();
    let number = reported(&visitor).await;
    reported_back(&world, &number).await;
    let page = asked(&visitor, &number, OWNER).await.expect(200).text();
    assert!(page.contains("材料已经收下") && page.contains("name=\"agrees\""), "{page}");
    assert!(!page.contains("内部说法"), "what an agency tells the desk: {page}");
    let known = [("number", number.as_str()), ("phone", OWNER)];
    let with = |more: &[(&'static str, &'static str)]| [&known[..], more].concat();
    let page = posted(&visitor, ANSWER, &with(&[("agrees", "false"), ("says", "")])).await.expect(422).text();
    assert!(page.contains("请写一写哪里还没办成"), "{page}");
    let page = posted(&visitor, ANSWER, &with(&[("agrees", "true")])).await.expect(200).text();
    assert!(page.contains("已办结，谢谢您") && !page.contains("name=\"agrees\""), "{page}");
    posted(&visitor, ANSWER, &with(&[("agrees", "true")])).await.expect(409);
    let stranger = [("number", number.as_str()), ("phone", STRANGER), ("agrees", "true")];
    posted(&visitor, ANSWER, &stranger).await.expect(404);
}

#[tokio::test]
async fn a_resident_who_is_signed_in_sees_their_own_without_typing() {
    let world = World::new().await;
    let person = world.sign_in(OWNER).await;
    let number = reported(&person).await;
    reported_back(&world, &number).await;
    let person = world.sign_in(OWNER).await;
    let page = person.get(FOLLOW).await.expect(200).text();
    assert!(page.contains(&number) && page.contains("name=\"agrees\""), "{page}");
    assert!(!world.sign_in(STRANGER).await.get(FOLLOW).await.expect(200).text().contains(&number));
    let mine = [("number", number.as_str()), ("phone", ""), ("agrees", "true"), ("says", "")];
    posted(&person, ANSWER, &mine).await.expect(200);
}

#[tokio::test]
#[invariant::invariant("nobody-guesses")]
async fn an_unknown_number_and_a_wrong_phone_are_told_alike() {
    let world = World::new().await;
    let visitor = world.visitor();
    let number = reported(&visitor).await;
    let unknown = asked(&visitor, "BB2611-9999-9", OWNER).await.expect(404);
    let wrong = asked(&visitor, &number, STRANGER).await.expect(404);
    assert!(unknown.text().contains("没有查到") && unknown.text().contains("name=\"phone\""), "{}", unknown.text());
    // The form shows the typed values again, and the two answers do not differ otherwise.
    let without_input = |reply: &Reply, number: &str, phone: &str| {
        let (kept, text) = (format!("value=\"{number}\""), reply.text());
        assert!(text.contains(&kept) && text.contains(&format!("value=\"{phone}\"")), "{text}");
        text.replace(number, "").replace(phone, "")
    };
    assert_eq!(without_input(&unknown, "BB2611-9999-9", OWNER), without_input(&wrong, &number, STRANGER));
    let script = asked(&visitor, "\"><script>", OWNER).await.expect(404);
    assert!(script.text().contains("value=\"&quot;&gt;&lt;script&gt;\""), "{}", script.text());
}

#[tokio::test]
#[invariant::invariant("nobody-guesses")]
async fn guessing_is_stopped_and_knowing_is_not() {
    let world = World::new().await;
    let visitor = world.visitor();
    let number = reported(&visitor).await;
    for _ in 0..10 {
        asked(&visitor, &number, OWNER).await.expect(200);
    }
    let guesses = (0..12).map(|at| asked(&visitor, &number, ["13800000000", "13800000001"][at % 2]));
    let replies = futures_util::future::join_all(guesses).await;
    let stopped = replies.iter().filter(|reply| reply.status == 429).count();
    assert_eq!(stopped, 7, "five tries, however fast");
    let reply = asked(&visitor, &number, OWNER).await.expect(429);
    assert_eq!(reply.header("retry-after"), "900");
    assert!(reply.text().contains("15 分钟"), "{}", reply.text());
    // The same door for programs.
    let path = format!("/api/grievances/{number}");
    visitor.send("GET", &path, &[("x-phone", OWNER)], Body::empty()).await.expect(429);
    world.pass(15 * 60);
    asked(&visitor, &number, OWNER).await.expect(200);
}

#[tokio::test]
#[invariant::invariant("nobody-guesses")]
async fn one_network_does_not_guess_over_all_numbers() {
    let world = World::new().await;
    let visitor = world.visitor();
    for at in 0..60 {
        asked(&visitor, &format!("BB2611-{at:04}-1"), OWNER).await.expect(404);
    }
    asked(&visitor, "BB2611-0060-1", OWNER).await.expect(429);
    world.run_background_jobs().await;
    world.pass(15 * 60);
    asked(&visitor, "BB2611-0060-1", OWNER).await.expect(404);
}

#[tokio::test]
async fn forms_of_other_sites_and_other_fields_are_refused() {
    let world = World::new().await;
    let headers = [("content-type", "application/x-www-form-urlencoded"), ("sec-fetch-site", "cross-site")];
    for path in [FOLLOW, ANSWER] {
        let body = Body::from("number=x&phone=y&agrees=true");
        assert_eq!(world.visitor().send("POST", path, &headers, body).await.expect(403).code(), "foreign-origin");
    }
    posted(&world.visitor(), FOLLOW, &[("number", "x"), ("phone", "y"), ("colour", "red")]).await.expect(422);
}

#[tokio::test]
async fn the_sms_says_where_to_look_and_stops_when_it_has_ended() {
    let folder = tempfile::TempDir::new().unwrap();
    let mut config = settings(&folder);
    config.address = Some("https://shi.example".to_owned());
    let world = World::with(config, folder).await;
    let number = reported(&world.visitor()).await;
    reported_back(&world, &number).await;
    let texts = wait_for_sms(&world, "有结果了").await;
    assert!(texts.iter().any(|text| text.ends_with("查进度：https://shi.example/grievances/follow")), "{texts:?}");
    let answer = json!({ "agrees": true, "phone": OWNER });
    let ended: Value =
        world.visitor().post(&format!("/api/grievances/{number}/answer"), &answer).await.expect(200).json();
    assert_eq!(ended["status"], "checked");
    let ended = wait_for_sms(&world, "已经办结").await;
    assert!(ended.iter().any(|text| text.contains("已经办结") && !text.contains("查进度")), "{ended:?}");
    assert!(world.get("/solved").await.expect(200).text().contains("/grievances/follow"));
}

#[tokio::test]
#[invariant::invariant("told-once")]
async fn a_report_is_made_once_also_without_the_app() {
    let world = World::new().await;
    let visitor = world.visitor();
    let page = visitor.get("/grievances/report").await.expect(200).text();
    assert!(page.contains("<form method=\"post\"") && !page.contains("<script"), "{page}");
    let report = async |happened: &str, phone: &str| {
        posted(&visitor, "/grievances/report", &[("happened", happened), ("phone", phone)]).await
    };
    let page = report("%3Cb%3E", "12").await.expect(422).text();
    for words in ["&lt;b&gt;", "value=\"12\"", "请填能打通的手机号或座机号"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let page = report("", OWNER).await.expect(422).text();
    assert!(page.contains("请写一写发生了什么"), "{page}");
    let received = report("%E6%89%93%E4%B8%8D%E5%BC%80", OWNER).await.expect(201).text();
    let again = report("%E6%89%93%E4%B8%8D%E5%BC%80", OWNER).await.expect(201).text();
    assert_eq!(received, again, "told twice");
    let number = received.split("<strong>").nth(1).unwrap().split('<').next().unwrap();
    let page = asked(&visitor, number, OWNER).await.expect(200).text();
    assert!(page.contains("打不开"), "{page}");
}

#[tokio::test]
async fn a_resident_who_is_signed_in_need_not_type_the_phone() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    owner.post("/api/grievances", &json!({ "happened": "没人理" })).await.expect(201);
    world.visitor().post("/api/grievances", &json!({ "happened": "没人理" })).await.expect(422);
}
