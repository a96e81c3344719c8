//! What a person types into fields, as values.

/// The largest number that is taken: what is worked out from it stays a finite number.
pub const LARGEST: f64 = 1e9;

/// A number as people write money: with or without a currency's sign, thousands separators and a true minus.
///
/// ```
/// use quintile::core::typed::number;
/// assert_eq!(number("$1,234.50"), Some(1234.5));
/// assert_eq!(number("0.62 per piece"), None);
/// ```
pub fn number(typed: &str) -> Option<f64> {
    let typed = typed.trim();
    let (negative, size) = match typed.strip_prefix(['-', '−']) {
        Some(size) => (true, size),
        None => (false, typed),
    };
    // A sign of a currency is short and has no digits: NT$, US$, €.
    let amount = size.trim_start_matches(|c: char| !c.is_ascii_digit() && c != '.' && c != ',');
    if size.chars().count() - amount.chars().count() > 4 {
        return None;
    }
    let plain = ungrouped(amount)?;
    if !plain.chars().all(|c| c.is_ascii_digit() || c == '.') {
        return None;
    }
    let value = plain.parse::<f64>().ok().filter(|value| *value <= LARGEST)?;
    Some(if negative { -value } else { value })
}

/// Per cent as a share: 12.3 is 0.123 to the last digit, which a division by 100 need not be.
pub fn share_of_percent(percent: f64) -> f64 {
    (percent * 1e8).round() / 1e10
}

/// Without the commas between thousands; `None` where one stands elsewhere: 1,5 may mean one and a half.
fn ungrouped(typed: &str) -> Option<String> {
    let whole = typed.split('.').next().unwrap_or(typed);
    let commas_fit =
        whole.split(',').skip(1).all(|group| group.len() == 3) && !typed[whole.len()..].contains(',');
    (commas_fit && !whole.starts_with(',')).then(|| typed.replace(',', ""))
}

/// A whole number within a range.
pub fn whole<T: std::str::FromStr + PartialOrd>(
    typed: &str,
    range: std::ops::RangeInclusive<T>,
) -> Option<T> {
    ungrouped(typed.trim())?.parse().ok().filter(|value| range.contains(value))
}

/// A whole number within a range, where an empty field means none; `None` for anything else.
pub fn whole_or_none<T: std::str::FromStr + PartialOrd>(
    typed: &str,
    range: std::ops::RangeInclusive<T>,
) -> Option<Option<T>> {
    if typed.trim().is_empty() {
        return Some(None);
    }
    whole(typed, range).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_read_as_people_write_it() {
        for (typed, value) in
            [("0.62", 0.62), (" $35 ", 35.0), ("NT$1,000", 1000.0), ("−5", -5.0), ("-$5", -5.0), (".5", 0.5)]
        {
            assert_eq!(number(typed), Some(value), "{typed}");
        }
        for typed in [
            "",
            "$",
            "many",
            "1e5",
            "0.6.2",
            "35 each",
            "1,5",
            "12,34.5",
            ",500",
            "0.5,000",
            "inf",
            "NaN",
            "9999999999",
        ] {
            assert_eq!(number(typed), None, "{typed}");
        }
    }

    #[test]
    fn whole_numbers_stay_within_their_range() {
        assert_eq!(whole::<u32>("20", 2..=100), Some(20));
        assert_eq!(whole::<u32>("1,000", 2..=1_000), Some(1_000));
        assert_eq!(whole::<u32>("1", 2..=100), None);
        assert_eq!(whole::<u32>("2.5", 2..=100), None);
        assert_eq!(whole::<u32>("2,5", 2..=100), None);
        assert_eq!(whole_or_none::<u8>(" ", 1..=9), Some(None));
        assert_eq!(whole_or_none::<u8>("300", 1..=9), None);
    }
}
