//! Reading files in the worker: the head for a preview, the whole in pieces for an import.

use crate::core::dictionary::Dictionary;
use crate::core::import::{self, Encoding, ForeignDecoder, Imported, Importer, Overrides, Plan};
use crate::core::money::Currency;
use crate::core::problem::Problem;
use crate::io::js_error;
use crate::jobs::protocol::{ImportRefused, Previewed};
use crate::jobs::{Progress, Reply};
use js_sys::Uint8Array;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, TextDecodeOptions, TextDecoder};

/// How much of a file the preview looks at.
const HEAD: f64 = 1_048_576.0;
/// How much of a file is in memory at a time.
const PIECE: f64 = 4_194_304.0;

pub async fn preview(file: &Blob, overrides: &Overrides) -> Result<Reply, Problem> {
    let head = read(file, 0.0, HEAD).await?;
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
    let size = file.size();
    let mut at = 0.0;
    while at < size {
        let piece = read(file, at, at + PIECE).await?;
        if let Err(problem) = importer.push(&piece) {
            return Ok(Err(ImportRefused::File { problem }));
        }
        at += PIECE;
        progress.report((at / size).min(1.0));
    }
    Ok(importer.finish().map_err(|problem| ImportRefused::File { problem }))
}

async fn read(file: &Blob, from: f64, to: f64) -> Result<Vec<u8>, Problem> {
    let unreadable = |error| Problem::Unreadable { detail: js_error(&error) };
    let piece = file.slice_with_f64_and_f64(from, to.min(file.size())).map_err(unreadable)?;
    let buffer = JsFuture::from(piece.array_buffer()).await.map_err(unreadable)?;
    Ok(Uint8Array::new(buffer.unchecked_ref()).to_vec())
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
