//! Charts of the campaign tool and of the pyramid, with made-up numbers, in both languages.

use quintile::charts::spec::*;

use crate::samples::{percent, spec};

/// `cells` to an axis, banded in tenths or fifths, with intervals and judgements against a break-even rate.
pub fn rates_of(rates: &[f64], half_width: f64) -> ChartSpec {
    let even = 0.0177;
    let mark = |(at, rate): (usize, &f64)| {
        let (low, high) = ((rate - half_width).max(0.0), rate + half_width);
        let role = match (low > even, high < even) {
            (true, _) => Role::Above,
            (_, true) => Role::Below,
            _ => Role::CantTell,
        };
        let name = format!("cell {}", at + 1);
        Mark::new(name.clone(), *rate, percent(*rate)).role(role).key(name).interval(Interval {
            low,
            high,
            low_value: percent(low),
            high_value: percent(high),
        })
    };
    let marks: Vec<Mark> = rates.iter().enumerate().map(mark).collect();
    let bands = match marks.len() {
        1000 => (1..=10).rev().map(|r| Band { label: format!("R = {r}"), categories: 100 }).collect(),
        125 => (1..=5).rev().map(|r| Band { label: format!("R = {r}"), categories: 25 }).collect(),
        _ => vec![],
    };
    let bars = Bars {
        category_title: "RFM cell".into(),
        categories: marks.iter().map(|mark| mark.label.clone()).collect(),
        bands,
        series_title: String::new(),
        amounts: Axis::from_zero("Response rate", rates.iter().copied().chain([even]), percent),
        series: vec![BarSeries { name: String::new(), marks }],
        reference: Some(Reference { at: even, label: "break-even 1.77%".into() }),
        interval_titles: ["95% interval, low".into(), "95% interval, high".into()],
    };
    let legend = Legend {
        title: "Verdict".into(),
        entries: [
            (Role::Above, "above break-even (roll out)"),
            (Role::CantTell, "can't tell"),
            (Role::Below, "below"),
        ]
        .map(|(role, name)| (role, name.to_owned()))
        .to_vec(),
    };
    ChartSpec { legend: Some(legend), ..spec("34 of the cells respond above break-even", Marks::Bars(bars)) }
}

/// Rates that fall from the best cell to the last, with some noise; one outlier.
pub fn falling(count: usize) -> Vec<f64> {
    let rate = |at: usize| {
        let share = at as f64 / count as f64;
        let noise = 0.5 + ((at * 7919 + 13) % 101) as f64 / 101.0;
        0.045 * (-2.2 * share).exp() * noise
    };
    let mut rates: Vec<f64> = (0..count).map(rate).collect();
    rates[count / 3] = 0.081;
    rates
}

pub struct Words {
    pub tiers: &'static [&'static str],
    notes: fn(f64) -> String,
    titles: [&'static str; 5],
    outside: [&'static str; 2],
}

pub const ENGLISH: Words = Words {
    tiers: &["Top customers", "Large customers", "Medium customers", "Small customers"],
    notes: |share| format!("{:.0}% of customers", share * 100.0),
    titles: ["Tier", "Share of customers", "Customers", "Share of revenue", "Share of profit"],
    outside: ["Inactive customers", "Prospects"],
};

pub const CHINESE: Words = Words {
    tiers: &["頂級顧客", "大型顧客", "中型顧客", "小型顧客"],
    notes: |share| format!("占 {:.0}%", share * 100.0),
    titles: ["客層", "顧客占比", "顧客人數", "營收占比", "利潤占比"],
    outside: ["非活躍顧客", "潛在顧客"],
};

pub fn mark(name: &str, title: &str, amount: f64, value: String) -> Mark {
    Mark::new(format!("{name} · {title}"), amount, value).key(name)
}

/// Tiers with their customers, share of revenue and share of profit.
pub fn pyramid_of(
    words: &Words,
    rows: &[(String, f64, [f64; 2])],
    outside: &[f64],
    measures: usize,
) -> ChartSpec {
    let all: f64 = rows.iter().map(|row| row.1).sum::<f64>().max(1.0);
    let customers = |name: &str, count: f64| mark(name, words.titles[2], count, thousands(count));
    let tiers = rows.iter().map(|(name, count, shares)| PyramidTier {
        name: name.clone(),
        note: (words.notes)(count / all),
        customers: customers(name, *count),
        shares: (0..measures)
            .map(|at| mark(name, words.titles[3 + at], shares[at], percent(shares[at])))
            .collect(),
    });
    let bands = outside.iter().zip(words.outside).map(|(count, name)| PyramidTier {
        name: name.into(),
        note: String::new(),
        customers: customers(name, *count),
        shares: vec![],
    });
    let titles = PyramidTitles {
        tier: words.titles[0].into(),
        note: words.titles[1].into(),
        customers: words.titles[2].into(),
        shares: words.titles[3..3 + measures].iter().map(|title| (*title).into()).collect(),
    };
    let pyramid = Pyramid::new(titles, tiers.collect(), bands.collect());
    spec("頂端 1% 的顧客帶來 28.1% 的營收", Marks::Pyramid(pyramid))
}

fn thousands(count: f64) -> String {
    let digits = format!("{count:.0}");
    let grouped = digits.as_bytes().rchunks(3).rev().map(|part| std::str::from_utf8(part).unwrap());
    grouped.collect::<Vec<_>>().join(",")
}

pub fn pyramid(words: &Words) -> ChartSpec {
    let counts = [31.0, 124.0, 465.0, 2480.0];
    let shares = [[0.281, 0.62], [0.254, 0.41], [0.262, 0.17], [0.203, -0.2]];
    let rows: Vec<_> = (0..4).map(|at| (words.tiers[at].to_owned(), counts[at], shares[at])).collect();
    pyramid_of(words, &rows, &[1904.0, 12_500.0], 2)
}

pub fn pyramid_with(tiers: usize, count: fn(usize) -> f64) -> ChartSpec {
    let rows: Vec<_> = (0..tiers)
        .map(|at| (format!("第 {} 層", at + 1), count(at), [1.0 / tiers as f64, 1.18 - 0.2 * at as f64]))
        .collect();
    pyramid_of(&CHINESE, &rows, &[], 2)
}

pub fn share(at: f64) -> String {
    format!("{:.0}%", at * 100.0)
}

fn points(count: usize, curve: impl Fn(f64) -> f64) -> Vec<Point> {
    let point = |at: usize| {
        let x = at as f64 / (count - 1).max(1) as f64;
        Point { x, mark: Mark::new(share(x), curve(x), percent(curve(x))) }
    };
    (0..count).map(point).collect()
}

/// Cumulative profit of customers ordered by profit: over 100 %, and back.
pub fn whale() -> ChartSpec {
    let curve =
        |x: f64| if x < 0.25 { 1.2 * (x / 0.25).powf(0.6) } else { 1.2 - 0.2 * ((x - 0.25) / 0.75).powi(3) };
    let lines = Lines {
        x: Axis::covering("Customers, most profitable first", [0.0, 1.0], share),
        y: Axis::covering("Cumulative share of profit", [0.0, 1.2], share),
        series_title: String::new(),
        series: vec![LineSeries {
            name: "Profit".into(),
            role: Role::Accent2,
            points: points(200, curve),
            area: true,
        }],
        references: vec![Reference { at: 1.0, label: "all profit 100%".into() }],
        verticals: vec![Reference { at: 0.69, label: "the last 31% lose money".into() }],
        guides: vec![Guide { name: "all alike".into(), from: (0.0, 0.0), to: (1.0, 1.0) }],
        callouts: vec![Callout { x: 0.2, y: curve(0.2), label: "20% of customers → 105%".into() }],
    };
    spec("20% of customers bring 105% of profit", Marks::Lines(lines))
}

/// Two models against picking at random.
pub fn gains() -> ChartSpec {
    let series = |name: &str, role, power: f64, count| LineSeries {
        name: name.into(),
        role,
        points: points(count, |x| 1.0 - (1.0 - x).powf(power)),
        area: false,
    };
    let lines = Lines {
        x: Axis::covering("寄送比例", [0.0, 1.0], share),
        y: Axis::covering("找到的回應者", [0.0, 1.0], share),
        series_title: "名單".into(),
        series: vec![
            series("RFM 區塊", Role::Accent1, 3.0, 126),
            series("最近購買日期", Role::Below, 1.8, 6),
        ],
        references: vec![],
        verticals: vec![],
        guides: vec![Guide { name: "隨機抽選".into(), from: (0.0, 0.0), to: (1.0, 1.0) }],
        callouts: vec![
            Callout { x: 0.27, y: 1.0 - 0.73_f64.powi(3), label: "寄送 27% → 61% 的回應者".into() },
            Callout { x: 0.3, y: 1.0 - 0.7_f64.powi(3), label: "寄送 30% → 66% 的回應者".into() },
        ],
    };
    spec("寄送 27% 的名單就找到 61% 的回應者", Marks::Lines(lines))
}

/// How many bins to cut into: a discrete axis.
pub fn bins() -> ChartSpec {
    let profit = [41_000.0, 63_000.0, 82_000.0, 98_200.0, 97_100.0, 91_000.0, 84_000.0, 70_500.0, 52_000.0];
    let points = profit.iter().enumerate().map(|(at, amount)| {
        let x = (at + 2) as f64;
        Point { x, mark: Mark::new(format!("{x} bins"), *amount, format!("${}", thousands(*amount))) }
    });
    let lines = Lines {
        x: Axis {
            title: "Bins per variable".into(),
            ticks: (2..=10).map(|at| Tick { at: f64::from(at), label: at.to_string() }).collect(),
        },
        y: Axis::from_zero("Expected profit", profit, |at| format!("${}", thousands(at))),
        series_title: String::new(),
        series: vec![LineSeries {
            name: String::new(),
            role: Role::Accent2,
            points: points.collect(),
            area: false,
        }],
        references: vec![],
        verticals: vec![Reference { at: 5.0, label: "in use: 5".into() }],
        guides: vec![],
        callouts: vec![],
    };
    spec("Five bins earn the most", Marks::Lines(lines))
}

/// What was expected of each decile, and what came.
pub fn expected_and_actual() -> ChartSpec {
    let cells = ["555", "554", "545", "455", "213"];
    let series = |name: &str, role, of: fn(f64) -> f64| BarSeries {
        name: name.into(),
        marks: cells
            .iter()
            .enumerate()
            .map(|(at, cell)| {
                let profit = of(4000.0 - 1100.0 * at as f64);
                Mark::new(format!("{name} {cell}"), profit, format!("NT${profit:.0}")).role(role)
            })
            .collect(),
    };
    let bars = HorizontalBars {
        category_title: "區塊代碼".into(),
        categories: cells.map(String::from).to_vec(),
        series_title: "利潤".into(),
        series: vec![
            series("預期", Role::Accent4, |amount| amount),
            series("實際", Role::Accent2, |amount| amount * 0.7 - 200.0),
        ],
        value_title: "利潤".into(),
    };
    spec("實際利潤比預期少三成", Marks::HorizontalBars(bars))
}

/// What a value hangs on: each input lower and higher.
pub fn tornado() -> ChartSpec {
    let inputs = [
        "Retention rate: 75% – 85%",
        "年折現率：5% – 15%",
        "Acquisition cost: NT$1,350 – NT$1,650",
        "Years: 1 – 3",
    ];
    let series = |name: &str, role, ends: [f64; 4]| BarSeries {
        name: name.into(),
        marks: ends
            .into_iter()
            .zip(inputs)
            .map(|(end, input)| Mark::new(input, 1167.0 + end, format!("NT${:.0}", 1167.0 + end)).role(role))
            .collect(),
    };
    let bars = HorizontalBars {
        category_title: "Input".into(),
        categories: inputs.map(String::from).to_vec(),
        series_title: "The input is".into(),
        series: vec![
            series("lower", Role::Accent4, [-524.0, 533.0, 150.0, -9.0]),
            series("higher", Role::Accent1, [733.0, -381.0, -150.0, 12.0]),
        ],
        value_title: "Lifetime value".into(),
    };
    spec("Lifetime value: most hangs on the retention rate", Marks::Tornado(Tornado { bars, base: 1167.0 }))
}

/// Parts that stand on each other, a cost below zero among them.
pub fn stacked(years: usize) -> ChartSpec {
    let names = ["新顧客建立成本", "基本利益", "更多的購買", "降低成本"];
    let categories: Vec<String> = (0..=years).map(|year| format!("第 {year} 年")).collect();
    let amount = |part: usize, year: usize| match (part, year) {
        (0, 0) => -800.0,
        (0, _) | (_, 0) => 0.0,
        (1, _) => 300.0,
        (part, year) => 40.0 * part as f64 * (year - 1) as f64,
    };
    let series = names.iter().enumerate().map(|(part, name)| {
        let role = if part == 0 { Role::Below } else { Role::ordered(part - 1, 3) };
        let mark = |(year, category): (usize, &String)| {
            Mark::new(
                format!("{category} · {name}"),
                amount(part, year),
                format!("NT${:.0}", amount(part, year)),
            )
            .role(role)
        };
        BarSeries { name: name.to_string(), marks: categories.iter().enumerate().map(mark).collect() }
    });
    let bars = Bars {
        category_title: "往來年數".into(),
        bands: vec![],
        series_title: "項目".into(),
        series: series.collect(),
        amounts: Axis::from_zero("利潤", [-800.0, 300.0 + 200.0 * years as f64], |amount| {
            format!("NT${amount:.0}")
        }),
        reference: None,
        interval_titles: Default::default(),
        categories,
    };
    spec("顧客第一年帶來 NT$300", Marks::StackedBars(bars))
}

/// What the campaign tool and the pyramid draw, and the ends of what they may draw.
pub fn gallery() -> Vec<(&'static str, ChartSpec)> {
    vec![
        ("rates-1", rates_of(&[0.02], 0.01)),
        ("rates-2", rates_of(&[0.0391, 0.0081], 0.006)),
        ("rates-12", rates_of(&falling(12), 0.008)),
        ("rates-125", rates_of(&falling(125), 0.008)),
        ("rates-1000", rates_of(&falling(1000), 0.008)),
        ("rates-alike", rates_of(&[0.0177; 125], 0.008)),
        ("pyramid", pyramid(&CHINESE)),
        ("pyramid-english", pyramid(&ENGLISH)),
        ("pyramid-1", pyramid_with(1, |_| 1.0)),
        ("pyramid-2", pyramid_with(2, |at| 1_234_567.0 * at as f64)),
        ("pyramid-10", pyramid_with(10, |at| 10.0 * at as f64)),
        ("pyramid-none", pyramid_with(4, |_| 0.0)),
        (
            "pyramid-one-measure",
            pyramid_of(
                &ENGLISH,
                &[("Top".into(), 20.0, [0.8, 0.0]), ("Rest".into(), 80.0, [0.2, 0.0])],
                &[40.0],
                1,
            ),
        ),
        (
            "pyramid-counts",
            pyramid_of(
                &ENGLISH,
                &[("Top".into(), 20.0, [0.0; 2]), ("Rest".into(), 80.0, [0.0; 2])],
                &[40.0],
                0,
            ),
        ),
        ("whale", whale()),
        ("gains", gains()),
        ("bins", bins()),
        ("expected-actual", expected_and_actual()),
        ("tornado", tornado()),
        ("stacked-3", stacked(3)),
        ("stacked-10", stacked(10)),
    ]
}
