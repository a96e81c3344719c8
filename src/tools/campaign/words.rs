//! Refusals and warnings in words: what, where, and what to try.

use super::answer::Refusal;
use super::options::INTERVALS;
use crate::core::format::{count, decimal};
use crate::core::lang::Lang;

impl Refusal {
    pub fn say(&self, lang: Lang) -> String {
        let (least, most) = (count((*INTERVALS.start()).into()), count((*INTERVALS.end()).into()));
        match self {
            Refusal::NoCells { cells_from } => lang.pick(
                format!("There are no cells named “{cells_from}”: no tool publishes them from these data. Choose other cells, or open the RFM page to see why it has none."),
                format!("沒有名為「{cells_from}」的區塊：目前的資料沒有產生這個欄位。請改選其他區塊，或到 RFM 頁查看原因。"),
            ),
            Refusal::Interval { found } => lang.pick(
                format!("One in {found} cannot be sampled. Type a whole number from {least} to {most}; the course takes one in 20."),
                format!("無法每 {found} 位抽一位。請輸入 {least} 到 {most} 的整數；課程的例子是每 20 位抽一位。"),
            ),
            Refusal::ControlInterval { found } => lang.pick(
                format!("A control group of one in {found} cannot be formed. Type a whole number from {least} to {most}, or do without a control group."),
                format!("無法每 {found} 位留一位作對照組。請輸入 {least} 到 {most} 的整數，或不設對照組。"),
            ),
            Refusal::Cost { found } => lang.pick(
                format!("A cost per piece of {} cannot be used. Type a number of zero or more.", decimal(*found, 4)),
                format!("每份寄發成本不能是 {}。請輸入零或更大的數字。", decimal(*found, 4)),
            ),
            Refusal::Profit { found } => lang.pick(
                format!("A net profit per response of {} cannot be used. Type a number above zero: without profit no mailing can break even.", decimal(*found, 4)),
                format!("每次回應的淨效益不能是 {}。請輸入大於零的數字：沒有淨效益，就沒有損益平衡點。", decimal(*found, 4)),
            ),
            Refusal::HalfWidth { found } => lang.pick(
                format!("± {} cannot be used as the precision of a rate. Type a share above 0 and below 100%.", decimal(*found, 4)),
                format!("誤差不能是 ± {}。請輸入大於 0、小於 100% 的比例。", decimal(*found, 4)),
            ),
            Refusal::Confidence { found } => lang.pick(
                format!("{} is not a level of confidence. Choose one between 0 and 100%, such as 95%.", decimal(*found, 4)),
                format!("信賴水準不能是 {}。請選擇 0 到 100% 之間的值，例如 95%。", decimal(*found, 4)),
            ),
            Refusal::NoName => lang
                .pick(
                    "The campaign has no name yet. Give it one: contacts and responses are kept under it.",
                    "這次活動還沒有名稱。請先命名：寄發名單與回應都記在這個名稱之下。",
                )
                .into(),
            Refusal::AlreadyRecorded { name, on } => {
                let day = on.map(|day| day.to_string());
                lang.pick(
                    format!("“{name}” is on record already{}. Give this campaign another name to mail again.", day.as_ref().map_or(String::new(), |day| format!(", of {day}"))),
                    format!("「{name}」已經有紀錄{}。若要再次寄發，請換一個活動名稱。", day.as_ref().map_or(String::new(), |day| format!("（{day}）"))),
                )
            }
            Refusal::NobodyToMail => lang
                .pick(
                    "There is nobody to mail: no cell is selected, or the tested, the control group and the guard leave nobody.",
                    "沒有可以寄發的顧客：沒有選取任何區塊，或扣除受測者、對照組與重複寄發防護後已無人可寄。",
                )
                .into(),
            Refusal::NoMeasures => lang
                .pick(
                    "There are no days since the last purchase, purchases and spend to make cells of. Import transactions or a customer summary, and see that the RFM page has a result.",
                    "沒有距上次購買天數、購買頻率與消費金額可以分區塊。請匯入交易資料或顧客彙總，並確認 RFM 頁有結果。",
                )
                .into(),
        }
    }
}
