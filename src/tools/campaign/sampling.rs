//! Who is tested and who is control: systematic samples of the sorted list, or the recorded test.

use super::answer::{Refusal, SampleSums, SampledCustomer};
use super::cells::Cells;
use super::options::{CampaignOptions, INTERVALS, Start};
use crate::core::dictionary::Dictionary;
use crate::core::stats::sampling::Nth;

/// What the test makes of a customer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Part {
    /// Left for the roll-out.
    #[default]
    Rest,
    Tested,
    /// Never mailed, to see who buys anyway.
    Control,
}

/// The test of all cells.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    /// By customer code.
    pub part: Vec<Part>,
    /// By cell.
    pub tested: Vec<u64>,
    pub control: Vec<u64>,
    /// The record that sampling begins with, from 1.
    pub start: u32,
}

/// Makes the seed of the control group's start another than that of the test.
const CONTROL_SEED: u64 = 0x5eed;

impl Sample {
    /// Every n-th customer of the list; for the control group every m-th of those not tested.
    ///
    /// # Errors
    /// [`Refusal::Interval`] or [`Refusal::ControlInterval`] outside [`INTERVALS`].
    pub fn draw(cells: &Cells, options: &CampaignOptions) -> Result<Sample, Refusal> {
        let nth =
            nth(options.start, options.interval, 0).ok_or(Refusal::Interval { found: options.interval })?;
        let mut part = vec![Part::Rest; cells.cell.len()];
        for place in nth.positions(cells.list.len()) {
            part[cells.list[place] as usize] = Part::Tested;
        }
        if let Some(interval) = options.control_interval {
            let nth = self::nth(options.start, interval, CONTROL_SEED)
                .ok_or(Refusal::ControlInterval { found: interval })?;
            let rest: Vec<u32> =
                cells.list.iter().copied().filter(|&c| part[c as usize] == Part::Rest).collect();
            for place in nth.positions(rest.len()) {
                part[rest[place] as usize] = Part::Control;
            }
        }
        Ok(Sample::of_parts(cells, part, nth.start()))
    }

    pub fn of_parts(cells: &Cells, part: Vec<Part>, start: u32) -> Sample {
        let count = |wanted: Part| {
            let of =
                |cell: usize| cells.customers(cell).iter().filter(|&&c| part[c as usize] == wanted).count();
            (0..cells.count()).map(|cell| of(cell) as u64).collect()
        };
        let (tested, control) = (count(Part::Tested), count(Part::Control));
        Sample { part, tested, control, start }
    }
}

fn nth(start: Start, interval: u32, other_seed: u64) -> Option<Nth> {
    let interval = INTERVALS.contains(&interval).then_some(interval)?;
    match start {
        Start::First => Nth::new(interval, 1),
        Start::Random { seed } => Nth::random_start(interval, seed ^ other_seed),
    }
}

/// How many of the first tested customers are shown.
const SHOWN: usize = 12;

/// The sample in figures. What advises on its size is left empty.
pub fn sums(cells: &Cells, sample: &Sample, customers: &Dictionary, cost: Option<f64>) -> SampleSums {
    let tested: u64 = sample.tested.iter().sum();
    let mut sizes: Vec<u64> =
        (0..cells.count()).filter(|&c| !cells.customers(c).is_empty()).map(|c| sample.tested[c]).collect();
    sizes.sort_unstable();
    let numbered = cells.list.iter().enumerate().filter(|&(_, &c)| sample.part[c as usize] == Part::Tested);
    let first = numbered.take(SHOWN).map(|(place, &customer)| SampledCustomer {
        number: place as u64 + 1,
        id: customers.get(customer).to_string(),
        label: cells.labels[usize::from(cells.cell[customer as usize])].clone(),
    });
    SampleSums {
        customers: cells.list.len() as u64,
        tested,
        control: sample.control.iter().sum(),
        start: sample.start,
        cost: cost.map(|cost| tested as f64 * cost),
        first: first.collect(),
        smallest: sizes.first().copied().unwrap_or(0),
        median: sizes.get(sizes.len() / 2).copied().unwrap_or(0),
        largest: sizes.last().copied().unwrap_or(0),
        below_hughes: 0,
        below_precision: 0,
        half_width: None,
        interval_for_hughes: None,
        interval_for_precision: None,
        kept_on: None,
    }
}
