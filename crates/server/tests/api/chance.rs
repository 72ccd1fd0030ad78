//! Random choices that can be made again: `YIJIANSHI_SEED` repeats what a failed run printed.

use fastrand::Rng;

/// With the seed of this run, which is printed: a failing test shows it.
pub(crate) fn chance() -> Rng {
    let seed = number("YIJIANSHI_SEED").unwrap_or_else(|| fastrand::u64(..));
    println!("YIJIANSHI_SEED={seed}");
    Rng::with_seed(seed)
}

/// How often a test does its thing: a few times in CI, more by the environment variable.
pub(crate) fn times(variable: &str, usual: usize) -> usize {
    number(variable).map_or(usual, |times| times.try_into().unwrap())
}

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok().map(|value| value.parse().unwrap())
}
