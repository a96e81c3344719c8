//! The page's side of the worker: start it, ask it, cancel it, replace it.

use crate::core::problem::{Named, Problem};
use crate::io::loader::{self, WorkerParts};
use crate::io::parts::{self, PARTS};
use crate::io::{get, js_error, set};
use crate::jobs::PROTOCOL;
use crate::jobs::protocol::{Message, Request};
use js_sys::{Array, Object, Promise, Uint8Array};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, BlobPropertyBag, ErrorEvent, MessageEvent, Url, Worker};

/// What goes beside a request: a dropped file, or bytes that are handed over without copying.
#[derive(Clone, Default)]
pub struct Attached {
    pub file: Option<web_sys::Blob>,
    pub bytes: Option<Uint8Array>,
}

/// An answer: JSON, and bytes where the job makes a file.
pub struct Answer {
    pub json: String,
    pub bytes: Option<Uint8Array>,
}

impl Answer {
    /// The file that the job made; empty where it makes none.
    pub fn file(&self) -> Vec<u8> {
        self.bytes.as_ref().map(Uint8Array::to_vec).unwrap_or_default()
    }
}

type OnProgress = Rc<dyn Fn(f64)>;

struct Waiting {
    resolve: js_sys::Function,
    reject: js_sys::Function,
    name: Named,
    on_progress: OnProgress,
}

impl Waiting {
    fn fail(&self, problem: &Problem) {
        let problem = serde_json::to_string(problem).expect("a problem is JSON");
        let _ = self.reject.call1(&JsValue::NULL, &problem.into());
    }
}

struct Inner {
    worker: Option<Worker>,
    /// Which start is under way, and how many there have been.
    starting: Option<u32>,
    starts: u32,
    ready: bool,
    /// Sent when the worker says that it is ready.
    queue: Vec<JsValue>,
    /// By their ids, which grow.
    waiting: BTreeMap<u32, Waiting>,
    /// The one that the worker is at.
    current: Option<u32>,
    next_id: u32,
}

/// A handle to the one worker; clones share it.
#[derive(Clone)]
pub struct WorkerClient(Rc<RefCell<Inner>>);

impl Default for WorkerClient {
    fn default() -> Self {
        WorkerClient(Rc::new(RefCell::new(Inner {
            worker: None,
            starting: None,
            starts: 0,
            ready: false,
            queue: Vec::new(),
            waiting: BTreeMap::new(),
            current: None,
            next_id: 0,
        })))
    }
}

impl WorkerClient {
    /// Sends a request and waits for its answer.
    pub async fn ask(
        &self,
        request: &Request,
        attached: Attached,
        on_progress: impl Fn(f64) + 'static,
    ) -> Result<Answer, Problem> {
        self.start_if_needed();
        let body = serde_json::to_string(request).expect("a request is JSON");
        let on_progress: OnProgress = Rc::new(on_progress);
        let promise = Promise::new(&mut |resolve, reject| {
            let mut inner = self.0.borrow_mut();
            inner.next_id += 1;
            let id = inner.next_id;
            inner.waiting.insert(
                id,
                Waiting { resolve, reject, name: request.name(), on_progress: on_progress.clone() },
            );
            let message = Object::new();
            set(&message, "id", id.into());
            set(&message, "body", JsValue::from(&body));
            set(&message, "file", attached.file.clone().map_or(JsValue::NULL, JsValue::from));
            set(&message, "bytes", attached.bytes.clone().map_or(JsValue::NULL, JsValue::from));
            match (&inner.worker, inner.ready) {
                (Some(worker), true) => drop(worker.post_message(&message)),
                _ => inner.queue.push(message.into()),
            }
        });
        match JsFuture::from(promise).await {
            Ok(answer) => {
                let bytes = get(&answer, "bytes").dyn_into::<Uint8Array>().ok();
                Ok(Answer { json: get(&answer, "json").as_string().unwrap_or_default(), bytes })
            }
            Err(problem) => Err(serde_json::from_str(&problem.as_string().unwrap_or_default())
                .unwrap_or_else(|_| Problem::BadRequest { detail: js_error(&problem) })),
        }
    }

    /// Ends the worker at once, whatever it is doing. Everything asked of it fails as cancelled; the next request
    /// starts another worker, which knows no data yet.
    pub fn cancel(&self) {
        self.replace(|_, _| Problem::Cancelled);
    }

    /// The worker has stopped: at one of the requests, and before the others; or before it was ready, then none of them
    /// is at fault.
    fn stopped(&self, detail: &str) {
        let (was_ready, current) = {
            let inner = self.0.borrow();
            (inner.ready, inner.current.or_else(|| inner.waiting.keys().next().copied()))
        };
        self.replace(|id, name| match was_ready && current.is_some_and(|current| current != id) {
            true => Problem::Interrupted,
            false => Problem::WorkerFailed { at: name.clone(), detail: detail.into() },
        });
    }

    /// Ends the worker, and everything asked of it as `problem` says of its id and its name.
    fn replace(&self, problem: impl Fn(u32, &Named) -> Problem) {
        let waiting = {
            let mut inner = self.0.borrow_mut();
            if let Some(worker) = inner.worker.take() {
                worker.terminate();
            }
            inner.starting = None;
            inner.ready = false;
            inner.queue.clear();
            inner.current = None;
            std::mem::take(&mut inner.waiting)
        };
        for (id, waiting) in waiting {
            waiting.fail(&problem(id, &waiting.name));
        }
    }

    /// Starts a worker as soon as what it is made of has been loaded; what is asked until then waits in the queue.
    fn start_if_needed(&self) {
        let mut inner = self.0.borrow_mut();
        if inner.worker.is_some() || inner.starting.is_some() {
            return;
        }
        inner.starts += 1;
        let mine = inner.starts;
        inner.starting = Some(mine);
        let client = self.clone();
        spawn_local(async move {
            let parts = loader::worker_parts().await;
            // Cancelled in the meantime: then nobody waits for this one.
            if client.0.borrow().starting != Some(mine) {
                return;
            }
            client.0.borrow_mut().starting = None;
            match parts {
                Ok(parts) => {
                    if let Err(error) = client.start(&parts, mine) {
                        client.stopped(&js_error(&error));
                    }
                }
                Err(problem) => client.replace(|_, _| problem.clone()),
            }
        });
    }

    fn start(&self, parts: &WorkerParts, mine: u32) -> Result<(), JsValue> {
        let worker = spawn(parts)?;
        let client = self.clone();
        let on_message =
            Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| client.hear(&event.data()));
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        on_message.forget();
        let client = self.clone();
        let on_error = Closure::<dyn Fn(ErrorEvent)>::new(move |event: ErrorEvent| {
            event.prevent_default();
            // The last words of one that has been replaced already are old news.
            if client.0.borrow().starts == mine {
                client.stopped(&event.message());
            }
        });
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        on_error.forget();
        self.0.borrow_mut().worker = Some(worker);
        Ok(())
    }

    fn hear(&self, data: &JsValue) {
        let id = get(data, "id").as_f64().unwrap_or_default() as u32;
        let body = get(data, "body").as_string().unwrap_or_default();
        match serde_json::from_str(&body) {
            Ok(Message::Ready { protocol }) if protocol == PROTOCOL => {
                let mut inner = self.0.borrow_mut();
                inner.ready = true;
                let queue = std::mem::take(&mut inner.queue);
                if let Some(worker) = &inner.worker {
                    queue.iter().for_each(|message| drop(worker.post_message(message)));
                }
            }
            Ok(Message::Ready { protocol }) => {
                self.replace(|_, _| Problem::BadRequest { detail: format!("{protocol} ≠ {PROTOCOL}") });
            }
            Ok(Message::Progress { done }) => {
                self.0.borrow_mut().current = Some(id);
                let heard = self.0.borrow().waiting.get(&id).map(|waiting| waiting.on_progress.clone());
                if let Some(on_progress) = heard {
                    on_progress(done);
                }
            }
            Ok(Message::Done { answer }) => {
                if let Some(waiting) = self.take(id) {
                    let result = Object::new();
                    set(&result, "json", JsValue::from(answer));
                    set(&result, "bytes", get(data, "bytes"));
                    let _ = waiting.resolve.call1(&JsValue::NULL, &result);
                }
            }
            Ok(Message::Failed { problem }) => {
                if let Some(waiting) = self.take(id) {
                    waiting.fail(&problem);
                }
            }
            Ok(Message::Stopped { detail }) => self.stopped(&detail),
            Err(error) => self.replace(|_, _| Problem::BadRequest { detail: error.to_string() }),
        }
    }

    fn take(&self, id: u32) -> Option<Waiting> {
        let mut inner = self.0.borrow_mut();
        inner.current.take_if(|current| *current == id);
        inner.waiting.remove(&id)
    }
}

/// Starts the worker from a blob: only so does it inherit the page's content-security policy, and cannot reach another
/// host either. The blob holds the script itself and the page hands over the compiled module, so that a worker that
/// takes the place of another needs no network.
fn spawn(parts: &WorkerParts) -> Result<Worker, JsValue> {
    let script = format!(
        "{PARTS} = {list};\n{script}\nonmessage = (event) => wasm_bindgen({{ module_or_path: event.data }});",
        list = parts::list_of("worker")?,
        script = parts.script,
    );
    let options = BlobPropertyBag::new();
    options.set_type("text/javascript");
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&script.into()), &options)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    // The address stays valid: older browsers read it after `new Worker` has returned.
    let worker = Worker::new(&url)?;
    worker.post_message(&parts.module)?;
    Ok(worker)
}
