//! 25 customers whose every number can be checked by hand.

use super::column;
use crate::core::dataset::Dataset;
use crate::core::day::Day;
use crate::core::dictionary::Dictionary;
use crate::core::table::{ColumnData, Role, Table, TableKind};

/// The day of the last transaction, 2025-12-31, and with it the analysis date.
pub const LAST_DAY: Day = Day(20_453);

/// A customer: the id, and each purchase as days before [`LAST_DAY`] and NT$, the latest first.
type Customer = (&'static str, &'static [(i32, i64)]);

/// The customers, sorted by their last purchase. Purchases of one line each; the one refund is of F.
///
/// | id | days since last | purchases | total spend NT$ | | id | days since last | purchases | total spend NT$ |
/// |---|---|---|---|---|---|---|---|---|
/// | A | 0 | 5 | 5,000 | | N | 120 | 3 | 1,200 |
/// | B | 10 | 4 | 8,000 | | O | 120 | 2 | 2,000 |
/// | C | 10 | 3 | 900 | | P | 150 | 2 | 600 |
/// | D | 20 | 5 | 2,500 | | Q | 160 | 1 | 1,500 |
/// | E | 20 | 1 | 300 | | R | 180 | 3 | 6,000 |
/// | F | 30 | 4 | 3,000 | | S | 200 | 2 | 800 |
/// | G | 40 | 2 | 1,000 | | T | 200 | 1 | 400 |
/// | H | 50 | 1 | 4,000 | | U | 220 | 2 | 1,400 |
/// | I | 60 | 3 | 1,800 | | V | 250 | 1 | 200 |
/// | J | 60 | 2 | 500 | | W | 280 | 4 | 10,000 |
/// | K | 80 | 1 | 700 | | X | 300 | 1 | 100 |
/// | L | 90 | 3 | 2,700 | | Y | 330 | 1 | 900 |
/// | M | 100 | 2 | 1,600 | | | | | |
///
/// 59 purchases and 1 refund; 57,100 in all. Ties to talk about: 10 (B, C), 20 (D, E), 60 (I, J), 120 (N, O) and 200
/// (S, T) days; 8 customers with one purchase; 900 of C and Y. W once bought most and has not come back for 280 days.
pub const CUSTOMERS: [Customer; 25] = [
    ("A", &[(0, 1_000), (40, 1_000), (80, 1_000), (120, 1_000), (160, 1_000)]),
    ("B", &[(10, 2_000), (60, 2_000), (110, 2_000), (200, 2_000)]),
    ("C", &[(10, 300), (100, 300), (200, 300)]),
    ("D", &[(20, 500), (50, 500), (100, 500), (150, 500), (200, 500)]),
    ("E", &[(20, 300)]),
    // The refund of 1,000 five days after the last purchase: it takes money off and is no purchase.
    ("F", &[(25, -1_000), (30, 1_000), (60, 1_000), (90, 1_000), (120, 1_000)]),
    ("G", &[(40, 400), (140, 600)]),
    ("H", &[(50, 4_000)]),
    ("I", &[(60, 600), (160, 600), (260, 600)]),
    ("J", &[(60, 200), (90, 300)]),
    ("K", &[(80, 700)]),
    ("L", &[(90, 900), (180, 900), (270, 900)]),
    ("M", &[(100, 800), (200, 800)]),
    ("N", &[(120, 400), (220, 400), (320, 400)]),
    ("O", &[(120, 500), (240, 1_500)]),
    ("P", &[(150, 300), (300, 300)]),
    ("Q", &[(160, 1_500)]),
    ("R", &[(180, 2_000), (240, 2_000), (300, 2_000)]),
    ("S", &[(200, 400), (250, 400)]),
    ("T", &[(200, 400)]),
    ("U", &[(220, 700), (320, 700)]),
    ("V", &[(250, 200)]),
    ("W", &[(280, 2_500), (300, 2_500), (320, 2_500), (340, 2_500)]),
    ("X", &[(300, 100)]),
    ("Y", &[(330, 900)]),
];

/// The true response rate of a customer, by a rule for the head: one purchase is worth 4 % to someone who bought within
/// the last 90 days, 2 % up to 180 days, and 1 % beyond; three purchases are worth three times as much.
///
/// A with 5 purchases, the last today: 20 %. W with 4 purchases, the last 280 days ago: 4 %. All 25 together: 1.74
/// responses expected, 6.96 % of them.
pub(super) fn response_rates() -> Vec<f64> {
    let rate = |(_, rows): Customer| {
        let bought = || rows.iter().filter(|row| row.1 > 0);
        let per_cent = match bought().map(|row| row.0).min() {
            Some(..=90) => 4,
            Some(91..=180) => 2,
            _ => 1,
        };
        (per_cent * bought().count()) as f64 / 100.0
    };
    CUSTOMERS.map(rate).to_vec()
}

pub(super) fn make() -> Dataset {
    let customers = Dictionary::from_iter(CUSTOMERS.map(|(id, _)| id));
    let mut rows: Vec<(i32, u32, i64)> = Vec::new();
    for (code, (_, purchases)) in CUSTOMERS.iter().enumerate() {
        rows.extend(purchases.iter().map(|&(before, amount)| (LAST_DAY.0 - before, code as u32, amount)));
    }
    rows.sort_unstable();
    let mut orders = Dictionary::default();
    let codes = (1..=rows.len()).map(|n| orders.intern(&n.to_string())).collect();
    let table = Table {
        kind: TableKind::Transactions,
        customer: rows.iter().map(|row| row.1).collect(),
        columns: vec![
            column(Role::Date, "日期 Date", ColumnData::Days(rows.iter().map(|row| row.0).collect())),
            column(
                Role::Amount,
                "金額 Amount",
                ColumnData::Money(rows.iter().map(|row| row.2 * 100).collect()),
            ),
            column(Role::Order, "訂單 Order", ColumnData::Texts { codes, dictionary: orders }),
        ],
    };
    Dataset { customers, tables: [(TableKind::Transactions, table)].into(), ..Dataset::default() }
}
