//! The head of a file as the person sees it before the import: what we think of it, why, and what we have to ask.

use super::amounts::NumberStyle;
use super::dates::{DateDoubt, DateForm};
use super::decode::{Decoder, ForeignDecoder};
use super::dialect::{self, Dialect, Sample};
use super::encoding::{self, Encoding, EncodingGuess};
use super::guess::{self, ColumnGuess};
use super::header_names::Personal;
use super::plan::{Form, MissingCustomer, Plan, PlanProblem};
use super::problem::FileProblem;
use super::sniff::{FileKind, sniff};
use crate::core::table::TableKind;
use serde::{Deserialize, Serialize};

/// What the person has set right; everything else is guessed anew.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Overrides {
    pub encoding: Option<Encoding>,
    pub delimiter: Option<u8>,
    pub quoting: Option<bool>,
    pub header: Option<bool>,
    pub kind: Option<TableKind>,
}

/// Something to ask before the import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Question {
    /// The bytes fit several encodings: does the preview look right?
    Encoding { guessed: Encoding, alternatives: Vec<Encoding> },
    /// Day or month first?
    DateForm { column: usize, doubt: DateDoubt },
    /// `1,234`: thousands or decimals?
    NumberStyle { column: usize, cell: String, guessed: NumberStyle },
}

/// Something to know before the import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Warning {
    /// Characters of the head could not be decoded.
    ReplacedCharacters {
        count: u64,
        first_line: u64,
    },
    UnclosedQuote {
        line: u64,
        /// Quotation marks are therefore read as letters.
        ignored: bool,
    },
    /// Rows of the head have another number of cells than columns.
    RaggedRows {
        count: usize,
        first_line: u64,
    },
    /// The column holds personal data; pseudonymising is suggested.
    Personal {
        column: usize,
        kind: Personal,
    },
    TwoDigitYears {
        column: usize,
        cell: String,
    },
    /// Frequency, recency and T of a repeat-buying model are not those of a summary.
    RepeatSummary,
    /// The amount is computed: unit price times quantity.
    ComputedAmount {
        price: usize,
        quantity: usize,
    },
}

/// What we think of a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Preview {
    pub kind: TableKind,
    pub encoding: EncodingGuess,
    pub dialect: Dialect,
    pub columns: Vec<ColumnGuess>,
    /// The first rows of data, at most [`PREVIEW_ROWS`]; cells are cut to 200 characters.
    pub rows: Vec<Vec<String>>,
    pub warnings: Vec<Warning>,
    pub questions: Vec<Question>,
    /// The suggested plan, and what is still missing in it.
    pub plan: Plan,
    pub problems: Vec<PlanProblem>,
}

pub const PREVIEW_ROWS: usize = 20;
/// No more of a file is looked at.
pub const HEAD_BYTES: usize = 1 << 20;
const SAMPLE_ROWS: usize = 1_000;

/// Makes a decoder for an encoding, where there is one.
pub type MakeDecoder<'a> = &'a dyn Fn(Encoding) -> Option<Box<dyn ForeignDecoder>>;

/// Looks at the head of a file. `is_whole`: the head is all of it.
pub fn preview(
    head: &[u8],
    is_whole: bool,
    overrides: &Overrides,
    make_decoder: MakeDecoder,
) -> Result<Preview, FileProblem> {
    let is_whole = is_whole && head.len() <= HEAD_BYTES;
    let head = &head[..head.len().min(HEAD_BYTES)];
    match sniff(head) {
        FileKind::Text => {}
        kind => return Err(FileProblem::NotText { kind }),
    }
    let mut encoding = encoding::guess(head, is_whole);
    if let Some(given) = overrides.encoding {
        encoding = EncodingGuess { encoding: given, sure: true, ..encoding };
    }
    let (text, replaced) = decode(head, is_whole, encoding.encoding, make_decoder)?;
    let dialect = dialect::guess(&text, is_whole, overrides.delimiter, overrides.quoting, overrides.header)?;
    let mut sample = Sample::read(&text, dialect.delimiter, dialect.quoting, is_whole, SAMPLE_ROWS)?;
    let width = sample.width();
    if width > super::plan::MAX_COLUMNS {
        let line = sample.rows.first().map_or(1, |row| row.0);
        return Err(FileProblem::TooManyColumns { line, most: super::plan::MAX_COLUMNS });
    }
    let headers =
        if dialect.header && !sample.rows.is_empty() { sample.rows.remove(0).1 } else { Vec::new() };
    if sample.rows.is_empty() {
        return Err(FileProblem::NoRows);
    }
    let table = guess::guess(&headers, &sample.rows, width, overrides.kind);
    let plan = Plan {
        encoding: encoding.encoding,
        delimiter: dialect.delimiter,
        quoting: dialect.quoting,
        header: dialect.header,
        kind: table.kind,
        columns: table.columns.iter().map(ColumnGuess::plan).collect(),
        missing_customer: MissingCustomer::SetAside,
    };
    let mut warnings = Vec::new();
    if let Some(first_line) = replaced.1 {
        warnings.push(Warning::ReplacedCharacters { count: replaced.0, first_line });
    }
    if table.is_repeat_summary {
        warnings.push(Warning::RepeatSummary);
    }
    if let Some(line) = dialect.unclosed_quote {
        warnings.push(Warning::UnclosedQuote { line, ignored: true });
    }
    warnings.extend(row_warnings(&sample, width));
    warnings.extend(column_warnings(&plan, &table.columns));
    Ok(Preview {
        kind: table.kind,
        questions: questions(&plan, &table.columns, &encoding),
        problems: plan.problems(),
        rows: sample.rows.into_iter().take(PREVIEW_ROWS).map(|row| row.1).collect(),
        columns: table.columns,
        encoding,
        dialect,
        warnings,
        plan,
    })
}

fn decode(
    head: &[u8],
    is_whole: bool,
    encoding: Encoding,
    make_decoder: MakeDecoder,
) -> Result<(String, (u64, Option<u64>)), FileProblem> {
    let foreign = if encoding.is_foreign() { make_decoder(encoding) } else { None };
    let mut decoder = Decoder::new(encoding, foreign).map_err(|_| FileProblem::NoDecoder { encoding })?;
    let mut text = String::with_capacity(head.len() * 3 / 2);
    let mut keep = |piece: &str| {
        text.push_str(piece);
        Ok::<(), FileProblem>(())
    };
    decoder.push(head, is_whole, &mut keep)?;
    Ok((text, (decoder.replaced, decoder.first_replaced_line)))
}

fn row_warnings(sample: &Sample, width: usize) -> Vec<Warning> {
    let ragged = || sample.rows.iter().filter(|(_, row)| row.len() != width);
    let unclosed = sample.unclosed_quote.map(|line| Warning::UnclosedQuote { line, ignored: false });
    let first =
        ragged().next().map(|(line, _)| Warning::RaggedRows { count: ragged().count(), first_line: *line });
    unclosed.into_iter().chain(first).collect()
}

fn column_warnings(plan: &Plan, columns: &[ColumnGuess]) -> Vec<Warning> {
    use crate::core::table::Role;
    let mut warnings = Vec::new();
    for column in columns {
        if let Some(kind) = column.personal {
            warnings.push(Warning::Personal { column: column.index, kind });
        }
        let form = plan.columns[column.index].date_form;
        let is_short_year = |cell: &&String| {
            let date = cell.split([' ', 'T']).next().unwrap_or_default();
            let last = date.rsplit(['/', '-', '.']).next().unwrap_or_default();
            last.len() == 2
        };
        if matches!(form, Some(DateForm::Dmy | DateForm::Mdy))
            && let Some(cell) = column.samples.iter().find(is_short_year)
        {
            warnings.push(Warning::TwoDigitYears { column: column.index, cell: cell.clone() });
        }
    }
    if let (true, Some(price), Some(quantity)) =
        (plan.amount_is_computed(), plan.column_of(Role::UnitPrice), plan.column_of(Role::Quantity))
    {
        warnings.push(Warning::ComputedAmount { price, quantity });
    }
    warnings
}

fn questions(plan: &Plan, columns: &[ColumnGuess], encoding: &EncodingGuess) -> Vec<Question> {
    let mut questions = Vec::new();
    if !encoding.sure {
        let alternatives = encoding.alternatives.clone();
        questions.push(Question::Encoding { guessed: encoding.encoding, alternatives });
    }
    for (column, planned) in columns.iter().zip(&plan.columns) {
        match (planned.form(), &column.dates.doubt, &column.numbers.doubt) {
            (Some(Form::Day), Some(doubt), _) => {
                questions.push(Question::DateForm { column: column.index, doubt: doubt.clone() });
            }
            (Some(Form::Money | Form::Number), _, Some(cell)) if column.numbers.ambiguous => {
                let (cell, guessed) = (cell.clone(), column.numbers.style);
                questions.push(Question::NumberStyle { column: column.index, cell, guessed });
            }
            _ => {}
        }
    }
    questions
}
