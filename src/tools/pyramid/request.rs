//! What the pyramid page asks of the worker.

use super::answer::{Pyramid, Refusal};
use super::options::PyramidOptions;
use crate::core::lang::Lang;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PyramidRequest {
    pub options: PyramidOptions,
    pub ask: PyramidAsk,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PyramidAsk {
    /// The whole page.
    Pyramid,
    /// Every customer with tier, measure and strategy as a CSV file.
    Export { lang: Lang },
    /// Only the columns for other tools.
    Publish,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PyramidAnswer {
    Pyramid(Box<Pyramid>),
    /// The bytes of the file come with the reply.
    Exported {
        rows: u64,
    },
    Published,
    Refused(Refusal),
}
