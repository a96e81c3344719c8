//! Where the tiers end among the active customers in their order of value.

use super::answer::Refusal;
use super::options::{TIERS, TierName, Tiers};
use super::presets::OUTSIDE;
use crate::core::grading::Label;
use crate::core::tiers::{self, WHOLE, cumulate};

/// How a list of customers, best first, is divided.
#[derive(Clone, Debug, PartialEq)]
pub enum Division {
    /// Cumulated millionths: where every tier but the last ends.
    Shares(Vec<u64>),
    /// Tiers of the same size.
    Equal(u64),
    /// The least value of every tier but the last.
    Values(Vec<f64>),
}

/// The names of the tiers and how they are divided; `None` for the classes of another tool, which are given.
pub fn division(tiers: &Tiers) -> Result<Option<(Vec<Label>, Division)>, Refusal> {
    if let Some(preset) = tiers.preset() {
        let names = preset.tiers.names.iter().map(|&(en, zh)| Label::new(en, zh)).collect();
        return Ok(Some((names, Division::Shares(cumulate(&preset.tiers.shares)))));
    }
    Ok(match tiers {
        Tiers::Curry | Tiers::Metals | Tiers::Classes { .. } => None,
        Tiers::Equal { tiers } => {
            let names = own_names(usize::from(*tiers), &[])?;
            Some((names, Division::Equal(u64::from(*tiers))))
        }
        Tiers::Shares { shares, names } => {
            let names = own_names(shares.len() + 1, names)?;
            Some((names, Division::Shares(cumulate(&checked_shares(shares)?))))
        }
        Tiers::Values { least, names } => {
            let names = own_names(least.len() + 1, names)?;
            if let Some(index) = least.iter().position(|value| !value.is_finite()) {
                return Err(Refusal::BadShare { index, value: least[index] });
            }
            if let Some(index) = (1..least.len()).find(|&at| least[at] >= least[at - 1]) {
                return Err(Refusal::NotDescending { index, value: least[index], before: least[index - 1] });
            }
            Some((names, Division::Values(least.clone())))
        }
    })
}

fn checked_shares(shares: &[f64]) -> Result<Vec<u64>, Refusal> {
    let mut millionths = Vec::with_capacity(shares.len());
    for (index, &value) in shares.iter().enumerate() {
        let rounded = (value * WHOLE as f64).round();
        if !(1.0..=WHOLE as f64).contains(&rounded) {
            return Err(Refusal::BadShare { index, value });
        }
        millionths.push(rounded as u64);
    }
    if millionths.iter().sum::<u64>() >= WHOLE {
        return Err(Refusal::SharesAbove100 { sum: shares.iter().sum() });
    }
    Ok(millionths)
}

/// What a tier is called that was given no name.
pub fn default_name(tier: usize) -> Label {
    Label::new(format!("Tier {}", tier + 1), format!("第 {} 層", tier + 1))
}

/// The names of own tiers: what was typed, in either language, or else the number.
fn own_names(tiers: usize, typed: &[TierName]) -> Result<Vec<Label>, Refusal> {
    if !TIERS.contains(&tiers) {
        return Err(Refusal::TierCount { found: tiers });
    }
    let name = |tier: usize| {
        let typed = typed.get(tier).map(|name| (name.name_en.trim(), name.name_zh.trim()));
        match typed.unwrap_or_default() {
            ("", "") => default_name(tier),
            ("", zh) => Label::code(zh),
            (en, "") => Label::code(en),
            (en, zh) => Label::new(en, zh),
        }
    };
    let names: Vec<Label> = (0..tiers).map(name).collect();
    for (second, name) in names.iter().enumerate() {
        if OUTSIDE.iter().any(|&(en, zh)| name.en == en || name.zh == zh) {
            return Err(Refusal::NameTaken { tier: second, name: name.clone() });
        }
        if let Some(first) = names[..second].iter().position(|other| other.en == name.en) {
            return Err(Refusal::SameName { first, second, name: name.en.clone() });
        }
    }
    Ok(names)
}

impl Division {
    /// The tiers that it makes.
    pub fn tiers(&self) -> usize {
        match self {
            Division::Shares(ends) => ends.len() + 1,
            Division::Equal(tiers) => *tiers as usize,
            Division::Values(least) => least.len() + 1,
        }
    }

    /// The cumulated shares at which the tiers end, the last at 1; none where they end at values.
    pub fn end_shares(&self) -> Vec<f64> {
        let ends: Vec<f64> = match self {
            Division::Shares(ends) => ends.iter().map(|&end| end as f64 / WHOLE as f64).collect(),
            Division::Equal(k) => (1..*k).map(|tier| tier as f64 / *k as f64).collect(),
            Division::Values(_) => return Vec::new(),
        };
        ends.into_iter().chain([1.0]).collect()
    }

    /// Where tiers end: tier `i` holds the places `ends[i − 1] .. ends[i]` of `n` customers, best first; `at_least(v)`
    /// says how many of them have the value `v` or more.
    ///
    /// By shares, as [`tiers::ends`] says.
    pub fn ends(&self, n: usize, at_least: impl Fn(f64) -> usize) -> Vec<usize> {
        match self {
            Division::Shares(ends) => tiers::ends(ends, WHOLE, n),
            Division::Equal(k) => tiers::ends(&(1..*k).collect::<Vec<_>>(), *k, n),
            Division::Values(least) => least.iter().map(|&value| at_least(value)).chain([n]).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn curry(n: usize) -> Vec<usize> {
        let (_, division) = division(&Tiers::Curry).unwrap().unwrap();
        division.ends(n, |_| 0)
    }

    #[test]
    fn curry_ends_at_1_5_and_20_percent_a_half_rounded_up() {
        assert_eq!(curry(800_000), [8_000, 40_000, 160_000, 800_000]);
        assert_eq!(curry(3_100), [31, 155, 620, 3_100]);
        // 0.5, 2.5 and 10.
        assert_eq!(curry(50), [1, 3, 10, 50]);
    }

    #[test]
    fn every_tier_has_a_customer_where_there_are_enough() {
        assert_eq!(curry(25), [1, 2, 5, 25]);
        assert_eq!(curry(4), [1, 2, 3, 4]);
        assert_eq!(curry(2), [1, 2, 2, 2]);
        assert_eq!(curry(1), [1, 1, 1, 1]);
    }

    #[test]
    fn equal_tiers_of_10_customers_in_3_end_at_3_and_7() {
        assert_eq!(Division::Equal(3).ends(10, |_| 0), [3, 7, 10]);
    }

    #[test]
    fn shares_that_cannot_be_used_are_refused_with_their_place() {
        let own = |shares: &[f64]| division(&Tiers::Shares { shares: shares.to_vec(), names: vec![] });
        assert_eq!(own(&[0.2, -0.1]), Err(Refusal::BadShare { index: 1, value: -0.1 }));
        assert_eq!(own(&[0.0]), Err(Refusal::BadShare { index: 0, value: 0.0 }));
        assert_eq!(own(&[0.4, 0.6]), Err(Refusal::SharesAbove100 { sum: 1.0 }));
        assert_eq!(own(&[]), Err(Refusal::TierCount { found: 1 }));
        assert_eq!(own(&[0.05; 10]), Err(Refusal::TierCount { found: 11 }));
        assert!(matches!(own(&[f64::NAN]), Err(Refusal::BadShare { index: 0, .. })));
        assert!(own(&[0.1, 0.2]).is_ok());
    }

    #[test]
    fn values_descend_and_names_differ() {
        let own = |least: &[f64], names: &[&str]| {
            let name = |text: &&str| TierName { name_en: text.to_string(), name_zh: String::new() };
            division(&Tiers::Values { least: least.to_vec(), names: names.iter().map(name).collect() })
        };
        assert_eq!(own(&[5.0, 5.0], &[]), Err(Refusal::NotDescending { index: 1, value: 5.0, before: 5.0 }));
        assert_eq!(
            own(&[5.0, 4.0], &["Gold", "Iron", "Gold "]),
            Err(Refusal::SameName { first: 0, second: 2, name: "Gold".into() })
        );
        let taken = own(&[5.0], &["", "Prospects"]).unwrap_err();
        assert_eq!(taken, Refusal::NameTaken { tier: 1, name: Label::code("Prospects") });
        let (names, _) = own(&[5.0], &["", "Rest"]).unwrap().unwrap();
        assert_eq!(names, [Label::new("Tier 1", "第 1 層"), Label::code("Rest")]);
    }

    proptest! {
        #[test]
        fn ends_ascend_to_all_and_leave_no_tier_empty(
            shares in prop::collection::vec(0.000_001f64..0.11, 1..10),
            n in 1usize..2_000,
        ) {
            let made = division(&Tiers::Shares { shares, names: vec![] }).unwrap();
            let ends = made.unwrap().1.ends(n, |_| 0);
            prop_assert!(ends.is_sorted());
            prop_assert_eq!(*ends.last().unwrap(), n);
            let mut from = 0;
            for (tier, &end) in ends.iter().enumerate() {
                prop_assert!(end > from || tier >= n);
                from = end;
            }
        }
    }
}
