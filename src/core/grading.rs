//! Per-customer columns that tools publish under a name: cell, segment, tier, lifetime value.
//!
//! A tool publishes; another uses the column without knowing the tool. A grading remembers the inputs that it was
//! made with, so that its reader can tell when it is stale.

use crate::core::day::Day;
use crate::core::lang::Lang;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A name such as `rfm.cell`: the publishing tool, a dot, and the column.
pub type GradingName = String;

/// The name of a class in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    pub en: String,
    pub zh: String,
}

impl Label {
    /// A name that needs no translation: a code.
    pub fn code(text: impl Into<String>) -> Label {
        let en = text.into();
        Label { zh: en.clone(), en }
    }

    pub fn new(en: impl Into<String>, zh: impl Into<String>) -> Label {
        Label { en: en.into(), zh: zh.into() }
    }

    /// What is said in each language.
    pub fn of(say: impl Fn(Lang) -> String) -> Label {
        Label::new(say(Lang::En), say(Lang::ZhHant))
    }

    pub fn get(&self, lang: Lang) -> &str {
        lang.pick(&self.en, &self.zh)
    }
}

/// The labels with those numbered whose English name another before them has, or one of `taken`: what knows classes by
/// their English names can tell them apart.
///
/// ```
/// use quintile::core::grading::{Label, told_apart};
/// let labels = [Label::new("Loyal", "忠誠"), Label::new("Loyal", "忠誠"), Label::code("Others")];
/// let told = told_apart(&labels, &["Others"]);
/// assert_eq!((&told[0], &told[1]), (&labels[0], &Label::new("Loyal (2)", "忠誠（2）")));
/// assert_eq!(told[2].en, "Others (2)");
/// ```
pub fn told_apart(labels: &[Label], taken: &[&str]) -> Vec<Label> {
    let mut met: BTreeSet<String> = taken.iter().map(|name| name.to_string()).collect();
    let mut names: BTreeSet<String> =
        labels.iter().map(|label| label.en.clone()).chain(met.clone()).collect();
    let told = labels.iter().map(|label| {
        if met.insert(label.en.clone()) {
            return label.clone();
        }
        let numbered = |number: &u32| format!("{} ({number})", label.en);
        // There are more numbers than labels.
        let number = (2..).find(|number| !names.contains(&numbered(number))).unwrap_or_default();
        names.insert(numbered(&number));
        Label::new(numbered(&number), format!("{}（{number}）", label.zh))
    });
    told.collect()
}

/// The values of a grading: one per customer of the dataset's dictionary.
#[derive(Clone, Debug, PartialEq)]
pub enum GradingData {
    /// Ordered classes (cells, segments, tiers), best first; `class[c]` indexes `labels`, `None` for customers
    /// outside the grading.
    Classes {
        class: Vec<Option<u16>>,
        labels: Vec<Label>,
    },
    /// A measure in minor units of money.
    Money(Vec<Option<i64>>),
    /// A measure without a unit: a probability, a count.
    Numbers(Vec<Option<f64>>),
    Days(Vec<Option<Day>>),
}

/// One published column.
#[derive(Clone, Debug, PartialEq)]
pub struct Grading {
    /// What the column is called on the page.
    pub title: Label,
    /// A part of another column, such as one digit of a code: offered as a filter, not listed by itself.
    pub is_part: bool,
    pub data: GradingData,
    /// The inputs it was made with, in the publisher's own stable text form.
    pub made_with: String,
}

/// All published columns by name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Gradings(BTreeMap<GradingName, Grading>);

impl Gradings {
    pub fn publish(&mut self, name: &str, grading: Grading) {
        self.0.insert(name.to_string(), grading);
    }

    /// Takes a column back that no longer says anything.
    pub fn withdraw(&mut self, name: &str) {
        self.0.remove(name);
    }

    /// Takes back all columns of a tool that has no result.
    pub fn withdraw_all(&mut self, tool: &str) {
        self.0.retain(|name, _| name.split_once('.').is_none_or(|(publisher, _)| publisher != tool));
    }

    pub fn get(&self, name: &str) -> Option<&Grading> {
        self.0.get(name)
    }

    /// A published column is stale when the inputs of its tool are no longer those it was made with.
    pub fn is_stale(&self, name: &str, inputs_now: &str) -> bool {
        self.0.get(name).is_none_or(|grading| grading.made_with != inputs_now)
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}
