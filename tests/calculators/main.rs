//! The calculators of customer lifetime value: published figures, properties of each formula, random inputs, and what the
//! page makes of them.

mod properties;
mod published;
mod random;
mod sample;
mod sheets;
