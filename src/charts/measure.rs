//! How wide a text will be, without asking a browser: good to about a tenth, on the safe side of most fonts.

/// The width of a text in pixels: a full-width character takes one em, a wide letter nearly so, any other 0.58 em.
///
/// ```
/// use quintile::charts::measure::text_width;
/// assert_eq!(text_width("客層", 12.0), 24.0);
/// ```
pub fn text_width(text: &str, size: f64) -> f64 {
    let ems = |letter| match letter {
        '%' | 'M' | 'W' | 'm' | 'w' | '@' | '…' | '→' => 0.95,
        letter if is_full_width(letter) => 1.0,
        _ => 0.58,
    };
    text.chars().map(ems).sum::<f64>() * size
}

/// Chinese, Japanese and Korean characters, their punctuation, the full-width forms, and pictographs.
fn is_full_width(letter: char) -> bool {
    matches!(letter, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}'
        | '\u{1f300}'..='\u{1faff}' | '\u{20000}'..='\u{3fffd}')
}

/// The text, or as much of it as fits with an ellipsis; nothing where not even one letter fits.
pub fn shorten(text: &str, size: f64, room: f64) -> String {
    if text_width(text, size) <= room {
        return text.to_owned();
    }
    let mut left = room - text_width("…", size);
    let kept: String = text
        .chars()
        .take_while(|letter| {
            left -= text_width(letter.encode_utf8(&mut [0; 4]), size);
            left >= 0.0
        })
        .collect();
    if kept.is_empty() { kept } else { kept.trim_end().to_owned() + "…" }
}

/// The text in lines that fit; breaks at spaces, and anywhere in Chinese.
pub fn wrap(text: &str, size: f64, room: f64) -> Vec<String> {
    let mut lines = vec![];
    let mut line = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = if is_full_width(first) || first == ' ' {
            first.len_utf8()
        } else {
            rest.find(|letter| letter == ' ' || is_full_width(letter)).unwrap_or(rest.len())
        };
        let (word, after) = rest.split_at(end);
        if !line.is_empty()
            && text_width(&line, size) + text_width(word, size) > room
            && !"，。、；：！？）」".contains(word)
        {
            lines.push(std::mem::take(&mut line).trim_end().to_owned());
        }
        if !(line.is_empty() && word == " ") {
            line.push_str(word);
        }
        rest = after;
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// Shows every how many labels, so that neighbours of the given width do not touch: 1, 2, 5, 10, 20, 25, 50 …
pub fn every(count: usize, label_width: f64, room: f64) -> usize {
    let fit = ((room / (label_width + 8.0).max(1.0)) as usize).max(1);
    let needed = count.div_ceil(fit).max(1);
    let mut scale = 1;
    loop {
        for step in [1, 2, 5] {
            if step * scale >= needed {
                return step * scale;
            }
        }
        scale *= 10;
    }
}
