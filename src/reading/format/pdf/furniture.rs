//! What each page has and nobody said: its number, and what stands at the head or the foot of every page.

use std::collections::HashMap;

use super::layout::{Block, Item};
use super::lines::Line;
use crate::reading::format::Reason;

/// How much of a page's height its head and its foot may take.
const ZONE: f64 = 0.15;
/// How many lines of a page's head and foot may be furniture.
const LINES: usize = 3;
/// What share of the pages must have a running head.
const SHARE: f64 = 0.4;

/// A page without its furniture.
#[derive(Clone, Debug, Default)]
pub(super) struct Cleared {
    pub(super) head: Vec<(Line, Reason)>,
    pub(super) blocks: Vec<Block>,
    pub(super) foot: Vec<(Line, Reason)>,
}

/// Lines that are the same but for their digits, at nearly the same height.
type Key = (String, i64);

/// Takes the furniture out of pages, each with its height.
pub(super) fn clear(pages: Vec<(f64, Vec<Block>)>) -> Vec<Cleared> {
    let mut counts: HashMap<Key, usize> = HashMap::new();
    for (height, blocks) in &pages {
        let mut keys: Vec<Key> = edge_lines(*height, blocks).into_iter().flat_map(keys).collect();
        keys.sort_unstable();
        keys.dedup();
        for key in keys {
            *counts.entry(key).or_default() += 1;
        }
    }
    let least = ((pages.len() as f64 * SHARE).ceil() as usize).max(2);
    let is_running = |line: &Line| {
        keys(line)
            .iter()
            .any(|key| counts.get(key).is_some_and(|count| *count >= least))
    };
    pages
        .into_iter()
        .map(|(height, blocks)| clear_page(height, blocks, &is_running))
        .collect()
}

/// A line's key, and that of its neighbouring height: heights are told apart in steps, and a line may lie on an edge of one.
fn keys(line: &Line) -> [Key; 2] {
    let text: String = line
        .text
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| if c.is_numeric() { '#' } else { c })
        .collect();
    let step = (line.y / 4.0).floor() as i64;
    let other = if line.y / 4.0 - step as f64 > 0.5 {
        step + 1
    } else {
        step - 1
    };
    [(text.clone(), step.max(other)), (text, step.min(other))]
}

fn is_at_edge(line: &Line, height: f64) -> bool {
    line.is_level && (line.y > height * (1.0 - ZONE) || line.y < height * ZONE)
}

/// The first and the last lines of a page that lie in its head or foot.
fn edge_lines(height: f64, blocks: &[Block]) -> Vec<&Line> {
    let mut lines: Vec<&Line> = blocks
        .iter()
        .flat_map(|block| &block.items)
        .filter_map(|item| match item {
            Item::Line(line) if is_at_edge(line, height) => Some(line),
            _ => None,
        })
        .collect();
    lines.sort_by(|a, b| b.y.total_cmp(&a.y));
    let foot = lines.len().saturating_sub(LINES).max(LINES.min(lines.len()));
    let (first, last) = lines.split_at(foot);
    first.iter().take(LINES).chain(last).copied().collect()
}

fn clear_page(height: f64, blocks: Vec<Block>, is_running: &impl Fn(&Line) -> bool) -> Cleared {
    let furniture: Vec<(Line, Reason)> = edge_lines(height, &blocks)
        .into_iter()
        .filter_map(|line| Some((line.clone(), reason(line, is_running)?)))
        .collect();
    let mut cleared = Cleared::default();
    for mut block in blocks {
        block.items.retain(|item| match item {
            Item::Line(line) => !furniture.iter().any(|(other, _)| other == line),
            Item::Row { .. } => true,
        });
        if !block.items.is_empty() {
            cleared.blocks.push(block);
        }
    }
    (cleared.head, cleared.foot) = furniture.into_iter().partition(|(line, _)| line.y > height / 2.0);
    cleared
}

fn reason(line: &Line, is_running: &impl Fn(&Line) -> bool) -> Option<Reason> {
    if is_page_number(&line.text) {
        return Some(Reason::PageNumber);
    }
    (line.is_furniture || is_running(line)).then_some(Reason::RunningHead)
}

/// `— 2 —`, `第 3 页 共 5 页`, `- 3 -`, `3/12`, `Page 3 of 5`, `iv`.
fn is_page_number(text: &str) -> bool {
    let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let bare = compact.trim_matches(|c| "—-–－―─‐·•.~～_|[]()（）/".contains(c));
    let is_digits = |part: &str| {
        (1..=4).contains(&part.chars().count())
            && part.chars().all(|c| c.is_ascii_digit() || ('０'..='９').contains(&c))
    };
    let is_roman = |part: &str| (1..=5).contains(&part.len()) && part.bytes().all(|b| b"ivx".contains(&b));
    if is_digits(bare) || is_roman(bare) {
        return true;
    }
    if let Some((page, all)) = bare.split_once(['/', '／']) {
        return is_digits(page) && is_digits(all);
    }
    let words = [
        "第", "页", "頁", "共", "总", "，", ",", "/", "Page", "page", "PAGE", "of",
    ];
    let is_chinese = |c: char| "〇零一二三四五六七八九十百".contains(c);
    let has_word = ["页", "頁", "Page", "page", "PAGE"]
        .iter()
        .any(|word| bare.contains(word));
    let rest = words.iter().fold(bare.to_owned(), |rest, word| rest.replace(word, ""));
    has_word
        && (1..=8).contains(&rest.chars().count())
        && rest
            .chars()
            .all(|c| c.is_ascii_digit() || ('０'..='９').contains(&c) || is_chinese(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, y: f64) -> Item {
        Item::Line(Line {
            text: text.to_owned(),
            y,
            size: 10.0,
            is_level: true,
            ..Line::default()
        })
    }

    #[test]
    fn page_numbers_are_known_in_their_forms() {
        for text in [
            "— 2 —",
            "- 3 -",
            "第 3 页 共 5 页",
            "第三页",
            "12",
            "3/12",
            "Page 3 of 5",
            "－12－",
            "iv",
            "·3·",
        ] {
            assert!(is_page_number(text), "{text}");
        }
        for text in ["第三章", "2024年", "共五项", "3.5%", "县长", "页"] {
            assert!(!is_page_number(text), "{text}");
        }
    }

    #[test]
    fn what_stands_on_most_pages_at_one_height_is_furniture() {
        let page = |number: usize| {
            let items = vec![
                line(&format!("云岭县政府会议纪要 第{number}号"), 800.2),
                line("会议指出", 700.0),
                line("同样的一句", 400.0),
                line(&format!("— {number} —"), 40.0),
            ];
            (
                842.0,
                vec![Block {
                    items,
                    is_narrow: false,
                }],
            )
        };
        let cleared = clear(vec![page(1), page(2), page(3)]);
        for page in cleared {
            assert_eq!(
                page.head.iter().map(|(_, reason)| *reason).collect::<Vec<_>>(),
                [Reason::RunningHead]
            );
            assert_eq!(
                page.foot.iter().map(|(_, reason)| *reason).collect::<Vec<_>>(),
                [Reason::PageNumber]
            );
            assert_eq!(page.blocks.iter().map(|block| block.items.len()).sum::<usize>(), 2);
        }
    }
}
