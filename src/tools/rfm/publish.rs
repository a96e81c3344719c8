//! The per-customer columns that RFM publishes for other tools.

use super::options::{Monetary, RfmOptions, Variable};
use super::scoring::{Base, Scored};
use super::segments::{OTHERS, SegmentMap, cell_index, cells};
use crate::core::dataset::Dataset;
use crate::core::grading::{Grading, GradingData, Label};
use crate::core::summary::CustomerSummary;

/// The published names. R, F and M are also published one by one, under `rfm.r`, `rfm.f` and `rfm.m`.
pub mod name {
    pub const CELL: &str = "rfm.cell";
    pub const SEGMENT: &str = "rfm.segment";
    pub const LEVELS: [&str; 3] = ["rfm.r", "rfm.f", "rfm.m"];
    pub const DAYS_SINCE: &str = "rfm.days_since";
    pub const LAST_PURCHASE: &str = "rfm.last_purchase";
    pub const FREQUENCY: &str = "rfm.frequency";
    /// Total spend in the window, whatever *monetary* was chosen to be.
    pub const MONETARY: &str = "rfm.monetary";
    /// What M was made of, where it is not the total.
    pub const MEASURE: &str = "rfm.measure";
}

/// The stable text form of the inputs, by which a reader tells whether the columns are stale: the options, and what
/// the column of another tool that they name was made with.
pub fn made_with(dataset: &Dataset, options: &RfmOptions) -> String {
    let mut text = serde_json::to_string(options).expect("options are JSON");
    if let Some(column) = options.monetary.column().and_then(|name| dataset.gradings.get(name)) {
        text.push('|');
        text.push_str(&column.made_with);
    }
    text
}

pub(super) fn publish(dataset: &mut Dataset, base: &Base, scored: &Scored, options: &RfmOptions) {
    let customers = dataset.customers.len();
    let bins = scored.bins;
    let spread = Spread { customers, codes: &base.summary.customer };
    let map = SegmentMap::new(&options.segments, bins);
    let last_cell = cells(bins).count() - 1;

    let cell_labels: Vec<Label> =
        cells(bins).map(|levels| Label::code(options.best.code(levels, bins))).collect();
    let cell_labels = cell_labels.into_iter().rev().collect();
    let cell = spread.out(|i| (last_cell - cell_index(scored.levels_at(i), bins)) as u16);
    let segment_labels =
        options.segments.rules().into_iter().map(|rule| Label { en: rule.name_en, zh: rule.name_zh });
    let others = Label { en: OTHERS.0.into(), zh: OTHERS.1.into() };
    let segment_labels = segment_labels.chain([others]).collect();
    let segment = spread.out(|i| map.of(scored.levels_at(i)));

    // What was bought is known of everybody, in a cell or not.
    let summaries = [&base.summary, &base.outside];
    let days = facts(customers, summaries, |summary, i| Some(f64::from(summary.days_since_last[i])));
    let last = facts(customers, summaries, CustomerSummary::last_day);
    let frequency = facts(customers, summaries, |summary, i| Some(f64::from(summary.frequency[i])));
    let monetary = facts(customers, summaries, |summary, i| Some(summary.monetary[i]));
    // Cells by a forecast say so wherever they are used.
    let cell_title = match &base.monetary.column {
        Some(Label { en, zh }) => Label::new(format!("Cell code (M: {en})"), format!("區塊代碼（M：{zh}）")),
        None => Label::new("Cell code", "區塊代碼"),
    };
    let mut columns = vec![
        (name::CELL, cell_title, GradingData::Classes { class: cell, labels: cell_labels }),
        (
            name::SEGMENT,
            Label::new("Segment", "客群"),
            GradingData::Classes { class: segment, labels: segment_labels },
        ),
        (
            name::DAYS_SINCE,
            Label::new("Days since last purchase", "距上次購買天數"),
            GradingData::Numbers(days),
        ),
        (name::LAST_PURCHASE, Label::new("Last purchase", "最近購買日期"), GradingData::Days(last)),
        (name::FREQUENCY, Label::new("Frequency", "購買頻率"), GradingData::Numbers(frequency)),
        (name::MONETARY, Label::new("Monetary", "消費金額"), GradingData::Money(monetary)),
    ];
    for variable in Variable::ALL {
        let v = variable.index();
        let labels =
            (1..=bins[v]).rev().map(|level| Label::code(options.best.digit(level, bins[v]).to_string()));
        let class = spread.out(|i| u16::from(bins[v] - scored.levels[v][i]));
        let data = GradingData::Classes { class, labels: labels.collect() };
        columns.push((name::LEVELS[v], Label::code(variable.letter()), data));
    }
    dataset.gradings.withdraw(name::MEASURE);
    if options.monetary != Monetary::Total {
        let v = Variable::Monetary.index();
        // In whole steps, so that it divides customers as M does.
        let data = GradingData::Money(spread.out(|i| base.values[v][i]));
        columns.push((name::MEASURE, Label::code(Variable::Monetary.letter()), data));
    }
    let made_with = made_with(dataset, options);
    for (name, title, data) in columns {
        let is_part = name::LEVELS.contains(&name) || name == name::MEASURE;
        dataset.gradings.publish(name, Grading { title, is_part, data, made_with: made_with.clone() });
    }
}

/// A fact of each customer of two summaries.
fn facts<T: Copy>(
    customers: usize,
    summaries: [&CustomerSummary; 2],
    fact: impl Fn(&CustomerSummary, usize) -> Option<T>,
) -> Vec<Option<T>> {
    let mut column = vec![None; customers];
    for summary in summaries {
        for (position, &code) in summary.customer.iter().enumerate() {
            column[code as usize] = fact(summary, position);
        }
    }
    column
}

/// From positions in the summary to codes of the dataset's dictionary.
struct Spread<'a> {
    customers: usize,
    codes: &'a [u32],
}

impl Spread<'_> {
    fn out<T: Copy>(&self, value: impl Fn(usize) -> T) -> Vec<Option<T>> {
        let mut column = vec![None; self.customers];
        for (position, &code) in self.codes.iter().enumerate() {
            column[code as usize] = Some(value(position));
        }
        column
    }
}
