//! The texts of the list of customers.

use crate::core::excerpt::excerpt;
use crate::core::lang::Lang;
use crate::core::summary::Treatment;

pub struct CustomersText {
    pub inputs: &'static str,
    pub search: &'static str,
    pub search_help: &'static str,
    pub filters: &'static str,
    pub all_classes: &'static str,
    pub add_class: &'static str,
    pub remove: fn(&str) -> String,
    pub clear: &'static str,
    pub selected_of: fn(&str, &str) -> String,
    pub none: &'static str,
    pub caption: &'static str,
    pub customer: &'static str,
    pub last_purchase: &'static str,
    pub days_since: &'static str,
    pub frequency: &'static str,
    pub monetary: &'static str,
    pub measures_whole: fn(&str) -> String,
    pub measures_published: &'static str,
    pub measures_nothing: &'static str,
    pub sort_by: fn(&str) -> String,
    pub export: &'static str,
    pub file_name: &'static str,
    pub exported: fn(&str) -> String,
    pub open_customer: fn(&str) -> String,
    pub no_such: fn(&str) -> String,
    pub purchases: &'static str,
    pub purchases_caption: fn(&str) -> String,
    pub no_rows: &'static str,
    pub attributes: &'static str,
    pub date: &'static str,
    pub amount: &'static str,
    pub order: &'static str,
    pub product: &'static str,
    pub channel: &'static str,
    pub treated: &'static str,
}

impl CustomersText {
    pub fn of(lang: Lang) -> &'static CustomersText {
        match lang {
            Lang::En => &EN,
            Lang::ZhHant => &ZH_HANT,
        }
    }
}

/// What the rules make of a row.
pub fn treatment(treatment: Treatment, lang: Lang) -> &'static str {
    match treatment {
        Treatment::Purchase => lang.pick("purchase", "購買"),
        Treatment::RefundNetted => lang.pick("refund, taken off", "退款，已扣減"),
        Treatment::RefundIgnored => lang.pick("refund, ignored", "退款，不計"),
        Treatment::ZeroIgnored => lang.pick("amount of zero, ignored", "金額為零，不計"),
        Treatment::DuplicateIgnored => lang.pick("repetition, ignored", "重複，不計"),
        Treatment::AfterAnalysisDate => lang.pick("after the analysis date", "在分析日期之後"),
        Treatment::NoCustomer => lang.pick("no customer", "沒有顧客"),
        Treatment::NoDate => lang.pick("no date", "沒有日期"),
        Treatment::NoAmount => lang.pick("no amount", "沒有金額"),
    }
}

static EN: CustomersText = CustomersText {
    inputs: "Search and filter",
    search: "Search",
    search_help: "Finds customer ids and the texts of the customer table. What you search for is never part of a link.",
    filters: "Only customers in",
    all_classes: "all",
    add_class: "add one more…",
    remove: |label| format!("Remove {label}"),
    clear: "Clear search and filters",
    selected_of: |selected, all| format!("{selected} of {all} customers"),
    none: "No customer matches. Clear a filter or shorten the search.",
    caption: "Customers; click one to see the purchases",
    customer: "Customer",
    last_purchase: "Last purchase",
    days_since: "Days since",
    frequency: "Purchases",
    monetary: "Total spend",
    measures_whole: |day| format!("Figures are of the whole history up to {day}."),
    measures_published: "Figures are those of the RFM analysis, with its date and period.",
    measures_nothing: "These data hold no purchases.",
    sort_by: |column| format!("Sort by {column}"),
    export: "Export this list (CSV)",
    file_name: "customers",
    exported: |rows| format!("{rows} customers exported."),
    open_customer: |id| format!("Purchases of {}", excerpt(id)),
    no_such: |id| format!("There is no customer {} in these data.", excerpt(id)),
    purchases: "Purchases",
    purchases_caption: |id| {
        format!("All rows of {}, the latest first, and what the rules make of each", excerpt(id))
    },
    no_rows: "The data hold no single purchases of this customer: they come as a summary or as attributes.",
    attributes: "Attributes",
    date: "Date",
    amount: "Amount",
    order: "Order",
    product: "Product",
    channel: "Channel",
    treated: "Counts as",
};

static ZH_HANT: CustomersText = CustomersText {
    inputs: "搜尋與篩選",
    search: "搜尋",
    search_help: "可搜尋顧客編號與顧客名冊中的文字。搜尋內容絕不會放進連結。",
    filters: "只看",
    all_classes: "全部",
    add_class: "再加一類…",
    remove: |label| format!("移除 {label}"),
    clear: "清除搜尋與篩選",
    selected_of: |selected, all| format!("{all} 位顧客中的 {selected} 位"),
    none: "沒有符合的顧客。請清除篩選或縮短搜尋文字。",
    caption: "顧客清單；點選顧客可看購買紀錄",
    customer: "顧客",
    last_purchase: "最近購買日期",
    days_since: "距今天數",
    frequency: "購買次數",
    monetary: "消費金額",
    measures_whole: |day| format!("各項數字涵蓋截至 {day} 的全部紀錄。"),
    measures_published: "各項數字來自 RFM 分析，依其分析日期與期間計算。",
    measures_nothing: "這份資料沒有購買紀錄。",
    sort_by: |column| format!("依{column}排序"),
    export: "匯出這份名單（CSV）",
    file_name: "顧客名單",
    exported: |rows| format!("已匯出 {rows} 位顧客。"),
    open_customer: |id| format!("{} 的購買紀錄", excerpt(id)),
    no_such: |id| format!("這份資料沒有顧客 {}。", excerpt(id)),
    purchases: "購買紀錄",
    purchases_caption: |id| format!("{} 的每一列資料（由新到舊），以及規則如何看待", excerpt(id)),
    no_rows: "這位顧客沒有逐筆的購買紀錄：資料是彙總或名冊。",
    attributes: "屬性",
    date: "日期",
    amount: "金額",
    order: "訂單",
    product: "商品",
    channel: "通路",
    treated: "視為",
};
