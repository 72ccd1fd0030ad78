//! The open draft: answers as signals, the journey derived from them, and what the screens may do with both.

mod clash;
mod journal;
mod saving;
mod sending;

use std::cell::{Cell, RefCell};
use std::ops::Deref;

use contract::api::{Draft, Reason};
use contract::id::{DivisionCode, ServiceId};
use contract::merge::Clash;
use contract::problem::FieldError;
use contract::{Answers, Context, Field, Journey, Service};
use serde_json::Value;
use signals::{RwSignal, Signal};

use crate::api::{self, ApiError};
use crate::browser;
use crate::fields::Slot;
use crate::uploads;
pub(crate) use clash::sheet as clash_sheet;
pub(crate) use saving::Saving;
pub(crate) use sending::send_what_waits;

/// One open draft. It lives as long as the page, so that every closure of the screen carries no more than its address.
#[derive(Clone, Copy)]
pub(crate) struct Desk(&'static Laid);

/// What lies on a desk.
pub(crate) struct Laid {
    pub(crate) service: &'static Service,
    pub(crate) draft: &'static str,
    pub(crate) answers: RwSignal<Answers>,
    pub(crate) journey: Signal<Journey<'static>>,
    pub(crate) errors: Signal<Vec<FieldError>>,
    /// Where this mends a case: what the office asked for, and nothing else may be changed.
    pub(crate) to_mend: Vec<Reason>,
    /// Fields that were left once, or asked about by "next": their errors are shown.
    pub(crate) touched: RwSignal<Vec<String>>,
    pub(crate) saving: RwSignal<Saving>,
    /// Whether what the server does not have is on the disk of this phone.
    pub(crate) kept: RwSignal<bool>,
    /// The resident pressed "send", and the case is not there yet.
    pub(crate) intent: RwSignal<bool>,
    /// Whether it is being sent right now.
    sending: Cell<bool>,
    /// What was changed here and elsewhere; not sent before the resident has chosen.
    clashes: RwSignal<Vec<Clash>>,
    /// Top-level fields that the server does not have yet.
    dirty: RwSignal<Vec<String>>,
    /// Those of them that a request carries right now.
    on_way: RefCell<Vec<String>>,
    /// Counts changes, so that a slow disk does not speak for later ones.
    typed: Cell<u32>,
    /// Failed tries to reach the server since it last answered.
    failures: Cell<u32>,
    seen: RwSignal<Seen>,
    /// The answers that the server last confirmed.
    base: RefCell<Answers>,
}

/// What the server last confirmed.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Seen {
    pub(crate) version: u64,
    pub(crate) content_hash: String,
    pub(crate) step: Option<String>,
}

impl Deref for Desk {
    type Target = Laid;

    fn deref(&self) -> &Laid {
        self.0
    }
}

impl Desk {
    /// The draft that lies open, or another fetched with the definition that it is pinned to.
    pub(crate) async fn open(id: &str) -> Result<Self, ApiError> {
        if let Some(desk) = Self::open_already(id) {
            return Ok(desk);
        }
        let draft = api::draft(id).await?;
        let service = definition(&draft.service, Some(draft.service_version), &draft.division).await?;
        let desk = Self::lay_out(draft, service);
        OPEN.set(Some(desk));
        desk.take_up().await;
        uploads::find_places();
        Ok(desk)
    }

    /// The draft, if it is the one that lies open: moving between its screens fetches nothing.
    pub(crate) fn open_already(id: &str) -> Option<Self> {
        OPEN.get().filter(|desk| desk.draft == id)
    }

    /// The draft that lies open.
    pub(crate) fn laid_open() -> Option<Self> {
        OPEN.get()
    }

    /// The slot of a place, `field` or `group.field#row-name`, if it is still there.
    pub(crate) fn slot_at(self, place: &str) -> Option<Slot> {
        let (path, row) = place.split_once('#').map_or((place, None), |(path, row)| (path, Some(row.to_owned())));
        let field = self.service.field(path)?;
        let slot = Slot::new(self, field, self.group_of(path).zip(row));
        (slot.row.is_none() || slot.row_index().is_some()).then_some(slot)
    }

    /// The name of the group that a path leads into.
    fn group_of(self, path: &str) -> Option<&'static str> {
        let (group, _) = path.split_once('.')?;
        let mut groups = self.service.fields().filter_map(|(_, field)| Some(field.kind.rows()?.answered_as(&field.id)));
        let name: &'static str = groups.find(|name| ***name == *group)?;
        Some(name)
    }

    /// Puts the open draft away: it was sent or deleted, or its owner signed out.
    pub(crate) fn put_away() {
        OPEN.set(None);
    }

    fn lay_out(draft: Draft, service: &'static Service) -> Self {
        // One context a draft that is opened: a few bytes for as long as the page lives.
        let context: &'static Context =
            Box::leak(Box::new(Context { today: browser::today(), division: draft.division.clone() }));
        let answers = RwSignal::new(draft.answers.clone());
        let journey = Signal::derive_uncompared(move || service.journey(&answers.read(), context));
        let desk = Self(Box::leak(Box::new(Laid {
            service,
            draft: Box::leak(draft.id.clone().into_boxed_str()),
            answers,
            journey,
            errors: Signal::derive(move || service.check(&journey.read())),
            to_mend: draft.to_mend,
            touched: RwSignal::default(),
            saving: RwSignal::new(Saving::Saved(draft.saved_at.clone())),
            kept: RwSignal::new(false),
            intent: RwSignal::new(false),
            clashes: RwSignal::default(),
            dirty: RwSignal::default(),
            on_way: RefCell::default(),
            sending: Cell::new(false),
            typed: Cell::new(0),
            failures: Cell::new(0),
            base: RefCell::new(draft.answers),
            seen: RwSignal::new(Seen {
                version: draft.version,
                content_hash: draft.content_hash,
                step: draft.step.map(|step| step.0),
            }),
        })));
        desk.keep_saving();
        desk
    }

    /// Changes one top-level answer; it is saved a moment later.
    pub(crate) fn set(&self, field: &str, value: Value) {
        if *self.answers.read_untracked().get(field) == value {
            return;
        }
        self.answers.update(|answers| answers.set(field, value));
        // What was to be sent looked different.
        self.intent.set(false);
        self.mark_dirty(field);
    }

    /// Whether a field is asked: of a correction, only what the office named, the signatures under it, and what follows from
    /// a change.
    pub(crate) fn asks(&self, field: &Field) -> bool {
        let Some(group) = field.kind.rows() else {
            return field.kind.signature().is_some() || self.asks_path(&field.id);
        };
        let name = group.answered_as(&field.id);
        group.fields.iter().any(|inner| self.asks_path(&format!("{name}.{}", inner.id)))
    }

    /// The same for a path, `field` or `group.field`.
    pub(crate) fn asks_path(&self, path: &str) -> bool {
        let group = path.split_once('.').map(|(group, _)| group);
        let is_named = |reason: &Reason| reason.field == path || Some(&*reason.field) == group;
        self.to_mend.is_empty()
            || self.to_mend.iter().any(is_named)
            || self.errors.read().iter().any(|error| error.blocks() && error.field == path)
    }

    /// What the office said about a field, in its row. What comes later is asked for by the form's own words.
    pub(crate) fn office_says(&self, path: &str, row: Option<usize>) -> Option<String> {
        if self.service.field(path).is_some_and(|field| field.later) {
            return None;
        }
        let is_it = |reason: &&Reason| reason.field == path && (reason.row.is_none() || reason.row == row);
        self.to_mend.iter().find(is_it).map(|reason| reason.says.clone())
    }

    /// The errors of one step, blocking ones first.
    pub(crate) fn errors_of(&self, step: &str) -> Vec<FieldError> {
        self.errors.read().iter().filter(|error| error.step == *step && error.blocks()).cloned().collect()
    }

    /// Shows the errors of every field of a step.
    pub(crate) fn touch_step(&self, step: &str) {
        let places: Vec<_> =
            self.errors.read_untracked().iter().filter(|error| error.step == *step).map(place).collect();
        self.touched.update(|touched| touched.extend(places));
    }

    pub(crate) fn seen(&self) -> Seen {
        self.seen.get_untracked()
    }

    /// The step to open: where the resident was, as long as nothing before it is open, else the first open one.
    pub(crate) fn entry_step(&self) -> String {
        let journey = self.journey.read_untracked();
        let first_open = self.service.first_open_step(&journey).map(|step| &step.step.id);
        let last_seen = self.seen.read_untracked().step.clone();
        let position = |id: &str| journey.steps.iter().position(|step| step.step.id == *id);
        let open_at = first_open.and_then(|id| position(id)).unwrap_or(usize::MAX);
        match last_seen.filter(|step| position(step).is_some_and(|at| at <= open_at)) {
            Some(step) => step,
            None => first_open
                .or(journey.steps.first().map(|step| &step.step.id))
                .map(|id| id.0.clone())
                .unwrap_or_default(),
        }
    }

    /// Asks the register behind a lookup field. Everything typed goes to the server first.
    pub(crate) async fn look_up(&self, field: &str, doubt: bool) -> Result<(), ApiError> {
        self.flush().await?;
        let draft = api::look_up(self.draft, field, self.seen().version, doubt).await?;
        self.take_over(draft);
        Ok(())
    }

    /// Signs what stands here: `strokes` or `typed`, with what was written. Everything typed goes to the server first.
    pub(crate) async fn sign(&self, field: &str, written: (&str, String)) -> Result<(), ApiError> {
        self.flush().await?;
        let draft = api::sign(self.draft, field, self.seen().version, written).await?;
        self.take_over(draft);
        Ok(())
    }
}

/// Where an error stands, as one name: `sign.height#1`.
pub(crate) fn place(error: &FieldError) -> String {
    place_of(&error.field, error.row)
}

pub(crate) fn place_of(field: &str, row: Option<usize>) -> String {
    row.map_or_else(|| field.to_owned(), |row| format!("{field}#{row}"))
}

thread_local! {
    static OPEN: Cell<Option<Desk>> = const { Cell::new(None) };
    static DEFINITIONS: RefCell<Vec<(DivisionCode, &'static Service)>> = const { RefCell::new(Vec::new()) };
}

/// A definition, fetched once. It never changes, so it may live as long as the page.
pub(crate) async fn definition(
    id: &ServiceId,
    version: Option<u32>,
    division: &DivisionCode,
) -> Result<&'static Service, ApiError> {
    match known_definition(id, version, division) {
        Some(service) => Ok(service),
        None => Ok(keep_definition(division.clone(), api::service(id, version, division).await?)),
    }
}

/// A definition that was fetched before.
pub(crate) fn known_definition(
    id: &ServiceId,
    version: Option<u32>,
    division: &DivisionCode,
) -> Option<&'static Service> {
    let is_it = |(place, service): &&(DivisionCode, &'static Service)| {
        *place == *division && service.id == *id && version.is_none_or(|version| service.version == version)
    };
    DEFINITIONS.with_borrow(|all| all.iter().find(is_it).map(|(_, service)| *service))
}

pub(crate) fn keep_definition(division: DivisionCode, service: Service) -> &'static Service {
    let service: &'static Service = Box::leak(Box::new(service));
    DEFINITIONS.with_borrow_mut(|all| all.push((division, service)));
    service
}
