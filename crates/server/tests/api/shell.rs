//! Pages with their first screen in them: readable without the app, and never one person's for another.

use std::fs;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use crate::officers::submitted_case;
use crate::ratings::refused;
use crate::world::{OWNER, Reply, STRANGER, Visitor, World, settings};

const PAGE: &str = "<!doctype html><html lang=\"zh-CN\"><head>\
    <script src=\"/look.js\"></script><link rel=\"stylesheet\" href=\"/app.css\"/>\
    <script type=\"module\" src=\"/boot.js\"></script></head><body><main id=\"boot\">\
    <div id=\"boot-skeleton\" role=\"status\"></div><div id=\"boot-no-network\"></div></main></body></html>";

async fn with_app() -> World {
    let folder = TempDir::new().unwrap();
    let app = folder.path().join("dist");
    fs::create_dir_all(&app).unwrap();
    let files = [("index.html", PAGE), ("look.js", "document;"), ("app.css", "main { color: red }")];
    for (name, content) in files {
        fs::write(app.join(name), content).unwrap();
    }
    let mut config = settings(&folder);
    config.app = Some(app);
    World::with(config, folder).await
}

/// What is laid into a page, by address: its status and its JSON.
fn laid_in(page: &str) -> Vec<(String, u16, Value)> {
    let elements = page.split("<script type=\"application/json\" data-url=\"").skip(1);
    let read = |element: &str| {
        let (url, rest) = element.split_once("\" data-status=\"").unwrap();
        let (status, rest) = rest.split_once("\">").unwrap();
        let (body, _) = rest.split_once("</script>").unwrap();
        (url.to_owned(), status.parse().unwrap(), serde_json::from_str(body).unwrap())
    };
    elements.map(read).collect()
}

fn answer(page: &Reply, url: &str) -> Option<(u16, Value)> {
    laid_in(&page.text()).into_iter().find(|(own, ..)| own == url).map(|(_, status, body)| (status, body))
}

async fn with_cookie(world: &World, path: &str, cookie: &str) -> Reply {
    Visitor { world, cookie: cookie.to_owned() }.get(path).await
}

#[tokio::test]
async fn the_start_page_shows_services_as_links() {
    let world = with_app().await;
    let page = world.get("/").await.expect(200);
    assert!(page.text().contains("href=\"/services/corner-shop\"") && page.text().contains("街角小店"));
    assert!(page.text().contains("href=\"/sign-in?next=/\""));
    assert_eq!(answer(&page, "/api/session"), Some((401, Value::Null)));
    let services = world.get("/api/services").await.json();
    assert_eq!(answer(&page, "/api/services"), Some((200, services)));
}

#[tokio::test]
async fn what_the_first_paint_waits_for_stands_in_the_page_and_nothing_else_may() {
    let world = with_app().await;
    for path in ["/", "/?q=x", "/sign-in"] {
        let page = world.get(path).await.expect(200);
        let (style, script) =
            (between(&page.text(), "<style>", "</style>"), between(&page.text(), "<script>", "</script>"));
        assert!(!style.is_empty() && !script.is_empty(), "{path}");
        assert!(!page.text().contains("app.css") && !page.text().contains("look.js"), "{path}");
        let policy = page.header("content-security-policy").to_owned();
        let directive = |name: &str| policy.split("; ").find(|part| part.starts_with(name)).unwrap().to_owned();
        assert_eq!(directive("style-src"), format!("style-src 'self' 'sha256-{}'", sha256(&style)), "{path}");
        let hash = format!("'self' 'wasm-unsafe-eval' 'sha256-{}'", sha256(&script));
        assert_eq!(directive("script-src"), format!("script-src {hash}"), "{path}");
    }
    let file = world.get("/app.css").await.expect(200);
    assert!(file.header("content-security-policy").contains("style-src 'self';"));
}

fn between(text: &str, start: &str, end: &str) -> String {
    let (_, rest) = text.split_once(start).unwrap();
    rest.split_once(end).unwrap().0.to_owned()
}

fn sha256(content: &str) -> String {
    BASE64_STANDARD.encode(Sha256::digest(content))
}

#[tokio::test]
async fn a_search_needs_no_script() {
    let world = with_app().await;
    let found = world.get("/?q=%EF%BC%AA%EF%BC%AA%EF%BC%B8%EF%BC%A4").await.expect(200).text();
    assert!(found.contains("href=\"/services/corner-shop\""), "ＪＪＸＤ finds nothing");
    let nothing = world.get("/?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E+x").await.expect(200).text();
    assert!(
        !nothing.contains("href=\"/services/corner-shop\"") && nothing.contains("href=\"/grievance?at=/&amp;about=")
    );
    assert!(!nothing.contains("<script>alert") && nothing.contains("value=\"&quot;&gt;&lt;script&gt;alert"));
}

#[tokio::test]
async fn a_guide_is_drawn_in_the_language_and_for_the_place_of_the_phone() {
    let world = with_app().await;
    let chinese = world.get("/services/corner-shop").await.expect(200).text();
    assert!(chinese.contains("<html lang=\"zh-CN\" data-division=\"430702\"") && chinese.contains("要准备什么"));
    let cookie = "language=en; division=430703";
    let english = with_cookie(&world, "/services/corner-shop", cookie).await.expect(200);
    let text = english.text();
    assert!(text.contains("<html lang=\"en\" data-division=\"430703\"") && text.contains("What to bring"));
    assert!(answer(&english, "/api/services/corner-shop?division=430703").is_some());
    let strange = with_cookie(&world, "/services/corner-shop", "language=\"><b>; division=\"><b>").await.text();
    assert!(strange.contains("<html lang=\"zh-CN\" data-division=\"430702\""));
}

#[tokio::test]
async fn a_finished_case_is_not_counted_as_in_progress() {
    let world = with_app().await;
    let owner = world.sign_in(OWNER).await;
    let reference = submitted_case(&owner).await;
    let home = async || owner.get("/").await.expect(200).text();
    assert!(home().await.contains("1 件办理中"));
    refused(&world, &reference).await;
    let after = home().await;
    assert!(after.contains("没有办理中的") && !after.contains("件办理中"), "{after}");
    assert_eq!(owner.get("/api/cases").await.expect(200).json()[0]["finished"], true);
}

#[tokio::test]
async fn what_everybody_sees_is_tagged_and_compressed_once() {
    let world = with_app().await;
    for path in ["/", "/services/corner-shop", "/sign-in", "/api/services"] {
        let packed = world.visitor().send("GET", path, &[("accept-encoding", "br")], "".into()).await.expect(200);
        assert_eq!(packed.header("content-encoding"), "br", "{path}");
        assert!(packed.header("cache-control").contains("no-cache"), "{path}");
        let tag = packed.header("etag").to_owned();
        world.visitor().send("GET", path, &[("if-none-match", &tag)], "".into()).await.expect(304);
        assert_eq!(world.get(path).await.header("etag"), tag, "{path}");
    }
}

#[tokio::test]
#[invariant::invariant("nobody-elses-page")]
async fn what_one_person_sees_is_kept_by_nobody() {
    let world = with_app().await;
    let anybody = world.get("/").await;
    let owner = world.sign_in(OWNER).await;
    let draft = owner.draft().await;
    let step = format!("/drafts/{}", draft["id"].as_str().unwrap());
    for path in ["/", "/services/corner-shop", "/drafts", &step, "/cases", "/sign-in"] {
        let page = owner.get(path).await.expect(200);
        assert_eq!((page.header("cache-control"), page.header("etag")), ("no-store", ""), "{path}");
        let (status, session) = answer(&page, "/api/session").unwrap();
        assert_eq!((status, &session["phone"]), (200, &json!("138****0001")), "{path}");
    }
    // The tag of the public page is no way to it.
    let again = owner.send("GET", "/", &[("if-none-match", anybody.header("etag"))], "".into()).await.expect(200);
    assert!(again.text().contains("138****0001"));
    assert_eq!(world.get("/").await.body, anybody.body);
}

#[tokio::test]
#[invariant::invariant("nobody-elses-page")]
async fn a_step_shows_its_frame_to_its_owner_only() {
    let world = with_app().await;
    let owner = world.sign_in(OWNER).await;
    let draft = owner.draft().await;
    let id = draft["id"].as_str().unwrap();
    let draft = owner.change(&draft, &json!({ "licence-name": "</script><b>小店" })).await.expect(200).json();
    let path = format!("/drafts/{id}");
    let page = owner.get(&path).await.expect(200);
    let text = page.text();
    assert!(text.contains("第 1 步") && text.contains("class=\"top-bar-title\">街角小店"), "{text}");
    assert!(!text.contains("</script><b>") && text.contains("\\u003c/script>\\u003cb>小店"));
    assert_eq!(answer(&page, &format!("/api/drafts/{id}")), Some((200, draft)));
    assert!(answer(&page, "/api/services/corner-shop/versions/1?division=430703").is_some());

    let stranger = world.sign_in(STRANGER).await;
    for other in [stranger.get(&path).await, world.get(&path).await] {
        let text = other.expect(200).text();
        assert!(!text.contains("小店") && !text.contains(&format!("/api/drafts/{id}\"")), "{text}");
        assert!(text.contains("<div id=\"boot-skeleton\" role=\"status\">"));
    }
}

#[tokio::test]
async fn a_retired_option_is_drawn_for_whoever_chose_it() {
    let world = with_app().await;
    let owner = world.sign_in(OWNER).await;
    let draft = owner.draft().await;
    let path = format!("/drafts/{}", draft["id"].as_str().unwrap());
    let is_drawn = async || owner.get(&path).await.expect(200).text().contains("value=\"usual\"");
    assert!(!is_drawn().await);
    owner.change(&draft, &json!({ "track": "usual" })).await.expect(200);
    assert!(is_drawn().await);
}

#[tokio::test]
#[invariant::invariant("nobody-elses-page")]
async fn beside_what_is_searched_for_stands_nothing_personal() {
    let world = with_app().await;
    let owner = world.sign_in(OWNER).await;
    let page = owner.get("/?q=x").await.expect(200);
    assert_eq!(answer(&page, "/api/session"), None);
    assert!(!page.text().contains("138****0001") && !page.text().contains("journal_key"));
}

#[tokio::test]
#[invariant::invariant("nobody-elses-page")]
async fn a_session_that_is_over_fills_no_page() {
    let world = with_app().await;
    let owner = world.sign_in(OWNER).await;
    let draft = owner.draft().await;
    world.pass(16 * 60);
    let page = owner.get(&format!("/drafts/{}", draft["id"].as_str().unwrap())).await.expect(200);
    assert_eq!(answer(&page, "/api/session"), Some((401, Value::Null)));
    assert_eq!(laid_in(&page.text()).len(), 1);
}

#[tokio::test]
#[invariant::invariant("nobody-elses-page")]
async fn who_signed_out_without_a_network_is_not_on_the_page() {
    let world = with_app().await;
    let owner = world.sign_in(OWNER).await;
    let page = with_cookie(&world, "/", &format!("{}; signed-out=yes", owner.cookie)).await.expect(200);
    assert_eq!(answer(&page, "/api/session"), Some((401, Value::Null)));
    let page = with_cookie(&world, "/", &format!("{}; signed-out=", owner.cookie)).await.expect(200);
    assert!(page.text().contains("138****0001"));
}

#[tokio::test]
#[invariant::invariant("nobody-elses-page")]
async fn the_page_without_a_person_is_there_for_the_service_worker() {
    let world = with_app().await;
    let owner = world.sign_in(OWNER).await;
    assert_eq!(owner.get("/index.html").await.expect(200).text(), PAGE);
}
