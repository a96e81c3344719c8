//! Charts as the tools make them, in both languages.

use quintile::charts::spec::*;

pub fn spec(title: &str, marks: Marks) -> ChartSpec {
    ChartSpec {
        title: title.into(),
        subtitle: "由樣本資料算出".into(),
        description: format!("{title}。"),
        marks,
        legend: None,
    }
}

pub fn percent(share: f64) -> String {
    format!("{:.1}%", share * 100.0)
}

pub fn bars_of(amounts: &[f64]) -> ChartSpec {
    let marks: Vec<Mark> = amounts
        .iter()
        .enumerate()
        .map(|(at, amount)| {
            Mark::new(format!("bar {at}"), *amount, format!("{amount:.2}")).key(at.to_string())
        })
        .collect();
    let bars = Bars {
        category_title: "Category".into(),
        categories: marks.iter().map(|mark| mark.label.clone()).collect(),
        bands: vec![],
        series_title: String::new(),
        amounts: Axis::from_zero("Amount", amounts.iter().copied(), |at| format!("{at}")),
        series: vec![BarSeries { name: String::new(), marks }],
        reference: None,
        interval_titles: Default::default(),
    };
    spec("Bars", Marks::Bars(bars))
}

/// The 125 cells of the deck's test mailing, with made-up rates.
pub fn response_rates() -> ChartSpec {
    let mut marks = vec![];
    for at in 0..125 {
        let (r, f, m) = (5 - at / 25, 5 - at / 5 % 5, 5 - at % 5);
        let rate =
            0.004 * f64::from(r) + 0.005 * f64::from(f - 1) * f64::from(r) / 5.0 + 0.004 * f64::from(m % 3);
        let role = match rate {
            rate if rate > 0.031 => Role::Above,
            rate if rate < 0.0125 => Role::Below,
            _ => Role::CantTell,
        };
        marks.push(
            Mark::new(format!("區塊 {r}{f}{m}"), rate, percent(rate)).role(role).key(format!("{r}{f}{m}")),
        );
    }
    let legend =
        [(Role::Above, "高於損益平衡（推展）"), (Role::CantTell, "無法判定"), (Role::Below, "低於損益平衡")];
    let bars = Bars {
        category_title: "區塊代碼".into(),
        categories: marks.iter().map(|mark| mark.label.clone()).collect(),
        bands: (1..=5).rev().map(|r| Band { label: format!("R = {r}"), categories: 25 }).collect(),
        series_title: String::new(),
        amounts: Axis::from_zero("回應率", marks.iter().map(|mark| mark.amount), |at| {
            format!("{:.0}%", at * 100.0)
        }),
        series: vec![BarSeries { name: String::new(), marks }],
        reference: Some(Reference { at: 0.0177, label: "損益平衡 1.77%".into() }),
        interval_titles: Default::default(),
    };
    let legend = Legend {
        title: "判定".into(),
        entries: legend.map(|(role, name)| (role, name.to_owned())).to_vec(),
    };
    ChartSpec {
        legend: Some(legend),
        ..spec("各 RFM 區塊的回應率：34 個區塊高於損益平衡", Marks::Bars(bars))
    }
}

pub fn grouped() -> ChartSpec {
    let years = ["去年", "今年"];
    let tiers = ["頂級", "大型", "中型", "小型", "非活躍顧客"];
    let series = years.iter().enumerate().map(|(year, name)| BarSeries {
        name: (*name).into(),
        marks: tiers
            .iter()
            .enumerate()
            .map(|(tier, label)| {
                let amount = (tier + 1) as f64 * 120.0 - year as f64 * 35.0;
                let role = if year == 0 { Role::Accent4 } else { Role::Accent2 };
                Mark::new(format!("{name} {label}"), amount, format!("{amount}")).role(role)
            })
            .collect(),
    });
    let bars = Bars {
        category_title: "客層".into(),
        categories: tiers.map(String::from).to_vec(),
        bands: vec![],
        series_title: "年".into(),
        series: series.collect(),
        amounts: Axis::from_zero("顧客人數", [600.0], |at| format!("{at}")),
        reference: None,
        interval_titles: Default::default(),
    };
    spec("各層人數", Marks::Bars(bars))
}

pub fn histogram() -> ChartSpec {
    let bins: Vec<Mark> = (0..36)
        .map(|at| {
            let count = (900.0 * (-(f64::from(at) - 4.0).powi(2) / 60.0).exp()).round();
            Mark::new(format!("{}–{} 天", at * 20, at * 20 + 20), count, format!("{count}"))
        })
        .collect();
    let thresholds = [(45.0, "5 | 4"), (88.0, "4 | 3"), (120.0, "3 | 2"), (310.0, "2 | 1：310 天")];
    let histogram = Histogram {
        edges: (0..=36).map(|at| f64::from(at) * 20.0).collect(),
        values: Axis::covering("距最近購買天數", [0.0, 720.0], |at| format!("{at}")),
        counts: Axis::from_zero("顧客人數", bins.iter().map(|bin| bin.amount), |at| format!("{at}")),
        bins,
        references: thresholds.map(|(at, label)| Reference { at, label: label.into() }).to_vec(),
    };
    spec("一半顧客在 100 天內買過", Marks::Histogram(histogram))
}

pub fn heat_map(size: usize) -> ChartSpec {
    let count = |r: usize, f: usize| ((r * f * 37) % 480 + r * f * 3) as f64;
    let name = |letter: &str, at: usize| format!("{letter} {}", size - at);
    let mut cells = vec![];
    for r in 0..size {
        for f in 0..size {
            let amount = count(r, f);
            let value = format!("{amount}");
            let cell = Mark::new(format!("R {} · F {}", size - r, size - f), amount, value);
            cells.push(cell.role(Role::tint(amount, 500.0)).key(format!("{r}-{f}")));
        }
    }
    let map = HeatMap {
        row_title: "最近購買日期 R".into(),
        rows: (0..size).map(|at| name("R", at)).collect(),
        column_title: "購買頻率 F".into(),
        columns: (0..size).map(|at| name("F", at)).collect(),
        value_title: "顧客人數".into(),
        cells,
    };
    spec("最大的一格是 R 1 · F 1：480 位顧客", Marks::HeatMap(map))
}

pub fn lines() -> ChartSpec {
    let curve = |name: &str, role, power: f64, area| LineSeries {
        name: name.into(),
        role,
        area,
        points: (0..=40)
            .map(|at| {
                let x = f64::from(at) / 40.0;
                let y = 1.18 * (1.0 - (1.0 - x).powf(power)) - 0.18 * x.powi(4);
                Point { x, mark: Mark::new(format!("{name}，前 {}", percent(x)), y, percent(y)).role(role) }
            })
            .collect(),
    };
    let share = |at: f64| format!("{:.0}%", at * 100.0);
    let lines = Lines {
        x: Axis::covering("顧客，依利潤由高到低", [0.0, 1.0], share),
        y: Axis::covering("累積利潤", [0.0, 1.18], share),
        series_title: "年".into(),
        series: vec![
            curve("今年", Role::Accent2, 6.0, true),
            curve("去年", Role::Below, 3.0, false),
            curve("前年", Role::CantTell, 2.7, false),
        ],
        references: vec![Reference { at: 1.0, label: "全部利潤 100%".into() }],
        verticals: vec![],
        guides: vec![],
        callouts: vec![],
    };
    spec("前 20% 顧客貢獻 118% 的利潤；最後 31% 的顧客是虧損的", Marks::Lines(lines))
}

pub fn horizontal() -> ChartSpec {
    let names = ["最佳顧客 Champions", "忠誠顧客", "需要關注的潛在流失顧客群", "新顧客", "流失顧客", "虧損"];
    let shares = [0.281, 0.254, 0.262, 0.083, 0.16, -0.04];
    let marks = names.iter().zip(shares).enumerate().map(|(at, (name, share))| {
        let role =
            [Role::Accent1, Role::Accent2, Role::Accent3, Role::Accent4, Role::Accent5, Role::Below][at];
        Mark::new(*name, share, percent(share)).role(role).key(*name)
    });
    let bars = HorizontalBars {
        category_title: "區隔".into(),
        categories: names.map(String::from).to_vec(),
        series_title: String::new(),
        series: vec![BarSeries { name: String::new(), marks: marks.collect() }],
        value_title: "營收占比".into(),
    };
    spec("最佳顧客帶來 28.1% 的營收", Marks::HorizontalBars(bars))
}

/// One of each kind, and all that the tools add.
pub fn gallery() -> Vec<(&'static str, ChartSpec)> {
    let mut all = kinds();
    all.extend(crate::tool_samples::gallery());
    all
}

fn kinds() -> Vec<(&'static str, ChartSpec)> {
    vec![
        ("bars-125", response_rates()),
        ("bars-grouped", grouped()),
        ("bars-negative", bars_of(&[3.0, -1.5, 2.25, -0.5, 0.0])),
        ("histogram", histogram()),
        ("heat-5", heat_map(5)),
        ("heat-10", heat_map(10)),
        ("lines", lines()),
        ("horizontal", horizontal()),
    ]
}

fn marks_of(amounts: &[f64]) -> Vec<Mark> {
    amounts
        .iter()
        .enumerate()
        .map(|(at, amount)| Mark::new(format!("第 {at} 名"), *amount, format!("{amount}")))
        .collect()
}

pub fn horizontal_of(amounts: &[f64]) -> ChartSpec {
    let marks = marks_of(amounts);
    let bars = HorizontalBars {
        category_title: "名次".into(),
        categories: marks.iter().map(|mark| mark.label.clone()).collect(),
        series_title: String::new(),
        series: vec![BarSeries { name: String::new(), marks }],
        value_title: "金額".into(),
    };
    spec("任意長條", Marks::HorizontalBars(bars))
}

/// Both axes take the amounts, so that places, too, may be anything.
pub fn lines_of(amounts: &[f64]) -> ChartSpec {
    let axis = |title: &str| Axis::covering(title, amounts.iter().copied(), |at| format!("{at}"));
    let points = amounts.iter().zip(marks_of(amounts)).map(|(x, mark)| Point { x: *x, mark }).collect();
    let series = vec![LineSeries { name: "任意".into(), role: Role::Accent2, points, area: true }];
    let lines = Lines {
        x: axis("x"),
        y: axis("y"),
        series_title: String::new(),
        series,
        references: vec![],
        verticals: vec![],
        guides: vec![],
        callouts: vec![],
    };
    spec("任意折線", Marks::Lines(lines))
}

pub fn histogram_of(amounts: &[f64]) -> ChartSpec {
    let edges: Vec<f64> = amounts.iter().copied().chain([1.0]).collect();
    let histogram = Histogram {
        values: Axis::covering("值", edges.iter().copied(), |at| format!("{at}")),
        edges,
        counts: Axis::from_zero("次數", amounts.iter().copied(), |at| format!("{at}")),
        bins: marks_of(amounts),
        references: vec![Reference { at: 0.5, label: "門檻".into() }],
    };
    spec("任意直方圖", Marks::Histogram(histogram))
}
