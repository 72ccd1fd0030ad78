//! The app's files beside the API, and the headers over everything.

use std::fs;

use tempfile::TempDir;

use crate::world::World;

const DAY: i64 = 24 * 60 * 60;

async fn with_app() -> World {
    let folder = TempDir::new().unwrap();
    let app = folder.path().join("dist");
    fs::create_dir_all(&app).unwrap();
    fs::write(app.join("index.html"), "<!doctype html>page").unwrap();
    fs::write(app.join("tokens-0b1c2d3e4f5a6b7c.css"), ":root{}").unwrap();
    fs::write(app.join("tokens-0b1c2d3e4f5a6b7c.css.br"), "brotli").unwrap();
    fs::write(app.join("icon.svg"), "<svg/>").unwrap();
    let mut config = server::config::Config::new(folder.path());
    config.app = Some(app);
    World::with(config, folder).await
}

#[tokio::test]
async fn every_address_of_the_app_is_its_page() {
    let world = with_app().await;
    for path in ["/", "/services/corner-shop", "/drafts/1/signs?back=review", "/sign-in", "/anything"] {
        let reply = world.get(path).await.expect(200);
        assert_eq!(reply.body, b"<!doctype html>page", "{path}");
        assert_eq!(reply.header("cache-control"), "no-cache", "{path}");
    }
}

#[tokio::test]
async fn files_with_a_hash_are_kept_for_ever_and_sent_compressed() {
    let world = with_app().await;
    let path = "/tokens-0b1c2d3e4f5a6b7c.css";
    let plain = world.get(path).await.expect(200);
    assert_eq!(plain.header("cache-control"), "public, max-age=31536000, immutable");
    let small = world.visitor().send("GET", path, &[("accept-encoding", "br, gzip")], "".into()).await.expect(200);
    assert_eq!((small.header("content-encoding"), small.body.as_slice()), ("br", b"brotli".as_slice()));
    assert_eq!(world.get("/icon.svg").await.expect(200).header("cache-control"), "no-cache");
}

#[tokio::test]
#[invariant::invariant("old-pages-go-on")]
async fn a_file_that_is_not_there_is_not_a_page() {
    let world = with_app().await;
    for path in ["/app-ffffffffffffffff.js", "/../Cargo.toml", "/drafts/x.map"] {
        let reply = world.get(path).await.expect(404);
        assert_ne!(reply.body, b"<!doctype html>page", "{path}");
    }
    // Without --demo there is nothing to see there.
    assert_eq!(world.get("/demo/sms?phone=1").await.body, b"<!doctype html>page");
}

#[tokio::test]
#[invariant::invariant("old-pages-go-on")]
async fn files_of_an_earlier_release_are_served_for_thirty_days() {
    let mut world = with_app().await;
    let app = world.config.app.clone().unwrap();
    fs::remove_dir_all(&app).unwrap();
    fs::create_dir_all(&app).unwrap();
    fs::write(app.join("index.html"), "<!doctype html>new page").unwrap();
    fs::write(app.join("tokens-ffff2d3e4f5a6b7c.css"), "new").unwrap();
    world.restart().await;

    let old = "/tokens-0b1c2d3e4f5a6b7c.css";
    assert_eq!(world.get("/").await.body, b"<!doctype html>new page");
    world.get("/icon.svg").await.expect(404);
    world.pass(30 * DAY - 60);
    world.run_background_jobs().await;
    let plain = world.get(old).await.expect(200);
    assert_eq!((plain.header("content-type"), plain.text().as_str()), ("text/css", ":root{}"));
    assert_eq!(plain.header("cache-control"), "public, max-age=31536000, immutable");
    let small = world.visitor().send("GET", old, &[("accept-encoding", "br, gzip")], "".into()).await.expect(200);
    assert_eq!((small.header("content-encoding"), small.body.as_slice()), ("br", b"brotli".as_slice()));

    world.pass(120);
    world.run_background_jobs().await;
    let gone = world.get(old).await.expect(404);
    assert_eq!((gone.header("cache-control"), gone.body.len()), ("no-cache", 0));
    world.get("/tokens-ffff2d3e4f5a6b7c.css").await.expect(200);
}

#[tokio::test]
#[invariant::invariant("strict-pages")]
async fn every_answer_carries_the_protective_headers() {
    let world = with_app().await;
    for path in ["/", "/icon.svg", "/api/services", "/api/nothing", "/health"] {
        let reply = world.get(path).await;
        assert!(reply.header("content-security-policy").starts_with("default-src 'self'"), "{path}");
        assert!(!reply.header("content-security-policy").contains("'unsafe-inline'"), "{path}");
        assert_eq!(reply.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(reply.header("referrer-policy"), "no-referrer", "{path}");
        assert!(!reply.header("permissions-policy").is_empty(), "{path}");
    }
    let old = [("user-agent", "Mozilla/5.0 (Linux; Android 10) Chrome/80.0.3987.99 Mobile Safari/537.36")];
    let reply = world.visitor().send("GET", "/", &old, "".into()).await.expect(200);
    assert!(reply.header("content-security-policy").contains("'unsafe-eval'"));
}

#[tokio::test]
async fn behind_https_browsers_are_told_to_stay_there() {
    let folder = TempDir::new().unwrap();
    let mut config = server::config::Config::new(folder.path());
    config.behind_https = true;
    let world = World::with(config, folder).await;
    assert_eq!(world.get("/health").await.expect(200).header("strict-transport-security"), "max-age=31536000");
    let out = world.visitor().delete("/api/session").await.expect(204);
    assert!(out.header("set-cookie").ends_with("; Secure"), "{}", out.header("set-cookie"));
}

#[tokio::test]
async fn the_page_of_the_demonstration_has_people_and_switches() {
    let world = World::new().await;
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let pressed = world.visitor().send("POST", "/demo/switches", &form, "partner=identity&mode=slow".into()).await;
    assert_eq!(pressed.expect(303).header("location"), "/demo#switches");
    let page = String::from_utf8(world.get("/demo").await.expect(200).body).unwrap();
    for part in ["刘建国", "92430703MA0000023M", "identity：<b>slow</b>"] {
        assert!(page.contains(part), "{part}");
    }
    let unknown = world.visitor().send("POST", "/demo/switches", &form, "partner=x&mode=slow".into()).await;
    assert_eq!(unknown.expect(400).code(), "unreadable");
}
