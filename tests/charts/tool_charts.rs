//! What the campaign tool and the pyramid draw: slices, intervals, stripes, callouts, and the keys among them.

use proptest::prelude::*;
use quintile::charts::layout::{Anchor, Move, Rule, RuleKind, Scene, moved, place};
use quintile::charts::spec::*;
use quintile::charts::table::{csv, table};

use crate::placed::{assert_sound, canvas, unreadable};
use crate::tool_samples::{self as samples, CHINESE, ENGLISH};

const WIDTHS: [f64; 6] = [240.0, 328.0, 480.0, 640.0, 1000.0, 1600.0];

fn texts(scene: &Scene) -> Vec<&str> {
    scene.texts.iter().map(|text| text.text.as_str()).collect()
}

fn rules(scene: &Scene, kind: fn(RuleKind) -> bool) -> Vec<&Rule> {
    scene.rules.iter().filter(|rule| kind(rule.kind)).collect()
}

#[test]
fn slices_are_of_equal_height_and_widen_along_one_outline() {
    for width in WIDTHS {
        let scene = place(&samples::pyramid(&CHINESE), canvas(width));
        let slices: Vec<_> = scene.shapes.iter().filter(|shape| shape.inset > 0.0).collect();
        assert_eq!(slices.len(), 4);
        let slope = |at: usize| slices[at].inset / slices[at].rect.height;
        for at in 1..4 {
            assert!((slices[at].rect.height - slices[0].rect.height).abs() < 1e-9);
            assert!((slope(at) - slope(0)).abs() < 1e-9, "the sides are straight");
            let (above, below) = (slices[at - 1].rect, slices[at].rect);
            assert!(below.width - 2.0 * slices[at].inset >= above.width, "each begins where the last ends");
        }
    }
}

#[test]
fn shares_are_as_long_as_their_amounts_on_one_scale_and_losses_lie_left_of_zero() {
    for width in WIDTHS {
        let spec = samples::pyramid(&ENGLISH);
        let Marks::Pyramid(pyramid) = &spec.marks else { panic!("a pyramid") };
        let scene = place(&spec, canvas(width));
        let bars: Vec<_> =
            scene.shapes.iter().filter(|shape| shape.inset == 0.0 && shape.role != Role::Neutral).collect();
        let shares: Vec<&Mark> = pyramid.tiers.iter().flat_map(|tier| &tier.shares).collect();
        assert_eq!(bars.len(), shares.len());
        let unit = bars[0].rect.width / shares[0].amount;
        for (bar, share) in bars.iter().zip(&shares) {
            assert!((bar.rect.width - unit * share.amount.abs()).abs() < 1e-6, "{} at {width}", share.label);
        }
        // The first tier's profit and the last one's loss meet at the zero line.
        let (profit, loss) = (bars[1].rect, bars[7].rect);
        assert!((loss.x + loss.width - profit.x).abs() < 1e-9);
        assert_eq!(bars[7].role, Role::Below);
    }
}

#[test]
fn a_tornado_has_one_row_for_each_input_with_its_ends_to_both_sides_of_the_base() {
    for width in WIDTHS {
        let scene = place(&samples::tornado(), canvas(width));
        assert_eq!(scene.shapes.len(), 8);
        let rows: Vec<f64> = scene.shapes.iter().map(|shape| shape.rect.y).collect();
        assert_eq!(rows.chunk_by(|a, b| a == b).count(), 4);
        let pair = &scene.shapes[..2];
        let (low, high) = (
            pair.iter().find(|bar| bar.role == Role::Accent4),
            pair.iter().find(|bar| bar.role == Role::Accent1),
        );
        let (low, high) = (low.unwrap().rect, high.unwrap().rect);
        assert!((low.x + low.width - high.x).abs() < 1e-9, "they meet at the base");
    }
}

#[test]
fn stacked_parts_stand_on_each_other_and_what_is_negative_hangs_below_zero() {
    for width in WIDTHS {
        let spec = samples::stacked(3);
        let scene = place(&spec, canvas(width));
        let (cost, last) = (scene.shapes[0].rect, &scene.shapes[scene.shapes.len() - 3..]);
        assert!(
            cost.y >= scene.shapes[5].rect.y + scene.shapes[5].rect.height,
            "the cost hangs below the base"
        );
        for pair in last.windows(2) {
            let gap = pair[0].rect.y - (pair[1].rect.y + pair[1].rect.height);
            assert!((0.0..=1.01).contains(&gap), "a part stands on the one before: {gap}");
        }
    }
}

#[test]
fn bands_outside_stand_apart_and_are_flat() {
    let scene = place(&samples::pyramid(&CHINESE), canvas(860.0));
    let bands: Vec<_> = scene.shapes.iter().filter(|shape| shape.role == Role::Neutral).collect();
    let lowest = scene.shapes.iter().filter(|shape| shape.inset > 0.0).map(|shape| shape.rect);
    let base = lowest.map(|rect| rect.y + rect.height).fold(0.0, f64::max);
    assert_eq!(bands.len(), 2);
    assert!(bands.iter().all(|band| band.inset == 0.0 && band.rect.y >= base + 16.0));
}

#[test]
fn a_number_that_does_not_fit_its_slice_stands_beside_it_whole() {
    for width in WIDTHS {
        let spec = samples::pyramid_with(10, |at| 9_876_543.0 - at as f64);
        let scene = place(&spec, canvas(width));
        assert!(texts(&scene).contains(&"9,876,543"), "at {width}");
        assert_eq!(unreadable(&scene), Vec::<String>::new());
    }
}

#[test]
fn a_name_of_more_than_two_lines_keeps_its_spaces_and_ends_in_an_ellipsis() {
    let name = "Customers who bought at least twice within the last twelve months of the year";
    let spec = samples::pyramid_of(&ENGLISH, &[(name.into(), 1.0, [1.0; 2])], &[], 2);
    let scene = place(&spec, canvas(640.0));
    let lines: Vec<&str> = scene
        .texts
        .iter()
        .filter(|text| text.bold && text.size == 13.0)
        .map(|text| text.text.as_str())
        .collect();
    assert_eq!(lines.len(), 2);
    assert!(name.starts_with(lines[0]) && lines[1].ends_with('…'), "{lines:?}");
    assert!(name.contains(&format!("{} {}", lines[0], lines[1].trim_end_matches('…'))), "{lines:?}");
}

#[test]
fn tiers_take_the_five_tints_in_order_however_many_there_are() {
    for count in 1..=10 {
        let places: Vec<usize> = (0..count)
            .map(|at| {
                Role::ALL.iter().position(|role| *role == Role::ordered(at, count)).expect("one of all")
            })
            .collect();
        assert!(
            places.is_sorted() && places[0] == 0 && places.iter().all(|at| *at < 5),
            "{count}: {places:?}"
        );
        assert!(count > 5 || places.windows(2).all(|pair| pair[0] < pair[1]), "{count}: {places:?}");
    }
}

#[test]
fn the_table_of_a_pyramid_has_a_row_for_each_tier_and_band() {
    let table = table(&samples::pyramid(&ENGLISH));
    assert_eq!(
        table.headers,
        ["Tier", "Share of customers", "Customers", "Share of revenue", "Share of profit"]
    );
    let row = |at: usize| -> Vec<&str> { table.rows[at].iter().map(|cell| cell.text.as_str()).collect() };
    assert_eq!(table.rows.len(), 6);
    assert_eq!(row(3), ["Small customers", "80% of customers", "2,480", "20.3%", "-20.0%"]);
    assert_eq!(row(4), ["Inactive customers", "–", "1,904", "–", "–"]);
    let text = String::from_utf8(csv(&table)).unwrap();
    assert!(text.contains("Small customers,80% of customers,2480,0.203,-0.2"), "{text}");
}

#[test]
fn keys_go_down_a_column_of_the_pyramid_and_on_to_the_bands() {
    let spec = samples::pyramid(&CHINESE);
    let label = |at: usize| spec.each_mark()[at].label.clone();
    let down = moved(&spec, 2, Move::Down);
    assert_eq!((label(2).as_str(), label(down).as_str()), ("頂級顧客 · 利潤占比", "大型顧客 · 利潤占比"));
    assert_eq!(moved(&spec, down, Move::Up), 2);
    // From the last tier's profit to the band's only mark, and there is nothing under the last band.
    assert_eq!(label(moved(&spec, 11, Move::Down)), "非活躍顧客 · 顧客人數");
    assert_eq!(moved(&spec, 13, Move::Down), 13);
    assert_eq!(moved(&spec, 1, Move::Up), 1);
}

#[test]
fn keys_change_to_the_nearest_point_of_a_line_with_other_places() {
    // 126 points and 6: two fifths along the first is the third of the second.
    let spec = samples::gains();
    assert_eq!(moved(&spec, 50, Move::Down), 126 + 2);
    assert_eq!(moved(&spec, 126 + 2, Move::Up), 50);
    assert_eq!(moved(&spec, 50, Move::Up), 50);
    assert_eq!(moved(&spec, 0, Move::FarNext), 131 / 20);
    assert_eq!(moved(&spec, 131, Move::FarNext), 131);
}

#[test]
fn intervals_are_drawn_on_wide_bars_and_kept_in_the_table_on_thin_ones() {
    let whisker = |kind| matches!(kind, RuleKind::Whisker(_));
    let spec = samples::rates_of(&samples::falling(125), 0.008);
    assert!(rules(&place(&spec, canvas(1000.0)), whisker).len() >= 125);
    assert_eq!(rules(&place(&spec, canvas(328.0)), whisker).len(), 0);
    let table = table(&spec);
    assert_eq!(
        table.headers,
        ["RFM cell", "Response rate", "95% interval, low", "95% interval, high", "Verdict"]
    );
    let (text, number) = (&table.rows[0][3].text, table.rows[0][3].number.expect("a number"));
    let Some(interval) = &spec.each_mark()[0].interval else { panic!("an interval") };
    assert_eq!((text, number), (&interval.high_value, interval.high));
    assert_eq!(spec.each_mark()[0].reading(), "2.8% [2.0% – 3.6%]");
}

#[test]
fn an_interval_that_exceeds_the_axis_is_cut_off_without_a_cap() {
    let level = |scene: &Scene| {
        let all = rules(scene, |kind| matches!(kind, RuleKind::Whisker(_)));
        all.iter().filter(|rule| rule.from.1 == rule.to.1).count()
    };
    // The axis ends at 4 %: 3.91 % ± 0.6 points has its lower cap only, 0.81 % both.
    assert_eq!(level(&place(&samples::rates_of(&[0.0391, 0.0081], 0.006), canvas(600.0))), 3);
}

#[test]
fn long_intervals_of_close_bars_are_kept_in_the_table_alone() {
    let is_whisker = |kind| matches!(kind, RuleKind::Whisker(_));
    let whiskers = |spec: &ChartSpec| rules(&place(spec, canvas(1000.0)), is_whisker).len();
    let spec = samples::rates_of(&samples::falling(100), 0.4);
    assert_eq!(whiskers(&spec), 0);
    let interval = spec.each_mark()[0].interval.as_ref().expect("an interval");
    assert_eq!(table(&spec).rows[0][3].text, interval.high_value);
    assert!(whiskers(&samples::rates_of(&samples::falling(100), 0.005)) >= 100);
    // Wide bars are apart: their long intervals are seen, cut off where the axis ends.
    assert!(whiskers(&samples::rates_of(&samples::falling(5), 0.4)) >= 5);
}

#[test]
fn an_amount_stands_at_its_bar_and_not_at_the_end_of_a_long_interval() {
    let scene = place(&samples::rates_of(&[0.01, 0.06, 0.01], 0.03), canvas(600.0));
    let at = |amount: &str| scene.texts.iter().find(|text| text.text == amount).expect("an amount").y;
    let bar = &scene.hits[0].rect;
    assert!((bar.y - 20.0..bar.y).contains(&at("1.0%")), "{} over {}", at("1.0%"), bar.y);
}

#[test]
fn a_thousand_bars_on_a_phone_keep_their_heights_and_their_hits() {
    let rates = samples::falling(1000);
    let spec = samples::rates_of(&rates, 0.008);
    let scene = place(&spec, canvas(328.0));
    assert_eq!(scene.hits.len(), 1000);
    assert!(texts(&scene).contains(&"Neighbouring bars share a stripe"));
    assert!(scene.shapes.len() < 400 && scene.shapes.iter().all(|shape| shape.rect.width >= 2.0));
    // Over every bar there is paint up to its amount and none over the largest of its stripe.
    for (hit, mark) in scene.hits.iter().zip(spec.each_mark()) {
        let middle = hit.rect.x + hit.rect.width / 2.0;
        let stripe = scene.shapes.iter().map(|shape| shape.rect);
        let stripe = stripe.filter(|rect| rect.x <= middle && middle < rect.x + rect.width);
        let top = stripe.map(|rect| rect.y).fold(f64::INFINITY, f64::min);
        assert!(top <= hit.rect.y + hit.rect.height && top <= hit.tip.1 + 1e-6, "{}", mark.label);
    }
    let highest = scene.shapes.iter().map(|shape| shape.rect.y).fold(f64::INFINITY, f64::min);
    let outlier = scene.hits[333].tip.1;
    assert!((highest - outlier).abs() < 1e-9, "the outlier is seen");
}

#[test]
fn the_pieces_of_a_stripe_do_not_overlap() {
    let scene = place(&samples::rates_of(&samples::falling(1000), 0.008), canvas(328.0));
    for (at, one) in scene.shapes.iter().enumerate() {
        for other in &scene.shapes[at + 1..] {
            let apart = one.rect.x + one.rect.width <= other.rect.x + 1e-6
                || one.rect.y + one.rect.height <= other.rect.y + 1e-6;
            assert!(apart || other.rect.y + other.rect.height <= one.rect.y + 1e-6, "{one:?} {other:?}");
        }
    }
}

#[test]
fn break_even_is_named_beside_no_bar_for_1_to_1000_cells() {
    for count in [1, 2, 12, 125, 1000] {
        for width in WIDTHS {
            let scene = place(&samples::rates_of(&samples::falling(count), 0.008), canvas(width));
            let name = scene.texts.iter().find(|text| text.text == "break-even 1.77%");
            let area = name.unwrap_or_else(|| panic!("{count} at {width} name it")).area();
            assert!(scene.shapes.iter().all(|shape| !shape.rect.meets(&area)), "{count} at {width}");
        }
    }
}

#[test]
fn a_callout_points_to_both_axes_and_says_its_words() {
    for width in WIDTHS {
        let scene = place(&samples::whale(), canvas(width));
        let pointers = rules(&scene, |kind| kind == RuleKind::Pointer);
        assert_eq!(pointers.len(), 2);
        let [down, left] = [pointers[0], pointers[1]];
        assert!(down.from.0 == down.to.0 && left.from.1 == left.to.1 && down.to == left.to);
        assert!(scene.spots.contains(&down.to));
        for words in
            ["20% of customers → 105%", "all profit 100%", "the last 31% lose money", "Profit", "all alike"]
        {
            let told = scene.texts.iter().filter(|text| text.text == words).count();
            assert_eq!(told, 1, "{words:?} at {width}");
        }
    }
}

#[test]
fn a_curve_over_100_percent_stays_on_the_chart() {
    let spec = samples::whale();
    let scene = place(&spec, canvas(860.0));
    let curve = scene.paths.iter().find(|path| path.points.len() == 200).expect("the curve");
    let hundred = rules(&scene, |kind| kind == RuleKind::Reference)[0].from.1;
    assert!(curve.points.iter().any(|point| point.1 < hundred - 20.0));
    assert!((curve.points[199].1 - hundred).abs() < 1e-6, "it ends at 100 %");
    assert_eq!(table(&spec).rows.len(), 200, "guides and callouts are no rows");
}

#[test]
fn places_on_a_discrete_axis_are_all_named_and_dotted() {
    let scene = place(&samples::bins(), canvas(328.0));
    for bins in 2..=10 {
        assert!(texts(&scene).contains(&bins.to_string().as_str()));
    }
    assert!(scene.paths[0].dots);
}

#[test]
fn expected_and_actual_stand_in_pairs_with_a_legend() {
    let scene = place(&samples::expected_and_actual(), canvas(328.0));
    let pair = [scene.shapes[0].rect, scene.shapes[1].rect];
    assert!(pair[0].y < pair[1].y && pair[1].y - pair[0].y < 21.0);
    assert_eq!(scene.swatches.len(), 2);
    let losses = scene.texts.iter().filter(|text| text.text.starts_with("NT$-"));
    assert!(losses.into_iter().all(|text| text.anchor == Anchor::End));
}

fn word() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "A",
        "頂級顧客",
        "Customers who bought within the year",
        "極為重要而且名稱非常長的一層顧客",
        "Pneumonoultramicroscopic",
    ])
    .prop_map(String::from)
}

fn row() -> impl Strategy<Value = (String, f64, [f64; 2])> {
    (word(), 0.0..20_000_000.0_f64, [-3.0..5.0_f64, -0.5..1.0_f64])
        .prop_map(|(name, count, shares)| (name, count.floor(), shares))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_pyramid_is_readable(
        rows in prop::collection::vec(row(), 1..11),
        outside in prop::collection::vec(0.0..1e7_f64, 0..3),
        measures in 0_usize..3,
        width in 240.0..1600.0_f64,
    ) {
        let spec = samples::pyramid_of(&ENGLISH, &rows, &outside, measures);
        let scene = place(&spec, canvas(width));
        assert_sound(&spec, &scene);
        prop_assert_eq!(unreadable(&scene), Vec::<String>::new());
    }

    #[test]
    fn any_rates_are_readable(
        rates in prop::collection::vec(0.0..1.0_f64, 1..300),
        half in 0.0..0.3_f64,
        width in 240.0..1600.0_f64,
    ) {
        let spec = samples::rates_of(&rates, half);
        let scene = place(&spec, canvas(width));
        assert_sound(&spec, &scene);
        prop_assert_eq!(unreadable(&scene), Vec::<String>::new());
    }

    #[test]
    fn any_callouts_and_references_are_readable(
        callouts in prop::collection::vec((0.0..1.0_f64, 0.0..1.3_f64, word()), 0..5),
        references in prop::collection::vec((0.0..1.3_f64, word()), 0..4),
        verticals in prop::collection::vec((0.0..1.0_f64, word()), 0..4),
        width in 240.0..1600.0_f64,
    ) {
        for mut spec in [samples::whale(), samples::gains()] {
            let Marks::Lines(lines) = &mut spec.marks else { panic!("lines") };
            let line = |(at, label): &(f64, String)| Reference { at: *at, label: label.clone() };
            lines.callouts = callouts.iter().map(|(x, y, label)| Callout { x: *x, y: *y, label: label.clone() }).collect();
            lines.references = references.iter().map(line).collect();
            lines.verticals = verticals.iter().map(line).collect();
            let scene = place(&spec, canvas(width));
            assert_sound(&spec, &scene);
            prop_assert_eq!(unreadable(&scene), Vec::<String>::new());
        }
    }

    #[test]
    fn any_numbers_at_all_are_placed(numbers in prop::collection::vec(any::<f64>(), 4..40), width in 100.0..2000.0_f64) {
        let rows: Vec<_> = numbers.chunks_exact(4).map(|four| ("層".to_owned(), four[0], [four[1], four[2]])).collect();
        let pyramid = samples::pyramid_of(&CHINESE, &rows, &numbers[..2], 2);
        assert_sound(&pyramid, &place(&pyramid, canvas(width)));
        let rates = samples::rates_of(&numbers, numbers[0]);
        assert_sound(&rates, &place(&rates, canvas(width)));
        let mut whale = samples::whale();
        let Marks::Lines(lines) = &mut whale.marks else { panic!("lines") };
        lines.callouts[0] = Callout { x: numbers[0], y: numbers[1], label: "?".into() };
        lines.guides[0].to = (numbers[2], numbers[3]);
        lines.verticals[0].at = numbers[1];
        lines.references[0].at = numbers[2];
        assert_sound(&whale, &place(&whale, canvas(width)));
    }
}
