//! The words of the page.

use super::options::Part;
use crate::core::lang::Lang;

pub struct ClvText {
    pub title: &'static str,
    pub question: &'static str,
    /// In the order of [`Part::ALL`].
    parts: [(&'static str, &'static str); 6],
    pub steps: &'static str,
    pub settings: &'static str,
    pub survivors: &'static str,
    pub survivors_help: &'static str,
    pub regular: &'static str,
    pub high_end: &'static str,
    pub probabilities: &'static str,
    pub probabilities_help: &'static str,
    pub matrix: &'static str,
    pub matrix_help: &'static str,
    pub state: &'static str,
    pub name_of: fn(&str) -> String,
    pub reward: &'static str,
    pub reward_of: fn(&str) -> String,
    pub from_to: fn(&str, &str) -> String,
    pub sum: &'static str,
    pub add_state: &'static str,
    pub remove_state: fn(&str) -> String,
    pub remove: &'static str,
    pub example: &'static str,
    pub private: &'static str,
    pub to_data: &'static str,
}

impl ClvText {
    /// The name of a part, and the question that it answers.
    pub fn part(&self, part: Part) -> (&'static str, &'static str) {
        self.parts[Part::ALL.iter().position(|each| *each == part).unwrap_or(0)]
    }
}

pub fn text(lang: Lang) -> &'static ClvText {
    lang.pick(&EN, &ZH_HANT)
}

static EN: ClvText = ClvText {
    title: "Customer lifetime value",
    question: "What is a customer worth, and how much of it hangs on keeping the customer?",
    parts: [
        ("Formula", "one margin, one retention rate"),
        ("Retention by year", "survivors and how they go on"),
        ("Customer migration", "who may come back"),
        ("Markov chain", "states and moves"),
        ("Five percent", "what a few points are worth"),
        ("Complaints", "and winning against keeping"),
    ],
    steps: "Ways to a lifetime value",
    settings: "Inputs",
    survivors: "Survivors by period",
    survivors_help: "Counts, or per cent where the first number is 100. Paste a column of a spreadsheet.",
    regular: "Example: regular customers",
    high_end: "Example: high-end customers",
    probabilities: "Probability of buying, by periods since the last purchase (%)",
    probabilities_help: "The first number: bought one period ago. After the last one the customer counts as lost.",
    matrix: "States and transition matrix",
    matrix_help: "Each row says where the customers of a state are one period later, in per cent; it must sum to 100%. Names and numbers are part of the link: do not name customers.",
    state: "State",
    name_of: |at| format!("Name of state {at}"),
    reward: "Brings in a period",
    reward_of: |name| format!("What a customer in {name} brings in a period"),
    from_to: |from, to| format!("From {from} to {to}, %"),
    sum: "Sum",
    add_state: "Add a state",
    remove_state: |name| format!("Remove {name}"),
    remove: "Remove",
    example: "The published example",
    private: "Numbers taken from the data are never part of a link.",
    to_data: "To the data page",
};

static ZH_HANT: ClvText = ClvText {
    title: "顧客終身價值",
    question: "一位顧客值多少？其中有多少取決於留住顧客？",
    parts: [
        ("公式", "一個毛利、一個保留率"),
        ("逐年保留率", "存活顧客與推估"),
        ("顧客移轉", "誰可能再回來"),
        ("馬可夫鏈", "狀態與移轉"),
        ("百分之五", "幾個百分點值多少"),
        ("客訴", "以及爭取與留住"),
    ],
    steps: "計算終身價值的方法",
    settings: "輸入",
    survivors: "各期存活顧客",
    survivors_help: "輸入人數；第一個數字是 100 時視為百分比。可以貼上試算表的一欄。",
    regular: "範例：一般顧客",
    high_end: "範例：高階顧客",
    probabilities: "購買機率，依距最近購買的期數（%）",
    probabilities_help: "第一個數字：上一期購買的顧客。過了最後一個就視為流失。",
    matrix: "狀態與移轉矩陣",
    matrix_help: "每一列是某狀態的顧客一期後的去處（%），合計必須是 100%。名稱與數字會放進連結，請勿寫顧客姓名。",
    state: "狀態",
    name_of: |at| format!("狀態 {at} 的名稱"),
    reward: "每期收益",
    reward_of: |name| format!("在{name}的顧客每期帶來的收益"),
    from_to: |from, to| format!("從{from}到{to}，%"),
    sum: "合計",
    add_state: "增加狀態",
    remove_state: |name| format!("移除{name}"),
    remove: "移除",
    example: "文獻的範例",
    private: "由資料估計的數字不會放進連結。",
    to_data: "到資料頁",
};
