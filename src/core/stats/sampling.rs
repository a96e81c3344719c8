//! Systematic sampling: every n-th record of a sorted list (*Nth* sampling).
//!
//! From a list sorted by cell it takes each cell's share without a draw per cell: a cell of m customers gives ⌊m/n⌋ or
//! ⌈m/n⌉ of them.

use crate::core::random::Random;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Every `interval`-th record, from number `start` on; records are numbered from 1, as on a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Nth {
    interval: u32,
    start: u32,
}

impl Nth {
    /// `None` unless 1 ≤ start ≤ interval.
    ///
    /// ```
    /// use quintile::core::stats::sampling::Nth;
    /// let nth = Nth::new(20, 1).unwrap();
    /// assert_eq!(nth.size(800_000), 40_000);
    /// let numbers: Vec<usize> = nth.positions(800_000).take(3).map(|position| position + 1).collect();
    /// assert_eq!(numbers, [1, 21, 41]);
    /// ```
    pub fn new(interval: u32, start: u32) -> Option<Nth> {
        (1..=interval).contains(&start).then_some(Nth { interval, start })
    }

    /// A start drawn from the seed, each as likely as another: then every customer has the chance 1 / interval.
    /// `None` for an interval of 0.
    pub fn random_start(interval: u32, seed: u64) -> Option<Nth> {
        (interval > 0)
            .then(|| Nth { interval, start: 1 + Random::stream(seed, u64::from(interval)).below(interval) })
    }

    pub fn interval(self) -> u32 {
        self.interval
    }

    pub fn start(self) -> u32 {
        self.start
    }

    /// The positions, from 0, that are in the sample: start − 1, start − 1 + interval, …
    pub fn positions(self, list_len: usize) -> impl Iterator<Item = usize> + Clone {
        (self.start as usize - 1..list_len).step_by(self.interval as usize)
    }

    pub fn contains(self, position: usize) -> bool {
        position % self.interval as usize == self.start as usize - 1
    }

    /// How many of a list are in the sample.
    pub fn size(self, list_len: usize) -> usize {
        // The positions before `list_len` that leave the same rest as start − 1. In 64 bits, because the sum of a long
        // list and a large interval can exceed the browser's 32.
        ((list_len as u64 + u64::from(self.interval - self.start)) / u64::from(self.interval)) as usize
    }

    /// How many of a part of the list are in the sample.
    pub fn size_within(self, part: Range<usize>) -> usize {
        self.size(part.end).saturating_sub(self.size(part.start))
    }

    /// How many of each cell are in the sample, from the sizes of the cells in the order of the list.
    ///
    /// ```
    /// use quintile::core::stats::sampling::Nth;
    /// assert_eq!(Nth::new(20, 1).unwrap().cell_sizes(&[30, 30, 5]), [2, 1, 1]);
    /// ```
    pub fn cell_sizes(self, cells: &[usize]) -> Vec<usize> {
        let mut from = 0;
        let sizes = cells.iter().map(|&size| {
            let part = from..from + size;
            from += size;
            self.size_within(part)
        });
        sizes.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_start_outside_the_interval_is_refused() {
        assert_eq!([Nth::new(20, 0), Nth::new(20, 21), Nth::new(0, 0), Nth::new(0, 1)], [None; 4]);
        assert_eq!(Nth::random_start(0, 1), None);
    }

    #[test]
    fn random_starts_reach_every_start() {
        let starts: std::collections::BTreeSet<u32> =
            (0..400).map(|seed| Nth::random_start(20, seed).unwrap().start()).collect();
        assert_eq!(starts, (1..=20).collect());
    }

    proptest! {
        #[test]
        fn all_starts_of_an_interval_partition_the_list(len in 0usize..300, interval in 1u32..40) {
            let mut taken = vec![0; len];
            for start in 1..=interval {
                let nth = Nth::new(interval, start).unwrap();
                nth.positions(len).for_each(|position| taken[position] += 1);
                prop_assert_eq!(nth.positions(len).count(), nth.size(len));
                prop_assert!((0..len).all(|position| nth.contains(position) == nth.positions(len).any(|p| p == position)));
            }
            prop_assert!(taken.iter().all(|&times| times == 1));
        }

        #[test]
        fn cells_sum_to_the_sample_and_get_their_share(
            cells in prop::collection::vec(0usize..100, 0..30),
            interval in 1u32..40,
            seed: u64,
        ) {
            let nth = Nth::random_start(interval, seed).unwrap();
            let sizes = nth.cell_sizes(&cells);
            prop_assert_eq!(sizes.iter().sum::<usize>(), nth.size(cells.iter().sum()));
            for (&cell, &sampled) in cells.iter().zip(&sizes) {
                let share = cell / interval as usize;
                prop_assert!(sampled == share || sampled == share + 1, "{sampled} of {cell}");
                prop_assert!(sampled <= cell);
            }
        }
    }
}
