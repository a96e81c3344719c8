//! The open data of a session: opened from where they are, changed, and given back with what of them must be stored.
//!
//! A sample is made again from its seed. As long as its own tables are as it makes them, only the tables that were
//! added to it are stored; from the first change of an own table on, everything is.

use super::protocol::{Onto, Settings, StoredReport};
use super::{Progress, Reply, Session, ToolRequest};
use crate::core::codec::{self, Encoder, Meta, Section};
use crate::core::dataset::Dataset;
use crate::core::dictionary::NO_CODE;
use crate::core::import::{self, Imported, Note, Overlap, Report};
use crate::core::problem::Problem;
use crate::core::table::{Table, TableKind};
use crate::core::workspace::{SampleId, Source, Workspace, key};
use crate::core::{added, sample, workspace_file};
use crate::tools::Job;
use serde_json::Value;
use std::collections::BTreeSet;

/// A sample, and the tables that are as it makes them.
pub(super) struct Untouched {
    sample: SampleId,
    seed: u64,
    own: BTreeSet<TableKind>,
}

impl Untouched {
    fn is_added(&self, kind: TableKind) -> bool {
        !self.own.contains(&kind)
    }

    fn has_added(&self, dataset: &Dataset) -> bool {
        dataset.tables.keys().any(|&kind| self.is_added(kind))
    }
}

/// Where data are from now on, and what has to be stored for that under the id that was asked for; no sections:
/// nothing.
pub struct ToStore {
    pub source: Source,
    pub sections: Vec<Section>,
}

/// Data on their way to where they are stored, a few sections at a time: see [`Session::next_sections`].
pub struct Storing {
    /// What of a sample's data has to be stored; `None`: all of the open data.
    apart: Option<(Dataset, Meta)>,
    encoder: Encoder,
}

/// What a file has become in the open data.
pub struct TakenIn {
    pub kind: TableKind,
    pub report: Report,
    pub overlap: Option<Overlap>,
}

impl Session {
    /// Opens data; `stored` are the sections under [`Source::stored_id`].
    pub fn open(
        source: &Source,
        stored: &[Section],
        settings: Settings,
        progress: &mut dyn FnMut(f64),
    ) -> Result<Session, Problem> {
        match source {
            Source::Empty => Ok(Session::new(Dataset::default(), Meta::new(), settings)),
            Source::Stored { .. } => {
                let (dataset, meta) = codec::decode(stored)?;
                Ok(Session::new(dataset, meta, settings))
            }
            Source::Sample { sample, seed, added } => {
                let mut session = Session::open_sample(*sample, *seed, settings, progress);
                if added.is_some() {
                    let (tables, kept) = codec::decode(stored)?;
                    if let Some(Untouched { own, .. }) = &mut session.untouched {
                        own.retain(|kind| !tables.tables.contains_key(kind));
                    }
                    added::put_back(&mut session.dataset, tables);
                    session.meta = kept;
                }
                Ok(session)
            }
        }
    }

    /// Opens a sample to which nothing was added.
    pub fn open_sample(
        sample: SampleId,
        seed: u64,
        settings: Settings,
        progress: &mut dyn FnMut(f64),
    ) -> Session {
        let dataset = sample::make(sample, seed, progress);
        let own = dataset.tables.keys().copied().collect();
        let untouched = Some(Untouched { sample, seed, own });
        Session { untouched, ..Session::new(dataset, Meta::new(), settings) }
    }

    /// The sample that the open data are, as long as its own tables are as it makes them: its customers have the first
    /// codes of the dictionary then, and what is true of them is known.
    pub fn sample(&self) -> Option<(SampleId, u64)> {
        self.untouched.as_ref().map(|untouched| (untouched.sample, untouched.seed))
    }

    /// Where the open data are once what has to be stored of them is stored under `id`.
    pub fn source_stored_as(&self, id: &str) -> Source {
        match &self.untouched {
            None => Source::Stored { id: id.into() },
            Some(untouched) => Source::Sample {
                sample: untouched.sample,
                seed: untouched.seed,
                added: untouched.has_added(&self.dataset).then(|| id.into()),
            },
        }
    }

    /// What has to be stored of the open data: the tables that were added to a sample, or all of them; `None` for a
    /// sample as it was made.
    pub fn begin_storing(&self) -> Option<Storing> {
        let Some(untouched) = &self.untouched else {
            return Some(Storing { apart: None, encoder: Encoder::default() });
        };
        if !untouched.has_added(&self.dataset) {
            return None;
        }
        let is_added = |kind| untouched.is_added(kind);
        let meta = self.meta.iter().filter(|(kind, _)| is_added(**kind));
        let meta = meta.map(|(&kind, kept)| (kind, kept.clone())).collect();
        let apart = Some((added::take_out(&self.dataset, is_added), meta));
        Some(Storing { apart, encoder: Encoder::default() })
    }

    /// The next sections of data that are being stored, together at least so many bytes as long as there are more;
    /// `None` after the last. The open data must stay as they are until then.
    pub fn next_sections(&self, storing: &mut Storing, least: usize) -> Option<Vec<Section>> {
        let Storing { apart, encoder } = storing;
        let (dataset, meta) = apart.as_ref().map_or((&self.dataset, &self.meta), |(data, meta)| (data, meta));
        let mut batch = encoder.next(dataset, meta)?;
        while batch.iter().map(|section| section.bytes.len()).sum::<usize>() < least
            && let Some(more) = encoder.next(dataset, meta)
        {
            batch.extend(more);
        }
        Some(batch)
    }

    /// All that has to be stored of the open data.
    pub fn to_store(&self, id: &str) -> ToStore {
        let all = self.begin_storing().and_then(|mut storing| self.next_sections(&mut storing, usize::MAX));
        ToStore { source: self.source_stored_as(id), sections: all.unwrap_or_default() }
    }

    /// Tables of these kinds were put in, changed or removed: what was computed is forgotten, and a sample that no
    /// longer has its own tables is data like any other.
    pub fn changed(&mut self, kinds: &[TableKind]) {
        self.dataset.forget_unused_customers();
        self.touch(kinds);
    }

    fn touch(&mut self, kinds: &[TableKind]) {
        self.untouched.take_if(|sample| kinds.iter().any(|&kind| !sample.is_added(kind)));
        self.forget();
    }

    pub fn remove(&mut self, kind: TableKind) {
        self.dataset.remove_table(kind);
        self.meta.remove(&kind);
        self.touch(&[kind]);
    }

    /// Puts what was read from a file into the open data.
    pub fn take_in(&mut self, imported: Imported, onto: Onto) -> TakenIn {
        let Imported { mut table, customers, mut report } = imported;
        let kind = table.kind;
        let mut overlap = None;
        if onto == Onto::NewData {
            self.dataset = Dataset::default();
            self.meta = Meta::new();
            self.untouched = None;
        }
        report.notes.extend(not_in_customer_data(&self.dataset, &table));
        if onto == Onto::Append
            && let Some(mut before) = self.dataset.tables.remove(&kind)
        {
            overlap = Some(import::overlap(&before, &table));
            import::append(&mut before, table);
            table = before;
        }
        self.dataset.set_table(table, customers);
        let stored = StoredReport { set_aside: std::mem::take(&mut report.set_aside), report };
        self.meta.insert(kind, serde_json::to_value(&stored).expect("a report is JSON"));
        self.touch(&[kind]);
        TakenIn { kind, report: stored.report, overlap }
    }

    /// The file of a workspace with the open data, or with the settings only.
    pub fn save(&self, workspace: &Workspace, with_data: bool) -> Vec<u8> {
        if !with_data {
            return workspace_file::write(workspace, false, &[]);
        }
        let id = workspace.source().stored_id().unwrap_or("data").to_string();
        let ToStore { source, sections } = self.to_store(&id);
        let mut workspace = workspace.clone();
        point_at(&mut workspace, &source);
        workspace_file::write(&workspace, true, &sections)
    }
}

/// How many customers of a table of contacts or responses are not in the customer data, where there are such data.
fn not_in_customer_data(dataset: &Dataset, table: &Table) -> Option<Note> {
    if table.kind.is_customer_data() || !dataset.tables.keys().any(|kind| kind.is_customer_data()) {
        return None;
    }
    let is_in = dataset.in_customer_data();
    let is_unknown = |&code: &u32| code != NO_CODE && is_in.get(code as usize) != Some(&true);
    let mut unknown: Vec<u32> = table.customer.iter().copied().filter(is_unknown).collect();
    unknown.sort_unstable();
    unknown.dedup();
    (!unknown.is_empty()).then_some(Note::NotInCustomerData { customers: unknown.len() as u64 })
}

/// A workspace that came in a file, and what has to be stored under its new id before it can be opened.
pub struct Loaded {
    pub workspace: Workspace,
    pub sections: Vec<Section>,
}

/// Reads a workspace file whose data will be stored under `id`.
pub fn load(file: &[u8], id: &str) -> Result<Loaded, Problem> {
    let file = workspace_file::read(file)?;
    let mut workspace = file.workspace;
    let source = workspace.source();
    // Undo cannot lead back to data that are not in the file.
    workspace.log = Default::default();
    let Some(sections) = file.data else {
        // A sample can be made without its data; what was added to it stayed behind.
        if let Source::Sample { sample, seed, added: Some(_) } = source {
            point_at(&mut workspace, &Source::sample(sample, seed));
        }
        return Ok(Loaded { workspace, sections: Vec::new() });
    };
    codec::decode(&sections)?;
    let id = id.to_string();
    let source = match source {
        Source::Sample { sample, seed, added: Some(_) } => Source::Sample { sample, seed, added: Some(id) },
        _ => Source::Stored { id },
    };
    point_at(&mut workspace, &source);
    Ok(Loaded { workspace, sections })
}

fn point_at(workspace: &mut Workspace, source: &Source) {
    workspace.records.insert(key::SOURCE.into(), serde_json::to_value(source).expect("a source is JSON"));
}

/// Runs a tool's job that may change the data. Its reply names the kinds of table that it changed; the data are to
/// be stored then.
pub fn change(
    session: &mut Session,
    request: ToolRequest,
    progress: &mut dyn Progress,
) -> Result<Reply, Problem> {
    change_by(super::job_of(&request)?, session, request.input, progress)
}

/// As [`change`], with the job itself.
pub fn change_by(
    job: Job,
    session: &mut Session,
    input: Value,
    progress: &mut dyn Progress,
) -> Result<Reply, Problem> {
    let reply = job(session, input, progress)?;
    if !reply.changed.is_empty() {
        session.changed(&reply.changed);
    }
    Ok(reply)
}
