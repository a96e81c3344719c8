//! The roll-out: who is mailed, who is not and why, and what it is expected to bring beside the alternatives.

use super::answer::{Alternative, CellRollOut, RollOutSums};
use super::cells::{Cells, NO_CELL};
use super::projection::Projection;
use super::sampling::{Part, Sample};
use super::test::Tested;

/// What becomes of a customer in the campaign.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fate {
    /// In no cell.
    #[default]
    Outside,
    Tested,
    Control,
    RollOut,
    /// The cell is mailed, the guard holds the customer back.
    Guarded,
    NotMailed,
}

/// Every customer's fate, and how many of each cell have which.
#[derive(Clone, Debug, PartialEq)]
pub struct RollOut {
    /// By customer code.
    pub fate: Vec<Fate>,
    /// By cell.
    pub mailed: Vec<u64>,
    pub guarded: Vec<u64>,
    /// Customers of any cell who could be mailed: not tested, not control, not held back.
    pub free: Vec<u64>,
}

impl RollOut {
    /// Mails the chosen cells without those tested, the control group and those held back.
    pub fn of(cells: &Cells, sample: &Sample, chosen: &[bool], held_back: &[bool]) -> RollOut {
        RollOut::deal(cells, sample, |customer, cell| {
            let held = held_back.get(customer as usize).copied().unwrap_or(false);
            match (chosen[cell], held) {
                (true, true) => Fate::Guarded,
                (true, false) => Fate::RollOut,
                (false, _) => Fate::NotMailed,
            }
        })
        .with_free(cells, sample, held_back)
    }

    /// The roll-out as it was recorded.
    pub fn recorded(cells: &Cells, sample: &Sample, customers: &[u32]) -> RollOut {
        let mut was_mailed = vec![false; cells.cell.len()];
        customers.iter().for_each(|&customer| was_mailed[customer as usize] = true);
        RollOut::deal(cells, sample, |customer, _| {
            if was_mailed[customer as usize] { Fate::RollOut } else { Fate::NotMailed }
        })
        .with_free(cells, sample, &[])
    }

    fn deal(cells: &Cells, sample: &Sample, of_rest: impl Fn(u32, usize) -> Fate) -> RollOut {
        let mut fate = vec![Fate::Outside; cells.cell.len()];
        let (mut mailed, mut guarded) = (vec![0; cells.count()], vec![0; cells.count()]);
        for (customer, &cell) in cells.cell.iter().enumerate().filter(|(_, cell)| **cell != NO_CELL) {
            let cell = usize::from(cell);
            fate[customer] = match sample.part[customer] {
                Part::Tested => Fate::Tested,
                Part::Control => Fate::Control,
                Part::Rest => of_rest(customer as u32, cell),
            };
            match fate[customer] {
                Fate::RollOut => mailed[cell] += 1,
                Fate::Guarded => guarded[cell] += 1,
                _ => {}
            }
        }
        RollOut { fate, mailed, guarded, free: Vec::new() }
    }

    fn with_free(mut self, cells: &Cells, sample: &Sample, held_back: &[bool]) -> RollOut {
        self.free = vec![0; cells.count()];
        for (customer, &cell) in cells.cell.iter().enumerate().filter(|(_, cell)| **cell != NO_CELL) {
            let held = held_back.get(customer).copied().unwrap_or(false);
            self.free[usize::from(cell)] += u64::from(sample.part[customer] == Part::Rest && !held);
        }
        self
    }
}

/// The sums of the true response rates, by cell, of those whom `keep` names.
pub fn true_responses(cells: &Cells, rates: &[f64], keep: impl Fn(usize) -> bool) -> Vec<f64> {
    let mut sums = vec![0.0; cells.count()];
    for (customer, &cell) in cells.cell.iter().enumerate() {
        if cell != NO_CELL && keep(customer) {
            sums[usize::from(cell)] += rates.get(customer).copied().unwrap_or(0.0);
        }
    }
    sums
}

/// The projection of each mailed cell. `truth` are the expected responses by the true rates of those mailed.
pub fn cells(
    roll_out: &RollOut,
    tested: &Tested,
    projection: &Projection,
    truth: Option<&[f64]>,
) -> Vec<Option<CellRollOut>> {
    let row = |cell: usize| {
        let mailed = roll_out.mailed[cell];
        if mailed == 0 && !tested.mailed[cell] {
            return None;
        }
        let tally = tested.tally(cell);
        let projected = projection.project(std::iter::once((tally, mailed)));
        Some(CellRollOut {
            mailed,
            guarded: roll_out.guarded[cell],
            responses: projected.responses,
            profit: projected.profit,
            raw_profit: projection.raw_profit(tally, mailed),
            true_profit: truth.map(|truth| true_profit(projection, truth[cell], mailed)),
        })
    };
    (0..roll_out.mailed.len()).map(row).collect()
}

fn true_profit(projection: &Projection, responses: f64, mailed: u64) -> f64 {
    if mailed == 0 { 0.0 } else { projection.profit_at(responses / mailed as f64, mailed) }
}

/// The whole roll-out. `revenue_per_response` is the mean of the test, in units of the currency; `is_true` says that
/// the rows know the truth.
pub fn sums(
    roll_out: &RollOut,
    sample: &Sample,
    tested: &Tested,
    projection: &Projection,
    rows: &[Option<CellRollOut>],
    revenue_per_response: Option<f64>,
    is_true: bool,
) -> RollOutSums {
    let list = |sizes: &[u64]| -> Vec<_> {
        sizes.iter().enumerate().map(|(cell, &mailed)| (tested.tally(cell), mailed)).collect()
    };
    let chosen = projection.project(list(&roll_out.mailed).into_iter());
    let everyone = projection.project(list(&roll_out.free).into_iter());
    let sum = |sizes: &[u64]| sizes.iter().sum::<u64>();
    let count = |fate: Fate| roll_out.fate.iter().filter(|&&found| found == fate).count() as u64;
    let rows = rows.iter().flatten();
    RollOutSums {
        cells: roll_out.mailed.iter().filter(|&&mailed| mailed > 0).count() as u64,
        mailed: chosen.mailed,
        customers: roll_out.fate.len() as u64 - count(Fate::Outside),
        tested: sum(&sample.tested),
        control: sum(&sample.control),
        guarded: sum(&roll_out.guarded),
        not_mailed: count(Fate::NotMailed),
        responses: chosen.responses,
        rate: (chosen.mailed > 0).then(|| chosen.responses.value / chosen.mailed as f64),
        revenue: revenue_per_response.map(|revenue| revenue * chosen.responses.value),
        cost: chosen.mailed as f64 * projection.economics.cost,
        profit: chosen.profit,
        everyone: Alternative {
            mailed: everyone.mailed,
            responses: everyone.responses.value,
            profit: everyone.profit,
        },
        raw_profit: rows.clone().map(|row| row.raw_profit).sum(),
        true_profit: is_true.then(|| rows.filter_map(|row| row.true_profit).sum()),
        kept_on: None,
    }
}
