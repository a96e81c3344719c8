//! The customers as CSV files: the forecast, and the summary that other programs read.

use super::base::Base;
use super::forecast::Scored;
use super::options::ForecastOptions;
use super::text::text;
use super::words::in_units;
use crate::core::export::CsvWriter;
use crate::core::lang::Lang;
use crate::jobs::Session;

/// Every customer with what is expected, in the order of the list. Gives the number of rows and the file.
pub fn customers(
    session: &Session,
    base: &Base,
    scored: &Scored,
    options: &ForecastOptions,
    order: &[u32],
    lang: Lang,
) -> (u64, Vec<u8>) {
    let t = text(lang);
    let mut csv = CsvWriter::new();
    let units = |name: &str| in_units(name, options.unit, lang);
    csv.header([
        t.customer,
        t.repeat_frequency,
        &units(t.recency),
        &units(t.age),
        t.days_since,
        t.alive,
        t.purchases,
        t.spend,
        t.value,
    ]);
    let money =
        |values: &Option<Vec<f64>>, at: usize| values.as_ref().map(|values| values[at].round() as i64);
    for &position in order {
        let at = position as usize;
        let history = base.summary.histories[at];
        let since = (history.age - history.recency) * options.unit.days();
        csv.text(&base.id(&session.dataset, at))
            .integer(history.repeat_frequency.into())
            .number(Some(history.recency))
            .number(Some(history.age))
            .number(Some(since))
            .number(Some(scored.alive[at]))
            .number(Some(scored.purchases[at]))
            .money(money(&scored.spend, at), &session.currency)
            .money(money(&scored.value, at), &session.currency)
            .end_row();
    }
    (order.len() as u64, csv.finish())
}

/// Customer, frequency, recency, T and monetary_value: the names of the Python package lifetimes.
pub fn summary(session: &Session, base: &Base) -> (u64, Vec<u8>) {
    let mut csv = CsvWriter::new();
    csv.header(["customer_id", "frequency", "recency", "T", "monetary_value"]);
    let scale = session.currency.scale() as f64;
    for (at, history) in base.summary.histories.iter().enumerate() {
        csv.text(&base.id(&session.dataset, at))
            .integer(history.repeat_frequency.into())
            .number(Some(history.recency))
            .number(Some(history.age))
            .number(Some(base.summary.mean_spend[at].map_or(0.0, |minor| minor / scale)))
            .end_row();
    }
    (base.len() as u64, csv.finish())
}
