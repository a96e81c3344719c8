//! Whom the roll-out leaves alone, and the day it is mailed.

use super::page::{Page, written};
use crate::core::day::Day;
use crate::core::typed::whole_or_none;
use crate::tools::campaign::page_text::roll_out;
use crate::ui::fields::ParsedField;
use leptos::prelude::*;

#[component]
pub fn GuardInputs(page: Page) -> impl IntoView {
    let words = move || roll_out(page.lang());
    view! {
        <fieldset>
            <legend>{move || words().guard}</legend>
            <ParsedField label=Signal::derive(move || words().guard_days.to_string())
                value=page.option(|options| options.guard.days) write=written
                read=Callback::new(move |typed: String| {
                    whole_or_none(&typed, 1..=3_650).ok_or_else(|| words().guard_days_wrong.to_string())
                })
                on_change=Callback::new(move |(days, burst)| {
                    page.edit(burst, |options| options.guard.days = days)
                })
                input_mode="numeric"/>
            <ParsedField label=Signal::derive(move || words().guard_campaigns.to_string())
                value=page.option(|options| options.guard.campaigns) write=written
                read=Callback::new(move |typed: String| {
                    whole_or_none(&typed, 1..=100).ok_or_else(|| words().guard_campaigns_wrong.to_string())
                })
                on_change=Callback::new(move |(campaigns, burst)| {
                    page.edit(burst, |options| options.guard.campaigns = campaigns)
                })
                help=Signal::derive(move || words().guard_help.to_string()) input_mode="numeric"/>
        </fieldset>
        <ParsedField label=Signal::derive(move || words().mailing_date.to_string())
            value=page.option(|options| options.mailing_date) write=written
            read=Callback::new(move |typed: String| match typed.trim() {
                "" => Ok(None),
                typed => Day::parse_iso(typed).map(Some).ok_or_else(|| words().day_wrong.to_string()),
            })
            on_change=Callback::new(move |(day, burst)| {
                page.edit(burst, |options| options.mailing_date = day)
            })
            help=Signal::derive(move || words().mailing_date_help.to_string()) kind="date"/>
    }
}
