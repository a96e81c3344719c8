//! Which encoding a text is in: byte-order mark, then UTF-16 by its zero bytes, then strict UTF-8, then the likelier
//! of Big5 and GB18030. Bytes of Big5 also decode as GB18030 without an error, so that guess is never called sure.

use serde::{Deserialize, Serialize};

/// An encoding that a file can be in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Encoding {
    #[default]
    Utf8,
    Utf16Le,
    Utf16Be,
    Big5,
    Gb18030,
    Windows1252,
}

impl Encoding {
    pub const ALL: [Encoding; 6] = [
        Encoding::Utf8,
        Encoding::Big5,
        Encoding::Gb18030,
        Encoding::Utf16Le,
        Encoding::Utf16Be,
        Encoding::Windows1252,
    ];

    /// The label that a browser's `TextDecoder` knows, which is also the encoding's name.
    pub fn label(self) -> &'static str {
        match self {
            Encoding::Utf8 => "utf-8",
            Encoding::Utf16Le => "utf-16le",
            Encoding::Utf16Be => "utf-16be",
            Encoding::Big5 => "big5",
            Encoding::Gb18030 => "gb18030",
            Encoding::Windows1252 => "windows-1252",
        }
    }

    /// Whether the caller has to bring a decoder.
    pub fn is_foreign(self) -> bool {
        matches!(self, Encoding::Big5 | Encoding::Gb18030)
    }
}

/// The likeliest encoding of a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EncodingGuess {
    pub encoding: Encoding,
    /// Bytes of the byte-order mark.
    pub bom_len: usize,
    /// Not sure: show the preview, and offer the alternatives.
    pub sure: bool,
    /// Other encodings to offer, likeliest first.
    pub alternatives: Vec<Encoding>,
}

/// Guesses from the head of a file. `is_whole`: the head is all there is, so that its last character is not cut.
pub fn guess(head: &[u8], is_whole: bool) -> EncodingGuess {
    let sure = |encoding, bom_len| EncodingGuess { encoding, bom_len, sure: true, alternatives: Vec::new() };
    if head.starts_with(b"\xef\xbb\xbf") {
        return sure(Encoding::Utf8, 3);
    }
    if head.starts_with(b"\xff\xfe") {
        return sure(Encoding::Utf16Le, 2);
    }
    if head.starts_with(b"\xfe\xff") {
        return sure(Encoding::Utf16Be, 2);
    }
    if head.starts_with(b"\x84\x31\x95\x33") {
        return sure(Encoding::Gb18030, 4);
    }
    if let Some(encoding) = utf16(head) {
        let alternatives = vec![Encoding::Utf8];
        return EncodingGuess { encoding, bom_len: 0, sure: false, alternatives };
    }
    let utf8 = utf8_sequences(head, is_whole);
    if utf8.invalid == 0 {
        return sure(Encoding::Utf8, 0);
    }
    let (big5, gb) = (big5_likeness(head), gb_likeness(head));
    let mut ranked = vec![Encoding::Big5, Encoding::Gb18030];
    if gb > big5 {
        ranked.swap(0, 1);
    }
    // Single accented letters are followed by ASCII far too often for a two-byte encoding.
    let at = if big5.max(gb) < 0.5 { 0 } else { 2 };
    ranked.insert(at, Encoding::Windows1252);
    // A UTF-8 file with a few damaged characters is still UTF-8.
    ranked.insert(if utf8.valid >= 4 * utf8.invalid { 0 } else { 3 }, Encoding::Utf8);
    let encoding = ranked.remove(0);
    EncodingGuess { encoding, bom_len: 0, sure: false, alternatives: ranked }
}

/// UTF-16 without a mark: ASCII (digits, delimiters, line breaks) leaves zeros in one half of the pairs only.
pub(super) fn utf16(head: &[u8]) -> Option<Encoding> {
    let head = &head[..head.len().min(65_536)];
    let pairs = head.len() / 2;
    let zeros = |at: usize| head.chunks_exact(2).filter(|pair| pair[at] == 0).count();
    let (high_first, low_first) = (zeros(0), zeros(1));
    let much = |n: usize| pairs >= 2 && n * 10 >= pairs;
    let none = |n: usize| n * 100 <= pairs;
    if much(low_first) && none(high_first) {
        Some(Encoding::Utf16Le)
    } else if much(high_first) && none(low_first) {
        Some(Encoding::Utf16Be)
    } else {
        None
    }
}

struct Sequences {
    /// Characters of more than one byte.
    valid: usize,
    invalid: usize,
}

fn utf8_sequences(head: &[u8], is_whole: bool) -> Sequences {
    let mut found = Sequences { valid: 0, invalid: 0 };
    let mut rest = head;
    loop {
        let (good, error) = match std::str::from_utf8(rest) {
            Ok(text) => (text.as_bytes(), None),
            Err(error) => (&rest[..error.valid_up_to()], Some(error)),
        };
        found.valid += good.iter().filter(|&&b| b >= 0xc0).count();
        let Some(error) = error else { return found };
        let Some(len) = error.error_len() else {
            found.invalid += usize::from(is_whole);
            return found;
        };
        found.invalid += 1;
        rest = &rest[good.len() + len..];
    }
}

/// The share of two-byte characters that are common in Big5: the 5,401 frequent ones (A440–C67E) and punctuation.
fn big5_likeness(head: &[u8]) -> f64 {
    likeness(head, |lead, trail| match (lead, trail) {
        (_, 0x00..0x40 | 0x7f..0xa1 | 0xff) => -1.0,
        (0xa1..=0xc6, _) => 1.0,
        (0xc9..=0xf9, _) => 0.3,
        _ => -1.0,
    })
}

/// The same for GB18030: the 3,755 frequent characters of GB 2312 (B0A1–D7F9) and punctuation.
fn gb_likeness(head: &[u8]) -> f64 {
    likeness(head, |lead, trail| match (lead, trail) {
        (_, 0x00..0x40 | 0x7f | 0xff) => -1.0,
        (0xa1..=0xa3 | 0xb0..=0xd7, 0xa1..) => 1.0,
        (0xd8..=0xf7, 0xa1..) => 0.3,
        (0x81..=0xfe, _) => 0.1,
        _ => -1.0,
    })
}

fn likeness(head: &[u8], weigh: impl Fn(u8, u8) -> f64) -> f64 {
    let (mut sum, mut count, mut i) = (0.0, 0_u32, 0);
    while i + 1 < head.len() {
        if head[i] < 0x80 {
            i += 1;
            continue;
        }
        let weight = weigh(head[i], head[i + 1]);
        (sum, count) = (sum + weight, count + 1);
        i += if weight < 0.0 { 1 } else { 2 };
    }
    if count == 0 { 0.0 } else { sum / f64::from(count) }
}
