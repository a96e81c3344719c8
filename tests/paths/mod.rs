//! The paths that a Rust source names, read from its code.

use crate::source::{Kind, pieces};

/// Every identifier of the code.
pub fn identifiers(source: &str) -> Vec<String> {
    let words = tokens(source).into_iter();
    words.filter(|t| t.starts_with(|c: char| c.is_alphabetic() || c == '_')).collect()
}

/// Paths that begin with `crate` or `super`, from the crate's root, and those that begin with `std`.
///
/// `super` is taken from the file's own module: inside an inline module it is one step nearer than that, and what it
/// then names is the file's own and lawful.
pub fn paths(path: &str, source: &str) -> Vec<Vec<String>> {
    let tokens = tokens(source);
    let mut found = Vec::new();
    for at in 0..tokens.len() {
        let follows = at > 0 && (tokens[at - 1] == "::" || tokens[at - 1] == "$");
        if follows || tokens.get(at + 1).is_none_or(|next| next != "::") {
            continue;
        }
        let start = match tokens[at].as_str() {
            "crate" => Vec::new(),
            "std" => vec!["std".to_string()],
            "super" => parent(&module(path)),
            _ => continue,
        };
        let mut read = Vec::new();
        tree(&tokens, &mut (at + 1), start.clone(), &mut read);
        // `use super::*` stands in an inline module of tests, and means its own file.
        let own_file = [start, vec!["*".into()]].concat();
        found.extend(read.into_iter().filter(|path| tokens[at] != "super" || *path != own_file));
    }
    found.retain(|path| !path.is_empty());
    found
}

/// The module that a file is: `src/core/day.rs` is `core::day`, `src/tools/rfm/mod.rs` is `tools::rfm`.
fn module(path: &str) -> Vec<String> {
    let name = path.trim_start_matches("src/").trim_end_matches(".rs");
    let name = name.strip_suffix("/mod").unwrap_or(name);
    name.split('/').map(String::from).collect()
}

fn parent(module: &[String]) -> Vec<String> {
    module.split_last().map_or(Vec::new(), |(_, rest)| rest.to_vec())
}

/// Reads what follows a prefix: `::name`, `::{…}`, `::*`, again and again.
fn tree(tokens: &[String], at: &mut usize, mut path: Vec<String>, found: &mut Vec<Vec<String>>) {
    while tokens.get(*at).is_some_and(|token| token == "::") {
        *at += 1;
        match tokens.get(*at).map(String::as_str) {
            Some("{") => {
                *at += 1;
                group(tokens, at, &path, found);
                return;
            }
            Some("super") => path = parent(&path),
            Some(name) if name == "*" || is_word(name) => path.push(name.into()),
            _ => break,
        }
        *at += 1;
    }
    found.push(path);
}

fn group(tokens: &[String], at: &mut usize, path: &[String], found: &mut Vec<Vec<String>>) {
    while let Some(token) = tokens.get(*at).map(String::as_str) {
        *at += 1;
        match token {
            "}" => return,
            "as" => *at += 1,
            "self" => found.push(path.to_vec()),
            name if name == "*" || is_word(name) => {
                tree(tokens, at, [path, &[name.to_string()]].concat(), found);
            }
            _ => {}
        }
    }
}

fn is_word(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// Words, `::`, and single signs.
fn tokens(source: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    for piece in pieces(source).iter().filter(|piece| piece.kind == Kind::Code) {
        let mut chars = piece.text.chars().peekable();
        while let Some(c) = chars.next() {
            if c.is_alphanumeric() || c == '_' {
                let mut word = c.to_string();
                while let Some(next) = chars.next_if(|c| c.is_alphanumeric() || *c == '_') {
                    word.push(next);
                }
                tokens.push(word);
            } else if c == ':' && chars.next_if_eq(&':').is_some() {
                tokens.push("::".into());
            } else if !c.is_whitespace() {
                tokens.push(c.into());
            }
        }
    }
    tokens
}
