//! Sorting, cutting and counting whole-number columns: what every grading of customers is made of.

pub mod groups;
pub mod histogram;
pub mod sort;
