//! What the worker finds in the data: cohorts, buying by recency, moves between tiers.

use super::options::Part;
use crate::core::day::Day;
use crate::core::grading::Label;
use crate::core::lang::Lang;
use crate::core::summary::SummaryError;
use serde::{Deserialize, Serialize};

/// Customers whose first purchase falls into one period.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cohort {
    pub from: Day,
    pub to: Day,
    pub customers: u64,
    /// How many of them buy in this period (all), the next, …
    pub active: Vec<u64>,
    /// How many of them buy in this period, the next, … or later.
    pub left: Vec<u64>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cohorts {
    /// The oldest first.
    pub cohorts: Vec<Cohort>,
    /// Customers of the oldest cohorts, and how many of them are left after 1, 2, … periods.
    pub survivors: Vec<f64>,
    pub pooled_cohorts: u64,
    pub pooled_customers: u64,
}

/// Customers at one recency, over all periods.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RecencyCell {
    pub at_risk: u64,
    pub bought: u64,
}

impl RecencyCell {
    pub fn rate(&self) -> f64 {
        self.bought as f64 / self.at_risk.max(1) as f64
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recency {
    /// Last purchase one period ago, two, …; each with at least one customer.
    pub cells: Vec<RecencyCell>,
    pub periods: u64,
    pub until: Day,
}

/// A tier, or the inactive customers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TierState {
    pub name: Label,
    /// Customers who were in it a period ago, by the state that they are in now.
    pub moved: Vec<u64>,
    /// Customers who are in it now.
    pub now: u64,
    /// What each of those spent in the period, in units of the currency.
    pub mean_spend: f64,
    /// Its place among the states.
    pub place: usize,
}

impl TierState {
    /// Nobody was in it a period ago.
    pub fn unseen(&self) -> bool {
        self.moved.iter().all(|&moved| moved == 0)
    }

    /// The share that goes to each state; where nobody was in it, it keeps its own.
    pub fn shares(&self) -> Vec<f64> {
        let all: u64 = self.moved.iter().sum();
        let share = |(at, &moved): (usize, &u64)| match all {
            0 => f64::from(at == self.place),
            all => moved as f64 / all as f64,
        };
        self.moved.iter().enumerate().map(share).collect()
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TierMoves {
    /// The best tier first, the inactive customers last.
    pub states: Vec<TierState>,
    /// New customers of the period, by the state that they are in.
    pub new: Vec<u64>,
    pub before: (Day, Day),
    pub after: (Day, Day),
}

impl TierMoves {
    pub fn customers(&self) -> u64 {
        self.states.iter().map(|state| state.now).sum()
    }

    /// The share of all customers that is in each state now.
    pub fn start(&self) -> Vec<f64> {
        let all = self.customers().max(1) as f64;
        self.states.iter().map(|state| state.now as f64 / all).collect()
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClvAnswer {
    /// The part takes nothing from the data.
    Nothing,
    Cohorts(Cohorts),
    Recency(Recency),
    Tiers(TierMoves),
    Refused(DataRefusal),
}

impl ClvAnswer {
    /// Whether it answers what a part asks; an answer to another part may still be in the page's hands.
    pub fn is_for(&self, part: Part) -> bool {
        match self {
            ClvAnswer::Nothing => false,
            ClvAnswer::Cohorts(_) => part == Part::Years,
            ClvAnswer::Recency(_) => part == Part::Migration,
            ClvAnswer::Tiers(_) => part == Part::Chain,
            ClvAnswer::Refused(_) => true,
        }
    }
}

/// Why the data say nothing about a part.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DataRefusal {
    Summary {
        error: SummaryError,
    },
    /// The data reach over fewer periods than are needed.
    TooShort {
        periods: u64,
        needed: u64,
    },
}

impl DataRefusal {
    pub fn say(&self, lang: Lang) -> String {
        match self {
            DataRefusal::Summary { error } => error.say(lang),
            DataRefusal::TooShort { periods, needed } => lang.pick(
                format!("The data reach over {periods} such periods; {needed} are needed. Choose a shorter period."),
                format!("資料只涵蓋 {periods} 個這樣的期間，需要 {needed} 個。請選較短的期間。"),
            ),
        }
    }
}
