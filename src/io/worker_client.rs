//! The page's side of the worker: start it, ask it, cancel it, replace it.

use crate::core::problem::Problem;
use crate::io::parts::{self, PARTS};
use crate::io::{get, js_error, set};
use crate::jobs::PROTOCOL;
use crate::jobs::protocol::{Message, Request};
use js_sys::{Array, Object, Promise, Uint8Array};
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
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
    on_progress: OnProgress,
}

struct Inner {
    worker: Option<Worker>,
    ready: bool,
    /// Sent when the worker says that it is ready.
    queue: Vec<JsValue>,
    waiting: HashMap<u32, Waiting>,
    next_id: u32,
}

/// A handle to the one worker; clones share it.
#[derive(Clone)]
pub struct WorkerClient(Rc<RefCell<Inner>>);

impl Default for WorkerClient {
    fn default() -> Self {
        WorkerClient(Rc::new(RefCell::new(Inner {
            worker: None,
            ready: false,
            queue: Vec::new(),
            waiting: HashMap::new(),
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
        self.start_if_needed()?;
        let body = serde_json::to_string(request).expect("a request is JSON");
        let on_progress: OnProgress = Rc::new(on_progress);
        let promise = Promise::new(&mut |resolve, reject| {
            let mut inner = self.0.borrow_mut();
            inner.next_id += 1;
            let id = inner.next_id;
            inner.waiting.insert(id, Waiting { resolve, reject, on_progress: on_progress.clone() });
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
                .unwrap_or_else(|_| Problem::WorkerFailed { detail: js_error(&problem) })),
        }
    }

    /// Ends the worker at once, whatever it is doing. Everything asked of it fails as cancelled; the next request
    /// starts another worker, which knows no data yet.
    pub fn cancel(&self) {
        self.replace(Problem::Cancelled);
    }

    fn replace(&self, problem: Problem) {
        let waiting = {
            let mut inner = self.0.borrow_mut();
            if let Some(worker) = inner.worker.take() {
                worker.terminate();
            }
            inner.ready = false;
            inner.queue.clear();
            std::mem::take(&mut inner.waiting)
        };
        let problem = JsValue::from(serde_json::to_string(&problem).expect("a problem is JSON"));
        for waiting in waiting.into_values() {
            let _ = waiting.reject.call1(&JsValue::NULL, &problem);
        }
    }

    fn start_if_needed(&self) -> Result<(), Problem> {
        if self.0.borrow().worker.is_some() {
            return Ok(());
        }
        let worker = spawn().map_err(|error| Problem::WorkerFailed { detail: js_error(&error) })?;
        let client = self.clone();
        let on_message =
            Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| client.hear(&event.data()));
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        on_message.forget();
        let client = self.clone();
        let on_error = Closure::<dyn Fn(ErrorEvent)>::new(move |event: ErrorEvent| {
            event.prevent_default();
            client.replace(Problem::WorkerFailed { detail: event.message() });
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
                self.replace(Problem::BadRequest { detail: format!("{protocol} ≠ {PROTOCOL}") });
            }
            Ok(Message::Progress { done }) => {
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
                    let problem = serde_json::to_string(&problem).expect("a problem is JSON");
                    let _ = waiting.reject.call1(&JsValue::NULL, &problem.into());
                }
            }
            Err(error) => self.replace(Problem::BadRequest { detail: error.to_string() }),
        }
    }

    fn take(&self, id: u32) -> Option<Waiting> {
        self.0.borrow_mut().waiting.remove(&id)
    }
}

/// Starts the worker from a blob that loads our own script: only so does it inherit the page's content-security
/// policy, and cannot reach another host either.
fn spawn() -> Result<Worker, JsValue> {
    let document = web_sys::window().and_then(|window| window.document()).ok_or("no document")?;
    let address = |name: &str| -> Result<String, JsValue> {
        let meta = document.query_selector(&format!("meta[name={name}]"))?.ok_or(name)?;
        let relative = meta.get_attribute("content").ok_or(name)?;
        Ok(Url::new_with_base(&relative, &document.base_uri()?.unwrap_or_default())?.href())
    };
    let script = format!(
        "{PARTS} = {parts}; importScripts({script:?}); wasm_bindgen({{ module_or_path: {wasm:?} }});",
        parts = parts::list_of("worker")?,
        script = address("quintile-worker-js")?,
        wasm = address("quintile-worker-wasm")?,
    );
    let options = BlobPropertyBag::new();
    options.set_type("text/javascript");
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&script.into()), &options)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    // The address stays valid: older browsers read it after `new Worker` has returned, and it is a few bytes long.
    Worker::new(&url)
}
