//! Fields on the screen: one component a kind, and the one `match` that finds it.

mod address;
mod attachments;
mod certificate;
mod choice;
mod computed;
mod consent;
mod date;
mod group;
mod identity_document;
mod lookup;
mod newborn_name;
mod signature;
mod text;

use crate::ui::dom::View;
use std::ops::Deref;
use std::rc::Rc;

use contract::journey::ShownField;
use contract::problem::FieldError;
use contract::{Field, FieldKind};
use markup::view;
use serde_json::Value;
use signals::Signal;

use crate::desk::{Desk, place_of};
use crate::ui::control::{Control, ControlText};
use crate::uploads;
use crate::words::{say, t};
use date::Calendar;
use text::{Keyboard, Lines};

/// One field in its place: of the form, or of a row of a group.
#[derive(Clone)]
pub(crate) struct Slot(Rc<Placed>);

/// What a slot knows.
pub(crate) struct Placed {
    pub(crate) desk: Desk,
    pub(crate) field: &'static Field,
    /// The group's name and the row's lasting name.
    pub(crate) row: Option<(&'static str, String)>,
}

impl Deref for Slot {
    type Target = Placed;

    fn deref(&self) -> &Placed {
        &self.0
    }
}

impl Slot {
    pub(crate) fn new(desk: Desk, field: &'static Field, row: Option<(&'static str, String)>) -> Self {
        Self(Rc::new(Placed { desk, field, row }))
    }

    /// `field`, or `group.field`.
    pub(crate) fn path(&self) -> String {
        self.row.as_ref().map_or_else(|| self.field.id.0.clone(), |(group, _)| format!("{group}.{}", self.field.id))
    }

    /// The name of its control: `sign.0.height` in a row.
    pub(crate) fn name(&self) -> String {
        match (&self.row, self.row_index()) {
            (Some((group, _)), Some(index)) => format!("{group}.{index}.{}", self.field.id),
            _ => self.field.id.0.clone(),
        }
    }

    /// An id for the element, lasting while rows move.
    pub(crate) fn id(&self) -> String {
        self.row
            .as_ref()
            .map_or_else(|| format!("f-{}", self.field.id), |(group, row)| format!("f-{group}-{row}-{}", self.field.id))
    }

    /// `field`, or `field#row-name`: where files on their way belong.
    pub(crate) fn lasting_place(&self) -> String {
        self.row.as_ref().map_or_else(|| self.path(), |(_, row)| format!("{}#{row}", self.path()))
    }

    pub(crate) fn row_name(&self) -> Option<String> {
        self.row.as_ref().map(|(_, row)| row.clone())
    }

    pub(crate) fn row_index(&self) -> Option<usize> {
        let (group, name) = self.row.as_ref()?;
        let answers = self.desk.answers.read_untracked();
        answers.rows(group).position(|row| row.get("row").and_then(Value::as_str) == Some(name))
    }

    /// The answer; tracked.
    pub(crate) fn value(&self) -> Value {
        self.desk.answers.track();
        self.value_now()
    }

    pub(crate) fn value_now(&self) -> Value {
        let answers = self.desk.answers.read_untracked();
        match &self.row {
            None => answers.get(&self.field.id).clone(),
            Some((group, name)) => {
                let mut rows = answers.rows(group);
                let own = rows.find(|row| row.get("row").and_then(Value::as_str) == Some(name));
                own.and_then(|row| row.get(&*self.field.id)).cloned().unwrap_or_default()
            }
        }
    }

    pub(crate) fn set(&self, value: Value) {
        let Some((group, name)) = &self.row else {
            self.desk.set(&self.field.id, value);
            return;
        };
        let mut rows = self.desk.answers.read_untracked().get(group).clone();
        let all = rows.as_array_mut().into_iter().flatten().filter_map(Value::as_object_mut);
        for row in all.filter(|row| row.get("row").and_then(Value::as_str) == Some(name)) {
            if value.is_null() {
                contract::answers::remove(row, &self.field.id);
            } else {
                row.insert(self.field.id.0.clone(), value.clone());
            }
        }
        self.desk.set(group, rows);
    }

    /// From now on its errors are shown.
    pub(crate) fn touch(&self) {
        let place = place_of(&self.path(), self.row_index());
        if !self.desk.touched.read_untracked().contains(&place) {
            self.desk.touched.update(|touched| touched.push(place));
        }
    }

    fn shown_error(&self, blocks: bool) -> Option<FieldError> {
        let (path, row) = (self.path(), self.row_index());
        // What is on its way is not missing.
        if !self.desk.touched.read().contains(&place_of(&path, row)) || uploads::is_sending_to(&self.lasting_place()) {
            return None;
        }
        self.desk
            .errors
            .read()
            .iter()
            .find(|error| error.blocks() == blocks && error.field == path && error.row == row)
            .cloned()
    }
}

/// What stands around the control of every field: label, help, reason, error, warning, source.
pub(crate) fn field_view(desk: Desk, shown: &ShownField<'static>, row: Option<(&'static str, String)>) -> View {
    let slot = Slot::new(desk, shown.field, row);
    let field = shown.field;
    let kind = field.kind.name();
    let (look, body) = body(&slot);
    if look == Look::Bare {
        return view! { <div data-field=slot.path() data-kind=kind>{body}</div> };
    }
    let text = ControlText {
        id: slot.id(),
        label: say(&field.label),
        help: field.help.as_ref().map(say).unwrap_or_default(),
        optional: !shown.required && field.kind.computed().is_none(),
        why: shown.why.as_ref().map(say).unwrap_or_default(),
        group: look == Look::Group,
    };
    let (for_error, for_warning, for_source) = (slot.clone(), slot.clone(), slot.clone());
    let error =
        Signal::derive(move || for_error.shown_error(true).map(|error| say(&error.message)).unwrap_or_default());
    let warning =
        Signal::derive(move || for_warning.shown_error(false).map(|error| say(&error.message)).unwrap_or_default());
    let office = slot.desk.office_says(&slot.path(), slot.row_index());
    let office = office.map(|says| {
        view! { <p class="notice" data-look="warn"><strong>{t("工作人员说：", "The officer says: ")}</strong>{says}</p> }
    });
    view! {
        <Control text error warning field=slot.path() row=slot.row_index() kind>
            {office}
            {body}
            {lookup::source_note(for_source)}
        </Control>
    }
}

/// How much of a frame a kind wants.
#[derive(PartialEq)]
enum Look {
    /// A label that belongs to one input.
    Input,
    /// A legend over several inputs.
    Group,
    /// Brings its own.
    Bare,
}

/// The only place of the app that tells kinds apart.
fn body(slot: &Slot) -> (Look, View) {
    let field = slot.field;
    let input = |keyboard| (Look::Input, text::view(slot, keyboard, Lines::One, None));
    match &field.kind {
        FieldKind::Text(_) => input(Keyboard::Text),
        FieldKind::LongText(settings) => {
            (Look::Input, text::view(slot, Keyboard::Text, Lines::Many { max_chars: settings.max_chars }, None))
        }
        FieldKind::PersonName(_) => input(Keyboard::Name),
        FieldKind::NewbornName(_) => (Look::Input, newborn_name::view(slot)),
        FieldKind::Sex(_) => {
            (Look::Group, choice::pair(slot, [("male", t("男", "Male")), ("female", t("女", "Female"))]))
        }
        FieldKind::Date(_) => (Look::Input, date::view(slot, Calendar::Day)),
        FieldKind::DateTime(_) => (Look::Input, date::view(slot, Calendar::DayAndTime)),
        FieldKind::Choice(settings) => (Look::Group, choice::one(slot, &settings.options)),
        FieldKind::MultiChoice(settings) => (Look::Group, choice::several(slot, &settings.options)),
        FieldKind::YesNo(_) => (Look::Group, choice::yes_no(slot)),
        FieldKind::Number(settings) => {
            let keyboard = if settings.decimals == 0 { Keyboard::Digits } else { Keyboard::Decimal };
            (Look::Input, text::view(slot, keyboard, Lines::One, settings.unit.as_ref().map(say)))
        }
        FieldKind::Money(_) => {
            (Look::Input, text::view(slot, Keyboard::Decimal, Lines::One, Some(t("元", "yuan").to_owned())))
        }
        FieldKind::Phone(_) => input(Keyboard::Phone),
        FieldKind::ResidentId(_) | FieldKind::CreditCode(_) | FieldKind::BirthCertificateNumber(_) => {
            input(Keyboard::Code)
        }
        FieldKind::IdentityDocument(settings) => (Look::Input, identity_document::view(slot, settings)),
        FieldKind::BankCard(_) => input(Keyboard::Digits),
        FieldKind::Address(settings) => (Look::Group, address::view(slot, settings)),
        FieldKind::Attachments(settings) => (Look::Group, attachments::view(slot, settings)),
        FieldKind::Certificate(settings) => (Look::Group, certificate::view(slot, settings)),
        FieldKind::Consent(settings) => (Look::Group, consent::view(slot, &settings.consent)),
        FieldKind::Signature(_) => (Look::Group, signature::view(slot)),
        FieldKind::Lookup(settings) => (Look::Bare, lookup::view(slot, settings)),
        FieldKind::Group(settings) => (Look::Bare, group::view(slot, settings)),
        FieldKind::Computed(_) => (Look::Input, computed::view(slot)),
    }
}
