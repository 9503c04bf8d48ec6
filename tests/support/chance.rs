//! Chance that can be had again: what follows from a seed is the same in every run.

/// Dice from a seed.
#[derive(Debug, Clone)]
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to this one, without it.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end.max(1) as u64).expect("a number below one of the same type")
    }

    /// True so many times in a hundred.
    pub(crate) fn percent(&mut self, times: usize) -> bool {
        self.below(100) < times
    }

    pub(crate) fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

#[test]
fn chance_comes_again_from_its_seed_and_reaches_everything() {
    let thrown = |seed| {
        let mut chance = Chance::new(seed);
        (0..200).map(|_| chance.below(6)).collect::<Vec<_>>()
    };
    assert_eq!(thrown(7), thrown(7));
    assert_ne!(thrown(7), thrown(8));
    assert!((0..6).all(|side| thrown(7).contains(&side)));
}
