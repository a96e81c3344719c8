//! Forecast options in an address.

use super::options::{Customers, ForecastOptions};
use crate::core::clv::kind::Kind;
use crate::core::day::Day;
use crate::core::summary::TimeUnit;
use serde_json::Value;

const MODELS: [(Kind, &str); 4] =
    [(Kind::BgNbd, "bgnbd"), (Kind::MbgNbd, "mbgnbd"), (Kind::ParetoNbd, "paretonbd"), (Kind::BgBb, "bgbb")];
const UNITS: [(TimeUnit, &str); 3] =
    [(TimeUnit::Day, "day"), (TimeUnit::Week, "week"), (TimeUnit::Month, "month")];

fn name_of<T: PartialEq>(names: &[(T, &str)], value: T) -> String {
    names.iter().find(|known| known.0 == value).map_or_else(String::new, |known| known.1.into())
}

fn named<T: Copy>(names: &[(T, &str)], name: &str) -> Option<T> {
    names.iter().find(|known| known.1 == name).map(|known| known.0)
}

/// The inputs of a workspace record as address fields; defaults are left out.
pub fn write(record: &Value) -> Vec<(String, String)> {
    let options: ForecastOptions =
        serde_json::from_value::<ForecastOptions>(record.clone()).unwrap_or_default().tidy();
    let default = ForecastOptions::default();
    let mut fields = Vec::new();
    let mut put = |name: &str, value: String| fields.push((name.to_string(), value));
    if options.from == Customers::Simulated {
        put("customers", "simulated".into());
    }
    if options.model != default.model {
        put("model", name_of(&MODELS, options.model));
    }
    if options.unit != default.unit {
        put("unit", name_of(&UNITS, options.unit));
    }
    if let Some(day) = options.end {
        put("end", day.to_string());
    }
    if let Some(day) = options.calibration_end {
        put("calibration", day.to_string());
    }
    if options.horizon != default.horizon {
        put("horizon", options.horizon.to_string());
    }
    if options.discount != default.discount {
        put("discount", options.discount.to_string());
    }
    if options.margin != default.margin {
        put("margin", options.margin.to_string());
    }
    if options.rule_months != default.rule_months {
        put("rule", options.rule_months.to_string());
    }
    fields
}

/// Address fields as a workspace record, and the names of the fields that were not understood.
pub fn read(fields: &[(String, String)]) -> (Value, Vec<String>) {
    let mut options = ForecastOptions::default();
    let mut unknown = Vec::new();
    for (name, value) in fields {
        if read_field(&mut options, name, value).is_none() {
            unknown.push(name.clone());
        }
    }
    (serde_json::to_value(options.tidy()).expect("options are JSON"), unknown)
}

fn read_field(options: &mut ForecastOptions, name: &str, value: &str) -> Option<()> {
    let number = |most: f64| value.parse().ok().filter(|number| (0.0..=most).contains(number));
    match name {
        "customers" => options.from = (value == "simulated").then_some(Customers::Simulated)?,
        "model" => options.model = named(&MODELS, value)?,
        "unit" => options.unit = named(&UNITS, value)?,
        "end" => options.end = Some(Day::parse_iso(value)?),
        "calibration" => options.calibration_end = Some(Day::parse_iso(value)?),
        "horizon" => options.horizon = value.parse().ok().filter(|units| *units > 0)?,
        "discount" => options.discount = number(1_000.0)?,
        "margin" => options.margin = number(100.0)?,
        "rule" => options.rule_months = value.parse().ok().filter(|months| *months > 0)?,
        _ => return None,
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_comes_back_and_nonsense_is_told() {
        let options = ForecastOptions {
            from: Customers::Simulated,
            model: Kind::ParetoNbd,
            unit: TimeUnit::Month,
            end: Day::parse_iso("2026-06-30"),
            calibration_end: Day::parse_iso("2026-01-31"),
            horizon: 24,
            discount: 12.5,
            margin: 30.0,
            rule_months: 3,
        };
        let record = serde_json::to_value(&options).unwrap();
        let fields = write(&record);
        assert_eq!((read(&fields), fields.len()), ((record, vec![]), 9));
        let bad: Vec<(String, String)> =
            [("model", "x"), ("horizon", "0"), ("discount", "-1"), ("margin", "NaN")]
                .map(|(name, value)| (name.to_string(), value.to_string()))
                .into();
        assert_eq!(
            read(&bad),
            (
                serde_json::to_value(ForecastOptions::default()).unwrap(),
                vec!["model".into(), "horizon".into(), "discount".into(), "margin".into()]
            )
        );
    }
}
