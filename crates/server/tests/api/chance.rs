//! Random choices that can be made again: `YIJIANSHI_SEED` repeats what a failed run printed.

/// SplitMix64.
pub(crate) struct Chance(u64);

impl Chance {
    /// With the seed of this run, which is printed: a failing test shows it.
    pub(crate) fn new() -> Self {
        let seed = number("YIJIANSHI_SEED").unwrap_or_else(|| getrandom::u64().unwrap());
        println!("YIJIANSHI_SEED={seed}");
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub(crate) fn below(&mut self, count: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(count).unwrap()).unwrap()
    }

    pub(crate) fn one_of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

/// How often a test does its thing: a few times in CI, more by the environment variable.
pub(crate) fn times(variable: &str, usual: usize) -> usize {
    number(variable).map_or(usual, |times| times.try_into().unwrap())
}

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok().map(|value| value.parse().unwrap())
}
