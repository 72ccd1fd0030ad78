//! Makes a photograph small before it travels: at most 2,048 pixels, upright, without place and time in it. A canvas
//! keeps nothing but pixels, so all metadata stays on the phone.

use crate::browser::document;
use wasm_bindgen::prelude::*;
use wasm_bindgen::{JsCast, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, File, HtmlCanvasElement, HtmlImageElement, Url};

use crate::words::t;

const LONGEST_SIDE: f64 = 2048.0;
const QUALITY: f64 = 0.82;

/// The picture to send. The error is a sentence for the resident.
pub(crate) async fn shrink(file: &File) -> Result<Blob, String> {
    if file.type_() == "application/pdf" {
        return Ok(file.clone().into());
    }
    let url = Url::create_object_url_with_blob(file).map_err(|_| unreadable(file))?;
    let picture = decoded(&url).await.map_err(|_| unreadable(file));
    let drawn = match picture {
        Ok(picture) => draw(&picture).await.map_err(|_| unreadable(file)),
        Err(sentence) => Err(sentence),
    };
    let _ = Url::revoke_object_url(&url);
    match drawn {
        // Webviews before Chromium 81 do not turn pictures upright: the server does it for them.
        Ok(_) if !turns_upright() => Ok(file.clone().into()),
        other => other,
    }
}

async fn decoded(url: &str) -> Result<HtmlImageElement, JsValue> {
    let picture = HtmlImageElement::new()?;
    let loaded = js_sys::Promise::new(&mut |resolve, reject| {
        picture.set_onload(Some(&resolve));
        picture.set_onerror(Some(&reject));
    });
    picture.set_src(url);
    JsFuture::from(loaded).await?;
    Ok(picture)
}

async fn draw(picture: &HtmlImageElement) -> Result<Blob, JsValue> {
    let (width, height) = (f64::from(picture.natural_width()), f64::from(picture.natural_height()));
    let scale = (LONGEST_SIDE / width.max(height)).min(1.0);
    let canvas: HtmlCanvasElement = document().create_element("canvas")?.unchecked_into();
    canvas.set_width((width * scale).round() as u32);
    canvas.set_height((height * scale).round() as u32);
    let context: CanvasRenderingContext2d = canvas.get_context("2d")?.ok_or(JsValue::NULL)?.unchecked_into();
    context.draw_image_with_html_image_element_and_dw_and_dh(picture, 0.0, 0.0, width * scale, height * scale)?;
    let made = js_sys::Promise::new(&mut |resolve, reject| {
        let taken = Closure::once_into_js(move |blob: JsValue| {
            let _ = if blob.is_null() { reject.call0(&JsValue::NULL) } else { resolve.call1(&JsValue::NULL, &blob) };
        });
        let _ = canvas.to_blob_with_type_and_encoder_options(taken.unchecked_ref(), "image/jpeg", &QUALITY.into());
    });
    let blob = JsFuture::from(made).await?;
    // Gives the pixels back at once: a cheap phone has few of them.
    canvas.set_width(0);
    Ok(blob.unchecked_into())
}

fn turns_upright() -> bool {
    web_sys::css::supports_with_value("image-orientation", "from-image").unwrap_or(false)
}

fn unreadable(file: &File) -> String {
    let name = file.name().to_ascii_lowercase();
    if name.ends_with(".heic") || name.ends_with(".heif") {
        let zh = "这是 HEIC 格式的照片，这里打不开。请在相机设置里选“兼容性最佳”再拍，或把照片截图后上传。";
        return t(zh, "This is a HEIC photo, which cannot be opened here. Set the camera to “Most compatible”, or upload a screenshot of it.").to_owned();
    }
    t("这个文件不是照片，打不开。请换一张照片。", "This file is not a photo. Please choose another.").to_owned()
}
