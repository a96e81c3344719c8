//! A customer's states as a Markov chain: what a customer is worth in each.

use super::answer::TierMoves;
use super::draw::{LinesOf, cell, horizontal, line, math, periods_axis, plain, row, step, table};
use super::inputs::DATA;
use super::options::{ClvOptions, State};
use crate::charts::sheet::{Sheet, SheetFigure, SheetTable};
use crate::charts::spec::{Axis, ChartSpec, Mark, Role};
use crate::core::clv::discounting::FirstMargin;
use crate::core::clv::margin_multiple::Horizon;
use crate::core::clv::markov::Chain;
use crate::core::clv::refusal::Refusal;
use crate::core::explain::{Math, Step};
use crate::core::grading::Label;
use crate::core::inputs::Values;
use crate::core::reader::Reader;

/// Periods in the picture of where customers go.
const DRAWN: u32 = 12;

/// The states in force: typed, or estimated from the data.
pub fn states(options: &ClvOptions, values: &Values, data: Option<&TierMoves>, reader: Reader) -> Vec<State> {
    match (values.choice("from"), data) {
        (DATA, Some(moves)) => moves
            .states
            .iter()
            .map(|state| State {
                name: state.name.get(reader.lang).into(),
                reward: state.mean_spend * values.get("share"),
                to: state.shares(),
            })
            .collect(),
        _ => options.states.clone(),
    }
}

/// What a state is called that has no name.
pub fn state_name(state: &State, at: usize, reader: Reader) -> String {
    match state.name.trim() {
        "" => reader.pick(format!("State {}", at + 1), format!("狀態 {}", at + 1)),
        name => name.into(),
    }
}

/// # Errors
/// Why there is no value, in both languages.
pub fn sheet(
    options: &ClvOptions,
    values: &Values,
    data: Option<&TierMoves>,
    reader: Reader,
) -> Result<Sheet, Label> {
    let states = states(options, values, data, reader);
    let chain = Chain {
        matrix: states.iter().map(|state| state.to.clone()).collect(),
        rewards: states.iter().map(|state| state.reward).collect(),
        discount: values.get("discount"),
        horizon: match values.get("periods") {
            0.0 => Horizon::ForEver,
            periods => Horizon::Periods(periods as u32),
        },
        first: if values.choice("first") == 1 { FirstMargin::AfterOnePeriod } else { FirstMargin::Now },
    };
    let data = data.filter(|_| values.choice("from") == DATA);
    worked(&states, &chain, data, reader).map_err(|refusal| refusal.label())
}

fn worked(
    states: &[State],
    chain: &Chain,
    data: Option<&TierMoves>,
    reader: Reader,
) -> Result<Sheet, Refusal> {
    let value = chain.values()?;
    let names: Vec<String> =
        states.iter().enumerate().map(|(at, state)| state_name(state, at, reader)).collect();
    let counted = match chain.first {
        FirstMargin::Now => reader.pick("what the state now brings counts", "計入目前狀態的收益"),
        FirstMargin::AfterOnePeriod => reader.pick("counted from the next period on", "從下一期開始計算"),
    };
    let horizon = match chain.horizon {
        Horizon::ForEver => reader.pick("for ever".to_string(), "無限期".to_string()),
        Horizon::Periods(periods) => reader.pick(format!("{periods} periods"), format!("{periods} 期")),
    };
    let mut figures: Vec<SheetFigure> = names
        .iter()
        .zip(&value)
        .take(4)
        .map(|(name, &value)| {
            SheetFigure::new(
                reader.pick(format!("Value in “{name}”"), format!("在「{name}」的價值")),
                reader.money(value),
                format!("{horizon}{}{counted}", reader.pick("; ", "；")),
            )
        })
        .collect();
    let start: Vec<f64> = match data {
        Some(moves) => moves.start(),
        None => (0..states.len()).map(|at| f64::from(at == 0)).collect(),
    };
    if let Some(moves) = data {
        let total: f64 = moves.states.iter().zip(&value).map(|(state, value)| state.now as f64 * value).sum();
        figures.insert(
            0,
            SheetFigure::new(
                reader.pick("Value of all customers", "所有顧客的價值"),
                reader.money(total),
                reader.pick(
                    format!("{} customers in their states now", reader.count(moves.customers())),
                    format!("{} 位顧客在目前的狀態", reader.count(moves.customers())),
                ),
            ),
        );
    }
    let bars = names.iter().zip(&value).map(|(name, &value)| {
        let role = if value < 0.0 { Role::Below } else { Role::Accent2 };
        (name.clone(), Mark::new(name.clone(), value, reader.money(value)).role(role))
    });
    let best = (0..value.len()).max_by(|&a, &b| value[a].total_cmp(&value[b])).unwrap_or(0);
    let by_state = horizontal(
        [
            reader.pick(
                format!("A customer is worth most in “{}”: {}", names[best], reader.money(value[best])),
                format!("顧客在「{}」時價值最高：{}", names[best], reader.money(value[best])),
            ),
            reader.pick(
                format!("Lifetime value by state; {horizon}, {counted}"),
                format!("各狀態的終身價值；{horizon}，{counted}"),
            ),
            reader.pick("State", "狀態").into(),
            reader.pick("Lifetime value", "顧客終身價值").into(),
        ],
        bars.collect::<Vec<_>>(),
    );
    let mut tables = vec![value_table(states, &names, &value, reader)];
    tables.extend(data.map(|moves| moves_table(moves, &names, reader)));
    let warnings = data.map(|moves| warnings(moves, reader)).unwrap_or_default();
    Ok(Sheet {
        figures,
        warnings,
        charts: vec![by_state, paths(chain, &names, &start, data.is_some(), reader)?],
        tables,
        steps: steps(states, chain, &names, &value, reader),
        ..Sheet::default()
    })
}

fn warnings(moves: &TierMoves, reader: Reader) -> Vec<String> {
    let mut said = Vec::new();
    let unseen: Vec<&str> =
        moves.states.iter().filter(|state| state.unseen()).map(|state| state.name.get(reader.lang)).collect();
    if !unseen.is_empty() {
        let names = unseen.join(reader.pick(", ", "、"));
        said.push(reader.pick(
            format!("Nobody was in {names} a period ago: those customers are taken to stay where they are."),
            format!("前一期沒有人在{names}：這些狀態的顧客假設留在原處。"),
        ));
    }
    said
}

fn paths(
    chain: &Chain,
    names: &[String],
    start: &[f64],
    of_data: bool,
    reader: Reader,
) -> Result<ChartSpec, Refusal> {
    let shares = chain.distribution(start, DRAWN)?;
    let last = shares.last().map_or(0.0, |row| row[names.len() - 1]);
    let from = match of_data {
        true => reader.pick("Customers as they are now".to_string(), "目前的顧客".to_string()),
        false => reader
            .pick(format!("Customers who begin in “{}”", names[0]), format!("從「{}」開始的顧客", names[0])),
    };
    let series = names.iter().enumerate().map(|(at, name)| {
        line(
            name.clone(),
            Role::ordered(at, names.len()),
            shares.iter().enumerate().map(|(period, row)| {
                let label = reader.pick(format!("Period {period}"), format!("第 {period} 期"));
                (period as f64, label, row[at], reader.percent(row[at], 1))
            }),
        )
    });
    Ok(LinesOf {
        title: reader.pick(
            format!("After {DRAWN} periods {} are in “{}”", reader.percent(last, 0), names[names.len() - 1]),
            format!("{DRAWN} 期後有 {} 在「{}」", reader.percent(last, 0), names[names.len() - 1]),
        ),
        subtitle: reader.pick(format!("{from}: where they are"), format!("{from}：所在的狀態")),
        x: periods_axis(reader.pick("Period", "期"), 0.0, f64::from(DRAWN)),
        y: Axis::covering(reader.pick("Share of customers", "顧客佔比"), [0.0, 1.0], |share| {
            reader.percent(share, 0)
        }),
        series_title: reader.pick("State", "狀態").into(),
        series: series.collect(),
        references: Vec::new(),
        verticals: Vec::new(),
    }
    .spec())
}

fn value_table(states: &[State], names: &[String], value: &[f64], reader: Reader) -> SheetTable {
    let mut heads = vec![
        reader.pick("State", "狀態").to_string(),
        reader.pick("Lifetime value", "顧客終身價值").into(),
        reader.pick("Brings in a period", "每期收益").into(),
    ];
    heads.extend(names.iter().map(|name| format!("→ {name}")));
    let rows = states.iter().enumerate().map(|(at, state)| {
        let mut row = vec![
            plain(names[at].clone()),
            cell(reader.money(value[at]), value[at]),
            cell(reader.money(state.reward), state.reward),
        ];
        row.extend(state.to.iter().map(|&share| cell(reader.percent(share, 1), share)));
        row
    });
    table(
        reader.pick("Value by state", "各狀態的價值"),
        reader.pick(
            "With the share of customers that goes to each state in one period.",
            "以及一期內移往各狀態的顧客佔比。",
        ),
        heads,
        rows.collect(),
    )
}

fn moves_table(moves: &TierMoves, names: &[String], reader: Reader) -> SheetTable {
    let mut heads = vec![reader.pick("From", "從").to_string()];
    heads.extend(names.iter().map(|name| format!("→ {name}")));
    let count = |count: u64| cell(reader.count(count), count as f64);
    let mut rows: Vec<Vec<_>> = moves
        .states
        .iter()
        .zip(names)
        .map(|(state, name)| {
            std::iter::once(plain(name.clone())).chain(state.moved.iter().map(|&n| count(n))).collect()
        })
        .collect();
    let new = std::iter::once(plain(reader.pick("New customers", "新顧客")))
        .chain(moves.new.iter().map(|&n| count(n)));
    rows.push(new.collect());
    let day = |day| reader.show.day(day);
    table(
        reader.pick("Customers who moved", "顧客的移動"),
        reader.pick(
            format!(
                "From their tier in {} – {} to their tier in {} – {}. New customers make no transition.",
                day(moves.before.0),
                day(moves.before.1),
                day(moves.after.0),
                day(moves.after.1)
            ),
            format!(
                "從 {} – {} 的分層，到 {} – {} 的分層。新顧客沒有前一期的狀態，不計入移轉。",
                day(moves.before.0),
                day(moves.before.1),
                day(moves.after.0),
                day(moves.after.1)
            ),
        ),
        heads,
        rows,
    )
}

fn steps(states: &[State], chain: &Chain, names: &[String], value: &[f64], reader: Reader) -> Vec<Step> {
    let discounted = reader.exact(1.0 + chain.discount);
    let first = &names[0];
    let next: Vec<String> = states[0]
        .to
        .iter()
        .zip(value)
        .filter(|(share, _)| **share > 0.0)
        .map(|(share, value)| format!("{} × {}", reader.exact(*share), reader.money(*value)))
        .collect();
    let mut all = vec![
        step(
            reader.pick(
                "Each row says where the customers of a state are one period later; it sums to 100%.",
                "每一列是某狀態的顧客一期後的去處，合計 100%。",
            ),
            states
                .iter()
                .take(3)
                .map(|state| {
                    let shares: Vec<String> = state.to.iter().map(|&share| reader.exact_percent(share)).collect();
                    math(&format!("{} = 100%", shares.join(" + ")))
                })
                .collect(),
        ),
        match chain.horizon {
            Horizon::ForEver => step(
                reader.pick("For ever, the values of all states solve one system of equations.", "無限期時，各狀態的價值是一組聯立方程式的解。"),
                vec![row([
                    math("V ="),
                    Math::Sup(Box::new(row([math("( I −"), Math::fraction(math("P"), math("1 + d")), math(")")])), Box::new(math("−1"))),
                    math("R"),
                ])],
            ),
            Horizon::Periods(periods) => step(
                reader.pick(
                    format!("From the last of {periods} periods back to now, each value is the reward plus the discounted mean of the values it leads to."),
                    format!("從第 {periods} 期往回推：每個價值等於本期收益，加上下一期價值的折現平均。"),
                ),
                vec![row([math("V = R +"), Math::fraction(math("P"), math("1 + d")), math("V")])],
            ),
        },
    ];
    if chain.first == FirstMargin::Now && chain.horizon == Horizon::ForEver && next.len() <= 6 {
        all.push(step(
            reader.pick(
                format!("The check for “{first}”: its reward, and a discounted mean of the values after it."),
                format!("以「{first}」驗算：本期收益，加上之後價值的折現平均。"),
            ),
            vec![row([
                math(&format!("{} +", reader.money(states[0].reward))),
                Math::fraction(math(&next.join(" + ")), math(&discounted)),
                math(&format!("= {}", reader.money(value[0]))),
            ])],
        ));
    }
    all
}
