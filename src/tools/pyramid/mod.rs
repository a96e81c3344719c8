//! The customer pyramid: tiers of customers by what they bring, and how much hangs on how few.

pub mod answer;
pub mod options;
pub mod request;
