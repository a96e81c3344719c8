//! The colours of a chart, and the arithmetic that keeps them readable.

use super::spec::Role;

/// A colour as red, green, blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour(pub u8, pub u8, pub u8);

impl Colour {
    pub fn hex(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }

    /// Relative luminance, `L = 0.2126 R + 0.7152 G + 0.0722 B` of the linearised channels (WCAG 2.2).
    pub fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let share = f64::from(channel) / 255.0;
            if share <= 0.04045 { share / 12.92 } else { libm::pow((share + 0.055) / 1.055, 2.4) }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }

    /// Contrast ratio, `(L_light + 0.05) / (L_dark + 0.05)` (WCAG 2.2): from 1 to 21.
    pub fn contrast(self, other: Colour) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }
}

/// A pattern laid over a colour, so that colour is never alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pattern {
    Stripes,
    Dots,
}

impl Role {
    /// The judgements differ by pattern as well; tints differ by lightness and carry their number.
    pub fn pattern(self) -> Option<Pattern> {
        match self {
            Role::CantTell => Some(Pattern::Stripes),
            Role::Below => Some(Pattern::Dots),
            _ => None,
        }
    }
}

/// Resolved colours: a chart that is saved as a file carries them with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    /// What the chart stands on.
    pub surface: Colour,
    pub ink: Colour,
    pub ink_soft: Colour,
    pub line: Colour,
    pub accents: [Colour; 5],
    pub above: Colour,
    pub cant_tell: Colour,
    pub below: Colour,
    pub neutral: Colour,
}

impl Theme {
    pub const LIGHT: Theme = Theme {
        surface: Colour(0xff, 0xff, 0xff),
        ink: Colour(0x17, 0x21, 0x2b),
        ink_soft: Colour(0x56, 0x61, 0x6d),
        line: Colour(0xe3, 0xe1, 0xda),
        accents: [
            Colour(0x06, 0x4b, 0x4b),
            Colour(0x0b, 0x6e, 0x6e),
            Colour(0x5f, 0xb0, 0xab),
            Colour(0xa4, 0xd3, 0xcf),
            Colour(0xd6, 0xec, 0xea),
        ],
        above: Colour(0x0b, 0x6e, 0x6e),
        cant_tell: Colour(0xc0, 0x8a, 0x0e),
        below: Colour(0xb5, 0x5a, 0x3c),
        neutral: Colour(0xf0, 0xee, 0xe8),
    };

    pub const DARK: Theme = Theme {
        surface: Colour(0x1b, 0x24, 0x2c),
        ink: Colour(0xec, 0xee, 0xee),
        ink_soft: Colour(0xa9, 0xb4, 0xbd),
        line: Colour(0x35, 0x41, 0x4b),
        accents: [
            Colour(0xa6, 0xe3, 0xdd),
            Colour(0x5f, 0xbf, 0xb8),
            Colour(0x12, 0x74, 0x72),
            Colour(0x17, 0x54, 0x55),
            Colour(0x1d, 0x3d, 0x41),
        ],
        above: Colour(0x4f, 0xb8, 0xb0),
        cant_tell: Colour(0xd9, 0xa9, 0x3a),
        below: Colour(0xd9, 0x82, 0x62),
        neutral: Colour(0x26, 0x30, 0x39),
    };

    /// For paper and for files: the light colours.
    pub const PRINT: Theme = Theme::LIGHT;

    pub fn colour(&self, role: Role) -> Colour {
        match role {
            Role::Accent1 => self.accents[0],
            Role::Accent2 => self.accents[1],
            Role::Accent3 => self.accents[2],
            Role::Accent4 => self.accents[3],
            Role::Accent5 => self.accents[4],
            Role::Above => self.above,
            Role::CantTell => self.cant_tell,
            Role::Below => self.below,
            Role::Neutral => self.neutral,
        }
    }

    /// The more readable of ink and surface for a text that stands on a role's colour.
    pub fn text_on(&self, role: Role) -> Colour {
        let under = self.colour(role);
        if under.contrast(self.ink) >= under.contrast(self.surface) { self.ink } else { self.surface }
    }

    /// An outline for a colour that is too near to the surface to be seen as a shape (under 3 : 1).
    pub fn outline(&self, role: Role) -> Option<Colour> {
        (self.colour(role).contrast(self.surface) < 3.0).then_some(self.ink_soft)
    }

    /// A colour for a line or a small text, which has no outline to help it.
    pub fn stroke(&self, role: Role) -> Colour {
        self.outline(role).unwrap_or(self.colour(role))
    }
}
