//! What a page holds: characters with their places, and the straight lines that tables are drawn with.

use std::collections::HashMap;

use super::matrix::Matrix;

/// How far outside of the page a character may stand and still be seen.
const MARGIN: f64 = 10.0;
/// How thick a line may be drawn.
const THICK: f64 = 3.5;
/// How short a side of a table may be.
const SHORT: f64 = 5.0;
/// The most lines of one page: a drawing has more and is no table.
const MAX_RULES: usize = 4_000;

/// One character. Coordinates are those of its own direction of reading: x grows along the line, y grows upwards across it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Glyph {
    pub(super) c: char,
    pub(super) x0: f64,
    pub(super) x1: f64,
    pub(super) y: f64,
    pub(super) size: f64,
    /// Where the line runs to, in degrees: 0 for nearly all, -90 for vertical writing.
    pub(super) turn: i16,
    /// Whether the file itself says that it is no part of the text.
    pub(super) is_furniture: bool,
}

impl Glyph {
    /// A character that is shown between two points of the page; none if it shows nothing.
    pub(super) fn placed(
        c: char,
        (from, to): ((f64, f64), (f64, f64)),
        space: Matrix,
        size: f64,
        is_vertical: bool,
        is_furniture: bool,
    ) -> Option<Glyph> {
        let (across_x, across_y) = space.across();
        let (along_x, along_y) = if is_vertical {
            (-across_x, -across_y)
        } else {
            space.along()
        };
        let sign = if size < 0.0 { -1.0 } else { 1.0 };
        let turn = (along_y * sign).atan2(along_x * sign).to_degrees().round();
        let (sin, cos) = turn.to_radians().sin_cos();
        let turned = |(x, y): (f64, f64)| (x * cos + y * sin, y * cos - x * sin);
        let ((x0, y), (x1, _)) = (turned(from), turned(to));
        let size = (across_x.hypot(across_y) * size).abs().max(0.1);
        let is_sane = [x0, x1, y, size]
            .iter()
            .all(|value| value.is_finite() && value.abs() < 1e6);
        is_sane.then_some(Glyph {
            c,
            x0: x0.min(x1),
            x1: x0.max(x1),
            y,
            size,
            turn: if turn == -180.0 { 180 } else { turn as i16 },
            is_furniture,
        })
    }

    pub(super) fn is_white(&self) -> bool {
        self.c.is_whitespace()
    }
}

/// A straight line, upright or level; the first end is the lower or left one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rule {
    pub(super) is_level: bool,
    /// y of a level one, x of an upright one.
    pub(super) at: f64,
    pub(super) from: f64,
    pub(super) to: f64,
}

impl Rule {
    /// The line between two points, if it is level or upright and long enough.
    pub(super) fn between((x0, y0): (f64, f64), (x1, y1): (f64, f64)) -> Option<Rule> {
        let (wide, high) = ((x1 - x0).abs(), (y1 - y0).abs());
        if high <= THICK && wide >= SHORT {
            return Some(Rule {
                is_level: true,
                at: (y0 + y1) / 2.0,
                from: x0.min(x1),
                to: x0.max(x1),
            });
        }
        (wide <= THICK && high >= SHORT).then(|| Rule {
            is_level: false,
            at: (x0 + x1) / 2.0,
            from: y0.min(y1),
            to: y0.max(y1),
        })
    }
}

/// A page.
#[derive(Clone, Debug, Default)]
pub(super) struct Page {
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) glyphs: Vec<Glyph>,
    pub(super) rules: Vec<Rule>,
    /// Glyphs whose characters nobody knows.
    pub(super) unknown: usize,
    /// Whether anything was drawn that is no text.
    pub(super) is_painted: bool,
    /// How much of the page images cover, in parts of it.
    pub(super) image_share: f64,
}

impl Page {
    pub(super) fn new(width: f64, height: f64) -> Page {
        Page {
            width,
            height,
            ..Page::default()
        }
    }

    pub(super) fn add_image(&mut self, space: Matrix) {
        self.is_painted = true;
        self.image_share += space.area() / (self.width * self.height);
    }

    pub(super) fn add_rules(&mut self, rules: impl Iterator<Item = Rule>) {
        self.is_painted = true;
        for rule in rules {
            if self.rules.len() < MAX_RULES && self.rules.last() != Some(&rule) {
                self.rules.push(rule);
            }
        }
    }

    /// The characters by their directions, the most frequent direction first, without those beside the page and those that
    /// were only printed once more to look bold.
    pub(super) fn by_direction(&mut self) -> Vec<Vec<Glyph>> {
        let mut groups: HashMap<i16, Vec<Glyph>> = HashMap::new();
        let mut seen = Seen::default();
        let (width, height) = (self.width, self.height);
        for glyph in self.glyphs.drain(..) {
            let is_beside = glyph.turn == 0
                && !(glyph.x1 > -MARGIN && glyph.x0 < width + MARGIN && (-MARGIN..height + MARGIN).contains(&glyph.y));
            if !is_beside && seen.is_new(&glyph) {
                groups.entry(glyph.turn).or_default().push(glyph);
            }
        }
        let mut groups: Vec<_> = groups.into_iter().collect();
        groups.sort_by_key(|(turn, glyphs)| (std::cmp::Reverse(glyphs.len()), *turn));
        groups.into_iter().map(|(_, glyphs)| glyphs).collect()
    }
}

/// Where a character was printed, and how it was turned.
type Print = (f64, f64, i16);

/// Which character was printed where.
#[derive(Default)]
struct Seen {
    places: HashMap<(char, i64, i64), Vec<Print>>,
}

impl Seen {
    /// Cells of this many points; a look at the neighbouring cells finds what is nearer than that.
    const CELL: f64 = 4.0;
    /// Prints of one character that are looked at in a cell: only letters too small to be read are closer together.
    const LOOKED_AT: usize = 32;

    fn is_new(&mut self, glyph: &Glyph) -> bool {
        if glyph.is_white() {
            return true;
        }
        let near = (glyph.size * 0.15).min(Seen::CELL);
        let (column, row) = ((glyph.x0 / Seen::CELL) as i64, (glyph.y / Seen::CELL) as i64);
        for cell in (-1..=1).flat_map(|x| (-1..=1).map(move |y| (glyph.c, column + x, row + y))) {
            let prints = self.places.get(&cell).map(Vec::as_slice).unwrap_or_default();
            let mut others = prints.iter().rev().take(Seen::LOOKED_AT);
            if others
                .any(|(x, y, turn)| *turn == glyph.turn && (x - glyph.x0).abs() < near && (y - glyph.y).abs() < near)
            {
                return false;
            }
        }
        let place = (glyph.x0, glyph.y, glyph.turn);
        self.places.entry((glyph.c, column, row)).or_default().push(place);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glyph(c: char, x: f64) -> Glyph {
        let space = Matrix::IDENTITY;
        Glyph::placed(c, ((x, 100.0), (x + 10.0, 100.0)), space, 10.0, false, false).expect("sane")
    }

    #[test]
    fn what_is_printed_twice_to_look_bold_counts_once() {
        let mut page = Page::new(200.0, 200.0);
        page.glyphs = vec![glyph('县', 10.0), glyph('县', 10.4), glyph('县', 20.0)];
        let groups = page.by_direction();
        let first = groups.first().map(Vec::as_slice).unwrap_or_default();
        assert_eq!(first.iter().map(|g| g.x0).collect::<Vec<_>>(), [10.0, 20.0]);
    }

    #[test]
    fn vertical_writing_runs_along_its_own_axis() {
        let space = Matrix::IDENTITY;
        let placed = Glyph::placed('县', ((50.0, 100.0), (50.0, 90.0)), space, 10.0, true, false);
        let glyph = placed.expect("sane");
        assert_eq!(
            (glyph.turn, glyph.x0.round(), glyph.x1.round(), glyph.y.round()),
            (-90, -100.0, -90.0, 50.0)
        );
    }
}
