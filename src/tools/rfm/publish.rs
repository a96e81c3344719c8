//! The per-customer columns that RFM publishes for other tools.

use super::options::{RfmOptions, Variable};
use super::scoring::{Base, Scored};
use super::segments::{OTHERS, SegmentMap, cell_index, cells};
use crate::core::dataset::Dataset;
use crate::core::grading::{Grading, GradingData, Label};

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
}

/// The stable text form of the options, by which a reader tells whether the columns are stale.
pub fn made_with(options: &RfmOptions) -> String {
    serde_json::to_string(options).expect("options are JSON")
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

    let days = spread.out(|i| f64::from(base.summary.days_since_last[i]));
    let last = spread.out(|i| base.summary.last_day(i)).into_iter().map(Option::flatten).collect();
    let frequency = spread.out(|i| f64::from(base.summary.frequency[i]));
    let monetary = spread.out(|i| base.summary.monetary[i]);
    let mut columns = vec![
        (
            name::CELL,
            Label::new("Cell code", "區塊代碼"),
            GradingData::Classes { class: cell, labels: cell_labels },
        ),
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
    let made_with = made_with(options);
    for (name, title, data) in columns {
        let is_part = name::LEVELS.contains(&name);
        dataset.gradings.publish(name, Grading { title, is_part, data, made_with: made_with.clone() });
    }
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
