//! The database of this phone. It may be blocked, slow, full, or taken away by the system at any time.

use std::cell::RefCell;
use std::rc::Rc;

use idb::{DatabaseEvent, Factory, KeyPath, KeyRange, ObjectStoreParams, Query, TransactionMode};
use js_sys::{Array, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, future_to_promise, spawn_local};

use crate::browser::{promise, settle, sleep};

/// The name of the database.
pub(crate) const NAME: &str = "yijianshi";
/// Version 1 was never released, and its records had no owner in their names.
const VERSION: u32 = 2;
const OPENING_LIMIT_MS: f64 = 2500.0;

/// The object stores; the records of each are named by their field `id`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Table {
    /// The key of the session, and the place where the camera was opened.
    Keys,
    /// Copies of what the server answered.
    Answers,
    /// What the server does not have of a draft.
    Unsent,
    /// What is known of files on their way.
    Files,
    /// Their bytes.
    Blobs,
}

const TABLES: [Table; 5] = [Table::Keys, Table::Answers, Table::Unsent, Table::Files, Table::Blobs];

impl Table {
    fn name(self) -> &'static str {
        match self {
            Self::Keys => "keys",
            Self::Answers => "answers",
            Self::Unsent => "unsent",
            Self::Files => "files",
            Self::Blobs => "blobs",
        }
    }
}

/// One change of a record.
pub(crate) enum Change {
    Put(Table, JsValue),
    Delete(Table, String),
    Clear(Table),
}

impl Change {
    fn table(&self) -> Table {
        match self {
            Self::Put(table, _) | Self::Delete(table, _) | Self::Clear(table) => *table,
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) enum DatabaseError {
    /// The browser neither opens it nor says that it cannot.
    Unanswered,
    Failed,
}

impl From<idb::Error> for DatabaseError {
    fn from(_: idb::Error) -> Self {
        Self::Failed
    }
}

type Slot<T> = Rc<RefCell<Option<T>>>;

/// A connection that is opened again where the system has closed it.
pub(crate) struct Database {
    name: &'static str,
    connection: Slot<Rc<idb::Database>>,
    /// Fulfilled with whether it opened in time.
    opening: Slot<Promise>,
    /// Hears whether something could not be kept, or may be kept after all.
    keeps: Rc<dyn Fn(bool)>,
}

impl Database {
    pub(crate) fn new(name: &'static str, keeps: Rc<dyn Fn(bool)>) -> Self {
        Self { name, connection: Slot::default(), opening: Slot::default(), keeps }
    }

    /// One record; `None` where there is none.
    pub(crate) async fn get(&self, table: Table, id: &str) -> Result<Option<JsValue>, DatabaseError> {
        self.trying_twice(async |connection| {
            let transaction = connection.transaction(&[table.name()], TransactionMode::ReadOnly)?;
            Ok(transaction.object_store(table.name())?.get(JsValue::from(id))?.await?)
        })
        .await
    }

    /// All records whose names begin so.
    pub(crate) async fn all(&self, table: Table, prefix: &str) -> Result<Vec<JsValue>, DatabaseError> {
        self.trying_twice(async |connection| {
            let end = format!("{prefix}\u{ffff}");
            let range = KeyRange::bound(&prefix.into(), &end.into(), None, None)?;
            let transaction = connection.transaction(&[table.name()], TransactionMode::ReadOnly)?;
            Ok(transaction.object_store(table.name())?.get_all(Some(Query::from(range)), None)?.await?)
        })
        .await
    }

    /// Makes all changes or none of them. They are on the disk when it returns.
    pub(crate) async fn change(&self, changes: &[Change]) -> Result<(), DatabaseError> {
        self.trying_twice(async |connection| {
            let tables: Vec<_> = changes.iter().map(|change| change.table().name()).collect();
            let transaction = connection.transaction(&tables, TransactionMode::ReadWrite)?;
            if let Err(error) = changes.iter().try_for_each(|change| stage(&transaction, change)) {
                // What was staged before must not be made alone.
                transaction.abort()?;
                return Err(error.into());
            }
            match transaction.await?.is_committed() {
                true => Ok(()),
                false => Err(DatabaseError::Failed),
            }
        })
        .await
    }

    pub(crate) async fn put(&self, table: Table, record: JsValue) -> Result<(), DatabaseError> {
        self.change(&[Change::Put(table, record)]).await
    }

    pub(crate) async fn delete(&self, table: Table, id: &str) -> Result<(), DatabaseError> {
        self.change(&[Change::Delete(table, id.to_owned())]).await
    }

    /// A connection that the system has closed is opened once more.
    async fn trying_twice<T>(
        &self,
        work: impl AsyncFn(Rc<idb::Database>) -> Result<T, DatabaseError>,
    ) -> Result<T, DatabaseError> {
        let mut outcome = self.trying_once(&work).await;
        if outcome.as_ref().is_err_and(|error| *error == DatabaseError::Failed) {
            self.connection.take();
            self.opening.take();
            outcome = self.trying_once(&work).await;
        }
        if outcome.is_err() {
            (self.keeps)(false);
        }
        outcome
    }

    async fn trying_once<T>(
        &self,
        work: &impl AsyncFn(Rc<idb::Database>) -> Result<T, DatabaseError>,
    ) -> Result<T, DatabaseError> {
        let connection = self.connect().await?;
        work(connection).await
    }

    /// The connection. One that does not come in time is waited for once, and welcome when it comes.
    async fn connect(&self) -> Result<Rc<idb::Database>, DatabaseError> {
        let is_open = self.connection.borrow().is_some();
        if !is_open {
            let opening = self.opening.borrow_mut().get_or_insert_with(|| self.open()).clone();
            let opened = JsFuture::from(opening).await.map_err(|_| DatabaseError::Failed)?;
            if !opened.is_truthy() {
                return Err(DatabaseError::Unanswered);
            }
        }
        self.connection.borrow().clone().ok_or(DatabaseError::Failed)
    }

    fn open(&self) -> Promise {
        let (limit, pass) = promise();
        let (connection, keeps, name) = (Rc::clone(&self.connection), Rc::clone(&self.keeps), self.name);
        let is_late = Rc::new(RefCell::new(false));
        let late = Rc::clone(&is_late);
        let opening = future_to_promise(async move {
            let opened = connect_to(name, &connection).await.map_err(|_| JsValue::NULL)?;
            *connection.borrow_mut() = Some(opened);
            if *late.borrow() {
                keeps(true);
            }
            Ok(JsValue::TRUE)
        });
        spawn_local(async move {
            sleep(OPENING_LIMIT_MS).await;
            *is_late.borrow_mut() = true;
            settle(&pass, &JsValue::FALSE);
        });
        Promise::race(&Array::of2(&opening, &limit))
    }
}

fn stage(transaction: &idb::Transaction, change: &Change) -> Result<(), idb::Error> {
    let store = transaction.object_store(change.table().name())?;
    match change {
        Change::Put(_, record) => store.put(record, None).map(drop),
        Change::Delete(_, id) => store.delete(JsValue::from(id)).map(drop),
        Change::Clear(_) => store.clear().map(drop),
    }
}

async fn connect_to(name: &str, slot: &Slot<Rc<idb::Database>>) -> Result<Rc<idb::Database>, idb::Error> {
    let mut request = Factory::new()?.open(name, Some(VERSION))?;
    request.on_upgrade_needed(|event| {
        // A table that is missing makes every request for it fail, which is told then.
        let _ = event.database().map(|database| lay_out(&database));
    });
    let mut database = request.await?;
    let (closed, outdated) = (Rc::clone(slot), Rc::clone(slot));
    database.on_close(move |_| drop(closed.take()));
    database.on_version_change(move |_| {
        if let Some(connection) = outdated.take() {
            connection.close();
        }
    });
    Ok(Rc::new(database))
}

fn lay_out(database: &idb::Database) -> Result<(), idb::Error> {
    for name in database.store_names() {
        database.delete_object_store(&name)?;
    }
    for table in TABLES {
        let mut parameters = ObjectStoreParams::new();
        parameters.key_path(Some(KeyPath::new_single("id")));
        database.create_object_store(table.name(), parameters)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;
    use crate::records::{record, text};

    fn database(name: &'static str) -> Database {
        Database::new(name, Rc::new(|_| {}))
    }

    fn named(id: &str) -> JsValue {
        record(&[("id", id.into())])
    }

    #[wasm_bindgen_test]
    async fn records_are_found_by_their_name_and_its_beginning() {
        let database = database("records");
        database.change(&[Change::Clear(Table::Unsent)]).await.unwrap();
        for id in ["one/a", "one/b", "two/a"] {
            database.put(Table::Unsent, named(id)).await.unwrap();
        }
        let of_one = database.all(Table::Unsent, "one/").await.unwrap();
        assert_eq!(of_one.iter().map(|record| text(record, "id")).collect::<Vec<_>>(), ["one/a", "one/b"]);
        database.delete(Table::Unsent, "one/a").await.unwrap();
        assert!(database.get(Table::Unsent, "one/a").await.unwrap().is_none());
        assert!(database.get(Table::Unsent, "two/a").await.unwrap().is_some());
    }

    #[wasm_bindgen_test]
    async fn of_changes_that_belong_together_all_are_made_or_none() {
        let (database, keeps) = (database("together"), Rc::new(Cell::new(true)));
        let noted = Rc::clone(&keeps);
        let database = Database { keeps: Rc::new(move |so| noted.set(so)), ..database };
        // A record without a name is refused.
        let changes = [Change::Put(Table::Files, named("a")), Change::Put(Table::Blobs, record(&[]))];
        assert_eq!(database.change(&changes).await, Err(DatabaseError::Failed));
        assert!(database.get(Table::Files, "a").await.unwrap().is_none());
        assert!(!keeps.get(), "nobody was told that it could not be kept");
    }

    #[wasm_bindgen_test]
    async fn a_database_that_was_taken_away_is_opened_again() {
        let database = database("taken-away");
        database.put(Table::Keys, named("a")).await.unwrap();
        Factory::new().unwrap().delete("taken-away").unwrap().await.unwrap();
        assert!(database.get(Table::Keys, "a").await.unwrap().is_none());
        database.put(Table::Keys, named("b")).await.unwrap();
        assert!(database.get(Table::Keys, "b").await.unwrap().is_some());
    }
}
