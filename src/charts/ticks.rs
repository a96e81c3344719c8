//! Round numbers along an axis.

/// About `wanted` round numbers that cover `low..=high`: steps of 1, 2, 2.5 or 5 times a power of ten.
///
/// The step is the smallest round one that is at least `(high − low) / wanted`; the first tick is the last multiple
/// of the step at or below `low`, the last one the first at or above `high`. Where both ends are the same, the axis
/// reaches to zero, or to one where that is zero as well. (Heckbert, "Nice numbers for graph labels",
/// Graphics Gems, 1990, with 2.5 added.)
///
/// ```
/// use quintile::charts::ticks::nice_ticks;
/// assert_eq!(nice_ticks(0.0, 97.0, 5), [0.0, 20.0, 40.0, 60.0, 80.0, 100.0]);
/// assert_eq!(nice_ticks(0.0, 0.0, 5), [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]);
/// ```
pub fn nice_ticks(low: f64, high: f64, wanted: usize) -> Vec<f64> {
    let (low, high) = if low <= high { (low, high) } else { (high, low) };
    let negligible = low.abs().max(high.abs()) * 1e-9;
    let (low, high) = match high - low {
        span if span > negligible && span > 1e-100 => (low, high),
        _ if high > 1e-100 => (0.0, high),
        _ if low < -1e-100 => (low, 0.0),
        _ => (0.0, 1.0),
    };
    let rough = (high - low) / wanted.max(1) as f64;
    let exponent = libm::floor(libm::log10(rough)) as i32;
    let factor = rough / power_of_ten(exponent);
    // A hair of tolerance: 0.2 / 0.1 must not be taken for more than 2.
    let nice = [1.0, 2.0, 2.5, 5.0].into_iter().find(|nice| factor <= nice * (1.0 + 1e-9)).unwrap_or(10.0);
    // Multiples are of whole numbers, scaled at the end: 3 × 0.1 would not be 0.3.
    let (units, exponent) = if nice == 2.5 { (25.0, exponent - 1) } else { (nice, exponent) };
    let scaled = |count: f64| {
        let whole = count * units;
        if exponent < 0 { whole / power_of_ten(-exponent) } else { whole * power_of_ten(exponent) }
    };
    let step = scaled(1.0);
    let first = libm::floor(low / step + 1e-9);
    let last = libm::ceil(high / step - 1e-9);
    let count = (last - first) as usize;
    // `+ 0.0` turns a negative zero into zero.
    (0..=count).map(|at| scaled(first + at as f64) + 0.0).collect()
}

fn power_of_ten(exponent: i32) -> f64 {
    libm::pow(10.0, f64::from(exponent))
}
