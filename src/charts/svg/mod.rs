//! Writes a chart as SVG: whole in itself, with colours and fonts as attributes, so that it looks the same as a
//! file and under a content-security policy that knows no inline styles.

mod overlay;
mod plotted;

use std::fmt::Write;

pub use overlay::overlay;

use super::{
    layout::{Anchor, Scene, Shape, Text, Tone},
    spec::{ChartSpec, Marks, Role},
    theme::{Colour, Pattern, Theme},
};

const FONTS: &str =
    "system-ui, 'Noto Sans TC', 'PingFang TC', 'Microsoft JhengHei', 'Noto Sans CJK TC', sans-serif";

/// The picture of a scene.
///
/// `id` must be unique on the page: patterns are found by it. `background` is for files that stand alone.
pub fn picture(spec: &ChartSpec, scene: &Scene, theme: &Theme, id: &str, background: bool) -> String {
    let mut svg = String::with_capacity(4096 + 120 * scene.hits.len());
    // A file gets a margin; on the page the card around the picture has one.
    let margin = if background { 12.0 } else { 0.0 };
    let (full_width, full_height) = (number(scene.width + 2.0 * margin), number(scene.height + 2.0 * margin));
    let _ = write!(
        svg,
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="{} {} {full_width} {full_height}" width="{full_width}" height="{full_height}" role="img" aria-label="{}" font-family="{FONTS}">"#,
        -margin + 0.0,
        -margin + 0.0,
        escape(&spec.description)
    );
    patterns(&mut svg, scene, theme, id);
    if background {
        let _ = write!(
            svg,
            r#"<rect x="-{margin}" y="-{margin}" width="{full_width}" height="{full_height}" fill="{}"/>"#,
            theme.surface.hex()
        );
    }
    match spec.marks {
        Marks::HeatMap(_) | Marks::HorizontalBars(_) | Marks::Pyramid(_) | Marks::Tornado(_) => {
            svg.push_str(&plotted::grid(scene, theme));
            shapes(&mut svg, &scene.shapes, theme, id, 2.0);
            svg.push_str(&plotted::lines(scene, theme));
        }
        Marks::Bars(_) | Marks::Histogram(_) | Marks::Lines(_) | Marks::StackedBars(_) => {
            svg.push_str(&plotted::grid(scene, theme));
            svg.push_str(&plotted::bars(scene, theme));
            for shape in &scene.shapes {
                pattern_over(&mut svg, shape, id, 0.0);
            }
            svg.push_str(&plotted::lines(scene, theme));
        }
    }
    shapes(&mut svg, &scene.swatches, theme, id, 3.0);
    for text in &scene.texts {
        write_text(&mut svg, text, theme);
    }
    svg.push_str("</svg>");
    svg
}

/// Definitions of the patterns that occur.
fn patterns(svg: &mut String, scene: &Scene, theme: &Theme, id: &str) {
    let used = |role: &Role| scene.shapes.iter().chain(&scene.swatches).any(|shape| shape.role == *role);
    svg.push_str("<defs>");
    for role in Role::ALL.into_iter().filter(used) {
        let Some(pattern) = role.pattern() else { continue };
        // Whichever of the two is farther from the colour under it.
        let over = theme.text_on(role).hex();
        let name = pattern_id(id, pattern);
        let _ = match pattern {
            Pattern::Stripes => write!(
                svg,
                r#"<pattern id="{name}" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="1.5" height="6" fill="{over}" fill-opacity="0.4"/></pattern>"#
            ),
            Pattern::Dots => write!(
                svg,
                r#"<pattern id="{name}" width="5" height="5" patternUnits="userSpaceOnUse"><circle cx="2.5" cy="2.5" r="1" fill="{over}" fill-opacity="0.6"/></pattern>"#
            ),
        };
    }
    svg.push_str("</defs>");
}

fn pattern_id(id: &str, pattern: Pattern) -> String {
    let kind = match pattern {
        Pattern::Stripes => "stripes",
        Pattern::Dots => "dots",
    };
    format!("{}-{kind}", escape(id))
}

/// Rounded rectangles, written directly.
fn shapes(svg: &mut String, shapes: &[Shape], theme: &Theme, id: &str, corner: f64) {
    for shape in shapes {
        let outline = match theme.outline(shape.role) {
            Some(colour) => format!(r#" stroke="{}" stroke-opacity="0.45""#, colour.hex()),
            None => String::new(),
        };
        let _ = write!(
            svg,
            r#"<{} fill="{}"{outline}/>"#,
            outline_of(shape, corner),
            theme.colour(shape.role).hex()
        );
        pattern_over(svg, shape, id, corner);
    }
}

fn pattern_over(svg: &mut String, shape: &Shape, id: &str, corner: f64) {
    if let Some(pattern) = shape.role.pattern() {
        let _ = write!(svg, r#"<{} fill="url(#{})"/>"#, outline_of(shape, corner), pattern_id(id, pattern));
    }
}

/// The element of a shape, without its bracket and its colour.
fn outline_of(shape: &Shape, corner: f64) -> String {
    let rect = shape.rect;
    let (left, right) = (number(rect.x), number(rect.x + rect.width));
    let (top, bottom) = (number(rect.y), number(rect.y + rect.height));
    if shape.inset == 0.0 {
        let (width, height) = (number(rect.width), number(rect.height));
        return format!(r#"rect x="{left}" y="{top}" width="{width}" height="{height}" rx="{corner}""#);
    }
    let (from, to) = (number(rect.x + shape.inset), number(rect.x + rect.width - shape.inset));
    format!(r#"polygon points="{from},{top} {to},{top} {right},{bottom} {left},{bottom}""#)
}

fn write_text(svg: &mut String, text: &Text, theme: &Theme) {
    let fill = match text.tone {
        Tone::Ink => theme.ink,
        Tone::Soft => theme.ink_soft,
        Tone::On(role) => theme.text_on(role),
    };
    let anchor = match text.anchor {
        Anchor::Start => "start",
        Anchor::Middle => "middle",
        Anchor::End => "end",
    };
    let weight = if text.bold { r#" font-weight="600""# } else { "" };
    let halo = if text.halo { halo(theme.surface) } else { String::new() };
    let _ = write!(
        svg,
        r#"<text x="{}" y="{}" font-size="{}" fill="{}" text-anchor="{anchor}"{weight}{halo}>{}</text>"#,
        number(text.x),
        number(text.y),
        number(text.size),
        fill.hex(),
        escape(&text.text)
    );
}

fn halo(surface: Colour) -> String {
    format!(r#" stroke="{}" stroke-width="3" stroke-linejoin="round" paint-order="stroke""#, surface.hex())
}

/// Two digits after the point are finer than any screen.
fn number(value: f64) -> f64 {
    libm::round(value * 100.0) / 100.0
}

/// Text made safe for element content and attribute values; control characters, which XML forbids, are left out.
fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            '\u{fffe}' | '\u{ffff}' => {}
            control if control.is_control() && !matches!(control, '\t' | '\n' | '\r') => {}
            other => safe.push(other),
        }
    }
    safe
}
