//! The tables of the page as CSV files.

use super::model::{Overview, Sums};
use super::scoring::MonetaryKind;
use super::text::text;
use crate::core::export::CsvWriter;
use crate::core::lang::Lang;
use crate::core::money::Currency;
use crate::tools::published::Unit;

/// Columns that every set of customers has, after their own name; the mean of M where it is a published column.
fn headers(own: &str, overview: &Overview, lang: Lang) -> Vec<String> {
    let t = text(lang);
    let fixed = [
        own,
        t.customers,
        t.share,
        t.orders,
        t.revenue,
        t.revenue_per_customer,
        t.average_order_value,
        t.average_days,
    ];
    fixed.map(String::from).into_iter().chain(overview.monetary.mean_title(lang)).collect()
}

fn sums(csv: &mut CsvWriter, overview: &Overview, sums: &Sums, share: f64, currency: &Currency) {
    // To whole minor units: more digits of a mean would not be money.
    let mean = |minor: Option<f64>| minor.map(|minor| minor.round() as i64);
    csv.integer(sums.customers as i64)
        .number(Some(share))
        .integer(sums.orders as i64)
        .money(Some(sums.revenue), currency)
        .money(mean(sums.revenue_per_customer()), currency)
        .money(mean(sums.average_order_value()), currency)
        .number(sums.average_days_since_last());
    let average = sums.average_monetary();
    match overview.monetary {
        MonetaryKind { column: None, .. } => {}
        MonetaryKind { unit: Unit::Money, .. } => {
            csv.money(mean(average), currency);
        }
        MonetaryKind { unit: Unit::Number, .. } => {
            let scale = overview.monetary.amount(currency).scale() as f64;
            csv.number(average.map(|steps| steps / scale));
        }
    }
}

/// Cells with customers, best code first.
pub fn cells(overview: &Overview, lang: Lang, currency: &Currency) -> Vec<u8> {
    let mut csv = CsvWriter::new();
    csv.header(
        headers(text(lang).cell_code, overview, lang).iter().map(String::as_str).chain([text(lang).segment]),
    );
    for cell in &overview.cells {
        csv.text(&cell.code);
        sums(&mut csv, overview, &cell.sums, cell.share, currency);
        csv.text(segment_name(overview, cell.segment, lang)).end_row();
    }
    csv.finish()
}

/// All segments in the order of their rules.
pub fn segments(overview: &Overview, lang: Lang, currency: &Currency) -> Vec<u8> {
    let mut csv = CsvWriter::new();
    csv.header(headers(text(lang).segment, overview, lang).iter().map(String::as_str));
    for row in &overview.segments {
        csv.text(lang.pick(&row.name_en, &row.name_zh));
        sums(&mut csv, overview, &row.sums, row.share, currency);
        csv.end_row();
    }
    csv.finish()
}

pub fn segment_name(overview: &Overview, segment: u16, lang: Lang) -> &str {
    overview.segments.get(usize::from(segment)).map_or("–", |row| lang.pick(&row.name_en, &row.name_zh))
}
