//! What a person can choose and type on the page.

use super::inputs::{CHAIN, COMPLAINTS, FIVE, FORMULA, MIGRATION, YEARS};
use crate::core::inputs::{Input, Typed, Values};
use crate::core::sensitivity::Sensitivity;
use serde::{Deserialize, Serialize};

/// One question about lifetime value; each has its own inputs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    #[default]
    Formula,
    Years,
    Migration,
    Chain,
    Five,
    Complaints,
}

impl Part {
    pub const ALL: [Part; 6] =
        [Part::Formula, Part::Years, Part::Migration, Part::Chain, Part::Five, Part::Complaints];

    /// Its name in an address.
    pub fn id(self) -> &'static str {
        match self {
            Part::Formula => "formula",
            Part::Years => "years",
            Part::Migration => "migration",
            Part::Chain => "chain",
            Part::Five => "five",
            Part::Complaints => "complaints",
        }
    }

    pub fn inputs(self) -> &'static [Input] {
        match self {
            Part::Formula => &FORMULA,
            Part::Years => &YEARS,
            Part::Migration => &MIGRATION,
            Part::Chain => &CHAIN,
            Part::Five => &FIVE,
            Part::Complaints => &COMPLAINTS,
        }
    }

    /// Whether its sensitivity is analysed.
    pub fn has_sensitivity(self) -> bool {
        matches!(self, Part::Formula | Part::Five)
    }
}

/// What is typed into one part.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct PartOptions {
    pub typed: Typed,
    pub sensitivity: Sensitivity,
}

/// A state of the relationship: its name, what a customer brings in it, and where customers go from it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    pub name: String,
    pub reward: f64,
    /// The share that goes to each state in one period.
    pub to: Vec<f64>,
}

/// All that the page keeps.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ClvOptions {
    pub part: Part,
    pub formula: PartOptions,
    pub years: PartOptions,
    pub migration: PartOptions,
    pub chain: PartOptions,
    pub five: PartOptions,
    pub complaints: PartOptions,
    /// Survivors as typed: counts, or per cent where the first is 100.
    pub survivors: Vec<f64>,
    /// Probabilities of buying by recency.
    pub probabilities: Vec<f64>,
    pub states: Vec<State>,
}

/// Fader & Hardie (2007): survivors of two groups of customers under contract, per cent, years 0 to 12.
pub const REGULAR: [f64; 13] =
    [100.0, 63.1, 46.8, 38.2, 32.6, 28.9, 26.2, 24.1, 22.3, 20.7, 19.4, 18.3, 17.3];
pub const HIGH_END: [f64; 13] =
    [100.0, 86.9, 74.3, 65.3, 59.3, 55.1, 51.7, 49.1, 46.8, 44.5, 42.7, 40.9, 39.4];
/// Pfeifer & Carraway (2000): buying by recency.
pub const RECENCY: [f64; 4] = [0.3, 0.2, 0.15, 0.05];

impl Default for ClvOptions {
    fn default() -> ClvOptions {
        let part = PartOptions::default;
        ClvOptions {
            part: Part::default(),
            formula: part(),
            years: part(),
            migration: part(),
            chain: part(),
            five: part(),
            complaints: part(),
            survivors: REGULAR.into(),
            probabilities: RECENCY.into(),
            states: published_states(),
        }
    }
}

/// The states of Pfeifer & Carraway's example: recency 1 to 4, and the lost ones.
fn published_states() -> Vec<State> {
    let row = |cell: usize| {
        let mut to = vec![0.0; 5];
        match RECENCY.get(cell) {
            Some(&probability) => {
                to[0] = probability;
                to[cell + 1] = ((1.0 - probability) * 1e9_f64).round() / 1e9;
            }
            None => to[4] = 1.0,
        }
        to
    };
    let reward = [36.0, -4.0, -4.0, -4.0, 0.0];
    let name = ["R1", "R2", "R3", "R4", "–"];
    (0..5).map(|at| State { name: name[at].into(), reward: reward[at], to: row(at) }).collect()
}

impl ClvOptions {
    pub fn of(&self, part: Part) -> &PartOptions {
        match part {
            Part::Formula => &self.formula,
            Part::Years => &self.years,
            Part::Migration => &self.migration,
            Part::Chain => &self.chain,
            Part::Five => &self.five,
            Part::Complaints => &self.complaints,
        }
    }

    pub fn of_mut(&mut self, part: Part) -> &mut PartOptions {
        match part {
            Part::Formula => &mut self.formula,
            Part::Years => &mut self.years,
            Part::Migration => &mut self.migration,
            Part::Chain => &mut self.chain,
            Part::Five => &mut self.five,
            Part::Complaints => &mut self.complaints,
        }
    }

    pub fn values(&self, part: Part) -> Values {
        Values::of(part.inputs(), &self.of(part).typed)
    }
}

/// The most numbers of a typed list, and the longest name of a state.
pub const MOST_NUMBERS: usize = 61;
pub const LONGEST_STATE: usize = 20;
