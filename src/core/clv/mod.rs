//! Lifetime value: probability models of how long customers stay, how often they buy and what they spend.
//!
//! | module | model | customers |
//! |---|---|---|
//! | [`sbg`] | shifted beta–geometric (Fader & Hardie 2007) | under contract: who leaves is seen |
//! | [`beta_geometric`] | BG/NBD (Fader, Hardie & Lee 2005), MBG/NBD (Batislam, Denizel & Filiztekin 2007) | buy when they like, leave after a purchase |
//! | [`pareto_nbd`] | Pareto/NBD (Schmittlein, Morrison & Colombo 1987) | buy when they like, leave at any time |
//! | [`bg_bb`] | BG/BB (Fader, Hardie & Shang 2010) | can buy once in each period |
//! | [`gamma_gamma`] | Gamma–Gamma (Fader & Hardie 2013) | what they spend at a purchase |
//!
//! [`rows`] puts equal customers together, [`fit`] finds the most likely parameters, [`model`] is what the models of repeat
//! buying have in common. All take whole functions from `libm`, so that the browser finds the same digits as a native test.

pub mod beta_geometric;
pub mod bg_bb;
pub mod fit;
pub mod gamma_gamma;
pub mod model;
pub mod pareto_nbd;
pub mod rows;
pub mod sbg;
