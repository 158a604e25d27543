//! What stands between heads and behind the last one: words, sections, and what a program adds.

use super::scan::ordinal;
use super::settle::nobody;
use super::shape::{Shape, Timed};
use crate::reading::layout::{Block, Kind};
use crate::text::{Span, fold_str};

/// What stands between heads: short lines are words, and a label alone among them is one too. What the program adds at
/// the end is nobody's.
pub fn settle(text: &str, blocks: &mut [Block]) {
    let turns: Vec<usize> = (0..blocks.len())
        .filter(|at| matches!(blocks[*at].kind, Kind::Turn(_)))
        .collect();
    for block in blocks.iter_mut() {
        if matches!(block.kind, Kind::Heading) && is_task(block.span.of(text)) {
            block.kind = Kind::Paragraph;
        }
    }
    let (Some(first), Some(last)) = (turns.first().copied(), turns.last().copied()) else {
        return;
    };
    let timed = turns
        .iter()
        .any(|at| Shape::of(text, blocks[*at].span).is_some_and(|shape| shape.timed != Timed::Never));
    for at in first + 1..blocks.len() {
        // 2019-03-12 15:10:03 below each answer of a page.
        if matches!(blocks[at].kind, Kind::Heading | Kind::Paragraph)
            && Shape::of(text, blocks[at].span).is_some_and(|shape| shape.is_time_only())
        {
            blocks[at].kind = nobody();
        }
        match &blocks[at].kind {
            Kind::Heading if !blocks[at].heads && !is_section(text, blocks[at].span) => {
                let apart = !timed && is_apart(text, blocks[at].span);
                if is_by_program(blocks[at].span.of(text)) {
                    blocks[at].kind = nobody();
                } else if !apart && (timed || !is_furniture(&blocks[at - 1])) {
                    blocks[at].kind = Kind::Paragraph;
                }
            }
            Kind::Paragraph if !timed && is_marked_heading(text, blocks, at) => blocks[at].kind = Kind::Heading,
            Kind::Paragraph if at > last && is_by_program(blocks[at].span.of(text)) => blocks[at].kind = nobody(),
            Kind::Label { .. } if at < last => {
                let label = |at: usize| matches!(blocks[at].kind, Kind::Label { .. });
                if !label(at - 1) && !label(at + 1) && !is_marked(text, blocks[at].span) {
                    blocks[at].kind = Kind::Paragraph;
                }
            }
            _ => {}
        }
    }
}

fn is_furniture(block: &Block) -> bool {
    block.kind == nobody() || matches!(block.kind, Kind::Heading | Kind::Title)
}

/// A label in a box, or with a number as papers have it: 【处理意见】, 八、表决:.
fn is_marked(text: &str, span: Span) -> bool {
    let line = fold_str(span.of(text));
    line.starts_with('【') || ordinal(&line).is_some()
}

/// A heading by its mark, its box or its number: `## 待办`, `【处理意见】`, `一、开场`.
fn is_section(text: &str, span: Span) -> bool {
    let line = text[..span.start()].rfind('\n').map_or(0, |at| at + 1);
    let marked = text[line..span.start()].contains('#');
    if span.of(text).starts_with('【') && span.of(text).ends_with('】') {
        return true;
    }
    let words = span.of(text).trim_start_matches(['(', '（', '第']);
    let rest = words.trim_start_matches(|c| "一二三四五六七八九十".contains(c));
    marked || rest.len() < words.len() && rest.starts_with(['、', ')', '）', '章', '节'])
}

/// Marks that papers set before the heading of a section: ◆ 部门回应.
const SECTIONS: &str = "◆◇●○■□★☆▶►❖➢";

/// Whether a line heads a section by a mark and a few words: apart from what stands before, neither a sentence nor with a
/// colon, and no item among others that have the mark too.
fn is_marked_heading(text: &str, blocks: &[Block], at: usize) -> bool {
    /// Most characters of such a heading.
    const LONGEST: usize = 12;
    let words = blocks[at].span.of(text);
    let Some(mark) = mark_before(text, blocks[at].span) else {
        return false;
    };
    let is_item = |other: &Block| mark_before(text, other.span) == Some(mark) && !is_apart(text, other.span);
    words.chars().count() <= LONGEST
        && !fold_str(words).contains([':', ',', '。', '!', '?', ';', '“', '、'])
        && is_apart(text, blocks[at].span)
        && blocks.get(at + 1).is_some_and(|next| !is_item(next))
}

/// The mark of a section that stands before a line's words.
fn mark_before(text: &str, span: Span) -> Option<char> {
    let line = text[..span.start()].rfind('\n').map_or(0, |at| at + 1);
    let lead = text[line..span.end()].trim_start();
    lead.chars().next().filter(|mark| SECTIONS.contains(*mark))
}

/// Whether a blank line stands before.
pub fn is_apart(text: &str, span: Span) -> bool {
    let before = &text[..span.start()];
    let gap = &before[before
        .trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '*' | '>' | '#') || SECTIONS.contains(c))
        .len()..];
    gap.matches('\n').count() > 1
}

fn is_task(line: &str) -> bool {
    ["[ ]", "[x]", "[X]"].iter().any(|mark| line.starts_with(mark))
}

/// `Transcribed by https://otter.ai`, `本文字记录由…自动生成`.
fn is_by_program(line: &str) -> bool {
    let lower = line.to_ascii_lowercase();
    lower.starts_with("transcribed by")
        || lower.starts_with("generated by")
        || line.chars().count() < 40
            && [
                "自动生成",
                "自动转写",
                "智能转写",
                "仅供参考",
                "已开始听录",
                "已停止听录",
            ]
            .iter()
            .any(|word| line.contains(word))
}

#[cfg(test)]
mod tests {
    use crate::reading::testing::{says, told};

    #[test]
    fn a_mark_and_a_few_words_head_a_section_and_are_nobodys() {
        let text = "议事会发言摘登\n\n◆ 开场\n丘福生：先说路。\n\n◆ 委员建言\n\n韦朝军委员（书面发言）：渠漏水。\n\n◆ 部门回应\n\n县水利局局长　何晓岚：月底修。\n";
        assert_eq!(told(text), ["丘福生 先说路。", "韦朝军 渠漏水。", "何晓岚 月底修。"]);
    }

    #[test]
    fn items_with_a_mark_are_what_the_speaker_counts() {
        let text = "周例会\n\n丘福生：今年办三件事。\n\n◆ 修路\n◆ 修渠\n◆ 修桥\n\n何晓岚：行。\n";
        says(text, "修渠", Some("丘福生"));
    }
}
