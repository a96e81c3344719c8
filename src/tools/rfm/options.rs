//! What a person can choose on the RFM page.

use super::amount::Amount;
use super::segments::SegmentRules;
use crate::core::day::Day;
use crate::core::money::Currency;
use crate::core::summary::{AnalysisFrame, Window};
use crate::tools::published::{Unit, measure};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The three variables, in the order of the cell code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Variable {
    Recency,
    Frequency,
    Monetary,
}

impl Variable {
    pub const ALL: [Variable; 3] = [Variable::Recency, Variable::Frequency, Variable::Monetary];

    pub fn index(self) -> usize {
        self as usize
    }

    /// The letter in formulas and column heads.
    pub fn letter(self) -> &'static str {
        ["R", "F", "M"][self.index()]
    }
}

/// Which digit stands for the best group. Only what is shown depends on it: inside the program, and in segment
/// rules, the *level* `k` is always the best and 1 the weakest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Best {
    #[default]
    Highest,
    One,
}

impl Best {
    /// The digit shown for a level of `k`; the same call turns a digit back into its level.
    pub fn digit(self, level: u8, k: u8) -> u8 {
        match self {
            Best::Highest => level,
            Best::One => k + 1 - level,
        }
    }

    /// The cell code of three levels: `555`; with a variable of ten groups, `10-3-2`.
    pub fn code(self, levels: [u8; 3], bins: [u8; 3]) -> String {
        let [r, f, m] = [0, 1, 2].map(|v| self.digit(levels[v], bins[v]));
        if bins.iter().any(|&k| k > 9) { format!("{r}-{f}-{m}") } else { format!("{r}{f}{m}") }
    }
}

/// What *monetary* is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Monetary {
    #[default]
    Total,
    /// Per purchase, in whole minor units.
    Mean,
    /// A measure that another tool publishes, by its name; a number counts to the millionth.
    Published(String),
}

impl Monetary {
    pub fn column(&self) -> Option<&str> {
        match self {
            Monetary::Published(name) => Some(name),
            Monetary::Total | Monetary::Mean => None,
        }
    }

    /// The column that a record of the workspace names, told without the code that reads records.
    pub fn column_of(record: &Value) -> Option<&str> {
        record.get("monetary")?.get("published")?.as_str()
    }

    pub fn unit(&self) -> Unit {
        self.column().and_then(measure).map_or(Unit::Money, |measure| measure.unit)
    }
}

/// What independent n-tiles do with equal values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ties {
    /// Equal values have equal levels: ⌊k(rank − 1)/n⌋ + 1 with the lowest rank of the tie.
    #[default]
    MinRank,
    /// Groups of exactly equal size; within a tie, customers follow in the order of their ids' texts.
    EqualGroups,
}

/// The value that lies on a quantile, or just above.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuantileEdge {
    /// At or below the quantile is the lower group.
    #[default]
    AtOrBelow,
    /// One day, purchase or unit of money is added to the quantile, and groups are half-open [low, high): the
    /// convention of the R package rfm.
    PlusOne,
}

/// Typed thresholds, each list strictly ascending; a list of t thresholds makes t + 1 groups.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thresholds {
    /// Days since the last purchase, each the last day of its group: `[30, 90]` is 0–30, 31–90, more than 90.
    pub recency: Vec<i64>,
    /// Purchases, each the first of its group: `[2, 5]` is up to 1, 2–4, 5 and more.
    pub frequency: Vec<i64>,
    /// Minor units of money, each the first of its group.
    pub monetary: Vec<i64>,
}

impl Thresholds {
    pub fn of(&self, variable: Variable) -> &[i64] {
        [&self.recency, &self.frequency, &self.monetary][variable.index()]
    }

    pub fn of_mut(&mut self, variable: Variable) -> &mut Vec<i64> {
        match variable {
            Variable::Recency => &mut self.recency,
            Variable::Frequency => &mut self.frequency,
            Variable::Monetary => &mut self.monetary,
        }
    }
}

/// How customers are divided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// Each variable is ranked over all customers.
    Independent {
        ties: Ties,
    },
    /// R first, F within each R, M within each R and F (Hughes): cells of equal size. Ties follow the ids' texts.
    Nested,
    /// Type-7 quantiles of the values.
    QuantileCuts {
        edge: QuantileEdge,
    },
    Thresholds(Thresholds),
}

impl Default for Method {
    fn default() -> Method {
        Method::Independent { ties: Ties::MinRank }
    }
}

/// Everything that the RFM page is asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct RfmOptions {
    /// `None`: the date of the last transaction.
    pub analysis_date: Option<Day>,
    pub window: Window,
    /// Groups for R, F and M, 2–10 each. Typed thresholds state their own number.
    pub bins: [u8; 3],
    pub best: Best,
    pub method: Method,
    pub monetary: Monetary,
    pub segments: SegmentRules,
    /// A second method on the same data.
    pub compare_with: Option<Method>,
    /// Cells with fewer customers than this are called too small.
    pub small_cell: u32,
}

impl Default for RfmOptions {
    fn default() -> RfmOptions {
        RfmOptions {
            analysis_date: None,
            window: Window::All,
            bins: [5; 3],
            best: Best::Highest,
            method: Method::default(),
            monetary: Monetary::Total,
            segments: SegmentRules::default(),
            compare_with: None,
            small_cell: 30,
        }
    }
}

/// The least and the largest number of groups of a variable.
pub const BINS: std::ops::RangeInclusive<u8> = 2..=10;

/// Why options cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OptionsError {
    Bins {
        variable: Variable,
        found: u8,
    },
    /// `thresholds[index]` is not above the one before it.
    NotAscending {
        variable: Variable,
        index: usize,
        value: i64,
        before: i64,
    },
    /// One to nine thresholds make two to ten groups.
    ThresholdCount {
        variable: Variable,
        found: usize,
    },
}

impl RfmOptions {
    pub fn frame(&self) -> AnalysisFrame {
        AnalysisFrame { analysis_date: self.analysis_date, window: self.window }
    }

    pub fn set_frame(&mut self, frame: AnalysisFrame) {
        (self.analysis_date, self.window) = (frame.analysis_date, frame.window);
    }

    /// Another *monetary*. Typed thresholds of it keep the numbers that a person has typed, in the new unit.
    pub fn set_monetary(&mut self, monetary: Monetary, currency: &Currency) {
        let scale = |unit: Unit| i128::from(Amount { unit, currency }.scale());
        let (before, now) = (scale(self.monetary.unit()), scale(monetary.unit()));
        for method in std::iter::once(&mut self.method).chain(&mut self.compare_with) {
            if let Method::Thresholds(typed) = method {
                let other =
                    |&value: &i64| i64::try_from(i128::from(value) * now / before).unwrap_or(i64::MAX);
                typed.monetary = typed.monetary.iter().map(other).collect();
                typed.monetary.dedup();
            }
        }
        self.monetary = monetary;
    }

    /// The numbers of groups that a method makes under these options.
    pub fn bins_of(&self, method: &Method) -> Result<[u8; 3], OptionsError> {
        let mut bins = self.bins;
        for variable in Variable::ALL {
            let k = &mut bins[variable.index()];
            if let Method::Thresholds(thresholds) = method {
                let typed = thresholds.of(variable);
                check_ascending(variable, typed)?;
                *k = typed.len() as u8 + 1;
            } else if !BINS.contains(k) {
                return Err(OptionsError::Bins { variable, found: *k });
            }
        }
        Ok(bins)
    }
}

/// One to nine values, each above the one before it.
pub fn check_ascending(variable: Variable, typed: &[i64]) -> Result<(), OptionsError> {
    if !(1..=9).contains(&typed.len()) {
        return Err(OptionsError::ThresholdCount { variable, found: typed.len() });
    }
    match typed.windows(2).position(|pair| pair[0] >= pair[1]) {
        Some(at) => Err(OptionsError::NotAscending {
            variable,
            index: at + 1,
            value: typed[at + 1],
            before: typed[at],
        }),
        None => Ok(()),
    }
}
