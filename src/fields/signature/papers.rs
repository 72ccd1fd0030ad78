//! The papers that a signature stands under, filled in with the answers.

use contract::Journey;
use contract::id::FieldId;
use contract::service::Material;
use leptos::prelude::*;

use crate::draft_session::BoundField;
use crate::i18n::{self, tr, tr_text};

#[component]
pub(super) fn Papers(field: BoundField) -> impl IntoView {
    let (session, path) = (field.session, field.path());
    let papers = Memo::new(move |_| {
        session.journey.with(|journey| {
            let asked = session.service.asked_materials(journey);
            let signed = asked.iter().filter(|one| one.material.signed_by.iter().any(|id| id.0 == path));
            signed.map(|one| Paper::of(one.material, journey)).collect::<Vec<_>>()
        })
    });
    // The first one lies open, the others are a tap away.
    let papers = move || {
        papers.get().into_iter().enumerate().map(|(at, one)| paper(one, at == 0)).map(IntoAny::into_any).collect_view()
    };
    view! { <div class="papers">{papers}</div> }
}

/// One paper with what is written on it.
#[derive(Clone, PartialEq)]
struct Paper {
    id: &'static str,
    title: String,
    /// Labels and answers.
    lines: Vec<(String, String)>,
}

impl Paper {
    fn of(material: &'static Material, journey: &Journey<'static>) -> Self {
        let fields: Vec<_> = journey.shown_fields().collect();
        let line = |id: &FieldId| {
            let (_, field) = fields.iter().find(|(path, _)| *path == id.0)?;
            let text = field.kind.kind().show(journey.answers.get(id), i18n::language());
            (!text.is_empty()).then(|| (tr_text(&field.label), text))
        };
        let lines = material.form.iter().filter_map(line).collect();
        Self { id: &material.id, title: tr_text(&material.title), lines }
    }
}

fn paper(paper: Paper, is_open: bool) -> impl IntoView {
    let line = |(label, text)| view! { <div><dt>{label}</dt><dd>{text}</dd></div> };
    view! {
        <details class="paper" open=is_open data-paper=paper.id>
            <summary>
                <span>{paper.title}</span>
                <span class="tag">{tr("已替您填好", "Filled in for you")}</span>
            </summary>
            <dl class="facts">{paper.lines.into_iter().map(line).map(IntoAny::into_any).collect_view()}</dl>
        </details>
    }
}
