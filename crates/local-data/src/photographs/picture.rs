//! A decoded picture. Browsers differ in what turns it upright.

use js_sys::Promise;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, HtmlImageElement, ImageBitmap, Url};

use super::canvas::Drawable;
use crate::browser::{blob_of, document, promise, scope, settle};

/// Two pixels side by side, and a note that says: turn it to see it upright. Then they stand one above the other.
const LYING: &[u8] = include_bytes!("lying.jpg");

/// It gives its pixels back when it is dropped: one of twelve megapixels is fifty megabytes.
pub(super) enum Picture {
    Bitmap(ImageBitmap),
    Element(HtmlImageElement),
}

impl Picture {
    /// `None` where it is no picture that this browser knows.
    pub(super) async fn decode(blob: &Blob) -> Option<Self> {
        // Workers have bitmaps only.
        match document() {
            Some(_) if !turns_bitmaps().await => Some(Self::Element(element_of(blob).await?)),
            _ => Some(Self::Bitmap(bitmap_of(blob).await?)),
        }
    }

    /// Whether the browser has turned it as its note says.
    pub(super) fn is_upright(&self) -> bool {
        match self {
            // Where bitmaps are not turned, none are used.
            Self::Bitmap(_) => true,
            Self::Element(_) => web_sys::css::supports_with_value("image-orientation", "from-image").unwrap_or(false),
        }
    }
}

impl Drawable for Picture {
    fn size(&self) -> (u32, u32) {
        match self {
            Self::Bitmap(bitmap) => bitmap.size(),
            Self::Element(element) => element.size(),
        }
    }

    fn draw(&self, context: &CanvasRenderingContext2d, width: f64, height: f64) -> Result<(), JsValue> {
        match self {
            Self::Bitmap(bitmap) => bitmap.draw(context, width, height),
            Self::Element(element) => element.draw(context, width, height),
        }
    }
}

impl Drop for Picture {
    fn drop(&mut self) {
        match self {
            Self::Bitmap(bitmap) => bitmap.close(),
            Self::Element(element) => drop(element.remove_attribute("src")),
        }
    }
}

async fn bitmap_of(blob: &Blob) -> Option<ImageBitmap> {
    JsFuture::from(scope().create_image_bitmap_with_blob(blob).ok()?).await.ok()?.dyn_into().ok()
}

/// Whether this browser turns bitmaps upright: older ones leave them as they lie, and some have none.
pub async fn turns_bitmaps() -> bool {
    if js_sys::Reflect::get(&js_sys::global(), &"createImageBitmap".into()).is_ok_and(|value| value.is_undefined()) {
        return false;
    }
    let Some(lying) = blob_of(&js_sys::Uint8Array::from(LYING), "image/jpeg") else { return false };
    let bitmap = bitmap_of(&lying).await;
    bitmap.is_some_and(|bitmap| bitmap.size() == (1, 2))
}

async fn element_of(blob: &Blob) -> Option<HtmlImageElement> {
    let url = Url::create_object_url_with_blob(blob).ok()?;
    let element = HtmlImageElement::new().ok()?;
    let loaded = loading(&element, &url);
    let is_loaded = JsFuture::from(loaded).await.is_ok_and(|is_loaded| is_loaded.is_truthy());
    let _ = Url::revoke_object_url(&url);
    is_loaded.then_some(element)
}

fn loading(element: &HtmlImageElement, url: &str) -> Promise {
    let (loaded, fulfil) = promise();
    for (event, is_loaded) in [("load", true), ("error", false)] {
        let fulfil = fulfil.clone();
        let listener = Closure::once_into_js(move || settle(&fulfil, &is_loaded.into()));
        let _ = element.add_event_listener_with_callback(event, listener.unchecked_ref());
    }
    element.set_src(url);
    loaded
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    async fn a_picture_that_lies_on_its_side_is_turned_upright() {
        let lying = blob_of(&js_sys::Uint8Array::from(LYING), "image/jpeg").unwrap();
        let picture = Picture::decode(&lying).await.unwrap();
        assert_eq!(picture.size(), (1, 2));
        assert!(picture.is_upright());
    }

    #[wasm_bindgen_test]
    async fn an_element_is_decoded_as_bitmaps_are() {
        let lying = blob_of(&js_sys::Uint8Array::from(LYING), "image/jpeg").unwrap();
        assert_eq!(element_of(&lying).await.unwrap().size(), (1, 2));
        let text = blob_of(&js_sys::Uint8Array::from(&b"no picture"[..]), "image/jpeg").unwrap();
        assert!(element_of(&text).await.is_none());
    }
}
