//! The table behind a chart says what the chart shows.

use proptest::prelude::*;
use quintile::charts::spec::{ChartSpec, Marks};
use quintile::charts::table::{csv, table};

use crate::samples;

#[test]
fn one_row_for_each_mark_with_its_text_and_number() {
    let pyramid = |spec: &ChartSpec| matches!(spec.marks, Marks::Pyramid(_));
    for (name, spec) in samples::gallery().into_iter().filter(|(_, spec)| !pyramid(spec)) {
        let table = table(&spec);
        let marks = spec.each_mark();
        assert_eq!(table.rows.len(), marks.len(), "{name}");
        assert!(table.headers.iter().all(|header| !header.is_empty()), "{name}: every column has a name");
        let ends = if marks[0].interval.is_some() { 2 } else { 0 };
        let amount = table.headers.len() - 1 - usize::from(spec.legend.is_some()) - ends;
        for (row, mark) in table.rows.iter().zip(marks) {
            assert_eq!(row.len(), table.headers.len(), "{name}");
            assert_eq!(row[amount].text, mark.value, "{name}");
            assert_eq!(row[amount].number, Some(mark.amount), "{name}");
        }
    }
}

#[test]
fn rows_of_a_heat_map_name_their_row_and_column() {
    let table = table(&samples::heat_map(5));
    let texts: Vec<&str> = table.rows[7].iter().map(|cell| cell.text.as_str()).collect();
    assert_eq!(texts, ["R 4", "F 3", "80"]);
}

#[test]
fn a_judgement_is_a_column_in_words() {
    let table = table(&samples::response_rates());
    assert_eq!(table.headers, ["區塊代碼", "回應率", "判定"]);
    assert_eq!(table.rows[0].last().unwrap().text, "高於損益平衡（推展）");
}

#[test]
fn grouped_bars_are_listed_category_by_category() {
    let table = table(&samples::grouped());
    assert_eq!(table.headers, ["客層", "年", "顧客人數"]);
    let first: Vec<Vec<&str>> =
        table.rows.iter().take(3).map(|row| row.iter().map(|cell| cell.text.as_str()).collect()).collect();
    assert_eq!(first, [["頂級", "去年", "120"], ["頂級", "今年", "85"], ["大型", "去年", "240"]]);
}

#[test]
fn csv_holds_plain_numbers_and_cannot_run_a_formula() {
    let mut spec = samples::bars_of(&[1234.5, f64::NAN]);
    let quintile::charts::spec::Marks::Bars(bars) = &mut spec.marks else { panic!("bars") };
    bars.categories[0] = "=1+1".into();
    bars.series[0].marks[0].value = "NT$1,234.50".into();
    bars.series[0].marks[1].value = "–".into();
    let bytes = csv(&table(&spec));
    let text = String::from_utf8(bytes).unwrap();
    let lines: Vec<&str> = text.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(lines, ["Category,Amount", "'=1+1,1234.5", "bar 1,–"]);
}

proptest! {
    #[test]
    fn the_table_keeps_every_amount_that_is_finite(amounts in prop::collection::vec(any::<f64>(), 0..100)) {
        let table = table(&samples::bars_of(&amounts));
        let numbers: Vec<Option<f64>> = table.rows.iter().map(|row| row[1].number).collect();
        let wanted: Vec<Option<f64>> = amounts.iter().map(|amount| amount.is_finite().then_some(*amount)).collect();
        prop_assert_eq!(numbers, wanted);
    }
}
