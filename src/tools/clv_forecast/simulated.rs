//! Customers drawn from the model itself, so that estimates can be laid beside the truth.

use crate::core::clv::gamma_gamma::GammaGamma;
use crate::core::clv::kind::Kind;
use crate::core::clv::rows::History;
use crate::core::day::Day;
use crate::core::random::Random;
use crate::core::summary::{RepeatSummary, TimeUnit};

/// How many customers are drawn, over how many weeks, and what they spend in minor units.
pub const CUSTOMERS: u32 = 5_000;
pub const WEEKS: u32 = 104;
pub const SPEND: GammaGamma = GammaGamma { p: 6.0, q: 4.0, gamma: 15_000.0 };
const SEED: u64 = 20_260_701;

/// The parameters that the customers are drawn from, times in weeks (for BG/BB the parameters of a period).
pub fn truth(model: Kind) -> [f64; 4] {
    match model {
        Kind::BgNbd => [0.45, 6.0, 0.8, 2.5],
        Kind::MbgNbd => [0.6, 6.0, 0.8, 2.5],
        Kind::ParetoNbd => [0.55, 10.5, 0.6, 11.5],
        Kind::BgBb => [1.0, 3.0, 0.7, 12.0],
    }
}

/// The same, in another unit of time.
pub fn truth_in(model: Kind, unit: TimeUnit) -> [f64; 4] {
    let mut values = truth(model);
    let factor = TimeUnit::Week.days() / unit.days();
    let times: &[usize] = match model {
        Kind::BgNbd | Kind::MbgNbd => &[1],
        Kind::ParetoNbd => &[1, 3],
        Kind::BgBb => &[],
    };
    times.iter().for_each(|&at| values[at] *= factor);
    values
}

/// The drawn customers: first purchases fall evenly on the first half of the time. What comes after `cut` (a day from 0) is
/// held out.
pub fn draw(model: Kind, unit: TimeUnit, cut: Option<i32>, whole_periods: bool) -> RepeatSummary {
    let drawn = model.with(truth(model));
    let end = (WEEKS * 7) as i32;
    let cut = cut.unwrap_or(end).min(end);
    let mut summary = RepeatSummary { by_day: vec![0; end as usize + 1], ..RepeatSummary::default() };
    for id in 0..CUSTOMERS {
        let mut random = Random::stream(SEED, id.into());
        let first = 7 * random.below(WEEKS / 2) as i32;
        let weeks = f64::from(end - first) / 7.0;
        let times = drawn.draw(&mut random, weeks);
        // Days are not rounded: that would make two purchases of one day one.
        let days: Vec<f64> = times.iter().map(|week| f64::from(first) + week * 7.0).collect();
        if first > cut {
            continue;
        }
        days.iter().for_each(|&day| summary.by_day[(day as usize).min(end as usize)] += 1);
        let seen = days.iter().filter(|&&day| day <= f64::from(cut)).count();
        let time = |days: f64| days / unit.days();
        let last = days[..seen].last().map_or(0.0, |&day| time(day - f64::from(first)));
        let age = time(f64::from(cut - first));
        let history = match whole_periods {
            false => History { repeat_frequency: seen as u32, recency: last, age },
            true => {
                let mut periods: Vec<u32> =
                    days[..seen].iter().map(|&day| libm::ceil(time(day - f64::from(first))) as u32).collect();
                periods.retain(|&period| period >= 1 && f64::from(period) <= libm::floor(age));
                periods.dedup();
                History {
                    repeat_frequency: periods.len() as u32,
                    recency: periods.last().map_or(0.0, |&period| period.into()),
                    age: libm::floor(age),
                }
            }
        };
        summary.customer.push(id);
        summary.first_day.push(first);
        summary.histories.push(history);
        summary.held_out.push((days.len() - seen) as u32);
        let x = history.repeat_frequency;
        summary.mean_spend.push((x > 0).then(|| SPEND.draw(&mut random, x)));
    }
    summary.from = Some(Day(0));
    (summary.calibration_end, summary.end) = (Some(Day(cut)), Some(Day(end)));
    summary
}
