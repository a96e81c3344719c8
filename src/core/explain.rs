//! An explanation is data: steps of words and formulas with the reader's own numbers in them.
//!
//! The explain panel, the presenter, the printed hand-out and answer keys all draw the same steps.

use serde::{Deserialize, Serialize};

/// One step of a calculation: what is done, and the formula with numbers put in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    pub say: String,
    /// Several lines are drawn one under the other: symbols, then numbers, then the result.
    pub formulas: Vec<Math>,
}

/// A formula, drawn as MathML.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Math {
    /// A symbol: one letter is set in italics.
    Symbol(String),
    /// A number, already formatted for the reader.
    Number(String),
    /// Words inside a formula: units, names of quantities.
    Text(String),
    /// An operator or a relation: `=`, `+`, `−`, `×`, `÷`, `≤`, `(`, `)`.
    Op(String),
    Row(Vec<Math>),
    Fraction(Box<Math>, Box<Math>),
    Sub(Box<Math>, Box<Math>),
    Sup(Box<Math>, Box<Math>),
    /// ⌊x⌋, rounded down.
    Floor(Box<Math>),
}

impl Math {
    pub fn symbol(name: &str) -> Math {
        Math::Symbol(name.into())
    }
    pub fn number(text: impl Into<String>) -> Math {
        Math::Number(text.into())
    }
    pub fn text(text: impl Into<String>) -> Math {
        Math::Text(text.into())
    }
    pub fn op(sign: &str) -> Math {
        Math::Op(sign.into())
    }
    pub fn row(parts: impl IntoIterator<Item = Math>) -> Math {
        Math::Row(parts.into_iter().collect())
    }
    pub fn fraction(top: Math, bottom: Math) -> Math {
        Math::Fraction(Box::new(top), Box::new(bottom))
    }
    /// A base with its index below, as MathML's `msub`; nothing is subtracted.
    #[allow(clippy::should_implement_trait)]
    pub fn sub(base: Math, index: Math) -> Math {
        Math::Sub(Box::new(base), Box::new(index))
    }
    pub fn floor(inner: Math) -> Math {
        Math::Floor(Box::new(inner))
    }

    /// The formula as a whole `<math>` element; all text in it is escaped.
    ///
    /// ```
    /// use quintile::core::explain::Math;
    /// let half = Math::fraction(Math::number("1"), Math::number("2"));
    /// assert_eq!(half.mathml(), "<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math>");
    /// ```
    pub fn mathml(&self) -> String {
        let mut out = String::from("<math>");
        self.write(&mut out);
        out.push_str("</math>");
        out
    }

    fn write(&self, out: &mut String) {
        let leaf = |tag: &str, text: &str, out: &mut String| {
            out.push_str(&format!("<{tag}>{}</{tag}>", escape(text)));
        };
        let node = |tag: &str, parts: &[&Math], out: &mut String| {
            out.push_str(&format!("<{tag}>"));
            parts.iter().for_each(|part| part.write(out));
            out.push_str(&format!("</{tag}>"));
        };
        match self {
            Math::Symbol(text) => leaf("mi", text, out),
            Math::Number(text) => leaf("mn", text, out),
            Math::Text(text) => leaf("mtext", text, out),
            Math::Op(text) => leaf("mo", text, out),
            Math::Row(parts) => node("mrow", &parts.iter().collect::<Vec<_>>(), out),
            Math::Fraction(top, bottom) => node("mfrac", &[top, bottom], out),
            Math::Sub(base, index) => node("msub", &[base, index], out),
            Math::Sup(base, exponent) => node("msup", &[base, exponent], out),
            Math::Floor(inner) => node("mrow", &[&Math::op("⌊"), inner, &Math::op("⌋")], out),
        }
    }
}

/// Text made safe for markup.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// ⌊5 (3 − 1) / 25⌋ + 1 = 1: every kind of part at once.
    fn tile() -> Math {
        let index = Math::sub(Math::symbol("n"), Math::text("rank"));
        let ratio = Math::fraction(
            Math::row([
                Math::number("5"),
                Math::op("("),
                index,
                Math::op("−"),
                Math::number("1"),
                Math::op(")"),
            ]),
            Math::Sup(Box::new(Math::number("5")), Box::new(Math::number("2"))),
        );
        Math::row([Math::floor(ratio), Math::op("+"), Math::number("1")])
    }

    #[test]
    fn every_part_has_its_mathml_element() {
        assert_eq!(
            tile().mathml(),
            "<math><mrow><mrow><mo>⌊</mo><mfrac><mrow><mn>5</mn><mo>(</mo><msub><mi>n</mi><mtext>rank</mtext></msub>\
             <mo>−</mo><mn>1</mn><mo>)</mo></mrow><msup><mn>5</mn><mn>2</mn></msup></mfrac><mo>⌋</mo></mrow>\
             <mo>+</mo><mn>1</mn></mrow></math>"
        );
    }

    #[test]
    fn text_in_a_formula_cannot_become_markup() {
        let evil = Math::row([Math::text("<img src=x onerror=\"a\">"), Math::op("<"), Math::symbol("A&B")]);
        assert_eq!(
            evil.mathml(),
            "<math><mrow><mtext>&lt;img src=x onerror=&quot;a&quot;&gt;</mtext><mo>&lt;</mo><mi>A&amp;B</mi></mrow></math>"
        );
    }

    #[test]
    fn a_step_travels_as_json() {
        let step = Step { say: "分成五組".into(), formulas: vec![tile()] };
        let json = serde_json::to_string(&step).unwrap();
        assert_eq!(serde_json::from_str::<Step>(&json).unwrap(), step);
    }
}
