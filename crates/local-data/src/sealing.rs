//! Sealing with AES-GCM: only whoever has the person's key opens a record, and only under its own name.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AesGcmParams, Crypto, CryptoKey, SubtleCrypto};

use crate::records::{field, record};

const ALGORITHM: &str = "AES-GCM";
const NONCE_BYTES: u32 = 12;
/// So much of the hash tells one person from another.
const OWNER_DIGITS: usize = 16;

/// A person's key. No script can read it out.
#[derive(Clone)]
pub(crate) struct Key(CryptoKey);

impl Key {
    /// Reads the key that the server tells a signed-in session, in hexadecimal digits. `None` where the browser seals
    /// nothing: pages without https have no keys, and nothing is kept in the clear.
    pub(crate) async fn import(digits: &str) -> Option<Self> {
        let (raw, usages) = (bytes_of(digits)?, Array::of2(&"encrypt".into(), &"decrypt".into()));
        let import = subtle()?.import_key_with_str("raw", &raw, ALGORITHM, false, &usages).ok()?;
        Some(Self(JsFuture::from(import).await.ok()?.dyn_into().ok()?))
    }

    pub(crate) fn of_record(record: &JsValue) -> Option<Self> {
        field(record, "key").dyn_into().ok().map(Self)
    }

    pub(crate) fn value(&self) -> JsValue {
        self.0.clone().into()
    }

    /// A record with this name and fields beside what is sealed.
    pub(crate) async fn seal(&self, id: &str, bytes: &Uint8Array, fields: &[(&str, JsValue)]) -> Option<JsValue> {
        let nonce = Uint8Array::new_with_length(NONCE_BYTES);
        crypto()?.get_random_values_with_js_u8_array(&nonce).ok()?;
        let parameters = parameters(&nonce, id);
        let sealing = subtle()?.encrypt_with_object_and_js_u8_array(&parameters, &self.0, bytes).ok()?;
        let sealed = JsFuture::from(sealing).await.ok()?;
        let own = [("id", JsValue::from(id)), ("iv", nonce.into()), ("sealed", sealed)];
        Some(record(&[&own, fields].concat()))
    }

    pub(crate) async fn seal_text(&self, id: &str, text: &str, fields: &[(&str, JsValue)]) -> Option<JsValue> {
        self.seal(id, &Uint8Array::from(text.as_bytes()), fields).await
    }

    /// What is sealed in a record; `None` where it was sealed with another key, or is not what was sealed.
    pub(crate) async fn unseal(&self, record: &JsValue) -> Option<Uint8Array> {
        let nonce: Uint8Array = field(record, "iv").dyn_into().ok()?;
        let parameters = parameters(&nonce, &field(record, "id").as_string()?);
        let sealed = Uint8Array::new(&field(record, "sealed"));
        let unsealing = subtle()?.decrypt_with_object_and_js_u8_array(&parameters, &self.0, &sealed).ok()?;
        Some(Uint8Array::new(&JsFuture::from(unsealing).await.ok()?))
    }

    pub(crate) async fn unseal_text(&self, record: &JsValue) -> Option<String> {
        String::from_utf8(self.unseal(record).await?.to_vec()).ok()
    }
}

/// What tells the records of one person from those of another: it follows from the key, and tells nothing of it.
pub(crate) async fn owner_of(digits: &str) -> Option<String> {
    let digest = sha256(&bytes_of(digits)?).await?;
    Some(digest.chars().take(OWNER_DIGITS).collect())
}

/// SHA-256 in hexadecimal digits; `None` on pages without https.
pub(crate) async fn sha256(bytes: &Uint8Array) -> Option<String> {
    let digest = subtle()?.digest_with_str_and_js_u8_array("SHA-256", bytes).ok()?;
    let digest = Uint8Array::new(&JsFuture::from(digest).await.ok()?).to_vec();
    Some(digest.iter().map(|byte| format!("{byte:02x}")).collect())
}

fn parameters(nonce: &Uint8Array, id: &str) -> AesGcmParams {
    let parameters = AesGcmParams::new_with_u8_array(ALGORITHM, nonce);
    parameters.set_additional_data_u8_array(&Uint8Array::from(id.as_bytes()));
    parameters
}

fn bytes_of(digits: &str) -> Option<Uint8Array> {
    let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    let bytes: Option<Vec<u8>> = digits.as_bytes().chunks(2).map(byte).collect();
    bytes.map(|bytes| Uint8Array::from(&*bytes))
}

fn crypto() -> Option<Crypto> {
    let crypto = field(&js_sys::global(), "crypto");
    (!crypto.is_undefined()).then(|| crypto.unchecked_into())
}

fn subtle() -> Option<SubtleCrypto> {
    let subtle = field(&crypto()?.into(), "subtle");
    (!subtle.is_undefined()).then(|| subtle.unchecked_into())
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    const ONE: &str = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    const OTHER: &str = "ff0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    #[wasm_bindgen_test]
    async fn what_was_sealed_is_opened_with_the_same_key() {
        let key = Key::import(ONE).await.unwrap();
        let sealed = key.seal_text("name", "王小满", &[("draft", "d".into())]).await.unwrap();
        assert_eq!(key.unseal_text(&sealed).await.as_deref(), Some("王小满"));
        assert_eq!(crate::records::text(&sealed, "draft"), "d");
    }

    #[wasm_bindgen_test]
    async fn another_key_opens_nothing() {
        let (one, other) = (Key::import(ONE).await.unwrap(), Key::import(OTHER).await.unwrap());
        let sealed = one.seal_text("name", "王小满", &[]).await.unwrap();
        assert_eq!(other.unseal_text(&sealed).await, None);
    }

    #[wasm_bindgen_test]
    async fn a_record_under_another_name_is_not_opened() {
        let key = Key::import(ONE).await.unwrap();
        let sealed = key.seal_text("name", "王小满", &[]).await.unwrap();
        let _ = js_sys::Reflect::set(&sealed, &"id".into(), &"another".into());
        assert_eq!(key.unseal_text(&sealed).await, None);
    }

    #[wasm_bindgen_test]
    async fn two_people_have_two_owners_and_one_person_one() {
        assert_eq!(owner_of(ONE).await, owner_of(ONE).await);
        assert_ne!(owner_of(ONE).await, owner_of(OTHER).await);
        assert_eq!(owner_of(ONE).await.map(|owner| owner.len()), Some(OWNER_DIGITS));
    }
}
