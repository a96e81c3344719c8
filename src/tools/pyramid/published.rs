//! Columns of other tools that make the tiers. They are known by name and form only.

use super::options::MOST_CLASSES;
use crate::core::dataset::Dataset;
use crate::core::grading::GradingData;
use crate::tools::published::{PublishedColumn, may_read};

/// Columns of classes that are few enough for a pyramid.
pub fn class_columns(dataset: &Dataset) -> Vec<PublishedColumn> {
    let column = |name: &str| {
        let grading = dataset.gradings.get(name)?;
        let GradingData::Classes { labels, .. } = &grading.data else { return None };
        let fits = (2..=MOST_CLASSES).contains(&labels.len());
        (fits && !grading.is_part && may_read(super::TOOL.id, name))
            .then(|| PublishedColumn { name: name.to_string(), title: grading.title.clone() })
    };
    dataset.gradings.names().filter_map(column).collect()
}
