//! From characters to lines: what stands on one baseline, in the order of its places, with the spaces that gaps stand for.

use super::page::Glyph;
use super::written;

/// A stretch of one line, without a gap that is wider than a word's.
#[derive(Clone, Debug)]
pub(super) struct Fragment {
    pub(super) glyphs: Vec<Glyph>,
    /// Ends without white space.
    pub(super) x0: f64,
    pub(super) x1: f64,
    pub(super) y: f64,
    pub(super) size: f64,
    /// The number of the table that it stands for instead of text.
    pub(super) table: Option<usize>,
}

/// A line of text.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) x0: f64,
    pub(super) x1: f64,
    pub(super) y: f64,
    /// The size of most of its characters.
    pub(super) size: f64,
    /// Whether the file itself says that it is no part of the text.
    pub(super) is_furniture: bool,
    /// How wide its first word is; it would have to fit onto the line before if that ended early.
    pub(super) first_word: f64,
    /// Whether it runs level across the page, as nearly all do.
    pub(super) is_level: bool,
}

impl Fragment {
    fn new(first: Glyph) -> Fragment {
        Fragment {
            x0: first.x0,
            x1: first.x1,
            y: first.y,
            size: first.size,
            glyphs: vec![first],
            table: None,
        }
    }

    /// Stands for a table among the text, so that it keeps its place in the order of reading.
    pub(super) fn of_table(number: usize, (x0, x1): (f64, f64), top: f64) -> Fragment {
        Fragment {
            glyphs: Vec::new(),
            x0,
            x1,
            y: top,
            size: 0.1,
            table: Some(number),
        }
    }

    /// Whether a character goes on where this ends.
    fn takes(&self, next: &Glyph) -> bool {
        let Some(last) = self.glyphs.last() else {
            return false;
        };
        let size = last.size.max(next.size);
        let gap = next.x0 - last.x1;
        (next.y - last.y).abs() < 0.1 * size && (-0.5..0.5).contains(&(gap / size)) && next.x0 >= last.x0 - 0.05 * size
    }

    fn has_words(&self) -> bool {
        self.glyphs.iter().any(|glyph| !glyph.is_white())
    }

    /// Sets the ends, white space aside.
    fn close(mut self) -> Fragment {
        let mut words = self.glyphs.iter().filter(|glyph| !glyph.is_white());
        if let Some(first) = words.next() {
            let last = words.next_back().unwrap_or(first);
            (self.x0, self.x1) = (first.x0, last.x1);
            self.size = usual_size(self.glyphs.iter());
        }
        self
    }
}

/// The characters of one direction as fragments, in the order in which they were drawn.
pub(super) fn fragments(glyphs: Vec<Glyph>) -> Vec<Fragment> {
    let mut done: Vec<Fragment> = Vec::new();
    let mut open: Option<Fragment> = None;
    for glyph in glyphs {
        match &mut open {
            Some(fragment) if fragment.takes(&glyph) => fragment.glyphs.push(glyph),
            _ => done.extend(open.replace(Fragment::new(glyph))),
        }
    }
    done.extend(open);
    let done = done.into_iter().filter(Fragment::has_words);
    done.map(Fragment::close).collect()
}

/// Fragments by their baselines, from the top down; each row from left to right.
pub(super) fn rows(mut fragments: Vec<Fragment>) -> Vec<Vec<Fragment>> {
    fragments.sort_by(|a, b| b.y.total_cmp(&a.y));
    let mut rows: Vec<Vec<Fragment>> = Vec::new();
    for fragment in fragments {
        // A raised figure comes before the line that it belongs to, so the last two rows are looked at.
        let row = rows.iter_mut().rev().take(2).find(|row| shares_line(row, &fragment));
        match row {
            Some(row) => row.push(fragment),
            None => rows.push(vec![fragment]),
        }
    }
    rows.sort_by(|a, b| baseline(b).total_cmp(&baseline(a)));
    for row in &mut rows {
        row.sort_by(|a, b| a.x0.total_cmp(&b.x0));
    }
    rows
}

/// The baseline of the biggest fragment.
fn baseline(row: &[Fragment]) -> f64 {
    let biggest = row.iter().max_by(|a, b| a.size.total_cmp(&b.size));
    biggest.map_or(0.0, |fragment| fragment.y)
}

fn shares_line(row: &[Fragment], next: &Fragment) -> bool {
    row.iter().any(|other| {
        let (small, big) = if other.size < next.size {
            (other, next)
        } else {
            (next, other)
        };
        let shift = small.y - big.y;
        let is_script = small.size < 0.8 * big.size && (-0.3 * big.size..0.6 * big.size).contains(&shift);
        // Scripts stand beside what they belong to, not somewhere else on the page.
        let is_beside = small.x0 < big.x1 + big.size && small.x1 > big.x0 - big.size;
        shift.abs() < 0.3 * small.size || (is_script && is_beside)
    })
}

/// A row's text, and where it stands.
pub(super) fn line<'f>(row: impl Iterator<Item = &'f Fragment>) -> Line {
    let fragments: Vec<&Fragment> = row.collect();
    let glyphs: Vec<&Glyph> = fragments.iter().flat_map(|fragment| &fragment.glyphs).collect();
    let biggest = fragments.iter().max_by(|a, b| a.size.total_cmp(&b.size));
    let words: Vec<&&Glyph> = glyphs.iter().filter(|glyph| !glyph.is_white()).collect();
    Line {
        text: spaced(&glyphs),
        x0: fragments.iter().map(|f| f.x0).fold(f64::INFINITY, f64::min),
        x1: fragments.iter().map(|f| f.x1).fold(f64::NEG_INFINITY, f64::max),
        y: biggest.map_or(0.0, |fragment| fragment.y),
        size: usual_size(glyphs.iter().copied()),
        is_furniture: !words.is_empty() && words.iter().all(|glyph| glyph.is_furniture),
        first_word: first_word(&words),
        is_level: words.first().is_none_or(|glyph| glyph.turn == 0),
    }
}

/// The size of most characters, in tenths of a point.
fn usual_size<'g>(glyphs: impl Iterator<Item = &'g Glyph>) -> f64 {
    let mut sizes: Vec<i64> = glyphs
        .filter(|glyph| !glyph.is_white())
        .map(|glyph| (glyph.size * 10.0).round() as i64)
        .collect();
    sizes.sort_unstable();
    let longest = sizes.chunk_by(|a, b| a == b).max_by_key(|equal| equal.len());
    longest
        .and_then(|equal| equal.first())
        .map_or(0.0, |size| *size as f64 / 10.0)
}

/// Up to the first gap or Han character, with the marks behind it that must not begin a line.
fn first_word(words: &[&&Glyph]) -> f64 {
    let Some(first) = words.first() else { return 0.0 };
    let mut end = first.x1;
    for pair in words.windows(2) {
        let [before, next] = pair else { break };
        let is_next_word =
            written::is_han(before.c) || written::is_han(next.c) || next.x0 - before.x1 > 0.18 * next.size;
        if is_next_word && !written::is_closing(next.c) {
            break;
        }
        end = next.x1;
    }
    end - first.x0
}

/// Puts the spaces in that are no characters of the file but gaps on the page.
fn spaced(glyphs: &[&Glyph]) -> String {
    let mut text = String::with_capacity(glyphs.len() * 3);
    let mut before: Option<&Glyph> = None;
    for glyph in glyphs {
        let is_ascii_space = glyph.is_white() && glyph.c != '\u{3000}';
        let gapes = before.is_some_and(|before| gapes(before, glyph));
        if (is_ascii_space || gapes) && !text.ends_with(char::is_whitespace) {
            text.push(' ');
        }
        if !is_ascii_space {
            text.push(glyph.c);
        }
        before = Some(glyph);
    }
    let trimmed = text.trim();
    if trimmed.len() == text.len() {
        return text;
    }
    trimmed.to_owned()
}

/// Whether a gap between two characters is a space to the reader.
fn gapes(before: &Glyph, next: &Glyph) -> bool {
    if before.is_white() || next.is_white() {
        return false;
    }
    let gap = (next.x0 - before.x1) / before.size.max(next.size);
    let least = match (written::is_han(before.c), written::is_han(next.c)) {
        (false, false) => 0.16,
        // Justified lines are stretched between Han characters, and between Han and Latin even more.
        (true, true) => 0.9,
        _ => 0.6,
    };
    gap > least
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::reading::format::pdf::matrix::Matrix;

    /// Characters at a place, each as wide as its size, Latin ones half of it.
    pub(in super::super) fn typed(text: &str, mut x: f64, y: f64, size: f64) -> Vec<Glyph> {
        let mut out = Vec::new();
        for c in text.chars() {
            let wide = if c.is_ascii() { size / 2.0 } else { size };
            out.extend(Glyph::placed(
                c,
                ((x, y), (x + wide, y)),
                Matrix::IDENTITY,
                size,
                false,
                false,
            ));
            x += wide;
        }
        out
    }

    fn read(glyphs: Vec<Glyph>) -> Vec<String> {
        let rows = rows(fragments(glyphs));
        rows.iter().map(|row| line(row.iter()).text).collect()
    }

    #[test]
    fn lines_come_from_top_to_bottom_whatever_the_order_of_drawing() {
        let mut glyphs = typed("第二行", 50.0, 680.0, 12.0);
        glyphs.extend(typed("第一", 50.0, 700.0, 12.0));
        glyphs.extend(typed("行", 74.0, 700.5, 12.0));
        assert_eq!(read(glyphs), ["第一行", "第二行"]);
    }

    #[test]
    fn gaps_are_spaces_between_latin_words_alone() {
        let mut glyphs = typed("GDP", 50.0, 700.0, 10.0);
        glyphs.extend(typed("per", 67.5, 700.0, 10.0));
        glyphs.extend(typed("人", 85.0, 700.0, 10.0));
        glyphs.extend(typed("均", 97.5, 700.0, 10.0));
        assert_eq!(read(glyphs), ["GDP per人均"]);
    }

    #[test]
    fn a_raised_figure_stays_in_its_line() {
        let mut glyphs = typed("面积", 50.0, 700.0, 12.0);
        glyphs.extend(typed("m", 74.0, 700.0, 12.0));
        glyphs.extend(typed("2", 80.0, 704.0, 7.0));
        glyphs.extend(typed("。", 84.0, 700.0, 12.0));
        assert_eq!(read(glyphs), ["面积m2。"]);
    }
}
