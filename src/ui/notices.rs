//! Short messages at the edge of the page, with an action such as "Undo".

use crate::ui::offline::NewVersion;
use crate::ui::state::app;
use leptos::prelude::*;
use std::sync::Arc;

/// What the button of a message does. Not a `Callback`: that would end with the part of the page that showed the
/// message, such as a dialog that closes.
type Action = Arc<dyn Fn() + Send + Sync>;

#[derive(Clone)]
pub struct Notice {
    pub text: String,
    pub warning: bool,
    pub action: Option<(String, Action)>,
    /// Of messages about the same thing only the newest is shown.
    about: Option<&'static str>,
}

impl Notice {
    pub fn plain(text: String) -> Notice {
        Notice { text, warning: false, action: None, about: None }
    }

    pub fn warning(text: String) -> Notice {
        Notice { text, warning: true, action: None, about: None }
    }

    pub fn with_action(self, label: &str, action: impl Fn() + Send + Sync + 'static) -> Notice {
        Notice { action: Some((label.to_string(), Arc::new(action))), ..self }
    }

    pub fn about(self, thing: &'static str) -> Notice {
        Notice { about: Some(thing), ..self }
    }

    fn gives_way_to(&self, newer: &Notice) -> bool {
        self.text == newer.text || self.about.is_some() && self.about == newer.about
    }
}

/// The messages on the screen, oldest first.
#[derive(Clone, Copy)]
pub struct Notices {
    all: RwSignal<Vec<(u32, Notice)>>,
    next: StoredValue<u32>,
}

impl Default for Notices {
    fn default() -> Notices {
        Notices { all: RwSignal::new(Vec::new()), next: StoredValue::new(0) }
    }
}

impl Notices {
    /// Shows a message: a plain one for ten seconds, a warning until it is closed.
    pub fn show(self, notice: Notice) {
        self.next.update_value(|n| *n += 1);
        let id = self.next.get_value();
        let stays = notice.warning;
        self.all.update(|all| {
            all.retain(|(_, old)| !old.gives_way_to(&notice));
            all.push((id, notice));
            if all.len() > 4 {
                all.remove(0);
            }
        });
        if !stays {
            set_timeout(move || self.close(id), std::time::Duration::from_secs(10));
        }
    }

    pub fn close(self, id: u32) {
        self.all.update(|all| all.retain(|(other, _)| *other != id));
    }
}

#[component]
pub fn NoticeList() -> impl IntoView {
    let app = app();
    let notices = app.notices;
    view! {
        <div class="notices" role="status" aria-live="polite">
            <NewVersion/>
            <For each=move || notices.all.get() key=|(id, _)| *id let:item>
                {
                    let (id, notice) = item;
                    view! {
                        <div class="notice" class:notice-warning=notice.warning>
                            <p>{notice.text}</p>
                            {notice.action.map(|(label, action)| view! {
                                <button type="button" class="quiet" on:click=move |_| {
                                    action();
                                    notices.close(id);
                                }>{label}</button>
                            })}
                            <button type="button" class="icon" aria-label=move || app.text().close
                                on:click=move |_| notices.close(id)>"×"</button>
                        </div>
                    }
                }
            </For>
        </div>
    }
}
