//! The winner's curse: on a thousand simulated campaigns with known rates, the projection is right on average and its
//! interval holds what really comes; the raw rates promise too much.

use crate::{near, session};
use quintile::core::grading::{GradingData, Label};
use quintile::core::random::Random;
use quintile::core::response::Economics;
use quintile::core::sample::{SEED, campaign::response_rates};
use quintile::core::stats::beta_binomial::fit;
use quintile::core::stats::proportion::Tally;
use quintile::core::workspace::SampleId;
use quintile::tools::campaign::cells::Cells;
use quintile::tools::campaign::options::{CampaignOptions, Rule};
use quintile::tools::campaign::projection::Projection;
use quintile::tools::campaign::responses::Answers;
use quintile::tools::campaign::test::Tested;
use quintile::tools::rfm::options::{Method, RfmOptions};

const RUNS: u64 = 1_000;
const TESTED: u64 = 320;
const LEFT: u64 = 6_080;

/// The mean true response rates of the course's 125 cells.
fn true_rates() -> Vec<f64> {
    let session = session(SampleId::Mailer, RfmOptions { method: Method::Nested, ..RfmOptions::default() });
    let GradingData::Classes { class, .. } = &session.dataset.gradings.get("rfm.cell").unwrap().data else {
        panic!("cells are classes")
    };
    let (mut sums, mut sizes) = (vec![0.0; 125], vec![0u32; 125]);
    for (class, rate) in class.iter().zip(response_rates(SampleId::Mailer, SEED)) {
        let cell = usize::from(class.unwrap());
        sums[cell] += rate;
        sizes[cell] += 1;
    }
    sums.iter().zip(sizes).map(|(sum, size)| sum / f64::from(size)).collect()
}

/// How many of `n` answer at this rate: the gaps between answers are geometric.
fn binomial(random: &mut Random, n: u64, rate: f64) -> u64 {
    let (mut at, mut count) = (0, 0);
    loop {
        at += u64::from(random.geometric(rate));
        if at > n {
            return count;
        }
        count += 1;
    }
}

/// What became of one campaign: the profit projected, promised by the raw rates, true on average, and what came.
struct Run {
    projected: f64,
    raw: f64,
    truth: f64,
    held: bool,
    held_responses: bool,
    cells_held: u64,
    cells: u64,
}

fn run(seed: u64, rates: &[f64], cells: &Cells, options: &CampaignOptions) -> Run {
    let mut random = Random::stream(20_260_630, seed);
    let economics = options.economics().unwrap();
    let count = |&rate: &f64| Some(Tally::new(binomial(&mut random, TESTED, rate), TESTED));
    let answers = Answers {
        tallies: rates.iter().map(count).collect(),
        revenue: None,
        control: None,
        responders: None,
        matching: None,
        warnings: Vec::new(),
    };
    let tested = Tested::judge(cells, &answers, options, economics, None).unwrap();
    let projection = Projection::of(&tested).unwrap();
    let chosen: Vec<usize> = (0..rates.len()).filter(|&cell| tested.mailed[cell]).collect();
    let projected = projection.project(chosen.iter().map(|&cell| (tested.tally(cell), LEFT)));
    let mut came = 0;
    let mut cells_held = 0;
    for &cell in &chosen {
        let responses = binomial(&mut random, LEFT, rates[cell]);
        let alone = projection.project(std::iter::once((tested.tally(cell), LEFT))).responses;
        cells_held += u64::from((alone.low..=alone.high).contains(&(responses as f64)));
        came += responses;
    }
    let earned = economics.expected(came as f64, projected.mailed as f64, 0.0);
    Run {
        projected: projected.profit.value,
        raw: chosen.iter().map(|&cell| projection.raw_profit(tested.tally(cell), LEFT)).sum(),
        truth: chosen.iter().map(|&cell| projection.profit_at(rates[cell], LEFT)).sum(),
        held: (projected.profit.low..=projected.profit.high).contains(&earned),
        held_responses: (projected.responses.low..=projected.responses.high).contains(&(came as f64)),
        cells_held,
        cells: chosen.len() as u64,
    }
}

fn cells() -> Cells {
    Cells {
        title: Label::code("cells"),
        labels: (0..125).map(|cell| Label::code(format!("{cell}"))).collect(),
        gone: 0,
        cell: Vec::new(),
        list: Vec::new(),
        starts: vec![0; 126],
    }
}

#[test]
fn of_a_thousand_campaigns_nine_in_ten_end_within_the_interval_and_only_raw_rates_promise_too_much() {
    let rates = true_rates();
    let cells = cells();
    for rule in [Rule::Point, Rule::Shrunken, Rule::Interval] {
        let options = CampaignOptions { rule, ..CampaignOptions::default() };
        let runs: Vec<Run> = (0..RUNS).map(|seed| run(seed, &rates, &cells, &options)).collect();
        let mean = |of: fn(&Run) -> f64| runs.iter().map(of).sum::<f64>() / RUNS as f64;
        let (projected, raw, truth) = (mean(|run| run.projected), mean(|run| run.raw), mean(|run| run.truth));
        let held = runs.iter().filter(|run| run.held).count();
        let held_responses = runs.iter().filter(|run| run.held_responses).count();
        let cells_held = mean(|run| run.cells_held as f64) / mean(|run| run.cells as f64);
        println!(
            "{rule:?}: projected {projected:.0}, raw {raw:.0}, true {truth:.0}, within {held}, cells {cells_held:.3}"
        );
        assert!(held >= 900, "{rule:?}: {held} of {RUNS} within the interval");
        assert_eq!(held, held_responses, "profit is responses in money");
        assert!(
            (0.9..=0.999).contains(&cells_held),
            "{rule:?}: {cells_held} of cells within their intervals"
        );
        assert!((projected / truth - 1.0).abs() < 0.05, "{rule:?}: projected {projected}, true {truth}");
        assert!(raw / truth > 1.1, "{rule:?}: raw {raw}, true {truth}");
    }
}

/// The help page tells the first two numbers.
#[test]
fn the_curse_is_worse_where_cells_differ_less() {
    let (rates, cells) = (true_rates(), cells());
    let options = CampaignOptions { rule: Rule::Point, ..CampaignOptions::default() };
    let mean_rate = rates.iter().sum::<f64>() / rates.len() as f64;
    let promised = [1.0, 0.5, 0.25].map(|spread| {
        let rates: Vec<f64> = rates.iter().map(|rate| mean_rate + spread * (rate - mean_rate)).collect();
        let runs: Vec<Run> = (0..RUNS).map(|seed| run(seed, &rates, &cells, &options)).collect();
        let sum = |of: fn(&Run) -> f64| runs.iter().map(of).sum::<f64>();
        let (projected, raw, truth) = (sum(|run| run.projected), sum(|run| run.raw), sum(|run| run.truth));
        assert!((projected / truth - 1.0).abs() < 0.1, "{spread}: projected {projected}, true {truth}");
        raw / truth
    });
    assert_eq!(promised.map(|times| format!("{times:.1}")), ["1.2", "1.8", "4.0"]);
}

#[test]
fn the_interval_of_a_profit_is_that_of_responses_and_of_what_would_have_been_bought_unasked() {
    let cells = [Tally::new(20, 400), Tally::new(4, 300), Tally::new(9, 500), Tally::new(30, 450)];
    let (fit, economics) = (fit(&cells).unwrap(), Economics::new(0.62, 35.0).unwrap());
    let mailing = || [(cells[0], 4_000), (cells[3], 5_000)].into_iter();
    let (z, n) = (1.959_963_984_540_054, 9_000.0);
    let estimate = fit.responses(mailing());
    let without = Projection::new(fit, economics, None, 0.95).unwrap().project(mailing());
    assert_eq!((without.mailed, without.responses.value), (9_000, estimate.mean));
    near(without.responses.high - estimate.mean, z * estimate.variance.sqrt());
    near(estimate.mean - without.responses.low, z * estimate.variance.sqrt());
    near(without.profit.value, estimate.mean * 35.0 - n * 0.62);
    near(without.profit.high - without.profit.value, 35.0 * z * estimate.variance.sqrt());
    // Five of five hundred left alone bought unasked: α = 5.5 and β = 495.5 with Jeffreys' prior.
    let beside = Projection::new(fit, economics, Some(Tally::new(5, 500)), 0.95).unwrap().project(mailing());
    let unknown = 5.5 * 495.5 / (501.0 * 501.0 * 502.0);
    near(beside.profit.value, (estimate.mean - 0.01 * n) * 35.0 - n * 0.62);
    let reach = 35.0 * z * (estimate.variance + n * n * unknown).sqrt();
    near(beside.profit.high - beside.profit.value, reach);
    near(beside.profit.value - beside.profit.low, reach);
}
