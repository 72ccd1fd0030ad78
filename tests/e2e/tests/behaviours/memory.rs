//! A cheap phone has memory for one large picture at a time.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use e2e::examples;
use e2e::lives::{Lives, Memory, over_lives};
use e2e::pages::{Guide, Pictures, Step};
use e2e::photograph::photograph;
use e2e::walker::Walker;

/// Twelve megapixels each.
const PHOTOGRAPHS: usize = 6;
/// Above what the page holds before the first.
const MOST_KB: u64 = 120 * 1024;
const BETWEEN_LOOKS: Duration = Duration::from_millis(50);

#[test]
fn six_large_photographs_fit_into_the_memory_of_a_cheap_phone() -> Result<()> {
    over_lives("memory", |lives: Lives| async move {
        let life = lives.begin().await?;
        let example = examples::one("kitchen-sink", "minimal")?;
        Guide::begin(&life.world, "13807360001", "kitchen-sink").await?;
        Walker::new(&life.world, "memory", &example.answers).without_looking().steps_until("papers").await?;
        Step::be_saved(&life.world).await?;
        let pictures = Pictures::first_of(&Step::fields(&life.world).await?)?;
        for number in 1..=PHOTOGRAPHS {
            photograph(number)?;
        }
        let lives = Arc::new(lives);
        let before = lives.memory_of_pages()?;
        let (is_over, watched) = (Arc::new(AtomicBool::new(false)), Arc::clone(&lives));
        let seen = Arc::clone(&is_over);
        let looking = std::thread::spawn(move || peak(&watched, &seen));
        pictures.choose_together(&life.world, 1..=PHOTOGRAPHS).await?;
        let arrived = pictures.be_safe(&life.world, PHOTOGRAPHS).await;
        is_over.store(true, Ordering::Relaxed);
        let (peak, looks) = looking.join().ok().context("nobody looked")??;
        arrived?;
        let more = peak.resident_kb.saturating_sub(before.resident_kb);
        println!("before {before:?}, most {peak:?} in {looks} looks: {} MB more", more / 1024);
        ensure!(looks > PHOTOGRAPHS, "only {looks} looks");
        ensure!(more > 0 && more <= MOST_KB, "{} MB more than before: {before:?}, {peak:?}", more / 1024);
        life.end().await
    })
}

/// The most that the pages held while somebody looked, each measure by itself, and how often that was.
fn peak(lives: &Lives, is_over: &AtomicBool) -> Result<(Memory, usize)> {
    let (mut peak, mut looks) = (Memory::default(), 0);
    while !is_over.load(Ordering::Relaxed) {
        let now = lives.memory_of_pages()?;
        peak.resident_kb = peak.resident_kb.max(now.resident_kb);
        peak.proportional_kb = peak.proportional_kb.max(now.proportional_kb);
        looks += 1;
        std::thread::sleep(BETWEEN_LOOKS);
    }
    Ok((peak, looks))
}
