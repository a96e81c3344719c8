//! The pyramid: what each tier amounts to, and how much hangs on how few.

use super::answer::{Concentration, Losing, Pyramid, Refusal, TierRow, TierSums, Warning};
use super::base::{Base, Measured};
use super::options::{PyramidOptions, Tiers};
use super::presets::{
    inactive_label, inactive_suggestion, not_graded_label, prospects_label, prospects_suggestion, suggestion,
};
use super::published::class_columns;
use super::tiering::{Tiered, tier};
use crate::core::concentration::Concentration as Held;
use crate::core::dataset::Dataset;
use crate::core::grading::Label;
use crate::tools::published::measures;

/// The tiers as shares of which a concentration is told.
pub const TOP: [f64; 5] = [0.01, 0.05, 0.1, 0.2, 0.5];
/// Steps of a curve: every per cent.
const CURVE_STEPS: usize = 100;

/// Divides the active customers and sums up every tier. The strategies are the suggestions; the explanation is empty.
pub fn pyramid(
    base: &Base,
    dataset: &Dataset,
    options: &PyramidOptions,
) -> Result<(Tiered, Pyramid), Refusal> {
    let summary = &base.summary;
    if base.active.is_empty() {
        return Err(Refusal::NobodyActive { window: summary.window, rows: summary.rows });
    }
    let tiered = tier(base, dataset, options)?;
    let measured = &tiered.measured;
    let mut sums = vec![base.nobody(); tiered.names.len()];
    let mut found: Vec<Option<(i64, i64)>> = vec![None; tiered.names.len()];
    for (at, &position) in measured.graded.iter().enumerate() {
        let (tier, steps) = (usize::from(tiered.tier[at]), measured.steps[at]);
        base.add(&mut sums[tier], position);
        sums[tier].measure += measured.value(steps);
        found[tier] =
            Some(found[tier].map_or((steps, steps), |(low, high)| (low.min(steps), high.max(steps))));
    }
    let ungraded = base.sum(&measured.not_graded);
    let all = sums.iter().chain([&ungraded]).fold(base.nobody(), |all, part| all.plus(part));
    let held = Held::new(&measured.steps);
    let total = held.total();
    let known =
        all.customers + base.inactive.len() as u64 + base.prospects.as_ref().map_or(0, |p| p.len() as u64);
    let outside = |label: Label, sums: TierSums, strategy: Label| TierRow {
        label,
        sums,
        share_of_customers: share(sums.customers as f64, known as f64).unwrap_or(0.0),
        share_of_revenue: None,
        share_of_margin: None,
        share_of_measure: None,
        found: None,
        strategy,
    };
    let rows: Vec<TierRow> = sums
        .iter()
        .enumerate()
        .map(|(tier, sums)| TierRow {
            label: tiered.names[tier].clone(),
            sums: *sums,
            share_of_customers: share(sums.customers as f64, all.customers as f64).unwrap_or(0.0),
            share_of_revenue: share(sums.revenue as f64, all.revenue as f64),
            share_of_margin: sums
                .margin
                .zip(all.margin)
                .and_then(|(part, all)| share(part as f64, all as f64)),
            share_of_measure: share(sums.measure, measured.step * total as f64),
            found: found[tier].map(|(low, high)| (measured.value(low), measured.value(high))),
            strategy: suggestion(&options.tiers, tier, tiered.names.len()),
        })
        .collect();
    let not_graded = (ungraded.customers > 0).then(|| TierRow {
        share_of_customers: share(ungraded.customers as f64, all.customers as f64).unwrap_or(0.0),
        share_of_revenue: share(ungraded.revenue as f64, all.revenue as f64),
        share_of_margin: ungraded
            .margin
            .zip(all.margin)
            .and_then(|(part, all)| share(part as f64, all as f64)),
        ..outside(not_graded_label(), ungraded, Label::code(""))
    });
    let whale = base.margins.as_ref().and_then(|_| {
        let margins: Vec<i64> = base.active.iter().filter_map(|&position| base.margin(position)).collect();
        concentration(&Held::new(&margins))
    });
    let pyramid = Pyramid {
        analysis_date: summary.analysis_date,
        window: summary.window,
        rows: summary.rows,
        measure_title: measured.title.clone(),
        unit: measured.unit,
        has_margin: base.margins.is_some(),
        warnings: warnings(base, options, &tiered, &rows, total),
        tiers: rows,
        inactive: outside(inactive_label(), base.sum(&base.inactive), inactive_suggestion()),
        prospects: base.prospects.as_ref().map(|codes| {
            let sums = TierSums { customers: codes.len() as u64, ..TierSums::default() };
            outside(prospects_label(), sums, prospects_suggestion())
        }),
        not_graded,
        all,
        concentration: concentration(&held),
        whale,
        measures: measures(&dataset.gradings, super::TOOL.id),
        class_columns: class_columns(dataset),
        explanation: Default::default(),
    };
    Ok((tiered, pyramid))
}

impl Base {
    fn nobody(&self) -> TierSums {
        TierSums { margin: self.margins.as_ref().map(|_| 0), ..TierSums::default() }
    }

    /// Adds a customer's figures but the measure. Nothing overflows: the sums over all customers were checked, and a
    /// part of them that does is held at the end.
    fn add(&self, sums: &mut TierSums, position: u32) {
        let at = position as usize;
        sums.customers += 1;
        sums.orders += u64::from(self.summary.frequency[at]);
        sums.revenue = sums.revenue.saturating_add(self.summary.monetary[at]);
        sums.margin = sums.margin.zip(self.margin(position)).map(|(sum, margin)| sum.saturating_add(margin));
        sums.days_since_last += u64::from(self.summary.days_since_last[at]);
    }

    fn sum(&self, positions: &[u32]) -> TierSums {
        let mut sums = self.nobody();
        positions.iter().for_each(|&position| self.add(&mut sums, position));
        sums
    }
}

impl TierSums {
    fn plus(&self, part: &TierSums) -> TierSums {
        TierSums {
            customers: self.customers + part.customers,
            orders: self.orders + part.orders,
            revenue: self.revenue.saturating_add(part.revenue),
            margin: self.margin.zip(part.margin).map(|(a, b)| a.saturating_add(b)),
            measure: self.measure + part.measure,
            days_since_last: self.days_since_last + part.days_since_last,
        }
    }
}

/// `None` where the total is not positive.
fn share(part: f64, total: f64) -> Option<f64> {
    (total > 0.0).then(|| part / total)
}

/// `None` where the total is not positive.
fn concentration(held: &Held) -> Option<Concentration> {
    let losing = held.losing().filter(|losing| losing.customers > 0).and_then(|losing| {
        Some(Losing {
            customers: losing.customers as u64,
            share_of_customers: losing.share_of_customers,
            share_of_total: losing.share_of_total?,
        })
    });
    Some(Concentration {
        curve: held.curve(CURVE_STEPS)?,
        top: TOP.iter().filter_map(|&top| Some((top, held.share_of_top(top)?))).collect(),
        gini: held.gini(),
        peak: held.peak()?,
        losing,
    })
}

fn warnings(
    base: &Base,
    options: &PyramidOptions,
    tiered: &Tiered,
    rows: &[TierRow],
    total: i128,
) -> Vec<Warning> {
    let mut found = Vec::new();
    let measured: &Measured = &tiered.measured;
    let (n, tiers) = (measured.graded.len(), rows.len());
    let all_equal = n > 1 && measured.steps.windows(2).all(|pair| pair[0] == pair[1]);
    let by_rank = !matches!(options.tiers, Tiers::Classes { .. } | Tiers::Values { .. });
    if n < tiers && by_rank {
        found.push(Warning::FewCustomers { customers: n as u64, tiers: tiers as u64 });
    } else if !matches!(options.tiers, Tiers::Classes { .. }) {
        let empty = rows.iter().filter(|row| row.sums.customers == 0);
        found.extend(empty.map(|row| Warning::EmptyTier { tier: row.label.clone() }));
    }
    if all_equal && by_rank {
        found.push(Warning::AllEqual);
    } else {
        found.extend(tiered.ties.iter().map(|tie| Warning::TiesCut {
            tier: tiered.names[tie.tier].clone(),
            customers: tie.customers as u64,
            value: measured.value(tie.steps),
        }));
    }
    if total <= 0 {
        found.push(Warning::TotalNotPositive);
    }
    if let Some(margins) = &base.margins {
        let (without, refunds) = (margins.rows_without_cost, margins.refunds_with_cost);
        found.extend((without > 0).then_some(Warning::RowsWithoutCost { rows: without }));
        found.extend((refunds > 0).then_some(Warning::RefundsWithCost { rows: refunds }));
    }
    let rows_used = &base.summary.rows;
    if rows_used.customers_without_purchase > 0 {
        found.push(Warning::OnlyRefunds {
            customers: rows_used.customers_without_purchase,
            money: rows_used.money_without_purchase,
        });
    }
    if base.summary.window_not_applicable {
        found.push(Warning::WindowNotApplicable);
    }
    let without = measured.not_graded.len() as u64;
    found.extend((without > 0).then_some(Warning::WithoutValue { customers: without }));
    found
}
