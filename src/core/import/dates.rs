//! Days from the forms in which files write them. The time of day and its zone are read over: a purchase belongs to
//! the calendar day that the file states.
//!
//! Years are written with four digits. A two-digit year is taken only where the form leaves no doubt what is the year
//! (d/m/y, m/d/y, month names) and then as POSIX does: 69–99 are 1969–1999, 00–68 are 2000–2068.

use super::cells::{half_width, trim};
use crate::core::day::Day;
use serde::{Deserialize, Serialize};

/// A form of writing dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateForm {
    /// Year, month, day: `2024-02-29`, `2024/2/29`, `2024.2.29`, `2024年2月29日`.
    Ymd,
    /// `20240229`.
    Compact,
    /// Years of the Republic of China: `113/02/29`, `民國113年2月29日`, `1130229`.
    Roc,
    /// Month before day: `2/29/2024`.
    Mdy,
    /// Day before month: `29/2/2024`.
    Dmy,
    /// `29 Feb 2024`, `Feb 29, 2024`.
    MonthName,
    /// Days as spreadsheets count them: `45351`.
    ExcelSerial,
}

/// Why a cell is not a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateProblem {
    Missing,
    /// Not of this form.
    NotADate,
    /// Of this form, but the calendar has no such day.
    NoSuchDay,
    /// Before 1900 or after 2100.
    OutOfRange,
}

impl DateForm {
    /// In the order in which they are offered.
    pub const ALL: [DateForm; 7] = [
        DateForm::Ymd,
        DateForm::Compact,
        DateForm::Roc,
        DateForm::Mdy,
        DateForm::Dmy,
        DateForm::MonthName,
        DateForm::ExcelSerial,
    ];

    /// A day in the commonest ways of writing this form. `None` leaves the cell to [`DateForm::parse`].
    pub fn plain(self, cell: &[u8]) -> Option<Day> {
        let bytes = cell.try_into().ok().filter(|_| self == DateForm::Ymd)?;
        plain_ymd(bytes, if bytes[4] == b'/' { b'/' } else { b'-' })
    }

    /// Reads a cell that is written in this form.
    ///
    /// ```
    /// use quintile::core::import::dates::DateForm;
    /// let day = |form: DateForm, cell| form.parse(cell).unwrap().to_string();
    /// assert_eq!(day(DateForm::Ymd, "2024-02-29T23:59:59Z"), "2024-02-29");
    /// assert_eq!(day(DateForm::Roc, "民國１１３年２月２９日"), "2024-02-29");
    /// assert_eq!(day(DateForm::Mdy, "12/1/2010 8:26"), "2010-12-01");
    /// ```
    pub fn parse(self, cell: &str) -> Result<Day, DateProblem> {
        let cell = trim(cell);
        if cell.is_empty() {
            return Err(DateProblem::Missing);
        }
        if let Some(day) = self.plain(cell.as_bytes()) {
            return Ok(day);
        }
        let mut buffer = [0; 64];
        let (text, is_roc) = normalise(cell, &mut buffer).ok_or(DateProblem::NotADate)?;
        if is_roc && self != DateForm::Roc {
            return Err(DateProblem::NotADate);
        }
        let mut scan = Scan(text);
        let day = match self {
            DateForm::Ymd => scan.ymd(4..=4, 0),
            DateForm::Roc => scan.roc(is_roc),
            DateForm::Dmy => scan.parts().map(|(d, m, y)| (y, m, d)),
            DateForm::Mdy => scan.parts().map(|(m, d, y)| (y, m, d)),
            DateForm::Compact => scan.compact(),
            DateForm::MonthName => scan.month_name(),
            DateForm::ExcelSerial => return serial(text),
        };
        let (year, month, day) = day.filter(|_| scan.rest_is_time()).ok_or(DateProblem::NotADate)?;
        civil(year, month, day)
    }
}

/// `2024-02-29`, or with another sign that is not a digit between the numbers.
fn plain_ymd(bytes: &[u8; 10], between: u8) -> Option<Day> {
    let digits = bytes.map(|byte| byte.wrapping_sub(b'0'));
    let number = |places: &[usize]| places.iter().fold(0, |n, &i| n * 10 + u32::from(digits[i]));
    let are_digits = [0, 1, 2, 3, 5, 6, 8, 9].iter().all(|&i| digits[i] <= 9);
    if !are_digits || bytes[4] != between || bytes[7] != between {
        return None;
    }
    civil(number(&[0, 1, 2, 3]) as i32, number(&[5, 6]), number(&[8, 9])).ok()
}

fn civil(year: i32, month: u32, day: u32) -> Result<Day, DateProblem> {
    match Day::from_ymd(year, month, day) {
        _ if !(1900..=2100).contains(&year) => Err(DateProblem::OutOfRange),
        Some(day) => Ok(day),
        None => Err(DateProblem::NoSuchDay),
    }
}

/// Serial 1 is 1900-01-01; serial 60 is a 29 February that 1900 did not have.
fn serial(text: &[u8]) -> Result<Day, DateProblem> {
    let (whole, fraction) = match text.iter().position(|&b| b == b'.') {
        Some(i) => (&text[..i], &text[i + 1..]),
        None => (text, &text[..0]),
    };
    let is_number = |part: &[u8]| part.iter().all(u8::is_ascii_digit);
    if whole.is_empty() || whole.len() > 6 || !is_number(whole) || !is_number(fraction) {
        return Err(DateProblem::NotADate);
    }
    let serial = whole.iter().fold(0, |n, &d| n * 10 + i32::from(d - b'0'));
    match serial {
        1..60 => Ok(Day(serial - 25_568)),
        60 => Err(DateProblem::NoSuchDay),
        61..=73_415 => Ok(Day(serial - 25_569)),
        _ => Err(DateProblem::OutOfRange),
    }
}

/// The cell in plain lower-case ASCII, and whether it names the Republic of China. `None` when a character cannot
/// stand in a date.
fn normalise<'b>(cell: &str, buffer: &'b mut [u8; 64]) -> Option<(&'b [u8], bool)> {
    let mut rest = cell;
    let is_roc = ["中華民國", "民國"].iter().any(|name| match cell.strip_prefix(name) {
        Some(after) => {
            rest = after;
            true
        }
        None => false,
    });
    let mut len = 0;
    for c in rest.chars() {
        let pieces: &[u8] = match half_width(c) {
            // 上午, 下午: the second character is dropped.
            '上' => b"am",
            '下' => b"pm",
            '午' => b"",
            '年' | '月' => b"/",
            '日' | '號' => b" ",
            c if c.is_ascii() => &[c.to_ascii_lowercase() as u8],
            _ => return None,
        };
        buffer.get_mut(len..len + pieces.len())?.copy_from_slice(pieces);
        len += pieces.len();
    }
    Some((buffer[..len].trim_ascii(), is_roc))
}

/// What is still unread of a date.
struct Scan<'a>(&'a [u8]);

impl Scan<'_> {
    fn skip(&mut self, any_of: &[u8]) {
        while let Some((first, rest)) = self.0.split_first()
            && any_of.contains(first)
        {
            self.0 = rest;
        }
    }

    fn take(&mut self, wanted: u8) -> bool {
        let found = self.0.first() == Some(&wanted);
        if found {
            self.0 = &self.0[1..];
        }
        found
    }

    /// A number with its count of digits.
    fn number(&mut self, digits: std::ops::RangeInclusive<usize>) -> Option<(u32, usize)> {
        let len = self.0.iter().take_while(|b| b.is_ascii_digit()).count();
        if !digits.contains(&len) {
            return None;
        }
        let (number, rest) = self.0.split_at(len);
        self.0 = rest;
        Some((number.iter().fold(0_u32, |n, &d| n.wrapping_mul(10).wrapping_add(u32::from(d - b'0'))), len))
    }

    /// `-`, `/` or `.`, with blanks around it.
    fn separator(&mut self) -> Option<u8> {
        self.skip(b" ");
        let &found = self.0.first().filter(|b| b"-/.".contains(b))?;
        self.0 = &self.0[1..];
        self.skip(b" ");
        Some(found)
    }

    fn ymd(
        &mut self,
        year_digits: std::ops::RangeInclusive<usize>,
        year_zero: i32,
    ) -> Option<(i32, u32, u32)> {
        let (year, _) = self.number(year_digits)?;
        let first = self.separator()?;
        let (month, _) = self.number(1..=2)?;
        let second = self.separator()?;
        let (day, _) = self.number(1..=2)?;
        (first == second).then_some((year as i32 + year_zero, month, day))
    }

    /// Three numbers of which the last is the year.
    fn parts(&mut self) -> Option<(u32, u32, i32)> {
        let (a, _) = self.number(1..=2)?;
        let first = self.separator()?;
        let (b, _) = self.number(1..=2)?;
        let second = self.separator()?;
        let year = self.year()?;
        (first == second).then_some((a, b, year))
    }

    fn year(&mut self) -> Option<i32> {
        match self.number(2..=4)? {
            (year, 2) => Some(year as i32 + if year < 69 { 2000 } else { 1900 }),
            (year, 4) => Some(year as i32),
            _ => None,
        }
    }

    fn roc(&mut self, is_named: bool) -> Option<(i32, u32, u32)> {
        let digits = self.0.iter().take_while(|b| b.is_ascii_digit()).count();
        if matches!(digits, 6 | 7) {
            let (number, _) = self.number(6..=7)?;
            return Some(((number / 10_000) as i32 + 1911, number / 100 % 100, number % 100));
        }
        self.skip(b" ");
        self.ymd(if is_named { 1..=3 } else { 2..=3 }, 1911)
    }

    /// Eight digits, also with four or six more for the time.
    fn compact(&mut self) -> Option<(i32, u32, u32)> {
        let digits = self.0.iter().take_while(|b| b.is_ascii_digit()).count();
        if !matches!(digits, 8 | 12 | 14) {
            return None;
        }
        let (number, _) = Scan(&self.0[..8]).number(8..=8)?;
        self.0 = &self.0[digits..];
        Some(((number / 10_000) as i32, number / 100 % 100, number % 100))
    }

    fn month(&mut self) -> Option<u32> {
        const NAMES: [&str; 12] = [
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ];
        let len = self.0.iter().take_while(|b| b.is_ascii_lowercase()).count();
        let (word, rest) = self.0.split_at(len);
        if len < 3 {
            return None;
        }
        let month = NAMES.iter().position(|name| name.as_bytes().starts_with(word) || word == b"sept")?;
        self.0 = rest;
        Some(if word == b"sept" { 9 } else { month as u32 + 1 })
    }

    fn month_name(&mut self) -> Option<(i32, u32, u32)> {
        let between = b" -/.,";
        let month_first = self.month();
        self.skip(between);
        let (day, _) = self.number(1..=2)?;
        for ordinal in ["st", "nd", "rd", "th"] {
            self.0 = self.0.strip_prefix(ordinal.as_bytes()).unwrap_or(self.0);
        }
        self.skip(between);
        let month = match month_first {
            Some(month) => month,
            None => self.month()?,
        };
        self.skip(between);
        Some((self.year()?, month, day))
    }

    /// Whether nothing follows but a time of day: `T08:26`, ` 8:26:00.123 PM`, `下午 3:05`, with a zone or without.
    fn rest_is_time(&mut self) -> bool {
        if self.0.is_empty() {
            return true;
        }
        let start = self.0.len();
        self.skip(b" ,");
        self.take(b't');
        self.skip(b" ");
        if self.0.len() == start {
            return false;
        }
        let has_half = self.half_day();
        let Some((hour, _)) = self.number(1..=2) else { return false };
        if !self.take(b':') {
            return false;
        }
        let Some((minute, _)) = self.number(2..=2) else { return false };
        if self.take(b':') {
            let second = self.number(2..=2);
            if second.is_none_or(|(s, _)| s > 60) {
                return false;
            }
            if self.take(b'.') || self.take(b',') {
                self.skip(b"0123456789");
            }
        }
        if !has_half {
            self.half_day();
        }
        self.zone();
        hour <= 24 && minute < 60 && self.0.is_empty()
    }

    fn half_day(&mut self) -> bool {
        self.skip(b" ");
        for name in [&b"am"[..], b"pm", b"a.m.", b"p.m."] {
            if let Some(rest) = self.0.strip_prefix(name) {
                self.0 = rest;
                self.skip(b" ");
                return true;
            }
        }
        false
    }

    fn zone(&mut self) {
        self.skip(b" ");
        if [&b"z"[..], b"utc", b"gmt"].contains(&self.0) {
            self.0 = &[];
        } else if matches!(self.0.first(), Some(b'+' | b'-')) {
            self.skip(b"+-0123456789:");
        }
    }
}

/// How well a form fits the cells of a sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateCandidate {
    pub form: DateForm,
    /// How many of the cells are a day in this form.
    pub fits: usize,
}

/// Two readings of one cell, to ask the person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateDoubt {
    pub cell: String,
    pub first: (DateForm, Day),
    pub second: (DateForm, Day),
}

/// What form the cells of a column are written in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateGuess {
    /// Cells with a value.
    pub seen: usize,
    /// Best first; only forms that fit some cell.
    pub candidates: Vec<DateCandidate>,
    /// Two forms fit equally well and read the same cell as different days.
    pub ambiguous: bool,
    pub doubt: Option<DateDoubt>,
}

impl DateGuess {
    /// The best form, where it fits at least half of the cells.
    pub fn form(&self) -> Option<DateForm> {
        self.candidates.first().filter(|best| best.fits * 2 >= self.seen).map(|best| best.form)
    }

    /// Whether nine of ten cells are days: enough without a header that says so.
    pub fn is_clear(&self) -> bool {
        self.candidates.first().is_some_and(|best| best.fits * 10 >= self.seen * 9)
    }
}

/// Tries every form on a sample of cells.
pub fn detect<'a>(cells: impl Iterator<Item = &'a str> + Clone) -> DateGuess {
    let cells = cells.map(trim).filter(|cell| !super::cells::is_missing(cell));
    let seen = cells.clone().count();
    let mut candidates: Vec<DateCandidate> = DateForm::ALL
        .iter()
        .map(|&form| DateCandidate {
            form,
            fits: cells.clone().filter(|c| likely(form, c).is_some()).count(),
        })
        .filter(|candidate| candidate.fits > 0)
        .collect();
    candidates.sort_by_key(|candidate| std::cmp::Reverse(candidate.fits));
    let doubt = candidates.split_first().and_then(|(best, others)| {
        others.iter().filter(|other| other.fits == best.fits).find_map(|other| {
            cells.clone().find_map(|cell| {
                let (first, second) = (likely(best.form, cell)?, likely(other.form, cell)?);
                (first != second).then(|| DateDoubt {
                    cell: cell.chars().take(40).collect(),
                    first: (best.form, first),
                    second: (other.form, second),
                })
            })
        })
    });
    DateGuess { seen, candidates, ambiguous: doubt.is_some(), doubt }
}

/// Small numbers are days in the early years of some forms; nobody's sales are, so they are no evidence.
fn likely(form: DateForm, cell: &str) -> Option<Day> {
    let earliest = match form {
        DateForm::Roc => Day::from_ymd(1943, 1, 1)?,
        DateForm::ExcelSerial => Day(0),
        _ => Day(i32::MIN),
    };
    form.parse(cell).ok().filter(|&day| day >= earliest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all_forms(cell: &str) -> Vec<DateForm> {
        DateForm::ALL.into_iter().filter(|&form| likely(form, cell).is_some()).collect()
    }

    #[test]
    fn every_form_reads_the_leap_day_of_2024() {
        let leap_day = Day::from_ymd(2024, 2, 29).unwrap();
        let cases = [
            (
                DateForm::Ymd,
                "2024-02-29|2024/2/29|2024.02.29|2024年2月29日|２０２４／２／２９|2024/2/29 下午 03:05:10|2024-02-29 14:05:06.789+08:00|2024/ 2/29",
            ),
            (DateForm::Compact, "20240229|20240229140506|20240229 14:05"),
            (
                DateForm::Roc,
                "113/02/29|113.2.29|民國113年2月29日|中華民國 113年02月29日|1130229|113/02/29 08:00",
            ),
            (DateForm::Mdy, "2/29/2024|02-29-2024|2/29/24|2/29/2024 8:26 AM"),
            (DateForm::Dmy, "29/2/2024|29.02.2024|29-2-24|29/02/2024 20:26"),
            (DateForm::MonthName, "29 Feb 2024|Feb 29, 2024|February 29th, 2024|29-Feb-24"),
            (DateForm::ExcelSerial, "45351|45351.75"),
        ];
        for (form, cells) in cases {
            for cell in cells.split('|') {
                assert_eq!(form.parse(cell), Ok(leap_day), "{form:?} {cell}");
                assert_eq!(all_forms(cell), [form], "{cell}");
            }
        }
    }

    #[test]
    fn what_is_no_day_says_why() {
        assert_eq!(DateForm::Ymd.parse(" "), Err(DateProblem::Missing));
        assert_eq!(DateForm::Ymd.parse("2023-02-29"), Err(DateProblem::NoSuchDay));
        assert_eq!(DateForm::Ymd.parse("0024-02-29"), Err(DateProblem::OutOfRange));
        assert_eq!(DateForm::Ymd.parse("2024-02/29"), Err(DateProblem::NotADate));
        assert_eq!(DateForm::Ymd.parse("24/3/5"), Err(DateProblem::NotADate));
        assert_eq!(DateForm::Ymd.parse("2024-02-29 25 o'clock"), Err(DateProblem::NotADate));
        assert_eq!(DateForm::ExcelSerial.parse("60"), Err(DateProblem::NoSuchDay));
        assert_eq!(DateForm::ExcelSerial.parse("59").unwrap().to_string(), "1900-02-28");
        assert_eq!(DateForm::ExcelSerial.parse("61").unwrap().to_string(), "1900-03-01");
        assert_eq!(DateForm::ExcelSerial.parse("73415").unwrap().to_string(), "2100-12-31");
        assert_eq!(DateForm::ExcelSerial.parse("73416"), Err(DateProblem::OutOfRange));
        assert_eq!(DateForm::ExcelSerial.parse("100000"), Err(DateProblem::OutOfRange));
        assert_eq!(DateForm::ExcelSerial.parse("1000000"), Err(DateProblem::NotADate));
        assert_eq!(DateForm::Roc.parse("113/02/30"), Err(DateProblem::NoSuchDay));
    }

    #[test]
    fn a_time_behind_the_day_is_read_whole_or_not_at_all() {
        for time in ["24:00", "0:05", "14:05:60", "2:05 pm", "PM 2:05", "14:05:06Z", "14:05 +08:00"] {
            assert!(DateForm::Ymd.parse(&format!("2024-02-29 {time}")).is_ok(), "{time}");
        }
        for time in ["25:00", "14:60", "14:05:61", "14:05 x", "14:5", "14", "pm", "14:05:06 pm x"] {
            let read = DateForm::Ymd.parse(&format!("2024-02-29 {time}"));
            assert_eq!(read, Err(DateProblem::NotADate), "{time}");
        }
    }

    #[test]
    fn years_of_two_digits_are_of_1969_to_2068() {
        let year = |cell: &str| DateForm::Dmy.parse(cell).unwrap().ymd().0;
        assert_eq!(
            (year("1/2/68"), year("1/2/69"), year("1/2/00"), year("1/2/99")),
            (2068, 1969, 2000, 1999)
        );
    }

    #[test]
    fn nine_of_ten_days_make_a_column_of_days_and_small_numbers_are_none() {
        let guess = |days: usize, words: usize| {
            detect(std::iter::repeat_n("2024-02-29", days).chain(std::iter::repeat_n("word", words)))
        };
        assert!(guess(9, 1).is_clear() && !guess(8, 1).is_clear() && !guess(0, 3).is_clear());
        assert_eq!((guess(1, 1).form(), guess(1, 2).form()), (Some(DateForm::Ymd), None));
        assert!(all_forms("5").is_empty() && all_forms("25568").is_empty());
        assert_eq!(all_forms("25569"), [DateForm::ExcelSerial]);
    }

    #[test]
    fn day_and_month_are_asked_only_when_no_cell_decides() {
        let doubtful = detect(["3/4/2024", "5/6/2024"].into_iter());
        assert!(doubtful.ambiguous);
        assert_eq!(doubtful.doubt.unwrap().cell, "3/4/2024");
        let decided = detect(["3/4/2024", "25/6/2024"].into_iter());
        assert_eq!((decided.form(), decided.ambiguous), (Some(DateForm::Dmy), false));
        let same_either_way = detect(["3/3/2024"].into_iter());
        assert!(!same_either_way.ambiguous);
        assert_eq!(detect(["113/02/29", "99/1/5"].into_iter()).form(), Some(DateForm::Roc));
    }
}
