//! The calculators: figures by hand and published ones, what always holds, and what is said.

mod figures;
mod flows;
mod properties;
mod said;

use quintile::core::inputs::Typed;
use quintile::core::lang::Lang;
use quintile::core::money::Currency;
use quintile::core::reader::Reader;
use quintile::core::show::Plain;
use quintile::tools::break_even::answer::{Answer, Figure, Refused};
use quintile::tools::break_even::calculator::{Calculator, Given};
use quintile::tools::break_even::calculators::find;

/// Does something as a reader of this language, in plain formats and New Taiwan dollars.
fn reading<T>(lang: Lang, read: impl FnOnce(Reader) -> T) -> T {
    let (show, currency) = (Plain::default(), Currency::default());
    read(Reader { lang, show: &show, currency: &currency })
}

fn typed(numbers: &[(&str, f64)]) -> Typed {
    numbers.iter().map(|(name, number)| (name.to_string(), *number)).collect()
}

fn calculator(id: &str) -> &'static Calculator {
    find(id).expect("a calculator")
}

/// What a calculator finds for these inputs, in English; the others are as they are to begin with.
fn found(id: &str, numbers: &[(&str, f64)]) -> Result<Answer, Refused> {
    let calculator = calculator(id);
    for (name, number) in numbers {
        let input = calculator.inputs.iter().find(|input| input.name == *name).expect("an input");
        assert!(input.takes(*number), "{name} does not take {number}");
    }
    reading(Lang::En, |reader| (calculator.answer)(&Given::of(calculator, &typed(numbers)), reader))
}

#[track_caller]
fn figure<'a>(answer: &'a Answer, label: &str) -> &'a Figure {
    let all = std::iter::once(&answer.main).chain(&answer.figures);
    all.into_iter()
        .find(|figure| figure.label == label)
        .unwrap_or_else(|| panic!("no {label}: {:?}", answer.figures))
}

#[track_caller]
fn number(answer: &Answer, label: &str) -> f64 {
    figure(answer, label).number.expect("a number")
}

#[track_caller]
fn near(found: f64, expected: f64) {
    assert!((found - expected).abs() <= 1e-9 * expected.abs().max(1.0), "{found}, expected {expected}");
}
