//! What is in each column of a stored table: filled, distinct, smallest, largest, sum, most frequent.

use crate::core::day::Day;
use crate::core::dictionary::{Dictionary, NO_CODE};
use crate::core::table::{ColumnData, NO_DAY, NO_MONEY, Role, Table};
use serde::{Deserialize, Serialize};
use std::hash::Hash;

/// One column of a table, summed up.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ColumnProfile {
    pub role: Role,
    pub name: String,
    pub rows: u64,
    /// Rows with a value.
    pub filled: u64,
    /// Different values among them.
    pub distinct: u64,
    pub values: Values,
}

/// What the values are, in the column's own type; `None` where no row has one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Values {
    Days {
        range: Option<(Day, Day)>,
    },
    /// Minor units; no sum where it does not fit.
    Money {
        range: Option<(i64, i64)>,
        sum: Option<i64>,
        negative: u64,
        zero: u64,
    },
    Numbers {
        range: Option<(f64, f64)>,
        sum: Option<f64>,
    },
    /// The most frequent texts with their counts, most first.
    Texts {
        most_frequent: Vec<(String, u64)>,
    },
}

/// How many of the most frequent texts are told.
pub const MOST_FREQUENT: usize = 5;

/// Sums up every column of a table, the customers first.
///
/// ```
/// use quintile::core::{dictionary::Dictionary, profile::profile, table::{Table, TableKind}};
/// let customers: Dictionary = ["Ann", "Bob"].into_iter().collect();
/// let table = Table { kind: TableKind::Customers, customer: vec![0, 1, 1], columns: vec![] };
/// let profiles = profile(&table, &customers);
/// assert_eq!((profiles[0].filled, profiles[0].distinct), (3, 2));
/// ```
pub fn profile(table: &Table, customers: &Dictionary) -> Vec<ColumnProfile> {
    let customer = texts(Role::Customer, "", &table.customer, customers);
    let columns = table.columns.iter().map(|column| {
        let (role, name) = (column.role, column.name.as_str());
        match &column.data {
            ColumnData::Texts { codes, dictionary } => texts(role, name, codes, dictionary),
            ColumnData::Days(days) => {
                let range = range(days.iter().copied().filter(|&d| d != NO_DAY));
                let values = Values::Days { range: range.map(|(first, last)| (Day(first), Day(last))) };
                counted(role, name, days, NO_DAY, values)
            }
            ColumnData::Money(money) => {
                let filled = || money.iter().copied().filter(|&m| m != NO_MONEY);
                let sum = filled().map(i128::from).sum::<i128>();
                let values = Values::Money {
                    range: range(filled()),
                    sum: i64::try_from(sum).ok(),
                    negative: filled().filter(|&m| m < 0).count() as u64,
                    zero: filled().filter(|&m| m == 0).count() as u64,
                };
                counted(role, name, money, NO_MONEY, values)
            }
            ColumnData::Numbers(numbers) => profile_numbers(role, name, numbers),
        }
    });
    std::iter::once(customer).chain(columns).collect()
}

fn counted<T: Copy + Ord + Hash>(
    role: Role,
    name: &str,
    all: &[T],
    none: T,
    values: Values,
) -> ColumnProfile {
    let mut filled: Vec<T> = all.iter().copied().filter(|&value| value != none).collect();
    let count = filled.len() as u64;
    filled.sort_unstable();
    filled.dedup();
    let (rows, distinct) = (all.len() as u64, filled.len() as u64);
    ColumnProfile { role, name: name.into(), rows, filled: count, distinct, values }
}

fn profile_numbers(role: Role, name: &str, numbers: &[f64]) -> ColumnProfile {
    let mut filled: Vec<f64> = numbers.iter().copied().filter(|number| !number.is_nan()).collect();
    let count = filled.len() as u64;
    filled.sort_unstable_by(f64::total_cmp);
    let range = filled.first().copied().zip(filled.last().copied());
    // Sorted first, so that the sum does not depend on the order of the rows.
    let sum = filled.iter().sum::<f64>();
    let sum = (count > 0 && sum.is_finite()).then_some(sum);
    filled.dedup();
    let (rows, distinct) = (numbers.len() as u64, filled.len() as u64);
    let values = Values::Numbers { range, sum };
    ColumnProfile { role, name: name.into(), rows, filled: count, distinct, values }
}

fn texts(role: Role, name: &str, codes: &[u32], dictionary: &Dictionary) -> ColumnProfile {
    let mut counts = vec![0_u64; dictionary.len()];
    codes.iter().filter(|&&code| code != NO_CODE).for_each(|&code| counts[code as usize] += 1);
    let mut used: Vec<(u32, u64)> = (0..).zip(counts).filter(|&(_, count)| count > 0).collect();
    let (filled, distinct) = (used.iter().map(|&(_, count)| count).sum(), used.len() as u64);
    // Ties by their texts: codes depend on the order of the rows.
    let order = |&(a, many): &(u32, u64), &(b, few): &(u32, u64)| {
        few.cmp(&many).then_with(|| dictionary.get(a).cmp(dictionary.get(b)))
    };
    if used.len() > MOST_FREQUENT {
        used.select_nth_unstable_by(MOST_FREQUENT, order);
        used.truncate(MOST_FREQUENT);
    }
    used.sort_unstable_by(order);
    let most_frequent = used.into_iter().map(|(code, count)| (dictionary.get(code).into(), count)).collect();
    let values = Values::Texts { most_frequent };
    ColumnProfile { role, name: name.into(), rows: codes.len() as u64, filled, distinct, values }
}

fn range<T: Copy + Ord>(values: impl Iterator<Item = T> + Clone) -> Option<(T, T)> {
    Some((values.clone().min()?, values.max()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::table::{Column, TableKind};

    #[test]
    fn each_form_is_summed_up_in_its_own_type() {
        let column = |role, data| Column { role, name: String::new(), data };
        let products = ["tea", "rice", "salt"].into_iter().collect();
        let table = Table {
            kind: TableKind::Transactions,
            customer: vec![0, 0, 1],
            columns: vec![
                column(Role::Date, ColumnData::Days(vec![5, NO_DAY, 3])),
                column(Role::Amount, ColumnData::Money(vec![-100, 250, 0])),
                column(Role::Quantity, ColumnData::Numbers(vec![1.5, f64::NAN, 1.5])),
                column(Role::Product, ColumnData::Texts { codes: vec![1, 1, NO_CODE], dictionary: products }),
            ],
        };
        let profiles = profile(&table, &["Ann", "Bob"].into_iter().collect());
        assert_eq!(
            profiles[0].values,
            Values::Texts { most_frequent: vec![("Ann".into(), 2), ("Bob".into(), 1)] }
        );
        assert_eq!(
            (profiles[1].filled, &profiles[1].values),
            (2, &Values::Days { range: Some((Day(3), Day(5))) })
        );
        let money = Values::Money { range: Some((-100, 250)), sum: Some(150), negative: 1, zero: 1 };
        assert_eq!(profiles[2].values, money);
        assert_eq!(
            (profiles[3].distinct, &profiles[3].values),
            (1, &Values::Numbers { range: Some((1.5, 1.5)), sum: Some(3.0) })
        );
        assert_eq!(profiles[4].values, Values::Texts { most_frequent: vec![("rice".into(), 2)] });
    }
}
