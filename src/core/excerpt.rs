//! Texts of somebody else's (names, headers, values of cells) as they stand among words of ours.

use std::borrow::Cow;

/// Longer texts are cut in the middle: beginnings and ends tell names apart.
pub const LONGEST: usize = 80;
const HEAD: usize = 50;
const TAIL: usize = LONGEST - HEAD - 1;

/// Marks that turn the direction of all that follows: they say nothing by themselves.
pub fn turns(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Letters that are written from right to left, and marks that count as such.
fn is_right_to_left(c: char) -> bool {
    matches!(c,
        '\u{590}'..='\u{8ff}' | '\u{200f}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}'
        | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

/// Whether [`excerpt`] leaves something out.
pub fn is_cut(text: &str) -> bool {
    text.len() > LONGEST && text.chars().nth(LONGEST).is_some()
}

/// A text as it stands in a sentence, a list or a line: at most [`LONGEST`] characters, and without any power over the
/// order of the words around it.
///
/// ```
/// use quintile::core::excerpt::excerpt;
/// assert_eq!(excerpt("王小明"), "王小明");
/// assert_eq!(excerpt("\u{202e}gpj.exe"), "gpj.exe");
/// assert_eq!(excerpt("שלום"), "\u{2068}שלום\u{2069}");
/// assert_eq!(excerpt(&"a".repeat(1_000_000)).chars().filter(|&c| c == 'a').count(), 79);
/// ```
pub fn excerpt(text: &str) -> Cow<'_, str> {
    let cut = is_cut(text);
    if !cut && !text.chars().any(|c| turns(c) || is_right_to_left(c)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::new();
    if cut {
        let (tail, _) = text.char_indices().nth_back(TAIL - 1).unwrap_or_default();
        out.extend(text.chars().take(HEAD).filter(|&c| !turns(c)));
        out.push('…');
        out.extend(text[tail..].chars().filter(|&c| !turns(c)));
    } else {
        out.extend(text.chars().filter(|&c| !turns(c)));
    }
    if out.chars().any(is_right_to_left) {
        // First strong isolate, pop directional isolate: inside, the text finds its own direction.
        out.insert(0, '\u{2068}');
        out.push('\u{2069}');
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn beginning_and_end_of_a_long_text_are_kept() {
        let text = format!("{}{}", "甲".repeat(100), "乙".repeat(100));
        let cut = excerpt(&text);
        assert!(is_cut(&text) && cut.starts_with('甲') && cut.ends_with('乙') && cut.contains("甲…乙"));
        assert_eq!(cut.chars().count(), LONGEST);
        assert_eq!(excerpt(&"x".repeat(LONGEST)), "x".repeat(LONGEST));
    }

    proptest! {
        #[test]
        fn nothing_is_left_that_turns_what_follows(text in "[a-zא\u{202a}-\u{202e}\u{2066}-\u{2069}\u{200f}]{0,200}") {
            let shown = excerpt(&text);
            let inside = shown.strip_prefix('\u{2068}').and_then(|rest| rest.strip_suffix('\u{2069}'));
            prop_assert!(!inside.unwrap_or(&shown).contains(turns));
            prop_assert_eq!(inside.is_some(), shown.contains(is_right_to_left));
            prop_assert!(shown.chars().count() <= LONGEST + 2);
        }
    }
}
