//! Fetches the files of a [`Part`] when it is first needed.

use crate::core::part::{Part, arrived};
use crate::core::problem::Problem;
use crate::io::{get, js_error, set};
use crate::tools::{self, Tool};
use js_sys::{Array, Object, Promise, Reflect, Uint8Array};
use std::cell::RefCell;
use std::collections::HashMap;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, future_to_promise};

/// The global variable of page and worker that tells the files of each part: `{ base, files: { rfm: ["rfm.wasm"] } }`.
pub const PARTS: &str = "quintileParts";

/// How often a file is asked for before the person is told, and how long one may take.
const TRIES: u32 = 3;
const PATIENCE_MS: u32 = 30_000;

/// So many hexadecimal digits of its SHA-256 are in a file's name.
const DIGITS: usize = 12;

thread_local! {
    /// Files that are loaded or on their way.
    static FILES: RefCell<HashMap<String, Promise>> = RefCell::default();
}

#[wasm_bindgen]
extern "C" {
    type Answer;
    #[wasm_bindgen(method, getter)]
    fn ok(this: &Answer) -> bool;
    #[wasm_bindgen(method, getter)]
    fn status(this: &Answer) -> u16;
    #[wasm_bindgen(method, js_name = arrayBuffer)]
    fn array_buffer(this: &Answer) -> Promise;

    /// Of the window or of the worker.
    #[wasm_bindgen(js_name = fetch)]
    fn fetch(url: &str, options: &Object) -> Promise;
    /// Secure contexts have it.
    #[wasm_bindgen(js_namespace = ["crypto", "subtle"], js_name = digest, catch)]
    fn digest(algorithm: &str, bytes: &JsValue) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = WebAssembly, js_name = instantiate)]
    fn instantiate(bytes: &JsValue, imports: &Object) -> Promise;
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(run: &js_sys::Function, milliseconds: u32) -> JsValue;
}

/// A tool by its id, with its code.
pub async fn tool(id: &str) -> Result<&'static Tool, Problem> {
    let listed = tools::find(id).ok_or_else(|| Problem::BadRequest { detail: id.into() })?;
    load(&listed.part).await
}

/// The value of a part.
pub async fn load<T>(part: &Part<T>) -> Result<&'static T, Problem> {
    if part.get().is_none() {
        fetch_files(part.name()).await?;
    }
    part.get().ok_or_else(|| Problem::NotLoaded { detail: part.name().into() })
}

/// Loads the files of the part of a name. What failed to load is asked for again the next time.
pub async fn fetch_files(name: &'static str) -> Result<(), Problem> {
    let wanted: Vec<Promise> = files(name).into_iter().map(file).collect();
    for loading in wanted {
        JsFuture::from(loading).await.map_err(|error| Problem::NotLoaded { detail: js_error(&error) })?;
    }
    arrived(name);
    Ok(())
}

/// What [`PARTS`] is to hold, as JSON: `index.html` names the files of page and worker.
#[cfg(feature = "ui")]
pub fn list_of(binary: &str) -> Result<String, JsValue> {
    let document = web_sys::window().and_then(|window| window.document()).ok_or("no document")?;
    let meta =
        document.query_selector(&format!("meta[name=quintile-{binary}-parts]"))?.ok_or("no list of parts")?;
    let files = meta.get_attribute("content").ok_or("no list of parts")?;
    let base = web_sys::Url::new_with_base(".", &document.base_uri()?.unwrap_or_default())?.href();
    Ok(format!("{{\"base\":{base:?},\"files\":{files}}}"))
}

/// The addresses of a part's files.
fn files(part: &str) -> Vec<String> {
    let parts = get(&js_sys::global(), PARTS);
    let base = get(&parts, "base").as_string().unwrap_or_default();
    let names = js_sys::Array::from(&get(&get(&parts, "files"), part));
    names.iter().filter_map(|name| name.as_string()).map(|name| base.clone() + &name).collect()
}

/// Loads a file once, however many ask for it.
fn file(address: String) -> Promise {
    if let Some(loading) = FILES.with_borrow(|files| files.get(&address).cloned()) {
        return loading;
    }
    let wanted = address.clone();
    let loading = future_to_promise(async move {
        let loaded = fetch_and_link(&wanted).await;
        if loaded.is_err() {
            FILES.with_borrow_mut(|files| files.remove(&wanted));
        }
        loaded
    });
    FILES.with_borrow_mut(|files| files.insert(address, loading.clone()));
    loading
}

async fn fetch_and_link(address: &str) -> Result<JsValue, JsValue> {
    let mut tried = 0;
    let bytes = loop {
        match bytes(address, tried > 0).await {
            Ok(bytes) => break bytes,
            Err(error) if tried + 1 == TRIES => return Err(error),
            Err(_) => wait(500 << tried).await,
        }
        tried += 1;
    };
    // A part takes memory, table and stack from the program, and puts its functions into that table.
    let imports = Object::new();
    Reflect::set(&imports, &"__wasm_split".into(), &wasm_bindgen::exports())?;
    JsFuture::from(instantiate(&bytes, &imports)).await
}

/// A file's bytes, whole and its own: not the login page of a wifi, nor a part of them. `afresh`: what a cache holds
/// may be what was wrong.
async fn bytes(address: &str, afresh: bool) -> Result<JsValue, JsValue> {
    let options = Object::new();
    set(&options, "cache", if afresh { "reload" } else { "default" }.into());
    let loading = fetch(address, &options);
    let loaded = future_to_promise(async move {
        let answer: Answer = JsFuture::from(loading).await?.unchecked_into();
        match answer.ok() {
            true => JsFuture::from(answer.array_buffer()).await,
            false => Err(format!("HTTP {}", answer.status()).into()),
        }
    });
    let too_long = future_to_promise(async {
        wait(PATIENCE_MS).await;
        Err(format!("{} s", PATIENCE_MS / 1000).into())
    });
    let bytes = JsFuture::from(Promise::race(&Array::of2(&loaded, &too_long))).await?;
    if is_in_name(address, &bytes).await { Ok(bytes) } else { Err(address.into()) }
}

async fn is_in_name(address: &str, bytes: &JsValue) -> bool {
    // Where nothing can be hashed, the program itself finds out what it cannot use.
    let Ok(digest) = digest("SHA-256", bytes) else { return true };
    let Ok(digest) = JsFuture::from(digest).await else { return false };
    let digest = Uint8Array::new(&digest).to_vec();
    let hex: String = digest.iter().take(DIGITS / 2).map(|byte| format!("{byte:02x}")).collect();
    address.contains(&format!("-{hex}."))
}

async fn wait(milliseconds: u32) {
    let waited = Promise::new(&mut |resolve, _| drop(set_timeout(&resolve, milliseconds)));
    let _ = JsFuture::from(waited).await;
}
