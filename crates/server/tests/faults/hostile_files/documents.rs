//! PDF of every sort that has ended or held up a reader.

use std::fmt::Write as _;
use std::io::Write as _;

use fastrand::Rng;
use flate2::Compression;
use flate2::write::ZlibEncoder;

use super::Hostile;
use crate::samples::{flat, pdf_of, stream};

const PAGE: &str = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200]";

pub(super) fn any(chance: &mut Rng) -> Hostile {
    let (sort, file) = match chance.u8(0..12) {
        0 => ("nested in the catalogue", nested(chance)),
        1 => ("nested in an object stream", nested_in_stream(chance)),
        2 => ("nested words", with_page(&format!("/Deep {}", deep(chance, "(", ")", 5_000)), "", &[])),
        3 => ("pages in a loop", looping_pages(chance)),
        4 => ("references in a loop", looping_references(chance)),
        5 => ("tables in a loop", looping_tables(chance)),
        6 => ("swelling", swelling(chance)),
        7 => ("swelling twice", swelling_twice(chance)),
        8 => ("many objects", many_objects(chance)),
        9 => ("impossible numbers", impossible_numbers(chance)),
        10 => ("cut", cut(chance)),
        _ => ("changed at random", changed(chance)),
    };
    Hostile { sort, file }
}

/// One page, with more in its catalogue and in itself, and more objects, from number 4 on.
fn with_page(catalogue: &str, page: &str, more: &[Vec<u8>]) -> Vec<u8> {
    let mut objects = vec![
        flat(&format!("<< /Type /Catalog /Pages 2 0 R {catalogue} >>")),
        flat("<< /Type /Pages /Kids [3 0 R] /Count 1 >>"),
        flat(&format!("{PAGE} {page} >>")),
    ];
    objects.extend_from_slice(more);
    pdf_of(&objects, "/Root 1 0 R")
}

/// A file as a scanner writes it.
fn ordinary(chance: &mut Rng) -> Vec<u8> {
    let content = packed(format!("q {} 0 0 100 0 0 cm /Im0 Do Q", chance.u32(1..200)).as_bytes());
    let image = "/Type /XObject /Subtype /Image /Width 8 /Height 8 /ColorSpace /DeviceGray /BitsPerComponent 8";
    let pixels: Vec<u8> = (0..64).map(|_| chance.u8(..)).collect();
    let page = "/Contents 4 0 R /Resources << /XObject << /Im0 5 0 R >> >>";
    let objects =
        [stream("/Filter /FlateDecode", &content), stream(&format!("{image} /Filter /FlateDecode"), &packed(&pixels))];
    with_page("", page, &objects)
}

fn packed(content: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

fn deep(chance: &mut Rng, open: &str, close: &str, most: usize) -> String {
    let depth = chance.usize(20..most);
    // Some are never closed.
    let closed = if chance.bool() { depth } else { chance.usize(0..depth) };
    format!("{}{}", open.repeat(depth), close.repeat(closed))
}

fn deep_either_way(chance: &mut Rng) -> String {
    match chance.u8(0..3) {
        0 => deep(chance, "[", "]", 100_000),
        1 => deep(chance, "<< /A ", " >>", 20_000),
        _ => deep(chance, "[ << /A ", " >> ]", 10_000),
    }
}

fn nested(chance: &mut Rng) -> Vec<u8> {
    let deep = deep_either_way(chance);
    match chance.u8(0..3) {
        0 => with_page(&format!("/Deep {deep}"), "", &[]),
        1 => with_page("", &format!("/Annots {deep}"), &[]),
        _ => pdf_of(&[flat("<< /Type /Catalog >>")], &format!("/Root 1 0 R /Deep {deep}")),
    }
}

fn nested_in_stream(chance: &mut Rng) -> Vec<u8> {
    let inside = format!("9 0 {}", deep_either_way(chance));
    let object = match chance.bool() {
        true => stream("/Type /ObjStm /N 1 /First 4", inside.as_bytes()),
        false => stream("/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", &packed(inside.as_bytes())),
    };
    with_page("/Deep 9 0 R", "", &[object])
}

fn looping_pages(chance: &mut Rng) -> Vec<u8> {
    let (one, other) = (chance.u8(1..5), chance.u8(1..5));
    let objects = [
        flat("<< /Type /Catalog /Pages 2 0 R >>"),
        flat(&format!(
            "<< /Type /Pages /Kids [{one} 0 R 3 0 R {other} 0 R] /Count {} /Parent {one} 0 R >>",
            chance.i32(..)
        )),
        flat(&format!("{PAGE} /Resources {other} 0 R /Contents [{one} 0 R] >>")),
        flat(&format!("<< /Type /Pages /Kids [2 0 R 4 0 R {other} 0 R] /Parent 4 0 R >>")),
    ];
    pdf_of(&objects, "/Root 1 0 R")
}

fn looping_references(chance: &mut Rng) -> Vec<u8> {
    let form = "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /A 4 0 R /B 5 0 R >> >>";
    let length = format!("<< {form} /Length {} 0 R >>\nstream\nq Q\nendstream", chance.u8(4..8));
    let objects =
        [stream(form, b"/A Do /B Do"), flat(&length), flat(&format!("{} 0 R", chance.u8(6..8))), flat("6 0 R")];
    with_page("/Deep 6 0 R", "/Contents 7 0 R /Resources << /XObject << /A 4 0 R >> >> /Annots 6 0 R", &objects)
}

/// Cross-reference tables that name each other as the one before.
fn looping_tables(chance: &mut Rng) -> Vec<u8> {
    let mut file = ordinary(chance);
    let table = file.windows(4).position(|window| window == b"xref").unwrap();
    let own = file.len();
    let before = [table, own, own + 1, usize::MAX >> 1][chance.usize(0..4)];
    let more = format!(
        "xref\n0 0\ntrailer\n<< /Root 1 0 R /Size 6 /Prev {before} /XRefStm {own} >>\nstartxref\n{own}\n%%EOF\n"
    );
    file.extend_from_slice(more.as_bytes());
    file
}

/// Zeros or brackets, behind each header that zlib knows.
fn swell(chance: &mut Rng) -> Vec<u8> {
    let piece = vec![[b' ', b'[', 0][chance.usize(0..3)]; 1_000_000];
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    for _ in 0..chance.u32(1..120) {
        encoder.write_all(&piece).unwrap();
    }
    let mut bomb = encoder.finish().unwrap();
    bomb[0] = chance.u8(0..8) << 4 | 8;
    bomb[1] = (0..32).find(|low| (u16::from(bomb[0]) << 8 | low) % 31 == 0).unwrap() as u8;
    bomb
}

fn swelling(chance: &mut Rng) -> Vec<u8> {
    let bomb = swell(chance);
    let dictionary = match chance.u8(0..4) {
        0 => "/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode",
        1 => "/Type /ObjStm /N 9 /First 99 /Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 99999999 >>",
        2 => "/Type /XRef /W [1 4 2] /Size 99999999 /Root 1 0 R /Filter /FlateDecode",
        _ => "/Type /XObject /Subtype /Image /Width 9 /Height 9 /Filter [/FlateDecode /DCTDecode]",
    };
    with_page("", "/Resources << /XObject << /A 4 0 R >> >>", &[stream(dictionary, &bomb)])
}

fn swelling_twice(chance: &mut Rng) -> Vec<u8> {
    let bomb = packed(&swell(chance));
    let filter = ["[/FlateDecode /FlateDecode]", "[/FlateDecode /FlateDecode /DCTDecode]"][chance.usize(0..2)];
    let object = stream(&format!("/Type /ObjStm /N 1 /First 4 /Filter {filter}"), &bomb);
    with_page("", "/Resources << /XObject << /A 4 0 R >> >>", &[object])
}

fn many_objects(chance: &mut Rng) -> Vec<u8> {
    let many = chance.usize(1_000..60_000);
    let objects: Vec<_> =
        (0..many).map(|number| flat(&format!("<< /A {} 0 R /B [ {} ] >>", number + 5, number))).collect();
    match chance.u8(0..3) {
        0 => with_page("/All 4 0 R", "", &objects),
        1 => with_page("", "/Annots [4 0 R] /Resources << /Font << /F 4 0 R >> >>", &objects),
        _ => {
            let kids = (0..many).fold(String::new(), |mut kids, number| {
                let _ = write!(kids, "{} 0 R ", number % 4 + 1);
                kids
            });
            let pages = flat(&format!("<< /Type /Pages /Kids [{kids}] /Count {many} >>"));
            pdf_of(&[flat("<< /Type /Catalog /Pages 2 0 R >>"), pages, flat(&format!("{PAGE} >>"))], "/Root 1 0 R")
        }
    }
}

fn impossible_numbers(chance: &mut Rng) -> Vec<u8> {
    let number = ["-1", "99999999999999999999", "4294967296", "-0.0000001", "1e99", "9223372036854775807"];
    let mut one = || number[chance.usize(0..number.len())];
    let object = format!("/Type /ObjStm /N {} /First {} /Length {}", one(), one(), one());
    let image = format!("/Type /XObject /Subtype /Image /Width {} /Height {}", one(), one());
    let page = format!("/Rotate {} /MediaBox [{} {} {} 7] /Contents {} 0 R", one(), one(), one(), one(), one());
    let objects = [stream(&object, b"9 0 1"), stream(&image, b"pixels"), flat(one())];
    with_page(&format!("/Version {}", one()), &page, &objects)
}

fn cut(chance: &mut Rng) -> Vec<u8> {
    let mut file = ordinary(chance);
    file.truncate(chance.usize(5..file.len()));
    file
}

fn changed(chance: &mut Rng) -> Vec<u8> {
    let mut file = ordinary(chance);
    for _ in 0..chance.usize(1..20) {
        let at = chance.usize(5..file.len());
        match chance.u8(0..3) {
            0 => file[at] = chance.u8(..),
            1 => file.insert(at, b"[]<>()/%R0"[chance.usize(0..10)]),
            _ => drop(file.remove(at)),
        }
    }
    file
}
