//! Mailings to the customers of a sample: who would answer is known there, and can be drawn again and again.

use super::{mailer, shop, teaching};
use crate::core::random::Random;
use crate::core::workspace::SampleId;

/// Nobody answers more than this share of all mailings.
pub(super) const MOST_WILLING: f64 = 0.6;

/// The number of the stream of chance that answers are drawn from: a run whose seed is that of the sample must not draw
/// the same numbers again.
const ANSWER_STREAM: u64 = 2;

/// The true response rate of every customer of a sample, in the order of the customers' codes. How each sample draws
/// them is told in [`mailer`], [`shop`] and [`teaching`].
///
/// ```
/// use quintile::core::{sample::{SEED, campaign::response_rates}, workspace::SampleId};
/// // A of the teaching sample: 5 purchases, the last today.
/// assert_eq!(response_rates(SampleId::Teaching, SEED)[0], 0.20);
/// ```
pub fn response_rates(sample: SampleId, seed: u64) -> Vec<f64> {
    match sample {
        SampleId::Shop => shop::response_rates(seed),
        SampleId::Mailer => mailer::response_rates(seed),
        SampleId::Teaching => teaching::response_rates(),
    }
}

/// The true response rate of one customer; `None` where the sample has no such customer. Only the mailer can tell it
/// without working out all others: for many customers take [`response_rates`].
pub fn response_rate(sample: SampleId, seed: u64, customer: u32) -> Option<f64> {
    match sample {
        SampleId::Mailer => {
            (customer < mailer::TRUTH.customers).then(|| mailer::response_rate(seed, customer))
        }
        SampleId::Shop | SampleId::Teaching => response_rates(sample, seed).get(customer as usize).copied(),
    }
}

/// Whether each of the customers mailed answers: customer c with the probability `rates[c]`.
///
/// In one run (`seed`) a customer's answer does not depend on who else is mailed. Each customer has one number of
/// chance in a run: who answers at a low rate answers at a higher one, too. A customer who is not in `rates` does not
/// answer.
///
/// ```
/// use quintile::core::sample::campaign::simulate_responses;
/// let rates = [0.0, 1.0, 0.5];
/// assert_eq!(simulate_responses(&rates, &[0, 1, 9], 7), [false, true, false]);
/// assert_eq!(simulate_responses(&rates, &[2], 7)[0], simulate_responses(&rates, &[1, 2], 7)[1]);
/// ```
pub fn simulate_responses(rates: &[f64], customers: &[u32], seed: u64) -> Vec<bool> {
    let seed = Random::stream(seed, ANSWER_STREAM).bits();
    let answers = |&customer: &u32| {
        let rate = rates.get(customer as usize).copied().unwrap_or(0.0);
        Random::stream(seed, u64::from(customer)).chance(rate)
    };
    customers.iter().map(answers).collect()
}
