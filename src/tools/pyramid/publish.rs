//! The per-customer columns that the pyramid publishes for other tools.

use super::answer::Unit;
use super::base::Base;
use super::options::{Measure, PyramidOptions, Tiers};
use super::presets::{inactive_label, not_graded_label, prospects_label};
use super::tiering::Tiered;
use crate::core::dataset::Dataset;
use crate::core::grading::{Grading, GradingData, Label};

pub mod name {
    /// The tier, or inactive, prospect or not graded.
    pub const TIER: &str = "pyramid.tier";
    /// The measure that the tiers are made by, of the active customers.
    pub const MEASURE: &str = "pyramid.measure";
}

/// The stable text form of the inputs, by which a reader tells whether the columns are stale: the options, and what
/// the columns of other tools that they name were made with.
pub fn made_with(dataset: &Dataset, options: &PyramidOptions) -> String {
    let mut text = serde_json::to_string(&options.without_strategies()).expect("options are JSON");
    let measure = if let Measure::Published(name) = &options.measure { Some(name) } else { None };
    let classes = if let Tiers::Classes { column } = &options.tiers { Some(column) } else { None };
    for used in [measure, classes].into_iter().flatten().filter_map(|name| dataset.gradings.get(name)) {
        text.push('|');
        text.push_str(&used.made_with);
    }
    text
}

/// The class of every customer, and the classes: the tiers, then who is in none. `None` for customers without a
/// purchase who are not in a customer table.
pub fn classes(dataset: &Dataset, base: &Base, tiered: &Tiered) -> (Vec<Option<u16>>, Vec<Label>) {
    let mut labels = tiered.names.clone();
    let mut class = vec![None; dataset.customers.len()];
    let measured = &tiered.measured;
    for (&position, &tier) in measured.graded.iter().zip(&tiered.tier) {
        class[base.code(position) as usize] = Some(tier);
    }
    let mut outside = |label: Label, codes: &mut dyn Iterator<Item = u32>| {
        let number = labels.len() as u16;
        labels.push(label);
        codes.for_each(|code| class[code as usize] = Some(number));
    };
    if !measured.not_graded.is_empty() {
        outside(not_graded_label(), &mut measured.not_graded.iter().map(|&position| base.code(position)));
    }
    outside(inactive_label(), &mut base.inactive.iter().map(|&position| base.code(position)));
    if let Some(prospects) = &base.prospects {
        outside(prospects_label(), &mut prospects.iter().copied());
    }
    (class, labels)
}

pub(super) fn publish(dataset: &mut Dataset, base: &Base, tiered: &Tiered, options: &PyramidOptions) {
    let made_with = made_with(dataset, options);
    let (class, labels) = classes(dataset, base, tiered);
    let measured = &tiered.measured;
    let codes = || measured.graded.iter().map(|&position| base.code(position) as usize).zip(&measured.steps);
    let customers = dataset.customers.len();
    let measure = match measured.unit {
        Unit::Money => {
            let mut money = vec![None; customers];
            codes().for_each(|(code, &steps)| money[code] = Some(steps));
            GradingData::Money(money)
        }
        Unit::Orders | Unit::Number => {
            let mut numbers = vec![None; customers];
            codes().for_each(|(code, &steps)| numbers[code] = Some(measured.value(steps)));
            GradingData::Numbers(numbers)
        }
    };
    let tier = GradingData::Classes { class, labels };
    let title = &measured.title;
    let measure_title = Label::new(format!("Pyramid: {}", title.en), format!("金字塔：{}", title.zh));
    for (name, title, data) in
        [(name::TIER, Label::new("Tier", "客層"), tier), (name::MEASURE, measure_title, measure)]
    {
        dataset.gradings.publish(name, Grading { title, is_part: false, data, made_with: made_with.clone() });
    }
}
