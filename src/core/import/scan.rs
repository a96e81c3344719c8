//! Finds the few bytes that the grammar of CSV turns on, 64 bytes at a time.
//!
//! `csv-core` looks at every byte in turn; most bytes of a file are inside a cell and mean nothing to the grammar.

/// Bytes that are looked at together: one for each bit of a mask.
pub const LANES: usize = 64;

/// Walks through the bytes of a text that equal one of four.
pub struct Marks<'a> {
    bytes: &'a [u8],
    wanted: [u8; 4],
    /// Where the bytes of `mask` begin.
    base: usize,
    /// A bit for each marked byte that has not been handed out yet.
    mask: u64,
}

impl<'a> Marks<'a> {
    pub fn new(bytes: &'a [u8], wanted: [u8; 4]) -> Marks<'a> {
        let mut marks = Marks { bytes, wanted, base: 0, mask: 0 };
        marks.seek(0);
        marks
    }

    /// Goes on with the first marked byte at or after `at`.
    pub fn seek(&mut self, at: usize) {
        self.base = at / LANES * LANES;
        self.mask = mask(self.bytes, self.base, self.wanted) & (u64::MAX << (at % LANES));
    }

    /// Where the next marked byte is.
    #[inline(always)]
    pub fn next(&mut self) -> Option<usize> {
        while self.mask == 0 {
            self.base += LANES;
            if self.base >= self.bytes.len() {
                return None;
            }
            self.mask = mask(self.bytes, self.base, self.wanted);
        }
        let at = self.base + self.mask.trailing_zeros() as usize;
        self.mask &= self.mask - 1;
        Some(at)
    }
}

/// A bit for each byte from `base` on that equals one of the four.
#[inline(always)]
fn mask(bytes: &[u8], base: usize, wanted: [u8; 4]) -> u64 {
    let rest = bytes.get(base..).unwrap_or_default();
    match rest.first_chunk() {
        Some(chunk) => of_chunk(chunk, wanted),
        None => {
            let mut chunk = [0; LANES];
            chunk[..rest.len()].copy_from_slice(rest);
            // What is not there is not marked, whatever the four are.
            of_chunk(&chunk, wanted) & !(u64::MAX << rest.len())
        }
    }
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
#[inline(always)]
fn of_chunk(chunk: &[u8; LANES], wanted: [u8; 4]) -> u64 {
    use std::arch::wasm32::{u8x16_bitmask, u8x16_eq, u8x16_splat, u64x2, v128_or};
    let (words, _) = chunk.as_chunks::<8>();
    let mut mask = 0;
    for (i, pair) in words.as_chunks::<2>().0.iter().enumerate() {
        let lane = u64x2(u64::from_le_bytes(pair[0]), u64::from_le_bytes(pair[1]));
        let [a, b, c, d] = wanted.map(|byte| u8x16_eq(lane, u8x16_splat(byte)));
        let found = u8x16_bitmask(v128_or(v128_or(a, b), v128_or(c, d)));
        mask |= u64::from(found) << (16 * i);
    }
    mask
}

/// The same with ordinary numbers, eight bytes in each.
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
#[inline(always)]
fn of_chunk(chunk: &[u8; LANES], wanted: [u8; 4]) -> u64 {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    const LOW: u64 = u64::from_ne_bytes([0x7f; 8]);
    // Moves the lowest bit of each byte into the highest byte.
    const GATHER: u64 = 0x0102_0408_1020_4080;
    let mut mask = 0;
    for (i, word) in chunk.as_chunks::<8>().0.iter().enumerate() {
        let word = u64::from_le_bytes(*word);
        // The highest bit of a byte stays clear only where the byte equals the wanted one.
        let differs = wanted.map(|byte| {
            let difference = word ^ (ONES * u64::from(byte));
            ((difference & LOW) + LOW) | difference
        });
        let found = !differs.into_iter().fold(u64::MAX, |all, one| all & one) >> 7 & ONES;
        mask |= (found.wrapping_mul(GATHER) >> 56) << (8 * i);
    }
    mask
}

/// Line breaks in a text: LF, CR LF and CR count as one each.
pub fn line_breaks(text: &[u8]) -> u64 {
    let (mut count, mut after_cr) = (0, 0);
    for base in (0..text.len()).step_by(LANES) {
        let lf = mask(text, base, [b'\n'; 4]);
        let cr = mask(text, base, [b'\r'; 4]);
        let joined = lf & (cr << 1 | after_cr);
        count += u64::from(lf.count_ones() + cr.count_ones() - joined.count_ones());
        after_cr = cr >> (LANES - 1);
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn bytes_that_differ_in_one_bit_are_told_apart() {
        for wanted in 0..=255_u8 {
            for bit in 0..8 {
                let bytes = [wanted ^ (1 << bit); 70];
                assert_eq!(Marks::new(&bytes, [wanted; 4]).next(), None, "{wanted}");
            }
            assert_eq!(Marks::new(&[wanted; 1], [wanted; 4]).next(), Some(0), "{wanted}");
        }
    }

    proptest! {
        #[test]
        fn marks_are_where_the_bytes_are(
            bytes in prop::collection::vec(prop::sample::select(&b",\n\r\"ab\0\xff"[..]), 0..300),
            from in 0..300_usize,
        ) {
            let wanted = *b",\n\r\"";
            let from = from.min(bytes.len());
            let mut marks = Marks::new(&bytes, wanted);
            marks.seek(from);
            let found: Vec<usize> = std::iter::from_fn(|| marks.next()).collect();
            let expected: Vec<usize> = (from..bytes.len()).filter(|&i| wanted.contains(&bytes[i])).collect();
            prop_assert_eq!(found, expected);
        }

        #[test]
        fn line_breaks_are_counted_across_chunks(
            text in prop::collection::vec(prop::sample::select(&b"\n\rab"[..]), 0..300),
        ) {
            let text = String::from_utf8(text).unwrap();
            let expected = text.replace("\r\n", "\n").replace('\r', "\n").matches('\n').count();
            prop_assert_eq!(line_breaks(text.as_bytes()), expected as u64);
        }
    }
}
