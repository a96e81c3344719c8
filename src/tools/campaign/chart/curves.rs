//! Gains and lift: what mailing the best cells first finds.

use super::Reader;
use crate::charts::spec::{
    Axis, Callout, ChartSpec, Guide, LineSeries, Lines, Mark, Marks, Point, Reference, Role,
};
use crate::tools::campaign::answer::{GainsPoint, Plan};

/// The share of responses that the best cells hold, against the share of customers mailed.
pub fn gains(plan: &Plan, reader: Reader) -> Option<ChartSpec> {
    let points = &plan.test.as_ref()?.gains;
    let above = points.iter().take_while(|point| point.lift > 1.0).last();
    let told = above.or(points.last())?;
    let title = finding(told, reader);
    let start = Point { x: 0.0, mark: Mark::new("–", 0.0, reader.share(0.0)) };
    let marked = points.iter().map(|point| Point {
        x: point.share_mailed,
        mark: Mark::new(
            reader.pick(
                format!("{} customers, up to cell {}", reader.share(point.share_mailed), point.label.en),
                format!("{} 的顧客，到區塊 {} 為止", reader.share(point.share_mailed), point.label.zh),
            ),
            point.share_responses,
            reader.show.percent(point.share_responses, 1),
        )
        .key(point.label.en.clone()),
    });
    Some(ChartSpec {
        description: title.clone(),
        title: title.clone(),
        subtitle: reader
            .pick("Cells in the order of their test, the best first", "區塊依測試的回應率由高到低排列")
            .into(),
        marks: Marks::Lines(Lines {
            x: Axis::covering(
                reader.pick("Share of customers mailed", "寄發的顧客佔比"),
                [0.0, 1.0],
                |share| reader.share(share),
            ),
            y: Axis::covering(reader.pick("Share of responses", "回應佔比"), [0.0, 1.0], |share| {
                reader.share(share)
            }),
            series_title: String::new(),
            series: vec![LineSeries {
                name: reader.pick("best cells first", "最好的區塊優先").into(),
                role: Role::Accent1,
                points: [start].into_iter().chain(marked).collect(),
                area: false,
            }],
            references: Vec::new(),
            verticals: Vec::new(),
            guides: vec![Guide {
                name: reader.pick("by lot", "隨機寄發").into(),
                from: (0.0, 0.0),
                to: (1.0, 1.0),
            }],
            callouts: vec![Callout {
                x: told.share_mailed,
                y: told.share_responses,
                label: format!(
                    "{} → {}",
                    reader.share(told.share_mailed),
                    reader.share(told.share_responses)
                ),
            }],
        }),
        legend: None,
    })
}

fn finding(point: &GainsPoint, reader: Reader) -> String {
    let (mailed, found) = (reader.share(point.share_mailed), reader.share(point.share_responses));
    reader.pick(
        format!("The best {mailed} of the customers tested brought {found} of the responses"),
        format!("最好的 {mailed} 受測顧客帶來 {found} 的回應"),
    )
}

/// How many times the overall rate the best cells have, together.
pub fn lift(plan: &Plan, reader: Reader) -> Option<ChartSpec> {
    let points = &plan.test.as_ref()?.gains;
    let first = points.first()?;
    let times = |lift: f64| reader.show.number(lift, 1);
    let title = reader.pick(
        format!("The best cell, {}, responded {} times as often as all", first.label.en, times(first.lift)),
        format!("最好的區塊 {} 的回應率是全體的 {} 倍", first.label.zh, times(first.lift)),
    );
    let series = |name: &str, role: Role, of: fn(&GainsPoint) -> f64| LineSeries {
        name: name.into(),
        role,
        points: points
            .iter()
            .map(|point| Point {
                x: point.share_mailed,
                mark: Mark::new(point.label.get(reader.lang), of(point), times(of(point)))
                    .role(role)
                    .key(point.label.en.clone()),
            })
            .collect(),
        area: false,
    };
    let reach = points.iter().flat_map(|point| [point.lift, point.cumulative_lift]).chain([1.0]);
    Some(ChartSpec {
        description: title.clone(),
        title,
        subtitle: reader
            .pick("Lift: rate of the cells ÷ rate of all", "提升度：區塊的回應率 ÷ 全體的回應率")
            .into(),
        marks: Marks::Lines(Lines {
            x: Axis::covering(
                reader.pick("Share of customers mailed", "寄發的顧客佔比"),
                [0.0, 1.0],
                |share| reader.share(share),
            ),
            y: Axis::from_zero(reader.pick("Lift", "提升度"), reach, times),
            series_title: reader.pick("Lift", "提升度").into(),
            series: vec![
                series(reader.pick("all cells so far", "累計"), Role::Accent1, |point| {
                    point.cumulative_lift
                }),
                series(reader.pick("each cell", "各區塊"), Role::Accent4, |point| point.lift),
            ],
            references: vec![Reference { at: 1.0, label: reader.pick("all", "全體").into() }],
            verticals: Vec::new(),
            guides: Vec::new(),
            callouts: Vec::new(),
        }),
        legend: None,
    })
}
