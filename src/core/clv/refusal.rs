//! Why a calculation of lifetime value has no answer: facts, put into both languages by [`Refusal::label`].

use crate::core::format;
use crate::core::grading::Label;
use crate::core::inputs::Words;
use crate::core::lang::Lang;
use serde::{Deserialize, Serialize};

/// Why there is no value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// A number that the calculation cannot take; `what` in both languages.
    Outside { what: (String, String), found: f64, least: f64, most: f64 },
    /// For ever, the value has no end: what a year keeps and grows by is not below what it is discounted by.
    Endless,
    /// The answer is beyond all numbers.
    TooLarge,
    /// There is nothing to compare with: the value before is zero.
    NothingBefore,
    /// Row `row` (from 0) of a transition matrix sums to `sum`.
    RowSum { row: usize, sum: f64 },
    /// The numbers of rows, columns and names do not agree.
    Shape { states: usize, found: usize },
    /// Fewer numbers than the calculation needs.
    TooFew { found: usize, needed: usize },
    /// Survivors that grow: place `at` (from 0) is above the one before.
    Rising { at: usize, before: f64, found: f64 },
    /// Nobody is left after the first period: no rates to go on with.
    NobodyLeft,
}

impl Refusal {
    pub(super) fn outside(what: Words, found: f64, least: f64, most: f64) -> Refusal {
        // JSON has no number for what is not finite.
        let found = if found.is_finite() { found } else { 0.0 };
        Refusal::Outside { what: (what.0.into(), what.1.into()), found, least, most }
    }

    pub fn say(&self, lang: Lang) -> String {
        let number = |value: f64| format::decimal(value, 6);
        match self {
            Refusal::Outside { what, found, least, most } => lang.pick(
                format!("{} must lie between {} and {}, not {}.", what.0, number(*least), number(*most), number(*found)),
                format!("{}必須在 {} 與 {} 之間，目前是 {}。", what.1, number(*least), number(*most), number(*found)),
            ),
            Refusal::Endless => lang.pick(
                "For ever, this value has no end: retention and growth outweigh the discount rate. Lower one of them, \
                 raise the discount rate, or count a number of years.",
                "無限期時價值沒有上限：保留率與成長率超過了折現率。請降低其中之一、提高折現率，或改算有限年數。",
            )
            .into(),
            Refusal::TooLarge => lang
                .pick("The answer is too large a number. Try smaller inputs.", "答案的數字太大，請輸入較小的數字。")
                .into(),
            Refusal::NothingBefore => lang
                .pick(
                    "The value before the change is zero, so there is no growth in per cent. Raise the margin or the retention rate.",
                    "變動之前的價值是零，無法計算成長百分比。請提高毛利或保留率。",
                )
                .into(),
            Refusal::RowSum { row, sum } => lang.pick(
                format!("Row {} of the matrix sums to {}%, not 100%: every customer must go somewhere.", row + 1, number(sum * 100.0)),
                format!("矩陣第 {} 列的總和是 {}%，不是 100%：每位顧客都必須有去處。", row + 1, number(sum * 100.0)),
            ),
            Refusal::Shape { states, found } => lang.pick(
                format!("There are {states} states but {found} numbers beside them."),
                format!("有 {states} 個狀態，但旁邊有 {found} 個數字。"),
            ),
            Refusal::TooFew { found, needed } => lang.pick(
                format!("There are {found} numbers; at least {needed} are needed."),
                format!("只有 {found} 個數字，至少需要 {needed} 個。"),
            ),
            Refusal::Rising { at, before, found } => lang.pick(
                format!(
                    "Survivors cannot grow: number {} is {}, more than {} before it.",
                    at + 1, number(*found), number(*before)
                ),
                format!("存活的顧客不會增加：第 {} 個數字 {} 大於前一個 {}。", at + 1, number(*found), number(*before)),
            ),
            Refusal::NobodyLeft => lang
                .pick("Nobody is left after the first period: there are no rates to go on with.", "第一期之後沒有顧客留下，無法推估之後的保留率。")
                .into(),
        }
    }

    /// In both languages.
    pub fn label(&self) -> Label {
        Label::of(|lang| self.say(lang))
    }
}

/// The number, if it is one that can be shown.
pub(super) fn finite(value: f64) -> Result<f64, Refusal> {
    if value.is_finite() { Ok(value) } else { Err(Refusal::TooLarge) }
}

/// The number, if it lies in the range.
pub(super) fn within(what: Words, found: f64, least: f64, most: f64) -> Result<f64, Refusal> {
    if (least..=most).contains(&found) { Ok(found) } else { Err(Refusal::outside(what, found, least, most)) }
}
