//! The part of the history that is counted.

use super::SummaryError;
use crate::core::day::Day;
use serde::{Deserialize, Serialize};

/// The part of the history that frequency and monetary are counted in; it never reaches past the analysis date.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Window {
    /// All purchases up to the analysis date.
    #[default]
    All,
    /// The months that end on the analysis date.
    LastMonths(u16),
    /// Both days included.
    Between { from: Day, to: Day },
}

impl Window {
    /// As a field of an address; `None` for the whole history, which is left out.
    ///
    /// ```
    /// use quintile::core::summary::Window;
    /// assert_eq!(Window::LastMonths(12).to_field().as_deref(), Some("12m"));
    /// assert_eq!(Window::of_field("12m"), Some(Window::LastMonths(12)));
    /// assert_eq!(Window::of_field("2024-02-01~2024-01-01"), None);
    /// ```
    pub fn to_field(self) -> Option<String> {
        match self {
            Window::All => None,
            Window::LastMonths(months) => Some(format!("{months}m")),
            Window::Between { from, to } => Some(format!("{from}~{to}")),
        }
    }

    /// What a field of an address means; `None` where it means no window.
    pub fn of_field(value: &str) -> Option<Window> {
        if let Some((from, to)) = value.split_once('~') {
            let (from, to) = (Day::parse_iso(from)?, Day::parse_iso(to)?);
            return (from <= to).then_some(Window::Between { from, to });
        }
        let months = value.strip_suffix('m')?.parse().ok().filter(|&months| months > 0)?;
        Some(Window::LastMonths(months))
    }
}

/// First and last day of a window, at most up to the analysis date.
pub fn window_days(window: Window, analysis: Day) -> Result<Option<(Day, Day)>, SummaryError> {
    match window {
        Window::All => Ok(None),
        Window::LastMonths(months) => {
            let before = analysis.add_months(-i32::from(months));
            Ok(Some((Day(before.0 + 1), analysis)))
        }
        Window::Between { from, to } if from > to => Err(SummaryError::WindowBackwards { from, to }),
        Window::Between { from, to } => Ok(Some((from, to.min(analysis)))),
    }
}
