//! What the parts of the page share.

use super::TOOL;
use crate::core::lang::Lang;
use crate::tools::clv::options::{ClvOptions, Part};
use crate::tools::clv::text::{ClvText, text};
use crate::ui::state::AppState;
use leptos::prelude::*;

#[derive(Clone, Copy)]
pub struct Page {
    pub app: AppState,
    pub options: Memo<ClvOptions>,
}

impl Page {
    pub fn lang(self) -> Lang {
        self.app.lang.get()
    }

    pub fn text(self) -> &'static ClvText {
        text(self.lang())
    }

    /// Changes the record: as one step of undo, or within a burst of typing.
    pub fn set(self, burst: Option<u64>, change: impl FnOnce(&mut ClvOptions)) {
        self.app.edit(TOOL.id, burst, change);
    }

    /// Opens a part. Where one looks is no step of undo.
    pub fn open(self, part: Part) {
        let mut options = self.options.get_untracked();
        options.part = part;
        self.app.look(TOOL.id, &options);
    }
}
