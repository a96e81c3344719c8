//! What the worker answers to the pyramid page.

use crate::core::day::Day;
use crate::core::explain::Step;
use crate::core::grading::Label;
use crate::core::lang::Lang;
use crate::core::summary::{RowUse, SummaryError};
use crate::tools::published::PublishedColumn;
use serde::{Deserialize, Serialize};

/// The unit of the measure: it decides how values are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Minor units.
    #[default]
    Money,
    Orders,
    /// A published number without a unit.
    Number,
}

/// What a set of customers amounts to in the period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TierSums {
    pub customers: u64,
    pub orders: u64,
    /// Minor units.
    pub revenue: i64,
    /// Minor units; `None` where costs are not known.
    pub margin: Option<i64>,
    /// The measure that tiers are made by; zero where it does not apply.
    pub measure: f64,
    pub days_since_last: u64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TierRow {
    pub label: Label,
    pub sums: TierSums,
    /// Of the active customers; of inactive customers and prospects, of all known customers.
    pub share_of_customers: f64,
    /// `None` where the total is not positive.
    pub share_of_revenue: Option<f64>,
    pub share_of_margin: Option<f64>,
    pub share_of_measure: Option<f64>,
    /// The least and greatest value of the measure found; `None` in an empty tier.
    pub found: Option<(f64, f64)>,
    /// What we do for them: as typed, or the preset's suggestion in both languages.
    pub strategy: Label,
}

/// A point of a curve: share of customers, best first, and share of the total.
pub type CurvePoint = (f64, f64);

/// How much hangs on how few.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Concentration {
    /// Cumulated, best first; begins at (0, 0) and ends at (1, 1).
    pub curve: Vec<CurvePoint>,
    /// The top 1, 5, 10, 20, 50 % bring …
    pub top: Vec<CurvePoint>,
    /// `None` where some values are negative.
    pub gini: Option<f64>,
    /// Where the curve is highest (above 1 where some customers cost more than they bring).
    pub peak: CurvePoint,
    /// Customers with a negative value, and what they take, as a share of the total.
    pub losing: Option<Losing>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Losing {
    pub customers: u64,
    pub share_of_customers: f64,
    pub share_of_total: f64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Warning {
    /// A boundary goes through equal values: this many customers have the value of the last one in `tier`, and they
    /// are divided in the order of their ids.
    TiesCut {
        tier: Label,
        customers: u64,
        value: f64,
    },
    EmptyTier {
        tier: Label,
    },
    /// Fewer customers than tiers.
    FewCustomers {
        customers: u64,
        tiers: u64,
    },
    AllEqual,
    /// The total of the measure is not positive, so there are no shares.
    TotalNotPositive,
    /// Rows without a cost count with their whole amount as margin.
    RowsWithoutCost {
        rows: u64,
    },
    /// Refunds whose cost is written above zero: it is taken off on top of the money given back.
    RefundsWithCost {
        rows: u64,
    },
    /// Customers who only have refunds are in no tier.
    OnlyRefunds {
        customers: u64,
        money: i64,
    },
    /// A finished summary has no single purchases: the period could not be applied.
    WindowNotApplicable,
    /// Active customers for whom the published column has no value: they stand below the tiers, "not graded".
    WithoutValue {
        customers: u64,
    },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pyramid {
    pub analysis_date: Option<Day>,
    pub window: Option<(Day, Day)>,
    pub rows: RowUse,
    pub measure_title: Label,
    pub unit: Unit,
    pub has_margin: bool,
    /// Active customers, best tier first.
    pub tiers: Vec<TierRow>,
    /// Bought before, but not in the period.
    pub inactive: TierRow,
    /// In the customer table, without any purchase; `None` without a customer table.
    pub prospects: Option<TierRow>,
    /// Active customers that the published measure does not know.
    pub not_graded: Option<TierRow>,
    /// All active customers: the tiers and those not graded. Shares are of these.
    pub all: TierSums,
    /// Of the measure.
    pub concentration: Option<Concentration>,
    /// Of the margin: the whale curve; `None` where costs are not known.
    pub whale: Option<Concentration>,
    pub measures: Vec<PublishedColumn>,
    pub class_columns: Vec<PublishedColumn>,
    pub warnings: Vec<Warning>,
    pub explanation: Explanation,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Explanation {
    pub en: Vec<Step>,
    pub zh: Vec<Step>,
}

impl Pyramid {
    /// All lines, the best first.
    pub fn rows(&self) -> impl Iterator<Item = &TierRow> {
        self.tiers.iter().chain(&self.not_graded).chain([&self.inactive]).chain(&self.prospects)
    }

    /// Prospects have no figures: they have bought nothing.
    pub fn is_prospects(&self, row: &TierRow) -> bool {
        self.prospects.as_ref() == Some(row)
    }
}

impl TierSums {
    pub fn revenue_per_customer(&self) -> Option<f64> {
        per(self.revenue as f64, self.customers)
    }

    pub fn margin_per_customer(&self) -> Option<f64> {
        per(self.margin? as f64, self.customers)
    }

    /// Minor units per purchase; `None` without purchases.
    pub fn average_order_value(&self) -> Option<f64> {
        per(self.revenue as f64, self.orders)
    }

    pub fn orders_per_customer(&self) -> Option<f64> {
        per(self.orders as f64, self.customers)
    }

    pub fn average_days_since_last(&self) -> Option<f64> {
        per(self.days_since_last as f64, self.customers)
    }
}

fn per(total: f64, count: u64) -> Option<f64> {
    (count > 0).then(|| total / count as f64)
}

impl Explanation {
    pub fn steps(&self, lang: Lang) -> &[Step] {
        lang.pick(&self.en, &self.zh)
    }
}

/// Why there is no pyramid.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    Summary {
        error: SummaryError,
    },
    /// No customer is active in the period.
    NobodyActive {
        window: Option<(Day, Day)>,
        rows: RowUse,
    },
    /// The data hold no costs.
    NoCosts,
    /// No such column is published from these data.
    NoColumn {
        name: String,
    },
    TierCount {
        found: usize,
    },
    /// The published column has too many classes for a pyramid.
    TooManyClasses {
        name: String,
        found: usize,
    },
    /// Share number `index` (from 0) is not above zero, or value number `index` is no number.
    BadShare {
        index: usize,
        value: f64,
    },
    /// The shares leave nothing for the last tier.
    SharesAbove100 {
        sum: f64,
    },
    /// Two tiers have the same name, so that a list could not tell them apart.
    SameName {
        first: usize,
        second: usize,
        name: String,
    },
    /// A tier is called like those who are in none.
    NameTaken {
        tier: usize,
        name: Label,
    },
    NotDescending {
        index: usize,
        value: f64,
        before: f64,
    },
}
