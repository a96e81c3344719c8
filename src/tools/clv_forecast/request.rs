//! What the forecast page asks of the worker.

use super::answer::{Check, CustomerPage, Forecast, Refusal};
use super::options::ForecastOptions;
use crate::core::lang::Lang;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ForecastRequest {
    pub options: ForecastOptions,
    pub ask: ForecastAsk,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ForecastAsk {
    /// The fitted model and what it expects.
    Forecast,
    /// All models on the first part of the time, against what came after.
    Check,
    /// Customers, best first; `page` counts from 0.
    Customers { sort: SortBy, page: u64 },
    /// Every customer as a CSV file; a summary has the columns that other programs read.
    Export { lang: Lang, summary: bool },
    /// Only the columns for other tools.
    Publish,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SortBy {
    #[default]
    Value,
    Purchases,
    Alive,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ForecastAnswer {
    Forecast(Box<Forecast>),
    Check(Box<Check>),
    Customers(CustomerPage),
    /// The bytes of the file come with the reply.
    Exported {
        rows: u64,
    },
    Published,
    Refused(Refusal),
}
