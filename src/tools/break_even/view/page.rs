//! What the parts of the page share.

use super::TOOL;
use crate::core::inputs::Words;
use crate::core::lang::Lang;
use crate::core::reader::Reader;
use crate::tools::break_even::answer::{Answer, Refused};
use crate::tools::break_even::calculator::{Calculator, Given};
use crate::tools::break_even::options::{BreakEvenOptions, CalculatorOptions};
use crate::tools::break_even::text::{BreakEvenText, text};
use crate::ui::state::{AppState, app};
use leptos::prelude::*;
use std::sync::Arc;

#[derive(Clone, Copy)]
pub struct Page {
    pub app: AppState,
    pub calculator: &'static Calculator,
    pub options: Memo<BreakEvenOptions>,
    /// The inputs of this calculator.
    pub typed: Memo<CalculatorOptions>,
    pub given: Memo<Given>,
    pub result: Memo<Result<Arc<Answer>, Refused>>,
}

impl Page {
    pub fn new(calculator: &'static Calculator, options: Memo<BreakEvenOptions>) -> Page {
        let app = app();
        let typed = Memo::new(move |_| options.with(|options| options.of(calculator)));
        let given = Memo::new(move |_| typed.with(|typed| typed.given(calculator, app.lang.get())));
        let result = Memo::new(move |_| {
            let formats = app.formats.get();
            given.with(|given| (calculator.answer)(given, formats.reader()).map(Arc::new))
        });
        Page { app, calculator, options, typed, given, result }
    }

    pub fn lang(self) -> Lang {
        self.app.lang.get()
    }

    pub fn text(self) -> &'static BreakEvenText {
        text(self.lang())
    }

    pub fn word(self, pick: fn(&BreakEvenText) -> &'static str) -> Signal<String> {
        Signal::derive(move || pick(self.text()).to_string())
    }

    /// A text of the calculator in the reader's language.
    pub fn words(self, words: Words) -> &'static str {
        self.lang().pick(words.0, words.1)
    }

    /// Makes something in the reader's language and formats; reactive.
    pub fn read<T>(self, make: impl FnOnce(Reader) -> T) -> T {
        make(self.app.formats.get().reader())
    }

    /// Changes the inputs of this calculator, as one step of undo or in a burst of typing.
    pub fn edit(self, burst: impl Into<Option<u64>>, change: impl FnOnce(&mut CalculatorOptions)) {
        let calculator = self.calculator;
        self.app.edit(TOOL.id, burst, move |options: &mut BreakEvenOptions| options.edit(calculator, change));
    }
}
