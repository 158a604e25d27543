//! The measures of a document: where its lines begin and end, how far apart they are, how large its letters are.

use std::collections::HashMap;

use super::furniture::Cleared;
use super::layout::{Block, Item};
use super::lines::Line;

/// Letters that are larger than those of the text by this much are a heading's.
const LARGE: f64 = 1.12;
/// The distance of lines where there is only one, in sizes of the letters.
const PITCH: f64 = 1.6;
/// How far margins may be apart and still be those of the document, in points.
const NEAR: f64 = 50.0;

/// Where the lines of a column begin and end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Frame {
    pub(super) left: f64,
    pub(super) right: f64,
    /// The usual distance of its lines, if it has several.
    pitch: Option<f64>,
}

impl Frame {
    pub(super) fn width(&self) -> f64 {
        self.right - self.left
    }

    /// Whether a line stands in the middle, away from both edges.
    pub(super) fn is_centred(&self, line: &Line) -> bool {
        let (left, right) = (line.x0 - self.left, self.right - line.x1);
        // An indented line that ends by chance as far from the right is not in the middle.
        let least = 2.3 * line.size;
        left > least && right > least && (left - right).abs() < 1.2 * line.size
    }
}

/// What is usual in a document.
#[derive(Clone, Debug, Default)]
pub(super) struct Measures {
    /// The size of most of the text.
    body: f64,
    /// The distance of lines, in sizes of their letters.
    pitch: f64,
    margins: Option<(f64, f64)>,
    /// Whether paragraphs are set apart, by indents or by room between them.
    pub(super) sets_apart: bool,
}

impl Measures {
    pub(super) fn of(pages: &[Cleared]) -> Measures {
        let blocks = || pages.iter().flat_map(|page| &page.blocks);
        let mut sizes: HashMap<i64, usize> = HashMap::new();
        for line in blocks().flat_map(lines) {
            *sizes.entry((line.size * 2.0).round() as i64).or_default() += line.text.chars().count();
        }
        let body = sizes
            .iter()
            .max_by_key(|(size, count)| (**count, **size))
            .map_or(10.0, |(size, _)| *size as f64 / 2.0);
        let pitches = blocks()
            .flat_map(|block| pitches(block, body))
            .map(|pitch| pitch / body)
            .collect();
        let pitch = low(pitches).unwrap_or(PITCH);
        let (lines, apart) = blocks()
            .map(|block| set_apart(block, body, pitch))
            .fold((0, 0), |sum, block| (sum.0 + block.0, sum.1 + block.1));
        Measures {
            body,
            pitch,
            margins: margins(blocks().filter(|block| !block.is_narrow)),
            sets_apart: apart > 1 && apart * 12 > lines,
        }
    }

    pub(super) fn is_large(&self, size: f64) -> bool {
        size > LARGE * self.body
    }

    /// The frame of a block: the document's margins, if they can be the block's.
    pub(super) fn frame(&self, block: &Block) -> Frame {
        let left = block_left(block);
        let right = lines(block).map(|line| line.x1).fold(block.end, f64::max);
        let pitch = low(pitches(block, self.body)).filter(|_| lines(block).count() > 4);
        let (left, right) = match self.margins {
            Some((margin, end)) if !block.is_narrow && left > margin - NEAR => {
                let left = if left < margin - 1.0 { left } else { margin };
                (left, right.max(end))
            }
            _ => (left, right),
        };
        Frame { left, right, pitch }
    }

    /// The usual distance of lines.
    pub(super) fn pitch(&self, frame: &Frame, size: f64) -> f64 {
        let usual = self.pitch * size;
        // A column of single lines has no distance within paragraphs, only between them.
        frame.pitch.map_or(usual, |own| own.clamp(0.8 * usual, 1.5 * usual))
    }
}

fn lines(block: &Block) -> impl Iterator<Item = &Line> {
    block.items.iter().filter_map(|item| match item {
        Item::Line(line) => Some(line),
        Item::Row { .. } => None,
    })
}

/// The distances of neighbouring lines of ordinary size.
fn pitches(block: &Block, body: f64) -> Vec<f64> {
    let all: Vec<&Line> = lines(block).collect();
    let pairs = all.windows(2).filter_map(|pair| match pair {
        [above, below] if (above.size - body).abs() < 1.0 && (below.size - body).abs() < 1.0 => Some(above.y - below.y),
        _ => None,
    });
    pairs.filter(|gap| (0.8 * body..4.0 * body).contains(gap)).collect()
}

/// How many lines of ordinary size a block has, and how many of them are set in or stand further below than usual.
fn set_apart(block: &Block, body: f64, pitch: f64) -> (usize, usize) {
    let left = block_left(block);
    let all: Vec<&Line> = lines(block).filter(|line| (line.size - body).abs() < 1.0).collect();
    let pairs = all.windows(2).filter(|pair| match pair {
        [above, below] => {
            let (indent, gap) = ((below.x0 - left) / body, (above.y - below.y) / (pitch * body));
            (1.0..4.5).contains(&indent) || (1.4..3.0).contains(&gap)
        }
        _ => false,
    });
    (all.len(), pairs.count())
}

/// The smallest beginning that several lines have.
fn block_left(block: &Block) -> f64 {
    let mut starts: Vec<f64> = lines(block).map(|line| line.x0).collect();
    starts.sort_by(f64::total_cmp);
    let shared = starts.windows(2).find_map(|pair| match pair {
        [a, b] if b - a < 3.0 => Some(*a),
        _ => None,
    });
    shared.or(starts.first().copied()).unwrap_or_default()
}

/// The left and the right margin of pages in one column.
fn margins<'b>(blocks: impl Iterator<Item = &'b Block>) -> Option<(f64, f64)> {
    let mut lefts: HashMap<i64, usize> = HashMap::new();
    let mut rights = Vec::new();
    for block in blocks {
        for line in lines(block) {
            *lefts.entry((line.x0 / 3.0).round() as i64).or_default() += 1;
        }
        if lines(block).count() > 4 {
            rights.push(lines(block).map(|line| line.x1).fold(f64::NEG_INFINITY, f64::max));
        }
    }
    let all: usize = lefts.values().sum();
    let left = lefts
        .iter()
        .filter(|(_, count)| **count * 8 >= all && **count > 1)
        .map(|(left, _)| *left)
        .min()?;
    Some((left as f64 * 3.0, median(rights)?))
}

/// One of the smaller values: lines within paragraphs are nearer than paragraphs are, and may be fewer.
fn low(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 5).copied()
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}
