//! The charts of the pyramid page. Their titles state what was found.

use super::answer::{Concentration, Pyramid, TierRow};
use super::options::Measure;
use super::reading::Reader;
use crate::charts::spec::{
    Axis, Callout, ChartSpec, Guide, LineSeries, Lines, Mark, Marks, Point, Pyramid as Slices, PyramidTier,
    PyramidTitles, Reference, Role,
};

/// The share that is pointed out: Pareto's 20 %.
const POINTED: f64 = 0.2;

/// A measure beside the pyramid: its title, and what share of it a tier has.
type ShareColumn = (String, fn(&TierRow) -> Option<f64>);

/// The measure that tiers are made by, revenue, and margin where costs are known.
fn measures(pyramid: &Pyramid, measure: &Measure, reader: Reader) -> Vec<ShareColumn> {
    let text = reader.text();
    let mut found: Vec<ShareColumn> = Vec::new();
    if matches!(measure, Measure::Orders | Measure::Published(_)) {
        found.push((share_of(pyramid, reader), |row| row.share_of_measure));
    }
    found.push((text.share_of_revenue.into(), |row| row.share_of_revenue));
    if pyramid.has_margin {
        found.push((text.share_of_margin.into(), |row| row.share_of_margin));
    }
    found
}

fn share_of(pyramid: &Pyramid, reader: Reader) -> String {
    let noun = reader.noun(&pyramid.measure_title);
    reader.lang.pick(format!("Share of {noun}"), format!("{noun}佔比"))
}

/// Told to the page when a tier is picked: the English name, by which the list of customers is filtered.
fn key(row: &TierRow) -> String {
    row.label.en.clone()
}

/// Tiers from the top down beside what they bring; who is in none stands below.
pub fn tiers(pyramid: &Pyramid, measure: &Measure, reader: Reader) -> ChartSpec {
    let text = reader.text();
    let measures = measures(pyramid, measure, reader);
    let tier = |row: &TierRow, with_shares: bool| {
        let name = row.label.get(reader.lang);
        let count = row.sums.customers;
        let customers = Mark::new(name, count as f64, reader.count(count));
        let shares = measures.iter().map(|(title, share)| {
            let share = share(row);
            let label = format!("{name}{}{title}", reader.lang.pick(", ", "，"));
            let mark = Mark::new(label, share.unwrap_or(f64::NAN), reader.share(share));
            if count > 0 { mark.key(key(row)) } else { mark }
        });
        PyramidTier {
            name: name.into(),
            note: if with_shares { reader.percent(row.share_of_customers) } else { String::new() },
            customers: if count > 0 { customers.key(key(row)) } else { customers },
            shares: if with_shares { shares.collect() } else { Vec::new() },
        }
    };
    let inside = pyramid.tiers.iter().map(|row| tier(row, true)).collect();
    let outside = pyramid.not_graded.iter().chain([&pyramid.inactive]).chain(&pyramid.prospects);
    let outside = outside.filter(|row| row.sums.customers > 0).map(|row| tier(row, false)).collect();
    let titles = PyramidTitles {
        tier: text.tier.into(),
        note: text.share_of_customers.into(),
        customers: text.customers.into(),
        shares: measures.iter().map(|(title, _)| title.clone()).collect(),
    };
    let title = tier_finding(pyramid, reader);
    ChartSpec {
        description: title.clone(),
        title,
        subtitle: text.pyramid_subtitle.into(),
        marks: Marks::Pyramid(Slices::new(titles, inside, outside)),
        legend: None,
    }
}

/// The first tier that has customers, and what it brings.
fn tier_finding(pyramid: &Pyramid, reader: Reader) -> String {
    let Some(first) = pyramid.tiers.iter().find(|row| row.sums.customers > 0) else { return String::new() };
    let name = first.label.get(reader.lang);
    let customers = reader.percent(first.share_of_customers);
    let noun = reader.noun(&pyramid.measure_title);
    match first.share_of_measure {
        Some(share) => {
            let share = reader.percent(share);
            reader.lang.pick(
                format!("{name}: {customers} of customers bring {share} of {noun}"),
                format!("{name}：{customers} 的顧客帶來 {share} 的{noun}"),
            )
        }
        None => reader
            .lang
            .pick(format!("{name}: {customers} of customers"), format!("{name}：佔顧客的 {customers}")),
    }
}

fn share_of_top(held: &Concentration) -> Option<f64> {
    held.top.iter().find(|point| point.0 == POINTED).map(|point| point.1)
}

/// "The top 20 % bring …", for the figures.
pub fn top_20(pyramid: &Pyramid) -> Option<f64> {
    share_of_top(pyramid.concentration.as_ref()?)
}

/// The Pareto curve of the measure; the diagonal is where all customers are alike.
pub fn pareto(pyramid: &Pyramid, reader: Reader) -> Option<ChartSpec> {
    let held = pyramid.concentration.as_ref()?;
    let noun = reader.noun(&pyramid.measure_title);
    let top = share_of_top(held)?;
    let title = brings(top, &noun, reader);
    let subtitle = match held.gini {
        Some(gini) => {
            let gini = reader.show.number(gini, 2);
            reader.lang.pick(format!("Gini coefficient {gini}"), format!("吉尼係數 {gini}"))
        }
        None => losses(held, &noun, reader),
    };
    Some(curve(held, title, subtitle, share_of(pyramid, reader), reader))
}

/// The whale curve: customers in the order of their margin.
pub fn whale(pyramid: &Pyramid, reader: Reader) -> Option<ChartSpec> {
    let held = pyramid.whale.as_ref()?;
    let noun = reader.lang.pick("margin", "毛利");
    let title = brings(share_of_top(held)?, noun, reader);
    let subtitle = losses(held, noun, reader);
    let mut spec = curve(held, title, subtitle, reader.text().share_of_margin.into(), reader);
    if let (Marks::Lines(lines), Some(losing)) = (&mut spec.marks, &held.losing) {
        lines.references.push(Reference { at: 1.0, label: reader.show.percent(1.0, 0) });
        let at = 1.0 - losing.share_of_customers;
        lines.verticals.push(Reference { at, label: reader.text().losing_line.into() });
    }
    Some(spec)
}

fn brings(share: f64, noun: &str, reader: Reader) -> String {
    let (top, share) = (reader.show.percent(POINTED, 0), reader.percent(share));
    reader.lang.pick(
        format!("{top} of customers bring {share} of {noun}"),
        format!("前 {top} 的顧客帶來 {share} 的{noun}"),
    )
}

fn losses(held: &Concentration, noun: &str, reader: Reader) -> String {
    match &held.losing {
        Some(losing) => {
            let (customers, share) =
                (reader.percent(losing.share_of_customers), reader.percent(-losing.share_of_total));
            reader.lang.pick(
                format!("The last {customers} of customers take {share} of {noun} away again"),
                format!("最後 {customers} 的顧客又吃掉 {share} 的{noun}"),
            )
        }
        None => reader.lang.pick(format!("No customer has negative {noun}"), format!("沒有{noun}為負的顧客")),
    }
}

fn curve(held: &Concentration, title: String, subtitle: String, y: String, reader: Reader) -> ChartSpec {
    let text = reader.text();
    let percent = |share: f64| reader.show.percent(share, 0);
    let points = held
        .curve
        .iter()
        .map(|&(x, share)| Point { x, mark: Mark::new(reader.percent(x), share, reader.percent(share)) });
    let callouts = share_of_top(held).map(|share| Callout {
        x: POINTED,
        y: share,
        label: format!("{} → {}", percent(POINTED), reader.percent(share)),
    });
    let shares = held.curve.iter().map(|point| point.1);
    let lines = Lines {
        x: Axis::covering(text.pareto_axis, [0.0, 1.0], percent),
        y: Axis::from_zero(y.clone(), shares, percent),
        series_title: String::new(),
        series: vec![LineSeries { name: y, role: Role::Accent2, points: points.collect(), area: true }],
        references: Vec::new(),
        verticals: Vec::new(),
        guides: vec![Guide { name: text.all_alike.into(), from: (0.0, 0.0), to: (1.0, 1.0) }],
        callouts: callouts.into_iter().collect(),
    };
    ChartSpec { description: title.clone(), title, subtitle, marks: Marks::Lines(lines), legend: None }
}

/// 20/80, 20/100, 20/120: which of the three rules the reader's own numbers come near.
pub fn rule_of_20(pyramid: &Pyramid, reader: Reader) -> Option<String> {
    let held = pyramid.whale.as_ref()?;
    let top = share_of_top(held)?;
    let (own, share, rest) =
        (super::words::rule(top), reader.percent(top), reader.percent((1.0 - top).abs()));
    let (at, peak) = (reader.percent(held.peak.0), reader.percent(held.peak.1));
    Some(if top > 1.0 {
        reader.lang.pick(
            format!(
                "Here it is {own}: the top 20% bring {share} of margin, and the other 80% together take {rest} away \
                 again. Serving some of them costs more than they bring."
            ),
            format!(
                "這裡是 {own}：前 20% 的顧客帶來 {share} 的毛利，其餘 80% 合計又吃掉 {rest}，其中有些顧客的成本高於貢獻。"
            ),
        )
    } else if held.losing.is_some() {
        reader.lang.pick(
            format!(
                "Here it is {own}: the top 20% bring {share} of margin, the other 80% bring {rest}. The curve is highest \
                 at {at} of customers with {peak}; the others take it back to 100%."
            ),
            format!(
                "這裡是 {own}：前 20% 的顧客帶來 {share} 的毛利，其餘 80% 帶來 {rest}。曲線在 {at} 的顧客處最高，達 {peak}，\
                 再由其餘顧客拉回 100%。"
            ),
        )
    } else {
        reader.lang.pick(
            format!(
                "Here it is {own}: the top 20% bring {share} of margin, the other 80% bring {rest}, and nobody takes \
                 any away."
            ),
            format!("這裡是 {own}：前 20% 的顧客帶來 {share} 的毛利，其餘 80% 帶來 {rest}，沒有顧客造成虧損。"),
        )
    })
}
