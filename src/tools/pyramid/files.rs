//! The customers and the table of tiers as CSV files.

use super::answer::{Pyramid, TierRow, Unit};
use super::base::Base;
use super::publish::classes;
use super::text::text;
use super::tiering::Tiered;
use crate::core::export::CsvWriter;
use crate::core::grading::Label;
use crate::core::lang::Lang;
use crate::core::money::Currency;
use crate::jobs::Session;

fn measure_cell(csv: &mut CsvWriter, unit: Unit, value: Option<f64>, currency: &Currency) {
    match (unit, value) {
        (Unit::Money, value) => csv.money(value.map(|minor| minor.round() as i64), currency),
        (Unit::Orders, Some(count)) => csv.integer(count as i64),
        (_, value) => csv.number(value),
    };
}

/// Every customer with tier, measure and strategy: the tiers from the best customer down, then who is in none. Gives
/// the number of rows and the file.
pub fn customers(
    session: &Session,
    base: &Base,
    tiered: &Tiered,
    pyramid: &Pyramid,
    lang: Lang,
) -> (u64, Vec<u8>) {
    let (dataset, currency, t) = (&session.dataset, &session.currency, text(lang));
    let measured = &tiered.measured;
    let mut value = vec![None; base.summary.len()];
    for (&position, &steps) in measured.graded.iter().zip(&measured.steps) {
        value[position as usize] = Some(measured.value(steps));
    }
    // By class, and inside a tier by value: a stable sort of the best-first order.
    let (class, labels) = classes(dataset, base, tiered);
    let mut ranked: Vec<u32> = tiered.order.iter().map(|&at| measured.graded[at as usize]).collect();
    ranked.sort_by_key(|&position| class[base.code(position) as usize]);
    let positions = ranked.iter().chain(&measured.not_graded).chain(&base.inactive);
    let strategies: Vec<&Label> = labels.iter().map(|label| strategy(pyramid, label)).collect();
    let title = lang.pick(
        format!("Measure: {}", pyramid.measure_title.en),
        format!("分級依據：{}", pyramid.measure_title.zh),
    );
    let mut csv = CsvWriter::new();
    let margin = pyramid.has_margin.then_some(t.margin);
    let after = [t.orders, t.days_since, t.strategy];
    csv.header([t.customer, t.tier, &title, t.revenue].into_iter().chain(margin).chain(after));
    let mut rows = 0;
    let mut begin = |csv: &mut CsvWriter, code: u32| {
        rows += 1;
        let label = class[code as usize].map(usize::from);
        csv.text(dataset.customers.get(code)).text(label.map_or("", |label| labels[label].get(lang)));
        label.map_or("", |label| strategies[label].get(lang))
    };
    for &position in positions {
        let at = position as usize;
        let strategy = begin(&mut csv, base.code(position));
        measure_cell(&mut csv, measured.unit, value[at], currency);
        csv.money(Some(base.summary.monetary[at]), currency);
        if pyramid.has_margin {
            csv.money(base.margin(position), currency);
        }
        csv.integer(base.summary.frequency[at].into())
            .integer(base.summary.days_since_last[at].into())
            .text(strategy)
            .end_row();
    }
    for &code in base.prospects.iter().flatten() {
        let strategy = begin(&mut csv, code);
        csv.empty().empty();
        if pyramid.has_margin {
            csv.empty();
        }
        csv.empty().empty().text(strategy).end_row();
    }
    (rows, csv.finish())
}

fn strategy<'a>(pyramid: &'a Pyramid, label: &Label) -> &'a Label {
    pyramid.rows().find(|row| row.label == *label).map_or(&pyramid.inactive.strategy, |row| &row.strategy)
}

/// The table of tiers, with those who are in none.
pub fn tiers(pyramid: &Pyramid, lang: Lang, currency: &Currency) -> Vec<u8> {
    let t = text(lang);
    let mut csv = CsvWriter::new();
    let least = format!("{}{}", pyramid.measure_title.get(lang), t.least_suffix);
    let most = format!("{}{}", pyramid.measure_title.get(lang), t.most_suffix);
    csv.header([
        t.tier,
        t.customers,
        t.share_of_customers,
        t.revenue,
        t.share_of_revenue,
        t.margin,
        t.share_of_margin,
        t.average_order,
        t.orders_per_customer,
        t.average_days,
        least.as_str(),
        most.as_str(),
        t.strategy,
    ]);
    // To whole minor units: more digits of a mean would not be money.
    let mean = |minor: Option<f64>| minor.map(|minor| minor.round() as i64);
    for row in pyramid.rows() {
        let TierRow { label, sums, share_of_customers, found, .. } = row;
        csv.text(label.get(lang)).integer(sums.customers as i64).number(Some(*share_of_customers));
        if pyramid.is_prospects(row) {
            (0..9).for_each(|_| {
                csv.empty();
            });
        } else {
            csv.money(Some(sums.revenue), currency)
                .number(row.share_of_revenue)
                .money(sums.margin, currency)
                .number(row.share_of_margin)
                .money(mean(sums.average_order_value()), currency)
                .number(sums.orders_per_customer())
                .number(sums.average_days_since_last());
            measure_cell(&mut csv, pyramid.unit, found.map(|found| found.0), currency);
            measure_cell(&mut csv, pyramid.unit, found.map(|found| found.1), currency);
        }
        csv.text(row.strategy.get(lang)).end_row();
    }
    csv.finish()
}
