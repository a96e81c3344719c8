//! What is stale or missing, in the person's words.

use super::facts::Facts;
use super::todo::Todo;
use crate::core::lang::Lang;
use crate::core::show::Show;
use crate::core::table::TableKind;

/// The name of a kind of table as a heading.
pub fn table_title(kind: TableKind, lang: Lang) -> String {
    let name = kind.name(lang);
    let name = name.strip_prefix("a ").unwrap_or(name);
    let mut letters = name.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

impl Todo {
    /// What is the matter.
    pub fn say(&self, lang: Lang, show: &dyn Show) -> String {
        let count = |n: u64| show.count(i64::try_from(n).unwrap_or(i64::MAX));
        match self {
            Todo::NoPurchases => lang
                .pick(
                    "The data hold no purchases, so there is nothing to analyse yet.",
                    "資料中沒有購買紀錄，還無法分析。",
                )
                .into(),
            Todo::NoCells { why: Some(why) } => {
                let why = why.say(lang);
                lang.pick(format!("There is no RFM analysis. {why}"), format!("沒有 RFM 分析。{why}"))
            }
            Todo::NoCells { why: None } => lang
                .pick(
                    "There is no RFM analysis: its inputs cannot be used with these data. Its page says why.",
                    "沒有 RFM 分析：目前的設定不適用於這份資料，原因請見該頁。",
                )
                .into(),
            Todo::NoTiers => lang
                .pick(
                    "There is no pyramid: its inputs cannot be used with these data. Its page says why.",
                    "沒有金字塔客層：目前的設定不適用於這份資料，原因請見該頁。",
                )
                .into(),
            Todo::AfterToday { last } => {
                let last = show.day(*last);
                lang.pick(
                    format!("The last purchase is dated {last}, which is after today. One wrong date makes every customer look long gone."),
                    format!("最後一次購買的日期是 {last}，在今天之後。一個錯誤的日期就會讓每位顧客看起來很久沒買。"),
                )
            }
            Todo::Sample(_) => lang
                .pick(
                    "These are sample data. Bring your own to see your own customers.",
                    "這是示範資料。匯入自己的資料，就能看到自己的顧客。",
                )
                .into(),
            Todo::SetAside { table, rows, read } => {
                let (table, rows, read) = (table_title(*table, lang), count(*rows), count(*read));
                lang.pick(
                    format!("{table}: {rows} of {read} rows were set aside at the import."),
                    format!("{table}：匯入時 {read} 列中有 {rows} 列被擱置。"),
                )
            }
            Todo::Old { last, days } => {
                let (last, days) = (show.day(*last), show.count(i64::from(*days)));
                lang.pick(
                    format!(
                        "The last purchase is of {last}, {days} days ago. Append what has been bought since."
                    ),
                    format!("最後一次購買是 {last}，距今 {days} 天。請附加之後的購買紀錄。"),
                )
            }
            Todo::WithoutCell { customers } => {
                let customers = count(*customers);
                lang.pick(
                    format!("{customers} customers have rows but no cell: only refunds, nothing up to the analysis date, or no forecast where cells are made by one."),
                    format!("{customers} 位顧客有紀錄但不屬於任何區塊：只有退款、在分析日期之前沒有購買，或區塊依預測分而沒有預測值。"),
                )
            }
            Todo::TestNotRead { campaign, on } => {
                let (name, on) = (named(campaign, lang), show.day(*on));
                lang.pick(
                    format!("The test{name} was recorded on {on}. Its responses are not in yet."),
                    format!("{name}區塊測試已在 {on} 記錄，還沒有回應。"),
                )
            }
            Todo::RollOutNotReviewed { campaign, on } => {
                let (name, on) = (named(campaign, lang), show.day(*on));
                lang.pick(
                    format!("The roll-out{name} was recorded on {on} and has not been reviewed yet."),
                    format!("{name}行銷活動已在 {on} 執行，還沒有檢討。"),
                )
            }
            Todo::NoCosts => lang
                .pick(
                    "The purchases have no costs, so profit and the whale curve are not known.",
                    "購買紀錄沒有成本，無法得知利潤與累積利潤曲線。",
                )
                .into(),
            Todo::NoCustomerTable => lang
                .pick(
                    "There is no customer table, so nobody knows who has not bought yet.",
                    "沒有顧客名冊，無法得知誰還沒買過。",
                )
                .into(),
            Todo::NoContacts => lang
                .pick(
                    "No mailing is on record, so a campaign cannot spare who was mailed lately.",
                    "沒有郵寄紀錄，行銷活動無法避開最近寄過的顧客。",
                )
                .into(),
            Todo::SuggestedStrategies => lang
                .pick(
                    "Every tier still has the suggested strategy. Write what you do for each.",
                    "各客層仍是建議的策略，請寫下您對每一層的做法。",
                )
                .into(),
        }
    }

    /// What the link to its tool is called.
    pub fn action(&self, lang: Lang) -> &'static str {
        match self {
            Todo::NoPurchases => lang.pick("Import purchases", "匯入購買紀錄"),
            Todo::NoCells { .. } => lang.pick("Open the RFM analysis", "開啟 RFM 分析"),
            Todo::NoTiers => lang.pick("Open the pyramid", "開啟金字塔客層"),
            Todo::AfterToday { .. } => lang.pick("Look at the data", "查看資料"),
            Todo::Sample(_) => lang.pick("Bring your own data", "匯入自己的資料"),
            Todo::SetAside { .. } => lang.pick("See the rows", "查看這些列"),
            Todo::Old { .. } => lang.pick("Append a file", "附加檔案"),
            Todo::WithoutCell { .. } => lang.pick("Look at the purchase rules", "查看購買規則"),
            Todo::TestNotRead { .. } => lang.pick("Enter the responses", "輸入回應"),
            Todo::RollOutNotReviewed { .. } => lang.pick("Review the campaign", "檢討行銷活動"),
            Todo::NoCosts => lang.pick("Import a cost column", "匯入成本欄位"),
            Todo::NoCustomerTable => lang.pick("Import a customer table", "匯入顧客名冊"),
            Todo::NoContacts => lang.pick("Open the campaign", "開啟行銷活動"),
            Todo::SuggestedStrategies => lang.pick("Write the strategies", "撰寫策略"),
        }
    }
}

/// A campaign may have no name.
fn named(campaign: &str, lang: Lang) -> String {
    match campaign.trim() {
        "" => String::new(),
        name => lang.pick(format!(" of “{name}”"), format!("「{name}」的")),
    }
}

/// The break-even rate as a quotient of what was entered.
pub fn quotient(facts: &Facts, show: &dyn Show, symbol: &str) -> (String, String) {
    let write =
        |units: f64| format!("{symbol}{}", show.number(units, if units.fract() == 0.0 { 0 } else { 2 }));
    (write(facts.campaign.cost_per_piece), write(facts.campaign.profit_per_response))
}
