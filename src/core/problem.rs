//! What can stop a job, as facts; [`Problem::say`] puts them into the person's words.

use crate::core::lang::Lang;
use crate::core::table::TableKind;
use serde::{Deserialize, Serialize};

/// A job could not be done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Problem {
    /// The workspace has no data yet.
    NoData,
    /// The tool needs a table that the workspace does not have.
    NoTable { needed: Vec<TableKind> },
    /// The request was not understood: page and worker are of different versions.
    BadRequest { detail: String },
    /// The device has no room for the data.
    StorageFull { needed_bytes: u64, free_bytes: Option<u64> },
    /// The browser does not let this page store anything.
    StorageDenied { detail: String },
    /// The connection to what is stored was lost, and could not be had again.
    StorageLost { detail: String },
    /// A later version of the program has changed the form of the whole storage.
    NewerStorage,
    /// Another tab has saved the same workspace in the meantime.
    SavedElsewhere,
    /// The workspace is edited in another tab.
    ReadOnly,
    /// Stored data or a workspace file does not match its checksum.
    Damaged { part: String },
    /// The file is not a workspace file at all.
    NotAWorkspace,
    /// A workspace file or a stored workspace of a later version of the program.
    NewerFormat { found: u32, known: u32 },
    /// The file could not be read from the disk.
    Unreadable { detail: String },
    /// The person stopped the job.
    Cancelled,
    /// The worker stopped at this; it has been replaced.
    WorkerFailed { at: Named, detail: String },
    /// The worker had to be replaced before it came to this, because it stopped at something else.
    Interrupted,
    /// A part of the program could not be fetched.
    NotLoaded { detail: String },
}

/// A name that the one who meets the problem cannot look up, in both languages.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Named {
    pub en: String,
    pub zh: String,
}

impl Problem {
    /// The worker that was asked is no more: what it held has to be opened again.
    pub fn ended_worker(&self) -> bool {
        matches!(self, Problem::Cancelled | Problem::WorkerFailed { .. } | Problem::Interrupted)
    }

    /// The same may well succeed when it is tried again.
    pub fn is_passing(&self) -> bool {
        self.ended_worker() || matches!(self, Problem::NotLoaded { .. })
    }

    /// What happened and what to try, in the person's language.
    pub fn say(&self, lang: Lang) -> String {
        let zh = lang == Lang::ZhHant;
        match self {
            Problem::NoData => lang
                .pick(
                    "This workspace has no data yet. Import a file or open a sample on the data page.",
                    "這個工作區還沒有資料。請到資料頁匯入檔案，或開啟示範資料。",
                )
                .into(),
            Problem::NoTable { needed } => {
                let names: Vec<&str> = needed.iter().map(|kind| kind.name(lang)).collect();
                if zh {
                    format!("這項工具需要{}，請到資料頁匯入。", names.join("或"))
                } else {
                    format!("This tool needs {}. Import it on the data page.", names.join(" or "))
                }
            }
            Problem::BadRequest { detail } if zh => {
                format!("程式的兩個部分版本不同（{detail}）。請重新載入頁面。")
            }
            Problem::BadRequest { detail } => {
                format!("Two parts of the program are of different versions ({detail}). Reload the page.")
            }
            Problem::StorageFull { needed_bytes, free_bytes } => {
                let megabytes = |bytes: u64| format!("{:.1} MB", bytes as f64 / 1e6);
                let free = free_bytes.map(megabytes);
                if zh {
                    let free = free.map_or(String::new(), |f| format!("，目前可用 {f}"));
                    format!(
                        "瀏覽器的儲存空間不足：需要 {}{free}。請把工作區存成檔案，並刪除不用的工作區；或改用「不保留任何資料」模式。",
                        megabytes(*needed_bytes)
                    )
                } else {
                    let free = free.map_or(String::new(), |f| format!(", and {f} are free"));
                    format!(
                        "The browser's storage is full: {} are needed{free}. Save the workspace to a file and delete \
                         workspaces that you no longer need, or use a session that keeps nothing.",
                        megabytes(*needed_bytes)
                    )
                }
            }
            Problem::StorageDenied { detail } if zh => format!(
                "瀏覽器不允許這個頁面儲存資料（{detail}）。關閉分頁後什麼都不會保留：請把工作區存成檔案，或在允許儲存的視窗開啟。"
            ),
            Problem::StorageDenied { detail } => format!(
                "The browser does not let this page store data ({detail}). Nothing is kept when this tab is closed: save \
                 the workspace to a file, or open the page in a window that may store data."
            ),
            Problem::StorageLost { detail } if zh => {
                format!("與瀏覽器儲存空間的連線中斷（{detail}），稍後會自動重試。保險起見，請把工作區存成檔案。")
            }
            Problem::StorageLost { detail } => format!(
                "The connection to the browser's storage was lost ({detail}); it is tried again. To be safe, save the \
                 workspace to a file."
            ),
            Problem::NewerStorage => lang
                .pick(
                    "A newer version of Quintile has been opened in this browser, and this tab can no longer save. Reload \
                     to go on with the newer version.",
                    "這個瀏覽器已開啟較新版本的 Quintile，這個分頁無法再儲存。請重新載入，改用新版本繼續。",
                )
                .into(),
            Problem::SavedElsewhere => lang
                .pick(
                    "Another tab has saved this workspace in the meantime; its state is shown here.",
                    "另一個分頁已先儲存這個工作區，這裡顯示的是它的內容。",
                )
                .into(),
            Problem::ReadOnly => lang
                .pick(
                    "This workspace is being edited in another tab. Take it over to change it here.",
                    "這個工作區正在另一個分頁編輯。要在這裡修改，請先改由這個分頁編輯。",
                )
                .into(),
            Problem::Damaged { part } if zh => {
                format!("資料已損壞（{part} 與檢查碼不符）。請改用另一份備份，或重新匯入原始檔案。")
            }
            Problem::Damaged { part } => format!(
                "The data are damaged ({part} does not match its checksum). Use another copy, or import the original \
                 file again."
            ),
            Problem::NotAWorkspace => lang
                .pick(
                    "This is not a workspace file. Choose a file that was saved here, or import it as data on the data \
                     page.",
                    "這不是工作區檔案。請選擇由本程式儲存的檔案；若是資料檔，請到資料頁匯入。",
                )
                .into(),
            Problem::NewerFormat { found, known } if zh => {
                format!("這是較新版本的工作區（格式 {found}，本程式支援到 {known}）。請重新載入以更新程式。")
            }
            Problem::NewerFormat { found, known } => format!(
                "This workspace was made by a newer version (format {found}; this program knows {known}). Reload to \
                 update the program."
            ),
            Problem::Unreadable { detail } if zh => {
                format!("讀不到檔案（{detail}）。檔案可能已移動或仍被其他程式使用，請重新選擇。")
            }
            Problem::Unreadable { detail } => format!(
                "The file could not be read ({detail}). It may have been moved or be open in another program; choose it \
                 again."
            ),
            Problem::Cancelled => {
                lang.pick("Cancelled; nothing was changed.", "已取消，沒有任何變更。").into()
            }
            Problem::WorkerFailed { at, detail } if zh => format!(
                "執行「{}」時發生錯誤（{detail}）。計算程式已重新啟動，資料沒有變動。請再試一次；若再發生，請換一組設定。",
                at.zh
            ),
            Problem::WorkerFailed { at, detail } => format!(
                "The calculation stopped at “{}” ({detail}). It was restarted, and the data are unchanged. Try again; if \
                 it stops there again, try other settings.",
                at.en
            ),
            Problem::Interrupted => lang
                .pick(
                    "The calculation was restarted, because it had stopped at something else. Nothing was changed; try \
                     again.",
                    "因為另一項計算發生錯誤，計算程式已重新啟動。資料沒有變動，請再試一次。",
                )
                .into(),
            Problem::NotLoaded { detail } if zh => {
                format!("這一部分的程式沒有載入（{detail}）。請檢查網路後再試一次；若仍不行，請重新載入頁面。")
            }
            Problem::NotLoaded { detail } => format!(
                "This part of the program did not load ({detail}). Check the connection and try again; if that does not \
                 help, reload the page."
            ),
        }
    }
}

impl TableKind {
    /// The name of the kind of table in running text.
    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            TableKind::Transactions => lang.pick("transactions", "交易資料"),
            TableKind::Summary => lang.pick("a customer summary", "顧客彙總"),
            TableKind::Customers => lang.pick("a customer table", "顧客名冊"),
            TableKind::Contacts => lang.pick("contacts of a campaign", "行銷活動名單"),
            TableKind::Responses => lang.pick("responses to a campaign", "行銷活動回應"),
        }
    }
}
