//! The per-customer columns that the forecast publishes for other tools.

use super::answer::Origin;
use super::base::Base;
use super::forecast::Scored;
use super::options::ForecastOptions;
use crate::core::dataset::Dataset;
use crate::core::grading::{Grading, GradingData, Label};

pub mod name {
    /// The probability of being a customer still.
    pub const ALIVE: &str = "clv_forecast.alive";
    /// Expected purchases over the horizon.
    pub const PURCHASES: &str = "clv_forecast.purchases";
    /// Lifetime value over the horizon, discounted, times the margin.
    pub const VALUE: &str = "clv_forecast.value";
}

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
    let mut columns = vec![
        (
            name::ALIVE,
            Label::new("Probability of being alive", "存活機率"),
            GradingData::Numbers(by_code(&scored.alive)),
        ),
        (
            name::PURCHASES,
            Label::new("Expected purchases", "預期購買次數"),
            GradingData::Numbers(by_code(&scored.purchases)),
        ),
    ];
    if let Some(value) = &scored.value {
        let value = by_code(value).into_iter().map(whole).collect();
        columns.push((
            name::VALUE,
            Label::new("Forecast lifetime value", "預測終身價值"),
            GradingData::Money(value),
        ));
    }
    let made_with = made_with(options);
    for (name, title, data) in columns {
        dataset.gradings.publish(name, Grading { title, is_part: false, data, made_with: made_with.clone() });
    }
}

/// What no longer holds is in no list.
pub fn withdraw(dataset: &mut Dataset) {
    [name::ALIVE, name::PURCHASES, name::VALUE].into_iter().for_each(|name| dataset.gradings.withdraw(name));
}
