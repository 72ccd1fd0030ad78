//! A canvas, in the page or off the screen.

use std::f64::consts::FRAC_PI_2;

use js_sys::Promise;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, CanvasRenderingContext2d, HtmlCanvasElement, HtmlImageElement, ImageBitmap, ImageEncodeOptions,
    OffscreenCanvas,
};

use super::judgement::Pixels;
use crate::browser::{document, promise, settle};

const JPEG: &str = "image/jpeg";
const QUALITY: f64 = 0.82;

/// Pixels to draw on. It gives them back when it is dropped.
pub(super) enum Canvas {
    OfPage(HtmlCanvasElement),
    OffScreen(OffscreenCanvas),
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    None,
    /// By a quarter.
    Right,
}

/// What can be drawn on a canvas.
pub(super) trait Drawable {
    fn size(&self) -> (u32, u32);
    fn draw(&self, context: &CanvasRenderingContext2d, width: f64, height: f64) -> Result<(), JsValue>;
}

impl Canvas {
    pub(super) fn blank(width: u32, height: u32) -> Option<Self> {
        let Some(document) = document() else { return OffscreenCanvas::new(width, height).ok().map(Self::OffScreen) };
        let canvas: HtmlCanvasElement = document.create_element("canvas").ok()?.dyn_into().ok()?;
        canvas.set_width(width);
        canvas.set_height(height);
        Some(Self::OfPage(canvas))
    }

    /// The source on a canvas that is no longer than this on any side.
    pub(super) fn draw(source: &impl Drawable, longest: u32, turn: Turn) -> Option<Self> {
        let (width, height) = fitted(source.size(), longest);
        let canvas = if turn == Turn::Right { Self::blank(height, width)? } else { Self::blank(width, height)? };
        let context = canvas.context()?;
        let _ = js_sys::Reflect::set(&context, &"imageSmoothingQuality".into(), &"high".into());
        if turn == Turn::Right {
            context.translate(f64::from(height), 0.0).ok()?;
            context.rotate(FRAC_PI_2).ok()?;
        }
        source.draw(&context, f64::from(width), f64::from(height)).ok()?;
        Some(canvas)
    }

    /// The context of a canvas off the screen offers what is used here under the same names.
    pub(super) fn context(&self) -> Option<CanvasRenderingContext2d> {
        let context = match self {
            Self::OfPage(canvas) => canvas.get_context("2d"),
            Self::OffScreen(canvas) => canvas.get_context("2d"),
        };
        Some(context.ok()??.unchecked_into())
    }

    pub(super) fn pixels(&self) -> Option<Pixels> {
        let (width, height) = self.size();
        let data = self.context()?.get_image_data(0.0, 0.0, f64::from(width), f64::from(height)).ok()?;
        Some(Pixels::new(width, height, &data.data()))
    }

    /// The picture as a JPEG.
    pub(super) async fn encode(&self) -> Option<Blob> {
        JsFuture::from(self.encoding().ok()?).await.ok()?.dyn_into().ok()
    }

    fn encoding(&self) -> Result<Promise, JsValue> {
        match self {
            Self::OffScreen(canvas) => {
                let options = ImageEncodeOptions::new();
                options.set_type(JPEG);
                options.set_quality(QUALITY);
                canvas.convert_to_blob_with_options(&options)
            }
            Self::OfPage(canvas) => {
                let (encoded, fulfil) = promise();
                let taken = Closure::once_into_js(move |blob: JsValue| settle(&fulfil, &blob));
                canvas.to_blob_with_type_and_encoder_options(taken.unchecked_ref(), JPEG, &QUALITY.into())?;
                Ok(encoded)
            }
        }
    }
}

impl Drawable for Canvas {
    fn size(&self) -> (u32, u32) {
        match self {
            Self::OfPage(canvas) => (canvas.width(), canvas.height()),
            Self::OffScreen(canvas) => (canvas.width(), canvas.height()),
        }
    }

    fn draw(&self, context: &CanvasRenderingContext2d, width: f64, height: f64) -> Result<(), JsValue> {
        match self {
            Self::OfPage(canvas) => {
                context.draw_image_with_html_canvas_element_and_dw_and_dh(canvas, 0.0, 0.0, width, height)
            }
            Self::OffScreen(canvas) => {
                context.draw_image_with_offscreen_canvas_and_dw_and_dh(canvas, 0.0, 0.0, width, height)
            }
        }
    }
}

/// The pixels are given back at once, not when somebody tidies up.
impl Drop for Canvas {
    fn drop(&mut self) {
        match self {
            Self::OfPage(canvas) => {
                canvas.set_width(0);
                canvas.set_height(0);
            }
            Self::OffScreen(canvas) => {
                canvas.set_width(0);
                canvas.set_height(0);
            }
        }
    }
}

impl Drawable for HtmlImageElement {
    fn size(&self) -> (u32, u32) {
        (self.natural_width(), self.natural_height())
    }

    fn draw(&self, context: &CanvasRenderingContext2d, width: f64, height: f64) -> Result<(), JsValue> {
        context.draw_image_with_html_image_element_and_dw_and_dh(self, 0.0, 0.0, width, height)
    }
}

impl Drawable for ImageBitmap {
    fn size(&self) -> (u32, u32) {
        (self.width(), self.height())
    }

    fn draw(&self, context: &CanvasRenderingContext2d, width: f64, height: f64) -> Result<(), JsValue> {
        context.draw_image_with_image_bitmap_and_dw_and_dh(self, 0.0, 0.0, width, height)
    }
}

/// The same shape, no longer than `longest` on any side, and never blown up.
fn fitted((width, height): (u32, u32), longest: u32) -> (u32, u32) {
    let scale = (f64::from(longest) / f64::from(width.max(height).max(1))).min(1.0);
    let side = |side: u32| (f64::from(side) * scale).round().max(1.0) as u32;
    (side(width), side(height))
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::fitted;

    #[wasm_bindgen_test]
    fn the_longest_side_decides_and_the_shape_stays() {
        for (size, longest, fits) in [
            ((4032, 3024), 2048, (2048, 1536)),
            ((3024, 4032), 2048, (1536, 2048)),
            ((640, 480), 2048, (640, 480)),
            ((5000, 1), 200, (200, 1)),
        ] {
            assert_eq!(fitted(size, longest), fits, "{size:?}");
        }
    }
}
