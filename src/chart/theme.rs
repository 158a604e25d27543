//! Colours, light and dark: those of the pages.

use super::sheet::Ink;

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Theme {
    /// Dark on white.
    #[default]
    Light,
    /// Light on black.
    Dark,
}

/// How many colours tell things apart; what is beyond is of one colour.
pub const COLOURS: usize = 8;

/// Red, green, blue.
pub type Rgb = [u8; 3];

const LIGHT: [Rgb; COLOURS] = [
    [0x0b, 0x62, 0xc4],
    [0xd0, 0x5a, 0x1a],
    [0x1d, 0x8a, 0x4c],
    [0x8a, 0x1f, 0xa0],
    [0xb0, 0x7d, 0x00],
    [0x00, 0x84, 0x8c],
    [0xc4, 0x2b, 0x6e],
    [0x5b, 0x54, 0xd6],
];
const DARK: [Rgb; COLOURS] = [
    [0x6c, 0xae, 0xff],
    [0xff, 0x9f, 0x6b],
    [0x6f, 0xd3, 0x92],
    [0xe2, 0x9a, 0xf2],
    [0xe8, 0xbf, 0x4f],
    [0x5f, 0xd0, 0xd8],
    [0xff, 0x90, 0xbd],
    [0xaa, 0xa8, 0xff],
];

impl Theme {
    /// The colour of an ink.
    pub fn rgb(self, ink: Ink) -> Rgb {
        let light = self == Theme::Light;
        let pick = |one: Rgb, other: Rgb| if light { one } else { other };
        match ink {
            Ink::Ground => pick([0xff, 0xff, 0xff], [0x16, 0x18, 0x1b]),
            Ink::Text => pick([0x1d, 0x1d, 0x1f], [0xe6, 0xe7, 0xe9]),
            Ink::Soft => pick([0x5f, 0x63, 0x68], [0xa2, 0xa8, 0xb0]),
            Ink::Line => pick([0xdc, 0xdf, 0xe3], [0x36, 0x3a, 0x40]),
            Ink::Track => pick([0xf0, 0xf2, 0xf5], [0x24, 0x28, 0x2d]),
            Ink::Rest => pick([0x9a, 0xa1, 0xaa], [0x74, 0x7c, 0x86]),
            Ink::Colour(index) => pick(LIGHT[index % COLOURS], DARK[index % COLOURS]),
            Ink::Heat(share) => {
                let (from, to) = (self.rgb(Ink::Track), self.rgb(Ink::Colour(0)));
                let share = f32::from(share) / 100.0;
                let mix = |at: usize| {
                    let (from, to) = (f32::from(from[at]), f32::from(to[at]));
                    (from + (to - from) * share).round() as u8
                };
                [mix(0), mix(1), mix(2)]
            }
            // Words on a cell of the grid: what stands out from it.
            Ink::OnHeat(share) => match share > 55 {
                true => self.rgb(Ink::Ground),
                false => self.rgb(Ink::Text),
            },
        }
    }
}
