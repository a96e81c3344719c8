//! What the worker answers to the forecast page.

use crate::core::clv::gamma_gamma::SpendRefusal;
use crate::core::clv::kind::{FitReport, Kind};
use crate::core::clv::model::ModelRefusal;
use crate::core::day::Day;
use crate::core::explain::Step;
use crate::core::lang::Lang;
use crate::core::stats::normal;
use crate::core::stats::proportion::Interval;
use crate::core::summary::{RowUse, SummaryError, TimeUnit};
use serde::{Deserialize, Serialize};

/// Where the customers' histories come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    Transactions,
    /// A finished summary (x, t_x, T) in the customer table.
    Summary,
    Simulated,
}

/// What all customers together are expected to bring, and how far off what they bring may be.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Total {
    pub value: f64,
    /// See [`super::totals`]; `None` where the variance is infinite.
    pub standard_error: Option<f64>,
}

impl Total {
    /// Of 95 %, never below zero.
    pub fn interval(&self) -> Option<Interval> {
        let reach = normal::two_sided(0.95)? * self.standard_error?;
        Some(Interval { low: (self.value - reach).max(0.0), high: self.value + reach })
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Spend {
    pub fit: FitReport,
    /// Minor units: over all customers.
    pub mean: f64,
    /// Customers with repeat purchases and spend.
    pub customers: u64,
    /// Of frequency and spend.
    pub correlation: Option<f64>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoSpend {
    /// The data have no amounts.
    NoMoney,
    Refused(SpendRefusal),
}

/// So many customers with x repeat purchases; the last bin holds all above, too.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct CountBin {
    pub x: u32,
    pub actual: f64,
    pub expected: f64,
}

/// P(alive) and expected purchases over frequency and recency, for customers of one age.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Grid {
    pub age: f64,
    pub x: Vec<u32>,
    pub recency: Vec<f64>,
    /// By recency, then x; `None` where no such customer can be.
    pub alive: Vec<Option<f64>>,
    pub purchases: Vec<Option<f64>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Warning {
    /// Customers of a finished summary whose numbers cannot be (t_x > T, fractions of purchases, …).
    ImpossibleCustomers { customers: u64, first: String },
    /// Customers with repeat purchases and no spend above zero.
    WithoutSpend { customers: u64 },
    /// Frequency and spend go together more than the model likes.
    SomewhatTied { correlation: f64 },
    /// The starts did not all end at the same top.
    StartsDisagree { starts: u32, agreeing: u32 },
    /// The horizon is longer than what has been observed.
    LongHorizon { observed: f64 },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Forecast {
    pub origin: Origin,
    pub model: Kind,
    pub unit: TimeUnit,
    pub horizon: u32,
    pub from: Option<Day>,
    pub end: Option<Day>,
    pub customers: u64,
    pub repeat_customers: u64,
    pub rows: RowUse,
    pub fit: FitReport,
    pub spend: Result<Spend, NoSpend>,
    /// Expected to be customers still.
    pub alive: f64,
    /// Expected over the horizon.
    pub purchases: Total,
    /// Minor units: discounted, times the margin.
    pub value: Option<Total>,
    pub counts: Vec<CountBin>,
    /// Customers by P(alive), in ten bins.
    pub alive_bins: Vec<u64>,
    pub grid: Grid,
    /// A customer to explain by: the one in the middle of those with repeat purchases.
    pub example: Option<CustomerRow>,
    pub warnings: Vec<Warning>,
    pub explanation: Explanation,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Explanation {
    pub en: Vec<Step>,
    pub zh: Vec<Step>,
}

impl Explanation {
    pub fn steps(&self, lang: Lang) -> &[Step] {
        lang.pick(&self.en, &self.zh)
    }
}

/// One customer of the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CustomerRow {
    pub id: String,
    pub repeat_frequency: u32,
    /// In units.
    pub recency: f64,
    pub age: f64,
    pub days_since_last: f64,
    /// RFM's frequency: all purchases; `None` where only a finished summary is known.
    pub frequency: Option<u32>,
    pub alive: f64,
    pub purchases: f64,
    /// Minor units, at a purchase.
    pub spend: Option<f64>,
    /// Minor units.
    pub value: Option<f64>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CustomerPage {
    pub rows: Vec<CustomerRow>,
    pub page: u64,
    pub pages: u64,
}

/// One model against what was held out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ModelCheck {
    pub model: Kind,
    pub outcome: Result<ModelScore, ModelRefusal>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ModelScore {
    pub fit: FitReport,
    pub aic: f64,
    pub bic: f64,
    /// Purchases expected in the time held out; BG/BB counts periods with purchases.
    pub expected: f64,
    pub actual: f64,
    /// Mean over customers of |expected − actual|.
    pub mean_error: f64,
    /// The share of customers of whom it is rightly said whether they buy again.
    pub hit_rate: f64,
}

/// By frequency in calibration: how much was expected after it, and how much came.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ByFrequency {
    pub x: u32,
    /// This bin holds all above, too.
    pub and_more: bool,
    pub customers: u64,
    pub expected: f64,
    pub actual: f64,
}

/// Customers of whom the model says about the same: how many bought again.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Calibration {
    pub customers: u64,
    /// The mean probability of buying in the time held out.
    pub expected: f64,
    pub actual: f64,
}

/// Repeat purchases of all customers in one period of the whole time.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tracked {
    /// Units from the first day of the data.
    pub at: f64,
    pub actual: f64,
    pub expected: f64,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rule {
    pub months: u32,
    pub active: u64,
    pub hit_rate: f64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Check {
    pub model: Kind,
    pub unit: TimeUnit,
    pub from: Day,
    pub calibration_end: Day,
    pub end: Day,
    /// Customers with a first purchase up to the end of calibration.
    pub customers: u64,
    pub models: Vec<ModelCheck>,
    pub rule: Rule,
    /// The share who bought again: what saying the same of everybody would reach.
    pub bought_again: f64,
    pub best: Option<Kind>,
    /// Of the chosen model; empty where it could not be fitted.
    pub tracked: Vec<Tracked>,
    pub by_frequency: Vec<ByFrequency>,
    pub calibration: Vec<Calibration>,
}

/// Why there is no forecast.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    Summary {
        error: SummaryError,
    },
    Model {
        model: Kind,
        reason: ModelRefusal,
        customers: u64,
    },
    /// A finished summary holds times that are no whole periods.
    NotWholePeriods {
        customers: u64,
    },
    /// A finished summary has nothing that could be held out.
    NothingHeldOut,
    /// The whole time is too short to be divided.
    TooShort {
        days: i32,
    },
}
