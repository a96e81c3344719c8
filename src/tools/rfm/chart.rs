//! The charts of the RFM page, made from an analysis. Their titles state what it found.

use super::model::{HeatCell, Overview, SegmentRow, Sums, VariableTable};
use super::options::Variable;
use super::reading::{Reader, digit, field_name};
use crate::charts::spec::{
    Axis, BarSeries, Bars, ChartSpec, HeatMap, Histogram, HorizontalBars, Mark, Marks, Reference, Role,
};
use crate::tools::published::Unit;

/// What the fields of the heat map show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HeatMeasure {
    #[default]
    Customers,
    Revenue,
    Average,
}

impl HeatMeasure {
    pub const ALL: [HeatMeasure; 3] = [HeatMeasure::Customers, HeatMeasure::Revenue, HeatMeasure::Average];

    pub fn name(self, reader: Reader) -> &'static str {
        let text = reader.text();
        match self {
            HeatMeasure::Customers => text.heat_size,
            HeatMeasure::Revenue => text.heat_revenue,
            HeatMeasure::Average => text.heat_average,
        }
    }

    /// `None` where there is nothing to divide by.
    fn amount(self, sums: &Sums) -> Option<f64> {
        match self {
            HeatMeasure::Customers => Some(sums.customers as f64),
            HeatMeasure::Revenue => (sums.customers > 0).then_some(sums.revenue as f64),
            HeatMeasure::Average => sums.revenue_per_customer(),
        }
    }

    fn write(self, amount: f64, reader: Reader) -> String {
        match self {
            HeatMeasure::Customers => reader.count(amount as u64),
            _ => reader.show.money(amount.round() as i64),
        }
    }
}

/// The key of a field's mark, told to the page when it is picked.
pub fn field_key(recency: u8, frequency: u8) -> String {
    format!("{recency}-{frequency}")
}

/// The levels of recency and frequency in a key.
pub fn field_of(key: &str) -> Option<(u8, u8)> {
    let (recency, frequency) = key.split_once('-')?;
    Some((recency.parse().ok()?, frequency.parse().ok()?))
}

/// Recency × frequency, the best in the upper left corner.
pub fn heat_map(overview: &Overview, measure: HeatMeasure, reader: Reader) -> ChartSpec {
    let amount = |cell: &HeatCell| measure.amount(&cell.sums).unwrap_or(0.0);
    let best =
        overview.heat_map.iter().reduce(|best, cell| if amount(cell) > amount(best) { cell } else { best });
    let largest = best.map_or(0.0, amount);
    let name = |cell: &HeatCell| field_name(overview, cell.recency, cell.frequency);
    let cells = overview.heat_map.iter().map(|cell| {
        let value = measure.amount(&cell.sums).map_or_else(|| "–".into(), |a| measure.write(a, reader));
        Mark::new(name(cell), amount(cell), value)
            .role(Role::tint(amount(cell), largest))
            .key(field_key(cell.recency, cell.frequency))
    });
    let digits = |variable: Variable| {
        let k = overview.bins[variable.index()];
        let name = |level| format!("{} {}", variable.letter(), digit(overview, variable, level));
        (1..=k).rev().map(name).collect::<Vec<_>>()
    };
    let page = reader.page();
    let title =
        best.map_or_else(String::new, |cell| heat_finding(cell, overview, measure, &name(cell), reader));
    ChartSpec {
        subtitle: (page.heat_subtitle)(measure.name(reader)),
        description: title.clone(),
        title,
        marks: Marks::HeatMap(HeatMap {
            row_title: reader.text().recency.into(),
            rows: digits(Variable::Recency),
            column_title: reader.text().frequency.into(),
            columns: digits(Variable::Frequency),
            value_title: measure.name(reader).into(),
            cells: cells.collect(),
        }),
        legend: None,
    }
}

fn heat_finding(
    cell: &HeatCell,
    overview: &Overview,
    measure: HeatMeasure,
    name: &str,
    reader: Reader,
) -> String {
    let page = reader.page();
    let customers = reader.percent(cell.share);
    match (measure, revenue_share(&cell.sums, &overview.all)) {
        (HeatMeasure::Revenue, Some(share)) => {
            (page.heat_revenue_finding)(name, &reader.percent(share), &customers)
        }
        (HeatMeasure::Average, _) => {
            let all = reader.mean_money(overview.all.revenue_per_customer());
            (page.heat_average_finding)(name, &reader.mean_money(cell.sums.revenue_per_customer()), &all)
        }
        _ => (page.heat_size_finding)(name, &reader.count(cell.sums.customers), &customers),
    }
}

/// The share of all revenue; `None` where all revenue is nothing or less, which has no shares.
pub fn revenue_share(sums: &Sums, all: &Sums) -> Option<f64> {
    (all.revenue > 0).then(|| sums.revenue as f64 / all.revenue as f64)
}

/// How customers are spread over a variable, with the thresholds that cut it.
pub fn distribution(table: &VariableTable, reader: Reader) -> ChartSpec {
    let variable = table.variable;
    let page = reader.page();
    let label = |from, to| reader.band(variable, from, to);
    let marks = table.histogram.iter().map(|bin| {
        Mark::new(label(bin.from, bin.to), bin.count as f64, reader.count(bin.count)).role(Role::Accent3)
    });
    let marks: Vec<Mark> = marks.collect();
    let amounts = || marks.iter().map(|mark| mark.amount);
    let counts = Axis::from_zero(reader.text().customers, amounts(), |n| reader.show.number(n, 0));
    let even = is_even(table);
    let title = (page.middle_customer[variable.index()])(&reader.value_words(variable, table.median));
    ChartSpec {
        description: title.clone(),
        title,
        subtitle: (if even { page.distribution_even } else { page.distribution_widening })(
            &reader.variable(variable),
        ),
        marks: if even {
            Marks::Histogram(even_bins(table, marks, counts, reader))
        } else {
            Marks::Bars(Bars {
                category_title: upper_ends_title(variable, reader),
                categories: table.histogram.iter().map(|bin| upper_end(variable, bin.to, reader)).collect(),
                bands: Vec::new(),
                series_title: String::new(),
                series: vec![BarSeries { name: String::new(), marks }],
                amounts: counts,
                reference: None,
                interval_titles: Default::default(),
            })
        },
        legend: None,
    }
}

/// Under a narrow bar only the upper end of its range has room, without the currency, which the title names.
fn upper_end(variable: Variable, to: i64, reader: Reader) -> String {
    match variable {
        Variable::Monetary => match reader.monetary.unit {
            Unit::Money => reader.show.number(reader.amount().to_units(to), 0),
            Unit::Number => reader.value(variable, to),
        },
        _ => reader.show.count(to),
    }
}

fn upper_ends_title(variable: Variable, reader: Reader) -> String {
    let is_money = variable == Variable::Monetary && reader.monetary.unit == Unit::Money;
    let unit = if is_money { &reader.currency.symbol } else { "" };
    (reader.page().up_to)(&reader.variable(variable), unit)
}

/// Whether all bins are equally wide; the first and the last are cut off where the values end.
fn is_even(table: &VariableTable) -> bool {
    let widths: Vec<i64> = table.histogram.iter().map(|bin| bin.to.saturating_sub(bin.from)).collect();
    let inner = widths.get(1).copied().unwrap_or(0);
    match widths.len() {
        0..=2 => true,
        n => {
            widths[1..n - 1].iter().all(|&width| width == inner)
                && widths[0] <= inner
                && widths[n - 1] <= inner
        }
    }
}

fn even_bins(table: &VariableTable, bins: Vec<Mark>, counts: Axis, reader: Reader) -> Histogram {
    let variable = table.variable;
    // Whole numbers up to and with the end of a bin: the next begins one step later.
    let scale = if variable == Variable::Monetary { reader.amount().scale() } else { 1 };
    let place = |value: i64| value as f64 / scale as f64;
    let ends = table.histogram.last().map(|bin| place(bin.to.saturating_add(1)));
    let edges: Vec<f64> = table.histogram.iter().map(|bin| place(bin.from)).chain(ends).collect();
    let write = |value: f64| match variable {
        Variable::Monetary => {
            let steps = (value * scale as f64).round() as i64;
            match reader.monetary.unit {
                Unit::Money => reader.show.money(steps),
                Unit::Number => reader.value(variable, steps),
            }
        }
        _ => reader.show.number(value, if value.fract() == 0.0 { 0 } else { 1 }),
    };
    let cuts = table.groups.iter().filter_map(|group| match variable {
        Variable::Recency => Some((group.digit, group.upper?.saturating_add(1))),
        _ => Some((group.digit, group.lower?)),
    });
    let line =
        |(digit, at): (u8, i64)| Reference { at: place(at), label: format!("{} {digit}", variable.letter()) };
    Histogram {
        values: Axis::covering(reader.measured(variable), edges.iter().copied(), write),
        edges,
        bins,
        counts,
        references: cuts.map(line).collect(),
    }
}

/// Shares of customers and of revenue by segment.
pub fn segments(overview: &Overview, reader: Reader) -> ChartSpec {
    let (text, page) = (reader.text(), reader.page());
    let rows: Vec<&SegmentRow> = overview.segments.iter().filter(|row| row.sums.customers > 0).collect();
    let name = |row: &SegmentRow| reader.lang.pick(&row.name_en, &row.name_zh).clone();
    let mark = |row: &SegmentRow, share: f64, role: Role| {
        Mark::new(name(row), share, reader.percent(share)).role(role).key(row.segment.to_string())
    };
    let customers = rows.iter().map(|row| mark(row, row.share, Role::Accent3)).collect();
    let mut series = vec![BarSeries { name: page.share_of_customers.into(), marks: customers }];
    let revenue: Option<Vec<Mark>> = rows
        .iter()
        .map(|row| Some(mark(row, revenue_share(&row.sums, &overview.all)?, Role::Accent1)))
        .collect();
    series.extend(revenue.map(|marks| BarSeries { name: page.share_of_revenue.into(), marks }));
    let most = rows
        .iter()
        .copied()
        .reduce(|most, row| if row.sums.revenue > most.sums.revenue { row } else { most });
    let title = most.map_or_else(String::new, |row| {
        let customers = reader.percent(row.share);
        match revenue_share(&row.sums, &overview.all) {
            Some(share) => (page.segment_finding)(&name(row), &reader.percent(share), &customers),
            None => (page.segment_size_finding)(&name(row), &customers),
        }
    });
    ChartSpec {
        description: title.clone(),
        title,
        subtitle: page.segments_subtitle.into(),
        marks: Marks::HorizontalBars(HorizontalBars {
            category_title: text.segment.into(),
            categories: rows.iter().map(|row| name(row)).collect(),
            series_title: text.share.into(),
            series,
            value_title: text.share.into(),
        }),
        legend: None,
    }
}
