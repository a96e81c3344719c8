//! A tea shop of 3,000 customers over two years, drawn from BG/NBD purchases and gamma–gamma spend.
//!
//! # How it is drawn
//! - A customer's first purchase falls anywhere in the first 22 of the 24 months, each moment as likely as another.
//! - From then on the customer buys at a rate λ ~ Gamma(r, α) per week, and after each repeat purchase stays away for
//!   good with probability p ~ Beta(a, b), independent of λ (Fader, Hardie & Lee 2005).
//! - Each purchase is worth an amount z ~ Gamma(p, ν), with ν ~ Gamma(q, γ) of the customer, independent of λ
//!   (Fader & Hardie 2013); it is rounded to whole NT$ and split over one to four order lines.
//!
//! There is no season and no trend: they would spoil the parameters. On top of that, and without changing an order's
//! date or number: [`ShopTruth::refund_share`] of the lines come back within two weeks as a negative row of the same
//! order, [`ShopTruth::gift_share`] of the orders carry a free line of amount zero, and
//! [`ShopTruth::bargain_share`] of the customers buy at prices that hardly cover the goods. Every order costs its
//! delivery, so that small orders lose money.
//!
//! # Who answers a mailing
//! Every customer has a true **response rate**, from a stream of chance of its own:
//! [`ShopTruth::base_response_rate`] · e^(−days / 240) · √orders · (mean order / 800)^0.25 · g, at most 0.6, with days
//! from the last order to [`LAST_DAY`] and g ~ Gamma(2, 2) (mean 1), which no R, F or M can see. Someone who has never
//! bought answers with [`ShopTruth::prospect_response_rate`] · g.

use super::campaign::MOST_WILLING;
use super::column;
use super::shop_goods::{BIRTH_DECADES, CARDS, CITIES, REGIONS};
use super::shop_rows::{Rows, Visit};
use crate::core::dataset::Dataset;
use crate::core::day::Day;
use crate::core::dictionary::{Dictionary, NO_CODE};
use crate::core::random::Random;
use crate::core::table::{ColumnData, Role, Table, TableKind};
use serde::Serialize;

/// 2024-07-01 and 2026-06-30.
pub const FIRST_DAY: Day = Day(19_905);
pub const LAST_DAY: Day = Day(20_634);

/// The parameters that the shop is drawn from.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct ShopTruth {
    /// Customers with at least one purchase.
    pub customers: u32,
    /// Customers of the customer table who have never bought.
    pub prospects: u32,
    /// BG/NBD: purchases per week λ ~ Gamma(shape `r`, rate `alpha`); the mean is r / α.
    pub r: f64,
    pub alpha: f64,
    /// BG/NBD: the probability of staying away after a repeat purchase ~ Beta(`a`, `b`).
    pub a: f64,
    pub b: f64,
    /// Gamma–gamma: z ~ Gamma(shape `p`, rate ν), ν ~ Gamma(shape `q`, rate `gamma`) in NT$.
    pub p: f64,
    pub q: f64,
    pub gamma: f64,
    /// The share of order lines that are refunded.
    pub refund_share: f64,
    /// The share of orders with a free line.
    pub gift_share: f64,
    /// The share of customers who buy at bargain prices: their goods cost 0.95 to 1.25 of what they pay.
    pub bargain_share: f64,
    /// What the delivery of one order costs, in NT$.
    pub delivery_cost: f64,
    /// The factor of every buyer's response rate.
    pub base_response_rate: f64,
    /// The mean response rate of those who have bought, the same for every seed within 0.002.
    pub mean_response_rate: f64,
    /// The mean response rate of those who have never bought.
    pub prospect_response_rate: f64,
}

pub const TRUTH: ShopTruth = ShopTruth {
    customers: 3_000,
    prospects: 240,
    r: 0.9,
    alpha: 9.0,
    a: 0.7,
    b: 4.2,
    p: 6.0,
    q: 4.0,
    gamma: 400.0,
    refund_share: 0.03,
    gift_share: 0.02,
    bargain_share: 0.06,
    delivery_cost: 60.0,
    base_response_rate: 0.0224,
    mean_response_rate: 0.025,
    prospect_response_rate: 0.004,
};

/// The number of the stream of chance that response rates are drawn from.
const RESPONSE_STREAM: u64 = 1;

impl ShopTruth {
    /// The mean amount of a purchase, pγ/(q − 1), in NT$.
    pub fn mean_spend(&self) -> f64 {
        self.p * self.gamma / (self.q - 1.0)
    }
}

/// A customer as drawn: what the tables show of it, and what they do not.
struct Customer {
    /// The first purchase, in days after [`FIRST_DAY`]; prospects have none.
    first: Option<f64>,
    joined: Day,
    rate_per_week: f64,
    city: usize,
    birth_decade: usize,
}

pub(super) fn make(seed: u64, progress: &mut dyn FnMut(f64)) -> Dataset {
    let mut random = Random::new(seed);
    let people = draw_people(&mut random);
    let customers: Dictionary = {
        let names: Vec<String> = (1..=people.len()).map(|n| format!("C{n:05}")).collect();
        names.iter().map(String::as_str).collect()
    };
    progress(0.1);
    let mut visits = draw_all_visits(&people, &mut random);
    visits.sort_by(|a, b| a.time.total_cmp(&b.time).then(a.customer.cmp(&b.customer)));
    progress(0.4);
    let mut rows = Rows::default();
    for (number, visit) in visits.iter().enumerate() {
        rows.add_order(number as u32, visit, &mut random);
    }
    progress(0.8);
    let tables = [
        (TableKind::Transactions, rows.into_table(visits.len() as u32)),
        (TableKind::Customers, customer_table(&people, &mut random)),
    ];
    Dataset { customers, tables: tables.into(), ..Dataset::default() }
}

/// The true response rate of every customer, in the order of their ids.
pub(super) fn response_rates(seed: u64) -> Vec<f64> {
    let mut random = Random::new(seed);
    let people = draw_people(&mut random);
    let end = f64::from(LAST_DAY.0 - FIRST_DAY.0 + 1);
    // Of each customer: the last order, the number of orders, and their sum.
    let mut bought = vec![(0.0_f64, 0_u32, 0_i64); people.len()];
    for visit in draw_all_visits(&people, &mut random) {
        let (last, orders, sum) = &mut bought[visit.customer as usize];
        (*last, *orders, *sum) = (last.max(visit.time), *orders + 1, *sum + visit.amount);
    }
    let seed = Random::stream(seed, RESPONSE_STREAM).bits();
    let rate = |((last, orders, sum), code): ((f64, u32, i64), u64)| {
        let unseen = Random::stream(seed, code).gamma(2.0, 2.0);
        if orders == 0 {
            return (TRUTH.prospect_response_rate * unseen).min(MOST_WILLING);
        }
        let mean_order = sum as f64 / f64::from(orders);
        let rate = TRUTH.base_response_rate
            * libm::exp((last - end) / 240.0)
            * f64::from(orders).sqrt()
            * libm::pow(mean_order / TRUTH.mean_spend(), 0.25)
            * unseen;
        rate.min(MOST_WILLING)
    };
    bought.into_iter().zip(0..).map(rate).collect()
}

/// Customers in the order in which they joined; their ids follow it.
fn draw_people(random: &mut Random) -> Vec<Customer> {
    let days = f64::from(LAST_DAY.0 - FIRST_DAY.0 + 1);
    let joining_days = days * 22.0 / 24.0;
    let mut people: Vec<Customer> = (0..TRUTH.customers + TRUTH.prospects)
        .map(|n| {
            let moment = random.uniform() * joining_days;
            let first = (n < TRUTH.customers).then_some(moment);
            // Most join at the till with their first purchase, some a little earlier.
            let earlier = if random.chance(0.3) { random.below(30) } else { 0 };
            let moment_day = FIRST_DAY.0 + moment as i32;
            Customer {
                first,
                joined: Day(moment_day - if first.is_some() { earlier as i32 } else { 0 }),
                rate_per_week: random.gamma(TRUTH.r, TRUTH.alpha),
                city: random.weighted(&CITIES.map(|city| city.2)),
                birth_decade: random.weighted(&BIRTH_DECADES.map(|decade| decade.1)),
            }
        })
        .collect();
    people.sort_by_key(|person| person.joined);
    people
}

fn draw_all_visits(people: &[Customer], random: &mut Random) -> Vec<Visit> {
    let mut visits = Vec::new();
    for (code, person) in people.iter().enumerate() {
        draw_visits(code as u32, person, random, &mut visits);
    }
    visits
}

/// The first purchase and the repeat purchases of a customer within the two years.
fn draw_visits(code: u32, person: &Customer, random: &mut Random, visits: &mut Vec<Visit>) {
    let Some(first) = person.first else { return };
    let end = f64::from(LAST_DAY.0 - FIRST_DAY.0 + 1);
    let leaves = random.beta(TRUTH.a, TRUTH.b);
    let spend_rate = random.gamma(TRUTH.q, TRUTH.gamma);
    let bargain = random.chance(TRUTH.bargain_share);
    let mut time = first;
    loop {
        visits.push(Visit {
            customer: code,
            time,
            amount: (random.gamma(TRUTH.p, spend_rate).round() as i64).max(1),
            region: usize::from(CITIES[person.city].1),
            bargain,
        });
        // The first purchase is the start of the clock: only repeat purchases can be the last.
        if time > first && random.chance(leaves) {
            return;
        }
        time += 7.0 * random.exponential(person.rate_per_week);
        if time >= end {
            return;
        }
    }
}

fn customer_table(people: &[Customer], random: &mut Random) -> Table {
    let texts = |codes: Vec<u32>, names: &[&str]| ColumnData::Texts {
        codes,
        dictionary: names.iter().copied().collect(),
    };
    let cards = people.iter().map(|person| match person.first {
        None => NO_CODE,
        // The programme sees how often people buy, but not exactly.
        Some(_) => match person.rate_per_week * (0.5 + random.uniform()) {
            rate if rate > 0.25 => 2,
            rate if rate > 0.1 => 1,
            _ => 0,
        },
    });
    let cards: Vec<u32> = cards.collect();
    let code = |index: fn(&Customer) -> usize| people.iter().map(|p| index(p) as u32).collect();
    Table {
        kind: TableKind::Customers,
        customer: (0..people.len() as u32).collect(),
        columns: vec![
            column(Role::Attribute, "城市 City", texts(code(|p| p.city), &CITIES.map(|city| city.0))),
            column(Role::Region, "地區 Region", texts(code(|p| usize::from(CITIES[p.city].1)), &REGIONS)),
            column(
                Role::Attribute,
                "加入日期 Joined",
                ColumnData::Days(people.iter().map(|p| p.joined.0).collect()),
            ),
            column(
                Role::Attribute,
                "出生年代 Birth decade",
                texts(code(|p| p.birth_decade), &BIRTH_DECADES.map(|decade| decade.0)),
            ),
            column(Role::Attribute, "會員卡 Member card", texts(cards, &CARDS)),
        ],
    }
}
