//! All models on the first part of the time, against what came after it.

use super::answer::{
    ByFrequency, Calibration, Check, ModelCheck, ModelScore, Origin, Refusal, Rule, Tracked,
};
use super::base::Base;
use super::options::{Customers, ForecastOptions};
use super::simulated;
use crate::core::clv::kind::{FitReport, Kind};
use crate::core::clv::model::Purchases;
use crate::core::clv::rows::Rows;
use crate::core::dataset::Dataset;
use crate::core::day::Day;
use crate::core::money::Currency;
use crate::core::rules::PurchaseRules;
use crate::core::summary::{RepeatFrame, SummaryError, repeat_summary};
use std::collections::BTreeMap;

/// The share of the time that the models see where no day is chosen.
const SEEN: f64 = 0.6;
/// A shorter time is not divided.
const SHORTEST_DAYS: i32 = 28;
/// By frequency, the last bin holds all from here on.
const MOST_X: u32 = 7;

pub fn check(
    dataset: &Dataset,
    rules: &PurchaseRules,
    currency: &Currency,
    options: &ForecastOptions,
    progress: &mut dyn FnMut(f64),
) -> Result<Check, Refusal> {
    let (from, end) = whole_time(dataset, rules, options)?;
    if end.0 - from.0 < SHORTEST_DAYS {
        return Err(Refusal::TooShort { days: end.0 - from.0 });
    }
    let cut = options.calibration_end.unwrap_or(Day(from.0 + (f64::from(end.0 - from.0) * SEEN) as i32));
    if cut >= end || cut <= from {
        let error = SummaryError::WindowBackwards { from: cut.max(from), to: end };
        return Err(Refusal::Summary { error });
    }
    let base_of = |model: Kind| {
        let options = ForecastOptions { model, ..options.clone() }.tidy();
        Base::new(dataset, rules, currency, &options, Some(cut))
    };
    // The continuous models share one base.
    let days = base_of(if options.model.is_discrete() { Kind::BgNbd } else { options.model })?;
    let periods = base_of(Kind::BgBb)?;
    let ahead = |base: &Base, model: Kind| {
        let units = f64::from(end.0 - cut.0) / options.unit.days();
        if model.is_discrete() && base.origin != Origin::Simulated { libm::ceil(units) } else { units }
    };
    let mut fitted: BTreeMap<&str, Box<dyn Purchases>> = BTreeMap::new();
    let mut models = Vec::new();
    for (done, model) in Kind::ALL.into_iter().enumerate() {
        let base = if model.is_discrete() { &periods } else { &days };
        let at = |part: f64| (done as f64 + part) / Kind::ALL.len() as f64;
        let outcome = model.fit(&base.rows, &mut |part| progress(at(part))).map(|estimates| {
            let purchases = model.with(estimates.values);
            let fit = FitReport::new(model.symbols(), &estimates);
            let score = score(base, purchases.as_ref(), ahead(base, model), fit);
            fitted.insert(model.name(), purchases);
            score
        });
        models.push(ModelCheck { model, outcome });
    }
    let chosen = fitted.get(options.model.name());
    let base = if options.model.is_discrete() { &periods } else { &days };
    let units = ahead(base, options.model);
    Ok(Check {
        model: options.model,
        unit: options.unit,
        from,
        calibration_end: cut,
        end,
        customers: days.len() as u64,
        best: best(&models),
        models,
        rule: rule(&days, options.rule_months, cut),
        bought_again: share(days.summary.held_out.iter().map(|&count| count > 0)),
        tracked: chosen.map_or(Vec::new(), |model| tracked(base, model.as_ref(), options, from, end)),
        by_frequency: chosen.map_or(Vec::new(), |model| by_frequency(base, model.as_ref(), units)),
        calibration: chosen.map_or(Vec::new(), |model| calibration(base, model.as_ref(), units)),
    })
}

/// The first and the last day of the purchases.
fn whole_time(
    dataset: &Dataset,
    rules: &PurchaseRules,
    options: &ForecastOptions,
) -> Result<(Day, Day), Refusal> {
    if options.from == Customers::Simulated {
        return Ok((Day(0), Day((simulated::WEEKS * 7) as i32)));
    }
    let frame = RepeatFrame { unit: options.unit, end: options.end, ..RepeatFrame::default() };
    match repeat_summary(dataset, rules, &frame) {
        Ok(summary) => Ok((summary.from.unwrap_or(Day(0)), summary.end.unwrap_or(Day(0)))),
        Err(SummaryError::NoTable) => Err(Refusal::NothingHeldOut),
        Err(error) => Err(Refusal::Summary { error }),
    }
}

fn share(flags: impl Iterator<Item = bool>) -> f64 {
    let (hits, all) = flags.fold((0u64, 0u64), |(hits, all), flag| (hits + u64::from(flag), all + 1));
    if all > 0 { hits as f64 / all as f64 } else { 0.0 }
}

/// What a model expects of each row over a time.
fn expected(rows: &Rows, value: impl Fn(u32, f64) -> f64, model: &dyn Purchases) -> Vec<f64> {
    let pairs = rows.pairs(|row| row.age);
    let of_pair: Vec<f64> =
        pairs.pairs.iter().map(|&(x, age)| value(rows.x[x as usize], rows.times[age as usize])).collect();
    let of_row = |(at, row)| model.p_alive(&rows.history(row)) * of_pair[pairs.of_row[at] as usize];
    rows.rows.iter().enumerate().map(of_row).collect()
}

fn score(base: &Base, model: &dyn Purchases, units: f64, fit: FitReport) -> ModelScore {
    let purchases = expected(&base.rows, |x, age| model.expected_if_alive(x, age, units), model);
    let buys = expected(&base.rows, |x, age| model.buys_if_alive(x, age, units), model);
    let customers = base.len().max(1) as f64;
    let (mut sum, mut actual, mut error) = (0.0, 0.0, 0.0);
    for (&row, &held_out) in base.rows.row_of.iter().zip(&base.summary.held_out) {
        let (found, came) = (purchases[row as usize], f64::from(held_out));
        sum += found;
        actual += came;
        error += (found - came).abs();
    }
    let said = base.rows.row_of.iter().map(|&row| buys[row as usize] > 0.5);
    let right = said.zip(&base.summary.held_out).map(|(said, &held_out)| said == (held_out > 0));
    ModelScore {
        aic: fit.aic(),
        bic: fit.bic(customers),
        fit,
        expected: sum,
        actual,
        mean_error: error / customers,
        hit_rate: share(right),
    }
}

/// The continuous model with the least mean error; BG/BB counts something else and stands apart.
fn best(models: &[ModelCheck]) -> Option<Kind> {
    let scores = models.iter().filter(|check| !check.model.is_discrete());
    let scored = scores.filter_map(|check| Some((check.model, check.outcome.as_ref().ok()?.mean_error)));
    scored.min_by(|a, b| a.1.total_cmp(&b.1)).map(|(model, _)| model)
}

/// Active is who has bought in the last months before the end of calibration.
fn rule(base: &Base, months: u32, cut: Day) -> Rule {
    let since = cut.add_months(-(months as i32));
    let days = f64::from(cut.0 - since.0);
    let unit = unit_days(base, cut);
    let active: Vec<bool> =
        base.summary.histories.iter().map(|history| (history.age - history.recency) * unit < days).collect();
    let right =
        active.iter().zip(&base.summary.held_out).map(|(&active, &held_out)| active == (held_out > 0));
    Rule { months, active: active.iter().filter(|&&active| active).count() as u64, hit_rate: share(right) }
}

/// Days in the unit of the histories: T is known both ways.
fn unit_days(base: &Base, cut: Day) -> f64 {
    let pairs = base.summary.first_day.iter().zip(&base.summary.histories);
    let oldest = pairs.max_by(|a, b| a.1.age.total_cmp(&b.1.age));
    oldest
        .filter(|(_, history)| history.age > 0.0)
        .map_or(1.0, |(&first, history)| f64::from(cut.0 - first) / history.age)
}

/// Repeat purchases by period, and what the model expects of all customers from their first purchases on.
fn tracked(
    base: &Base,
    model: &dyn Purchases,
    options: &ForecastOptions,
    from: Day,
    end: Day,
) -> Vec<Tracked> {
    let step = match options.unit {
        crate::core::summary::TimeUnit::Day => 7.0,
        unit => unit.days(),
    };
    let unit = options.unit.days();
    let mut births: BTreeMap<i32, f64> = BTreeMap::new();
    base.summary.first_day.iter().for_each(|&day| *births.entry(day).or_default() += 1.0);
    let periods = libm::floor(f64::from(end.0 - from.0) / step) as usize;
    // E[X] is asked for whole days only, again and again.
    let mut known: BTreeMap<i32, f64> = BTreeMap::new();
    let mut before = 0.0;
    let mut found = Vec::with_capacity(periods);
    for period in 1..=periods {
        let last = libm::floor(period as f64 * step) as i32;
        let first = libm::floor((period - 1) as f64 * step) as i32;
        let days = first as usize + 1..=last as usize;
        let actual: u32 = base.summary.by_day.get(days).unwrap_or_default().iter().sum();
        let mut cumulated = 0.0;
        for (&birth, &customers) in births.iter() {
            let age = from.0 + last - birth;
            if age > 0 {
                let expected = *known.entry(age).or_insert_with(|| model.expected(f64::from(age) / unit));
                cumulated += customers * expected;
            }
        }
        found.push(Tracked {
            at: f64::from(last) / unit,
            actual: actual.into(),
            expected: cumulated - before,
        });
        before = cumulated;
    }
    found
}

fn by_frequency(base: &Base, model: &dyn Purchases, units: f64) -> Vec<ByFrequency> {
    let purchases = expected(&base.rows, |x, age| model.expected_if_alive(x, age, units), model);
    let mut bins: Vec<ByFrequency> = (0..=MOST_X)
        .map(|x| ByFrequency { x, and_more: x == MOST_X, customers: 0, expected: 0.0, actual: 0.0 })
        .collect();
    for ((&row, &held_out), history) in
        base.rows.row_of.iter().zip(&base.summary.held_out).zip(&base.summary.histories)
    {
        let bin = &mut bins[history.repeat_frequency.min(MOST_X) as usize];
        bin.customers += 1;
        bin.expected += purchases[row as usize];
        bin.actual += f64::from(held_out);
    }
    bins.retain(|bin| bin.customers > 0);
    for bin in &mut bins {
        bin.expected /= bin.customers as f64;
        bin.actual /= bin.customers as f64;
    }
    bins
}

/// Ten groups of about as many customers, by the probability of buying in the time held out.
fn calibration(base: &Base, model: &dyn Purchases, units: f64) -> Vec<Calibration> {
    let buys = expected(&base.rows, |x, age| model.buys_if_alive(x, age, units), model);
    let mut customers: Vec<(f64, bool)> = base
        .rows
        .row_of
        .iter()
        .zip(&base.summary.held_out)
        .map(|(&row, &held_out)| (buys[row as usize], held_out > 0))
        .collect();
    customers.sort_by(|a, b| a.0.total_cmp(&b.0));
    let size = customers.len().div_ceil(10).max(1);
    let group = |group: &[(f64, bool)]| Calibration {
        customers: group.len() as u64,
        expected: group.iter().map(|customer| customer.0).sum::<f64>() / group.len() as f64,
        actual: share(group.iter().map(|customer| customer.1)),
    };
    customers.chunks(size).map(group).collect()
}
