//! The marks as things that a finger, a mouse, a keyboard and a screen reader reach: transparent rectangles over
//! the picture. The picture itself is one image to a screen reader, and must hold nothing that takes the focus.

use std::fmt::Write;

use super::{escape, number};
use crate::charts::{layout::Scene, spec::ChartSpec};

/// A list box with one option for each mark; `data-mark` is its place in [`ChartSpec::each_mark`].
///
/// One option takes part in the tab order (`focusable`); the arrow keys move on from there.
pub fn overlay(spec: &ChartSpec, scene: &Scene, focusable: usize) -> String {
    let (width, height) = (number(scene.width), number(scene.height));
    let mut svg = String::with_capacity(256 + 160 * scene.hits.len());
    let _ = write!(svg, r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}""#);
    if scene.hits.is_empty() {
        svg.push_str(r#" aria-hidden="true"></svg>"#);
        return svg;
    }
    let _ = write!(svg, r#" role="listbox" aria-label="{}">"#, escape(&spec.title));
    for (at, (mark, hit)) in spec.each_mark().into_iter().zip(&scene.hits).enumerate() {
        let tab = if at == focusable { 0 } else { -1 };
        let _ = write!(
            svg,
            r#"<rect role="option" data-mark="{at}" tabindex="{tab}" aria-selected="false" aria-label="{}" x="{}" y="{}" width="{}" height="{}" fill="transparent"/>"#,
            escape(&mark.spoken()),
            number(hit.rect.x),
            number(hit.rect.y),
            number(hit.rect.width),
            number(hit.rect.height)
        );
    }
    svg.push_str("</svg>");
    svg
}
