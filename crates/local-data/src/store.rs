//! What all parts share: the database, the session, and the way to the app.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::JsValue;

use crate::database::{self, Change, Database, DatabaseError, Table};
use crate::protocol::{Event, Message};
use crate::records::record;
use crate::session::{self, Session};

/// The name of the record of a sign-out that the server does not know of.
const SIGN_OUT: &str = "sign-out";

/// The store of this phone, and who is signed in.
pub(crate) struct Store {
    pub(crate) database: Rc<Database>,
    session: RefCell<Option<Session>>,
    /// Something could not be kept: only this page and the server have it.
    is_keeping: Rc<Cell<bool>>,
    tell: Rc<dyn Fn(Message)>,
}

impl Store {
    pub(crate) fn new(tell: Rc<dyn Fn(Message)>) -> Rc<Self> {
        Self::in_database(database::NAME, tell)
    }

    pub(crate) fn in_database(name: &'static str, tell: Rc<dyn Fn(Message)>) -> Rc<Self> {
        Rc::new_cyclic(|store: &std::rc::Weak<Self>| {
            let store = store.clone();
            let keeps = Rc::new(move |keeps| {
                if let Some(store) = store.upgrade() {
                    store.tell_keeping(keeps);
                }
            });
            Self {
                database: Rc::new(Database::new(name, keeps)),
                session: RefCell::new(None),
                is_keeping: Rc::new(Cell::new(true)),
                tell,
            }
        })
    }

    pub(crate) fn tell(&self, event: Event) {
        (self.tell)(Message::Event(event));
    }

    pub(crate) fn is_keeping(&self) -> bool {
        self.is_keeping.get()
    }

    /// Nobody minds what is not kept of nobody.
    fn tell_keeping(&self, keeps: bool) {
        let matters = keeps || self.session.borrow().is_some();
        if matters && self.is_keeping.replace(keeps) != keeps {
            self.tell(Event::Keeps(keeps));
        }
    }

    pub(crate) fn session(&self) -> Option<Session> {
        self.session.borrow().clone()
    }

    /// Takes up what an earlier page kept of the session.
    pub(crate) async fn restore(&self) {
        let Ok(Some(record)) = self.database.get(Table::Keys, session::RECORD).await else { return };
        let session = Session::of_record(&record);
        if session.is_none() {
            // It stays until the next try, and is not read.
            let _ = self.database.delete(Table::Keys, session::RECORD).await;
        }
        self.session.replace(session);
    }

    /// Somebody has signed in, or still is. Whether it is somebody else than before.
    pub(crate) async fn begin(&self, journal_key: &str, idle_seconds: f64, is_new: bool) -> bool {
        let before = self.session();
        let session = Session::begin(journal_key, idle_seconds, is_new, before.as_ref()).await;
        if session.is_none() && self.is_keeping.replace(false) {
            self.tell(Event::Keeps(false));
        }
        let owner = session.as_ref().map(|session| session.owner.clone());
        let is_another = before.is_some_and(|before| Some(before.owner) != owner);
        self.session.replace(session);
        self.stay().await;
        is_another
    }

    /// Whoever goes on filling in is still there.
    pub(crate) async fn stay(&self) {
        let record = self.session.borrow_mut().as_mut().and_then(Session::stay);
        if let Some(record) = record {
            // Without it the session is forgotten when the page is closed.
            let _ = self.database.put(Table::Keys, record).await;
        }
    }

    /// The server has ended the session: the key leaves the disk, and this page may go on with what lies open.
    pub(crate) async fn expire(&self) {
        if let Some(session) = self.session.borrow_mut().as_mut() {
            session.end();
        }
        let _ = self.database.delete(Table::Keys, session::RECORD).await;
    }

    /// Signed out: nothing can be read any more. What was not sent yet waits, sealed, for its owner.
    pub(crate) async fn sign_out(&self) {
        self.session.replace(None);
        let _ = self.database.change(&[Change::Clear(Table::Keys), Change::Clear(Table::Answers)]).await;
    }

    /// The server still knows the session: it is to be ended before anything else is asked.
    pub(crate) async fn owe_sign_out(&self) {
        let owed = record(&[("id", SIGN_OUT.into())]);
        // The app remembers it too.
        let _ = self.database.put(Table::Keys, owed).await;
    }

    pub(crate) async fn owes_sign_out(&self) -> bool {
        matches!(self.database.get(Table::Keys, SIGN_OUT).await, Ok(Some(_)))
    }

    /// The server knows that the session is over.
    pub(crate) async fn settle_sign_out(&self) {
        let _ = self.database.delete(Table::Keys, SIGN_OUT).await;
    }

    /// The records of whoever is signed in.
    pub(crate) async fn own(&self, table: Table) -> Result<Vec<JsValue>, DatabaseError> {
        match self.session() {
            Some(session) => self.database.all(table, &session.id("")).await,
            None => Ok(Vec::new()),
        }
    }
}
