//! Bytes of any encoding to pieces of valid UTF-8, streamed: a character cut between two pieces is carried over, and
//! what cannot be decoded is replaced by U+FFFD and counted.

use super::encoding::Encoding;
use super::scan::line_breaks;

/// A decoder for an encoding that this program does not carry: the browser's `TextDecoder`.
pub trait ForeignDecoder {
    /// Appends the text of the next bytes to `out`; how many characters could not be decoded.
    fn decode(&mut self, bytes: &[u8], last: bool, out: &mut String) -> usize;
}

/// A decoder is needed for this encoding, and none was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoDecoder(pub Encoding);

pub struct Decoder {
    encoding: Encoding,
    foreign: Option<Box<dyn ForeignDecoder>>,
    /// The first bytes of a character whose rest has not come yet.
    carry: Vec<u8>,
    text: String,
    at_start: bool,
    lines: u64,
    after_cr: bool,
    /// Characters that could not be decoded.
    pub replaced: u64,
    /// The line of the first of them.
    pub first_replaced_line: Option<u64>,
}

impl Decoder {
    pub fn new(encoding: Encoding, foreign: Option<Box<dyn ForeignDecoder>>) -> Result<Decoder, NoDecoder> {
        if encoding.is_foreign() && foreign.is_none() {
            return Err(NoDecoder(encoding));
        }
        Ok(Decoder {
            encoding,
            foreign,
            carry: Vec::new(),
            text: String::new(),
            at_start: true,
            lines: 1,
            after_cr: false,
            replaced: 0,
            first_replaced_line: None,
        })
    }

    /// Decodes the next piece and hands its text out as one or more pieces of valid UTF-8.
    pub fn push<E>(
        &mut self,
        bytes: &[u8],
        last: bool,
        each: &mut impl FnMut(&str) -> Result<(), E>,
    ) -> Result<(), E> {
        match self.encoding {
            Encoding::Utf8 => self.utf8(bytes, last, each),
            _ => {
                let mut text = std::mem::take(&mut self.text);
                text.clear();
                let replaced = match self.encoding {
                    Encoding::Utf16Le => self.utf16(bytes, last, u16::from_le_bytes, &mut text),
                    Encoding::Utf16Be => self.utf16(bytes, last, u16::from_be_bytes, &mut text),
                    Encoding::Windows1252 => windows_1252(bytes, &mut text),
                    _ => self.foreign.as_mut().map_or(0, |foreign| foreign.decode(bytes, last, &mut text)),
                };
                if replaced > 0 {
                    let before = text.find('\u{fffd}').unwrap_or(0);
                    self.count_lines(&text.as_bytes()[..before]);
                    self.note(replaced as u64);
                    self.count_lines(&text.as_bytes()[before..]);
                } else {
                    self.count_lines(text.as_bytes());
                }
                let done = self.emit(&text, each);
                self.text = text;
                done
            }
        }
    }

    fn utf8<E>(
        &mut self,
        mut bytes: &[u8],
        last: bool,
        each: &mut impl FnMut(&str) -> Result<(), E>,
    ) -> Result<(), E> {
        // Complete the carried character byte by byte: at most three.
        while !self.carry.is_empty() {
            match std::str::from_utf8(&self.carry) {
                Ok(whole) => {
                    let whole = whole.to_string();
                    self.after_cr = false;
                    self.carry.clear();
                    self.emit(&whole, each)?;
                }
                Err(error) => match error.error_len() {
                    Some(len) => {
                        self.note(1);
                        self.emit("\u{fffd}", each)?;
                        let rest = self.carry.split_off(len);
                        self.carry = rest;
                    }
                    None => match bytes.split_first() {
                        Some((&next, rest)) => {
                            self.carry.push(next);
                            bytes = rest;
                        }
                        None => break,
                    },
                },
            }
        }
        while !bytes.is_empty() {
            let (good, error) = match std::str::from_utf8(bytes) {
                Ok(text) => (text, None),
                Err(error) => {
                    let good = std::str::from_utf8(&bytes[..error.valid_up_to()]);
                    (good.expect("valid up to there"), Some(error))
                }
            };
            self.count_lines(good.as_bytes());
            self.emit(good, each)?;
            let Some(error) = error else { break };
            let rest = &bytes[good.len()..];
            let Some(len) = error.error_len() else {
                self.carry.extend_from_slice(rest);
                break;
            };
            self.note(1);
            self.emit("\u{fffd}", each)?;
            bytes = &rest[len..];
        }
        if last && !self.carry.is_empty() {
            self.carry.clear();
            self.note(1);
            self.emit("\u{fffd}", each)?;
        }
        Ok(())
    }

    fn utf16(&mut self, bytes: &[u8], last: bool, unit: fn([u8; 2]) -> u16, out: &mut String) -> usize {
        self.carry.extend_from_slice(bytes);
        let units = || self.carry.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
        let mut whole = self.carry.len() / 2;
        // The first half of a surrogate pair waits for the second.
        if !last && units().next_back().is_some_and(|u| (0xd800..0xdc00).contains(&u)) {
            whole -= 1;
        }
        let mut replaced = 0;
        for decoded in char::decode_utf16(units().take(whole)) {
            out.push(decoded.unwrap_or_else(|_| {
                replaced += 1;
                '\u{fffd}'
            }));
        }
        self.carry.drain(..whole * 2);
        if last && !self.carry.is_empty() {
            self.carry.clear();
            out.push('\u{fffd}');
            replaced += 1;
        }
        replaced
    }

    fn emit<E>(&mut self, mut text: &str, each: &mut impl FnMut(&str) -> Result<(), E>) -> Result<(), E> {
        if self.at_start {
            while let Some(rest) = text.strip_prefix('\u{feff}') {
                text = rest;
            }
            self.at_start = text.is_empty();
        }
        if text.is_empty() { Ok(()) } else { each(text) }
    }

    fn note(&mut self, count: u64) {
        self.replaced += count;
        self.first_replaced_line.get_or_insert(self.lines);
    }

    /// Only the line of the first replacement is wanted.
    fn count_lines(&mut self, text: &[u8]) {
        if self.first_replaced_line.is_none() && !text.is_empty() {
            let joins = self.after_cr && text[0] == b'\n';
            self.lines += line_breaks(text) - u64::from(joins);
            self.after_cr = text.last() == Some(&b'\r');
        }
    }
}

fn windows_1252(bytes: &[u8], out: &mut String) -> usize {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
        '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    out.extend(bytes.iter().map(|&b| match b {
        0x80..0xa0 => HIGH[usize::from(b - 0x80)],
        _ => char::from(b),
    }));
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode(encoding: Encoding, bytes: &[u8], piece: usize) -> (String, u64, Option<u64>) {
        let mut decoder = Decoder::new(encoding, None).unwrap();
        let mut out = Vec::new();
        let mut each = |text: &str| {
            out.extend_from_slice(text.as_bytes());
            Ok::<(), ()>(())
        };
        bytes.chunks(piece).for_each(|part| decoder.push(part, false, &mut each).unwrap());
        decoder.push(&[], true, &mut each).unwrap();
        (String::from_utf8(out).unwrap(), decoder.replaced, decoder.first_replaced_line)
    }

    #[test]
    fn cut_characters_are_carried_over() {
        let text = "a,王小明\n😀,é\n";
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for piece in 1..9 {
            let marked = [b"\xef\xbb\xbf", text.as_bytes()].concat();
            assert_eq!(decode(Encoding::Utf8, &marked, piece), (text.into(), 0, None));
            assert_eq!(decode(Encoding::Utf16Be, &utf16, piece), (text.into(), 0, None));
        }
        assert_eq!(decode(Encoding::Windows1252, b"caf\xe9 \x80", 2).0, "café €");
    }

    #[test]
    fn what_cannot_be_decoded_is_replaced_and_counted() {
        let broken = b"a\r\nb\n\xff\xe7\x8e,\xe7";
        let expected = (String::from_utf8_lossy(broken).into_owned(), 3, Some(3));
        for piece in 1..9 {
            assert_eq!(decode(Encoding::Utf8, broken, piece), expected, "{piece}");
        }
        assert_eq!(
            decode(Encoding::Utf16Le, b"a\0\0\xd8b\0\n", 1),
            ("a\u{fffd}b\u{fffd}".into(), 2, Some(1))
        );
    }
}
