//! A tool's question to the worker, asked again whenever its inputs or the data change.

use crate::core::problem::Problem;
use crate::core::workspace::Source;
use crate::io::worker_client::{Answer, Attached};
use crate::jobs::ToolRequest;
use crate::jobs::protocol::{Changed, Request};
use crate::tools::{Listed, publishers_before, publishers_needed};
use crate::ui::startup::new_id;
use crate::ui::state::{AppState, DataState, app, parse};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The newest answer to a question that changes. The last good answer stays while the next is on its way.
pub struct Job<A: Send + Sync + 'static> {
    pub answer: RwSignal<Option<A>>,
    pub problem: RwSignal<Option<Problem>>,
    /// How far the running question is, from 0 to 1.
    pub running: RwSignal<Option<f64>>,
    /// Asks again what was stopped or failed.
    pub again: Callback<()>,
}

impl<A: Send + Sync + 'static> Clone for Job<A> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<A: Send + Sync + 'static> Copy for Job<A> {}

/// Asks `tool` what `question` says, now and whenever it or the data change. While one question runs, only the
/// newest of those that follow is kept.
pub fn use_job<Q, A>(tool: &'static str, question: impl Fn() -> Q + Send + Sync + 'static) -> Job<A>
where
    Q: Serialize + PartialEq + Clone + Send + Sync + 'static,
    A: DeserializeOwned + Send + Sync + 'static,
{
    let app = app();
    // A question that was stopped, or that the worker failed at, is not asked of the next worker by itself: it would
    // be stopped or fail there too, and so on for ever.
    let stopped = StoredValue::new(None::<(Q, Source)>);
    let asked_again = RwSignal::new(());
    let job = Job {
        answer: RwSignal::new(None),
        problem: RwSignal::new(None),
        running: RwSignal::new(None),
        again: Callback::new(move |()| {
            stopped.set_value(None);
            asked_again.set(());
        }),
    };
    let newest = StoredValue::new(0_u64);
    let question = Memo::new(move |_| question());
    let publishers = StoredValue::new(publishers_before(tool));
    let published = Memo::new(move |_| {
        let record = |tool: &&Listed| app.workspace.with(|w| w.records.get(tool.id).cloned());
        publishers.with_value(|publishers| publishers.iter().map(record).collect::<Vec<_>>())
    });
    Effect::new(move |_| {
        app.data_version.track();
        // Read, not only tracked: a memo that was never read follows nothing.
        published.with(|_| ());
        asked_again.track();
        let asked = question.get();
        let source = app.workspace.with_untracked(|workspace| workspace.source());
        if stopped.with_value(|stopped| stopped.as_ref().is_some_and(|(q, s)| *q == asked && *s == source)) {
            return;
        }
        // Whoever has asked something else in between and comes back to it wants it.
        stopped.set_value(None);
        match app.data.get() {
            DataState::Ready(_) => {}
            // Told once, above the page.
            DataState::Failed(_) => return job.problem.set(None),
            DataState::Loading { .. } => return,
        }
        newest.update_value(|n| *n += 1);
        let mine = newest.get_value();
        spawn_local(async move {
            // A short wait lets a burst of changes pass as one question.
            if job.running.try_get_untracked().flatten().is_some() {
                wait(60).await;
            }
            if newest.try_get_value() != Some(mine) {
                return;
            }
            job.running.set(Some(0.0));
            let on_progress = move |done| {
                // Nothing to tell when the page has been left.
                let _ = job.running.try_set(Some(done));
            };
            let result =
                ask_tool(app, tool, &asked, on_progress).await.and_then(|answer| parse(&answer.json));
            // The page may have been left, or asked something newer, while the worker calculated.
            if newest.try_get_value() != Some(mine) {
                return;
            }
            job.running.set(None);
            match result {
                Ok(answer) => {
                    job.problem.set(None);
                    job.answer.set(Some(answer));
                }
                // The data are being opened again, and then this is asked again.
                Err(Problem::Interrupted) => {}
                Err(problem) => {
                    if problem.is_passing() {
                        stopped.set_value(Some((asked, source)));
                    }
                    job.problem.set(Some(problem));
                }
            }
        });
    });
    job
}

/// Asks a tool once.
pub async fn ask_tool<Q: Serialize>(
    app: AppState,
    tool: &str,
    question: &Q,
    on_progress: impl Fn(f64) + 'static,
) -> Result<Answer, Problem> {
    publish_before(app, tool).await?;
    app.ask(Request::Tool(request_to(tool, question)), Attached::default(), on_progress).await
}

/// Asks a tool something that may change the data, and gives the tool's own answer. Where the data have changed, the
/// workspace points at the new ones: as one step of undo, or in a burst with the records that belong to the change.
pub async fn change_tool<Q: Serialize>(
    app: AppState,
    tool: &str,
    question: &Q,
    burst: Option<u64>,
) -> Result<Answer, Problem> {
    let before = app.open_data();
    publish_before(app, tool).await?;
    if app.open_data() != before {
        return Err(Problem::Cancelled);
    }
    let keep = app.keeps();
    let request = Request::Change { request: request_to(tool, question), id: new_id(), keep };
    let answer = app.ask(request, Attached::default(), |_| {}).await;
    match answer.and_then(|answer| Ok((parse::<Changed>(&answer.json)?, answer.bytes))) {
        Ok((Changed { answer, now }, unkept)) => {
            if let Some(now) = now {
                app.take_changed(&before, now, unkept, burst)?;
            }
            Ok(Answer { json: answer, bytes: None })
        }
        Err(problem) => {
            // The worker may hold what could not be stored: go back to what is. A worker that was ended has done so.
            if !problem.ended_worker() {
                app.reopen();
            }
            Err(problem)
        }
    }
}

fn request_to<Q: Serialize>(tool: &str, question: &Q) -> ToolRequest {
    ToolRequest { tool: tool.into(), input: serde_json::to_value(question).expect("a question is JSON") }
}

/// Has the tools that a tool reads from publish what the workspace's records say, each in its turn. One whose options
/// and data have not changed answers from its store; one that cannot publish from these data is passed over.
async fn publish_before(app: AppState, tool: &str) -> Result<(), Problem> {
    let needed = app.workspace.with_untracked(|w| publishers_needed(tool, &w.records));
    for tool in needed {
        let record = app.workspace.with_untracked(|w| w.records.get(tool.id).cloned()).unwrap_or_default();
        let request = Request::Publish { tool: tool.id.into(), record };
        let published = app.ask(request, Attached::default(), |_| {}).await;
        if let Err(problem) = published
            && problem.is_passing()
        {
            return Err(problem);
        }
    }
    Ok(())
}

/// Waits some milliseconds.
pub async fn wait(milliseconds: i32) {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds);
    });
    let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
}

/// Why the data are not open, above whatever page is shown.
#[component]
pub fn DataProblem() -> impl IntoView {
    let app = app();
    let failed = move || match app.data.get() {
        DataState::Failed(problem) => Some(problem),
        _ => None,
    };
    view! {
        <div class="data-problem">
            {move || failed().map(|problem| view! {
                <p class="problem" role="alert">{move || problem.say(app.lang.get())}</p>
                <button type="button" on:click=move |_| app.reopen()>{move || app.text().open_again}</button>
            })}
        </div>
    }
}

/// What stands where an answer will be: progress with a cancel button after a moment, or what went wrong.
#[component]
pub fn JobStatus<A: Send + Sync + 'static>(job: Job<A>) -> impl IntoView {
    let app = app();
    let loading = move || match app.data.get() {
        DataState::Loading { done } => Some(done),
        _ => job.running.get(),
    };
    view! {
        <div class="job-status" aria-live="polite">
            {move || loading().map(|done| view! { <Running done/> })}
            {move || job.problem.get().map(|problem| {
                let again = problem.is_passing();
                view! {
                    <p class="problem" role="alert">{move || problem.say(app.lang.get())}</p>
                    <Show when=move || again>
                        <button type="button" on:click=move |_| job.again.run(())>{move || app.text().again}</button>
                    </Show>
                }
            })}
        </div>
    }
}

/// A progress bar with a cancel button; it shows itself only when the work takes longer than a moment (CSS).
#[component]
pub fn Running(done: f64) -> impl IntoView {
    let app = app();
    view! {
        <div class="running">
            <progress max="1" value=done aria-label=move || app.text().working></progress>
            <span>{move || app.text().working}</span>
            <button type="button" class="quiet" on:click=move |_| app.cancel()>{move || app.text().cancel}</button>
        </div>
    }
}
