//! The course's direct mailer: a summary of 800,000 customers, each with a true response rate.
//!
//! # How it is drawn
//! Every customer has its own stream of chance, so that one customer's truth can be asked without making the others:
//! - days since the last purchase: exponential with a mean of 420 days, within 5 years;
//! - purchases: 1 + Poisson(λ), λ ~ Gamma(0.7, 0.25): half of all have one or two, few have more than ten; recent
//!   buyers buy more (λ is multiplied by 1.3 within a year, 0.8 beyond);
//! - mean amount of a purchase: lognormal around NT$6,000 with σ = 0.9, which spreads total spend over the course's
//!   10,000 / 100,000 / 500,000;
//! - **response rate** = [`MailerTruth::base_rate`] · e^(−days / 300) · √purchases · (mean amount / 6,000)^0.15 · g,
//!   at most 0.6, with g ~ Gamma(2, 2) (mean 1): what no R, F or M can see. The cell says much, the person little.

use super::campaign::MOST_WILLING;
use super::column;
use crate::core::dataset::Dataset;
use crate::core::day::Day;
use crate::core::dictionary::Dictionary;
use crate::core::random::Random;
use crate::core::table::{ColumnData, Role, Table, TableKind};
use serde::Serialize;
use std::fmt::Write;

/// The day of the summary, 2026-06-30.
pub const LAST_DAY: Day = Day(20_634);

/// The parameters that the mailer is drawn from.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct MailerTruth {
    pub customers: u32,
    /// The factor of every response rate.
    pub base_rate: f64,
    /// The mean of all response rates, the same for every seed within 0.0002.
    pub mean_response_rate: f64,
}

pub const TRUTH: MailerTruth =
    MailerTruth { customers: 800_000, base_rate: 0.0222, mean_response_rate: 0.018 };

const YEARS_KEPT_DAYS: f64 = 5.0 * 365.0;
const TYPICAL_AMOUNT: f64 = 6_000.0;

/// A customer as drawn: what the summary shows, and the truth behind it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MailerCustomer {
    pub days_since_last: u32,
    pub purchases: u32,
    /// Minor units of NT$.
    pub total_spend: i64,
    /// The probability that this customer answers one mailing.
    pub response_rate: f64,
}

/// Customer `customer` (from 0) of the mailer of this seed.
pub fn customer(seed: u64, customer: u32) -> MailerCustomer {
    let mut random = Random::stream(seed, u64::from(customer));
    let days = loop {
        let days = random.exponential(1.0 / 420.0);
        if days < YEARS_KEPT_DAYS {
            break days;
        }
    };
    let eagerness = if days < 365.0 { 1.3 } else { 0.8 };
    let expected = eagerness * random.gamma(0.7, 0.25);
    let purchases = 1 + random.poisson(expected);
    let amount = TYPICAL_AMOUNT * libm::exp(0.9 * random.normal());
    let response_rate = TRUTH.base_rate
        * libm::exp(-days / 300.0)
        * f64::from(purchases).sqrt()
        * libm::pow(amount / TYPICAL_AMOUNT, 0.15)
        * random.gamma(2.0, 2.0);
    MailerCustomer {
        days_since_last: days as u32,
        purchases,
        total_spend: (amount * f64::from(purchases)).round().max(1.0) as i64 * 100,
        response_rate: response_rate.min(MOST_WILLING),
    }
}

/// The true probability that a customer (from 0) answers one mailing.
pub fn response_rate(seed: u64, customer: u32) -> f64 {
    self::customer(seed, customer).response_rate
}

/// The same for all customers.
pub(super) fn response_rates(seed: u64) -> Vec<f64> {
    (0..TRUTH.customers).map(|customer| response_rate(seed, customer)).collect()
}

pub(super) fn make(seed: u64, progress: &mut dyn FnMut(f64)) -> Dataset {
    let n = TRUTH.customers;
    let size = n as usize;
    let (mut days, mut purchases, mut spend) =
        (Vec::with_capacity(size), Vec::with_capacity(size), Vec::with_capacity(size));
    let mut customers = Dictionary::default();
    let mut name = String::new();
    for code in 0..n {
        if code % 50_000 == 0 {
            progress(f64::from(code) / f64::from(n));
        }
        name.clear();
        write!(name, "M{:06}", code + 1).expect("a string takes any text");
        customers.intern(&name);
        let drawn = customer(seed, code);
        days.push(LAST_DAY.0 - drawn.days_since_last as i32);
        purchases.push(f64::from(drawn.purchases));
        spend.push(drawn.total_spend);
    }
    let table = Table {
        kind: TableKind::Summary,
        customer: (0..n).collect(),
        columns: vec![
            column(Role::LastPurchase, "最近購買日期 Last purchase", ColumnData::Days(days)),
            column(Role::Purchases, "購買次數 Purchases", ColumnData::Numbers(purchases)),
            column(Role::TotalSpend, "消費金額 Total spend", ColumnData::Money(spend)),
        ],
    };
    Dataset { customers, tables: [(TableKind::Summary, table)].into(), ..Dataset::default() }
}
