//! The way of a file from the drop to the data: look at it, let the person confirm, read it.

use super::text::DataText;
use crate::core::grading::Label;
use crate::core::import::{Overrides, Plan, Preview};
use crate::core::lang::Lang;
use crate::core::problem::Problem;
use crate::core::table::TableKind;
use crate::core::workspace::{Source, key};
use crate::io::db;
use crate::io::worker_client::Attached;
use crate::jobs::protocol::{ImportAnswer, ImportDone, ImportRefused, Onto, Previewed, Request};
use crate::ui::job::wait;
use crate::ui::notices::Notice;
use crate::ui::saving;
use crate::ui::startup::new_id;
use crate::ui::state::{AppState, OpenData, parse};
use js_sys::Uint8Array;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::Blob;

/// The record with the secret of this workspace's pseudonyms: the same customer gets the same one next time.
const SALT: &str = "pseudonyms";

#[derive(Clone, Debug, Default)]
pub enum Stage {
    /// No file is under way.
    #[default]
    Idle,
    Looking,
    Confirm(Box<Confirm>),
    Reading {
        done: f64,
    },
    Done(Box<ImportDone>),
    /// Why the file cannot be read.
    Refused(Label),
}

/// What the person is asked to confirm.
#[derive(Clone, Debug)]
pub struct Confirm {
    pub preview: Preview,
    pub overrides: Overrides,
    /// The plan with the person's corrections.
    pub plan: Plan,
    pub onto: Onto,
    /// A refusal of the last attempt.
    pub refused: Option<Label>,
}

/// The flow of the one file under way; it goes on while another page is open.
#[derive(Clone)]
pub struct Flow {
    pub app: AppState,
    pub stage: ArcRwSignal<Stage>,
    wanted: ArcRwSignal<Wanted>,
    looked_at: ArcRwSignal<LookedAt>,
}

/// What the person has said about the next file before choosing it.
#[derive(Clone, Copy, Default)]
struct Wanted(Option<(TableKind, Onto)>);

/// Which of the picked files is under way.
#[derive(Clone, Copy, Default, PartialEq)]
struct LookedAt(u64);

impl Flow {
    pub fn new(app: AppState) -> Flow {
        Flow { app, stage: app.lasting(), wanted: app.lasting(), looked_at: app.lasting() }
    }

    pub fn forget(&self) {
        self.stage.set(Stage::Idle);
        self.app.picked.set(None);
        self.app.picked_file.set_value(None);
    }

    /// What the next picked file holds and where it shall go, when the person has already said so.
    pub fn want(&self, kind: TableKind, onto: Onto) {
        self.wanted.set(Wanted(Some((kind, onto))));
    }

    /// What is known of a file that nobody has looked at yet.
    pub fn first_overrides(&self) -> Overrides {
        let wanted = self.wanted.get_untracked().0.map(|(kind, _)| kind);
        Overrides { kind: wanted.or(self.app.picked_kind.get_value()), ..Overrides::default() }
    }

    /// Looks at the file that was picked, unless it is under way already. A second file takes the place of one that
    /// still waits to be confirmed.
    pub fn look_at_picked(&self) {
        let picks = LookedAt(self.app.picks.get_value());
        let is_another = self.looked_at.get_untracked() != picks;
        match self.stage.get_untracked() {
            Stage::Idle | Stage::Done(_) | Stage::Refused(_) => {}
            Stage::Confirm(_) if is_another => self.stage.set(Stage::Idle),
            Stage::Looking | Stage::Confirm(_) | Stage::Reading { .. } => return,
        }
        self.looked_at.set(picks);
        self.look(self.first_overrides());
    }

    /// Looks at the head of the picked file, with what the person has set right so far. The columns are guessed anew;
    /// what was chosen about the rows stays.
    pub fn look(&self, overrides: Overrides) {
        let (flow, app) = (self.clone(), self.app);
        if matches!(self.stage.get_untracked(), Stage::Idle | Stage::Done(_) | Stage::Refused(_)) {
            self.stage.set(Stage::Looking);
        }
        spawn_local(async move {
            let request = Request::Preview { overrides: overrides.clone() };
            let answer = app.ask(request, flow.attached(), |_| {}).await;
            match answer.and_then(|answer| parse::<Previewed>(&answer.json)) {
                Ok(Ok(preview)) => {
                    let (mut plan, mut onto) = (preview.plan.clone(), flow.suggested_onto(preview.kind));
                    if let Stage::Confirm(before) = flow.stage.get_untracked() {
                        plan.missing_customer = before.plan.missing_customer;
                        if before.preview.kind == preview.kind {
                            onto = before.onto;
                        }
                    }
                    let confirm = Confirm { preview, overrides, plan, onto, refused: None };
                    flow.stage.set(Stage::Confirm(Box::new(confirm)));
                }
                Ok(Err(problem)) => flow.stage.set(Stage::Refused(Label::of(|lang| problem.say(lang)))),
                Err(Problem::Cancelled) => flow.stage.set(Stage::Idle),
                Err(problem) => flow.stage.set(Stage::Refused(Label::of(|lang| problem.say(lang)))),
            }
        });
    }

    /// A sample gives way to real data; beside real data, another kind of table is added. What a campaign brings is
    /// added to any data, after the rows that are there.
    fn suggested_onto(&self, kind: TableKind) -> Onto {
        let wanted = self.wanted.get_untracked().0;
        self.wanted.set(Wanted(None));
        let has_own_data = matches!(self.app.workspace.with_untracked(|w| w.source()), Source::Stored { .. });
        match wanted {
            Some((wanted, onto)) if wanted == kind && self.has_table(kind) => onto,
            _ if !kind.is_customer_data() && self.has_table(kind) => Onto::Append,
            _ if has_own_data || !kind.is_customer_data() => Onto::Replace,
            _ => Onto::NewData,
        }
    }

    pub fn has_table(&self, kind: TableKind) -> bool {
        match self.app.data.get_untracked() {
            crate::ui::state::DataState::Ready(info) => info.table(kind).is_some(),
            _ => false,
        }
    }

    /// Reads the whole file as confirmed.
    pub fn read(&self) {
        let Stage::Confirm(confirm) = self.stage.get_untracked() else { return };
        let (flow, app) = (self.clone(), self.app);
        self.stage.set(Stage::Reading { done: 0.0 });
        spawn_local(async move {
            let before = app.open_data();
            let keep = app.keeps();
            let request = Request::Import {
                plan: confirm.plan.clone(),
                onto: confirm.onto,
                id: new_id(),
                salt: flow.salt(),
                keep,
            };
            let progress = {
                let stage = flow.stage.clone();
                move |done| stage.set(Stage::Reading { done })
            };
            let answer = app.ask(request, flow.attached(), progress).await;
            let lang = app.lang.get_untracked();
            let bytes = answer.as_ref().ok().and_then(|answer| answer.bytes.clone());
            let answer = answer.and_then(|answer| match parse::<ImportAnswer>(&answer.json)? {
                Ok(done) => flow.take(&before, &done, bytes).map(|()| Ok(done)),
                Err(refused) => Ok(Err(refused)),
            });
            match answer {
                Ok(Ok(done)) => {
                    db::ask_to_persist();
                    flow.stage.set(Stage::Done(Box::new(done)));
                    let picked = (app.picked.get_untracked(), app.picked_file.get_value());
                    app.picked.set(None);
                    app.picked_file.set_value(None);
                    if let Err(problem) = flow.stored().await {
                        flow.take_back(*confirm, picked, &problem);
                    }
                }
                Ok(Err(refused)) => flow.refuse(*confirm, |lang| match &refused {
                    ImportRefused::Plan { problem } => problem.say(&[], lang),
                    ImportRefused::File { problem } => problem.say(lang),
                }),
                Err(Problem::Cancelled) => {
                    flow.stage.set(Stage::Confirm(confirm));
                    app.notices.show(Notice::plain(DataText::of(lang).stopped.to_string()));
                }
                Err(problem) => {
                    // The worker may hold half of it: go back to what is stored.
                    app.reopen();
                    flow.refuse(*confirm, |lang| problem.say(lang));
                }
            }
        });
    }

    /// Points the workspace at the new data. The workspace of a sample that has given way to them takes the name of
    /// the file, in the same step of undo.
    fn take(&self, before: &OpenData, done: &ImportDone, unkept: Option<Uint8Array>) -> Result<(), Problem> {
        let app = self.app;
        let is_sample = |source: &Source| matches!(source, Source::Sample { .. });
        let gives_way =
            app.workspace.with_untracked(|w| is_sample(&w.source())) && !is_sample(&done.now.source);
        let burst = app.new_burst();
        // In a session that keeps nothing, what would be stored has come back instead; and nothing is stored any more in
        // one that was told so meanwhile.
        let must_be_kept = unkept.is_none() && app.keeps();
        app.take_changed(before, done.now.clone(), unkept, Some(burst))?;
        if let Some(id) = done.now.source.stored_id().filter(|_| must_be_kept) {
            saving::note_data(app, id);
        }
        if let Some(name) = app.picked.get_untracked().filter(|_| gives_way) {
            let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
            app.set_in_burst(key::NAME, &stem, burst);
        }
        Ok(())
    }

    /// Waits until the disk has what was imported. What comes of it is shown first.
    async fn stored(&self) -> Result<(), Problem> {
        wait(saving::MOMENT_MS).await;
        saving::store_data(self.app).await
    }

    /// The imported data could not be stored: the file is there to be confirmed again, unless another has been picked.
    fn take_back(&self, confirm: Confirm, (name, file): (Option<String>, Option<Blob>), problem: &Problem) {
        let rests = matches!(self.stage.get_untracked(), Stage::Idle | Stage::Done(_));
        if rests && self.app.picked.with_untracked(Option::is_none) {
            self.app.picked.set(name);
            self.app.picked_file.set_value(file);
            self.refuse(confirm, |lang| problem.say(lang));
        }
    }

    /// Back to the confirmation, with everything that was chosen there and the reason.
    fn refuse(&self, confirm: Confirm, reason: impl Fn(Lang) -> String) {
        self.stage.set(Stage::Confirm(Box::new(Confirm { refused: Some(Label::of(reason)), ..confirm })));
    }

    fn attached(&self) -> Attached {
        Attached { file: self.app.picked_file.get_value(), bytes: None }
    }

    fn salt(&self) -> [u8; 16] {
        let stored = self.app.workspace.with_untracked(|workspace| workspace.get::<[u8; 16]>(SALT));
        stored.unwrap_or_else(|| {
            let salt = std::array::from_fn(|_| (js_sys::Math::random() * 256.0) as u8);
            // No step of undo: nobody has entered it.
            self.app.look(SALT, &salt);
            salt
        })
    }
}
