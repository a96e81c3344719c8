//! Lifetime value: probability models of how long customers stay, how often they buy and what they spend.
//!
//! | module | model | customers |
//! |---|---|---|
//! | [`sbg`] | shifted beta–geometric (Fader & Hardie 2007) | under contract: who leaves is seen |
//!
//! All take whole functions from `libm`, so that the browser finds the same digits as a native test.

pub mod fit;
pub mod sbg;
