//! One mark, and what its colour stands for.

use serde::{Deserialize, Serialize};

/// One bar, cell or point.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mark {
    /// What it is: "cell 555", "R 5 · F 3", "Champions".
    pub label: String,
    /// Its amount as people write it; a dash where there is none.
    pub value: String,
    /// What is drawn; an amount that is not finite is not drawn and keeps its text.
    pub amount: f64,
    pub role: Role,
    /// Told to the page when the mark is picked, for example to filter a table.
    pub key: Option<String>,
    /// How far the amount is uncertain; drawn on bars.
    pub interval: Option<Interval>,
}

/// The ends between which an amount is thought to lie, with their texts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    pub low: f64,
    pub high: f64,
    pub low_value: String,
    pub high_value: String,
}

impl Mark {
    pub fn new(label: impl Into<String>, amount: f64, value: impl Into<String>) -> Mark {
        Mark {
            label: label.into(),
            value: value.into(),
            amount,
            role: Role::Accent2,
            key: None,
            interval: None,
        }
    }

    pub fn role(self, role: Role) -> Mark {
        Mark { role, ..self }
    }

    pub fn key(self, key: impl Into<String>) -> Mark {
        Mark { key: Some(key.into()), ..self }
    }

    pub fn interval(self, interval: Interval) -> Mark {
        Mark { interval: Some(interval), ..self }
    }

    /// The amount if a picture can show it: finite, and far from where differences overflow.
    pub fn drawable(&self) -> Option<f64> {
        drawable(self.amount)
    }

    /// The value, and the interval around it.
    pub fn reading(&self) -> String {
        match &self.interval {
            Some(interval) => format!("{} [{} – {}]", self.value, interval.low_value, interval.high_value),
            None => self.value.clone(),
        }
    }

    /// Label and value in one breath, for tooltips and screen readers.
    pub fn spoken(&self) -> String {
        format!("{}: {}", self.label, self.reading())
    }
}

/// A number that a picture can show: finite, and far from where differences overflow or vanish.
pub fn drawable(amount: f64) -> Option<f64> {
    (amount.is_finite() && amount.abs() < 1e100).then_some(amount)
}

/// What a colour stands for; a [`crate::charts::theme::Theme`] knows the colours and the patterns that go with them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Role {
    /// Ordered tints, the strongest first.
    Accent1,
    Accent2,
    Accent3,
    Accent4,
    Accent5,
    Above,
    CantTell,
    Below,
    Neutral,
}

impl Role {
    pub const ALL: [Role; 9] = [
        Role::Accent1,
        Role::Accent2,
        Role::Accent3,
        Role::Accent4,
        Role::Accent5,
        Role::Above,
        Role::CantTell,
        Role::Below,
        Role::Neutral,
    ];

    /// The tint of an amount between nothing and the largest: five equal steps, the strongest for the largest.
    ///
    /// Nothing at all is [`Role::Neutral`], so that an empty cell does not look like a small one.
    ///
    /// ```
    /// use quintile::charts::spec::Role;
    /// assert_eq!(Role::tint(100.0, 100.0), Role::Accent1);
    /// assert_eq!(Role::tint(20.0, 100.0), Role::Accent5);
    /// assert_eq!(Role::tint(0.0, 100.0), Role::Neutral);
    /// ```
    pub fn tint(amount: f64, largest: f64) -> Role {
        let share = amount / largest;
        if amount <= 0.0 || !share.is_finite() {
            Role::Neutral
        } else if share > 0.8 {
            Role::Accent1
        } else if share > 0.6 {
            Role::Accent2
        } else if share > 0.4 {
            Role::Accent3
        } else if share > 0.2 {
            Role::Accent4
        } else {
            Role::Accent5
        }
    }
    /// The tint of the place `at` among `count` ordered ones, the strongest first; of more than five, neighbours share.
    ///
    /// ```
    /// use quintile::charts::spec::Role;
    /// assert_eq!(Role::ordered(0, 4), Role::Accent1);
    /// assert_eq!(Role::ordered(3, 4), Role::Accent4);
    /// assert_eq!(Role::ordered(9, 10), Role::Accent5);
    /// ```
    pub fn ordered(at: usize, count: usize) -> Role {
        let last = count.saturating_sub(1).max(1);
        // The two of a pair differ clearly.
        let darkest_to_palest = last.clamp(2, 4);
        match (at.min(last) * darkest_to_palest + last / 2) / last {
            0 => Role::Accent1,
            1 => Role::Accent2,
            2 => Role::Accent3,
            3 => Role::Accent4,
            _ => Role::Accent5,
        }
    }
}
