//! Texts interned as small numbers: one copy of each distinct text, one `u32` per row.
//!
//! What interning costs is waiting for memory: a table of a million texts fits into no cache. The slots of the hash
//! table are therefore as small as they can be, the key of a short text is all of the text, so that nothing else needs
//! to be read to know it again, and [`Dictionary::intern_all`] looks up many texts at once, so that the waits overlap.

use std::cmp::Ordering;

/// The code of "no value" in a column of codes.
pub const NO_CODE: u32 = u32::MAX;

/// Distinct texts, numbered from 0 in the order in which they first came.
#[derive(Clone, Default)]
pub struct Dictionary {
    /// All texts one after the other.
    bytes: Vec<u8>,
    /// Where each text ends in `bytes`.
    ends: Vec<u32>,
    /// The key of each text.
    keys: Vec<Key>,
    /// A hash table of codes with linear probing: 2ⁿ slots, at most [`FULL`] of them taken. In its lowest n bits, a slot
    /// has the code and one, in the others a part of the hash; zero: nothing is here.
    slots: Vec<u32>,
}

/// A table is doubled when more than five eighths of it would be taken.
const FULL: (usize, usize) = (5, 8);
/// How many texts are looked up together.
const TOGETHER: usize = 256;

/// What tells texts apart: a text of up to seven bytes, or of eight ASCII characters, behind its length; or else the
/// hash of a longer one.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Key(u64);

/// Set in the key of a text that the key does not hold.
const LONG: u64 = 1 << 63;
/// 2⁶⁴ divided by the golden ratio.
const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

impl Key {
    #[inline(always)]
    fn of(text: &[u8]) -> Key {
        let word = |bytes: &[u8]| u64::from_le_bytes(std::array::from_fn(|i| bytes[i]));
        match text.len() {
            len @ 0..4 => {
                // The first, the middle and the last byte are all there are.
                let byte = |at: usize| text.get(at).map_or(0, |&byte| u64::from(byte) << (8 * at));
                Key((len as u64) << 56 | byte(0) | byte(1) | byte(2))
            }
            len @ 4..8 => {
                let half = |at: usize| {
                    u64::from(u32::from_le_bytes([text[at], text[at + 1], text[at + 2], text[at + 3]]))
                };
                // Where the two halves overlap, they agree.
                Key((len as u64) << 56 | half(0) | half(len - 4) << (8 * (len - 4)))
            }
            8 if text.is_ascii() => Key(8 << 56 | seven_bits_each(word(text))),
            len => {
                let mix = |hash: u64, word: u64| (hash.rotate_left(23) ^ word).wrapping_mul(GOLDEN);
                let words = text[..len - 1].chunks_exact(8);
                let hash = words.fold(len as u64, |hash, bytes| mix(hash, word(bytes)));
                let hash = mix(hash, word(&text[len - 8..]));
                Key((hash ^ hash >> 31) | LONG)
            }
        }
    }

    fn is_whole(self) -> bool {
        self.0 & LONG == 0
    }

    /// The highest bits of a product depend on all bits of its factors.
    #[inline]
    fn hash(self) -> u64 {
        (self.0 ^ self.0 >> 32).wrapping_mul(GOLDEN)
    }
}

/// Eight ASCII characters without the highest bits, which are zero.
fn seven_bits_each(text: u64) -> u64 {
    let halves = (text & 0x007f_007f_007f_007f) | (text & 0x7f00_7f00_7f00_7f00) >> 1;
    let quarters = (halves & 0x0000_3fff_0000_3fff) | (halves & 0x3fff_0000_3fff_0000) >> 2;
    (quarters & 0x0fff_ffff) | (quarters & 0x0fff_ffff_0000_0000) >> 4
}

/// Where a hash is looked for first in a table of 2ⁿ slots, and the part of the hash that its slot has.
#[inline]
fn place(hash: u64, slots: usize) -> (usize, u32) {
    ((hash >> 32) as usize & (slots - 1), hash as u32 & !(slots as u32 - 1))
}

/// Whether two texts of at least eight bytes are the same.
#[inline(always)]
fn are_same(a: &[u8], b: &[u8]) -> bool {
    let word = |bytes: &[u8]| u64::from_le_bytes(std::array::from_fn(|i| bytes[i]));
    let words = a.chunks_exact(8).zip(b.chunks_exact(8));
    a.len() == b.len()
        && words.fold(0, |differ, (a, b)| differ | (word(a) ^ word(b))) == 0
        && word(&a[a.len() - 8..]) == word(&b[b.len() - 8..])
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
        std::str::from_utf8(self.bytes_of(code)).expect("a dictionary holds UTF-8")
    }

    /// How two texts stand to one another in the order of their characters.
    pub fn compare(&self, a: u32, b: u32) -> Ordering {
        // The bytes of UTF-8 have the order of the characters.
        self.bytes_of(a).cmp(self.bytes_of(b))
    }

    /// The bytes of a text, for those who compare many: no check costs time.
    #[inline]
    pub fn bytes_of(&self, code: u32) -> &[u8] {
        let i = code as usize;
        let start = if i == 0 { 0 } else { self.ends[i - 1] as usize };
        &self.bytes[start..self.ends[i] as usize]
    }

    /// The code of a text that is already here.
    pub fn find(&self, text: &str) -> Option<u32> {
        self.search(Key::of(text.as_bytes()), text).ok()
    }

    /// The code of a text, or the slot that it would take with all but the code; a table without slots has none.
    #[inline]
    fn search(&self, key: Key, text: &str) -> Result<u32, (usize, u32)> {
        let last = match self.slots.len() {
            0 => return Err((0, 0)),
            len => len - 1,
        };
        let (mut at, part) = place(key.hash(), self.slots.len());
        loop {
            match self.slots[at] {
                0 => return Err((at, part)),
                slot => {
                    let code = (slot & last as u32).wrapping_sub(1);
                    if slot & !(last as u32) == part && self.is(code, key, text) {
                        return Ok(code);
                    }
                }
            }
            at = (at + 1) & last;
        }
    }

    /// Whether a code is the text's.
    #[inline(always)]
    fn is(&self, code: u32, key: Key, text: &str) -> bool {
        self.keys[code as usize] == key && (key.is_whole() || are_same(self.bytes_of(code), text.as_bytes()))
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
        self.reserve(1);
        self.intern_key(Key::of(text.as_bytes()), text)
    }

    /// There must be a slot to spare.
    fn intern_key(&mut self, key: Key, text: &str) -> u32 {
        match self.search(key, text) {
            Ok(code) => code,
            Err((at, part)) => {
                let code = self.ends.len() as u32;
                self.slots[at] = part | (code + 1);
                self.keys.push(key);
                self.bytes.extend_from_slice(text.as_bytes());
                self.ends.push(self.bytes.len() as u32);
                code
            }
        }
    }

    /// Appends the codes of many texts to `codes`: the same as [`Dictionary::intern`] with each in turn, only sooner.
    ///
    /// ```
    /// let mut names = quintile::core::dictionary::Dictionary::default();
    /// let mut codes = Vec::new();
    /// names.intern_all(&["Ann", "Bob", "Ann"], &mut codes);
    /// assert_eq!(codes, [0, 1, 0]);
    /// ```
    pub fn intern_all(&mut self, texts: &[&str], codes: &mut Vec<u32>) {
        for texts in texts.chunks(TOGETHER) {
            self.reserve(texts.len());
            let (mut keys, mut likely) = ([Key(0); TOGETHER], [NO_CODE; TOGETHER]);
            for (key, text) in keys.iter_mut().zip(texts) {
                *key = Key::of(text.as_bytes());
            }
            // Nothing in these two loops waits for what it reads.
            let last = self.slots.len() as u32 - 1;
            for (code, key) in likely.iter_mut().zip(&keys[..texts.len()]) {
                let (at, part) = place(key.hash(), self.slots.len());
                let slot = self.slots[at];
                if slot & !last == part && slot != 0 {
                    *code = (slot & last) - 1;
                }
            }
            for (code, key) in likely.iter_mut().zip(&keys[..texts.len()]) {
                if self.keys.get(*code as usize).is_some_and(|known| known != key) {
                    *code = NO_CODE;
                }
            }
            for ((text, &key), &code) in texts.iter().zip(&keys).zip(&likely) {
                let is_found = code != NO_CODE && self.is(code, key, text);
                codes.push(if is_found { code } else { self.intern_key(key, text) });
            }
        }
    }

    /// Makes room for so many more texts of such a length as those that are here.
    pub fn reserve_alike(&mut self, more: usize) {
        let bytes = self.bytes.len() * more / self.len().max(1);
        self.bytes.reserve(bytes);
        self.ends.reserve(more);
        self.keys.reserve(more);
        self.reserve(more);
    }

    /// How many bytes it takes in memory, apart from room that is made for what has yet to come.
    pub fn memory(&self) -> usize {
        let slots = self.len() * FULL.1 / FULL.0 * size_of::<u32>();
        self.bytes.len() + size_of_val(&*self.ends) + size_of_val(&*self.keys) + slots
    }

    /// Makes room for so many more texts.
    fn reserve(&mut self, more: usize) {
        let wanted = (self.ends.len() + more) * FULL.1 / FULL.0 + 1;
        if wanted <= self.slots.len() {
            return;
        }
        let mut slots = vec![0; wanted.next_power_of_two().max(16)];
        let last = slots.len() - 1;
        for (code, key) in (1..).zip(&self.keys) {
            let (mut at, part) = place(key.hash(), slots.len());
            while slots[at] != 0 {
                at = (at + 1) & last;
            }
            slots[at] = part | code;
        }
        self.slots = slots;
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
            keys: Vec::with_capacity(ends.len()),
            slots: Vec::new(),
        };
        dictionary.reserve(ends.len());
        let (mut start, mut texts, mut codes) = (0, Vec::with_capacity(TOGETHER), Vec::new());
        for part in ends.chunks(TOGETHER) {
            for &end in part {
                texts.push(std::str::from_utf8(bytes.get(start..end as usize)?).ok()?);
                start = end as usize;
            }
            let first = dictionary.len();
            dictionary.intern_all(&texts, &mut codes);
            // A text that comes twice would have two codes.
            if dictionary.len() - first != texts.len() {
                return None;
            }
            texts.clear();
            codes.clear();
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::{HashMap, HashSet};

    #[test]
    fn keys_hold_short_texts_whole() {
        let texts = [
            "", "\0", "\0\0", "a", "a\0", "\0a", "aa", "abc", "abcd", "abcde", "abcdefg", "abcdef\0",
            "abcdefgh",
        ];
        let keys: HashSet<u64> = texts.iter().map(|text| Key::of(text.as_bytes()).0).collect();
        assert_eq!(keys.len(), texts.len());
        // Every bit of eight characters counts.
        let bits = (0..64).filter(|bit| bit % 8 != 7).map(|bit| Key::of(&(1_u64 << bit).to_le_bytes()).0);
        assert_eq!(bits.collect::<HashSet<u64>>().len(), 56);
        assert!(texts.iter().all(|text| Key::of(text.as_bytes()).is_whole()));
        assert!(!Key::of("大大é".as_bytes()).is_whole() && !Key::of(b"abcdefghi").is_whole());
    }

    #[test]
    fn texts_with_the_same_hash_are_told_apart() {
        // Only the hash of a long text is in its slot: force one hash on two texts.
        let mut names = Dictionary::default();
        names.reserve(2);
        let key = Key::of(b"the first of two");
        let codes = [names.intern_key(key, "the first of two"), names.intern_key(key, "the other of two")];
        assert_eq!((codes, names.get(1)), ([0, 1], "the other of two"));
        assert_eq!(names.search(key, "the other of two").ok(), Some(1));
    }

    proptest! {
        #[test]
        fn codes_are_numbers_in_the_order_of_arrival(
            texts in prop::collection::vec("[ab\0]{0,3}|[a-c]{6,9}|customer-[0-9]{1,3}|\\PC{0,5}", 0..400),
            cut in 0..400_usize,
        ) {
            let mut expected = HashMap::new();
            let codes: Vec<u32> = texts
                .iter()
                .map(|text| {
                    let next = expected.len() as u32;
                    *expected.entry(text.as_str()).or_insert(next)
                })
                .collect();
            let (first, rest) = texts.split_at(cut.min(texts.len()));
            let mut names = Dictionary::default();
            let mut found: Vec<u32> = first.iter().map(|text| names.intern(text)).collect();
            names.intern_all(&rest.iter().map(String::as_str).collect::<Vec<_>>(), &mut found);
            prop_assert_eq!(&found, &codes);
            for (text, &code) in &expected {
                prop_assert_eq!(names.find(text), Some(code));
                prop_assert_eq!(names.get(code), *text);
            }
            prop_assert_eq!(names.find("nowhere to be found"), None);
            let (bytes, ends) = names.parts();
            prop_assert_eq!(Dictionary::from_parts(bytes, ends), Some(names.clone()));
        }
    }
}
