//! The cells of a campaign and the one list of customers that it samples from: best cell first, within a cell by id.

use super::answer::{CellsChoice, Refusal};
use crate::core::grading::{GradingData, Gradings, Label, told_apart};
use crate::core::stats::groups::Cuts;
use crate::core::stats::sort::{order_key, sorted as sorted_values};
use crate::tools::published::{PublishedColumn, may_read, measure_column, measures};
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
    /// Puts customers into the classes of the published column `name`, or into `groups` equal groups of a published
    /// measure: groups 1 (the best), 2, …, in which equal values stay together. `recorded` are customers of a recorded test
    /// with the label of the cell that they were tested in, which stays theirs; `by_id` are all customer codes in the
    /// order of their ids. A label is found in either language: an exported list may have been read in again.
    ///
    /// # Errors
    /// [`Refusal::NoCells`] where there is no such column of classes; [`Refusal::TooManyCells`].
    pub fn of(
        gradings: &Gradings,
        name: &str,
        groups: u8,
        by_id: &[u32],
        recorded: &[(u32, &str)],
    ) -> Result<Cells, Refusal> {
        let no_cells = || Refusal::NoCells { cells_from: name.into() };
        let grading = gradings.get(name).ok_or_else(no_cells)?;
        let (mut cell, mut labels, title) = match &grading.data {
            GradingData::Classes { class, labels } => {
                let cell = class.iter().map(|class| class.unwrap_or(NO_CELL)).collect();
                // Cells are named by their English text in options and records.
                (cell, told_apart(labels, &[]), grading.title.clone())
            }
            data => {
                measure_column(gradings, super::TOOL.id, name).ok_or_else(no_cells)?;
                let keys = keys(data).ok_or_else(no_cells)?;
                let Label { en, zh } = &grading.title;
                let title =
                    Label::new(format!("{en}, {groups} equal groups"), format!("{zh}，等分 {groups} 組"));
                let labels = (1..=groups).map(|group| Label::code(group.to_string())).collect();
                (divided(&keys, groups), labels, title)
            }
        };
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
        recorded.into_iter().for_each(|(customer, at)| cell[customer as usize] = at as u16);
        let (list, starts) = sorted(&cell, labels.len(), by_id);
        let gone = labels.len() - published;
        Ok(Cells { title, labels, gone, cell, list, starts })
    }

    /// How many cells there are, those that nobody is in too.
    pub fn count(&self) -> usize {
        self.labels.len()
    }

    /// The customers of a cell in the order of their ids.
    pub fn customers(&self, cell: usize) -> &[u32] {
        &self.list[self.starts[cell]..self.starts[cell + 1]]
    }

    /// The cell of a label, by its English text, under which cells are named in options and records.
    pub fn find(&self, label: &str) -> Option<usize> {
        self.labels.iter().position(|known| known.en == label)
    }
}

/// A measure as whole numbers in the order of its values; `None` for what is no measure.
pub fn keys(data: &GradingData) -> Option<Vec<Option<i64>>> {
    match data {
        GradingData::Money(values) => Some(values.clone()),
        GradingData::Numbers(values) => {
            let key = |value: &Option<f64>| value.filter(|value| value.is_finite()).map(order_key);
            Some(values.iter().map(key).collect())
        }
        GradingData::Classes { .. } | GradingData::Days(_) => None,
    }
}

/// Equal groups by minimum ranks, the best first.
fn divided(keys: &[Option<i64>], groups: u8) -> Vec<u16> {
    let cuts =
        Cuts::of_min_ranks(&sorted_values(&keys.iter().copied().flatten().collect::<Vec<_>>()), groups);
    let best_first = |key: i64| u16::from(groups) - 1 - cuts.group(key) as u16;
    keys.iter().map(|key| key.map_or(NO_CELL, best_first)).collect()
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

/// The columns of classes that can be cells, then the measures that can be divided into equal groups; parts of other
/// columns are left out.
pub fn choices(gradings: &Gradings) -> Vec<CellsChoice> {
    let classes = gradings.names().filter_map(|name| {
        let grading = gradings.get(name)?;
        let GradingData::Classes { labels, .. } = &grading.data else { return None };
        let (title, classes) = (grading.title.clone(), Some(labels.len() as u64));
        let is_free = !grading.is_part && may_read(super::TOOL.id, name);
        is_free.then(|| CellsChoice { name: name.into(), title, classes })
    });
    let measures = measures(gradings, super::TOOL.id).into_iter();
    let measures = measures.map(|PublishedColumn { name, title }| CellsChoice { name, title, classes: None });
    classes.chain(measures).collect()
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
        let cells = Cells::of(&gradings, "a.b", 10, &[0, 1, 2, 3], &[]).unwrap();
        let names: Vec<&str> = cells.labels.iter().map(|label| label.en.as_str()).collect();
        assert_eq!(names, ["Loyal", "Loyal (3)", "Loyal (2)", "Loyal (4)"]);
        assert_eq!(cells.labels[1].zh, "忠誠（3）");
        assert_eq!((cells.list.as_slice(), cells.cell[3]), ([1, 0, 2].as_slice(), NO_CELL));
    }

    #[test]
    fn recorded_cells_are_found_in_either_language_and_others_come_last() {
        let gradings = column(vec![None; 5], vec![Label::new("Loyal", "忠誠")]);
        let recorded = [(0, "忠誠"), (1, "Loyal"), (2, "Gone"), (3, "Lost"), (4, "Gone")];
        let cells = Cells::of(&gradings, "a.b", 10, &[0, 1, 2, 3, 4], &recorded).unwrap();
        assert_eq!((cells.cell.as_slice(), cells.gone), ([0, 0, 1, 2, 1].as_slice(), 2));
        assert_eq!(
            (cells.count(), cells.labels[1].en.as_str(), cells.labels[2].en.as_str()),
            (3, "Gone", "Lost")
        );
    }

    #[test]
    fn a_measure_is_divided_into_equal_groups_and_who_has_no_value_has_no_cell() {
        let numbers = [0.9, 0.1, 0.5, 0.5, f64::NAN, 0.7, 0.2].map(Some).into_iter().chain([None]).collect();
        let mut gradings = Gradings::default();
        let title = Label::new("Chance", "機率");
        let data = GradingData::Numbers(numbers);
        let made_with = String::new();
        gradings.publish("clv_forecast.alive", Grading { title, is_part: false, data, made_with });
        let cells = Cells::of(&gradings, "clv_forecast.alive", 3, &[0, 1, 2, 3, 4, 5, 6, 7], &[]).unwrap();
        // Of six, 0.1 and 0.2 are the lowest third; 0.5 twice stays together.
        assert_eq!(cells.cell, [0, 2, 1, 1, NO_CELL, 0, 2, NO_CELL]);
        assert_eq!(cells.labels.iter().map(|label| label.en.as_str()).collect::<Vec<_>>(), ["1", "2", "3"]);
        assert_eq!(cells.title.zh, "機率，等分 3 組");
        assert_eq!(choices(&gradings)[0].classes, None);
        // What a campaign may not read makes no cells: it would hang on what was opened first.
        let own = Cells::of(&gradings, "campaign.alive", 3, &[], &[]);
        assert!(matches!(own, Err(Refusal::NoCells { .. })));
    }

    #[test]
    fn more_cells_than_can_be_numbered_are_refused() {
        let names: Vec<String> = (0..=u16::MAX).map(|number| number.to_string()).collect();
        let gradings = column(vec![None; names.len()], vec![]);
        let by_id: Vec<u32> = (0..names.len() as u32).collect();
        let recorded: Vec<(u32, &str)> =
            by_id.iter().copied().zip(names.iter().map(String::as_str)).collect();
        let made = |cells: usize| Cells::of(&gradings, "a.b", 10, &by_id, &recorded[..cells]);
        assert_eq!(made(65_535).unwrap().customers(65_534), [65_534]);
        assert_eq!(made(65_536), Err(Refusal::TooManyCells { found: 65_536 }));
        assert!(matches!(Cells::of(&gradings, "a.c", 10, &by_id, &[]), Err(Refusal::NoCells { .. })));
    }
}
