//! Words of the fifth step: the review.

use crate::core::lang::{Lang, several};

pub struct ReviewWords {
    pub nothing_yet: &'static str,
    pub to_roll_out: &'static str,
    pub no_responses: &'static str,
    // Figures
    pub responses: &'static str,
    pub responses_note: fn(&str, &str, &str) -> String,
    pub rate: &'static str,
    pub profit: &'static str,
    pub profit_note: fn(&str) -> String,
    pub within: &'static str,
    pub within_note: fn(&str) -> String,
    pub incremental: &'static str,
    pub incremental_note: fn(&str) -> String,
    // The table
    pub table: &'static str,
    pub caption: fn(&str) -> String,
    pub mailed: &'static str,
    pub expected: &'static str,
    pub expected_range: &'static str,
    pub actual: &'static str,
    pub expected_profit: &'static str,
    pub actual_profit: &'static str,
    pub as_expected: &'static str,
    pub more: &'static str,
    pub fewer: &'static str,
    pub outcome: &'static str,
}

pub fn review(lang: Lang) -> &'static ReviewWords {
    lang.pick(&EN, &ZH_HANT)
}

static EN: ReviewWords = ReviewWords {
    nothing_yet: "The review holds the results of the roll-out against what was expected. Choose cells and record the roll-out first.",
    to_roll_out: "Go to the roll-out",
    no_responses: "No responses to the roll-out yet.",
    responses: "Actual responses",
    responses_note: |expected, low, high| format!("expected {expected} ({low} to {high})"),
    rate: "Actual response rate",
    profit: "Actual profit",
    profit_note: |expected| format!("expected {expected}"),
    within: "Cells as expected",
    within_note: |cells| format!("of {cells}, within their interval"),
    incremental: "More than without mail",
    incremental_note: |baseline| format!("the control group bought at {baseline}"),
    table: "Results, cell by cell",
    caption: |cells| format!("{cells} of the roll-out", cells = several(cells, "cell")),
    mailed: "Mailed",
    expected: "Expected",
    expected_range: "Expected interval",
    actual: "Actual",
    expected_profit: "Expected profit",
    actual_profit: "Actual profit",
    as_expected: "as expected",
    more: "more",
    fewer: "fewer",
    outcome: "Outcome",
};

static ZH_HANT: ReviewWords = ReviewWords {
    nothing_yet: "檢討是拿執行的實際結果與當時的預期相比。請先選出區塊並登錄執行。",
    to_roll_out: "到行銷活動執行",
    no_responses: "執行尚無回應。",
    responses: "實際回應",
    responses_note: |expected, low, high| format!("預期 {expected}（{low} 至 {high}）"),
    rate: "實際回應率",
    profit: "實際淨利",
    profit_note: |expected| format!("預期 {expected}"),
    within: "符合預期的區塊",
    within_note: |cells| format!("共 {cells} 個，在預期區間內"),
    incremental: "郵件帶來的增加",
    incremental_note: |baseline| format!("對照組的購買率是 {baseline}"),
    table: "各區塊的結果",
    caption: |cells| format!("執行的 {cells} 個區塊"),
    mailed: "寄發",
    expected: "預期",
    expected_range: "預期區間",
    actual: "實際",
    expected_profit: "預期淨利",
    actual_profit: "實際淨利",
    as_expected: "符合預期",
    more: "較多",
    fewer: "較少",
    outcome: "結果",
};
