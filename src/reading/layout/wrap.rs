//! Wrapping: which lines are one paragraph that a page, a mail program or a typewriter broke at its edge.

use super::lines::{Line, NEVER_FIRST, first_token};
use crate::text::{ends_sentence, fold_char, is_opening_mark};

/// How a file breaks its lines, told from all of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wrapping {
    /// The edge: columns of the longest lines. None where each line is a paragraph.
    edge: Option<usize>,
    /// Whether paragraphs begin with an indent that their other lines don't have.
    indents: bool,
    /// Whether a blank line stands between any two lines.
    double_spaced: bool,
}

/// No page is so narrow or so wide, in columns.
const NARROWEST: usize = 24;
const WIDEST: usize = 130;
/// Columns that a line may stay short of the edge or hang over it by, for marks that may not begin a line.
const SLACK: usize = 3;

impl Wrapping {
    /// How these lines are broken; `is_own` says of a line that it is no prose (a heading, a head, a label).
    pub fn of(text: &str, lines: &[Line<'_>], is_own: impl Fn(usize) -> bool) -> Wrapping {
        let plain: Vec<usize> = (0..lines.len())
            .filter(|index| lines[*index].mark.is_none() && !is_own(*index))
            .collect();
        let Some(edge) = edge(plain.iter().map(|index| lines[*index].width)) else {
            return Wrapping::default();
        };
        let wrapping = Wrapping {
            edge: Some(edge),
            ..Wrapping::default()
        };
        // In wrapped text whatever breaks off within a sentence does so at the edge.
        let broken: Vec<usize> = plain
            .iter()
            .copied()
            .filter(|index| {
                let next = lines.get(index + 1).filter(|next| next.mark.is_none());
                next.is_some() && !is_own(index + 1) && !is_ended(lines[*index].span.of(text))
            })
            .collect();
        let full = broken
            .iter()
            .filter(|index| wrapping.is_full(text, &lines[**index], &lines[**index + 1]))
            .count();
        // 　　4月2日,…调研烤烟移|栽: an indented line that is full, and the next one is not indented.
        let opened = broken
            .iter()
            .filter(|index| {
                let (line, next) = (&lines[**index], &lines[**index + 1]);
                line.indent >= 2 && next.indent < 2 && !next.after_blank && wrapping.is_full(text, line, next)
            })
            .count();
        let share = if opened >= FEWEST_OPENED { 4 } else { 7 };
        if full < FEWEST || full * 10 < broken.len() * share {
            return Wrapping::default();
        }
        let blanks = broken.iter().filter(|index| lines[**index + 1].after_blank).count();
        let indented = plain.iter().filter(|index| lines[**index].indent >= 2).count();
        Wrapping {
            edge: Some(edge),
            indents: indented > 0 && indented * 10 < plain.len() * 8,
            double_spaced: blanks * 10 > broken.len() * 7,
        }
    }

    /// Whether a line goes as far as it could: what the next one begins with had no more room.
    fn is_full(self, text: &str, line: &Line<'_>, next: &Line<'_>) -> bool {
        self.edge
            .is_some_and(|edge| line.width + first_token(next.span.of(text)) + SLACK > edge)
    }

    /// Whether `next` goes on with the paragraph that `line` is the last line of. `torn` says that a page's foot or head
    /// stood between them.
    pub fn goes_on(self, text: &str, line: &Line<'_>, next: &Line<'_>, torn: bool) -> bool {
        let (words, following) = (line.span.of(text), next.span.of(text));
        let ended = is_ended(words);
        let blank = next.after_blank && !self.double_spaced && !torn;
        // A page's last line is whatever length it is.
        if torn && !ended {
            return !(self.indents && next.indent >= 2);
        }
        if blank {
            return false;
        }
        if following.starts_with(|c| NEVER_FIRST.contains(c)) || breaks_off(words) {
            return true;
        }
        if !self.is_full(text, line, next) {
            return false;
        }
        // Where paragraphs are indented, what is not goes on, whatever the line before it ends in.
        if self.indents { next.indent < 2 } else { !ended }
    }
}

/// Fewest paragraphs that begin with an indented line and go on in one that is not.
const FEWEST_OPENED: usize = 3;
/// Fewest lines that are broken at the edge in a wrapped file.
const FEWEST: usize = 2;

/// The edge that many lines come near and next to none goes beyond.
fn edge(widths: impl Iterator<Item = usize>) -> Option<usize> {
    let mut widths: Vec<usize> = widths.collect();
    widths.sort_unstable();
    // A table or an address may stick out.
    let beyond = widths.len() / 30;
    let longest = *widths.get(widths.len().checked_sub(1 + beyond)?)?;
    let near = widths
        .iter()
        .filter(|width| **width + SLACK + 1 >= longest && **width <= longest + SLACK)
        .count();
    ((NARROWEST..=WIDEST).contains(&longest) && near >= FEWEST).then_some(longest)
}

/// Whether a line ends as a paragraph may: with a sentence, a list's item, or words that announce what follows.
fn is_ended(words: &str) -> bool {
    ends_sentence(words) || words.trim_end().ends_with(|c| matches!(fold_char(c), ';' | ':'))
}

/// Whether words break off where nobody ends a paragraph: 八十万元,.
fn breaks_off(words: &str) -> bool {
    words
        .trim_end()
        .ends_with(|c| matches!(fold_char(c), ',' | '、' | '(' | '《') || is_opening_mark(c))
}

#[cfg(test)]
mod tests {
    use super::super::lines::lines;
    use super::*;
    use crate::reading::format::Document;

    /// For each line whether it goes on with the one before.
    fn joined(text: &str) -> Vec<bool> {
        let document = Document {
            text: text.to_owned(),
            marks: Vec::new(),
        };
        let lines = lines(&document, 0);
        let wrapping = Wrapping::of(text, &lines, |_| false);
        lines
            .windows(2)
            .map(|pair| wrapping.goes_on(text, &pair[0], &pair[1], false))
            .collect()
    }

    #[test]
    fn lines_that_break_at_the_edge_are_one_paragraph() {
        let text = "县水务局局长贺天佑说，今年汛期来得早，要把沙袋备\n足，把值班的人排好，夜里每两个小时查一次水位，发\n现险情马上报告。\n镇长钟铁山表示，镇里的两座水库已经降到汛限水位以\n下。\n";
        assert_eq!(joined(text), [true, true, false, true]);
    }

    #[test]
    fn short_lines_of_a_transcript_are_their_own() {
        let text =
            "大家好今天说一下环卫的事\n县城有四百二十个垃圾桶\n坏了六十三个\n下个月全部换掉\n有两家还没有签合同\n";
        assert_eq!(joined(text), [false; 4]);
    }

    #[test]
    fn where_paragraphs_are_indented_a_full_line_that_ends_a_sentence_goes_on() {
        let text = "　　会议听取了全县春耕生产情况的汇报，研究了种子化肥\n储备工作。\n　　会议强调，春耕不等人，各乡镇要把任务分到户到田。\n要把农机检修好，把种子备足，把水源调度好，确保不误\n农时。\n";
        assert_eq!(joined(text), [true, false, true, true]);
    }

    #[test]
    fn a_comma_at_the_end_goes_on_in_any_file() {
        assert_eq!(joined("公墓还差八十万元，\n希望县里先垫付。\n散会。\n"), [true, false]);
        assert_eq!(joined("村卫生室去年全部翻修\n，缺的是血压计。\n"), [true]);
    }
}
