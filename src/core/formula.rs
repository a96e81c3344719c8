//! Formulas are written once, as text, and shown twice: in symbols, and with the reader's own numbers in their places.

use crate::core::explain::Math;

/// A formula in symbols, and under it with numbers and its result.
///
/// `text` is `left = right`. The right side knows `+`, `−`, `×`, `/` (a fraction), `^`, brackets, numbers, and symbols of
/// letters, with an index after `_`. Symbols that `values` does not name stay as they are.
///
/// ```
/// use quintile::core::formula::worked;
/// let values = [("F", "24,800"), ("p", "100"), ("v", "65")];
/// let [symbols, numbers] = worked("Q = F / (p − v)", &values, "708.57").try_into().unwrap();
/// assert!(symbols.mathml().contains("<mfrac><mi>F</mi><mrow><mi>p</mi><mo>−</mo><mi>v</mi></mrow></mfrac>"));
/// assert!(numbers.mathml().contains("<mfrac><mn>24,800</mn>"));
/// assert!(numbers.mathml().ends_with("<mo>=</mo><mn>708.57</mn></mrow></math>"));
/// ```
pub fn worked(text: &str, values: &[(&str, &str)], result: impl Into<String>) -> Vec<Math> {
    let (left, right) = text.split_once('=').unwrap_or(("", text));
    let side = |text: &str, values: &[(&str, &str)]| Reading::of(text, values).sum();
    let (left, symbols, numbers) = (side(left, &[]), side(right, &[]), side(right, values));
    let equals = || Math::op("=");
    let result = Math::number(result);
    let filled_in = numbers != symbols && numbers != result;
    let second = match filled_in {
        true => Math::row([left.clone(), equals(), numbers, equals(), result]),
        false => Math::row([left.clone(), equals(), result]),
    };
    vec![Math::row([left, equals(), symbols]), second]
}

/// A text that is read from left to right.
struct Reading<'a> {
    rest: std::iter::Peekable<std::str::Chars<'a>>,
    values: &'a [(&'a str, &'a str)],
}

impl<'a> Reading<'a> {
    fn of(text: &'a str, values: &'a [(&'a str, &'a str)]) -> Reading<'a> {
        Reading { rest: text.chars().peekable(), values }
    }

    /// The next sign that is not a space.
    fn next(&mut self) -> Option<char> {
        while self.rest.next_if(|c| c.is_whitespace()).is_some() {}
        self.rest.peek().copied()
    }

    fn takes(&mut self, signs: &[char]) -> Option<char> {
        self.next().filter(|c| signs.contains(c))?;
        self.rest.next()
    }

    fn sum(&mut self) -> Math {
        let mut parts = Vec::new();
        loop {
            parts.push(self.product());
            let Some(sign) = self.takes(&['+', '−']) else { break };
            parts.push(Math::Op(sign.to_string()));
        }
        one_or_row(parts)
    }

    fn product(&mut self) -> Math {
        let mut parts = vec![self.power()];
        while let Some(sign) = self.takes(&['×', '/']) {
            let factor = self.power();
            if sign == '/' {
                let top = parts.pop().map_or_else(|| Math::row([]), bare);
                parts.push(Math::fraction(top, bare(factor)));
            } else {
                parts.extend([Math::op("×"), factor]);
            }
        }
        one_or_row(parts)
    }

    fn power(&mut self) -> Math {
        let base = self.factor();
        match self.takes(&['^']) {
            Some(_) => Math::Sup(Box::new(base), Box::new(bare(self.factor()))),
            None => base,
        }
    }

    fn factor(&mut self) -> Math {
        if self.takes(&['(']).is_some() {
            let inner = self.sum();
            self.takes(&[')']);
            return Math::row([Math::op("("), inner, Math::op(")")]);
        }
        self.next();
        let mut name = String::new();
        while let Some(c) = self.rest.next_if(|c| c.is_alphanumeric() || matches!(c, '_' | '.')) {
            name.push(c);
        }
        if let Some((_, value)) = self.values.iter().find(|(symbol, _)| *symbol == name) {
            return match value.starts_with('−') {
                true => Math::row([Math::op("("), Math::number(*value), Math::op(")")]),
                false => Math::number(*value),
            };
        }
        // A function of what stands in the brackets behind it.
        if !name.is_empty() && self.takes(&['(']).is_some() {
            let inner = self.sum();
            self.takes(&[')']);
            return Math::row([Math::Symbol(name), Math::op("("), inner, Math::op(")")]);
        }
        match name.split_once('_') {
            Some((base, index)) => Math::sub(Math::symbol(base), Math::symbol(index)),
            None if name.starts_with(|c: char| c.is_ascii_digit()) => Math::Number(name),
            None => Math::Symbol(name),
        }
    }
}

/// Without the brackets around it: a fraction's bar and an exponent's place bracket by themselves.
fn bare(math: Math) -> Math {
    match math {
        Math::Row(mut parts)
            if parts.len() == 3 && parts[0] == Math::op("(") && !matches!(parts[1], Math::Number(_)) =>
        {
            parts.swap_remove(1)
        }
        other => other,
    }
}

fn one_or_row(mut parts: Vec<Math>) -> Math {
    if parts.len() == 1 { parts.remove(0) } else { Math::Row(parts) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mathml(text: &str, values: &[(&str, &str)]) -> String {
        Reading::of(text, values).sum().mathml()
    }

    #[test]
    fn products_bind_before_sums_and_fractions_have_no_brackets() {
        assert_eq!(
            mathml("a + b × (c − 1) / d_i", &[]),
            "<math><mrow><mi>a</mi><mo>+</mo><mrow><mi>b</mi><mo>×</mo><mfrac><mrow><mi>c</mi><mo>−</mo><mn>1</mn></mrow>\
             <msub><mi>d</mi><mi>i</mi></msub></mfrac></mrow></mrow></math>"
        );
    }

    #[test]
    fn a_negative_number_keeps_its_brackets() {
        assert_eq!(
            mathml("a − b", &[("a", "5"), ("b", "−3")]),
            "<math><mrow><mn>5</mn><mo>−</mo><mrow><mo>(</mo><mn>−3</mn><mo>)</mo></mrow></mrow></math>"
        );
        assert_eq!(mathml("1 / a^n", &[("a", "−2")]).matches("<mo>(</mo>").count(), 1);
    }

    #[test]
    fn what_is_no_formula_ends() {
        for text in ["", ")", "(", "a +", "/", "((((", "a b"] {
            assert!(mathml(text, &[]).ends_with("</math>"), "{text}");
        }
    }
}
