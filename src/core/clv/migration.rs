//! Customer migration by recency (Dwyer 1989; Berger & Nasr 1998, case 5): who did not buy for a while may come back,
//! less likely the longer it is.

use super::discounting::{FirstMargin, factor};
use super::margin_multiple::{Horizon, MOST_PERIODS};
use super::markov::{Chain, MOST_STATES};
use super::refusal::{Refusal, finite, within};

/// The terms of the model.
#[derive(Clone, Debug, PartialEq)]
pub struct Migration {
    /// P₁ … P_J: the probability that a customer buys in a period whose last purchase was 1 … J periods before. After J
    /// periods without a purchase the customer counts as lost and is no longer addressed.
    pub probabilities: Vec<f64>,
    /// What a purchase brings.
    pub contribution: f64,
    /// What is spent in a period on each customer who is still addressed.
    pub promotion: f64,
    pub discount: f64,
    /// Periods after the first purchase.
    pub periods: u32,
    /// Whether the first purchase (at time 0) counts.
    pub first: FirstMargin,
}

/// One period of the table, per customer won.
#[derive(Clone, Debug, PartialEq)]
pub struct Period {
    pub period: u32,
    /// By recency: bought now, one period ago, … and at the end the lost ones.
    pub cells: Vec<f64>,
    /// The profit of the period.
    pub profit: f64,
    pub discount_factor: f64,
    pub present_value: f64,
    pub cumulated: f64,
}

impl Migration {
    /// # Errors
    /// [`Refusal::TooFew`] without a probability; [`Refusal::Outside`].
    pub fn check(&self) -> Result<(), Refusal> {
        if self.probabilities.is_empty() {
            return Err(Refusal::TooFew { found: 0, needed: 1 });
        }
        let cells = self.probabilities.len() as f64;
        within(("The number of recency cells", "最近購買期數"), cells, 1.0, MOST_STATES as f64 - 1.0)?;
        within(("The discount rate", "折現率"), self.discount, 0.0, 1e6)?;
        within(("The number of periods", "期數"), f64::from(self.periods), 0.0, f64::from(MOST_PERIODS))?;
        self.probabilities.iter().try_for_each(|&p| within(("A probability", "機率"), p, 0.0, 1.0).map(drop))
    }

    /// Period by period, from one customer who buys at time 0.
    ///
    /// Buyers C_t = Σ_{j=1}^{J} C_{t−j} · P_j · Π_{k<j}(1 − P_k), C₀ = 1; the profit of a period is buyers × contribution −
    /// customers still addressed × promotion. P_j = `probabilities[j − 1]`. The last `cumulated` is the value. Sources:
    /// Dwyer, "Customer lifetime valuation to support marketing decision making", *Journal of Direct Marketing* 3 (1989);
    /// Berger & Nasr (1998), case 5.
    ///
    /// ```
    /// use quintile::core::clv::discounting::FirstMargin;
    /// use quintile::core::clv::migration::Migration;
    /// let migration = Migration {
    ///     probabilities: vec![0.3, 0.2, 0.15, 0.05],
    ///     contribution: 40.0, promotion: 4.0, discount: 0.2, periods: 4, first: FirstMargin::Now,
    /// };
    /// // The same customer as a Markov chain (Pfeifer & Carraway 2000) is worth as much.
    /// assert_eq!(format!("{:.3}", migration.value().unwrap()), "50.115");
    /// ```
    ///
    /// # Errors
    /// As [`Migration::check`]; [`Refusal::TooLarge`].
    pub fn periods(&self) -> Result<Vec<Period>, Refusal> {
        self.check()?;
        let recencies = self.probabilities.len();
        let mut cells = vec![0.0; recencies + 1];
        cells[0] = 1.0;
        let (mut all, mut cumulated) = (Vec::new(), 0.0);
        for period in 0..=self.periods {
            if period > 0 {
                cells = self.next(&cells);
            }
            let addressed: f64 = cells[..recencies].iter().sum();
            let profit = cells[0] * self.contribution - addressed * self.promotion;
            let counts = period > 0 || self.first == FirstMargin::Now;
            let discount_factor = factor(self.discount, f64::from(period));
            let present_value = if counts { profit * discount_factor } else { 0.0 };
            cumulated += present_value;
            all.push(Period {
                period,
                cells: cells.clone(),
                profit,
                discount_factor,
                present_value,
                cumulated,
            });
        }
        finite(cumulated)?;
        Ok(all)
    }

    /// One period on: who buys is recent again, who does not is one cell further, the last cell is lost.
    fn next(&self, cells: &[f64]) -> Vec<f64> {
        let recencies = self.probabilities.len();
        let mut next = vec![0.0; recencies + 1];
        next[recencies] = cells[recencies];
        for (cell, probability) in self.probabilities.iter().enumerate() {
            next[0] += cells[cell] * probability;
            next[cell + 1] += cells[cell] * (1.0 - probability);
        }
        next
    }

    /// # Errors
    /// As [`Migration::periods`].
    pub fn value(&self) -> Result<f64, Refusal> {
        Ok(self.periods()?.last().map_or(0.0, |period| period.cumulated))
    }

    /// The same model as a Markov chain: the recency cells and the lost ones are its states.
    pub fn chain(&self, horizon: Horizon) -> Chain {
        let recencies = self.probabilities.len();
        let row = |cell: usize| {
            let mut row = vec![0.0; recencies + 1];
            match self.probabilities.get(cell) {
                Some(probability) => {
                    row[0] = *probability;
                    row[cell + 1] = 1.0 - probability;
                }
                None => row[recencies] = 1.0,
            }
            row
        };
        let reward = |cell: usize| match cell {
            0 => self.contribution - self.promotion,
            cell if cell < recencies => -self.promotion,
            _ => 0.0,
        };
        Chain {
            matrix: (0..=recencies).map(row).collect(),
            rewards: (0..=recencies).map(reward).collect(),
            discount: self.discount,
            horizon,
            first: self.first,
        }
    }
}
