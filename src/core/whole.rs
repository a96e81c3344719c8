//! Whole people and whole pieces.

/// The least whole number that is not below `exact` ≥ 0: as many as are needed. What exceeds a whole number by no more
/// than a division's rounding is that whole number.
///
/// ```
/// use quintile::core::whole::rounded_up;
/// assert_eq!(rounded_up(0.62 * 40_000.0 / 35.0), 709.0);
/// assert_eq!(rounded_up(0.1 * 3.0 / 0.1), 3.0);
/// ```
pub fn rounded_up(exact: f64) -> f64 {
    libm::ceil(exact - (exact * 1e-12).min(1e-6)) + 0.0
}
