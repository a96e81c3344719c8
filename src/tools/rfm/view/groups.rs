//! For each variable its groups with their thresholds, beside the distribution that they cut.

use super::page::Page;
use crate::tools::rfm::chart::distribution;
use crate::tools::rfm::model::{GroupRow, VariableTable};
use crate::tools::rfm::options::Variable;
use crate::tools::rfm::reading::Reader;
use crate::ui::chart_frame::ChartFrame;
use leptos::prelude::*;

#[component]
pub fn Groups(page: Page) -> impl IntoView {
    view! {
        <h2 class="section-title">{move || page.text().groups_title}</h2>
        {Variable::ALL.map(|variable| view! { <VariableCard page variable/> }).into_iter().collect_view()}
    }
}

#[component]
fn VariableCard(page: Page, variable: Variable) -> impl IntoView {
    let caption = move || page.read(|_, reader| (page.words().groups_caption)(&reader.variable(variable)));
    let table =
        move || page.read(|overview, reader| group_rows(&overview.variables[variable.index()], reader));
    let has_thresholds = Memo::new(move |_| {
        page.result.with(|result| has_thresholds(&result.overview.variables[variable.index()]))
    });
    view! {
        <section class="card rfm-variable">
            <div class="table-box" tabindex="0" role="region" aria-label=caption>
                <table>
                    <caption>{caption}</caption>
                    <thead><tr>
                        <th scope="col">{variable.letter()}</th>
                        <th scope="col" class="number">{move || {
                            if has_thresholds.get() { page.text().thresholds } else { page.text().values_found }
                        }}</th>
                        <th scope="col" class="number">{move || page.text().customers}</th>
                        <th scope="col" class="number">{move || page.text().share}</th>
                    </tr></thead>
                    <tbody>{table}</tbody>
                </table>
            </div>
            <ChartFrame
                spec=Signal::derive(move || page.read(|overview, reader| distribution(&overview.variables[variable.index()], reader)))
                file_name=Signal::derive(move || format!("RFM {}", page.text().variable(variable)))/>
        </section>
    }
}

/// Equal and nested groups have no thresholds: what can be told of them is the values found.
fn has_thresholds(table: &VariableTable) -> bool {
    table.groups.iter().any(|group| group.lower.is_some() || group.upper.is_some())
}

fn group_rows(table: &VariableTable, reader: Reader) -> impl IntoView + use<> {
    let values = if has_thresholds(table) { Reader::thresholds } else { Reader::found };
    let row = |group: &GroupRow| {
        view! {
            <tr>
                <th scope="row">{group.digit}</th>
                <td class="number">{values(reader, table.variable, group)}</td>
                <td class="number">{reader.count(group.sums.customers)}</td>
                <td class="number">{reader.percent(group.share)}</td>
            </tr>
        }
    };
    table.groups.iter().map(row).collect_view()
}
