//! What counts as a purchase: asked once at import, kept with the workspace, applied whenever customers are summed up.

use serde::{Deserialize, Serialize};

/// The purchase rules of a workspace. A stored table keeps every row that could be read; these rules say which of
/// them count, so that an answer can be changed later without importing again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PurchaseRules {
    pub refunds: Refunds,
    pub zero_amounts: ZeroAmounts,
    pub purchase: PurchaseUnit,
    pub duplicates: Duplicates,
    pub after_analysis_date: AfterAnalysisDate,
}

/// Rows with a negative amount. They never count as a purchase.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refunds {
    /// Their money is taken off what the customer spent.
    #[default]
    Net,
    /// As if they were not there.
    Ignore,
}

/// Rows with an amount of zero (gifts, samples).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ZeroAmounts {
    /// They count as purchases.
    #[default]
    Count,
    Ignore,
}

/// What is one purchase.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PurchaseUnit {
    /// One distinct order id; without order ids, one row.
    #[default]
    Order,
    /// All that a customer buys on one day.
    CustomerDay,
}

/// Rows that repeat an earlier row in every column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Duplicates {
    /// Two equal lines are two lines.
    #[default]
    Keep,
    Ignore,
}

/// Rows dated after the analysis date.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AfterAnalysisDate {
    /// They have not happened yet.
    #[default]
    Ignore,
    /// They count, with no days since the purchase.
    CountAsToday,
}

/// How many rows of a transaction table each rule is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleCounts {
    pub rows: u64,
    pub refunds: u64,
    pub zero_amounts: u64,
    /// Purchases beyond the first of one customer on one day.
    pub same_day: u64,
    pub duplicates: u64,
    pub after_analysis_date: u64,
}
