//! Any model of repeat buying by its name, fitted or with given parameters.

use super::beta_geometric::{self, BetaGeometric, Dropout};
use super::bg_bb::{self, BgBb};
use super::fit::{Estimates, Search};
use super::model::{ModelRefusal, Purchases};
use super::pareto_nbd::{self, ParetoNbd};
use super::rows::Rows;
use crate::core::stats::proportion::Interval;
use serde::{Deserialize, Serialize};

/// The models of repeat buying.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    #[default]
    BgNbd,
    MbgNbd,
    ParetoNbd,
    BgBb,
}

impl Kind {
    pub const ALL: [Kind; 4] = [Kind::BgNbd, Kind::MbgNbd, Kind::ParetoNbd, Kind::BgBb];

    /// The name in the literature, the same in all languages.
    pub fn name(self) -> &'static str {
        match self {
            Kind::BgNbd => "BG/NBD",
            Kind::MbgNbd => "MBG/NBD",
            Kind::ParetoNbd => "Pareto/NBD",
            Kind::BgBb => "BG/BB",
        }
    }

    /// The parameters as they are written in the literature.
    pub fn symbols(self) -> [&'static str; 4] {
        match self {
            Kind::BgNbd | Kind::MbgNbd => ["r", "α", "a", "b"],
            Kind::ParetoNbd => ["r", "α", "s", "β"],
            Kind::BgBb => ["α", "β", "γ", "δ"],
        }
    }

    /// Customers can buy once in each period, and times are whole periods.
    pub fn is_discrete(self) -> bool {
        self == Kind::BgBb
    }

    /// The model with given parameters, in the order of [`Kind::symbols`].
    pub fn with(self, values: [f64; 4]) -> Box<dyn Purchases> {
        match self {
            Kind::BgNbd => Box::new(BetaGeometric::new(Dropout::AfterRepeat, values)),
            Kind::MbgNbd => Box::new(BetaGeometric::new(Dropout::AfterAny, values)),
            Kind::ParetoNbd => Box::new(ParetoNbd::new(values)),
            Kind::BgBb => Box::new(BgBb::new(values)),
        }
    }

    /// Fits the model by maximum likelihood; `progress` is told from 0 to 1.
    pub fn fit(self, rows: &Rows, progress: &mut dyn FnMut(f64)) -> Result<Estimates<4>, ModelRefusal> {
        match self {
            Kind::BgNbd => beta_geometric::fit(Dropout::AfterRepeat, rows, progress),
            Kind::MbgNbd => beta_geometric::fit(Dropout::AfterAny, rows, progress),
            Kind::ParetoNbd => pareto_nbd::fit(rows, progress),
            Kind::BgBb => bg_bb::fit(rows, progress),
        }
    }
}

/// A parameter with what is known of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Parameter {
    pub symbol: String,
    pub value: f64,
    pub standard_error: f64,
    pub interval: Interval,
}

/// Estimates as they are shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FitReport {
    pub parameters: Vec<Parameter>,
    pub log_likelihood: f64,
    pub search: Search,
}

impl FitReport {
    /// With intervals of 95 %.
    pub fn new<const N: usize>(symbols: [&str; N], estimates: &Estimates<N>) -> FitReport {
        let parameter = |i: usize| {
            let value = estimates.values[i];
            Parameter {
                symbol: symbols[i].into(),
                value,
                standard_error: estimates.standard_error(i),
                interval: estimates.interval(i, 0.95).unwrap_or(Interval { low: value, high: value }),
            }
        };
        FitReport {
            parameters: (0..N).map(parameter).collect(),
            log_likelihood: estimates.log_likelihood,
            search: estimates.search,
        }
    }

    /// Akaike's criterion, 2k − 2 ln L; lower is better.
    pub fn aic(&self) -> f64 {
        2.0 * self.parameters.len() as f64 - 2.0 * self.log_likelihood
    }

    /// The Bayesian criterion, k ln n − 2 ln L, for n customers; lower is better.
    pub fn bic(&self, customers: f64) -> f64 {
        self.parameters.len() as f64 * libm::log(customers) - 2.0 * self.log_likelihood
    }
}
