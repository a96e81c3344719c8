//! Word between the tabs of the program.

use wasm_bindgen::prelude::*;
use web_sys::{BroadcastChannel, MessageEvent};

/// What a tab tells the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Word {
    /// Everything is about to be erased: as long as one tab holds the database open, nobody can delete it.
    Erase,
    /// What is stored of the workspace has changed.
    Changed(String),
    /// Another tab would like to edit the workspace: its writer saves and lets go of it.
    Wanted(String),
    /// The writer has let go of it.
    Yours(String),
}

impl Word {
    fn to_text(&self) -> String {
        match self {
            Word::Erase => "erase ".into(),
            Word::Changed(id) => format!("changed {id}"),
            Word::Wanted(id) => format!("wanted {id}"),
            Word::Yours(id) => format!("yours {id}"),
        }
    }

    fn of_text(text: &str) -> Option<Word> {
        let (kind, id) = text.split_once(' ')?;
        match kind {
            "erase" => Some(Word::Erase),
            "changed" => Some(Word::Changed(id.into())),
            "wanted" => Some(Word::Wanted(id.into())),
            "yours" => Some(Word::Yours(id.into())),
            _ => None,
        }
    }
}

thread_local! {
    // One channel for both directions: what it sends, it does not hear itself. Without the interface a tab that
    // stays open delays an erasure until it is closed.
    static CHANNEL: Option<BroadcastChannel> = BroadcastChannel::new("quintile").ok();
}

pub fn tell(word: &Word) {
    CHANNEL.with(|channel| {
        if let Some(channel) = channel {
            let _ = channel.post_message(&word.to_text().into());
        }
    });
}

/// Calls `heard` with every word of another tab.
pub fn listen(heard: impl Fn(Word) + 'static) {
    let heard = Closure::<dyn Fn(_)>::new(move |event: MessageEvent| {
        if let Some(word) = event.data().as_string().as_deref().and_then(Word::of_text) {
            heard(word);
        }
    });
    CHANNEL.with(|channel| {
        if let Some(channel) = channel {
            channel.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        }
    });
    heard.forget();
}
