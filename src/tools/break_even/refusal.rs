//! Why there is no answer: facts, put into words by [`Refusal::say`].

use crate::core::grading::Label;
use crate::core::reader::Reader;
use crate::core::response::EconomicsError;

/// A number beyond this is not counted in whole pieces any more.
pub const BEYOND_COUNTING: f64 = 1e15;

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Refusal {
    /// A unit brings no more than it costs: no volume covers a fixed cost.
    NoContribution { price: f64, variable_cost: f64 },
    /// The mix has no units: all shares are 0.
    NoMix,
    /// The products of the mix together bring no more than they cost.
    MixLoses { contribution: f64 },
    /// Costs of a mailing that no break-even rate can be worked out from.
    Economics(EconomicsError),
    /// The offer costs as much as a response brings.
    OfferTakesProfit { profit: f64, offer: f64 },
    /// More responses than pieces are needed.
    NoRateIsEnough { rate: f64 },
    /// At the new price a unit brings no more than it costs.
    CutTakesContribution { price: f64, variable_cost: f64 },
    /// A customer never brings back what winning one cost: all that a customer ever brings is `most`.
    NeverPaysBack { cost: f64, most: f64 },
    /// The reward costs as much as a saved customer is worth.
    RewardTakesValue { value: f64, reward: f64 },
    /// More customers would have to be saved than would leave.
    TooFewLeavers { needed: f64, leavers: f64 },
    /// The rewards cost as much as the margin on which they are given: shares of spend.
    RewardsTakeMargin { margin: f64, rewards: f64 },
    /// The first way is dearer at every volume, or the second is.
    NoCrossing { first_is_dearer: bool },
    /// Both cost the same at every volume.
    Equal,
    /// One is cheaper, then the other, for ever.
    Alternates { every: f64 },
    /// The flows add up to no number that can be counted.
    BeyondCounting,
}

impl Refusal {
    /// What is the matter, with the numbers, and what to try.
    pub fn say(&self, reader: Reader) -> String {
        let money = |units: f64| reader.price(units);
        match *self {
            Refusal::NoContribution { price, variable_cost } => {
                let (price, cost) = (money(price), money(variable_cost));
                reader.pick(
                    format!("At a price of {price} and a variable cost of {cost} a unit contributes nothing: no volume covers a fixed cost. Raise the price or lower the variable cost."),
                    format!("售價 {price}、變動成本 {cost}：每單位沒有邊際貢獻，賣再多也無法回收固定成本。請提高售價或降低變動成本。"),
                )
            }
            Refusal::NoMix => reader.pick(
                "All shares of the mix are 0. Give at least one product a share above 0.".into(),
                "所有產品的銷售比重都是 0。請至少給一項產品大於 0 的比重。".into(),
            ),
            Refusal::MixLoses { contribution } => {
                let contribution = money(contribution);
                reader.pick(
                    format!("In this mix an average unit contributes {contribution}: no volume covers a fixed cost. Sell more of what contributes most, or change prices or costs."),
                    format!("依這個產品組合，平均每單位的邊際貢獻是 {contribution}，賣再多也無法回收固定成本。請提高貢獻較高產品的比重，或調整售價與成本。"),
                )
            }
            Refusal::Economics(error) => error.say(reader.lang),
            Refusal::OfferTakesProfit { profit, offer } => {
                let (profit, offer) = (money(profit), money(offer));
                reader.pick(
                    format!("The offer costs {offer} and a response brings {profit} before it: nothing is left to pay for the mailing. Make the offer cheaper."),
                    format!("每筆回應的淨效益是 {profit}，優惠卻要 {offer}，沒有餘額支付郵寄成本。請降低優惠成本。"),
                )
            }
            Refusal::NoRateIsEnough { rate } => {
                let rate = reader.percent(rate, 1);
                reader.pick(
                    format!("The break-even response rate would be {rate}: not even an answer from everybody pays for the mailing. Lower its cost, or find an offer that brings more."),
                    format!("損益平衡回應率要 {rate}：即使每個人都回應，也付不起郵寄。請降低成本，或提高每筆回應的淨效益。"),
                )
            }
            Refusal::CutTakesContribution { price, variable_cost } => {
                let (price, cost) = (money(price), money(variable_cost));
                reader.pick(
                    format!("At the new price of {price} and a variable cost of {cost} a unit contributes nothing: no extra volume makes up for the cut. Cut less."),
                    format!("降價後售價 {price}、變動成本 {cost}：每單位沒有邊際貢獻，銷量再多也無法彌補。請縮小降價幅度。"),
                )
            }
            Refusal::NeverPaysBack { cost, most } => {
                let (cost, most) = (reader.money(cost), reader.money(most));
                reader.pick(
                    format!("Winning a customer costs {cost}, and all the months of a customer together bring {most}: it never pays back. Keep customers longer, earn more on them, or win them for less."),
                    format!("取得一位顧客要 {cost}，而一位顧客各月貢獻的總和只有 {most}，永遠無法回收。請提高保留率與毛利，或降低取得成本。"),
                )
            }
            Refusal::RewardTakesValue { value, reward } => {
                let (value, reward) = (money(value), money(reward));
                reader.pick(
                    format!("A saved customer is worth {value} and takes a reward of {reward}: saving one brings nothing. Give a smaller reward."),
                    format!("留住一位顧客的價值是 {value}，獎勵卻要 {reward}：留住也沒有獲益。請降低獎勵。"),
                )
            }
            Refusal::TooFewLeavers { needed, leavers } => {
                let [needed, leavers] = [needed, leavers].map(|people| reader.number(people, 0));
                reader.pick(
                    format!("{needed} customers would have to be saved, and only {leavers} are about to leave: the programme cannot pay. Make it cheaper, or offer it to those only who may leave."),
                    format!("必須留住 {needed} 位顧客，但只有 {leavers} 位會流失：這個方案無法損益平衡。請降低成本，或只提供給可能流失的顧客。"),
                )
            }
            Refusal::RewardsTakeMargin { margin, rewards } => {
                let [margin, rewards] = [margin, rewards].map(|share| reader.percent(share, 2));
                reader.pick(
                    format!("Rewards cost {rewards} of spend and the margin is {margin}: more spend only costs more. Give fewer points, or cheaper ones."),
                    format!("獎勵佔消費金額的 {rewards}，毛利率只有 {margin}：消費越多，虧得越多。請減少點數或降低點數成本。"),
                )
            }
            Refusal::NoCrossing { first_is_dearer } => match first_is_dearer {
                true => reader.pick(
                    "The costs never cross: outsourcing is cheaper at every volume.".into(),
                    "兩種成本不會相交：不論數量多少，委外都比較便宜。".into(),
                ),
                false => reader.pick(
                    "The costs never cross: doing it in-house is cheaper at every volume.".into(),
                    "兩種成本不會相交：不論數量多少，自營都比較便宜。".into(),
                ),
            },
            Refusal::Equal => reader.pick(
                "Both ways cost the same at every volume: there is nothing to choose between them.".into(),
                "不論數量多少，兩種方式的成本都相同，無從比較。".into(),
            ),
            Refusal::Alternates { every } => {
                let every = reader.number(every, 0);
                reader.pick(
                    format!("With every {every} contacts the cheaper way changes and changes back, because a further agent costs just what those contacts save: neither is cheaper for good."),
                    format!("每增加 {every} 件聯繫，較便宜的一方就交替一次，因為多一位客服人員的成本正好等於省下的金額：沒有一方會一直比較便宜。"),
                )
            }
            Refusal::BeyondCounting => reader.pick(
                "The answer is beyond counting: one of the costs is next to nothing beside another. Check the numbers for a slip of the decimal point.".into(),
                "答案大到無法計算：有一項成本與其他相比幾乎是零。請檢查數字的小數點。".into(),
            ),
        }
    }
}

/// The refusal by name, where there is no room for a sentence: at the end of a bar, in a table.
impl From<Refusal> for Label {
    fn from(refusal: Refusal) -> Label {
        let (en, zh) = match refusal {
            Refusal::NoContribution { .. } | Refusal::CutTakesContribution { .. } => {
                ("no contribution", "沒有邊際貢獻")
            }
            Refusal::NoMix => ("no mix", "沒有組合"),
            Refusal::MixLoses { .. } => ("the mix contributes nothing", "組合沒有邊際貢獻"),
            Refusal::Economics(_) => ("costs cannot be used", "成本無法使用"),
            Refusal::OfferTakesProfit { .. } => ("the offer takes the profit", "優惠吃掉淨效益"),
            Refusal::NoRateIsEnough { .. } => ("no rate is enough", "回應率再高也不夠"),
            Refusal::NeverPaysBack { .. } => ("never pays back", "永遠無法回收"),
            Refusal::RewardTakesValue { .. } => ("the reward takes the value", "獎勵吃掉價值"),
            Refusal::TooFewLeavers { .. } => ("too few leave", "會流失的顧客太少"),
            Refusal::RewardsTakeMargin { .. } => ("rewards take the margin", "獎勵吃掉毛利"),
            Refusal::NoCrossing { .. } => ("no crossing", "不會相交"),
            Refusal::Equal => ("equal everywhere", "處處相等"),
            Refusal::Alternates { .. } => ("neither stays cheaper", "沒有一直較便宜的一方"),
            Refusal::BeyondCounting => ("beyond counting", "大到無法計算"),
        };
        Label::new(en, zh)
    }
}

/// A volume that can still be counted in whole pieces.
///
/// # Errors
/// [`Refusal::BeyondCounting`] for what is not finite or larger than [`BEYOND_COUNTING`].
pub fn countable(amount: f64) -> Result<f64, Refusal> {
    if amount.is_finite() && amount.abs() <= BEYOND_COUNTING {
        Ok(amount)
    } else {
        Err(Refusal::BeyondCounting)
    }
}
