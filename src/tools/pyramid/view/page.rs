//! What the parts of the pyramid page share.

use crate::core::lang::Lang;
use crate::io::download;
use crate::io::intl::Formats;
use crate::tools::pyramid::answer::Pyramid;
use crate::tools::pyramid::files;
use crate::tools::pyramid::options::PyramidOptions;
use crate::tools::pyramid::reading::Reader;
use crate::tools::pyramid::request::{PyramidAnswer, PyramidAsk, PyramidRequest};
use crate::tools::pyramid::text::{PyramidText, text};
use crate::ui::customers_link::list_customers;
use crate::ui::job::ask_tool;
use crate::ui::notices::Notice;
use crate::ui::state::{AppState, parse};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

#[derive(Clone, Copy)]
pub struct Page {
    pub app: AppState,
    pub options: Memo<PyramidOptions>,
    pub result: Signal<Arc<Pyramid>>,
}

impl Page {
    pub fn lang(self) -> Lang {
        self.app.lang.get()
    }

    pub fn text(self) -> &'static PyramidText {
        text(self.lang())
    }

    /// Makes something of the pyramid in the reader's language and formats; reactive.
    pub fn read<T>(self, make: impl FnOnce(&Pyramid, Reader) -> T) -> T {
        let formats: Formats = self.app.formats.get();
        self.result.with(|pyramid| make(pyramid, Reader { lang: formats.lang, show: &formats }))
    }

    /// Opens the list of a tier's customers, by the tier's English name.
    pub fn list(self, tier: String) {
        list_customers(self.app, &[(crate::tools::pyramid::publish::name::TIER, tier)]);
    }

    /// Saves the table of tiers with the strategies as CSV.
    pub fn save_tiers(self) {
        let formats = self.app.formats.get_untracked();
        let mut pyramid = Pyramid::clone(&self.result.get_untracked());
        pyramid.fill_strategies(&self.options.get_untracked());
        let bytes = files::tiers(&pyramid, formats.lang, &formats.currency);
        let name = format!("{}.csv", text(formats.lang).file_tiers);
        download::save(&name, "text/csv;charset=utf-8", &bytes);
    }

    /// Asks the worker for the file of all customers and saves it.
    pub fn save_customers(self) {
        let (app, options) = (self.app, self.options.get_untracked());
        let lang = app.lang.get_untracked();
        spawn_local(async move {
            let request = PyramidRequest { options, ask: PyramidAsk::Export { lang } };
            let answer = ask_tool(app, super::TOOL.id, &request, |_| {}).await;
            match answer.and_then(|answer| Ok((parse::<PyramidAnswer>(&answer.json)?, answer.bytes))) {
                Ok((PyramidAnswer::Exported { rows }, Some(bytes))) => {
                    let name = format!("{}.csv", text(lang).file_customers);
                    download::save(&name, "text/csv;charset=utf-8", &bytes.to_vec());
                    let rows =
                        app.formats.with_untracked(|formats| Reader { lang, show: formats }.count(rows));
                    app.notices.show(Notice::plain(
                        lang.pick(format!("Downloaded {rows} customers."), format!("已下載 {rows} 位顧客。")),
                    ));
                }
                Ok((PyramidAnswer::Refused(refusal), _)) => {
                    app.notices.show(Notice::warning(refusal.say(lang)));
                }
                Ok(_) => {}
                Err(problem) => app.tell(&problem),
            }
        });
    }
}
