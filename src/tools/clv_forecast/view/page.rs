//! What the parts of the forecast page share.

use crate::charts::spec::ChartSpec;
use crate::core::lang::Lang;
use crate::io::download;
use crate::io::intl::Formats;
use crate::tools::clv_forecast::answer::Forecast;
use crate::tools::clv_forecast::options::ForecastOptions;
use crate::tools::clv_forecast::reading::Reader;
use crate::tools::clv_forecast::request::{ForecastAnswer, ForecastAsk, ForecastRequest};
use crate::tools::clv_forecast::text::{ForecastText, text};
use crate::ui::job::ask_tool;
use crate::ui::notices::Notice;
use crate::ui::state::{AppState, parse};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

#[derive(Clone, Copy)]
pub struct Page {
    pub app: AppState,
    pub options: Memo<ForecastOptions>,
    pub result: Signal<Arc<Forecast>>,
}

impl Page {
    pub fn lang(self) -> Lang {
        self.app.lang.get()
    }

    pub fn text(self) -> &'static ForecastText {
        text(self.lang())
    }

    /// A fixed text that follows the language.
    pub fn word(self, pick: fn(&ForecastText) -> &'static str) -> Signal<String> {
        Signal::derive(move || pick(self.text()).to_string())
    }

    /// Makes something in the reader's language and formats; reactive.
    pub fn reading<T>(self, make: impl FnOnce(Reader) -> T) -> T {
        let formats: Formats = self.app.formats.get();
        make(Reader { lang: formats.lang, show: &formats })
    }

    /// The same of the forecast.
    pub fn read<T>(self, make: impl FnOnce(&Forecast, Reader) -> T) -> T {
        self.reading(|reader| self.result.with(|forecast| make(forecast, reader)))
    }

    pub fn chart(self, make: fn(&Forecast, Reader) -> ChartSpec) -> Signal<ChartSpec> {
        Signal::derive(move || self.read(make))
    }

    /// Asks the worker for a file of all customers and saves it.
    pub fn save(self, summary: bool) {
        let (app, options) = (self.app, self.options.get_untracked());
        let lang = app.lang.get_untracked();
        let text = text(lang);
        let name = if summary { text.file_summary } else { text.file_customers };
        spawn_local(async move {
            let request = ForecastRequest { options, ask: ForecastAsk::Export { lang, summary } };
            let answer = ask_tool(app, super::TOOL.id, &request, |_| {}).await;
            match answer.and_then(|answer| Ok((parse::<ForecastAnswer>(&answer.json)?, answer.bytes))) {
                Ok((ForecastAnswer::Exported { rows }, Some(bytes))) => {
                    download::save(&format!("{name}.csv"), "text/csv;charset=utf-8", &bytes.to_vec());
                    let rows =
                        app.formats.with_untracked(|formats| Reader { lang, show: formats }.count(rows));
                    app.notices.show(Notice::plain(
                        lang.pick(format!("Downloaded {rows} customers."), format!("已下載 {rows} 位顧客。")),
                    ));
                }
                Ok((ForecastAnswer::Refused(refusal), _)) => {
                    app.notices.show(Notice::warning(refusal.say(lang)));
                }
                Ok(_) => {}
                Err(problem) => app.tell(&problem),
            }
        });
    }
}
