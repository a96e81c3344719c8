//! No interface text uses a word that the course does not use, or half-width punctuation after a Chinese character.
//!
//! What is scanned: string literals outside tests in `src`, and the whole of `help.*.md`, `index.html` and the
//! scripts in `public`. An exception is stated where it stands, in a comment on the same line or the line before:
//! `words-allow: 客戶` (or a punctuation mark); or, for whole files and set phrases, in [`ALLOWED`].

mod source;

use source::{Kind, files, pieces, without_tests};
use std::path::Path;

/// Words that must not appear, and what to say instead.
const BANNED: [(&str, &str); 9] = [
    ("數據", "資料"),
    ("用戶", "顧客 or 使用者"),
    ("默認", "預設"),
    ("導出", "匯出"),
    ("導入", "匯入 for files; 導入 is the group Adopt"),
    ("置信", "信賴"),
    ("閾值", "門檻"),
    ("留存", "保留"),
    ("客戶", "顧客"),
];

/// Exceptions: a path's beginning, the word, and a phrase that the line must hold (empty: the whole file).
const ALLOWED: [(&str, &str, &str); 6] = [
    // Adopt, the last group of the navigation, and the stages of adoption.
    ("src/tools/mod.rs", "導入", "\"導入\""),
    ("src/core/glossary/organisation.rs", "導入", "導入的第"),
    ("src/tools/", "導入", "導入階段"),
    ("src/tools/", "導入", "六階段"),
    // Clients' files use these as headers of columns.
    ("src/core/import/header_names.rs", "客戶", ""),
    // The header of a CSV file.
    ("src/core/import/report.rs", ",", "行號,欄位,內容,原因"),
];

/// The half-width marks that have a full-width form in Chinese text.
const HALF_WIDTH: [char; 8] = [',', ':', ';', '?', '!', '(', '.', ')'];

#[derive(Debug, PartialEq, Eq)]
struct Finding {
    line: usize,
    what: String,
}

fn is_chinese(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '〇')
}

/// A Chinese word in an English sentence takes the sentence's punctuation: there must be at least as many Chinese
/// characters as Latin words.
fn reads_as_chinese(chars: &[char]) -> bool {
    let chinese = chars.iter().filter(|&&c| is_chinese(c)).count();
    let latin = chars.split(|c| !c.is_ascii_alphabetic()).filter(|word| !word.is_empty()).count();
    chinese >= latin
}

/// What is wrong in one line of interface text.
fn faults(text: &str) -> Vec<String> {
    let banned = BANNED.iter().filter(|(word, _)| text.contains(word));
    let mut found: Vec<String> = banned.map(|(word, _)| word.to_string()).collect();
    let chars: Vec<char> = text.chars().collect();
    if !reads_as_chinese(&chars) {
        return found;
    }
    for (at, pair) in chars.windows(2).enumerate() {
        let mark = pair[1];
        if !is_chinese(pair[0]) || !HALF_WIDTH.contains(&mark) {
            continue;
        }
        // A stop in the middle of a word is part of a name: 檔案.csv.
        let inside_a_name = mark == '.' && chars.get(at + 2).is_some_and(|c| c.is_ascii_alphanumeric());
        if !inside_a_name {
            found.push(mark.to_string());
        }
    }
    found
}

fn is_allowed(path: &str, line: usize, lines: &[&str], what: &str) -> bool {
    let line_text = lines[line - 1];
    let by_list = ALLOWED
        .iter()
        .any(|(start, word, phrase)| path.starts_with(start) && *word == what && line_text.contains(phrase));
    let before = if line > 1 { lines[line - 2] } else { "" };
    let marks =
        |text: &str| text.split_once("words-allow:").is_some_and(|(_, allowed)| allowed.contains(what));
    by_list || marks(line_text) || marks(before)
}

/// Scans texts that begin at given lines of a file.
fn scan(path: &str, file: &str, texts: &[(usize, String)]) -> Vec<Finding> {
    let lines: Vec<&str> = file.lines().collect();
    let mut findings = Vec::new();
    for (start, text) in texts {
        for (offset, part) in text.split('\n').enumerate() {
            let line = start + offset;
            for what in faults(part).into_iter().filter(|what| !is_allowed(path, line, &lines, what)) {
                findings.push(Finding { line, what });
            }
        }
    }
    findings
}

fn scan_rust(path: &str, file: &str) -> Vec<Finding> {
    let pieces = pieces(without_tests(file)).into_iter();
    let texts: Vec<(usize, String)> =
        pieces.filter(|piece| piece.kind == Kind::Text).map(|piece| (piece.line, piece.text)).collect();
    scan(path, file, &texts)
}

fn scan_whole(path: &str, file: &str) -> Vec<Finding> {
    scan(path, file, &[(1, file.to_string())])
}

#[test]
fn interface_texts_use_the_courses_words() {
    let mut report = String::new();
    let mut add = |path: &str, findings: Vec<Finding>| {
        for Finding { line, what } in findings {
            let instead =
                BANNED.iter().find(|(word, _)| *word == what).map_or("its full-width form", |b| b.1);
            report.push_str(&format!("{path}:{line}: {what} (use {instead})\n"));
        }
    };
    let rust = files("src", "rs");
    assert!(rust.iter().any(|(path, _)| path == "src/tools/mod.rs"), "the sources were not found");
    rust.iter()
        .filter(|(path, _)| !path.ends_with("/tests.rs"))
        .for_each(|(p, file)| add(p, scan_rust(p, file)));
    for (folder, extension) in [("src", "md"), ("src", "txt"), ("public", "js"), ("public", "webmanifest")] {
        files(folder, extension).iter().for_each(|(path, file)| add(path, scan_whole(path, file)));
    }
    let index = Path::new(source::ROOT).join("index.html");
    if let Ok(file) = std::fs::read_to_string(index) {
        add("index.html", scan_whole("index.html", &file));
    }
    assert!(report.is_empty(), "\n{report}");
}

mod scanner {
    use super::*;

    fn found(file: &str) -> Vec<(usize, String)> {
        scan_rust("src/tools/x/text.rs", file).into_iter().map(|f| (f.line, f.what)).collect()
    }

    #[test]
    fn a_banned_word_is_found_with_its_line() {
        for (word, _) in BANNED {
            let file = format!("fn f() {{}}\nconst A: &str = \"請看{word}。\";\n");
            assert_eq!(found(&file), [(2, word.to_string())]);
        }
        assert_eq!(found("let a = r#\"\n第一行\n數據\"#;"), [(3, "數據".into())]);
        assert_eq!(found("let a = '\"'; let b = \"用戶\";"), [(1, "用戶".into())]);
    }

    #[test]
    fn comments_and_tests_are_not_interface_texts() {
        assert_eq!(found("// 數據\n/* \"用戶\" /* 默認 */ 導出 */ fn f<'a>(x: &'a str) {}"), []);
        assert_eq!(found("fn f() {}\n\n#[cfg(test)]\nmod tests { const A: &str = \"數據\"; }"), []);
    }

    #[test]
    fn half_width_punctuation_is_found_after_chinese_only() {
        assert_eq!(found("\"顧客,資料\""), [(1, ",".into())]);
        assert_eq!(found("\"顧客(甲)\""), [(1, "(".into()), (1, ")".into())]);
        assert_eq!(found("\"完成.\""), [(1, ".".into())]);
        assert_eq!(found("\"RFM 分析: 區塊代碼\""), [(1, ":".into())]);
        assert_eq!(found("\"Years of the Republic (民國), as in Taiwan\""), []);
        assert_eq!(found("\"顧客，資料：{n}。 R, F (RFM): 檔案.csv 1:2\""), []);
    }

    #[test]
    fn exceptions_hold_only_where_they_are_stated() {
        assert_eq!(
            found("// words-allow: 客戶\nlet a = \"客戶編號\";\nlet b = \"客戶\";"),
            [(3, "客戶".into())]
        );
        assert_eq!(found("let a = \"客戶,數據\"; // words-allow: 客戶 ,"), [(1, "數據".into())]);
        let adopt = "Group::Adopt => lang.pick(\"Adopt\", \"導入\"),";
        assert_eq!(scan_rust("src/tools/mod.rs", adopt), []);
        assert_eq!(scan_rust("src/tools/mod.rs", "\"導入檔案\"").len(), 1);
        assert_eq!(scan_rust("src/core/import/header_names.rs", "\"客戶\""), []);
        assert_eq!(scan_rust("src/core/import/report.rs", "\"客戶\"").len(), 1);
    }

    #[test]
    fn whole_files_are_scanned_line_by_line() {
        let found =
            scan_whole("src/tools/x/help.zh.md", "# 標題\n\n匯入數據。\n<!-- words-allow: 用戶 -->\n用戶");
        assert_eq!(found, [Finding { line: 3, what: "數據".into() }]);
    }
}
