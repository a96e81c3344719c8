//! The cells of a campaign and the one list of customers that it samples from: best cell first, within a cell by id.

use super::answer::{CellsChoice, Refusal};
use crate::core::grading::{GradingData, Gradings, Label, told_apart};
use std::collections::BTreeMap;

/// A customer outside all cells.
pub const NO_CELL: u16 = u16::MAX;

/// Every customer in at most one cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Cells {
    /// What the column is called.
    pub title: Label,
    /// Best first, no two alike. Labels of a recorded test that the column no longer has come last.
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
    /// order of their ids. A label is found in either language: an exported list may have been read in again.
    ///
    /// # Errors
    /// [`Refusal::NoCells`] where there is no such column of classes; [`Refusal::TooManyCells`].
    pub fn of(
        gradings: &Gradings,
        name: &str,
        by_id: &[u32],
        recorded: &[(u32, &str)],
    ) -> Result<Cells, Refusal> {
        let no_cells = || Refusal::NoCells { cells_from: name.into() };
        let grading = gradings.get(name).ok_or_else(no_cells)?;
        let GradingData::Classes { class, labels } = &grading.data else { return Err(no_cells()) };
        // Cells are named by their English text in options and records.
        let mut labels = told_apart(labels, &[]);
        let published = labels.len();
        let mut index: BTreeMap<String, usize> = BTreeMap::new();
        for text in [|label: &Label| label.en.clone(), |label: &Label| label.zh.clone()] {
            for (at, label) in labels.iter().enumerate() {
                index.entry(text(label)).or_insert(at);
            }
        }
        let recorded: Vec<(u32, usize)> = recorded
            .iter()
            .map(|&(customer, label)| {
                let at = index.get(label).copied().unwrap_or_else(|| {
                    labels.push(Label::code(label));
                    index.insert(label.into(), labels.len() - 1);
                    labels.len() - 1
                });
                (customer, at)
            })
            .collect();
        if labels.len() > usize::from(NO_CELL) {
            return Err(Refusal::TooManyCells { found: labels.len() as u64 });
        }
        let mut cell: Vec<u16> = class.iter().map(|class| class.unwrap_or(NO_CELL)).collect();
        recorded.into_iter().for_each(|(customer, at)| cell[customer as usize] = at as u16);
        let (list, starts) = sorted(&cell, labels.len(), by_id);
        let gone = labels.len() - published;
        Ok(Cells { title: grading.title.clone(), labels, gone, cell, list, starts })
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::grading::Grading;

    fn column(class: Vec<Option<u16>>, labels: Vec<Label>) -> Gradings {
        let mut gradings = Gradings::default();
        let data = GradingData::Classes { class, labels };
        let title = Label::code("Segments");
        gradings.publish("a.b", Grading { title, is_part: false, data, made_with: String::new() });
        gradings
    }

    #[test]
    fn classes_of_one_name_are_told_apart() {
        let labels = ["Loyal", "Loyal", "Loyal (2)", "Loyal"].map(|en| Label::new(en, "忠誠")).to_vec();
        let gradings = column(vec![Some(1), Some(0), Some(3), None], labels);
        let cells = Cells::of(&gradings, "a.b", &[0, 1, 2, 3], &[]).unwrap();
        let names: Vec<&str> = cells.labels.iter().map(|label| label.en.as_str()).collect();
        assert_eq!(names, ["Loyal", "Loyal (3)", "Loyal (2)", "Loyal (4)"]);
        assert_eq!(cells.labels[1].zh, "忠誠（3）");
        assert_eq!((cells.list.as_slice(), cells.outside()), ([1, 0, 2].as_slice(), 1));
    }

    #[test]
    fn recorded_cells_are_found_in_either_language_and_others_come_last() {
        let gradings = column(vec![None; 3], vec![Label::new("Loyal", "忠誠")]);
        let recorded = [(0, "忠誠"), (1, "Loyal"), (2, "Gone")];
        let cells = Cells::of(&gradings, "a.b", &[0, 1, 2], &recorded).unwrap();
        assert_eq!((cells.cell.as_slice(), cells.gone), ([0, 0, 1].as_slice(), 1));
    }

    #[test]
    fn more_cells_than_can_be_numbered_are_refused() {
        let names: Vec<String> = (0..=u16::MAX).map(|number| number.to_string()).collect();
        let gradings = column(vec![None; names.len()], vec![]);
        let by_id: Vec<u32> = (0..names.len() as u32).collect();
        let recorded: Vec<(u32, &str)> =
            by_id.iter().copied().zip(names.iter().map(String::as_str)).collect();
        let made = |cells: usize| Cells::of(&gradings, "a.b", &by_id, &recorded[..cells]);
        assert_eq!(made(65_535).unwrap().customers(65_534), [65_534]);
        assert_eq!(made(65_536), Err(Refusal::TooManyCells { found: 65_536 }));
        assert!(matches!(Cells::of(&gradings, "a.c", &by_id, &[]), Err(Refusal::NoCells { .. })));
    }
}
