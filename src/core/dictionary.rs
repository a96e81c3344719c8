//! Texts interned as small numbers: one copy of each distinct text, one `u32` per row.

use hashbrown::HashTable;
use rustc_hash::FxHasher;
use std::hash::Hasher;

/// The code of "no value" in a column of codes.
pub const NO_CODE: u32 = u32::MAX;

/// Distinct texts, numbered from 0 in the order in which they first came.
#[derive(Clone, Default)]
pub struct Dictionary {
    /// All texts one after the other.
    bytes: Vec<u8>,
    /// Where each text ends in `bytes`.
    ends: Vec<u32>,
    /// Each code with the hash of its text, so that growing reads no text again.
    codes: HashTable<(u32, u32)>,
}

fn hash(text: &[u8]) -> u32 {
    let mut hasher = FxHasher::default();
    hasher.write(text);
    // Both halves: where `usize` has 32 bits, as in the browser, the upper half is empty.
    let hash = hasher.finish();
    (hash ^ (hash >> 32)) as u32
}

/// A hash as the table wants it: it looks at the highest and the lowest bits.
fn spread(hash: u32) -> u64 {
    u64::from(hash).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

impl Dictionary {
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The text of a code. Panics on a code that this dictionary did not give out.
    pub fn get(&self, code: u32) -> &str {
        // Only whole `&str`s are ever appended, so every piece between two ends is valid UTF-8.
        std::str::from_utf8(self.piece(code)).expect("a dictionary holds UTF-8")
    }

    fn piece(&self, code: u32) -> &[u8] {
        let i = code as usize;
        let start = if i == 0 { 0 } else { self.ends[i - 1] as usize };
        &self.bytes[start..self.ends[i] as usize]
    }

    /// The code of a text that is already here.
    pub fn find(&self, text: &str) -> Option<u32> {
        let wanted = text.as_bytes();
        let hash = hash(wanted);
        let same = |&(code, other): &(u32, u32)| other == hash && self.piece(code) == wanted;
        self.codes.find(spread(hash), same).map(|&(code, _)| code)
    }

    /// The code of a text, new or known; no allocation when it is known.
    ///
    /// ```
    /// let mut names = quintile::core::dictionary::Dictionary::default();
    /// assert_eq!(names.intern("王小明"), 0);
    /// assert_eq!(names.intern("Ann"), 1);
    /// assert_eq!(names.intern("王小明"), 0);
    /// assert_eq!(names.get(1), "Ann");
    /// ```
    pub fn intern(&mut self, text: &str) -> u32 {
        let hash = hash(text.as_bytes());
        let (bytes, ends) = (&self.bytes, &self.ends);
        let piece = |code: u32| {
            let i = code as usize;
            let start = if i == 0 { 0 } else { ends[i - 1] as usize };
            &bytes[start..ends[i] as usize]
        };
        let same = |&(code, other): &(u32, u32)| other == hash && piece(code) == text.as_bytes();
        if let Some(&(code, _)) = self.codes.find(spread(hash), same) {
            return code;
        }
        let code = self.ends.len() as u32;
        self.codes.insert_unique(spread(hash), (code, hash), |&(_, hash)| spread(hash));
        self.bytes.extend_from_slice(text.as_bytes());
        self.ends.push(self.bytes.len() as u32);
        code
    }

    /// The texts in the order of their codes.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &str> {
        (0..self.ends.len() as u32).map(|code| self.get(code))
    }

    /// The stored form: all texts one after the other, and where each ends.
    pub fn parts(&self) -> (&[u8], &[u32]) {
        (&self.bytes, &self.ends)
    }

    /// Builds a dictionary from its stored form; `None` when the parts do not fit together.
    pub fn from_parts(bytes: &[u8], ends: &[u32]) -> Option<Dictionary> {
        let mut dictionary = Dictionary {
            bytes: Vec::with_capacity(bytes.len()),
            ends: Vec::with_capacity(ends.len()),
            codes: HashTable::with_capacity(ends.len()),
        };
        let mut start = 0;
        for (expected, &end) in ends.iter().enumerate() {
            let piece = bytes.get(start..end as usize)?;
            let code = dictionary.intern(std::str::from_utf8(piece).ok()?);
            if code as usize != expected {
                return None;
            }
            start = end as usize;
        }
        (start == bytes.len()).then_some(dictionary)
    }
}

impl<'a> FromIterator<&'a str> for Dictionary {
    fn from_iter<I: IntoIterator<Item = &'a str>>(texts: I) -> Dictionary {
        let mut dictionary = Dictionary::default();
        for text in texts {
            dictionary.intern(text);
        }
        dictionary
    }
}

impl PartialEq for Dictionary {
    fn eq(&self, other: &Dictionary) -> bool {
        self.parts() == other.parts()
    }
}

impl std::fmt::Debug for Dictionary {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.iter().take(20)).finish()
    }
}
