//! Lifetime value: from the margin multiple to probability models of how long customers stay, how often they buy and what
//! they spend. Money is in units of the currency; every formula names its timing ([`discounting::FirstMargin`]).
//!
//! | module | model | customers |
//! |---|---|---|
//! | [`margin_multiple`], [`berger_nasr`], [`discounting`] | one margin and one retention rate, in several forms | any, as averages |
//! | [`migration`], [`markov`] | recency cells (Dwyer), states and moves (Pfeifer & Carraway) | who may come back |
//! | [`profit_stack`], [`conventions`], [`complaints`] | the course's five percent and its rules of thumb | any, as averages |
//! | [`retention`] | survivors by year and naive projections | under contract |
//! | [`sbg`] | shifted beta–geometric (Fader & Hardie 2007) | under contract: who leaves is seen |
//! | [`beta_geometric`] | BG/NBD (Fader, Hardie & Lee 2005), MBG/NBD (Batislam, Denizel & Filiztekin 2007) | buy when they like, leave after a purchase |
//! | [`pareto_nbd`] | Pareto/NBD (Schmittlein, Morrison & Colombo 1987) | buy when they like, leave at any time |
//! | [`bg_bb`] | BG/BB (Fader, Hardie & Shang 2010) | can buy once in each period |
//! | [`gamma_gamma`] | Gamma–Gamma (Fader & Hardie 2013) | what they spend at a purchase |
//!
//! [`rows`] puts equal customers together, [`fit`] finds the most likely parameters, [`model`] is what the models of repeat
//! buying have in common, [`kind`] fits any of them by its name. All take whole functions from `libm`, so that the browser
//! finds the same digits as a native test.

pub mod berger_nasr;
pub mod beta_geometric;
pub mod bg_bb;
pub mod complaints;
pub mod conventions;
pub mod discounting;
pub mod fit;
pub mod gamma_gamma;
pub mod kind;
pub mod margin_multiple;
pub mod markov;
pub mod migration;
pub mod model;
pub mod pareto_nbd;
pub mod profit_stack;
pub mod refusal;
pub mod retention;
pub mod rows;
pub mod sbg;
