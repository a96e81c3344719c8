//! Five percent: the profit stack by year of tenure, what a few points of retention are worth, and the critique.

use super::draw::{
    LinesOf, cell, first_margin, horizontal, line, math, plain, row, stacked, step, table, timing,
};
use super::formula::{convention_name, conventions};
use super::inputs::FIVE;
use crate::charts::sheet::{Sheet, SheetFigure, SheetTable};
use crate::charts::spec::{Axis, BarSeries, ChartSpec, Mark, Reference, Role};
use crate::core::clv::conventions::Convention;
use crate::core::clv::margin_multiple::mean_lifetime;
use crate::core::clv::profit_stack::{INDUSTRIES, PARTS, ProfitStack, Source, Year};
use crate::core::clv::refusal::Refusal;
use crate::core::explain::{Math, Step};
use crate::core::grading::Label;
use crate::core::inputs::{Kind, Values, Words};
use crate::core::reader::{DASH, Reader};
use crate::core::sensitivity::Model;

/// What the sensitivity panel varies.
pub static MODEL: Model = Model {
    inputs: &FIVE,
    title: ("Worth of the points, per customer", "這些百分點對每位顧客的價值"),
    kind: Kind::Money,
    work: |values| worth(values).map_err(|refusal| refusal.label()),
};

/// The parts of the stack, in the words of slide A28.
const NAMES: [Words; PARTS] = [
    ("Base profit", "基本利益"),
    ("More purchases", "更多的購買"),
    ("Lower costs", "降低成本"),
    ("Referrals", "推薦顧客"),
    ("Higher prices", "更高單價"),
];

/// Years of tenure that the stack's picture shows.
const DRAWN_YEARS: usize = 10;

fn stack(values: &Values) -> ProfitStack {
    ProfitStack {
        acquisition: values.get("acquisition"),
        base: values.get("base"),
        more_each_year: ["purchases", "savings", "referrals", "prices"].map(|name| values.get(name)),
        growing_years: values.get("growing") as u32,
        retention: values.get("retention"),
        discount: values.get("discount"),
        years: values.get("years") as u32,
        first: first_margin(values),
    }
}

fn worth(values: &Values) -> Result<f64, Refusal> {
    let stack = stack(values);
    Ok(stack.moved(values.get("points")).value()? - stack.value()?)
}

/// # Errors
/// Why there is no value, in both languages.
pub fn sheet(values: &Values, reader: Reader) -> Result<Sheet, Label> {
    worked(values, reader).map_err(|refusal| refusal.label())
}

fn worked(values: &Values, reader: Reader) -> Result<Sheet, Refusal> {
    let stack = stack(values);
    let (points, retention) = (values.get("points"), stack.retention);
    let (better, worse) = (stack.moved(points), stack.moved(-points));
    let (before, after) = (stack.value()?, better.value()?);
    let growth = (before > 0.0).then(|| (after - before) / before);
    let convention = timing(stack.first, reader);
    let percent = |rate: f64| reader.exact_percent(rate);
    let life = |rate: f64| mean_lifetime(rate).map_or_else(|| DASH.into(), |life| reader.number(life, 1));
    let growth_text = growth.map_or_else(|| DASH.into(), |growth| reader.change(growth, 0));
    let figures = vec![
        SheetFigure::new(
            reader.pick(
                format!("Profit of a customer, {} → {}", percent(retention), percent(better.retention)),
                format!("每位顧客的利潤，{} → {}", percent(retention), percent(better.retention)),
            ),
            growth_text,
            convention.clone(),
        ),
        SheetFigure::new(
            reader.pick("Worth of the points, per customer", "這些百分點對每位顧客的價值"),
            reader.money(after - before),
            reader.pick(
                format!("{} → {}", reader.money(before), reader.money(after)),
                format!("{} → {}", reader.money(before), reader.money(after)),
            ),
        ),
        SheetFigure::new(
            reader.pick("Mean lifetime", "平均往來年數"),
            format!("{} → {}", life(retention), life(better.retention)),
            reader.pick("years: 1 / (1 − r)", "年：1／(1 − r)"),
        ),
        SheetFigure::new(
            reader.pick("The same points less", "若減少同樣的百分點"),
            worse.value().map_or_else(|_| DASH.into(), |value| reader.money(value - before)),
            percent(worse.retention.max(0.0)),
        ),
    ];
    let warnings = match growth {
        None => vec![
            reader
                .pick(
                    "At the retention rate now a customer does not earn back what winning costs, so there is no growth in per cent; the worth in money holds.",
                    "以目前的保留率，顧客賺不回建立成本，因此沒有成長百分比；金額仍然成立。",
                )
                .into(),
        ],
        Some(_) => Vec::new(),
    };
    let years = stack.years()?;
    Ok(Sheet {
        figures,
        warnings,
        notes: critique(reader),
        charts: vec![
            stack_chart(&stack, &years, reader),
            growth_chart(values, reader),
            industries_chart(Source::ReichheldSasser1990, reader),
            industries_chart(Source::Reichheld1996, reader),
        ],
        tables: vec![
            conventions(retention, stack.discount, points, reader),
            year_table(&years, &better.years()?, &convention, [retention, better.retention], reader),
        ],
        steps: steps(&stack, &better, before, after, reader),
    })
}

/// What must stand beside the figures (both readings in one place).
fn critique(reader: Reader) -> Vec<String> {
    reader
        .pick(
            [
                "Going from 10% to 5% defection halves the defections and doubles the mean lifetime: much of the famous growth is this arithmetic, and it needs a retention rate that is high already.",
                "The profit of a customer is not the profit of the firm: the firm also pays for fixed costs and for keeping the customer, and customers who are kept with money are not those who would have stayed.",
            ],
            [
                "流失率由 10% 降到 5%，等於流失減半、平均往來年數加倍：那些著名的成長率大半來自這個算術，而且前提是保留率已經很高。",
                "一位顧客的利潤不等於公司的利潤：公司還要負擔固定成本與留住顧客的花費，花錢留住的顧客也不同於本來就會留下的顧客。",
            ],
        )
        .map(String::from)
        .into()
}

fn year_name(year: u32, reader: Reader) -> String {
    reader.pick(format!("Year {year}"), format!("第 {year} 年"))
}

fn stack_chart(stack: &ProfitStack, years: &[Year], reader: Reader) -> ChartSpec {
    let drawn = &years[..years.len().min(DRAWN_YEARS)];
    let names = std::iter::once(reader.pick("Winning", "建立").to_string())
        .chain(drawn.iter().map(|year| year_name(year.year, reader)));
    let categories: Vec<String> = names.collect();
    let mark = |category: &str, name: &str, amount: f64, role: Role| {
        Mark::new(format!("{category} · {name}"), amount, reader.money(amount)).role(role)
    };
    let cost_name = reader.pick("Acquisition cost", "新顧客建立成本");
    let cost = BarSeries {
        name: cost_name.into(),
        marks: categories
            .iter()
            .enumerate()
            .map(|(at, category)| {
                mark(category, cost_name, if at == 0 { -stack.acquisition } else { 0.0 }, Role::Below)
            })
            .collect(),
    };
    let parts: Vec<BarSeries> = NAMES
        .iter()
        .enumerate()
        .map(|(part, words)| {
            let name = reader.pick(words.0, words.1);
            let amounts = std::iter::once(0.0).chain(drawn.iter().map(|year| year.parts[part]));
            let marks = categories.iter().zip(amounts);
            BarSeries {
                name: name.into(),
                marks: marks
                    .map(|(category, amount)| mark(category, name, amount, Role::ordered(part, PARTS)))
                    .collect(),
            }
        })
        .collect();
    let first = drawn.first().map_or(0.0, |year| year.profit);
    let last = drawn.last().map_or(0.0, |year| year.profit);
    let count = drawn.len() as u32;
    stacked(
        [
            reader.pick(
                format!(
                    "A customer brings {} in the first year, {} in year {count}",
                    reader.money(first),
                    reader.money(last)
                ),
                format!("顧客第一年帶來 {}，第 {count} 年帶來 {}", reader.money(first), reader.money(last)),
            ),
            reader
                .pick(
                    "Profit by year of tenure, of a customer who stays (A28)",
                    "一直往來的顧客，逐年的利潤（A28）",
                )
                .into(),
            reader.pick("Year of tenure", "往來年數").into(),
            reader.pick("Part", "項目").into(),
        ],
        categories,
        Axis::from_zero(
            reader.pick("Profit", "利潤"),
            drawn.iter().map(|year| year.profit).chain([-stack.acquisition]),
            |amount| reader.money(amount),
        ),
        std::iter::once(cost).chain(parts).collect(),
    )
}

/// Growth from the same points at every retention rate, under each convention, against what the slides say.
fn growth_chart(values: &Values, reader: Reader) -> ChartSpec {
    let (points, discount, now) = (values.get("points"), values.get("discount"), values.get("retention"));
    let rates: Vec<f64> =
        (10..=47).map(|at| f64::from(at) * 0.02).filter(|rate| rate + points < 0.999).collect();
    let roles = [Role::Accent1, Role::Accent3, Role::Above, Role::Below];
    let series: Vec<_> = Convention::ALL
        .into_iter()
        .zip(roles)
        .map(|(convention, role)| {
            let grown = rates
                .iter()
                .filter_map(|&rate| Some((rate, convention.growth(rate, discount, points).ok()?)));
            line(
                convention_name(convention, reader),
                role,
                grown.map(|(rate, growth)| (rate, reader.percent(rate, 0), growth, reader.change(growth, 0))),
            )
        })
        .collect();
    let amounts: Vec<f64> = series
        .iter()
        .flat_map(|line| line.points.iter().map(|point| point.mark.amount))
        .chain([1.0])
        .collect();
    let written = reader.exact(points * 100.0);
    LinesOf {
        title: reader.pick(
            format!("{written} points more are worth the more, the higher retention is already"),
            format!("保留率愈高，再多 {written} 個百分點就愈值錢"),
        ),
        subtitle: reader
            .pick(
                "Growth of value for level margins, before acquisition cost, by four conventions; dashed: what the slides say",
                "毛利固定、未扣建立成本時的價值成長，四種算法；虛線是投影片上的數字",
            )
            .into(),
        x: Axis::covering(reader.pick("Retention rate before", "原來的保留率"), [0.2, 0.95], |rate| {
            reader.percent(rate, 0)
        }),
        y: Axis::from_zero(reader.pick("Growth of value", "價值成長"), amounts, |growth| reader.percent(growth, 0)),
        series_title: reader.pick("Convention", "時間慣例").into(),
        series,
        references: [("25%（A27）", 0.25), ("85%（A27）", 0.85), ("100%（A59）", 1.0)]
            .into_iter()
            .map(|(label, at)| Reference {
                at,
                label: reader.pick(label.replace('（', " (").replace('）', ")"), label.into()),
            })
            .collect(),
        verticals: vec![Reference {
            at: now,
            label: reader.pick(
                format!("now {}", reader.exact_percent(now)),
                format!("目前 {}", reader.exact_percent(now)),
            ),
        }],
    }
    .spec()
}

fn industries_chart(source: Source, reader: Reader) -> ChartSpec {
    let of = INDUSTRIES.iter().filter(|industry| industry.source == source);
    let bars = of.map(|industry| {
        let name = reader.pick(industry.name.0, industry.name.1).to_string();
        let value = format!("{}%", reader.number(industry.growth, 0));
        (name.clone(), Mark::new(name, industry.growth, value))
    });
    let (year, paper) = match source {
        Source::ReichheldSasser1990 => (1990, "Reichheld & Sasser, Harvard Business Review 68, 1990"),
        Source::Reichheld1996 => (1996, "Reichheld, The Loyalty Effect, 1996"),
    };
    horizontal(
        [
            reader.pick(
                format!(
                    "Published in {year}: five points fewer defections, {}",
                    if year == 1990 { "30–125% more profit" } else { "35–95% more profit" }
                ),
                format!(
                    "{year} 年發表：流失減少 5 個百分點，利潤增加 {}",
                    if year == 1990 { "30–125%" } else { "35–95%" }
                ),
            ),
            reader.pick(format!("Source: {paper} (A27, A58)"), format!("來源：{paper}（A27、A58）")),
            reader.pick("Industry", "行業").into(),
            reader.pick("Growth of profit", "利潤成長").into(),
        ],
        bars,
    )
}

fn year_table(
    now: &[Year],
    better: &[Year],
    convention: &str,
    rates: [f64; 2],
    reader: Reader,
) -> SheetTable {
    let rows = now.iter().zip(better).map(|(year, better)| {
        let mut cells = vec![plain(year.year.to_string())];
        cells.extend(year.parts.iter().map(|&part| cell(reader.money(part), part)));
        cells.push(cell(reader.money(year.profit), year.profit));
        for year in [year, better] {
            cells.push(cell(reader.percent(year.survival, 1), year.survival));
            cells.push(cell(reader.money(year.cumulated), year.cumulated));
        }
        cells
    });
    let mut heads = vec![reader.pick("Year", "年").to_string()];
    heads.extend(NAMES.map(|words| reader.pick(words.0, words.1).to_string()));
    heads.push(reader.pick("Profit", "利潤").into());
    for rate in rates {
        let rate = reader.exact_percent(rate);
        heads.push(reader.pick(format!("Still there at {rate}"), format!("{rate} 的存活率")));
        heads.push(reader.pick(format!("Cumulated at {rate}"), format!("{rate} 的累計現值")));
    }
    table(
        reader.pick("Year by year, with and without the points", "逐年比較：有與沒有這些百分點"),
        reader.pick(
            format!("Present values, less the acquisition cost; {convention}."),
            format!("現值，已扣建立成本；{convention}。"),
        ),
        heads,
        rows.collect(),
    )
}

fn steps(stack: &ProfitStack, better: &ProfitStack, before: f64, after: f64, reader: Reader) -> Vec<Step> {
    let percent = |rate: f64| reader.exact_percent(rate);
    let life = |rate: f64| {
        let left = reader.exact(((1.0 - rate) * 1e9).round() / 1e9);
        let result = mean_lifetime(rate).map_or_else(|| "∞".into(), |life| reader.number(life, 1));
        row([
            Math::fraction(math("1"), math(&format!("1 − {}", reader.exact(rate)))),
            math("="),
            Math::fraction(math("1"), math(&left)),
            math(&format!("= {result}")),
        ])
    };
    let more: f64 = stack.more_each_year.iter().sum();
    let mut all = vec![
        step(
            reader.pick(
                format!(
                    "Profit by year of tenure: the base, and on top of it {} more with every year, for {} years.",
                    reader.price(more), stack.growing_years
                ),
                format!("逐年利潤：基本利益，另加每年遞增的 {}，連續 {} 年。", reader.price(more), stack.growing_years),
            ),
            vec![math(&format!("{} + {} × ( t − 1 )", reader.price(stack.base), reader.price(more)))],
        ),
        step(
            reader.pick(
                format!("Mean lifetimes at {} and {}.", percent(stack.retention), percent(better.retention)),
                format!("保留率 {} 與 {} 的平均往來年數。", percent(stack.retention), percent(better.retention)),
            ),
            vec![life(stack.retention), life(better.retention)],
        ),
        step(
            reader.pick(
                format!(
                    "Each year’s profit times survival and discount factor, summed up over {} years, less the acquisition cost ({}).",
                    stack.years, timing(stack.first, reader)
                ),
                format!("每年利潤乘以存活率與折現因子，合計 {} 年，再減去建立成本（{}）。", stack.years, timing(stack.first, reader)),
            ),
            vec![
                math(&format!("V ( {} ) = {}", percent(stack.retention), reader.money(before))),
                math(&format!("V ( {} ) = {}", percent(better.retention), reader.money(after))),
            ],
        ),
    ];
    if before > 0.0 {
        all.push(step(
            reader.pick("The difference as a share of the value before.", "差額佔原來價值的比率。"),
            vec![row([
                Math::fraction(
                    math(&format!("{} − {}", reader.money(after), reader.money(before))),
                    math(&reader.money(before)),
                ),
                math(&format!("= {}", reader.change((after - before) / before, 1))),
            ])],
        ));
    }
    all
}
