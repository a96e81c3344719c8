//! What the parts of the RFM page share.

use crate::core::lang::Lang;
use crate::core::money::Currency;
use crate::io::download;
use crate::io::intl::Formats;
use crate::tools::rfm::compare::Comparison;
use crate::tools::rfm::job::Explanation;
use crate::tools::rfm::model::Overview;
use crate::tools::rfm::options::RfmOptions;
use crate::tools::rfm::page_text::{PageText, page_text};
use crate::tools::rfm::reading::Reader;
use crate::tools::rfm::text::{RfmText, text};
use crate::ui::customers_link::list_customers;
use crate::ui::state::AppState;
use leptos::prelude::*;
use std::sync::Arc;

/// One analysis as the worker answered it.
#[derive(Clone, Debug, PartialEq)]
pub struct Analysis {
    pub overview: Overview,
    pub comparison: Option<Comparison>,
    pub explanation: Explanation,
}

#[derive(Clone, Copy)]
pub struct Page {
    pub app: AppState,
    pub options: Memo<RfmOptions>,
    pub result: Signal<Arc<Analysis>>,
    /// The picked field of the heat map: levels of recency and frequency.
    pub field: RwSignal<Option<(u8, u8)>>,
}

impl Page {
    pub fn lang(self) -> Lang {
        self.app.lang.get()
    }

    pub fn text(self) -> &'static RfmText {
        text(self.lang())
    }

    pub fn words(self) -> &'static PageText {
        page_text(self.lang())
    }

    /// Makes something of the analysis in the reader's language and formats; reactive.
    pub fn read<T>(self, make: impl FnOnce(&Overview, Reader) -> T) -> T {
        let formats: Formats = self.app.formats.get();
        self.result.with(|result| make(&result.overview, reader(&formats, &result.overview)))
    }

    /// Whether M is a published column, whose means stand in the tables.
    pub fn by_column(self) -> Memo<bool> {
        Memo::new(move |_| self.result.with(|result| result.overview.monetary.column.is_some()))
    }

    /// Changes the options, as one step of undo or in a burst of typing.
    pub fn edit(self, burst: impl Into<Option<u64>>, change: impl FnOnce(&mut RfmOptions)) {
        self.app.edit(super::TOOL.id, burst, change);
    }

    /// Saves a table of the analysis as CSV.
    pub fn save(self, title: &str, make: fn(&Overview, Lang, &Currency) -> Vec<u8>) {
        let formats = self.app.formats.get_untracked();
        let bytes =
            self.result.with_untracked(|result| make(&result.overview, formats.lang, &formats.currency));
        download::save(&format!("RFM {title}.csv"), "text/csv;charset=utf-8", &bytes);
    }

    /// Opens the list of customers with these classes of published columns.
    pub fn list_customers(self, filters: &[(&str, String)]) {
        list_customers(self.app, filters);
    }
}

fn reader<'a>(formats: &'a Formats, overview: &'a Overview) -> Reader<'a> {
    let monetary = &overview.monetary;
    Reader { lang: formats.lang, show: formats, currency: &formats.currency, monetary }
}
