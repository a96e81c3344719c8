//! What is in each column of a stored table: filled, distinct, smallest, largest, sum, most frequent.

use crate::core::day::Day;
use crate::core::dictionary::{Dictionary, NO_CODE};
use crate::core::table::{ColumnData, NO_DAY, NO_MONEY, Role, Table};
use serde::{Deserialize, Serialize};

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
                let filled = days.iter().copied().filter(|&day| day != NO_DAY);
                let range = range(filled.clone());
                let values = Values::Days { range: range.map(|(first, last)| (Day(first), Day(last))) };
                let wide = range.map(|(first, last)| (first.into(), last.into()));
                whole_numbers(role, name, days.len(), filled.map(i64::from), wide, values)
            }
            ColumnData::Money(money) => {
                let filled = money.iter().copied().filter(|&amount| amount != NO_MONEY);
                let range = range(filled.clone());
                let sum = filled.clone().map(i128::from).sum::<i128>();
                let values = Values::Money {
                    range,
                    sum: i64::try_from(sum).ok(),
                    negative: filled.clone().filter(|&amount| amount < 0).count() as u64,
                    zero: filled.clone().filter(|&amount| amount == 0).count() as u64,
                };
                whole_numbers(role, name, money.len(), filled, range, values)
            }
            ColumnData::Numbers(numbers) => profile_numbers(role, name, numbers),
        }
    });
    std::iter::once(customer).chain(columns).collect()
}

fn whole_numbers(
    role: Role,
    name: &str,
    rows: usize,
    filled: impl Iterator<Item = i64> + Clone,
    range: Option<(i64, i64)>,
    values: Values,
) -> ColumnProfile {
    let distinct = range.map_or(0, |range| distinct(filled.clone(), range, rows));
    let (rows, filled) = (rows as u64, filled.count() as u64);
    ColumnProfile { role, name: name.into(), rows, filled, distinct, values }
}

/// How many different values there are: ticked off in a field of bits where that takes at most eight bytes a row, sorted
/// where they lie farther apart.
fn distinct(values: impl Iterator<Item = i64>, (least, most): (i64, i64), rows: usize) -> u64 {
    let words = most.abs_diff(least) / 64 + 1;
    if words > rows as u64 {
        let mut sorted: Vec<i64> = values.collect();
        sorted.sort_unstable();
        sorted.dedup();
        return sorted.len() as u64;
    }
    let mut seen = vec![0_u64; words as usize];
    for value in values {
        let place = value.abs_diff(least);
        seen[(place / 64) as usize] |= 1 << (place % 64);
    }
    seen.iter().map(|word| u64::from(word.count_ones())).sum()
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
    // Ties by their texts: codes depend on the order of the rows.
    let order = |&(a, many): &(u32, u64), &(b, few): &(u32, u64)| {
        few.cmp(&many).then_with(|| dictionary.compare(a, b))
    };
    let (mut filled, mut distinct, mut top) = (0, 0, Vec::with_capacity(MOST_FREQUENT + 1));
    for one in (0..).zip(counts).filter(|&(_, count)| count > 0) {
        (filled, distinct) = (filled + one.1, distinct + 1);
        if top.len() < MOST_FREQUENT || order(&one, &top[MOST_FREQUENT - 1]).is_lt() {
            top.insert(top.partition_point(|other| order(other, &one).is_lt()), one);
            top.truncate(MOST_FREQUENT);
        }
    }
    let most_frequent = top.into_iter().map(|(code, count)| (dictionary.get(code).into(), count)).collect();
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

    #[test]
    fn different_values_are_counted_near_together_and_far_apart() {
        let near = [7, -3, 7, 130, 0, -3];
        assert_eq!(distinct(near.into_iter(), (-3, 130), 6), 4);
        let far = [i64::MIN + 1, i64::MAX, 0, i64::MAX];
        assert_eq!(distinct(far.into_iter(), (i64::MIN + 1, i64::MAX), 4), 3);
        // On both sides of where the field of bits would be larger than the values.
        assert_eq!(distinct([0, 127].into_iter(), (0, 127), 2), 2);
        assert_eq!(distinct([0, 128].into_iter(), (0, 128), 2), 2);
    }

    #[test]
    fn the_most_frequent_come_first_and_ties_in_the_order_of_their_texts() {
        let dictionary: Dictionary = ["f", "e", "d", "c", "b", "a", "unused"].into_iter().collect();
        let profile = texts(Role::Product, "", &[0, 1, 2, 3, 4, 5, 2, 2, 4, NO_CODE], &dictionary);
        let most = [("d", 3), ("b", 2), ("a", 1), ("c", 1), ("e", 1)];
        let most_frequent = most.map(|(text, count)| (text.to_string(), count)).to_vec();
        assert_eq!((profile.filled, profile.distinct), (9, 6));
        assert_eq!(profile.values, Values::Texts { most_frequent });
    }
}
