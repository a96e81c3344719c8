//! Sentences with numbers in them, in both languages.

use super::answer::Unit;
use crate::core::format;
use crate::core::lang::Lang;
use crate::core::money::Currency;

/// A value of the measure in plain form.
pub fn measure(value: f64, unit: Unit, currency: &Currency) -> String {
    match unit {
        Unit::Money => format::money(value.round() as i64, currency),
        Unit::Orders => format::integer(value.round() as i64),
        Unit::Number => format::decimal(value, 3),
    }
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
