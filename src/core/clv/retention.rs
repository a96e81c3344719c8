//! Retention by year: a table of survivors, what it says of each year, naive projections of it, and its value.

use super::discounting::{FirstMargin, factor};
use super::refusal::{Refusal, finite, within};

/// The most periods of a table, and of a projection.
pub const MOST_PERIODS: usize = 60;

/// How many of a group of customers are left at the end of period 0, 1, 2, …: survivors as typed (counts or per cent),
/// kept as shares of the first number.
#[derive(Clone, Debug, PartialEq)]
pub struct Survivors {
    /// S(0) = 1, S(1), …
    shares: Vec<f64>,
    /// How many customers the first number stands for; shares have 1,000, as in the papers.
    customers: f64,
}

/// The group that per cents are taken for where nobody is counted.
pub const ASSUMED_CUSTOMERS: f64 = 1_000.0;

impl Survivors {
    /// Survivors as counts of customers, or as per cent of them where the first number is 100 (then the likelihood is
    /// that of [`ASSUMED_CUSTOMERS`]).
    ///
    /// # Errors
    /// [`Refusal::TooFew`] with fewer than three numbers; [`Refusal::Outside`] for one that is negative or not finite, or
    /// a first one that is not above 0; [`Refusal::Rising`]; [`Refusal::NobodyLeft`].
    pub fn new(numbers: &[f64]) -> Result<Survivors, Refusal> {
        if numbers.len() < 3 {
            return Err(Refusal::TooFew { found: numbers.len(), needed: 3 });
        }
        let most = MOST_PERIODS as f64 + 1.0;
        within(("How many survivors are typed", "存活數字的個數"), numbers.len() as f64, 3.0, most)?;
        within(("The first number of survivors", "第一個存活數字"), numbers[0], 1e-6, 1e12)?;
        for &number in numbers {
            within(("The number of survivors", "存活數字"), number, 0.0, 1e12)?;
        }
        if let Some(at) = (1..numbers.len()).find(|&at| numbers[at] > numbers[at - 1]) {
            return Err(Refusal::Rising { at, before: numbers[at - 1], found: numbers[at] });
        }
        if numbers[1] == 0.0 {
            return Err(Refusal::NobodyLeft);
        }
        let customers = if numbers[0] == 100.0 { ASSUMED_CUSTOMERS } else { numbers[0] };
        Ok(Survivors { shares: numbers.iter().map(|number| number / numbers[0]).collect(), customers })
    }

    /// S(0) = 1, S(1), …, as shares.
    pub fn shares(&self) -> &[f64] {
        &self.shares
    }

    /// Periods after the first.
    pub fn periods(&self) -> usize {
        self.shares.len() - 1
    }

    /// Numbers of customers left after 0, 1, …, `periods`, for a likelihood.
    pub fn counts(&self, periods: usize) -> Vec<f64> {
        self.shares.iter().take(periods + 1).map(|share| share * self.customers).collect()
    }

    /// r(t) = S(t) / S(t − 1) for t = 1, 2, …; `None` where nobody was left before.
    pub fn retention_rates(&self) -> Vec<Option<f64>> {
        let rate = |pair: &[f64]| (pair[0] > 0.0).then(|| pair[1] / pair[0]);
        self.shares.windows(2).map(rate).collect()
    }

    /// The first `periods` periods only; the rest is held out.
    pub fn first(&self, periods: usize) -> Survivors {
        Survivors { shares: self.shares.iter().copied().take(periods + 1).collect(), ..*self }
    }
}

/// A projection that does not know why retention rates rise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Naive {
    /// One rate for all years: the likeliest one, Σ S(t) / Σ S(t − 1).
    ConstantRate,
    /// Least squares S(t) = a + b·t.
    Linear,
    /// Least squares S(t) = a + b·t + c·t².
    Quadratic,
    /// Least squares of the logarithm: S(t) = exp(a + b·t).
    Exponential,
}

impl Naive {
    pub const ALL: [Naive; 4] = [Naive::ConstantRate, Naive::Linear, Naive::Quadratic, Naive::Exponential];

    /// S(0), S(1), … S(`periods`), fitted to all of `survivors`. Survival is held between 0 and 1: a line that leaves it
    /// says nothing.
    ///
    /// The regressions are those that Fader & Hardie, "How to project customer retention" (*Journal of Interactive
    /// Marketing* 21, 2007), show to fail.
    ///
    /// ```
    /// use quintile::core::clv::retention::{Naive, Survivors};
    /// let halves = Survivors::new(&[100.0, 50.0, 25.0]).unwrap();
    /// let projected = Naive::ConstantRate.project(&halves, 3).unwrap();
    /// assert_eq!(projected, [1.0, 0.5, 0.25, 0.125]);
    /// ```
    ///
    /// # Errors
    /// [`Refusal::NobodyLeft`] for the exponential where fewer than two shares are above 0.
    pub fn project(self, survivors: &Survivors, periods: usize) -> Result<Vec<f64>, Refusal> {
        let shares = survivors.shares();
        let times = |count: usize| (0..count).map(|t| t as f64).collect::<Vec<_>>();
        let curve: Box<dyn Fn(f64) -> f64> = match self {
            Naive::ConstantRate => {
                let before: f64 = shares[..shares.len() - 1].iter().sum();
                let after: f64 = shares[1..].iter().sum();
                let rate = after / before;
                Box::new(move |t| libm::pow(rate, t))
            }
            Naive::Linear => {
                let [a, b, _] = least_squares(&times(shares.len()), shares, 2);
                Box::new(move |t| a + b * t)
            }
            Naive::Quadratic => {
                let degree = if shares.len() > 2 { 3 } else { 2 };
                let [a, b, c] = least_squares(&times(shares.len()), shares, degree);
                Box::new(move |t| a + b * t + c * t * t)
            }
            Naive::Exponential => {
                let positive: Vec<f64> = shares.iter().copied().take_while(|&share| share > 0.0).collect();
                if positive.len() < 2 {
                    return Err(Refusal::NobodyLeft);
                }
                let logs: Vec<f64> = positive.iter().map(|&share| libm::log(share)).collect();
                let [a, b, _] = least_squares(&times(logs.len()), &logs, 2);
                Box::new(move |t| libm::exp(a + b * t))
            }
        };
        Ok(times(periods + 1).into_iter().map(|t| curve(t).clamp(0.0, 1.0)).collect())
    }
}

/// The coefficients of 1, t, t² (as many as `terms`, 2 or 3) of the least-squares polynomial, by its normal equations in
/// times centred on their mean.
fn least_squares(times: &[f64], values: &[f64], terms: usize) -> [f64; 3] {
    let n = times.len() as f64;
    let mean = times.iter().sum::<f64>() / n;
    let power = |t: f64, power: u32| (0..power).fold(1.0, |product, _| product * (t - mean));
    let moment = |order: u32| times.iter().map(|&t| power(t, order)).sum::<f64>();
    let with = |order: u32| times.iter().zip(values).map(|(&t, y)| power(t, order) * y).sum::<f64>();
    let (m2, m3, m4) = (moment(2), moment(3), moment(4));
    let (y0, y1, y2) = (with(0), with(1), with(2));
    if terms < 3 {
        let b = y1 / m2;
        return [y0 / n - b * mean, b, 0.0];
    }
    // In centred times the equations are n·a + m2·c = y0, m2·b + m3·c = y1, m2·a + m3·b + m4·c = y2; equally spaced
    // times have m3 = 0, but nothing here needs it.
    let c = (y2 - m2 * y0 / n - m3 * y1 / m2) / (m4 - m2 * m2 / n - m3 * m3 / m2);
    let b = (y1 - m3 * c) / m2;
    let a = (y0 - m2 * c) / n;
    [a - b * mean + c * mean * mean, b - 2.0 * c * mean, c]
}

/// The present value of one unit of margin in each period of a survivor curve: Σ S(t)/(1+i)^t over t = 1 … n with the
/// first margin after one period, over t = 0 … n − 1 with the first margin now. S = `shares` with S(0) first,
/// i = `discount`.
///
/// ```
/// use quintile::core::clv::discounting::FirstMargin;
/// use quintile::core::clv::retention::present_value;
/// assert_eq!(present_value(&[1.0, 0.5, 0.25], 0.0, FirstMargin::AfterOnePeriod).unwrap(), 0.75);
/// assert_eq!(present_value(&[1.0, 0.5, 0.25], 0.0, FirstMargin::Now).unwrap(), 1.5);
/// ```
///
/// # Errors
/// [`Refusal::Outside`] for a discount rate below 0.
pub fn present_value(shares: &[f64], discount: f64, first: FirstMargin) -> Result<f64, Refusal> {
    within(("The discount rate", "折現率"), discount, 0.0, 1e6)?;
    let counted = match first {
        FirstMargin::AfterOnePeriod => 1..shares.len(),
        FirstMargin::Now => 0..shares.len().saturating_sub(1),
    };
    finite(counted.map(|t| shares[t] * factor(discount, t as f64)).sum())
}
