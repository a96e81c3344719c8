//! The names that columns usually have, in English and Chinese.

use crate::core::table::Role;
use serde::{Deserialize, Serialize};

/// Personal data that a column may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Personal {
    Name,
    Phone,
    Email,
    Address,
    IdNumber,
    Birthday,
}

/// Names of each role. A header is compared without case, blanks and punctuation; it may contain a name of at least
/// two Chinese or four other characters; the longest name that fits wins.
const ROLES: [(Role, &[&str]); 19] = [
    (
        Role::Customer,
        &[
            "customer",
            "customerid",
            "customerno",
            "customernumber",
            "customercode",
            "custid",
            "cust",
            "custno",
            "client",
            "clientid",
            "member",
            "memberid",
            "memberno",
            "userid",
            "user",
            "buyer",
            "buyerid",
            "account",
            "accountid",
            "accountno",
            "id",
            "uid",
            "cid",
            "顧客",
            "顧客編號",
            "顧客代號",
            "顧客id",
            "會員",
            "會員編號",
            "會員代號",
            "會員卡號",
            "會員id",
            "會員號",
            "卡號",
            "客戶",
            "客戶編號",
            "客戶代號",
            "客戶代碼",
            "客戶id",
            "客编",
            "客编号",
            "买家",
            "買家",
            "買家帳號",
            "帳號",
            "客户",
            "客户编号",
            "会员",
            "会员编号",
            "responder",
            "responderid",
            "回應者",
            "回應顧客",
        ],
    ),
    (
        Role::Date,
        &[
            "date",
            "day",
            "orderdate",
            "invoicedate",
            "transactiondate",
            "transdate",
            "trandate",
            "purchasedate",
            "saledate",
            "salesdate",
            "datetime",
            "timestamp",
            "createdat",
            "ordertime",
            "purchasetime",
            "paidat",
            "日期",
            "交易日期",
            "交易日",
            "訂單日期",
            "消費日期",
            "購買日期",
            "購買日",
            "銷售日期",
            "銷貨日期",
            "發票日期",
            "交易時間",
            "訂購日期",
            "下單日期",
            "下單時間",
            "結帳日期",
            "成立時間",
            "订单日期",
            "交易时间",
            "购买日期",
            "responsedate",
            "回應日期",
            "回應日",
            "回函日期",
            "contactdate",
            "maildate",
            "maildropdate",
            "sentdate",
            "senddate",
            "寄送日期",
            "郵寄日期",
            "發送日期",
            "聯絡日期",
            "寄出日期",
        ],
    ),
    (
        Role::Amount,
        &[
            "amount",
            "amt",
            "revenue",
            "sales",
            "total",
            "totalamount",
            "orderamount",
            "ordertotal",
            "grandtotal",
            "subtotal",
            "spend",
            "spent",
            "paid",
            "payment",
            "netamount",
            "netsales",
            "value",
            "turnover",
            "金額",
            "實付金額",
            "交易金額",
            "消費金額",
            "訂單金額",
            "銷售金額",
            "銷售額",
            "營業額",
            "總金額",
            "總價",
            "小計",
            "總計",
            "實付",
            "應付金額",
            "結帳金額",
            "付款金額",
            "發票金額",
            "金额",
            "销售额",
            "总价",
            "responserevenue",
            "responseamount",
            "回應金額",
            "營收",
        ],
    ),
    (
        Role::Order,
        &[
            "order",
            "orderid",
            "orderno",
            "ordernumber",
            "invoice",
            "invoiceno",
            "invoiceid",
            "invoicenumber",
            "transactionid",
            "transid",
            "transactionno",
            "receipt",
            "receiptno",
            "receiptid",
            "basketid",
            "訂單",
            "訂單編號",
            "訂單號碼",
            "訂單號",
            "交易編號",
            "交易序號",
            "交易號碼",
            "發票號碼",
            "發票",
            "單號",
            "銷貨單號",
            "订单",
            "订单编号",
        ],
    ),
    (
        Role::Product,
        &[
            "product",
            "productid",
            "productname",
            "productcode",
            "item",
            "itemid",
            "itemname",
            "itemcode",
            "sku",
            "stockcode",
            "description",
            "article",
            "goods",
            "商品",
            "商品名稱",
            "商品編號",
            "商品代號",
            "商品貨號",
            "產品",
            "產品名稱",
            "產品編號",
            "品名",
            "品號",
            "貨號",
            "品項",
            "商品名称",
        ],
    ),
    (
        Role::Category,
        &[
            "category",
            "productcategory",
            "department",
            "dept",
            "productline",
            "productgroup",
            "subcategory",
            "類別",
            "商品類別",
            "產品類別",
            "分類",
            "商品分類",
            "品類",
            "大類",
            "部門",
            "类别",
        ],
    ),
    (
        Role::Quantity,
        &["quantity", "qty", "units", "unitssold", "pieces", "數量", "購買數量", "銷售數量", "件數", "数量"],
    ),
    (
        Role::UnitPrice,
        &["unitprice", "price", "priceeach", "itemprice", "單價", "售價", "價格", "商品單價", "单价"],
    ),
    (
        Role::Channel,
        &[
            "channel",
            "saleschannel",
            "store",
            "storeid",
            "storename",
            "shop",
            "branch",
            "outlet",
            "source",
            "platform",
            "通路",
            "銷售通路",
            "門市",
            "門市名稱",
            "門市代號",
            "分店",
            "店別",
            "店名",
            "店號",
            "平台",
            "來源",
            "渠道",
        ],
    ),
    (
        Role::Region,
        &[
            "region",
            "country",
            "city",
            "state",
            "province",
            "area",
            "territory",
            "county",
            "district",
            "地區",
            "區域",
            "縣市",
            "城市",
            "國家",
            "國別",
            "居住地",
            "行政區",
            "地区",
        ],
    ),
    (
        Role::Cost,
        &[
            "cost",
            "totalcost",
            "costofgoods",
            "cogs",
            "costamount",
            "成本",
            "成本金額",
            "總成本",
            "進貨成本",
            "銷貨成本",
        ],
    ),
    (Role::Margin, &["margin", "grossmargin", "grossprofit", "profit", "毛利", "毛利額", "利潤", "淨利"]),
    (
        Role::LastPurchase,
        &[
            "lastpurchase",
            "lastpurchasedate",
            "lastorder",
            "lastorderdate",
            "lastdate",
            "lasttransaction",
            "lasttransactiondate",
            "lastvisit",
            "mostrecentpurchase",
            "mostrecentvisit",
            "最近購買日期",
            "最近購買日",
            "最後購買日期",
            "最後購買日",
            "最近消費日期",
            "最近消費日",
            "最後消費日",
            "最後消費日期",
            "最近一次購買",
            "最近一次購買日期",
            "最近一次消費",
            "最近一次消費日期",
            "最近交易日",
            "最近交易日期",
            "最後交易日",
            "最後交易日期",
        ],
    ),
    (
        Role::DaysSince,
        &[
            "recency",
            "recencydays",
            "dayssince",
            "dayssincelast",
            "dayssincelastpurchase",
            "dayssincelastorder",
            "未購買天數",
            "距今天數",
            "未消費天數",
            "距上次購買天數",
            "最近購買距今天數",
            "距今日數",
        ],
    ),
    (
        Role::Purchases,
        &[
            "frequency",
            "purchases",
            "orders",
            "ordercount",
            "transactions",
            "transactioncount",
            "numberofpurchases",
            "numberoforders",
            "numorders",
            "numpurchases",
            "numberoftransactions",
            "visits",
            "購買次數",
            "消費次數",
            "交易次數",
            "訂單數",
            "訂單筆數",
            "交易筆數",
            "購買頻率",
            "消費頻率",
            "次數",
            "來店次數",
        ],
    ),
    (
        Role::Campaign,
        &[
            "campaign",
            "campaignid",
            "campaigncode",
            "campaignname",
            "mailing",
            "活動",
            "活動名稱",
            "活動代號",
            "活動代碼",
            "活動編號",
            "行銷活動",
            "檔期",
        ],
    ),
    (Role::Wave, &["wave", "campaignwave", "wavecode", "梯次", "波次"]),
    (
        Role::KeyCode,
        &[
            "keycode",
            "sourcecode",
            "offercode",
            "promocode",
            "promotioncode",
            "responsecode",
            "關鍵碼",
            "鍵碼",
            "回函代碼",
            "回應代碼",
            "優惠代碼",
        ],
    ),
    (Role::Cell, &["cell", "cellcode", "rfmcell", "rfmcode", "區塊", "區塊代碼", "分群代碼"]),
];

/// Names of the total spend. Apart from the others because `total` alone is an amount unless the table is a summary.
const TOTAL_SPEND: &[&str] = &[
    "monetary",
    "totalspend",
    "totalspent",
    "totalspending",
    "totalrevenue",
    "totalsales",
    "totalpurchase",
    "lifetimespend",
    "累計消費",
    "累計金額",
    "累計消費金額",
    "累積消費",
    "累積金額",
    "累積消費金額",
    "總消費",
    "總消費金額",
    "消費總額",
    "總購買金額",
];

const PERSONAL: [(Personal, &[&str]); 6] = [
    (
        Personal::Name,
        &[
            "name",
            "fullname",
            "customername",
            "clientname",
            "membername",
            "firstname",
            "lastname",
            "surname",
            "contact",
            "姓名",
            "名字",
            "顧客姓名",
            "會員姓名",
            "客戶姓名",
            "客戶名稱",
            "收件人",
            "收件人姓名",
            "聯絡人",
            "購買人",
            "訂購人",
        ],
    ),
    (
        Personal::Phone,
        &[
            "phone",
            "phonenumber",
            "mobile",
            "mobilephone",
            "tel",
            "telephone",
            "cellphone",
            "cellno",
            "cellnumber",
            "電話",
            "手機",
            "手機號碼",
            "行動電話",
            "連絡電話",
            "聯絡電話",
            "收件人電話",
            "会员手机",
        ],
    ),
    (Personal::Email, &["email", "emailaddress", "mail", "電子郵件", "電子信箱", "信箱", "郵件"]),
    (Personal::Address, &["address", "street", "addr", "地址", "住址", "通訊地址", "收件地址", "送貨地址"]),
    (
        Personal::IdNumber,
        &["nationalid", "ssn", "passport", "身分證", "身分證字號", "身份證", "證號", "統一編號"],
    ),
    (Personal::Birthday, &["birthday", "birthdate", "dateofbirth", "dob", "生日", "出生日期", "出生年月日"]),
];

/// What a header says about its column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    Role(Role),
    Personal(Personal),
}

/// A meaning, the name that told it, and whether the header is exactly that name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match {
    pub meaning: Meaning,
    pub name: &'static str,
    pub exact: bool,
}

/// Lower case, without blanks and punctuation.
pub fn normalise(header: &str) -> String {
    header
        .chars()
        .map(super::cells::half_width)
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// What a header says; the longest fitting name wins.
pub fn find(header: &str) -> Option<Match> {
    let header = normalise(header);
    let total = (Meaning::Role(Role::TotalSpend), TOTAL_SPEND);
    let roles = ROLES.iter().map(|&(role, names)| (Meaning::Role(role), names)).chain([total]);
    let all = roles.chain(PERSONAL.iter().map(|&(personal, names)| (Meaning::Personal(personal), names)));
    let mut best: Option<Match> = None;
    for (meaning, names) in all {
        for &name in names {
            let exact = header == name;
            let long_enough = if name.is_ascii() { name.len() >= 4 } else { name.chars().count() >= 2 };
            if (exact || long_enough && contains(&header, name))
                && best.is_none_or(|b| (exact, name.len()) > (b.exact, b.name.len()))
            {
                best = Some(Match { meaning, name, exact });
            }
        }
    }
    best
}

/// `date` is no part of `updated`, so that a name must stand at an end of the header.
fn contains(header: &str, name: &str) -> bool {
    if name.is_ascii() { header.starts_with(name) || header.ends_with(name) } else { header.contains(name) }
}

/// Whether a header says that its rows are responses: it is a name such as `response date`.
pub fn tells_responses(header: &str) -> bool {
    let found = find(header).filter(|found| found.exact);
    found.is_some_and(|found| ["respon", "回應", "回函"].iter().any(|word| found.name.starts_with(word)))
}

/// Whether a cell looks like the name of a column.
pub fn is_known(cell: &str) -> bool {
    find(cell).is_some_and(|found| found.exact || found.name.len() * 2 >= normalise(cell).len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_headers_are_understood() {
        let cases = [
            ("CustomerID", Role::Customer),
            ("會員編號", Role::Customer),
            ("客戶代號", Role::Customer),
            ("order_date", Role::Date),
            ("InvoiceDate", Role::Date),
            ("交易日期", Role::Date),
            ("實付金額 (NT$)", Role::Amount),
            ("Revenue", Role::Amount),
            ("InvoiceNo", Role::Order),
            ("訂單編號", Role::Order),
            ("Unit Price", Role::UnitPrice),
            ("StockCode", Role::Product),
            ("最近一次消費日期", Role::LastPurchase),
            ("recency", Role::DaysSince),
            ("購買次數", Role::Purchases),
            ("累計消費金額", Role::TotalSpend),
            ("門市", Role::Channel),
            ("毛利", Role::Margin),
            ("Campaign name", Role::Campaign),
            ("行銷活動", Role::Campaign),
            ("梯次", Role::Wave),
            ("Key Code", Role::KeyCode),
            ("source_code", Role::KeyCode),
            ("關鍵碼", Role::KeyCode),
            ("區塊代碼", Role::Cell),
            ("Response date", Role::Date),
            ("回應日期", Role::Date),
            ("寄送日期", Role::Date),
        ];
        for (header, role) in cases {
            assert_eq!(find(header).map(|found| found.meaning), Some(Meaning::Role(role)), "{header}");
        }
        assert_eq!(find("顧客姓名").map(|found| found.meaning), Some(Meaning::Personal(Personal::Name)));
        assert_eq!(find("cell_phone").map(|found| found.meaning), Some(Meaning::Personal(Personal::Phone)));
        assert_eq!(find("lines"), None);
    }
}
