//! Uploads from the first byte to the cleaned file.

use std::io;

use axum::body::Body;
use axum::http::StatusCode;
use image::{GenericImageView, ImageFormat};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::photograph::{GPS_SECONDS, bomb, pdf, picture, with_place};
use crate::world::{OWNER, STRANGER, Visitor, World, metadata};

fn sha256(file: &[u8]) -> String {
    Sha256::digest(file).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[tokio::test]
#[invariant::invariant("clean-files")]
async fn a_photograph_arrives_upright_and_without_the_place() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let draft = owner.draft().await;
    let file = with_place(400, 300);
    assert!(file.windows(4).any(|window| window == GPS_SECONDS.to_le_bytes()));
    let place = [("row", "a"), ("filename", "C:\\fakepath\\前.jpg"), ("sha256", &sha256(&file))];
    let view = owner.upload(&draft, "sign.photos", &place, &file).await.expect(200).json();
    assert_eq!((&view["name"], &view["media_type"]), (&json!("前.jpg"), &json!("image/jpeg")));
    assert_eq!((&view["width"], &view["height"]), (&json!(300), &json!(400)));
    let path = format!("/api/attachments/{}", view["id"].as_str().unwrap());
    let kept = owner.get(&path).await.expect(200);
    assert_eq!(kept.body.len(), view["bytes"].as_u64().unwrap() as usize);
    assert_eq!(image::load_from_memory(&kept.body).unwrap().dimensions(), (300, 400));
    for secret in [b"Exif".as_slice(), b"CAM", &GPS_SECONDS.to_le_bytes()] {
        assert!(!kept.body.windows(secret.len()).any(|window| window == secret), "{secret:?}");
    }
    let small = owner.get(&format!("{path}?thumbnail=1")).await.expect(200);
    assert_eq!(image::load_from_memory(&small.body).unwrap().dimensions(), (240, 320));
}

#[tokio::test]
async fn a_file_is_served_so_that_no_browser_runs_it() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let draft = owner.draft().await;
    let file = picture(20, 20, ImageFormat::Png);
    let view = owner.upload(&draft, "sign.photos", &[("row", "a")], &file).await.expect(200).json();
    let reply = owner.get(&format!("/api/attachments/{}", view["id"].as_str().unwrap())).await.expect(200);
    for (header, value) in [
        ("x-content-type-options", "nosniff"),
        ("content-disposition", "attachment"),
        ("content-security-policy", "sandbox; default-src 'none'"),
        ("cache-control", "private, no-store"),
        ("content-type", "image/png"),
    ] {
        assert_eq!(reply.header(header), value, "{header}");
    }
}

#[tokio::test]
#[invariant::invariant("cut-uploads-go-on")]
async fn a_cut_upload_goes_on_where_it_was_cut() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let draft = owner.draft().await;
    let file = with_place(600, 400);
    let path = owner.begin(&draft, "sign.photos", &[("row", "a")], file.len()).await;
    assert_eq!(owner.get(&format!("{path}/attachment")).await.expect(409).code(), "not-arrived");

    let first = file.len() / 3;
    let cut =
        futures_util::stream::iter([Ok(file[..first].to_vec()), Err(io::Error::from(io::ErrorKind::ConnectionReset))]);
    let length = file.len().to_string();
    let headers = [("upload-offset", "0"), ("content-length", length.as_str())];
    owner.tus("PATCH", &path, &headers, Body::from_stream(cut)).await;

    let head = owner.tus("HEAD", &path, &[], Body::empty()).await.expect(200);
    assert_eq!(head.header("upload-offset"), first.to_string());
    let offset = first.to_string();
    let headers = [("upload-offset", offset.as_str())];
    owner.tus("PATCH", &path, &headers, Body::from(file[first..].to_vec())).await.expect(204);
    let view = owner.get(&format!("{path}/attachment")).await.expect(200).json();
    assert_eq!(owner.get(&format!("{path}/attachment")).await.expect(200).json(), view);
    assert_eq!(view["width"], 400);
}

#[tokio::test]
#[invariant::invariant("cut-uploads-go-on")]
async fn a_newer_request_takes_over_from_one_that_hangs() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let draft = owner.draft().await;
    let file = with_place(300, 200);
    let path = owner.begin(&draft, "sign.photos", &[("row", "a")], file.len()).await;
    let half = file.len() / 2;
    let (arrived, at_server) = tokio::sync::oneshot::channel::<()>();
    let piece = file[..half].to_vec();
    let hanging = async_stream(piece, arrived);
    let length = file.len().to_string();
    let headers = [("upload-offset", "0"), ("content-length", length.as_str())];
    let old = owner.tus("PATCH", &path, &headers, hanging);
    let new = async {
        at_server.await.unwrap();
        owner.tus("HEAD", &path, &[], Body::empty()).await.expect(200)
    };
    let (_, head) = tokio::join!(old, new);
    assert_eq!(head.header("upload-offset"), half.to_string());
}

/// One piece, and then nothing for ever. Says when the piece was taken.
fn async_stream(piece: Vec<u8>, arrived: tokio::sync::oneshot::Sender<()>) -> Body {
    let begun = (Some(piece), Some(arrived));
    Body::from_stream(futures_util::stream::unfold(begun, async |(piece, mut arrived)| match piece {
        Some(piece) => Some((Ok::<_, io::Error>(piece), (None, arrived))),
        None => {
            if let Some(arrived) = arrived.take() {
                arrived.send(()).unwrap();
            }
            std::future::pending().await
        }
    }))
}

#[tokio::test]
async fn files_that_will_not_do_are_refused_with_a_reason() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let draft = owner.draft().await;
    let photo = picture(40, 30, ImageFormat::Jpeg);
    for (field, file, code) in [
        ("sign.photos", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".to_vec(), "file-heic"),
        ("sign.photos", b"GIF89a\x01\0\x01\0\x80\0\0".to_vec(), "file-not-a-picture"),
        ("sign.photos", b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>".to_vec(), "file-not-a-picture"),
        ("sign.photos", photo[..photo.len() / 8].to_vec(), "file-damaged"),
        ("sign.photos", bomb(), "file-too-many-pixels"),
        ("sign.photos", pdf("", ""), "file-pdf-not-asked"),
        ("title-copy", pdf("/Encrypt << /Filter /Standard >>", ""), "file-pdf-encrypted"),
        ("title-copy", pdf("", "/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"), "file-pdf-active"),
        ("title-copy", pdf("", "/Note /LZWDecode"), "file-pdf-unusual"),
        ("title-copy", b"%PDF-1.7 and nothing else".to_vec(), "file-damaged"),
    ] {
        let reply = owner.upload(&draft, field, &[("row", "a")], &file).await.expect(422);
        assert_eq!(reply.code(), code);
        assert!(reply.json()["detail"].as_str().unwrap().chars().count() > 10, "{code}");
    }
    let wrong = sha256(b"something else");
    let reply = owner.upload(&draft, "sign.photos", &[("row", "a"), ("sha256", &wrong)], &photo).await.expect(422);
    assert_eq!(reply.code(), "file-changed-on-the-way");
}

#[tokio::test]
async fn a_pdf_is_taken_where_it_is_asked_for_and_forgets_its_author() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let draft = owner.draft().await;
    let view = owner.upload(&draft, "title-copy", &[("filename", "证.pdf")], &pdf("", "")).await.expect(200).json();
    assert_eq!(view["media_type"], "application/pdf");
    let path = format!("/api/attachments/{}", view["id"].as_str().unwrap());
    let kept = owner.get(&path).await.expect(200).body;
    assert!(kept.starts_with(b"%PDF"));
    assert!(!kept.windows(6).any(|window| window == b"Author"));
    owner.get(&format!("{path}?thumbnail=1")).await.expect(404);
}

#[tokio::test]
async fn pictures_of_other_kinds_and_sizes_are_taken() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let draft = owner.draft().await;
    for (file, media_type, width) in [
        (picture(30, 20, ImageFormat::Png), "image/png", 30),
        (picture(30, 20, ImageFormat::WebP), "image/jpeg", 30),
        (picture(3600, 30, ImageFormat::Jpeg), "image/jpeg", 3000),
    ] {
        let view = owner.upload(&draft, "sign.photos", &[("row", "a")], &file).await.expect(200).json();
        assert_eq!((&view["media_type"], &view["width"]), (&json!(media_type), &json!(width)));
    }
}

#[tokio::test]
async fn uploads_need_a_draft_of_ones_own_and_a_question_that_takes_files() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let draft = owner.draft().await;
    let id = draft["id"].as_str().unwrap();
    let stranger = world.sign_in(STRANGER).await;
    let create = async |visitor: &Visitor<'_>, text: &str, bytes: &str| {
        let headers = [("upload-metadata", text), ("upload-length", bytes)];
        visitor.tus("POST", "/api/uploads", &headers, Body::empty()).await.status.as_u16()
    };
    let right = metadata(&[("draft", id), ("field", "title-copy")]);
    assert_eq!(create(&owner, &right, "10").await, 201);
    assert_eq!(create(&stranger, &right, "10").await, 404);
    assert_eq!(create(&world.visitor(), &right, "10").await, 401);
    assert_eq!(create(&owner, &metadata(&[("draft", id), ("field", "operator")]), "10").await, 404);
    assert_eq!(create(&owner, &metadata(&[("draft", id), ("field", "nothing")]), "10").await, 404);
    assert_eq!(create(&owner, &metadata(&[("draft", id)]), "10").await, 400);
    assert_eq!(create(&owner, "draft not-base64!", "10").await, 400);
    assert_eq!(create(&owner, &right, "20971521").await, 413);
}

#[tokio::test]
#[invariant::invariant("any-tus-client")]
async fn options_lists_the_extensions_and_others_are_refused_by_name() {
    let world = World::new().await;
    let offered = world.visitor().send("OPTIONS", "/api/uploads", &[], Body::empty()).await.expect(200);
    for (header, value) in
        [("tus-version", "1.0.0"), ("tus-extension", "creation,expiration,termination"), ("tus-max-size", "20971520")]
    {
        assert_eq!(offered.header(header), value, "{header}");
    }
    let owner = world.sign_in(OWNER).await;
    let right = metadata(&[("draft", owner.draft().await["id"].as_str().unwrap()), ("field", "title-copy")]);
    for (header, value, extension) in [
        ("upload-concat", "partial", "concatenation"),
        ("upload-defer-length", "1", "creation-defer-length"),
        ("content-type", "application/offset+octet-stream", "creation-with-upload"),
    ] {
        // The refusal comes before other checks: parts of a concatenation, for one, name no draft.
        for text in ["", right.as_str()] {
            let headers = [("upload-metadata", text), ("upload-length", "10"), (header, value)];
            let refused = owner.tus("POST", "/api/uploads", &headers, Body::empty()).await.expect(400).json();
            assert!(refused["detail"].as_str().unwrap().contains(extension), "{refused}");
        }
    }
}

#[tokio::test]
#[invariant::invariant("owners-only")]
async fn an_upload_and_its_file_are_nobody_elses() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let draft = owner.draft().await;
    let file = picture(20, 20, ImageFormat::Jpeg);
    let path = owner.begin(&draft, "sign.photos", &[("row", "a")], file.len()).await;
    let finished = owner.upload(&draft, "sign.photos", &[("row", "a")], &file).await.expect(200).json();
    let attachment = format!("/api/attachments/{}", finished["id"].as_str().unwrap());
    for (visitor, status) in [(world.sign_in(STRANGER).await, 404), (world.visitor(), 401)] {
        for method in ["HEAD", "PATCH", "DELETE"] {
            let reply = visitor.tus(method, &path, &[("upload-offset", "0")], Body::empty()).await;
            assert_eq!(reply.status, StatusCode::from_u16(status).unwrap(), "{method}");
        }
        visitor.get(&format!("{path}/attachment")).await.expect(status);
        visitor.get(&attachment).await.expect(status);
        visitor.get(&format!("{attachment}?thumbnail=1")).await.expect(status);
        visitor.delete(&attachment).await.expect(status);
    }
    owner.delete(&attachment).await.expect(204);
    owner.get(&attachment).await.expect(404);
}

#[tokio::test]
async fn a_draft_holds_sixty_files_at_most_and_takes_them_along_when_deleted() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let draft = owner.draft().await;
    let view = owner.upload(&draft, "title-copy", &[], &pdf("", "")).await.expect(200).json();
    for _ in 0..59 {
        owner.begin(&draft, "title-copy", &[], 10).await;
    }
    let text = metadata(&[("draft", draft["id"].as_str().unwrap()), ("field", "title-copy")]);
    let headers = [("upload-metadata", text.as_str()), ("upload-length", "10")];
    let reply = owner.tus("POST", "/api/uploads", &headers, Body::empty()).await.expect(422);
    assert_eq!(reply.code(), "too-many-files");
    owner.delete(&format!("/api/drafts/{}", draft["id"].as_str().unwrap())).await.expect(204);
    owner.get(&format!("/api/attachments/{}", view["id"].as_str().unwrap())).await.expect(404);
}

#[tokio::test]
async fn a_finished_file_survives_a_restart() {
    let mut world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let draft = owner.draft().await;
    let file = picture(20, 20, ImageFormat::Jpeg);
    let path = owner.begin(&draft, "sign.photos", &[("row", "a")], file.len()).await;
    owner.tus("PATCH", &path, &[("upload-offset", "0")], Body::from(file)).await.expect(204);
    let cookie = owner.cookie.clone();
    world.restart().await;
    let owner = Visitor { world: &world, cookie };
    let view: Value = owner.get(&format!("{path}/attachment")).await.expect(200).json();
    owner.get(&format!("/api/attachments/{}", view["id"].as_str().unwrap())).await.expect(200);
}

#[tokio::test]
async fn asking_twice_at_once_for_a_finished_file_keeps_it_once() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let draft = owner.draft().await;
    let file = picture(20, 20, ImageFormat::Jpeg);
    let path = owner.begin(&draft, "sign.photos", &[("row", "a")], file.len()).await;
    owner.tus("PATCH", &path, &[("upload-offset", "0")], Body::from(file)).await.expect(204);
    let attachment = format!("{path}/attachment");
    let (one, other) = tokio::join!(owner.get(&attachment), owner.get(&attachment));
    assert_eq!(one.expect(200).json(), other.expect(200).json());
    // The picture and its thumbnail, once each.
    assert_eq!(world.kept_objects(), 2);
    owner.delete(&format!("/api/drafts/{}", draft["id"].as_str().unwrap())).await.expect(204);
    assert_eq!(world.kept_objects(), 0);
}
