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

/// Resolved colours: a chart that is saved as a file carries them with it. They are those of `style/tokens.css`.
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
        ink_soft: Colour(0x55, 0x61, 0x6d),
        line: Colour(0xde, 0xdb, 0xd2),
        accents: [
            Colour(0x05, 0x4a, 0x4a),
            Colour(0x0b, 0x6e, 0x6e),
            Colour(0x4f, 0xa3, 0x9f),
            Colour(0xa9, 0xd3, 0xcf),
            Colour(0xd9, 0xec, 0xeb),
        ],
        above: Colour(0x0b, 0x6e, 0x6e),
        cant_tell: Colour(0xb9, 0x8a, 0x1d),
        below: Colour(0xb4, 0x55, 0x2d),
        neutral: Colour(0xf7, 0xf6, 0xf2),
    };

    pub const DARK: Theme = Theme {
        surface: Colour(0x1a, 0x22, 0x28),
        ink: Colour(0xe8, 0xeb, 0xe9),
        ink_soft: Colour(0xa7, 0xb2, 0xb5),
        line: Colour(0x31, 0x3c, 0x43),
        accents: [
            Colour(0xa9, 0xdc, 0xd7),
            Colour(0x6c, 0xc0, 0xba),
            Colour(0x3a, 0x91, 0x8d),
            Colour(0x25, 0x5f, 0x5e),
            Colour(0x19, 0x3f, 0x40),
        ],
        above: Colour(0x58, 0xb8, 0xb2),
        cant_tell: Colour(0xd9, 0xad, 0x45),
        below: Colour(0xe0, 0x8a, 0x62),
        neutral: Colour(0x12, 0x18, 0x1d),
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

    /// A readable colour for a text that stands on a role's colour: ink or surface where one of them has 4.5 : 1,
    /// else black or white, of which one has 4.58 : 1 on whatever colour.
    pub fn text_on(&self, role: Role) -> Colour {
        let under = self.colour(role);
        let better =
            |one: Colour, two: Colour| if under.contrast(one) >= under.contrast(two) { one } else { two };
        let own = better(self.ink, self.surface);
        if under.contrast(own) >= 4.5 { own } else { better(Colour(0, 0, 0), Colour(255, 255, 255)) }
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
