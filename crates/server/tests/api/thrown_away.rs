//! What is thrown away is gone at once, and what is on the disk counts.

use std::fs;
use std::path::Path;

use axum::body::Body;
use axum::http::StatusCode;
use futures_util::future::join_all;
use image::ImageFormat;
use serde_json::{Value, json};

use crate::photograph::{pdf, picture};
use crate::world::{OWNER, STRANGER, Visitor, World, metadata};

const LARGEST_FILE_BYTES: usize = 20 * 1024 * 1024;

/// Asks to begin an upload of so many bytes.
async fn ask_to_begin(visitor: &Visitor<'_>, draft: &Value, bytes: usize) -> crate::world::Reply {
    let text = metadata(&[("draft", draft["id"].as_str().unwrap()), ("field", "title-copy")]);
    let bytes = bytes.to_string();
    let headers = [("upload-metadata", text.as_str()), ("upload-length", bytes.as_str())];
    visitor.tus("POST", "/api/uploads", &headers, Body::empty()).await
}

fn draft_path(draft: &Value) -> String {
    format!("/api/drafts/{}", draft["id"].as_str().unwrap())
}

fn pieces(world: &World) -> usize {
    fs::read_dir(world.config.data.join("uploads")).unwrap().count()
}

/// Whether any file of the server holds these bytes.
fn is_anywhere(folder: &Path, bytes: &[u8]) -> bool {
    fs::read_dir(folder).unwrap().any(|entry| {
        let path = entry.unwrap().path();
        if path.is_dir() {
            return is_anywhere(&path, bytes);
        }
        fs::read(&path).unwrap_or_default().windows(bytes.len()).any(|window| window == bytes)
    })
}

#[tokio::test]
#[invariant::invariant("thrown-away-is-gone")]
async fn a_draft_that_is_thrown_away_leaves_no_byte() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let draft = owner.draft().await;
    let changed = owner.change(&draft, &json!({ "licence-name": "CANARY-ANSWER" })).await.expect(200).json();
    let name = [("row", "a"), ("filename", "CANARY-NAME.png")];
    owner.upload(&changed, "sign.photos", &name, &picture(20, 20, ImageFormat::Png)).await.expect(200);
    let path = owner.begin(&draft, "title-copy", &[("filename", "CANARY-BEGUN.pdf")], 100).await;
    let piece = Body::from(&b"%PDF-1.7 CANARY-PIECE"[..]);
    owner.tus("PATCH", &path, &[("upload-offset", "0")], piece).await.expect(204);
    for canary in ["CANARY-ANSWER", "CANARY-NAME", "CANARY-BEGUN", "CANARY-PIECE"] {
        assert!(is_anywhere(&world.config.data, canary.as_bytes()), "{canary} is there before");
    }
    owner.delete(&draft_path(&draft)).await.expect(204);
    assert_eq!((world.kept_objects(), pieces(&world)), (0, 0));
    for canary in ["CANARY-ANSWER", "CANARY-NAME", "CANARY-BEGUN", "CANARY-PIECE"] {
        assert!(!is_anywhere(&world.config.data, canary.as_bytes()), "{canary} is still on the disk");
    }
    owner.tus("PATCH", &path, &[("upload-offset", "21")], Body::from("more")).await.expect(404);
    owner.tus("HEAD", &path, &[], Body::empty()).await.expect(404);
    assert_eq!(pieces(&world), 0);
}

#[tokio::test]
#[invariant::invariant("thrown-away-is-gone")]
async fn a_refused_file_is_gone_at_once_and_its_refusal_is_remembered() {
    let mut world = World::new().await;
    let cookie = world.sign_in(OWNER).await.cookie;
    let owner = Visitor { world: &world, cookie: cookie.clone() };
    let draft = owner.draft().await;
    let file = pdf("", "/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>");
    let path = owner.begin(&draft, "title-copy", &[], file.len()).await;
    owner.tus("PATCH", &path, &[("upload-offset", "0")], Body::from(file)).await.expect(204);
    let attachment = format!("{path}/attachment");
    assert_eq!(owner.get(&attachment).await.expect(422).code(), "file-pdf-active");
    assert_eq!(pieces(&world), 0);
    world.restart().await;
    let owner = Visitor { world: &world, cookie };
    assert_eq!(owner.get(&attachment).await.expect(422).code(), "file-pdf-active");
    // It is not on the disk, so it does not count.
    for _ in 0..60 {
        ask_to_begin(&owner, &draft, 10).await.expect(201);
    }
    assert_eq!(ask_to_begin(&owner, &draft, 10).await.expect(422).code(), "too-many-files");
}

#[tokio::test]
#[invariant::invariant("thrown-away-is-gone")]
async fn a_photograph_taken_out_of_the_form_is_deleted_and_counts_no_more() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let mut draft = owner.draft().await;
    let file = picture(20, 20, ImageFormat::Jpeg);
    for _ in 0..62 {
        let view = owner.upload(&draft, "sign.photos", &[("row", "a")], &file).await.expect(200).json();
        let photo = json!({ "id": view["id"], "name": view["name"], "bytes": view["bytes"] });
        let sign = json!([{ "row": "a", "text": "刘记", "width": "1", "photos": [photo] }]);
        // Each replaces the one before, as turning a photograph does.
        draft = owner.change(&draft, &json!({ "sign": sign })).await.expect(200).json();
        assert_eq!(world.kept_objects(), 2, "the picture and its thumbnail");
    }
    let id = draft["answers"]["sign"][0]["photos"][0]["id"].as_str().unwrap().to_owned();
    owner.get(&format!("/api/attachments/{id}")).await.expect(200);
    owner.change(&draft, &json!({ "sign": null })).await.expect(200);
    owner.get(&format!("/api/attachments/{id}")).await.expect(404);
    assert_eq!(world.kept_objects(), 0);
}

#[tokio::test]
#[invariant::invariant("counted-on-disk")]
async fn many_drafts_hold_no_more_bytes_than_a_person_may_have() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let mut begun = 0;
    for _ in 0..3 {
        let draft = owner.draft().await;
        for _ in 0..40 {
            let reply = ask_to_begin(&owner, &draft, LARGEST_FILE_BYTES).await;
            match reply.status {
                StatusCode::CREATED => begun += 1,
                _ => assert_eq!(reply.expect(422).code(), "too-many-bytes"),
            }
        }
    }
    assert_eq!(begun, 50, "a thousand megabytes");
    let stranger = world.sign_in(STRANGER).await;
    let other = stranger.draft().await;
    ask_to_begin(&stranger, &other, LARGEST_FILE_BYTES).await.expect(201);
}

#[tokio::test]
#[invariant::invariant("counted-on-disk")]
async fn files_begun_at_the_same_time_are_counted_exactly() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let draft = owner.draft().await;
    let all = join_all((0..200).map(|_| ask_to_begin(&owner, &draft, 10))).await;
    let begun = all.iter().filter(|reply| reply.status == StatusCode::CREATED).count();
    assert_eq!(begun, 60);
    assert_eq!(pieces(&world), 60, "a refused beginning leaves no piece");
    for reply in all.into_iter().filter(|reply| reply.status != StatusCode::CREATED) {
        assert_eq!(reply.expect(422).code(), "too-many-files");
    }
}
