//! The inputs of each part of the page.

use crate::core::inputs::{Input, Words};

const TIMING: &[Words] = &[("After one year", "一年之後"), ("Now", "現在")];
const TIMING_LABEL: Words = ("First margin", "第一筆毛利");
const TIMING_HELP: Words = (
    "After one year: the customer must first be kept. Now: the first margin is certain.",
    "一年之後：顧客要先留住才有。現在：第一筆毛利已確定。",
);

const fn timing() -> Input {
    Input::choice("first", TIMING_LABEL, TIMING).help(TIMING_HELP)
}

const fn discount(start: f64) -> Input {
    Input::rate("discount", ("Discount rate per year", "年折現率"), start)
}

const fn acquisition(start: f64) -> Input {
    Input::money("acquisition", ("Acquisition cost per customer", "新顧客建立成本"), start)
}

const fn retention(start: f64) -> Input {
    Input::rate("retention", ("Retention rate per year", "年保留率"), start).with_slider()
}

/// The positions of [`FORMULA`]'s `method`.
pub const FOR_EVER: usize = 0;
pub const SO_MANY_YEARS: usize = 1;
pub const BERGER_NASR: usize = 2;
pub const BEST: usize = 3;

pub static FORMULA: [Input; 10] = [
    Input::choice(
        "method",
        ("Formula", "公式"),
        &[
            ("Margin multiple, for ever", "毛利倍數（無限期）"),
            ("Margin multiple, a number of years", "毛利倍數（有限年數）"),
            ("Berger & Nasr, case 1", "Berger 與 Nasr 情況 1"),
            ("Customer life in years (Best)", "顧客年數（Best）"),
        ],
    ),
    Input::money("margin", ("Margin per customer and year", "每位顧客每年毛利"), 1_000.0),
    retention(0.8).only_while("method", &[FOR_EVER, SO_MANY_YEARS, BERGER_NASR]),
    Input::number("life", ("Customer life in years", "顧客年數"), 2.5)
        .between(0.0, 100.0)
        .help(("Part years count: 2.5.", "可以有小數，例如 2.5。"))
        .only_while("method", &[BEST]),
    discount(0.1),
    Input::rate("growth", ("Growth of the margin per year", "毛利年成長率"), 0.0)
        .between(-0.5, 0.5)
        .only_while("method", &[FOR_EVER, SO_MANY_YEARS]),
    Input::money("promotion", ("Cost of keeping per customer and year", "每位顧客每年維繫成本"), 200.0)
        .help(("Spent in the middle of each year.", "於每年年中支出。"))
        .only_while("method", &[BERGER_NASR]),
    acquisition(1_500.0),
    Input::whole("years", ("Years counted", "計算年數"), 10.0)
        .between(1.0, 100.0)
        .only_while("method", &[SO_MANY_YEARS, BERGER_NASR]),
    timing().only_while("method", &[FOR_EVER, SO_MANY_YEARS]),
];

/// The positions of `from` where a part can take its numbers from the data.
pub const TYPED: usize = 0;
pub const DATA: usize = 1;

const FROM: &[Words] = &[("Typed", "自行輸入"), ("From the data", "由資料估計")];
/// Lengths of a period, in months.
pub const PERIOD_MONTHS: [i32; 4] = [1, 3, 6, 12];
const PERIODS: &[Words] = &[("Month", "月"), ("Quarter", "季"), ("Half-year", "半年"), ("Year", "年")];

const fn from_data(label: Words) -> Input {
    Input::choice("from", label, FROM)
}

const fn period_choice(start: f64) -> Input {
    Input {
        start,
        ..Input::choice("period", ("Length of a period", "每期長度"), PERIODS).only_while("from", &[DATA])
    }
}

pub static YEARS: [Input; 9] = [
    from_data(("Survivors", "存活顧客")),
    period_choice(1.0),
    Input::whole("fit", ("Periods to fit", "用來估計的期數"), 7.0).between(2.0, 60.0).help((
        "What comes after is held out, to see how well each projection does.",
        "之後的期數保留不用，用來檢驗各種推估。",
    )),
    Input::whole("horizon", ("Periods to project", "推估期數"), 12.0).between(2.0, 60.0),
    Input::money("margin", ("Margin per customer and period", "每位顧客每期毛利"), 1_000.0),
    Input::rate("discount", ("Discount rate per period", "每期折現率"), 0.1),
    acquisition(1_500.0),
    Input::whole(
        "renewal",
        ("Next renewal of a customer (1 = the first)", "顧客下一次續約的次數（1＝第一次）"),
        1.0,
    )
    .between(1.0, 60.0),
    Input::choice("first", TIMING_LABEL, &[("After one period", "一期之後"), ("Now", "現在")])
        .help(TIMING_HELP),
];

pub static MIGRATION: [Input; 8] = [
    from_data(("Probabilities of buying", "購買機率")),
    period_choice(1.0),
    Input::whole("cells", ("Recency cells", "最近購買期數"), 4.0)
        .between(1.0, 12.0)
        .only_while("from", &[DATA]),
    Input::money("margin", ("What a purchase brings", "一次購買的貢獻"), 40.0),
    Input::money("promotion", ("Spent on each customer addressed", "每位被行銷顧客每期的支出"), 4.0),
    Input::rate("discount", ("Discount rate per period", "每期折現率"), 0.2),
    Input::whole("periods", ("Periods after the first purchase", "首購之後的期數"), 4.0).between(1.0, 100.0),
    Input::choice(
        "first",
        ("First purchase", "第一次購買"),
        &[("Counts, now", "現在，計入"), ("Is not counted", "不計入")],
    )
    .help(("The published example counts the first purchase.", "文獻的範例計入第一次購買。")),
];

pub static CHAIN: [Input; 7] = [
    from_data(("Transition matrix", "移轉矩陣")),
    Input { start: 3.0, ..period_choice(3.0) },
    Input::choice(
        "tiers",
        ("Tiers", "分層"),
        &[
            ("Curry: 1 / 4 / 15 / 80%", "Curry：1／4／15／80%"),
            ("Platinum, gold, iron, lead: 5 / 15 / 30 / 50%", "白金、黃金、鐵、鉛：5／15／30／50%"),
            ("Three equal tiers", "三等分"),
        ],
    )
    .only_while("from", &[DATA]),
    Input::rate("share", ("Margin, as a share of spend", "毛利佔消費金額"), 0.4).only_while("from", &[DATA]),
    Input::rate("discount", ("Discount rate per period", "每期折現率"), 0.2),
    Input::whole("periods", ("Periods counted (0 = for ever)", "計算期數（0＝無限期）"), 0.0)
        .between(0.0, 100.0),
    Input::choice(
        "first",
        ("What the state now brings", "目前狀態的收益"),
        &[("Counts, now", "現在，計入"), ("Is not counted: after one period", "不計入：一期之後開始")],
    )
    .help(("The published formula counts it.", "文獻的公式計入目前這一期。")),
];

pub static FIVE: [Input; 12] = [
    retention(0.8),
    Input::rate("points", ("Points of retention more", "保留率增加的百分點"), 0.05).between(0.0, 0.5),
    discount(0.1),
    acquisition(800.0),
    Input::money("base", ("Base profit per year", "每年基本利益"), 300.0),
    Input::money("purchases", ("More purchases: more each year", "更多的購買：每年增加"), 60.0),
    Input::money("savings", ("Lower costs: more each year", "降低成本：每年增加"), 30.0),
    Input::money("referrals", ("Referrals: more each year", "推薦顧客：每年增加"), 40.0),
    Input::money("prices", ("Higher prices: more each year", "更高單價：每年增加"), 20.0),
    Input::whole("growing", ("Years in which these grow", "逐年增加的年數"), 7.0).between(1.0, 50.0),
    Input::whole("years", ("Years of tenure counted", "計算年數"), 20.0).between(1.0, 100.0),
    timing(),
];

pub static COMPLAINTS: [Input; 13] = [
    Input::number("heard", ("Complaints heard", "聽到的抱怨"), 10.0),
    Input::number("silent", ("Silent customers per complaint", "每件抱怨背後沉默的顧客"), 20.0)
        .help(("The course says 20.", "課程的數字是 20。")),
    Input::rate("leaving", ("Dissatisfied customers who leave", "不滿意顧客的流失率"), 0.3)
        .help(("Your assumption: the course gives none.", "請自行假設，課程沒有給。")),
    Input::money("value", ("Value of a customer", "一位顧客的價值"), 1_000.0),
    Input::number("good", ("Good impressions per bad one", "彌補一次壞印象所需的好印象"), 12.0)
        .help(("The course says 12.", "課程的數字是 12。")),
    Input::money("operating", ("Operating cost of the period", "這段期間的營運成本"), 100_000.0),
    Input::rate("low", ("Service recovery, at least", "服務補救成本，至少"), 0.25)
        .help(("The course says 25–50% of the operating cost.", "課程的數字是營運成本的 25–50%。")),
    Input::rate("high", ("Service recovery, at most", "服務補救成本，至多"), 0.5),
    Input::number("satisfied", ("Satisfied customers", "滿意的顧客"), 100.0),
    Input::number("word", ("New customers per 100 satisfied", "每 100 位滿意顧客帶來的新顧客"), 15.0)
        .help(("The course says 15.", "課程的數字是 15。")),
    Input::money("budget", ("Budget for winning or keeping", "爭取或留住顧客的預算"), 70_000.0),
    Input::money("keep", ("Cost of keeping a customer", "留住一位顧客的成本"), 100.0).between(0.01, 1e9),
    Input::number("times", ("Winning costs … times as much", "爭取新顧客是幾倍成本"), 5.0)
        .between(0.1, 1_000.0)
        .help(("The course says 5–7 (A5, A31) and 5 (A59).", "課程說 5–7 倍（A5、A31），也說 5 倍（A59）。")),
];
