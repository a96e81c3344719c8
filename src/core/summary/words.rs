//! Why customers cannot be summed up, in the person's words.

use super::SummaryError;
use crate::core::import::words::role_name;
use crate::core::lang::Lang;

impl SummaryError {
    pub fn say(&self, lang: Lang) -> String {
        match self {
            SummaryError::NoTable => lang
                .pick(
                    "Transactions or a customer summary are needed. Import one on the data page.",
                    "需要交易資料或顧客彙總，請到資料頁匯入。",
                )
                .into(),
            SummaryError::NoColumn { table, any_of } => {
                let names: Vec<&str> = any_of.iter().map(|&role| role_name(role, lang)).collect();
                let table = table.name(lang);
                lang.pick(
                    format!("In {table} the column is missing: {}. Import the file again and choose it.", names.join(" or ")),
                    format!("{table}缺少欄位：{}。請重新匯入檔案並指定這個欄位。", names.join("或")),
                )
            }
            SummaryError::WindowBackwards { from, to } => lang.pick(
                format!("The period ends ({to}) before it starts ({from})."),
                format!("期間的迄日（{to}）早於起日（{from}）。"),
            ),
            SummaryError::TooMuchMoney => lang
                .pick(
                    "The amounts add up to more than can be counted exactly. Check the amount column for wrong values.",
                    "金額總和大到無法精確計算，請檢查金額欄位是否有錯誤的數值。",
                )
                .into(),
        }
    }
}
