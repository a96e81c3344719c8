//! Bins that people can read, for even and for skewed columns of whole numbers.

use serde::{Deserialize, Serialize};

/// A bin from `from` up to and with `to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bin {
    pub from: i64,
    pub to: i64,
    pub count: u64,
}

/// Counts values in about `wanted` bins. The bins are of equal, round width; where the largest value is more than
/// twenty times the median (a skewed column), they widen in the steps 1–2–5–10 from the second bin on, so that the
/// crowd at the low end stays visible. `unit` is the least step that makes sense to a reader (100 for cents).
/// Every value is in exactly one bin.
///
/// ```
/// use quintile::core::stats::histogram::histogram;
/// let bins = histogram(&[1, 1, 2, 3, 3], 10, 1);
/// assert_eq!(bins.iter().map(|b| (b.from, b.to, b.count)).collect::<Vec<_>>(), [(1, 1, 2), (2, 2, 1), (3, 3, 2)]);
/// ```
pub fn histogram(sorted: &[i64], wanted: usize, unit: i64) -> Vec<Bin> {
    let (Some(&low), Some(&high)) = (sorted.first(), sorted.last()) else { return Vec::new() };
    let median = sorted[sorted.len() / 2];
    let skewed = median > 0 && high / 20 > median;
    let ends = if skewed { widening_ends(sorted, high, unit) } else { even_ends(low, high, wanted, unit) };
    let mut bins = Vec::with_capacity(ends.len());
    let (mut from, mut below) = (low, 0);
    for end in ends {
        let upto = sorted.partition_point(|&value| value <= end);
        bins.push(Bin { from, to: end, count: (upto - below) as u64 });
        (from, below) = (end.saturating_add(1), upto);
    }
    bins
}

fn even_ends(low: i64, high: i64, wanted: usize, unit: i64) -> Vec<i64> {
    let span = i128::from(high) - i128::from(low) + 1;
    let least = span.div_ceil_by(wanted.max(1) as i128).max(unit.into());
    let width = round_steps(unit).find(|&step| step >= least).unwrap_or(least);
    let mut end = i128::from(low).div_euclid(width) * width - 1;
    let mut ends = Vec::new();
    while end < i128::from(high) {
        end += width;
        if end >= i128::from(low) {
            ends.push(end.min(high.into()) as i64);
        }
    }
    if ends.is_empty() {
        ends.push(high);
    }
    ends
}

/// One bin for all that is not above zero, then ends at 1, 2, 5, 10 … from the size of the smallest hundredth on, and
/// none before there is a value.
fn widening_ends(sorted: &[i64], high: i64, unit: i64) -> Vec<i64> {
    let positive = &sorted[sorted.partition_point(|&value| value <= 0)..];
    let (first, floor) = (i128::from(positive[0]), i128::from(positive[positive.len() / 100]));
    let mut ends = Vec::new();
    if positive.len() < sorted.len() {
        ends.push(0);
    }
    for step in round_steps(unit).skip_while(|&step| step * 2 < floor || step < first) {
        ends.push(step.min(high.into()) as i64);
        if step >= i128::from(high) {
            break;
        }
    }
    ends
}

/// unit × 1, 2, 5, 10, 20, 50, …
fn round_steps(unit: i64) -> impl Iterator<Item = i128> {
    (0..60).map(move |i| i128::from(unit) * [1, 2, 5][i % 3] * 10_i128.pow(i as u32 / 3))
}

trait DivCeil {
    fn div_ceil_by(self, divisor: Self) -> Self;
}

impl DivCeil for i128 {
    fn div_ceil_by(self, divisor: i128) -> i128 {
        -(-self).div_euclid(divisor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_skewed_column_keeps_its_low_end_apart() {
        let mut values: Vec<i64> = (0..1000).map(|i| 1 + i % 9).collect();
        values.push(5_000);
        values.sort_unstable();
        let bins = histogram(&values, 20, 1);
        assert!(bins.iter().filter(|bin| bin.count > 0).count() >= 4, "{bins:?}");
        assert!(bins.len() < 20, "{bins:?}");
    }

    #[test]
    fn no_bin_of_a_skewed_column_ends_before_its_first_value() {
        let bins = histogram(&[15, 15, 16, 400], 10, 1);
        let found: Vec<_> = bins.iter().map(|bin| (bin.from, bin.to, bin.count)).collect();
        assert_eq!(found, [(15, 20, 3), (21, 50, 0), (51, 100, 0), (101, 200, 0), (201, 400, 1)]);
    }

    /// Numbers of all sizes: most of those that are drawn evenly are enormous.
    fn of_all_sizes() -> impl Strategy<Value = Vec<i64>> {
        prop::collection::vec((any::<i64>(), 0u32..64).prop_map(|(value, shift)| value >> shift), 0..60)
    }

    proptest! {
        #[test]
        fn every_value_is_in_one_bin(mut values in of_all_sizes(), wanted in 1usize..40, unit in 1i64..1000) {
            values.sort_unstable();
            let bins = histogram(&values, wanted, unit);
            prop_assert_eq!(bins.iter().map(|b| b.count).sum::<u64>(), values.len() as u64);
            prop_assert!(bins.len() <= 3 * wanted + 64);
            prop_assert!(bins.iter().all(|bin| bin.from <= bin.to), "{:?}", bins);
            prop_assert!(bins.windows(2).all(|pair| pair[0].to < pair[1].from), "{:?}", bins);
        }
    }
}
