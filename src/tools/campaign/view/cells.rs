//! The first step: which cells there are.

use super::bins::TooFewTooMany;
use super::page::Page;
use crate::tools::campaign::answer::{CellRow, CellsChoice};
use crate::tools::campaign::options::{GROUPS, RFM_CELLS};
use crate::tools::campaign::page_text::cells;
use crate::tools::published::measure;
use crate::ui::fields::SelectField;
use crate::ui::figure::Figure;
use crate::ui::pager::Pager;
use leptos::prelude::*;

/// Rows on one page.
const PAGE: usize = 25;

/// The cells that have customers: a code that nobody has is no cell.
pub fn filled(cells: &[CellRow]) -> impl Iterator<Item = &CellRow> {
    cells.iter().filter(|cell| cell.customers > 0)
}

#[component]
pub fn CellsInputs(page: Page) -> impl IntoView {
    let words = move || cells(page.lang());
    let from = page.option(|options| options.cells_from.clone());
    // The choice in force and the course's are listed even where these data do not have them.
    let choices = move || {
        let (lang, now) = (page.lang(), from.get());
        let mut choices: Vec<(String, String)> = page
            .read(|plan, numbers| {
                let choice = |choice: &CellsChoice| {
                    let title = choice.title.get(lang);
                    let name = match choice.classes {
                        Some(classes) => (words().classes)(title, &numbers.count(classes)),
                        None => (words().equal_groups)(title),
                    };
                    (choice.name.clone(), name)
                };
                plan.choices.iter().map(choice).collect()
            })
            .unwrap_or_default();
        for name in [RFM_CELLS.to_string(), now] {
            if choices.iter().all(|(listed, _)| *listed != name) {
                let lang = page.lang();
                let title = measure(&name).map_or(name.clone(), |m| (words().equal_groups)((m.title)(lang)));
                choices.push((name, title));
            }
        }
        choices
    };
    view! {
        <SelectField label=Signal::derive(move || words().cells_from.to_string()) value=from
            choices=Signal::derive(choices)
            on_change=Callback::new(move |name| page.edit(None, |options| options.cells_from = name))
            help=Signal::derive(move || words().cells_from_help.to_string())/>
        {move || match from.with(|from| divided(page, from)) {
            true => view! {
                <SelectField label=Signal::derive(move || words().how_many_groups.to_string())
                    value=page.option(|options| options.groups)
                    choices=Signal::derive(|| GROUPS.map(|k| (k, k.to_string())).collect())
                    on_change=Callback::new(move |groups| page.edit(None, |options| options.groups = groups))
                    help=Signal::derive(move || words().groups_help.to_string())/>
            }.into_any(),
            false => view! { <p><a href="#/rfm">{move || words().change_groups}</a></p> }.into_any(),
        }}
    }
}

/// Whether a column is a measure, which is divided into groups here.
fn divided(page: Page, column: &str) -> bool {
    let listed = page.read(|plan, _| plan.choices.iter().any(|c| c.name == *column && c.classes.is_none()));
    listed.unwrap_or(false) || measure(column).is_some()
}

#[component]
pub fn CellsStep(page: Page) -> impl IntoView {
    let words = move || cells(page.lang());
    let sizes = move || {
        page.say(|plan, numbers| {
            let mut sizes: Vec<u64> = filled(&plan.cells).map(|cell| cell.customers).collect();
            sizes.sort_unstable();
            let at = |place: usize| numbers.or_dash(sizes.get(place), |numbers, size| numbers.count(*size));
            [at(0), at(sizes.len() / 2), at(sizes.len().saturating_sub(1))].join(" · ")
        })
    };
    let made_from = move || {
        let lang = page.lang();
        page.say(|plan, _| (words().number_note)(plan.cells_title.get(lang)))
    };
    view! {
        <section class="figures" aria-label=move || page.frame().figures>
            <Figure label=Signal::derive(move || words().in_cells.to_string())
                value=Signal::derive(move || page.say(|plan, numbers| numbers.count(plan.sample.customers)))
                note=Signal::derive(move || words().in_cells_note.to_string())/>
            <Figure label=Signal::derive(move || words().number.to_string())
                value=Signal::derive(move || page.say(|plan, numbers| numbers.count(filled(&plan.cells).count() as u64)))
                note=Signal::derive(made_from)/>
            <Figure label=Signal::derive(move || words().sizes.to_string())
                value=Signal::derive(sizes)
                note=Signal::derive(move || words().sizes_note.to_string())/>
        </section>
        <CellsTable page/>
        <TooFewTooMany page/>
    }
}

#[component]
fn CellsTable(page: Page) -> impl IntoView {
    let words = move || cells(page.lang());
    let open_page = RwSignal::new(0_u64);
    let count = Memo::new(move |_| page.read(|plan, _| filled(&plan.cells).count()).unwrap_or_default());
    let pages = Memo::new(move |_| count.get().div_ceil(PAGE) as u64);
    // A list that got shorter must not leave an empty page.
    let from = move || open_page.get().min(pages.get().saturating_sub(1)) as usize * PAGE;
    let rows = move || {
        let lang = page.lang();
        page.read(|plan, numbers| {
            let all = plan.sample.customers;
            let row = |cell: &CellRow| {
                let size = |size: Option<u64>| numbers.or_dash(size, |numbers, size| numbers.count(size));
                view! {
                    <tr>
                        <th scope="row" class="code">{cell.label.get(lang).to_string()}</th>
                        <td class="number">{numbers.count(cell.customers)}</td>
                        <td class="number">{numbers.share(cell.customers, all)}</td>
                        <td class="number">{numbers.count(cell.tested)}</td>
                        <td class="number">{size(cell.needed_hughes)}</td>
                        <td class="number">{size(cell.needed_precision)}</td>
                    </tr>
                }
            };
            filled(&plan.cells).skip(from()).take(PAGE).map(row).collect_view()
        })
    };
    let caption = move || (words().caption)(&page.numbers().count(count.get() as u64));
    view! {
        <section class="card">
            <h2>{move || words().table}</h2>
            <div class="table-box" tabindex="0" role="region" aria-label=move || words().table>
                <table class="campaign-table">
                    <caption>{caption}</caption>
                    <thead><tr>
                        <th scope="col">{move || page.frame().cell}</th>
                        <th scope="col" class="number">{move || page.frame().customers}</th>
                        <th scope="col" class="number">{move || words().share}</th>
                        <th scope="col" class="number">{move || words().sampled}</th>
                        <th scope="col" class="number">{move || words().needed_hughes}</th>
                        <th scope="col" class="number">{move || words().needed_precision}</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <Pager page=open_page pages/>
        </section>
    }
}
