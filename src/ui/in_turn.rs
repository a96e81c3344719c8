//! A long page in short tasks: the page answers between its sections.

use crate::ui::job::wait;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Shows what it holds in a task of its own, after what stands before it.
#[component]
pub fn InTurn(children: ChildrenFn) -> impl IntoView {
    let has_turn = RwSignal::new(false);
    spawn_local(async move {
        wait(0).await;
        // Its page may have gone.
        let _ = has_turn.try_set(true);
    });
    view! { <Show when=move || has_turn.get()>{children()}</Show> }
}
