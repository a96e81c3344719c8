//! The per-customer columns that the forecast publishes for other tools.

use super::answer::Origin;
use super::base::Base;
use super::forecast::Scored;
use super::options::ForecastOptions;
use crate::core::dataset::Dataset;
use crate::core::grading::{Grading, GradingData, Label};
use crate::core::lang::Lang;
use crate::tools::published::{Measure, Unit};

pub mod name {
    /// The probability of being a customer still.
    pub const ALIVE: &str = "clv_forecast.alive";
    /// Expected purchases over the horizon.
    pub const PURCHASES: &str = "clv_forecast.purchases";
    /// Lifetime value over the horizon, discounted, times the margin.
    pub const VALUE: &str = "clv_forecast.value";
}

/// What others can take as a measure.
pub const MEASURES: [Measure; 3] = [
    Measure {
        name: name::VALUE,
        title: |lang| lang.pick("Forecast lifetime value", "預測終身價值"),
        unit: Unit::Money,
    },
    Measure {
        name: name::PURCHASES,
        title: |lang| lang.pick("Expected purchases", "預期購買次數"),
        unit: Unit::Number,
    },
    Measure {
        name: name::ALIVE,
        title: |lang| lang.pick("Probability of being alive", "存活機率"),
        unit: Unit::Number,
    },
];

pub fn made_with(options: &ForecastOptions) -> String {
    serde_json::to_string(&options.without_check()).expect("options are JSON")
}

/// Publishes what is expected of the workspace's customers; drawn customers are nobody's, so that earlier columns go.
pub fn publish(dataset: &mut Dataset, base: &Base, scored: &Scored, options: &ForecastOptions) {
    withdraw(dataset);
    if base.origin == Origin::Simulated {
        return;
    }
    let customers = dataset.customers.len();
    let by_code = |values: &[f64]| {
        let mut column = vec![None; customers];
        for (&code, &value) in base.summary.customer.iter().zip(values) {
            column[code as usize] = Some(value);
        }
        column
    };
    let whole = |value: Option<f64>| value.map(|minor| minor.round() as i64);
    let value = scored.value.as_deref();
    let made_with = made_with(options);
    for Measure { name, title, .. } in MEASURES {
        let data = match name {
            name::VALUE => {
                let Some(value) = value else { continue };
                GradingData::Money(by_code(value).into_iter().map(whole).collect())
            }
            name::PURCHASES => GradingData::Numbers(by_code(&scored.purchases)),
            _ => GradingData::Numbers(by_code(&scored.alive)),
        };
        let title = Label::new(title(Lang::En), title(Lang::ZhHant));
        let grading = Grading { title, is_part: false, data, made_with: made_with.clone() };
        dataset.gradings.publish(name, grading);
    }
}

/// What no longer holds is in no list.
pub fn withdraw(dataset: &mut Dataset) {
    dataset.gradings.withdraw_all(super::TOOL.id);
}
