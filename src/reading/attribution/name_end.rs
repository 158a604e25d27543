//! Where a name may end, and what it is cut off from: endings of other peoples' names, titles, places, grammar.

use std::sync::LazyLock;

use super::lexicon::Lexicon;
use crate::gazetteer::Gazetteer;
use crate::text::{is_clause_mark, rows};

/// Whether a character that may end a name begins what is done: 高雪|在致辞中说, 欧阳雪|先把….
pub(super) fn leads_clause(last: &str, behind: &str) -> bool {
    match last {
        "在" => !behind.starts_with(['说', ',', ':']),
        "先" => behind.starts_with(['把', '将', '从', '给', '亮', '就', '向']),
        _ => false,
    }
}

/// How names of other peoples end; one is whole where it does.
static ENDINGS: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| rows!("name_endings.tsv", 1).map(|row| row[0]).collect());

/// Bytes of the name of another people that `text` begins with, by how it ends: 乌云其木格.
pub(super) fn ended(text: &str) -> Option<usize> {
    let window = &text[..nth_boundary(text, 7).unwrap_or(text.len())];
    let end = ENDINGS
        .iter()
        .filter_map(|ending| window.find(*ending).map(|at| at + ending.len()))
        .min()?;
    // 央金|卓玛: one ending behind another.
    let end = std::iter::successors(Some(end), |end| {
        let more = ENDINGS.iter().find(|ending| window[*end..].starts_with(**ending))?;
        Some(end + more.len())
    })
    .last()?;
    window[..end]
        .chars()
        .all(is_name_char)
        .then_some(end)
        // 孟和, 苏和, 布和, 才让: a part of many names.
        .filter(|end| {
            let rest = ["孟和", "苏和", "布和", "才让"]
                .iter()
                .fold(window[..*end].to_owned(), |name, part| name.replace(part, ""));
            surname_free(&rest)
        })
}

/// Whether a name that ends at `end` would cut a title in two: 宗委主 of 民宗委主任.
pub(super) fn cuts_title(text: &str, end: usize) -> bool {
    let window = nth_boundary(text, 8).unwrap_or(text.len());
    Lexicon::shared()
        .titles_in(&text[..window])
        .any(|title| title.start() > 0 && title.start() < end && title.end() > end)
}

/// Whether what looks like a name is a verb before a place: 来松阳.
pub(super) fn goes_to_place(text: &str) -> bool {
    let window = &text[..nth_boundary(text, 8).unwrap_or(text.len())];
    window
        .strip_prefix(['来', '到', '于', '从', '向', '往', '在', '离', '赴', '经', '去'])
        .is_some_and(|rest| {
            let places = Gazetteer::shared().places_written_in(rest);
            places.first().is_some_and(|place| {
                // 向前进说:…: where a cue and a mark follow, somebody is called so.
                let behind = &rest[place.span.end()..];
                let says = Lexicon::shared()
                    .cue_at(behind)
                    .is_some_and(|cue| behind[cue.len()..].trim_start_matches('着').starts_with(is_clause_mark));
                // 县交通委主任向兴文一行: he came with others.
                place.span.start() == 0 && !says && !behind.starts_with("一行")
            })
        })
}

/// A name has no character that is mostly grammar.
pub(super) fn surname_free(name: &str) -> bool {
    !name
        .chars()
        .any(|c| "的了在是和与对就将为到从被把让给等及或要有不也都还这个们我你他她它说所并".contains(c))
        // 那 begins names (那仁巴图) and phrases (那个).
        && !["那个", "那些", "那么", "那里", "那样", "那时", "那位", "那种", "那边", "那次", "那就", "那天", "那年"]
            .iter()
            .any(|phrase| name.contains(phrase))
}

/// Whether `c` can stand in a Chinese name.
pub fn is_name_char(c: char) -> bool {
    matches!(c, '〇' | '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

/// Byte index behind the first `count` characters; `None` where `text` has fewer.
pub fn nth_boundary(text: &str, count: usize) -> Option<usize> {
    text.char_indices()
        .map(|(at, _)| at)
        .chain(std::iter::once(text.len()))
        .nth(count)
}

/// Byte index before the last `count` characters; `None` where `text` has fewer.
pub(super) fn nth_last_boundary(text: &str, count: usize) -> Option<usize> {
    text.char_indices().rev().nth(count.checked_sub(1)?).map(|(at, _)| at)
}
