//! The customer pyramid: tiers from the top down, and what each of them brings.

use serde::{Deserialize, Serialize};

use super::{Mark, Role};

/// The headers of a pyramid's columns, in the picture and in its table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PyramidTitles {
    pub tier: String,
    /// What the notes say ("Share of customers").
    pub note: String,
    pub customers: String,
    /// One for each measure beside the pyramid: share of revenue, share of profit.
    pub shares: Vec<String>,
}

/// A slice of the pyramid, or a band below it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PyramidTier {
    pub name: String,
    /// Stands small under the name: "top 1%".
    pub note: String,
    pub customers: Mark,
    /// One for each of [`PyramidTitles::shares`]; empty for a band that has none.
    pub shares: Vec<Mark>,
}

/// Slices of equal height in the outline of a pyramid; beside each slice a bar for each measure.
///
/// Shares may be negative and may exceed 100 %: all measures stand on one scale that covers them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pyramid {
    pub titles: PyramidTitles,
    /// From the top down.
    pub tiers: Vec<PyramidTier>,
    /// Whoever is no active customer, such as inactive customers and prospects: flat bands, set apart below.
    pub outside: Vec<PyramidTier>,
}

impl Pyramid {
    /// A pyramid whose marks have their roles: tiers ordered tints, losses [`Role::Below`], bands outside
    /// [`Role::Neutral`].
    ///
    /// ```
    /// use quintile::charts::spec::{Mark, Pyramid, PyramidTier, PyramidTitles, Role};
    /// let tier = |name: &str, customers: f64, profit: f64| PyramidTier {
    ///     name: name.into(),
    ///     note: String::new(),
    ///     customers: Mark::new(name, customers, customers.to_string()),
    ///     shares: vec![Mark::new(name, profit, format!("{:.0}%", profit * 100.0))],
    /// };
    /// let titles = PyramidTitles {
    ///     tier: "Tier".into(),
    ///     note: "Share of customers".into(),
    ///     customers: "Customers".into(),
    ///     shares: vec!["Share of profit".into()],
    /// };
    /// let pyramid = Pyramid::new(titles, vec![tier("Top", 10.0, 1.2), tier("Small", 990.0, -0.2)], vec![]);
    /// assert_eq!(pyramid.tiers[0].shares[0].role, Role::Accent1);
    /// assert_eq!(pyramid.tiers[1].shares[0].role, Role::Below);
    /// ```
    pub fn new(titles: PyramidTitles, mut tiers: Vec<PyramidTier>, mut outside: Vec<PyramidTier>) -> Pyramid {
        let count = tiers.len();
        for (at, tier) in tiers.iter_mut().enumerate() {
            tier.tint(Role::ordered(at, count));
        }
        outside.iter_mut().for_each(|tier| tier.tint(Role::Neutral));
        Pyramid { titles, tiers, outside }
    }

    /// The slices, then the bands below them.
    pub fn rows(&self) -> impl Iterator<Item = &PyramidTier> {
        self.tiers.iter().chain(&self.outside)
    }
}

impl PyramidTier {
    /// The number of customers, then the shares.
    pub fn marks(&self) -> impl Iterator<Item = &Mark> {
        std::iter::once(&self.customers).chain(&self.shares)
    }

    fn tint(&mut self, role: Role) {
        self.customers.role = role;
        for share in &mut self.shares {
            share.role = if share.amount < 0.0 { Role::Below } else { role };
        }
    }
}
