//! The facts of an import in the person's words.

use super::amounts::NumberStyle;
use super::dates::DateForm;
use super::dialect::{DelimiterReason, HeaderReason};
use super::encoding::Encoding;
use super::guess::RoleReason;
use super::header_names::Personal;
use super::plan::PlanProblem;
use super::preview::{Question, Warning};
use super::problem::FileProblem;
use super::report::{Note, Reason};
use crate::core::excerpt::excerpt;
use crate::core::lang::Lang;
use crate::core::table::Role;

/// A column by its header, or by its place where it has none.
pub fn column_name(headers: &[String], column: usize, lang: Lang) -> String {
    match headers.get(column).map(|header| header.trim()) {
        Some(header) if !header.is_empty() => {
            let header = excerpt(header);
            lang.pick(format!("“{header}”"), format!("「{header}」"))
        }
        _ => lang.pick(format!("column {}", column + 1), format!("第 {} 欄", column + 1)),
    }
}

/// What a role is called in a list of roles.
pub fn role_name(role: Role, lang: Lang) -> &'static str {
    match role {
        Role::Customer => lang.pick("Customer", "顧客"),
        Role::Date => lang.pick("Date", "日期"),
        Role::Amount => lang.pick("Amount", "金額"),
        Role::Order => lang.pick("Order id", "訂單編號"),
        Role::Product => lang.pick("Product", "商品"),
        Role::Category => lang.pick("Category", "類別"),
        Role::Quantity => lang.pick("Quantity", "數量"),
        Role::UnitPrice => lang.pick("Unit price", "單價"),
        Role::Channel => lang.pick("Channel", "通路"),
        Role::Region => lang.pick("Region", "地區"),
        Role::Cost => lang.pick("Cost", "成本"),
        Role::Margin => lang.pick("Margin", "毛利"),
        Role::LastPurchase => lang.pick("Last purchase date", "最近購買日期"),
        Role::DaysSince => lang.pick("Days since last purchase", "距上次購買天數"),
        Role::Purchases => lang.pick("Number of purchases", "購買次數"),
        Role::TotalSpend => lang.pick("Total spend", "累計消費金額"),
        Role::Attribute => lang.pick("Other attribute", "其他欄位"),
        Role::Campaign => lang.pick("Campaign", "行銷活動"),
        Role::Wave => lang.pick("Wave", "梯次"),
        Role::KeyCode => lang.pick("Key code", "關鍵碼"),
        Role::Cell => lang.pick("Cell code", "區塊代碼"),
    }
}

impl Encoding {
    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            Encoding::Utf8 => "UTF-8",
            Encoding::Utf16Le => "UTF-16 LE",
            Encoding::Utf16Be => "UTF-16 BE",
            Encoding::Big5 => lang.pick("Big5 (Traditional Chinese)", "Big5（繁體中文）"),
            Encoding::Gb18030 => lang.pick("GB18030 (Simplified Chinese)", "GB18030（簡體中文）"),
            Encoding::Windows1252 => lang.pick("Windows-1252 (Western European)", "Windows-1252（西歐語文）"),
        }
    }
}

impl DateForm {
    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            DateForm::Ymd => {
                lang.pick("Year, month, day (2024-02-29)", "年月日（2024-02-29、2024年2月29日）")
            }
            DateForm::Compact => lang.pick("Eight digits (20240229)", "八位數字（20240229）"),
            DateForm::Roc => lang.pick("Republic of China years (113/02/29)", "民國年（113/02/29、1130229）"),
            DateForm::Mdy => lang.pick("Month, day, year (2/29/2024)", "月日年（2/29/2024）"),
            DateForm::Dmy => lang.pick("Day, month, year (29/2/2024)", "日月年（29/2/2024）"),
            DateForm::MonthName => lang.pick("Month as a word (29 Feb 2024)", "英文月份（29 Feb 2024）"),
            DateForm::ExcelSerial => lang.pick("Excel serial number (45351)", "Excel 序號（45351）"),
        }
    }
}

impl NumberStyle {
    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            NumberStyle::DotDecimal => lang.pick("Decimal point (1,234.50)", "小數點（1,234.50）"),
            NumberStyle::CommaDecimal => lang.pick("Decimal comma (1.234,50)", "小數逗號（1.234,50）"),
        }
    }
}

impl Personal {
    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            Personal::Name => lang.pick("names", "姓名"),
            Personal::Phone => lang.pick("phone numbers", "電話號碼"),
            Personal::Email => lang.pick("e-mail addresses", "電子郵件地址"),
            Personal::Address => lang.pick("addresses", "地址"),
            Personal::IdNumber => lang.pick("identity numbers", "證件號碼"),
            Personal::Birthday => lang.pick("birthdays", "生日"),
        }
    }
}

impl Reason {
    pub fn say(self, lang: Lang) -> &'static str {
        match self {
            Reason::MissingCustomer => lang.pick("There is no customer.", "沒有顧客。"),
            Reason::MissingDate => lang.pick("There is no date.", "沒有日期。"),
            Reason::NotADate => lang.pick("This is not a date in the chosen form.", "這不是所選格式的日期。"),
            Reason::NoSuchDay => lang.pick("The calendar has no such day.", "曆法上沒有這一天。"),
            Reason::DateOutOfRange => {
                lang.pick("The date is before 1900 or after 2100.", "日期早於 1900 年或晚於 2100 年。")
            }
            Reason::MissingAmount => lang.pick("There is no number.", "沒有數字。"),
            Reason::NotANumber => {
                lang.pick("This is not a number in the chosen style.", "這不是所選格式的數字。")
            }
            Reason::Percent => lang.pick("This is a percentage, not an amount.", "這是百分比，不是金額。"),
            Reason::AmountTooLarge => lang.pick("The number is too large.", "數字過大。"),
            Reason::NotACount => {
                lang.pick("This must be a whole number that is not negative.", "這裡必須是不小於零的整數。")
            }
            Reason::TooManyCells => lang.pick(
                "The row has more cells than the table has columns; a delimiter may stand inside a text.",
                "這一列的儲存格比欄位多；文字中可能含有分隔符號。",
            ),
            Reason::UnclosedQuote => lang
                .pick("A quotation mark is not closed before the file ends.", "引號到檔案結尾都沒有關閉。"),
            Reason::CutOff => {
                lang.pick("The file ends in the middle of this row.", "檔案在這一列的中間結束。")
            }
            Reason::RepeatedCustomer => {
                lang.pick("The customer is already in an earlier row.", "這位顧客在前面的列已經出現過。")
            }
            Reason::MissingCustomerAndKeyCode => {
                lang.pick("There is neither a customer nor a key code.", "沒有顧客，也沒有關鍵碼。")
            }
        }
    }
}

impl FileProblem {
    pub fn say(&self, lang: Lang) -> String {
        match self {
            FileProblem::NotText { kind } => kind.advice(lang).unwrap_or_default().into(),
            FileProblem::NoDecoder { encoding } => lang.pick(
                format!(
                    "This browser cannot decode {}. Save the file as UTF-8 and choose it again.",
                    encoding.name(lang)
                ),
                format!("這個瀏覽器無法解讀 {}。請將檔案另存成 UTF-8 後重新選擇。", encoding.name(lang)),
            ),
            FileProblem::RowTooLong { line } => lang.pick(
                format!(
                    "The row that begins on line {line} does not end: most likely a quotation mark is never closed. \
                     Correct that line, or read the file without quotation marks."
                ),
                format!("從第 {line} 行開始的一列沒有結束，很可能是引號沒有關閉。請修正該行，或改為不使用引號讀取。"),
            ),
            FileProblem::TooManyColumns { line, most } => lang.pick(
                format!(
                    "The row on line {line} has more than {most} cells. Choose another delimiter, or export fewer columns."
                ),
                format!("第 {line} 行有超過 {most} 個儲存格。請改用其他分隔符號，或減少匯出的欄位。"),
            ),
            FileProblem::TooLarge { bytes, most } => {
                let (size, most) = (bytes.div_ceil(1_000_000), most / 1_000_000);
                lang.pick(
                    format!(
                        "The file has {size} MB; of a file with such rows, this browser has memory for {most} MB. \
                         Export a shorter period, or leave columns out here."
                    ),
                    format!(
                        "檔案有 {size} MB；這樣的資料列，這個瀏覽器的記憶體只容得下 {most} MB。請縮短期間再匯出，或在這裡略過一些欄位。"
                    ),
                )
            }
            FileProblem::NoRows => lang
                .pick(
                    "There is no row of data in this file, only a header or empty lines. Check that the export was \
                     finished.",
                    "檔案裡沒有資料列，只有標題列或空白行。請確認匯出已經完成。",
                )
                .into(),
            FileProblem::NothingUsable { read, reason, line, value } => {
                let (reason, value) = (reason.say(lang), excerpt(value));
                lang.pick(
                    format!(
                        "None of the {read} rows could be used. The commonest reason: {reason} First on line {line}: \
                         “{value}”. Check the encoding, the delimiter and what each column means."
                    ),
                    format!(
                        "{read} 列資料都無法使用。最常見的原因：{reason}首次出現在第 {line} 行：「{value}」。請檢查編碼、\
                         分隔符號與各欄位的意義。"
                    ),
                )
            }
        }
    }
}

impl PlanProblem {
    pub fn say(&self, headers: &[String], lang: Lang) -> String {
        let column = |index: usize| column_name(headers, index, lang);
        match self {
            PlanProblem::Needs { kind, one_of } => {
                let names: Vec<&str> = one_of.iter().map(|&role| role_name(role, lang)).collect();
                lang.pick(
                    format!("Choose a column for: {} (needed for {}).", names.join(" or "), kind.name(lang)),
                    format!("請指定欄位：{}（{}必備）。", names.join("或"), kind.name(lang)),
                )
            }
            PlanProblem::Twice { role, first, second } => {
                let (first, second, role) = (column(*first), column(*second), role_name(*role, lang));
                lang.pick(
                    format!("Both {first} and {second} are “{role}”. Choose one of them."),
                    format!("{first}與{second}都指定為「{role}」，請擇一。"),
                )
            }
            PlanProblem::Foreign { role, kind, column: index } => {
                let (name, role) = (column(*index), role_name(*role, lang));
                lang.pick(
                    format!("{name} is “{role}”, which does not belong to {}.", kind.name(lang)),
                    format!("{name}指定為「{role}」，但{}沒有這個欄位。", kind.name(lang)),
                )
            }
            PlanProblem::NoDateForm { column: index } => lang.pick(
                format!("Choose how the dates in {} are written.", column(*index)),
                format!("請選擇{}的日期格式。", column(*index)),
            ),
            PlanProblem::NotText { column: index } => lang.pick(
                format!(
                    "{} holds dates or numbers and cannot be pseudonymised. Leave it out instead.",
                    column(*index)
                ),
                format!("{}是日期或數字，無法以代號取代；可改為不匯入這個欄位。", column(*index)),
            ),
            PlanProblem::TooManyColumns { found, most } => lang.pick(
                format!("The table has {found} columns; at most {most} can be read."),
                format!("表格有 {found} 欄，最多可讀取 {most} 欄。"),
            ),
            PlanProblem::BadDelimiter => {
                lang.pick("This character cannot be a delimiter.", "這個字元不能當分隔符號。").into()
            }
            PlanProblem::NoDecoder { encoding } => FileProblem::NoDecoder { encoding: *encoding }.say(lang),
        }
    }
}

impl Note {
    pub fn say(&self, headers: &[String], lang: Lang) -> String {
        let column = |index: usize| column_name(headers, index, lang);
        match self {
            Note::ReplacedCharacters { count, first_line } => lang.pick(
                format!(
                    "{count} characters could not be decoded and show as �, first on line {first_line}. Another \
                     encoding may fit better."
                ),
                format!("有 {count} 個字元無法解讀，以 � 表示，首次出現在第 {first_line} 行。其他編碼可能更合適。"),
            ),
            Note::RoundedAmounts { column: index, count, first_line, value } => lang.pick(
                format!(
                    "{count} values of {} have more decimals than the currency and were rounded, first on line \
                     {first_line} ({value}).",
                    column(*index)
                ),
                format!(
                    "{}有 {count} 個數值的小數位數超過貨幣單位，已四捨五入，首次出現在第 {first_line} 行（{value}）。",
                    column(*index)
                ),
            ),
            Note::UnreadableOptional { column: index, count, first_line, value } => lang.pick(
                format!(
                    "{count} values of {} could not be read; their rows are used without them, first on line \
                     {first_line} ({}).",
                    column(*index),
                    excerpt(value)
                ),
                format!(
                    "{}有 {count} 個數值無法讀取，該列仍使用但缺少此值，首次出現在第 {first_line} 行（{}）。",
                    column(*index),
                    excerpt(value)
                ),
            ),
            Note::ShortRows { count, first_line } => lang.pick(
                format!("{count} rows have fewer cells than columns, first on line {first_line}; the rest are empty."),
                format!("有 {count} 列的儲存格少於欄位數，首次出現在第 {first_line} 行；缺少的視為空白。"),
            ),
            Note::UnknownCustomer { count, first_line } => lang.pick(
                format!("{count} rows without a customer belong to one unknown customer, first on line {first_line}."),
                format!("有 {count} 列沒有顧客，歸入同一位不明顧客，首次出現在第 {first_line} 行。"),
            ),
            Note::ByKeyCodeAlone { count, first_line } => lang.pick(
                format!("{count} responses have no customer and are known by their key codes, first on line {first_line}."),
                format!("有 {count} 筆回應沒有顧客，以關鍵碼辨識，首次出現在第 {first_line} 行。"),
            ),
            Note::NotInCustomerData { customers } => lang.pick(
                format!(
                    "{customers} customers of this file are not in the customer data. Their rows are kept; they do not \
                     count as customers who have bought."
                ),
                format!("這個檔案有 {customers} 位顧客不在顧客資料中。這些列仍保留，但不算買過的顧客。"),
            ),
        }
    }
}

impl RoleReason {
    pub fn say(&self, headers: &[String], lang: Lang) -> String {
        match self {
            RoleReason::Header { name } => {
                lang.pick(format!("The header says “{name}”."), format!("欄位名稱含有「{name}」。"))
            }
            RoleReason::Dates { fits, seen } => lang.pick(
                format!("{fits} of {seen} cells are dates."),
                format!("{seen} 格中有 {fits} 格是日期。"),
            ),
            RoleReason::Numbers { fits, seen } => lang.pick(
                format!("{fits} of {seen} cells are numbers."),
                format!("{seen} 格中有 {fits} 格是數字。"),
            ),
            RoleReason::Returning { distinct, seen } => lang.pick(
                format!("{seen} cells hold {distinct} different texts, as customers who return do."),
                format!("{seen} 格中有 {distinct} 種內容，像是會再次出現的顧客。"),
            ),
            RoleReason::Personal { kind } => lang.pick(
                format!("The cells look like {}.", kind.name(lang)),
                format!("內容看起來是{}。", kind.name(lang)),
            ),
            RoleReason::RoleTaken { role, by } => {
                let (role, by) = (role_name(*role, lang), column_name(headers, *by, lang));
                lang.pick(
                    format!("“{role}” is already {by}; this column is kept under its own name."),
                    format!("「{role}」已由{by}擔任，這一欄以原名保存。"),
                )
            }
            RoleReason::Unknown => lang
                .pick(
                    "Nothing tells what it means; it is kept under its own name.",
                    "無法判斷意義，以原名保存。",
                )
                .into(),
            RoleReason::Empty => lang.pick("There is nothing in it.", "這一欄是空的。").into(),
        }
    }
}

impl DelimiterReason {
    pub fn say(self, lang: Lang) -> String {
        match self {
            DelimiterReason::Given => lang.pick("You chose it.", "由您選擇。").into(),
            DelimiterReason::SeparatorLine => {
                lang.pick("The first line of the file says so.", "檔案第一行如此指定。").into()
            }
            DelimiterReason::Consistent { columns, agree, seen } => lang.pick(
                format!("It cuts {agree} of {seen} rows into {columns} columns."),
                format!("以它分隔時，{seen} 列中有 {agree} 列都是 {columns} 欄。"),
            ),
            DelimiterReason::OneColumn => {
                lang.pick("No delimiter was found: there is one column.", "找不到分隔符號，只有一欄。").into()
            }
        }
    }
}

impl HeaderReason {
    pub fn say(self, headers: &[String], lang: Lang) -> String {
        match self {
            HeaderReason::Given => lang.pick("You chose it.", "由您選擇。").into(),
            HeaderReason::KnownNames { count } => lang.pick(
                format!("{count} cells of the first row are usual names of columns."),
                format!("第一列有 {count} 格是常見的欄位名稱。"),
            ),
            HeaderReason::TextAboveValues { column } => {
                let name = column_name(headers, column, lang);
                lang.pick(
                    format!("In {name} the first row is a text and the others are values."),
                    format!("{name}的第一列是文字，其餘是數值。"),
                )
            }
            HeaderReason::ValuesInFirstRow { column } => lang.pick(
                format!("The first row already has a value in column {}.", column + 1),
                format!("第一列的第 {} 欄已經是數值。", column + 1),
            ),
            HeaderReason::OnlyTexts => lang
                .pick(
                    "All cells are texts; the first row is taken for a header.",
                    "內容都是文字，第一列視為標題列。",
                )
                .into(),
        }
    }
}

impl Question {
    pub fn say(&self, headers: &[String], lang: Lang) -> String {
        match self {
            Question::Encoding { guessed, .. } => lang.pick(
                format!(
                    "The bytes fit more than one encoding. Is the text readable as {}?",
                    guessed.name(lang)
                ),
                format!("這個檔案可以用多種編碼解讀。以 {} 顯示的文字是否正確？", guessed.name(lang)),
            ),
            Question::DateForm { column, doubt } => {
                let name = column_name(headers, *column, lang);
                let (cell, first, second) = (&doubt.cell, doubt.first, doubt.second);
                lang.pick(
                    format!("In {name}, is “{cell}” {} or {}?", first.1, second.1),
                    format!("{name}的「{cell}」是 {} 還是 {}？", first.1, second.1),
                )
            }
            Question::NumberStyle { column, cell, .. } => {
                let name = column_name(headers, *column, lang);
                lang.pick(
                    format!("In {name}, does the mark in “{cell}” separate thousands or decimals?"),
                    format!("{name}的「{cell}」中，符號是千分位還是小數點？"),
                )
            }
        }
    }
}

impl Warning {
    pub fn say(&self, headers: &[String], lang: Lang) -> String {
        let column = |index: usize| column_name(headers, index, lang);
        match self {
            Warning::ReplacedCharacters { count, first_line } => {
                Note::ReplacedCharacters { count: *count, first_line: *first_line }.say(headers, lang)
            }
            Warning::UnclosedQuote { line, ignored: false } => lang.pick(
                format!("A quotation mark on line {line} is not closed."),
                format!("第 {line} 行的引號沒有關閉。"),
            ),
            Warning::UnclosedQuote { line, ignored: true } => lang.pick(
                format!(
                    "A quotation mark on line {line} is not closed, so quotation marks are read as letters. Correct \
                     that line if cells are quoted."
                ),
                format!("第 {line} 行的引號沒有關閉，因此引號當作一般文字。若儲存格有用引號包住，請先修正該行。"),
            ),
            Warning::RaggedRows { count, first_line } => lang.pick(
                format!("{count} rows have another number of cells than columns, first on line {first_line}."),
                format!("有 {count} 列的儲存格數與欄位數不同，首次出現在第 {first_line} 行。"),
            ),
            Warning::Personal { column: index, kind } => lang.pick(
                format!("{} seems to hold {}. Pseudonymise it or leave it out.", column(*index), kind.name(lang)),
                format!("{}看起來是{}，建議以代號取代，或不匯入。", column(*index), kind.name(lang)),
            ),
            Warning::TwoDigitYears { column: index, cell } => lang.pick(
                format!(
                    "The years in {} have two digits (“{cell}”): 69–99 are read as 1969–1999, 00–68 as 2000–2068.",
                    column(*index)
                ),
                format!(
                    "{}的年份只有兩位數（「{cell}」）：69–99 視為 1969–1999 年，00–68 視為 2000–2068 年。",
                    column(*index)
                ),
            ),
            Warning::RepeatSummary => lang
                .pick(
                    "Frequency, recency and T here seem to be those of a repeat-buying model: repeat purchases, time from \
                     the first purchase to the last, and time since the first. They are not the number of purchases and \
                     the days since the last one, so they are kept as attributes of the customers; the lifetime value \
                     forecast reads them.",
                    "這裡的 frequency、recency 與 T 看起來屬於重複購買模型：再購次數、首次到最近一次購買的時間、首次購買至今的\
                     時間。它們不是購買次數與距上次購買天數，因此以顧客的其他欄位保存，供「終身價值預測」使用。",
                )
                .into(),
            Warning::ComputedAmount { price, quantity } => {
                let (price, quantity) = (column(*price), column(*quantity));
                lang.pick(
                    format!("There is no amount; it is computed as {price} × {quantity}."),
                    format!("沒有金額欄位，以{price} × {quantity}計算。"),
                )
            }
        }
    }
}
