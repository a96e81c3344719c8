//! Two methods on the same customers, side by side.

use super::method::method_name;
use super::page::Page;
use crate::tools::rfm::compare::{CellSizes, Comparison, VariableComparison};
use crate::tools::rfm::options::{Best, Variable};
use crate::tools::rfm::reading::Reader;
use leptos::prelude::*;

#[component]
pub fn Compare(page: Page) -> impl IntoView {
    let with = move |make: &dyn Fn(&Comparison, Reader) -> String| {
        let comparison = page.result.with(|result| result.comparison.clone());
        page.read(|_, reader| comparison.map(|comparison| make(&comparison, reader)).unwrap_or_default())
    };
    let finding = move || {
        with(&|comparison, reader| {
            let (changed, all) = (reader.count(comparison.changed), reader.count(comparison.customers));
            (reader.page().compare_finding)(&reader.percent(comparison.changed_share), &changed, &all)
        })
    };
    let size = move |of: fn(&CellSizes) -> u64| {
        let first = move || with(&|comparison, reader| reader.count(of(&comparison.first)));
        let second = move || with(&|comparison, reader| reader.count(of(&comparison.second)));
        view! { <td class="number">{first}</td><td class="number">{second}</td> }
    };
    let uneven = Memo::new(move |_| {
        let uneven = |compared: &VariableComparison| {
            compared.cross.iter().any(|row| row.len() != compared.cross.len())
        };
        page.result.with(|result| {
            result.comparison.as_ref().is_some_and(|comparison| comparison.variables.iter().any(uneven))
        })
    });
    let second_name = move || {
        page.options.with(|options| {
            options.compare_with.as_ref().map_or("–", |method| method_name(method, page.text()))
        })
    };
    let first_name = move || page.options.with(|options| method_name(&options.method, page.text()));
    view! {
        <section class="card">
            <h2>{finding}</h2>
            <p class="field-help">{move || page.text().compare_title}</p>
            <div class="table-box" tabindex="0" role="region" aria-label=move || page.words().compare_caption>
                <table class="rfm-methods">
                    <caption>{move || page.words().compare_caption}</caption>
                    <thead><tr>
                        <td></td>
                        <th scope="col">{move || page.words().method_first}<br/><span>{first_name}</span></th>
                        <th scope="col">{move || page.text().compare_with}<br/><span>{second_name}</span></th>
                    </tr></thead>
                    <tbody>
                        <tr><th scope="row">{move || page.words().cells_filled}</th>{size(|sizes| sizes.cells)}</tr>
                        <tr><th scope="row">{move || page.words().smallest_cell}</th>{size(|sizes| sizes.smallest)}</tr>
                        <tr><th scope="row">{move || page.words().largest_cell}</th>{size(|sizes| sizes.largest)}</tr>
                    </tbody>
                </table>
            </div>
            <Show when=move || uneven.get()>
                <p class="warning">{move || page.words().compare_uneven}</p>
            </Show>
            <p class="field-help">{move || page.words().cross_help}</p>
            <div class="rfm-crosses">
                {Variable::ALL.map(|variable| view! { <Cross page variable/> }).into_iter().collect_view()}
            </div>
        </section>
    }
}

/// The groups of one variable under both methods: who stays on the diagonal has kept the group.
#[component]
fn Cross(page: Page, variable: Variable) -> impl IntoView {
    let found = Memo::new(move |_| {
        page.result.with(|result| {
            let comparison = result.comparison.as_ref()?;
            Some((comparison.variables[variable.index()].clone(), comparison.customers))
        })
    });
    let caption = move || {
        let Some((compared, customers)) = found.get() else { return String::new() };
        let share = compared.changed as f64 / customers.max(1) as f64;
        page.read(|_, reader| {
            (reader.page().cross_caption)(&reader.variable(variable), &reader.percent(share))
        })
    };
    view! {
        <div class="table-box" tabindex="0" role="region" aria-label=caption>
            <table>
                <caption>{caption}</caption>
                {move || found.get().map(|(compared, _)| {
                    let best = page.options.get().best;
                    page.read(|_, reader| cross_table(&compared, best, reader).into_any())
                })}
            </table>
        </div>
    }
}

fn cross_table(compared: &VariableComparison, best: Best, reader: Reader) -> impl IntoView + use<> {
    let letter = compared.variable.letter();
    let rows = compared.cross.len() as u8;
    let columns = compared.cross.first().map_or(0, Vec::len) as u8;
    let count = |n: u64| view! { <td class="number">{reader.count(n)}</td> };
    let total = reader.page().total;
    let heads = (1..=columns).rev().map(|level| {
        view! { <th scope="col" class="number">{format!("{letter} {}", best.digit(level, columns))}</th> }
    });
    let body = (1..=rows).rev().map(|level| {
        let row = &compared.cross[usize::from(level) - 1];
        view! {
            <tr>
                <th scope="row">{format!("{letter} {}", best.digit(level, rows))}</th>
                {row.iter().rev().map(|&n| count(n)).collect_view()}
                {count(row.iter().sum())}
            </tr>
        }
    });
    let column_sum = |column: usize| compared.cross.iter().map(|row| row[column]).sum::<u64>();
    view! {
        <thead><tr><td></td>{heads.collect_view()}<th scope="col" class="number">{total}</th></tr></thead>
        <tbody>
            {body.collect_view()}
            <tr>
                <th scope="row">{total}</th>
                {(0..usize::from(columns)).rev().map(|column| count(column_sum(column))).collect_view()}
                {count((0..usize::from(columns)).map(column_sum).sum())}
            </tr>
        </tbody>
    }
}
