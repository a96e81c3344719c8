//! Customer migration by recency: who did not buy for a while may come back.

use super::answer::Recency;
use super::draw::{LinesOf, cell, first_margin, line, math, periods_axis, plain, stacked, step, table};
use super::inputs::DATA;
use super::options::ClvOptions;
use crate::charts::sheet::{Sheet, SheetFigure};
use crate::charts::spec::{Axis, BarSeries, Mark, Reference, Role};
use crate::core::clv::discounting::FirstMargin;
use crate::core::clv::margin_multiple::Horizon;
use crate::core::clv::migration::{Migration, Period};
use crate::core::clv::refusal::Refusal;
use crate::core::explain::Step;
use crate::core::grading::Label;
use crate::core::inputs::Values;
use crate::core::reader::Reader;

/// Periods that the pictures show.
const DRAWN: usize = 24;

/// # Errors
/// Why there is no value, in both languages.
pub fn sheet(
    options: &ClvOptions,
    values: &Values,
    data: Option<&Recency>,
    reader: Reader,
) -> Result<Sheet, Label> {
    let probabilities = match (values.choice("from"), data) {
        (DATA, Some(found)) => found.cells.iter().map(|cell| cell.rate()).collect(),
        _ => options.probabilities.clone(),
    };
    let migration = Migration {
        probabilities,
        contribution: values.get("margin"),
        promotion: values.get("promotion"),
        discount: values.get("discount"),
        periods: values.get("periods") as u32,
        // Here position 0 counts the first purchase.
        first: match first_margin(values) {
            FirstMargin::AfterOnePeriod => FirstMargin::Now,
            FirstMargin::Now => FirstMargin::AfterOnePeriod,
        },
    };
    let data = data.filter(|_| values.choice("from") == DATA);
    worked(&migration, data, reader).map_err(|refusal| refusal.label())
}

fn cell_name(at: usize, cells: usize, reader: Reader) -> String {
    match at {
        0 => reader.pick("bought now", "本期購買").into(),
        at if at < cells => reader.pick(format!("{at} ago"), format!("{at} 期前")),
        _ => reader.pick("lost", "流失").into(),
    }
}

fn worked(migration: &Migration, data: Option<&Recency>, reader: Reader) -> Result<Sheet, Refusal> {
    let (periods, value) = (migration.periods()?, migration.value()?);
    let cells = migration.probabilities.len();
    let for_ever = migration.chain(Horizon::ForEver).values().map(|values| values[0]);
    let counted = match migration.first {
        FirstMargin::Now => reader.pick("the first purchase counts, now", "計入現在的第一次購買"),
        FirstMargin::AfterOnePeriod => reader.pick("the first purchase is not counted", "不計入第一次購買"),
    };
    let purchases: f64 = periods.iter().skip(1).map(|period| period.cells[0]).sum();
    let last = periods.last().map_or(0.0, |period| 1.0 - period.cells[cells]);
    let figures = vec![
        SheetFigure::new(reader.pick("Lifetime value", "顧客終身價值"), reader.money(value), counted),
        SheetFigure::new(
            reader.pick("For ever", "無限期"),
            for_ever.map_or_else(|_| "–".into(), |value| reader.money(value)),
            reader.pick("the same as a Markov chain", "以馬可夫鏈計算"),
        ),
        SheetFigure::new(
            reader.pick("Further purchases", "之後的購買次數"),
            reader.number(purchases, 2),
            reader.pick(
                format!("expected in {} periods", migration.periods),
                format!("{} 期內的期望值", migration.periods),
            ),
        ),
        SheetFigure::new(
            reader.pick("Still addressed", "仍在行銷名單"),
            reader.percent(last, 1),
            reader.pick("at the end", "期末"),
        ),
    ];
    let drawn = &periods[..periods.len().min(DRAWN)];
    let charts = vec![by_recency(drawn, cells, reader), cumulated(drawn, counted, reader)];
    let tables = vec![period_table(&periods, cells, counted, reader)];
    let tables = data.map(|data| recency_table(data, reader)).into_iter().chain(tables).collect();
    Ok(Sheet { figures, charts, tables, steps: steps(migration, &periods, reader), ..Sheet::default() })
}

fn by_recency(periods: &[Period], cells: usize, reader: Reader) -> crate::charts::spec::ChartSpec {
    let categories: Vec<String> = periods.iter().map(|period| period.period.to_string()).collect();
    let series = (0..=cells).map(|at| {
        let name = cell_name(at, cells, reader);
        let role = if at == cells { Role::Neutral } else { Role::ordered(at, cells) };
        let marks = periods.iter().map(|period| {
            let label = reader.pick(
                format!("Period {} · {name}", period.period),
                format!("第 {} 期 · {name}", period.period),
            );
            Mark::new(label, period.cells[at], reader.percent(period.cells[at], 1)).role(role)
        });
        BarSeries { name: name.clone(), marks: marks.collect() }
    });
    let buying = periods.last().map_or(0.0, |period| period.cells[0]);
    stacked(
        [
            reader.pick(
                format!(
                    "In period {}, {} of the customers won buy",
                    periods.len() - 1,
                    reader.percent(buying, 1)
                ),
                format!("第 {} 期有 {} 的顧客購買", periods.len() - 1, reader.percent(buying, 1)),
            ),
            reader
                .pick(
                    "Where customers are, by the period of their last purchase",
                    "依最近一次購買的期別，顧客所在的位置",
                )
                .into(),
            reader.pick("Period", "期").into(),
            reader.pick("Last purchase", "最近購買").into(),
        ],
        categories,
        Axis::covering(reader.pick("Share of customers", "顧客佔比"), [0.0, 1.0], |share| {
            reader.percent(share, 0)
        }),
        series.collect(),
    )
}

fn cumulated(periods: &[Period], counted: &str, reader: Reader) -> crate::charts::spec::ChartSpec {
    let last = periods.last().map_or(0.0, |period| period.cumulated);
    let best =
        periods.iter().max_by(|a, b| a.cumulated.total_cmp(&b.cumulated)).map_or(0, |period| period.period);
    let title = match best as usize + 1 < periods.len() {
        true => reader.pick(
            format!("After period {best} a customer costs more than further purchases bring"),
            format!("第 {best} 期之後，行銷支出超過再次購買的貢獻"),
        ),
        false => reader.pick(
            format!("After {} periods a customer has brought {}", periods.len() - 1, reader.money(last)),
            format!("{} 期後，一位顧客累計帶來 {}", periods.len() - 1, reader.money(last)),
        ),
    };
    LinesOf {
        title,
        subtitle: reader.pick(format!("Cumulated present value; {counted}"), format!("累計現值；{counted}")),
        x: periods_axis(reader.pick("Period", "期"), 0.0, periods.len() as f64 - 1.0),
        y: Axis::from_zero(
            reader.pick("Cumulated present value", "累計現值"),
            periods.iter().map(|period| period.cumulated),
            |value| reader.money(value),
        ),
        series_title: String::new(),
        series: vec![line(
            "",
            Role::Accent1,
            periods.iter().map(|period| {
                let label =
                    reader.pick(format!("Period {}", period.period), format!("第 {} 期", period.period));
                (f64::from(period.period), label, period.cumulated, reader.money(period.cumulated))
            }),
        )],
        references: Vec::new(),
        verticals: (best as usize + 1 < periods.len())
            .then(|| Reference { at: f64::from(best), label: reader.pick("highest", "最高").into() })
            .into_iter()
            .collect(),
    }
    .spec()
}

fn period_table(
    periods: &[Period],
    cells: usize,
    counted: &str,
    reader: Reader,
) -> crate::charts::sheet::SheetTable {
    let mut heads = vec![reader.pick("Period", "期").to_string()];
    heads.extend((0..=cells).map(|at| cell_name(at, cells, reader)));
    heads.extend(
        reader.pick(["Profit", "Present value", "Cumulated"], ["利潤", "現值", "累計"]).map(String::from),
    );
    let rows = periods.iter().map(|period| {
        let mut row = vec![plain(period.period.to_string())];
        row.extend(period.cells.iter().map(|&share| cell(reader.percent(share, 1), share)));
        row.extend(
            [period.profit, period.present_value, period.cumulated]
                .map(|units| cell(reader.money(units), units)),
        );
        row
    });
    table(
        reader.pick("Period by period", "逐期計算"),
        reader.pick(format!("For each customer won; {counted}."), format!("每贏得一位顧客；{counted}。")),
        heads,
        rows.collect(),
    )
}

fn recency_table(data: &Recency, reader: Reader) -> crate::charts::sheet::SheetTable {
    let rows = data.cells.iter().enumerate().map(|(at, tally)| {
        vec![
            plain((at + 1).to_string()),
            cell(reader.count(tally.at_risk), tally.at_risk as f64),
            cell(reader.count(tally.bought), tally.bought as f64),
            cell(reader.percent(tally.rate(), 1), tally.rate()),
        ]
    });
    table(
        reader.pick("Probabilities from the data", "由資料估計的機率"),
        reader.pick(
            format!(
                "{} periods up to {}; a customer counts once in each period.",
                data.periods,
                reader.show.day(data.until)
            ),
            format!("到 {} 為止的 {} 期；每位顧客每期計一次。", reader.show.day(data.until), data.periods),
        ),
        reader.pick(
            ["Periods since last purchase", "Customers", "Bought", "Probability"],
            ["距最近購買的期數", "顧客", "購買", "機率"],
        ),
        rows.collect(),
    )
}

fn steps(migration: &Migration, periods: &[Period], reader: Reader) -> Vec<Step> {
    let p = |at: usize| reader.exact_percent(migration.probabilities[at]);
    let mut all = vec![step(
        reader.pick(
            "A customer who bought one period ago buys with P₁, one who did not with the probability of the next cell; after the last cell the customer counts as lost.",
            "上一期購買的顧客以 P₁ 的機率再買；沒有買的移到下一格，以該格的機率購買；過了最後一格就視為流失。",
        ),
        migration.probabilities.iter().enumerate().map(|(at, _)| math(&format!("P_{} = {}", at + 1, p(at)))).collect(),
    )];
    if let Some(second) = periods.get(1) {
        all.push(step(
            reader.pick(
                "Buyers of a period come from all cells of the period before.",
                "每一期的購買者來自前一期的各格。",
            ),
            vec![
                math("C_t = Σ C_t−j × P_j × Π ( 1 − P_k )"),
                math(&format!("C_1 = {}", reader.percent(second.cells[0], 1))),
            ],
        ));
        all.push(step(
            reader.pick(
                "The profit of a period: buyers times what a purchase brings, less what is spent on everybody still addressed; then the discount factor.",
                "每期利潤：購買者乘以一次購買的貢獻，減去對所有仍在名單上的顧客的支出；再乘以折現因子。",
            ),
            vec![math(&format!(
                "{} × {} − {} × {} = {}",
                reader.number(second.cells[0], 3),
                reader.price(migration.contribution),
                reader.number(second.cells[..migration.probabilities.len()].iter().sum(), 3),
                reader.price(migration.promotion),
                reader.money(second.profit)
            ))],
        ));
    }
    all
}
