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

/// The names of a tier as they are entered; an empty one is "Tier 3".
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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
    /// Shares of the active customers (0.2 is 20 %), counted to the millionth; the last tier takes the rest, so there
    /// is one share less than tiers.
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
    pub strategies: Strategies,
}

/// What we do for each tier, as typed. Missing or empty: the suggestion of the preset.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Strategies {
    /// The best tier first.
    pub tiers: Vec<String>,
    pub inactive: String,
    pub prospects: String,
}

/// One line of the pyramid, whose strategy can be typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Line {
    /// Tier `0` is the best.
    Tier(usize),
    Inactive,
    Prospects,
}

impl Strategies {
    /// What is typed for a line; empty where nothing is.
    pub fn get(&self, line: Line) -> &str {
        match line {
            Line::Tier(tier) => self.tiers.get(tier).map_or("", String::as_str),
            Line::Inactive => &self.inactive,
            Line::Prospects => &self.prospects,
        }
    }

    pub fn set(&mut self, line: Line, text: String) {
        match line {
            Line::Tier(tier) => {
                if self.tiers.len() <= tier {
                    self.tiers.resize(tier + 1, String::new());
                }
                self.tiers[tier] = text;
            }
            Line::Inactive => self.inactive = text,
            Line::Prospects => self.prospects = text,
        }
    }
}

impl PyramidOptions {
    pub fn frame(&self) -> AnalysisFrame {
        AnalysisFrame { analysis_date: self.analysis_date, window: self.window }
    }

    pub fn set_frame(&mut self, frame: AnalysisFrame) {
        (self.analysis_date, self.window) = (frame.analysis_date, frame.window);
    }

    /// What the customers' tiers follow from: all but the words about them.
    pub fn without_strategies(&self) -> PyramidOptions {
        PyramidOptions { strategies: Strategies::default(), ..self.clone() }
    }
}

/// The least and largest number of tiers that a person makes.
pub const TIERS: std::ops::RangeInclusive<usize> = 2..=10;
/// A published column of more classes makes no readable pyramid.
pub const MOST_CLASSES: usize = 20;
