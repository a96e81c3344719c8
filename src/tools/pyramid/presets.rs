//! The named pyramids: their tiers, shares and suggested strategies, in both languages.

use super::options::{TierName, Tiers};
use crate::core::grading::Label;
use crate::core::tiers::{self, NamedTiers};

/// A named pyramid with what we do for each of its tiers.
pub struct Preset {
    pub tiers: NamedTiers,
    strategies: [(&'static str, &'static str); 4],
}

pub const CURRY: Preset = Preset {
    tiers: tiers::CURRY,
    strategies: [
        (
            "Keep them: a named contact, first choice of what is scarce, a visit every year",
            "全力留住：專人服務、限量商品優先選購、每年拜訪",
        ),
        (
            "Keep and deepen: personal offers, and a clear step up to the top",
            "留住並深耕：個人化優惠，提供晉升頂級的誘因",
        ),
        (
            "Develop: offer what similar larger customers buy, reward the next purchase",
            "開發：推薦同類大客常買的商品，獎勵下次購買",
        ),
        (
            "Serve well at low cost: self-service and mailings that pay",
            "以低成本做好服務：自助服務與划算的郵寄",
        ),
    ],
};

pub const METALS: Preset = Preset {
    tiers: tiers::METALS,
    strategies: [
        (
            "Keep them at their ease: the best service, and no discounts that they do not ask for",
            "維持最佳服務，不必主動打折",
        ),
        (
            "Turn gold into platinum: become their full-range supplier, strengthen the relationship",
            "化黃金為白金：提供全系列商品，加深關係",
        ),
        (
            "Turn iron into gold: sell more per order, cut what serving them costs",
            "點鐵成金：提高每單金額，降低服務成本",
        ),
        (
            "Charge for extra service or serve by machine; do not chase them",
            "加值服務另外收費或改用自助服務，不必追逐",
        ),
    ],
};

/// For own tiers: from the best quarter of the tiers to the last.
const BY_QUARTER: [(&str, &str); 4] = [
    ("Keep: personal service", "留住：專人服務"),
    ("Deepen: sell more of the range", "深耕：擴大購買品項"),
    ("Develop: reward the next purchase", "開發：獎勵下次購買"),
    ("Serve at low cost", "以低成本服務"),
];

const INACTIVE: (&str, &str) =
    ("Win back those who were once worth it; then let them rest", "喚回曾有價值的顧客，其餘暫停投入");
const PROSPECTS: (&str, &str) =
    ("Invite to a first purchase; look for people like the top tier", "促成首購，尋找與頂層相似的人");

/// The names of those who are in no tier, in both languages: inactive customers, prospects, and active customers whom
/// the measure does not know. No tier can be called so.
pub const OUTSIDE: [(&str, &str); 3] =
    [("Inactive customers", "非活躍顧客"), ("Prospects", "潛在顧客"), ("Not graded", "未分級")];

pub fn inactive_label() -> Label {
    label(OUTSIDE[0])
}

pub fn prospects_label() -> Label {
    label(OUTSIDE[1])
}

pub fn not_graded_label() -> Label {
    label(OUTSIDE[2])
}

impl Tiers {
    /// The named pyramid, where it is one.
    pub fn preset(&self) -> Option<&'static Preset> {
        match self {
            Tiers::Curry => Some(&CURRY),
            Tiers::Metals => Some(&METALS),
            _ => None,
        }
    }
}

impl Preset {
    /// The same tiers as own shares, to start editing from.
    pub fn as_shares(&self) -> Tiers {
        let name = |&(en, zh): &(&str, &str)| TierName { name_en: en.into(), name_zh: zh.into() };
        Tiers::Shares {
            shares: self.tiers.shares.iter().map(|&millionths| millionths as f64 / 1e6).collect(),
            names: self.tiers.names.iter().map(name).collect(),
        }
    }
}

fn label((en, zh): (&str, &str)) -> Label {
    Label::new(en, zh)
}

/// The suggestion for tier `tier` of `of`. Segments have meanings of their own, for which nothing is suggested.
pub fn suggestion(tiers: &Tiers, tier: usize, of: usize) -> Label {
    match tiers {
        Tiers::Classes { .. } => Label::code(""),
        _ => {
            let lines = tiers.preset().map_or(&BY_QUARTER, |preset| &preset.strategies);
            label(lines[(tier * 4 / of.max(1)).min(3)])
        }
    }
}

pub fn inactive_suggestion() -> Label {
    label(INACTIVE)
}

pub fn prospects_suggestion() -> Label {
    label(PROSPECTS)
}
