//! Whether the 95 % intervals hold the truth in about 95 of 100 samples: of the parameters, and of what the whole base is
//! expected to bring and then brings. The customers are drawn from known parameters and forecast as the page forecasts them.

use quintile::core::clv::fit::Estimates;
use quintile::core::clv::kind::Kind;
use quintile::core::clv::model::force_of_interest;
use quintile::core::clv::rows::{History, Rows};
use quintile::core::clv::sbg::{self, Sbg};
use quintile::core::dataset::Dataset;
use quintile::core::random::Random;
use quintile::core::summary::RepeatSummary;
use quintile::tools::clv_forecast::answer::{Origin, Total};
use quintile::tools::clv_forecast::base::Base;
use quintile::tools::clv_forecast::forecast::{Fitted, fit, forecast, score};
use quintile::tools::clv_forecast::options::ForecastOptions;

/// What customers are drawn from, and for how long they are watched: ages are whole weeks, from a half of `weeks` up.
struct World {
    model: Kind,
    truth: [f64; 4],
    spend: [f64; 3],
    customers: u32,
    weeks: u32,
}

/// A sample, and what its customers bring after the end of observation.
struct Sample {
    base: Base,
    purchases: f64,
    value: f64,
}

impl World {
    fn options(&self) -> ForecastOptions {
        ForecastOptions { model: self.model, horizon: 26, discount: 15.0, margin: 40.0, ..Default::default() }
    }

    fn sample(&self, seed: u64) -> Sample {
        let (options, model) = (self.options(), self.model.with(self.truth));
        let (horizon, [p, q, gamma]) = (f64::from(options.horizon), self.spend);
        let force = force_of_interest(options.discount / 100.0, options.unit.per_year());
        let (mut summary, mut purchases, mut value) = (RepeatSummary::default(), 0.0, 0.0);
        for id in 0..self.customers {
            let mut random = Random::stream(seed, id.into());
            let age = f64::from(self.weeks - random.below(self.weeks / 2));
            let times = model.draw(&mut random, age + horizon);
            let (seen, later) = times.split_at(times.partition_point(|&time| time <= age));
            // The mean of each single purchase of this customer is p/ν.
            let rate = random.gamma(q, gamma);
            purchases += later.len() as f64;
            for time in later {
                let spent = random.gamma(p, rate);
                value += spent * (-force * (time - age)).exp() * options.margin / 100.0;
            }
            let x = seen.len() as f64;
            summary.customer.push(id);
            summary.mean_spend.push((x > 0.0).then(|| random.gamma(p * x, rate * x)));
            summary.histories.push(History {
                repeat_frequency: seen.len() as u32,
                recency: seen.last().copied().unwrap_or(0.0),
                age,
            });
        }
        let rows = Rows::new(&summary.histories);
        Sample {
            base: Base { origin: Origin::Simulated, summary, rows, impossible: Default::default() },
            purchases,
            value,
        }
    }
}

/// How often intervals held what they should.
#[derive(Debug, Default)]
struct Coverage {
    samples: u32,
    refused: u32,
    parameters: [u32; 4],
    spend: [u32; 3],
    /// What the true model expects of these customers, and what they brought.
    expected_purchases: u32,
    expected_value: u32,
    purchases: u32,
    value: u32,
}

fn holds(total: &Total, truth: f64) -> u32 {
    let interval = total.interval().unwrap();
    u32::from(interval.low <= truth && truth <= interval.high)
}

fn held<const N: usize>(hits: &mut [u32; N], estimates: &Estimates<N>, truth: [f64; N]) {
    for (i, hits) in hits.iter_mut().enumerate() {
        let interval = estimates.interval(i, 0.95).unwrap();
        *hits += u32::from(interval.low <= truth[i] && truth[i] <= interval.high);
    }
}

fn cover(world: &World, samples: u64) -> Coverage {
    let (options, dataset) = (world.options(), Dataset::default());
    let mut found = Coverage::default();
    for seed in 0..samples {
        let Sample { base, purchases, value } = world.sample(seed);
        found.samples += 1;
        let Ok(fitted) = fit(&base, &options, &mut |_| ()) else {
            found.refused += 1;
            continue;
        };
        let Ok(spend) = &fitted.spend else {
            found.refused += 1;
            continue;
        };
        held(&mut found.parameters, &fitted.estimates, world.truth);
        held(&mut found.spend, spend, world.spend);
        let scored = score(&base, &fitted, &options);
        let told = forecast(&base, &fitted, &scored, &options, &dataset);
        let truth = Fitted {
            estimates: Estimates { values: world.truth, ..fitted.estimates.clone() },
            spend: Ok(Estimates { values: world.spend, ..spend.clone() }),
            correlation: None,
            spenders: fitted.spenders,
        };
        let known = score(&base, &truth, &options);
        let told_value = told.value.unwrap();
        found.expected_purchases += holds(&told.purchases, known.purchases.iter().sum());
        found.expected_value += holds(&told_value, known.value.unwrap().iter().sum());
        found.purchases += holds(&told.purchases, purchases);
        found.value += holds(&told_value, value);
    }
    found
}

fn worlds(customers: &[u32]) -> Vec<World> {
    let spends = [[6.25, 3.75, 1_540.0], [2.0, 6.0, 20_000.0]];
    let grid: [(Kind, &[[f64; 4]]); 4] = [
        (Kind::BgNbd, &[[0.25, 4.5, 0.8, 2.5], [1.0, 10.0, 0.5, 3.0], [2.0, 8.0, 2.0, 6.0]]),
        (Kind::MbgNbd, &[[0.6, 6.0, 0.8, 2.5], [1.0, 10.0, 0.5, 3.0]]),
        (Kind::ParetoNbd, &[[0.55, 10.5, 0.6, 11.5], [1.2, 20.0, 0.8, 6.0], [1.0, 5.0, 1.0, 30.0]]),
        (Kind::BgBb, &[[1.2, 0.75, 0.66, 2.8], [0.8, 6.0, 1.0, 20.0]]),
    ];
    let mut worlds = Vec::new();
    for (model, truths) in grid {
        for (at, &truth) in truths.iter().enumerate() {
            for &customers in customers {
                worlds.push(World { model, truth, spend: spends[at % 2], customers, weeks: 78 });
            }
        }
    }
    worlds
}

/// Of `samples` intervals of 95 %, hardly ever (one in a million) fewer than this hold the truth; `least` is what 95 % may fall to
/// where the samples are small.
fn enough(samples: u32, least: f64) -> f64 {
    let n = f64::from(samples);
    n * least - 4.75 * (n * least * (1.0 - least)).sqrt()
}

fn check(world: &World, samples: u64, least: f64) {
    let found = cover(world, samples);
    println!("{:?} {:?} {} {found:?}", world.model, world.truth, world.customers);
    let fitted = found.samples - found.refused;
    let floor = enough(fitted, least);
    // The totals' intervals are for what the customers bring; what is expected of them varies less.
    let totals = [found.expected_purchases, found.expected_value, found.purchases, found.value];
    for hits in found.parameters.iter().chain(&found.spend).chain(&totals) {
        assert!(
            f64::from(*hits) >= floor,
            "{hits} of {fitted} {:?} {:?}: {found:?}",
            world.model,
            world.truth
        );
    }
    // A small base may be too alike to carry a model.
    assert!(found.refused * 5 <= found.samples, "{found:?}");
}

#[test]
#[ignore = "fits thousands of samples: cargo xtask soak"]
fn intervals_hold_the_truth_as_often_as_they_say() {
    for world in worlds(&[500, 2_000]) {
        check(&world, 300, 0.93);
    }
}

/// A few small samples of each model, taken together; with the chance of purchases left out they would hold 14 of 24 totals.
#[test]
fn intervals_of_totals_hold_what_small_bases_bring() {
    let (mut fitted, mut purchases, mut value) = (0, 0, 0);
    for world in worlds(&[300]).into_iter().step_by(3) {
        let found = cover(&world, 6);
        fitted += found.samples - found.refused;
        purchases += found.purchases;
        value += found.value;
    }
    assert!(fitted >= 20, "{fitted}");
    for hits in [purchases, value] {
        assert!(f64::from(hits) >= enough(fitted, 0.93), "{purchases} and {value} of {fitted}");
    }
}

/// A cohort of customers under contract, year by year; how often the intervals of α and β hold the truth.
fn contracts(truth: Sbg, customers: u32, samples: u64) {
    const YEARS: usize = 8;
    let (mut held_by, mut fitted) = ([0; 2], 0);
    for seed in 0..samples {
        let mut survivors = vec![f64::from(customers); YEARS + 1];
        for id in 0..customers {
            let mut random = Random::stream(seed, id.into());
            let leaves = random.beta(truth.alpha, truth.beta);
            let renewals = random.geometric(leaves) as usize;
            survivors.iter_mut().skip(renewals).for_each(|left| *left -= 1.0);
        }
        if let Ok(found) = sbg::fit(&survivors) {
            held(&mut held_by, &found.estimates, [truth.alpha, truth.beta]);
            fitted += 1;
        }
    }
    println!("sBG {truth:?} {customers}: {held_by:?} of {fitted} of {samples}");
    assert!(u64::from(fitted) * 20 >= samples * 19, "{fitted}");
    assert!(held_by.iter().all(|&hits| f64::from(hits) >= enough(fitted, 0.93)), "{held_by:?} of {fitted}");
}

#[test]
fn intervals_of_contracts_hold_the_truth() {
    for (alpha, beta) in [(0.7, 1.2), (0.67, 3.8), (3.8, 15.2)] {
        contracts(Sbg { alpha, beta }, 2_000, 60);
    }
}

#[test]
#[ignore = "thousands of samples: cargo xtask soak"]
fn intervals_of_many_contracts_hold_the_truth() {
    for (alpha, beta) in [(0.7, 1.2), (0.67, 3.8), (3.8, 15.2), (0.07, 0.27)] {
        for customers in [2_000, 10_000] {
            contracts(Sbg { alpha, beta }, customers, 500);
        }
    }
}
