//! Charts: what to draw is data (pure), how to draw it is the page's affair.
//!
//! A tool makes a [`spec::ChartSpec`]; [`layout::place`] turns it into a [`layout::Scene`] for a given width;
//! `svg` writes the scene; [`table::table`] makes the table behind the chart. All three read the same marks, so a
//! chart, its table and its files cannot disagree.

pub mod layout;
pub mod measure;
pub mod sensitivity;
pub mod sheet;
pub mod spec;
#[cfg(feature = "draw")]
pub mod svg;
pub mod table;
pub mod theme;
pub mod ticks;
