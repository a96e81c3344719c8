//! RFM analysis: customers in cells by recency, frequency and monetary value.

pub mod compare;
pub mod model;
pub mod options;
pub mod scoring;
pub mod segments;
pub mod warnings;
