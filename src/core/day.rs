//! Calendar days without a clock or a time zone.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A day of the proleptic Gregorian calendar, counted from 1970-01-01 (day 0).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Day(pub i32);

impl Day {
    /// The day of a civil date; `None` where the calendar has no such date or the year is outside 1–9999.
    ///
    /// ```
    /// use quintile::core::day::Day;
    /// assert_eq!(Day::from_ymd(1970, 1, 1), Some(Day(0)));
    /// assert_eq!(Day::from_ymd(2024, 2, 29).unwrap().to_string(), "2024-02-29");
    /// assert_eq!(Day::from_ymd(2023, 2, 29), None);
    /// ```
    pub fn from_ymd(year: i32, month: u32, day: u32) -> Option<Day> {
        if !(1..=9999).contains(&year)
            || !(1..=12).contains(&month)
            || day < 1
            || day > days_in_month(year, month)
        {
            return None;
        }
        // Years start in March, so that the leap day is the last of its year; eras are 400 years long.
        let y = if month <= 2 { year - 1 } else { year };
        let era = y.div_euclid(400);
        let year_of_era = y.rem_euclid(400);
        let month_from_march = (month as i32 + 9) % 12;
        let day_of_year = (153 * month_from_march + 2) / 5 + day as i32 - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        Some(Day(era * 146_097 + day_of_era - 719_468))
    }

    /// Year, month (1–12) and day of the month (1–31).
    pub fn ymd(self) -> (i32, u32, u32) {
        let z = self.0 + 719_468;
        let era = z.div_euclid(146_097);
        let day_of_era = z.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = (day_of_year - (153 * month_from_march + 2) / 5 + 1) as u32;
        let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 } as u32;
        let year = year_of_era + era * 400 + i32::from(month <= 2);
        (year, month, day)
    }

    /// The same day `months` later (earlier when negative), at most the last day of that month.
    ///
    /// ```
    /// use quintile::core::day::Day;
    /// let later = |day: &str, months| Day::parse_iso(day).unwrap().add_months(months).to_string();
    /// assert_eq!((later("2024-01-31", 1), later("2023-01-31", 1)), ("2024-02-29".into(), "2023-02-28".into()));
    /// assert_eq!((later("2024-11-15", 14), later("2024-03-15", -15)), ("2026-01-15".into(), "2022-12-15".into()));
    /// ```
    pub fn add_months(self, months: i32) -> Day {
        let (y, m, d) = self.ymd();
        let index = y * 12 + m as i32 - 1 + months;
        let (year, month) = (index.div_euclid(12), index.rem_euclid(12) as u32 + 1);
        Day::from_ymd(year.clamp(1, 9999), month, d.min(days_in_month(year, month))).unwrap_or(self)
    }

    /// Reads `yyyy-mm-dd`, the form used in links, stored settings and exports.
    pub fn parse_iso(text: &str) -> Option<Day> {
        let mut parts = text.splitn(3, '-');
        let mut next = || parts.next().filter(|p| !p.is_empty() && p.bytes().all(|b| b.is_ascii_digit()));
        let (y, m, d) = (next()?.parse().ok()?, next()?.parse().ok()?, next()?.parse().ok()?);
        Day::from_ymd(y, m, d)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (y, m, d) = self.ymd();
        write!(f, "{y:04}-{m:02}-{d:02}")
    }
}

pub fn is_leap_year(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

pub fn days_in_month(year: i32, month: u32) -> u32 {
    match month {
        2 if is_leap_year(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_of_two_centuries_has_its_date_and_the_next_day_the_next_one() {
        let lengths = |year: i32| {
            let february = if (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 { 29 } else { 28 };
            [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        };
        let mut day = -25_567;
        for year in 1900..=2100 {
            for (month, length) in (1..).zip(lengths(year)) {
                for date in 1..=length {
                    assert_eq!(Day::from_ymd(year, month, date), Some(Day(day)));
                    assert_eq!(Day(day).ymd(), (year, month, date));
                    day += 1;
                }
                assert_eq!(Day::from_ymd(year, month, length + 1), None);
            }
        }
    }
}
