//! The person confirms what a file holds: how it is read, what each column means, and the first rows.

use super::flow_view::{Confirm, Flow, Stage};
use super::text::{DataText, kind_help, kind_title};
use crate::core::excerpt::excerpt;
use crate::core::import::amounts::NumberStyle;
use crate::core::import::dates::DateForm;
use crate::core::import::plan::{Form, roles};
use crate::core::import::words::role_name;
use crate::core::import::{ColumnPlan, Encoding, MissingCustomer, Overrides};
use crate::core::table::{Role, TableKind};
use crate::jobs::protocol::Onto;
use crate::ui::fields::{CheckField, SelectField};
use crate::ui::pager::Pager;
use crate::ui::state::app;
use leptos::prelude::*;

/// Columns of the file on one page of the confirmation: a thousand at once would hold the page up.
const COLUMNS: usize = 30;

const DELIMITERS: [u8; 4] = [b',', b'\t', b';', b'|'];

/// What the parts of the confirmation share.
#[derive(Clone)]
struct Confirming {
    flow: StoredValue<Flow>,
    confirm: Memo<Option<Confirm>>,
}

#[component]
pub fn ConfirmView(flow: Flow) -> impl IntoView {
    let app = app();
    let text = move || DataText::of(app.lang.get());
    let confirm = {
        let stage = flow.stage.clone();
        Memo::new_with_compare(
            move |_| match stage.get() {
                Stage::Confirm(confirm) => Some(*confirm),
                _ => None,
            },
            |_, _| true,
        )
    };
    let flow = StoredValue::new(flow);
    let form = Confirming { flow, confirm };
    let name = move || app.picked.get().unwrap_or_default();
    let problems = move || {
        let lang = app.lang.get();
        read(confirm, |confirm| {
            let headers = headers(confirm);
            confirm.plan.problems().iter().map(|p| p.say(&headers, lang)).collect::<Vec<_>>()
        })
    };
    let page = RwSignal::new(0_u64);
    let pages =
        Signal::derive(move || read(confirm, |c| c.plan.columns.len().div_ceil(COLUMNS)).unwrap_or(0) as u64);
    let blocked = move || problems().is_none_or(|problems| !problems.is_empty());
    view! {
        <section class="card import" aria-labelledby="confirm-title">
            <h2 id="confirm-title" tabindex="-1">{move || (text().confirm_title)(&name())}</h2>
            <p class="field-help">{move || text().confirm_help}</p>
            {move || read(confirm, |c| c.refused.clone()).flatten().map(|why| view! { <p class="problem" role="alert">{move || why.get(app.lang.get()).to_string()}</p> })}
            <Doubts confirm/>
            <Reading form=form.clone()/>
            <Columns form=form.clone() page/>
            <Pager page pages/>
            <FirstRows confirm page/>
            <Choices form/>
            <div role="alert">
                {move || problems().unwrap_or_default().into_iter()
                    .map(|problem| view! { <p class="problem">{problem}</p> }).collect_view()}
            </div>
            <div class="actions">
                <button type="button" class="primary" id="import-now" disabled=blocked
                    on:click=move |_| flow.with_value(Flow::read)>{move || text().import}</button>
                <button type="button" on:click=move |_| flow.with_value(Flow::forget)>{move || text().not_now}</button>
            </div>
        </section>
    }
}

/// Reads what is being confirmed where it is: of a file of a thousand columns, a copy for every field takes long.
fn read<T>(confirm: Memo<Option<Confirm>>, get: impl FnOnce(&Confirm) -> T) -> Option<T> {
    confirm.with(|confirm| confirm.as_ref().map(get))
}

fn headers(confirm: &Confirm) -> Vec<String> {
    confirm.plan.columns.iter().map(|column| column.header.clone()).collect()
}

impl Confirming {
    /// Changes the plan in place.
    fn edit(&self, change: impl FnOnce(&mut Confirm)) {
        self.flow.with_value(|flow| {
            flow.stage.update(|stage| {
                if let Stage::Confirm(confirm) = stage {
                    change(confirm);
                    confirm.refused = None;
                }
            });
        });
    }

    /// What changes how the file is cut must be guessed anew.
    fn override_with(&self, change: impl FnOnce(&mut Overrides)) {
        let Some(mut overrides) =
            self.confirm.with_untracked(|confirm| Some(confirm.as_ref()?.overrides.clone()))
        else {
            return;
        };
        change(&mut overrides);
        self.flow.with_value(|flow| flow.look(overrides));
    }
}

/// What we are not sure of, and what the person should know.
#[component]
fn Doubts(confirm: Memo<Option<Confirm>>) -> impl IntoView {
    let app = app();
    move || {
        let lang = app.lang.get();
        read(confirm, |confirm| {
            let headers = headers(confirm);
            let questions = confirm.preview.questions.iter().map(|q| q.say(&headers, lang));
            let warnings = confirm.preview.warnings.iter().map(|w| w.say(&headers, lang));
            questions.chain(warnings).map(|text| view! { <p class="warning">{text}</p> }).collect_view()
        })
    }
}

/// Encoding, delimiter, header and kind of table.
#[component]
fn Reading(form: Confirming) -> impl IntoView {
    let app = app();
    let text = move || DataText::of(app.lang.get());
    let confirm = form.confirm;
    let of = move |get: fn(&Confirm) -> u8| Signal::derive(move || read(confirm, get).unwrap_or_default());
    let on = StoredValue::new(form);
    view! {
        <div class="field-row">
            <SelectField label=Signal::derive(move || text().kind.to_string())
                value=Signal::derive(move || read(confirm, |c| c.plan.kind))
                choices=Signal::derive(move || TableKind::ALL.into_iter().map(|kind| (Some(kind), kind_title(kind, app.lang.get()).to_string())).collect())
                help=Signal::derive(move || read(confirm, |c| kind_help(c.plan.kind, app.lang.get())).unwrap_or_default().to_string())
                on_change=Callback::new(move |kind| on.with_value(|on| on.override_with(|o| o.kind = kind))) />
            <SelectField label=Signal::derive(move || text().encoding.to_string())
                value=Signal::derive(move || read(confirm, |c| c.plan.encoding))
                choices=Signal::derive(move || Encoding::ALL.into_iter().map(|e| (Some(e), e.name(app.lang.get()).to_string())).collect())
                on_change=Callback::new(move |encoding| on.with_value(|on| on.override_with(|o| o.encoding = encoding))) />
            <SelectField label=Signal::derive(move || text().delimiter.to_string()) value=of(|c| c.plan.delimiter)
                choices=Signal::derive(move || DELIMITERS.into_iter().zip(text().delimiters.map(String::from)).collect())
                on_change=Callback::new(move |delimiter| on.with_value(|on| on.override_with(|o| o.delimiter = Some(delimiter)))) />
        </div>
        <CheckField label=Signal::derive(move || text().header_row.to_string())
            value=Signal::derive(move || read(confirm, |c| c.plan.header).unwrap_or_default())
            on_change=Callback::new(move |header| on.with_value(|on| on.override_with(|o| o.header = Some(header)))) />
    }
}

/// One line per column: its meaning, the reason, and how it is written.
#[component]
fn Columns(form: Confirming, page: RwSignal<u64>) -> impl IntoView {
    let app = app();
    let text = move || DataText::of(app.lang.get());
    let confirm = form.confirm;
    let shown = Memo::new(move |_| {
        let (first, all) =
            (page.get() as usize * COLUMNS, read(confirm, |c| c.plan.columns.len()).unwrap_or(0));
        first..all.min(first + COLUMNS)
    });
    let form = StoredValue::new(form);
    view! {
        <h3>{move || text().columns}</h3>
        <div class="table-box" tabindex="0" role="region" aria-label=move || text().columns>
            <table class="columns">
                <thead><tr>
                    <th scope="col">{move || text().column}</th>
                    <th scope="col">{move || text().means}</th>
                    <th scope="col">{move || text().why}</th>
                </tr></thead>
                <tbody>{move || shown.get().map(|index| view! { <ColumnRow form index/> }).collect_view()}</tbody>
            </table>
        </div>
        <p class="field-help">{move || text().pseudonymise}" – "{move || text().pseudonymise_help}</p>
    }
}

#[component]
fn ColumnRow(form: StoredValue<Confirming>, index: usize) -> impl IntoView {
    let app = app();
    let text = move || DataText::of(app.lang.get());
    let confirm = form.with_value(|form| form.confirm);
    let column = Memo::new(move |_| {
        read(confirm, |c| c.plan.columns.get(index).cloned()).flatten().unwrap_or_default()
    });
    let guess = Memo::new(move |_| read(confirm, |c| c.preview.columns.get(index).cloned()).flatten());
    let edit = move |change: &dyn Fn(&mut ColumnPlan)| {
        form.with_value(|form| {
            form.edit(|confirm| {
                if let Some(column) = confirm.plan.columns.get_mut(index) {
                    change(column);
                }
            })
        });
    };
    let name = move || match column.get().header {
        header if header.trim().is_empty() => (text().no_name)(index + 1),
        header => excerpt(&header).into_owned(),
    };
    let role_choices = Signal::derive(move || {
        let kind = read(confirm, |c| c.plan.kind).unwrap_or(TableKind::Transactions);
        let lang = app.lang.get();
        let left_out = (None, text().left_out.to_string());
        let names = roles(kind).iter().map(|&role| (Some(role), role_name(role, lang).to_string()));
        std::iter::once(left_out).chain(names).collect::<Vec<(Option<Role>, String)>>()
    });
    let set_role = move |role: Option<Role>| {
        let Some(mut guess) = guess.get_untracked() else { return };
        guess.role = role;
        edit(&|column| *column = ColumnPlan { pseudonymise: column.pseudonymise, ..guess.plan() });
    };
    let is = move |wanted: Form| move || column.get().form() == Some(wanted);
    let is_number = move || matches!(column.get().form(), Some(Form::Money | Form::Number));
    let is_text = move || matches!(column.get().form(), Some(Form::Text | Form::Customer));
    view! {
        <tr>
            <th scope="row">
                {name}
                <div class="examples">{move || guess.get().map(|g| g.samples.iter().map(|cell| excerpt(cell)).collect::<Vec<_>>().join(" · "))}</div>
            </th>
            <td>
                <SelectField label=Signal::derive(move || format!("{} – {}", text().means, name()))
                    value=Signal::derive(move || column.get().role) choices=role_choices
                    on_change=Callback::new(set_role) />
                <Show when=is(Form::Day)>
                    <SelectField label=Signal::derive(move || text().date_form.to_string())
                        value=Signal::derive(move || column.get().date_form)
                        choices=Signal::derive(move || DateForm::ALL.into_iter().map(|f| (Some(f), f.name(app.lang.get()).to_string())).collect())
                        on_change=Callback::new(move |form| edit(&|column| column.date_form = form)) />
                </Show>
                <Show when=is_number>
                    <SelectField label=Signal::derive(move || text().number_style.to_string())
                        value=Signal::derive(move || column.get().number_style)
                        choices=Signal::derive(move || [NumberStyle::DotDecimal, NumberStyle::CommaDecimal].into_iter()
                            .map(|s| (Some(s), s.name(app.lang.get()).to_string())).collect())
                        on_change=Callback::new(move |style| edit(&|column| column.number_style = style)) />
                </Show>
                <Show when=is_text>
                    <CheckField label=Signal::derive(move || text().pseudonymise.to_string())
                        value=Signal::derive(move || column.get().pseudonymise)
                        on_change=Callback::new(move |on| edit(&|column| column.pseudonymise = on)) />
                </Show>
            </td>
            <td class="why">{move || guess.get().map(|g| {
                let headers = read(confirm, headers).unwrap_or_default();
                g.reason.say(&headers, app.lang.get())
            })}</td>
        </tr>
    }
}

/// The first rows as they stand in the file.
#[component]
fn FirstRows(confirm: Memo<Option<Confirm>>, page: RwSignal<u64>) -> impl IntoView {
    let app = app();
    let text = move || DataText::of(app.lang.get());
    let rows = Memo::new(move |_| read(confirm, |c| c.preview.rows.clone()).unwrap_or_default());
    let names = Memo::new(move |_| read(confirm, headers).unwrap_or_default());
    let first = move || page.get() as usize * COLUMNS;
    view! {
        <div class="table-box" tabindex="0" role="region" aria-label=move || (text().first_rows)(rows.with(Vec::len))>
            <table class="first-rows">
                <caption>{move || (text().first_rows)(rows.with(Vec::len))}</caption>
                <thead><tr>{move || names.get().into_iter().enumerate().skip(first()).take(COLUMNS).map(|(index, name)| {
                    let name = if name.trim().is_empty() { (text().no_name)(index + 1) } else { excerpt(&name).into_owned() };
                    view! { <th scope="col">{name}</th> }
                }).collect_view()}</tr></thead>
                <tbody>{move || rows.get().into_iter().map(|row| view! {
                    <tr>{row.into_iter().skip(first()).take(COLUMNS)
                        .map(|cell| { let whole = cell.clone(); view! { <td title=whole>{cell}</td> } }).collect_view()}</tr>
                }).collect_view()}</tbody>
            </table>
        </div>
    }
}

/// Where the rows go, and what happens to those without a customer.
#[component]
fn Choices(form: Confirming) -> impl IntoView {
    let app = app();
    let text = move || DataText::of(app.lang.get());
    let confirm = form.confirm;
    let form = StoredValue::new(form);
    let can_append = move || {
        read(confirm, |c| c.plan.kind)
            .is_some_and(|kind| form.with_value(|f| f.flow.with_value(|flow| flow.has_table(kind))))
    };
    let onto_choices = Signal::derive(move || {
        let mut choices = vec![(Some(Onto::NewData), text().onto_new.to_string())];
        let can_append = can_append();
        let replace = if can_append { text().onto_replace } else { text().onto_beside };
        choices.push((Some(Onto::Replace), replace.to_string()));
        if can_append {
            choices.push((Some(Onto::Append), text().onto_append.to_string()));
        }
        choices
    });
    view! {
        <div class="field-row">
            <SelectField label=Signal::derive(move || text().onto.to_string())
                value=Signal::derive(move || read(confirm, |c| c.onto)) choices=onto_choices
                on_change=Callback::new(move |onto: Option<Onto>| form.with_value(|form| form.edit(|c| c.onto = onto.unwrap_or(c.onto)))) />
            <Show when=move || read(confirm, |c| c.plan.can_be_unknown()).unwrap_or_default()>
            <SelectField label=Signal::derive(move || text().missing_customer.to_string())
                value=Signal::derive(move || read(confirm, |c| c.plan.missing_customer != MissingCustomer::SetAside).unwrap_or_default())
                choices=Signal::derive(move || vec![(false, text().missing_set_aside.to_string()), (true, text().missing_one.to_string())])
                on_change=Callback::new(move |one: bool| form.with_value(|form| form.edit(|c| {
                    let name = DataText::of(app.lang.get_untracked()).unknown_customer.to_string();
                    c.plan.missing_customer = if one { MissingCustomer::OneUnknown { name } } else { MissingCustomer::SetAside };
                }))) />
            </Show>
        </div>
        <Show when=move || read(confirm, |c| c.plan.kind.may_lack_customer()).unwrap_or_default()>
            <p class="field-help">{move || text().key_code_is_enough}</p>
        </Show>
    }
}
