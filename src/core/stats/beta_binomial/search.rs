//! The search for the highest likelihood.

use super::likelihood::{At, Likelihood, shapes};
use super::{MAX_PRECISION, MIN_PRECISION};
use crate::core::stats::proportion::Tally;

/// The maximum of the likelihood.
pub(super) struct Peak {
    pub alpha: f64,
    pub beta: f64,
    pub value: f64,
    pub covariance: [[f64; 2]; 2],
}

/// Steps of ln s in the coarse profile: a little less than a power of ten each; peaks are wider.
const PROFILE_STEPS: usize = 12;

/// The longest step of logit μ or ln s.
const LONGEST: f64 = 2.0;

/// The highest peak with a precision below [`MAX_PRECISION`], if there is one.
pub(super) fn best(likelihood: &Likelihood, all: Tally) -> Option<Peak> {
    let (low, high) = (libm::log(MIN_PRECISION), libm::log(MAX_PRECISION));
    let u = libm::log(all.successes as f64 / all.failures() as f64);
    let v = |step: usize| low + (high - low) * step as f64 / PROFILE_STEPS as f64;
    let profile: Vec<f64> = (0..=PROFILE_STEPS).map(|step| likelihood.at(u, v(step)).value).collect();
    let above = |step: usize, other: Option<usize>| {
        other.and_then(|other| profile.get(other)).is_none_or(|&value| profile[step] >= value)
    };
    let starts =
        (0..=PROFILE_STEPS).filter(|&step| above(step, step.checked_sub(1)) && above(step, Some(step + 1)));
    let peaks = starts.map(|step| climb(likelihood, [u, v(step)], low, high));
    peaks
        .filter(|peak| peak.alpha + peak.beta < 0.99 * MAX_PRECISION)
        .max_by(|a, b| a.value.total_cmp(&b.value))
}

/// Newton's method from one start, with ln s kept between `low` and `high`.
fn climb(likelihood: &Likelihood, start: [f64; 2], low: f64, high: f64) -> Peak {
    let [mut u, mut v] = start;
    let mut at = likelihood.at(u, v);
    for _ in 0..200 {
        let step = direction(&at, v, low, high);
        let gain = step[0] * at.gradient[0] + step[1] * at.gradient[1];
        if gain <= 1e-18 * (1.0 + at.value.abs()) {
            break;
        }
        // Where the surface is nearly flat a step can be huge: none goes further than `LONGEST`, however bent.
        let step = step.map(|part| part * (LONGEST / step[0].abs().max(step[1].abs())).min(1.0));
        let mut length = 1.0;
        let moved = loop {
            let next = [u + length * step[0], (v + length * step[1]).clamp(low, high)];
            let there = likelihood.at(next[0], next[1]);
            if there.value > at.value {
                break Some((next, there));
            }
            length *= 0.5;
            if length < 1e-6 {
                break None;
            }
        };
        // No higher place within the rounding of the sums: the top.
        let Some((next, there)) = moved else { break };
        ([u, v], at) = (next, there);
    }
    let (alpha, beta) = shapes(u, v);
    Peak { alpha, beta, value: at.value, covariance: covariance(&at, is_pinned(&at, v, low, high)) }
}

/// Whether ln s is at an end and would go on.
fn is_pinned(at: &At, v: f64, low: f64, high: f64) -> bool {
    v <= low && at.gradient[1] < 0.0 || v >= high && at.gradient[1] > 0.0
}

/// A direction that goes up: Newton's, with the curvature bent downwards as far as necessary.
fn direction(at: &At, v: f64, low: f64, high: f64) -> [f64; 2] {
    let [gu, gv] = at.gradient;
    let [uu, uv, vv] = at.hessian.map(|second| -second);
    if is_pinned(at, v, low, high) {
        return [gu / uu.abs().max(f64::MIN_POSITIVE), 0.0];
    }
    // The smaller eigenvalue of the information decides.
    let middle = (uu + vv) / 2.0;
    let radius = libm::hypot((uu - vv) / 2.0, uv);
    let floor = 1e-9 * (middle.abs() + radius) + f64::MIN_POSITIVE;
    let bend = (floor - (middle - radius)).max(0.0);
    let (uu, vv) = (uu + bend, vv + bend);
    let determinant = uu * vv - uv * uv;
    [(vv * gu - uv * gv) / determinant, (uu * gv - uv * gu) / determinant]
}

/// The inverse of the information; with ln s at an end only logit μ is estimated.
fn covariance(at: &At, pinned: bool) -> [[f64; 2]; 2] {
    let [uu, uv, vv] = at.hessian.map(|second| -second);
    let determinant = uu * vv - uv * uv;
    if pinned || determinant <= 0.0 || uu <= 0.0 {
        return [[1.0 / uu.abs().max(f64::MIN_POSITIVE), 0.0], [0.0, 0.0]];
    }
    [[vv / determinant, -uv / determinant], [-uv / determinant, uu / determinant]]
}
