//! Own tiers as they are typed: shares in per cent, least values in the unit of the measure.

use super::answer::{Pyramid, Unit};
use super::options::{TIERS, TierName, Tiers};
use crate::core::format;
use crate::core::lang::Lang;
use crate::core::money::Currency;

/// Why a typed limit cannot be used.
#[derive(Clone, Debug, PartialEq)]
pub enum LimitError {
    NotANumber,
    /// Shares of 0 % or less make no tier.
    NotPositive,
    /// With the other shares it leaves nothing for the last tier; at most this much is left, in per cent.
    NothingLeft {
        room: f64,
    },
    /// A least value must lie below that of the tier above.
    NotBelow {
        above: String,
    },
    /// A least value must lie above that of the tier below.
    NotAbove {
        below: String,
    },
}

impl LimitError {
    pub fn say(&self, lang: Lang) -> String {
        match self {
            LimitError::NotANumber => {
                lang.pick("Type a number, such as 2.5.", "請輸入數字，例如 2.5。").into()
            }
            LimitError::NotPositive => lang.pick("Type a share above 0%.", "請輸入大於 0% 的佔比。").into(),
            LimitError::NothingLeft { room } => {
                let room = format::decimal(*room, 4);
                lang.pick(
                    format!("The shares must leave something for the last tier: type less than {room}."),
                    format!("必須留一些給最後一層，請輸入小於 {room} 的數字。"),
                )
            }
            LimitError::NotBelow { above } => lang.pick(
                format!("Type less than the tier above, {above}."),
                format!("必須低於上一層的 {above}。"),
            ),
            LimitError::NotAbove { below } => lang.pick(
                format!("Type more than the tier below, {below}."),
                format!("必須高於下一層的 {below}。"),
            ),
        }
    }
}

/// The name in the reader's language; where only the other is typed, that one.
pub fn name(name: &TierName, lang: Lang) -> &str {
    let (first, second) = lang.pick((&name.name_en, &name.name_zh), (&name.name_zh, &name.name_en));
    if first.is_empty() { second } else { first }
}

/// A least value in the unit that people type.
fn to_typed(value: f64, unit: Unit, currency: &Currency) -> f64 {
    if unit == Unit::Money { value / currency.scale() as f64 } else { value }
}

fn from_typed(value: f64, unit: Unit, currency: &Currency) -> f64 {
    if unit == Unit::Money { (value * currency.scale() as f64).round() } else { value }
}

fn number(value: f64) -> String {
    format!("{}", (value * 1e6).round() / 1e6)
}

/// The limit of a tier as text; empty for a tier without one.
pub fn write_limit(tiers: &Tiers, tier: usize, unit: Unit, currency: &Currency) -> String {
    match tiers {
        Tiers::Shares { shares, .. } => {
            shares.get(tier).map_or_else(String::new, |share| number(share * 100.0))
        }
        Tiers::Values { least, .. } => {
            least.get(tier).map_or_else(String::new, |&value| number(to_typed(value, unit, currency)))
        }
        _ => String::new(),
    }
}

/// Reads a typed number: group separators and a per cent sign are let pass.
fn read_number(text: &str) -> Result<f64, LimitError> {
    let text = text.trim().trim_end_matches(['%', '％']).trim_end();
    let plain: String = text.chars().filter(|c| !matches!(c, ',' | '，' | ' ' | '_')).collect();
    plain.replace('−', "-").parse().ok().filter(|value: &f64| value.is_finite()).ok_or(LimitError::NotANumber)
}

/// The tiers with a typed limit, checked against the other limits.
///
/// ```
/// use quintile::core::money::Currency;
/// use quintile::tools::pyramid::{answer::Unit, options::Tiers, typed::{LimitError, read_limit}};
/// let tiers = Tiers::Shares { shares: vec![0.01, 0.04], names: vec![] };
/// let read = |text| read_limit(text, &tiers, 1, Unit::Money, &Currency::default());
/// assert_eq!(read("5"), Ok(Tiers::Shares { shares: vec![0.01, 0.05], names: vec![] }));
/// assert_eq!(read("99"), Err(LimitError::NothingLeft { room: 99.0 }));
/// assert_eq!(read("five"), Err(LimitError::NotANumber));
/// ```
pub fn read_limit(
    text: &str,
    tiers: &Tiers,
    tier: usize,
    unit: Unit,
    currency: &Currency,
) -> Result<Tiers, LimitError> {
    let typed = read_number(text)?;
    let mut changed = tiers.clone();
    match &mut changed {
        Tiers::Shares { shares, .. } => {
            // To the millionth, as shares are counted.
            let millionths = |share: f64| (share * 1e6).round();
            let share = millionths(typed / 100.0);
            let others = shares.iter().enumerate().filter(|(at, _)| *at != tier);
            let room = 1e6 - others.map(|(_, &share)| millionths(share)).sum::<f64>();
            if share < 1.0 {
                return Err(LimitError::NotPositive);
            }
            if share >= room {
                return Err(LimitError::NothingLeft { room: room / 1e4 });
            }
            if let Some(place) = shares.get_mut(tier) {
                *place = share / 1e6;
            }
        }
        Tiers::Values { least, .. } => {
            let value = from_typed(typed, unit, currency);
            let shown = |value: f64| number(to_typed(value, unit, currency));
            let above = tier.checked_sub(1).and_then(|at| least.get(at));
            if let Some(&above) = above.filter(|&&above| value >= above) {
                return Err(LimitError::NotBelow { above: shown(above) });
            }
            if let Some(&below) = least.get(tier + 1).filter(|&&below| value <= below) {
                return Err(LimitError::NotAbove { below: shown(below) });
            }
            if let Some(place) = least.get_mut(tier) {
                *place = value;
            }
        }
        _ => {}
    }
    Ok(changed)
}

/// Divides the lowest tier in two: half of its share, or half of the lowest limit.
pub fn add_tier(tiers: &mut Tiers) {
    match tiers {
        Tiers::Shares { shares, .. } if shares.len() + 1 < *TIERS.end() => {
            let rest = 1.0 - shares.iter().sum::<f64>();
            shares.push(((rest / 2.0) * 1e6).round() / 1e6);
        }
        Tiers::Values { least, .. } if least.len() + 1 < *TIERS.end() => {
            let lowest = least.last().copied().unwrap_or(2.0);
            least.push(match lowest {
                many if many >= 2.0 => (many / 2.0).floor(),
                few if few > 0.0 => few / 2.0,
                // Below a limit of zero or less there is no half-way.
                none => none - 1.0,
            });
        }
        _ => {}
    }
}

/// The lowest tier becomes part of the one above it.
pub fn remove_tier(tiers: &mut Tiers) {
    let left = match tiers {
        Tiers::Shares { shares, .. } if shares.len() + 1 > *TIERS.start() => {
            shares.pop();
            shares.len() + 1
        }
        Tiers::Values { least, .. } if least.len() + 1 > *TIERS.start() => {
            least.pop();
            least.len() + 1
        }
        _ => return,
    };
    if let Tiers::Shares { names, .. } | Tiers::Values { names, .. } = tiers {
        names.truncate(left);
    }
}

impl Pyramid {
    /// Own values to begin with: the limits that the tiers on the page have, with their names. Tiers that begin at the
    /// same value become one.
    pub fn as_values(&self) -> Tiers {
        let mut least: Vec<f64> = Vec::new();
        let mut names = Vec::new();
        let name = |row: &super::answer::TierRow| TierName {
            name_en: row.label.en.clone(),
            name_zh: row.label.zh.clone(),
        };
        let (lowest, others) = match self.tiers.split_last() {
            Some((lowest, others)) => (Some(lowest), others),
            None => (None, &[][..]),
        };
        for row in others {
            if let Some((from, _)) = row.found.filter(|found| least.last().is_none_or(|&last| found.0 < last))
            {
                least.push(from);
                names.push(name(row));
            }
        }
        least.truncate(*TIERS.end() - 1);
        names.truncate(least.len());
        names.extend(lowest.map(name));
        if least.is_empty() {
            return Tiers::Values { least: vec![1.0], names: Vec::new() };
        }
        Tiers::Values { least, names }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(least: &[f64]) -> Tiers {
        Tiers::Values { least: least.to_vec(), names: Vec::new() }
    }

    #[test]
    fn money_is_typed_in_units_and_kept_in_minor_units() {
        let (tiers, currency) = (values(&[500_000.0, 90_000.0]), Currency::default());
        assert_eq!(write_limit(&tiers, 1, Unit::Money, &currency), "900");
        let read = |text: &str, tier| read_limit(text, &tiers, tier, Unit::Money, &currency);
        assert_eq!(read("1,200.50", 1), Ok(values(&[500_000.0, 120_050.0])));
        assert_eq!(read("5000", 1), Err(LimitError::NotBelow { above: "5000".into() }));
        assert_eq!(read("900", 0), Err(LimitError::NotAbove { below: "900".into() }));
        assert_eq!(read("−3", 1), Ok(values(&[500_000.0, -300.0])));
        assert_eq!(read("1e400", 0), Err(LimitError::NotANumber));
    }

    #[test]
    fn shares_take_a_per_cent_sign_and_must_be_above_nothing() {
        let tiers = Tiers::Shares { shares: vec![0.01, 0.04], names: Vec::new() };
        let read = |text: &str| read_limit(text, &tiers, 0, Unit::Money, &Currency::default());
        assert_eq!(read("2.5%"), Ok(Tiers::Shares { shares: vec![0.025, 0.04], names: Vec::new() }));
        assert_eq!(read("0"), Err(LimitError::NotPositive));
        assert_eq!(read("96"), Err(LimitError::NothingLeft { room: 96.0 }));
    }

    #[test]
    fn tiers_are_added_up_to_ten_and_removed_down_to_two() {
        let mut tiers = Tiers::Shares { shares: vec![0.2], names: vec![TierName::default(); 2] };
        add_tier(&mut tiers);
        assert_eq!(write_limit(&tiers, 1, Unit::Money, &Currency::default()), "40");
        (0..20).for_each(|_| add_tier(&mut tiers));
        assert!(super::super::cut::division(&tiers).is_ok());
        assert_eq!(write_limit(&tiers, 9, Unit::Money, &Currency::default()), "");
        (0..20).for_each(|_| remove_tier(&mut tiers));
        assert!(matches!(&tiers, Tiers::Shares { shares, names } if shares == &[0.2] && names.len() == 2));
        let mut few = values(&[3.0, 0.5]);
        (0..2).for_each(|_| add_tier(&mut few));
        assert_eq!(few, values(&[3.0, 0.5, 0.25, 0.125]));
    }
}
