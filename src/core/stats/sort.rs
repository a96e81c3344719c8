//! Radix sorts for columns of whole numbers, and the order of customers by the text of their ids.
//!
//! A comparison sort of a million customers costs several times the whole time that a grading may take.

use crate::core::dictionary::Dictionary;
use std::ops::Range;

const DIGIT_BITS: u32 = 11;
const BUCKETS: usize = 1 << DIGIT_BITS;

/// The values in ascending order.
///
/// ```
/// assert_eq!(quintile::core::stats::sort::sorted(&[3, -1, 2]), [-1, 2, 3]);
/// ```
pub fn sorted(values: &[i64]) -> Vec<i64> {
    let (low, fits) = lowest(values);
    if fits {
        let keys = values.iter().map(|&value| distance(low, value) as u32).collect();
        return radix(keys, |&key: &u32| key.into()).into_iter().map(|key| low + i64::from(key)).collect();
    }
    let keys = values.iter().map(|&value| distance(low, value)).collect();
    radix(keys, |&key: &u64| key).into_iter().map(|key| low.wrapping_add(key as i64)).collect()
}

/// The positions of the values in ascending order; equal values keep the order that they came in.
///
/// ```
/// assert_eq!(quintile::core::stats::sort::stable_order(&[5, 1, 5, 0]), [3, 1, 0, 2]);
/// ```
pub fn stable_order(values: &[i64]) -> Vec<u32> {
    let (low, fits) = lowest(values);
    let numbered = values.iter().zip(0u32..);
    if fits {
        let pairs = numbered.map(|(&value, at)| (distance(low, value) as u32, at)).collect();
        return radix(pairs, |pair: &(u32, u32)| pair.0.into()).into_iter().map(|pair| pair.1).collect();
    }
    let pairs = numbered.map(|(&value, at)| (distance(low, value), at)).collect();
    radix(pairs, |pair: &(u64, u32)| pair.0).into_iter().map(|pair| pair.1).collect()
}

/// Whole numbers in the order of the numbers, for the sorts here (the bits of a float ascend with it, but for the sign).
///
/// ```
/// use quintile::core::stats::sort::order_key;
/// assert!(order_key(-2.5) < order_key(-0.5) && order_key(-0.5) < order_key(1e9));
/// ```
pub fn order_key(number: f64) -> i64 {
    let bits = number.to_bits() as i64;
    if bits < 0 { i64::MIN.wrapping_sub(bits).max(-i64::MAX) } else { bits }
}

/// The positions of `codes` in the order of their texts, compared byte by byte. It depends on the texts alone, not
/// on the order in which a file brought them.
pub fn order_by_text(dictionary: &Dictionary, codes: &[u32]) -> Vec<u32> {
    let text = |position: u32| dictionary.bytes_of(codes[position as usize]);
    let positions = 0..codes.len() as u32;
    let Some(&first) = codes.first() else { return Vec::new() };
    // Ids often share a long beginning; the eight bytes after it tell nearly all of them apart.
    let mut shared = dictionary.bytes_of(first);
    for position in positions.clone() {
        if !text(position).starts_with(shared) {
            let same = shared.iter().zip(text(position)).take_while(|(a, b)| a == b).count();
            shared = &shared[..same];
        }
    }
    let key = |position: u32| {
        let mut key = [0u8; 8];
        let rest = &text(position)[shared.len()..];
        let length = rest.len().min(8);
        key[..length].copy_from_slice(&rest[..length]);
        key
    };
    let keys: Vec<[u8; 8]> = positions.map(key).collect();
    let (mut order, runs) = match Numbering::of(&keys) {
        Some(numbering) => {
            let pairs = (0..).zip(&keys).map(|(at, key)| (numbering.number(key), at));
            ordered(radix(pairs.collect(), |pair: &(u32, u32)| pair.0.into()))
        }
        None => {
            let pairs = (0..).zip(&keys).map(|(at, key)| (u64::from_be_bytes(*key), at));
            ordered(radix(pairs.collect(), |pair: &(u64, u32)| pair.0))
        }
    };
    for run in runs {
        order[run].sort_unstable_by(|&a, &b| text(a).cmp(text(b)));
    }
    order
}

/// The positions of sorted pairs, and where several of them have one key.
fn ordered<K: PartialEq>(pairs: Vec<(K, u32)>) -> (Vec<u32>, Vec<Range<usize>>) {
    let mut start = 0;
    let mut runs = Vec::new();
    for run in pairs.chunk_by(|a, b| a.0 == b.0) {
        if run.len() > 1 {
            runs.push(start..start + run.len());
        }
        start += run.len();
    }
    (pairs.into_iter().map(|pair| pair.1).collect(), runs)
}

/// Numbers keys of eight bytes densely, in their order: ids use few of the 256 bytes in each place (ten, for digits),
/// and every bit less to sort by counts.
struct Numbering {
    /// What a byte in a place adds to the number.
    worth: [[u32; 256]; 8],
}

impl Numbering {
    /// `None` where the numbers would not fit into 32 bits.
    fn of(keys: &[[u8; 8]]) -> Option<Numbering> {
        let mut worth = [[0; 256]; 8];
        for key in keys {
            for (place, &byte) in worth.iter_mut().zip(key) {
                place[usize::from(byte)] = 1;
            }
        }
        // As with digits: a step in the last place counts once, and one before it as often as there are ends behind it.
        let mut ends: u32 = 1;
        for place in worth.iter_mut().rev() {
            let mut next: u32 = 0;
            for worth in place.iter_mut().filter(|worth| **worth == 1) {
                *worth = next;
                next = next.checked_add(ends)?;
            }
            ends = next;
        }
        Some(Numbering { worth })
    }

    fn number(&self, key: &[u8; 8]) -> u32 {
        self.worth.iter().zip(key).map(|(place, &byte)| place[usize::from(byte)]).sum()
    }
}

/// The lowest value, and whether all distances from it fit into half the memory.
fn lowest(values: &[i64]) -> (i64, bool) {
    let low = values.iter().copied().min().unwrap_or(0);
    let high = values.iter().copied().max().unwrap_or(0);
    (low, distance(low, high) <= u32::MAX.into())
}

/// How far `value` lies above `low`, which is never above it; right even where the difference exceeds an `i64`.
fn distance(low: i64, value: i64) -> u64 {
    value.wrapping_sub(low) as u64
}

/// Sorts by a key, least significant digit first; stable. Digits that all items share cost nothing.
fn radix<T: Copy>(mut items: Vec<T>, key: impl Fn(&T) -> u64) -> Vec<T> {
    let largest = items.iter().map(&key).max().unwrap_or(0);
    let digits = (64 - largest.leading_zeros()).div_ceil(DIGIT_BITS);
    let mut spare = items.clone();
    for digit in 0..digits {
        let bucket = |item: &T| (key(item) >> (digit * DIGIT_BITS)) as usize & (BUCKETS - 1);
        let mut next = [0usize; BUCKETS];
        items.iter().for_each(|item| next[bucket(item)] += 1);
        if next.contains(&items.len()) {
            continue;
        }
        let mut start = 0;
        for count in &mut next {
            start += std::mem::replace(count, start);
        }
        for item in &items {
            let place = &mut next[bucket(item)];
            spare[*place] = *item;
            *place += 1;
        }
        std::mem::swap(&mut items, &mut spare);
    }
    items
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ids_with_a_long_shared_beginning_are_ordered_by_their_whole_text() {
        let ids = ["customer-000000000001-b", "customer-000000000001-a", "customer-000000000001"];
        let names: Dictionary = ids.into_iter().collect();
        assert_eq!(order_by_text(&names, &[0, 1, 2]), [2, 1, 0]);
    }

    proptest! {
        #[test]
        fn sorted_is_the_standard_sort(values: Vec<i64>) {
            let mut expected = values.clone();
            expected.sort_unstable();
            prop_assert_eq!(sorted(&values), expected);
        }

        #[test]
        fn stable_order_keeps_ties_in_place(
            small in prop::collection::vec(-3i64..3, 0..50),
            large: Vec<i64>,
        ) {
            for values in [small, large] {
                let mut expected: Vec<u32> = (0..values.len() as u32).collect();
                expected.sort_by_key(|&p| values[p as usize]);
                prop_assert_eq!(stable_order(&values), expected);
            }
        }

        #[test]
        fn order_by_text_is_the_order_of_the_texts(ids in prop::collection::hash_set(".{0,12}", 0..40)) {
            let names: Dictionary = ids.iter().map(String::as_str).collect();
            let codes: Vec<u32> = (0..names.len() as u32).collect();
            let mut expected = codes.clone();
            expected.sort_by_key(|&c| names.get(c).to_string());
            prop_assert_eq!(order_by_text(&names, &codes), expected);
        }
    }
}
