//! Contrast, and the agreement of the charts' colours with those of the page.

use quintile::charts::spec::Role;
use quintile::charts::theme::{Colour, Theme};

const THEMES: [(&str, Theme); 2] = [("light", Theme::LIGHT), ("dark", Theme::DARK)];

#[test]
fn black_on_white_has_a_contrast_of_21() {
    assert!((Colour(0, 0, 0).contrast(Colour(255, 255, 255)) - 21.0).abs() < 1e-9);
}

#[test]
fn text_has_4_5_to_1_on_the_surface_and_on_every_tint() {
    for (name, theme) in THEMES {
        for colour in [theme.ink, theme.ink_soft] {
            assert!(colour.contrast(theme.surface) >= 4.5, "{name} {colour:?}");
        }
        for role in Role::ALL {
            let contrast = theme.text_on(role).contrast(theme.colour(role));
            assert!(contrast >= 4.5, "{name} {role:?}: {contrast:.2}");
        }
    }
}

#[test]
fn every_mark_has_3_to_1_against_the_surface_by_itself_or_by_its_outline() {
    for (name, theme) in THEMES {
        for role in Role::ALL {
            assert!(theme.stroke(role).contrast(theme.surface) >= 3.0, "{name} {role:?}");
        }
    }
}

#[test]
fn tints_are_ordered_from_the_strongest_to_the_faintest() {
    for (name, theme) in THEMES {
        let contrasts = theme.accents.map(|tint| tint.contrast(theme.surface));
        assert!(contrasts.windows(2).all(|pair| pair[0] > pair[1]), "{name} {contrasts:?}");
    }
}

#[test]
fn judgements_differ_by_pattern_as_well_as_by_colour() {
    let patterns = [Role::Above, Role::CantTell, Role::Below].map(Role::pattern);
    assert!(patterns[0] != patterns[1] && patterns[1] != patterns[2] && patterns[0] != patterns[2]);
}

#[test]
fn charts_have_the_colours_of_the_page() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("style/tokens.css");
    let css = std::fs::read_to_string(path).expect("style/tokens.css");
    let (light, dark) = css.split_once("[data-theme=\"dark\"]").expect("two themes");
    for (css, theme) in [(light, Theme::LIGHT), (dark, Theme::DARK)] {
        let accents = (1..=5).map(|at| format!("accent-{at}")).zip(theme.accents);
        let others = [
            ("surface", theme.surface),
            ("ink", theme.ink),
            ("ink-soft", theme.ink_soft),
            ("line", theme.line),
            ("above", theme.above),
            ("cant-tell", theme.cant_tell),
            ("below", theme.below),
        ];
        for (name, colour) in accents.chain(others.map(|(name, colour)| (name.to_owned(), colour))) {
            let hex = colour.hex();
            let long = format!("--{name}: {hex};");
            assert!(css.contains(&long), "{long}");
        }
    }
}
