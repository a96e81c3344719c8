//! The inputs of a calculation as data: what each is called, what may be typed, how it is written, and how it travels
//! in an address. A page makes its fields of them, [`crate::core::sensitivity`] varies them.

use crate::core::lang::Lang;
use crate::core::reader::Reader;
use crate::core::typed;
use std::collections::BTreeMap;

/// A text in both languages: English, Traditional Chinese.
pub type Words = (&'static str, &'static str);

/// The names of inputs with the numbers that differ from those to begin with: what a record keeps and a link carries.
pub type Typed = BTreeMap<String, f64>;

/// What an input measures.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// Units of the currency.
    Money,
    /// A share of 1, typed and shown in per cent.
    Rate,
    /// A number whose unit the label says.
    Number,
    /// A whole number whose unit the label says.
    Whole,
    /// One of several, by its position.
    Choice(&'static [Words]),
}

/// An input: its name in links, its label, and the numbers that it may have.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Input {
    pub name: &'static str,
    pub label: Words,
    /// Stands under the field; empty where the label says all.
    pub help: Words,
    pub kind: Kind,
    /// The number to begin with.
    pub start: f64,
    pub least: f64,
    pub most: f64,
    /// Set with a slider, too.
    pub slider: bool,
    /// Asked only while the choice of this name has one of these positions.
    pub only: Option<(&'static str, &'static [usize])>,
}

impl Input {
    const fn new(name: &'static str, label: Words, kind: Kind, start: f64, least: f64, most: f64) -> Input {
        Input { name, label, help: ("", ""), kind, start, least, most, slider: false, only: None }
    }

    /// An amount of 0 or more, in units of the currency.
    pub const fn money(name: &'static str, label: Words, start: f64) -> Input {
        Input::new(name, label, Kind::Money, start, 0.0, typed::LARGEST)
    }

    /// A share from 0 to 100 %.
    pub const fn rate(name: &'static str, label: Words, start: f64) -> Input {
        Input::new(name, label, Kind::Rate, start, 0.0, 1.0)
    }

    /// A number of 0 or more.
    pub const fn number(name: &'static str, label: Words, start: f64) -> Input {
        Input::new(name, label, Kind::Number, start, 0.0, typed::LARGEST)
    }

    /// A whole number of 0 or more.
    pub const fn whole(name: &'static str, label: Words, start: f64) -> Input {
        Input::new(name, label, Kind::Whole, start, 0.0, typed::LARGEST)
    }

    /// One of several; the first to begin with.
    pub const fn choice(name: &'static str, label: Words, choices: &'static [Words]) -> Input {
        Input::new(name, label, Kind::Choice(choices), 0.0, 0.0, (choices.len() - 1) as f64)
    }

    pub const fn between(self, least: f64, most: f64) -> Input {
        Input { least, most, ..self }
    }

    pub const fn help(self, help: Words) -> Input {
        Input { help, ..self }
    }

    pub const fn with_slider(self) -> Input {
        Input { slider: true, ..self }
    }

    /// Asked only while the choice `name` has one of these positions.
    pub const fn only_while(self, name: &'static str, positions: &'static [usize]) -> Input {
        Input { only: Some((name, positions)), ..self }
    }

    /// Whether the number is one that the input may have.
    pub fn takes(&self, number: f64) -> bool {
        let whole = !matches!(self.kind, Kind::Whole | Kind::Choice(_)) || number.fract() == 0.0;
        number.is_finite() && whole && (self.least..=self.most).contains(&number)
    }

    pub fn label(&self, lang: Lang) -> &'static str {
        lang.pick(self.label.0, self.label.1)
    }

    /// The label with the unit that is typed: `Discount rate (%)`.
    pub fn labelled(&self, reader: Reader) -> String {
        let label = self.label(reader.lang);
        let unit = match self.kind {
            Kind::Money => reader.currency.symbol.as_str(),
            Kind::Rate => "%",
            _ => return label.into(),
        };
        reader.pick(format!("{label} ({unit})"), format!("{label}（{unit}）"))
    }

    /// The number as text in a field.
    ///
    /// ```
    /// use quintile::core::inputs::Input;
    /// assert_eq!(Input::rate("r", ("Retention", "保留率"), 0.8).write(0.075), "7.5");
    /// ```
    pub fn write(&self, number: f64) -> String {
        match self.kind {
            Kind::Rate => ((number * 1e10).round() / 1e8).to_string(),
            _ => number.to_string(),
        }
    }

    /// The number that was typed.
    ///
    /// ```
    /// use quintile::core::inputs::{Input, InputError};
    /// let retention = Input::rate("r", ("Retention", "保留率"), 0.8);
    /// assert_eq!(retention.read("75%"), Ok(0.75));
    /// assert_eq!(retention.read("much"), Err(InputError::NotANumber));
    /// assert_eq!(retention.read("120"), Err(InputError::Outside { least: 0.0, most: 1.0 }));
    /// ```
    ///
    /// # Errors
    /// [`InputError`] where the text is no number, not whole where it must be, or outside the input's range.
    pub fn read(&self, text: &str) -> Result<f64, InputError> {
        let text = text.trim();
        let number = match self.kind {
            Kind::Rate => typed::number(text.trim_end_matches(['%', '％'])).map(typed::share_of_percent),
            _ => typed::number(text),
        };
        let number = number.ok_or(InputError::NotANumber)?;
        if self.kind == Kind::Whole && number.fract() != 0.0 {
            return Err(InputError::NotWhole);
        }
        if self.takes(number) {
            Ok(number)
        } else {
            Err(InputError::Outside { least: self.least, most: self.most })
        }
    }

    /// The number as the reader writes it.
    pub fn show(&self, number: f64, reader: Reader) -> String {
        match self.kind {
            Kind::Money => reader.price(number),
            Kind::Rate => reader.exact_percent(number),
            Kind::Number | Kind::Whole => reader.exact(number),
            Kind::Choice(choices) => {
                choices.get(number as usize).map_or("", |words| reader.pick(words.0, words.1)).into()
            }
        }
    }
}

/// Why typed text is no number for an input.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum InputError {
    NotANumber,
    NotWhole,
    Outside { least: f64, most: f64 },
}

impl InputError {
    pub fn say(self, input: &Input, reader: Reader) -> String {
        let shown = |number| input.show(number, reader);
        match self {
            InputError::NotANumber => {
                let example = input.write(input.start);
                reader.pick(
                    format!("Type a number, such as {example}."),
                    format!("請輸入數字，例如 {example}。"),
                )
            }
            InputError::NotWhole => {
                reader.pick("Type a whole number, without decimals.", "請輸入整數，不要小數。").into()
            }
            InputError::Outside { least, most } => reader.pick(
                format!("Type a number from {} to {}.", shown(least), shown(most)),
                format!("請輸入 {} 到 {} 之間的數字。", shown(least), shown(most)),
            ),
        }
    }
}

/// A number for each of a calculation's inputs.
#[derive(Clone, Debug, PartialEq)]
pub struct Values {
    inputs: &'static [Input],
    numbers: Vec<f64>,
}

impl Values {
    /// What was typed, and for the rest the numbers to begin with. A number that its input does not take (of an older
    /// version, say) is passed over.
    pub fn of(inputs: &'static [Input], typed: &Typed) -> Values {
        let number = |input: &Input| {
            typed.get(input.name).copied().filter(|&number| input.takes(number)).unwrap_or(input.start)
        };
        Values { inputs, numbers: inputs.iter().map(number).collect() }
    }

    pub fn inputs(&self) -> &'static [Input] {
        self.inputs
    }

    /// The number of an input.
    ///
    /// # Panics
    /// Where the calculation has no input of this name: a slip in the program, which any test of it finds.
    pub fn get(&self, name: &str) -> f64 {
        match self.place(name) {
            Some(at) => self.numbers[at],
            None => panic!("there is no input {name}"),
        }
    }

    /// The position of a choice.
    pub fn choice(&self, name: &str) -> usize {
        self.get(name) as usize
    }

    pub fn at(&self, place: usize) -> f64 {
        self.numbers[place]
    }

    /// The same with another number in one place.
    pub fn with_at(&self, place: usize, number: f64) -> Values {
        let mut changed = self.clone();
        changed.numbers[place] = number;
        changed
    }

    pub fn with(&self, name: &str, number: f64) -> Values {
        self.place(name).map_or_else(|| self.clone(), |at| self.with_at(at, number))
    }

    pub fn place(&self, name: &str) -> Option<usize> {
        self.inputs.iter().position(|input| input.name == name)
    }

    /// Whether the input is asked, given the choices made.
    pub fn asks(&self, input: &Input) -> bool {
        input.only.is_none_or(|(choice, positions)| positions.contains(&self.choice(choice)))
    }

    /// The inputs that are asked, with their places.
    pub fn asked(&self) -> impl Iterator<Item = (usize, &'static Input)> {
        self.inputs.iter().enumerate().filter(|(_, input)| self.asks(input))
    }

    /// The numbers that differ from those to begin with.
    pub fn typed(&self) -> Typed {
        let pairs = self.inputs.iter().zip(&self.numbers);
        let changed = pairs.filter(|(input, number)| **number != input.start);
        changed.map(|(input, number)| (input.name.to_string(), *number)).collect()
    }
}

/// Fields of an address for what was typed.
pub fn write_link(inputs: &'static [Input], typed: &Typed) -> Vec<(String, String)> {
    Values::of(inputs, typed).typed().into_iter().map(|(name, number)| (name, number.to_string())).collect()
}

/// Takes a field of an address; `None` where it names no input, or a number that the input does not take.
pub fn read_link(inputs: &'static [Input], typed: &mut Typed, name: &str, value: &str) -> Option<()> {
    let input = inputs.iter().find(|input| input.name == name)?;
    let number = value.parse().ok().filter(|&number| input.takes(number))?;
    if number != input.start {
        typed.insert(name.into(), number);
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::money::Currency;
    use crate::core::show::Plain;

    static INPUTS: [Input; 4] = [
        Input::choice("horizon", ("Horizon", "期間"), &[("For ever", "無限期"), ("Years", "年數")]),
        Input::money("margin", ("Margin", "毛利"), 100.0),
        Input::rate("r", ("Retention", "保留率"), 0.8).between(0.0, 0.99),
        Input::whole("years", ("Years", "年數"), 5.0).between(1.0, 50.0).only_while("horizon", &[1]),
    ];

    #[test]
    fn values_are_what_was_typed_and_the_rest_begins_as_it_is() {
        let typed = Typed::from([("r".into(), 0.9), ("years".into(), 2.5), ("gone".into(), 1.0)]);
        let values = Values::of(&INPUTS, &typed);
        assert_eq!((values.get("margin"), values.get("r"), values.get("years")), (100.0, 0.9, 5.0));
        assert_eq!(values.typed(), Typed::from([("r".into(), 0.9)]));
        assert_eq!(values.asked().count(), 3);
        assert_eq!(values.with("horizon", 1.0).asked().count(), 4);
    }

    #[test]
    fn a_link_carries_what_differs_and_refuses_what_no_field_would_take() {
        let mut typed = Typed::new();
        for (name, value) in [("r", "0.9"), ("margin", "100"), ("horizon", "1")] {
            assert_eq!(read_link(&INPUTS, &mut typed, name, value), Some(()), "{name}");
        }
        let fields = write_link(&INPUTS, &typed);
        assert_eq!(fields, [("horizon".to_string(), "1".to_string()), ("r".into(), "0.9".into())]);
        for (name, value) in [("r", "1"), ("r", "NaN"), ("years", "1.5"), ("horizon", "2"), ("m", "1")] {
            assert_eq!(read_link(&INPUTS, &mut typed, name, value), None, "{name}={value}");
        }
    }

    #[test]
    fn what_cannot_be_used_says_what_can() {
        let (plain, currency) = (Plain::default(), Currency::default());
        let reader = Reader { lang: Lang::En, show: &plain, currency: &currency };
        let said = |at: usize, text: &str| INPUTS[at].read(text).unwrap_err().say(&INPUTS[at], reader);
        assert_eq!(said(2, "99.5"), "Type a number from 0% to 99%.");
        assert_eq!(said(1, "many"), "Type a number, such as 100.");
        assert_eq!(said(3, "1.5"), "Type a whole number, without decimals.");
        assert_eq!(INPUTS[1].read("NT$1,234.5"), Ok(1234.5));
        assert_eq!(INPUTS[2].read(&INPUTS[2].write(0.07)), Ok(0.07));
        assert_eq!(INPUTS[0].show(1.0, reader), "Years");
    }
}
