//! Climbing a smooth surface of a few parameters: the quasi-Newton method of Broyden, Fletcher, Goldfarb and Shanno.

/// A function and its gradient at one place. A place where it has no finite value counts as lower than any other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct At<const N: usize> {
    pub value: f64,
    pub gradient: [f64; N],
}

impl<const N: usize> At<N> {
    fn is_finite(&self) -> bool {
        self.value.is_finite() && self.gradient.iter().all(|slope| slope.is_finite())
    }
}

/// How a climb ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The gradient is nothing beside the rounding of the value.
    Top,
    /// No higher place was found along the way up, though there is a slope: the value's own rounding, mostly.
    Stuck,
    /// A parameter stands at an end of the box and would go on.
    Edge,
    /// The steps that were allowed are used up.
    OutOfSteps,
}

/// Where a climb ended.
#[derive(Clone, Copy, Debug)]
pub struct Climb<const N: usize> {
    pub place: [f64; N],
    pub at: At<N>,
    pub end: End,
    /// How often the function was asked.
    pub asked: u32,
}

/// A box that no step leaves, the same for every parameter, and when to stop.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    pub low: f64,
    pub high: f64,
    /// The longest step of one parameter.
    pub longest: f64,
    /// The gain still expected from a further step, beside |value|, that is not worth it.
    pub gain: f64,
    pub steps: u32,
}

/// A square matrix.
pub type Matrix<const N: usize> = [[f64; N]; N];

/// Climbs from `start`, with `curvature` as the first guess of the inverse of the negative Hessian.
///
/// Steps follow B·gradient, B an estimate of that inverse which every step corrects (Nocedal & Wright, *Numerical
/// optimization*, 2006, chapter 6); a step that does not rise by a thousandth of what its slope promises is halved.
/// Parameters at an end of the box are held there while the slope leads outward.
pub fn climb<const N: usize>(
    mut function: impl FnMut(&[f64; N]) -> At<N>,
    start: [f64; N],
    curvature: Matrix<N>,
    limits: &Limits,
) -> Climb<N> {
    let mut asked = 0;
    let mut ask = |place: &[f64; N]| {
        asked += 1;
        function(place)
    };
    let mut place = start.map(|part| part.clamp(limits.low, limits.high));
    let (mut at, mut b) = (ask(&place), curvature);
    let mut end = End::OutOfSteps;
    for _ in 0..limits.steps {
        if !at.is_finite() {
            end = End::Stuck;
            break;
        }
        let held: [bool; N] = std::array::from_fn(|i| {
            place[i] <= limits.low && at.gradient[i] < 0.0 || place[i] >= limits.high && at.gradient[i] > 0.0
        });
        let free: [f64; N] = std::array::from_fn(|i| if held[i] { 0.0 } else { at.gradient[i] });
        let mut step: [f64; N] = std::array::from_fn(|i| if held[i] { 0.0 } else { dot(&b[i], &free) });
        let mut gain = dot(&step, &free);
        if gain.is_nan() || gain < 0.0 {
            // The estimate has lost its shape: begin again with the slope alone.
            b = curvature;
            step = free;
            gain = dot(&step, &free);
        }
        if gain <= limits.gain * (1.0 + at.value.abs()) {
            end = if held.contains(&true) { End::Edge } else { End::Top };
            break;
        }
        let largest = step.iter().fold(0.0f64, |largest, part| largest.max(part.abs()));
        let mut length = (limits.longest / largest).min(1.0);
        let moved = loop {
            let next: [f64; N] =
                std::array::from_fn(|i| (place[i] + length * step[i]).clamp(limits.low, limits.high));
            let there = ask(&next);
            if there.is_finite() && there.value >= at.value + 1e-3 * length * gain {
                break Some((next, there));
            }
            length *= if there.is_finite() { 0.5 } else { 0.1 };
            if length * largest < 1e-12 {
                break None;
            }
        };
        let Some((next, there)) = moved else {
            end = End::Stuck;
            break;
        };
        let moved: [f64; N] = std::array::from_fn(|i| next[i] - place[i]);
        let turned: [f64; N] = std::array::from_fn(|i| at.gradient[i] - there.gradient[i]);
        update(&mut b, &moved, &turned);
        (place, at) = (next, there);
    }
    Climb { place, at, end, asked }
}

/// B ← (I − ρsyᵀ)B(I − ρysᵀ) + ρssᵀ with ρ = 1/sᵀy, where the slope has fallen along the step.
fn update<const N: usize>(b: &mut Matrix<N>, s: &[f64; N], y: &[f64; N]) {
    let sy = dot(s, y);
    if sy <= 1e-10 * (dot(s, s) * dot(y, y)).sqrt() {
        return;
    }
    let by: [f64; N] = std::array::from_fn(|i| dot(&b[i], y));
    let scale = (1.0 + dot(y, &by) / sy) / sy;
    for i in 0..N {
        for j in 0..N {
            b[i][j] += scale * s[i] * s[j] - (by[i] * s[j] + s[i] * by[j]) / sy;
        }
    }
}

/// The negative Hessian (for a log-likelihood, the observed information) by central differences of the gradient:
/// the error is about 10⁻⁸ of its size.
pub fn information<const N: usize>(
    mut function: impl FnMut(&[f64; N]) -> At<N>,
    place: &[f64; N],
) -> Matrix<N> {
    const STEP: f64 = 1e-4;
    let mut information = [[0.0; N]; N];
    for i in 0..N {
        let mut slope = |step: f64| {
            let mut beside = *place;
            beside[i] += step;
            function(&beside).gradient
        };
        let (up, down) = (slope(STEP), slope(-STEP));
        information[i] = std::array::from_fn(|j| (down[j] - up[j]) / (2.0 * STEP));
    }
    std::array::from_fn(|i| std::array::from_fn(|j| (information[i][j] + information[j][i]) / 2.0))
}

/// The inverse of a symmetric matrix by Cholesky's factors; `None` unless it is positive definite beyond rounding.
///
/// ```
/// use quintile::core::stats::optimize::inverse;
/// assert_eq!(inverse(&[[4.0, 0.0], [0.0, 0.25]]), Some([[0.25, 0.0], [0.0, 4.0]]));
/// assert_eq!(inverse(&[[1.0, 2.0], [2.0, 1.0]]), None);
/// ```
pub fn inverse<const N: usize>(matrix: &Matrix<N>) -> Option<Matrix<N>> {
    // A = LLᵀ
    let mut l = [[0.0; N]; N];
    for i in 0..N {
        for j in 0..=i {
            let rest = matrix[i][j] - dot(&l[i][..j], &l[j][..j]);
            l[i][j] = match i == j {
                true if rest > 1e-12 * matrix[i][i].abs() => rest.sqrt(),
                true => return None,
                false => rest / l[j][j],
            };
        }
    }
    // L⁻¹, and A⁻¹ = L⁻ᵀL⁻¹.
    let mut inverse_l = [[0.0; N]; N];
    for j in 0..N {
        inverse_l[j][j] = 1.0 / l[j][j];
        for i in j + 1..N {
            let sum: f64 = (j..i).map(|k| l[i][k] * inverse_l[k][j]).sum();
            inverse_l[i][j] = -sum / l[i][i];
        }
    }
    let entry = |i: usize, j: usize| (i.max(j)..N).map(|k| inverse_l[k][i] * inverse_l[k][j]).sum();
    let inverse: Matrix<N> = std::array::from_fn(|i| std::array::from_fn(|j| entry(i, j)));
    inverse.iter().flatten().all(|part: &f64| part.is_finite()).then_some(inverse)
}

/// The sum of the products of two rows.
pub fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: Limits = Limits { low: -5.0, high: 5.0, longest: 2.0, gain: 1e-18, steps: 300 };
    const UNIT: Matrix<2> = [[1.0, 0.0], [0.0, 1.0]];

    /// Rosenbrock's valley, upside down: its top is at (1, 1).
    fn valley(&[x, y]: &[f64; 2]) -> At<2> {
        let (u, v) = (1.0 - x, y - x * x);
        At { value: -(u * u + 100.0 * v * v), gradient: [2.0 * u + 400.0 * x * v, -200.0 * v] }
    }

    #[test]
    fn the_bent_valley_is_climbed_from_afar() {
        for start in [[-1.2, 1.0], [4.0, -4.0], [0.0, 0.0]] {
            let found = climb(valley, start, UNIT, &LIMITS);
            assert_eq!(found.end, End::Top, "{found:?}");
            assert!(found.place.iter().all(|part| (part - 1.0).abs() < 1e-7), "{found:?}");
        }
    }

    #[test]
    fn a_slope_out_of_the_box_ends_at_its_edge() {
        let found =
            climb(|&[x, y]| At { value: x - y * y, gradient: [1.0, -2.0 * y] }, [0.0, 1.0], UNIT, &LIMITS);
        assert_eq!((found.end, found.place[0]), (End::Edge, 5.0));
        assert!(found.place[1].abs() < 1e-6, "{found:?}");
    }

    #[test]
    fn places_without_a_value_are_turned_back_from() {
        let function = |&[x]: &[f64; 1]| At { value: libm::log(x) - x, gradient: [1.0 / x - 1.0] };
        let found = climb(function, [4.9], [[1.0]], &LIMITS);
        assert!((found.place[0] - 1.0).abs() < 1e-7, "{found:?}");
        let nowhere = climb(|_: &[f64; 1]| At { value: f64::NAN, gradient: [0.0] }, [1.0], [[1.0]], &LIMITS);
        assert_eq!(nowhere.end, End::Stuck);
    }

    #[test]
    fn information_and_inverse_of_a_bent_surface() {
        let information = information(valley, &[1.0, 1.0]);
        // By hand: [[802, −400], [−400, 200]].
        for (row, exact) in information.iter().zip([[802.0, -400.0], [-400.0, 200.0]]) {
            assert!(row.iter().zip(exact).all(|(a, b)| (a / b - 1.0).abs() < 1e-6), "{information:?}");
        }
        let inverse = inverse(&information).unwrap();
        let product = dot(&information[0], &[inverse[0][0], inverse[1][0]]);
        assert!((product - 1.0).abs() < 1e-9);
    }
}
