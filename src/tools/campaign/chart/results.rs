//! What the roll-out is expected to bring beside the alternatives, what it brought, and how many cells are best.

use super::{Reader, bands};
use crate::charts::spec::{
    Axis, BarSeries, Bars, ChartSpec, Interval, Legend, LineSeries, Lines, Mark, Marks, Point, Reference,
    Role,
};
use crate::tools::campaign::answer::{BinsRow, CellReview, CellRow, Plan, Ranged};

/// The projected profit beside the raw promise, mailing everyone and mailing none.
pub fn alternatives(plan: &Plan, reader: Reader) -> Option<ChartSpec> {
    let sums = plan.roll_out.as_ref()?;
    let money = |units: f64| reader.money(units);
    let bar = |name: &str, profit: f64, role: Role| Mark::new(name, profit, money(profit)).role(role);
    let ranged = |name: &str, profit: Ranged, role: Role| {
        bar(name, profit.value, role).interval(reader.interval(profit, money))
    };
    let mut marks = vec![
        ranged(reader.pick("These cells", "選出的區塊"), sums.profit, Role::Accent1),
        bar(reader.pick("As their raw rates promise", "照原始回應率估"), sums.raw_profit, Role::Neutral),
        ranged(reader.pick("Mail everyone", "全寄"), sums.everyone.profit, Role::Accent3),
        bar(reader.pick("Mail nobody", "全不寄"), 0.0, Role::Accent5),
    ];
    if let Some(truth) = sums.true_profit {
        marks.insert(1, bar(reader.pick("True of the sample", "範例的真實情形"), truth, Role::Accent2));
    }
    let (projected, everyone) = (money(sums.profit.value), money(sums.everyone.profit.value));
    let title = reader.pick(
        format!(
            "The selected cells are expected to earn {projected}; mailing everyone would earn {everyone}"
        ),
        format!("選出的區塊預估淨利 {projected}；全寄為 {everyone}"),
    );
    let reach = marks.iter().flat_map(ends).collect::<Vec<_>>();
    Some(ChartSpec {
        description: title.clone(),
        title,
        subtitle: reader
            .pick(
                "Expected profit of the roll-out, without the test's own",
                "執行的預估淨利，不含測試本身的損益",
            )
            .into(),
        marks: Marks::Bars(Bars {
            category_title: reader.pick("Choice", "作法").into(),
            categories: marks.iter().map(|mark| mark.label.clone()).collect(),
            bands: Vec::new(),
            series_title: String::new(),
            series: vec![BarSeries { name: String::new(), marks }],
            amounts: Axis::from_zero(reader.pick("Profit", "淨利"), reach, money),
            reference: None,
            interval_titles: reader.interval_titles(),
        }),
        legend: None,
    })
}

/// The amount of a mark and the ends of its interval.
fn ends(mark: &Mark) -> Vec<f64> {
    let interval =
        mark.interval.as_ref().map_or_else(Vec::new, |Interval { low, high, .. }| vec![*low, *high]);
    [mark.amount].into_iter().chain(interval).collect()
}

/// The responses of every mailed cell, with the interval that was expected of it.
pub fn review(plan: &Plan, reader: Reader) -> Option<ChartSpec> {
    let sums = plan.review.as_ref()?;
    let rows: Vec<(&CellRow, &CellReview)> =
        plan.cells.iter().filter_map(|cell| Some((cell, cell.review.as_ref()?))).collect();
    // Cells of any size can be compared by their rates.
    let rate = |responses: f64, review: &CellReview| responses / review.mailed as f64;
    let role = |review: &CellReview| match review {
        review if review.within => Role::Accent3,
        review if review.responses as f64 > review.expected.high => Role::Above,
        _ => Role::Below,
    };
    let marks: Vec<Mark> = rows
        .iter()
        .map(|(cell, review)| {
            let actual = rate(review.responses as f64, review);
            let (low, high) = (rate(review.expected.low, review), rate(review.expected.high, review));
            let expected = Ranged { value: actual, low, high };
            Mark::new(cell.label.get(reader.lang), actual, reader.rate(actual))
                .role(role(review))
                .key(cell.label.en.clone())
                .interval(reader.interval(expected, |rate| reader.rate(rate)))
        })
        .collect();
    if marks.is_empty() {
        return None;
    }
    let (within, cells) = (reader.count(sums.cells_within), reader.count(sums.cells));
    let title = reader.pick(
        format!("In {within} of {cells} cells the roll-out came as expected"),
        format!("{cells} 個區塊中，有 {within} 個的結果符合預估"),
    );
    let categories: Vec<String> = marks.iter().map(|mark| mark.label.clone()).collect();
    let codes: Vec<&str> = categories.iter().map(String::as_str).collect();
    let reach = marks.iter().flat_map(ends).collect::<Vec<_>>();
    let names = reader.pick(
        ["better than expected", "as expected", "worse than expected"],
        ["優於預估", "符合預估", "低於預估"],
    );
    let roles = [Role::Above, Role::Accent3, Role::Below];
    let entries =
        roles.into_iter().zip(names).filter(|(each, _)| rows.iter().any(|(_, row)| role(row) == *each));
    Some(ChartSpec {
        description: title.clone(),
        title,
        subtitle: reader
            .pick("Response rate of the roll-out, with the interval expected", "執行的回應率與預估區間")
            .into(),
        marks: Marks::Bars(Bars {
            category_title: reader.pick("Cell", "區塊").into(),
            bands: bands(&codes),
            categories,
            series_title: String::new(),
            series: vec![BarSeries { name: String::new(), marks }],
            amounts: Axis::from_zero(reader.pick("Response rate", "回應率"), reach, |rate| {
                reader.show.percent(rate, 1)
            }),
            reference: plan.break_even.map(|b| Reference {
                at: b.threshold,
                label: reader.pick(
                    format!("break-even {}", reader.rate(b.threshold)),
                    format!("損益平衡 {}", reader.rate(b.threshold)),
                ),
            }),
            interval_titles: reader.interval_titles(),
        }),
        legend: Some(Legend {
            title: reader.pick("Against what was expected", "與預估相比").into(),
            entries: entries.map(|(role, name)| (role, name.to_string())).collect(),
        }),
    })
}

/// Expected profit and the cost of testing against the number of groups; `chosen` is the one looked at.
pub fn bins(rows: &[BinsRow], chosen: u8, reader: Reader) -> Option<ChartSpec> {
    if rows.is_empty() {
        return None;
    }
    let line = |name: &str, role: Role, of: &dyn Fn(&BinsRow) -> Option<f64>| {
        let points: Vec<Point> = rows
            .iter()
            .filter_map(|row| {
                let label = reader.pick(
                    format!("{} groups, {} cells", row.bins, reader.count(row.cells)),
                    format!("分 {} 組，{} 個區塊", row.bins, reader.count(row.cells)),
                );
                let amount = of(row)?;
                let mark =
                    Mark::new(label, amount, reader.money(amount)).role(role).key(row.bins.to_string());
                Some(Point { x: row.bins.into(), mark })
            })
            .collect();
        (!points.is_empty()).then(|| LineSeries { name: name.into(), role, points, area: false })
    };
    let profit = |row: &BinsRow| row.profit.map(|profit| profit.value);
    let series: Vec<LineSeries> = [
        line(reader.pick("expected profit", "預估淨利"), Role::Accent1, &profit),
        line(reader.pick("true profit", "真實淨利"), Role::Accent3, &|row| row.true_profit),
        line(reader.pick("cost of testing (Hughes)", "測試成本（Hughes）"), Role::Below, &|row| {
            Some(row.cost_hughes)
        }),
    ]
    .into_iter()
    .flatten()
    .collect();
    let best = rows
        .iter()
        .filter(|row| row.profit.is_some())
        .reduce(|best, row| if profit(row) > profit(best) { row } else { best });
    let (first, last) = (rows.first()?, rows.last()?);
    let title = match best {
        Some(best) => {
            let (k, cells, money) =
                (best.bins, reader.count(best.cells), reader.money(profit(best).unwrap_or(0.0)));
            reader.pick(
                format!("{k} groups ({cells} cells) are expected to bring most: {money}"),
                format!("分 {k} 組（{cells} 個區塊）預估淨利最高：{money}"),
            )
        }
        None => {
            let (few, many) = (reader.money(first.cost_hughes), reader.money(last.cost_hughes));
            reader.pick(
                format!("Testing costs {few} with {} groups and {many} with {}", first.bins, last.bins),
                format!("分 {} 組時測試成本為 {few}，分 {} 組時為 {many}", first.bins, last.bins),
            )
        }
    };
    let amounts = series.iter().flat_map(|series| &series.points).map(|point| point.mark.amount);
    let amounts: Vec<f64> = amounts.collect();
    Some(ChartSpec {
        description: title.clone(),
        title,
        subtitle: reader
            .pick(
                "The same data and responses with other numbers of nested, equal groups; cells with customers",
                "同樣的資料與回應，換不同的分組數（巢狀等分）；只計有顧客的區塊",
            )
            .into(),
        marks: Marks::Lines(Lines {
            x: Axis::covering(
                reader.pick("Groups for each variable", "每個變數的分組數"),
                [first.bins.into(), last.bins.into()],
                |k| reader.about(k),
            ),
            y: Axis::from_zero(reader.pick("Money", "金額"), amounts, |units| reader.money(units)),
            series_title: reader.pick("Money", "金額").into(),
            series,
            references: Vec::new(),
            verticals: vec![Reference {
                at: chosen.into(),
                label: reader.pick(format!("{chosen} groups"), format!("分 {chosen} 組")),
            }],
            guides: Vec::new(),
            callouts: Vec::new(),
        }),
        legend: None,
    })
}
