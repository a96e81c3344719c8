//! Refusals and warnings in words: what, where, and what to try.

use super::answer::{Refusal, Warning};
use super::options::INTERVALS;
use crate::core::format::{count, decimal};
use crate::core::lang::Lang;
use crate::tools::published::{measure, say_missing};

impl Refusal {
    pub fn say(&self, lang: Lang) -> String {
        let (least, most) = (count((*INTERVALS.start()).into()), count((*INTERVALS.end()).into()));
        match self {
            Refusal::NoCells { cells_from } if measure(cells_from).is_some() => {
                say_missing(super::TOOL.id, cells_from, lang)
            }
            Refusal::NoCells { cells_from } => lang.pick(
                format!("There are no cells named “{cells_from}”: no tool publishes them from these data. Choose other cells, or open the RFM page to see why it has none."),
                format!("沒有名為「{cells_from}」的區塊：目前的資料沒有產生這個欄位。請改選其他區塊，或到 RFM 頁查看原因。"),
            ),
            Refusal::TooManyCells { found } => {
                let n = count(*found);
                lang.pick(
                    format!("{n} different cells are too many. Choose other cells; in imported contacts, see that the column of cells is not one of customers."),
                    format!("{n} 個不同的區塊太多了。請改選其他區塊；若是匯入的寄發名單，請檢查區塊欄位是否誤用了顧客編號。"),
                )
            }
            Refusal::Interval { found } => lang.pick(
                format!("One in {found} cannot be sampled. Type a whole number from {least} to {most}; the course takes one in 20."),
                format!("無法每 {found} 位抽一位。請輸入 {least} 到 {most} 的整數；課程的例子是每 20 位抽一位。"),
            ),
            Refusal::ControlInterval { found } => lang.pick(
                format!("A control group of one in {found} cannot be formed. Type a whole number from {least} to {most}, or do without a control group."),
                format!("無法每 {found} 位留一位作對照組。請輸入 {least} 到 {most} 的整數，或不設對照組。"),
            ),
            Refusal::Economics(error) => error.say(lang),
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

/// How many labels a warning names.
const NAMED: usize = 6;

impl Warning {
    pub fn say(&self, lang: Lang) -> String {
        match self {
            Warning::CellsChanged { labels_gone } => {
                let n = count(*labels_gone);
                lang.pick(
                    format!("The cells have changed since the test was recorded: {n} cells of the test no longer exist. Its customers keep the cell that they were tested in; put the cells back as they were to roll out what was tested."),
                    format!("記錄測試之後，分區塊的方式改變了：有 {n} 個測試時的區塊已不存在。受測顧客仍算在測試時的區塊；要照測試結果寄發，請把分區塊的設定改回來。"),
                )
            }
            Warning::TestGone => lang
                .pick(
                    "The test was recorded, but its names are no longer among the campaign contacts: the sample follows the settings again. Undo their deletion, import the test list as campaign contacts, or record the test anew.",
                    "測試登錄過，但聯繫紀錄中已經沒有這份名單，抽樣又隨設定改變。請復原刪除、把測試名單匯入為聯繫紀錄，或重新登錄測試。",
                )
                .into(),
            Warning::RollOutGone => lang
                .pick(
                    "The roll-out was recorded, but its names are no longer among the campaign contacts: the mailing list follows the verdicts again. Undo their deletion, import the mailing list as campaign contacts, or record the roll-out anew.",
                    "執行登錄過，但聯繫紀錄中已經沒有這份名單，寄發名單又隨判定改變。請復原刪除、把寄發名單匯入為聯繫紀錄，或重新登錄執行。",
                )
                .into(),
            Warning::OutsideCells { customers } => {
                let n = count(*customers);
                lang.pick(
                    format!("{n} customers have no cell and are in no step of the campaign. The page of the tool that makes the cells tells why."),
                    format!("有 {n} 位顧客沒有區塊，不在這次活動的任何步驟中。請到產生區塊的工具頁查看原因。"),
                )
            }
            Warning::FewResponses { responses } => {
                let n = count(*responses);
                lang.pick(
                    format!("{n} responses in all are too few to tell cells apart. Test more customers, or use fewer cells."),
                    format!("總共只有 {n} 筆回應，不足以分辨區塊。請增加受測人數，或減少區塊數。"),
                )
            }
            Warning::NoSpread => lang
                .pick(
                    "The cells differ no more than chance makes equal cells differ: every cell is expected to respond at the rate of all. A larger test might tell them apart.",
                    "各區塊的差異沒有超過隨機的範圍，每個區塊都以全體的回應率預估。加大測試也許能分辨出差異。",
                )
                .into(),
            Warning::TypedUnknown { labels } => {
                let (names, more) = (shown(labels, lang), more(labels));
                lang.pick(
                    format!("Responses were typed for {names}{more}, which are not cells. Their counts are not used; choose the cells that they belong to, or remove them."),
                    format!("有輸入回應數的 {names}{more} 不是目前的區塊，未採計。請選擇這些數字所屬的區塊，或刪除這些數字。"),
                )
            }
            Warning::TypedTooMany { label, responses, mailed } => {
                let (x, n) = (count(*responses), count(*mailed));
                lang.pick(
                    format!("Cell {label}: {x} responses were typed, but only {n} customers were mailed. The count is not used; check it."),
                    format!("區塊 {label}：輸入了 {x} 筆回應，但只寄發 {n} 位。這個數字未採計，請檢查。"),
                )
            }
            Warning::TooManyResponses { label, responses, mailed } => {
                let (x, n) = (count(*responses), count(*mailed));
                lang.pick(
                    format!("Cell {label}: the responses table has {x} responses, but only {n} customers were mailed. The count is not used; see whether its key code was printed on other pieces, too."),
                    format!("區塊 {label}：回應資料有 {x} 筆回應，但只寄發 {n} 位。這個數字未採計，請檢查關鍵碼是否也印在其他寄發物上。"),
                )
            }
            Warning::NotCounted { cells } => {
                let n = count(*cells);
                lang.pick(
                    format!("{n} tested cells have no count yet; they are judged when their responses are typed. Type 0 where nobody responded."),
                    format!("有 {n} 個受測區塊還沒有回應數，輸入後才會判定。沒有人回應時請輸入 0。"),
                )
            }
            Warning::EmptySample => lang
                .pick(
                    "Nobody is tested: the list is shorter than the interval. Take one in fewer customers.",
                    "沒有人受測：名單比抽樣間隔還短。請縮小抽樣間隔。",
                )
                .into(),
            Warning::NoResponseTable => lang
                .pick(
                    "There is no list of responses yet. Import one on the data page, with the customer or the key code of each response.",
                    "還沒有回應資料。請到資料頁匯入，每列要有顧客編號或關鍵碼。",
                )
                .into(),
            Warning::GuardWithoutContacts => lang
                .pick(
                    "The guard holds nobody back: no contacts are on record. Record a mailing here, or import earlier contacts on the data page.",
                    "重複寄發防護沒有作用：還沒有寄發紀錄。請在此記錄寄發，或到資料頁匯入過去的寄發名單。",
                )
                .into(),
            Warning::GuardUndated { contacts } => {
                let n = count(*contacts);
                lang.pick(
                    format!("{n} contacts of other campaigns have no date: the guard by days does not know when they were, and holds nobody back for them."),
                    format!("其他活動有 {n} 筆寄發紀錄沒有日期：依天數的防護不知道何時寄出，不會因此略過任何人。"),
                )
            }
            Warning::ByHandUnknown { labels } => {
                let (names, more) = (shown(labels, lang), more(labels));
                lang.pick(
                    format!("{names}{more} were decided by hand, but are not cells now: nothing follows from it."),
                    format!("自行決定過的 {names}{more} 不是目前的區塊，沒有作用。"),
                )
            }
            Warning::TooMuchRevenue => lang
                .pick(
                    "The responses bring more money than can be counted exactly, so no revenue is shown. See whether the column of amounts is one.",
                    "回應的金額大到無法精確計算，因此不顯示營收。請檢查金額欄位是否正確。",
                )
                .into(),
            Warning::CannotSimulate => lang
                .pick(
                    "These data are not a generated sample, so nobody knows their true response rates: a test cannot be simulated. Open a sample, or import or type the responses.",
                    "這不是產生的示範資料，沒有人知道真實的回應率，無法模擬測試。請開啟示範資料，或匯入、輸入回應數。",
                )
                .into(),
        }
    }
}

fn shown(labels: &[String], lang: Lang) -> String {
    let first: Vec<&str> = labels.iter().take(NAMED).map(String::as_str).collect();
    first.join(lang.pick(", ", "、"))
}

fn more(labels: &[String]) -> &'static str {
    if labels.len() > NAMED { " …" } else { "" }
}
