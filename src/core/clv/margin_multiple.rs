//! Lifetime value from one margin and one retention rate: the margin multiple and its year table.

use super::discounting::{FirstMargin, factor};
use super::refusal::{Refusal, finite, within};

/// How long one counts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Horizon {
    ForEver,
    /// So many margins.
    Periods(u32),
}

/// The most periods that are counted one by one.
pub const MOST_PERIODS: u32 = 100;

/// What the formula is made of. Periods are usually years.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Terms {
    /// m: margin per customer and period; the first one.
    pub margin: f64,
    /// r: the share of customers that is still there after a period.
    pub retention: f64,
    /// i: discount rate per period.
    pub discount: f64,
    /// g: growth of the margin per period; margin k is m(1 + g)^(k−1).
    pub growth: f64,
    /// A: what it costs to win the customer, now.
    pub acquisition: f64,
    pub horizon: Horizon,
    pub first: FirstMargin,
}

/// One margin of the year table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Period {
    /// k: 1, 2, …
    pub margin_number: u32,
    /// When it comes, in periods from now.
    pub time: f64,
    /// The probability that the customer is still there: r^t.
    pub survival: f64,
    pub discount_factor: f64,
    /// The margin of a customer who is still there.
    pub margin: f64,
    pub present_value: f64,
    /// All present values so far, less the acquisition cost.
    pub cumulated: f64,
}

impl Terms {
    /// # Errors
    /// [`Refusal::Outside`] where a number cannot be used.
    pub fn check(&self) -> Result<(), Refusal> {
        within(("The retention rate", "保留率"), self.retention, 0.0, 1.0)?;
        within(("The discount rate", "折現率"), self.discount, 0.0, 1e6)?;
        within(("The growth rate", "成長率"), self.growth, -1.0, 1e6)?;
        within(("The margin", "毛利"), self.margin, -1e12, 1e12)?;
        within(("The acquisition cost", "新顧客建立成本"), self.acquisition, 0.0, 1e12)?;
        if let Horizon::Periods(periods) = self.horizon {
            let most = f64::from(MOST_PERIODS);
            within(("The number of years", "年數"), f64::from(periods), 1.0, most)?;
        }
        Ok(())
    }

    /// q: what each present value is times the one before: r(1 + g) / (1 + i).
    fn ratio(&self) -> f64 {
        self.retention * (1.0 + self.growth) / (1.0 + self.discount)
    }

    /// The value of a customer before the acquisition cost.
    ///
    /// With the first margin after one period Σ_{k=1}^{n} m(1+g)^(k−1) r^k / (1+i)^k, which for ever is
    /// m·r / (1 + i − r(1+g)); with the first margin now Σ_{k=1}^{n} m(1+g)^(k−1) r^(k−1) / (1+i)^(k−1), which for ever
    /// is m(1+i) / (1 + i − r(1+g)). m = `margin`, r = `retention`, i = `discount`, g = `growth`, n = `horizon`.
    ///
    /// Source: Gupta & Lehmann, *Managing Customers as Investments* (2005).
    ///
    /// ```
    /// use quintile::core::clv::discounting::FirstMargin;
    /// use quintile::core::clv::margin_multiple::{Horizon, Terms};
    /// let terms = Terms {
    ///     margin: 1.0, retention: 0.8, discount: 0.1, growth: 0.0, acquisition: 0.0,
    ///     horizon: Horizon::ForEver, first: FirstMargin::AfterOnePeriod,
    /// };
    /// assert_eq!(format!("{:.2}", terms.value().unwrap()), "2.67");
    /// assert_eq!(format!("{:.2}", Terms { first: FirstMargin::Now, ..terms }.value().unwrap()), "3.67");
    /// ```
    ///
    /// # Errors
    /// [`Refusal::Outside`]; [`Refusal::Endless`] for ever with r(1+g) ≥ 1+i; [`Refusal::TooLarge`].
    pub fn value(&self) -> Result<f64, Refusal> {
        self.check()?;
        let (first, q) = (self.first_present_value(), self.ratio());
        match self.horizon {
            Horizon::ForEver => {
                // Margins that end with the first one have no infinite sum to fear.
                let left = 1.0 + self.discount - self.retention * (1.0 + self.growth);
                if left <= 0.0 { Err(Refusal::Endless) } else { finite(first * (1.0 + self.discount) / left) }
            }
            Horizon::Periods(periods) => finite(first * geometric(q, periods)),
        }
    }

    /// The value less the acquisition cost.
    ///
    /// # Errors
    /// As [`Terms::value`].
    pub fn net(&self) -> Result<f64, Refusal> {
        finite(self.value()? - self.acquisition)
    }

    fn first_present_value(&self) -> f64 {
        let time = self.first.time(1);
        self.margin * libm::pow(self.retention, time) * factor(self.discount, time)
    }

    /// The first `most` margins one by one (all of them where there are fewer).
    ///
    /// # Errors
    /// As [`Terms::value`].
    pub fn periods(&self, most: u32) -> Result<Vec<Period>, Refusal> {
        self.value()?;
        let count = match self.horizon {
            Horizon::ForEver => most,
            Horizon::Periods(periods) => periods.min(most),
        };
        let mut cumulated = -self.acquisition;
        let period = |k: u32| {
            let time = self.first.time(k);
            let (survival, discount_factor) = (libm::pow(self.retention, time), factor(self.discount, time));
            let margin = self.margin * libm::pow(1.0 + self.growth, f64::from(k - 1));
            let present_value = margin * survival * discount_factor;
            cumulated += present_value;
            Period { margin_number: k, time, survival, discount_factor, margin, present_value, cumulated }
        };
        Ok((1..=count).map(period).collect())
    }

    /// The time in periods at which the present values have paid the acquisition cost back; `None` where they never
    /// do. Zero where winning the customer costs nothing.
    ///
    /// # Errors
    /// As [`Terms::value`].
    pub fn payback(&self) -> Result<Option<f64>, Refusal> {
        if self.acquisition == 0.0 {
            return Ok(Some(0.0));
        }
        if self.value()? < self.acquisition {
            return Ok(None);
        }
        let (first, q) = (self.first_present_value(), self.ratio());
        let most = match self.horizon {
            Horizon::ForEver => u32::MAX,
            Horizon::Periods(periods) => periods,
        };
        // first · (1 − qⁿ) / (1 − q) ≥ A, solved for n, then made exact by a step to either side.
        let guess = match q {
            q if (q - 1.0).abs() < 1e-12 => self.acquisition / first,
            q => libm::log1p(-self.acquisition / first * (1.0 - q)) / libm::log(q),
        };
        let paid = |n: u32| first * geometric(q, n) >= self.acquisition * (1.0 - 1e-12);
        let guess = if guess.is_finite() { guess.clamp(1.0, 4e9) as u32 } else { 1 };
        let found =
            (guess.saturating_sub(1).max(1)..=guess.saturating_add(2)).find(|&n| paid(n)).unwrap_or(guess);
        Ok(Some(self.first.time(found.min(most))))
    }

    /// How many times its acquisition cost a customer is worth (CLV : CAC); `None` where winning costs nothing.
    ///
    /// # Errors
    /// As [`Terms::value`].
    pub fn value_per_cost(&self) -> Result<Option<f64>, Refusal> {
        let value = self.value()?;
        if self.acquisition == 0.0 { Ok(None) } else { finite(value / self.acquisition).map(Some) }
    }

    /// How much the value grows, as a share of it, when retention rises by `points` (0.05 is five points).
    ///
    /// ```
    /// use quintile::core::clv::discounting::FirstMargin;
    /// use quintile::core::clv::margin_multiple::{Horizon, Terms};
    /// let at = |retention, first| Terms {
    ///     margin: 1.0, retention, discount: 0.1, growth: 0.0, acquisition: 0.0, horizon: Horizon::ForEver, first,
    /// };
    /// let growth = |r, first| format!("{:.1}", at(r, first).growth_of_value(0.05).unwrap() * 100.0);
    /// assert_eq!([0.6, 0.7, 0.8, 0.9].map(|r| growth(r, FirstMargin::AfterOnePeriod)), ["20.4", "22.4", "27.5", "40.7"]);
    /// assert_eq!([0.6, 0.7, 0.8, 0.9].map(|r| growth(r, FirstMargin::Now)), ["11.1", "14.3", "20.0", "33.3"]);
    /// ```
    ///
    /// # Errors
    /// As [`Terms::value`], also for the retention rate after the change; [`Refusal::NothingBefore`].
    pub fn growth_of_value(&self, points: f64) -> Result<f64, Refusal> {
        let before = self.value()?;
        let after = Terms { retention: self.retention + points, ..*self }.value()?;
        if before == 0.0 { Err(Refusal::NothingBefore) } else { finite((after - before) / before.abs()) }
    }
}

/// 1 + q + … + q^(n−1).
fn geometric(q: f64, n: u32) -> f64 {
    if (q - 1.0).abs() < 1e-9 {
        // Next to 1 the quotient has no digits left; the sum does.
        let n = f64::from(n);
        return n + (q - 1.0) * n * (n - 1.0) / 2.0;
    }
    (1.0 - libm::pow(q, f64::from(n))) / (1.0 - q)
}

/// The mean number of periods that a customer stays, the one of winning included: 1 / (1 − r). `None` at r = 1.
///
/// ```
/// use quintile::core::clv::margin_multiple::mean_lifetime;
/// // Halving defections doubles the lifetime.
/// assert!((mean_lifetime(0.9).unwrap() - 10.0).abs() < 1e-9);
/// assert!((mean_lifetime(0.95).unwrap() - 20.0).abs() < 1e-9);
/// ```
pub fn mean_lifetime(retention: f64) -> Option<f64> {
    let lifetime = 1.0 / (1.0 - retention);
    lifetime.is_finite().then_some(lifetime)
}
