//! Every real root of a polynomial in an interval, none overlooked.

/// The roots of Σ `coefficients[k]`·x^k with `low` ≤ x ≤ `high`, ascending; 0 < `low`. A root at which the polynomial only
/// touches zero is one of them, once. No roots for what has no term above nothing.
///
/// Between two neighbouring roots of its derivative a polynomial rises or falls throughout: it has one root there if its
/// ends differ in sign, and none otherwise. So the roots follow from those of the derivative, down to a straight line.
/// Accurate to about the last digits of x for simple roots of degree 30 and less.
///
/// ```
/// use quintile::core::roots::positive_roots;
/// // (x − 1)(x − 2)
/// let roots = positive_roots(&[2.0, -3.0, 1.0], 0.5, 10.0);
/// assert!(roots.len() == 2 && (roots[0] - 1.0).abs() < 1e-15 && (roots[1] - 2.0).abs() < 1e-15);
/// assert_eq!(positive_roots(&[1.0, 0.0, 1.0], 0.5, 10.0), [0.0_f64; 0]);
/// ```
pub fn positive_roots(coefficients: &[f64], low: f64, high: f64) -> Vec<f64> {
    let largest = coefficients.iter().fold(0.0_f64, |most, c| most.max(c.abs()));
    if !(largest > 0.0 && largest.is_finite()) {
        return Vec::new();
    }
    // Scaled, so that derivatives do not overflow.
    let scaled: Vec<f64> = coefficients.iter().map(|c| c / largest).collect();
    roots(&scaled, low, high)
}

fn roots(coefficients: &[f64], low: f64, high: f64) -> Vec<f64> {
    let degree = coefficients.iter().rposition(|&c| c != 0.0).unwrap_or(0);
    if degree == 0 {
        return Vec::new();
    }
    let derivative: Vec<f64> = (1..=degree).map(|k| coefficients[k] * k as f64).collect();
    let mut ends = vec![low];
    ends.extend(roots(&derivative, low, high));
    ends.push(high);
    let mut found: Vec<f64> = Vec::new();
    for pair in ends.windows(2) {
        if let Some(root) = root_between(coefficients, pair[0], pair[1])
            && found.last().is_none_or(|last| root - last > 1e-9 * root)
        {
            found.push(root);
        }
    }
    found
}

/// The root of a polynomial that rises or falls throughout from `low` to `high`.
fn root_between(coefficients: &[f64], mut low: f64, mut high: f64) -> Option<f64> {
    let (at_low, at_high) = (value(coefficients, low), value(coefficients, high));
    if is_zero(coefficients, low, at_low) {
        return Some(low);
    }
    if is_zero(coefficients, high, at_high) {
        return Some(high);
    }
    if (at_low < 0.0) == (at_high < 0.0) {
        return None;
    }
    // Halved until no number lies between.
    for _ in 0..2_000 {
        let middle = low + (high - low) / 2.0;
        if middle <= low || middle >= high {
            break;
        }
        let at_middle = value(coefficients, middle);
        if at_middle == 0.0 {
            return Some(middle);
        }
        if (at_middle < 0.0) == (at_low < 0.0) { low = middle } else { high = middle }
    }
    Some(low + (high - low) / 2.0)
}

/// Whether a value is nothing but the rounding of its terms: the polynomial touches zero there.
fn is_zero(coefficients: &[f64], x: f64, value: f64) -> bool {
    let terms = coefficients.iter().rev().fold(0.0, |sum, c| sum * x + c.abs());
    value.abs() <= 1e-14 * terms
}

fn value(coefficients: &[f64], x: f64) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, c| sum * x + c)
}
