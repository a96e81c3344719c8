//! The gamma and beta functions, as far as the statistics of rates and of lifetimes need them.
//!
//! Differences such as lnΓ(a + m) − lnΓ(a) are never taken between two large numbers: from 16 on, Stirling's series is
//! subtracted term by term, so that a prior worth 10⁸ customers keeps its digits.

/// From here on Stirling's series, cut after seven terms, is right to the last digit.
const STIRLING_FROM: usize = 16;

/// lnΓ(`x`) for x > 0.
pub fn ln_gamma(x: f64) -> f64 {
    libm::lgamma(x)
}

/// ψ(`x`), the derivative of lnΓ, for x > 0. The absolute error is below 10⁻¹⁵ · max(1, |ψ|).
///
/// The recurrence ψ(x) = ψ(x + 1) − 1/x leads up to 16, from where Stirling's series is right to the last digit.
///
/// ```
/// use quintile::core::stats::special::digamma;
/// // −γ, Euler's constant.
/// assert!((digamma(1.0) + 0.577_215_664_901_532_9).abs() < 1e-15);
/// ```
pub fn digamma(x: f64) -> f64 {
    let (mut z, mut below) = (x, 0.0);
    while z < STIRLING_FROM as f64 {
        below += 1.0 / z;
        z += 1.0;
    }
    libm::log(z) + corrections(z)[1] - below
}

/// ln B(a, b) = lnΓ(a) + lnΓ(b) − lnΓ(a + b) for a, b > 0. No digits are lost where one of them is large.
///
/// ```
/// use quintile::core::stats::special::ln_beta;
/// // B(1, b) = 1/b.
/// assert!((ln_beta(1.0, 1e9) + 1e9_f64.ln()).abs() < 1e-14);
/// ```
pub fn ln_beta(a: f64, b: f64) -> f64 {
    let large = STIRLING_FROM as f64;
    let (small, big) = if a < b { (a, b) } else { (b, a) };
    if small >= large {
        // (a − ½) ln(a/s) + (b − ½) ln(b/s) − ½ ln s + ½ ln 2π, and the corrections.
        let sum = a + b;
        let share = |z: f64, other: f64| (z - 0.5) * -libm::log1p(other / z);
        let [at_a, at_b, at_sum] = [a, b, sum].map(|z| corrections(z)[0]);
        return share(a, b) + share(b, a) - 0.5 * libm::log(sum / std::f64::consts::TAU) + at_a + at_b
            - at_sum;
    }
    if big >= large {
        ln_gamma(small) - stirling_difference(big, small, &corrections(big))[0]
    } else {
        ln_gamma(a) + ln_gamma(b) - ln_gamma(a + b)
    }
}

/// The corrections of Stirling's series at z ≥ 16, for lnΓ, its derivative ψ and ψ′:
/// lnΓ(z) = (z − ½) ln z − z + ½ ln 2π + c₀(z), ψ(z) = ln z + c₁(z), ψ′(z) = 1/z + c₂(z).
///
/// Source: DLMF 5.11.1, 5.11.2, 5.15.8.
fn corrections(z: f64) -> [f64; 3] {
    // B₂ₖ, the Bernoulli numbers, k = 1 … 7.
    const B: [f64; 7] =
        [1.0 / 6.0, -1.0 / 30.0, 1.0 / 42.0, -1.0 / 30.0, 5.0 / 66.0, -691.0 / 2730.0, 7.0 / 6.0];
    let inverse = 1.0 / z;
    let square = inverse * inverse;
    let mut sums = [0.0; 3];
    for (k, b) in B.iter().enumerate().rev() {
        let twice = 2.0 * (k + 1) as f64;
        let terms = [b / (twice * (twice - 1.0)), -b / twice, *b];
        for (sum, term) in sums.iter_mut().zip(terms) {
            *sum = *sum * square + term;
        }
    }
    [sums[0] * inverse, sums[1] * square - 0.5 * inverse, sums[2] * square * inverse + 0.5 * square]
}

/// lnΓ(a + m) − lnΓ(a) for a ≥ 16 and m ≥ 0, and its first and second derivative by a; `at_a` are the corrections
/// of a.
fn stirling_difference(a: f64, m: f64, at_a: &[f64; 3]) -> [f64; 3] {
    let end = a + m;
    let at_end = corrections(end);
    let log = libm::log1p(m / a);
    [
        (a - 0.5) * log + m * (libm::log(end) - 1.0) + (at_end[0] - at_a[0]),
        log + (at_end[1] - at_a[1]),
        -m / (a * end) + (at_end[2] - at_a[2]),
    ]
}

/// The logarithm of a rising factorial, ln[a(a + 1)…(a + m − 1)] = lnΓ(a + m) − lnΓ(a), for one a > 0 and many whole m.
///
/// ```
/// use quintile::core::stats::special::Rising;
/// let [value, first, second] = Rising::new(0.5).at(2);
/// assert!((value - (0.5_f64 * 1.5).ln()).abs() < 1e-15);
/// assert!((first - (1.0 / 0.5 + 1.0 / 1.5)).abs() < 1e-15);
/// assert!((second + (1.0 / 0.25 + 1.0 / 2.25)).abs() < 1e-14);
/// ```
pub struct Rising {
    /// The sums over the first m factors, m = 0 … 16.
    first: [[f64; 3]; STIRLING_FROM + 1],
    /// a + 16, and its corrections.
    shifted: f64,
    at_shifted: [f64; 3],
}

impl Rising {
    pub fn new(a: f64) -> Rising {
        let mut first = [[0.0; 3]; STIRLING_FROM + 1];
        for m in 0..STIRLING_FROM {
            let factor = a + m as f64;
            let [value, slope, bend] = first[m];
            first[m + 1] = [value + libm::log(factor), slope + 1.0 / factor, bend - 1.0 / (factor * factor)];
        }
        let shifted = a + STIRLING_FROM as f64;
        Rising { first, shifted, at_shifted: corrections(shifted) }
    }

    /// The value at `m`, and its first and second derivative by a.
    pub fn at(&self, m: u64) -> [f64; 3] {
        let Some(rest) = m.checked_sub(STIRLING_FROM as u64) else { return self.first[m as usize] };
        let start = self.first[STIRLING_FROM];
        let further = stirling_difference(self.shifted, rest as f64, &self.at_shifted);
        std::array::from_fn(|order| start[order] + further[order])
    }
}

/// ln[x^a (1 − x)^b / B(a, b)], from the logarithms of x and 1 − x. As a function of the logit of x it is the
/// logarithm of the beta distribution's density.
fn ln_power(ln_x: f64, ln_rest: f64, a: f64, b: f64) -> f64 {
    let large = STIRLING_FROM as f64;
    if a >= large && b >= large {
        // Around the mean all large terms cancel: only the distance from it is left (Loader 2000).
        let sum = a + b;
        let mean_x = libm::log(a / sum);
        let mean_rest = libm::log(b / sum);
        let distance = a * (ln_x - mean_x) + b * (ln_rest - mean_rest);
        let [at_a, at_b, at_sum] = [a, b, sum].map(|z| corrections(z)[0]);
        return distance + 0.5 * libm::log(a / sum * b / std::f64::consts::TAU) + at_sum - at_a - at_b;
    }
    a * ln_x + b * ln_rest - ln_beta(a, b)
}

/// A point of the unit interval by its logit t = ln(x / (1 − x)), with both sides to full precision.
#[derive(Clone, Copy)]
struct Point {
    x: f64,
    rest: f64,
    ln_x: f64,
    ln_rest: f64,
}

impl Point {
    fn of_logit(t: f64) -> Point {
        let small = libm::exp(-t.abs());
        let ln_large = -libm::log1p(small);
        let (large, small, ln_small) = (1.0 / (1.0 + small), small / (1.0 + small), ln_large - t.abs());
        if t < 0.0 {
            Point { x: small, rest: large, ln_x: ln_small, ln_rest: ln_large }
        } else {
            Point { x: large, rest: small, ln_x: ln_large, ln_rest: ln_small }
        }
    }

    fn of_share(x: f64) -> Point {
        Point { x, rest: 1.0 - x, ln_x: libm::log(x), ln_rest: libm::log1p(-x) }
    }
}

/// ln I_x(a, b), and the logarithm of its derivative by the logit of x.
fn ln_lower_tail(point: Point, a: f64, b: f64) -> (f64, f64) {
    let density = ln_power(point.ln_x, point.ln_rest, a, b);
    // The continued fraction converges fast on this side of the mean; the other side is the mirror image.
    if point.x <= (a + 1.0) / (a + b + 2.0) {
        (density + libm::log(fraction(point.x, a, b) / a), density)
    } else {
        let upper = libm::exp(density) * fraction(point.rest, b, a) / b;
        (libm::log1p(-upper.min(1.0)), density)
    }
}

/// The continued fraction of the incomplete beta function (DLMF 8.17.22) by the method of Lentz. It takes about
/// √max(a, b) steps.
fn fraction(x: f64, a: f64, b: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let guard = |value: f64| if value.abs() < TINY { TINY } else { value };
    let (mut c, mut d) = (1.0, 1.0 / guard(1.0 - (a + b) * x / (a + 1.0)));
    let mut value = d;
    for m in 1..1_000_000 {
        let m = f64::from(m);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        let before = value;
        for term in [even, odd] {
            d = 1.0 / guard(1.0 + term * d);
            c = guard(1.0 + term / c);
            value *= c * d;
        }
        if (value - before).abs() <= 1e-16 * value.abs() {
            break;
        }
    }
    value
}

/// The share of the beta distribution at or below `x`: the regularised incomplete beta function I_x(a, b), for
/// a, b > 0. Relative error below 10⁻¹¹ for a and b up to 10⁶, 10⁻⁸ up to 10⁸. For the share above x, take
/// `beta_cdf(1 − x, b, a)`.
///
/// ```
/// use quintile::core::stats::special::beta_cdf;
/// // Two successes in three throws of a coin, or more: one half.
/// assert!((beta_cdf(0.5, 2.0, 2.0) - 0.5).abs() < 1e-15);
/// assert_eq!(beta_cdf(1.0, 2.0, 2.0), 1.0);
/// ```
pub fn beta_cdf(x: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    libm::exp(ln_lower_tail(Point::of_share(x), a, b).0).min(1.0)
}

/// The x with I_x(a, b) = `p`, for a, b > 0; 0 for p ≤ 0 and 1 for p ≥ 1. An x too small for a float is 0.
///
/// Newton's method for ln I as a function of the logit of x, which is increasing and concave: after the first step all
/// steps go up, so that it cannot miss.
///
/// ```
/// use quintile::core::stats::special::beta_quantile;
/// assert!((beta_quantile(0.5, 1.0, 3.0) - (1.0 - 0.5_f64.cbrt())).abs() < 1e-15);
/// ```
pub fn beta_quantile(p: f64, a: f64, b: f64) -> f64 {
    if p <= 0.0 {
        return 0.0;
    }
    if p >= 1.0 {
        return 1.0;
    }
    // The smaller tail is the one with the digits.
    if p > 0.5 { lower_quantile(1.0 - p, b, a).rest } else { lower_quantile(p, a, b).x }
}

fn lower_quantile(p: f64, a: f64, b: f64) -> Point {
    let target = libm::log(p);
    let mut t = libm::log(a / b);
    for _ in 0..100 {
        let (tail, density) = ln_lower_tail(Point::of_logit(t), a, b);
        let step = (target - tail) * libm::exp(tail - density);
        t += step;
        if step.abs() <= 1e-15 * t.abs().max(1.0) {
            break;
        }
    }
    Point::of_logit(t)
}
