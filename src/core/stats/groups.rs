//! Cutting a column of whole numbers into ordered groups, lowest values first.

/// Where groups end: group `g` (from 0) holds the values above `upper[g − 1]` and up to and with `upper[g]`; the
/// last group has no upper end. Two equal ends make an empty group between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cuts {
    pub upper: Vec<i64>,
}

impl Cuts {
    /// The group of a value, from 0.
    pub fn group(&self, value: i64) -> usize {
        self.upper.iter().filter(|&&end| end < value).count()
    }

    /// The cuts of *minimum ranks*: a value that is larger than `less` of the `n` values is in group ⌊k·less/n⌋,
    /// so equal values are always in the same group, and groups are as uneven as ties make them.
    /// In the usual form with ranks from 1: group number = ⌊k(rank − 1)/n⌋ + 1.
    ///
    /// ```
    /// use quintile::core::stats::groups::Cuts;
    /// let cuts = Cuts::of_min_ranks(&[1, 1, 1, 2, 3, 4], 3);
    /// assert_eq!([1, 2, 3, 4].map(|v| cuts.group(v)), [0, 1, 2, 2]);
    /// ```
    pub fn of_min_ranks(sorted: &[i64], k: u8) -> Cuts {
        let n = sorted.len();
        let mut upper = Vec::with_capacity(usize::from(k) - 1);
        for group in 1..usize::from(k) {
            // The first position whose rank belongs to `group` or above; a tie that reaches back before it is below.
            let mut at = (group * n).div_ceil(usize::from(k));
            while at < n && at > 0 && sorted[at - 1] == sorted[at] {
                at += sorted[at..].partition_point(|&value| value == sorted[at]);
            }
            upper.push(if at == 0 { i64::MIN } else { sorted[at - 1] });
        }
        Cuts { upper }
    }

    /// The cuts at the type-7 quantiles 1/k, 2/k, …, in one of two conventions for values beside a quantile.
    pub fn of_quantiles(quantiles: &[Quantile], edge: Edge) -> Cuts {
        let end = |q: &Quantile| match edge {
            Edge::AtOrBelow => q.numerator.div_euclid(i128::from(q.denominator)),
            // The largest whole number below quantile + unit.
            Edge::PlusOne { unit } => {
                let moved = q.numerator + i128::from(unit) * i128::from(q.denominator);
                (moved - 1).div_euclid(i128::from(q.denominator))
            }
        };
        Cuts {
            upper: quantiles.iter().map(|q| end(q).clamp(i64::MIN.into(), i64::MAX.into()) as i64).collect(),
        }
    }
}

/// On which side of a quantile a value falls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// A value equal to the quantile belongs to the lower group.
    AtOrBelow,
    /// As the R package rfm cuts: one is added to the quantile, and groups are half-open [low, high).
    PlusOne { unit: i64 },
}

/// A quantile of whole numbers, kept as an exact fraction so that no rounding decides about a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quantile {
    pub numerator: i128,
    pub denominator: i64,
}

impl Quantile {
    /// The type-7 quantile at p = `part`/`of`: with h = (n − 1)p, x₍⌊h⌋₎ + (h − ⌊h⌋)(x₍⌊h⌋₊₁₎ − x₍⌊h⌋₎), x counted
    /// from 0 (Hyndman & Fan 1996). `None` without values.
    ///
    /// ```
    /// use quintile::core::stats::groups::Quantile;
    /// assert_eq!(Quantile::type7(&[10, 20, 40], 1, 4).unwrap().value(), 15.0);
    /// ```
    pub fn type7(sorted: &[i64], part: u8, of: u8) -> Option<Quantile> {
        let steps = sorted.len().checked_sub(1)? * usize::from(part);
        let (at, rest) = (steps / usize::from(of), steps % usize::from(of));
        let low = i128::from(sorted[at]);
        let high = i128::from(*sorted.get(at + 1).unwrap_or(&sorted[at]));
        Some(Quantile {
            numerator: low * i128::from(of) + rest as i128 * (high - low),
            denominator: i64::from(of),
        })
    }

    pub fn value(&self) -> f64 {
        self.numerator as f64 / self.denominator as f64
    }
}

/// The group, from 0, of the item at `position` of `n` when `k` groups of equal size are made: ⌊k·position/n⌋.
/// Sizes differ by at most one.
pub fn equal_group(position: usize, n: usize, k: u8) -> u8 {
    (position * usize::from(k) / n) as u8
}

/// Groups of equal size within each outer cell, from 0, lowest values first: *nested* groups.
///
/// `ascending` holds the items (positions in `outer`) in the order of their values, so that an item's place among
/// those of its outer cell gives its group by [`equal_group`].
///
/// ```
/// use quintile::core::stats::groups::equal_groups_within;
/// // Items 0, 2 and 4 are in one cell, 1 and 3 in the other.
/// assert_eq!(equal_groups_within(&[4, 3, 2, 1, 0], &[0, 1, 0, 1, 0], 2), [1, 1, 0, 0, 0]);
/// ```
pub fn equal_groups_within(ascending: &[u32], outer: &[u16], k: u8) -> Vec<u8> {
    let cells = outer.iter().max().map_or(0, |&cell| usize::from(cell) + 1);
    let (mut size, mut met) = (vec![0usize; cells], vec![0usize; cells]);
    outer.iter().for_each(|&cell| size[usize::from(cell)] += 1);
    let mut groups = vec![0; outer.len()];
    for &item in ascending {
        let cell = usize::from(outer[item as usize]);
        groups[item as usize] = equal_group(met[cell], size[cell], k);
        met[cell] += 1;
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn plus_one_moves_a_value_just_above_a_quantile_into_the_lower_group() {
        // Quantile 296.4: 297 lies above it, but below 297.4.
        let q = Quantile { numerator: 1482, denominator: 5 };
        assert_eq!(Cuts::of_quantiles(&[q], Edge::AtOrBelow).group(297), 1);
        assert_eq!(Cuts::of_quantiles(&[q], Edge::PlusOne { unit: 1 }).group(297), 0);
        assert_eq!(Cuts::of_quantiles(&[q], Edge::PlusOne { unit: 1 }).group(298), 1);
    }

    #[test]
    fn plus_one_at_a_whole_quantile_is_at_or_below() {
        let q = Quantile { numerator: 20, denominator: 5 };
        assert_eq!(Cuts::of_quantiles(&[q], Edge::PlusOne { unit: 1 }), Cuts { upper: vec![4] });
        assert_eq!(Cuts::of_quantiles(&[q], Edge::AtOrBelow), Cuts { upper: vec![4] });
    }

    proptest! {
        #[test]
        fn cuts_of_min_ranks_follow_the_formula(mut v in prop::collection::vec(-5i64..5, 1..60), k in 2u8..=10) {
            v.sort_unstable();
            let cuts = Cuts::of_min_ranks(&v, k);
            for &value in &v {
                let less = v.partition_point(|&other| other < value);
                prop_assert_eq!(cuts.group(value), usize::from(k) * less / v.len());
            }
        }

        #[test]
        fn equal_groups_differ_by_at_most_one(n in 1usize..500, k in 2u8..=10) {
            let mut sizes = vec![0usize; usize::from(k)];
            (0..n).for_each(|i| sizes[usize::from(equal_group(i, n, k))] += 1);
            prop_assert!(sizes.iter().max().unwrap() - sizes.iter().min().unwrap() <= 1);
        }
    }
}
