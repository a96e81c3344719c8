//! Reads the project's own sources for the tests that keep its rules: Rust cut into code, texts and comments.

#![allow(dead_code)] // Each test uses its part.

use std::fs;
use std::path::{Path, PathBuf};

pub const ROOT: &str = env!("CARGO_MANIFEST_DIR");

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Code,
    /// A string literal without its quotes, escapes as written.
    Text,
    Comment,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    pub kind: Kind,
    pub text: String,
    /// The line on which it begins, from 1.
    pub line: usize,
}

/// Every file under a folder whose name ends in `.extension`, sorted, with its path from the package's root.
pub fn files(folder: &str, extension: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    collect(&Path::new(ROOT).join(folder), &mut found);
    found.sort();
    found
        .iter()
        .filter(|path| path.extension().is_some_and(|e| e == extension))
        .map(|path| (relative(path), fs::read_to_string(path).expect("sources are UTF-8")))
        .collect()
}

/// The folders directly in a folder.
pub fn folders(folder: &str) -> Vec<String> {
    let entries = fs::read_dir(Path::new(ROOT).join(folder)).expect("the folder is there");
    let folders = entries.flatten().filter(|entry| entry.path().is_dir());
    let mut names: Vec<String> =
        folders.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

fn relative(path: &Path) -> String {
    path.strip_prefix(ROOT).expect("below the root").to_string_lossy().replace('\\', "/")
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    for path in fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            collect(&path, found);
        } else {
            found.push(path);
        }
    }
}

/// The part of a source that is not its tests: by the project's habit they are the last thing in a file.
pub fn without_tests(source: &str) -> &str {
    source.split("\n#[cfg(test)]\nmod ").next().expect("a split has a first part")
}

/// Cuts Rust into code, string literals and comments.
pub fn pieces(source: &str) -> Vec<Piece> {
    let chars: Vec<char> = source.chars().collect();
    let (mut out, mut code, mut line, mut code_line, mut at) = (Vec::new(), String::new(), 1, 1, 0);
    while at < chars.len() {
        let rest = &chars[at..];
        let (kind, from, to, len) = match rest {
            ['/', '/', ..] => {
                let len = rest.iter().position(|&c| c == '\n').unwrap_or(rest.len());
                (Kind::Comment, 0, len, len)
            }
            ['/', '*', ..] => {
                let len = block_comment(rest);
                (Kind::Comment, 0, len, len)
            }
            ['"', ..] => {
                let len = string(rest);
                (Kind::Text, 1, len - 1, len)
            }
            ['r', '"' | '#', ..] if !ends_in_word(&code) && raw_string(rest).is_some() => {
                let (hashes, len) = raw_string(rest).expect("just seen");
                (Kind::Text, hashes + 2, len - hashes - 1, len)
            }
            // A quote in a character, which is not the start of a string.
            ['\'', '\\', _, ..] => {
                let len = 3 + rest[3..].iter().position(|&c| c == '\'').map_or(0, |end| end + 1);
                (Kind::Code, 0, len, len)
            }
            ['\'', _, '\'', ..] => (Kind::Code, 0, 3, 3),
            _ => (Kind::Code, 0, 1, 1),
        };
        let text: String = rest[from..to].iter().collect();
        if kind == Kind::Code {
            code.push_str(&text);
        } else {
            out.push(Piece { kind: Kind::Code, text: std::mem::take(&mut code), line: code_line });
            out.push(Piece { kind, text, line });
        }
        line += rest[..len].iter().filter(|&&c| c == '\n').count();
        if kind != Kind::Code {
            code_line = line;
        }
        at += len;
    }
    out.push(Piece { kind: Kind::Code, text: code, line: code_line });
    out.retain(|piece| !piece.text.is_empty());
    out
}

fn ends_in_word(code: &str) -> bool {
    // `br"…"` and `cr"…"` are strings too.
    let before = code.strip_suffix(['b', 'c']).unwrap_or(code);
    before.ends_with(|c: char| c.is_alphanumeric() || c == '_')
}

fn block_comment(rest: &[char]) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < rest.len() {
        match &rest[at..] {
            ['/', '*', ..] => (depth, at) = (depth + 1, at + 2),
            ['*', '/', ..] => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            break;
        }
    }
    at
}

fn string(rest: &[char]) -> usize {
    let mut at = 1;
    while at < rest.len() && rest[at] != '"' {
        at += if rest[at] == '\\' { 2 } else { 1 };
    }
    (at + 1).min(rest.len())
}

/// The number of `#` and the length of the whole raw string.
fn raw_string(rest: &[char]) -> Option<(usize, usize)> {
    let hashes = rest[1..].iter().take_while(|&&c| c == '#').count();
    if rest.get(1 + hashes) != Some(&'"') {
        return None;
    }
    let closes = |at: &usize| {
        rest[*at] == '"' && rest.get(at + 1..at + 1 + hashes).is_some_and(|t| t.iter().all(|&c| c == '#'))
    };
    let end = (hashes + 2..rest.len()).find(closes)?;
    Some((hashes, end + 1 + hashes))
}
