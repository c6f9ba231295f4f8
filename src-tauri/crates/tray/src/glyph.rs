//! The four shapes as pixels.
//!
//! A host tints only icons that it finds by name in a theme, and no desktop tells what colour its panel has: it is
//! often dark while windows are light. So each shape is light and has a dark rim, and stands out on both.

use slipway_core::view::Glyph;
use zeno::{Cap, Join, Mask, Stroke, Style, Transform};

/// The sizes that panels ask for, on ordinary and dense screens.
pub(crate) const SIZES: [u16; 7] = [16, 22, 24, 32, 44, 48, 64];

/// The shapes are drawn on a square of 16; the rim needs room around it.
const SQUARE: f32 = 16.0;
const MARGIN: f32 = 1.0;
const RIM: f32 = 0.9;

const LIGHT: [u8; 3] = [0xf4, 0xf7, 0xf9];
const DARK: [u8; 3] = [0x15, 0x20, 0x2a];

/// A part of a shape, as an SVG path.
enum Part {
    Area(&'static str),
    Line(&'static str, f32),
}

use Part::{Area, Line};

fn parts(glyph: Glyph) -> &'static [Part] {
    match glyph {
        Glyph::Idle => &[
            Line("M1.2 11.6L14.8 14.5", 1.6),
            Line("M1.6 4.6L14.4 7.3L11.7 10.6L4.2 9Z", 1.5),
        ],
        Glyph::Running => &[
            Area("M4 2h4v4H4z"),
            Area("M1 6h14l-2.5 5h-9z"),
            Line(
                "M1 14c1.2-1.5 2.3-1.5 3.5 0s2.3 1.5 3.5 0 2.3-1.5 3.5 0 2.3 1.5 3.5 0",
                1.5,
            ),
        ],
        Glyph::NeedsYou => &[
            Area("M3 1h2v9H3z"),
            Area("M6 1h9l-2 2.5L15 6H6z"),
            Area("M1 10h14l-2.5 5h-9z"),
        ],
        Glyph::Failed => &[
            Line("M5 1.7L11 7.7", 2.0),
            Line("M11 1.7L5 7.7", 2.0),
            Area("M1 10h14l-2.5 5h-9z"),
        ],
    }
}

/// A shape at a size: rows of pixels, each red, green, blue and how much it covers.
pub(crate) fn rgba(glyph: Glyph, size: u16) -> Vec<u8> {
    let parts = parts(glyph);
    let ink = coverage(parts.iter().map(Part::ink), size);
    let rim = coverage(parts.iter().flat_map(Part::rim), size);
    let pixel = |(ink, rim): (u8, u8)| {
        let (ink, rim) = (f32::from(ink) / 255.0, f32::from(rim) / 255.0);
        let under = rim * (1.0 - ink);
        let alpha = ink + under;
        let mix = |light: u8, dark: u8| match alpha {
            0.0 => 0.0,
            _ => (f32::from(light) * ink + f32::from(dark) * under) / alpha,
        };
        [
            mix(LIGHT[0], DARK[0]),
            mix(LIGHT[1], DARK[1]),
            mix(LIGHT[2], DARK[2]),
            alpha * 255.0,
        ]
        .map(byte)
    };
    ink.into_iter().zip(rim).flat_map(pixel).collect()
}

/// Cut to a byte, not wrapped.
#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a float becomes the nearest byte there is"
)]
fn byte(value: f32) -> u8 {
    value.round() as u8
}

impl Part {
    fn ink(&self) -> (&'static str, Style<'static>) {
        match self {
            Area(path) => (path, Style::default()),
            Line(path, width) => (path, line(*width)),
        }
    }

    fn rim(&self) -> Vec<(&'static str, Style<'static>)> {
        match self {
            Area(path) => vec![(path, Style::default()), (path, line(2.0 * RIM))],
            Line(path, width) => vec![(path, line(width + 2.0 * RIM))],
        }
    }
}

fn line(width: f32) -> Style<'static> {
    let mut stroke = Stroke::new(width);
    stroke.cap(Cap::Round).join(Join::Round);
    stroke.into()
}

/// How much of each pixel any of these covers.
fn coverage(drawn: impl Iterator<Item = (&'static str, Style<'static>)>, size: u16) -> Vec<u8> {
    let side = usize::from(size);
    let scale = f32::from(size) / (SQUARE + 2.0 * MARGIN);
    let place = Transform::translation(MARGIN, MARGIN).then_scale(scale, scale);
    let mut covered = vec![0; side * side];
    let mut one = covered.clone();
    for (path, style) in drawn {
        one.fill(0);
        Mask::new(path)
            .style(style)
            .transform(Some(place))
            .size(size.into(), size.into())
            .render_into(&mut one, None);
        for (all, one) in covered.iter_mut().zip(&one) {
            *all = all.saturating_add(*one);
        }
    }
    covered
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Glyph; 4] = [Glyph::Idle, Glyph::Running, Glyph::NeedsYou, Glyph::Failed];

    /// The panels of the mockups, and what lies between them.
    const PANELS: [[u8; 3]; 4] = [
        [0xe9, 0xed, 0xf0],
        [0x1c, 0x24, 0x2b],
        [0x00, 0x00, 0x00],
        [0x80, 0x80, 0x80],
    ];

    /// WCAG's relative luminance: <https://www.w3.org/TR/WCAG22/#dfn-relative-luminance>.
    fn luminance(colour: [f32; 3]) -> f32 {
        let [red, green, blue] = colour.map(|it| {
            let it = it / 255.0;
            match it <= 0.04045 {
                true => it / 12.92,
                false => ((it + 0.055) / 1.055).powf(2.4),
            }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    fn contrast(one: f32, other: f32) -> f32 {
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    /// The share of the square in which the shape stands out from a panel as WCAG asks of graphics, 3 to 1.
    fn standing_out(glyph: Glyph, size: u16, panel: [u8; 3]) -> f32 {
        let panel = panel.map(f32::from);
        let pixels = rgba(glyph, size);
        let (pixels, _) = pixels.as_chunks::<4>();
        let out = pixels.iter().filter(|[red, green, blue, alpha]| {
            let alpha = f32::from(*alpha) / 255.0;
            let over = |part: &u8, under: f32| f32::from(*part) * alpha + under * (1.0 - alpha);
            let seen = [
                over(red, panel[0]),
                over(green, panel[1]),
                over(blue, panel[2]),
            ];
            contrast(luminance(seen), luminance(panel)) >= 3.0
        });
        out.count() as f32 / pixels.len() as f32
    }

    #[test]
    fn each_stands_out_on_light_and_dark_panels() {
        for glyph in ALL {
            for panel in PANELS {
                for size in SIZES {
                    let out = standing_out(glyph, size, panel);
                    assert!(out > 0.1, "{glyph:?} at {size} on {panel:x?}: {out}");
                }
            }
        }
    }

    #[test]
    fn each_is_another_shape() {
        for (index, one) in ALL.iter().enumerate() {
            for other in &ALL[index + 1..] {
                let (mine, theirs) = (rgba(*one, 16), rgba(*other, 16));
                let (mine, theirs) = (mine.as_chunks::<4>().0, theirs.as_chunks::<4>().0);
                let differing = mine.iter().zip(theirs).filter(|(mine, theirs)| {
                    let apart = |at: usize| mine[at].abs_diff(theirs[at]) > 96;
                    (0..4).any(apart)
                });
                let differing = differing.count();
                assert!(differing > 40, "{one:?} and {other:?}: {differing} of 256");
            }
        }
    }

    #[test]
    fn nothing_is_cut_off() {
        for glyph in ALL {
            let size = 64;
            let pixels = rgba(glyph, size);
            let (pixels, _) = pixels.as_chunks::<4>();
            let side = usize::from(size);
            let edge = (0..side)
                .flat_map(|at| [at, side * (side - 1) + at, at * side, at * side + side - 1]);
            let heaviest = edge.map(|at| pixels[at][3]).max();
            assert!(heaviest < Some(200), "{glyph:?}: {heaviest:?}");
        }
    }
}
