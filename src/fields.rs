//! Fields on the screen: one component a kind, and the one `match` that finds it.

mod address;
mod attachments;
mod certificate;
mod choice;
mod computed;
mod conflict;
mod consent;
mod date;
mod group;
mod identity_document;
mod listed_choice;
mod lookup;
mod newborn_name;
mod signature;
mod text;

use contract::FieldKind;
use contract::journey::ShownField;
use leptos::prelude::*;

use crate::draft_session::{BoundField, DraftSession};
use crate::i18n::{tr, tr_text};
use crate::ui::control::{Control, ControlText};
use crate::uploads::Uploads;
use address::AddressField;
use attachments::AttachmentsField;
use certificate::CertificateField;
use choice::{ChoiceField, MultiChoiceField, PairField, YesNoField};
use computed::ComputedField;
pub(crate) use conflict::ConflictSheet;
use consent::ConsentField;
use date::{Calendar, DateField};
use group::GroupField;
use identity_document::IdentityDocumentField;
use listed_choice::ListedChoiceField;
use lookup::{LookupField, SourceNote};
use newborn_name::NewbornNameField;
use signature::SignatureField;
pub(crate) use signature::{SignaturePad, Writing};
use text::{Keyboard, TextField, TextLines};

/// What stands around the control of every field: label, help, reason, error, warning, source.
#[component]
pub(crate) fn FieldView(
    session: DraftSession,
    shown: ShownField<'static>,
    /// The group's name and the row's lasting name.
    #[prop(optional_no_strip)]
    row: Option<(&'static str, String)>,
) -> impl IntoView {
    let definition = shown.field;
    let kind = definition.kind.name();
    let field = BoundField::new(session, definition, row);
    let (look, body) = body(&field);
    if look == Look::Bare {
        return view! { <div data-field=field.path() data-kind=kind>{body}</div> }.into_any();
    }
    let text = ControlText {
        id: field.id(),
        label: tr_text(&definition.label),
        help: definition.help.as_ref().map(tr_text).unwrap_or_default(),
        optional: !shown.required && definition.kind.computed().is_none(),
        why: shown.why.as_ref().map(tr_text).unwrap_or_default(),
        group: look == Look::Group,
    };
    let (error_of, warning_of) = (field.clone(), field.clone());
    let uploads = expect_context::<Uploads>();
    // What is on its way is not missing.
    let is_on_its_way = move |field: &BoundField| uploads.is_sending_to(&session.id(), &field.lasting_place());
    let error = Memo::new(move |_| match is_on_its_way(&error_of) {
        true => String::new(),
        false => error_of.error_message().unwrap_or_default(),
    });
    let warning = Memo::new(move |_| warning_of.warning_message().unwrap_or_default());
    let officer_message = session.officer_message(&field.path(), field.row_index()).map(|message| {
        let heading = tr("工作人员说：", "The officer says: ");
        view! { <p class="notice" data-look="warn"><strong>{heading}</strong>{message}</p> }
    });
    let (path, row) = (field.path(), field.row_index());
    view! {
        <Control text error warning field=path row=row kind>
            {officer_message}
            {body}
            <SourceNote field />
        </Control>
    }
    .into_any()
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
fn body(field: &BoundField) -> (Look, AnyView) {
    let definition = field.definition;
    let field = field.clone();
    let input = |field, keyboard| (Look::Input, view! { <TextField field keyboard /> }.into_any());
    match &definition.kind {
        FieldKind::Text(_) => input(field, Keyboard::Text),
        FieldKind::LongText(settings) => {
            let lines = TextLines::Many { max_chars: settings.max_chars };
            (Look::Input, view! { <TextField field keyboard=Keyboard::Text lines /> }.into_any())
        }
        FieldKind::PersonName(_) => input(field, Keyboard::Name),
        FieldKind::NewbornName(_) => (Look::Input, view! { <NewbornNameField field /> }.into_any()),
        FieldKind::Sex(_) => {
            let options = [("male", tr("男", "Male")), ("female", tr("女", "Female"))];
            (Look::Group, view! { <PairField field options /> }.into_any())
        }
        FieldKind::Date(_) => (Look::Input, view! { <DateField field calendar=Calendar::Day /> }.into_any()),
        FieldKind::DateTime(_) => (Look::Input, view! { <DateField field calendar=Calendar::DayAndTime /> }.into_any()),
        FieldKind::Choice(choice) if choice.options_from.is_some() => {
            (Look::Input, view! { <ListedChoiceField field choice /> }.into_any())
        }
        FieldKind::Choice(settings) => {
            (Look::Group, view! { <ChoiceField field options=settings.options() /> }.into_any())
        }
        FieldKind::MultiChoice(settings) => {
            (Look::Group, view! { <MultiChoiceField field options=&settings.options /> }.into_any())
        }
        FieldKind::YesNo(_) => (Look::Group, view! { <YesNoField field /> }.into_any()),
        FieldKind::Number(settings) => {
            let keyboard = if settings.decimals == 0 { Keyboard::Digits } else { Keyboard::Decimal };
            let unit = settings.unit.as_ref().map(tr_text).unwrap_or_default();
            (Look::Input, view! { <TextField field keyboard unit /> }.into_any())
        }
        FieldKind::Money(_) => {
            let unit = tr("元", "yuan").to_owned();
            (Look::Input, view! { <TextField field keyboard=Keyboard::Decimal unit /> }.into_any())
        }
        FieldKind::Phone(_) => input(field, Keyboard::Phone),
        FieldKind::ResidentId(_) | FieldKind::CreditCode(_) | FieldKind::BirthCertificateNumber(_) => {
            input(field, Keyboard::Code)
        }
        FieldKind::IdentityDocument(settings) => {
            (Look::Input, view! { <IdentityDocumentField field settings /> }.into_any())
        }
        FieldKind::BankCard(_) => input(field, Keyboard::Digits),
        FieldKind::Address(settings) => (Look::Group, view! { <AddressField field settings /> }.into_any()),
        FieldKind::Attachments(settings) => (Look::Group, view! { <AttachmentsField field settings /> }.into_any()),
        FieldKind::Certificate(settings) => (Look::Group, view! { <CertificateField field settings /> }.into_any()),
        FieldKind::Consent(settings) => {
            (Look::Group, view! { <ConsentField field consent=&settings.consent /> }.into_any())
        }
        FieldKind::Signature(_) => (Look::Group, view! { <SignatureField field /> }.into_any()),
        FieldKind::Lookup(settings) => (Look::Bare, view! { <LookupField field settings /> }.into_any()),
        FieldKind::Group(settings) => (Look::Bare, view! { <GroupField field settings /> }.into_any()),
        FieldKind::Computed(_) => (Look::Input, view! { <ComputedField field /> }.into_any()),
    }
}
