//! Pyramid options in an address: parameters only, never a name or a strategy that a person has typed.

use super::options::{Measure, PyramidOptions, TIERS, TierName, Tiers};
use crate::core::day::Day;
use crate::core::summary::Window;
use crate::tools::published::is_name;
use serde_json::Value;

type Fields = Vec<(String, String)>;

/// The inputs of a workspace record as address fields; defaults are left out.
pub fn write(record: &Value) -> Fields {
    let options: PyramidOptions = serde_json::from_value(record.clone()).unwrap_or_default();
    let mut fields = Fields::new();
    let mut put = |name: &str, value: String| fields.push((name.into(), value));
    match &options.measure {
        Measure::Revenue => {}
        Measure::Margin => put("measure", "margin".into()),
        Measure::Orders => put("measure", "orders".into()),
        Measure::Published(name) if is_name(name) => put("measure", name.clone()),
        Measure::Published(_) => {}
    }
    match &options.tiers {
        Tiers::Curry => {}
        Tiers::Metals => put("tiers", "metals".into()),
        Tiers::Classes { column } if is_name(column) => put("tiers", column.clone()),
        Tiers::Classes { .. } => {}
        Tiers::Equal { tiers } => put("tiers", tiers.to_string()),
        Tiers::Shares { shares, .. } => put("shares", list(shares.iter().map(|share| share * 100.0))),
        Tiers::Values { least, .. } => put("values", list(least.iter().copied())),
    }
    if let Some(day) = options.analysis_date {
        put("date", day.to_string());
    }
    if let Some(window) = options.window.to_field() {
        put("window", window);
    }
    fields
}

/// Address fields as a workspace record, and the names of the fields that were not understood.
pub fn read(fields: &[(String, String)]) -> (Value, Vec<String>) {
    let mut options = PyramidOptions::default();
    let mut unknown = Vec::new();
    for (name, value) in fields {
        if read_field(&mut options, name, value).is_none() {
            unknown.push(name.clone());
        }
    }
    (serde_json::to_value(options).expect("options are JSON"), unknown)
}

/// What is typed for the tiers stays when a link is opened: their strategies, and their names where the link brings as
/// many tiers of one's own.
pub fn keep(old: &Value, new: Value) -> Value {
    let Ok(mut old) = serde_json::from_value::<PyramidOptions>(old.clone()) else { return new };
    let mut options: PyramidOptions = serde_json::from_value(new).unwrap_or_default();
    options.strategies = old.strategies;
    if let (Some((tiers, typed)), Some((same, names))) = (own(&mut old.tiers), own(&mut options.tiers))
        && tiers == same
        && names.is_empty()
    {
        names.clone_from(typed);
    }
    serde_json::to_value(options).expect("options are JSON")
}

/// How many limits tiers of one's own have, and their names.
fn own(tiers: &mut Tiers) -> Option<(usize, &mut Vec<TierName>)> {
    match tiers {
        Tiers::Shares { shares, names } => Some((shares.len(), names)),
        Tiers::Values { least, names } => Some((least.len(), names)),
        Tiers::Curry | Tiers::Metals | Tiers::Classes { .. } | Tiers::Equal { .. } => None,
    }
}

fn read_field(options: &mut PyramidOptions, name: &str, value: &str) -> Option<()> {
    match name {
        "measure" => {
            options.measure = match value {
                "margin" => Measure::Margin,
                "orders" => Measure::Orders,
                column => is_name(column).then(|| Measure::Published(column.into()))?,
            }
        }
        "tiers" => {
            options.tiers = match value.parse::<u8>() {
                Ok(tiers) => TIERS.contains(&tiers.into()).then_some(Tiers::Equal { tiers })?,
                Err(_) if value == "metals" => Tiers::Metals,
                Err(_) => is_name(value).then(|| Tiers::Classes { column: value.into() })?,
            }
        }
        "shares" => {
            let shares = numbers(value)?.into_iter().map(|percent| percent / 100.0).collect();
            options.tiers = Tiers::Shares { shares, names: Vec::new() };
        }
        "values" => options.tiers = Tiers::Values { least: numbers(value)?, names: Vec::new() },
        "date" => options.analysis_date = Some(Day::parse_iso(value)?),
        "window" => options.window = Window::of_field(value)?,
        _ => return None,
    }
    Some(())
}

/// At most six decimals: shares are counted to the millionth.
fn to_millionths(number: f64) -> f64 {
    (number * 1e6).round() / 1e6
}

fn list(numbers: impl Iterator<Item = f64>) -> String {
    let numbers = numbers.map(to_millionths).filter(|number| number.is_finite());
    numbers.map(|number| number.to_string()).collect::<Vec<_>>().join(",")
}

fn numbers(value: &str) -> Option<Vec<f64>> {
    let number = |text: &str| text.parse().ok().map(to_millionths);
    let numbers: Option<Vec<f64>> = value.split(',').map(number).collect();
    numbers.filter(|list| list.len() < *TIERS.end() && list.iter().all(|number| number.is_finite()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tools::pyramid::options::Strategies;

    #[test]
    fn strategies_stay_and_names_stay_with_as_many_tiers() {
        let names = vec![TierName { name_en: "Friends".into(), name_zh: String::new() }];
        let strategies = Strategies { tiers: vec!["Call them".into()], ..Strategies::default() };
        let tiers = Tiers::Shares { shares: vec![0.2], names: names.clone() };
        let old = PyramidOptions { tiers, strategies: strategies.clone(), ..PyramidOptions::default() };
        let old = serde_json::to_value(old).unwrap();
        let opened = |name: &str, value: &str| -> PyramidOptions {
            serde_json::from_value(keep(&old, read(&[(name.into(), value.into())]).0)).unwrap()
        };
        for (name, value, tiers) in [
            ("shares", "30", Tiers::Shares { shares: vec![0.3], names: names.clone() }),
            ("values", "500", Tiers::Values { least: vec![500.0], names }),
            ("shares", "10,20", Tiers::Shares { shares: vec![0.1, 0.2], names: vec![] }),
            ("tiers", "metals", Tiers::Metals),
        ] {
            let opened = opened(name, value);
            assert_eq!((opened.tiers, opened.strategies), (tiers, strategies.clone()), "{name}={value}");
        }
    }
}
