//! Web Locks: of all tabs that have a workspace open, one holds its lock and writes.

use crate::io::{get, set};
use js_sys::{Function, Object, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    type LockManager;

    #[wasm_bindgen(method, catch)]
    fn request(
        this: &LockManager,
        name: &str,
        options: &JsValue,
        granted: &JsValue,
    ) -> Result<Promise, JsValue>;
}

/// How a lock is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// At once or not at all.
    IfFree,
    /// When all who asked before have let go of it.
    InTurn,
    /// From whoever holds it.
    TakeOver,
}

/// A lock that is held until this is dropped or the page is closed.
pub struct Lock(Function);

impl Drop for Lock {
    fn drop(&mut self) {
        let _ = self.0.call0(&JsValue::NULL);
    }
}

/// The browser has no locks for this page: it is too old, or the address is not secure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoLocks;

/// Asks for a lock; none where it is held by another. `on_taken` is called when another tab has taken it over.
pub async fn ask(name: &str, how: Ask, on_taken: impl FnOnce() + 'static) -> Result<Option<Lock>, NoLocks> {
    let locks = get(&get(&js_sys::global(), "navigator"), "locks");
    if locks.is_undefined() {
        return Err(NoLocks);
    }
    let options = Object::new();
    set(&options, "ifAvailable", (how == Ask::IfFree).into());
    set(&options, "steal", (how == Ask::TakeOver).into());
    let mut on_taken = Some(on_taken);
    let answer = Promise::new(&mut |answer, refuse| {
        let Some(on_taken) = on_taken.take() else { return };
        // The lock is held as long as the promise that is returned here is not resolved.
        let granted = Closure::once_into_js(move |lock: JsValue| -> JsValue {
            if lock.is_null() {
                let _ = answer.call1(&JsValue::NULL, &JsValue::NULL);
                return JsValue::UNDEFINED;
            }
            let held = Promise::new(&mut |release, _| drop(answer.call1(&JsValue::NULL, &release)));
            held.into()
        });
        match locks.unchecked_ref::<LockManager>().request(name, &options, &granted) {
            Ok(held) => {
                let ended = Closure::once(move |error: JsValue| {
                    let _ = refuse.call1(&JsValue::NULL, &error);
                    on_taken();
                });
                let _ = held.catch(&ended);
                ended.forget();
            }
            Err(error) => drop(refuse.call1(&JsValue::NULL, &error)),
        }
    });
    match JsFuture::from(answer).await {
        Ok(release) => Ok(release.dyn_into().ok().map(Lock)),
        Err(_) => Err(NoLocks),
    }
}
