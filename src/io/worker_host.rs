//! The worker's side: one request after the other, with the open data in memory.

use crate::core::codec::{self, Section};
use crate::core::problem::Problem;
use crate::core::workspace::{Source, Workspace, key};
use crate::core::{sample, workspace_file};
use crate::io::{db, get, import_host, js_error, set};
use crate::jobs::protocol::{DataInfo, ImportAnswer, Message, Onto, Request, Settings};
use crate::jobs::{self, PROTOCOL, Progress, Reply, Session};
use indexed_db_futures::database::Database;
use js_sys::{Array, Object, Uint8Array};
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use wasm_bindgen::prelude::*;
use web_sys::{Blob, DedicatedWorkerGlobalScope, MessageEvent};

/// A request with what came beside it.
struct Asked {
    id: u32,
    request: Request,
    file: Option<Blob>,
    bytes: Option<Uint8Array>,
}

thread_local! {
    static SESSION: RefCell<Session> = RefCell::default();
    static DATABASE: RefCell<Option<Database>> = const { RefCell::new(None) };
    static QUEUE: RefCell<VecDeque<Asked>> = const { RefCell::new(VecDeque::new()) };
    static BUSY: Cell<bool> = const { Cell::new(false) };
}

/// Tells the page that the worker is up, and works through what it asks.
pub fn listen() {
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(|event: MessageEvent| hear(&event.data()));
    scope().set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
    post(0, &Message::Ready { protocol: PROTOCOL }, None);
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

fn hear(data: &JsValue) {
    let id = get(data, "id").as_f64().unwrap_or_default() as u32;
    match serde_json::from_str(&get(data, "body").as_string().unwrap_or_default()) {
        Ok(request) => {
            let asked = Asked {
                id,
                request,
                file: get(data, "file").dyn_into().ok(),
                bytes: get(data, "bytes").dyn_into().ok(),
            };
            QUEUE.with_borrow_mut(|queue| queue.push_back(asked));
            if !BUSY.replace(true) {
                wasm_bindgen_futures::spawn_local(work());
            }
        }
        Err(error) => fail(id, Problem::BadRequest { detail: error.to_string() }),
    }
}

async fn work() {
    while let Some(asked) = QUEUE.with_borrow_mut(VecDeque::pop_front) {
        let id = asked.id;
        match handle(asked).await {
            Ok(reply) => {
                let bytes = reply.bytes.map(|bytes| Uint8Array::from(bytes.as_slice()));
                post(id, &Message::Done { answer: reply.json }, bytes);
            }
            Err(problem) => fail(id, problem),
        }
    }
    BUSY.set(false);
}

async fn handle(asked: Asked) -> Result<Reply, Problem> {
    let mut progress = Posting { id: asked.id, last: -1.0 };
    match asked.request {
        Request::Open { source, settings } => open(source, settings, asked.bytes, &mut progress).await,
        Request::Settle { settings } => SESSION.with_borrow_mut(|session| {
            session.settle(settings);
            Ok(Reply::of(&DataInfo::of(&session.dataset)))
        }),
        Request::Tool(request) => {
            SESSION.with_borrow_mut(|session| jobs::run(session, request, &mut progress))
        }
        Request::Preview { overrides } => import_host::preview(&attached(asked.file)?, &overrides).await,
        Request::Import { plan, onto, id, salt, keep } => {
            let file = attached(asked.file)?;
            let (customers, currency) = SESSION.with_borrow(|session| match onto {
                Onto::NewData => (Default::default(), session.currency.clone()),
                Onto::Replace | Onto::Append => (session.dataset.customers.clone(), session.currency.clone()),
            });
            match import_host::import(&file, plan, customers, &currency, salt, &mut progress).await? {
                Err(refused) => Ok(Reply::of(&ImportAnswer::Err(refused))),
                Ok(imported) => {
                    let done =
                        SESSION.with_borrow_mut(|session| import_host::take_in(session, imported, onto));
                    let bytes = store(&id, keep).await?;
                    Ok(Reply { bytes, ..Reply::of(&ImportAnswer::Ok(done)) })
                }
            }
        }
        Request::Remove { kind, id, keep } => {
            let info = SESSION.with_borrow_mut(|session| {
                session.dataset.remove_table(kind);
                session.meta.remove(&kind);
                session.forget();
                DataInfo::of(&session.dataset)
            });
            let bytes = store(&id, keep).await?;
            Ok(Reply { bytes, ..Reply::of(&info) })
        }
        Request::Save { workspace, with_data } => {
            let sections = if with_data { sections_now() } else { Vec::new() };
            Ok(Reply::file(&(), workspace_file::write(&workspace, !with_data, &sections)))
        }
        Request::Load { id, keep } => load(asked.bytes, &id, keep).await,
        Request::Sweep { keep } => {
            db::sweep(&database().await?, &keep, js_sys::Date::now() as u64).await?;
            Ok(Reply::of(&()))
        }
    }
}

/// Opens data: made from a seed, handed over by the page, or stored on this device.
async fn open(
    source: Source,
    settings: Settings,
    handed: Option<Uint8Array>,
    progress: &mut Posting,
) -> Result<Reply, Problem> {
    let (dataset, meta) = match (source, handed) {
        (Source::Empty, _) => Default::default(),
        (Source::Sample { sample, seed, .. }, _) => {
            (sample::make(sample, seed, &mut |done| progress.report(done)), Default::default())
        }
        (Source::Stored { .. }, Some(bytes)) => {
            codec::decode(&workspace_file::read(&bytes.to_vec())?.data.unwrap_or_default())?
        }
        (Source::Stored { id }, None) => codec::decode(&db::sections(&database().await?, &id).await?)?,
    };
    let session = Session::new(dataset, meta, settings);
    let info = DataInfo::of(&session.dataset);
    SESSION.set(session);
    Ok(Reply::of(&info))
}

/// Reads a workspace file; its data are stored under `id` before the page can point at them.
async fn load(handed: Option<Uint8Array>, id: &str, keep: bool) -> Result<Reply, Problem> {
    let file = workspace_file::read(&handed.map(|bytes| bytes.to_vec()).unwrap_or_default())?;
    let Some(sections) = file.data else { return Ok(Reply::of(&file.workspace)) };
    codec::decode(&sections)?;
    let bytes = keep_sections(id, keep, &sections).await?;
    let mut workspace = file.workspace;
    let source = serde_json::to_value(Source::Stored { id: id.to_string() }).expect("a source is JSON");
    workspace.records.insert(key::SOURCE.into(), source);
    // Undo cannot lead back to data that are not in the file.
    workspace.log = Default::default();
    Ok(Reply { bytes, ..Reply::of(&workspace) })
}

fn sections_now() -> Vec<Section> {
    SESSION.with_borrow(|session| codec::encode(&session.dataset, &session.meta))
}

/// Stores the open data under a new id.
async fn store(id: &str, keep: bool) -> Result<Option<Vec<u8>>, Problem> {
    keep_sections(id, keep, &sections_now()).await
}

/// On the device; or, in a session that keeps nothing, as bytes that the page holds for when the worker must be
/// replaced.
async fn keep_sections(id: &str, keep: bool, sections: &[Section]) -> Result<Option<Vec<u8>>, Problem> {
    if keep {
        let database = database().await?;
        for section in sections {
            db::put_sections(&database, id, std::slice::from_ref(section)).await?;
        }
        Ok(None)
    } else {
        Ok(Some(workspace_file::write(&Workspace::new("", "", Source::Empty), false, sections)))
    }
}

async fn database() -> Result<Database, Problem> {
    if let Some(database) = DATABASE.with_borrow(Clone::clone) {
        return Ok(database);
    }
    let database = db::open().await?;
    DATABASE.set(Some(database.clone()));
    Ok(database)
}

fn attached(file: Option<Blob>) -> Result<Blob, Problem> {
    file.ok_or_else(|| Problem::Unreadable { detail: js_error(&"no file".into()) })
}

/// Progress as messages, one for each hundredth.
struct Posting {
    id: u32,
    last: f64,
}

impl Progress for Posting {
    fn report(&mut self, done: f64) {
        if done - self.last >= 0.01 {
            self.last = done;
            post(self.id, &Message::Progress { done }, None);
        }
    }
}

fn fail(id: u32, problem: Problem) {
    post(id, &Message::Failed { problem }, None);
}

/// Bytes are handed over, not copied.
fn post(id: u32, message: &Message, bytes: Option<Uint8Array>) {
    let data = Object::new();
    set(&data, "id", id.into());
    set(&data, "body", serde_json::to_string(message).expect("a message is JSON").into());
    let transfer = Array::new();
    if let Some(bytes) = bytes {
        transfer.push(&bytes.buffer());
        set(&data, "bytes", bytes.into());
    }
    // Posting fails only for what cannot be cloned; strings and buffers can.
    let _ = scope().post_message_with_transfer(&data, &transfer);
}
