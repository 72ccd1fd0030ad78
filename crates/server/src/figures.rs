//! The figures that everybody may see, and those of an officer's own agency.

use std::collections::BTreeMap;

use contract::Text;
use contract::api::{FigureRow, FiguresView};

use crate::backend::Backend;
use crate::error::ApiError;
use crate::store::Scope;

/// Groups smaller than this are put together, so that no person can be recognised.
const FEWEST: usize = 5;

#[derive(Default)]
struct Group {
    cases: usize,
    seconds: Vec<i64>,
}

pub(crate) async fn figures(backend: &Backend, scope: &Scope) -> Result<FiguresView, ApiError> {
    let cases = backend.store.counted_cases(scope).await?;
    let decisions = backend.store.counted_decisions(scope).await?;
    let counts = backend.store.counts(scope).await?;
    let (mut services, mut divisions) = (BTreeMap::<String, Group>::new(), BTreeMap::<String, Group>::new());
    for case in &cases {
        services.entry(case.service.clone()).or_default().cases += 1;
        divisions.entry(case.division.clone()).or_default().cases += 1;
    }
    for decision in &decisions {
        services.entry(decision.service.clone()).or_default().seconds.push(decision.seconds);
        divisions.entry(decision.division.clone()).or_default().seconds.push(decision.seconds);
    }
    let service = |id: &str| backend.catalogue.title(id).unwrap_or_else(|| Text::new(id, id));
    let division = |code: &str| backend.divisions.title(code).unwrap_or_else(|| Text::new("常德市", "Changde"));
    Ok(FiguresView {
        cases: count(cases.len()),
        online: count(cases.iter().filter(|case| case.online).count()),
        decided: count(decisions.len()),
        on_time: count(decisions.iter().filter(|decision| decision.on_time).count()),
        returned: count(decisions.iter().filter(|decision| decision.returned).count()),
        ratings: counts.ratings,
        satisfied: counts.satisfied,
        grievances_open: counts.grievances_open,
        grievances_solved: counts.grievances_solved,
        by_service: rows(services, service),
        by_division: rows(divisions, division),
    })
}

/// The largest first; small groups are put together under one name.
fn rows(groups: BTreeMap<String, Group>, title: impl Fn(&str) -> Text) -> Vec<FigureRow> {
    let (mut rows, mut others) = (Vec::new(), Group::default());
    for (name, group) in groups {
        if group.cases < FEWEST {
            others.cases += group.cases;
            others.seconds.extend(group.seconds);
        } else {
            rows.push(row(title(&name), group));
        }
    }
    rows.sort_by_key(|row| std::cmp::Reverse(row.cases));
    if others.cases > 0 {
        rows.push(row(Text::new("其他（每项少于 5 件）", "Others (fewer than 5 each)"), others));
    }
    rows
}

fn row(title: Text, mut group: Group) -> FigureRow {
    let is_told = group.cases >= FEWEST;
    group.seconds.sort_unstable();
    let median = group.seconds.get(group.seconds.len() / 2).filter(|_| is_told && group.seconds.len() >= FEWEST);
    // A decision within the hour took one.
    let hours = |seconds: &i64| u32::try_from((*seconds + 3599) / 3600).unwrap_or_default().max(1);
    FigureRow { title, cases: is_told.then(|| count(group.cases)), median_hours: median.map(hours) }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[invariant::invariant("nobody-recognised")]
    fn small_groups_are_put_together_and_not_counted() {
        let group = |cases: usize| Group { cases, seconds: vec![3600; cases] };
        let groups =
            BTreeMap::from([("a".to_owned(), group(7)), ("b".to_owned(), group(2)), ("c".to_owned(), group(1))]);
        let rows = rows(groups, |name| Text::new(name, name));
        let told: Vec<_> = rows.iter().map(|row| (row.cases, row.median_hours)).collect();
        assert_eq!(told, [(Some(7), Some(1)), (None, None)]);
    }
}
