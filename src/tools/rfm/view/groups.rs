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
    let caption = move || (page.words().groups_caption)(page.text().variable(variable));
    let table =
        move || page.read(|overview, reader| group_rows(&overview.variables[variable.index()], reader));
    let has_thresholds = Memo::new(move |_| {
        let any = |table: &VariableTable| table.groups.iter().any(|g| g.lower.is_some() || g.upper.is_some());
        page.result.with(|result| any(&result.overview.variables[variable.index()]))
    });
    view! {
        <section class="card rfm-variable">
            <div class="table-box" tabindex="0" role="region" aria-label=caption>
                <table>
                    <caption>{caption}</caption>
                    <thead><tr>
                        <th scope="col">{variable.letter()}</th>
                        <Show when=move || has_thresholds.get()>
                            <th scope="col" class="number">{move || page.text().thresholds}</th>
                        </Show>
                        <th scope="col" class="number">{move || page.text().values_found}</th>
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

fn group_rows(table: &VariableTable, reader: Reader) -> impl IntoView + use<> {
    let has_thresholds = table.groups.iter().any(|group| group.lower.is_some() || group.upper.is_some());
    let row = |group: &GroupRow| {
        view! {
            <tr>
                <th scope="row">{group.digit}</th>
                {has_thresholds.then(|| view! { <td class="number">{reader.thresholds(table.variable, group)}</td> })}
                <td class="number">{reader.found(table.variable, group)}</td>
                <td class="number">{reader.count(group.sums.customers)}</td>
                <td class="number">{reader.percent(group.share)}</td>
            </tr>
        }
    };
    table.groups.iter().map(row).collect_view()
}
