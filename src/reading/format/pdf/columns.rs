//! Columns of prose: a page in two columns is read down the left one, then down the right one.
//!
//! A gutter is told from the gaps of a table by what stands beside it: lines that fill their columns, several in a row.

use super::lines::{Fragment, rows};

/// How many lines must fill a column before it counts as one.
const LEAST_LINES: usize = 4;
/// How much of a column a line must fill.
const FILLED: f64 = 0.6;
/// How wide a gutter is at least, in sizes of the letters.
const GUTTER: f64 = 0.75;
/// How many columns may lie inside columns.
const MAX_DEPTH: usize = 3;
/// How many gutters are tried.
const MAX_GUTTERS: usize = 12;

/// Text without a gap in it that could be a gutter.
#[derive(Clone, Copy)]
struct Segment {
    x0: f64,
    x1: f64,
}

/// A stretch of rows that are read together.
enum Band {
    Whole(Vec<Vec<Fragment>>),
    Halves(Vec<Fragment>, Vec<Fragment>),
}

/// Fragments in blocks that are read one after the other.
pub(super) fn blocks(fragments: Vec<Fragment>) -> Vec<Vec<Fragment>> {
    split(fragments, MAX_DEPTH)
}

fn split(fragments: Vec<Fragment>, depth: usize) -> Vec<Vec<Fragment>> {
    if depth == 0 || fragments.len() < 2 * LEAST_LINES {
        return vec![fragments];
    }
    let rows = rows(fragments);
    let Some(gutter) = best_gutter(&rows) else {
        return vec![rows.into_iter().flatten().collect()];
    };
    let mut out = Vec::new();
    for band in bands(rows, gutter) {
        match band {
            Band::Whole(rows) => out.push(rows.into_iter().flatten().collect()),
            Band::Halves(left, right) => {
                out.extend(split(left, depth - 1));
                out.extend(split(right, depth - 1));
            }
        }
    }
    out
}

fn segments(row: &[Fragment]) -> Vec<Segment> {
    let mut out: Vec<Segment> = Vec::new();
    for fragment in row {
        match out.last_mut() {
            Some(last) if fragment.x0 - last.x1 < GUTTER * fragment.size => last.x1 = last.x1.max(fragment.x1),
            _ => out.push(Segment {
                x0: fragment.x0,
                x1: fragment.x1,
            }),
        }
    }
    out
}

/// Where most lines of a right column begin, if there is one.
fn best_gutter(rows: &[Vec<Fragment>]) -> Option<f64> {
    best_gutter_of(&rows.iter().map(|row| segments(row)).collect::<Vec<_>>())
}

fn best_gutter_of(all: &[Vec<Segment>]) -> Option<f64> {
    let left = all.iter().flatten().map(|s| s.x0).fold(f64::INFINITY, f64::min);
    let right = all.iter().flatten().map(|s| s.x1).fold(f64::NEG_INFINITY, f64::max);
    let middle = left + 0.15 * (right - left)..left + 0.85 * (right - left);
    let mut starts: Vec<i64> = all
        .iter()
        .flatten()
        .filter(|segment| middle.contains(&segment.x0))
        .map(|segment| (segment.x0 / 4.0).floor() as i64)
        .collect();
    starts.sort_unstable();
    let mut frequent: Vec<(usize, i64)> = starts
        .chunk_by(|a, b| a == b)
        .filter_map(|equal| Some((equal.len(), *equal.first()?)))
        .filter(|(count, _)| *count >= LEAST_LINES / 2)
        .collect();
    frequent.sort_unstable_by_key(|(count, start)| (std::cmp::Reverse(*count), *start));
    let gutters = frequent
        .iter()
        .take(MAX_GUTTERS)
        .map(|(_, start)| *start as f64 * 4.0 - 1.0);
    gutters
        .map(|gutter| (rows_in_columns(all, gutter), gutter))
        .filter(|(count, _)| *count > 0)
        .max_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)))
        .map(|(_, gutter)| gutter)
}

fn crosses(row: &[Segment], gutter: f64) -> bool {
    row.iter()
        .any(|segment| segment.x0 < gutter - 1.0 && segment.x1 > gutter + 1.0)
}

/// How many rows lie in stretches that this gutter divides into columns of prose.
fn rows_in_columns(rows: &[Vec<Segment>], gutter: f64) -> usize {
    let stretches = rows.chunk_by(|a, b| crosses(a, gutter) == crosses(b, gutter));
    stretches
        .filter(|stretch| are_columns(stretch, gutter))
        .map(<[_]>::len)
        .sum()
}

fn are_columns(stretch: &[Vec<Segment>], gutter: f64) -> bool {
    if stretch.first().is_none_or(|row| crosses(row, gutter)) {
        return false;
    }
    let all = || stretch.iter().flatten();
    is_prose(all().filter(|segment| segment.x1 <= gutter + 1.0))
        && (is_prose(all().filter(|segment| segment.x1 > gutter + 1.0)) || has_columns(stretch, gutter))
}

/// Whether what stands on the right of a gutter is itself in columns. Gutters are tried from the left column on, so the left
/// side of one is always a single column.
fn has_columns(stretch: &[Vec<Segment>], gutter: f64) -> bool {
    let right = |row: &Vec<Segment>| {
        row.iter()
            .filter(|segment| segment.x0 >= gutter)
            .copied()
            .collect::<Vec<_>>()
    };
    let rows: Vec<Vec<Segment>> = stretch.iter().map(right).filter(|row| !row.is_empty()).collect();
    rows.len() < stretch.len() * 2 && rows.iter().any(|row| row.len() > 1) && best_gutter_of(&rows).is_some()
}

fn is_prose<'s>(side: impl Iterator<Item = &'s Segment> + Clone) -> bool {
    let left = side.clone().map(|s| s.x0).fold(f64::INFINITY, f64::min);
    let right = side.clone().map(|s| s.x1).fold(f64::NEG_INFINITY, f64::max);
    let count = side.clone().count();
    let filled = side.filter(|s| s.x1 - s.x0 >= FILLED * (right - left)).count();
    filled >= LEAST_LINES && filled * 2 >= count && right - left > 60.0
}

fn bands(rows: Vec<Vec<Fragment>>, gutter: f64) -> Vec<Band> {
    let mut out: Vec<Band> = Vec::new();
    let mut rest = rows.into_iter().peekable();
    while let Some(first) = rest.next() {
        let is_crossed = crosses(&segments(&first), gutter);
        let mut stretch = vec![first];
        while let Some(row) = rest.next_if(|row| crosses(&segments(row), gutter) == is_crossed) {
            stretch.push(row);
        }
        let all: Vec<Vec<Segment>> = stretch.iter().map(|row| segments(row)).collect();
        if are_columns(&all, gutter) {
            let (left, right) = stretch.into_iter().flatten().partition(|f| f.x0 < gutter);
            out.push(Band::Halves(left, right));
        } else if let Some(Band::Whole(before)) = out.last_mut() {
            before.extend(stretch);
        } else {
            out.push(Band::Whole(stretch));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::lines::tests::typed;
    use super::super::lines::{fragments, line};
    use super::*;

    #[test]
    fn two_columns_are_read_one_after_the_other() {
        let mut glyphs = typed("横跨两栏的标题在这里写得很长很长", 60.0, 740.0, 16.0);
        for row in 0..6 {
            let y = 700.0 - 16.0 * f64::from(row);
            glyphs.extend(typed("左栏的文字左栏的文字", 50.0, y, 12.0));
            glyphs.extend(typed("右栏的文字右栏的文字", 200.0, y, 12.0));
        }
        let blocks = blocks(fragments(glyphs));
        let texts: Vec<String> = blocks
            .into_iter()
            .map(|block| rows(block).iter().map(|row| line(row.iter()).text).collect::<String>())
            .collect();
        assert_eq!(texts.len(), 3);
        assert!(
            texts.get(1).is_some_and(|text| text == &"左栏的文字".repeat(12)),
            "{texts:?}"
        );
    }

    #[test]
    fn the_short_cells_of_a_table_are_no_columns() {
        let mut glyphs = Vec::new();
        for (row, name) in ["赵明", "钱小芳", "孙", "李建国", "周"].iter().enumerate() {
            let y = 700.0 - 16.0 * row as f64;
            glyphs.extend(typed(name, 50.0, y, 12.0));
            glyphs.extend(typed("县长", 200.0, y, 12.0));
        }
        assert_eq!(blocks(fragments(glyphs)).len(), 1);
    }
}
