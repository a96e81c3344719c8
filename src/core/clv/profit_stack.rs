//! What a customer brings in each year of tenure (Reichheld & Sasser 1990): base profit, more purchases, lower cost to
//! serve, referrals, a price premium, less the cost of winning the customer.

use super::discounting::{FirstMargin, factor};
use super::margin_multiple::MOST_PERIODS;
use super::refusal::{Refusal, finite, within};

/// The parts of a year's profit, in the order of the course's slide A28.
pub const PARTS: usize = 5;

/// The terms of the stack. What comes on top of the base grows by the same amount with every year of tenure, from the
/// second year on, and stays level after `growing_years`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ProfitStack {
    /// The cost of winning the customer, at the beginning of the first year.
    pub acquisition: f64,
    /// Base profit of every year.
    pub base: f64,
    /// More purchases, lower costs, referrals, higher prices: what each adds per year of tenure.
    pub more_each_year: [f64; PARTS - 1],
    /// The years of tenure in which the additions grow.
    pub growing_years: u32,
    pub retention: f64,
    pub discount: f64,
    /// Years of tenure that count.
    pub years: u32,
    pub first: FirstMargin,
}

/// A year of tenure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Year {
    pub year: u32,
    /// Base profit, more purchases, lower costs, referrals, higher prices.
    pub parts: [f64; PARTS],
    pub profit: f64,
    pub survival: f64,
    pub discount_factor: f64,
    pub present_value: f64,
    /// Less the acquisition cost.
    pub cumulated: f64,
}

impl ProfitStack {
    /// Year by year: profit_t = base + Σ parts · min(t, G) − 1 (G = `growing_years`), present value
    /// profit_t · r^τ / (1 + i)^τ with τ = t with the first margin after one period, τ = t − 1 with the first margin now.
    ///
    /// ```
    /// use quintile::core::clv::discounting::FirstMargin;
    /// use quintile::core::clv::profit_stack::ProfitStack;
    /// let stack = ProfitStack {
    ///     acquisition: 80.0, base: 30.0, more_each_year: [6.0, 3.0, 2.0, 1.0], growing_years: 7,
    ///     retention: 1.0, discount: 0.0, years: 3, first: FirstMargin::Now,
    /// };
    /// let years = stack.years().unwrap();
    /// assert_eq!(years.iter().map(|year| year.profit).collect::<Vec<_>>(), [30.0, 42.0, 54.0]);
    /// assert_eq!(years[2].cumulated, 126.0 - 80.0);
    /// ```
    ///
    /// # Errors
    /// [`Refusal::Outside`] where a number cannot be used; [`Refusal::TooLarge`].
    pub fn years(&self) -> Result<Vec<Year>, Refusal> {
        within(("The retention rate", "保留率"), self.retention, 0.0, 1.0)?;
        within(("The discount rate", "折現率"), self.discount, 0.0, 1e6)?;
        within(("The number of years", "年數"), f64::from(self.years), 1.0, f64::from(MOST_PERIODS))?;
        let mut cumulated = -self.acquisition;
        let year = |year: u32| {
            let grown = f64::from(year.min(self.growing_years.max(1)) - 1);
            let mut parts = [self.base; PARTS];
            parts[1..].iter_mut().zip(self.more_each_year).for_each(|(part, more)| *part = more * grown);
            let profit = parts.iter().sum();
            let time = self.first.time(year);
            let (survival, discount_factor) = (libm::pow(self.retention, time), factor(self.discount, time));
            let present_value = profit * survival * discount_factor;
            cumulated += present_value;
            Year { year, parts, profit, survival, discount_factor, present_value, cumulated }
        };
        let years: Vec<Year> = (1..=self.years).map(year).collect();
        finite(cumulated)?;
        Ok(years)
    }

    /// The value less the acquisition cost.
    ///
    /// # Errors
    /// As [`ProfitStack::years`].
    pub fn value(&self) -> Result<f64, Refusal> {
        Ok(self.years()?.last().map_or(-self.acquisition, |year| year.cumulated))
    }

    /// The same with retention `points` higher (or lower).
    pub fn moved(&self, points: f64) -> ProfitStack {
        // 0.7 + 0.05 is 0.75, and 0.95 + 0.05 is 1.
        ProfitStack { retention: ((self.retention + points) * 1e12).round() / 1e12, ..*self }
    }
}

/// Published growth of profit from five points fewer defections, by industry.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Industry {
    pub name: (&'static str, &'static str),
    /// In per cent.
    pub growth: f64,
    /// Read out of the paper's abstract or the book's figure.
    pub source: Source,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// Reichheld & Sasser, "Zero defections: quality comes to services", *Harvard Business Review* 68 (1990).
    ReichheldSasser1990,
    /// Reichheld, *The Loyalty Effect* (1996).
    Reichheld1996,
}

const fn industry(name: (&'static str, &'static str), growth: f64, source: Source) -> Industry {
    Industry { name, growth, source }
}

/// The figures behind the course's slides A27 and A58.
pub static INDUSTRIES: [Industry; 12] = {
    use Source::{Reichheld1996, ReichheldSasser1990};
    [
        industry(
            ("Credit card issuer, defection 10% → 5%", "信用卡發卡公司（流失率 10% → 5%）"),
            125.0,
            ReichheldSasser1990,
        ),
        industry(("Bank branch", "銀行分行"), 85.0, ReichheldSasser1990),
        industry(("Insurance brokerage", "保險經紀"), 50.0, ReichheldSasser1990),
        industry(("Auto service chain", "汽車維修連鎖"), 30.0, ReichheldSasser1990),
        industry(("Advertising agency", "廣告代理"), 95.0, Reichheld1996),
        industry(("Branch-bank deposits", "銀行分行存款"), 85.0, Reichheld1996),
        industry(("Publishing", "出版"), 85.0, Reichheld1996),
        industry(("Auto and home insurance", "汽車與住宅保險"), 84.0, Reichheld1996),
        industry(("Auto service", "汽車維修"), 81.0, Reichheld1996),
        industry(("Credit cards", "信用卡"), 75.0, Reichheld1996),
        industry(("Industrial distribution", "工業配銷"), 45.0, Reichheld1996),
        industry(("Software", "軟體"), 35.0, Reichheld1996),
    ]
};
