//! The answers to one mailing, from where the person says that they come.

use super::answer::{Matching, Warning};
use super::cells::Cells;
use super::matching;
use super::options::Responses;
use crate::core::dataset::Dataset;
use crate::core::day::Day;
use crate::core::sample::campaign::simulate_responses;
use crate::core::stats::proportion::Tally;

/// How a customer stands to a mailing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    #[default]
    NotMailed,
    Mailed,
    Control,
    /// Mailed in the other wave of the same campaign.
    OtherWave,
}

/// One wave of the campaign as it was mailed.
pub struct Mailing<'a> {
    pub name: &'a str,
    pub cells: &'a Cells,
    /// By customer code.
    pub standing: &'a [Standing],
    /// By cell.
    pub mailed: &'a [u64],
    pub control: &'a [u64],
    /// What is printed on this wave's pieces and on the other's, by cell.
    pub key_codes: &'a [String],
    pub other_key_codes: &'a [String],
    pub on: Option<Day>,
    /// From this day on, what the control group buys belongs to the next wave.
    pub next_on: Option<Day>,
}

/// The answers, by cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Answers {
    /// `None` where the cell has no count.
    pub tallies: Vec<Option<Tally>>,
    /// Minor units; `None` where responses came without revenue.
    pub revenue: Option<Vec<i64>>,
    /// What the control group bought; `None` where it is not known by customer.
    pub control: Option<Tally>,
    /// The codes of the customers who answered, where all are known.
    pub responders: Option<Vec<u32>>,
    pub matching: Option<Matching>,
    pub warnings: Vec<Warning>,
}

impl Answers {
    /// All cells that have a count.
    pub fn all(&self) -> Tally {
        self.tallies.iter().flatten().copied().sum()
    }

    /// The revenue of the cells that have a count; `None` also where it is more than can be counted exactly.
    pub fn all_revenue(&self) -> Option<i64> {
        let cells = self.revenue.as_ref()?.iter().zip(&self.tallies);
        let counted = cells.filter(|(_, tally)| tally.is_some()).map(|(revenue, _)| i128::from(*revenue));
        i64::try_from(counted.sum::<i128>()).ok()
    }
}

/// The answers to a mailing; `None`, with the reason where there is one, while there are none. `rates` are the true
/// response rates by customer code.
pub fn answers(
    from: &Responses,
    mailing: &Mailing,
    dataset: &Dataset,
    rates: Option<&[f64]>,
) -> Result<Option<Answers>, Warning> {
    match from {
        Responses::NotYet => Ok(None),
        Responses::Imported => matching::imported(mailing, dataset).map(Some).ok_or(Warning::NoResponseTable),
        Responses::Typed(counts) => Ok(Some(typed(mailing, counts))),
        Responses::Simulated { seed } => match rates {
            Some(rates) => Ok(Some(simulated(mailing, *seed, rates))),
            None => Err(Warning::CannotSimulate),
        },
    }
}

fn typed(mailing: &Mailing, counts: &std::collections::BTreeMap<String, u64>) -> Answers {
    let mut tallies = vec![None; mailing.cells.count()];
    let (mut unknown, mut warnings) = (Vec::new(), Vec::new());
    for (label, &responses) in counts {
        let Some(cell) = mailing.cells.find(label) else {
            unknown.push(label.clone());
            continue;
        };
        let mailed = mailing.mailed[cell];
        if responses > mailed {
            warnings.push(Warning::TypedTooMany { label: label.clone(), responses, mailed });
        } else {
            tallies[cell] = Some(Tally::new(responses, mailed));
        }
    }
    if !unknown.is_empty() {
        warnings.push(Warning::TypedUnknown { labels: unknown });
    }
    let missing = (0..tallies.len()).filter(|&cell| mailing.mailed[cell] > 0 && tallies[cell].is_none());
    let cells = missing.count() as u64;
    if cells > 0 {
        warnings.push(Warning::NotCounted { cells });
    }
    Answers { tallies, revenue: None, control: None, responders: None, matching: None, warnings }
}

/// Those mailed answer with their true rates; the control group buys nothing unasked.
fn simulated(mailing: &Mailing, seed: u64, rates: &[f64]) -> Answers {
    let mut tallies: Vec<Tally> = mailing.mailed.iter().map(|&mailed| Tally::new(0, mailed)).collect();
    let is_mailed = |&customer: &u32| mailing.standing[customer as usize] == Standing::Mailed;
    let mut responders: Vec<u32> = mailing.cells.list.iter().copied().filter(is_mailed).collect();
    let answered = simulate_responses(rates, &responders, seed);
    let mut answered = answered.into_iter();
    responders.retain(|_| answered.next() == Some(true));
    for &customer in &responders {
        tallies[usize::from(mailing.cells.cell[customer as usize])].successes += 1;
    }
    let control: u64 = mailing.control.iter().sum();
    Answers {
        tallies: tallies.into_iter().map(Some).collect(),
        revenue: None,
        control: (control > 0).then(|| Tally::new(0, control)),
        responders: Some(responders),
        matching: None,
        warnings: Vec::new(),
    }
}
