//! Charts: what is placed, what is written, and that the table says the same.

#[cfg(feature = "draw")]
mod drawn;
mod placed;
mod readable;
mod samples;
mod tabled;
mod tool_charts;
mod tool_samples;
