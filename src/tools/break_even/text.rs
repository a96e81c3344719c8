//! The words of the page, in both languages. Each calculator brings its own.

use crate::core::lang::Lang;

/// All fixed texts; a missing translation does not compile.
pub struct BreakEvenText {
    pub title: &'static str,
    pub question: &'static str,
    pub choose: &'static str,
    pub settings: &'static str,
    pub answer: &'static str,
    pub assumes: &'static str,
    pub reset: &'static str,
    pub was_reset: &'static str,
    pub add_row: &'static str,
    pub remove_row: &'static str,
    pub row_name: &'static str,
    pub name_too_long: &'static str,
    pub no_answer: &'static str,
    pub download: &'static str,
    pub file_part: &'static str,
    pub file_name: &'static str,
    pub file_shown: &'static str,
    pub file_number: &'static str,
}

pub fn text(lang: Lang) -> &'static BreakEvenText {
    lang.pick(&EN, &ZH_HANT)
}

static EN: BreakEvenText = BreakEvenText {
    title: "Break-even",
    question: "Where does it begin to pay?",
    choose: "Calculator",
    settings: "Inputs",
    answer: "Answer",
    assumes: "What this takes for granted",
    reset: "Back to the example",
    was_reset: "The inputs are those of the example again.",
    add_row: "Add a row",
    remove_row: "Remove the last row",
    row_name: "Name",
    name_too_long: "Type a name of at most 16 characters.",
    no_answer: "There is no answer",
    download: "Download the calculation",
    file_part: "Part",
    file_name: "Name",
    file_shown: "As shown",
    file_number: "Number",
};

static ZH_HANT: BreakEvenText = BreakEvenText {
    title: "損益平衡",
    question: "從哪裡開始划算？",
    choose: "試算項目",
    settings: "輸入",
    answer: "答案",
    assumes: "這個算法的前提",
    reset: "恢復範例",
    was_reset: "已恢復範例的數字。",
    add_row: "新增一列",
    remove_row: "移除最後一列",
    row_name: "名稱",
    name_too_long: "名稱最多 16 個字。",
    no_answer: "沒有答案",
    download: "下載計算",
    file_part: "部分",
    file_name: "名稱",
    file_shown: "顯示",
    file_number: "數值",
};
