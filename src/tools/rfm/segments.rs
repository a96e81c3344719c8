//! Named segments: an ordered list of rules on ranges of levels. The first rule that matches a cell names it.

use crate::core::lang::Lang;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The number of the segment of cells that no rule matches is the number of rules.
pub const OTHERS: (&str, &str) = ("Others", "其他");

/// A named box of cells. Levels count upwards: the highest is the best, whatever digit is shown for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    pub name_en: String,
    pub name_zh: String,
    /// From and to, both included, for R, F and M.
    pub ranges: [(u8, u8); 3],
}

impl Rule {
    pub fn name(&self, lang: Lang) -> &str {
        lang.pick(&self.name_en, &self.name_zh)
    }

    fn matches(&self, levels: [u8; 3]) -> bool {
        (0..3).all(|v| (self.ranges[v].0..=self.ranges[v].1).contains(&levels[v]))
    }
}

/// The rules in use: a built-in set, or a person's own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SegmentRules {
    /// The ten segments of the R package rfm's vignette.
    #[default]
    Vignette,
    /// The ten segments of the R package rfm's own tests, which leave some cells to "Others".
    TestSet,
    Custom {
        rules: Vec<Rule>,
        /// The numbers of groups that the ranges are written for.
        bins: [u8; 3],
    },
}

impl SegmentRules {
    pub fn rules(&self) -> Vec<Rule> {
        match self {
            SegmentRules::Vignette => built_in(&VIGNETTE),
            SegmentRules::TestSet => built_in(&TEST_SET),
            SegmentRules::Custom { rules, .. } => rules.clone(),
        }
    }

    /// The numbers of groups that the ranges are written for; five for the built-in sets.
    pub fn written_for(&self) -> [u8; 3] {
        match self {
            SegmentRules::Custom { bins, .. } => *bins,
            _ => [5; 3],
        }
    }

    /// The same rules as a person's own, to be edited.
    pub fn to_custom(&self) -> SegmentRules {
        SegmentRules::Custom { rules: self.rules(), bins: self.written_for() }
    }
}

/// A level of `k` on the scale of `written_for` groups, by the middle of its band: level l of k covers the shares
/// (l − 1)/k to l/k of the customers, and its middle (2l − 1)/2k lies in group ⌊w(2l − 1)/2k⌋ + 1 of w.
///
/// ```
/// use quintile::tools::rfm::segments::rescale;
/// assert_eq!([1, 2, 3].map(|level| rescale(level, 3, 5)), [1, 3, 5]);
/// assert_eq!([1, 2, 9, 10].map(|level| rescale(level, 10, 5)), [1, 1, 5, 5]);
/// ```
pub fn rescale(level: u8, k: u8, written_for: u8) -> u8 {
    (u16::from(written_for) * (2 * u16::from(level) - 1) / (2 * u16::from(k))) as u8 + 1
}

/// The segment of every cell: the number of the first rule that matches, or the number of rules for "Others".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SegmentMap {
    bins: [u8; 3],
    segment: Vec<u16>,
}

impl SegmentMap {
    pub fn new(rules: &SegmentRules, bins: [u8; 3]) -> SegmentMap {
        let list = rules.rules();
        let segment = cells(bins).map(|levels| {
            let scaled = scaled(levels, bins, rules.written_for());
            list.iter().position(|rule| rule.matches(scaled)).unwrap_or(list.len()) as u16
        });
        SegmentMap { bins, segment: segment.collect() }
    }

    pub fn of(&self, levels: [u8; 3]) -> u16 {
        self.segment[cell_index(levels, self.bins)]
    }
}

/// The number of a cell in the order of [`cells`].
pub fn cell_index(levels: [u8; 3], bins: [u8; 3]) -> usize {
    let [r, f, m] = levels.map(|level| usize::from(level) - 1);
    (r * usize::from(bins[1]) + f) * usize::from(bins[2]) + m
}

/// All cells by levels, 111 first.
pub fn cells(bins: [u8; 3]) -> impl Iterator<Item = [u8; 3]> {
    let [r, f, m] = bins;
    (1..=r).flat_map(move |r| (1..=f).flat_map(move |f| (1..=m).map(move |m| [r, f, m])))
}

fn scaled(levels: [u8; 3], bins: [u8; 3], written_for: [u8; 3]) -> [u8; 3] {
    std::array::from_fn(|v| rescale(levels[v], bins[v], written_for[v]))
}

/// Something to know about a list of rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Finding {
    /// No rule matches these cells (levels); they become "Others".
    Gap {
        cells: Vec<[u8; 3]>,
    },
    /// Both rules match these cells; the earlier one names them.
    Overlap {
        first: usize,
        second: usize,
        cells: usize,
    },
    NeverMatches {
        rule: usize,
        because: Never,
    },
}

/// Why a rule can never match.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Never {
    /// A range ends before it starts.
    Backwards,
    /// No level of this many groups falls into its ranges.
    OutOfRange,
    /// Earlier rules take all its cells.
    Shadowed { by: Vec<usize> },
}

/// Tries every cell against every rule.
pub fn check(rules: &SegmentRules, bins: [u8; 3]) -> Vec<Finding> {
    let list = rules.rules();
    let matching: Vec<([u8; 3], Vec<usize>)> = cells(bins)
        .map(|levels| {
            let scaled = scaled(levels, bins, rules.written_for());
            (levels, (0..list.len()).filter(|&i| list[i].matches(scaled)).collect())
        })
        .collect();
    let mut findings = Vec::new();
    let gap: Vec<[u8; 3]> = matching.iter().filter(|(_, found)| found.is_empty()).map(|c| c.0).collect();
    if !gap.is_empty() {
        findings.push(Finding::Gap { cells: gap });
    }
    for (rule, written) in list.iter().enumerate() {
        let own: Vec<&Vec<usize>> = matching.iter().map(|c| &c.1).filter(|m| m.contains(&rule)).collect();
        let because = if written.ranges.iter().any(|range| range.0 > range.1) {
            Never::Backwards
        } else if own.is_empty() {
            Never::OutOfRange
        } else if own.iter().all(|found| found[0] != rule) {
            let by: BTreeSet<usize> = own.iter().map(|found| found[0]).collect();
            Never::Shadowed { by: by.into_iter().collect() }
        } else {
            continue;
        };
        findings.push(Finding::NeverMatches { rule, because });
    }
    for first in 0..list.len() {
        for second in first + 1..list.len() {
            let both = |found: &[usize]| found.contains(&first) && found.contains(&second);
            let cells = matching.iter().filter(|(_, found)| both(found)).count();
            if cells > 0 {
                findings.push(Finding::Overlap { first, second, cells });
            }
        }
    }
    findings
}

type BuiltIn = [(&'static str, [(u8, u8); 3]); 10];

const VIGNETTE: BuiltIn = [
    ("Champions", [(5, 5), (5, 5), (5, 5)]),
    ("Potential Loyalist", [(3, 5), (3, 5), (2, 5)]),
    ("Loyal Customers", [(2, 4), (2, 4), (2, 4)]),
    ("Promising", [(3, 4), (1, 3), (3, 5)]),
    ("New Customers", [(4, 5), (1, 3), (1, 5)]),
    ("Can't Lose Them", [(1, 2), (3, 4), (4, 5)]),
    ("At Risk", [(1, 2), (2, 5), (4, 5)]),
    ("Need Attention", [(1, 3), (3, 5), (3, 5)]),
    ("About To Sleep", [(2, 3), (1, 3), (1, 4)]),
    ("Lost", [(1, 1), (1, 5), (1, 5)]),
];

const TEST_SET: BuiltIn = [
    ("Champions", [(4, 5), (4, 5), (4, 5)]),
    ("Loyal Customers", [(2, 5), (3, 5), (3, 5)]),
    ("Potential Loyalist", [(3, 5), (1, 3), (1, 3)]),
    ("New Customers", [(4, 5), (1, 1), (1, 1)]),
    ("Promising", [(3, 4), (1, 1), (1, 1)]),
    ("Need Attention", [(2, 3), (2, 3), (2, 3)]),
    ("About To Sleep", [(2, 3), (1, 2), (1, 2)]),
    ("At Risk", [(1, 2), (2, 5), (2, 5)]),
    ("Can't Lose Them", [(1, 1), (4, 5), (4, 5)]),
    ("Lost", [(1, 2), (1, 2), (1, 2)]),
];

fn built_in(set: &BuiltIn) -> Vec<Rule> {
    let rule = |&(name, ranges): &(&str, [(u8, u8); 3])| Rule {
        name_en: name.into(),
        name_zh: chinese_name(name).into(),
        ranges,
    };
    set.iter().map(rule).collect()
}

fn chinese_name(name: &str) -> &'static str {
    match name {
        "Champions" => "冠軍顧客",
        "Potential Loyalist" => "潛在忠誠顧客",
        "Loyal Customers" => "忠誠顧客",
        "Promising" => "有望顧客",
        "New Customers" => "新顧客",
        "Can't Lose Them" => "不可失去的顧客",
        "At Risk" => "流失風險顧客",
        "Need Attention" => "需要關注的顧客",
        "About To Sleep" => "即將沉睡顧客",
        "Lost" => "流失顧客",
        _ => OTHERS.1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn custom(ranges: &[[(u8, u8); 3]], k: u8) -> SegmentRules {
        let rule = |&ranges: &[(u8, u8); 3]| Rule { name_en: "A".into(), name_zh: "甲".into(), ranges };
        SegmentRules::Custom { rules: ranges.iter().map(rule).collect(), bins: [k; 3] }
    }

    #[test]
    fn built_in_names_are_all_in_both_languages() {
        for set in [SegmentRules::Vignette, SegmentRules::TestSet] {
            assert!(set.rules().iter().all(|rule| rule.name_zh != OTHERS.1));
        }
    }

    #[test]
    fn a_built_in_set_made_ones_own_names_every_cell_the_same() {
        for set in [SegmentRules::Vignette, SegmentRules::TestSet] {
            let own = set.to_custom();
            assert_eq!((own.rules(), own.written_for()), (set.rules(), [5; 3]));
            for bins in [[5; 3], [3; 3], [10, 2, 7]] {
                assert_eq!(SegmentMap::new(&own, bins), SegmentMap::new(&set, bins));
            }
        }
        let of = |levels| SegmentMap::new(&SegmentRules::Vignette, [5; 3]).of(levels);
        assert_eq!((of([5; 3]), of([1; 3])), (0, 9));
        let first = &SegmentRules::Vignette.rules()[0];
        assert_eq!(Lang::ALL.map(|lang| first.name(lang)), ["Champions", "冠軍顧客"]);
    }

    #[test]
    fn promising_and_new_customers_of_the_test_set_are_shadowed() {
        let never: Vec<usize> = check(&SegmentRules::TestSet, [5; 3])
            .into_iter()
            .filter_map(|finding| match finding {
                Finding::NeverMatches { rule, because: Never::Shadowed { .. } } => Some(rule),
                _ => None,
            })
            .collect();
        // New Customers (4–5, 1, 1) and Promising (3–4, 1, 1) lie inside Potential Loyalist (3–5, 1–3, 1–3);
        // "Can't Lose Them" (1, 4–5, 4–5) inside At Risk (1–2, 2–5, 2–5).
        assert_eq!(never, [3, 4, 8]);
    }

    #[test]
    fn a_gap_is_every_cell_without_a_rule() {
        let rules = custom(&[[(1, 2), (1, 2), (1, 1)]], 2);
        let gap = vec![[1, 1, 2], [1, 2, 2], [2, 1, 2], [2, 2, 2]];
        assert_eq!(check(&rules, [2; 3]), [Finding::Gap { cells: gap }]);
    }

    #[test]
    fn overlaps_backward_ranges_and_levels_out_of_range_are_told_apart() {
        let all = [(1, 2); 3];
        let rules = custom(&[all, [(2, 1), (1, 2), (1, 2)], [(3, 4), (1, 2), (1, 2)], all], 2);
        let findings = check(&rules, [2; 3]);
        assert_eq!(findings[0], Finding::NeverMatches { rule: 1, because: Never::Backwards });
        assert_eq!(findings[1], Finding::NeverMatches { rule: 2, because: Never::OutOfRange });
        assert_eq!(findings[2], Finding::NeverMatches { rule: 3, because: Never::Shadowed { by: vec![0] } });
        assert_eq!(findings[3], Finding::Overlap { first: 0, second: 3, cells: 8 });
        assert_eq!(findings.len(), 4);
    }
}
