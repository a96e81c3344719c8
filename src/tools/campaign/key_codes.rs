//! Key codes: what is printed on a mailing piece so that a response tells its cell and wave.

use crate::core::grading::Label;
use std::collections::BTreeSet;

/// The longest label that is a code by itself.
const LONGEST: usize = 6;

/// The stem of each cell's key code, unique whatever the labels are; the wave's letter goes before it.
///
/// A label of up to six ASCII letters and digits is its own stem (`555` makes `T555` in the test and `R555` in the
/// roll-out). Any other label, and one that differs from an earlier one only by case, gets a dash and the number of
/// its cell, best first: `T-01`, `R-01`.
///
/// ```
/// use quintile::{core::grading::Label, tools::campaign::key_codes::stems};
/// let labels = [Label::code("555"), Label::new("Champions", "冠軍顧客"), Label::code("a1"), Label::code("A1")];
/// assert_eq!(stems(&labels), ["555", "-02", "A1", "-04"]);
/// ```
pub fn stems(labels: &[Label]) -> Vec<String> {
    let width = labels.len().to_string().len().max(2);
    let mut taken = BTreeSet::new();
    let numbered = labels.iter().enumerate().map(|(index, label)| {
        let code = label.en.to_ascii_uppercase();
        let plain = (1..=LONGEST).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_alphanumeric());
        if plain && taken.insert(code.clone()) { code } else { format!("-{:0width$}", index + 1) }
    });
    numbered.collect()
}

/// The key code of a cell's test.
pub fn test(stem: &str) -> String {
    format!("T{stem}")
}

/// The key code of a cell's roll-out.
pub fn roll_out(stem: &str) -> String {
    format!("R{stem}")
}
