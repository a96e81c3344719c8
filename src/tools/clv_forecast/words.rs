//! What depends on facts, in both languages.

use super::answer::{Check, NoSpend, Refusal, Warning};
use super::options::ForecastOptions;
use super::reading::Reader;
use crate::core::clv::fit::Search;
use crate::core::clv::gamma_gamma::SpendRefusal;
use crate::core::clv::kind::Kind;
use crate::core::clv::model::ModelRefusal;
use crate::core::format;
use crate::core::lang::Lang;
use crate::core::summary::TimeUnit;

/// The plural of a unit.
pub fn units(unit: TimeUnit, lang: Lang) -> &'static str {
    match unit {
        TimeUnit::Day => lang.pick("days", "天"),
        TimeUnit::Week => lang.pick("weeks", "週"),
        TimeUnit::Month => lang.pick("months", "個月"),
    }
}

/// A name with the unit that it is in.
pub fn in_units(name: &str, unit: TimeUnit, lang: Lang) -> String {
    let unit = units(unit, lang);
    lang.pick(format!("{name} ({unit})"), format!("{name}（{unit}）"))
}

/// "52 weeks".
pub fn span(count: &str, unit: TimeUnit, lang: Lang) -> String {
    format!("{count} {}", units(unit, lang))
}

/// When customers of a model leave.
pub fn story(model: Kind, lang: Lang) -> &'static str {
    match model {
        Kind::BgNbd => lang.pick(
            "Buys at random as long as one is a customer; may leave after any repeat purchase.",
            "仍是顧客時隨機購買；每次再購之後都可能離開。",
        ),
        Kind::MbgNbd => lang.pick(
            "As BG/NBD, but the first purchase can be the last, too.",
            "與 BG/NBD 相同，但首次購買之後也可能離開。",
        ),
        Kind::ParetoNbd => lang.pick(
            "Buys at random as long as one is a customer; may leave at any moment.",
            "仍是顧客時隨機購買；任何時刻都可能離開。",
        ),
        Kind::BgBb => lang.pick(
            "Buys at most once in each period; may leave at the beginning of a period.",
            "每期最多購買一次；每期開始時都可能離開。",
        ),
    }
}

/// What the parameters of a model describe.
pub fn meaning(model: Kind, parameter: usize, lang: Lang) -> &'static str {
    let rate = lang.pick("how customers' purchase rates differ: shape", "購買速率的差異：形狀");
    let time =
        lang.pick("how customers' purchase rates differ: scale (a time)", "購買速率的差異：尺度（時間）");
    match (model, parameter) {
        (Kind::BgBb, 0) => lang.pick("chance of buying in a period: for", "每期購買機率：買"),
        (Kind::BgBb, 1) => lang.pick("chance of buying in a period: against", "每期購買機率：不買"),
        (Kind::BgBb, 2) => lang.pick("chance of leaving in a period: for", "每期離開機率：離開"),
        (Kind::BgBb, _) => lang.pick("chance of leaving in a period: against", "每期離開機率：留下"),
        (_, 0) => rate,
        (_, 1) => time,
        (Kind::ParetoNbd, 2) => lang.pick("how leaving rates differ: shape", "離開速率的差異：形狀"),
        (Kind::ParetoNbd, _) => {
            lang.pick("how leaving rates differ: scale (a time)", "離開速率的差異：尺度（時間）")
        }
        (_, 2) => lang.pick("chance of leaving after a purchase: for", "購買後離開的機率：離開"),
        _ => lang.pick("chance of leaving after a purchase: against", "購買後離開的機率：留下"),
    }
}

/// How the search ended.
pub fn search(search: &Search, reader: Reader) -> String {
    let (starts, agreeing) = (reader.count(search.starts.into()), reader.count(search.agreeing.into()));
    let evaluations = reader.count(search.evaluations.into());
    reader.lang.pick(
        format!(
            "Converged: {agreeing} of {starts} starts reached this top, and the likelihood of all data was computed \
             {evaluations} times."
        ),
        format!("已收斂：{starts} 個起點有 {agreeing} 個到達這個最高點，全部資料的概似值共計算 {evaluations} 次。"),
    )
}

impl ModelRefusal {
    /// Why a model could not be fitted, and what to try.
    pub fn say(&self, lang: Lang) -> String {
        match self {
            ModelRefusal::NoCustomers => lang
                .pick(
                    "Nobody has bought up to this day. Choose a later one.",
                    "到這一天為止沒有人購買。請改選較晚的日期。",
                )
                .into(),
            ModelRefusal::NoRepeatPurchases { customers } => {
                let customers = format::integer(*customers as i64);
                lang.pick(
                    format!(
                        "None of the {customers} customers has bought again on another day, so nothing tells how often they \
                         buy. Use data over a longer time."
                    ),
                    format!("{customers} 位顧客都沒有在另一天再次購買，看不出多久買一次。請使用較長期間的資料。"),
                )
            }
            ModelRefusal::NoTime => lang
                .pick(
                    "All customers have bought for the first time on the last day: no time has passed.",
                    "所有顧客都在最後一天首次購買，還沒有經過任何時間。",
                )
                .into(),
            ModelRefusal::RunsAway { parameter, upward } => {
                let end = if *upward { lang.pick("infinity", "無限大") } else { lang.pick("zero", "零") };
                lang.pick(
                    format!(
                        "The data cannot carry the model: it fits better and better as {parameter} goes to {end} (the \
                         customers differ too little or are too few). Try another model, a longer time, or more customers."
                    ),
                    format!(
                        "資料不足以支撐這個模型：{parameter} 趨向{end}時配適度持續上升（顧客之間差異太小，或人數太少）。請改用其他\
                         模型、較長期間或更多顧客。"
                    ),
                )
            }
            ModelRefusal::NoTop => lang
                .pick("The search found no maximum. Try another model.", "找不到最大概似值。請改用其他模型。")
                .into(),
        }
    }
}

impl Refusal {
    pub fn say(&self, lang: Lang) -> String {
        match self {
            Refusal::Summary { error } => error.say(lang),
            Refusal::Model { model, reason, .. } => {
                format!("{}{}{}", model.name(), lang.pick(": ", "："), reason.say(lang))
            }
            Refusal::NotWholePeriods { customers } => {
                let customers = format::integer(*customers as i64);
                lang.pick(
                    format!(
                        "BG/BB needs whole periods with at most one purchase each; {customers} customers of this summary \
                         have other numbers. Choose another model."
                    ),
                    format!("BG/BB 需要整數期數、每期最多一次購買；這份彙總有 {customers} 位顧客不符。請改用其他模型。"),
                )
            }
            Refusal::NothingHeldOut => lang
                .pick(
                    "A finished summary has no single purchases, so no later time can be held out to check the models.",
                    "彙總資料沒有逐筆交易，無法保留後段期間來檢驗模型。",
                )
                .into(),
            Refusal::TooShort { days } => lang.pick(
                format!("The data cover {days} days; at least 28 are needed to hold a part of them out."),
                format!("資料只涵蓋 {days} 天；至少要 28 天才能保留一部分來檢驗。"),
            ),
        }
    }
}

impl NoSpend {
    pub fn say(&self, reader: Reader) -> String {
        let lang = reader.lang;
        match self {
            NoSpend::NoMoney => lang
                .pick(
                    "Without the spend of repeat purchases there is no value, only purchases.",
                    "沒有再購的消費金額，因此只有次數、沒有金額。",
                )
                .into(),
            NoSpend::Refused(SpendRefusal::TiedToFrequency { correlation }) => {
                let r = reader.show.number(*correlation, 2);
                lang.pick(
                    format!(
                        "Who buys more often also spends differently each time (correlation {r}); the Gamma–Gamma model takes \
                         the two for independent, so that it would mislead. There are purchases, but no value."
                    ),
                    format!(
                        "購買頻率與每次金額有關（相關係數 {r}），Gamma–Gamma 模型假設兩者獨立，用了會誤導。因此只有次數、沒有金額。"
                    ),
                )
            }
            NoSpend::Refused(SpendRefusal::TooFewCustomers { found }) => lang.pick(
                format!("Only {found} customers have repeat purchases with spend: too few for a model of spend."),
                format!("只有 {found} 位顧客有再購金額，不足以建立金額模型。"),
            ),
            NoSpend::Refused(SpendRefusal::AllAlike) => lang
                .pick("All spend the same; there is nothing to model.", "每位顧客的金額都相同，沒有可以建立模型的差異。")
                .into(),
            NoSpend::Refused(SpendRefusal::NoMean { q }) => {
                let q = reader.parameter(*q);
                lang.pick(
                    format!("The fitted spend has no mean (q = {q}, at most 1): a few customers outweigh all others."),
                    format!("配適出的金額沒有平均數（q = {q}，不大於 1）：少數顧客的金額壓過所有人。"),
                )
            }
            NoSpend::Refused(SpendRefusal::RunsAway { .. } | SpendRefusal::NoTop) => lang
                .pick(
                    "The spend of these customers cannot carry the Gamma–Gamma model: a parameter goes out of all bounds. \
                     There are purchases, but no value.",
                    "這些顧客的金額不足以支撐 Gamma–Gamma 模型：參數趨向無限。因此只有次數、沒有金額。",
                )
                .into(),
        }
    }
}

impl Warning {
    pub fn say(&self, options: &ForecastOptions, reader: Reader) -> String {
        let lang = reader.lang;
        match self {
            Warning::ImpossibleCustomers { customers, first } => {
                let customers = reader.count(*customers);
                lang.pick(
                    format!(
                        "{customers} customers are left out (the first is “{first}”): frequency must be a whole number, and \
                         recency above 0 and at most T with repeat purchases, 0 without."
                    ),
                    format!(
                        "有 {customers} 位顧客未採計（第一位是「{first}」）：次數必須是整數；有再購者的 recency 要大於 0 且不超過 T，\
                         沒有再購者要是 0。"
                    ),
                )
            }
            Warning::WithoutSpend { customers } => {
                let customers = reader.count(*customers);
                lang.pick(
                    format!(
                        "{customers} customers bought again, but after refunds nothing is left of it: they are expected to \
                         spend the mean of all."
                    ),
                    format!("有 {customers} 位顧客再購，但扣除退貨後沒有餘額：以全體平均金額估計。"),
                )
            }
            Warning::SomewhatTied { correlation } => {
                let r = reader.show.number(*correlation, 2);
                lang.pick(
                    format!("Frequency and spend go together somewhat (correlation {r}); the value is less certain than it looks."),
                    format!("頻率與金額有些關聯（相關係數 {r}），價值的不確定性比看起來大。"),
                )
            }
            Warning::StartsDisagree { starts, agreeing } => lang.pick(
                format!(
                    "Only {agreeing} of {starts} starts reached the highest top: the likelihood has several."
                ),
                format!("{starts} 個起點只有 {agreeing} 個到達最高點：概似函數有多個高峰。"),
            ),
            Warning::LongHorizon { observed } => {
                let observed = span(&reader.number(*observed), options.unit, lang);
                lang.pick(
                    format!(
                        "The horizon is longer than what has been observed ({observed}): a forecast on trust."
                    ),
                    format!("預測期間比觀察期間（{observed}）還長，可信度較低。"),
                )
            }
        }
    }
}

/// Which model to take, in one plain sentence.
pub fn recommend(check: &Check, reader: Reader) -> String {
    let lang = reader.lang;
    let score = |model: Kind| {
        check.models.iter().find(|found| found.model == model).and_then(|found| found.outcome.as_ref().ok())
    };
    let Some((best, found)) = check.best.and_then(|best| Some((best, score(best)?))) else {
        return lang
            .pick(
                "No model could be fitted to the first part of the time.",
                "前段期間的資料無法配適任何模型。",
            )
            .into();
    };
    let off = (found.expected / found.actual.max(1.0) - 1.0).abs();
    let (hit, rule) = (reader.percent(found.hit_rate), reader.percent(check.rule.hit_rate));
    let (name, off_text, months) = (best.name(), reader.percent(off), check.rule.months);
    let trust = if off > 0.25 {
        lang.pick(
            format!("but even its total is {off_text} off: do not rely on it before you know why."),
            format!("但總次數仍差 {off_text}，在弄清原因之前不宜採用。"),
        )
    } else {
        lang.pick(format!("and its total is {off_text} off."), format!("總次數相差 {off_text}。"))
    };
    let against = if found.hit_rate > check.rule.hit_rate {
        lang.pick(
            format!("It says rightly of {hit} of the customers whether they buy again; “active if bought in the last {months} months” of {rule}."),
            format!("它說對 {hit} 的顧客會不會再買；「最近 {months} 個月買過就算活躍」說對 {rule}。"),
        )
    } else {
        lang.pick(
            format!("Whether somebody buys again, the simple rule “bought in the last {months} months” tells as well ({rule} against {hit}); how often, only the model tells."),
            format!("會不會再買，「最近 {months} 個月買過」的簡單規則一樣準（{rule} 對 {hit}）；會買幾次，只有模型能回答。"),
        )
    };
    lang.pick(
        format!("Take {name}: it comes nearest to what each customer did, {trust} {against}"),
        format!("建議採用 {name}：最接近每位顧客實際的購買，{trust}{against}"),
    )
}
