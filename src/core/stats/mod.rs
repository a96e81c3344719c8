//! Sorting, cutting and counting whole-number columns, and the statistics of rates: what every grading and every test
//! of customers is made of.

pub mod beta_binomial;
pub mod groups;
pub mod histogram;
pub mod hypergeometric;
pub mod normal;
pub mod optimize;
pub mod proportion;
pub mod quadrature;
pub mod sampling;
pub mod sort;
pub mod special;
