//! The messages between page and worker. Every message is a small object: `id`, `body` (JSON), and what is handed
//! over beside it: a `file` or `bytes`.

use crate::core::dataset::Dataset;
use crate::core::day::Day;
use crate::core::import::{FileProblem, Overlap, Overrides, Plan, PlanProblem, Preview, Report, SetAside};
use crate::core::lang::Lang;
use crate::core::money::Currency;
use crate::core::problem::{Named, Problem};
use crate::core::rules::PurchaseRules;
use crate::core::table::{NO_DAY, Role, TableKind};
use crate::core::workspace::{Source, Workspace};
use crate::jobs::ToolRequest;
use crate::tools;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What the page asks of the worker.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Request {
    /// Load the data of a workspace. `bytes` carries what is stored of them when the session keeps nothing on the device.
    Open { source: Source, settings: Settings },
    /// Other rules or another currency for the data already open.
    Settle { settings: Settings },
    /// A tool's own job.
    Tool(ToolRequest),
    /// Have a tool publish its per-customer columns, as its record in the workspace says.
    Publish { tool: String, record: Value },
    /// Look at the head of the `file` and guess what is in it; `overrides` are what the person has corrected so far.
    Preview { overrides: Overrides },
    /// Read the whole `file` as confirmed. `salt` makes the pseudonyms of this workspace. With `keep` the data are open
    /// at once, and stored when [`Request::Keep`] asks for it.
    Import { plan: Plan, onto: Onto, id: String, salt: [u8; 16], keep: bool },
    /// A tool's job that may change the data; they are then stored under the new id, and nothing is otherwise.
    Change { request: ToolRequest, id: String, keep: bool },
    /// Data without one table; the rest are stored under the new id.
    Remove { kind: TableKind, id: String, keep: bool },
    /// A workspace file with or without the open data.
    Save { workspace: Box<Workspace>, with_data: bool },
    /// The workspace of the file in `bytes`; its data are stored under a new id first.
    Load { id: String, keep: bool },
    /// Store the open data under the id that they have; refused where they are open under another.
    Keep { id: String },
}

impl Request {
    /// Whether the answer changes what the workspace holds.
    pub fn changes_data(&self) -> bool {
        matches!(self, Request::Import { .. } | Request::Change { .. } | Request::Remove { .. })
    }
}

impl Request {
    /// What it is, in a person's words.
    pub fn name(&self) -> Named {
        let named = |en: &str, zh: &str| Named { en: en.into(), zh: zh.into() };
        match self {
            Request::Open { .. } => named("Opening the data", "開啟資料"),
            Request::Settle { .. } => named("Applying the settings", "套用設定"),
            Request::Tool(ToolRequest { tool, .. })
            | Request::Publish { tool, .. }
            | Request::Change { request: ToolRequest { tool, .. }, .. } => match tools::find(tool) {
                Some(tool) => named((tool.title)(Lang::En), (tool.title)(Lang::ZhHant)),
                None => named(tool, tool),
            },
            Request::Preview { .. } => named("Looking at the file", "查看檔案"),
            Request::Import { .. } => named("Importing the file", "匯入檔案"),
            Request::Remove { .. } => named("Removing a table", "移除資料表"),
            Request::Save { .. } => named("Saving the workspace to a file", "把工作區存成檔案"),
            Request::Load { .. } => named("Opening the workspace file", "開啟工作區檔案"),
            Request::Keep { .. } => named("Storing the data again", "重新儲存資料"),
        }
    }
}

/// Where imported rows go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Onto {
    /// The only table of a new dataset.
    NewData,
    /// In place of the table of the same kind; the others stay.
    Replace,
    /// After the rows of the table of the same kind.
    Append,
}

/// What of a workspace the worker must know to calculate.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    pub rules: PurchaseRules,
    pub currency: Currency,
}

/// What the worker says.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Message {
    /// The worker is up. Messages sent before this are lost.
    Ready {
        protocol: u32,
    },
    Progress {
        done: f64,
    },
    /// The answer to a request is in `answer`, as the JSON that the request's asker understands.
    Done {
        answer: String,
    },
    Failed {
        problem: Problem,
    },
    /// The worker's last words: it has stopped.
    Stopped {
        detail: String,
    },
}

/// What the page knows of the open data.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DataInfo {
    /// Customers in the customer data; those only contacted, or known only by a response, are not among them.
    pub customers: u64,
    pub tables: Vec<TableInfo>,
}

impl DataInfo {
    pub fn of(dataset: &Dataset) -> DataInfo {
        let tables = dataset.tables.values().map(|table| {
            let days = || {
                let roles = [Role::Date, Role::LastPurchase];
                roles.into_iter().filter_map(|role| table.days(role)).flatten().filter(|day| **day != NO_DAY)
            };
            TableInfo {
                kind: table.kind,
                rows: table.rows() as u64,
                columns: table.columns.iter().map(|column| (column.role, column.name.clone())).collect(),
                first_day: days().min().copied().map(Day),
                last_day: days().max().copied().map(Day),
            }
        });
        DataInfo { customers: dataset.customers_in_data(), tables: tables.collect() }
    }

    pub fn table(&self, kind: TableKind) -> Option<&TableInfo> {
        self.tables.iter().find(|table| table.kind == kind)
    }

    /// The last day of a purchase in the data: the default analysis date.
    pub fn last_day(&self) -> Option<Day> {
        let purchases = self.tables.iter().filter(|table| table.kind.has_purchases());
        purchases.filter_map(|table| table.last_day).max()
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TableInfo {
    pub kind: TableKind,
    pub rows: u64,
    pub columns: Vec<(Role, String)>,
    pub first_day: Option<Day>,
    pub last_day: Option<Day>,
}

/// The answer to [`Request::Preview`].
pub type Previewed = Result<Preview, FileProblem>;

/// The data after a change, and where they are now. The answer to [`Request::Remove`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DataNow {
    pub info: DataInfo,
    pub source: Source,
}

/// The answer to [`Request::Change`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Changed {
    /// The tool's own JSON.
    pub answer: String,
    /// `None`: the data are as they were.
    pub now: Option<DataNow>,
}

/// The answer to [`Request::Import`].
pub type ImportAnswer = Result<ImportDone, ImportRefused>;

/// A file was read and its rows are in the open data.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ImportDone {
    pub now: DataNow,
    pub kind: TableKind,
    pub report: Report,
    /// What an appended file has in common with the rows before it.
    pub overlap: Option<Overlap>,
}

/// A file could not be read; the data are as they were.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportRefused {
    Plan { problem: PlanProblem },
    File { problem: FileProblem },
}

/// What is kept beside an imported table: the report, and the whole list of rows set aside.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct StoredReport {
    pub report: Report,
    pub set_aside: SetAside,
}
