//! Stable names in place of personal ones.

/// The secret of a dataset: with the same key, the same text always gets the same pseudonym, so that the next file of
/// the same client fits; without it, pseudonyms cannot be tried out from guessed names.
pub type Key = [u8; 16];

/// Base 32 without letters that look like digits (Crockford).
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Writes the pseudonym of a text: a letter, a dash, and 60 bits of its SipHash-2-4 as twelve characters. Two of a
/// million customers share a pseudonym with a probability of 4 in 10 million.
///
/// ```
/// use quintile::core::import::pseudonym::pseudonym;
/// let mut name = String::new();
/// pseudonym(&[7; 16], 'C', "王小明", &mut name);
/// assert_eq!(name.len(), 14);
/// assert!(name.starts_with("C-"));
/// ```
pub fn pseudonym(key: &Key, letter: char, text: &str, out: &mut String) {
    out.clear();
    out.push(letter);
    out.push('-');
    let hash = sip_hash_2_4(key, text.as_bytes());
    out.extend((0..12).map(|i| char::from(ALPHABET[(hash >> (59 - 5 * i) & 31) as usize])));
}

/// SipHash-2-4 (Aumasson & Bernstein 2012): a keyed hash whose output tells nothing about the text.
fn sip_hash_2_4(key: &Key, text: &[u8]) -> u64 {
    let word = |bytes: &[u8]| bytes.iter().rev().fold(0_u64, |n, &b| n << 8 | u64::from(b));
    let (k0, k1) = (word(&key[..8]), word(&key[8..]));
    let mut v = [
        k0 ^ 0x736f_6d65_7073_6575,
        k1 ^ 0x646f_7261_6e64_6f6d,
        k0 ^ 0x6c79_6765_6e65_7261,
        k1 ^ 0x7465_6462_7974_6573,
    ];
    let blocks = text.chunks_exact(8);
    let last = word(blocks.remainder()) | (text.len() as u64) << 56;
    for block in blocks.map(word).chain([last]) {
        v[3] ^= block;
        (0..2).for_each(|_| round(&mut v));
        v[0] ^= block;
    }
    v[2] ^= 0xff;
    (0..4).for_each(|_| round(&mut v));
    v[0] ^ v[1] ^ v[2] ^ v[3]
}

fn round(v: &mut [u64; 4]) {
    v[0] = v[0].wrapping_add(v[1]);
    v[1] = v[1].rotate_left(13) ^ v[0];
    v[0] = v[0].rotate_left(32);
    v[2] = v[2].wrapping_add(v[3]);
    v[3] = v[3].rotate_left(16) ^ v[2];
    v[0] = v[0].wrapping_add(v[3]);
    v[3] = v[3].rotate_left(21) ^ v[0];
    v[2] = v[2].wrapping_add(v[1]);
    v[1] = v[1].rotate_left(17) ^ v[2];
    v[2] = v[2].rotate_left(32);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The test vectors of the paper's reference implementation: key 00..0f, texts 00, 00 01, …
    #[test]
    fn siphash_gives_the_published_vectors() {
        let key: Key = std::array::from_fn(|i| i as u8);
        let text: Vec<u8> = (0..15).collect();
        assert_eq!(sip_hash_2_4(&key, b""), 0x726f_db47_dd0e_0e31);
        assert_eq!(sip_hash_2_4(&key, &text), 0xa129_ca61_49be_45e5);
    }

    #[test]
    fn a_pseudonym_depends_on_text_and_key() {
        let name = |key: u8, text: &str| {
            let mut out = String::new();
            pseudonym(&[key; 16], 'C', text, &mut out);
            out
        };
        assert_eq!(name(1, "Ann"), name(1, "Ann"));
        assert_ne!(name(1, "Ann"), name(2, "Ann"));
        assert_ne!(name(1, "Ann"), name(1, "Bob"));
    }
}
