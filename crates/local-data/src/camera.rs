//! Phones with little memory close the page while the camera is open. The place is remembered, nothing of the person.

use std::rc::Rc;

use wasm_bindgen::JsValue;

use crate::browser::now_ms;
use crate::database::Table;
use crate::protocol::Event;
use crate::records::{number, record, text};
use crate::store::Store;

const RECORD: &str = "camera";
/// Who comes back later begins where everybody begins.
const KEPT_MS: f64 = 30.0 * 60.0 * 1000.0;

pub(crate) async fn open(store: &Rc<Store>, path: &str, place: &str) {
    let place = place_record(path, place, now_ms());
    // Without it, the app opens where it always does.
    let _ = store.database.put(Table::Keys, place).await;
}

pub(crate) async fn close(store: &Rc<Store>) {
    let _ = store.database.delete(Table::Keys, RECORD).await;
}

pub(crate) async fn is_open(store: &Rc<Store>) -> bool {
    !matches!(store.database.get(Table::Keys, RECORD).await, Ok(None))
}

/// Where the page was when it was closed with the camera open; said once.
pub(crate) async fn lost_page(store: &Rc<Store>) -> Option<Event> {
    let record = store.database.get(Table::Keys, RECORD).await.ok()??;
    close(store).await;
    read(&record, now_ms())
}

fn place_record(path: &str, place: &str, now: f64) -> JsValue {
    record(&[("id", RECORD.into()), ("path", path.into()), ("place", place.into()), ("until", (now + KEPT_MS).into())])
}

fn read(record: &JsValue, now: f64) -> Option<Event> {
    let is_fresh = number(record, "until") > now;
    is_fresh.then(|| Event::PageLost { path: text(record, "path"), place: text(record, "place") })
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn the_place_of_the_camera_is_remembered_for_half_an_hour() {
        let record = place_record("/drafts/d/steps/s", "photos", 0.0);
        let lost = Event::PageLost { path: "/drafts/d/steps/s".to_owned(), place: "photos".to_owned() };
        assert_eq!(read(&record, KEPT_MS - 1.0), Some(lost));
        assert_eq!(read(&record, KEPT_MS), None);
    }
}
