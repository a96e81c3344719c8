//! How each stage's figures are worked out, step by step, with the reader's own numbers.

mod mailing;
mod sample;
mod tested;

use super::answer::{Explanation, Plan};
use super::options::{CampaignOptions, Stage};
use crate::core::explain::{Math, Step};
use crate::core::format;
use crate::core::lang::Lang;
use crate::core::money::Currency;

/// A plan to be explained.
#[derive(Clone, Copy)]
pub struct Told<'a> {
    pub plan: &'a Plan,
    pub options: &'a CampaignOptions,
    pub currency: &'a Currency,
}

/// Every stage that has something to explain, in both languages.
pub fn explanation(told: Told) -> Explanation {
    let stages = |lang: Lang| {
        let steps = |stage: Stage| match stage {
            Stage::Cells => sample::cells(told, lang),
            Stage::Sample => sample::sample(told, lang),
            Stage::Test => tested::test(told, lang),
            Stage::RollOut => mailing::roll_out(told, lang),
            Stage::Review => mailing::review(told, lang),
        };
        Stage::ALL
            .map(|stage| (stage, steps(stage)))
            .into_iter()
            .filter(|(_, steps)| !steps.is_empty())
            .collect()
    };
    Explanation { en: stages(Lang::En), zh: stages(Lang::ZhHant) }
}

/// The course's break-even rate in three steps, from the two numbers that the reader typed; needs no data. Empty
/// where the numbers cannot be used.
///
/// ```
/// use quintile::core::{lang::Lang, money::Currency};
/// use quintile::tools::campaign::{explain::break_even_steps, options::CampaignOptions};
/// let steps = break_even_steps(&CampaignOptions::default(), Lang::En, &Currency::default());
/// assert_eq!(steps.len(), 3);
/// assert!(steps[2].formulas[0].mathml().contains("1.77%"));
/// ```
pub fn break_even_steps(options: &CampaignOptions, lang: Lang, currency: &Currency) -> Vec<Step> {
    let Ok(economics) = options.economics() else { return Vec::new() };
    let zh = lang == Lang::ZhHant;
    let (cost, profit) = (amount(economics.cost, currency), amount(economics.profit, currency));
    let rate = economics.break_even();
    let be = || [Math::text("BE"), Math::op("=")];
    let fraction = |top: Math, bottom: Math| [Math::fraction(top, bottom)];
    let first = Step {
        say: if zh {
            format!("寄一件要花 {cost}；有一位顧客回應，扣除郵寄成本之前帶來 {profit} 的淨效益。")
        } else {
            format!(
                "One piece costs {cost} to mail; one response brings {profit}, before the cost of mailing."
            )
        },
        formulas: vec![given("c", &cost), given("π", &profit)],
    };
    let second = Step {
        say: if zh {
            "每件郵寄成本除以每筆回應的淨效益：每寄一件，至少要有這麼多筆回應才不賠錢。".into()
        } else {
            "Cost divided by net profit: so many responses must each piece bring to pay for itself.".into()
        },
        formulas: vec![
            Math::row(be().into_iter().chain(fraction(Math::symbol("c"), Math::symbol("π")))),
            Math::row(
                be().into_iter().chain(fraction(
                    Math::number(plain(economics.cost)),
                    Math::number(plain(economics.profit)),
                )),
            ),
        ],
    };
    let result = be().into_iter().chain([
        Math::number(format!("{}…", truncated(rate, 6))),
        Math::op("≈"),
        Math::number(format::percent(rate, 2)),
    ]);
    let of_thousand = format::decimal(rate * 1_000.0, 1);
    let third = Step {
        say: if zh {
            format!(
                "這就是損益平衡回應率：寄 1,000 件要有約 {of_thousand} 筆回應。回應率高於它的區塊值得寄發；比較時用未四捨五入的值。"
            )
        } else {
            format!(
                "This is the break-even response rate: of 1,000 pieces about {of_thousand} must be answered. Cells above it are worth mailing; the comparison uses the unrounded value."
            )
        },
        formulas: vec![Math::row(result)],
    };
    vec![first, second, third]
}

impl Told<'_> {
    /// An amount in units of the currency, rounded as the reader's money is.
    fn money(&self, units: f64) -> String {
        let minor = (units * self.currency.scale() as f64).round();
        format::money(minor as i64, self.currency)
    }
}

/// symbol = value
fn given(symbol: &str, value: &str) -> Math {
    equal(Math::symbol(symbol), [Math::number(value)])
}

/// left = right
fn equal(left: Math, right: impl IntoIterator<Item = Math>) -> Math {
    Math::row([left, Math::op("=")].into_iter().chain(right))
}

fn number(text: impl Into<String>) -> Math {
    Math::number(text)
}

fn op(sign: &str) -> Math {
    Math::op(sign)
}

fn step(say: String, formulas: Vec<Math>) -> Step {
    Step { say, formulas }
}

/// An amount typed in units of the currency, with the decimals that it has.
fn amount(units: f64, currency: &Currency) -> String {
    format!("{}{}", currency.symbol, plain(units))
}

fn plain(value: f64) -> String {
    format::decimal(value, 4)
}

fn percent(share: f64) -> String {
    format::percent(share, 2)
}

/// Digits cut off rather than rounded: they are followed by an ellipsis.
fn truncated(value: f64, decimals: i32) -> String {
    let scale = 10_f64.powi(decimals);
    format!("{:.*}", decimals as usize, (value * scale).floor() / scale)
}
