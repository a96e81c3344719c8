//! The stored form of a dataset: named binary sections with checksums, for IndexedDB and for workspace files.
//!
//! A JSON section, `manifest`, says which tables and columns there are; each column is a stream of little-endian
//! values, as narrow as its values allow, cut into sections of at most [`CHUNK`] bytes. The manifest holds the
//! checksum of every other section, so that sections of two datasets cannot be mixed up.
//!
//! ```
//! use quintile::core::{codec, sample, workspace::SampleId};
//! let shop = sample::make(SampleId::Shop, sample::SEED, &mut |_| ());
//! let sections = codec::encode(&shop, &Default::default());
//! let (read, _) = codec::decode(&sections).unwrap();
//! assert_eq!(read.customers, shop.customers);
//! ```

mod manifest;
mod streams;

use crate::core::dataset::Dataset;
use crate::core::dictionary::{Dictionary, NO_CODE};
use crate::core::problem::Problem;
use crate::core::table::{Column, ColumnData, Table, TableKind};
use manifest::{ColumnForm, DataForm, DictionaryForm, Manifest, TableForm};
use serde_json::Value;
use std::collections::BTreeMap;
use streams::{Reader, Writer};

/// The version of the sections. Raise it when an older program could misread newer ones.
pub const FORMAT: u32 = 1;

/// The largest section: what one record of IndexedDB holds comfortably.
pub const CHUNK: usize = 4 << 20;

/// The section that says what the others are.
pub const MANIFEST: &str = "manifest";

/// A named piece of a stored dataset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    pub name: String,
    pub bytes: Vec<u8>,
    /// The CRC-32 (IEEE) of `bytes`.
    pub crc32: u32,
}

impl Section {
    pub fn new(name: impl Into<String>, bytes: Vec<u8>) -> Section {
        Section { name: name.into(), crc32: crc32fast::hash(&bytes), bytes }
    }

    /// The bytes, if they are still those that the checksum was made of.
    pub fn checked(&self) -> Result<&[u8], Problem> {
        if crc32fast::hash(&self.bytes) == self.crc32 { Ok(&self.bytes) } else { Err(damaged(&self.name)) }
    }
}

/// What is kept beside each table, such as its import report; the codec does not look into it.
pub type Meta = BTreeMap<TableKind, Value>;

fn damaged(part: &str) -> Problem {
    Problem::Damaged { part: part.into() }
}

/// The sections of a dataset; the manifest comes last. Gradings are not stored: they are derived again.
pub fn encode(dataset: &Dataset, meta: &Meta) -> Vec<Section> {
    let mut encoder = Encoder::default();
    std::iter::from_fn(|| encoder.next(dataset, meta)).flatten().collect()
}

/// Makes the sections of a dataset a few at a time, so that a large one is never in memory twice, and whoever stores
/// it can do other things in between.
#[derive(Default)]
pub struct Encoder {
    writer: Writer,
    is_complete: bool,
}

impl Encoder {
    /// The next sections; the manifest comes last, and `None` after it. The dataset must stay as it is meanwhile.
    pub fn next(&mut self, dataset: &Dataset, meta: &Meta) -> Option<Vec<Section>> {
        self.writer.begin_pass();
        let mut manifest = describe(&mut self.writer, dataset);
        self.writer.end_pass().or_else(|| {
            for table in &mut manifest.tables {
                table.meta = meta.get(&table.kind).cloned().unwrap_or_default();
            }
            let json = serde_json::to_vec(&manifest).expect("a manifest is JSON");
            let is_new = !std::mem::replace(&mut self.is_complete, true);
            is_new.then(|| vec![Section::new(MANIFEST, json)])
        })
    }
}

/// The manifest without what is kept beside the tables; complete when the writer has made every stream.
fn describe(writer: &mut Writer, dataset: &Dataset) -> Manifest {
    let customers = write_dictionary(writer, "customers", &dataset.customers);
    let tables = dataset.tables.values().map(|table| {
        let name = format!("{:?}", table.kind).to_lowercase();
        let columns = table.columns.iter().enumerate().map(|(index, column)| ColumnForm {
            role: column.role,
            name: column.name.clone(),
            data: write_data(writer, &format!("{name}.{index}"), &column.data),
        });
        let columns = columns.collect();
        TableForm {
            kind: table.kind,
            rows: table.rows() as u64,
            customer: writer.codes(&format!("{name}.customer"), &table.customer, dataset.customers.len()),
            columns,
            meta: Value::Null,
        }
    });
    Manifest { format: FORMAT, customers, tables: tables.collect() }
}

/// The dataset of sections in any order. Whatever the sections hold, the answer is a whole dataset or a problem:
/// checksums, lengths, codes and texts are all checked.
pub fn decode(sections: &[Section]) -> Result<(Dataset, Meta), Problem> {
    let reader = Reader::new(sections);
    let manifest = Manifest::read(reader.section(MANIFEST)?)?;
    let customers = read_dictionary(&reader, &manifest.customers)?;
    let (mut tables, mut meta) = (BTreeMap::new(), Meta::new());
    for form in manifest.tables {
        let customer = reader.codes(&form.customer, customers.len())?;
        let complete = customer.len() as u64 == form.rows
            && (form.kind.may_lack_customer() || !customer.contains(&NO_CODE));
        if !complete || tables.contains_key(&form.kind) {
            return Err(damaged(&form.customer.name));
        }
        let mut columns = Vec::with_capacity(form.columns.len());
        for column in form.columns {
            let data = read_data(&reader, &column.data)?;
            if data.len() != customer.len() {
                return Err(damaged(&column.name));
            }
            columns.push(Column { role: column.role, name: column.name, data });
        }
        if !form.meta.is_null() {
            meta.insert(form.kind, form.meta);
        }
        tables.insert(form.kind, Table { kind: form.kind, customer, columns });
    }
    Ok((Dataset { customers, tables, ..Dataset::default() }, meta))
}

fn write_data(writer: &mut Writer, name: &str, data: &ColumnData) -> DataForm {
    match data {
        ColumnData::Days(days) => DataForm::Days { values: writer.days(name, days) },
        ColumnData::Money(money) => DataForm::Money { values: writer.money(name, money) },
        ColumnData::Numbers(numbers) => DataForm::Numbers { values: writer.numbers(name, numbers) },
        ColumnData::Texts { codes, dictionary } => DataForm::Texts {
            codes: writer.codes(name, codes, dictionary.len()),
            dictionary: write_dictionary(writer, name, dictionary),
        },
    }
}

fn read_data(reader: &Reader, form: &DataForm) -> Result<ColumnData, Problem> {
    Ok(match form {
        DataForm::Days { values } => ColumnData::Days(reader.days(values)?),
        DataForm::Money { values } => ColumnData::Money(reader.money(values)?),
        DataForm::Numbers { values } => ColumnData::Numbers(reader.numbers(values)?),
        DataForm::Texts { codes, dictionary } => {
            let dictionary = read_dictionary(reader, dictionary)?;
            ColumnData::Texts { codes: reader.codes(codes, dictionary.len())?, dictionary }
        }
    })
}

fn write_dictionary(writer: &mut Writer, name: &str, dictionary: &Dictionary) -> DictionaryForm {
    let (bytes, ends) = dictionary.parts();
    DictionaryForm {
        lengths: writer.lengths(&format!("{name}.lengths"), ends),
        bytes: writer.bytes(&format!("{name}.texts"), bytes),
    }
}

fn read_dictionary(reader: &Reader, form: &DictionaryForm) -> Result<Dictionary, Problem> {
    let bytes = reader.bytes(&form.bytes)?;
    let mut ends = reader.lengths(&form.lengths)?;
    let mut end = 0_u32;
    for length in &mut ends {
        end = end.checked_add(*length).ok_or_else(|| damaged(&form.lengths.name))?;
        *length = end;
    }
    Dictionary::from_parts(&bytes, &ends).ok_or_else(|| damaged(&form.bytes.name))
}
