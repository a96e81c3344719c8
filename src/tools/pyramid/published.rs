//! Columns of other tools that can be the measure or make the tiers. They are known by name and form only.

use super::answer::PublishedColumn;
use super::options::MOST_CLASSES;
use super::publish::OWN;
use crate::core::dataset::Dataset;
use crate::core::grading::{Grading, GradingData};

/// Columns in which less is better; as a measure they would put the pyramid on its head.
const LESS_IS_BETTER: [&str; 1] = ["rfm.days_since"];

/// A published measure, best when it is large.
pub fn measure_column<'a>(dataset: &'a Dataset, name: &str) -> Option<&'a Grading> {
    let grading = dataset.gradings.get(name)?;
    let is_measure = matches!(grading.data, GradingData::Money(_) | GradingData::Numbers(_));
    let is_own = name.starts_with(OWN);
    (is_measure && !is_own && !LESS_IS_BETTER.contains(&name)).then_some(grading)
}

pub fn measures(dataset: &Dataset) -> Vec<PublishedColumn> {
    let column = |name: &str| {
        let title = measure_column(dataset, name)?.title.clone();
        Some(PublishedColumn { name: name.to_string(), title })
    };
    dataset.gradings.names().filter_map(column).collect()
}

/// Columns of classes that are few enough for a pyramid.
pub fn class_columns(dataset: &Dataset) -> Vec<PublishedColumn> {
    let column = |name: &str| {
        let grading = dataset.gradings.get(name)?;
        let GradingData::Classes { labels, .. } = &grading.data else { return None };
        let fits = (2..=MOST_CLASSES).contains(&labels.len());
        (fits && !grading.is_part && !name.starts_with(OWN))
            .then(|| PublishedColumn { name: name.to_string(), title: grading.title.clone() })
    };
    dataset.gradings.names().filter_map(column).collect()
}

/// By which a result tells that what it was made from has changed: all columns but its own.
pub fn fingerprint(dataset: &Dataset) -> Vec<(String, String)> {
    let others = dataset.gradings.names().filter(|name| !name.starts_with(OWN));
    others
        .filter_map(|name| Some((name.to_string(), dataset.gradings.get(name)?.made_with.clone())))
        .collect()
}
