//! P(alive) over the history of one customer whose purchases are clicked onto a line.

use crate::core::clv::kind::Kind;
use crate::core::clv::rows::History;

/// The units of the line; the first purchase stands at 0.
pub const LENGTH: u32 = 52;

/// P(alive) after each unit from 0 to [`LENGTH`], as it would have been known then. `bought` are the units of repeat purchases
/// (1 to [`LENGTH`]), in any order.
///
/// ```
/// use quintile::core::clv::kind::Kind;
/// use quintile::tools::clv_forecast::timeline::alive;
/// let line = alive(Kind::BgNbd, [0.25, 4.5, 0.8, 2.5], &[3, 6, 9]);
/// // Silence after a steady beginning tells more than silence of itself, and a purchase ends the doubt.
/// assert!(line[8] < line[9] && line[20] < line[9] && line[40] < line[20]);
/// ```
pub fn alive(model: Kind, values: [f64; 4], bought: &[u32]) -> Vec<f64> {
    let fitted = model.with(values);
    let at = |now: u32| {
        let seen = bought.iter().copied().filter(|&unit| unit >= 1 && unit <= now);
        let history = History {
            repeat_frequency: seen.clone().count() as u32,
            recency: seen.max().unwrap_or(0).into(),
            age: now.into(),
        };
        fitted.p_alive(&history)
    };
    (0..=LENGTH).map(at).collect()
}
