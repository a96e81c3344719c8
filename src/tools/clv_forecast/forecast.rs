//! The fitted models, and what they expect of each customer.

use super::answer::{CountBin, CustomerRow, Forecast, Grid, NoSpend, Origin, Spend, Total, Warning};
use super::base::Base;
use super::options::ForecastOptions;
use super::totals::total_errors;
use crate::core::clv::fit::Estimates;
use crate::core::clv::gamma_gamma::{self, GammaGamma};
use crate::core::clv::kind::FitReport;
use crate::core::clv::model::{ModelRefusal, Purchases, force_of_interest};
use crate::core::clv::rows::{History, Rows};
use crate::core::dataset::Dataset;
use crate::core::summary::TimeUnit;

/// What is expected of every customer, in the order of the base.
pub struct Scored {
    pub alive: Vec<f64>,
    pub purchases: Vec<f64>,
    /// At a purchase, in minor units; `None` without a model of spend.
    pub spend: Option<Vec<f64>>,
    /// Discounted, times the margin, in minor units.
    pub value: Option<Vec<f64>>,
}

pub struct Fitted {
    pub estimates: Estimates<4>,
    pub spend: Result<Estimates<3>, NoSpend>,
    pub correlation: Option<f64>,
    pub spenders: u64,
}

/// What decides over expectations beside the parameters.
#[derive(Clone, Copy)]
pub(super) struct Terms {
    pub horizon: f64,
    pub force: f64,
    pub margin: f64,
}

impl Terms {
    pub fn of(options: &ForecastOptions) -> Terms {
        Terms {
            horizon: options.horizon.into(),
            force: force_of_interest(options.discount / 100.0, options.unit.per_year()),
            margin: options.margin / 100.0,
        }
    }
}

/// Spend at a correlation from here on is warned of.
const SOMEWHAT_TIED: f64 = 0.2;

pub fn fit(
    base: &Base,
    options: &ForecastOptions,
    progress: &mut dyn FnMut(f64),
) -> Result<Fitted, ModelRefusal> {
    let estimates = options.model.fit(&base.rows, &mut |done| progress(0.7 * done))?;
    let spends = spends(base);
    let spend = match base.summary.mean_spend.iter().any(Option::is_some) {
        false => Err(NoSpend::NoMoney),
        true => gamma_gamma::fit(&spends, &mut |done| progress(0.7 + 0.3 * done)).map_err(NoSpend::Refused),
    };
    Ok(Fitted {
        estimates,
        spend,
        correlation: gamma_gamma::correlation(&spends),
        spenders: spends.len() as u64,
    })
}

fn spends(base: &Base) -> Vec<gamma_gamma::Spend> {
    let pairs = base.summary.histories.iter().zip(&base.summary.mean_spend);
    pairs.filter_map(|(history, &mean)| spend_of(history, mean)).collect()
}

pub(super) fn spend_of(history: &History, mean: Option<f64>) -> Option<gamma_gamma::Spend> {
    Some(gamma_gamma::Spend { purchases: history.repeat_frequency, mean: mean? })
}

/// What the model expects of each row, and of each pair of x and T if the customer is still one.
pub(super) struct OfRows {
    pub alive: Vec<f64>,
    pub pair_of_row: Vec<u32>,
    pub purchases: Vec<f64>,
    pub discounted: Vec<f64>,
}

pub(super) fn of_rows(rows: &Rows, model: &dyn Purchases, terms: Terms) -> OfRows {
    let pairs = rows.pairs(|row| row.age);
    let (mut purchases, mut discounted) = (Vec::new(), Vec::new());
    for &(x, age) in &pairs.pairs {
        let (x, age) = (rows.x[x as usize], rows.times[age as usize]);
        purchases.push(model.expected_if_alive(x, age, terms.horizon));
        discounted.push(model.discounted_if_alive(x, age, terms.horizon, terms.force));
    }
    let alive = rows.rows.iter().map(|row| model.p_alive(&rows.history(row))).collect();
    OfRows { alive, pair_of_row: pairs.of_row, purchases, discounted }
}

pub fn score(base: &Base, fitted: &Fitted, options: &ForecastOptions) -> Scored {
    let terms = Terms::of(options);
    let model = options.model.with(fitted.estimates.values);
    let found = of_rows(&base.rows, model.as_ref(), terms);
    let row = |position: usize| base.rows.row_of[position] as usize;
    let of_pair = |values: &[f64], position: usize| values[found.pair_of_row[row(position)] as usize];
    let alive: Vec<f64> = (0..base.len()).map(|position| found.alive[row(position)]).collect();
    let expected = |values: &[f64]| -> Vec<f64> {
        (0..base.len()).map(|position| alive[position] * of_pair(values, position)).collect()
    };
    let purchases = expected(&found.purchases);
    let spend = fitted.spend.as_ref().ok().map(|estimates| {
        let model = GammaGamma::new(estimates.values);
        (0..base.len()).map(|position| spend_expected(base, &model, position)).collect::<Vec<f64>>()
    });
    let value = spend.as_ref().map(|spend| {
        let discounted = expected(&found.discounted);
        discounted.iter().zip(spend).map(|(purchases, spend)| purchases * spend * terms.margin).collect()
    });
    Scored { alive, purchases, spend, value }
}

/// E[M | x, m̄]; the mean of all for a customer without spend.
pub(super) fn spend_expected(base: &Base, model: &GammaGamma, position: usize) -> f64 {
    let spend = spend_of(&base.summary.histories[position], base.summary.mean_spend[position]);
    spend.map_or_else(|| model.mean(), |spend| model.expected(&spend))
}

/// The answer without its explanation.
pub fn forecast(
    base: &Base,
    fitted: &Fitted,
    scored: &Scored,
    options: &ForecastOptions,
    dataset: &Dataset,
) -> Forecast {
    let summary = &base.summary;
    let model = options.model.with(fitted.estimates.values);
    let errors = total_errors(base, fitted, options, scored);
    let mut alive_bins = vec![0; 10];
    scored.alive.iter().for_each(|alive| alive_bins[((alive * 10.0) as usize).min(9)] += 1);
    let spend = match &fitted.spend {
        Ok(estimates) => Ok(Spend {
            fit: FitReport::new(["p", "q", "γ"], estimates),
            mean: GammaGamma::new(estimates.values).mean(),
            customers: fitted.spenders,
            correlation: fitted.correlation,
        }),
        Err(none) => Err(none.clone()),
    };
    let value =
        scored.value.as_ref().map(|value| Total { value: value.iter().sum(), standard_error: errors.value });
    Forecast {
        origin: base.origin,
        model: options.model,
        unit: options.unit,
        horizon: options.horizon,
        from: summary.from.filter(|_| base.origin == Origin::Transactions),
        end: summary.end.filter(|_| base.origin == Origin::Transactions),
        customers: base.len() as u64,
        repeat_customers: summary.histories.iter().filter(|history| history.repeat_frequency > 0).count()
            as u64,
        rows: summary.rows,
        fit: FitReport::new(options.model.symbols(), &fitted.estimates),
        spend,
        alive: scored.alive.iter().sum(),
        purchases: Total { value: scored.purchases.iter().sum(), standard_error: Some(errors.purchases) },
        value,
        counts: counts(&base.rows, model.as_ref()),
        alive_bins,
        grid: grid(&base.rows, model.as_ref(), options),
        example: example(base)
            .map(|position| customer_row(base, scored, options.unit, position, dataset, None)),
        warnings: warnings(base, fitted, options),
        explanation: Default::default(),
    }
}

/// The last bin of the counts holds all from here on.
const MOST_COUNTED: u32 = 7;

/// How many customers made x repeat purchases, and how many the model expects over their ages.
pub fn counts(rows: &Rows, model: &dyn Purchases) -> Vec<CountBin> {
    let mut bins: Vec<CountBin> =
        (0..=MOST_COUNTED).map(|x| CountBin { x, actual: 0.0, expected: 0.0 }).collect();
    for (&x, customers) in rows.x.iter().zip(rows.by_x()) {
        bins[x.min(MOST_COUNTED) as usize].actual += customers;
    }
    for (age, customers) in rows.by_age() {
        let mut rest = 1.0;
        for (bin, chance) in bins.iter_mut().zip(model.probabilities(age, MOST_COUNTED - 1)) {
            bin.expected += customers * chance;
            rest -= chance;
        }
        bins[MOST_COUNTED as usize].expected += customers * f64::max(rest, 0.0);
    }
    bins
}

/// Twelve steps of recency and of frequency, for customers of the greatest age.
fn grid(rows: &Rows, model: &dyn Purchases, options: &ForecastOptions) -> Grid {
    const STEPS: u32 = 10;
    let age = rows.by_age().last().map_or(0.0, |&(age, _)| age);
    let age = if options.model.is_discrete() { age } else { libm::floor(age).max(1.0) };
    // Nearly all customers have at most so many.
    let (mut left, all) = (0.0, rows.customers());
    let usual = rows.x.iter().zip(rows.by_x()).find(|(_, customers)| {
        left += customers;
        left >= 0.99 * all
    });
    let most = usual.map_or(STEPS, |(&x, _)| x).max(STEPS);
    let x: Vec<u32> = {
        let mut steps: Vec<u32> = (0..=STEPS).map(|step| (most * step).div_ceil(STEPS)).collect();
        steps.dedup();
        steps
    };
    let recency: Vec<f64> = {
        let mut steps: Vec<f64> =
            (0..=STEPS).rev().map(|step| libm::round(age * f64::from(step) / f64::from(STEPS))).collect();
        steps.dedup();
        steps
    };
    let history = |recency: f64, x: u32| {
        let history = History { repeat_frequency: x, recency, age };
        let fits = !options.model.is_discrete() || f64::from(x) <= recency || x == 0;
        (fits && history.is_possible()).then_some(history)
    };
    let cells = |value: &dyn Fn(&History) -> f64| -> Vec<Option<f64>> {
        let cells = recency.iter().flat_map(|&recency| x.iter().map(move |&x| (recency, x)));
        cells.map(|(recency, x)| history(recency, x).map(|history| value(&history))).collect()
    };
    Grid {
        age,
        alive: cells(&|history| model.p_alive(history)),
        purchases: cells(&|history| model.expected_after(history, options.horizon.into())),
        x,
        recency,
    }
}

/// The customer in the middle of those with repeat purchases, by frequency, then recency.
fn example(base: &Base) -> Option<usize> {
    let histories = &base.summary.histories;
    let mut repeat: Vec<usize> = (0..base.len()).filter(|&at| histories[at].repeat_frequency > 0).collect();
    let key = |at: usize| (histories[at].repeat_frequency, histories[at].recency, at);
    repeat.sort_by(|&a, &b| key(a).partial_cmp(&key(b)).unwrap_or(std::cmp::Ordering::Equal));
    repeat.get(repeat.len() / 2).copied()
}

pub fn customer_row(
    base: &Base,
    scored: &Scored,
    unit: TimeUnit,
    position: usize,
    dataset: &Dataset,
    frequency: Option<u32>,
) -> CustomerRow {
    let history = base.summary.histories[position];
    CustomerRow {
        id: base.id(dataset, position),
        repeat_frequency: history.repeat_frequency,
        recency: history.recency,
        age: history.age,
        days_since_last: (history.age - history.recency) * unit.days(),
        frequency,
        alive: scored.alive[position],
        purchases: scored.purchases[position],
        spend: scored.spend.as_ref().map(|spend| spend[position]),
        value: scored.value.as_ref().map(|value| value[position]),
    }
}

fn warnings(base: &Base, fitted: &Fitted, options: &ForecastOptions) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let (customers, first) = &base.impossible;
    if *customers > 0 {
        warnings.push(Warning::ImpossibleCustomers { customers: *customers, first: first.clone() });
    }
    let search = fitted.estimates.search;
    if search.agreeing < search.starts {
        warnings.push(Warning::StartsDisagree { starts: search.starts, agreeing: search.agreeing });
    }
    if fitted.spend.is_ok() {
        let customers = base.summary.without_spend();
        if customers > 0 {
            warnings.push(Warning::WithoutSpend { customers });
        }
        if let Some(correlation) = fitted.correlation.filter(|correlation| correlation.abs() >= SOMEWHAT_TIED)
        {
            warnings.push(Warning::SomewhatTied { correlation });
        }
    }
    let observed = base.rows.by_age().last().map_or(0.0, |&(age, _)| age);
    if f64::from(options.horizon) > observed {
        warnings.push(Warning::LongHorizon { observed });
    }
    warnings
}
