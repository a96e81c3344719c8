//! The SVG. The gallery is left in `target/tmp/charts`, to be looked at.

use std::fs;

use proptest::prelude::*;
use quintile::charts::layout::place;
use quintile::charts::spec::{ChartSpec, Marks, Role, Tornado};
use quintile::charts::svg;
use quintile::charts::theme::Theme;

use crate::placed::canvas;
use crate::samples;

fn draw(spec: &ChartSpec, width: f64, theme: &Theme) -> String {
    svg::picture(spec, &place(spec, canvas(width)), theme, "test", true)
}

/// Well formed, without inline style, script, or a number that is none.
fn assert_clean(svg: &str) {
    for wrong in ["NaN", "inf", "style=", "<script", "<style", "<image", "href"] {
        assert!(!svg.contains(wrong), "{wrong} in {svg}");
    }
    let mut open = vec![];
    for tag in svg.split('<').skip(1) {
        let (tag, _) = tag.split_once('>').expect("every < has its >");
        let name = tag.split([' ', '/', '\n']).find(|part| !part.is_empty()).expect("a name");
        if tag.starts_with('/') {
            assert_eq!(open.pop(), Some(name), "tags nest");
        } else if !tag.ends_with('/') {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "{open:?} stay open");
}

#[test]
fn gallery_is_drawn_in_both_themes_wide_and_narrow() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("charts");
    fs::create_dir_all(&folder).unwrap();
    for (name, spec) in samples::gallery() {
        for (look, theme) in [("light", Theme::LIGHT), ("dark", Theme::DARK)] {
            for width in [1000.0, 328.0] {
                let picture = draw(&spec, width, &theme);
                assert_clean(&picture);
                fs::write(folder.join(format!("{name}-{look}-{width}.svg")), picture).unwrap();
            }
        }
    }
}

#[test]
fn every_bar_is_drawn_in_its_colour() {
    let svg = draw(&samples::bars_of(&[1.0, 2.0, 3.0]), 600.0, &Theme::LIGHT);
    assert_eq!(svg.matches("#0B6E6E").count(), 3, "{svg}");
}

#[test]
fn every_cell_shows_its_amount() {
    let spec = samples::heat_map(5);
    let svg = draw(&spec, 600.0, &Theme::DARK);
    assert_eq!(svg.matches("<rect").count(), 25 + 1, "25 cells and the background");
    for cell in spec.each_mark() {
        assert!(svg.contains(&format!(">{}</text>", cell.value)));
    }
}

#[test]
fn judgements_have_their_patterns_and_nothing_else_has() {
    let svg = draw(&samples::response_rates(), 600.0, &Theme::LIGHT);
    let Marks::Bars(bars) = samples::response_rates().marks else { panic!("bars") };
    let count = |role| bars.series[0].marks.iter().filter(|mark| mark.role == role).count();
    // One more for the legend.
    assert_eq!(svg.matches("url(#test-stripes)").count(), count(Role::CantTell) + 1);
    assert_eq!(svg.matches("url(#test-dots)").count(), count(Role::Below) + 1);
    assert_eq!(svg.matches("<pattern").count(), 2);
}

#[test]
fn slices_are_polygons_and_losses_have_their_pattern() {
    let svg = draw(&crate::tool_samples::pyramid(&crate::tool_samples::CHINESE), 860.0, &Theme::LIGHT);
    assert_eq!(svg.matches("<polygon").count(), 4);
    assert_eq!(svg.matches("url(#test-dots)").count(), 1, "one tier loses");
}

#[test]
fn whiskers_and_callouts_are_written() {
    let count = |spec: &ChartSpec, colour: quintile::charts::theme::Colour| {
        let svg = draw(spec, 860.0, &Theme::LIGHT);
        svg.to_lowercase().matches(&colour.hex()).count()
    };
    let with = crate::tool_samples::whale();
    let mut without = with.clone();
    let Marks::Lines(lines) = &mut without.marks else { panic!("lines") };
    lines.callouts.clear();
    assert!(count(&with, Theme::LIGHT.ink) >= count(&without, Theme::LIGHT.ink) + 20, "two dotted lines");
    let rates = crate::tool_samples::rates_of(&[0.0391, 0.0081], 0.006);
    let mut bare = rates.clone();
    let Marks::Bars(bars) = &mut bare.marks else { panic!("bars") };
    bars.series[0].marks.iter_mut().for_each(|mark| mark.interval = None);
    // White on the dark bars, ink beside them.
    assert!(count(&rates, Theme::LIGHT.surface) > count(&bare, Theme::LIGHT.surface));
    assert!(count(&rates, Theme::LIGHT.ink) > count(&bare, Theme::LIGHT.ink));
}

#[test]
fn texts_are_escaped_wherever_they_stand() {
    let evil = "<script>alert('1')</script> & \"x\"\u{0}";
    let mut spec = samples::heat_map(2);
    spec.title = evil.into();
    spec.description = evil.into();
    let Marks::HeatMap(map) = &mut spec.marks else { panic!("a heat map") };
    map.rows[0] = "<b>".into();
    map.cells[0].label = evil.into();
    map.cells[0].value = "<i>".into();
    let scene = place(&spec, canvas(900.0));
    let picture = svg::picture(&spec, &scene, &Theme::LIGHT, "a\"b", true);
    let overlay = svg::overlay(&spec, &scene, 0);
    for svg in [&picture, &overlay] {
        assert_clean(svg);
        assert!(svg.contains("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; &quot;x&quot;"));
        assert!(!svg.contains("<b>") && !svg.contains("<i>") && !svg.contains('\u{0}'));
    }
}

#[test]
fn the_overlay_has_one_option_for_each_mark_and_one_tab_stop() {
    for (name, spec) in samples::gallery() {
        let overlay = svg::overlay(&spec, &place(&spec, canvas(600.0)), 0);
        assert_clean(&overlay);
        assert_eq!(overlay.matches("role=\"option\"").count(), spec.each_mark().len(), "{name}");
        assert_eq!(overlay.matches("tabindex=\"0\"").count(), 1, "{name}");
        assert!(
            overlay.contains(&format!("{}\"", spec.each_mark()[0].reading())),
            "{name}: options say their value"
        );
    }
}

#[test]
fn nothing_to_draw_gives_words_and_no_empty_list_box() {
    let spec = samples::bars_of(&[]);
    let scene = place(&spec, canvas(600.0));
    let picture = svg::picture(&spec, &scene, &Theme::LIGHT, "test", false);
    assert!(picture.contains("No data to draw"));
    assert!(!svg::overlay(&spec, &scene, 0).contains("listbox"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_amounts_give_a_clean_picture(amounts in prop::collection::vec(any::<f64>(), 0..60), width in 100.0..1500.0_f64) {
        let mut specs = [samples::bars_of(&amounts), samples::lines_of(&amounts), samples::histogram_of(&amounts), samples::horizontal_of(&amounts)];
        for spec in &mut specs {
            // What people read for such an amount is the tool's affair; here the numbers of the picture count.
            hide_texts(spec);
            assert_clean(&draw(spec, width, &Theme::DARK));
        }
    }
}

fn hide_texts(spec: &mut ChartSpec) {
    let hide = |mark: &mut quintile::charts::spec::Mark| mark.value = "–".into();
    match &mut spec.marks {
        Marks::Bars(bars) | Marks::StackedBars(bars) => {
            bars.series.iter_mut().flat_map(|series| &mut series.marks).for_each(hide)
        }
        Marks::HorizontalBars(bars) | Marks::Tornado(Tornado { bars, .. }) => {
            bars.series.iter_mut().flat_map(|series| &mut series.marks).for_each(hide)
        }
        Marks::Histogram(histogram) => histogram.bins.iter_mut().for_each(hide),
        Marks::HeatMap(map) => map.cells.iter_mut().for_each(hide),
        Marks::Pyramid(pyramid) => pyramid
            .tiers
            .iter_mut()
            .chain(&mut pyramid.outside)
            .flat_map(|tier| std::iter::once(&mut tier.customers).chain(&mut tier.shares))
            .for_each(hide),
        Marks::Lines(lines) => {
            lines
                .series
                .iter_mut()
                .flat_map(|series| &mut series.points)
                .for_each(|point| hide(&mut point.mark));
        }
    }
}
