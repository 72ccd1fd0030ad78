//! A cheap phone has memory for one large picture at a time.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use e2e::browser_runs::{BrowserRuns, Memory, across_browser_runs};
use e2e::pages::{Guide, Pictures, Step};
use e2e::photograph::photograph;
use e2e::walker::Walker;
use e2e::{World, examples};

/// As many as one question takes, for two questions one right after the other: six of twelve megapixels each.
const TOGETHER: usize = 3;
/// Above what the page holds before the first.
const MOST_KB: u64 = 120 * 1024;
const BETWEEN_LOOKS: Duration = Duration::from_millis(50);

#[test]
#[invariant::invariant("small-memory")]
fn six_large_photographs_fit_into_the_memory_of_a_cheap_phone() -> Result<()> {
    across_browser_runs("memory", |runs: BrowserRuns| async move {
        let run = runs.begin().await?;
        let example = examples::one("shop-sign", "minimal")?;
        Guide::begin(&run.world, "13807360001", "shop-sign").await?;
        Walker::new(&run.world, "memory", &example.answers).without_looking().begin_until("sign-pictures").await?;
        Step::be_saved(&run.world).await?;
        let places = Step::fields(&run.world).await?;
        let questions: Vec<_> = places.iter().filter(|place| place.kind == "attachments").map(Pictures::of).collect();
        ensure!(questions.len() > 1, "not two questions for pictures");
        for number in 1..=2 * TOGETHER {
            photograph(number)?;
        }
        let runs = Arc::new(runs);
        let before = runs.memory_of_pages()?;
        let (is_over, watched) = (Arc::new(AtomicBool::new(false)), Arc::clone(&runs));
        let seen = Arc::clone(&is_over);
        let looking = std::thread::spawn(move || peak(&watched, &seen));
        for (first, question) in [1, 1 + TOGETHER].into_iter().zip(&questions) {
            question.choose_together(&run.world, first..=first + TOGETHER - 1).await?;
        }
        let arrived = all_be_safe(&run.world, &questions).await;
        is_over.store(true, Ordering::Relaxed);
        let (peak, looks) = looking.join().ok().context("nobody looked")??;
        arrived?;
        run.world.picture("memory").await?;
        let more = peak.resident_kb.saturating_sub(before.resident_kb);
        println!("before {before:?}, most {peak:?} in {looks} looks: {} MB more", more / 1024);
        ensure!(looks > 4 * TOGETHER, "only {looks} looks");
        ensure!(more > 0 && more <= MOST_KB, "{} MB more than before: {before:?}, {peak:?}", more / 1024);
        run.end().await
    })
}

async fn all_be_safe(world: &World, questions: &[Pictures]) -> Result<()> {
    for question in questions.iter().take(2) {
        question.be_safe(world, TOGETHER).await?;
    }
    Ok(())
}

/// The most that the pages held while somebody looked, each measure by itself, and how often that was.
fn peak(runs: &BrowserRuns, is_over: &AtomicBool) -> Result<(Memory, usize)> {
    let (mut peak, mut looks) = (Memory::default(), 0);
    while !is_over.load(Ordering::Relaxed) {
        let now = runs.memory_of_pages()?;
        peak.resident_kb = peak.resident_kb.max(now.resident_kb);
        peak.proportional_kb = peak.proportional_kb.max(now.proportional_kb);
        looks += 1;
        std::thread::sleep(BETWEEN_LOOKS);
    }
    Ok((peak, looks))
}
