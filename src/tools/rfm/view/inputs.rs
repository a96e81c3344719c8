//! The inputs of the RFM page. On a narrow screen they are folded away, so that the answer comes first.

use super::method::MethodFields;
use super::page::Analysis;
use crate::core::summary::AnalysisFrame;
use crate::tools::published::{offered, say_open, tool_of};
use crate::tools::rfm::options::{BINS, Best, Method, Monetary, RfmOptions, Variable};
use crate::tools::rfm::page_text::page_text;
use crate::tools::rfm::text::text;
use crate::ui::fields::{ParsedField, SelectField, ToolInputs};
use crate::ui::period::{DateField, Period, WindowFields};
use crate::ui::state::{AppState, app};
use leptos::prelude::*;
use std::sync::Arc;

/// The options and how to change them.
#[derive(Clone, Copy)]
pub struct Inputs {
    pub app: AppState,
    pub options: Memo<RfmOptions>,
    pub last: Memo<Option<Arc<Analysis>>>,
}

impl Inputs {
    /// Changes the options, as one step of undo or in a burst of typing.
    pub fn edit(self, burst: impl Into<Option<u64>>, change: impl FnOnce(&mut RfmOptions)) {
        self.app.edit(super::TOOL.id, burst, change);
    }

    /// What was spent, and what other tools can tell; the choice in force is listed even where nothing is known of it.
    fn monetary(self) -> Vec<(Monetary, String)> {
        let lang = self.app.lang.get();
        let text = text(lang);
        let mut found = vec![
            (Monetary::Total, text.monetary_total.to_string()),
            (Monetary::Mean, text.monetary_mean.to_string()),
        ];
        found.extend(offered(super::TOOL.id).map(|measure| {
            let title = (measure.title)(lang);
            let page = tool_of(super::TOOL.id, measure.name).map_or("", |tool| (tool.title)(lang));
            let name = lang.pick(format!("{title} ({page})"), format!("{title}（{page}）"));
            (Monetary::Published(measure.name.into()), name)
        }));
        let now = self.options.get().monetary;
        if let Some(name) = now.column().filter(|_| found.iter().all(|(known, _)| *known != now)) {
            found.push((now.clone(), name.to_string()));
        }
        found
    }

    fn period(self) -> Period {
        let in_force = move || self.last.with(|last| last.as_ref().map(|last| last.overview.analysis_date));
        Period {
            frame: Signal::derive(move || self.options.get().frame()),
            on_change: Callback::new(move |(frame, burst): (AnalysisFrame, Option<u64>)| {
                self.edit(burst, |options| options.set_frame(frame));
            }),
            date_in_force: Signal::derive(in_force),
        }
    }
}

#[component]
pub fn Inputs(options: Memo<RfmOptions>, last: Memo<Option<Arc<Analysis>>>) -> impl IntoView {
    let app = app();
    let inputs = Inputs { app, options, last };
    let text = move || text(app.lang.get());
    let page = move || page_text(app.lang.get());
    view! {
        <ToolInputs title=Signal::derive(move || page().settings.to_string())>
            <DateField period=inputs.period()
                hint=Signal::derive(move || text().analysis_date_hint.to_string())/>
            <WindowFields period=inputs.period() label=Signal::derive(move || text().window.to_string())
                hint=Signal::derive(move || text().window_hint.to_string())/>
            <MethodFields inputs label=Signal::derive(move || text().method.to_string())
                get=Callback::new(|options: RfmOptions| Some(options.method))
                set=Callback::new(|(mut options, method): (RfmOptions, Option<Method>)| {
                    options.method = method.unwrap_or_default();
                    options
                })
                optional=false/>
            <BinsFields inputs/>
            <SelectField label=Signal::derive(move || text().best.to_string())
                value=Signal::derive(move || options.get().best)
                choices=Signal::derive(move || vec![
                    (Best::Highest, text().best_highest.to_string()),
                    (Best::One, text().best_one.to_string()),
                ])
                on_change=move |best| inputs.edit(None, |options| options.best = best)/>
            <SelectField label=Signal::derive(move || text().monetary_is.to_string())
                value=Signal::derive(move || options.get().monetary)
                choices=Signal::derive(move || inputs.monetary())
                on_change=move |monetary| {
                    let currency = app.formats.get_untracked().currency;
                    inputs.edit(None, |options| options.set_monetary(monetary, &currency))
                }
                help=Signal::derive(move || text().monetary_hint.to_string())/>
            {move || options.with(|options| tool_of(super::TOOL.id, options.monetary.column()?)).map(|tool| view! {
                <p><a href=format!("#/{}", tool.id)>{say_open(tool, app.lang.get())}</a></p>
            })}
            <ParsedField label=Signal::derive(move || text().small_cell.to_string())
                value=Signal::derive(move || options.get().small_cell)
                write=u32::to_string
                read=Callback::new(move |typed: String| {
                    let number = typed.trim().parse::<u32>().ok().filter(|&number| number <= 1_000_000);
                    number.ok_or_else(|| page().number_unreadable.to_string())
                })
                on_change=Callback::new(move |(least, burst)| {
                    inputs.edit(burst, |options| options.small_cell = least)
                })
                input_mode="numeric"/>
            <MethodFields inputs label=Signal::derive(move || text().compare_with.to_string())
                get=Callback::new(|options: RfmOptions| options.compare_with)
                set=Callback::new(|(mut options, method): (RfmOptions, Option<Method>)| {
                    options.compare_with = method;
                    options
                })
                optional=true/>
        </ToolInputs>
    }
}

#[component]
fn BinsFields(inputs: Inputs) -> impl IntoView {
    let app = inputs.app;
    let typed = Memo::new(move |_| matches!(inputs.options.get().method, Method::Thresholds(_)));
    let help = move || {
        if typed.get() {
            page_text(app.lang.get()).bins_from_thresholds
        } else {
            text(app.lang.get()).bins_hint
        }
    };
    view! {
        <fieldset class="rfm-bins">
            <legend>{move || text(app.lang.get()).bins}</legend>
            <Show when=move || !typed.get()>
                <div class="field-row">
                    {Variable::ALL.map(|variable| view! {
                        <SelectField label=Signal::derive(move || variable.letter().to_string())
                            value=Signal::derive(move || inputs.options.get().bins[variable.index()])
                            choices=Signal::derive(|| BINS.map(|k| (k, k.to_string())).collect())
                            on_change=move |k| inputs.edit(None, |options| options.bins[variable.index()] = k)/>
                    }).into_iter().collect_view()}
                </div>
            </Show>
            <p class="field-help">{help}</p>
        </fieldset>
    }
}
