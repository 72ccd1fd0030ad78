//! Makes a photograph small before it travels: at most 2,048 pixels, upright, without place and time in it, since a
//! canvas keeps nothing but pixels. One at a time: a cheap phone has memory for one picture of twelve megapixels.

mod canvas;
mod judgement;
mod picture;

use wasm_bindgen::JsCast;
use web_sys::{Blob, File};

use crate::protocol::{Failure, Hint};
use canvas::{Canvas, Turn};
use picture::Picture;
pub use picture::turns_bitmaps;

const LONGEST_SIDE: u32 = 2048;
const THUMBNAIL_SIDE: u32 = 320;
const PDF: &str = "application/pdf";

/// A file as it travels.
pub(crate) struct Prepared {
    pub(crate) blob: Blob,
    pub(crate) thumbnail: Option<Blob>,
    pub(crate) hint: Option<Hint>,
}

/// Makes a picture small. Papers stay as they are.
pub(crate) async fn prepare(file: &File) -> Result<Prepared, Failure> {
    if file.type_() == PDF {
        return Ok(Prepared { blob: file.clone().unchecked_into(), thumbnail: None, hint: None });
    }
    let picture = Picture::decode(file).await.ok_or_else(|| failure_of(&file.name()))?;
    let is_upright = picture.is_upright();
    let canvas = Canvas::draw(&picture, LONGEST_SIDE, Turn::None).ok_or(Failure::Unreadable)?;
    drop(picture);
    let small = Canvas::draw(&canvas, THUMBNAIL_SIDE, Turn::None).ok_or(Failure::Unreadable)?;
    let thumbnail = small.encode().await;
    let judged = Canvas::draw(&canvas, judgement::SIDE, Turn::None);
    let hint = judged.and_then(|judged| judged.pixels()).and_then(|pixels| pixels.hint());
    // The server turns those upright that this browser cannot.
    let blob = match is_upright {
        true => canvas.encode().await.ok_or(Failure::Unreadable)?,
        false => file.clone().unchecked_into(),
    };
    Ok(Prepared { blob, thumbnail, hint })
}

/// The same picture turned by a quarter, to the right.
pub(crate) async fn turn_right(blob: &Blob) -> Option<Blob> {
    let picture = Picture::decode(blob).await?;
    let canvas = Canvas::draw(&picture, LONGEST_SIDE, Turn::Right)?;
    drop(picture);
    canvas.encode().await
}

fn failure_of(name: &str) -> Failure {
    let name = name.to_lowercase();
    if name.ends_with(".heic") || name.ends_with(".heif") { Failure::Heic } else { Failure::Unreadable }
}

#[cfg(test)]
mod tests {
    use js_sys::Array;
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::canvas::Drawable;
    use super::*;

    /// A picture of these sides in one colour, with a dark square in its upper left corner.
    async fn painted(width: u32, height: u32, colour: &str) -> Blob {
        let canvas = Canvas::blank(width, height).unwrap();
        let context = canvas.context().unwrap();
        context.set_fill_style_str(colour);
        context.fill_rect(0.0, 0.0, f64::from(width), f64::from(height));
        context.set_fill_style_str("black");
        context.fill_rect(0.0, 0.0, f64::from(width) / 4.0, f64::from(height) / 4.0);
        canvas.encode().await.unwrap()
    }

    fn file(blob: &Blob, name: &str) -> File {
        File::new_with_blob_sequence(&Array::of1(blob), name).unwrap()
    }

    #[wasm_bindgen_test]
    async fn a_large_picture_becomes_small_and_keeps_its_shape() {
        let prepared = prepare(&file(&painted(3000, 1500, "white").await, "a.jpg")).await.unwrap();
        let small = Picture::decode(&prepared.blob).await.unwrap();
        assert_eq!(small.size(), (2048, 1024));
        let thumbnail = Picture::decode(&prepared.thumbnail.unwrap()).await.unwrap();
        assert_eq!(thumbnail.size(), (320, 160));
    }

    #[wasm_bindgen_test]
    async fn a_small_picture_is_not_blown_up() {
        let prepared = prepare(&file(&painted(64, 48, "white").await, "a.jpg")).await.unwrap();
        assert_eq!(Picture::decode(&prepared.blob).await.unwrap().size(), (64, 48));
    }

    #[wasm_bindgen_test]
    async fn a_dark_picture_and_a_blurred_one_are_told_apart() {
        let dark = prepare(&file(&painted(400, 300, "rgb(20, 20, 20)").await, "a.jpg")).await.unwrap();
        assert_eq!(dark.hint, Some(Hint::Dark));
        let sharp = prepare(&file(&painted(400, 300, "white").await, "a.jpg")).await.unwrap();
        assert_eq!(sharp.hint, None);
    }

    #[wasm_bindgen_test]
    async fn a_turned_picture_stands_on_its_side_with_its_left_edge_on_top() {
        let turned = turn_right(&painted(80, 40, "white").await).await.unwrap();
        let picture = Picture::decode(&turned).await.unwrap();
        assert_eq!(picture.size(), (40, 80));
        let pixels = Canvas::draw(&picture, LONGEST_SIDE, Turn::None).unwrap().pixels().unwrap();
        assert!(pixels.grey_at(37, 2) < 60.0, "the dark corner is not at the upper right");
        assert!(pixels.grey_at(2, 2) > 200.0, "the upper left is not bright");
    }

    #[wasm_bindgen_test]
    async fn what_is_no_picture_is_refused_and_a_heic_is_called_so() {
        let text = Blob::new_with_str_sequence(&Array::of1(&"no picture".into())).unwrap();
        assert_eq!(prepare(&file(&text, "a.jpg")).await.err(), Some(Failure::Unreadable));
        assert_eq!(prepare(&file(&text, "IMG_1.HEIC")).await.err(), Some(Failure::Heic));
    }
}
