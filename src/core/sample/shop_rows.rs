//! The sample shop's purchases as rows of order lines.

use super::column;
use super::shop::{FIRST_DAY, LAST_DAY, TRUTH};
use super::shop_goods::{CATEGORIES, CHANNELS, GIFT, PRODUCTS, REGIONS};
use crate::core::dictionary::Dictionary;
use crate::core::random::Random;
use crate::core::table::{ColumnData, Role, Table, TableKind};

/// One purchase of the process, before it is split into lines.
pub(super) struct Visit {
    pub customer: u32,
    /// Days after [`FIRST_DAY`].
    pub time: f64,
    /// Whole NT$.
    pub amount: i64,
    pub region: usize,
    pub bargain: bool,
}

/// The code of the free line in the columns of products and categories.
const GIFT_PRODUCT: u32 = PRODUCTS.len() as u32;
const GIFT_CATEGORY: u32 = CATEGORIES.len() as u32;

#[derive(Clone)]
struct Row {
    day: i32,
    customer: u32,
    order: u32,
    product: u32,
    category: u32,
    quantity: u32,
    channel: u32,
    region: u32,
    /// Minor units.
    amount: i64,
    cost: i64,
}

#[derive(Default)]
pub(super) struct Rows(Vec<Row>);

impl Rows {
    /// Splits a purchase into lines, with its gift and its refunds.
    pub fn add_order(&mut self, order: u32, visit: &Visit, random: &mut Random) {
        let day = FIRST_DAY.0 + visit.time as i32;
        let channel = random.weighted(&CHANNELS.map(|channel| channel.1)) as u32;
        let chosen = choose_products(visit.amount, random);
        let prices: i64 = chosen.iter().map(|&index| i64::from(PRODUCTS[index].2)).sum();
        let mut left = visit.amount;
        let mut delivery = TRUTH.delivery_cost;
        for (line, &index) in chosen.iter().enumerate() {
            let (_, category, price, cost_share) = PRODUCTS[index];
            let last = line + 1 == chosen.len();
            let amount = if last { left } else { visit.amount * i64::from(price) / prices };
            left -= amount;
            let cost_share = if visit.bargain { 0.95 + 0.3 * random.uniform() } else { cost_share };
            let goods = minor(amount as f64 * cost_share);
            let row = Row {
                day,
                customer: visit.customer,
                order,
                product: index as u32,
                category: u32::from(category),
                quantity: (amount as f64 / f64::from(price)).round().max(1.0) as u32,
                channel,
                region: visit.region as u32,
                amount: amount * 100,
                cost: goods + minor(delivery),
            };
            // An order is delivered once, with its first line.
            delivery = 0.0;
            let refund_day = day + 1 + random.below(14) as i32;
            if random.chance(TRUTH.refund_share) && refund_day <= LAST_DAY.0 {
                // The goods come back, the delivery does not.
                self.0.push(Row { day: refund_day, amount: -row.amount, cost: -goods, ..row.clone() });
            }
            self.0.push(row);
        }
        if random.chance(TRUTH.gift_share) {
            let line = self.0.last().expect("an order has a line").clone();
            self.0.push(Row {
                product: GIFT_PRODUCT,
                category: GIFT_CATEGORY,
                quantity: 1,
                amount: 0,
                cost: minor(GIFT.2),
                ..line
            });
        }
    }

    /// The rows by date, as a shop's system would export them.
    pub fn into_table(mut self, orders: u32) -> Table {
        self.0.sort_by_key(|row| (row.day, row.order));
        let rows = &self.0;
        let texts = |code: fn(&Row) -> u32, names: &mut dyn Iterator<Item = &str>| {
            let mut dictionary = Dictionary::default();
            for name in names {
                dictionary.intern(name);
            }
            ColumnData::Texts { codes: rows.iter().map(code).collect(), dictionary }
        };
        let money = |value: fn(&Row) -> i64| ColumnData::Money(rows.iter().map(value).collect());
        let order_names: Vec<String> = (1..=orders).map(|n| format!("T{n:06}")).collect();
        let products = PRODUCTS.iter().map(|product| product.0);
        Table {
            kind: TableKind::Transactions,
            customer: rows.iter().map(|row| row.customer).collect(),
            columns: vec![
                column(Role::Date, "日期 Date", ColumnData::Days(rows.iter().map(|row| row.day).collect())),
                column(Role::Amount, "金額 Amount", money(|row| row.amount)),
                column(
                    Role::Order,
                    "訂單 Order",
                    texts(|row| row.order, &mut order_names.iter().map(String::as_str)),
                ),
                column(
                    Role::Product,
                    "商品 Product",
                    texts(|row| row.product, &mut products.chain([GIFT.0])),
                ),
                column(
                    Role::Category,
                    "類別 Category",
                    texts(|row| row.category, &mut CATEGORIES.into_iter().chain([GIFT.1])),
                ),
                column(
                    Role::Quantity,
                    "數量 Quantity",
                    ColumnData::Numbers(rows.iter().map(|row| f64::from(row.quantity)).collect()),
                ),
                column(
                    Role::Channel,
                    "通路 Channel",
                    texts(|row| row.channel, &mut CHANNELS.iter().map(|channel| channel.0)),
                ),
                column(Role::Region, "地區 Region", texts(|row| row.region, &mut REGIONS.into_iter())),
                column(Role::Cost, "成本 Cost", money(|row| row.cost)),
            ],
        }
    }
}

/// One to four different products whose prices come near the amount: dear orders hold more and dearer things.
fn choose_products(amount: i64, random: &mut Random) -> Vec<usize> {
    let lines = 1 + random.weighted(&[0.55, 0.27, 0.12, 0.06]);
    let mut chosen: Vec<usize> = Vec::with_capacity(lines);
    while chosen.len() < lines {
        let candidate = random.below(PRODUCTS.len() as u32) as usize;
        let dear = i64::from(PRODUCTS[candidate].2) > amount;
        // Every order can hold something; a dear product is rare in a cheap order.
        if !chosen.contains(&candidate) && (!dear || random.chance(0.1)) {
            chosen.push(candidate);
        }
    }
    // A line of a very small order must still be at least 1.
    chosen.truncate(usize::try_from(amount).unwrap_or(1).clamp(1, 4));
    chosen
}

/// Minor units of an amount in NT$.
fn minor(amount: f64) -> i64 {
    (amount * 100.0).round() as i64
}
