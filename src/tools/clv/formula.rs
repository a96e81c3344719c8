//! The formula: lifetime value from one margin and one retention rate, in four forms.

use super::draw::{
    LinesOf, cell, first_margin, line, math, over, periods_axis, plain, row, step, table, timing,
};
use super::inputs::{BERGER_NASR, BEST, FOR_EVER, FORMULA, SO_MANY_YEARS};
use crate::charts::sheet::{Sheet, SheetFigure, SheetTable};
use crate::charts::spec::{Axis, ChartSpec, Reference, Role};
use crate::core::clv::berger_nasr::Case1;
use crate::core::clv::conventions::Convention;
use crate::core::clv::discounting::{FirstMargin, annuity, part_year_annuity, value_of_life};
use crate::core::clv::margin_multiple::{Horizon, Terms, mean_lifetime};
use crate::core::clv::refusal::Refusal;
use crate::core::explain::Step;
use crate::core::grading::Label;
use crate::core::inputs::{Kind, Values};
use crate::core::reader::{DASH, Reader};
use crate::core::sensitivity::Model;

/// What the sensitivity panel varies.
pub static MODEL: Model = Model {
    inputs: &FORMULA,
    title: ("Lifetime value", "顧客終身價值"),
    kind: Kind::Money,
    work: |values| net(values).map_err(|refusal| refusal.label()),
};

/// Years that a table shows where the value goes on for ever.
const SHOWN_YEARS: u32 = 15;

/// One line of the year table, whichever form it comes from.
struct Year {
    time: f64,
    survival: Option<f64>,
    discount_factor: f64,
    margin: f64,
    present_value: f64,
    cumulated: f64,
}

fn terms(values: &Values) -> Terms {
    Terms {
        margin: values.get("margin"),
        retention: values.get("retention"),
        discount: values.get("discount"),
        growth: values.get("growth"),
        acquisition: values.get("acquisition"),
        horizon: match values.choice("method") {
            SO_MANY_YEARS => Horizon::Periods(values.get("years") as u32),
            _ => Horizon::ForEver,
        },
        first: first_margin(values),
    }
}

fn case1(values: &Values) -> Case1 {
    Case1 {
        contribution: values.get("margin"),
        promotion: values.get("promotion"),
        retention: values.get("retention"),
        discount: values.get("discount"),
        years: values.get("years") as u32,
    }
}

/// The value less the acquisition cost.
fn net(values: &Values) -> Result<f64, Refusal> {
    match values.choice("method") {
        BERGER_NASR => Ok(case1(values).value()? - values.get("acquisition")),
        BEST => value_of_life(
            values.get("margin"),
            values.get("discount"),
            values.get("life"),
            values.get("acquisition"),
        ),
        _ => terms(values).net(),
    }
}

fn years(values: &Values) -> Result<Vec<Year>, Refusal> {
    let acquisition = values.get("acquisition");
    let mut cumulated = -acquisition;
    match values.choice("method") {
        BERGER_NASR => Ok(case1(values)
            .years()?
            .into_iter()
            .map(|year| Year {
                time: f64::from(year.year),
                survival: Some(year.survival),
                discount_factor: year.discount_factor,
                margin: values.get("margin"),
                present_value: year.contribution - year.promotion,
                cumulated: year.cumulated - acquisition,
            })
            .collect()),
        BEST => {
            let (life, discount, margin) = (values.get("life"), values.get("discount"), values.get("margin"));
            let mut before = 0.0;
            let year = |at: u32| {
                let factor = part_year_annuity(discount, life.min(f64::from(at)));
                let (share, present_value) = (factor - before, margin * (factor - before));
                before = factor;
                cumulated += present_value;
                let discount_factor = annuity(discount, at) - annuity(discount, at - 1);
                let survival = Some(share / discount_factor).filter(|_| discount_factor > 0.0);
                Year { time: f64::from(at), survival, discount_factor, margin, present_value, cumulated }
            };
            net(values)?;
            Ok((1..=life.ceil() as u32).map(year).collect())
        }
        _ => Ok(terms(values)
            .periods(match values.choice("method") {
                FOR_EVER => SHOWN_YEARS,
                _ => u32::MAX,
            })?
            .into_iter()
            .map(|period| Year {
                time: period.time,
                survival: Some(period.survival),
                discount_factor: period.discount_factor,
                margin: period.margin,
                present_value: period.present_value,
                cumulated: period.cumulated,
            })
            .collect()),
    }
}

/// The time at which the cumulated value first is not negative.
fn payback(values: &Values, years: &[Year]) -> Result<Option<f64>, Refusal> {
    match values.choice("method") {
        BERGER_NASR | BEST if values.get("acquisition") == 0.0 => Ok(Some(0.0)),
        BERGER_NASR | BEST => Ok(years.iter().find(|year| year.cumulated >= 0.0).map(|year| year.time)),
        _ => terms(values).payback(),
    }
}

fn convention(values: &Values, reader: Reader) -> String {
    match values.choice("method") {
        BERGER_NASR => reader
            .pick("first contribution now, cost of keeping in mid-year", "第一筆貢獻在現在，維繫成本在年中")
            .into(),
        BEST => reader.pick("cash flow at the end of each year", "每年年底的現金流量").into(),
        _ => timing(first_margin(values), reader),
    }
}

/// # Errors
/// Why there is no value, in both languages.
pub fn sheet(values: &Values, reader: Reader) -> Result<Sheet, Label> {
    worked(values, reader).map_err(|refusal| refusal.label())
}

fn worked(values: &Values, reader: Reader) -> Result<Sheet, Refusal> {
    let (net, years) = (net(values)?, years(values)?);
    let acquisition = values.get("acquisition");
    let gross = net + acquisition;
    let paid = payback(values, &years)?;
    let convention = convention(values, reader);
    let ratio = if acquisition > 0.0 { Some(gross / acquisition) } else { None };
    let mut figures = vec![
        SheetFigure::new(
            reader.pick("Lifetime value", "顧客終身價值"),
            reader.money(net),
            convention.clone(),
        ),
        SheetFigure::new(
            reader.pick("Before acquisition cost", "扣除建立成本之前"),
            reader.money(gross),
            reader.pick("present value of all margins", "所有毛利的現值"),
        ),
        payback_figure(paid, reader),
        SheetFigure::new(
            reader.pick("Value : acquisition cost", "價值：建立成本"),
            ratio.map_or_else(|| DASH.into(), |ratio| format!("{} : 1", reader.number(ratio, 1))),
            reader.pick("CLV : CAC", "CLV：CAC"),
        ),
    ];
    if values.choice("method") != BEST {
        let life = mean_lifetime(values.get("retention"));
        figures.push(SheetFigure::new(
            reader.pick("Mean lifetime", "平均往來年數"),
            life.map_or_else(|| DASH.into(), |life| reader.number(life, 1)),
            reader.pick("years: 1 / (1 − r)", "年：1／(1 − r)"),
        ));
    }
    let mut charts = vec![cumulated_chart(values, &years, paid, &convention, reader)];
    charts.extend(by_retention(values, reader));
    let mut tables = vec![year_table(&years, &convention, reader)];
    if values.choice("method") != BEST {
        tables.push(conventions_table(values, reader));
    }
    let steps = steps(values, gross, net, reader);
    Ok(Sheet { figures, charts, tables, steps, ..Sheet::default() })
}

fn payback_figure(paid: Option<f64>, reader: Reader) -> SheetFigure {
    let (value, note) = match paid {
        Some(time) => (
            reader.exact(time),
            reader.pick("years until the cost is earned back", "年後回收建立成本（以現值計）"),
        ),
        None => (DASH.into(), reader.pick("the cost is never earned back", "永遠無法回收建立成本")),
    };
    SheetFigure::new(reader.pick("Payback", "回收期間"), value, note)
}

fn cumulated_chart(
    values: &Values,
    years: &[Year],
    paid: Option<f64>,
    convention: &str,
    reader: Reader,
) -> ChartSpec {
    let start = (0.0, -values.get("acquisition"));
    // With the first margin now, the first point stands on top of the start: the start shows the cost alone.
    let points = std::iter::once(start).chain(years.iter().map(|year| (year.time, year.cumulated)));
    let points: Vec<(f64, f64)> = points.collect();
    let last = points.last().map_or(0.0, |point| point.0);
    let year = |time: f64| {
        reader.pick(format!("Year {}", reader.exact(time)), format!("第 {} 年", reader.exact(time)))
    };
    let title = match paid {
        Some(time) => reader.pick(
            format!("The acquisition cost is earned back after {} years", reader.exact(time)),
            format!("建立成本在 {} 年後回收", reader.exact(time)),
        ),
        None => reader.pick("The acquisition cost is not earned back", "建立成本無法回收").into(),
    };
    LinesOf {
        title,
        subtitle: reader.pick(
            format!("Cumulated present value of a customer; {convention}"),
            format!("一位顧客的累計現值；{convention}"),
        ),
        x: periods_axis(reader.pick("Year", "年"), 0.0, last.max(1.0)),
        y: Axis::from_zero(
            reader.pick("Cumulated present value", "累計現值"),
            points.iter().map(|point| point.1),
            |amount| reader.money(amount),
        ),
        series_title: String::new(),
        series: vec![line(
            "",
            Role::Accent1,
            points.iter().map(|&(time, value)| (time, year(time), value, reader.money(value))),
        )],
        references: vec![Reference { at: 0.0, label: reader.pick("earned back", "回收").into() }],
        verticals: paid
            .filter(|&time| time <= last)
            .map(|at| Reference { at, label: reader.pick("payback", "回收期間").into() })
            .into_iter()
            .collect(),
    }
    .spec()
}

/// A curve as it is drawn: its name, its colour, its points.
type Curve = (String, Role, Vec<(f64, f64)>);

/// The value over all retention rates, under both timings where the form has them.
fn by_retention(values: &Values, reader: Reader) -> Option<ChartSpec> {
    let now = values.get("retention");
    let curve = |set: &dyn Fn(f64) -> Values| {
        let rates = (0..=49).map(|at| f64::from(at) * 0.02);
        let found = rates.filter_map(|rate| Some((rate, net(&set(rate)).ok()?)));
        found.collect::<Vec<_>>()
    };
    let lines: Vec<Curve> = match values.choice("method") {
        BEST => return None,
        BERGER_NASR => {
            let set = |rate| values.with("retention", rate);
            vec![(String::new(), Role::Accent1, curve(&set))]
        }
        _ => [(FirstMargin::AfterOnePeriod, 0.0, Role::Accent1), (FirstMargin::Now, 1.0, Role::Accent3)]
            .into_iter()
            .map(|(first, at, role)| {
                let set = |rate| values.with("retention", rate).with("first", at);
                (timing(first, reader), role, curve(&set))
            })
            .collect(),
    };
    let at = |rate: f64| net(&values.with("retention", rate));
    let five = match (at(now), at(((now + 0.05) * 1e9).round() / 1e9)) {
        (Ok(before), Ok(after)) if now + 0.05 <= 1.0 => reader.pick(
            format!(
                "Five points more than {} are worth {} a customer",
                reader.exact_percent(now),
                reader.money(after - before)
            ),
            format!(
                "保留率由 {} 再提高 5 個百分點，每位顧客多 {}",
                reader.exact_percent(now),
                reader.money(after - before)
            ),
        ),
        _ => reader.pick("The value rises ever faster with retention", "保留率愈高，價值上升愈快").into(),
    };
    let amounts: Vec<f64> =
        lines.iter().flat_map(|(_, _, points)| points.iter().map(|point| point.1)).collect();
    Some(
        LinesOf {
            title: five,
            subtitle: reader
                .pick(
                    "Lifetime value by retention rate; move the slider",
                    "各種保留率之下的終身價值；移動滑桿試試",
                )
                .into(),
            x: Axis::covering(reader.pick("Retention rate", "保留率"), [0.0, 1.0], |rate| {
                reader.percent(rate, 0)
            }),
            y: Axis::from_zero(reader.pick("Lifetime value", "顧客終身價值"), amounts, |value| {
                reader.money(value)
            }),
            series_title: reader.pick("Convention", "時間慣例").into(),
            series: lines
                .into_iter()
                .map(|(name, role, points)| {
                    line(
                        name,
                        role,
                        points
                            .into_iter()
                            .map(|(rate, value)| (rate, reader.percent(rate, 0), value, reader.money(value))),
                    )
                })
                .collect(),
            references: Vec::new(),
            verticals: vec![Reference {
                at: now,
                label: reader.pick(
                    format!("now {}", reader.exact_percent(now)),
                    format!("目前 {}", reader.exact_percent(now)),
                ),
            }],
        }
        .spec(),
    )
}

fn year_table(years: &[Year], convention: &str, reader: Reader) -> SheetTable {
    let rows = years.iter().map(|year| {
        vec![
            plain(reader.exact(year.time)),
            match year.survival {
                Some(survival) => cell(reader.percent(survival, 1), survival),
                None => plain(DASH),
            },
            cell(reader.number(year.discount_factor, 4), year.discount_factor),
            cell(reader.money(year.margin), year.margin),
            cell(reader.money(year.present_value), year.present_value),
            cell(reader.money(year.cumulated), year.cumulated),
        ]
    });
    table(
        reader.pick("Year by year", "逐年計算"),
        reader.pick(
            format!("{}. The last column begins below zero by the acquisition cost.", capital(convention)),
            format!("{convention}。最右欄從負的建立成本開始累計。"),
        ),
        reader.pick(
            ["Year", "Still there", "Discount factor", "Margin", "Present value", "Cumulated"],
            ["年", "存活率", "折現因子", "毛利", "現值", "累計"],
        ),
        rows.collect(),
    )
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// The name of a convention.
pub fn convention_name(convention: Convention, reader: Reader) -> &'static str {
    match convention {
        Convention::AfterOnePeriod => {
            reader.pick("Margin multiple, first margin after one year", "毛利倍數，第一筆毛利在一年之後")
        }
        Convention::Now => reader.pick("Margin multiple, first margin now", "毛利倍數，第一筆毛利在現在"),
        Convention::MeanLifetime => reader.pick("Mean lifetime, discounted", "平均往來年數，折現"),
        Convention::Undiscounted => reader.pick("Mean lifetime, not discounted", "平均往來年數，不折現"),
    }
}

/// The same five points under every convention: at 60, 70, 80, 90 % and at the reader's own rate.
pub fn conventions(retention: f64, discount: f64, points: f64, reader: Reader) -> SheetTable {
    let rates = [0.6, 0.7, 0.8, 0.9];
    let own = (!rates.contains(&retention)).then_some(retention);
    let rows = Convention::ALL.map(|convention| {
        let multiple = convention.multiple(retention, discount);
        let growth = |rate: f64| match convention.growth(rate, discount, points) {
            Ok(growth) => cell(reader.change(growth, 1), growth),
            Err(_) => plain(DASH),
        };
        let first = [
            plain(convention_name(convention, reader)),
            multiple.map_or_else(|_| plain(DASH), |multiple| cell(reader.number(multiple, 2), multiple)),
        ];
        first.into_iter().chain(rates.into_iter().chain(own).map(growth)).collect()
    });
    let percent = |rate: f64| reader.exact_percent(rate);
    let heads = rates.into_iter().chain(own).map(|rate| {
        let (from, to) = (percent(rate), percent(((rate + points) * 1e9).round() / 1e9));
        format!("{from} → {to}")
    });
    let first = reader.pick(
        ["Convention".to_string(), format!("Multiple at {}", percent(retention))],
        ["時間慣例".to_string(), format!("{} 的倍數", percent(retention))],
    );
    table(
        reader.pick("Why the slides say 25–85% and 100%", "為什麼投影片說 25–85%，又說 100%"),
        reader.pick(
            "How much the value of a customer with level margins grows, before acquisition cost. Slide A27’s 25–85% and \
             slide A59’s 100% are no contradiction: they start from other retention rates and count in other ways.",
            "毛利固定的顧客，價值成長多少（未扣建立成本）。投影片 A27 的 25–85% 與 A59 的 100% 並不矛盾：起點的保留率不同，算法也不同。",
        ),
        first.into_iter().chain(heads),
        rows.into(),
    )
}

fn conventions_table(values: &Values, reader: Reader) -> SheetTable {
    conventions(values.get("retention"), values.get("discount"), 0.05, reader)
}

fn steps(values: &Values, gross: f64, net: f64, reader: Reader) -> Vec<Step> {
    let money = |name: &str| reader.price(values.get(name));
    let rate = |name: &str| reader.exact_percent(values.get(name));
    let (m, a) = (money("margin"), money("acquisition"));
    let plain = |value: f64| reader.exact(value);
    let (r, i, g) = (values.get("retention"), values.get("discount"), values.get("growth"));
    let (one_i, left) = (plain(1.0 + i), 1.0 + i - r * (1.0 + g));
    let last = step(
        reader.pick("Less the cost of winning the customer.", "再減去新顧客建立成本。"),
        vec![math(&format!("{} − {a} = {}", reader.money(gross), reader.money(net)))],
    );
    let mut all = match values.choice("method") {
        FOR_EVER => {
            let now = first_margin(values) == FirstMargin::Now;
            let (top, numbers) = match now {
                true => ("m × ( 1 + i )", format!("{m} × {one_i}")),
                false => ("m × r", format!("{m} × {}", plain(r))),
            };
            vec![
                step(
                    reader.pick(
                        format!(
                            "A customer brings {m} a year and stays with {}; a margin in a year is worth 1 / {one_i} of one now.",
                            rate("retention")
                        ),
                        format!("一位顧客每年帶來 {m}，有 {} 會留下；一年後的毛利只值現在的 1／{one_i}。", rate("retention")),
                    ),
                    vec![math(&format!("m = {m}")), math(&format!("r = {}", plain(r))), math(&format!("i = {}", plain(i)))],
                ),
                step(
                    reader.pick(
                        format!("For ever, the sum of all these margins has a short form ({}).", timing(first_margin(values), reader)),
                        format!("無限期的總和可以化簡（{}）。", timing(first_margin(values), reader)),
                    ),
                    vec![
                        row([math("CLV ="), over(top, "1 + i − r × ( 1 + g )")]),
                        row([math("="), over(&numbers, &reader.number(left, 4)), math(&format!("= {}", reader.money(gross)))]),
                    ],
                ),
            ]
        }
        SO_MANY_YEARS => vec![step(
            reader.pick(
                format!(
                    "Each of the {} margins is multiplied by the probability that the customer is still there and by its discount factor; the table has each product ({}).",
                    values.get("years"),
                    timing(first_margin(values), reader)
                ),
                format!(
                    "{} 筆毛利逐一乘以存活率與折現因子；每一項都在表格裡（{}）。",
                    values.get("years"),
                    timing(first_margin(values), reader)
                ),
            ),
            vec![
                math("CLV = Σ m × r ᵗ / ( 1 + i ) ᵗ"),
                math(&format!("= {}", reader.money(gross))),
            ],
        )],
        BERGER_NASR => vec![step(
            reader.pick(
                format!(
                    "The contribution of {m} comes now and then every year as long as the customer stays; keeping the customer costs {} in the middle of each year.",
                    money("promotion")
                ),
                format!("貢獻 {m} 從現在開始，顧客留下就每年都有；維繫成本 {} 在每年年中支出。", money("promotion")),
            ),
            vec![
                math("CLV = GC × Σ rᵗ / ( 1 + d )ᵗ − M × Σ rᵗ⁻¹ / ( 1 + d )ᵗ⁻⁰·⁵"),
                math(&format!("= {}", reader.money(gross))),
            ],
        )],
        _ => {
            let (life, discount) = (values.get("life"), values.get("discount"));
            let (low, high) = (annuity(discount, life.floor() as u32), annuity(discount, life.floor() as u32 + 1));
            let factor = part_year_annuity(discount, life);
            vec![
                step(
                    reader.pick(
                        "A cash flow of 1 at the end of each year is worth the annuity factor; for part years one goes along the line between two whole years.",
                        "每年年底 1 元的現值是年金因子；不滿一年時，在兩個整年之間依比例取值。",
                    ),
                    vec![
                        math(&format!("a ( {} ) = {}", plain(life.floor()), reader.number(low, 4))),
                        math(&format!("a ( {} ) = {}", plain(life.floor() + 1.0), reader.number(high, 4))),
                        math(&format!("a ( {} ) = {}", plain(life), reader.number(factor, 4))),
                    ],
                ),
                step(
                    reader.pick("The cash flow times the factor.", "現金流量乘以年金因子。"),
                    vec![math(&format!("{m} × {} = {}", reader.number(factor, 4), reader.money(gross)))],
                ),
            ]
        }
    };
    all.push(last);
    all
}
