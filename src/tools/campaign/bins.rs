//! Too few and too many cells (deck A66): the same data and the same answers with 2 to 10 groups for each of recency,
//! frequency and monetary.
//!
//! Groups are nested and equal, whatever division the campaign's own cells have, so that only their number changes: with
//! k groups there are k³ cells of n/k³ customers. Own cells of independent groups can be fewer: a code may be nobody's.

use super::advice::Advice;
use super::answer::{BinsRow, Refusal};
use super::cells::{NO_CELL, keys};
use super::guard::held_back;
use super::options::Rule;
use super::projection::Projection;
use super::sampling::Part;
use super::steps::{Campaign, Given};
use super::test::verdict;
use crate::core::grading::Gradings;
use crate::core::response::Economics;
use crate::core::stats::beta_binomial::fit;
use crate::core::stats::groups::equal_groups_within;
use crate::core::stats::proportion::{Tally, wilson};
use crate::core::stats::sort::stable_order;
use crate::jobs::Progress;

/// Published by the RFM tool; known by name only.
const RECENCY: &str = "rfm.days_since";
const FREQUENCY: &str = "rfm.frequency";
const MONETARY: &str = "rfm.monetary";
/// What M is, where it is not the total.
const MEASURE: &str = "rfm.measure";

pub const BINS: std::ops::RangeInclusive<u8> = 2..=10;

/// A row for each number of groups.
///
/// # Errors
/// No cells, costs that cannot be used, or no measures to divide by.
pub fn bins(given: Given, progress: &mut dyn Progress) -> Result<Vec<BinsRow>, Refusal> {
    let economics = given.options.economics()?;
    let advice = Advice::of(given.options)?;
    let campaign = Campaign::new(given)?;
    let customers = Measured::of(&campaign).ok_or(Refusal::NoMeasures)?;
    let answers = Answered::of(&campaign, &customers);
    let rows = BINS.map(|k| {
        let row = row(&campaign, economics, &advice, &customers, answers.as_ref(), k);
        progress.report(0.5 + 0.5 * f64::from(k - 1) / 9.0);
        row
    });
    Ok(rows.collect())
}

/// The customers in cells that have all three measures, in the order of their ids.
struct Measured {
    /// Customer codes.
    codes: Vec<u32>,
    /// Places in `codes` in ascending order of each measure; recency is turned round so that the best comes last.
    ascending: [Vec<u32>; 3],
}

impl Measured {
    fn of(campaign: &Campaign) -> Option<Measured> {
        let gradings = &campaign.given.dataset.gradings;
        let monetary = measure(gradings, MEASURE).or_else(|| measure(gradings, MONETARY))?;
        let columns = [measure(gradings, RECENCY)?, measure(gradings, FREQUENCY)?, monetary];
        let has_all = |&code: &u32| {
            let at = code as usize;
            campaign.cells.cell[at] != NO_CELL && columns.iter().all(|column| column[at].is_some())
        };
        let codes: Vec<u32> = campaign.given.by_id.iter().copied().filter(has_all).collect();
        let ascending = columns.map(|column| {
            let values: Vec<i64> = codes.iter().filter_map(|&code| column[code as usize]).collect();
            stable_order(&values)
        });
        (!codes.is_empty()).then_some(Measured { codes, ascending })
    }

    /// The cell of every customer, from 0 to k³ − 1.
    fn cells(&self, k: u8) -> Vec<u16> {
        let mut cell = vec![0u16; self.codes.len()];
        for ascending in &self.ascending {
            let groups = equal_groups_within(ascending, &cell, k);
            for (cell, group) in cell.iter_mut().zip(groups) {
                *cell = *cell * u16::from(k) + u16::from(group);
            }
        }
        cell
    }
}

fn measure(gradings: &Gradings, name: &str) -> Option<Vec<Option<i64>>> {
    keys(&gradings.get(name)?.data)
}

/// Answers known by customer, by the place in [`Measured`].
struct Answered {
    answered: Vec<bool>,
    /// Could be mailed in the roll-out.
    free: Vec<bool>,
    rates: Option<Vec<f64>>,
    control: Option<Tally>,
}

impl Answered {
    fn of(campaign: &Campaign, customers: &Measured) -> Option<Answered> {
        let test = campaign.test(&mut Vec::new())?;
        let responders = test.answers.responders.as_ref()?;
        let mut responded = vec![false; campaign.cells.cell.len()];
        responders.iter().for_each(|&customer| responded[customer as usize] = true);
        let held = held_back(campaign.given.dataset, campaign.given.options);
        let is_held = |at: usize| held.get(at).copied().unwrap_or(false);
        let at = || customers.codes.iter().map(|&code| code as usize);
        let rates = |rates: &[f64]| at().map(|at| rates.get(at).copied().unwrap_or(0.0)).collect();
        Some(Answered {
            answered: at().map(|at| responded[at]).collect(),
            free: at().map(|at| campaign.sample.part[at] == Part::Rest && !is_held(at)).collect(),
            rates: campaign.given.rates.map(rates),
            control: test.tested.control,
        })
    }
}

/// What is counted of one cell.
#[derive(Clone, Copy, Default)]
struct Counted {
    customers: u64,
    test: Tally,
    free: u64,
    true_responses: f64,
}

fn row(
    campaign: &Campaign,
    economics: Economics,
    advice: &Advice,
    customers: &Measured,
    answers: Option<&Answered>,
    k: u8,
) -> BinsRow {
    let mut cells = vec![Counted::default(); usize::from(k).pow(3)];
    for (place, (cell, &code)) in customers.cells(k).into_iter().zip(&customers.codes).enumerate() {
        let cell = &mut cells[usize::from(cell)];
        cell.customers += 1;
        cell.test.trials += u64::from(campaign.sample.part[code as usize] == Part::Tested);
        if let Some(answers) = answers {
            cell.test.successes += u64::from(answers.answered[place]);
            if answers.free[place] {
                cell.free += 1;
                cell.true_responses += answers.rates.as_ref().map_or(0.0, |rates| rates[place]);
            }
        }
    }
    cells.retain(|cell| cell.customers > 0);
    let count = cells.len().max(1) as f64;
    let tested: u64 = cells.iter().map(|cell| cell.test.trials).sum();
    let needed = |of: &dyn Fn(u64) -> u64| cells.iter().map(|cell| of(cell.customers)).sum::<u64>();
    let hughes = needed(&|size| advice.hughes(size));
    let precision = needed(&|size| advice.precision(size));
    let mut row = BinsRow {
        bins: k,
        cells: cells.len() as u64,
        customers_per_cell: customers.codes.len() as f64 / count,
        tested_per_cell: tested as f64 / count,
        needed_hughes: hughes,
        needed_precision: precision,
        cost_hughes: hughes as f64 * economics.cost,
        cost_precision: precision as f64 * economics.cost,
        profit: None,
        raw_profit: None,
        true_profit: None,
        mailed: None,
    };
    if let Some(answers) = answers {
        fill_profit(&mut row, campaign, economics, &cells, answers, tested as f64 * economics.cost);
    }
    row
}

/// The profit of rolling out the cells that the rule chooses, with what the test cost taken off.
fn fill_profit(
    row: &mut BinsRow,
    campaign: &Campaign,
    economics: Economics,
    cells: &[Counted],
    answers: &Answered,
    test_cost: f64,
) {
    let options = campaign.given.options;
    let tallies: Vec<Tally> = cells.iter().map(|cell| cell.test).collect();
    let Ok(fit) = fit(&tallies) else { return };
    let Some(projection) = Projection::new(fit, economics, answers.control, options.confidence) else {
        return;
    };
    let threshold = economics.break_even() + answers.control.and_then(Tally::rate).unwrap_or(0.0);
    let is_chosen = |cell: &&Counted| {
        let Tally { successes, trials } = cell.test;
        // Only one rule needs the interval.
        let interval =
            (options.rule == Rule::Interval).then(|| wilson(successes, trials, options.confidence));
        let shrunken = fit.prior.shrink(cell.test).mean();
        let verdict = verdict(options.rule, threshold, cell.test.rate(), interval.flatten(), shrunken);
        verdict == super::answer::Verdict::RollOut
    };
    let chosen: Vec<&Counted> = cells.iter().filter(is_chosen).collect();
    let projected = projection.project(chosen.iter().map(|cell| (cell.test, cell.free)));
    let less_test = |profit: f64| profit - test_cost;
    let mut profit = projected.profit;
    (profit.value, profit.low, profit.high) =
        (less_test(profit.value), less_test(profit.low), less_test(profit.high));
    let raw: f64 = chosen.iter().map(|cell| projection.raw_profit(cell.test, cell.free)).sum();
    row.profit = Some(profit);
    row.raw_profit = Some(less_test(raw));
    row.mailed = Some(projected.mailed);
    if answers.rates.is_some() && projected.mailed > 0 {
        let responses: f64 = chosen.iter().map(|cell| cell.true_responses).sum();
        let truth = projection.profit_at(responses / projected.mailed as f64, projected.mailed);
        row.true_profit = Some(less_test(truth));
    } else if answers.rates.is_some() {
        row.true_profit = Some(-test_cost);
    }
}
