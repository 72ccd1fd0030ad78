//! Ids are kebab-case words, unique among their own, and stay once they were released.

use std::collections::BTreeSet;

use serde_json::Value;

use super::places::Placed;
use super::{Fault, fault};
use crate::service::Service;

/// Wrong, doubled and lost ids. `released` is what [`list`] gave when the service went out; it may be empty.
pub(super) fn check(service: &Service, placed: &[Placed<'_>], released: &str) -> Vec<Fault> {
    let ids = ids(service, placed);
    let mut faults = Vec::new();
    let mut seen = BTreeSet::new();
    for (kind, id) in &ids {
        let place = format!("{kind} {id}");
        if !id.split(['.', '=']).all(is_kebab_case) {
            faults.push(fault("id-not-kebab", &place, "use lower-case words joined by hyphens"));
        }
        if !seen.insert((kind, id)) {
            faults.push(fault("id-twice", &place, "two of them have this name"));
        }
    }
    let present = list(service, placed);
    let present: BTreeSet<&str> = present.lines().collect();
    // A text may become a choice of a code list that takes others too: what was typed stays right, and `Kind::read`
    // gives a name its code.
    let listed: BTreeSet<String> = placed
        .iter()
        .filter(|each| each.field.kind.choice().is_some_and(|choice| choice.others))
        .map(|each| format!("field {} text", each.path))
        .collect();
    for line in released.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if !present.contains(line) && !listed.contains(line) {
            faults.push(fault("id-gone", line, "it was released and must stay: drafts and cases hold it"));
        }
    }
    faults
}

/// Ids that drafts and cases hold, one a line, fields with their kind.
pub(super) fn list(service: &Service, placed: &[Placed<'_>]) -> String {
    let kind_of = |id: &str| {
        let field = placed.iter().find(|each| each.path == *id)?;
        serde_json::to_value(&field.field.kind).ok()?.get("kind")?.as_str().map(|kind| format!(" {kind}"))
    };
    let lasting = ["item", "step", "field", "option", "material", "consent", "track", "delivery"];
    let mut lines: Vec<String> = ids(service, placed)
        .into_iter()
        .filter(|(kind, _)| lasting.contains(kind))
        .map(|(kind, id)| {
            if kind == "field" {
                format!("{kind} {id}{}", kind_of(&id).unwrap_or_default())
            } else {
                format!("{kind} {id}")
            }
        })
        .collect();
    lines.sort();
    lines.join("\n") + "\n"
}

/// Every id with the word for its kind; an option is `field=option`.
fn ids(service: &Service, placed: &[Placed<'_>]) -> Vec<(&'static str, String)> {
    let mut ids = vec![("service", service.id.0.clone())];
    ids.extend(service.agencies.iter().map(|one| ("agency", one.id.0.clone())));
    ids.extend(service.items.iter().map(|one| ("item", one.id.0.clone())));
    ids.extend(service.tracks.iter().map(|one| ("track", one.id.0.clone())));
    ids.extend(service.limits.keys().map(|id| ("limit", id.0.clone())));
    ids.extend(service.conditions.keys().map(|id| ("condition", id.0.clone())));
    ids.extend(service.gates.iter().map(|one| ("gate", one.id.0.clone())));
    ids.extend(service.sections.iter().map(|one| ("section", one.id.0.clone())));
    ids.extend(service.steps.iter().map(|one| ("step", one.id.0.clone())));
    ids.extend(placed.iter().map(|each| ("field", each.path.clone())));
    ids.extend(placed.iter().flat_map(options));
    ids.extend(service.rules.iter().map(|one| ("rule", one.id.0.clone())));
    ids.extend(service.materials.iter().map(|one| ("material", one.id.0.clone())));
    ids.extend(service.consents.iter().map(|one| ("consent", one.id.0.clone())));
    ids.extend(service.deliveries.iter().map(|one| ("delivery", one.id.0.clone())));
    ids.extend(service.notifications.iter().map(|one| ("notification", one.id.0.clone())));
    ids.extend(service.next.iter().map(|one| ("next", one.id.0.clone())));
    ids
}

fn options<'a>(each: &'a Placed<'_>) -> impl Iterator<Item = (&'static str, String)> + 'a {
    let settings = serde_json::to_value(&each.field.kind).unwrap_or_default();
    let options = settings.get("options").and_then(Value::as_array).cloned().unwrap_or_default();
    let id = |option: Value| option.get("id").and_then(Value::as_str).map(str::to_owned);
    options.into_iter().filter_map(id).map(|id| ("option", format!("{}={id}", each.path)))
}

fn is_kebab_case(word: &str) -> bool {
    let is_part =
        |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    word.split('-').all(is_part) && word.starts_with(|first: char| first.is_ascii_lowercase())
}
