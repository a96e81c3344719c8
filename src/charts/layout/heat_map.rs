//! Cells in rows and columns.

use super::{
    LABEL, SMALL,
    axes::widest,
    scene::{Anchor, Hit, Rect, Scene, Shape, Text, Tone},
};
use crate::charts::{
    measure::{every, text_width},
    spec::HeatMap,
};

const GAP: f64 = 2.0;

pub(super) fn heat_map(scene: &mut Scene, map: &HeatMap) {
    let columns = map.columns.len().max(1);
    let rows = map.cells.len().div_ceil(columns);
    let names = map.rows.iter().map(String::as_str);
    let longest = widest(names, LABEL).max(text_width(&map.row_title, SMALL));
    let left = (longest + 10.0).min(scene.width * 0.3);
    let wide = (scene.width - left) / columns as f64;
    let high = (wide * 0.5).clamp(26.0, 52.0);
    titles(scene, map, left);
    let step =
        every(columns, widest(map.columns.iter().map(String::as_str), LABEL).min(wide), scene.width - left);
    for (at, name) in map.columns.iter().enumerate().step_by(step) {
        let middle = left + wide * (at as f64 + 0.5);
        let text = Text::new(middle, scene.height + LABEL, LABEL, Tone::Ink, name.clone());
        scene.texts.push(text.anchored(Anchor::Middle).kept_inside(scene.width, wide * step as f64 - 2.0));
    }
    scene.height += LABEL + 6.0;
    let top = scene.height;
    for (at, name) in map.rows.iter().enumerate().take(rows) {
        let y = top + high * (at as f64 + 0.5) + LABEL * 0.35;
        let text = Text::new(left - 8.0, y, LABEL, Tone::Ink, name.clone()).anchored(Anchor::End);
        scene.texts.push(text.kept_inside(scene.width, left - 8.0));
    }
    // One size of type for all cells: the largest in which most amounts fit.
    let longest = widest(map.cells.iter().map(|cell| cell.value.as_str()), 1.0);
    let size = ((wide - 8.0) / longest.max(0.1)).clamp(9.0, 13.0);
    for (at, cell) in map.cells.iter().enumerate() {
        let (row, column) = (at / columns, at % columns);
        let rect = Rect {
            x: left + wide * column as f64 + GAP / 2.0,
            y: top + high * row as f64 + GAP / 2.0,
            width: (wide - GAP).max(1.0),
            height: high - GAP,
        };
        scene.shapes.push(Shape::new(rect, cell.role));
        scene.hits.push(Hit::over(rect));
        if text_width(&cell.value, size) <= wide - 3.0 {
            let (x, y) = (rect.x + rect.width / 2.0, rect.y + rect.height / 2.0 + size * 0.35);
            let text = Text::new(x, y, size, Tone::On(cell.role), cell.value.clone());
            scene.texts.push(text.anchored(Anchor::Middle));
        }
    }
    scene.height = top + high * rows as f64;
}

fn titles(scene: &mut Scene, map: &HeatMap, left: f64) {
    let y = scene.height + SMALL;
    let rows = Text::new(left - 8.0, y, SMALL, Tone::Soft, map.row_title.clone()).anchored(Anchor::End);
    scene.texts.push(rows.kept_inside(scene.width, left - 8.0));
    let middle = (left + scene.width) / 2.0;
    let columns = Text::new(middle, y, SMALL, Tone::Soft, map.column_title.clone()).anchored(Anchor::Middle);
    let room = scene.width - left;
    scene.texts.push(columns.kept_inside(scene.width, room));
    scene.height += SMALL + 6.0;
}
