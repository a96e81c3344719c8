//! The layout: everything is somewhere, and nothing is nowhere.

use proptest::prelude::*;
use quintile::charts::layout::{Canvas, Move, Scene, Text, moved, place};
use quintile::charts::measure::text_width;
use quintile::charts::spec::*;
use quintile::charts::ticks::nice_ticks;

use crate::samples;

pub fn canvas(width: f64) -> Canvas<'static> {
    Canvas { width, heading: true, nothing: "No data to draw", crowded: "Neighbouring bars share a stripe" }
}

/// Each number of a scene.
fn numbers(scene: &Scene) -> Vec<f64> {
    let mut all = vec![scene.width, scene.height];
    for rect in scene
        .shapes
        .iter()
        .chain(&scene.swatches)
        .map(|shape| shape.rect)
        .chain(scene.hits.iter().map(|hit| hit.rect))
    {
        all.extend([rect.x, rect.y, rect.width, rect.height]);
    }
    all.extend(scene.rules.iter().flat_map(|rule| [rule.from.0, rule.from.1, rule.to.0, rule.to.1]));
    all.extend(scene.paths.iter().flat_map(|path| path.points.iter().flat_map(|point| [point.0, point.1])));
    all.extend(scene.texts.iter().flat_map(|text| [text.x, text.y, text.size]));
    all
}

pub fn assert_sound(spec: &ChartSpec, scene: &Scene) {
    for number in numbers(scene) {
        assert!(number.is_finite() && number.abs() < 1e6, "{number} in {:?}", spec.title);
    }
    assert_eq!(scene.hits.len(), spec.each_mark().len(), "every mark can be reached");
    for shape in &scene.shapes {
        assert!(shape.rect.width >= 0.0 && shape.rect.height >= 0.0);
        assert!(shape.rect.x >= -0.01 && shape.rect.x + shape.rect.width <= scene.width + 0.01);
        assert!(shape.rect.y >= -0.01 && shape.rect.y + shape.rect.height <= scene.height + 0.01);
    }
}

/// The texts that leave the picture or stand on another.
pub fn unreadable(scene: &Scene) -> Vec<String> {
    let leaves = |text: &&Text| {
        let area = text.area();
        let (right, bottom) = (area.x + area.width, area.y + area.height);
        area.x < -0.5 || area.y < -0.5 || right > scene.width + 0.5 || bottom > scene.height + 0.5
    };
    let mut found: Vec<String> =
        scene.texts.iter().filter(leaves).map(|text| format!("{:?} leaves", text.text)).collect();
    for (at, one) in scene.texts.iter().enumerate() {
        let met = scene.texts[at + 1..].iter().filter(|other| one.area().meets(&other.area()));
        found.extend(met.map(|other| format!("{:?} on {:?}", one.text, other.text)));
    }
    found
}

#[test]
fn every_chart_fits_from_240_to_1600_pixels_and_no_text_leaves_it_or_meets_another() {
    let mut found = vec![];
    for (name, spec) in samples::gallery() {
        for width in [240.0, 328.0, 360.0, 480.0, 640.0, 860.0, 1000.0, 1600.0] {
            let scene = place(&spec, canvas(width));
            assert_sound(&spec, &scene);
            found.extend(unreadable(&scene).into_iter().map(|what| format!("{name} at {width}: {what}")));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn names_on_one_line_never_touch_for_2_125_and_1000_bars() {
    for count in [2, 125, 1000] {
        for width in [328.0, 860.0] {
            let amounts: Vec<f64> = (0..count).map(|at| f64::from(at % 7)).collect();
            let scene = place(&samples::bars_of(&amounts), canvas(width));
            let names: Vec<_> = scene.texts.iter().filter(|text| text.text.starts_with("bar ")).collect();
            assert!(names.len() >= 2, "{count} bars at {width} keep some names");
            for pair in names.windows(2) {
                assert!(pair[0].span().1 <= pair[1].span().0, "{count} bars at {width}");
            }
        }
    }
}

#[test]
fn one_bar_all_zero_negative_and_huge_amounts_are_placed() {
    let thousand: Vec<f64> = (0..1000).map(f64::from).collect();
    for amounts in
        [&[5.0][..], &[0.0; 4], &[-3.0, -1.0], &[1e99, -1e99], &[1e-99, 0.0], &[7e300, 1.0], &thousand]
    {
        let spec = samples::bars_of(amounts);
        assert_sound(&spec, &place(&spec, canvas(600.0)));
    }
}

#[test]
fn a_bar_is_as_long_as_its_amount() {
    let scene = place(&samples::bars_of(&[10.0, 20.0, -10.0]), canvas(600.0));
    let [one, two, three] = [0, 1, 2].map(|at| scene.shapes[at].rect);
    assert!((two.height - 2.0 * one.height).abs() < 1e-9);
    assert!((three.height - one.height).abs() < 1e-9);
    assert!((one.y + one.height - three.y).abs() < 1e-9, "below zero begins where above zero ends");
}

#[test]
fn an_amount_that_is_not_finite_is_not_drawn_but_can_be_read() {
    let spec = samples::bars_of(&[1.0, f64::NAN, f64::INFINITY, 2.0]);
    let scene = place(&spec, canvas(600.0));
    assert_eq!(scene.shapes.len(), 2);
    assert_sound(&spec, &scene);
}

#[test]
fn nothing_to_draw_says_so() {
    for amounts in [&[][..], &[f64::NAN]] {
        let spec = samples::bars_of(amounts);
        let scene = place(&spec, canvas(600.0));
        assert!(scene.texts.iter().any(|text| text.text == "No data to draw"));
        assert_sound(&spec, &scene);
    }
}

#[test]
fn a_missing_point_leaves_a_gap_in_its_line() {
    let mut spec = samples::lines();
    let Marks::Lines(lines) = &mut spec.marks else { panic!("lines") };
    lines.series.truncate(1);
    lines.series[0].points[10].mark.amount = f64::NAN;
    let scene = place(&spec, canvas(860.0));
    let runs: Vec<usize> = scene.paths.iter().map(|path| path.points.len()).collect();
    assert_eq!(runs, [10, 30]);
}

#[test]
fn thresholds_and_reference_lines_are_named_on_the_chart() {
    let names = |spec: &ChartSpec| -> Vec<String> {
        place(spec, canvas(860.0)).texts.into_iter().map(|text| text.text).collect()
    };
    assert!(names(&samples::response_rates()).contains(&"損益平衡 1.77%".to_owned()));
    assert!(names(&samples::lines()).contains(&"全部利潤 100%".to_owned()));
    for threshold in ["5 | 4", "4 | 3", "3 | 2", "2 | 1：310 天"] {
        assert!(names(&samples::histogram()).contains(&threshold.to_owned()));
    }
}

#[test]
fn a_finger_beside_a_thin_bar_gets_the_nearest_one() {
    let spec = samples::response_rates();
    let scene = place(&spec, canvas(328.0));
    for (at, hit) in scene.hits.iter().enumerate() {
        assert_eq!(scene.nearest((hit.rect.x + hit.rect.width / 2.0, 5.0)), Some(at), "above the bar");
    }
    assert_eq!(scene.nearest((-100.0, 0.0)), None);
}

#[test]
fn keys_go_down_a_row_of_the_heat_map() {
    assert_eq!(moved(&samples::heat_map(5), 7, Move::Down), 12);
    assert_eq!(moved(&samples::heat_map(5), 7, Move::Up), 2);
    assert_eq!(moved(&samples::heat_map(5), 2, Move::Up), 2);
    assert_eq!(moved(&samples::horizontal(), 1, Move::Down), 2);
}

#[test]
fn chinese_letters_count_as_one_em() {
    assert_eq!(text_width("客層分析", 10.0), 40.0);
    assert!(text_width("RFM", 10.0) < 30.0);
}

proptest! {
    #[test]
    fn ticks_are_round_ascending_and_cover(low in -1e9..1e9_f64, span in 1e-3..1e9_f64, wanted in 2_usize..9) {
        let high = low + span;
        prop_assume!(high - low > low.abs() * 1e-6);
        let ticks = nice_ticks(low, high, wanted);
        let step = ticks[1] - ticks[0];
        prop_assert!(ticks[0] <= low + step * 1e-6 && *ticks.last().unwrap() >= high - step * 1e-6);
        prop_assert!(ticks.len() >= 2 && ticks.len() <= wanted + 2, "{ticks:?}");
        prop_assert!(ticks.windows(2).all(|pair| (pair[1] - pair[0] - step).abs() < step * 1e-3));
        let mantissa = step / 10_f64.powf(step.log10().floor());
        prop_assert!([1.0, 2.0, 2.5, 5.0, 10.0].iter().any(|nice| (mantissa - nice).abs() < 1e-3), "{step}");
    }

    #[test]
    fn any_amounts_are_placed(amounts in prop::collection::vec(any::<f64>(), 0..200), width in 100.0..2000.0_f64) {
        let spec = samples::bars_of(&amounts);
        assert_sound(&spec, &place(&spec, canvas(width)));
        let horizontal = samples::horizontal_of(&amounts);
        assert_sound(&horizontal, &place(&horizontal, canvas(width)));
        let lines = samples::lines_of(&amounts);
        assert_sound(&lines, &place(&lines, canvas(width)));
        let histogram = samples::histogram_of(&amounts);
        assert_sound(&histogram, &place(&histogram, canvas(width)));
    }
}
