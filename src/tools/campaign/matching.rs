//! The rows of the responses table held against one mailing: by customer, else by key code. Every row is counted.

use super::answer::{Matching, Warning};
use super::responses::{Answers, Mailing, Standing};
use crate::core::contacts::{Response, Responses};
use crate::core::dataset::Dataset;
use crate::core::stats::proportion::Tally;
use std::collections::HashMap;

/// How many of the unmatched are named.
const EXAMPLES: usize = 5;

/// What a row turned out to be.
enum Found {
    Mailed { cell: usize, by_key_code: bool },
    Control,
    OtherCampaign,
    OtherWave,
    BeforeMailing,
    Nobody,
}

/// The answers of the responses table; `None` without rows.
pub fn imported(mailing: &Mailing, dataset: &Dataset) -> Option<Answers> {
    let table = Responses::of(dataset).filter(|table| !table.is_empty())?;
    let codes = KeyCodes::of(mailing);
    let mut counts = vec![0u64; mailing.cells.count()];
    let mut revenue = table.has_revenue().then(|| vec![0i128; mailing.cells.count()]);
    let mut seen = vec![false; dataset.customers.len()];
    let mut responders = Vec::new();
    let mut control = 0;
    let mut matching = Matching::default();
    for row in table.iter() {
        matching.rows += 1;
        let is_first = |seen: &mut [bool]| {
            row.customer.is_none_or(|customer| !std::mem::replace(&mut seen[customer as usize], true))
        };
        match find(&row, mailing, &codes) {
            Found::Mailed { cell, by_key_code } => {
                if let (Some(cells), Some(money)) = (&mut revenue, row.revenue) {
                    cells[cell] += i128::from(money);
                }
                if !is_first(&mut seen) {
                    matching.repeated += 1;
                    continue;
                }
                counts[cell] += 1;
                if by_key_code {
                    matching.matched_key_code += 1;
                } else {
                    matching.matched_customer += 1;
                    responders.extend(row.customer);
                }
            }
            Found::Control if is_first(&mut seen) => {
                control += 1;
                matching.matched_customer += 1;
            }
            Found::Control => matching.repeated += 1,
            Found::OtherCampaign => matching.other_campaign += 1,
            Found::OtherWave => matching.other_wave += 1,
            Found::BeforeMailing => matching.before_mailing += 1,
            Found::Nobody => {
                matching.unmatched += 1;
                if matching.unmatched_examples.len() < EXAMPLES {
                    let name = row.customer.map(|customer| dataset.customers.get(customer));
                    matching.unmatched_examples.extend(name.or(row.key_code).map(String::from));
                }
            }
        }
    }
    let mut warnings = Vec::new();
    let tallies = counts.iter().zip(mailing.mailed).enumerate().map(|(cell, (&responses, &mailed))| {
        if responses > mailed {
            let label = mailing.cells.labels[cell].en.clone();
            warnings.push(Warning::TooManyResponses { label, responses, mailed });
        }
        (responses <= mailed).then(|| Tally::new(responses, mailed))
    });
    let tallies = tallies.collect();
    let exact = |cells: Vec<i128>| cells.into_iter().map(i64::try_from).collect::<Result<Vec<i64>, _>>();
    let had_revenue = revenue.is_some();
    let revenue = revenue.and_then(|cells| exact(cells).ok());
    if had_revenue && revenue.is_none() {
        warnings.push(Warning::TooMuchRevenue);
    }
    let held_back: u64 = mailing.control.iter().sum();
    Some(Answers {
        tallies,
        revenue,
        control: (held_back > 0).then(|| Tally::new(control, held_back)),
        responders: (matching.matched_key_code == 0).then_some(responders),
        matching: Some(matching),
        warnings,
    })
}

fn find(row: &Response, mailing: &Mailing, codes: &KeyCodes) -> Found {
    let name = mailing.name.trim();
    if row.campaign.is_some_and(|campaign| !name.is_empty() && campaign.trim() != name) {
        return Found::OtherCampaign;
    }
    let standing = row.customer.map_or(Standing::NotMailed, |c| mailing.standing[c as usize]);
    let by_code = row.key_code.and_then(|code| codes.find(code));
    // A customer who was mailed is in the cell of the list, whichever code the answer bears.
    let found = match (standing, row.customer, by_code) {
        (Standing::Mailed, Some(customer), _) => {
            Found::Mailed { cell: usize::from(mailing.cells.cell[customer as usize]), by_key_code: false }
        }
        (Standing::Control, ..) => Found::Control,
        (Standing::OtherWave, ..) | (_, _, Some((_, Wave::Other))) => return Found::OtherWave,
        (_, _, Some((cell, Wave::This))) => Found::Mailed { cell, by_key_code: true },
        (_, _, None) => return Found::Nobody,
    };
    let is_before = matches!((row.day, mailing.on), (Some(day), Some(on)) if day < on);
    let is_later = matches!((row.day, mailing.next_on), (Some(day), Some(next)) if day >= next);
    match found {
        _ if is_before => Found::BeforeMailing,
        Found::Control if is_later => Found::OtherWave,
        found => found,
    }
}

#[derive(Clone, Copy)]
enum Wave {
    This,
    Other,
}

/// Key codes of both waves (`None`: on the pieces of more than one cell), small and capital letters alike.
struct KeyCodes(HashMap<String, Option<(usize, Wave)>>);

impl KeyCodes {
    fn of(mailing: &Mailing) -> KeyCodes {
        let others = mailing.other_key_codes.iter().enumerate();
        let mut all: HashMap<String, Option<(usize, Wave)>> =
            others.map(|(cell, code)| (plain(code), Some((cell, Wave::Other)))).collect();
        let printed = mailing.key_codes.iter().zip(mailing.mailed).enumerate();
        for (cell, (code, _)) in printed.filter(|(_, (_, mailed))| **mailed > 0) {
            let this = Some((cell, Wave::This));
            // One code on the pieces of two cells tells neither.
            let apart = |found: &mut Option<(usize, Wave)>| {
                *found = if matches!(found, Some((_, Wave::Other))) { this } else { None }
            };
            all.entry(plain(code)).and_modify(apart).or_insert(this);
        }
        KeyCodes(all)
    }

    fn find(&self, code: &str) -> Option<(usize, Wave)> {
        self.0.get(&plain(code)).copied().flatten()
    }
}

fn plain(code: &str) -> String {
    code.trim().to_ascii_uppercase()
}

#[cfg(test)]
mod tests {
    use super::super::cells::Cells;
    use super::*;
    use crate::core::grading::Label;

    #[test]
    fn a_code_that_two_cells_bear_tells_neither_and_unused_cells_bear_none() {
        let title = Label::code("cells");
        let cells = Cells { title, labels: vec![], gone: 0, cell: vec![], list: vec![], starts: vec![0] };
        let codes = |codes: [&str; 5]| codes.map(String::from).to_vec();
        let found = KeyCodes::of(&Mailing {
            name: "",
            cells: &cells,
            standing: &[],
            mailed: &[5, 5, 0, 5, 5],
            control: &[0; 5],
            key_codes: &codes(["A", "a", "B", "B", "A"]),
            other_key_codes: &codes(["B", "C", "D", "E", "F"]),
            on: None,
            next_on: None,
        });
        assert!(found.find("A").is_none());
        assert!(matches!(found.find(" b "), Some((3, Wave::This))));
        assert!(matches!(found.find("c"), Some((1, Wave::Other))));
        assert!(found.find("G").is_none());
    }
}
