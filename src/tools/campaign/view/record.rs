//! The lists of the test and of the roll-out as files, and on record as mailed.

use super::TOOL;
use super::head::read_name;
use super::page::{Page, written};
use crate::core::day::Day;
use crate::core::show::Show as _;
use crate::io::download;
use crate::tools::campaign::answer::Refusal;
use crate::tools::campaign::page_text::record;
use crate::tools::campaign::request::{CampaignAnswer, CampaignAsk, CampaignRequest};
use crate::ui::fields::ParsedField;
use crate::ui::job::{ask_tool, change_tool};
use crate::ui::notices::Notice;
use crate::ui::state::{DataState, parse};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Which of the two mailings.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mailing {
    Test,
    RollOut,
}

#[component]
pub fn TestList(page: Page) -> impl IntoView {
    view! { <ListCard page mailing=Mailing::Test/> }
}

#[component]
pub fn RollOutList(page: Page) -> impl IntoView {
    view! { <ListCard page mailing=Mailing::RollOut/> }
}

#[component]
fn ListCard(page: Page, mailing: Mailing) -> impl IntoView {
    let words = move || record(page.lang());
    let is_test = mailing == Mailing::Test;
    let kept_on =
        Memo::new(
            move |_| {
                if mailing == Mailing::Test { page.kept_test_on() } else { page.kept_roll_out_on() }
            },
        );
    let kept = move || {
        kept_on.get().map(|day| {
            let say = if is_test { words().test_kept } else { words().roll_out_kept };
            say(&page.app.formats.get().day(day))
        })
    };
    let day = RwSignal::new(None::<Day>);
    // What is mailed to the best cells of a test is mailed after it.
    let not_before = Memo::new(move |_| page.kept_test_on().filter(|_| !is_test));
    let day_in_force = move || day.get().or_else(|| mailing_day(page)).max(not_before.get());
    let read_day = move |typed: String| {
        let day = Day::parse_iso(typed.trim()).ok_or_else(|| words().day_wrong.to_string())?;
        match not_before.get_untracked().filter(|&test| day < test) {
            Some(test) => Err((words().before_test)(&page.app.formats.get_untracked().day(test))),
            None => Ok(Some(day)),
        }
    };
    let busy = RwSignal::new(false);
    let named = page.option(|options| !options.name.is_empty());
    let pick = move |test: &'static str, roll_out: &'static str| if is_test { test } else { roll_out };
    view! {
        <section class="card">
            <h2>{move || pick(words().test_title, words().roll_out_title)}</h2>
            <p class="field-help">{move || pick(words().test_help, words().roll_out_help)}</p>
            {move || kept().map(|text| view! { <p class="info">{text}</p> })}
            <Show when=move || kept_on.get().is_none()>
                <div class="field-row record-fields">
                    // The recorded test is found by its name.
                    <Show when=move || page.kept_test_on().is_none()><NameField page/></Show>
                    <ParsedField label=Signal::derive(move || words().day.to_string())
                        value=Signal::derive(day_in_force)
                        write=written
                        read=Callback::new(read_day)
                        on_change=Callback::new(move |(chosen, _)| day.set(chosen))
                        help=Signal::derive(move || words().day_help.to_string()) kind="date"/>
                </div>
            </Show>
            <div class="actions">
                <button type="button" disabled=move || busy.get() on:click=move |_| save_list(page, mailing, busy)>
                    {move || if busy.get() { words().listing } else { pick(words().save_test, words().save_roll_out) }}
                </button>
                <Show when=move || kept_on.get().is_none()>
                    <button type="button" class="primary"
                        disabled=move || busy.get() || !named.get() || day_in_force().is_none()
                        on:click=move |_| {
                            if let Some(on) = untrack(day_in_force) {
                                put_on_record(page, mailing, on, busy);
                            }
                        }>{move || pick(words().record_test, words().record_roll_out)}</button>
                    <Show when=move || !named.get()>
                        <span class="field-help">{move || words().needs_name}</span>
                    </Show>
                </Show>
            </div>
        </section>
    }
}

#[component]
fn NameField(page: Page) -> impl IntoView {
    view! {
        <ParsedField label=Signal::derive(move || page.frame().name.to_string())
            value=page.option(|options| options.name.clone()) write=String::clone
            read=Callback::new(move |typed: String| read_name(page.app, &typed))
            on_change=Callback::new(move |(name, burst)| page.edit(burst, |options| options.name = name))/>
    }
}

/// The day that a mailing is recorded under unless the person says otherwise: the day on which the data end, so that
/// days since then are counted alike everywhere.
fn mailing_day(page: Page) -> Option<Day> {
    let chosen = page.options.with(|options| options.mailing_date);
    chosen.or_else(|| match page.app.data.get() {
        DataState::Ready(info) => info.last_day(),
        _ => None,
    })
}

fn save_list(page: Page, mailing: Mailing, busy: RwSignal<bool>) {
    let (app, lang) = (page.app, page.app.lang.get_untracked());
    let options = page.options.get_untracked();
    let words = record(lang);
    let (ask, file) = match mailing {
        Mailing::Test => (CampaignAsk::TestList { lang }, words.test_file),
        Mailing::RollOut => (CampaignAsk::RollOutList { lang }, words.roll_out_file),
    };
    let name = format!("{} {file}.csv", options.name);
    busy.set(true);
    spawn_local(async move {
        let answer = ask_tool(app, TOOL.id, &CampaignRequest { options, ask }, |_| {}).await;
        let _ = busy.try_set(false);
        match answer.and_then(|answer| Ok((parse::<CampaignAnswer>(&answer.json)?, answer.bytes))) {
            Ok((CampaignAnswer::List { rows }, Some(bytes))) => {
                download::save(name.trim_start(), "text/csv;charset=utf-8", &bytes.to_vec());
                let rows = app.formats.get_untracked().count(rows as i64);
                app.notices.show(Notice::plain((words.saved)(&rows)));
            }
            Ok((CampaignAnswer::Refused(refusal), _)) => refuse(page, &refusal),
            Ok(_) => {}
            Err(problem) => app.tell(&problem),
        }
    });
}

/// Puts a mailing into the contacts, and keeps with the campaign what it was: one step of undo takes both back.
fn put_on_record(page: Page, mailing: Mailing, on: Day, busy: RwSignal<bool>) {
    let app = page.app;
    let options = page.options.get_untracked();
    let name = options.name.clone();
    let ask = match mailing {
        Mailing::Test => CampaignAsk::RecordTest { on },
        Mailing::RollOut => CampaignAsk::RecordRollOut { on },
    };
    busy.set(true);
    spawn_local(async move {
        let burst = app.new_burst();
        let answer = change_tool(app, TOOL.id, &CampaignRequest { options, ask }, Some(burst)).await;
        let _ = busy.try_set(false);
        let words = record(app.lang.get_untracked());
        // What was typed meanwhile stays: only the kept mailing is put in.
        let said = match answer.and_then(|answer| parse::<CampaignAnswer>(&answer.json)) {
            Ok(CampaignAnswer::TestRecorded(kept)) => {
                page.edit(burst, |options| options.kept_test = Some(kept));
                words.test_recorded
            }
            Ok(CampaignAnswer::RollOutRecorded(kept)) => {
                page.edit(burst, |options| options.kept_roll_out = Some(kept));
                words.roll_out_recorded
            }
            Ok(CampaignAnswer::Refused(refusal)) => return refuse(page, &refusal),
            Ok(_) => return,
            Err(problem) => return app.tell(&problem),
        };
        let notice = Notice::plain(said(&name));
        app.notices.show(notice.with_action(app.text().undo, move || app.undo()));
    });
}

fn refuse(page: Page, refusal: &Refusal) {
    page.app.notices.show(Notice::warning(refusal.say(page.app.lang.get_untracked())));
}
