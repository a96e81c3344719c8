//! Word to the other tabs of the program: as long as one of them holds the database open, nobody can delete it.

use wasm_bindgen::prelude::*;
use web_sys::BroadcastChannel;

thread_local! {
    // One channel for both directions: what it sends, it does not hear itself. Without the interface a tab that
    // stays open delays the deletion until it is closed.
    static CHANNEL: Option<BroadcastChannel> = BroadcastChannel::new("quintile.erase").ok();
}

/// Asks the other tabs to let go of what is stored.
pub fn ask_to_let_go() {
    CHANNEL.with(|channel| {
        if let Some(channel) = channel {
            let _ = channel.post_message(&JsValue::NULL);
        }
    });
}

/// Calls `let_go` when another tab is about to erase everything.
pub fn on_erase(let_go: impl Fn() + 'static) {
    let heard = Closure::<dyn Fn()>::new(let_go);
    CHANNEL.with(|channel| {
        if let Some(channel) = channel {
            channel.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        }
    });
    heard.forget();
}
