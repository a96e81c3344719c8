//! The table behind a chart: one row for each mark, or for each tier of a pyramid.

use crate::core::export::CsvWriter;

use super::spec::{BarSeries, ChartSpec, Interval, Mark, Marks, Pyramid, PyramidTier, Tornado};

/// A cell as people read it, and its number for files that go on computing.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    pub text: String,
    pub number: Option<f64>,
}

/// Headers and rows of equal length.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    pub headers: Vec<String>,
    pub rows: Vec<Vec<Cell>>,
}

/// The table that says what the chart shows: one row for each mark, in the order of [`ChartSpec::each_mark`], or
/// for each tier of a pyramid.
pub fn table(spec: &ChartSpec) -> Table {
    // The headers up to the amount, and for each mark the cells before its amount.
    let (mut headers, names) = match &spec.marks {
        Marks::Bars(bars) | Marks::StackedBars(bars) => {
            let titles = [&bars.category_title, &bars.series_title, &bars.amounts.title];
            (series_headers(titles, bars.series.len() > 1), bar_names(&bars.categories, &bars.series))
        }
        Marks::HorizontalBars(bars) | Marks::Tornado(Tornado { bars, .. }) => {
            let titles = [&bars.category_title, &bars.series_title, &bars.value_title];
            (series_headers(titles, bars.series.len() > 1), bar_names(&bars.categories, &bars.series))
        }
        Marks::Histogram(histogram) => (
            vec![histogram.values.title.clone(), histogram.counts.title.clone()],
            histogram.bins.iter().map(|bin| vec![plain(&bin.label)]).collect(),
        ),
        Marks::HeatMap(map) => {
            let width = map.columns.len().max(1);
            let name = |names: &[String], at: usize| plain(names.get(at).map_or("", String::as_str));
            let cell = |at: usize| vec![name(&map.rows, at / width), name(&map.columns, at % width)];
            (
                vec![map.row_title.clone(), map.column_title.clone(), map.value_title.clone()],
                (0..map.cells.len()).map(cell).collect(),
            )
        }
        Marks::Lines(lines) => {
            let several = lines.series.len() > 1;
            let titles = [&lines.x.title, &lines.series_title, &lines.y.title];
            let row = |name: &str, label: &str| {
                if several { vec![plain(label), plain(name)] } else { vec![plain(label)] }
            };
            let rows = lines
                .series
                .iter()
                .flat_map(|series| series.points.iter().map(|point| row(&series.name, &point.mark.label)));
            (series_headers(titles, several), rows.collect())
        }
        Marks::Pyramid(pyramid) => return pyramid_table(pyramid),
    };
    let marks = spec.each_mark();
    let ends = match &spec.marks {
        Marks::Bars(bars) if marks.iter().any(|mark| mark.interval.is_some()) => &bars.interval_titles[..],
        _ => &[],
    };
    headers.extend_from_slice(ends);
    headers.extend(spec.legend.iter().map(|legend| legend.title.clone()));
    let rows = names.into_iter().zip(marks).map(|(mut row, mark)| {
        row.push(amount(mark));
        if !ends.is_empty() {
            row.extend(interval_ends(mark));
        }
        row.extend(spec.legend.iter().map(|legend| plain(legend.name(mark.role).unwrap_or("–"))));
        row
    });
    Table { headers, rows: rows.collect() }
}

/// One row for each tier: its number of customers and its shares, a dash where it has none.
fn pyramid_table(pyramid: &Pyramid) -> Table {
    let titles = &pyramid.titles;
    let noted = pyramid.rows().any(|tier| !tier.note.is_empty());
    let mut headers = vec![titles.tier.clone()];
    headers.extend(noted.then(|| titles.note.clone()));
    headers.push(titles.customers.clone());
    headers.extend_from_slice(&titles.shares);
    let row = |tier: &PyramidTier| {
        let mut row = vec![plain(&tier.name)];
        row.extend(noted.then(|| plain(dash_if_empty(&tier.note))));
        row.push(amount(&tier.customers));
        row.extend((0..titles.shares.len()).map(|at| tier.shares.get(at).map_or_else(|| plain("–"), amount)));
        row
    };
    Table { headers, rows: pyramid.rows().map(row).collect() }
}

fn amount(mark: &Mark) -> Cell {
    cell(&mark.value, mark.amount)
}

fn interval_ends(mark: &Mark) -> [Cell; 2] {
    match &mark.interval {
        Some(Interval { low, high, low_value, high_value }) => {
            [cell(low_value, *low), cell(high_value, *high)]
        }
        None => [plain("–"), plain("–")],
    }
}

fn cell(text: &str, number: f64) -> Cell {
    Cell { text: text.to_owned(), number: number.is_finite().then_some(number) }
}

fn dash_if_empty(text: &str) -> &str {
    if text.is_empty() { "–" } else { text }
}

/// The table as a CSV file: texts as they are read, amounts as plain numbers to go on computing with.
pub fn csv(table: &Table) -> Vec<u8> {
    let mut csv = CsvWriter::new();
    csv.header(table.headers.iter().map(String::as_str));
    for row in &table.rows {
        for cell in row {
            match cell.number {
                Some(number) => csv.number(Some(number)),
                None => csv.text(&cell.text),
            };
        }
        csv.end_row();
    }
    csv.finish()
}

fn plain(text: &str) -> Cell {
    Cell { text: text.to_owned(), number: None }
}

/// The series have a column of their own where there are several.
fn series_headers([category, series, amount]: [&String; 3], several: bool) -> Vec<String> {
    let names = if several { vec![category, series, amount] } else { vec![category, amount] };
    names.into_iter().cloned().collect()
}

/// The names of each bar in the order of [`ChartSpec::each_mark`]: its category, and its series if there are several.
fn bar_names(categories: &[String], series: &[BarSeries]) -> Vec<Vec<Cell>> {
    let longest = series.iter().map(|each| each.marks.len()).max().unwrap_or(0);
    let mut names = vec![];
    for at in 0..longest {
        for (each, mark) in series.iter().filter_map(|each| Some((each, each.marks.get(at)?))) {
            let mut row = vec![plain(categories.get(at).unwrap_or(&mark.label))];
            if series.len() > 1 {
                row.push(plain(&each.name));
            }
            names.push(row);
        }
    }
    names
}
