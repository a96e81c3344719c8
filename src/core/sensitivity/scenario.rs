//! Inputs kept under a name, to stand side by side.

use super::Sensitivity;
use crate::core::inputs::{Typed, Values};
use crate::core::lang::Lang;
use serde::{Deserialize, Serialize};

/// So many fit beside each other, and into a link.
pub const MOST_SCENARIOS: usize = 5;
/// In characters.
pub const LONGEST_NAME: usize = 24;

/// The inputs of one case under the name that a person gave it. Names are shared in links: parameters, not data.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Scenario {
    pub name: String,
    /// What differs from the numbers to begin with.
    pub typed: Typed,
}

/// Why a scenario cannot be kept.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ScenarioError {
    NoName,
    NameTooLong,
    NameTaken,
    TooMany,
}

impl ScenarioError {
    pub fn say(self, lang: Lang) -> String {
        match self {
            ScenarioError::NoName => lang.pick("Type a name first.", "請先輸入名稱。").into(),
            ScenarioError::NameTooLong => lang.pick(
                format!("Type a name of at most {LONGEST_NAME} characters."),
                format!("名稱最多 {LONGEST_NAME} 個字。"),
            ),
            ScenarioError::NameTaken => lang
                .pick("There is a scenario of this name. Type another.", "已有同名的情境，請換一個名稱。")
                .into(),
            ScenarioError::TooMany => lang.pick(
                format!("{MOST_SCENARIOS} scenarios fit side by side. Remove one first."),
                format!("最多並列 {MOST_SCENARIOS} 個情境，請先移除一個。"),
            ),
        }
    }
}

impl Sensitivity {
    /// Keeps the values under a name.
    ///
    /// # Errors
    /// [`ScenarioError`]: without a name, with one that is too long or taken, or when there are as many as fit.
    pub fn keep(&mut self, name: &str, values: &Values) -> Result<(), ScenarioError> {
        let name = name.trim();
        if name.is_empty() {
            return Err(ScenarioError::NoName);
        }
        if name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
            return Err(ScenarioError::NameTooLong);
        }
        if self.scenarios.len() >= MOST_SCENARIOS {
            return Err(ScenarioError::TooMany);
        }
        if self.scenarios.iter().any(|scenario| scenario.name == name) {
            return Err(ScenarioError::NameTaken);
        }
        self.scenarios.push(Scenario { name: name.into(), typed: values.typed() });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::inputs::Input;

    static INPUTS: [Input; 1] = [Input::money("price", ("Price", "價格"), 10.0)];

    #[test]
    fn scenarios_have_different_short_names_and_are_five_at_most() {
        let values = Values::of(&INPUTS, &Typed::new()).with("price", 12.0);
        let mut kept = Sensitivity::default();
        assert_eq!(kept.keep("  ", &values), Err(ScenarioError::NoName));
        assert_eq!(kept.keep(&"名".repeat(25), &values), Err(ScenarioError::NameTooLong));
        assert_eq!(kept.keep(" 樂觀 ", &values), Ok(()));
        assert_eq!(kept.scenarios[0], Scenario { name: "樂觀".into(), typed: values.typed() });
        assert_eq!(kept.keep("樂觀", &values), Err(ScenarioError::NameTaken));
        for name in ["a", "b", "c", "d"] {
            assert_eq!(kept.keep(name, &values), Ok(()));
        }
        assert_eq!(kept.keep("e", &values), Err(ScenarioError::TooMany));
    }
}
