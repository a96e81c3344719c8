//! The words of the pyramid page, in both languages. What depends on numbers is in [`super::words`].

use crate::core::lang::Lang;

/// All fixed texts; a missing translation does not compile.
pub struct PyramidText {
    pub title: &'static str,
    pub question: &'static str,
    pub customer: &'static str,
    pub customers: &'static str,
    pub tier: &'static str,
    pub revenue: &'static str,
    pub margin: &'static str,
    pub orders: &'static str,
    pub days_since: &'static str,
    pub strategy: &'static str,
    pub share_of_customers: &'static str,
    pub share_of_revenue: &'static str,
    pub share_of_margin: &'static str,
    pub average_order: &'static str,
    pub orders_per_customer: &'static str,
    pub average_days: &'static str,
    pub least_suffix: &'static str,
    pub most_suffix: &'static str,
}

pub fn text(lang: Lang) -> &'static PyramidText {
    lang.pick(&EN, &ZH_HANT)
}

static EN: PyramidText = PyramidText {
    title: "Customer pyramid",
    question: "How much do the best customers bring, and how much service is each tier worth?",
    customer: "Customer",
    customers: "Customers",
    tier: "Tier",
    revenue: "Revenue",
    margin: "Margin",
    orders: "Purchases",
    days_since: "Days since last purchase",
    strategy: "What we do for them",
    share_of_customers: "Share of customers",
    share_of_revenue: "Share of revenue",
    share_of_margin: "Share of margin",
    average_order: "Average per purchase",
    orders_per_customer: "Purchases per customer",
    average_days: "Average days since last purchase",
    least_suffix: ", least",
    most_suffix: ", most",
};

static ZH_HANT: PyramidText = PyramidText {
    title: "金字塔客層",
    question: "頂端的顧客帶來多少營收？每一層值得投入多少服務？",
    customer: "顧客編號",
    customers: "顧客數",
    tier: "客層",
    revenue: "營收",
    margin: "毛利",
    orders: "購買次數",
    days_since: "距上次購買天數",
    strategy: "對這一層怎麼做",
    share_of_customers: "顧客佔比",
    share_of_revenue: "營收佔比",
    share_of_margin: "毛利佔比",
    average_order: "每次購買平均金額",
    orders_per_customer: "每位顧客購買次數",
    average_days: "平均距上次購買天數",
    least_suffix: "（最低）",
    most_suffix: "（最高）",
};
