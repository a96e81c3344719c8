//! Lists of typed thresholds: from text, to text, and from what an analysis has found.

use super::amount::Amount;
use super::model::{Overview, VariableTable};
use super::options::{OptionsError, Thresholds, Variable, check_ascending};
use crate::core::lang::Lang;

/// Why a typed list cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TypedError {
    /// The `index`-th entry, counted from 0, is not a number.
    NotANumber { index: usize, found: String },
    /// Days and purchases are whole; money has at most `digits` decimals.
    TooManyDecimals { index: usize, found: String, digits: u8 },
    /// Numbers, but not thresholds.
    List(OptionsError),
}

impl TypedError {
    pub fn say(&self, lang: Lang) -> String {
        match self {
            TypedError::NotANumber { index, found } => {
                let at = index + 1;
                lang.pick(
                    format!(
                        "Entry {at}, “{found}”, is not a number. Separate numbers by commas: 10, 20, 30."
                    ),
                    format!("第 {at} 個「{found}」不是數字。請用逗號分開各個數字，例如 10, 20, 30。"),
                )
            }
            TypedError::TooManyDecimals { index, found, digits: 0 } => {
                let at = index + 1;
                lang.pick(
                    format!("Entry {at}, “{found}”, is not a whole number."),
                    format!("第 {at} 個「{found}」不是整數。"),
                )
            }
            TypedError::TooManyDecimals { index, found, digits } => {
                let at = index + 1;
                lang.pick(
                    format!("Entry {at}, “{found}”, has more than {digits} decimals."),
                    format!("第 {at} 個「{found}」的小數超過 {digits} 位。"),
                )
            }
            TypedError::List(error) => error.say(lang),
        }
    }
}

/// Decimals that a threshold of this variable may have.
fn decimals(variable: Variable, amount: Amount) -> u8 {
    if variable == Variable::Monetary { amount.digits() } else { 0 }
}

/// Reads numbers that are separated by commas (half or full width), semicolons or spaces.
///
/// ```
/// use quintile::core::money::Currency;
/// use quintile::tools::published::Unit;
/// use quintile::tools::rfm::{amount::Amount, options::Variable, typed::read};
/// let amount = Amount { unit: Unit::Money, currency: &Currency::default() };
/// assert_eq!(read("30, 90，180", Variable::Recency, amount), Ok(vec![30, 90, 180]));
/// assert_eq!(read("999.5, 2000", Variable::Monetary, amount), Ok(vec![99_950, 200_000]));
/// assert!(read("90, 30", Variable::Recency, amount).is_err());
/// ```
pub fn read(text: &str, variable: Variable, amount: Amount) -> Result<Vec<i64>, TypedError> {
    let separator = |c: char| c.is_whitespace() || [',', '，', '、', ';', '；'].contains(&c);
    let entries = text.split(separator).filter(|entry| !entry.is_empty());
    let digits = decimals(variable, amount);
    let list = entries
        .enumerate()
        .map(|(index, entry)| number(entry, digits).map_err(|wrong| wrong.at(index, entry, digits)))
        .collect::<Result<Vec<i64>, _>>()?;
    check_ascending(variable, &list).map_err(TypedError::List)?;
    Ok(list)
}

enum Wrong {
    NotANumber,
    TooManyDecimals,
}

impl Wrong {
    fn at(self, index: usize, found: &str, digits: u8) -> TypedError {
        let found = found.to_string();
        match self {
            Wrong::NotANumber => TypedError::NotANumber { index, found },
            Wrong::TooManyDecimals => TypedError::TooManyDecimals { index, found, digits },
        }
    }
}

/// A decimal as whole steps of its last digit.
fn number(entry: &str, digits: u8) -> Result<i64, Wrong> {
    let (negative, size) = match entry.strip_prefix(['-', '−']) {
        Some(size) => (true, size),
        None => (false, entry),
    };
    let (whole, fraction) = size.split_once('.').unwrap_or((size, ""));
    let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !plain(whole) || !plain(fraction) {
        return Err(Wrong::NotANumber);
    }
    let fraction = fraction.trim_end_matches('0');
    if fraction.len() > usize::from(digits) {
        return Err(Wrong::TooManyDecimals);
    }
    let steps = format!("{whole}{fraction:0<width$}", width = usize::from(digits));
    let steps: i64 = steps.parse().map_err(|_| Wrong::NotANumber)?;
    Ok(if negative { -steps } else { steps })
}

/// A list as it is typed: `30, 90, 180`.
pub fn write(list: &[i64], variable: Variable, amount: Amount) -> String {
    let entry = |&value: &i64| match variable {
        Variable::Monetary => amount.plain(value),
        _ => value.to_string(),
    };
    list.iter().map(entry).collect::<Vec<_>>().join(", ")
}

/// The thresholds of an analysis, to begin typing with; where its method has none, the values at the ends of its
/// groups.
pub fn thresholds_of(overview: &Overview) -> Thresholds {
    let [recency, frequency, monetary] = &overview.variables;
    Thresholds { recency: ends(recency), frequency: starts(frequency), monetary: starts(monetary) }
}

/// Thresholds to begin typing with before any analysis: a month and a quarter, two and five purchases, no money yet.
pub fn starting_thresholds() -> Thresholds {
    Thresholds { recency: vec![30, 90], frequency: vec![2, 5], monetary: vec![1] }
}

/// The last day of every group but the worst.
fn ends(table: &VariableTable) -> Vec<i64> {
    let worst = table.groups.len() - 1;
    ascending(table.groups[..worst].iter().filter_map(|g| g.upper.or(g.found.map(|span| span.to))), table)
}

/// The first value of every group but the worst.
fn starts(table: &VariableTable) -> Vec<i64> {
    let worst = table.groups.len() - 1;
    ascending(table.groups[..worst].iter().filter_map(|g| g.lower.or(g.found.map(|span| span.from))), table)
}

fn ascending(values: impl Iterator<Item = i64>, table: &VariableTable) -> Vec<i64> {
    let mut list: Vec<i64> = values.collect();
    list.sort_unstable();
    list.dedup();
    if list.is_empty() { vec![table.median] } else { list }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::money::Currency;
    use crate::tools::published::Unit;
    use proptest::prelude::*;

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        let amount = Amount { unit: Unit::Money, currency: &Currency::default() };
        let wrong = |text, variable| read(text, variable, amount).unwrap_err();
        let found = |text: &str| text.to_string();
        assert_eq!(
            wrong("30, ab", Variable::Recency),
            TypedError::NotANumber { index: 1, found: found("ab") }
        );
        assert_eq!(
            wrong("1.5", Variable::Frequency),
            TypedError::TooManyDecimals { index: 0, found: found("1.5"), digits: 0 }
        );
        assert_eq!(
            wrong("1.505", Variable::Monetary),
            TypedError::TooManyDecimals { index: 0, found: found("1.505"), digits: 2 }
        );
        let empty = OptionsError::ThresholdCount { variable: Variable::Monetary, found: 0 };
        assert_eq!(wrong(" , ", Variable::Monetary), TypedError::List(empty));
        assert!(wrong("30, ab", Variable::Recency).say(Lang::En).contains("Entry 2"));
    }

    proptest! {
        #[test]
        fn a_written_list_is_read_back(
            list in prop::collection::btree_set(-1_000_000_000i64..1_000_000_000, 1..10),
            minor_digits in 0u8..4,
        ) {
            let list: Vec<i64> = list.into_iter().collect();
            let currency = &Currency { minor_digits, ..Currency::default() };
            for (variable, unit) in Variable::ALL.into_iter().zip([Unit::Money, Unit::Number, Unit::Number]) {
                for amount in [Amount { unit, currency }, Amount { unit: Unit::Money, currency }] {
                    prop_assert_eq!(read(&write(&list, variable, amount), variable, amount), Ok(list.clone()));
                }
            }
        }

        #[test]
        fn any_text_is_a_list_or_an_error(text in any::<String>()) {
            let currency = &Currency::default();
            let _ = read(&text, Variable::Monetary, Amount { unit: Unit::Number, currency });
        }
    }
}
