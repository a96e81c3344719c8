//! Inputs varied one and two at a time.

use super::Model;
use crate::core::grading::Label;
use crate::core::inputs::{Input, Kind, Values};

/// One end of a bar: the input's value there, and the answer or why there is none.
#[derive(Clone, Debug, PartialEq)]
pub struct End {
    pub value: f64,
    pub answer: Result<f64, Label>,
}

/// What varying one input does.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// The place of the input.
    pub input: usize,
    pub low: End,
    pub high: End,
}

/// Each input varied alone, the one on which most hangs first.
#[derive(Clone, Debug, PartialEq)]
pub struct Tornado {
    pub base: f64,
    pub bars: Vec<Bar>,
}

/// The answer for two inputs at once; `cells[row][column]`.
#[derive(Clone, Debug, PartialEq)]
pub struct TwoWay {
    pub down: usize,
    pub across: usize,
    pub rows: Vec<f64>,
    pub columns: Vec<f64>,
    pub cells: Vec<Vec<Result<f64, Label>>>,
}

/// Whether an input can be varied: it is asked, it is no choice, and it is not nothing (of which a tenth is nothing).
pub(super) fn varies(values: &Values, place: usize) -> bool {
    let input = &values.inputs()[place];
    let choice = matches!(input.kind, Kind::Choice(_));
    values.asks(input) && !choice && (values.at(place) != 0.0 || input.kind == Kind::Rate)
}

/// The value moved by so many spreads. Rates move by points (half the spread: ±10 % is ±5 points), whole numbers by
/// one at least; nothing leaves the input's range.
fn moved(input: &Input, value: f64, spreads: f64, spread: f64) -> f64 {
    let by = match input.kind {
        Kind::Rate => spread / 2.0,
        Kind::Whole => (value.abs() * spread).round().max(1.0),
        _ => value.abs() * spread,
    };
    // Rounded as people type: 0.7 + 0.05 is 0.75.
    let target = value + spreads * by;
    let target = if target.abs() < 1e6 { (target * 1e9).round() / 1e9 } else { target };
    target.clamp(input.least, input.most)
}

/// What each input does to the answer when it alone is moved down and up by `spread` (a share of its value, see
/// [`super::SPREADS`]). Inputs that change nothing are left out. Sorted by the distance between the two ends, those
/// with a refused end first: there the calculation itself ends.
///
/// Empty, with a base that is no number, where the values themselves are refused.
pub fn tornado(model: &Model, values: &Values, spread: f64) -> Tornado {
    let Ok(base) = (model.work)(values) else { return Tornado { base: f64::NAN, bars: Vec::new() } };
    let end = |place: usize, spreads: f64| {
        let value = moved(&values.inputs()[place], values.at(place), spreads, spread);
        End { value, answer: (model.work)(&values.with_at(place, value)) }
    };
    let places = (0..values.inputs().len()).filter(|&place| varies(values, place));
    let mut bars: Vec<Bar> =
        places.map(|input| Bar { input, low: end(input, -1.0), high: end(input, 1.0) }).collect();
    bars.retain(|bar| bar.low.answer != Ok(base) || bar.high.answer != Ok(base));
    bars.sort_by(|a, b| b.width().total_cmp(&a.width()));
    Tornado { base, bars }
}

impl Bar {
    /// The distance between the answers at the two ends; infinite where one is refused.
    pub fn width(&self) -> f64 {
        match (&self.low.answer, &self.high.answer) {
            (Ok(low), Ok(high)) => (high - low).abs(),
            _ => f64::INFINITY,
        }
    }
}

/// The answer at five values of each of two inputs, the ones in force in the middle (fewer at the ends of a range).
pub fn two_way(model: &Model, values: &Values, (down, across): (usize, usize), spread: f64) -> TwoWay {
    let steps = |place: usize| {
        let input = &values.inputs()[place];
        let mut steps: Vec<f64> =
            [-2.0, -1.0, 0.0, 1.0, 2.0].map(|by| moved(input, values.at(place), by, spread)).into();
        steps.dedup();
        steps
    };
    let (rows, columns) = (steps(down), steps(across));
    let cell = |row: f64, column: f64| (model.work)(&values.with_at(down, row).with_at(across, column));
    let cells = rows.iter().map(|&row| columns.iter().map(|&column| cell(row, column)).collect()).collect();
    TwoWay { down, across, rows, columns, cells }
}

#[cfg(test)]
mod tests {
    use super::super::Sensitivity;
    use super::*;
    use crate::core::inputs::Typed;

    static INPUTS: [Input; 5] = [
        Input::choice("what", ("What", "什麼"), &[("All", "全部"), ("Part", "部分")]),
        Input::money("price", ("Price", "價格"), 10.0),
        Input::rate("share", ("Share", "佔比"), 0.98),
        Input::whole("units", ("Units", "數量"), 3.0),
        Input::number("idle", ("Idle", "無關"), 7.0),
    ];

    fn model(work: fn(&Values) -> Result<f64, Label>) -> Model {
        Model { inputs: &INPUTS, title: ("Answer", "答案"), kind: Kind::Money, work }
    }

    fn revenue(values: &Values) -> Result<f64, Label> {
        Ok(values.get("price") * values.get("share") * values.get("units"))
    }

    #[test]
    fn the_widest_bar_comes_first_and_idle_inputs_and_choices_are_left_out() {
        let found = tornado(&model(revenue), &Values::of(&INPUTS, &Typed::new()), 0.1);
        assert_eq!(found.bars.iter().map(|bar| bar.input).collect::<Vec<_>>(), [3, 1, 2]);
        assert!(found.bars.is_sorted_by(|a, b| a.width() >= b.width()));
        let units = &found.bars[0];
        assert_eq!((units.low.value, units.high.value), (2.0, 4.0), "whole numbers move by one at least");
        let share = &found.bars[2];
        assert_eq!(
            (share.low.value, share.high.value),
            (0.93, 1.0),
            "rates move by points, within their range"
        );
        assert!((found.base - 29.4).abs() < 1e-12);
    }

    #[test]
    fn a_refused_end_is_told_and_a_refused_start_has_no_bars() {
        fn up_to_ten(values: &Values) -> Result<f64, Label> {
            if values.get("price") > 10.0 {
                Err(Label::new("Too dear.", "太貴。"))
            } else {
                revenue(values)
            }
        }
        let found = tornado(&model(up_to_ten), &Values::of(&INPUTS, &Typed::new()), 0.1);
        assert_eq!(found.bars[0].input, 1);
        assert_eq!(found.bars[0].high.answer.as_ref().unwrap_err().en, "Too dear.");
        let refused = tornado(&model(|_| Err(Label::code("no"))), &Values::of(&INPUTS, &Typed::new()), 0.1);
        assert!(refused.bars.is_empty() && refused.base.is_nan());
    }

    #[test]
    fn the_two_way_table_holds_the_answer_in_its_middle_and_stops_at_the_range() {
        let values = Values::of(&INPUTS, &Typed::new());
        let table = two_way(&model(revenue), &values, (1, 2), 0.1);
        assert_eq!(table.rows, [8.0, 9.0, 10.0, 11.0, 12.0]);
        assert_eq!(table.columns, [0.88, 0.93, 0.98, 1.0]);
        assert_eq!(table.cells[2][2], revenue(&values));
    }

    #[test]
    fn the_pair_is_what_was_chosen_and_else_what_matters_most() {
        let values = Values::of(&INPUTS, &Typed::new());
        let found = tornado(&model(revenue), &values, 0.1);
        let pair = |down: Option<&str>, across: Option<&str>| {
            let chosen = Sensitivity {
                down: down.map(Into::into),
                across: across.map(Into::into),
                ..Sensitivity::default()
            };
            chosen.pair(&values, &found)
        };
        assert_eq!(pair(None, None), Some((3, 1)));
        assert_eq!(pair(Some("share"), None), Some((2, 3)));
        assert_eq!(pair(Some("units"), Some("units")), Some((3, 1)));
        assert_eq!(pair(Some("what"), Some("no such")), Some((3, 1)));
        assert_eq!(pair(None, Some("units")), Some((1, 3)));
    }
}
