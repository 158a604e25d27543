//! Which paragraphs are headings: short, and larger than the text or in the middle.

use super::margins::Measures;
use super::paragraphs::{Paragraph, Part, is_bullet};

/// How long a heading is at most, and one that only stands in the middle.
const MAX_LARGE: usize = 80;
const MAX_CENTRED: usize = 45;
/// The lowest level of a heading.
const LOWEST: usize = 6;

/// The level of each part that is a heading; 0 is the title.
pub(super) fn levels(parts: &[Part], measures: &Measures) -> Vec<Option<u8>> {
    let title = title(parts, measures);
    let mut sizes: Vec<i64> = headings(parts, measures)
        .filter(|(number, _)| Some(*number) != title)
        .map(|(_, paragraph)| tenths(paragraph.size))
        .collect();
    sizes.sort_unstable_by_key(|size| std::cmp::Reverse(*size));
    sizes.dedup();
    let mut levels = vec![None; parts.len()];
    for (number, paragraph) in headings(parts, measures) {
        let rank = sizes.iter().position(|size| *size == tenths(paragraph.size));
        let level = if Some(number) == title {
            0
        } else {
            1 + rank.unwrap_or(LOWEST).min(LOWEST - 1)
        };
        if let Some(slot) = levels.get_mut(number) {
            *slot = u8::try_from(level).ok();
        }
    }
    levels
}

fn headings<'p>(parts: &'p [Part], measures: &'p Measures) -> impl Iterator<Item = (usize, &'p Paragraph)> {
    let paragraphs = parts.iter().enumerate().filter_map(|(number, part)| match part {
        Part::Paragraph(paragraph) => Some((number, paragraph)),
        _ => None,
    });
    paragraphs.filter(|(_, paragraph)| is_heading(paragraph, measures))
}

fn is_heading(paragraph: &Paragraph, measures: &Measures) -> bool {
    let length = paragraph.text.chars().count();
    let is_sentence = paragraph.text.ends_with(['。', '；', '，', '：', '.', ',', ';']);
    let has_words = paragraph.text.chars().any(char::is_alphabetic);
    let stands_out =
        (measures.is_large(paragraph.size) && length <= MAX_LARGE) || (paragraph.is_centred && length <= MAX_CENTRED);
    // A table of contents: the headings come later.
    let is_entry = paragraph.text.contains("…………") || paragraph.text.contains("......");
    stands_out && !is_sentence && has_words && !is_entry && !is_bullet(&paragraph.text)
}

/// The largest heading of the first page; the letterhead of an office (`云岭县人民政府文件`) is not what the paper is called.
fn title(parts: &[Part], measures: &Measures) -> Option<usize> {
    let first: Vec<(usize, &Paragraph)> = headings(parts, measures)
        .filter(|(_, paragraph)| paragraph.page == 0)
        .collect();
    let is_letterhead = |paragraph: &Paragraph| paragraph.text.replace(char::is_whitespace, "").ends_with("文件");
    let others: Vec<(usize, &Paragraph)> = first
        .iter()
        .copied()
        .filter(|(_, paragraph)| !is_letterhead(paragraph))
        .collect();
    let candidates = if others.is_empty() { first } else { others };
    let largest = candidates.iter().map(|(_, paragraph)| tenths(paragraph.size)).max()?;
    candidates
        .into_iter()
        .find(|(_, paragraph)| tenths(paragraph.size) == largest)
        .map(|(number, _)| number)
}

fn tenths(size: f64) -> i64 {
    (size * 10.0).round() as i64
}
