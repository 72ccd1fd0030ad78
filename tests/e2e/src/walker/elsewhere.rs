//! What another screen of the same person has answered already: words, choices and consents. Pictures, signatures and
//! what a register or the wallet says are left for the screen under test.

use anyhow::{Context, Result};
use contract::field::{Field, FieldKind};
use contract::{Service, answers};
use serde_json::{Map, Value};

use crate::world::World;

/// Answers the steps before `goal` as their owner does elsewhere, and shows the draft on the screen again.
pub(super) async fn answer(world: &World, example: &Map<String, Value>, goal: &str) -> Result<()> {
    world.until("location.pathname.startsWith('/drafts/')", "the draft").await?;
    let path = world.path().await?;
    let id = path.split('/').nth(2).with_context(|| format!("no draft at {path}"))?;
    let cookies = world.cookies().await?;
    let draft = world.server.read_as(&cookies, &format!("/api/drafts/{id}")).await?;
    let part = |name: &str| draft[name].as_str().with_context(|| format!("a draft without {name}"));
    let version = &draft["service_version"];
    let definition = format!("/api/services/{}/versions/{version}?division={}", part("service")?, part("division")?);
    let service: Service = serde_json::from_value(world.server.read(&definition).await?)?;
    let words = words_before(&service, goal, example);
    if words.iter().all(|(field, words)| draft["answers"].get(field) == Some(words)) {
        return Ok(());
    }
    world.server.change_as(&cookies, id, &Value::Object(words)).await?;
    world.browser.refresh().await?;
    world.see("[data-step]").await?;
    Ok(())
}

fn words_before(service: &Service, goal: &str, example: &Map<String, Value>) -> Map<String, Value> {
    let mut words = Map::new();
    for field in service.steps.iter().take_while(|step| *step.id.0 != *goal).flat_map(|step| &step.fields) {
        let Some(rows) = field.kind.rows() else {
            if is_answered_in_words(field)
                && let Some(answer) = example.get(&field.id.0)
            {
                words.insert(field.id.0.clone(), answer.clone());
            }
            continue;
        };
        let group = &rows.answered_as(&field.id).0;
        let given: Vec<_> = example.get(group).and_then(Value::as_array).into_iter().flatten().collect();
        let known = words.entry(group.clone()).or_insert_with(|| vec![Map::<String, Value>::new(); given.len()].into());
        for (row, given) in known.as_array_mut().into_iter().flatten().zip(given) {
            let typed = rows.fields.iter().filter(|inner| is_answered_in_words(inner)).map(|inner| inner.id.0.as_str());
            for name in typed.chain([answers::ROW]) {
                if let Some(answer) = given.get(name) {
                    row[name] = answer.clone();
                }
            }
        }
    }
    words
}

fn is_answered_in_words(field: &Field) -> bool {
    !matches!(
        field.kind,
        FieldKind::Attachments(_)
            | FieldKind::Signature(_)
            | FieldKind::Lookup(_)
            | FieldKind::Certificate(_)
            | FieldKind::Computed(_)
    )
}
