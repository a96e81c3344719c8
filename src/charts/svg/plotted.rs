//! Grid, axes, bars and lines, drawn with plotters.
//!
//! plotters counts in whole pixels, too coarse for a thousand bars: it draws eight times as large, and the group
//! scales down. It never sees a text: in a browser it would measure it through the document.

use plotters::{
    coord::Shift,
    element::{Circle, DashedPathElement, PathElement, Polygon, Rectangle},
    prelude::{DrawingArea, DrawingAreaErrorKind, IntoDrawingArea, RGBColor, SVGBackend},
    style::{Color, ShapeStyle},
};

use crate::charts::{
    layout::{Path, Point, Reach, RuleKind, Scene},
    theme::{Colour, Theme},
};

const FINE: f64 = 8.0;

type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;
type Drawn<'a> =
    Result<(), DrawingAreaErrorKind<<SVGBackend<'a> as plotters::prelude::DrawingBackend>::ErrorType>>;

/// The grid and the axes: under the bars.
pub(super) fn grid(scene: &Scene, theme: &Theme) -> String {
    plot(scene, |area| {
        for rule in &scene.rules {
            let colour = match rule.kind {
                RuleKind::Grid => theme.line,
                // Where bars lie, the axis is their base line and stands over them.
                RuleKind::Axis if scene.reach == Reach::Columns => theme.ink_soft,
                _ => continue,
            };
            area.draw(&PathElement::new(vec![fine(rule.from), fine(rule.to)], stroke(colour, 1.0)))?;
        }
        Ok(())
    })
}

/// The bars, with an outline where the colour alone would be too faint.
pub(super) fn bars(scene: &Scene, theme: &Theme) -> String {
    plot(scene, |area| {
        for shape in &scene.shapes {
            let rect = shape.rect;
            let corners = [fine((rect.x, rect.y)), fine((rect.x + rect.width, rect.y + rect.height))];
            area.draw(&Rectangle::new(corners, rgb(theme.colour(shape.role)).filled()))?;
            if let Some(outline) = theme.outline(shape.role).filter(|_| rect.width >= 4.0) {
                // A path, because plotters forgets how thick the border of a rectangle is.
                let [(left, top), (right, bottom)] = corners;
                let around = vec![(left, bottom), (left, top), (right, top), (right, bottom)];
                area.draw(&PathElement::new(around, stroke(outline, 1.0)))?;
            }
        }
        Ok(())
    })
}

/// Lines with their areas and dots, and the dashed reference lines: over the bars.
pub(super) fn lines(scene: &Scene, theme: &Theme) -> String {
    plot(scene, |area| {
        for path in &scene.paths {
            line(area, path, theme)?;
        }
        for rule in &scene.rules {
            let ends = [fine(rule.from), fine(rule.to)];
            match rule.kind {
                RuleKind::Reference => {
                    let style = stroke(theme.ink, 1.3);
                    area.draw(&DashedPathElement::new(ends, dots(5.0), dots(3.0), style))?;
                }
                RuleKind::Axis if scene.reach == Reach::Rows => {
                    area.draw(&PathElement::new(ends.to_vec(), stroke(theme.ink_soft, 1.0)))?;
                }
                RuleKind::Guide => {
                    area.draw(&PathElement::new(ends.to_vec(), stroke(theme.ink_soft, 1.0)))?;
                }
                RuleKind::Pointer => {
                    let style = stroke(theme.ink, 1.3);
                    area.draw(&DashedPathElement::new(ends, dots(1.5), dots(3.0), style))?;
                }
                RuleKind::Whisker(on) => {
                    let colour = on.map_or(theme.ink, |role| theme.text_on(role));
                    area.draw(&PathElement::new(ends.to_vec(), stroke(colour, 1.2)))?;
                }
                RuleKind::Axis | RuleKind::Grid => {}
            }
        }
        for spot in &scene.spots {
            area.draw(&Circle::new(fine(*spot), dots(6.0), rgb(theme.surface).filled()))?;
            area.draw(&Circle::new(fine(*spot), dots(4.5), rgb(theme.ink).filled()))?;
        }
        Ok(())
    })
}

fn line<'a>(area: &Area<'a>, path: &Path, theme: &Theme) -> Drawn<'a> {
    let colour = theme.stroke(path.role);
    let points: Vec<(i32, i32)> = path.points.iter().copied().map(fine).collect();
    if let (Some(base), Some(first), Some(last)) = (path.area_to, path.points.first(), path.points.last()) {
        let mut outline = points.clone();
        outline.extend([fine((last.0, base)), fine((first.0, base))]);
        area.draw(&Polygon::new(outline, rgb(colour).mix(0.14)))?;
    }
    let style = stroke(colour, 2.2);
    match path.series {
        0 => area.draw(&PathElement::new(points.clone(), style))?,
        series => {
            let (dash, gap) = [(7.0, 4.0), (2.5, 3.0), (12.0, 4.0)][(series - 1) % 3];
            area.draw(&DashedPathElement::new(points.clone(), dots(dash), dots(gap), style))?;
        }
    }
    if path.dots {
        for point in points {
            area.draw(&Circle::new(point, dots(3.2), rgb(colour).filled()))?;
        }
    }
    Ok(())
}

/// What plotters draws, as a group that scales it down to the size of the scene.
fn plot(scene: &Scene, draw: impl for<'a> FnOnce(&Area<'a>) -> Drawn<'a>) -> String {
    let mut svg = String::new();
    let size = (dots(scene.width) as u32, dots(scene.height) as u32);
    let area = SVGBackend::with_string(&mut svg, size).into_drawing_area();
    let drawn = draw(&area).and_then(|()| area.present());
    drop(area);
    // Writing into a string cannot fail; were it to, a part of a picture would be worse than none.
    if drawn.is_err() {
        return String::new();
    }
    let inner = svg.split_once(">\n").map_or("", |(_, rest)| rest.trim_end().trim_end_matches("</svg>"));
    if inner.is_empty() {
        String::new()
    } else {
        format!(r#"<g transform="scale({})">{inner}</g>"#, 1.0 / FINE)
    }
}

fn dots(pixels: f64) -> i32 {
    (pixels * FINE).round() as i32
}

fn fine((x, y): Point) -> (i32, i32) {
    (dots(x), dots(y))
}

fn rgb(colour: Colour) -> RGBColor {
    RGBColor(colour.0, colour.1, colour.2)
}

fn stroke(colour: Colour, width: f64) -> ShapeStyle {
    rgb(colour).stroke_width(dots(width).unsigned_abs())
}
