//! Choices, damage, and the texts that give programs trouble.

use quintile::core::random::Random;
use std::path::Path;

pub fn one_of<T: Clone>(random: &mut Random, all: &[T]) -> T {
    all[below(random, all.len())].clone()
}

pub fn below(random: &mut Random, bound: usize) -> usize {
    random.below(bound as u32) as usize
}

/// From the first to the last number, both included.
pub fn between(random: &mut Random, first: i64, last: i64) -> i64 {
    first + (random.bits() % (last - first + 1) as u64) as i64
}

/// The files that are kept to begin from.
pub fn corpus(folder: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/fuzz").join(folder);
    let mut paths: Vec<_> = std::fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    assert!(!paths.is_empty(), "{} is empty", folder.display());
    paths.iter().map(|path| std::fs::read(path).unwrap()).collect()
}

/// The lines of all files that are kept.
pub fn corpus_lines(folder: &str) -> Vec<String> {
    let files = corpus(folder).into_iter().map(|file| String::from_utf8(file).unwrap());
    files.flat_map(|file| file.lines().map(String::from).collect::<Vec<_>>()).collect()
}

/// Names and texts as hostile files hold them; all of them are texts to us.
pub const HOSTILE: &[&str] = &[
    "<img src=x onerror=alert(1)>",
    "</td><script>alert(1)</script>",
    "&lt;b&gt;&amp;",
    "<svg/onload=alert(1)>",
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "+1+1",
    "-2+3+cmd|' /C calc'!D2",
    "＝HYPERLINK(\"http://a.example\",\"b\")",
    "＠SUM(1)",
    "'=1+1",
    "''",
    "\u{202e}gnp.exe",
    "\u{2066}\u{202d}abc",
    "\u{200f}שלום\u{200e}",
    "\u{feff}A1",
    "a\u{0}b",
    "\u{0}",
    "\u{1b}[31mred",
    "NaN",
    "nan",
    "inf",
    "-Infinity",
    "∞",
    "1e999",
    "-0",
    "null",
    "undefined",
    "#REF!",
    "{{7*7}}",
    "${jndi:ldap://a}",
    "'; DROP TABLE customers;--",
    "../../etc/passwd",
    "王小明",
    "𠮷野家",
    "e\u{301}\u{301}\u{301}\u{301}\u{301}",
    "👩‍👩‍👧‍👦",
    "a\tb",
    "a\nb",
    "a\r\nb",
    "say \"hi\"",
    "\"",
    "sep=;",
    " ",
    "",
];

/// A text: hostile, made of a few letters, or long.
pub fn text(random: &mut Random) -> String {
    match random.below(8) {
        0..=3 => one_of(random, HOSTILE).to_string(),
        4..=6 => {
            const LETTERS: [char; 20] = [
                'a', 'Z', '0', '9', ' ', '=', '+', '-', '@', '\'', '"', ',', ';', '\n', '.', '/', '％', '王',
                '\u{202e}', '😀',
            ];
            (0..random.below(12)).map(|_| one_of(random, &LETTERS)).collect()
        }
        _ => one_of(random, HOSTILE).repeat(below(random, 400)),
    }
}

/// Damages bytes in a few places.
pub fn mutate(random: &mut Random, bytes: &mut Vec<u8>) {
    const PIECES: &[&[u8]] = &[
        b"\"",
        b",",
        b";",
        b"\t",
        b"\n",
        b"\r",
        b"\r\n",
        b"\0",
        b"\xff",
        b"\xfe",
        b"\xed\xa0\x80",
        b"\xf0\x9f",
        b"\xe7\x8e",
        b"-",
        b".",
        b"e",
        b"9999999999999999999",
        b"0",
        b"{",
        b"}",
        b"[",
        b"\\ud800",
        b"%",
        b"=",
        b"&",
        b"#",
        "\u{202e}".as_bytes(),
        "（".as_bytes(),
        "民國".as_bytes(),
        "年".as_bytes(),
    ];
    for _ in 0..1 + random.below(6) {
        let at = below(random, bytes.len() + 1);
        let len = below(random, 9).min(bytes.len() - at);
        match random.below(7) {
            0 if at < bytes.len() => bytes[at] ^= 1 << random.below(8),
            1 if at < bytes.len() => bytes[at] = random.below(256) as u8,
            2 => drop(bytes.splice(at..at, one_of(random, PIECES).iter().copied())),
            3 => drop(bytes.drain(at..at + len)),
            4 => {
                let piece = bytes[at..at + len].to_vec();
                let to = below(random, bytes.len() + 1);
                drop(bytes.splice(to..to, piece));
            }
            5 => {
                let hostile = one_of(random, HOSTILE).as_bytes();
                drop(bytes.splice(at..at, hostile.iter().copied()));
            }
            _ => bytes.truncate(at.max(1)),
        }
    }
}

/// The same with a text.
pub fn mutate_text(random: &mut Random, text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    mutate(random, &mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}
