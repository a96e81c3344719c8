//! Berger & Nasr (1998), case 1: a yearly contribution and a yearly cost of keeping the customer, spent in mid-year.

use super::discounting::factor;
use super::margin_multiple::MOST_PERIODS;
use super::refusal::{Refusal, finite, within};

/// The terms of case 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Case1 {
    /// GC: gross contribution per customer and year, the first one now.
    pub contribution: f64,
    /// M: promotion cost per customer and year, in the middle of each year.
    pub promotion: f64,
    /// r: yearly retention rate.
    pub retention: f64,
    /// d: yearly discount rate.
    pub discount: f64,
    /// n: years.
    pub years: u32,
}

/// One year of the table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Year {
    pub year: u32,
    /// r^t.
    pub survival: f64,
    pub discount_factor: f64,
    /// GC · r^t / (1 + d)^t.
    pub contribution: f64,
    /// M · r^(t−1) / (1 + d)^(t−½); none in year 0.
    pub promotion: f64,
    pub cumulated: f64,
}

impl Case1 {
    /// Year by year.
    ///
    /// CLV = GC·Σ_{t=0}^{n} r^t/(1+d)^t − M·Σ_{t=1}^{n} r^(t−1)/(1+d)^(t−½) with GC = `contribution`, M = `promotion`,
    /// r = `retention`, d = `discount`, n = `years`; the last `cumulated` is the CLV. Source: Berger & Nasr, "Customer
    /// lifetime value: marketing models and applications", *Journal of Interactive Marketing* 12 (1998).
    ///
    /// ```
    /// use quintile::core::clv::berger_nasr::Case1;
    /// let case = Case1 { contribution: 260.0, promotion: 50.0, retention: 0.75, discount: 0.2, years: 10 };
    /// assert_eq!(format!("{:.2}", case.value().unwrap()), "568.78");
    /// ```
    ///
    /// # Errors
    /// [`Refusal::Outside`] where a number cannot be used; [`Refusal::TooLarge`].
    pub fn years(&self) -> Result<Vec<Year>, Refusal> {
        within(("The retention rate", "保留率"), self.retention, 0.0, 1.0)?;
        within(("The discount rate", "折現率"), self.discount, 0.0, 1e6)?;
        within(("The number of years", "年數"), f64::from(self.years), 0.0, f64::from(MOST_PERIODS))?;
        let mut cumulated = 0.0;
        let year = |year: u32| {
            let time = f64::from(year);
            let (survival, discount_factor) = (libm::pow(self.retention, time), factor(self.discount, time));
            let contribution = self.contribution * survival * discount_factor;
            let promotion = match year {
                0 => 0.0,
                _ => {
                    self.promotion * libm::pow(self.retention, time - 1.0) * factor(self.discount, time - 0.5)
                }
            };
            cumulated += contribution - promotion;
            Year { year, survival, discount_factor, contribution, promotion, cumulated }
        };
        let years: Vec<Year> = (0..=self.years).map(year).collect();
        finite(cumulated)?;
        Ok(years)
    }

    /// # Errors
    /// As [`Case1::years`].
    pub fn value(&self) -> Result<f64, Refusal> {
        Ok(self.years()?.last().map_or(0.0, |year| year.cumulated))
    }
}
