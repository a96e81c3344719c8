//! Dates and amounts: what is written in a known form comes back exactly, and any text at all is read or refused.

use crate::chance::{between, corpus_lines, mutate_text, one_of, text};
use crate::harness::Input;
use quintile::core::day::{Day, days_in_month};
use quintile::core::import::amounts::{self, Amount, AmountProblem, MAX_MINOR, NumberStyle};
use quintile::core::import::cells::half_width;
use quintile::core::import::dates::{self, DateForm, DateProblem};
use quintile::core::random::Random;

/// Writes half of the ASCII characters in full width.
fn some_full_width(random: &mut Random, text: &str) -> String {
    let wide = |c: char| char::from_u32(c as u32 + 0xfee0).unwrap_or(c);
    text.chars().map(|c| if ('!'..='~').contains(&c) && random.chance(0.5) { wide(c) } else { c }).collect()
}

fn decorated(random: &mut Random, text: String) -> String {
    let text = if random.chance(0.2) { some_full_width(random, &text) } else { text };
    let blank = |random: &mut Random| one_of(random, &["", "", "", " ", "\u{3000}", "\u{a0}", "\t"]);
    format!("{}{text}{}", blank(random), blank(random))
}

// ---- Dates

const FIRST: i32 = -25_567; // 1900-01-01
const LAST: i32 = 47_846; // 2100-12-31

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A day as this form can write it; `None` where it cannot.
pub fn write_day(random: &mut Random, form: DateForm, day: Day) -> Option<String> {
    let (y, m, d) = day.ymd();
    let separator = one_of(random, &["-", "/", "."]);
    let padded = random.chance(0.5);
    let two = |n: u32| if padded { format!("{n:02}") } else { n.to_string() };
    let (mm, dd) = (two(m), two(d));
    let text = match form {
        DateForm::Ymd if random.chance(0.3) => format!("{y}年{mm}月{dd}{}", one_of(random, &["日", "號"])),
        DateForm::Ymd => format!("{y}{separator}{mm}{separator}{dd}"),
        DateForm::Compact => format!("{y}{m:02}{d:02}"),
        DateForm::Roc if y <= 1911 => return None,
        DateForm::Roc => match random.below(3) {
            0 => format!("{}{}年{mm}月{dd}日", one_of(random, &["民國", "中華民國"]), y - 1911),
            1 => format!("{:02}{separator}{mm}{separator}{dd}", y - 1911),
            _ => format!("{:02}{m:02}{d:02}", y - 1911),
        },
        DateForm::Mdy => format!("{mm}{separator}{dd}{separator}{y}"),
        DateForm::Dmy => format!("{dd}{separator}{mm}{separator}{y}"),
        DateForm::MonthName => {
            let name = MONTHS[m as usize - 1];
            let name = if random.chance(0.5) { &name[..3] } else { name };
            if random.chance(0.5) { format!("{dd} {name} {y}") } else { format!("{name} {dd}, {y}") }
        }
        // The spreadsheet's 29 February 1900 shifts what comes before.
        DateForm::ExcelSerial => (day.0 + 25_569 - i32::from(day.0 < -25_508)).to_string(),
    };
    let can_have_time = !matches!(form, DateForm::ExcelSerial) && !text.ends_with(['日', '號']);
    let time = match random.below(6) {
        0 if can_have_time => {
            one_of(random, &[" 08:26", " 23:59:59", " 8:26 PM", " 下午 03:05", " 12:00:00.123"])
        }
        1 if form == DateForm::Ymd && can_have_time => {
            one_of(random, &["T08:26", "T23:59:59Z", "T00:00:00+08:00"])
        }
        2 if form == DateForm::ExcelSerial => one_of(random, &[".5", ".0", ".99999"]),
        _ => "",
    };
    Some(format!("{text}{time}"))
}

pub fn date(random: &mut Random, input: &Input) {
    if random.chance(0.5) {
        let day = Day(between(random, FIRST.into(), LAST.into()) as i32);
        let form = one_of(random, &DateForm::ALL);
        let Some(text) = write_day(random, form, day) else { return };
        let cell = decorated(random, text);
        input.is(format!("{form:?} {cell}"));
        assert_eq!(form.parse(&cell), Ok(day));
        assert!(dates::detect([cell.as_str()].into_iter()).seen == 1);
        return;
    }
    let cell = any_cell(random, "dates");
    input.is(&cell);
    for form in DateForm::ALL {
        match form.parse(&cell) {
            Ok(day) => {
                let (y, m, d) = day.ymd();
                assert!((FIRST..=LAST).contains(&day.0), "{form:?}: {day} is out of range");
                assert!((1..=12).contains(&m) && (1..=days_in_month(y, m)).contains(&d));
                assert_eq!(
                    (Day::from_ymd(y, m, d), Day::parse_iso(&day.to_string())),
                    (Some(day), Some(day))
                );
                // A day is never made of less than its digits.
                let digits = cell.chars().filter(|&c| half_width(c).is_ascii_digit()).count();
                assert!(digits >= if form == DateForm::ExcelSerial { 1 } else { 3 }, "{form:?}");
            }
            Err(DateProblem::Missing) => assert!(!cell.contains(|c: char| c.is_alphanumeric())),
            Err(_) => {}
        }
    }
    let guess = dates::detect([cell.as_str(), "2024-02-29", cell.as_str()].into_iter());
    assert!(guess.candidates.iter().all(|candidate| candidate.fits <= guess.seen));
}

fn any_cell(random: &mut Random, folder: &str) -> String {
    match random.below(4) {
        0 => text(random),
        _ => {
            let kept = corpus_lines_once(folder);
            let cell = one_of(random, &kept);
            if random.chance(0.2) { cell } else { mutate_text(random, &cell) }
        }
    }
}

fn corpus_lines_once(folder: &str) -> Vec<String> {
    thread_local!(static KEPT: std::cell::RefCell<std::collections::HashMap<String, Vec<String>>> = Default::default());
    KEPT.with_borrow_mut(|kept| kept.entry(folder.into()).or_insert_with(|| corpus_lines(folder)).clone())
}

// ---- Amounts

/// An amount of minor units with two digits, written in this style.
pub fn write_amount(random: &mut Random, style: NumberStyle, minor: i64) -> String {
    let (point, group) = match style {
        NumberStyle::DotDecimal => (".", one_of(random, &[",", "", "'", " "])),
        NumberStyle::CommaDecimal => (",", one_of(random, &[".", "", " "])),
    };
    let size = minor.unsigned_abs();
    let mut whole = String::new();
    let digits = (size / 100).to_string();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            whole.push_str(group);
        }
        whole.push(digit);
    }
    let zeros = "0".repeat(random.below(4) as usize);
    let number = match size % 100 {
        0 if random.chance(0.5) => whole,
        cents if cents % 10 == 0 && random.chance(0.5) => format!("{whole}{point}{}", cents / 10),
        cents => format!("{whole}{point}{cents:02}{zeros}"),
    };
    let symbol = one_of(random, &["", "", "", "NT$", "$", "€", "US$", "￥"]);
    let unit = if symbol.is_empty() { one_of(random, &["", "", "", "元", " TWD", " usd"]) } else { "" };
    match (minor < 0, random.below(4)) {
        (false, 0) => format!("+{symbol}{number}{unit}"),
        (false, _) => format!("{symbol}{number}{unit}"),
        (true, 0) => format!("({symbol}{number}){unit}"),
        (true, 1) => format!("{symbol}{number}-"),
        (true, 2) => format!("{symbol}-{number}{unit}"),
        (true, _) => format!("{}{symbol}{number}{unit}", one_of(random, &["-", "−"])),
    }
}

pub fn amount(random: &mut Random, input: &Input) {
    let style = one_of(random, &[NumberStyle::DotDecimal, NumberStyle::CommaDecimal]);
    if random.chance(0.5) {
        let digits = random.below(14);
        let minor = between(random, -MAX_MINOR, MAX_MINOR) / 10_i64.pow(digits);
        let text = write_amount(random, style, minor);
        let cell = decorated(random, text);
        input.is(format!("{style:?} {cell}"));
        assert_eq!(amounts::amount(&cell, style, 2), Ok(Amount { minor, rounded: false }));
        return;
    }
    let cell = any_cell(random, "amounts");
    input.is(format!("{style:?} {cell}"));
    let decimal = amounts::decimal(&cell, style);
    for digits in 0..=4 {
        match amounts::amount(&cell, style, digits) {
            Ok(amount) => {
                assert!(amount.minor.abs() <= MAX_MINOR);
                let decimal = decimal.expect("an amount is a decimal");
                assert_eq!(decimal.to_minor(digits), Ok(amount));
                assert_eq!(Some(amount), by_long_division(&cell, style, digits), "{decimal:?}");
            }
            Err(AmountProblem::TooLarge) => {}
            Err(problem) => assert_eq!(Err(problem), decimal.map(|_| ()), "both ways refuse it alike"),
        }
    }
    match amounts::number(&cell, style) {
        Ok(number) => assert!(number.is_finite()),
        Err(AmountProblem::TooLarge) => assert!(decimal.is_ok()),
        Err(problem) => assert_eq!(Err(problem), decimal.map(|_| ())),
    }
    let _ = amounts::detect([cell.as_str()].into_iter());
}

/// The value of an accepted cell by another way: digit by digit, as strings, without any parser of ours.
fn by_long_division(cell: &str, style: NumberStyle, minor_digits: u8) -> Option<Amount> {
    let point = if style == NumberStyle::DotDecimal { '.' } else { ',' };
    let plain: String = cell.chars().map(|c| half_width(c).to_ascii_lowercase()).collect();
    let negative = plain.contains(['-', '(']) && !is_exponent_sign_only(&plain);
    let digits_and_point =
        |text: &str| text.chars().filter(|&c| c.is_ascii_digit() || c == point).collect::<String>();
    let (number, power) = match exponent_at(&plain) {
        Some(at) => (&plain[..at], exponent_of(&plain[at + 1..])),
        None => (plain.as_str(), 0),
    };
    let number = digits_and_point(number);
    let (whole, decimals) = number.split_once(point).unwrap_or((&number, ""));
    let all = format!("{whole}{decimals}");
    // Where the last minor digit is in `all`; digits behind it are rounded away.
    let cut = whole.len() as i64 + power + i64::from(minor_digits);
    let digit =
        |at: i64| usize::try_from(at).ok().and_then(|at| all.as_bytes().get(at)).map_or(0, |b| b - b'0');
    let mut minor = 0_i64;
    for at in 0..cut.max(0) {
        minor = minor.checked_mul(10)?.checked_add(digit(at).into())?;
    }
    let behind =
        (cut.max(0)..all.len() as i64).any(|at| digit(at) > 0) || cut < 0 && all.bytes().any(|b| b != b'0');
    minor += i64::from(cut >= 0 && digit(cut) >= 5);
    Some(Amount { minor: if negative { -minor } else { minor }, rounded: behind })
}

/// An `e` between two characters of a number; those of currency words have letters beside them.
fn exponent_at(plain: &str) -> Option<usize> {
    let bytes = plain.as_bytes();
    plain.char_indices().filter(|&(_, c)| c == 'e').map(|(at, _)| at).find(|&at| {
        let before = at.checked_sub(1).map(|at| bytes[at]);
        let after = bytes.get(at + 1).copied();
        before.is_some_and(|b| b.is_ascii_digit() || b == b'.' || b == b',')
            && after.is_some_and(|b| b.is_ascii_digit() || b == b'+' || b == b'-')
    })
}

fn exponent_of(text: &str) -> i64 {
    let digits: String =
        text.chars().skip_while(|c| "+-".contains(*c)).take_while(char::is_ascii_digit).collect();
    let size: i64 = digits.parse().unwrap_or(0);
    if text.starts_with('-') { -size } else { size }
}

fn is_exponent_sign_only(plain: &str) -> bool {
    let Some(at) = exponent_at(plain) else { return false };
    plain[..at].matches(['-', '(']).count() == 0
        && plain[at + 1..].strip_prefix('-').is_some_and(|rest| !rest.contains(['-', '(']))
}
