//! A column head that sorts; a second press turns the order round.

use leptos::prelude::*;

#[component]
pub fn SortHead<C>(
    #[prop(into)] name: Signal<String>,
    column: C,
    /// The column that sorts now, and whether the largest comes first.
    order: RwSignal<(C, bool)>,
    number: bool,
) -> impl IntoView
where
    C: Copy + PartialEq + Send + Sync + 'static,
{
    let direction = move || match order.get() {
        (by, true) if by == column => Some("descending"),
        (by, false) if by == column => Some("ascending"),
        _ => None,
    };
    let sort = move |_| order.update(|order| *order = (column, order.0 != column || !order.1));
    view! {
        <th scope="col" class:number=number aria-sort=direction>
            <button type="button" class="sort" on:click=sort>
                {name}
                <span aria-hidden="true">{move || match direction() {
                    Some("descending") => "▾",
                    Some(_) => "▴",
                    None => "",
                }}</span>
            </button>
        </th>
    }
}
