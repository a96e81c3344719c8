//! The session: what every part of the page shares. Signals for what is entered, memos for what follows from it.

use crate::core::lang::Lang;
use crate::core::problem::Problem;
use crate::core::table::TableKind;
use crate::core::workspace::{Source, Workspace, key};
use crate::io::intl::Formats;
use crate::io::prefs::{self, Preferences};
use crate::io::worker_client::{Answer, Attached, WorkerClient};
use crate::jobs::protocol::{DataInfo, DataNow, Request, Settings};
use crate::tools;
use crate::ui::notices::{Notice, Notices};
use crate::ui::saving::{self, Store};
use crate::ui::tabs::Claim;
use crate::ui::text::ShellText;
use crate::ui::workspace_menu;
use js_sys::Uint8Array;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::any::{Any, TypeId};
use std::collections::{BTreeMap, HashMap};

/// The record of the purchase rules in a workspace.
pub const RULES: &str = "rules";

/// What a message about undo is about: the next one takes its place.
const UNDO: &str = "undo";

/// Whether what is on the screen is on the disk.
#[derive(Clone, Debug, PartialEq)]
pub enum SaveState {
    Saving,
    /// The time of day of the last save.
    Saved(String),
    /// The session keeps nothing, because the person wants it so.
    KeepsNothing,
    Failed(Problem),
}

/// What this tab may do with the open workspace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// It will be known in a moment.
    Asking,
    Writer,
    /// Another tab writes it.
    Reader,
}

/// The data of the open workspace, as far as the page knows them.
#[derive(Clone, Debug, PartialEq)]
pub enum DataState {
    Loading { done: f64 },
    Ready(DataInfo),
    Failed(Problem),
}

/// Which data were open when something was asked of the worker.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenData {
    workspace: String,
    source: Source,
}

/// Handles to the session; copies share it.
#[derive(Clone, Copy)]
pub struct AppState {
    pub preferences: RwSignal<Preferences>,
    pub lang: Memo<Lang>,
    pub formats: Memo<Formats>,
    /// The open workspace.
    pub workspace: RwSignal<Workspace>,
    /// The others, by id.
    pub others: RwSignal<BTreeMap<String, Workspace>>,
    /// Deleted ones that can be brought back, by id.
    pub bin: RwSignal<BTreeMap<String, Workspace>>,
    pub saved: RwSignal<SaveState>,
    pub role: RwSignal<Role>,
    /// Grows when a change was refused, so that every control shows again what is.
    pub refused: RwSignal<u64>,
    pub data: RwSignal<DataState>,
    /// Grows whenever the worker has opened data or has been told other settings: answers from before are stale.
    pub data_version: RwSignal<u64>,
    pub notices: Notices,
    /// In presenter mode, how many steps of the explanation are revealed.
    pub presenting: RwSignal<Option<usize>>,
    pub keeps_nothing: RwSignal<bool>,
    /// Whether the page is dark now; charts are drawn in its colours.
    pub dark: RwSignal<bool>,
    /// False until the stored workspaces have been read.
    pub started: RwSignal<bool>,
    pub store: StoredValue<Store, LocalStorage>,
    pub claim: StoredValue<Claim, LocalStorage>,
    pub worker: StoredValue<WorkerClient, LocalStorage>,
    /// A file that was dropped or chosen and is not imported yet: its name, and the file itself.
    pub picked: RwSignal<Option<String>>,
    pub picked_file: StoredValue<Option<web_sys::Blob>, LocalStorage>,
    /// What the person said that the picked file holds, by the button it was chosen with.
    pub picked_kind: StoredValue<Option<TableKind>>,
    /// How many files have been picked: tells a second file from the first.
    pub picks: StoredValue<u64>,
    /// What parts of the page keep while they are not on the screen, by type.
    lasting: StoredValue<HashMap<TypeId, Box<dyn Any>>, LocalStorage>,
    /// Datasets of a session that keeps nothing: opaque bytes, for when the worker must be replaced.
    pub unkept: StoredValue<HashMap<String, Uint8Array>, LocalStorage>,
    next_burst: StoredValue<u64>,
}

/// The session of this page.
pub fn app() -> AppState {
    expect_context()
}

impl AppState {
    pub fn new(workspace: Workspace) -> AppState {
        let preferences = RwSignal::new(Preferences::load());
        let lang = Memo::new(move |_| prefs::starting_lang(preferences.with(|p| p.lang)));
        let workspace = RwSignal::new(workspace);
        let formats = Memo::new(move |_| Formats {
            lang: lang.get(),
            currency: workspace.with(Workspace::currency),
            roc_years: preferences.with(|p| p.roc_years),
        });
        AppState {
            preferences,
            lang,
            formats,
            workspace,
            others: RwSignal::default(),
            bin: RwSignal::default(),
            saved: RwSignal::new(SaveState::Saving),
            role: RwSignal::new(Role::Asking),
            refused: RwSignal::new(0),
            data: RwSignal::new(DataState::Loading { done: 0.0 }),
            data_version: RwSignal::new(0),
            notices: Notices::default(),
            presenting: RwSignal::new(None),
            keeps_nothing: RwSignal::new(prefs::keeps_nothing()),
            dark: RwSignal::new(false),
            started: RwSignal::new(false),
            store: StoredValue::new_local(Store::default()),
            claim: StoredValue::new_local(Claim::default()),
            worker: StoredValue::new_local(WorkerClient::default()),
            picked: RwSignal::new(None),
            picked_file: StoredValue::new_local(None),
            picked_kind: StoredValue::new(None),
            picks: StoredValue::new(0),
            lasting: StoredValue::new_local(HashMap::new()),
            unkept: StoredValue::new_local(HashMap::new()),
            next_burst: StoredValue::new(0),
        }
    }

    /// The shell's texts in the reader's language; reactive.
    pub fn text(self) -> &'static ShellText {
        ShellText::of(self.lang.get())
    }

    pub fn prefer(self, change: impl FnOnce(&mut Preferences)) {
        self.preferences.update(change);
        self.preferences.with_untracked(Preferences::store);
    }

    /// Takes a file that the person has dropped, chosen or pasted.
    pub fn pick(self, name: &str, file: web_sys::Blob, kind: Option<TableKind>) {
        self.picked_file.set_value(Some(file));
        self.picked_kind.set_value(kind);
        self.picks.update_value(|picks| *picks += 1);
        self.picked.set(Some(name.to_string()));
    }

    /// A signal that outlives the view that asks for it: work in progress stays while another page is open.
    pub fn lasting<T: Default + Send + Sync + 'static>(self) -> ArcRwSignal<T> {
        let made = |all: &mut HashMap<TypeId, Box<dyn Any>>| {
            let signal =
                all.entry(TypeId::of::<T>()).or_insert_with(|| Box::new(ArcRwSignal::new(T::default())));
            signal.downcast_ref::<ArcRwSignal<T>>().cloned().unwrap_or_default()
        };
        self.lasting.try_update_value(made).unwrap_or_default()
    }

    // ── Records of the workspace ──

    /// A record in its type, or the type's default.
    pub fn record<T>(self, key: &'static str) -> Memo<T>
    where
        T: DeserializeOwned + Default + PartialEq + Send + Sync + 'static,
    {
        Memo::new(move |_| self.workspace.with(|workspace| workspace.get(key).unwrap_or_default()))
    }

    /// Sets a record, as one step of undo.
    pub fn set<T: Serialize>(self, key: &str, value: &T) {
        self.change(|workspace| workspace.set(key, value, None));
    }

    /// Sets a record while somebody types: one step of undo for the whole burst.
    pub fn set_in_burst<T: Serialize>(self, key: &str, value: &T, burst: u64) {
        self.change(|workspace| workspace.set(key, value, Some(burst)));
    }

    fn change(self, change: impl FnOnce(&mut Workspace)) {
        if self.may_edit() {
            self.workspace.update(change);
        }
    }

    /// Whether another tab writes the open workspace; reactive.
    pub fn is_read_only(self) -> bool {
        self.role.get() == Role::Reader
    }

    /// Whether this tab may change the open workspace. Where not, the way to take it over gets the focus.
    pub fn may_edit(self) -> bool {
        let may = self.role.get_untracked() != Role::Reader;
        if !may {
            self.refused.update(|refused| *refused += 1);
            request_animation_frame(|| {
                if let Ok(Some(button)) = document().query_selector("#take-over") {
                    let _ = wasm_bindgen::JsCast::unchecked_into::<web_sys::HtmlElement>(button).focus();
                }
            });
        }
        may
    }

    /// Changes a record from what it is now: as one step of undo, or as part of a burst of typing.
    pub fn edit<T>(self, key: &str, burst: impl Into<Option<u64>>, change: impl FnOnce(&mut T))
    where
        T: DeserializeOwned + Default + Serialize,
    {
        let mut record = self.workspace.with_untracked(|workspace| workspace.get(key).unwrap_or_default());
        change(&mut record);
        self.change(|workspace| workspace.set(key, &record, burst.into()));
    }

    /// Sets what is only looked at: which step of a tool is open. It is saved and shared with the tool's inputs, and
    /// is no step of undo, because whoever takes back an input does not mean the steps walked through since.
    pub fn look<T: Serialize>(self, key: &str, value: &T) {
        let value = serde_json::to_value(value).expect("a record is JSON");
        self.workspace.update(|workspace| drop(workspace.records.insert(key.to_string(), value)));
    }

    /// A number for a new burst of typing.
    pub fn new_burst(self) -> u64 {
        self.next_burst.update_value(|n| *n += 1);
        // Bursts of an earlier session are in the stored log: start beyond them.
        self.next_burst.get_value() + js_sys::Date::now() as u64
    }

    /// Takes the last step back: a change of the open workspace, or the deletion of another; and says which.
    pub fn undo(self) {
        if !self.may_edit() {
            return;
        }
        match self.deleted_last() {
            Some(id) => workspace_menu::bring_back(self, &id),
            None => self.step(Workspace::undo, self.text().undone),
        }
    }

    pub fn redo(self) {
        if !self.may_edit() {
            return;
        }
        match self.workspace.with_untracked(Workspace::can_delete_again) {
            true => workspace_menu::delete_current(self),
            false => self.step(Workspace::redo, self.text().redone),
        }
    }

    /// The workspace whose deletion is the last step that was done.
    fn deleted_last(self) -> Option<String> {
        self.workspace.with(|open| {
            self.bin
                .with(|bin| bin.values().find(|gone| gone.was_deleted_last(open)).map(|gone| gone.id.clone()))
        })
    }

    pub fn can_undo(self) -> bool {
        self.workspace.with(|workspace| workspace.log.can_undo()) || self.deleted_last().is_some()
    }

    pub fn can_redo(self) -> bool {
        self.workspace.with(|workspace| workspace.log.can_redo() || workspace.can_delete_again())
    }

    fn step(self, step: fn(&mut Workspace) -> Vec<String>, say: fn(&str) -> String) {
        let mut workspace = self.workspace.get_untracked();
        let changed = step(&mut workspace);
        if changed.is_empty() {
            return;
        }
        self.workspace.set(workspace);
        changed.iter().for_each(|key| self.after_change(key));
        let lang = self.lang.get_untracked();
        let names: Vec<&str> = changed.iter().map(|key| self.record_name(key)).collect();
        self.notices.show(Notice::plain(say(&names.join(lang.pick(", ", "、")))).about(UNDO));
    }

    /// What a record of the workspace is called on the page.
    fn record_name(self, key: &str) -> &'static str {
        let text = ShellText::of(self.lang.get_untracked());
        match key {
            key::NAME => text.name_of_workspace,
            key::SOURCE => text.data,
            key::CURRENCY => text.currency,
            RULES => text.purchase_rules,
            key => tools::find(key).map_or(text.workspace, |tool| (tool.title)(self.lang.get_untracked())),
        }
    }

    /// Shows a state that another tab has saved.
    pub fn show_state(self, workspace: Workspace) {
        let same = |key: &str| {
            self.workspace.with_untracked(|before| before.records.get(key) == workspace.records.get(key))
        };
        let (same_data, same_rules) = (same(key::SOURCE), same(RULES) && same(key::CURRENCY));
        if self.workspace.with_untracked(|before| *before != workspace) {
            self.workspace.set(workspace);
        }
        match (same_data, same_rules) {
            (false, _) => self.reopen(),
            (true, false) => self.settle(),
            (true, true) => {}
        }
    }

    /// What must follow when a record has changed by other means than its own editor.
    fn after_change(self, record: &str) {
        match record {
            key::SOURCE => self.reopen(),
            key::CURRENCY | RULES => self.settle(),
            _ => {}
        }
    }

    // ── The worker ──

    pub fn settings(self) -> Settings {
        self.workspace.with_untracked(|workspace| Settings {
            rules: workspace.get(RULES).unwrap_or_default(),
            currency: workspace.currency(),
        })
    }

    pub async fn ask(
        self,
        request: Request,
        attached: Attached,
        on_progress: impl Fn(f64) + 'static,
    ) -> Result<Answer, Problem> {
        if request.changes_data() && !self.may_edit() {
            return Err(Problem::ReadOnly);
        }
        if request.changes_data() {
            // What only the worker has is not lost with the change, and can be undone to.
            let _ = saving::store_data(self).await;
        }
        let worker = self.worker.get_value();
        let answer = worker.ask(&request, attached, on_progress).await;
        // Once for each worker: whatever else was asked of it has been interrupted.
        if let Err(Problem::WorkerFailed { .. }) = &answer {
            self.reopen();
        }
        answer
    }

    /// Stops whatever the worker is doing, at once, and opens the data again in another worker.
    pub fn cancel(self) {
        self.worker.with_value(WorkerClient::cancel);
        self.reopen();
    }

    /// Opens the data of the open workspace in the worker.
    pub fn reopen(self) {
        self.data.set(DataState::Loading { done: 0.0 });
        spawn_local(async move {
            // What only the worker has is not lost when it opens other data.
            let _ = saving::store_data(self).await;
            let source = self.workspace.with_untracked(Workspace::source);
            let bytes = source.stored_id().and_then(|id| self.unkept.with_value(|all| all.get(id).cloned()));
            // The page keeps its copy: handing it over would empty it.
            let attached = Attached { file: None, bytes: bytes.map(|b| b.slice(0, b.length())) };
            let request = Request::Open { source: source.clone(), settings: self.settings() };
            let on_progress = move |done| self.data.set(DataState::Loading { done });
            let opened = self.worker.get_value().ask(&request, attached, on_progress).await;
            // Another workspace may have been opened meanwhile: its own answer is on the way.
            if self.workspace.with_untracked(Workspace::source) == source {
                self.opened(opened.and_then(|answer| parse(&answer.json)));
            }
        });
    }

    /// Takes the answer to any request that (re)opens data.
    pub fn opened(self, info: Result<DataInfo, Problem>) {
        match info {
            Ok(info) => self.data.set(DataState::Ready(info)),
            Err(Problem::Cancelled) => return,
            Err(problem) => {
                if matches!(problem, Problem::Damaged { .. }) {
                    self.offer_data_before(&problem);
                }
                self.data.set(DataState::Failed(problem));
            }
        }
        self.data_version.update(|version| *version += 1);
    }

    /// Tells the worker the workspace's rules and currency, and lets every tool ask again.
    pub fn settle(self) {
        spawn_local(async move {
            let request = Request::Settle { settings: self.settings() };
            let answer = self.ask(request, Attached::default(), |_| {}).await;
            self.opened(answer.and_then(|answer| parse(&answer.json)));
        });
    }

    /// Sets the purchase rules or the currency and recalculates.
    pub fn set_and_settle<T: Serialize>(self, key: &str, value: &T) {
        self.set(key, value);
        self.settle();
    }

    /// Points the workspace at other data, as one step of undo, and opens them.
    pub fn set_source(self, source: &Source) {
        self.set(key::SOURCE, source);
        self.reopen();
    }

    /// Which data are open now.
    pub fn open_data(self) -> OpenData {
        self.workspace.with_untracked(|workspace| OpenData {
            workspace: workspace.id.clone(),
            source: workspace.source(),
        })
    }

    /// Takes the answer to a request that has changed the data that were open `before`: points the workspace at them,
    /// as one step of undo or in a burst, and lets every tool ask again. Where other data have been opened meanwhile,
    /// by undo or by the choice of another workspace, the change is dropped.
    pub fn take_changed(
        self,
        before: &OpenData,
        now: DataNow,
        unkept: Option<Uint8Array>,
        burst: Option<u64>,
    ) -> Result<(), Problem> {
        if self.open_data() != *before {
            return Err(Problem::Cancelled);
        }
        // Another tab may have taken over while the worker was busy.
        if !self.may_edit() {
            return Err(Problem::ReadOnly);
        }
        if let Some(id) = now.source.stored_id() {
            self.keep_unkept(id, unkept);
        }
        self.workspace.update(|workspace| workspace.set(key::SOURCE, &now.source, burst));
        self.opened(Ok(now.info));
        Ok(())
    }

    /// Imported data could not be stored: whatever points at them points again at what it had before.
    pub fn take_back(self, id: &str, problem: &Problem) {
        let lang = self.lang.get_untracked();
        self.notices.show(Notice::warning((ShellText::of(lang).import_taken_back)(&problem.say(lang))));
        if let Some(before) = self.workspace.with_untracked(|open| open.without_data(id)) {
            self.workspace.set(before);
            self.reopen();
        }
        let others = self.others.with_untracked(|others| {
            others.values().filter_map(|other| other.without_data(id)).collect::<Vec<_>>()
        });
        for before in others {
            saving::note(self, before.clone());
            self.others.update(|others| drop(others.insert(before.id.clone(), before)));
        }
    }

    /// In a session that keeps nothing, what would be stored comes back with the answer instead.
    pub fn keep_unkept(self, id: &str, data: Option<Uint8Array>) {
        if let Some(data) = data {
            self.unkept.update_value(|all| drop(all.insert(id.to_string(), data)));
        }
    }

    pub fn tell(self, problem: &Problem) {
        self.notices.show(Notice::warning(problem.say(self.lang.get_untracked())));
    }

    /// What of the data this workspace had before, where what it has now is damaged: some steps of undo away.
    fn offer_data_before(self, problem: &Problem) {
        let damaged = self.workspace.with_untracked(Workspace::source);
        let before = move || self.workspace.with_untracked(|open| open.before_data(&damaged));
        let notice = Notice::warning(problem.say(self.lang.get_untracked()));
        self.notices.show(match before() {
            None => notice,
            Some(_) => notice.with_action(self.text().data_before, move || {
                if self.may_edit()
                    && let Some(before) = before()
                {
                    self.workspace.set(before);
                    self.reopen();
                }
            }),
        });
    }
}

/// Reads an answer of the worker in its type.
pub fn parse<T: DeserializeOwned>(json: &str) -> Result<T, Problem> {
    serde_json::from_str(json).map_err(|error| Problem::BadRequest { detail: error.to_string() })
}
