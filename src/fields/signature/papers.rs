//! The papers that a signature stands under, filled in with the answers.

use crate::ui::dom::{CollectView, View};
use contract::service::Material;
use contract::{Field, Journey};
use markup::view;

use crate::fields::Slot;
use crate::settings;
use crate::words::{say, t};

pub(super) fn view(slot: &Slot) -> View {
    let journey = slot.desk.journey.read();
    let asked = slot.desk.service.asked_materials(&journey);
    let papers: Vec<_> = asked.iter().filter(|one| one.material.signed_by.contains(&slot.field.id)).collect();
    let draw = |(at, one): (usize, &&contract::material::AskedMaterial<'_>)| paper(one.material, &journey, at == 0);
    view! { <div class="papers">{papers.iter().enumerate().map(draw).collect_view()}</div> }
}

/// The first one lies open, the others are a tap away.
fn paper(material: &Material, journey: &Journey<'static>, is_open: bool) -> View {
    let fields: Vec<(String, &Field)> = journey.shown_fields().collect();
    let line = |id: &contract::id::FieldId| {
        let (_, field) = fields.iter().find(|(path, _)| *path == id.0)?;
        let text = field.kind.kind().show(journey.answers.get(id), settings::language().get_untracked());
        (!text.is_empty()).then(|| view! { <div><dt>{say(&field.label)}</dt><dd>{text}</dd></div> })
    };
    let lines = material.form.iter().filter_map(line).collect_view();
    view! {
        <details class="paper" open=is_open data-paper=material.id.0.clone()>
            <summary><span>{say(&material.title)}</span><span class="tag">{t("已替您填好", "Filled in for you")}</span></summary>
            <dl class="facts">{lines}</dl>
        </details>
    }
}
