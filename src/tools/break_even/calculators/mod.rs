//! The calculators, one file each, and the one list that the page, links, files and tests walk.

mod acquisition;
mod discount;
mod loyalty;
mod mix;
mod response;
mod retention;
mod service;
mod system;
mod units;

pub use acquisition::Acquisition;
pub use discount::PriceCut;
pub use loyalty::Loyalty;
pub use mix::{Mix, Product};
pub use response::Response;
pub use retention::Retention;
pub use service::{Crossover, Service};
pub use system::{Flows, Irr};
pub use units::UnitSales;

use super::calculator::Calculator;

/// Every calculator, in the order in which the page offers them.
pub static CALCULATORS: &[&Calculator] = &[
    &units::CALCULATOR,
    &mix::CALCULATOR,
    &response::CALCULATOR,
    &discount::CALCULATOR,
    &acquisition::CALCULATOR,
    &retention::CALCULATOR,
    &loyalty::CALCULATOR,
    &service::CALCULATOR,
    &system::CALCULATOR,
];

pub fn find(id: &str) -> Option<&'static Calculator> {
    CALCULATORS.iter().copied().find(|calculator| calculator.id == id)
}
