//! Maximum likelihood for models with a few positive parameters: several starts, standard errors, and a plain word where
//! the data cannot carry the model.

use crate::core::stats::normal;
use crate::core::stats::optimize::{At, Climb, End, Limits, Matrix, climb, dot, information, inverse};
use crate::core::stats::proportion::Interval;
use serde::{Deserialize, Serialize};

/// Parameters are looked for between 10⁻⁶ and 10⁶; the models measure time so that 1 is a usual length.
const WIDEST: f64 = 13.815_510_557_964_274;

const LIMITS: Limits = Limits { low: -WIDEST, high: WIDEST, longest: 2.0, gain: 1e-15, steps: 300 };

/// A parameter whose logarithm has a larger standard error than this is not known at all: the middle 95 % reach over
/// eight powers of ten.
const LARGEST_LOG_ERROR: f64 = 5.0;

/// The maximum of a log-likelihood.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimates<const N: usize> {
    pub values: [f64; N],
    pub log_likelihood: f64,
    /// Of the logarithms of the parameters: the inverse of the observed information.
    pub log_covariance: Matrix<N>,
    pub search: Search,
}

/// How the maximum was found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Search {
    pub starts: u32,
    /// How many of the starts ended at the same top.
    pub agreeing: u32,
    /// How often the likelihood of all data was computed.
    pub evaluations: u32,
}

/// Why there is no maximum to report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unfit {
    /// The likelihood still rises where the parameter (by its position) is beyond all measure.
    RunsAway { parameter: usize, upward: bool },
    /// No start led to a top.
    NoTop,
}

impl<const N: usize> Estimates<N> {
    /// The standard error of a parameter, by the delta method from that of its logarithm.
    pub fn standard_error(&self, parameter: usize) -> f64 {
        self.values[parameter] * self.log_covariance[parameter][parameter].sqrt()
    }

    /// The interval of a parameter: exp(ln θ ± z·se(ln θ)), which never reaches below zero. `None` unless
    /// 0 < confidence < 1.
    ///
    /// Of 6,000 bases drawn from the models of repeat buying, of 500 and of 2,000 customers (`tests/clv/coverage.rs`), intervals of
    /// 95 % hold the true parameters of 95.0 % (from 89.9 to 97.3, by model, parameter and size), those of Gamma–Gamma of 95.6 %.
    pub fn interval(&self, parameter: usize, confidence: f64) -> Option<Interval> {
        let reach = normal::two_sided(confidence)? * self.log_covariance[parameter][parameter].sqrt();
        let value = self.values[parameter];
        Some(Interval { low: value * libm::exp(-reach), high: value * libm::exp(reach) })
    }

    /// The standard error of a quantity that follows from the parameters, by the delta method: √(gᵀΣg) with g its
    /// derivatives by the logarithms of the parameters, here by central differences.
    pub fn standard_error_of(&self, mut quantity: impl FnMut(&[f64; N]) -> f64) -> f64 {
        const STEP: f64 = 1e-4;
        let slope: [f64; N] = std::array::from_fn(|i| {
            let mut at = |step: f64| {
                let mut values = self.values;
                values[i] *= libm::exp(step);
                quantity(&values)
            };
            (at(STEP) - at(-STEP)) / (2.0 * STEP)
        });
        let by_row: [f64; N] = std::array::from_fn(|i| dot(&self.log_covariance[i], &slope));
        dot(&slope, &by_row).max(0.0).sqrt()
    }
}

/// The same function of the logarithms of the parameters.
fn of_logs<const N: usize>(function: impl Fn(&[f64; N]) -> At<N>) -> impl Fn(&[f64; N]) -> At<N> {
    move |logs| {
        let values = logs.map(libm::exp);
        let at = function(&values);
        At { value: at.value, gradient: std::array::from_fn(|i| at.gradient[i] * values[i]) }
    }
}

/// Finds the maximum of a log-likelihood over positive parameters from the best of several starts.
///
/// `rough` is the likelihood of a part of the data, scaled to the whole, by which the starts are compared and the first
/// curvature is found; where the data are few it is the same function. `progress` is told how far the work is, from 0 to 1.
pub fn maximize<const N: usize>(
    full: impl Fn(&[f64; N]) -> At<N>,
    rough: impl Fn(&[f64; N]) -> At<N>,
    starts: &[[f64; N]],
    progress: &mut dyn FnMut(f64),
) -> Result<Estimates<N>, Unfit> {
    let (full, rough) = (of_logs(full), of_logs(rough));
    let mut climbs: Vec<Climb<N>> = Vec::new();
    for (done, start) in starts.iter().enumerate() {
        let logs = start.map(libm::log);
        // The first guess of the curvature only has to be of the right size: a step of about one.
        let steepness =
            rough(&logs).gradient.iter().fold(1e-300f64, |steepest, slope| steepest.max(slope.abs()));
        climbs.push(climb(&rough, logs, diagonal(1.0 / steepness), &LIMITS));
        progress(0.6 * (done + 1) as f64 / starts.len() as f64);
    }
    climbs.retain(|climb| climb.at.value.is_finite());
    let best = *climbs.iter().max_by(|a, b| a.at.value.total_cmp(&b.at.value)).ok_or(Unfit::NoTop)?;
    let near = |value: f64| best.at.value - value <= 1e-7 * (1.0 + best.at.value.abs());
    let agreeing = climbs.iter().filter(|climb| near(climb.at.value)).count();

    let curvature = inverse(&information(&rough, &best.place)).unwrap_or(diagonal(1e-3));
    // Nobody knows how many evaluations are left: each goes an eighth of the way that remains.
    let mut left = 0.2;
    let top = climb(
        |place| {
            left *= 0.875;
            progress(0.8 - left);
            full(place)
        },
        best.place,
        curvature,
        &LIMITS,
    );
    progress(0.8);
    let log_covariance = inverse(&information(&full, &top.place));
    progress(1.0);
    let log_covariance = match log_covariance {
        Some(found) if top.end != End::Edge && top.end != End::OutOfSteps => found,
        _ => return Err(runs_away(&top)),
    };
    if (0..N).any(|i| log_covariance[i][i].sqrt() > LARGEST_LOG_ERROR) {
        return Err(runs_away(&top));
    }
    // One step of Newton takes off what the climb has left.
    let step: [f64; N] = std::array::from_fn(|i| dot(&log_covariance[i], &top.at.gradient));
    let place: [f64; N] = std::array::from_fn(|i| top.place[i] + step[i]);
    let polished = full(&place);
    let (place, at) = if polished.value >= top.at.value { (place, polished) } else { (top.place, top.at) };
    Ok(Estimates {
        values: place.map(libm::exp),
        log_likelihood: at.value,
        log_covariance,
        search: Search {
            starts: starts.len() as u32,
            agreeing: agreeing as u32,
            evaluations: top.asked + 2 * N as u32 + 1,
        },
    })
}

/// The parameter that stands furthest from one.
fn runs_away<const N: usize>(top: &Climb<N>) -> Unfit {
    let furthest = (0..N).max_by(|&i, &j| top.place[i].abs().total_cmp(&top.place[j].abs()));
    match furthest {
        Some(parameter) => Unfit::RunsAway { parameter, upward: top.place[parameter] > 0.0 },
        None => Unfit::NoTop,
    }
}

fn diagonal<const N: usize>(value: f64) -> Matrix<N> {
    std::array::from_fn(|i| std::array::from_fn(|j| if i == j { value } else { 0.0 }))
}
