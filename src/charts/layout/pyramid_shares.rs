//! The bars beside a pyramid: one column for each measure, all of one scale, so that their lengths compare.

use super::{
    LABEL,
    axes::{Scale, widest},
    scene::{Anchor, Hit, Rect, RuleKind, Scene, Shape, Text, Tone},
};
use crate::charts::{
    measure::text_width,
    spec::{Axis, Mark, Pyramid, drawable},
};

/// Left and right end of a column.
pub(super) type Span = (f64, f64);

/// The height of a bar that stands under its text, and of the text over it.
const UNDER: f64 = 12.0;

pub(super) struct Measure {
    pub span: Span,
    /// Where its bars begin.
    pub zero: f64,
    scale: Scale,
}

impl Measure {
    /// `beside` says whether the amounts stand at the right of the bars, or over them.
    pub fn all(pyramid: &Pyramid, spans: Vec<Span>, beside: bool) -> Vec<Measure> {
        let wide = spans.first().map_or(1.0, |(from, to)| to - from);
        let marks = || pyramid.rows().flat_map(|tier| &tier.shares);
        let texts = if beside { widest(marks().map(|share| share.value.as_str()), LABEL) + 8.0 } else { 0.0 };
        let no_ticks = Axis { title: String::new(), ticks: vec![] };
        let amounts = marks().map(|share| share.amount).chain([0.0]);
        let scale = Scale::new(&no_ticks, amounts, 0.0, (wide - texts).max(wide * 0.3));
        let measure = |(at, span): (usize, Span)| {
            let amounts = pyramid.rows().filter_map(|tier| drawable(tier.shares.get(at)?.amount));
            let lowest = amounts.fold(0.0, f64::min);
            // A measure without losses begins at the edge of its column.
            Measure { span, zero: span.0 + scale.base() - scale.place(lowest), scale }
        };
        spans.into_iter().enumerate().map(measure).collect()
    }

    /// A bar in the middle of a row, its amount at the right of the bar and of the zero line.
    pub fn draw_beside(&self, scene: &mut Scene, (top, high): (f64, f64), share: &Mark) {
        let thick = (high * 0.5).min(28.0);
        let middle = top + high / 2.0;
        let bar = self.bar(scene, (middle - thick / 2.0, thick), share);
        self.hit(scene, bar, (top, high));
        let from = (bar.x + bar.width).max(self.zero) + 6.0;
        let value = Text::new(from, middle + LABEL * 0.35, LABEL, Tone::Ink, share.value.clone());
        scene.texts.push(value.kept_inside(scene.width, self.span.1 - from));
    }

    /// A bar that ends at the bottom of a row, with its amount over it.
    pub fn draw_under(&self, scene: &mut Scene, bottom: f64, share: &Mark) {
        let top = bottom - UNDER;
        let bar = self.bar(scene, (top, UNDER), share);
        self.hit(scene, bar, (top - LABEL - 3.0, UNDER + LABEL + 3.0));
        scene.rule(RuleKind::Axis, (self.zero, top - 2.0), (self.zero, bottom + 2.0));
        // Over the beginning of the bars, as far as the column has room.
        let from = self.zero.min(self.span.1 - text_width(&share.value, LABEL)).max(self.span.0);
        let value = Text::new(from, top - 4.0, LABEL, Tone::Ink, share.value.clone());
        scene.texts.push(value.kept_inside(scene.width, self.span.1 - self.span.0));
    }

    /// The title's place: over the beginning of the bars where it has room.
    pub fn title(&self, lines: &[String], size: f64) -> (f64, Anchor) {
        let wide = widest(lines.iter().map(String::as_str), size);
        (self.zero.min(self.span.1 - wide).max(self.span.0), Anchor::Start)
    }

    fn bar(&self, scene: &mut Scene, (top, thick): (f64, f64), share: &Mark) -> Rect {
        let end = |amount| self.zero + self.scale.place(amount) - self.scale.base();
        let end = share.drawable().map_or(self.zero, end);
        let rect = Rect { x: self.zero.min(end), y: top, width: (self.zero - end).abs(), height: thick };
        if share.drawable().is_some() {
            scene.shapes.push(Shape::new(rect, share.role));
        }
        rect
    }

    /// The whole cell can be touched: a bar may have no width.
    fn hit(&self, scene: &mut Scene, bar: Rect, (y, height): (f64, f64)) {
        let rect = Rect { x: self.span.0, y, width: self.span.1 - self.span.0, height };
        scene.hits.push(Hit { rect, tip: (bar.x + bar.width / 2.0, bar.y) });
    }
}
