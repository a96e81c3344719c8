//! The arithmetic of complaints and of winning against keeping, as the course tells it (slides A29–31): each number is
//! an assumption that can be changed.

use super::refusal::{Refusal, finite, within};

/// The assumptions. Counts are customers of one period.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Complaints {
    /// Complaints that were heard.
    pub heard: f64,
    /// Dissatisfied customers who say nothing, for each who complains (the course: 20).
    pub silent_per_complaint: f64,
    /// The share of dissatisfied customers who leave. An assumption of one's own: the course gives none.
    pub leaving: f64,
    /// What a customer who stays is worth.
    pub customer_value: f64,
    /// Good impressions that make up for a bad one (the course: 12).
    pub good_per_bad: f64,
    /// The operating cost of the period, and the shares of it that making good costs (the course: 25–50 %).
    pub operating_cost: f64,
    pub recovery_low: f64,
    pub recovery_high: f64,
    /// Satisfied customers, and the new ones that 100 of them bring (the course: 15).
    pub satisfied: f64,
    pub new_per_hundred: f64,
}

/// What follows from them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outcome {
    /// heard · (1 + silent).
    pub dissatisfied: f64,
    pub lost: f64,
    pub value_lost: f64,
    /// dissatisfied · 12.
    pub good_impressions: f64,
    pub recovery_low: f64,
    pub recovery_high: f64,
    pub new_customers: f64,
    pub value_won: f64,
    /// Value won − value lost.
    pub balance: f64,
}

impl Complaints {
    /// # Errors
    /// [`Refusal::Outside`] for a share outside 0 … 1 or a negative count; [`Refusal::TooLarge`].
    ///
    /// ```
    /// use quintile::core::clv::complaints::Complaints;
    /// let course = Complaints {
    ///     heard: 10.0, silent_per_complaint: 20.0, leaving: 0.3, customer_value: 1_000.0, good_per_bad: 12.0,
    ///     operating_cost: 0.0, recovery_low: 0.25, recovery_high: 0.5, satisfied: 100.0, new_per_hundred: 15.0,
    /// };
    /// let outcome = course.outcome().unwrap();
    /// assert_eq!((outcome.dissatisfied, outcome.good_impressions, outcome.new_customers), (210.0, 2_520.0, 15.0));
    /// ```
    pub fn outcome(&self) -> Result<Outcome, Refusal> {
        for share in [self.leaving, self.recovery_low, self.recovery_high] {
            within(("A share", "比率"), share, 0.0, 1.0)?;
        }
        let counts = [
            self.heard,
            self.silent_per_complaint,
            self.good_per_bad,
            self.operating_cost,
            self.satisfied,
            self.new_per_hundred,
        ];
        for count in counts {
            within(("A count or cost", "人數或成本"), count, 0.0, f64::MAX)?;
        }
        let dissatisfied = finite(self.heard * (1.0 + self.silent_per_complaint))?;
        let lost = dissatisfied * self.leaving;
        let new_customers = finite(self.satisfied * self.new_per_hundred / 100.0)?;
        let (value_lost, value_won) =
            (finite(lost * self.customer_value)?, finite(new_customers * self.customer_value)?);
        Ok(Outcome {
            dissatisfied,
            lost,
            value_lost,
            good_impressions: finite(dissatisfied * self.good_per_bad)?,
            recovery_low: self.operating_cost * self.recovery_low,
            recovery_high: self.operating_cost * self.recovery_high,
            new_customers,
            value_won,
            balance: finite(value_won - value_lost)?,
        })
    }
}

/// What a budget does: customers kept, or customers won at `times` the cost of keeping one (the course: 5–7).
///
/// ```
/// use quintile::core::clv::complaints::kept_or_won;
/// assert_eq!(kept_or_won(70_000.0, 100.0, 7.0).unwrap(), (700.0, 100.0));
/// ```
///
/// # Errors
/// [`Refusal::Outside`] for a cost or a ratio that is not above 0, or a negative budget; [`Refusal::TooLarge`].
pub fn kept_or_won(budget: f64, cost_to_keep: f64, times: f64) -> Result<(f64, f64), Refusal> {
    within(("The budget", "預算"), budget, 0.0, f64::MAX)?;
    within(("The cost of keeping a customer", "留住一位顧客的成本"), cost_to_keep, 1e-6, f64::MAX)?;
    within(("The ratio", "倍數"), times, 1e-6, f64::MAX)?;
    Ok((finite(budget / cost_to_keep)?, finite(budget / cost_to_keep / times)?))
}
