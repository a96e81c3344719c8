//! How the page writes values of the three variables: with their unit, and thresholds with every decimal that counts.

use super::amount::Amount;
use super::model::{GroupRow, Overview, Sums};
use super::options::Variable;
use super::page_text::{PageText, page_text};
use super::scoring::MonetaryKind;
use super::text::{RfmText, text};
use crate::core::lang::Lang;
use crate::core::money::Currency;
use crate::core::show::Show;
use crate::tools::published::Unit;

/// The reader: language, formats and currency.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    pub lang: Lang,
    pub show: &'a dyn Show,
    pub currency: &'a Currency,
    pub monetary: &'a MonetaryKind,
}

impl<'a> Reader<'a> {
    pub fn amount(self) -> Amount<'a> {
        self.monetary.amount(self.currency)
    }

    /// What a variable is called: M with the published column that it is.
    pub fn variable(self, variable: Variable) -> String {
        self.monetary.name(variable, self.lang)
    }

    /// What is counted on an axis: recency is measured in days since the last purchase.
    pub fn measured(self, variable: Variable) -> String {
        match variable {
            Variable::Monetary => self.variable(variable),
            _ => self.text().measured(variable).into(),
        }
    }

    /// The head of a column with means of M; empty where M is what was spent.
    pub fn mean_title(self) -> String {
        self.monetary.mean_title(self.lang).unwrap_or_default()
    }

    /// The mean of M among some customers; `None` where M is what was spent, which stands in the table anyway.
    pub fn mean_cell(self, sums: &Sums) -> Option<String> {
        self.monetary.column.as_ref()?;
        let mean = |steps: f64| match self.monetary.unit {
            Unit::Money => self.show.money(steps.round() as i64),
            Unit::Number => self.show.number(steps / self.amount().scale() as f64, 3),
        };
        Some(sums.average_monetary().map_or_else(|| "–".to_string(), mean))
    }

    pub fn text(self) -> &'static RfmText {
        text(self.lang)
    }

    pub fn page(self) -> &'static PageText {
        page_text(self.lang)
    }

    pub fn count(self, value: u64) -> String {
        self.show.count(i64::try_from(value).unwrap_or(i64::MAX))
    }

    pub fn percent(self, share: f64) -> String {
        self.show.percent(share, 1)
    }

    /// Minor units that need not be whole: a mean.
    pub fn mean_money(self, minor: Option<f64>) -> String {
        minor.map_or_else(|| "–".to_string(), |minor| self.show.money(minor.round() as i64))
    }

    pub fn days(self, days: Option<f64>) -> String {
        days.map_or_else(|| "–".to_string(), |days| self.show.number(days, 1))
    }

    /// A value, exactly: rounding a threshold would put some customers on its wrong side for the reader.
    pub fn value(self, variable: Variable, value: i64) -> String {
        if variable != Variable::Monetary {
            return self.show.count(value);
        }
        let amount = self.amount();
        if self.monetary.unit == Unit::Number {
            return self.show.number(amount.to_units(value), amount.digits_of(value));
        }
        if value % amount.scale() == 0 {
            return self.show.money(value);
        }
        let size = self.show.number(self.currency.to_units(value.abs()), self.currency.minor_digits);
        format!("{}{}{size}", if value < 0 { "−" } else { "" }, self.currency.symbol)
    }

    /// A value with its unit in words: "24 days", "3 purchases", "NT$1,200".
    pub fn value_words(self, variable: Variable, value: i64) -> String {
        match variable {
            Variable::Recency => (self.page().days)(&self.show.count(value)),
            Variable::Frequency => (self.page().purchases)(&self.show.count(value)),
            Variable::Monetary => self.value(variable, value),
        }
    }

    pub fn range(self, variable: Variable, from: i64, to: i64) -> String {
        if from == to {
            self.value(variable, from)
        } else {
            format!("{} – {}", self.value(variable, from), self.value(variable, to))
        }
    }

    /// What lies below a value that is one step above a round amount of money.
    fn just_above(self, variable: Variable, low: i64) -> Option<String> {
        let scale = self.amount().scale();
        let above = variable == Variable::Monetary && scale > 1 && low.rem_euclid(scale) == 1;
        above.then(|| self.value(variable, low - 1))
    }

    /// From and to, both included; "> NT$1,200 – NT$1,500" where the lower end is one step above a round amount.
    pub fn band(self, variable: Variable, low: i64, high: i64) -> String {
        match self.just_above(variable, low) {
            Some(below) => format!("> {below} – {}", self.value(variable, high)),
            None => self.range(variable, low, high),
        }
    }

    /// The thresholds of a group; a dash where its method has none.
    pub fn thresholds(self, variable: Variable, group: &GroupRow) -> String {
        match (group.lower, group.upper) {
            (Some(low), Some(high)) => self.band(variable, low, high),
            (None, Some(high)) => format!("≤ {}", self.value(variable, high)),
            (Some(low), None) => match self.just_above(variable, low) {
                Some(below) => format!("> {below}"),
                None => format!("≥ {}", self.value(variable, low)),
            },
            (None, None) => "–".into(),
        }
    }

    pub fn found(self, variable: Variable, group: &GroupRow) -> String {
        group.found.map_or_else(|| "–".into(), |span| self.range(variable, span.from, span.to))
    }
}

/// The digit shown for a level in this analysis.
pub fn digit(overview: &Overview, variable: Variable, level: u8) -> u8 {
    let groups = &overview.variables[variable.index()].groups;
    groups.iter().find(|group| group.level == level).map_or(level, |group| group.digit)
}

/// "R 5 · F 3": a field of the heat map.
pub fn field_name(overview: &Overview, recency: u8, frequency: u8) -> String {
    let (r, f) =
        (digit(overview, Variable::Recency, recency), digit(overview, Variable::Frequency, frequency));
    format!("R {r} · F {f}")
}
