//! Warnings, findings and refusals put into words.

use super::amount::Amount;
use super::model::Refusal;
use super::options::{Best, OptionsError, Variable};
use super::scoring::MonetaryKind;
use super::segments::{Finding, Never, SegmentRules};
use super::text::text;
use super::warnings::Warning;
use crate::core::format::{count, decimal, integer, money, percent};
use crate::core::lang::Lang;
use crate::core::money::Currency;
use crate::tools::Listed;
use crate::tools::published::{measure, say_missing, tool_of};

impl MonetaryKind {
    pub fn amount<'a>(&self, currency: &'a Currency) -> Amount<'a> {
        Amount { unit: self.unit, currency }
    }

    /// What a variable is called: M with the published column that it is.
    pub fn name(&self, variable: Variable, lang: Lang) -> String {
        match &self.column {
            Some(column) if variable == Variable::Monetary => {
                let column = column.get(lang);
                lang.pick(format!("M ({column})"), format!("M（{column}）"))
            }
            _ => text(lang).variable(variable).into(),
        }
    }

    pub fn shown(&self, variable: Variable, value: i64, currency: &Currency) -> String {
        if variable == Variable::Monetary { self.amount(currency).shown(value) } else { integer(value) }
    }

    /// The mean of M among some customers, as the head of a table; `None` where M is what was spent.
    pub fn mean_title(&self, lang: Lang) -> Option<String> {
        let column = self.column.as_ref()?.get(lang);
        Some(lang.pick(format!("{column}, mean"), format!("平均{column}")))
    }
}

impl Warning {
    pub fn say(&self, lang: Lang, monetary: &MonetaryKind, currency: &Currency) -> String {
        let name = |variable: Variable| monetary.name(variable, lang);
        match self {
            Warning::CellsTooSmall {
                expected,
                possible,
                minimum,
                small_cells,
                customers_in_small_cells,
                smallest,
            } => {
                let (expected, possible, minimum) =
                    (decimal(*expected, 1), count(*possible), minimum.to_string());
                let (small, inside, least) =
                    (count(*small_cells), count(*customers_in_small_cells), count(*smallest));
                lang.pick(
                    format!("{possible} cells leave {expected} customers to a cell on average, fewer than {minimum}: {small} cells with {inside} customers are smaller than that, the smallest has {least}. What happens in so small a cell is mostly chance; use fewer groups."),
                    format!("分成 {possible} 個區塊，平均每個區塊只有 {expected} 位顧客，少於 {minimum} 位：{small} 個區塊（共 {inside} 位顧客）太小，最小的只有 {least} 位。這麼小的區塊，結果多半是巧合；請減少分組數。"),
                )
            }
            Warning::TooCoarse { code, customers, share } => {
                let (customers, share) = (count(*customers), percent(*share, 1));
                lang.pick(
                    format!("Cell {code} alone holds {customers} customers ({share}): dealing with it is nearly dealing with everyone. Use more groups, or thresholds that divide it."),
                    format!("單一區塊 {code} 就有 {customers} 位顧客（{share}），對它行銷幾乎等於對全部顧客行銷。請增加分組數，或用門檻把它分開。"),
                )
            }
            Warning::UnevenByTies { variable, smallest, largest, expected } => {
                let (least, most, expected) = (count(*smallest), count(*largest), decimal(*expected, 1));
                let name = name(*variable);
                lang.pick(
                    format!("{name}: many customers have equal values and stay together, so groups have {least} to {most} customers instead of {expected}."),
                    format!("{name}：許多顧客數值相同而留在同組，因此各組有 {least} 到 {most} 位顧客，而不是 {expected} 位。"),
                )
            }
            Warning::SplitByTies { variable, value, groups } => {
                let (name, value) = (name(*variable), monetary.shown(*variable, *value, currency));
                lang.pick(
                    format!("{name}: customers with the same value {value} are divided among {groups} groups, in the order of their ids."),
                    format!("{name}：數值同為 {value} 的顧客，依顧客編號的順序分到 {groups} 組。"),
                )
            }
            Warning::EmptyGroup { variable, digit, .. } => {
                let name = name(*variable);
                lang.pick(
                    format!("{name}: group {digit} has no customers, because its thresholds leave no value between them."),
                    format!("{name}：第 {digit} 組沒有顧客，因為沒有數值落在它的門檻之間。"),
                )
            }
            Warning::NoPurchaseInWindow { from, to, customers, of } => {
                let (customers, of) = (count(*customers), count(*of));
                lang.pick(
                    format!("{customers} of {of} customers bought nothing from {from} to {to}: their frequency is 0."),
                    format!("{of} 位顧客中有 {customers} 位在 {from} 到 {to} 之間沒有購買，頻率為 0。"),
                )
            }
            Warning::WindowNotApplicable => lang
                .pick(
                    "The period was not applied: these data are a finished summary without single purchases.",
                    "期間未套用：這份資料是已彙總的結果，沒有個別交易。",
                )
                .into(),
            Warning::WithoutValue { customers } => {
                let (customers, name) = (count(*customers), name(Variable::Monetary));
                lang.pick(
                    format!("{customers} customers have bought, but have no value of {name}: they are in no cell, and in no count here. A forecast knows only who had bought by its last day."),
                    format!("有 {customers} 位顧客買過，但沒有{name}的數值：不在任何區塊中，也不計入這裡的人數。預測只知道在它的最後一天以前買過的顧客。"),
                )
            }
            Warning::OnlyRefunds { customers, money: amount } => {
                let (customers, amount) = (count(*customers), money(*amount, currency));
                lang.pick(
                    format!(
                        "{customers} customers have refunds but no purchase ({amount}); they are in no cell."
                    ),
                    format!("{customers} 位顧客只有退款、沒有購買（{amount}），不在任何區塊中。"),
                )
            }
        }
    }
}

impl Finding {
    pub fn say(&self, lang: Lang, rules: &SegmentRules, best: Best, bins: [u8; 3]) -> String {
        let list = rules.rules();
        let named = |rule: &usize| {
            let name = list.get(*rule).map_or("", |found| found.name(lang));
            lang.pick(format!("Rule {} “{name}”", rule + 1), format!("第 {} 條「{name}」", rule + 1))
        };
        match self {
            Finding::Gap { cells } => {
                let shown: Vec<String> = cells.iter().rev().take(8).map(|&c| best.code(c, bins)).collect();
                let n = cells.len();
                let more = if n > shown.len() { " …" } else { "" };
                let (en, zh) = (shown.join(", "), shown.join("、"));
                lang.pick(
                    format!("No rule covers {n} cells ({en}{more}); their customers become “Others”."),
                    format!("有 {n} 個區塊沒有規則（{zh}{more}），其中的顧客歸入「其他」。"),
                )
            }
            Finding::Overlap { first, second, cells } => {
                let (a, b) = (named(first), named(second));
                lang.pick(
                    format!("{a} and {b} both match in {cells} cells; the first one names them."),
                    format!("有 {cells} 個區塊同時符合{a}與{b}，以前者為準。"),
                )
            }
            Finding::NeverMatches { rule, because } => {
                let rule = named(rule);
                match because {
                    Never::Backwards => lang.pick(
                        format!("{rule} can never match: a range ends before it starts."),
                        format!("{rule}永遠不會符合：有一個範圍的起點大於終點。"),
                    ),
                    Never::OutOfRange => lang.pick(
                        format!(
                            "{rule} can never match: with this many groups no level falls into its ranges."
                        ),
                        format!("{rule}永遠不會符合：依目前的分組數，沒有等級落在它的範圍內。"),
                    ),
                    Never::Shadowed { by } => {
                        let by: Vec<String> = by.iter().map(named).collect();
                        lang.pick(
                            format!("{rule} can never match: all its cells are taken by {}.", by.join(", ")),
                            format!("{rule}永遠不會符合：它的區塊都先被{}取走。", by.join("、")),
                        )
                    }
                }
            }
        }
    }
}

impl OptionsError {
    pub fn say(&self, lang: Lang) -> String {
        let name = |variable: &Variable| text(lang).variable(*variable);
        match self {
            OptionsError::Bins { variable, found } => {
                let name = name(variable);
                lang.pick(
                    format!("{name}: {found} groups are not possible; choose 2 to 10."),
                    format!("{name}：不能分成 {found} 組，請選 2 到 10 組。"),
                )
            }
            OptionsError::NotAscending { variable, index, .. } => {
                let (name, at) = (name(variable), index + 1);
                lang.pick(
                    format!("{name}: threshold {at} is not higher than the one before it; type them in ascending order."),
                    format!("{name}：第 {at} 個門檻沒有比前一個高，請由小到大輸入。"),
                )
            }
            OptionsError::ThresholdCount { variable, found } => {
                let name = name(variable);
                lang.pick(
                    format!("{name}: {found} thresholds; type one to nine."),
                    format!("{name}：有 {found} 個門檻，請輸入 1 到 9 個。"),
                )
            }
        }
    }
}

impl Refusal {
    /// The tool whose column is missing.
    pub fn comes_from(&self) -> Option<&'static Listed> {
        match self {
            Refusal::NoColumn { name } | Refusal::NobodyHasValue { name, .. } => {
                tool_of(super::TOOL.id, name)
            }
            _ => None,
        }
    }

    pub fn say(&self, lang: Lang) -> String {
        match self {
            Refusal::Options { error } => error.say(lang),
            Refusal::Summary { error } => error.say(lang),
            Refusal::NoColumn { name } => say_missing(super::TOOL.id, name, lang),
            Refusal::NobodyHasValue { name, customers } => {
                let (customers, title) =
                    (count(*customers), measure(name).map_or(name.as_str(), |m| (m.title)(lang)));
                lang.pick(
                    format!("None of the {customers} customers who have bought has a value of “{title}”. See on the page that it comes from which customers it knows, or choose another monetary value."),
                    format!("買過的 {customers} 位顧客都沒有「{title}」的數值。請到產生這個數字的頁面查看包含哪些顧客，或改選其他消費金額。"),
                )
            }
            Refusal::NoCustomers { rows, .. } => {
                let (read, aside) = (count(rows.read), count(rows.set_aside()));
                lang.pick(
                    format!("No customer has a purchase up to the analysis date: of {read} rows {aside} were set aside. Try a later analysis date or other purchase rules."),
                    format!("到分析日為止沒有任何顧客購買：{read} 列資料中有 {aside} 列不採計。請把分析日往後移，或更改購買規則。"),
                )
            }
        }
    }
}
