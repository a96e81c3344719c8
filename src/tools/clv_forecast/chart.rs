//! The charts of the forecast page. Their titles state what was found.

use super::answer::{Check, CountBin, Forecast, Tracked};
use super::reading::Reader;
use super::timeline::LENGTH;
use super::words::{in_units, span, units};
use crate::charts::spec::{
    Axis, BarSeries, Bars, ChartSpec, HeatMap, LineSeries, Lines, Mark, Marks, Point, Reference, Role,
};
use crate::core::clv::kind::Kind;
use crate::core::stats::special::{ln_beta, ln_gamma};

fn lines_of(x: Axis, y: Axis, series_title: &str, series: Vec<LineSeries>) -> Lines {
    Lines {
        x,
        y,
        series_title: series_title.into(),
        series,
        references: Vec::new(),
        verticals: Vec::new(),
        guides: Vec::new(),
        callouts: Vec::new(),
    }
}

fn spec(title: String, subtitle: String, marks: Marks) -> ChartSpec {
    ChartSpec { description: title.clone(), title, subtitle, marks, legend: None }
}

/// Two bars for each category: what was, and what the model expects.
fn pairs(
    category_title: &str,
    categories: Vec<String>,
    pairs: &[(f64, f64)],
    y: Axis,
    reader: Reader,
    write: &dyn Fn(f64) -> String,
) -> Bars {
    let text = reader.text();
    let series = |name: &str, role: Role, pick: fn(&(f64, f64)) -> f64| BarSeries {
        name: name.into(),
        marks: categories
            .iter()
            .zip(pairs)
            .map(|(category, pair)| {
                Mark::new(format!("{category} · {name}"), pick(pair), write(pick(pair))).role(role)
            })
            .collect(),
    };
    let series = vec![
        series(text.actual, Role::Accent1, |pair| pair.0),
        series(text.expected, Role::Accent4, |pair| pair.1),
    ];
    Bars {
        category_title: category_title.into(),
        categories,
        bands: Vec::new(),
        series_title: String::new(),
        series,
        amounts: y,
        reference: None,
        interval_titles: Default::default(),
    }
}

fn bin_name(x: u32, and_more: bool) -> String {
    if and_more { format!("{x}+") } else { x.to_string() }
}

/// How many customers have bought again so often, beside what the model expects.
pub fn counts(forecast: &Forecast, reader: Reader) -> ChartSpec {
    let bins = &forecast.counts;
    let last = bins.len() - 1;
    let names = bins.iter().map(|bin| bin_name(bin.x, bin.x as usize == last)).collect();
    let values: Vec<(f64, f64)> = bins.iter().map(|bin| (bin.actual, bin.expected)).collect();
    let write = |value: f64| reader.show.count(value.round() as i64);
    let y = Axis::from_zero(reader.text().customers, values.iter().flat_map(|pair| [pair.0, pair.1]), write);
    let off = |bin: &CountBin| (bin.actual - bin.expected).abs();
    let share = bins.iter().map(off).sum::<f64>() / 2.0 / forecast.customers.max(1) as f64;
    let share = reader.percent(share);
    let title = reader.lang.pick(
        format!("{}: the model puts {share} of the customers elsewhere", forecast.model.name()),
        format!("{}：有 {share} 的顧客落在別的次數", forecast.model.name()),
    );
    let bars = pairs(reader.text().repeat_frequency, names, &values, y, reader, &write);
    spec(title, reader.text().counts_title.into(), Marks::Bars(bars))
}

/// P(alive), or expected purchases, by recency and frequency.
pub fn map(forecast: &Forecast, alive: bool, reader: Reader) -> ChartSpec {
    let (text, grid) = (reader.text(), &forecast.grid);
    // Without a sign after each, so that they fit the cells of a phone.
    let write = |value: f64| match alive {
        true => reader.show.number(value * 100.0, 0),
        false => reader.show.number(value, 1),
    };
    let values = if alive { &grid.alive } else { &grid.purchases };
    let largest = values.iter().flatten().fold(0.0f64, |largest, &value| largest.max(value));
    let unit = units(forecast.unit, reader.lang);
    let recency = |value: f64| reader.show.number(value, 0);
    let cells = values.iter().enumerate().map(|(at, &value)| {
        let (last, x) = (grid.recency[at / grid.x.len()], grid.x[at % grid.x.len()]);
        let label = format!("x = {x} · t_x = {} {unit}", recency(last));
        match value {
            Some(value) => Mark::new(label, value, write(value)).role(Role::tint(value, largest)),
            None => Mark::new(label, f64::NAN, "–").role(Role::Neutral),
        }
    });
    let map = HeatMap {
        row_title: in_units(text.recency, forecast.unit, reader.lang),
        rows: grid.recency.iter().map(|&value| recency(value)).collect(),
        column_title: text.repeat_frequency.into(),
        columns: grid.x.iter().map(u32::to_string).collect(),
        value_title: if alive { text.alive_percent } else { text.purchases }.into(),
        cells: cells.collect(),
    };
    let age = span(&reader.number(grid.age), forecast.unit, reader.lang);
    let horizon = span(&reader.count(forecast.horizon.into()), forecast.unit, reader.lang);
    let title = match alive {
        true => reader.lang.pick(
            "The same silence weighs more, the more somebody used to buy".to_string(),
            "買得越勤，同樣的沉默越說明已經離開".to_string(),
        ),
        false => reader.lang.pick(
            "Most is expected of those who bought often and lately".to_string(),
            "買得勤、最近又買過的顧客，預期最多".to_string(),
        ),
    };
    let subtitle = if alive { text.alive_map } else { text.purchases_map };
    let detail = match alive {
        true => reader.lang.pick(format!("customers of age {age}"), format!("首購至今 {age}的顧客")),
        false => reader.lang.pick(
            format!("customers of age {age}, over the next {horizon}"),
            format!("首購至今 {age}的顧客，未來 {horizon}"),
        ),
    };
    let subtitle = format!("{subtitle}{}{detail}", reader.lang.pick("; ", "；"));
    spec(title, subtitle, Marks::HeatMap(map))
}

/// Points of a density along the amounts where nearly all of it lies.
fn density(name: &str, title: &str, points: Vec<(f64, f64)>, finding: String, reader: Reader) -> ChartSpec {
    let write = |value: f64| reader.number(value);
    let x = Axis::from_zero(title, points.iter().map(|point| point.0), write);
    let y = Axis::from_zero(reader.text().density, points.iter().map(|point| point.1), write);
    let marks = points
        .into_iter()
        .map(|(x, amount)| Point { x, mark: Mark::new(write(x), amount, write(amount)) })
        .collect();
    let series = vec![LineSeries { name: name.into(), role: Role::Accent2, points: marks, area: true }];
    spec(finding, title.into(), Marks::Lines(lines_of(x, y, "", series)))
}

/// Gamma(shape, rate) between the places where its density begins and ends to matter.
fn gamma_density(shape: f64, rate: f64) -> Vec<(f64, f64)> {
    let (mean, deviation) = (shape / rate, shape.sqrt() / rate);
    let end = mean + 3.0 * deviation;
    let at = |x: f64| {
        libm::exp(shape * libm::log(rate) + (shape - 1.0) * libm::log(x) - rate * x - ln_gamma(shape))
    };
    (1..=60).map(|step| f64::from(step) / 60.0 * end).map(|x| (x, at(x))).collect()
}

fn beta_density(a: f64, b: f64) -> Vec<(f64, f64)> {
    let at = |x: f64| libm::exp((a - 1.0) * libm::log(x) + (b - 1.0) * libm::log1p(-x) - ln_beta(a, b));
    (1..60).map(|step| f64::from(step) / 60.0).map(|x| (x, at(x))).collect()
}

/// How customers differ: in how they buy, and in how they leave.
pub fn heterogeneity(forecast: &Forecast, reader: Reader) -> [ChartSpec; 2] {
    let text = reader.text();
    let [a, b, c, d]: [f64; 4] = std::array::from_fn(|i| forecast.fit.parameters[i].value);
    let (unit, lang) = (forecast.unit, reader.lang);
    let rate = |mean: f64| {
        let (often, one) = (reader.number(1.0 / mean), units(unit, lang));
        lang.pick(
            format!("On average a purchase every {often} {one}"),
            format!("平均每 {often} {one}購買一次"),
        )
    };
    let leaving = |mean: f64| {
        let share = reader.percent(mean);
        lang.pick(format!("On average {share} leave each time"), format!("每次平均有 {share} 離開"))
    };
    match forecast.model {
        Kind::BgNbd | Kind::MbgNbd => [
            density("λ", text.buys_rate, gamma_density(a, b), rate(a / b), reader),
            density("p", text.leaves_chance, beta_density(c, d), leaving(c / (c + d)), reader),
        ],
        Kind::ParetoNbd => {
            let life = span(&reader.number(d / c), unit, lang);
            let finding = lang.pick(
                format!("A customer with the mean leaving rate stays {life}"),
                format!("離開速率為平均值的顧客會停留 {life}"),
            );
            [
                density("λ", text.buys_rate, gamma_density(a, b), rate(a / b), reader),
                density("μ", text.leaves_rate, gamma_density(c, d), finding, reader),
            ]
        }
        Kind::BgBb => {
            let share = reader.percent(a / (a + b));
            let finding = lang.pick(
                format!("On average {share} of those who are customers buy in a period"),
                format!("仍是顧客者，每期平均有 {share} 購買"),
            );
            [
                density("p", text.buys_chance, beta_density(a, b), finding, reader),
                density("θ", text.leaves_period, beta_density(c, d), leaving(c / (c + d)), reader),
            ]
        }
    }
}

/// P(alive) over the time line, with the purchases as upright lines.
pub fn timeline(forecast: &Forecast, line: &[f64], bought: &[u32], reader: Reader) -> ChartSpec {
    let text = reader.text();
    let percent = |value: f64| reader.show.percent(value, 0);
    let unit = units(forecast.unit, reader.lang);
    let points = line.iter().enumerate().map(|(at, &value)| {
        let label = format!("{at} {unit}");
        Point { x: at as f64, mark: Mark::new(label, value, reader.percent(value)) }
    });
    let x = Axis::covering(
        in_units(text.timeline_axis, forecast.unit, reader.lang),
        [0.0, f64::from(LENGTH)],
        |at| reader.show.number(at, 0),
    );
    let y = Axis::covering(text.alive, [0.0, 1.0], percent);
    let series = vec![LineSeries {
        name: text.alive.into(),
        role: Role::Accent1,
        points: points.collect(),
        area: true,
    }];
    let mut lines = lines_of(x, y, "", series);
    lines.verticals = bought
        .iter()
        .map(|&at| Reference {
            at: at.into(),
            label: if bought.len() == 1 { text.bought.into() } else { String::new() },
        })
        .collect();
    let now = reader.percent(line.last().copied().unwrap_or(1.0));
    let count = reader.count(bought.len() as u64);
    let title = reader.lang.pick(
        format!("After {count} repeat purchases, P(alive) at the end is {now}"),
        format!("再購 {count} 次，最後的存活機率是 {now}"),
    );
    spec(title, forecast.model.name().into(), Marks::Lines(lines))
}

/// Repeat purchases of all customers, cumulated or by period, with the end of calibration.
pub fn tracking(check: &Check, cumulated: bool, reader: Reader) -> ChartSpec {
    let text = reader.text();
    let sums = |pick: fn(&Tracked) -> f64| -> Vec<f64> {
        let mut sum = 0.0;
        let values = check.tracked.iter().map(|tracked| {
            sum += pick(tracked);
            if cumulated { sum } else { pick(tracked) }
        });
        values.collect()
    };
    let (actual, expected) = (sums(|tracked| tracked.actual), sums(|tracked| tracked.expected));
    let unit = units(check.unit, reader.lang);
    let write = |value: f64| reader.show.count(value.round() as i64);
    let series = |name: &str, role: Role, values: &[f64]| LineSeries {
        name: name.into(),
        role,
        area: false,
        points: check
            .tracked
            .iter()
            .zip(values)
            .map(|(tracked, &value)| Point {
                x: tracked.at,
                mark: Mark::new(
                    format!("{} {unit} · {name}", reader.number(tracked.at)),
                    value,
                    write(value),
                )
                .role(role),
            })
            .collect(),
    };
    let x = Axis::covering(unit, check.tracked.iter().map(|tracked| tracked.at).chain([0.0]), |at| {
        reader.show.number(at, 0)
    });
    let y = Axis::from_zero(
        if cumulated { text.cumulative_title } else { text.weekly_title },
        actual.iter().chain(&expected).copied(),
        write,
    );
    let lines =
        vec![series(text.actual, Role::Accent1, &actual), series(text.expected, Role::CantTell, &expected)];
    let mut lines = lines_of(x, y, "", lines);
    let cut = f64::from(check.calibration_end.0 - check.from.0) / check.unit.days();
    lines.verticals.push(Reference { at: cut, label: text.held_out.into() });
    let last = |values: &[f64]| values.last().copied().unwrap_or(0.0);
    let title = if cumulated && last(&actual) > 0.0 {
        let off = reader.percent((last(&expected) / last(&actual) - 1.0).abs());
        let more = last(&expected) > last(&actual);
        reader.lang.pick(
            format!("At the end the model has {off} too {}", if more { "many" } else { "few" }),
            format!("到最後，模型{} {off}", if more { "多估" } else { "少估" }),
        )
    } else {
        let title = if cumulated { text.cumulative_title } else { text.weekly_title };
        title.to_string()
    };
    let subtitle = if cumulated { text.cumulative_title } else { text.weekly_title };
    spec(title, format!("{subtitle} · {}", check.model.name()), Marks::Lines(lines))
}

/// What was expected in the time held out, and what came, by the purchases before it.
pub fn by_frequency(check: &Check, reader: Reader) -> ChartSpec {
    let bins = &check.by_frequency;
    let names = bins.iter().map(|bin| bin_name(bin.x, bin.and_more)).collect();
    let values: Vec<(f64, f64)> = bins.iter().map(|bin| (bin.actual, bin.expected)).collect();
    let write = |value: f64| reader.show.number(value, 2);
    let y = Axis::from_zero(reader.text().purchases, values.iter().flat_map(|pair| [pair.0, pair.1]), write);
    let bars = pairs(reader.text().repeat_frequency, names, &values, y, reader, &write);
    let worst = bins.iter().map(|bin| (bin.actual - bin.expected).abs()).fold(0.0, f64::max);
    let worst = reader.number(worst);
    let title = reader.lang.pick(
        format!("The largest gap is {worst} purchases per customer"),
        format!("差距最大的一組，每位相差 {worst} 次"),
    );
    spec(title, reader.text().by_x_title.into(), Marks::Bars(bars))
}

/// Ten groups by what the model said of them: what happened against it.
pub fn calibration(check: &Check, reader: Reader) -> ChartSpec {
    let text = reader.text();
    let groups = &check.calibration;
    let names = groups.iter().map(|group| reader.show.percent(group.expected, 0)).collect();
    let values: Vec<(f64, f64)> = groups.iter().map(|group| (group.actual, group.expected)).collect();
    let y = Axis::from_zero(text.happened, values.iter().flat_map(|pair| [pair.0, pair.1]), |share| {
        reader.show.percent(share, 0)
    });
    let bars = pairs(text.said, names, &values, y, reader, &|share| reader.percent(share));
    let weight: u64 = groups.iter().map(|group| group.customers).sum();
    let off: f64 = groups.iter().map(|g| g.customers as f64 * (g.actual - g.expected).abs()).sum();
    let off = reader.percent(off / weight.max(1) as f64);
    let title = reader.lang.pick(
        format!("What was said is {off} points off on average").replace("% points", " points"),
        format!("預測的機率平均相差 {off}"),
    );
    spec(title, text.calibration_title.into(), Marks::Bars(bars))
}
