//! The SVG. The gallery is left in `target/tmp/charts`, to be looked at.

use std::fs;

use quintile::charts::{
    layout::{Canvas, place},
    svg,
    theme::Theme,
};

use crate::samples;

#[test]
fn gallery_is_drawn_in_both_themes_wide_and_narrow() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("charts");
    fs::create_dir_all(&folder).unwrap();
    for (name, spec) in samples::gallery() {
        for (look, theme) in [("light", Theme::LIGHT), ("dark", Theme::DARK)] {
            for width in [860.0, 328.0] {
                let scene = place(&spec, Canvas { width, heading: true, nothing: "沒有資料" });
                let picture = svg::picture(&spec, &scene, &theme, "gallery", true);
                fs::write(folder.join(format!("{name}-{look}-{width}.svg")), picture).unwrap();
            }
        }
    }
}
