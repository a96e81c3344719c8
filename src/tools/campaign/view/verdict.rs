//! A verdict as a coloured word.

use super::page::Page;
use crate::tools::campaign::answer::Verdict;
use crate::tools::campaign::page_text::test;
use leptos::prelude::*;

pub const VERDICTS: [Verdict; 3] = [Verdict::RollOut, Verdict::CantTell, Verdict::DontMail];

pub fn chip(page: Page, verdict: Verdict) -> impl IntoView {
    let class = match verdict {
        Verdict::RollOut => "verdict verdict-above",
        Verdict::CantTell => "verdict verdict-cant-tell",
        Verdict::DontMail => "verdict verdict-below",
    };
    view! { <span class=class>{test(page.lang()).verdict(verdict)}</span> }
}
