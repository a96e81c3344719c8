//! Every active customer gets a tier.

use super::answer::Refusal;
use super::base::{Base, Measured};
use super::cut::{Division, division};
use super::options::{MOST_CLASSES, PyramidOptions, Tiers};
use super::presets::OUTSIDE;
use crate::core::dataset::Dataset;
use crate::core::grading::{GradingData, Label, told_apart};
use crate::core::stats::sort::{order_by_text, stable_order};
use crate::tools::published::may_read;

/// The tiers of the graded customers.
pub struct Tiered {
    pub names: Vec<Label>,
    pub measured: Measured,
    /// Places in `measured`, the best customer first: by value, and where a boundary goes through equal values, those
    /// by the text of their ids.
    pub order: Vec<u32>,
    /// The tier of each place in `measured`.
    pub tier: Vec<u16>,
    /// Boundaries that go through equal values.
    pub ties: Vec<Tie>,
    /// `None` where the tiers are classes of another tool.
    pub division: Option<Division>,
}

/// Equal values on both sides of the end of a tier.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tie {
    pub tier: usize,
    /// How many customers have the value.
    pub customers: usize,
    pub steps: i64,
}

pub fn tier(base: &Base, dataset: &Dataset, options: &PyramidOptions) -> Result<Tiered, Refusal> {
    let measured = Measured::new(base, dataset, &options.measure)?;
    if let Tiers::Classes { column } = &options.tiers {
        return by_classes(base, dataset, measured, column);
    }
    let Some((names, division)) = division(&options.tiers)? else {
        return Err(Refusal::TierCount { found: 0 });
    };
    let n = measured.steps.len();
    let mut order = best_first(&measured.steps);
    let at_least =
        |value: f64| order.partition_point(|&at| measured.value(measured.steps[at as usize]) >= value);
    let ends = division.ends(n, at_least);
    let ties = divide_ties(base, dataset, &measured, &mut order, &ends);
    let mut tier = vec![0; n];
    let mut from = 0;
    for (number, &end) in ends.iter().enumerate() {
        order[from..end].iter().for_each(|&at| tier[at as usize] = number as u16);
        from = end;
    }
    Ok(Tiered { names, measured, order, tier, ties, division: Some(division) })
}

/// The complement turns the order round and, unlike the negative, exists for every number.
fn best_first(steps: &[i64]) -> Vec<u32> {
    let turned: Vec<i64> = steps.iter().map(|&steps| !steps).collect();
    stable_order(&turned)
}

/// Where a tier ends among equal values, those customers are put in the order of their ids' texts, so that the tiers do
/// not depend on the order of rows in a file. Only they are: ordering all customers by text costs more than the rest.
fn divide_ties(
    base: &Base,
    dataset: &Dataset,
    measured: &Measured,
    order: &mut [u32],
    ends: &[usize],
) -> Vec<Tie> {
    let mut ties: Vec<Tie> = Vec::new();
    for (tier, &end) in ends.iter().enumerate() {
        if end == 0 || end >= order.len() {
            continue;
        }
        let value = |place: usize| measured.steps[order[place] as usize];
        let (steps, below) = (value(end - 1), value(end));
        let known = ties.last().is_some_and(|tie| tie.steps == steps);
        if steps != below || known {
            continue;
        }
        let steps_at = |&at: &u32| measured.steps[at as usize];
        let from = order.partition_point(|at| steps_at(at) > steps);
        let to = order.partition_point(|at| steps_at(at) >= steps);
        let run = order[from..to].to_vec();
        let codes: Vec<u32> = run.iter().map(|&at| base.code(measured.graded[at as usize])).collect();
        for (place, at) in order_by_text(&dataset.customers, &codes).into_iter().enumerate() {
            order[from + place] = run[at as usize];
        }
        ties.push(Tie { tier, customers: to - from, steps });
    }
    ties
}

fn by_classes(base: &Base, dataset: &Dataset, mut measured: Measured, name: &str) -> Result<Tiered, Refusal> {
    let data = dataset.gradings.get(name).map(|grading| &grading.data);
    let Some(GradingData::Classes { class, labels }) = data.filter(|_| may_read(super::TOOL.id, name)) else {
        return Err(Refusal::NoColumn { name: name.to_string() });
    };
    if labels.len() > MOST_CLASSES {
        return Err(Refusal::TooManyClasses { name: name.to_string(), found: labels.len() });
    }
    let (mut graded, mut steps, mut tier) = (Vec::new(), Vec::new(), Vec::new());
    for (&position, &value) in measured.graded.iter().zip(&measured.steps) {
        match class[base.code(position) as usize] {
            Some(class) => {
                graded.push(position);
                steps.push(value);
                tier.push(class);
            }
            None => measured.not_graded.push(position),
        }
    }
    let order = best_first(&steps);
    let measured = Measured { graded, steps, ..measured };
    // Lists and other tools know a tier by its English name.
    let outside = OUTSIDE.map(|(en, _)| en);
    Ok(Tiered {
        names: told_apart(labels, &outside),
        measured,
        order,
        tier,
        ties: Vec::new(),
        division: None,
    })
}
