//! From lines to paragraphs: which lines go on, by where they stand and where the line before ended.

use super::furniture::Cleared;
use super::layout::{Block, Item};
use super::lines::Line;
use super::margins::{Frame, Measures};
use super::written;
use crate::reading::format::Reason;

/// Sizes that differ by less are the same.
const SAME_SIZE: f64 = 0.08;
/// A line further below than this, in usual distances, is a new paragraph.
const PARAGRAPH_GAP: f64 = 1.4;
/// An indent, in sizes of the letters.
const INDENT: f64 = 0.8;
/// How far apart the lines of a title may be, in sizes of the letters.
const TITLE_GAP: f64 = 2.6;
/// How many characters the lines of a heading have at most, all together.
const MAX_HEADING: usize = 80;

/// A paragraph, a row of a table, or furniture, in the order of reading.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Part {
    Paragraph(Paragraph),
    Row { cells: Vec<String>, is_head: bool },
    Furniture(String, Reason),
}

/// Lines that belong together.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Paragraph {
    pub(super) text: String,
    /// The number of its first page, from 0.
    pub(super) page: usize,
    pub(super) size: f64,
    pub(super) lines: usize,
    /// Whether all its lines stand in the middle.
    pub(super) is_centred: bool,
}

/// Joins the lines of all pages.
pub(super) fn parts(pages: Vec<Cleared>, measures: &Measures) -> Vec<Part> {
    let mut builder = Builder {
        measures,
        done: Vec::new(),
        waiting: Vec::new(),
        open: None,
    };
    for (number, page) in pages.into_iter().enumerate() {
        builder.furniture(page.head);
        for (place, block) in page.blocks.into_iter().enumerate() {
            builder.block(block, number, place);
        }
        builder.furniture(page.foot);
    }
    builder.close();
    builder.done
}

/// A line with what is around it.
#[derive(Clone)]
struct Placed {
    line: Line,
    frame: Frame,
    /// Page and block.
    place: (usize, usize),
}

impl Placed {
    fn indent(&self) -> f64 {
        (self.line.x0 - self.frame.left) / self.line.size
    }

    fn is_centred(&self) -> bool {
        self.frame.is_centred(&self.line)
    }
}

/// A paragraph that may go on.
struct Open {
    paragraph: Paragraph,
    first: Placed,
    last: Placed,
}

struct Builder<'m> {
    measures: &'m Measures,
    done: Vec<Part>,
    /// Furniture between the parts of an open paragraph: it goes behind it.
    waiting: Vec<Part>,
    open: Option<Open>,
}

impl Builder<'_> {
    fn furniture(&mut self, lines: Vec<(Line, Reason)>) {
        let lines = lines
            .into_iter()
            .map(|(line, reason)| Part::Furniture(line.text, reason));
        self.waiting.extend(lines);
        if self.open.is_none() {
            self.done.append(&mut self.waiting);
        }
    }

    fn close(&mut self) {
        if let Some(open) = self.open.take() {
            self.done.push(Part::Paragraph(open.paragraph));
        }
        self.done.append(&mut self.waiting);
    }

    fn block(&mut self, block: Block, page: usize, place: usize) {
        let frame = self.measures.frame(&block);
        for item in block.items {
            match item {
                Item::Row { cells, is_head } => {
                    self.close();
                    self.done.push(Part::Row { cells, is_head });
                }
                Item::Line(line) if line.text.is_empty() => {}
                Item::Line(line) => self.line(Placed {
                    line,
                    frame,
                    place: (page, place),
                }),
            }
        }
    }

    fn line(&mut self, next: Placed) {
        let measures = self.measures;
        if let Some(open) = &mut self.open
            && goes_on(open, &next, measures)
        {
            open.paragraph.text = joined(&open.paragraph.text, &next.line.text);
            open.paragraph.lines += 1;
            open.paragraph.is_centred &= next.is_centred();
            open.last = next;
            return;
        }
        self.close();
        self.open = Some(Open {
            paragraph: Paragraph {
                text: next.line.text.clone(),
                page: next.place.0,
                size: next.line.size,
                lines: 1,
                is_centred: next.is_centred(),
            },
            first: next.clone(),
            last: next,
        });
    }
}

/// Whether `next` belongs to the paragraph.
fn goes_on(open: &Open, next: &Placed, measures: &Measures) -> bool {
    let last = &open.last;
    if last.line.is_level != next.line.is_level || !is_same_size(last.line.size, next.line.size) {
        return false;
    }
    let has_ended = ended_early(last, next);
    if is_display(last, measures) || (is_display(next, measures) && has_ended) {
        return title_goes_on(open, next, measures);
    }
    if is_spaced(last, next, measures) || is_bullet(&next.line.text) {
        return false;
    }
    if has_ended {
        return is_cut_off(last, next, measures);
    }
    // The last line of what is set in the middle as a whole.
    let is_end_of_centred = next.is_centred() && !ends_sentence(&last.line.text);
    is_end_of_centred || indent_allows(open, next)
}

/// Whether a line stands out: it is large, or in the middle.
fn is_display(placed: &Placed, measures: &Measures) -> bool {
    placed.is_centred() || measures.is_large(placed.line.size)
}

/// A title may run over several lines in the middle, none of which is full.
fn title_goes_on(open: &Open, next: &Placed, measures: &Measures) -> bool {
    let last = &open.last;
    let is_like = last.is_centred() == next.is_centred() || !ended_early(last, next);
    let gap = (last.line.y - next.line.y) / next.line.size;
    let length = open.paragraph.text.chars().count() + next.line.text.chars().count();
    // Large text that is no title is a page of large print.
    let is_long = length > MAX_HEADING;
    if is_long {
        return !is_spaced(last, next, measures) && !ended_early(last, next) && indent_allows(open, next);
    }
    let starts_anew = next.line.text.starts_with(['（', '(', '〔', '—', '－'])
        || next.line.text.starts_with(|c: char| c.is_ascii_digit())
        || is_marker(&next.line.text);
    last.place == next.place
        && is_like
        && (0.0..TITLE_GAP).contains(&gap)
        && !ends_sentence(&last.line.text)
        && (!starts_anew || has_open_bracket(&open.paragraph.text))
}

/// Whether a bracket was opened and not closed yet.
fn has_open_bracket(text: &str) -> bool {
    let count = |of: [char; 2]| text.matches(of).count();
    count(['（', '《']) > count(['）', '》'])
}

/// Whether there is more room above `next` than between the lines of a paragraph, or other text between.
fn is_spaced(last: &Placed, next: &Placed, measures: &Measures) -> bool {
    if last.place != next.place {
        // The next page or column: no distance, but the columns must be alike.
        let (before, after) = (last.frame.width(), next.frame.width());
        return (before - after).abs() > 0.2 * before.max(after);
    }
    let gap = last.line.y - next.line.y;
    gap <= 0.0 || gap > PARAGRAPH_GAP * measures.pitch(&next.frame, next.line.size)
}

/// Whether the first word of `next` would have had room in the line before.
fn ended_early(last: &Placed, next: &Placed) -> bool {
    let room = last.frame.right - last.line.x1;
    let first = next.line.text.chars().next();
    // Punctuation must not begin a line, so a line of Han may end a character or two early.
    let slack = match first {
        Some(c) if written::is_han(c) => 1.7,
        _ => 0.6,
    };
    room > next.line.first_word + slack * next.line.size
}

/// Whether a line that ended early is no end all the same: some writers break after so many characters, wide or not. That is
/// told where paragraphs are set apart otherwise, and the sentence has not ended.
fn is_cut_off(last: &Placed, next: &Placed, measures: &Measures) -> bool {
    measures.sets_apart
        && !ends_sentence(&last.line.text)
        && !is_marker(&next.line.text)
        && next.indent() < INDENT
        && last.line.x1 - last.frame.left > 0.7 * last.frame.width()
}

fn indent_allows(open: &Open, next: &Placed) -> bool {
    let (last, text) = (&open.last, &open.last.line.text);
    if next.indent() < INDENT {
        // Without indents nothing but the number of a new paragraph tells.
        return !(is_marker(&next.line.text) && ends_sentence(text));
    }
    if open.paragraph.lines > 1 {
        // The other lines of this paragraph are set in as well: a list.
        return next.indent() - last.indent() < 0.5;
    }
    let shift = next.indent() - open.first.indent();
    if shift > 0.5 {
        return is_marker(&open.first.line.text) && !ends_sentence(text);
    }
    shift < -0.5 || !ends_sentence(text)
}

/// Whether a line begins with what numbers a paragraph: `一、`, `（二）`, `3.`, `•`.
fn is_marker(text: &str) -> bool {
    let rest = text.trim_start_matches(['（', '(', '第']);
    let number = rest.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十百".contains(c));
    is_bullet(text) || (number.len() < rest.len() && number.starts_with(['、', '）', ')', '.', '．', '条', '章', '节']))
}

/// Whether a line begins with the mark of an item of a list.
pub(super) fn is_bullet(text: &str) -> bool {
    text.starts_with([
        '•', '■', '◆', '●', '➢', '✓', '·', '○', '▪', '※', '◦', '∗', '►', '‣', '–', '□', '☑',
    ])
}

/// Whether a line ends with a mark that ends a sentence or a clause of a list.
fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['”', '"', '）', ')', '’', '』', '」'])
        .ends_with(['。', '！', '？', '；', '：', '.', '!', '?', ':', ';', '…'])
}

fn is_same_size(a: f64, b: f64) -> bool {
    (a - b).abs() <= SAME_SIZE * a.max(b)
}

/// Two lines as one text: nothing between Han characters, a space between words; a word that was divided is whole again.
pub(super) fn joined(before: &str, next: &str) -> String {
    let (Some(last), Some(first)) = (before.chars().next_back(), next.chars().next()) else {
        return format!("{before}{next}");
    };
    let stem = before.strip_suffix(['-', '\u{2010}']);
    if let Some(stem) = stem
        && stem.ends_with(char::is_alphabetic)
        && !stem.ends_with(written::is_han)
        && first.is_lowercase()
    {
        return format!("{stem}{next}");
    }
    let is_number = last.is_ascii_digit() && (first.is_ascii_digit() || first == '%');
    let is_close = written::is_han(last) || written::is_han(first) || is_number;
    if is_close {
        format!("{before}{next}")
    } else {
        format!("{before} {next}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(rows: &[(&str, f64, f64)]) -> Cleared {
        let line = |(text, x, y): &(&str, f64, f64)| {
            let size = 16.0;
            Item::Line(Line {
                text: (*text).to_owned(),
                x0: *x,
                x1: x + size * text.chars().count() as f64,
                y: *y,
                size,
                first_word: size,
                is_level: true,
                is_furniture: false,
            })
        };
        Cleared {
            blocks: vec![Block {
                items: rows.iter().map(line).collect(),
                end: 0.0,
                is_narrow: false,
            }],
            ..Cleared::default()
        }
    }

    fn read(pages: Vec<Cleared>) -> Vec<String> {
        let measures = Measures::of(&pages);
        let parts = parts(pages, &measures);
        let text = |part| match part {
            Part::Paragraph(paragraph) => paragraph.text,
            Part::Row { cells, .. } => cells.join("\t"),
            Part::Furniture(text, _) => format!("[{text}]"),
        };
        parts.into_iter().map(text).collect()
    }

    #[test]
    fn indents_begin_paragraphs_and_full_lines_go_on() {
        let texts = read(vec![page(&[
            ("赵明华县长说，今年要把水渠修", 132.0, 700.0),
            ("好，春耕以前通水，不能再拖了。", 100.0, 672.0),
            ("钱小芳副县长说，资金已经落实", 132.0, 644.0),
            ("到位。", 100.0, 616.0),
        ])]);
        assert_eq!(
            texts,
            [
                "赵明华县长说，今年要把水渠修好，春耕以前通水，不能再拖了。",
                "钱小芳副县长说，资金已经落实到位。"
            ]
        );
    }

    #[test]
    fn a_paragraph_over_two_pages_is_one_and_the_furniture_follows() {
        let mut first = page(&[
            ("前面的一段已经说完了。", 132.0, 700.0),
            ("赵明华县长说，今年要把水渠修", 132.0, 672.0),
        ]);
        first.foot = vec![(
            Line {
                text: "— 1 —".to_owned(),
                ..Line::default()
            },
            Reason::PageNumber,
        )];
        let second = page(&[
            ("好，春耕以前通水，不能再拖了。", 100.0, 700.0),
            ("钱小芳副县长说，资金已经落实", 132.0, 672.0),
            ("到位。", 100.0, 644.0),
        ]);
        assert_eq!(
            read(vec![first, second]),
            [
                "前面的一段已经说完了。",
                "赵明华县长说，今年要把水渠修好，春耕以前通水，不能再拖了。",
                "[— 1 —]",
                "钱小芳副县长说，资金已经落实到位。"
            ]
        );
    }

    #[test]
    fn words_are_joined_as_they_are_written() {
        for (before, next, text) in [
            ("会议", "指出", "会议指出"),
            ("county", "office", "county office"),
            ("govern-", "ment", "government"),
            ("投资20", "24万元", "投资2024万元"),
            ("使用GDP", "指标", "使用GDP指标"),
        ] {
            assert_eq!(joined(before, next), text);
        }
    }
}
