//! Words of the fourth step: the roll-out.

use crate::core::lang::{Lang, several};

pub struct RollOutWords {
    pub nothing_yet: &'static str,
    pub none_chosen: &'static str,
    pub to_test: &'static str,
    // Figures
    pub mailed: &'static str,
    pub mailed_note: fn(&str, &str) -> String,
    pub responses: &'static str,
    pub responses_note: fn(&str, &str) -> String,
    pub profit: &'static str,
    pub profit_note: fn(&str, &str, &str) -> String,
    pub more: &'static str,
    pub more_note: fn(&str) -> String,
    // The comparison
    pub compare: &'static str,
    pub choice: &'static str,
    pub expected_responses: &'static str,
    pub rate: &'static str,
    pub revenue: &'static str,
    pub cost: &'static str,
    pub interval: fn(&str) -> String,
    pub this: &'static str,
    pub everyone: &'static str,
    pub nobody: &'static str,
    pub raw: &'static str,
    pub truth: &'static str,
    pub projected_by: &'static str,
    // The winner's curse
    pub curse: &'static str,
    pub curse_says: fn(&str, &str) -> String,
    pub curse_gap: fn(&str) -> String,
    pub curse_none: fn(&str, &str) -> String,
    pub curse_true: fn(&str) -> String,
    // The guard
    pub guard: &'static str,
    pub guard_help: &'static str,
    pub guard_days: &'static str,
    pub guard_days_wrong: &'static str,
    pub guard_campaigns: &'static str,
    pub guard_campaigns_wrong: &'static str,
    pub mailing_date: &'static str,
    pub mailing_date_help: &'static str,
    pub day_wrong: &'static str,
    // The partition
    pub partition: &'static str,
    pub parts: [&'static str; 5],
    pub part: fn(&str, &str) -> String,
    pub cells_table: &'static str,
    pub cells_caption: fn(&str) -> String,
    pub guarded: &'static str,
    pub raw_profit: &'static str,
    pub true_profit: &'static str,
}

pub fn roll_out(lang: Lang) -> &'static RollOutWords {
    lang.pick(&EN, &ZH_HANT)
}

static EN: RollOutWords = RollOutWords {
    nothing_yet: "The roll-out follows from the test: responses come first.",
    none_chosen: "No cell is chosen: the roll-out mails nobody.",
    to_test: "Go to the cell test",
    mailed: "Mailed in the roll-out",
    mailed_note: |share, cells| {
        format!("{share} of all customers, in {cells}", cells = several(cells, "cell"))
    },
    responses: "Expected responses",
    responses_note: |rate, interval| format!("{rate} · {interval}"),
    profit: "Expected profit",
    profit_note: |confidence, low, high| format!("{confidence} interval {low} to {high}"),
    more: "More than mailing everyone",
    more_note: |profit| format!("mailing everyone: {profit}"),
    compare: "What else could be done",
    choice: "Choice",
    expected_responses: "Responses",
    rate: "Rate",
    revenue: "Revenue",
    cost: "Cost",
    interval: |confidence| format!("{confidence} interval"),
    this: "These cells",
    everyone: "Mail everyone",
    nobody: "Mail nobody",
    raw: "These cells, as their raw rates promise",
    truth: "These cells, true of the sample",
    projected_by: "Projected with shrunken rates, whatever rule chose the cells; without those tested and the control group. The test's own profit is told in the step before.",
    curse: "The winner's curse",
    curse_says: |raw, expected| {
        format!(
            "The chosen cells' raw rates promise {raw}; expect {expected}. Cells are chosen because their test went well, and a test goes well partly by luck, which does not come again in the roll-out."
        )
    },
    curse_gap: |gap| {
        format!("{gap} of the promise is luck. That is why a projection never uses the raw winning rate.")
    },
    curse_none: |raw, expected| {
        format!(
            "The raw rates promise {raw}, and {expected} is expected: here luck has not made the promise too large."
        )
    },
    curse_true: |truth| format!("In this sample the truth is known: {truth}."),
    guard: "Not the same people again",
    guard_help: "Leaves out customers who have been contacted too recently. The test of this campaign is left out anyway.",
    guard_days: "Contacted in the last … days",
    guard_days_wrong: "Type a whole number of days from 1 to 3,650, or nothing.",
    guard_campaigns: "Contacted in the last … other campaigns",
    guard_campaigns_wrong: "Type a whole number from 1 to 100, or nothing.",
    mailing_date: "Day of the roll-out",
    mailing_date_help: "Empty: the analysis date of the data.",
    day_wrong: "This is not a date. Type it as 2026-06-30, or leave the field empty.",
    partition: "Every customer in one place",
    parts: ["mailed", "tested", "control", "held back", "not mailed"],
    part: |name, count| format!("{count} {name}"),
    cells_table: "The roll-out, cell by cell",
    cells_caption: |cells| format!("Mailed: {cells}", cells = several(cells, "cell")),
    guarded: "Held back",
    raw_profit: "As raw rates promise",
    true_profit: "True",
};

static ZH_HANT: RollOutWords = RollOutWords {
    nothing_yet: "要先有測試的回應，才能決定執行。",
    none_chosen: "沒有選任何區塊：這次執行不寄給任何人。",
    to_test: "到區塊測試",
    mailed: "執行寄發",
    mailed_note: |share, cells| format!("全部顧客的 {share}，{cells} 個區塊"),
    responses: "預期回應",
    responses_note: |rate, interval| format!("{rate} · {interval}"),
    profit: "預期淨利",
    profit_note: |confidence, low, high| format!("{confidence} 區間 {low} 至 {high}"),
    more: "比全寄多賺",
    more_note: |profit| format!("全寄的淨利 {profit}"),
    compare: "與其他作法相比",
    choice: "作法",
    expected_responses: "回應",
    rate: "回應率",
    revenue: "淨效益",
    cost: "成本",
    interval: |confidence| format!("{confidence} 區間"),
    this: "選出的區塊",
    everyone: "全寄",
    nobody: "全不寄",
    raw: "選出的區塊，照原始回應率估",
    truth: "選出的區塊，範例的真實情形",
    projected_by: "不論依什麼選出區塊，一律以縮減回應率推估，並排除已測試者與對照組。測試本身的淨利列在上一步。",
    curse: "贏家的詛咒",
    curse_says: |raw, expected| {
        format!(
            "選出的區塊若照原始回應率估，可賺 {raw}；實際應預期 {expected}。區塊是因為測試結果好才被選上，而結果好有一部分是運氣，執行時不會再來一次。"
        )
    },
    curse_gap: |gap| format!("其中 {gap} 只是運氣。所以推估時絕不直接用勝出的原始回應率。"),
    curse_none: |raw, expected| {
        format!("照原始回應率估可賺 {raw}，預期 {expected}：這次運氣沒有把數字灌大。")
    },
    curse_true: |truth| format!("這份示範資料知道真相：{truth}。"),
    guard: "不重複打擾同一批人",
    guard_help: "排除最近才聯繫過的顧客。這次活動的測試名單一律排除。",
    guard_days: "最近幾天內聯繫過",
    guard_days_wrong: "請輸入 1 到 3,650 的整數，或留空。",
    guard_campaigns: "最近幾次其他行銷活動聯繫過",
    guard_campaigns_wrong: "請輸入 1 到 100 的整數，或留空。",
    mailing_date: "執行日期",
    mailing_date_help: "留空表示資料的分析日期。",
    day_wrong: "這不是日期。請輸入如 2026-06-30，或留空。",
    partition: "每位顧客都有去處",
    parts: ["寄發", "已測試", "對照組", "暫不打擾", "不寄發"],
    part: |name, count| format!("{name} {count}"),
    cells_table: "逐區塊的執行",
    cells_caption: |cells| format!("要寄發的 {cells} 個區塊"),
    guarded: "暫不打擾",
    raw_profit: "照原始回應率估",
    true_profit: "真實",
};
