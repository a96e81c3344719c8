//! The cell test: what the counts of each cell say about its rate, and what follows from it.

use super::answer::{AgainstTruth, CellTest, GainsPoint, Ranged, Spread, TestSums, Verdict, Warning};
use super::cells::Cells;
use super::options::{CampaignOptions, Rule};
use super::responses::Answers;
use crate::core::response::Economics;
use crate::core::response::{Gains, break_even_index, lift};
use crate::core::stats::beta_binomial::{Fit, Prior, fit};
use crate::core::stats::proportion::{Interval, Tally, wilson};

/// Fewer responses than this in all cells can hardly tell cells apart.
pub const FEW_RESPONSES: u64 = 30;

/// A test that has been counted.
#[derive(Clone, Debug, PartialEq)]
pub struct Tested {
    /// By cell; cells without a count have none.
    pub tallies: Vec<Option<Tally>>,
    pub fit: Fit,
    pub economics: Economics,
    pub confidence: f64,
    /// What the control group bought unasked.
    pub control: Option<Tally>,
    pub cells: Vec<Option<CellTest>>,
    /// By cell: mailed in the roll-out, by the rule or by hand.
    pub mailed: Vec<bool>,
}

impl Tested {
    /// Judges every cell by its count. `true_rates` are the mean true rates of the cells. `None` where nobody was
    /// tested or the confidence is no probability.
    pub fn judge(
        cells: &Cells,
        answers: &Answers,
        options: &CampaignOptions,
        economics: Economics,
        true_rates: Option<&[Option<f64>]>,
    ) -> Option<Tested> {
        let counted: Vec<Tally> = answers.tallies.iter().flatten().copied().collect();
        let fit = fit(&counted).ok()?;
        let all: Tally = counted.iter().copied().sum();
        let control = answers.control.filter(|control| control.trials > 0);
        let mut tested = Tested {
            tallies: answers.tallies.clone(),
            fit,
            economics,
            confidence: options.confidence,
            control,
            cells: Vec::new(),
            mailed: Vec::new(),
        };
        wilson(0, 1, options.confidence)?;
        for (cell, tally) in answers.tallies.iter().enumerate() {
            let by_hand = options.by_hand.get(&cells.labels[cell].en).copied();
            // A class that nobody is in is no cell: it has no verdict.
            let in_use = |tally: &Tally| tally.trials > 0 || !cells.customers(cell).is_empty();
            let judged = tally.filter(in_use).map(|tally| {
                let mut judged = tested.cell(tally, all, options.rule);
                judged.revenue = answers.revenue.as_ref().map(|revenue| revenue[cell]);
                judged.true_rate = true_rates.and_then(|rates| rates[cell]);
                judged.by_hand = by_hand.is_some();
                judged.mailed = by_hand.unwrap_or(judged.verdict == Verdict::RollOut);
                judged
            });
            let mailed = by_hand.unwrap_or(judged.as_ref().is_some_and(|judged| judged.mailed));
            tested.mailed.push(mailed);
            tested.cells.push(judged);
        }
        Some(tested)
    }

    /// The rate at which customers buy unasked; 0 without a control group.
    pub fn baseline(&self) -> f64 {
        self.control.and_then(Tally::rate).unwrap_or(0.0)
    }

    /// What a cell's rate must exceed.
    pub fn threshold(&self) -> f64 {
        self.economics.break_even() + self.baseline()
    }

    /// The count of a cell, as far as there is one.
    pub fn tally(&self, cell: usize) -> Tally {
        self.tallies[cell].unwrap_or_default()
    }

    fn cell(&self, tally: Tally, all: Tally, rule: Rule) -> CellTest {
        let threshold = self.threshold();
        let rate = tally.rate();
        let interval = wilson(tally.successes, tally.trials, self.confidence);
        let posterior = self.fit.prior.shrink(tally);
        let shrunken = ranged(posterior.mean(), posterior.interval(self.confidence));
        CellTest {
            responses: tally.successes,
            revenue: None,
            rate: rate.and_then(|rate| ranged(rate, interval)),
            shrunken,
            break_even_index: rate
                .and_then(|rate| break_even_index(rate - self.baseline(), self.economics.break_even())),
            probability_above: Some(posterior.probability_above(threshold)).filter(|p| p.is_finite()),
            profit: self.economics.earned(tally, self.baseline()),
            lift: rate.zip(all.rate()).and_then(|(rate, overall)| lift(rate, overall)),
            verdict: verdict(rule, threshold, rate, interval, posterior.mean()),
            mailed: false,
            by_hand: false,
            true_rate: None,
        }
    }
}

/// A value with its interval, where there is one.
pub fn ranged(value: f64, interval: Option<Interval>) -> Option<Ranged> {
    interval.map(|Interval { low, high }| Ranged { value, low, high })
}

/// What a rule makes of a cell. A rate that equals the threshold earns nothing: it is not mailed.
pub fn verdict(
    rule: Rule,
    threshold: f64,
    rate: Option<f64>,
    interval: Option<Interval>,
    shrunken: f64,
) -> Verdict {
    let by = |above: bool| if above { Verdict::RollOut } else { Verdict::DontMail };
    match (rule, rate, interval) {
        (Rule::Shrunken, ..) => by(shrunken > threshold),
        (Rule::Point, Some(rate), _) => by(rate > threshold),
        (Rule::Interval, _, Some(interval)) if interval.low > threshold => Verdict::RollOut,
        (Rule::Interval, _, Some(interval)) if interval.high < threshold => Verdict::DontMail,
        (Rule::Interval | Rule::Point, ..) => Verdict::CantTell,
    }
}

/// All cells together.
pub fn sums(cells: &Cells, tested: &Tested, answers: &Answers) -> TestSums {
    let all = answers.all();
    // A code that nobody has is no cell to decide about.
    let judged = || {
        let in_use = (0..cells.count()).filter(|&cell| !cells.customers(cell).is_empty());
        in_use.filter_map(|cell| tested.cells.get(cell)?.as_ref())
    };
    let count = |verdict: Verdict| judged().filter(|cell| cell.verdict == verdict).count() as u64;
    let tallies: Vec<Tally> = answers.tallies.iter().map(|tally| tally.unwrap_or_default()).collect();
    let gains = Gains::by_rate(&tallies).map_or_else(Vec::new, |gains| gains.points);
    let gains = gains.into_iter().map(|point| GainsPoint {
        label: cells.labels[point.cell].clone(),
        share_mailed: point.share_mailed,
        share_responses: point.share_responses,
        lift: point.lift,
        cumulative_lift: point.cumulative_lift,
    });
    TestSums {
        tested: all.trials,
        responses: all.successes,
        revenue: answers.all_revenue(),
        rate: rate_of(all, tested.confidence),
        profit: tested.economics.earned(all, tested.baseline()),
        roll_out: count(Verdict::RollOut),
        cant_tell: count(Verdict::CantTell),
        dont_mail: count(Verdict::DontMail),
        spread: match tested.fit.prior {
            Prior::Beta { alpha, beta } => Some(Spread { alpha, beta }),
            Prior::Pooled { .. } => None,
        },
        mean_rate: tested.fit.prior.mean(),
        baseline: tested.control.and_then(|control| rate_of(control, tested.confidence)),
        truth: against_truth(tested),
        gains: gains.collect(),
        matching: answers.matching.clone(),
    }
}

/// A counted rate with its Wilson interval.
pub fn rate_of(tally: Tally, confidence: f64) -> Option<Ranged> {
    ranged(tally.rate()?, wilson(tally.successes, tally.trials, confidence))
}

fn against_truth(tested: &Tested) -> Option<AgainstTruth> {
    let mut truth = AgainstTruth { right_mailed: 0, wrong_mailed: 0, wrong_left: 0, right_left: 0 };
    let mut known = false;
    for cell in tested.cells.iter().flatten() {
        let Some(rate) = cell.true_rate else { continue };
        known = true;
        *match (rate > tested.threshold(), cell.mailed) {
            (true, true) => &mut truth.right_mailed,
            (false, true) => &mut truth.wrong_mailed,
            (true, false) => &mut truth.wrong_left,
            (false, false) => &mut truth.right_left,
        } += 1;
    }
    known.then_some(truth)
}

/// What to know before trusting the test.
pub fn warnings(tested: &Tested, answers: &Answers) -> Vec<Warning> {
    let responses = answers.all().successes;
    let mut found = answers.warnings.clone();
    if responses < FEW_RESPONSES {
        found.push(Warning::FewResponses { responses });
    }
    if matches!(tested.fit.prior, Prior::Pooled { .. }) {
        found.push(Warning::NoSpread);
    }
    found
}
