//! Counts of responses pasted as text: on each line a cell and its responses.

use std::collections::BTreeMap;

/// What a line may name: a cell, and how many pieces were mailed to it.
pub type Mailed<'a> = BTreeMap<&'a str, u64>;

/// Why a line cannot be taken. Lines are counted from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineFault {
    pub line: usize,
    pub kind: FaultKind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// Not a cell and a count.
    Shape,
    /// The count is no whole number.
    Count {
        found: String,
    },
    UnknownCell {
        cell: String,
    },
    Twice {
        cell: String,
    },
    /// More responses than pieces mailed.
    TooMany {
        cell: String,
        mailed: u64,
    },
}

/// Reads pasted counts: a cell and a whole number on each line, with a tab, a comma, a semicolon or spaces between.
/// Empty lines are passed over. Everything that cannot be taken is told, in the order of the lines.
///
/// ```
/// use quintile::tools::campaign::counts::{FaultKind, read_counts};
/// let mailed = [("555", 320), ("554", 320)].into();
/// assert_eq!(read_counts("555 26\n554,1\n", &mailed).unwrap(), [("555".into(), 26), ("554".into(), 1)].into());
/// let faults = read_counts("555 26\n999 3", &mailed).unwrap_err();
/// assert_eq!((faults[0].line, &faults[0].kind), (2, &FaultKind::UnknownCell { cell: "999".into() }));
/// ```
pub fn read_counts(text: &str, mailed: &Mailed) -> Result<BTreeMap<String, u64>, Vec<LineFault>> {
    let mut counts = BTreeMap::new();
    let mut faults = Vec::new();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let read = read_line(line, mailed).and_then(|(cell, count)| match counts.contains_key(cell) {
            true => Err(FaultKind::Twice { cell: cell.into() }),
            false => Ok((cell, count)),
        });
        match read {
            Ok((cell, count)) => drop(counts.insert(cell.to_string(), count)),
            Err(kind) => faults.push(LineFault { line: at + 1, kind }),
        }
    }
    if faults.is_empty() { Ok(counts) } else { Err(faults) }
}

fn read_line<'a>(line: &'a str, mailed: &Mailed) -> Result<(&'a str, u64), FaultKind> {
    // The count is what stands behind the last separator: a cell's name may have spaces in it.
    let line = line.trim();
    let cut = line.rfind(|c: char| c.is_whitespace() || [',', ';', '，', '；'].contains(&c));
    let (cell, count) = cut.map(|cut| line.split_at(cut)).ok_or(FaultKind::Shape)?;
    let is_separator = |c: char| c.is_whitespace() || [',', ';', '，', '；'].contains(&c);
    let (cell, count) = (cell.trim_end_matches(is_separator), count.trim_start_matches(is_separator));
    if cell.is_empty() {
        return Err(FaultKind::Shape);
    }
    let count = count.parse::<u64>().map_err(|_| FaultKind::Count { found: count.into() })?;
    match mailed.get(cell) {
        None => Err(FaultKind::UnknownCell { cell: cell.into() }),
        Some(&mailed) if count > mailed => Err(FaultKind::TooMany { cell: cell.into(), mailed }),
        Some(_) => Ok((cell, count)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<BTreeMap<String, u64>, Vec<LineFault>> {
        read_counts(text, &[("555", 320), ("New buyers", 10), ("111", 0)].into())
    }

    fn fault(text: &str) -> FaultKind {
        let faults = read(text).unwrap_err();
        assert_eq!(faults.len(), 1, "{faults:?}");
        faults[0].kind.clone()
    }

    #[test]
    fn every_usual_separator_and_names_with_spaces_are_read() {
        for text in ["555\t26", "555, 26", "555 26", " 555;26 \n\n", "555，26"] {
            assert_eq!(read(text), Ok([("555".into(), 26)].into()), "{text:?}");
        }
        assert_eq!(read("New buyers 10"), Ok([("New buyers".into(), 10)].into()), "all who were mailed");
        assert_eq!(read(""), Ok(BTreeMap::new()));
    }

    #[test]
    fn each_fault_names_what_was_found() {
        assert_eq!(fault("555"), FaultKind::Shape);
        assert_eq!(fault("555 many"), FaultKind::Count { found: "many".into() });
        assert_eq!(fault("555 -1"), FaultKind::Count { found: "-1".into() });
        assert_eq!(fault("555 1.5"), FaultKind::Count { found: "1.5".into() });
        assert_eq!(fault("556 1"), FaultKind::UnknownCell { cell: "556".into() });
        assert_eq!(fault("555 321"), FaultKind::TooMany { cell: "555".into(), mailed: 320 });
        assert_eq!(fault("111 1"), FaultKind::TooMany { cell: "111".into(), mailed: 0 });
        assert_eq!(fault("555 1\n555 2"), FaultKind::Twice { cell: "555".into() });
    }

    #[test]
    fn faults_carry_the_line_as_an_editor_counts_it() {
        let faults = read("555 1\n\nx 1\n5").unwrap_err();
        assert_eq!(faults.iter().map(|fault| fault.line).collect::<Vec<_>>(), [3, 4]);
    }
}
