//! Files on the disk of this phone, sealed: what must survive a closed page, and what several pages know of each
//! other's work.

use std::rc::Rc;

use js_sys::Uint8Array;
use wasm_bindgen::JsValue;

use super::upload::Facts;
use crate::database::{Change, Table};
use crate::sealing::Key;
use crate::store::Store;

pub(super) struct Kept {
    store: Rc<Store>,
}

impl Kept {
    pub(super) fn new(store: Rc<Store>) -> Self {
        Self { store }
    }

    /// Keeps what is known of a file; with its bytes where they are new, so that a record never stands beside the
    /// bytes of another. Whether it is on the disk: where nothing can be kept, the file goes on from memory.
    pub(super) async fn keep(&self, facts: &Facts, bytes: Option<&Uint8Array>) -> bool {
        let Some(session) = self.store.session().filter(|session| session.owner == facts.owner) else { return false };
        let (id, Ok(text)) = (session.id(&facts.key), serde_json::to_string(facts)) else { return false };
        let Some(record) = session.key.seal_text(&id, &text, &[]).await else { return false };
        let mut changes = vec![Change::Put(Table::Files, record)];
        if let Some(bytes) = bytes {
            let Some(sealed) = session.key.seal(&id, bytes, &[]).await else { return false };
            changes.push(Change::Put(Table::Blobs, sealed));
        }
        self.store.database.change(&changes).await.is_ok()
    }

    /// All files of whoever is signed in.
    pub(super) async fn all(&self) -> Vec<Facts> {
        let Some(session) = self.store.session() else { return Vec::new() };
        let mut all = Vec::new();
        for record in self.store.own(Table::Files).await.unwrap_or_default() {
            all.extend(facts_in(&session.key, &record).await);
        }
        all
    }

    /// What the disk says of a file; `None` where it says nothing that can be read.
    pub(super) async fn facts_of(&self, key: &str) -> Option<Facts> {
        let session = self.store.session()?;
        let record = self.store.database.get(Table::Files, &session.id(key)).await.ok()??;
        facts_in(&session.key, &record).await
    }

    pub(super) async fn bytes_of(&self, key: &str) -> Option<Uint8Array> {
        let session = self.store.session()?;
        let record = self.store.database.get(Table::Blobs, &session.id(key)).await.ok()??;
        session.key.unseal(&record).await
    }

    pub(super) async fn delete(&self, keys: &[String]) {
        let Some(session) = self.store.session() else { return };
        let of_key = |key: &String| {
            let id = session.id(key);
            [Change::Delete(Table::Files, id.clone()), Change::Delete(Table::Blobs, id)]
        };
        // What could not be deleted is taken up by the next page, and removed again.
        let _ = self.store.database.change(&keys.iter().flat_map(of_key).collect::<Vec<_>>()).await;
    }
}

async fn facts_in(key: &Key, record: &JsValue) -> Option<Facts> {
    serde_json::from_str(&key.unseal_text(record).await?).ok()
}
