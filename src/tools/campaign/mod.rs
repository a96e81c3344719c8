//! The course's campaign: cells, sample, test, roll-out, review.

pub mod answer;
pub mod options;
pub mod request;
