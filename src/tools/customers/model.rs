//! The list of all customers: measures, published classes, search, filters and order.

use crate::core::dataset::Dataset;
use crate::core::day::Day;
use crate::core::dictionary::Dictionary;
use crate::core::grading::{GradingData, Label};
use crate::core::rules::PurchaseRules;
use crate::core::stats::sort::{order_by_text, order_key, stable_order};
use crate::core::summary::{AnalysisFrame, CustomerSummary, SummaryError, customer_summary};
use crate::core::table::{ColumnData, TableKind};
use serde::{Deserialize, Serialize};

/// The columns under which a grading tool publishes what it counted; known here by name only.
const PUBLISHED: [&str; 3] = ["rfm.days_since", "rfm.frequency", "rfm.monetary"];
const LAST_PURCHASE: &str = "rfm.last_purchase";
/// "None" in a column of measures.
const NONE: i64 = i64::MIN;

/// What rows are put in order by. Customers without a value come last in either direction.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SortBy {
    /// The text of the id, byte by byte.
    #[default]
    Id,
    DaysSince,
    Frequency,
    Monetary,
    /// A published column by its name; classes ascend from the best.
    Grading(String),
}

/// Customers in any of these classes of a published column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClassFilter {
    pub grading: String,
    /// The English names of the classes, which for codes and digits are the codes themselves.
    pub any_of: Vec<String>,
}

/// Which customers, in which order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Selection {
    /// Found in ids and in the texts of the customer table; upper and lower case of Latin letters are the same.
    pub search: String,
    /// All of these hold.
    pub filters: Vec<ClassFilter>,
    pub sort: SortBy,
    pub descending: bool,
}

/// Where the measures come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MeasuresFrom {
    /// The columns that a grading published, with its analysis date and period.
    Published,
    /// The whole history up to the last transaction.
    #[default]
    WholeHistory,
    /// The data hold no purchases.
    Nothing,
}

/// The measures of every customer, and the customers in the order of their ids. Those who are not in the customer
/// data, but were only contacted or have only responded, are not in the list.
#[derive(Default)]
pub struct List {
    pub from: MeasuresFrom,
    /// The analysis date, where the measures were summed up here.
    pub analysis_date: Option<Day>,
    measures: [Vec<i64>; 3],
    by_id: Vec<u32>,
}

impl List {
    /// Reads what was published, or else sums up the whole history. Data without purchases give a list of ids.
    pub fn new(dataset: &Dataset, rules: &PurchaseRules) -> Result<List, SummaryError> {
        let is_in = dataset.in_customer_data();
        let codes: Vec<u32> = (0..).zip(&is_in).filter(|(_, is_in)| **is_in).map(|(code, _)| code).collect();
        let order = order_by_text(&dataset.customers, &codes);
        let by_id: Vec<u32> = order.into_iter().map(|position| codes[position as usize]).collect();
        let published = PUBLISHED.map(|name| published_measure(dataset, name));
        if let [Some(days), Some(frequency), Some(monetary)] = published {
            let measures = [days, frequency, monetary];
            return Ok(List { from: MeasuresFrom::Published, analysis_date: None, measures, by_id });
        }
        let none = || vec![NONE; is_in.len()];
        let mut list = List { measures: [none(), none(), none()], by_id, ..List::default() };
        match customer_summary(dataset, rules, &AnalysisFrame::default()) {
            Ok(summary) => list.fill(&summary),
            Err(SummaryError::NoTable) => list.from = MeasuresFrom::Nothing,
            Err(error) => return Err(error),
        }
        Ok(list)
    }

    fn fill(&mut self, summary: &CustomerSummary) {
        self.analysis_date = summary.analysis_date;
        for (i, &code) in summary.customer.iter().enumerate() {
            let code = code as usize;
            self.measures[0][code] = i64::from(summary.days_since_last[i]);
            self.measures[1][code] = i64::from(summary.frequency[i]);
            self.measures[2][code] = summary.monetary[i];
        }
    }

    /// How many customers there are.
    pub fn len(&self) -> usize {
        self.by_id.len()
    }

    pub fn is_empty(&self) -> bool {
        self.by_id.is_empty()
    }

    /// Whether a customer of the dictionary is in the list.
    pub fn contains(&self, dataset: &Dataset, customer: u32) -> bool {
        let name = dataset.customers.get(customer);
        self.by_id.binary_search_by(|&code| dataset.customers.get(code).cmp(name)).is_ok()
    }

    fn measure(&self, which: usize, customer: u32) -> Option<i64> {
        Some(self.measures[which][customer as usize]).filter(|&value| value != NONE)
    }

    pub fn row(&self, dataset: &Dataset, customer: u32) -> CustomerRow {
        let days_since = self.measure(0, customer);
        let from_days = |days: i64| self.analysis_date.map(|day| Day(day.0.saturating_sub(days as i32)));
        let last_purchase = match dataset.gradings.get(LAST_PURCHASE).map(|grading| &grading.data) {
            Some(GradingData::Days(days)) => days[customer as usize],
            _ => days_since.and_then(from_days),
        };
        CustomerRow {
            id: dataset.customers.get(customer).to_string(),
            last_purchase,
            days_since,
            frequency: self.measure(1, customer),
            monetary: self.measure(2, customer),
            classes: class_columns(dataset).map(|column| column.of(customer).cloned()).collect(),
        }
    }

    /// All customers in an order.
    pub fn order(&self, dataset: &Dataset, sort: &SortBy, descending: bool) -> Vec<u32> {
        let by_values = |value: &dyn Fn(u32) -> Option<i64>| {
            let signed = |value: i64| if descending { -value } else { value };
            let key = |&customer: &u32| value(customer).map_or(i64::MAX, signed);
            let keys: Vec<i64> = self.by_id.iter().map(key).collect();
            stable_order(&keys).into_iter().map(|place| self.by_id[place as usize]).collect()
        };
        match sort {
            SortBy::Id if descending => self.by_id.iter().rev().copied().collect(),
            SortBy::Id => self.by_id.clone(),
            SortBy::DaysSince => by_values(&|c| self.measure(0, c)),
            SortBy::Frequency => by_values(&|c| self.measure(1, c)),
            SortBy::Monetary => by_values(&|c| self.measure(2, c)),
            SortBy::Grading(name) => match dataset.gradings.get(name).map(|grading| &grading.data) {
                Some(GradingData::Classes { class, .. }) => by_values(&|c| class[c as usize].map(i64::from)),
                Some(GradingData::Money(money)) => by_values(&|c| money[c as usize]),
                Some(GradingData::Numbers(numbers)) => by_values(&|c| numbers[c as usize].map(order_key)),
                Some(GradingData::Days(days)) => by_values(&|c| days[c as usize].map(|day| i64::from(day.0))),
                None => self.by_id.clone(),
            },
        }
    }
}

/// One line of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerRow {
    pub id: String,
    pub last_purchase: Option<Day>,
    pub days_since: Option<i64>,
    pub frequency: Option<i64>,
    pub monetary: Option<i64>,
    /// One for each published column of classes, in the order of their names.
    pub classes: Vec<Option<Label>>,
}

/// A published column of classes.
pub struct ClassColumn<'a> {
    pub name: &'a str,
    pub title: &'a Label,
    pub is_part: bool,
    pub labels: &'a [Label],
    class: &'a [Option<u16>],
}

impl ClassColumn<'_> {
    pub fn of(&self, customer: u32) -> Option<&Label> {
        self.labels.get(usize::from((*self.class.get(customer as usize)?)?))
    }
}

/// All published columns of classes, in the order of their names.
pub fn class_columns(dataset: &Dataset) -> impl Iterator<Item = ClassColumn<'_>> {
    dataset.gradings.names().filter_map(|name| {
        let grading = dataset.gradings.get(name)?;
        match &grading.data {
            GradingData::Classes { class, labels } => {
                Some(ClassColumn { name, title: &grading.title, is_part: grading.is_part, labels, class })
            }
            _ => None,
        }
    })
}

fn published_measure(dataset: &Dataset, name: &str) -> Option<Vec<i64>> {
    match &dataset.gradings.get(name)?.data {
        GradingData::Numbers(numbers) => {
            Some(numbers.iter().map(|n| n.map_or(NONE, |n| n.round() as i64)).collect())
        }
        GradingData::Money(money) => Some(money.iter().map(|m| m.unwrap_or(NONE)).collect()),
        GradingData::Classes { .. } | GradingData::Days(_) => None,
    }
}

/// The customers of `order` that a search and filters keep.
pub fn select(dataset: &Dataset, order: &[u32], selection: &Selection) -> Vec<u32> {
    let mut keep = searched(dataset, selection.search.trim());
    for filter in &selection.filters {
        let wanted = |label: &Label| filter.any_of.contains(&label.en);
        let column = class_columns(dataset).find(|column| column.name == filter.grading);
        let allowed: Vec<bool> = column.iter().flat_map(|column| column.labels.iter().map(wanted)).collect();
        for (customer, keep) in keep.iter_mut().enumerate() {
            let class = column.as_ref().and_then(|column| column.class[customer]);
            *keep &= class.is_some_and(|class| allowed[usize::from(class)]);
        }
    }
    order.iter().copied().filter(|&customer| keep[customer as usize]).collect()
}

fn searched(dataset: &Dataset, search: &str) -> Vec<bool> {
    if search.is_empty() {
        return vec![true; dataset.customers.len()];
    }
    let mut keep = matches(&dataset.customers, search);
    if let Some(table) = dataset.table(TableKind::Customers) {
        for column in &table.columns {
            let ColumnData::Texts { codes, dictionary } = &column.data else { continue };
            let found = matches(dictionary, search);
            for (&code, &customer) in codes.iter().zip(&table.customer) {
                if let (Some(true), Some(keep)) = (found.get(code as usize), keep.get_mut(customer as usize))
                {
                    *keep = true;
                }
            }
        }
    }
    keep
}

/// Which texts of a dictionary contain a text.
fn matches(dictionary: &Dictionary, search: &str) -> Vec<bool> {
    let wanted = search.as_bytes();
    let (bytes, ends) = dictionary.parts();
    let mut start = 0;
    ends.iter()
        .map(|&end| {
            let piece = &bytes[start..end as usize];
            start = end as usize;
            piece.windows(wanted.len()).any(|part| part.eq_ignore_ascii_case(wanted))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::order_key;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn keys_are_in_the_order_of_their_numbers(a in -1e9f64..1e9, b in -1e9f64..1e9) {
            prop_assert_eq!(order_key(a).cmp(&order_key(b)), a.partial_cmp(&b).unwrap());
        }
    }
}
