//! The worker's side: one request after the other, with the open data in memory.

use crate::core::codec::Section;
use crate::core::part::Part;
use crate::core::problem::Problem;
use crate::core::workspace::{Source, Workspace};
use crate::core::workspace_file;
use crate::io::db::{self, Database};
use crate::io::{get, import_host, js_error, parts, set};
use crate::jobs::data::{self, Loaded, Storing, TakenIn};
use crate::jobs::protocol::{
    Changed, DataInfo, DataNow, ImportAnswer, ImportDone, Message, Onto, Request, Settings,
};
use crate::jobs::queue::Queue;
use crate::jobs::{self, PROTOCOL, Progress, Reply, Session};
use crate::part;
use js_sys::{Array, Object, Promise, Uint8Array};
use std::borrow::Borrow;
use std::cell::{Cell, RefCell};
use std::pin::Pin;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, DedicatedWorkerGlobalScope, MessageEvent};

/// How much is written to the disk at a time, in bytes.
const BATCH: usize = 32 << 20;

/// A request with what came beside it.
struct Asked {
    id: u32,
    request: Request,
    file: Option<Blob>,
    bytes: Option<Uint8Array>,
}

impl Borrow<Request> for Asked {
    fn borrow(&self) -> &Request {
        &self.request
    }
}

thread_local! {
    static SESSION: RefCell<Session> = RefCell::default();
    /// The id under which the open data are stored, or will be as soon as the page asks for that.
    static STORED_AS: RefCell<Option<String>> = const { RefCell::new(None) };
    static DATABASE: RefCell<Option<Database>> = const { RefCell::new(None) };
    static QUEUE: RefCell<Queue<Asked>> = RefCell::default();
    static BUSY: Cell<bool> = const { Cell::new(false) };
}

/// Tells the page that the worker is up, and works through what it asks.
pub fn listen() {
    std::panic::set_hook(Box::new(|info| {
        console_error_panic_hook::hook(info);
        post(0, &Message::Stopped { detail: info.to_string() }, None);
    }));
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
            QUEUE.with_borrow_mut(|queue| queue.push(asked));
            if !BUSY.replace(true) {
                wasm_bindgen_futures::spawn_local(work());
            }
        }
        Err(error) => fail(id, Problem::BadRequest { detail: error.to_string() }),
    }
}

async fn work() {
    while let Some(asked) = QUEUE.with_borrow_mut(Queue::take) {
        let id = asked.id;
        // Which one it is at: should the worker stop, the page knows what to blame.
        post(id, &Message::Progress { done: 0.0 }, None);
        match handle(asked).await {
            Ok(reply) => {
                let bytes = reply.bytes.map(|bytes| Uint8Array::from(bytes.as_slice()));
                post(id, &Message::Done { answer: reply.json }, bytes);
            }
            Err(problem) => fail(id, problem),
        }
        hear_what_waits().await;
    }
    BUSY.set(false);
}

/// What the page has said meanwhile is heard only when the worker rests for a moment: then all of it is in the queue.
async fn hear_what_waits() {
    let moment = Promise::new(&mut |resolve, _| drop(scope().set_timeout_with_callback(&resolve)));
    let _ = JsFuture::from(moment).await;
}

async fn handle(asked: Asked) -> Result<Reply, Problem> {
    let mut progress = Posting { id: asked.id, last: -1.0 };
    match asked.request {
        Request::Open { source: Source::Sample { sample, seed, added: None }, settings } => {
            let session = Session::open_sample(sample, seed, settings, &mut |done| progress.report(done));
            Ok(opened(session, None))
        }
        Request::Settle { settings } => SESSION.with_borrow_mut(|session| {
            session.settle(settings);
            Ok(Reply::of(&DataInfo::of(&session.dataset)))
        }),
        Request::Tool(request) => {
            parts::tool(&request.tool).await?;
            with_parts(|session| jobs::run(session, request.clone(), &mut progress)).await
        }
        Request::Publish { tool, record } => {
            let request = jobs::publishing(parts::tool(&tool).await?, &record)?;
            with_parts(|session| jobs::run(session, request.clone(), &mut progress)).await
        }
        _ => parts::load(&STORE_KEEPER).await?(asked).await,
    }
}

/// Runs a job; again, where it needs a part that has to be loaded first.
async fn with_parts(mut run: impl FnMut(&mut Session) -> Result<Reply, Problem>) -> Result<Reply, Problem> {
    loop {
        let (reply, missing) = SESSION.with_borrow_mut(|session| (run(session), session.missing.take()));
        match missing {
            Some(part) => parts::fetch_files(part).await?,
            None => return reply,
        }
    }
}

/// Whoever only looks at a sample needs nothing of what reads, stores and changes data.
static STORE_KEEPER: Part<fn(Asked) -> Answering> =
    part!("stored", fn(Asked) -> Answering, |asked| Box::pin(keep_store(asked)));

type Answering = Pin<Box<dyn Future<Output = Result<Reply, Problem>>>>;

async fn keep_store(asked: Asked) -> Result<Reply, Problem> {
    let mut progress = Posting { id: asked.id, last: -1.0 };
    match asked.request {
        Request::Open { source, settings } => open(source, settings, asked.bytes, &mut progress).await,
        Request::Change { request, id, keep } => {
            parts::tool(&request.tool).await?;
            let reply = with_parts(|session| data::change(session, request.clone(), &mut progress)).await?;
            let (now, bytes) = match reply.changed.is_empty() {
                true => (None, None),
                false => {
                    let (now, bytes) = store(&id, keep).await?;
                    (Some(now), bytes)
                }
            };
            Ok(Reply { bytes, ..Reply::of(&Changed { answer: reply.json, now }) })
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
                    let TakenIn { kind, report, overlap } =
                        SESSION.with_borrow_mut(|session| session.take_in(imported, onto));
                    // They are shown first. The page has them kept before anything on the disk points at them.
                    let (now, bytes) = if keep { (now(&id), None) } else { store(&id, keep).await? };
                    let done = ImportDone { now, kind, report, overlap };
                    Ok(Reply { bytes, ..Reply::of(&ImportAnswer::Ok(done)) })
                }
            }
        }
        Request::Remove { kind, id, keep } => {
            SESSION.with_borrow_mut(|session| session.remove(kind));
            let (now, bytes) = store(&id, keep).await?;
            Ok(Reply { bytes, ..Reply::of(&now) })
        }
        Request::Save { workspace, with_data } => {
            Ok(Reply::file(&(), SESSION.with_borrow(|session| session.save(&workspace, with_data))))
        }
        Request::Load { id, keep } => {
            let file = asked.bytes.map(|bytes| bytes.to_vec()).unwrap_or_default();
            let Loaded { workspace, sections } = data::load(&file, &id)?;
            // Stored before the page can point at them.
            let bytes = keep_sections(&id, keep, &sections).await?;
            Ok(Reply { bytes, ..Reply::of(&workspace) })
        }
        Request::Keep { id } if STORED_AS.with_borrow(|stored_as| stored_as.as_ref() == Some(&id)) => {
            store(&id, true).await?;
            Ok(Reply::of(&()))
        }
        // It was another worker that had them.
        Request::Keep { .. } => Err(Problem::Interrupted),
        Request::Settle { .. } | Request::Tool(_) | Request::Publish { .. } => {
            unreachable!("answered without the store")
        }
    }
}

/// Opens data: made from a seed, handed over by the page, stored on this device, or both.
async fn open(
    source: Source,
    settings: Settings,
    handed: Option<Uint8Array>,
    progress: &mut Posting,
) -> Result<Reply, Problem> {
    let stored = match (source.stored_id(), handed) {
        (None, _) => Vec::new(),
        (Some(_), Some(bytes)) => workspace_file::read(&bytes.to_vec())?.data.unwrap_or_default(),
        (Some(id), None) => match db::sections(&database().await?, id).await {
            Err(Problem::StorageLost { .. }) => db::sections(&reconnected().await?, id).await?,
            found => found?,
        },
    };
    let session = Session::open(&source, &stored, settings, &mut |done| progress.report(done))?;
    Ok(opened(session, source.stored_id()))
}

/// Takes a session as the open one, and tells what is in it.
fn opened(session: Session, stored_as: Option<&str>) -> Reply {
    let info = DataInfo::of(&session.dataset);
    SESSION.set(session);
    STORED_AS.set(stored_as.map(String::from));
    Reply::of(&info)
}

/// What the open data are, and where they will be once they are stored under `id`.
fn now(id: &str) -> DataNow {
    let now = SESSION.with_borrow(|session| DataNow {
        info: DataInfo::of(&session.dataset),
        source: session.source_stored_as(id),
    });
    STORED_AS.set(now.source.stored_id().map(String::from));
    now
}

/// Stores what must be stored of the open data, and tells where they are now.
async fn store(id: &str, keep: bool) -> Result<(DataNow, Option<Vec<u8>>), Problem> {
    let storing = SESSION.with_borrow(Session::begin_storing);
    let mut bytes = None;
    if let Some(mut storing) = storing {
        if keep {
            match put_open_data(&database().await?, id, storing).await {
                // From the first one: what was stored may have gone with the connection.
                Err(Problem::StorageLost { .. }) => {
                    if let Some(again) = SESSION.with_borrow(Session::begin_storing) {
                        put_open_data(&reconnected().await?, id, again).await?;
                    }
                }
                done => done?,
            }
        } else {
            let all = SESSION.with_borrow(|session| session.next_sections(&mut storing, usize::MAX));
            bytes = all.map(|sections| as_file(&sections));
        }
    }
    Ok((now(id), bytes))
}

/// Each batch waits for the disk once; a large dataset is never in memory twice.
async fn put_open_data(database: &Database, id: &str, mut storing: Storing) -> Result<(), Problem> {
    while let Some(sections) = SESSION.with_borrow(|session| session.next_sections(&mut storing, BATCH)) {
        db::put_sections(database, id, &sections).await?;
    }
    Ok(())
}

/// On the device; or, in a session that keeps nothing, as bytes that the page holds for when the worker must be
/// replaced.
async fn keep_sections(id: &str, keep: bool, sections: &[Section]) -> Result<Option<Vec<u8>>, Problem> {
    if sections.is_empty() {
        Ok(None)
    } else if keep {
        match db::put_sections(&database().await?, id, sections).await {
            Err(Problem::StorageLost { .. }) => db::put_sections(&reconnected().await?, id, sections).await?,
            done => done?,
        }
        Ok(None)
    } else {
        Ok(Some(as_file(sections)))
    }
}

fn as_file(sections: &[Section]) -> Vec<u8> {
    workspace_file::write(&Workspace::new("", "", Source::Empty), false, sections)
}

async fn database() -> Result<Database, Problem> {
    match DATABASE.with_borrow(Clone::clone) {
        Some(database) => Ok(database),
        None => reconnected().await,
    }
}

async fn reconnected() -> Result<Database, Problem> {
    // The page has opened the database before: another tab that keeps an older version open has been told of there.
    let database = db::open(|| {}, |_| DATABASE.set(None)).await?;
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
