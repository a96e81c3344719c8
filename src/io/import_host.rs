//! Reading files in the worker: the head for a preview, the whole in pieces for an import.

use crate::core::dictionary::Dictionary;
use crate::core::import::importer::MEMORY;
use crate::core::import::{self, Encoding, ForeignDecoder, Imported, Importer, Overrides, Plan};
use crate::core::money::Currency;
use crate::core::problem::Problem;
use crate::io::{get, js_error};
use crate::jobs::protocol::{ImportRefused, Previewed};
use crate::jobs::{Progress, Reply};
use js_sys::Uint8Array;
use std::collections::VecDeque;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, TextDecodeOptions, TextDecoder};

/// How much of a file the preview looks at.
const HEAD: f64 = 1_048_576.0;
/// How much of a file the browser reads at a time.
const PIECE: f64 = 4_194_304.0;
/// How many pieces the browser reads ahead while one is parsed.
const AHEAD: usize = 2;
/// How much of a piece is parsed at a time: what fits into a processor's second cache with all that is made of it.
const BITE: usize = 262_144;

pub async fn preview(file: &Blob, overrides: &Overrides) -> Result<Reply, Problem> {
    let head = slice(file, 0.0, HEAD)?.await.map_err(unreadable)?;
    let head = Uint8Array::new(&head).to_vec();
    let is_whole = file.size() <= HEAD;
    let previewed: Previewed = import::preview(&head, is_whole, overrides, &decoder);
    Ok(Reply::of(&previewed))
}

/// Streams a file through the importer.
pub async fn import(
    file: &Blob,
    plan: Plan,
    customers: Dictionary,
    currency: &Currency,
    key: [u8; 16],
    progress: &mut dyn Progress,
) -> Result<Result<Imported, ImportRefused>, Problem> {
    let foreign = decoder(plan.encoding);
    let mut importer = match Importer::new(plan, currency, customers, key, foreign) {
        Ok(importer) => importer,
        Err(problem) => return Ok(Err(ImportRefused::Plan { problem })),
    };
    importer.expect(file.size() as u64, memory());
    let mut pieces = Pieces { file, next: 0.0, coming: VecDeque::new() };
    let mut bite = vec![0; BITE];
    while let Some(piece) = pieces.next().await? {
        for from in (0..piece.length()).step_by(BITE) {
            let part = piece.subarray(from, piece.length().min(from + BITE as u32));
            let bytes = &mut bite[..part.length() as usize];
            part.copy_to(bytes);
            if let Err(problem) = importer.push(bytes) {
                return Ok(Err(ImportRefused::File { problem }));
            }
        }
        progress.report(pieces.parsed());
    }
    Ok(importer.finish().map_err(|problem| ImportRefused::File { problem }))
}

/// What the columns of a file may take: a device of little memory (its browser may tell) closes the page that takes
/// more than its share.
fn memory() -> u64 {
    let gigabytes = get(&get(&js_sys::global(), "navigator"), "deviceMemory").as_f64();
    gigabytes.map_or(MEMORY, |gigabytes| MEMORY.min((gigabytes / 2.0 * f64::from(1 << 30)) as u64))
}

/// The pieces of a file in their order; the browser reads some ahead.
struct Pieces<'a> {
    file: &'a Blob,
    /// Where the next piece to ask for begins.
    next: f64,
    coming: VecDeque<JsFuture>,
}

impl Pieces<'_> {
    async fn next(&mut self) -> Result<Option<Uint8Array>, Problem> {
        while self.next < self.file.size() && self.coming.len() <= AHEAD {
            self.coming.push_back(slice(self.file, self.next, self.next + PIECE)?);
            self.next += PIECE;
        }
        match self.coming.pop_front() {
            Some(piece) => Ok(Some(Uint8Array::new(&piece.await.map_err(unreadable)?))),
            None => Ok(None),
        }
    }

    /// How much of the file has been handed out, from 0 to 1.
    fn parsed(&self) -> f64 {
        (self.next - PIECE * self.coming.len() as f64).min(self.file.size()) / self.file.size()
    }
}

fn unreadable(error: JsValue) -> Problem {
    Problem::Unreadable { detail: js_error(&error) }
}

/// Has the browser read a part of a file.
fn slice(file: &Blob, from: f64, to: f64) -> Result<JsFuture, Problem> {
    let piece = file.slice_with_f64_and_f64(from, to.min(file.size())).map_err(unreadable)?;
    Ok(JsFuture::from(piece.array_buffer()))
}

/// The browser's own decoder for an encoding that the program does not carry.
struct BrowserDecoder(TextDecoder);

fn decoder(encoding: Encoding) -> Option<Box<dyn ForeignDecoder>> {
    let decoder = TextDecoder::new_with_label(encoding.label()).ok()?;
    Some(Box::new(BrowserDecoder(decoder)))
}

impl ForeignDecoder for BrowserDecoder {
    fn decode(&mut self, bytes: &[u8], last: bool, out: &mut String) -> usize {
        let options = TextDecodeOptions::new();
        options.set_stream(!last);
        // A decoder that is not fatal replaces what it cannot read and never fails.
        let text = self.0.decode_with_u8_array_and_options(bytes, &options).unwrap_or_default();
        out.push_str(&text);
        text.matches('\u{fffd}').count()
    }
}
