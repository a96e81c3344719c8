//! Words of the third step: what the test says of each cell.

use super::super::answer::Verdict;
use super::super::options::Rule;
use crate::core::lang::{Lang, several};

pub struct TestWords {
    pub rule: &'static str,
    pub rules: [&'static str; 3],
    pub rules_help: [&'static str; 3],
    pub verdicts: [&'static str; 3],
    // Figures
    pub responses: &'static str,
    pub responses_note: fn(&str, &str) -> String,
    pub rate: &'static str,
    pub rate_note: fn(&str, &str) -> String,
    pub verdicts_title: &'static str,
    pub verdicts_note: &'static str,
    pub test_profit: &'static str,
    pub test_profit_note: &'static str,
    pub baseline: &'static str,
    pub baseline_note: &'static str,
    pub shrunk: fn(&str) -> String,
    // Against the truth
    pub truth_title: &'static str,
    pub truth_says: fn(&str, &str, &str) -> String,
    pub truth_caption: &'static str,
    pub would_pay: &'static str,
    pub would_not_pay: &'static str,
    pub mailed: &'static str,
    pub left: &'static str,
    // The table
    pub table: &'static str,
    pub caption: fn(&str, &str) -> String,
    pub tested: &'static str,
    pub interval: fn(&str) -> String,
    pub rate_head: &'static str,
    pub shrunken: &'static str,
    pub index: &'static str,
    pub profit: &'static str,
    pub verdict: &'static str,
    pub mail: &'static str,
    pub mail_cell: fn(&str) -> String,
    pub by_hand: &'static str,
    pub true_rate: &'static str,
    pub filter: &'static str,
    pub all: &'static str,
    pub picked: fn(&str) -> String,
    pub show_all: &'static str,
    pub none_such: &'static str,
    pub by_rule_again: fn(&str) -> String,
    pub not_scores: &'static str,
}

impl TestWords {
    pub fn verdict(&self, verdict: Verdict) -> &'static str {
        self.verdicts[verdict as usize]
    }

    pub fn rule_name(&self, rule: Rule) -> &'static str {
        self.rules[rule as usize]
    }

    pub fn rule_help(&self, rule: Rule) -> &'static str {
        self.rules_help[rule as usize]
    }
}

pub fn test(lang: Lang) -> &'static TestWords {
    lang.pick(&EN, &ZH_HANT)
}

static EN: TestWords = TestWords {
    rule: "A cell is rolled out by",
    rules: ["its rate, as in the course", "its interval", "its shrunken rate"],
    rules_help: [
        "The rate of the test against the break-even rate. Simple, and with small cells often wrong.",
        "The whole interval must lie above or below break-even; in between nobody can tell.",
        "Each rate is drawn towards the mean of all cells, the more so the fewer names were tested.",
    ],
    verdicts: ["Roll out", "Can't tell", "Don't mail"],
    responses: "Responses",
    responses_note: |tested, cells| {
        format!("of {tested} test mailings in {cells}", cells = several(cells, "cell"))
    },
    rate: "Response rate of the test",
    rate_note: |low, high| format!("interval {low} to {high}"),
    verdicts_title: "Roll out · can't tell · don't mail",
    verdicts_note: "cells",
    test_profit: "Profit of the test itself",
    test_profit_note: "a test buys knowledge",
    baseline: "Control group",
    baseline_note: "bought without any mail",
    shrunk: |mean| format!("Shrunken rates are drawn towards {mean}, the mean of all cells."),
    truth_title: "Which decisions hold?",
    truth_says: |right, all, share| format!("{right} of {all} cells are decided rightly ({share})."),
    truth_caption: "Cells by what is true of the sample, and what was decided",
    would_pay: "Would pay",
    would_not_pay: "Would not pay",
    mailed: "Mailed",
    left: "Not mailed",
    table: "What the test says of each cell",
    caption: |shown, all| format!("{shown} of {all} cells"),
    tested: "Tested",
    interval: |confidence| format!("{confidence} interval"),
    rate_head: "Rate",
    shrunken: "Shrunken",
    index: "Break-even index",
    profit: "Profit of the test",
    verdict: "Verdict",
    mail: "Mail",
    mail_cell: |cell| format!("Mail cell {cell}"),
    by_hand: "by hand",
    true_rate: "True rate",
    filter: "Show",
    all: "All cells",
    picked: |cell| format!("Cell {cell}"),
    show_all: "Show all cells",
    none_such: "No cell has this verdict.",
    by_rule_again: |cells| {
        format!("Leave {cells} chosen by hand to the rule again", cells = several(cells, "cell"))
    },
    not_scores: "A cell code is not a score: the test speaks of cells and does not predict what one person will do.",
};

static ZH_HANT: TestWords = TestWords {
    rule: "依什麼判定",
    rules: ["測試的回應率（課程的作法）", "信賴區間", "縮減回應率"],
    rules_help: [
        "測試的回應率與損益平衡回應率相比。簡單，但區塊小時常常判錯。",
        "整個區間都在損益平衡之上或之下才算數，介於其間就無法判定。",
        "每個回應率都往全部區塊的平均靠攏，測試人數越少靠得越多。",
    ],
    verdicts: ["全面寄發", "無法判定", "不寄發"],
    responses: "回應",
    responses_note: |tested, cells| format!("{cells} 個區塊，共 {tested} 件測試寄發"),
    rate: "測試的回應率",
    rate_note: |low, high| format!("區間 {low} 至 {high}"),
    verdicts_title: "全面寄發 · 無法判定 · 不寄發",
    verdicts_note: "區塊數",
    test_profit: "測試本身的淨利",
    test_profit_note: "測試買到的是資訊",
    baseline: "對照組",
    baseline_note: "沒收到郵件也購買",
    shrunk: |mean| format!("縮減回應率往全部區塊的平均 {mean} 靠攏。"),
    truth_title: "哪些判定站得住腳？",
    truth_says: |right, all, share| format!("{all} 個區塊中有 {right} 個判對（{share}）。"),
    truth_caption: "範例的真實情形與判定結果，區塊數",
    would_pay: "其實划算",
    would_not_pay: "其實不划算",
    mailed: "寄發",
    left: "不寄",
    table: "各區塊的測試結果",
    caption: |shown, all| format!("{all} 個區塊中的 {shown} 個"),
    tested: "測試人數",
    interval: |confidence| format!("{confidence} 區間"),
    rate_head: "回應率",
    shrunken: "縮減後",
    index: "損益平衡指數",
    profit: "測試淨利",
    verdict: "判定",
    mail: "寄發",
    mail_cell: |cell| format!("寄給區塊 {cell}"),
    by_hand: "自行決定",
    true_rate: "真實回應率",
    filter: "顯示",
    all: "全部區塊",
    picked: |cell| format!("區塊 {cell}"),
    show_all: "顯示全部區塊",
    none_such: "沒有這種判定的區塊。",
    by_rule_again: |cells| format!("自行決定的 {cells} 個區塊全部改回依規則判定"),
    not_scores: "區塊代碼不是評分：測試說的是區塊，無法預測某一個人會怎麼做。",
};
