//! Whatever the bytes: whole and in pieces alike, nothing lost.

use crate::{ORDERS, cells, decoder, import_in_pieces, preview};
use encoding_rs::BIG5;
use proptest::prelude::*;
use quintile::core::day::Day;
use quintile::core::import::amounts::{self, NumberStyle};
use quintile::core::import::dates::DateForm;
use quintile::core::import::{self, Encoding, FileProblem, Imported, Overrides};
use quintile::core::lang::Lang;
use quintile::core::money::Currency;

fn check(result: Result<Imported, FileProblem>) -> Option<(Vec<String>, import::Report)> {
    match result {
        Ok(imported) => {
            let report = &imported.report;
            assert_eq!(report.read, report.used + report.set_aside_count);
            assert_eq!(report.set_aside.len() as u64, report.set_aside_count);
            assert_eq!(imported.table.rows() as u64, report.used);
            assert!(imported.table.columns.iter().all(|column| column.data.len() == imported.table.rows()));
            Some((cells(&imported), imported.report))
        }
        Err(problem) => {
            Lang::ALL.into_iter().for_each(|lang| assert!(!problem.say(lang).is_empty()));
            None
        }
    }
}

/// Reads any bytes as they are guessed, whole and in pieces: the same result or the same error.
fn read_any(file: &[u8], piece: usize) {
    let Ok(guess) = import::preview(file, true, &Overrides::default(), &decoder) else { return };
    if !guess.plan.problems().is_empty() {
        return;
    }
    let whole = check(import_in_pieces(&guess.plan, file, file.len().max(1)));
    let pieces = check(import_in_pieces(&guess.plan, file, piece));
    assert_eq!(whole, pieces);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_bytes_give_a_result_or_an_error(file in prop::collection::vec(any::<u8>(), 0..400), piece in 1_usize..20) {
        read_any(&file, piece);
        let mut plan = preview(ORDERS.as_bytes()).plan;
        for encoding in Encoding::ALL {
            plan.encoding = encoding;
            let whole = check(import_in_pieces(&plan, &file, file.len().max(1)));
            prop_assert_eq!(whole, check(import_in_pieces(&plan, &file, piece)));
        }
    }

    #[test]
    fn a_mutated_file_gives_a_result_or_an_error(
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0_u8..3), 1..12),
        piece in 1_usize..20,
        big5 in any::<bool>(),
    ) {
        let mut file = if big5 { BIG5.encode(ORDERS).0.into_owned() } else { ORDERS.as_bytes().to_vec() };
        for (at, byte, how) in edits {
            let at = at.index(file.len());
            match how {
                0 => file[at] = byte,
                1 => file.insert(at, b"\",;\r\n\t\0\xff"[usize::from(byte % 8)]),
                _ if file.len() > 1 => drop(file.remove(at)),
                _ => {}
            }
        }
        read_any(&file, piece);
    }

    #[test]
    fn amounts_come_back_as_they_were(minor in -amounts::MAX_MINOR..=amounts::MAX_MINOR) {
        let plain = Currency::default().decimal(minor);
        let (sign, size) = plain.strip_prefix('-').map_or(("", plain.as_str()), |size| ("-", size));
        let (whole, decimals) = size.split_once('.').unwrap();
        let mut grouped = String::new();
        for (i, digit) in whole.chars().enumerate() {
            if i > 0 && (whole.len() - i) % 3 == 0 {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        let european = format!("{sign}{},{decimals}", grouped.replace(',', "."));
        let bracketed = if minor < 0 { format!("(NT${grouped}.{decimals})") } else { format!("NT${grouped}.{decimals}") };
        let read = |cell: &str, style| amounts::amount(cell, style, 2).map(|amount| (amount.minor, amount.rounded));
        prop_assert_eq!(read(&plain, NumberStyle::DotDecimal), Ok((minor, false)));
        prop_assert_eq!(read(&european, NumberStyle::CommaDecimal), Ok((minor, false)));
        prop_assert_eq!(read(&bracketed, NumberStyle::DotDecimal), Ok((minor, false)));
    }

    #[test]
    fn days_come_back_in_every_form(number in -25_567_i32..=47_846) {
        let day = Day(number);
        let (y, m, d) = day.ymd();
        let mut forms = vec![
            (DateForm::Ymd, day.to_string()),
            (DateForm::Ymd, format!("{y}年{m}月{d}日")),
            (DateForm::Compact, format!("{y}{m:02}{d:02}")),
            (DateForm::Dmy, format!("{d}/{m}/{y} 08:26")),
            (DateForm::Mdy, format!("{m:02}-{d:02}-{y}")),
            (DateForm::ExcelSerial, (number + 25_569 - i32::from(number < -25_508)).to_string()),
        ];
        if y > 1920 {
            forms.push((DateForm::Roc, format!("民國{}年{m}月{d}日", y - 1911)));
            forms.push((DateForm::Roc, format!("{:03}{m:02}{d:02}", y - 1911)));
            forms.push((DateForm::Roc, format!("{:02}/{m:02}/{d:02}", y - 1911)));
        }
        for (form, text) in forms {
            prop_assert_eq!(form.parse(&text), Ok(day), "{:?} {}", form, text);
        }
    }

    #[test]
    fn any_cell_is_a_value_or_a_problem(cell in "\\PC{0,40}") {
        for form in DateForm::ALL {
            let _ = form.parse(&cell);
        }
        for style in [NumberStyle::DotDecimal, NumberStyle::CommaDecimal] {
            let _ = amounts::amount(&cell, style, 2);
            if let Ok(number) = amounts::number(&cell, style) {
                prop_assert!(number.is_finite());
            }
        }
    }
}
