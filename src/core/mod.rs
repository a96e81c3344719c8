//! The data model and the shared mathematics. Pure: no browser, no clock, no chance but a given seed.

pub mod changelog;
pub mod dataset;
pub mod day;
pub mod dictionary;
pub mod explain;
pub mod grading;
pub mod import;
pub mod lang;
pub mod money;
pub mod problem;
pub mod profile;
pub mod rules;
pub mod table;
pub mod workspace;
