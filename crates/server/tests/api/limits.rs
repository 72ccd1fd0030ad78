//! Limits hold for requests at the same time: two hundred at once are as many taken as the limit says, for whatever it
//! counts. `YIJIANSHI_LIMIT_RUNS=20` repeats each.

use contract::field::Kind;
use contract::kinds::CreditCode;
use futures_util::future::join_all;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::officers::{CITY, DISTRICT};
use crate::world::{OWNER, Reply, World, settings};

const AT_ONCE: usize = 200;

fn runs() -> usize {
    std::env::var("YIJIANSHI_LIMIT_RUNS").map_or(2, |runs| runs.parse().unwrap())
}

/// Behind a proxy, which says from which network each request comes.
async fn world() -> World {
    let folder = TempDir::new().unwrap();
    let mut config = settings(&folder);
    config.behind_https = true;
    World::with(config, folder).await
}

/// An address of the one network that a line with IPv6 has.
fn same_network(number: usize) -> String {
    format!("2001:db8:7:36:{number:x}::{number:x}")
}

fn other_network(number: usize) -> String {
    format!("2001:db8:7:{number:x}::1")
}

async fn post_from(world: &World, network: &str, path: &str, body: &Value) -> Reply {
    world.visitor().json("POST", path, &[("x-forwarded-for", network)], body).await
}

async fn at_once<F: Future<Output = Reply>>(request: impl Fn(usize) -> F) -> Vec<Reply> {
    join_all((0..AT_ONCE).map(request)).await
}

/// How many of them have this status; all others were told to come later.
#[track_caller]
fn taken(replies: &[Reply], status: u16) -> usize {
    let taken = replies.iter().filter(|reply| reply.status == status).count();
    let refused = replies.iter().filter(|reply| reply.status == 429 && !reply.header("retry-after").is_empty()).count();
    let statuses: Vec<u16> = replies.iter().map(|reply| reply.status.as_u16()).collect();
    assert_eq!(taken + refused, replies.len(), "{statuses:?}");
    taken
}

#[tokio::test]
#[invariant::invariant("limits-hold")]
async fn a_phone_gets_one_code_a_minute_and_five_an_hour_from_all_networks_together() {
    for _ in 0..runs() {
        let world = world().await;
        for sent in 1..=6 {
            let body = json!({ "phone": OWNER });
            let ask = async |number| post_from(&world, &other_network(number), "/api/session/codes", &body).await;
            let replies = at_once(ask).await;
            assert_eq!(taken(&replies, 201), usize::from(sent <= 5), "minute {sent}");
            world.pass(61);
        }
        let messages = world.get(&format!("/demo/sms?phone={OWNER}")).await.expect(200).json();
        assert_eq!(messages.as_array().unwrap().len(), 5);
    }
}

#[tokio::test]
#[invariant::invariant("limits-hold")]
async fn a_network_gets_sixty_codes_an_hour() {
    for _ in 0..runs() {
        let world = world().await;
        let replies = at_once(async |number| {
            let body = json!({ "phone": format!("1380736{number:04}") });
            post_from(&world, &same_network(number), "/api/session/codes", &body).await
        });
        assert_eq!(taken(&replies.await, 201), 60);
    }
}

#[tokio::test]
#[invariant::invariant("limits-hold")]
async fn a_code_is_compared_five_times() {
    for _ in 0..runs() {
        let world = world().await;
        post_from(&world, &other_network(0), "/api/session/codes", &json!({ "phone": OWNER })).await.expect(201);
        let right = world.code_for(OWNER).await;
        let body = json!({ "phone": OWNER, "code": if right == "000000" { "000001" } else { "000000" } });
        let replies =
            at_once(async |number| post_from(&world, &other_network(number), "/api/session", &body).await).await;
        let compared = replies.iter().filter(|reply| reply.code() == "wrong-code").count();
        let refused = replies.iter().filter(|reply| reply.code() == "code-used-up").count();
        assert_eq!((compared, refused), (5, AT_ONCE - 5));
    }
}

fn guess(name: &str) -> Value {
    json!({ "name": name, "password": "not the password", "code": "000000" })
}

#[tokio::test]
#[invariant::invariant("limits-hold")]
#[invariant::invariant("nobody-guesses")]
async fn a_name_is_compared_five_times_from_a_network_whether_an_officer_has_it_or_not() {
    for _ in 0..runs() {
        let world = world().await;
        let mut bodies = Vec::new();
        for name in [CITY, "没有这个人"] {
            let body = guess(name);
            let post = async |number| post_from(&world, &same_network(number), "/api/agency/session", &body).await;
            let replies = at_once(post).await;
            assert_eq!(taken(&replies, 422), 5, "{name}");
            bodies.push([422, 429].map(|status| replies.iter().find(|reply| reply.status == status).unwrap().text()));
        }
        assert_eq!(bodies[0], bodies[1], "the answers tell whether there is such an officer");
    }
}

#[tokio::test]
#[invariant::invariant("limits-hold")]
async fn a_name_is_compared_twenty_times_from_all_networks_together() {
    for _ in 0..runs() {
        let world = world().await;
        let body = guess(CITY);
        let post = async |number| post_from(&world, &other_network(number), "/api/agency/session", &body).await;
        assert_eq!(taken(&at_once(post).await, 422), 20);
    }
}

#[tokio::test]
#[invariant::invariant("limits-hold")]
async fn a_network_tries_sixty_names() {
    for _ in 0..runs() {
        let world = world().await;
        let replies = at_once(async |number| {
            let body = guess(&format!("{number}"));
            post_from(&world, &same_network(number), "/api/agency/session", &body).await
        });
        assert_eq!(taken(&replies.await, 422), 60);
    }
}

#[tokio::test]
async fn nobody_locks_an_officer_out_of_a_browser_where_they_have_signed_in() {
    let world = world().await;
    let sign_in = async |network: &str, cookie: &str| {
        world.pass(30);
        let officers = world.get("/demo/officers").await.expect(200).json();
        let officer = officers.as_array().unwrap().iter().find(|one| one["name"] == CITY).unwrap().clone();
        let given = json!({ "name": CITY, "password": officer["password"], "code": officer["code"] });
        let headers = [("x-forwarded-for", network), ("cookie", cookie)];
        world.visitor().json("POST", "/api/agency/session", &headers, &given).await
    };
    let (office, home) = ("192.0.2.1", "192.0.2.2");
    let first = sign_in(office, "").await.expect(201);
    let cookies: Vec<&str> = first.headers.get_all("set-cookie").iter().map(|one| one.to_str().unwrap()).collect();
    let own = cookies.iter().find(|cookie| cookie.starts_with("officer-browser=")).unwrap().split(';').next().unwrap();
    let guessed = guess(CITY);
    for number in 0..30 {
        post_from(&world, &other_network(number), "/api/agency/session", &guessed).await;
        post_from(&world, office, "/api/agency/session", &guessed).await;
    }
    sign_in(home, "").await.expect(429);
    sign_in(office, "").await.expect(429);
    sign_in(office, own).await.expect(201);
    sign_in(home, own).await.expect(201);
    // A wrong guess beside the lock does not prolong it, and it ends by itself.
    world.pass(15 * 60);
    sign_in(home, "").await.expect(201);
}

#[tokio::test]
async fn a_browser_that_is_known_may_fail_five_times_too() {
    let world = world().await;
    world.pass(30);
    let officers = world.get("/demo/officers").await.expect(200).json();
    let officer = officers.as_array().unwrap().iter().find(|one| one["name"] == DISTRICT).unwrap().clone();
    let given = json!({ "name": DISTRICT, "password": officer["password"], "code": officer["code"] });
    let first = post_from(&world, "192.0.2.1", "/api/agency/session", &given).await.expect(201);
    let cookies = first.headers.get_all("set-cookie").iter().map(|one| one.to_str().unwrap());
    let cookies: Vec<&str> = cookies.map(|one| one.split(';').next().unwrap()).collect();
    let cookie = cookies.join("; ");
    let body = guess(DISTRICT);
    let replies = at_once(async |number| {
        let network = other_network(number);
        let headers = [("x-forwarded-for", network.as_str()), ("cookie", cookie.as_str())];
        world.visitor().json("POST", "/api/agency/session", &headers, &body).await
    });
    assert_eq!(taken(&replies.await, 422), 5);
}

/// Of a report whose phone is the owner's.
async fn reported(world: &World) -> String {
    let report = json!({ "happened": "没人收材料", "phone": OWNER });
    let view = post_from(world, &other_network(0), "/api/grievances", &report).await.expect(201).json();
    view["number"].as_str().unwrap().to_owned()
}

async fn follow(world: &World, network: &str, number: &str) -> Reply {
    let headers = [("x-forwarded-for", network), ("x-phone", "13900000000")];
    world.visitor().send("GET", &format!("/api/grievances/{number}"), &headers, "".into()).await
}

#[tokio::test]
#[invariant::invariant("limits-hold")]
#[invariant::invariant("nobody-guesses")]
async fn the_phone_of_a_report_is_guessed_five_times_from_a_network_and_thirty_times_from_all() {
    for _ in 0..runs() {
        let world = world().await;
        let number = reported(&world).await;
        let replies = at_once(async |n| follow(&world, &same_network(n), &number).await).await;
        assert_eq!(taken(&replies, 404), 5);
        let replies = at_once(async |n| follow(&world, &other_network(n + 0x100), &number).await).await;
        assert_eq!(taken(&replies, 404), 30 - 5);
        // Whoever signs in with that phone needs no guess.
        let headers = [("x-forwarded-for", "192.0.2.1")];
        world.visitor().json("POST", "/api/session/codes", &headers, &json!({ "phone": OWNER })).await.expect(201);
        let given = json!({ "phone": OWNER, "code": world.code_for(OWNER).await });
        let session = world.visitor().json("POST", "/api/session", &headers, &given).await.expect(201);
        let cookie = session.header("set-cookie").split(';').next().unwrap();
        let headers = [("cookie", cookie), ("x-forwarded-for", "192.0.2.1")];
        world.visitor().send("GET", &format!("/api/grievances/{number}"), &headers, "".into()).await.expect(200);
    }
}

#[tokio::test]
#[invariant::invariant("limits-hold")]
async fn a_network_tries_sixty_numbers_of_reports() {
    for _ in 0..runs() {
        let world = world().await;
        let replies = at_once(async |n| follow(&world, &same_network(n), &format!("BB2611-{n:04}-1")).await).await;
        assert_eq!(taken(&replies, 404), 60);
    }
}

#[tokio::test]
#[invariant::invariant("limits-hold")]
async fn a_network_reports_thirty_times_an_hour_and_a_phone_is_named_ten_times() {
    for _ in 0..runs() {
        let world = world().await;
        let replies = at_once(async |number| {
            let report = json!({ "happened": "没人收材料", "phone": format!("1380736{number:04}") });
            post_from(&world, &same_network(number), "/api/grievances", &report).await
        });
        assert_eq!(taken(&replies.await, 201), 30);
        let replies = at_once(async |number| {
            let report = json!({ "happened": format!("第 {number} 次没人收"), "phone": "13907369999" });
            post_from(&world, &other_network(number), "/api/grievances", &report).await
        });
        assert_eq!(taken(&replies.await, 201), 10);
    }
}

#[tokio::test]
#[invariant::invariant("limits-hold")]
async fn a_person_has_fifty_drafts() {
    for _ in 0..runs() {
        let world = World::new().await;
        let owner = world.sign_in(OWNER).await;
        let new = json!({ "service": "corner-shop", "division": "430703" });
        let replies = at_once(async |_| owner.post("/api/drafts", &new).await).await;
        let begun = replies.iter().filter(|reply| reply.status == 201).count();
        let refused = replies.iter().filter(|reply| reply.code() == "too-many-drafts").count();
        assert_eq!((begun, refused), (50, AT_ONCE - 50));
        assert_eq!(owner.get("/api/drafts").await.expect(200).json().as_array().unwrap().len(), 50);
    }
}

/// Credit codes with right check characters.
fn credit_codes() -> impl Iterator<Item = String> {
    let ends = |base: String| "0123456789ABCDEFGHJKLMNPQRTUWXY".chars().map(move |end| format!("{base}{end}"));
    let is_right = |code: &String| CreditCode {}.check(&json!(code)).is_empty();
    (1_000_000..).map(|number| format!("92430703MA{number}")).flat_map(ends).filter(is_right)
}

#[tokio::test]
#[invariant::invariant("limits-hold")]
async fn a_person_asks_registers_for_thirty_numbers_an_hour_and_for_one_as_often_as_need_be() {
    for _ in 0..runs() {
        let world = World::new().await;
        let owner = world.sign_in(OWNER).await;
        let mut drafts = Vec::new();
        for code in credit_codes().take(48) {
            let draft = owner.draft().await;
            drafts.push(owner.change(&draft, &json!({ "credit-code": code })).await.expect(200).json());
        }
        let replies = join_all(drafts.iter().map(async |draft| owner.look_up(draft, &json!({})).await)).await;
        assert_eq!(taken(&replies, 200), 30);
        let asked = replies.iter().position(|reply| reply.status == 200).unwrap();
        let again = at_once(async |_| owner.look_up(&replies[asked].json(), &json!({})).await).await;
        assert!(again.iter().all(|reply| reply.status == 200 || reply.status == 412), "{}", again[0].text());
        let refused = replies.iter().position(|reply| reply.status == 429).unwrap();
        world.pass(60 * 60);
        let owner = world.sign_in(OWNER).await;
        owner.look_up(&drafts[refused], &json!({})).await.expect(200);
    }
}
