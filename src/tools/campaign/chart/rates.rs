//! All cells: their response rates against break-even, and the sizes of their tests against what is needed.

use super::{Reader, bands};
use crate::charts::spec::{Axis, BarSeries, Bars, ChartSpec, Legend, Mark, Marks, Reference, Role};
use crate::tools::campaign::answer::{CellRow, CellTest, Plan, Verdict};

fn role(verdict: Verdict) -> Role {
    match verdict {
        Verdict::RollOut => Role::Above,
        Verdict::CantTell => Role::CantTell,
        Verdict::DontMail => Role::Below,
    }
}

/// The response rate of every tested cell with its interval, against the break-even line; coloured by verdict.
pub fn cells(plan: &Plan, reader: Reader) -> Option<ChartSpec> {
    let (sums, break_even) = (plan.test.as_ref()?, plan.break_even?);
    let tested: Vec<(&CellRow, &CellTest, _)> = plan
        .cells
        .iter()
        .filter_map(|cell| cell.test.as_ref().and_then(|test| Some((cell, test, test.rate?))))
        .collect();
    let label = |cell: &CellRow| cell.label.get(reader.lang).to_string();
    let marks: Vec<Mark> = tested
        .iter()
        .map(|(cell, test, rate)| {
            Mark::new(label(cell), rate.value, reader.rate(rate.value))
                .role(role(test.verdict))
                .key(cell.label.en.clone())
                .interval(reader.interval(*rate, |rate| reader.rate(rate)))
        })
        .collect();
    if marks.is_empty() {
        return None;
    }
    let categories: Vec<String> = tested.iter().map(|(cell, ..)| label(cell)).collect();
    let codes: Vec<&str> = categories.iter().map(String::as_str).collect();
    let line = reader.rate(break_even.threshold);
    let counts = [sums.roll_out, sums.cant_tell, sums.dont_mail];
    let (all, [above, unclear, _]) = (reader.count(counts.iter().sum()), counts.map(|n| reader.count(n)));
    let title = match sums.cant_tell {
        0 => reader.pick(
            format!("{above} of {all} cells respond above {line}"),
            format!("{all} 個區塊中，有 {above} 個的回應率高於 {line}"),
        ),
        _ => reader.pick(
            format!("{above} of {all} cells are above {line}; of {unclear} nobody can tell"),
            format!("{all} 個區塊中，{above} 個高於 {line}，{unclear} 個無法判定"),
        ),
    };
    // The intervals of small cells would flatten the rates: the axis covers the rates, and intervals are cut off.
    let reach = tested.iter().map(|(.., rate)| rate.value).chain([break_even.threshold * 2.0]);
    let amounts = Axis::from_zero(reader.pick("Response rate", "回應率"), reach, |rate| {
        reader.show.percent(rate, 1)
    });
    let end = amounts.ticks.last().map_or(0.0, |tick| tick.at);
    let are_wide =
        tested.iter().filter(|(.., rate)| (rate.high - rate.low) * 2.5 > end).count() * 2 > tested.len();
    let subtitle = match are_wide {
        true => reader.pick(
            "Response rate of each cell's test. With so few tested, most intervals are wide: see the table",
            "各區塊測試的回應率。受測人數少，多數區間很寬，請看表格",
        ),
        false => {
            reader.pick("Response rate of each cell's test, with its interval", "各區塊測試的回應率與區間")
        }
    };
    let verdicts = [Verdict::RollOut, Verdict::CantTell, Verdict::DontMail];
    let names = reader.pick(["roll out", "can't tell", "don't mail"], ["全面寄發", "無法判定", "不寄發"]);
    let entries = verdicts.into_iter().zip(names).zip(counts).filter(|(_, count)| *count > 0);
    Some(ChartSpec {
        description: title.clone(),
        title,
        subtitle: subtitle.into(),
        marks: Marks::Bars(Bars {
            category_title: reader.pick("Cell", "區塊").into(),
            bands: bands(&codes),
            categories,
            series_title: String::new(),
            series: vec![BarSeries { name: String::new(), marks }],
            amounts,
            reference: Some(Reference {
                at: break_even.threshold,
                label: reader.pick(format!("break-even {line}"), format!("損益平衡 {line}")),
            }),
            interval_titles: reader.interval_titles(),
        }),
        legend: Some(Legend {
            title: reader.pick("Verdict", "判定").into(),
            entries: entries.map(|((verdict, name), _)| (role(verdict), name.to_string())).collect(),
        }),
    })
}

/// How many of each cell are tested, against what Hughes' rule asks for.
pub fn sizes(plan: &Plan, reader: Reader) -> Option<ChartSpec> {
    let break_even = plan.break_even.filter(|b| b.hughes_size > 0)?;
    let in_use: Vec<&CellRow> = plan.cells.iter().filter(|cell| cell.customers > 0).collect();
    let is_enough = |cell: &CellRow| cell.needed_hughes.is_some_and(|needed| cell.tested >= needed);
    let is_exact = |cell: &CellRow| cell.needed_precision.is_some_and(|needed| cell.tested >= needed);
    let role = |cell: &CellRow| match (is_enough(cell), is_exact(cell)) {
        (_, true) => Role::Above,
        (true, false) => Role::CantTell,
        (false, false) => Role::Below,
    };
    let label = |cell: &CellRow| cell.label.get(reader.lang).to_string();
    let marks: Vec<Mark> = in_use
        .iter()
        .map(|cell| {
            Mark::new(label(cell), cell.tested as f64, reader.count(cell.tested))
                .role(role(cell))
                .key(cell.label.en.clone())
        })
        .collect();
    if marks.is_empty() {
        return None;
    }
    let all = reader.count(in_use.len() as u64);
    let (enough, exact) = (plan.sample.below_hughes, plan.sample.below_precision);
    let [enough, exact] = [enough, exact].map(|below| reader.count(in_use.len() as u64 - below));
    let title = reader.pick(
        format!(
            "{enough} of {all} cells are tested enough for Hughes' rule, {exact} for the precision wanted"
        ),
        format!("{all} 個區塊中，{enough} 個達到 Hughes 法則的測試人數，{exact} 個達到所要的精確度"),
    );
    let categories: Vec<String> = in_use.iter().map(|cell| label(cell)).collect();
    let codes: Vec<&str> = categories.iter().map(String::as_str).collect();
    let needed = break_even.hughes_size;
    let reach = marks.iter().map(|mark| mark.amount).chain([needed as f64]).collect::<Vec<_>>();
    let names = reader.pick(
        ["enough for both rules", "enough for Hughes' rule", "too few"],
        ["兩個法則都足夠", "只達到 Hughes 法則", "不足"],
    );
    Some(ChartSpec {
        description: title.clone(),
        title,
        subtitle: reader.pick("Customers tested in each cell", "各區塊的受測人數").into(),
        marks: Marks::Bars(Bars {
            category_title: reader.pick("Cell", "區塊").into(),
            bands: bands(&codes),
            categories,
            series_title: String::new(),
            series: vec![BarSeries { name: String::new(), marks }],
            amounts: Axis::from_zero(reader.pick("Tested", "受測人數"), reach, |n| reader.about(n)),
            reference: Some(Reference {
                at: needed as f64,
                label: reader.pick(
                    format!("Hughes: {}", reader.count(needed)),
                    format!("Hughes 法則：{}", reader.count(needed)),
                ),
            }),
            interval_titles: Default::default(),
        }),
        legend: Some(Legend {
            title: reader.pick("Size of the test", "測試人數").into(),
            entries: [Role::Above, Role::CantTell, Role::Below]
                .into_iter()
                .zip(names.map(String::from))
                .filter(|(each, _)| in_use.iter().any(|cell| role(cell) == *each))
                .collect(),
        }),
    })
}
