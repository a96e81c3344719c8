use leptos::prelude::*;
pub fn view() -> AnyView {
    view! {<p>"rfm"</p>}.into_any()
}
