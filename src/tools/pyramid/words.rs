//! Sentences with numbers in them, in both languages.

use super::answer::{Pyramid, Refusal, Unit, Warning};
use crate::core::format;
use crate::core::grading::Label;
use crate::core::lang::Lang;
use crate::core::money::Currency;
use crate::tools::Listed;
use crate::tools::published::{say_missing, tool_of};

/// A value of the measure in plain form.
pub fn measure(value: f64, unit: Unit, currency: &Currency) -> String {
    match unit {
        Unit::Money => format::money(value.round() as i64, currency),
        Unit::Orders => format::integer(value.round() as i64),
        Unit::Number => format::decimal(value, 3),
    }
}

/// A title inside a sentence: "Revenue" becomes "revenue" in English; codes and symbols stay.
pub fn noun(title: &Label, lang: Lang) -> String {
    let text = title.get(lang);
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some(first), Some(second)) if first.is_ascii_uppercase() && second.is_ascii_lowercase() => {
            format!("{}{}", first.to_ascii_lowercase(), &text[1..])
        }
        _ => text.to_string(),
    }
}

/// What to know before trusting a pyramid. Boundaries that go through equal values are told in one sentence.
pub fn say_warnings(pyramid: &Pyramid, lang: Lang, currency: &Currency) -> Vec<String> {
    let is_tie = |warning: &&Warning| matches!(warning, Warning::TiesCut { .. });
    let ties: Vec<&Warning> = pyramid.warnings.iter().filter(is_tie).collect();
    let one_by_one = pyramid.warnings.iter().filter(|warning| ties.len() < 2 || !is_tie(warning));
    let said = one_by_one.map(|warning| warning.say(lang, pyramid.unit, currency));
    (ties.len() > 1).then(|| say_ties(&ties, pyramid.unit, lang, currency)).into_iter().chain(said).collect()
}

fn say_ties(ties: &[&Warning], unit: Unit, lang: Lang, currency: &Currency) -> String {
    let each =
        |tie: &&Warning| match tie {
            Warning::TiesCut { tier, customers, value } => {
                let (tier, n) = (tier.get(lang), format::integer(*customers as i64));
                let value = measure(*value, unit, currency);
                Some(lang.pick(
                    format!("“{tier}” ({n} with {value})"),
                    format!("「{tier}」（{n} 位同為 {value}）"),
                ))
            }
            _ => None,
        };
    let list: Vec<String> = ties.iter().filter_map(each).collect();
    lang.pick(
        format!(
            "These tiers end among equal values: {}. Those customers are divided in the order of their ids. Own values \
             as limits keep equal customers together.",
            list.join(", ")
        ),
        format!(
            "這些客層的界線落在相同數值之中：{}。這些顧客依顧客編號的順序分開；改用自訂數值，就能讓相同數值的顧客同層。",
            list.join("、")
        ),
    )
}

pub fn cut_by_shares(lang: Lang) -> &'static str {
    lang.pick(
        "Active customers in the order of the measure, best first: a tier ends at its cumulated share of them, a half \
         rounded up; every tier gets at least one customer where there are enough",
        "活躍顧客依分級依據由高到低排列：每層到累計佔比 × 人數為止，四捨五入；人數足夠時每層至少一人",
    )
}

pub fn cut_by_values(lang: Lang) -> &'static str {
    lang.pick(
        "A customer belongs to the first tier whose least value is reached; the last tier takes the rest",
        "顧客屬於第一個達到最低值的客層，其餘歸入最後一層",
    )
}

pub fn gini_meaning(lang: Lang) -> &'static str {
    lang.pick(
        "The Gini coefficient, with the values in ascending order: 0 where all customers bring the same, near 1 where \
         one brings all",
        "吉尼係數（數值由小到大排列）：0 表示每位顧客相同，接近 1 表示全由一位顧客帶來",
    )
}

/// "20/61": the top 20 % and what they bring, as the rule is usually written.
pub fn rule(share: f64) -> String {
    format!("20/{}", format::fixed(share * 100.0, 0))
}

impl Warning {
    /// What is the matter, and what to try.
    pub fn say(&self, lang: Lang, unit: Unit, currency: &Currency) -> String {
        let n = |count: u64| format::integer(count as i64);
        match self {
            Warning::TiesCut { tier, customers, value } => {
                let (tier, n, value) = (tier.get(lang), n(*customers), measure(*value, unit, currency));
                lang.pick(
                    format!(
                        "“{tier}” ends among {n} customers who all have {value}: they are divided in the order of their \
                         ids. Own values as limits keep equal customers together."
                    ),
                    format!(
                        "「{tier}」的界線落在 {n} 位同為 {value} 的顧客之中，他們依顧客編號的順序分開。改用自訂數值，就能讓\
                         相同數值的顧客同層。"
                    ),
                )
            }
            Warning::EmptyTier { tier } => {
                let tier = tier.get(lang);
                lang.pick(
                    format!("Nobody is in “{tier}”. Lower its limit, or remove the tier."),
                    format!("「{tier}」沒有顧客。可以降低門檻，或移除這一層。"),
                )
            }
            Warning::FewCustomers { customers, tiers } => lang.pick(
                format!(
                    "There are {} tiers for {} customers, so some tiers stay empty. Choose fewer tiers or a longer \
                     period.",
                    n(*tiers),
                    n(*customers)
                ),
                format!(
                    "{} 層只有 {} 位顧客，因此有幾層是空的。可以減少層數，或把期間拉長。",
                    n(*tiers),
                    n(*customers)
                ),
            ),
            Warning::AllEqual => lang
                .pick(
                    "All customers have the same value: the order of their ids alone divides them. Choose another measure.",
                    "所有顧客的數值都相同，只能依顧客編號的順序分層。請改用其他分級依據。",
                )
                .into(),
            Warning::TotalNotPositive => lang
                .pick(
                    "The measure adds up to nothing or less, so there are no shares of it and no curve. Look at refunds and \
                     costs, or choose another period.",
                    "分級依據的總和不是正數，因此沒有佔比也沒有曲線。請檢查退貨與成本，或改選期間。",
                )
                .into(),
            Warning::RowsWithoutCost { rows } => lang.pick(
                format!("{} rows have no cost: their whole amount counts as margin.", n(*rows)),
                format!("有 {} 列沒有成本，金額全部算作毛利。", n(*rows)),
            ),
            Warning::RefundsWithCost { rows } => lang.pick(
                format!(
                    "{} refunds have a cost above zero, which is taken off on top of the money given back. If the goods \
                     came back, their cost should be negative in the file.",
                    n(*rows)
                ),
                format!(
                    "有 {} 筆退貨的成本是正數，會在退款之外再扣一次。如果貨品已退回，檔案裡的成本應為負數。",
                    n(*rows)
                ),
            ),
            Warning::OnlyRefunds { customers, money } => {
                let money = format::money(*money, currency);
                lang.pick(
                    format!("{} customers only have refunds ({money}) and stand in no tier.", n(*customers)),
                    format!("有 {} 位顧客只有退貨（{money}），不在任何一層。", n(*customers)),
                )
            }
            Warning::WindowNotApplicable => lang
                .pick(
                    "The data are a finished summary per customer without single purchases: the period was not applied.",
                    "資料是每位顧客的彙總，沒有逐筆交易，因此期間沒有作用。",
                )
                .into(),
            Warning::WithoutValue { customers } => lang.pick(
                format!(
                    "{} active customers have no value in this column; they stand below the tiers as “Not graded”.",
                    n(*customers)
                ),
                format!("有 {} 位活躍顧客在這個欄位沒有數值，列在各層之下的「未分級」。", n(*customers)),
            ),
        }
    }
}

impl Refusal {
    /// The tool whose column is missing.
    pub fn comes_from(&self) -> Option<&'static Listed> {
        let Refusal::NoColumn { name } = self else { return None };
        tool_of(super::TOOL.id, name)
    }

    /// Why there is no pyramid, and what to try.
    pub fn say(&self, lang: Lang) -> String {
        match self {
            Refusal::Summary { error } => error.say(lang),
            Refusal::NobodyActive { window: Some((from, to)), .. } => lang.pick(
                format!("Nobody bought from {from} to {to}. Choose a longer period or a later analysis date."),
                format!("{from} 到 {to} 之間沒有人購買。請拉長期間，或改選較晚的分析日。"),
            ),
            Refusal::NobodyActive { window: None, rows } => lang.pick(
                format!(
                    "No customer has a purchase up to the analysis date ({} rows read). Choose a later date, or look at \
                     the rows that were set aside on the data page.",
                    format::integer(rows.read as i64)
                ),
                format!(
                    "到分析日為止沒有任何購買（讀取 {} 列）。請改選較晚的日期，或到資料頁查看未採計的列。",
                    format::integer(rows.read as i64)
                ),
            ),
            Refusal::NoCosts => lang
                .pick(
                    "Margin needs a column of costs or margins. Import the transactions again and choose it, or measure by \
                     revenue.",
                    "計算毛利需要成本或毛利欄位。請重新匯入交易資料並指定欄位，或改用營收。",
                )
                .into(),
            Refusal::NoColumn { name } => say_missing(super::TOOL.id, name, lang),
            Refusal::TooManyClasses { name, found } => lang.pick(
                format!("“{name}” has {found} classes, too many for a pyramid. Choose a column with at most 20."),
                format!("「{name}」有 {found} 類，畫成金字塔太多。請選 20 類以內的欄位。"),
            ),
            Refusal::TierCount { found } => lang.pick(
                format!("A pyramid has 2 to 10 tiers; this one would have {found}."),
                format!("金字塔可有 2 到 10 層，目前是 {found} 層。"),
            ),
            Refusal::BadShare { index, value } => lang.pick(
                format!("Tier {}: {value} cannot be used. Type a share above 0%.", index + 1),
                format!("第 {} 層：{value} 無法使用。請輸入大於 0% 的佔比。", index + 1),
            ),
            Refusal::SharesAbove100 { sum } => {
                let sum = format::percent(*sum, 2);
                lang.pick(
                    format!("The shares add up to {sum}; they must leave something for the last tier."),
                    format!("佔比合計 {sum}，必須留一些給最後一層。"),
                )
            }
            Refusal::SameName { first, second, name } => {
                let (first, second) = (first + 1, second + 1);
                lang.pick(
                    format!("Tiers {first} and {second} are both called “{name}”. Give them different names."),
                    format!("第 {first} 層與第 {second} 層都叫「{name}」。請取不同的名稱。"),
                )
            }
            Refusal::NameTaken { tier, name } => {
                let (tier, name) = (tier + 1, name.get(lang));
                lang.pick(
                    format!("Tier {tier} is called “{name}”, like customers who stand below the tiers. Give it another name."),
                    format!("第 {tier} 層叫「{name}」，與各層之外的顧客同名。請取不同的名稱。"),
                )
            }
            Refusal::NotDescending { index, .. } => {
                let (above, at) = (index, index + 1);
                lang.pick(
                    format!("The limit of tier {at} is not below that of tier {above}. Limits go from high to low."),
                    format!("第 {at} 層的最低值沒有低於第 {above} 層。最低值要由高到低。"),
                )
            }
        }
    }
}
