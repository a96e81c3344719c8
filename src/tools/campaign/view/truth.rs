//! Which decisions hold: the verdicts of a simulated test against what is true of the sample.

use super::page::Page;
use crate::tools::campaign::answer::AgainstTruth;
use crate::tools::campaign::page_text::test;
use leptos::prelude::*;

#[component]
pub fn Truth(page: Page) -> impl IntoView {
    let truth = Memo::new(move |_| page.read(|plan, _| plan.test.as_ref()?.truth).flatten());
    view! { {move || truth.get().map(|truth| against(page, truth))} }
}

fn against(page: Page, truth: AgainstTruth) -> impl IntoView {
    let (words, n) = (test(page.lang()), page.numbers());
    let AgainstTruth { right_mailed, wrong_mailed, wrong_left, right_left } = truth;
    let (right, all) = (right_mailed + right_left, right_mailed + wrong_mailed + wrong_left + right_left);
    let says = (words.truth_says)(&n.count(right), &n.count(all), &n.share(right, all));
    view! {
        <section class="card truth">
            <h2>{words.truth_title}</h2>
            <p aria-live="polite">{says}</p>
            <div class="table-box" tabindex="0" role="region" aria-label=words.truth_title>
                <table>
                    <caption>{words.truth_caption}</caption>
                    <thead><tr>
                        <td></td>
                        <th scope="col" class="number">{words.mailed}</th>
                        <th scope="col" class="number">{words.left}</th>
                    </tr></thead>
                    <tbody>
                        <tr>
                            <th scope="row">{words.would_pay}</th>
                            <td class="number"><span class="verdict verdict-above">"✓ "{n.count(right_mailed)}</span></td>
                            <td class="number"><span class="verdict verdict-below">"✗ "{n.count(wrong_left)}</span></td>
                        </tr>
                        <tr>
                            <th scope="row">{words.would_not_pay}</th>
                            <td class="number"><span class="verdict verdict-below">"✗ "{n.count(wrong_mailed)}</span></td>
                            <td class="number"><span class="verdict verdict-above">"✓ "{n.count(right_left)}</span></td>
                        </tr>
                    </tbody>
                </table>
            </div>
        </section>
    }
}
