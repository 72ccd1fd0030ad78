//! PDF: what comes out is its pages, and nothing that says who made them, or that acts.

use std::io::Write;

use axum::body::Body;
use flate2::Compression;
use flate2::write::ZlibEncoder;
use image::ImageFormat;
use lopdf::{Document, Object};

use crate::photograph::{GPS_SECONDS, picture, with_place};
use crate::samples::{flat, pdf_of, stream};
use crate::world::{OWNER, Visitor, World};

/// A page with everything around it that says who made it, or that does something.
fn talkative() -> Vec<u8> {
    let photograph = with_place(40, 30);
    let twice = {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(&photograph).unwrap();
        encoder.finish().unwrap()
    };
    let image = "/Type /XObject /Subtype /Image /Width 40 /Height 30 /ColorSpace /DeviceRGB /BitsPerComponent 8 \
                 /Metadata 10 0 R /PieceInfo << /SECRET-APP << /Private (SECRET-PIECE) >> >>";
    let objects = [
        flat(
            "<< /Type /Catalog /Pages 2 0 R /Metadata 10 0 R /OpenAction 12 0 R /AA << /WC 12 0 R >> \
              /AcroForm << /Fields [7 0 R] >> /Lang (SECRET-LANG) /PieceInfo << /SECRET-APP << >> >> >>",
        ),
        flat("<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 200 200] /SECRET-KEY 12 0 R >>"),
        flat(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] /Contents 4 0 R /Metadata 10 0 R /AA << /O 12 0 R >> \
              /PieceInfo << /SECRET-APP << /Private (SECRET-PIECE) >> >> /LastModified (D:SECRET-DATE) \
              /Resources << /XObject << /Im0 5 0 R /Im1 13 0 R >> /Properties << /P0 << /Author (SECRET-AUTHOR) >> >> >> \
              /Annots [6 0 R 7 0 R 8 0 R 11 0 R] >>",
        ),
        stream("", b"q 100 0 0 100 0 0 cm /Im0 Do /Im1 Do Q"),
        stream(&format!("{image} /Filter /DCTDecode"), &photograph),
        flat("<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /T (SECRET-AUTHOR) /Contents (SECRET-COMMENT) >>"),
        flat(
            "<< /Type /Annot /Subtype /Widget /FT /Tx /Rect [0 0 50 9] /T (SECRET-FIELD) /V (SECRET-VALUE) \
              /AP << /N 9 0 R >> /AA << /K 12 0 R >> /A 12 0 R >>",
        ),
        flat("<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A 12 0 R >>"),
        stream("/Type /XObject /Subtype /Form /BBox [0 0 50 9] /Metadata 10 0 R", b"% the words of a field"),
        stream("/Type /Metadata /Subtype /XML", b"<x:xmpmeta>SECRET-XMP</x:xmpmeta>"),
        flat(
            "<< /Type /Annot /Subtype /FileAttachment /Rect [0 0 9 9] /FS << /F (SECRET-FILE) >> /AP << /N 9 0 R >> >>",
        ),
        flat("<< /S /URI /URI (http://SECRET-HOST/) /Next << /S /GoToR /F (\\\\\\\\SECRET-HOST\\\\share) >> >>"),
        stream(&format!("{image} /Filter [/FlateDecode /DCTDecode]"), &twice),
        flat("<< /Author (SECRET-AUTHOR) >>"),
    ];
    pdf_of(&objects, "/Root 1 0 R /Info 14 0 R /ID [<5345> <4352>]")
}

#[tokio::test]
#[invariant::invariant("clean-files")]
async fn a_pdf_comes_out_as_its_pages_and_nothing_else() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let draft = owner.draft().await;
    let view = owner.upload(&draft, "title-copy", &[], &talkative()).await.expect(200).json();
    let kept = owner.get(&format!("/api/attachments/{}", view["id"].as_str().unwrap())).await.expect(200).body;
    let holds = |bytes: &[u8]| kept.windows(bytes.len()).any(|window| window == bytes);
    for told in ["SECRET", "Exif", "/URI", "/AA", "/OpenAction", "/Metadata", "/PieceInfo", "/Info", "/ID"] {
        assert!(!holds(told.as_bytes()), "{told} is still there");
    }
    assert!(!holds(&GPS_SECONDS.to_le_bytes()), "the place is still there");
    assert!(holds(b"the words of a field"), "what was filled in is seen");
    let document = Document::load_mem(&kept).unwrap();
    let pages = document.get_pages();
    let page = document.get_dictionary(pages[&1]).unwrap();
    // Its own size, although the node above it has another.
    assert_eq!(
        (pages.len(), page.get(b"MediaBox").unwrap()),
        (1, &vec![0.into(), 0.into(), 100.into(), 100.into()].into())
    );
    let pictures = document.objects.values().filter_map(|object| object.as_stream().ok());
    let pictures = pictures.filter(|stream| stream.dict.get(b"Filter").and_then(Object::as_name).is_ok());
    let pictures: Vec<_> = pictures.map(|stream| image::load_from_memory(&stream.content).unwrap().width()).collect();
    assert_eq!(pictures, [40, 40]);
}

/// Inline pictures stand in the drawing itself, where nothing takes out what the camera wrote.
#[tokio::test]
#[invariant::invariant("clean-files")]
async fn a_photograph_in_the_midst_of_a_page_is_refused_with_its_place() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let draft = owner.draft().await;
    let mut drawing = b"q 40 0 0 30 0 0 cm BI /W 40 /H 30 /CS /RGB /BPC 8 /F /DCT ID ".to_vec();
    drawing.extend(with_place(40, 30));
    drawing.extend(b"\nEI Q");
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(&drawing).unwrap();
    let packed = encoder.finish().unwrap();
    for contents in [stream("", &drawing), stream("/Filter /FlateDecode", &packed)] {
        let objects = [
            flat("<< /Type /Catalog /Pages 2 0 R >>"),
            flat("<< /Type /Pages /Kids [3 0 R] /Count 1 >>"),
            flat("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R >>"),
            contents,
        ];
        let file = pdf_of(&objects, "/Root 1 0 R");
        let reply = owner.upload(&draft, "title-copy", &[], &file).await.expect(422);
        assert_eq!(reply.code(), "file-pdf-unusual");
    }
}

#[tokio::test]
#[invariant::invariant("strangers-files")]
async fn a_pdf_nested_without_end_is_refused_and_the_server_goes_on() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let draft = owner.draft().await;
    let nested = |open: &str, close: &str, depth: usize| format!("{}{}", open.repeat(depth), close.repeat(depth));
    for (depth, open, close) in [(1_000, "[", "]"), (120, "[", "]"), (300, "<< /A ", " >>"), (100_000, "[", "]")] {
        let deep = nested(open, close, depth);
        let in_catalog = with_page(&format!("/Deep {deep}"), &[]);
        let inside = format!("9 0 {deep}");
        let in_stream = stream("/Type /ObjStm /N 1 /First 4", inside.as_bytes());
        let packed = {
            let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
            encoder.write_all(inside.as_bytes()).unwrap();
            stream("/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", &encoder.finish().unwrap())
        };
        for file in [in_catalog, with_page("", &[in_stream]), with_page("", &[packed])] {
            let reply = owner.upload(&draft, "title-copy", &[], &file).await.expect(422);
            assert_eq!(reply.code(), "file-pdf-unusual", "{depth} {open}");
        }
    }
    world.get("/health").await.expect(200);
}

#[tokio::test]
#[invariant::invariant("strangers-files")]
async fn a_file_that_ends_its_reader_is_refused_for_good() {
    let mut world = World::new().await;
    let cookie = world.sign_in(OWNER).await.cookie;
    let owner = Visitor { world: &world, cookie: cookie.clone() };
    let draft = owner.draft().await;
    // Neither deep nor long for its sort, but thirty million lists fit into no gigabyte.
    let inside = format!("9 0 [{}", "[]".repeat(30_000_000));
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(inside.as_bytes()).unwrap();
    let packed = stream("/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", &encoder.finish().unwrap());
    let file = with_page("", &[packed]);
    let path = owner.begin(&draft, "title-copy", &[], file.len()).await;
    owner.tus("PATCH", &path, &[("upload-offset", "0")], Body::from(file)).await.expect(204);
    let attachment = format!("{path}/attachment");
    assert_eq!(owner.get(&attachment).await.expect(422).code(), "file-too-complex");
    // Now nothing is there that could be read again.
    world.config.cleaner_binary = Some("/nowhere".into());
    world.restart().await;
    let owner = Visitor { world: &world, cookie };
    assert_eq!(owner.get(&attachment).await.expect(422).code(), "file-too-complex");
    assert_eq!(std::fs::read_dir(world.config.data.join("uploads")).unwrap().count(), 0);
}

#[tokio::test]
#[invariant::invariant("strangers-files")]
async fn a_pdf_that_unpacks_without_end_is_refused_whatever_its_first_byte() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let draft = owner.draft().await;
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    for _ in 0..400 {
        encoder.write_all(&[b' '; 1_000_000]).unwrap();
    }
    let bomb = encoder.finish().unwrap();
    for window in 1..8u8 {
        let mut bomb = bomb.clone();
        bomb[0] = window << 4 | 8;
        bomb[1] = (0..32).find(|low| (u16::from(bomb[0]) << 8 | low) % 31 == 0).unwrap() as u8;
        let packed = stream("/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", &bomb);
        let reply = owner.upload(&draft, "title-copy", &[], &with_page("", &[packed])).await.expect(422);
        assert_eq!(reply.code(), "file-pdf-unusual", "{window}");
    }
}

#[tokio::test]
#[invariant::invariant("strangers-files")]
async fn a_pdf_of_thirty_thousand_objects_is_done_in_time() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let draft = owner.draft().await;
    let many: Vec<_> =
        (0..30_000).map(|number| flat(&format!("<< /Number {number} /Next {} 0 R >>", number + 5))).collect();
    let begun = std::time::Instant::now();
    owner.upload(&draft, "title-copy", &[], &with_page("/All 4 0 R", &many)).await.expect(200);
    assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
}

#[tokio::test]
#[invariant::invariant("clean-files")]
async fn a_pdf_that_is_cut_is_refused_wherever_it_was_cut() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let draft = owner.draft().await;
    let whole = with_page("", &[stream("", b"q Q"), stream("", b"q 1 0 0 1 0 0 cm Q")]);
    for percent in [10, 30, 60, 90, 97] {
        let cut = &whole[..whole.len() * percent / 100];
        let reply = owner.upload(&draft, "title-copy", &[], cut).await.expect(422);
        assert_eq!(reply.code(), "file-damaged", "{percent} %");
    }
    owner.upload(&draft, "title-copy", &[], &whole).await.expect(200);
}

#[tokio::test]
#[invariant::invariant("clean-files")]
async fn a_photograph_that_is_cut_is_refused_wherever_it_was_cut() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let draft = owner.draft().await;
    let whole = picture(300, 200, ImageFormat::Jpeg);
    for percent in [10, 30, 60, 90, 99] {
        let cut = &whole[..whole.len() * percent / 100];
        let reply = owner.upload(&draft, "sign.photos", &[("row", "a")], cut).await.expect(422);
        assert_eq!(reply.code(), "file-damaged", "{percent} %");
    }
    owner.upload(&draft, "sign.photos", &[("row", "a")], &whole).await.expect(200);
}

/// One page, more lines in its catalogue, and more objects, from number 4 on.
fn with_page(catalogue: &str, more: &[Vec<u8>]) -> Vec<u8> {
    let mut objects = vec![
        flat(&format!("<< /Type /Catalog /Pages 2 0 R {catalogue} >>")),
        flat("<< /Type /Pages /Kids [3 0 R] /Count 1 >>"),
        flat("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>"),
    ];
    objects.extend_from_slice(more);
    pdf_of(&objects, "/Root 1 0 R")
}
