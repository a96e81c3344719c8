//! Words of saving lists and of putting the test and the roll-out on record.

use crate::core::excerpt::excerpt;
use crate::core::lang::{Lang, several};

pub struct RecordWords {
    pub test_title: &'static str,
    pub test_help: &'static str,
    pub save_test: &'static str,
    pub test_file: &'static str,
    pub record_test: &'static str,
    pub test_kept: fn(&str) -> String,
    pub test_recorded: fn(&str) -> String,
    pub roll_out_title: &'static str,
    pub roll_out_help: &'static str,
    pub save_roll_out: &'static str,
    pub roll_out_file: &'static str,
    pub record_roll_out: &'static str,
    pub roll_out_kept: fn(&str) -> String,
    pub roll_out_recorded: fn(&str) -> String,
    pub saved: fn(&str) -> String,
    pub day: &'static str,
    pub day_help: &'static str,
    pub day_wrong: &'static str,
    pub before_test: fn(&str) -> String,
    pub needs_name: &'static str,
    pub listing: &'static str,
}

pub fn record(lang: Lang) -> &'static RecordWords {
    lang.pick(&EN, &ZH_HANT)
}

static EN: RecordWords = RecordWords {
    test_title: "The test list",
    test_help: "Recording the test puts its names, key codes and control group on the list of contacts: responses can then be matched, and nobody need be mailed too often.",
    save_test: "Save the test list (CSV)",
    test_file: "test list",
    record_test: "Record the test as mailed",
    test_kept: |day| {
        format!(
            "Recorded on {day}. The sample no longer follows the settings; a new campaign begins with its own."
        )
    },
    test_recorded: |name| format!("The test of “{}” is on record.", excerpt(name)),
    roll_out_title: "The mailing list",
    roll_out_help: "Recording the roll-out keeps what was expected of it, for the review.",
    save_roll_out: "Save the mailing list (CSV)",
    roll_out_file: "mailing list",
    record_roll_out: "Record the roll-out as mailed",
    roll_out_kept: |day| {
        format!("Recorded on {day}. The review holds the results against what was expected then.")
    },
    roll_out_recorded: |name| format!("The roll-out of “{}” is on record.", excerpt(name)),
    saved: |rows| format!("{rows} saved.", rows = several(rows, "name")),
    day: "Day of the mailing",
    day_help: "Proposed from the last day of the data: set the day you mail. Responses before it are not counted.",
    day_wrong: "Choose a day.",
    before_test: |day| format!("The test was mailed on {day}. Choose that day or a later one."),
    needs_name: "Name the campaign first.",
    listing: "Making the list…",
};

static ZH_HANT: RecordWords = RecordWords {
    test_title: "測試名單",
    test_help: "登錄測試後，名單、關鍵碼與對照組會記入聯繫紀錄：回應可以對回名單，也能避免同一人收到太多郵件。",
    save_test: "儲存測試名單（CSV）",
    test_file: "測試名單",
    record_test: "登錄測試已寄出",
    test_kept: |day| format!("已於 {day} 登錄。抽樣不再隨設定改變；要重新抽樣請開始新的行銷活動。"),
    test_recorded: |name| format!("「{}」的測試已登錄。", excerpt(name)),
    roll_out_title: "寄發名單",
    roll_out_help: "登錄執行時會一併記下當時的預期，供檢討時比對。",
    save_roll_out: "儲存寄發名單（CSV）",
    roll_out_file: "寄發名單",
    record_roll_out: "登錄名單已寄出",
    roll_out_kept: |day| format!("已於 {day} 登錄。檢討會以當時的預期比對實際結果。"),
    roll_out_recorded: |name| format!("「{}」的執行已登錄。", excerpt(name)),
    saved: |rows| format!("已儲存 {rows} 筆名單。"),
    day: "寄發日期",
    day_help: "預設為資料的最後一天，請改為實際寄發日。這天以前的回應不計。",
    day_wrong: "請選擇日期。",
    before_test: |day| format!("測試已於 {day} 寄出，請選擇當天或之後的日期。"),
    needs_name: "請先為行銷活動命名。",
    listing: "正在產生名單…",
};
