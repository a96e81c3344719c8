//! What a person can choose on the pyramid page.

use crate::core::day::Day;
use crate::core::summary::{AnalysisFrame, Window};
use serde::{Deserialize, Serialize};

/// What makes a customer more valuable.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Spend in the period.
    #[default]
    Revenue,
    /// Revenue minus the cost of the goods in the period; needs costs or margins in the data.
    Margin,
    /// Purchases in the period.
    Orders,
    /// A column that another tool publishes, by its name.
    Published(String),
}

/// A tier as it is entered: its names and what is done for it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TierName {
    pub name_en: String,
    pub name_zh: String,
}

/// How tiers are made, the best tier first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tiers {
    /// Curry: the top 1 %, the next 4 %, the next 15 %, the other 80 % of active customers.
    #[default]
    Curry,
    /// Zeithaml, Rust & Lemon: platinum, gold, iron, lead.
    Metals,
    /// Named segments of another tool: the classes of a published column, in their own order.
    Classes { column: String },
    /// Tiers of the same number of customers.
    Equal { tiers: u8 },
    /// Shares of the active customers; the last tier takes the rest, so there is one share less than tiers.
    Shares { shares: Vec<f64>, names: Vec<TierName> },
    /// Least values of the measure (minor units of money, orders, or the published column's own unit), descending;
    /// the last tier takes the rest.
    Values { least: Vec<f64>, names: Vec<TierName> },
}

/// Everything that the pyramid page is asked for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct PyramidOptions {
    /// `None`: the date of the last transaction.
    pub analysis_date: Option<Day>,
    pub window: Window,
    pub measure: Measure,
    pub tiers: Tiers,
    /// What we do for each tier, the best first, then inactive customers and prospects. Missing or empty: the
    /// suggestion of the preset.
    pub strategies: Vec<String>,
}

impl PyramidOptions {
    pub fn frame(&self) -> AnalysisFrame {
        AnalysisFrame { analysis_date: self.analysis_date, window: self.window }
    }
}

/// The least and largest number of tiers.
pub const TIERS: std::ops::RangeInclusive<usize> = 2..=10;
