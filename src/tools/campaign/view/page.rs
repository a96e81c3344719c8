//! What the parts of the campaign page share.

use super::TOOL;
use super::numbers::Numbers;
use crate::charts::spec::{ChartSpec, HorizontalBars, Marks};
use crate::core::day::Day;
use crate::core::lang::Lang;
use crate::tools::campaign::answer::{Plan, Warning};
use crate::tools::campaign::chart::Reader;
use crate::tools::campaign::options::{CampaignOptions, Stage};
use crate::tools::campaign::page_text::{FrameWords, frame};
use crate::ui::state::AppState;
use leptos::prelude::*;
use std::sync::Arc;

/// The record of the tool that makes the cells; its inputs are known by name only.
pub const RFM: &str = "rfm";

#[derive(Clone, Copy)]
pub struct Page {
    pub app: AppState,
    pub options: Memo<CampaignOptions>,
    /// What the worker answered last, unless it refused.
    pub last: Memo<Option<Arc<Plan>>>,
}

impl Page {
    pub fn lang(self) -> Lang {
        self.app.lang.get()
    }

    pub fn frame(self) -> &'static FrameWords {
        frame(self.lang())
    }

    pub fn numbers(self) -> Numbers {
        Numbers { formats: self.app.formats.get() }
    }

    /// Makes something of the plan in the reader's language and formats; reactive. Nothing while there is no plan.
    pub fn read<T>(self, make: impl FnOnce(&Plan, &Numbers) -> T) -> Option<T> {
        let numbers = self.numbers();
        self.last.with(|plan| plan.as_ref().map(|plan| make(plan, &numbers)))
    }

    /// As [`Page::read`] for a text, which is empty while there is no plan.
    pub fn say(self, make: impl FnOnce(&Plan, &Numbers) -> String) -> String {
        self.read(make).unwrap_or_default()
    }

    /// A chart of the plan. While there is none to draw, the picture before stays until the frame around it has gone.
    pub fn draw(self, make: fn(&Plan, Reader) -> Option<ChartSpec>) -> Memo<ChartSpec> {
        self.draw_with(move |page| page.read(|plan, numbers| make(plan, numbers.reader())).flatten())
    }

    /// As [`Page::draw`] for a chart of something else.
    pub fn draw_with(
        self,
        make: impl Fn(Page) -> Option<ChartSpec> + Send + Sync + 'static,
    ) -> Memo<ChartSpec> {
        Memo::new(move |before: Option<&ChartSpec>| {
            make(self).or_else(|| before.cloned()).unwrap_or_else(nothing)
        })
    }

    /// The name of a downloaded file: the campaign's, and what it shows.
    pub fn file_name(self, what: &str) -> String {
        self.options.with(|options| format!("{} {what}", options.name).trim_start().to_string())
    }

    /// A part of the options, that tells of changes of this part only.
    pub fn option<T>(self, get: fn(&CampaignOptions) -> T) -> Memo<T>
    where
        T: PartialEq + Send + Sync + 'static,
    {
        Memo::new(move |_| self.options.with(get))
    }

    /// The day of the test on record, as long as the contacts have its names.
    pub fn kept_test_on(self) -> Option<Day> {
        let kept = self.options.with(|options| options.kept_test.as_ref().map(|kept| kept.on));
        kept.filter(|_| !self.warns(&Warning::TestGone))
    }

    /// The day of the roll-out on record, as long as the contacts have its names.
    pub fn kept_roll_out_on(self) -> Option<Day> {
        let kept = self.options.with(|options| options.kept_roll_out.as_ref().map(|kept| kept.on));
        kept.filter(|_| !self.warns(&Warning::TestGone) && !self.warns(&Warning::RollOutGone))
    }

    fn warns(self, warning: &Warning) -> bool {
        self.last.with(|plan| plan.as_ref().is_some_and(|plan| plan.warnings.contains(warning)))
    }

    /// What stands between two sentences.
    pub fn gap(self) -> &'static str {
        self.lang().pick(" ", "")
    }

    /// The options as the worker is asked: where one looks changes nothing that is calculated.
    pub fn asked(self) -> CampaignOptions {
        CampaignOptions { stage: Stage::default(), ..self.options.get() }
    }

    /// Changes the options, as one step of undo or in a burst of typing.
    pub fn edit(self, burst: impl Into<Option<u64>>, change: impl FnOnce(&mut CampaignOptions)) {
        self.app.edit(TOOL.id, burst, change);
    }

    /// Opens a step. Where one looks is no step of undo.
    pub fn look(self, stage: Stage) {
        let mut options = self.options.get_untracked();
        options.stage = stage;
        self.app.look(TOOL.id, &options);
        window().scroll_to_with_x_and_y(0.0, 0.0);
    }
}

/// A seed for a draw: whole, and small enough for a number in JSON.
pub fn new_seed() -> u64 {
    (js_sys::Math::random() * 1e6) as u64
}

/// A value in a field that may be empty.
pub fn written<T: ToString>(value: &Option<T>) -> String {
    value.as_ref().map(T::to_string).unwrap_or_default()
}

/// A chart without marks.
fn nothing() -> ChartSpec {
    let bars = HorizontalBars {
        category_title: String::new(),
        categories: Vec::new(),
        series_title: String::new(),
        series: Vec::new(),
        value_title: String::new(),
    };
    ChartSpec {
        title: String::new(),
        subtitle: String::new(),
        description: String::new(),
        marks: Marks::HorizontalBars(bars),
        legend: None,
    }
}
