//! What a label's words are by themselves: a nickname, a long or a hidden name, a place, a body before a name.

use super::topic::{is_listed, is_made_of_words};
use crate::gazetteer::Gazetteer;
use crate::reading::attribution::{
    MEMBERS, ends_in_title, is_cue, is_name_char, organ_at_end, shaped_like_name, surname_at_start, title_at_end,
};
use crate::text::{Segmenter, Span};

/// What parts a unit from a name in a label.
pub const PARTING: [char; 8] = ['-', '—', '_', '/', '@', '|', ' ', '+'];

/// 老丘, 小丘, 阿丘, 大老张.
pub fn is_nick(words: &str) -> bool {
    let bare = words
        .strip_prefix('大')
        .filter(|rest| rest.starts_with('老'))
        .unwrap_or(words);
    bare.strip_prefix(['老', '小', '阿'])
        .is_some_and(|surname| surname_at_start(surname) == Some(surname))
}

/// 3组老王, 护林队小韩: a body of whatever kind, and what its people call somebody. 多少, 大小: no body stands before those.
pub fn nick_at_end(words: &str) -> bool {
    let Some((at, _)) = words.char_indices().rev().nth(1) else {
        return false;
    };
    let (body, nick) = words.split_at(at);
    let is_body = organ_at_end(body).is_some() || is_place(body) || body.ends_with(BODIES) || body.ends_with(' ');
    is_body && (body.chars().count() > 1) && nick.starts_with(['老', '小']) && is_nick(nick)
}

/// How small bodies end that are no organs.
const BODIES: [char; 12] = ['组', '队', '站', '班', '店', '厂', '社', '校', '园', '户', '段', '楼'];

/// Whether a part of a label is a name by its strangeness: three characters or more that make no words, and no body.
pub fn is_long_name(words: &str) -> bool {
    words.chars().count() > 2
        && is_strange_name(words)
        && !is_made_of_words(words)
        && organ_at_end(words).is_none()
        && !ends_in_title(words)
        && !is_place(words)
}

/// Whether a label has several parts of words without figures: 城关 大老张.
pub fn is_of_parts(words: &str) -> bool {
    words.contains(PARTING)
        && words
            .split(PARTING)
            .all(|part| part.chars().count() > 1 && part.chars().all(is_name_char) && !is_listed(part))
}

/// Two to eight characters of a name, dots among them.
pub fn is_strange_name(words: &str) -> bool {
    let count = words.chars().filter(|c| *c != '·').count();
    let least = if words.contains(is_private) { 1 } else { 2 };
    (least..=8).contains(&count) && words.chars().all(|c| c == '·' || is_name_char(c) || is_private(c))
}

/// 李×, 王**, ×××: a name that the paper hides.
pub fn is_masked(words: &str) -> bool {
    (2..=4).contains(&words.chars().count())
        && words.contains(is_mask)
        && words.chars().all(|c| is_mask(c) || is_name_char(c))
}

/// What a paper writes for a character that it hides.
pub fn is_mask(c: char) -> bool {
    matches!(c, '×' | '✕' | '*' | '○' | '□' | '█' | '_')
}

/// A character that an old font has for a rare name (GBK's 䶮 and its like stand there), and no standard.
pub fn is_private(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}')
}

pub fn is_place(words: &str) -> bool {
    Gazetteer::shared()
        .places_written_in(words)
        .first()
        .is_some_and(|place| place.span == Span::new(0, words.len()))
}

/// Where a name of two characters begins that is set with a gap between them, behind a body or an office, and where the
/// office ends: 水文中心|丘 静, 石桥村村民代表| |岩 温.
pub fn spaced_name(words: &str) -> Option<(usize, Option<usize>)> {
    let (before, given) = words.rsplit_once(' ')?;
    let before = before.trim_end();
    // 石桥村村民代表 岩温
    let is_office = |body: &str| ends_in_title(body) || is_member(body);
    if given.chars().count() == 2 && is_strange_name(given) {
        let is_word = Segmenter::shared().knows(given) || is_cue(given) || ends_in_title(given);
        let fits = is_office(before) && !is_word && !before.contains(BREAKS);
        return fits.then_some((words.len() - given.len(), Some(before.len())));
    }
    let (at, surname) = before.char_indices().next_back()?;
    let body = before[..at].trim_end();
    let mut chars = given.chars();
    let one = chars.next().filter(|c| is_name_char(*c) && chars.next().is_none())?;
    let name: String = [surname, one].into_iter().collect();
    if body.chars().count() < 2 || !is_name_char(surname) {
        return None;
    }
    let apart = body.len() < at;
    let office = is_office(body);
    let is_body = organ_at_end(body).is_some() || is_place(body);
    // What a gap parts from an office need not look like a name.
    let is_name = shaped_like_name(&name) || apart && office && is_strange_name(&name);
    let fits = (office || is_body) && is_name && !body.contains(BREAKS);
    fits.then_some((at, office.then_some(body.len())))
}

/// Marks that stand in no office before a name.
const BREAKS: [char; 4] = [',', '。', '、', '“'];

/// 石桥村村民代表, 县政协委员: what somebody is who was chosen.
fn is_member(words: &str) -> bool {
    MEMBERS.iter().any(|end| words.ends_with(end))
}

/// Where the name begins that a unit stands before: 县住建局|丁少华, 万佛湖镇|陶勇.
pub fn unit_before_name(words: &str) -> Option<usize> {
    let starts: Vec<usize> = words.char_indices().map(|(at, _)| at).collect();
    [3usize, 2, 4].into_iter().find_map(|count| {
        let at = *starts.get(starts.len().checked_sub(count)?)?;
        let (unit, name) = words.split_at(at);
        let is_unit = unit.chars().count() > 1 && (organ_at_end(unit).is_some() || is_place(unit));
        (is_unit && shaped_like_name(name)).then_some(at)
    })
}

/// Where a name of whatever make begins behind an office: 县水利局局长|介子川. 县水利局局长信箱 has a word there.
pub fn office_before_name(words: &str) -> Option<usize> {
    let starts: Vec<usize> = words.char_indices().map(|(at, _)| at).collect();
    [3usize, 2, 4].into_iter().find_map(|count| {
        let at = *starts.get(starts.len().checked_sub(count)?)?;
        let (office, name) = words.split_at(at);
        // 县水利局局长汇报:… is a report's frame.
        let is_word = is_made_of_words(name) || is_cue(name) || count == 2 && Segmenter::shared().knows(name);
        (ends_in_title(office) && is_strange_name(name) && !is_word && !is_listed(name)).then_some(at)
    })
}

/// How parts of a body end that are no organs by themselves: 民政课.
const OFFICES: [char; 7] = ['课', '科', '室', '股', '处', '组', '站'];

/// Where a surname begins that has a title behind it and the given name behind that, as Taiwan's records write: 民政课|欧课长育坚.
pub fn name_around_title(words: &str) -> Option<usize> {
    let starts: Vec<usize> = words.char_indices().map(|(at, _)| at).collect();
    [2usize, 1].into_iter().find_map(|count| {
        let given = *starts.get(starts.len().checked_sub(count)?)?;
        let before = &words[..given];
        let title = title_at_end(before)?;
        let stem = &before[..before.len() - title.len()];
        let surname = stem.char_indices().next_back()?.0;
        let unit = &words[..surname];
        let body = unit.is_empty() || organ_at_end(unit).is_some() || unit.ends_with(OFFICES);
        let name = [&stem[surname..], &words[given..]].concat();
        let fits = body && title.chars().count() > 1 && shaped_like_name(&name) && !is_made_of_words(&words[given..]);
        fits.then_some(surname)
    })
}
