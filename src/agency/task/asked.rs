//! The form as the server says that it was asked, as far as this item needs it. Conditions look at answers that an
//! officer may not have, so nothing is worked out here.

use contract::api::{AskedField, TaskDetail};
use contract::journey::{JourneyStep, ShownField};
use contract::material::AskedMaterial;
use contract::{Context, Field, Journey, Service};

/// The steps with the fields that were asked.
pub(super) fn journey(service: &'static Service, detail: &TaskDetail, context: &'static Context) -> Journey<'static> {
    let steps = service.steps.iter().map(|step| JourneyStep {
        step,
        fields: step.fields.iter().filter_map(|field| shown(field, detail)).collect(),
    });
    let steps = steps.filter(|step| !step.fields.is_empty()).collect();
    Journey { context, steps, exit: None, answers: detail.answers.clone() }
}

fn shown(field: &'static Field, detail: &TaskDetail) -> Option<ShownField<'static>> {
    let Some(group) = field.kind.rows() else {
        return is_asked(&detail.asked, &field.id, None).then(|| shown_field(field, Vec::new()));
    };
    let name = group.answered_as(&field.id);
    let row = |at: usize| -> Vec<ShownField<'static>> {
        let is_asked = |inner: &&Field| is_asked(&detail.asked, &format!("{name}.{}", inner.id), Some(at));
        group.fields.iter().filter(is_asked).map(|inner| shown_field(inner, Vec::new())).collect()
    };
    let rows: Vec<_> = (0..detail.answers.rows(name).count()).map(row).collect();
    rows.iter().any(|row| !row.is_empty()).then(|| shown_field(field, rows))
}

fn is_asked(asked: &[AskedField], field: &str, row: Option<usize>) -> bool {
    asked.iter().any(|known| known.field == *field && known.row == row)
}

fn shown_field(field: &'static Field, rows: Vec<Vec<ShownField<'static>>>) -> ShownField<'static> {
    ShownField { field, required: false, why: None, rows }
}

/// The documents that this item asks for.
pub(super) fn documents(service: &'static Service, detail: &TaskDetail) -> Vec<AskedMaterial<'static>> {
    let documents = detail.papers.iter().filter_map(|paper| {
        let material = service.materials.iter().find(|material| material.id == paper.material)?;
        Some(AskedMaterial { material, mode: paper.mode, uploads: paper.uploads.clone(), given: paper.given })
    });
    documents.collect()
}
