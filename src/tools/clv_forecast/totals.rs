//! How far off the totals of all customers may be.
//!
//! Two things are unknown: the parameters, and what each customer does under them. Both add to the variance in proportion to the
//! number of customers, so that neither is small beside the other, however many there are:
//!
//! Var(Σ Yᵢ) = gᵀΣg + Σ Var(Yᵢ | xᵢ, t_xᵢ, Tᵢ), with Σ the covariance of the (logarithms of the) parameters, g the derivatives of
//! the expected total, and Yᵢ what customer i buys or is worth over the horizon.
//!
//! Of 6,000 bases drawn from all models, of 500 and of 2,000 customers (`tests/clv/coverage.rs`), the 95 % interval holds the purchases
//! of 94.4 % and the value of 94.3 %; with the first part alone it would hold those of fewer than 60 %.

use super::base::Base;
use super::forecast::{Fitted, Scored, Terms, of_rows, spend_expected, spend_of};
use super::options::ForecastOptions;
use crate::core::clv::gamma_gamma::GammaGamma;
use crate::core::clv::rows::{History, Rows};
use crate::core::random::Random;

/// About so many customers stand for all.
const LOOKED_AT: usize = 2_000;
/// Futures that are drawn, of all these customers together.
const FUTURES: usize = 20_000;
/// Purchases in these futures, about, where customers buy very often.
const MOST_PURCHASES: f64 = 1e6;
const SEED: u64 = 20_261_125;

/// Standard errors of the totals as predictions.
pub struct TotalErrors {
    pub purchases: f64,
    /// `None` without a model of spend, and where q ≤ 2: what a customer spends then has no variance.
    pub value: Option<f64>,
}

/// Every n-th customer, where there are many.
struct Part {
    chosen: Vec<usize>,
    /// Each stands for so many.
    each: f64,
}

pub fn total_errors(base: &Base, fitted: &Fitted, options: &ForecastOptions, scored: &Scored) -> TotalErrors {
    let every = (base.len() / LOOKED_AT).max(1);
    let chosen: Vec<usize> = (0..base.len()).step_by(every).collect();
    let part = Part { each: base.len() as f64 / chosen.len().max(1) as f64, chosen };
    let (of_purchases, of_value) = by_parameters(base, fitted, options, scored, &part);
    let (chance_of_purchases, chance_of_value) = by_chance(base, fitted, options, scored, &part);
    TotalErrors {
        purchases: libm::hypot(of_purchases, chance_of_purchases.sqrt()),
        value: of_value
            .zip(chance_of_value)
            .map(|(parameters, chance)| libm::hypot(parameters, chance.sqrt())),
    }
}

/// √(gᵀΣg) of purchases and of value, by the delta method.
fn by_parameters(
    base: &Base,
    fitted: &Fitted,
    options: &ForecastOptions,
    scored: &Scored,
    part: &Part,
) -> (f64, Option<f64>) {
    let chosen = &part.chosen;
    let histories: Vec<History> = chosen.iter().map(|&at| base.summary.histories[at]).collect();
    let rows = Rows::new(&histories);
    let terms = Terms::of(options);
    let total = |values: &[f64; 4], weights: Option<&[f64]>| -> f64 {
        let model = options.model.with(*values);
        let found = of_rows(&rows, model.as_ref(), terms);
        let of_customer = |(at, &row): (usize, &u32)| {
            let pair = found.pair_of_row[row as usize] as usize;
            found.alive[row as usize]
                * match weights {
                    None => found.purchases[pair],
                    Some(weights) => found.discounted[pair] * weights[at],
                }
        };
        rows.row_of.iter().enumerate().map(of_customer).sum()
    };
    // Relative errors are those of all customers.
    let scale = |all: &[f64]| {
        let part: f64 = chosen.iter().map(|&at| all[at]).sum();
        if part > 0.0 { all.iter().sum::<f64>() / part } else { 0.0 }
    };
    let purchases =
        fitted.estimates.standard_error_of(|values| total(values, None)) * scale(&scored.purchases);
    let value = match (&fitted.spend, &scored.spend, &scored.value) {
        (Ok(estimates), Some(spend), Some(value)) => {
            let weights: Vec<f64> = chosen.iter().map(|&at| spend[at] * terms.margin).collect();
            let of_purchases = fitted.estimates.standard_error_of(|values| total(values, Some(&weights)));
            let of_spend = estimates.standard_error_of(|values| {
                let model = GammaGamma::new(*values);
                chosen.iter().map(|&at| value[at] / spend[at] * spend_expected(base, &model, at)).sum()
            });
            // The two models are fitted apart.
            Some(libm::hypot(of_purchases, of_spend) * scale(value))
        }
        _ => None,
    };
    (purchases, value)
}

/// Σ Var(Yᵢ | xᵢ, t_xᵢ, Tᵢ) of purchases and of value: the mean square by which drawn futures miss what is expected.
fn by_chance(
    base: &Base,
    fitted: &Fitted,
    options: &ForecastOptions,
    scored: &Scored,
    part: &Part,
) -> (f64, Option<f64>) {
    let terms = Terms::of(options);
    let model = options.model.with(fitted.estimates.values);
    let spend = fitted.spend.as_ref().ok().map(|estimates| GammaGamma::new(estimates.values));
    let spend = spend.filter(|spend| spend.q > 2.0).zip(scored.value.as_ref());
    let purchases: f64 = part.chosen.iter().map(|&at| scored.purchases[at]).sum();
    let futures = (FUTURES / part.chosen.len().max(1)).min((MOST_PURCHASES / purchases) as usize).max(1);
    let (mut of_purchases, mut of_value) = (0.0, 0.0);
    for &at in &part.chosen {
        let history = base.summary.histories[at];
        let known = spend_of(&history, base.summary.mean_spend[at]);
        let mut random = Random::stream(SEED, at as u64);
        for _ in 0..futures {
            let times = match random.chance(scored.alive[at]) {
                true => {
                    model.draw_if_alive(&mut random, history.repeat_frequency, history.age, terms.horizon)
                }
                false => Vec::new(),
            };
            let off = times.len() as f64 - scored.purchases[at];
            of_purchases += off * off;
            if let Some((spend, expected)) = &spend {
                let rate = spend.draw_rate(&mut random, known.as_ref());
                let discounted =
                    times.iter().map(|time| random.gamma(spend.p, rate) * libm::exp(-terms.force * time));
                let off = discounted.sum::<f64>() * terms.margin - expected[at];
                of_value += off * off;
            }
        }
    }
    let each = part.each / futures as f64;
    (of_purchases * each, spend.map(|_| of_value * each))
}
