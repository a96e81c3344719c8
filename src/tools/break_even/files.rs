//! A calculation as a CSV file: what was typed, and what came of it.

use super::answer::{Answer, Figure};
use super::calculator::{Calculator, Given};
use super::text::text;
use crate::core::export::CsvWriter;
use crate::core::inputs::{Input, Values};
use crate::core::reader::Reader;

/// Name, value as it is read, and value to go on computing with: inputs, rows, the answer and its figures.
pub fn calculation(calculator: &Calculator, given: &Given, answer: &Answer, reader: Reader) -> Vec<u8> {
    let words = text(reader.lang);
    let mut csv = CsvWriter::new();
    csv.header([words.file_part, words.file_name, words.file_shown, words.file_number]);
    let mut input = |part: &str, name: String, input: &Input, values: &Values, at: usize| {
        let number = values.at(at);
        csv.text(part).text(&name).text(&input.show(number, reader)).number(Some(number)).end_row();
    };
    for (at, each) in calculator.inputs.iter().enumerate() {
        input(words.settings, each.label(reader.lang).into(), each, &given.values, at);
    }
    for (grid, row) in calculator.grid.iter().flat_map(|grid| given.rows.iter().map(move |row| (grid, row))) {
        for (at, each) in grid.columns.iter().enumerate() {
            let name = format!("{}{}{}", row.name, reader.pick(": ", "："), each.label(reader.lang));
            input(words.settings, name, each, &row.values, at);
        }
    }
    for Figure { label, value, note, number } in std::iter::once(&answer.main).chain(&answer.figures) {
        let name = if note.is_empty() {
            label.clone()
        } else {
            reader.pick(format!("{label} ({note})"), format!("{label}（{note}）"))
        };
        csv.text(words.answer).text(&name).text(value).number(*number).end_row();
    }
    csv.finish()
}
