//! The data model and the shared mathematics. Pure: no browser, no clock, no chance but a given seed.

pub mod changelog;
pub mod codec;
pub mod dataset;
pub mod day;
pub mod dictionary;
pub mod explain;
pub mod export;
pub mod format;
pub mod glossary;
pub mod grading;
pub mod import;
pub mod lang;
pub mod link;
pub mod money;
pub mod problem;
pub mod profile;
pub mod random;
pub mod rules;
pub mod sample;
pub mod show;
pub mod stats;
pub mod summary;
pub mod table;
pub mod workspace;
pub mod workspace_file;
