//! The words of the sensitivity panel.

use crate::core::lang::Lang;

pub(super) struct SensitivityText {
    pub title: &'static str,
    pub help: &'static str,
    pub spread: &'static str,
    pub spread_of: fn(&str, &str) -> String,
    pub one: &'static str,
    pub two: &'static str,
    pub down: &'static str,
    pub across: &'static str,
    pub scenarios: &'static str,
    pub scenarios_help: &'static str,
    pub name: &'static str,
    pub keep: &'static str,
    pub load: fn(&str) -> String,
    pub remove: fn(&str) -> String,
    pub load_short: &'static str,
    pub remove_short: &'static str,
    pub loaded: fn(&str) -> String,
    pub table: &'static str,
    /// How many of how many scenarios the link carries.
    pub carried: fn(&str, &str) -> String,
    pub no_answer: &'static str,
}

pub(super) fn text(lang: Lang) -> &'static SensitivityText {
    lang.pick(&EN, &ZH_HANT)
}

static EN: SensitivityText = SensitivityText {
    title: "What the answer hangs on",
    help: "Each input is moved alone, then two at a time; shares move by points. What is kept under a name is part of the link.",
    spread: "Move each input by",
    spread_of: |share, points| format!("±{share}; shares by ±{points} points"),
    one: "One at a time",
    two: "Two at a time",
    down: "Down",
    across: "Across",
    scenarios: "Scenarios side by side",
    scenarios_help: "Keep the inputs as they stand under a name, change them, and compare. Names and numbers are in the link: do not name customers.",
    name: "Name of the scenario",
    keep: "Keep these inputs",
    load: |name| format!("Work with “{name}”"),
    remove: |name| format!("Remove “{name}”"),
    load_short: "Use",
    remove_short: "Remove",
    loaded: |name| format!("The inputs are now those of “{name}”."),
    table: "Scenarios",
    carried: |carried, all| {
        format!("The link carries {carried} of {all} scenarios; all are saved in the workspace.")
    },
    no_answer: "There is no answer to vary yet: see the message above.",
};

static ZH_HANT: SensitivityText = SensitivityText {
    title: "答案取決於什麼",
    help: "先逐一變動各項目，再同時變動兩項；比率以百分點變動。取名保留的情境會放進連結。",
    spread: "各項目變動幅度",
    spread_of: |share, points| format!("±{share}，比率 ±{points} 個百分點"),
    one: "逐項變動",
    two: "兩項同時變動",
    down: "直向",
    across: "橫向",
    scenarios: "情境並列",
    scenarios_help: "把目前的輸入取名保留，改動之後再比較。名稱與數字會放進連結，請勿寫顧客姓名。",
    name: "情境名稱",
    keep: "保留目前的輸入",
    load: |name| format!("套用「{name}」"),
    remove: |name| format!("移除「{name}」"),
    load_short: "套用",
    remove_short: "移除",
    loaded: |name| format!("目前的輸入已換成「{name}」。"),
    table: "情境比較",
    carried: |carried, all| format!("連結放得下 {all} 個情境中的 {carried} 個；工作區會保留全部。"),
    no_answer: "目前沒有答案可以變動，請看上方的訊息。",
};
