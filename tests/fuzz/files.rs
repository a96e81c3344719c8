//! Tables of cells as bytes, in every way in which files write them; and what holds for any file at all.

use crate::chance::one_of;
use encoding_rs::{BIG5, CoderResult, GB18030};
use quintile::core::codec::{self, Meta, Section};
use quintile::core::dataset::Dataset;
use quintile::core::dictionary::Dictionary;
use quintile::core::import::amounts::MAX_MINOR;
use quintile::core::import::{Encoding, FileProblem, ForeignDecoder, Imported, Importer, Plan};
use quintile::core::lang::Lang;
use quintile::core::money::Currency;
use quintile::core::random::Random;
use quintile::core::table::{ColumnData, NO_DAY, NO_MONEY};

/// How a file is written.
#[derive(Clone, Copy, Debug)]
pub struct Writing {
    pub encoding: Encoding,
    pub mark: bool,
    pub delimiter: u8,
    pub line_break: &'static str,
    pub always_quote: bool,
    pub last_line_break: bool,
}

impl Writing {
    pub fn any(random: &mut Random) -> Writing {
        Writing {
            encoding: one_of(random, &[Encoding::Utf8, Encoding::Utf8, Encoding::Utf16Le, Encoding::Utf16Be]),
            mark: random.chance(0.5),
            delimiter: one_of(random, b",;\t|"),
            line_break: one_of(random, &["\n", "\r\n", "\r"]),
            always_quote: random.chance(0.3),
            last_line_break: random.chance(0.8),
        }
    }

    pub fn bytes(&self, rows: &[Vec<String>]) -> Vec<u8> {
        let delimiter = char::from(self.delimiter);
        let cell = |cell: &String| {
            let must = cell.contains(['"', '\n', '\r', delimiter]);
            if self.always_quote || must {
                format!("\"{}\"", cell.replace('"', "\"\""))
            } else {
                cell.clone()
            }
        };
        let rows =
            rows.iter().map(|row| row.iter().map(cell).collect::<Vec<_>>().join(&delimiter.to_string()));
        let mut text = rows.collect::<Vec<_>>().join(self.line_break);
        if self.last_line_break {
            text.push_str(self.line_break);
        }
        if self.mark {
            text.insert(0, '\u{feff}');
        }
        match self.encoding {
            Encoding::Utf16Le => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            Encoding::Utf16Be => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            _ => text.into_bytes(),
        }
    }
}

/// What a browser's `TextDecoder` does in the stream.
struct StreamDecoder(encoding_rs::Decoder);

impl ForeignDecoder for StreamDecoder {
    fn decode(&mut self, mut bytes: &[u8], last: bool, out: &mut String) -> usize {
        let before = out.len();
        loop {
            out.reserve(bytes.len() * 3 + 16);
            let (result, read, _) = self.0.decode_to_string(bytes, out, last);
            bytes = &bytes[read..];
            if result == CoderResult::InputEmpty {
                return out[before..].matches('\u{fffd}').count();
            }
        }
    }
}

pub fn decoder(encoding: Encoding) -> Option<Box<dyn ForeignDecoder>> {
    let encoding = match encoding {
        Encoding::Big5 => BIG5,
        Encoding::Gb18030 => GB18030,
        _ => return None,
    };
    Some(Box::new(StreamDecoder(encoding.new_decoder_without_bom_handling())))
}

/// Imports a file whose pieces have the lengths that `piece` gives.
pub fn import(plan: &Plan, file: &[u8], mut piece: impl FnMut() -> usize) -> Result<Imported, FileProblem> {
    let importer = Importer::new(
        plan.clone(),
        &Currency::default(),
        Dictionary::default(),
        [9; 16],
        decoder(plan.encoding),
    );
    let (mut importer, mut rest) = (importer.expect("a plan without problems"), file);
    while !rest.is_empty() {
        let (now, later) = rest.split_at(piece().clamp(1, rest.len()));
        importer.push(now)?;
        rest = later;
    }
    importer.finish()
}

/// What holds for every import, whatever the file.
pub fn check(imported: &Imported) {
    let Imported { table, customers, report } = imported;
    assert_eq!(report.read, report.used + report.set_aside_count, "read = used + set aside");
    assert_eq!(report.set_aside.len() as u64, report.set_aside_count);
    assert_eq!(report.by_reason.iter().map(|&(_, count)| count).sum::<u64>(), report.set_aside_count);
    assert_eq!((table.rows() as u64, report.customers), (report.used, customers.len() as u64));
    assert!(report.used > 0, "an import without rows is a problem");
    let lines: Vec<u64> = report.set_aside.iter().map(|row| row.line).collect();
    assert!(lines.is_sorted() && !lines.contains(&0));
    assert!(report.set_aside.iter().all(|row| row.value.chars().count() <= 200));
    for column in &table.columns {
        assert_eq!(column.data.len(), table.rows());
        match &column.data {
            ColumnData::Days(days) => {
                assert!(days.iter().all(|&day| day == NO_DAY || (-25_567..=47_846).contains(&day)));
            }
            ColumnData::Money(money) => {
                assert!(money.iter().all(|&minor| minor == NO_MONEY || minor.abs() <= MAX_MINOR));
            }
            ColumnData::Numbers(_) => {
                let numbers = (0..table.rows()).filter_map(|row| column.data.number(row));
                assert!(numbers.into_iter().all(f64::is_finite));
            }
            ColumnData::Texts { .. } => {
                assert!(
                    (0..table.rows()).filter_map(|row| column.data.text(row)).all(|text| !text.is_empty())
                );
            }
        }
    }
    for lang in Lang::ALL {
        assert!(report.notes.iter().all(|note| !note.say(&report.headers, lang).is_empty()));
    }
}

/// A dataset of one table in its stored form: equal forms are equal tables.
pub fn sections(imported: &Imported) -> Vec<Section> {
    codec::encode(&dataset(imported), &Meta::new())
}

pub fn dataset(imported: &Imported) -> Dataset {
    let tables = [(imported.table.kind, imported.table.clone())].into();
    Dataset { customers: imported.customers.clone(), tables, ..Dataset::default() }
}
