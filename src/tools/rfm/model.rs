//! The result of an RFM analysis: groups, cells, heat map, distributions, segments and warnings.

use super::options::{Best, OptionsError, RfmOptions, Variable};
use super::scoring::{Base, MonetaryKind, Scored, level_of_group};
use super::segments::{Finding, SegmentMap, cell_index, cells, check};
use super::warnings::{Warning, warnings};
use crate::core::day::Day;
use crate::core::stats::histogram::{Bin, histogram};
use crate::core::summary::{RowUse, SummaryError};
use serde::{Deserialize, Serialize};

/// What a set of customers amounts to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Sums {
    pub customers: u64,
    /// Purchases in the window.
    pub orders: u64,
    /// Spend in the window, minor units.
    pub revenue: i64,
    pub days_since_last: u64,
    /// *Monetary* as it was scored, in its steps: another sum than revenue where it is a mean or a published column.
    pub monetary: f64,
}

impl Sums {
    fn add_customer(&mut self, base: &Base, position: usize) {
        self.customers += 1;
        self.orders += u64::from(base.summary.frequency[position]);
        // No overflow: the sum over all customers was checked, and a part that overflowed would have been refused.
        self.revenue = self.revenue.saturating_add(base.summary.monetary[position]);
        self.days_since_last += u64::from(base.summary.days_since_last[position]);
        self.monetary += base.values[Variable::Monetary.index()][position] as f64;
    }

    pub fn share_of(&self, all: &Sums) -> f64 {
        if all.customers == 0 { 0.0 } else { self.customers as f64 / all.customers as f64 }
    }

    /// Minor units per customer; `None` without customers.
    pub fn revenue_per_customer(&self) -> Option<f64> {
        (self.customers > 0).then(|| self.revenue as f64 / self.customers as f64)
    }

    /// Minor units per purchase; `None` without purchases.
    pub fn average_order_value(&self) -> Option<f64> {
        (self.orders > 0).then(|| self.revenue as f64 / self.orders as f64)
    }

    /// *Monetary* in its steps per customer; `None` without customers.
    pub fn average_monetary(&self) -> Option<f64> {
        (self.customers > 0).then(|| self.monetary / self.customers as f64)
    }

    pub fn average_days_since_last(&self) -> Option<f64> {
        (self.customers > 0).then(|| self.days_since_last as f64 / self.customers as f64)
    }
}

impl std::ops::Add for Sums {
    type Output = Sums;

    fn add(self, other: Sums) -> Sums {
        Sums {
            customers: self.customers + other.customers,
            orders: self.orders + other.orders,
            revenue: self.revenue.saturating_add(other.revenue),
            days_since_last: self.days_since_last + other.days_since_last,
            monetary: self.monetary + other.monetary,
        }
    }
}

impl std::iter::Sum for Sums {
    fn sum<I: Iterator<Item = Sums>>(parts: I) -> Sums {
        parts.fold(Sums::default(), |sum, part| sum + part)
    }
}

/// The least and the greatest value among some customers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    pub from: i64,
    pub to: i64,
}

impl Span {
    fn widen(span: &mut Option<Span>, value: i64) {
        let old = span.unwrap_or(Span { from: value, to: value });
        *span = Some(Span { from: old.from.min(value), to: old.to.max(value) });
    }
}

/// One group of a variable.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GroupRow {
    pub level: u8,
    /// The digit of the cell code.
    pub digit: u8,
    /// The thresholds: the least and greatest value that belong here; `None` at an open end. Both are `None` where the
    /// method has no thresholds (equal groups, nested) or where the group is empty because two thresholds coincide.
    pub lower: Option<i64>,
    pub upper: Option<i64>,
    /// The values found; `None` in an empty group.
    pub found: Option<Span>,
    pub sums: Sums,
    pub share: f64,
}

/// The groups of a variable, best first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct VariableTable {
    pub variable: Variable,
    pub k: u8,
    pub groups: Vec<GroupRow>,
    /// Quantiles as computed (with the one that `PlusOne` adds), ascending; only for quantile cuts.
    pub quantiles: Vec<f64>,
    pub histogram: Vec<Bin>,
    pub median: i64,
}

/// One cell of R, F and M.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CellRow {
    pub levels: [u8; 3],
    pub code: String,
    pub sums: Sums,
    pub share: f64,
    /// Index into the segments.
    pub segment: u16,
    /// The values found in the cell, which are its thresholds where groups are nested.
    pub found: [Span; 3],
}

/// One field of the heat map R × F.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HeatCell {
    pub recency: u8,
    pub frequency: u8,
    pub sums: Sums,
    pub share: f64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SegmentRow {
    /// Index of the rule; the number of rules for "Others".
    pub segment: u16,
    pub name_en: String,
    pub name_zh: String,
    pub sums: Sums,
    pub share: f64,
    /// Cells with customers.
    pub cells: u64,
}

/// All that the page shows of one analysis.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Overview {
    pub analysis_date: Option<Day>,
    pub window: Option<(Day, Day)>,
    pub rows: RowUse,
    pub bins: [u8; 3],
    pub monetary: MonetaryKind,
    pub all: Sums,
    /// Customers without a purchase in the window.
    pub inactive: u64,
    pub variables: [VariableTable; 3],
    /// Cells with customers, best code first.
    pub cells: Vec<CellRow>,
    /// Cells that the method could have made.
    pub possible_cells: u64,
    /// All fields, best R first, then best F.
    pub heat_map: Vec<HeatCell>,
    /// In the order of the rules, "Others" last.
    pub segments: Vec<SegmentRow>,
    pub rule_findings: Vec<Finding>,
    pub warnings: Vec<Warning>,
}

/// Why there is no analysis.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    Summary {
        error: SummaryError,
    },
    Options {
        error: OptionsError,
    },
    /// The column that *monetary* is to be is not published from these data.
    NoColumn {
        name: String,
    },
    /// It is, but has no value for any of the customers who have bought.
    NobodyHasValue {
        name: String,
        customers: u64,
    },
    /// No customer has a purchase up to the analysis date.
    NoCustomers {
        analysis_date: Option<Day>,
        rows: RowUse,
    },
}

/// Puts the levels of every customer together into what the page shows.
pub fn overview(base: &Base, scored: &Scored, options: &RfmOptions) -> Overview {
    let bins = scored.bins;
    let cell_list: Vec<[u8; 3]> = cells(bins).collect();
    let mut cell_sums = vec![Sums::default(); cell_list.len()];
    let mut spans = vec![[None; 3]; cell_list.len()];
    for position in 0..base.len() {
        let cell = cell_index(scored.levels_at(position), bins);
        cell_sums[cell].add_customer(base, position);
        for (v, span) in spans[cell].iter_mut().enumerate() {
            Span::widen(span, base.values[v][position]);
        }
    }
    let map = SegmentMap::new(&options.segments, bins);
    let sum = |keep: &dyn Fn([u8; 3]) -> bool| {
        let kept = cell_list.iter().zip(&cell_sums).filter(|(levels, _)| keep(**levels));
        kept.map(|(_, part)| *part).sum::<Sums>()
    };
    let all = sum(&|_| true);
    let mut rows: Vec<CellRow> = cell_list
        .iter()
        .enumerate()
        .filter_map(|(cell, &levels)| {
            let [Some(r), Some(f), Some(m)] = spans[cell] else { return None };
            let (code, sums) = (options.best.code(levels, bins), cell_sums[cell]);
            let segment = map.of(levels);
            Some(CellRow { levels, code, sums, share: sums.share_of(&all), segment, found: [r, f, m] })
        })
        .collect();
    rows.reverse();
    let variables = Variable::ALL.map(|variable| {
        let v = variable.index();
        let sums_of = |level: u8| sum(&|levels| levels[v] == level);
        let span_of = |level: u8| {
            let mut span = None;
            for found in rows.iter().filter(|row| row.levels[v] == level).map(|row| row.found[v]) {
                Span::widen(&mut span, found.from);
                Span::widen(&mut span, found.to);
            }
            span
        };
        variable_table(base, scored, options.best, variable, &all, sums_of, span_of)
    });
    let heat_map = (1..=bins[0]).rev().flat_map(|r| (1..=bins[1]).rev().map(move |f| (r, f)));
    let heat_map = heat_map
        .map(|(recency, frequency)| {
            let sums = sum(&|levels| levels[0] == recency && levels[1] == frequency);
            HeatCell { recency, frequency, sums, share: sums.share_of(&all) }
        })
        .collect();
    let segments = segment_rows(options, &rows, &all);
    let mut overview = Overview {
        analysis_date: base.summary.analysis_date,
        window: base.summary.window,
        rows: base.summary.rows,
        bins,
        monetary: base.monetary.clone(),
        all,
        inactive: base.summary.frequency.iter().filter(|&&n| n == 0).count() as u64,
        variables,
        cells: rows,
        possible_cells: cell_list.len() as u64,
        heat_map,
        segments,
        rule_findings: check(&options.segments, bins),
        warnings: Vec::new(),
    };
    overview.warnings = warnings(&overview, base, options);
    overview
}

fn variable_table(
    base: &Base,
    scored: &Scored,
    best: Best,
    variable: Variable,
    all: &Sums,
    sums_of: impl Fn(u8) -> Sums,
    span_of: impl Fn(u8) -> Option<Span>,
) -> VariableTable {
    let v = variable.index();
    let k = scored.bins[v];
    let mut groups: Vec<GroupRow> = (0..k)
        .map(|group| {
            let level = level_of_group(variable, group, k);
            let upper = |group: Option<u8>| {
                let cuts = scored.cuts[v].as_ref()?;
                cuts.upper.get(usize::from(group?)).copied()
            };
            let lower = upper(group.checked_sub(1)).map(|end| end.saturating_add(1));
            let upper = upper(Some(group));
            let possible = !matches!((lower, upper), (Some(low), Some(high)) if low > high);
            let sums = sums_of(level);
            GroupRow {
                level,
                digit: best.digit(level, k),
                lower: lower.filter(|_| possible),
                upper: upper.filter(|_| possible),
                found: span_of(level),
                sums,
                share: sums.share_of(all),
            }
        })
        .collect();
    groups.sort_by_key(|row| std::cmp::Reverse(row.level));
    VariableTable {
        variable,
        k,
        groups,
        quantiles: scored.quantiles[v].iter().map(|q| q.value()).collect(),
        histogram: histogram(&base.sorted[v], 20, base.units[v]),
        median: base.sorted[v][base.len() / 2],
    }
}

fn segment_rows(options: &RfmOptions, cells: &[CellRow], all: &Sums) -> Vec<SegmentRow> {
    let names = options.segments.rules().into_iter().map(|rule| (rule.name_en, rule.name_zh));
    let others = (super::segments::OTHERS.0.to_string(), super::segments::OTHERS.1.to_string());
    let row = |(segment, (name_en, name_zh)): (usize, (String, String))| {
        let own = cells.iter().filter(|cell| usize::from(cell.segment) == segment);
        let sums: Sums = own.clone().map(|cell| cell.sums).sum();
        let (share, cells) = (sums.share_of(all), own.count() as u64);
        SegmentRow { segment: segment as u16, name_en, name_zh, sums, share, cells }
    };
    names.chain([others]).enumerate().map(row).collect()
}
