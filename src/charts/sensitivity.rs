//! A sensitivity analysis as charts, and scenarios as a table: for any [`Model`].

use super::spec::{BarSeries, ChartSpec, HeatMap, HorizontalBars, Legend, Mark, Marks, Role};
use super::table::{Cell, Table};
use crate::core::grading::Label;
use crate::core::inputs::{Input, Kind, Values};
use crate::core::reader::{DASH, Reader};
use crate::core::sensitivity::{Bar, End, Model, Scenario, Tornado, TwoWay};

/// An answer as the reader writes it.
pub fn answer(model: &Model, number: f64, reader: Reader) -> String {
    match model.kind {
        Kind::Money => reader.money(number),
        Kind::Rate => reader.percent(number, 2),
        Kind::Whole => reader.number(number, 0),
        Kind::Number | Kind::Choice(_) => reader.number(number, 2),
    }
}

fn answer_or_dash(model: &Model, found: &Result<f64, Label>, reader: Reader) -> String {
    found.as_ref().map_or_else(|_| DASH.into(), |&number| answer(model, number, reader))
}

/// The tornado: a bar for each input from the answer at its lower value to the answer at its higher one.
pub fn tornado(model: &Model, found: &Tornado, reader: Reader) -> ChartSpec {
    let title = model_title(model, reader);
    let base = answer(model, found.base, reader);
    let finding = match found.bars.first() {
        Some(bar) => {
            let most = model.inputs[bar.input].label(reader.lang);
            reader
                .pick(format!("{title}: most hangs on “{most}”"), format!("{title}：影響最大的是「{most}」"))
        }
        None => reader
            .pick(format!("{title}: nothing here can be varied"), format!("{title}：沒有可以變動的項目")),
    };
    let series = |name: &str, role: Role, of: fn(&Bar) -> &End| BarSeries {
        name: name.into(),
        marks: found
            .bars
            .iter()
            .map(|bar| mark(model, bar.input, of(bar), found.base, role, reader))
            .collect(),
    };
    let bars = HorizontalBars {
        category_title: reader.pick("Input", "項目").into(),
        categories: found.bars.iter().map(|bar| category(&model.inputs[bar.input], bar, reader)).collect(),
        series_title: reader.pick("The input is", "項目的數值").into(),
        series: vec![
            series(reader.pick("lower", "較低"), Role::Accent4, |bar| &bar.low),
            series(reader.pick("higher", "較高"), Role::Accent1, |bar| &bar.high),
        ],
        value_title: title.into(),
    };
    ChartSpec {
        description: finding.clone(),
        title: finding,
        subtitle: reader.pick(
            format!("One input at a time; the middle line is the answer now, {base}"),
            format!("每次只變動一個項目；中線是目前的答案 {base}"),
        ),
        marks: Marks::Tornado(bars),
        legend: None,
    }
}

fn model_title(model: &Model, reader: Reader) -> &'static str {
    reader.pick(model.title.0, model.title.1)
}

fn category(input: &Input, bar: &Bar, reader: Reader) -> String {
    let (low, high) = (input.show(bar.low.value, reader), input.show(bar.high.value, reader));
    let label = input.label(reader.lang);
    reader.pick(format!("{label}: {low} – {high}"), format!("{label}：{low} – {high}"))
}

/// The mark of one end: drawn as the difference from the base, told as the answer itself.
fn mark(model: &Model, place: usize, end: &End, base: f64, role: Role, reader: Reader) -> Mark {
    let input = &model.inputs[place];
    let label = format!("{} {}", input.label(reader.lang), input.show(end.value, reader));
    match &end.answer {
        Ok(number) => Mark::new(label, number - base, answer(model, *number, reader)).role(role),
        Err(why) => Mark::new(label, f64::NAN, why.get(reader.lang)).role(role),
    }
}

/// The two-way table as a heat map: above, below or at the answer now.
pub fn two_way(model: &Model, found: &TwoWay, base: f64, reader: Reader) -> ChartSpec {
    let (down, across) = (&model.inputs[found.down], &model.inputs[found.across]);
    let title = model_title(model, reader);
    let named =
        |input: &Input, value: f64| format!("{} {}", input.label(reader.lang), input.show(value, reader));
    let cells = found.cells.iter().zip(&found.rows).flat_map(|(cells, &row)| {
        cells.iter().zip(&found.columns).map(move |(cell, &column)| {
            let label = format!("{} · {}", named(down, row), named(across, column));
            let amount = cell.as_ref().map_or(f64::NAN, |&number| number);
            let role = match amount - base {
                more if more > base.abs() * 1e-9 => Role::Above,
                less if less < -base.abs() * 1e-9 => Role::Below,
                _ => Role::Neutral,
            };
            Mark::new(label, amount, answer_or_dash(model, cell, reader)).role(role)
        })
    });
    let finding = reader.pick(
        format!("{title} by “{}” and “{}”", down.label.0, across.label.0),
        format!("{title}：依「{}」與「{}」", down.label.1, across.label.1),
    );
    let write =
        |input: &Input, values: &[f64]| values.iter().map(|&value| input.show(value, reader)).collect();
    ChartSpec {
        description: finding.clone(),
        title: finding,
        subtitle: reader.pick("The values now stand in the middle", "中間是目前的數值").into(),
        marks: Marks::HeatMap(HeatMap {
            row_title: down.label(reader.lang).into(),
            rows: write(down, &found.rows),
            column_title: across.label(reader.lang).into(),
            columns: write(across, &found.columns),
            value_title: title.into(),
            cells: cells.collect(),
        }),
        legend: Some(Legend {
            title: reader.pick("Against the answer now", "與目前的答案相比").into(),
            entries: vec![
                (Role::Above, reader.pick("more", "較多").into()),
                (Role::Neutral, reader.pick("the same, or none", "相同，或無法計算").into()),
                (Role::Below, reader.pick("less", "較少").into()),
            ],
        }),
    }
}

/// The values now and every scenario side by side: the answer, then the inputs that are not alike everywhere.
pub fn scenarios(model: &Model, now: &Values, scenarios: &[Scenario], reader: Reader) -> Table {
    let kept = scenarios.iter().map(|scenario| Values::of(model.inputs, &scenario.typed));
    let all: Vec<Values> = std::iter::once(now.clone()).chain(kept).collect();
    let names = scenarios.iter().map(|scenario| scenario.name.clone());
    let first = [reader.pick("", "").to_string(), reader.pick("Now", "目前").into()];
    let answers = all.iter().map(|values| match (model.work)(values) {
        Ok(number) => Cell { text: answer(model, number, reader), number: Some(number) },
        Err(why) => Cell { text: why.get(reader.lang).into(), number: None },
    });
    let plain = |text: &str| Cell { text: text.into(), number: None };
    let row = |(place, input): (usize, &Input)| {
        let differs = all.iter().any(|values| values.asks(input) && values.at(place) != now.at(place));
        let asked = all.iter().any(|values| values.asks(input));
        let cells = all.iter().map(|values| match values.asks(input) {
            true => {
                let number = values.at(place);
                let choice = matches!(input.kind, Kind::Choice(_));
                Cell { text: input.show(number, reader), number: (!choice).then_some(number) }
            }
            false => plain(DASH),
        });
        (differs && asked).then(|| std::iter::once(plain(input.label(reader.lang))).chain(cells).collect())
    };
    let answer_row = std::iter::once(plain(model_title(model, reader))).chain(answers).collect();
    let input_rows = model.inputs.iter().enumerate().filter_map(row);
    Table {
        headers: first.into_iter().chain(names).collect(),
        rows: std::iter::once(answer_row).chain(input_rows).collect(),
    }
}
