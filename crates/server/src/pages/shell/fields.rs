//! The questions of a step that are plain controls, as `src/ui/` draws them. Whoever is quick answers here; the app
//! takes the answers over when it stands (`src/first_screen/handover.rs`), so the controls have its names and none of
//! its ids.

use contract::journey::{JourneyStep, ShownField};
use contract::kinds::Choosable;
use contract::{Answers, FieldKind, Service};
use maud::{Markup, html};
use serde_json::Value;

use super::frame::{CALENDAR, icon};
use super::reader::Reader;
use crate::draft::OpenDraft;

/// Up to the first question that only the app can ask; then comes a grey shape. All of a correction is the app's.
pub(super) fn fields(step: &JourneyStep<'_>, draft: &OpenDraft, reader: &Reader) -> Markup {
    let has_only_groups = step.step.fields.iter().all(|field| field.kind.rows().is_some());
    let class = if has_only_groups { "" } else { "card step-card" };
    let questions = Questions { service: &draft.service, answers: &draft.record.answers, reader };
    let drawn: Vec<Markup> = match draft.requested_corrections.reasons.is_empty() {
        true => step.fields.iter().map_while(|shown| questions.question(shown)).collect(),
        false => Vec::new(),
    };
    let is_whole = drawn.len() == step.fields.len();
    html! {
        @if !drawn.is_empty() {
            div class=(class) {
                @for question in &drawn { (question) }
                @if !is_whole { (rest(reader)) }
            }
        } @else {
            div.card { (rest(reader)) }
        }
    }
}

fn rest(reader: &Reader) -> Markup {
    html! { div.boot-fields role="status" aria-label=(reader.say("正在打开", "Loading")) {} }
}

struct Questions<'a> {
    service: &'a Service,
    answers: &'a Answers,
    reader: &'a Reader,
}

/// A control that works without the app.
enum Control<'a> {
    Input { mode: &'static str, autocomplete: &'static str, unit: String, icon: Option<&'static str> },
    Lines { most_characters: usize },
    Cards { cards: Vec<Card<'a>>, several: bool, short: bool },
}

struct Card<'a> {
    id: &'a str,
    label: &'a str,
    help: &'a str,
    is_chosen: bool,
}

impl Questions<'_> {
    /// `None` for a question that only the app can ask.
    fn question(&self, shown: &ShownField<'_>) -> Option<Markup> {
        let Self { reader, .. } = self;
        let field = shown.field;
        let (id, name) = (format!("early-{}", field.id), &field.id.0);
        // A register vouches for it, and only the app can say that it is wrong.
        let is_filled_by_a_register = self
            .service
            .fields()
            .any(|(_, other)| other.kind.lookup().is_some_and(|lookup| lookup.fills.contains_key(&field.id)));
        if is_filled_by_a_register {
            return None;
        }
        let answer = self.answers.get(&field.id);
        let control = self.control(&field.kind, answer)?;
        let label = html! {
            (reader.text(&field.label))
            @if !shown.required { span.control-optional { (reader.say("（选填）", "(optional)")) } }
        };
        let is_group = matches!(control, Control::Cards { .. });
        Some(html! {
            div.control role=[is_group.then_some("group")] aria-labelledby=[is_group.then(|| format!("{id}-label"))] {
                @if is_group {
                    span.control-label id=(format!("{id}-label")) { (label) }
                } @else {
                    label.control-label for=(id) { (label) }
                }
                @if let Some(why) = &shown.why { p.control-why { (reader.text(why)) } }
                @if let Some(help) = &field.help { p.control-help { (reader.text(help)) } }
                div.control-body { (drawn(&control, &id, name, answer)) }
            }
        })
    }

    fn control<'a>(&'a self, kind: &'a FieldKind, answer: &Value) -> Option<Control<'a>> {
        let reader = self.reader;
        let input = |mode, autocomplete| Some(Control::Input { mode, autocomplete, unit: String::new(), icon: None });
        let measured =
            |mode, unit: &str| Some(Control::Input { mode, autocomplete: "off", unit: unit.to_owned(), icon: None });
        let day = Some(Control::Input { mode: "text", autocomplete: "off", unit: String::new(), icon: Some(CALENDAR) });
        let cards = |options: &'a [Choosable]| {
            let offered = options.iter().filter(|option| option.is_offered(answer));
            offered.map(|option| self.card(option, answer)).collect()
        };
        match kind {
            FieldKind::Text(_)
            | FieldKind::ResidentId(_)
            | FieldKind::CreditCode(_)
            | FieldKind::BirthCertificateNumber(_) => input("text", "off"),
            FieldKind::LongText(settings) => Some(Control::Lines { most_characters: settings.max_chars }),
            FieldKind::PersonName(_) => input("text", "name"),
            FieldKind::Phone(_) => input("tel", "tel-national"),
            FieldKind::BankCard(_) => input("numeric", "off"),
            FieldKind::Date(_) | FieldKind::DateTime(_) => day,
            FieldKind::Number(settings) => {
                let mode = if settings.decimals == 0 { "numeric" } else { "decimal" };
                measured(mode, settings.unit.as_ref().map(|unit| reader.text(unit)).unwrap_or_default())
            }
            FieldKind::Money(_) => measured("decimal", reader.say("元", "yuan")),
            FieldKind::Sex(_) => {
                let cards = [("male", reader.say("男", "Male")), ("female", reader.say("女", "Female"))];
                Some(short(cards, answer.as_str()))
            }
            FieldKind::YesNo(_) => {
                let chosen = answer.as_bool().map(|yes| if yes { "yes" } else { "no" });
                Some(short([("yes", reader.say("是", "Yes")), ("no", reader.say("否", "No"))], chosen))
            }
            // A list is searched, which takes the app.
            FieldKind::Choice(settings) if settings.options_from.is_none() => {
                Some(Control::Cards { cards: cards(settings.options()), several: false, short: false })
            }
            FieldKind::MultiChoice(settings) => {
                Some(Control::Cards { cards: cards(&settings.options), several: true, short: false })
            }
            // The app alone asks the others.
            _ => None,
        }
    }

    fn card<'a>(&'a self, option: &'a Choosable, answer: &Value) -> Card<'a> {
        Card {
            id: &option.id.0,
            label: self.reader.text(&option.label),
            help: option.help.as_ref().map(|help| self.reader.text(help)).unwrap_or_default(),
            is_chosen: option.is_in(answer),
        }
    }
}

fn short<'a>(cards: [(&'a str, &'a str); 2], chosen: Option<&str>) -> Control<'a> {
    let card = |(id, label)| Card { id, label, help: "", is_chosen: chosen == Some(id) };
    Control::Cards { cards: cards.map(card).into(), several: false, short: true }
}

fn drawn(control: &Control<'_>, id: &str, name: &str, answer: &Value) -> Markup {
    let text = answer.as_str().unwrap_or_default();
    match control {
        Control::Input { mode, autocomplete, unit, icon: drawing } => html! {
            div.input {
                input id=(id) name=(name) type="text" inputmode=(mode) autocomplete=(autocomplete) value=(
                    if drawing.is_some() { text.replace('T', " ") } else { text.to_owned() }
                );
                @if !unit.is_empty() { span.input-unit { (unit) } }
                @if let Some(drawing) = drawing { span.input-pick { (icon(drawing)) } }
            }
        },
        Control::Lines { most_characters } => html! {
            div.input {
                textarea id=(id) name=(name) rows="3" { (text) }
                span.input-count { (text.chars().count()) "/" (most_characters) }
            }
        },
        Control::Cards { cards, several, short } => html! {
            div class=(if *short { "choices-short" } else { "choices" }) {
                @for Card { id, label, help, is_chosen } in cards {
                    label.choice data-checked=(is_chosen) {
                        input type=(if *several { "checkbox" } else { "radio" }) name=(name) value=(id) checked[*is_chosen];
                        span.choice-mark aria-hidden="true" {}
                        span {
                            span.choice-label { (label) }
                            @if !help.is_empty() { span.choice-help { (help) } }
                        }
                    }
                }
            }
        },
    }
}
