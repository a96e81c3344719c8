//! The cells of a campaign and the one list of customers that it samples from: best cell first, within a cell by id.

use super::answer::CellsChoice;
use crate::core::grading::{GradingData, Gradings, Label};
use std::collections::BTreeMap;

/// A customer outside all cells.
pub const NO_CELL: u16 = u16::MAX;

/// Every customer in at most one cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Cells {
    /// What the column is called.
    pub title: Label,
    /// Best first. Labels of a recorded test that the column no longer has come last.
    pub labels: Vec<Label>,
    /// How many of `labels` are not in the column.
    pub gone: usize,
    /// By customer code; [`NO_CELL`] outside the cells.
    pub cell: Vec<u16>,
    /// Customer codes, by cell and then by the text of the id.
    pub list: Vec<u32>,
    /// Where each cell begins in `list`; one more than there are cells.
    pub starts: Vec<usize>,
}

impl Cells {
    /// Puts customers into the classes of the published column `name`. `recorded` are customers of a recorded test
    /// with the label of the cell that they were tested in, which stays theirs; `by_id` are all customer codes in the
    /// order of their ids. `None` where there is no such column of classes.
    pub fn of(gradings: &Gradings, name: &str, by_id: &[u32], recorded: &[(u32, &str)]) -> Option<Cells> {
        let grading = gradings.get(name)?;
        let GradingData::Classes { class, labels } = &grading.data else { return None };
        let mut labels = labels.clone();
        let published = labels.len();
        let mut index: BTreeMap<String, u16> = BTreeMap::new();
        for (at, label) in labels.iter().enumerate() {
            index.entry(label.en.clone()).or_insert(at as u16);
        }
        let mut cell: Vec<u16> = class.iter().map(|class| class.unwrap_or(NO_CELL)).collect();
        for &(customer, label) in recorded {
            let at = index.get(label).copied().unwrap_or_else(|| {
                labels.push(Label::code(label));
                let at = (labels.len() - 1) as u16;
                index.insert(label.into(), at);
                at
            });
            cell[customer as usize] = at;
        }
        let (list, starts) = sorted(&cell, labels.len(), by_id);
        let gone = labels.len() - published;
        Some(Cells { title: grading.title.clone(), labels, gone, cell, list, starts })
    }

    pub fn len(&self) -> usize {
        self.labels.len()
    }

    pub fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }

    /// The customers of a cell in the order of their ids.
    pub fn customers(&self, cell: usize) -> &[u32] {
        &self.list[self.starts[cell]..self.starts[cell + 1]]
    }

    pub fn outside(&self) -> u64 {
        (self.cell.len() - self.list.len()) as u64
    }

    /// The cell of a label, by its English text, under which cells are named in options and records.
    pub fn find(&self, label: &str) -> Option<usize> {
        self.labels.iter().position(|known| known.en == label)
    }
}

/// A counting sort by cell that keeps the order of ids.
fn sorted(cell: &[u16], cells: usize, by_id: &[u32]) -> (Vec<u32>, Vec<usize>) {
    let mut starts = vec![0usize; cells + 1];
    cell.iter().filter(|&&cell| cell != NO_CELL).for_each(|&cell| starts[usize::from(cell) + 1] += 1);
    for at in 1..starts.len() {
        starts[at] += starts[at - 1];
    }
    let mut next = starts.clone();
    let mut list = vec![0; starts[cells]];
    for &customer in by_id {
        let cell = cell[customer as usize];
        if cell != NO_CELL {
            list[next[usize::from(cell)]] = customer;
            next[usize::from(cell)] += 1;
        }
    }
    (list, starts)
}

/// The columns of classes that can be cells; parts of other columns are left out, and so are the campaign's own.
pub fn choices(gradings: &Gradings) -> Vec<CellsChoice> {
    let columns = gradings.names().filter_map(|name| {
        let grading = gradings.get(name)?;
        match &grading.data {
            GradingData::Classes { labels, .. } if !grading.is_part && !name.starts_with("campaign.") => {
                let (title, classes) = (grading.title.clone(), labels.len() as u64);
                Some(CellsChoice { name: name.into(), title, classes })
            }
            _ => None,
        }
    });
    columns.collect()
}
