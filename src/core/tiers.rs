//! Tiers of customers by shares: the named pyramids, and where their tiers end.

/// Shares are counted in millionths, so that 1 % + 4 % + 15 % is exactly 20 %.
pub const WHOLE: u64 = 1_000_000;

/// A pyramid by shares of the active customers, best tier first; the last tier takes the rest.
#[derive(Clone, Copy, Debug)]
pub struct NamedTiers {
    pub names: [(&'static str, &'static str); 4],
    /// In millionths.
    pub shares: [u64; 3],
}

/// Jay Curry's customer pyramid: the top 1 %, the next 4 %, the next 15 %, the other 80 %.
pub const CURRY: NamedTiers = NamedTiers {
    names: [("Top", "頂級"), ("Large", "大型"), ("Medium", "中型"), ("Small", "小型")],
    shares: [10_000, 40_000, 150_000],
};

/// Platinum, gold, iron and lead (Zeithaml, Rust & Lemon 2001). The paper leaves the shares to each firm; these are a
/// place to start from.
pub const METALS: NamedTiers = NamedTiers {
    names: [("Platinum", "白金"), ("Gold", "黃金"), ("Iron", "鐵"), ("Lead", "鉛")],
    shares: [50_000, 150_000, 300_000],
};

/// Each share with those before it.
pub fn cumulate(shares: &[u64]) -> Vec<u64> {
    let mut sum = 0;
    let add = |share: &u64| {
        sum += share;
        sum
    };
    shares.iter().map(add).collect()
}

/// Where tiers end among `n` customers, best first: tier `i` holds the places `ends[i − 1] .. ends[i]`, the last one the
/// rest. `cumulated` shares are parts of `whole`.
///
/// A tier ends at (cumulated share × n), a half rounded up; and as long as there are customers enough, every tier gets at
/// least one, the best tiers first.
///
/// ```
/// use quintile::core::tiers::{CURRY, WHOLE, cumulate, ends};
/// assert_eq!(ends(&cumulate(&CURRY.shares), WHOLE, 3_000), [30, 150, 600, 3_000]);
/// assert_eq!(ends(&cumulate(&CURRY.shares), WHOLE, 4), [1, 2, 3, 4]);
/// ```
pub fn ends(cumulated: &[u64], whole: u64, n: usize) -> Vec<usize> {
    let (tiers, mut before) = (cumulated.len() + 1, 0);
    let end = |(tier, &share): (usize, &u64)| {
        let room = n.saturating_sub(tiers - 1 - tier);
        before = rounded(share, whole, n).min(room).max(before + 1).min(n);
        before
    };
    cumulated.iter().enumerate().map(end).collect::<Vec<_>>().into_iter().chain([n]).collect()
}

/// n × part / of, a half rounded up.
fn rounded(part: u64, of: u64, n: usize) -> usize {
    ((2 * u128::from(part) * n as u128 + u128::from(of)) / (2 * u128::from(of))) as usize
}
