//! What the server does not have yet of a draft. Each tab has a record of its own, in the name of its owner.

use std::cell::RefCell;
use std::rc::Rc;

use serde_json::Value;
use wasm_bindgen::JsValue;

use crate::browser::{now_ms, random_id};
use crate::database::{Change, Table};
use crate::protocol::Unsent;
use crate::records::{field, number, text};
use crate::sealing::owner_of;
use crate::session::Session;
use crate::store::Store;

/// The unsent answers on this phone.
pub(crate) struct Journal {
    store: Rc<Store>,
    /// Two tabs may write of the same draft.
    tab: String,
    /// Records of other tabs that this one has read: the next `persist` of their draft takes their place.
    adopted: RefCell<Vec<Adopted>>,
}

#[derive(Clone, PartialEq)]
struct Adopted {
    draft: String,
    id: String,
}

impl Journal {
    pub(crate) fn new(store: Rc<Store>) -> Self {
        Self { store, tab: random_id(), adopted: RefCell::default() }
    }

    /// Persists the unsent part of a draft; without one, nothing is left of it. Whether that is on the disk now: never
    /// where somebody else has signed in than the one who filled it in.
    pub(crate) async fn persist(
        &self,
        journal_key: &str,
        draft: &str,
        unsent: Option<&Value>,
        is_pending: bool,
    ) -> bool {
        let Some(session) = self.session_of(journal_key).await else { return false };
        let id = self.id(&session, draft);
        let adopted: Vec<_> = self.adopted.borrow().iter().filter(|known| known.draft == draft).cloned().collect();
        let mut changes: Vec<_> = adopted.iter().map(|known| Change::Delete(Table::Unsent, known.id.clone())).collect();
        match unsent {
            Some(unsent) => {
                let fields = [("draft", draft.into()), ("intent", is_pending.into()), ("at", now_ms().into())];
                let Some(record) = session.key.seal_text(&id, &unsent.to_string(), &fields).await else { return false };
                changes.push(Change::Put(Table::Unsent, record));
            }
            None => changes.push(Change::Delete(Table::Unsent, id)),
        }
        if self.store.database.change(&changes).await.is_err() {
            return false;
        }
        self.adopted.borrow_mut().retain(|known| !adopted.contains(known));
        self.store.stay().await;
        true
    }

    /// What this page before it was closed, and other tabs, persisted of a draft, the oldest first.
    pub(crate) async fn unsent(&self, journal_key: &str, draft: &str) -> Vec<Unsent> {
        let Some(session) = self.session_of(journal_key).await else { return Vec::new() };
        let mut records = self.records_of(draft).await;
        records.sort_by(|one, other| number(one, "at").total_cmp(&number(other, "at")));
        let own = self.id(&session, draft);
        let mut unsent = Vec::new();
        for record in records {
            let Some(text) = session.key.unseal_text(&record).await else { continue };
            let Ok(answers) = serde_json::from_str(&text) else { continue };
            let id = field(&record, "id").as_string().unwrap_or_default();
            if id != own {
                self.adopted.borrow_mut().push(Adopted { draft: draft.to_owned(), id });
            }
            unsent.push(Unsent { answers, is_pending_submission: is_pending(&record) });
        }
        unsent
    }

    /// The drafts whose owner pressed "send" when there was no network.
    pub(crate) async fn pending_submissions(&self) -> Vec<String> {
        let records = self.store.own(Table::Unsent).await.unwrap_or_default();
        let mut drafts: Vec<_> =
            records.iter().filter(|record| is_pending(record)).map(|record| text(record, "draft")).collect();
        drafts.sort_unstable();
        drafts.dedup();
        drafts
    }

    /// The changes that leave nothing of a draft, which was sent or deleted.
    pub(crate) async fn forgetting(&self, draft: &str) -> Vec<Change> {
        let records = self.records_of(draft).await;
        records.iter().map(|record| Change::Delete(Table::Unsent, text(record, "id"))).collect()
    }

    async fn records_of(&self, draft: &str) -> Vec<JsValue> {
        let Some(session) = self.store.session() else { return Vec::new() };
        let prefix = session.id(&format!("{draft}/"));
        self.store.database.all(Table::Unsent, &prefix).await.unwrap_or_default()
    }

    /// The session, if it is this person's.
    async fn session_of(&self, journal_key: &str) -> Option<Session> {
        let owner = owner_of(journal_key).await?;
        self.store.session().filter(|session| session.owner == owner)
    }

    fn id(&self, session: &Session, draft: &str) -> String {
        session.id(&format!("{draft}/{}", self.tab))
    }
}

fn is_pending(record: &JsValue) -> bool {
    field(record, "intent").is_truthy()
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    const ONE: &str = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    const OTHER: &str = "ff0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    /// Two tabs of one phone, on which nothing is kept yet.
    async fn two_tabs(name: &'static str) -> (Rc<Store>, Journal, Journal) {
        let store = Store::in_database(name, Rc::new(|_| {}));
        store.database.change(&[Change::Clear(Table::Unsent), Change::Clear(Table::Keys)]).await.unwrap();
        (Rc::clone(&store), Journal::new(Rc::clone(&store)), Journal::new(store))
    }

    async fn answers(journal: &Journal, owner: &str) -> Vec<Value> {
        journal.unsent(owner, "draft").await.into_iter().map(|unsent| unsent.answers).collect()
    }

    #[wasm_bindgen_test]
    async fn of_two_people_on_one_phone_each_finds_their_own_answers() {
        let (store, tab, _) = two_tabs("two-people").await;
        store.begin(ONE, 900.0, true).await;
        assert!(tab.persist(ONE, "draft", Some(&json!("of one")), false).await);
        store.begin(OTHER, 900.0, true).await;
        assert!(answers(&tab, OTHER).await.is_empty());
        assert!(tab.persist(OTHER, "draft", Some(&json!("of the other")), false).await);
        store.begin(ONE, 900.0, true).await;
        assert_eq!(answers(&tab, ONE).await, [json!("of one")]);
    }

    #[wasm_bindgen_test]
    async fn what_one_person_filled_in_is_not_sealed_for_another() {
        let (store, tab, _) = two_tabs("another").await;
        store.begin(OTHER, 900.0, true).await;
        assert!(!tab.persist(ONE, "draft", Some(&json!("of one")), false).await);
        assert!(answers(&tab, OTHER).await.is_empty());
        store.sign_out().await;
        assert!(!tab.persist(OTHER, "draft", Some(&json!("of nobody")), false).await);
    }

    #[wasm_bindgen_test]
    async fn what_two_tabs_kept_is_merged_into_the_next_record() {
        let (store, one, other) = two_tabs("two-tabs").await;
        store.begin(ONE, 900.0, true).await;
        one.persist(ONE, "draft", Some(&json!(1)), false).await;
        other.persist(ONE, "draft", Some(&json!(2)), true).await;
        other.persist(ONE, "another draft", Some(&json!(3)), false).await;
        assert_eq!(one.pending_submissions().await, ["draft"]);
        assert_eq!(answers(&one, ONE).await, [json!(1), json!(2)], "the oldest first");
        one.persist(ONE, "draft", Some(&json!(12)), false).await;
        assert_eq!(answers(&other, ONE).await, [json!(12)], "one record instead of two");
        one.persist(ONE, "draft", None, false).await;
        assert!(answers(&other, ONE).await.is_empty());
    }

    #[wasm_bindgen_test]
    async fn of_a_draft_that_was_sent_nothing_is_left() {
        let (store, one, other) = two_tabs("sent").await;
        store.begin(ONE, 900.0, true).await;
        one.persist(ONE, "draft", Some(&json!(1)), false).await;
        other.persist(ONE, "draft", Some(&json!(2)), true).await;
        other.persist(ONE, "draft-2", Some(&json!(3)), false).await;
        store.database.change(&one.forgetting("draft").await).await.unwrap();
        assert!(answers(&one, ONE).await.is_empty());
        assert_eq!(one.unsent(ONE, "draft-2").await.len(), 1);
    }
}
