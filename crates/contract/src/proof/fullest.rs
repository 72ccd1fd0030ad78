//! Whether the maximal example shows all it can: no field may be left that other answers show beside everything else.

use std::collections::BTreeSet;

use serde_json::Value;

use super::examples::Example;
use super::places::{self, Placed};
use super::walk::Walker;
use super::{Fault, fault, references};
use crate::answers::Answers;
use crate::journey::Journey;
use crate::service::Service;

/// Changes of the example that are tried for each field.
const TRIES: usize = 200;

/// Fields that other answers could show beside everything that the maximal example shows.
pub(super) fn missed(example: &Example, service: &Service) -> Vec<Fault> {
    let context = example.context();
    let placed = places::fields(service);
    let mut walker = Walker::new(service, &context, &placed);
    let shown = shown(&service.journey(&example.answers, &context));
    let mut faults = Vec::new();
    for target in placed.iter().filter(|each| !shown.contains(&each.path)) {
        let causes = causes(service, &placed, &target.path);
        for _ in 0..TRIES {
            let answers = changed(&mut walker, &example.answers, &causes);
            let journey = service.journey(&answers, &context);
            let now = self::shown(&journey);
            if journey.exit.is_none() && now.contains(&target.path) && now.is_superset(&shown) {
                let place = format!("examples.maximal.{}", target.path);
                faults.push(fault("maximal-misses-field", &place, "it could be shown beside everything else"));
                break;
            }
        }
    }
    faults
}

fn shown(journey: &Journey<'_>) -> BTreeSet<String> {
    journey.shown_fields().map(|(path, _)| path).collect()
}

/// Up to three of the causes answered otherwise, in one of the rows where they stand in rows.
fn changed(walker: &mut Walker<'_>, answers: &Answers, causes: &[String]) -> Answers {
    let mut answers = answers.clone();
    for _ in 0..3 {
        let Some(path) = walker.one_of(causes).cloned() else { break };
        let answer = walker.answer(&path);
        match path.split_once('.') {
            None if answer.is_array() && answers.get(&path).is_array() && answers.rows(&path).next().is_some() => {}
            None => answers.set(&path, answer),
            Some((group, field)) => {
                let mut rows: Vec<&mut Value> =
                    answers.0.get_mut(group).and_then(Value::as_array_mut).into_iter().flatten().collect();
                let all: Vec<usize> = (0..rows.len()).collect();
                let at = walker.one_of(&all).copied().unwrap_or(0);
                if let Some(row) = rows.get_mut(at).and_then(|row| row.as_object_mut()) {
                    row.insert(field.to_owned(), answer);
                }
            }
        }
    }
    answers
}

/// The fields on which it depends whether a field is shown, all the way back.
fn causes(service: &Service, placed: &[Placed<'_>], path: &str) -> Vec<String> {
    let mut causes: Vec<String> = Vec::new();
    let mut open = vec![path.to_owned()];
    while let Some(next) = open.pop() {
        let Some(each) = placed.iter().find(|each| each.path == next) else { continue };
        let mut paths = Vec::new();
        for condition in each.field.show_when.iter().chain(&each.step.show_when) {
            condition.fields(service, &mut paths);
            references::followed(service, condition, &mut paths);
        }
        for cause in paths.into_iter().map(str::to_owned).chain(references::parts_of(each)) {
            if !causes.contains(&cause) {
                causes.push(cause.clone());
                open.push(cause);
            }
        }
    }
    causes
}
