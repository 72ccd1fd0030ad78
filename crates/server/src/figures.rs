//! The figures that everybody may see, and those of an officer's own agency.

use std::collections::BTreeMap;

use contract::Text;
use contract::api::{Count, FigureRow, FiguresView};
use tokio::sync::Mutex;

use crate::backend::Backend;
use crate::error::ApiError;
use crate::store::{Scope, Seconds};

/// Groups smaller than this are put together, so that no person can be recognised.
const FEWEST: usize = 5;

#[derive(Default)]
struct Group {
    cases: usize,
    seconds: Vec<i64>,
}

/// The figures that everybody sees, counted once a minute, by one visitor at a time.
#[derive(Default)]
pub(crate) struct PublicFigures(Mutex<Option<(Seconds, FiguresView)>>);

const COUNTED_EVERY_SECONDS: Seconds = 60;

pub(crate) async fn public_figures(backend: &Backend) -> Result<FiguresView, ApiError> {
    let mut counted = backend.public_figures.0.lock().await;
    let now = backend.now();
    if let Some((_, figures)) = counted.as_ref().filter(|(at, _)| now - at < COUNTED_EVERY_SECONDS) {
        return Ok(figures.clone());
    }
    let figures = without_few(figures(backend, &Scope::default()).await?);
    *counted = Some((now, figures.clone()));
    Ok(figures)
}

pub(crate) async fn figures(backend: &Backend, scope: &Scope) -> Result<FiguresView, ApiError> {
    let cases = backend.store.counted_cases(scope).await?;
    let decisions = backend.store.counted_decisions(scope).await?;
    let counts = backend.store.counts(scope).await?;
    let (mut services, mut divisions) = (BTreeMap::<String, Group>::new(), BTreeMap::<String, Group>::new());
    for case in &cases {
        services.entry(case.service.clone()).or_default().cases += 1;
    }
    for division in backend.store.counted_divisions(scope).await? {
        divisions.entry(division).or_default().cases += 1;
    }
    for decision in &decisions {
        services.entry(decision.service.clone()).or_default().seconds.push(decision.seconds);
        divisions.entry(decision.division.clone()).or_default().seconds.push(decision.seconds);
    }
    let service = |id: &str| backend.catalogue.title(id).unwrap_or_else(|| Text::new(id, id));
    let division = |code: &str| backend.divisions.title(code).unwrap_or_else(|| Text::new("常德市", "Changde"));
    Ok(FiguresView {
        cases: Some(count(cases.len())),
        channels_known: Some(count(cases.iter().filter(|case| case.online.is_some()).count())),
        online: Some(count(cases.iter().filter(|case| case.online == Some(true)).count())),
        decided: Some(count(decisions.len())),
        on_time: Some(count(decisions.iter().filter(|decision| decision.on_time).count())),
        returned: Some(count(decisions.iter().filter(|decision| decision.returned).count())),
        ratings: Some(counts.ratings),
        satisfied: Some(counts.satisfied),
        grievances_open: Some(counts.grievances_open),
        grievances_solved: Some(counts.grievances_solved),
        by_service: rows(services, service),
        by_division: rows(divisions, division),
    })
}

/// The totals without those of few cases, and without parts whose difference to the whole is of few. Nothing is the
/// group of nobody, and gives nobody away.
fn without_few(figures: FiguresView) -> FiguresView {
    let cases = many(figures.cases);
    let channels_known = part(figures.channels_known, figures.cases, cases);
    let (decided, ratings) = (many(figures.decided), many(figures.ratings));
    FiguresView {
        online: part(figures.online, figures.channels_known, channels_known),
        on_time: part(figures.on_time, figures.decided, decided),
        returned: part(figures.returned, figures.decided, decided),
        satisfied: part(figures.satisfied, figures.ratings, ratings),
        grievances_open: many(figures.grievances_open),
        grievances_solved: many(figures.grievances_solved),
        cases,
        channels_known,
        decided,
        ratings,
        ..figures
    }
}

fn many(number: Count) -> Count {
    number.filter(|number| *number == 0 || *number as usize >= FEWEST)
}

/// A part of `whole`, which is told as `told`.
fn part(number: Count, whole: Count, told: Count) -> Count {
    let others = whole.zip(number).map(|(whole, number)| whole.saturating_sub(number));
    many(number).filter(|_| told.is_some() && many(others).is_some())
}

/// The largest first. Small groups are put together under one name, and so many of the next larger ones with them that
/// neither the total nor the sum of the others gives one of them away.
fn rows(groups: BTreeMap<String, Group>, title: impl Fn(&str) -> Text) -> Vec<FigureRow> {
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by_key(|(_, group)| std::cmp::Reverse(group.cases));
    let hidden = hidden(&groups.iter().map(|(_, group)| group.cases).collect::<Vec<_>>());
    let small = groups.split_off(groups.len() - hidden);
    let mut rows: Vec<_> = groups.into_iter().map(|(name, group)| row(title(&name), group)).collect();
    if !small.is_empty() {
        let mut others = Group::default();
        for (_, group) in small {
            others.cases += group.cases;
            others.seconds.extend(group.seconds);
        }
        rows.push(row(Text::new("其他（件数少，合在一起）", "Others (few cases, put together)"), others));
    }
    rows
}

/// How many of the smallest groups are put together. `cases` are sorted, the most first.
fn hidden(cases: &[usize]) -> usize {
    let mut hidden = cases.iter().filter(|cases| **cases < FEWEST).count();
    let is_given_away = |hidden: usize| {
        let together: usize = cases.iter().rev().take(hidden).sum();
        hidden == 1 || together < FEWEST
    };
    while hidden > 0 && hidden < cases.len() && is_given_away(hidden) {
        hidden += 1;
    }
    hidden
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
        for (cases, told) in [
            (vec![7, 2, 1], vec![Some(7 + 2 + 1)]),
            (vec![9, 7, 4, 1], vec![Some(9), Some(7), Some(5)]),
            // The total less the others would be the one.
            (vec![9, 8, 4], vec![Some(9), Some(12)]),
            (vec![9, 6], vec![Some(9), Some(6)]),
            (vec![2], vec![None]),
            (vec![], vec![]),
        ] {
            let group =
                |(at, cases): (usize, &usize)| (format!("{at}"), Group { cases: *cases, seconds: vec![3600; *cases] });
            let rows = rows(cases.iter().enumerate().map(group).collect(), |name| Text::new(name, name));
            assert_eq!(rows.iter().map(|row| row.cases).collect::<Vec<_>>(), told, "{cases:?}");
            let medians_fit = rows.iter().all(|row| row.median_hours.is_some() == row.cases.is_some());
            assert!(medians_fit, "{rows:?}");
        }
    }

    #[test]
    #[invariant::invariant("nobody-recognised")]
    fn no_total_and_no_difference_of_totals_is_of_one_to_four() {
        for (number, whole, told) in [
            (0, 0, Some(0)),
            (0, 9, Some(0)),
            (9, 9, Some(9)),
            (5, 10, Some(5)),
            // The number, or those who are left over, are few.
            (4, 10, None),
            (6, 10, None),
            (96, 100, None),
            (1, 1, None),
            // The whole is of few, and not told.
            (0, 4, None),
        ] {
            assert_eq!(part(Some(number), Some(whole), many(Some(whole))), told, "{number} of {whole}");
        }
    }
}
