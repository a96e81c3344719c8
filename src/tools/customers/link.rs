//! The order of the list and its class filters in an address. A search text is never carried: it may be a name.

use super::model::{ClassFilter, Selection, SortBy};
use serde_json::Value;

const SORTS: [(&str, SortBy); 4] = [
    ("id", SortBy::Id),
    ("days", SortBy::DaysSince),
    ("frequency", SortBy::Frequency),
    ("monetary", SortBy::Monetary),
];

/// The columns of codes and digits that an address may filter by; names of segments may be a person's own.
const FILTERS: [&str; 4] = ["rfm.cell", "rfm.r", "rfm.f", "rfm.m"];

/// The longest value of one filter: the four of them and the rest stay within 2,000 characters.
const LONGEST: usize = 400;

/// The inputs of a workspace record as address fields; defaults are left out.
pub fn write(record: &Value) -> Vec<(String, String)> {
    let selection: Selection = serde_json::from_value(record.clone()).unwrap_or_default();
    let mut fields = Vec::new();
    let sort = SORTS.iter().find(|(_, sort)| *sort == selection.sort);
    if let Some((name, _)) = sort.filter(|(_, sort)| *sort != SortBy::default()) {
        fields.push(("sort".to_string(), name.to_string()));
    }
    if selection.descending {
        fields.push(("order".to_string(), "down".to_string()));
    }
    for filter in &selection.filters {
        let value = filter.any_of.join("_");
        if FILTERS.contains(&filter.grading.as_str()) && is_codes(&value) {
            fields.push((filter.grading.clone(), value));
        }
    }
    fields
}

/// Address fields as a workspace record, and the names of those that were not understood.
pub fn read(fields: &[(String, String)]) -> (Value, Vec<String>) {
    let mut selection = Selection::default();
    let mut unknown = Vec::new();
    for (name, value) in fields {
        let sort = SORTS.iter().find(|(known, _)| known == value);
        match (name.as_str(), sort) {
            ("sort", Some((_, sort))) => selection.sort = sort.clone(),
            ("order", _) if value == "down" => selection.descending = true,
            (name, _) if FILTERS.contains(&name) && is_codes(value) => {
                let any_of = value.split('_').map(str::to_string).collect();
                selection.filters.push(ClassFilter { grading: name.to_string(), any_of });
            }
            _ => unknown.push(name.clone()),
        }
    }
    (serde_json::to_value(selection).expect("a selection is JSON"), unknown)
}

/// Digits, the dash inside a code, and the mark between codes.
fn is_codes(value: &str) -> bool {
    (1..=LONGEST).contains(&value.len())
        && value.bytes().all(|byte| byte.is_ascii_digit() || b"-_".contains(&byte))
}
