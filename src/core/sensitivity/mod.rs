//! How much an answer hangs on each of its inputs: one at a time (tornado), two at a time (two-way table), and named
//! scenarios side by side. For any calculation that is a function of [`Values`].

mod link;
mod scenario;
mod vary;

pub use link::{read_link, write_link};
pub use scenario::{LONGEST_NAME, MOST_SCENARIOS, Scenario, ScenarioError};
pub use vary::{Bar, End, Tornado, TwoWay, tornado, two_way};

use crate::core::grading::Label;
use crate::core::inputs::{Input, Kind, Values, Words};
use serde::{Deserialize, Serialize};

/// A calculation whose answer is one number.
///
/// ```
/// use quintile::core::grading::Label;
/// use quintile::core::inputs::{Input, Kind, Typed, Values};
/// use quintile::core::sensitivity::{Model, tornado};
/// static INPUTS: [Input; 2] =
///     [Input::money("cost", ("Cost", "成本"), 0.62), Input::money("profit", ("Profit", "淨效益"), 35.0)];
/// fn break_even(values: &Values) -> Result<f64, Label> {
///     match values.get("profit") {
///         0.0 => Err(Label::new("Without profit there is no break-even.", "沒有淨效益就沒有損益平衡。")),
///         profit => Ok(values.get("cost") / profit),
///     }
/// }
/// let model = Model {
///     inputs: &INPUTS,
///     title: ("Break-even rate", "損益平衡回應率"),
///     kind: Kind::Rate,
///     work: break_even,
/// };
/// let found = tornado(&model, &Values::of(&INPUTS, &Typed::new()), 0.1);
/// // A tenth less profit moves the rate more than a tenth more cost.
/// assert_eq!(found.bars[0].input, 1);
/// ```
#[derive(Clone, Copy)]
pub struct Model {
    pub inputs: &'static [Input],
    /// What is worked out.
    pub title: Words,
    /// How the answer is written; never a choice.
    pub kind: Kind,
    /// The answer, or why there is none, in both languages.
    pub work: fn(&Values) -> Result<f64, Label>,
}

/// How far each input is varied, as a share of its value.
pub const SPREADS: [f64; 4] = [0.05, 0.1, 0.2, 0.5];

/// What a person has set up: it is a part of a tool's record, and travels in its link.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Sensitivity {
    /// One of [`SPREADS`].
    pub spread: f64,
    /// The inputs of the two-way table; `None`: the two on which most hangs.
    pub down: Option<String>,
    pub across: Option<String>,
    pub scenarios: Vec<Scenario>,
}

impl Default for Sensitivity {
    fn default() -> Sensitivity {
        Sensitivity { spread: 0.1, down: None, across: None, scenarios: Vec::new() }
    }
}

impl Sensitivity {
    /// The places of the two inputs of the two-way table: those chosen, and for the rest those on which most hangs.
    /// `None` where the calculation has not two inputs to vary.
    pub fn pair(&self, values: &Values, tornado: &Tornado) -> Option<(usize, usize)> {
        let chosen = |name: &Option<String>| {
            let place = values.place(name.as_ref()?)?;
            vary::varies(values, place).then_some(place)
        };
        let (down, across) =
            (chosen(&self.down), chosen(&self.across).filter(|&at| chosen(&self.down) != Some(at)));
        let mut rest = tornado
            .bars
            .iter()
            .map(|bar| bar.input)
            .chain(values.asked().map(|(at, _)| at).filter(|&at| vary::varies(values, at)))
            .filter(|&at| down != Some(at) && across != Some(at));
        let down_place = down.or_else(|| rest.next())?;
        let across_place = across.or_else(|| rest.find(|&at| at != down_place))?;
        Some((down_place, across_place))
    }
}
