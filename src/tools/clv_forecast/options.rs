//! What a person can choose on the forecast page.

use crate::core::clv::kind::Kind;
use crate::core::day::Day;
use crate::core::summary::TimeUnit;
use serde::{Deserialize, Serialize};

/// Everything that the forecast page is asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ForecastOptions {
    pub from: Customers,
    pub model: Kind,
    pub unit: TimeUnit,
    /// The last day that counts; `None`: the last day of the data.
    pub end: Option<Day>,
    /// The last day that the models may see when they are checked; `None`: after three fifths of the time.
    pub calibration_end: Option<Day>,
    /// How far into the future, in units.
    pub horizon: u32,
    /// In per cent a year.
    pub discount: f64,
    /// What is left of the spend, in per cent.
    pub margin: f64,
    /// The simple rule: active is who has bought in so many months.
    pub rule_months: u32,
}

/// Whose purchases.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Customers {
    /// Those of the workspace.
    #[default]
    Data,
    /// Drawn from the model with known parameters, see [`super::simulated`].
    Simulated,
}

impl Default for ForecastOptions {
    fn default() -> ForecastOptions {
        ForecastOptions {
            from: Customers::Data,
            model: Kind::BgNbd,
            unit: TimeUnit::Week,
            end: None,
            calibration_end: None,
            horizon: 52,
            discount: 10.0,
            margin: 100.0,
            rule_months: 6,
        }
    }
}

/// The longest horizon, in units: ten years of days.
pub const LONGEST_HORIZON: u32 = 3_660;
pub const MOST_RULE_MONTHS: u32 = 60;

impl ForecastOptions {
    /// Brings what a stored record or a link says into what can be computed.
    pub fn tidy(mut self) -> ForecastOptions {
        let default = ForecastOptions::default();
        let within =
            |value: f64, most: f64, other: f64| if (0.0..=most).contains(&value) { value } else { other };
        if self.from == Customers::Simulated && self.model.is_discrete() {
            // They are drawn by the week.
            self.unit = TimeUnit::Week;
        }
        self.horizon = self.horizon.clamp(1, LONGEST_HORIZON);
        self.rule_months = self.rule_months.clamp(1, MOST_RULE_MONTHS);
        self.discount = within(self.discount, 1_000.0, default.discount);
        self.margin = within(self.margin, 100.0, default.margin);
        self
    }

    /// Without what only the check looks at.
    pub fn without_check(&self) -> ForecastOptions {
        let default = ForecastOptions::default();
        ForecastOptions { calibration_end: None, rule_months: default.rule_months, ..self.clone() }
    }

    /// Only what the check looks at.
    pub fn of_check(&self) -> ForecastOptions {
        let default = ForecastOptions::default();
        ForecastOptions {
            horizon: default.horizon,
            discount: default.discount,
            margin: default.margin,
            ..self.clone()
        }
    }
}
