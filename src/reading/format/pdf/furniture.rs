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
        // A whole sentence at the head of a page may be said twice.
        let least = if line.text.ends_with(['。', '，', '；']) {
            pages.len().max(3)
        } else {
            least
        };
        keys(line)
            .iter()
            .any(|key| counts.get(key).is_some_and(|count| *count >= least))
    };
    let clear = |(height, blocks): &(f64, Vec<Block>)| clear_page(*height, blocks.clone(), &is_running);
    pages.iter().map(clear).collect()
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
    let lines = edge_lines(height, &blocks);
    let (head, foot): (Vec<&Line>, Vec<&Line>) = lines.into_iter().partition(|line| line.y > height / 2.0);
    let mut cleared = Cleared {
        head: furniture_of(head.into_iter(), is_running),
        foot: furniture_of(foot.into_iter().rev(), is_running),
        blocks: Vec::new(),
    };
    cleared.foot.reverse();
    let furniture = || cleared.head.iter().chain(&cleared.foot).map(|(line, _)| line);
    let is_kept = |item: &Item| match item {
        Item::Line(line) => !furniture().any(|other| other == line),
        Item::Row { .. } => true,
    };
    let mut kept = blocks;
    for block in &mut kept {
        block.items.retain(is_kept);
    }
    kept.retain(|block| !block.items.is_empty());
    cleared.blocks = kept;
    cleared
}

/// The furniture among lines that come from the edge inwards.
fn furniture_of<'l>(lines: impl Iterator<Item = &'l Line>, is_running: &impl Fn(&Line) -> bool) -> Vec<(Line, Reason)> {
    let mut out = Vec::new();
    let mut is_outside = true;
    for line in lines {
        let reason = reason(line, is_outside, is_running);
        is_outside &= reason.is_some();
        out.extend(reason.map(|reason| (line.clone(), reason)));
    }
    out
}

/// Why a line is furniture; a number that has text further out is none of the page's.
fn reason(line: &Line, is_outside: bool, is_running: &impl Fn(&Line) -> bool) -> Option<Reason> {
    if is_page_number(&line.text) && is_outside {
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
                    end: 500.0,
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
