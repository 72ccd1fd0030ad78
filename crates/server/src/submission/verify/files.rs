//! Files: each must have arrived, for this draft and this question.

use contract::{Answers, FieldError, Journey, Text};
use serde_json::{Value, json};

use super::{Place, each_answer};
use crate::store::AttachmentRecord;

/// Describes each file as it is kept; names those that are not there.
pub(super) fn describe(journey: &Journey<'_>, records: &[AttachmentRecord], answers: &mut Answers) -> Vec<FieldError> {
    let mut errors = Vec::new();
    each_answer(journey, answers, |place, value| {
        if place.kind.attachments().is_none() {
            return;
        }
        for file in value.as_array_mut().into_iter().flatten() {
            match record(place, file, records) {
                Some(record) => *file = json!({ "id": record.id, "name": record.name, "bytes": record.bytes }),
                None => errors.push(place.error("file-gone", gone())),
            }
        }
    });
    errors
}

fn record<'a>(place: &Place<'_>, file: &Value, records: &'a [AttachmentRecord]) -> Option<&'a AttachmentRecord> {
    let id = file.get("id").and_then(Value::as_str)?;
    let is_it = |record: &&AttachmentRecord| {
        record.id == id && record.field == place.path && (place.row.is_none() || record.row == place.row_name)
    };
    records.iter().find(is_it)
}

fn gone() -> Text {
    Text::new("有一个文件没有传完，请删掉它再传一次", "A file did not arrive, remove it and upload it again")
}
