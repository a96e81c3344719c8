//! One customer: where the rules put each of the purchases.

use super::job::{Customer, CustomersAnswer, CustomersRequest};
use super::text::{CustomersText, treatment};
use crate::core::excerpt::{excerpt, is_cut};
use crate::core::show::Show as _;
use crate::ui::dialog::Dialog;
use crate::ui::job::ask_tool;
use crate::ui::long_text::LongText;
use crate::ui::pager::Pager;
use crate::ui::state::{app, parse};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Purchases on one page.
const PAGE: usize = 30;

#[component]
pub fn CustomerDialog(opened: RwSignal<Option<String>>) -> impl IntoView {
    let app = app();
    let open = RwSignal::new(false);
    let found = RwSignal::new(None::<Box<Customer>>);
    let problem = RwSignal::new(None::<String>);
    Effect::new(move |_| {
        let Some(id) = opened.get() else { return };
        found.set(None);
        problem.set(None);
        open.set(true);
        spawn_local(async move {
            let answer = ask_tool(app, "customers", &CustomersRequest::Customer { id }, |_| {}).await;
            let lang = app.lang.get_untracked();
            match answer.and_then(|answer| parse::<CustomersAnswer>(&answer.json)) {
                Ok(CustomersAnswer::Customer(customer)) => found.set(Some(customer)),
                Ok(CustomersAnswer::NoSuchCustomer { id }) => {
                    problem.set(Some((CustomersText::of(lang).no_such)(&id)))
                }
                Ok(CustomersAnswer::Refused(error)) => problem.set(Some(error.say(lang))),
                Ok(_) => {}
                Err(error) => problem.set(Some(error.say(lang))),
            }
        });
    });
    // Opening the same customer again must count as a change.
    Effect::new(move |_| {
        if !open.get() {
            opened.set(None);
        }
    });
    view! {
        <Dialog open title=Signal::derive(move || {
            let id = found.get().map(|c| c.row.id.clone()).or(opened.get()).unwrap_or_default();
            excerpt(&id).into_owned()
        })>
            {move || problem.get().map(|why| view! { <p class="problem" role="alert">{why}</p> })}
            {move || found.get().map(|customer| view! { <CustomerCard customer=*customer/> })}
        </Dialog>
    }
}

#[component]
fn CustomerCard(customer: Customer) -> impl IntoView {
    let app = app();
    let text = move || CustomersText::of(app.lang.get());
    let customer = StoredValue::new(customer);
    let page = RwSignal::new(0_u64);
    let pages = customer.with_value(|c| c.purchases.len().div_ceil(PAGE)) as u64;
    let classes = move || {
        customer.with_value(|c| {
            let lang = app.lang.get();
            let named = c.classes.iter().zip(&c.row.classes).filter(|(column, _)| !column.is_part);
            named
                .filter_map(|(column, label)| {
                    Some((column.title.get(lang).to_string(), label.as_ref()?.get(lang).to_string()))
                })
                .collect::<Vec<_>>()
        })
    };
    let measures = move || {
        customer.with_value(|c| {
            let (formats, text) = (app.formats.get(), text());
            [
                (text.days_since, c.row.days_since.map(|n| formats.count(n))),
                (text.frequency, c.row.frequency.map(|n| formats.count(n))),
                (text.monetary, c.row.monetary.map(|n| formats.money(n))),
            ]
            .map(|(name, value)| (name.to_string(), value.unwrap_or_else(|| "–".into())))
        })
    };
    let pairs = |pairs: Vec<(String, String)>| {
        pairs
            .into_iter()
            .map(|(name, value)| view! { <div><dt><bdi>{excerpt(&name).into_owned()}</bdi></dt><dd><LongText text=value/></dd></div> })
            .collect_view()
    };
    let long_id = customer.with_value(|c| is_cut(&c.row.id).then(|| c.row.id.clone()));
    view! {
        {long_id.map(|id| view! { <p><LongText text=id/></p> })}
        <dl class="facts">{move || pairs(classes())}{move || pairs(measures().to_vec())}</dl>
        <Show when=move || customer.with_value(|c| !c.attributes.is_empty())>
            <h3>{move || text().attributes}</h3>
            <dl class="facts">{pairs(customer.with_value(|c| c.attributes.clone()))}</dl>
        </Show>
        <h3>{move || text().purchases}</h3>
        <Show when=move || { pages > 0 } fallback=move || view! { <p>{move || text().no_rows}</p> }>
            <div class="table-box" tabindex="0" role="region" aria-label=move || text().purchases>
                <table>
                    <caption>{move || customer.with_value(|c| (text().purchases_caption)(&c.row.id))}</caption>
                    <thead><tr>
                        <th scope="col">{move || text().date}</th>
                        <th scope="col" class="number">{move || text().amount}</th>
                        <th scope="col">{move || text().treated}</th>
                        <th scope="col">{move || text().order}</th>
                        <th scope="col">{move || text().product}</th>
                        <th scope="col">{move || text().channel}</th>
                    </tr></thead>
                    <tbody>{move || customer.with_value(|c| {
                        let (formats, lang) = (app.formats.get(), app.lang.get());
                        let rows = c.purchases.iter().skip(page.get() as usize * PAGE).take(PAGE);
                        rows.map(|row| view! {
                            <tr>
                                <td>{row.date.map(|day| formats.day(day))}</td>
                                <td class="number">{row.amount.map(|minor| formats.money(minor))}</td>
                                <td>{treatment(row.treatment, lang)}</td>
                                <td>{row.order.clone().map(|text| view! { <LongText text/> })}</td>
                                <td>{row.product.clone().or(row.category.clone()).map(|text| view! { <LongText text/> })}</td>
                                <td>{row.channel.clone().map(|text| view! { <LongText text/> })}</td>
                            </tr>
                        }).collect_view()
                    })}</tbody>
                </table>
            </div>
            <Pager page pages=Signal::stored(pages)/>
        </Show>
    }
}
