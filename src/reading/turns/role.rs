//! Labels of whom no name is given: roles (主持人, 家长2), groups (全体), and what programs call speakers (发言人1).

use std::sync::LazyLock;

use super::naming::is_nick;
use super::rule::Rule;
use super::topic::is_phrase;
use crate::reading::attribution::{is_group, surname_at_start};
use crate::text::{fold_str, rows};

/// What counts persons without a name: 业主甲.
pub(super) const STEMS: &str = "甲乙丙丁戊己庚辛";

/// Whether a transcript has such a (folded) word for several who speak at once: 众人, 全体.
pub(super) fn is_said_by_several(label: &str) -> bool {
    ROLES.group.contains(&label)
}

/// Whether several speak together under a label: 全体.
pub fn speaks_as_group(label: &str) -> bool {
    let folded = fold_str(label);
    ROLES.group.contains(&folded.as_str()) || role(&folded).is_none() && is_group(&folded)
}

/// Whether a label describes whom the note-taker doesn't know: 一位戴草帽的老汉, 几个人同时.
pub(super) fn is_described(label: &str) -> bool {
    /// Most characters of such a description.
    const LONGEST: usize = 14;
    let somebody = ROLES
        .somebody
        .iter()
        .filter_map(|word| label.strip_prefix(word))
        .any(|rest| !rest.is_empty());
    somebody && label.chars().count() <= LONGEST && !label.contains([',', '。', '、', '“', '”', '?', '!', '是', '么'])
}

/// Whether a label is what a listener, a reader, a villager is, and what he is called: 听众老周, 网友“青山”, 市民何女士.
pub(super) fn is_caller(label: &str) -> bool {
    /// Most characters of what somebody is called.
    const LONGEST: usize = 8;
    let words = ROLES.likely.iter().map(|(_, word)| *word);
    let called = words
        .filter_map(|word| label.strip_prefix(word))
        .min_by_key(|rest| rest.len());
    let Some(called) = called.filter(|called| called.chars().count() <= LONGEST) else {
        return false;
    };
    let quoted = called
        .strip_prefix(['“', '"', '「'])
        .and_then(|rest| rest.strip_suffix(['”', '"', '」']))
        .is_some_and(|inner| !inner.is_empty() && !inner.contains(['“', '”', '"']));
    quoted || is_nick(called) || is_polite(called)
}

/// 何女士, 欧阳先生: a surname and how one speaks to somebody.
fn is_polite(words: &str) -> bool {
    ROLES
        .polite
        .iter()
        .filter_map(|end| words.strip_suffix(end))
        .any(|surname| !surname.is_empty() && surname_at_start(surname) == Some(surname))
}

/// Whether a label says that nobody heard who speaks: 听不清姓名.
pub(super) fn is_unheard(label: &str) -> bool {
    ROLES.unheard.iter().any(|word| label.contains(word))
}

/// The data file.
pub(super) struct Roles {
    /// Words for several at once.
    pub group: Vec<&'static str>,
    somebody: Vec<&'static str>,
    /// How one speaks to somebody, behind a surname.
    polite: Vec<&'static str>,
    unheard: Vec<&'static str>,
    sure: Vec<(bool, &'static str)>,
    likely: Vec<(bool, &'static str)>,
}

pub(super) static ROLES: LazyLock<Roles> = LazyLock::new(|| {
    let mut roles = Roles {
        group: Vec::new(),
        somebody: Vec::new(),
        polite: Vec::new(),
        unheard: Vec::new(),
        sure: Vec::new(),
        likely: Vec::new(),
    };
    for row in rows!("roles.tsv", 3) {
        match row.as_slice() {
            ["group", "whole", word] => roles.group.push(word),
            ["somebody", "begins", word] => roles.somebody.push(word),
            ["polite", "ends", word] => roles.polite.push(word),
            ["unheard", "holds", word] => roles.unheard.push(word),
            ["sure", "whole", word] => roles.sure.push((false, word)),
            ["sure", "ends", word] => roles.sure.push((true, word)),
            ["likely", "whole", word] => roles.likely.push((false, word)),
            ["likely", "ends", word] => roles.likely.push((true, word)),
            _ => row.wrong("no such role"),
        }
    }
    roles
});

/// Characters of a label without what stands in brackets within it: 建设公司(承建方)代表.
fn without_inset(label: &str) -> usize {
    let inset = label.split_once('(').and_then(|(_, rest)| rest.split_once(')'));
    let inside = inset.map_or(0, |(inside, _)| inside.chars().count() + 2);
    label.chars().count() - inside
}

/// What stands before a role without the number by which one is told from another: 尾号6602的听众.
fn without_number(before: &str) -> &str {
    let numbered = before
        .strip_suffix('的')
        .filter(|rest| rest.ends_with(|c: char| c.is_ascii_digit()));
    numbered.unwrap_or(before)
}

/// The rule by which a label is a role's.
pub(super) fn role(words: &str) -> Option<Rule> {
    // 业主甲, 家长2, 学生A
    let bare = words.trim_end_matches(|c: char| STEMS.contains(c) || c.is_ascii_alphanumeric() || c == ' ');
    // 接线员17号
    let counted = words
        .strip_suffix('号')
        .map(|rest| rest.trim_end_matches(|c: char| c.is_ascii_digit()));
    let bare = counted
        .filter(|rest| rest.len() + '号'.len_utf8() < words.len())
        .unwrap_or(bare);
    let fits = |(ends, word): &(bool, &str)| {
        bare == *word
            // 二愣他妈: the word itself may have what phrases have.
            || *ends
                && bare.strip_suffix(word).is_some_and(|before| !is_phrase(without_number(before)))
                && without_inset(bare) <= 18
                && !bare.contains(' ')
    };
    if ROLES.sure.iter().any(fits) {
        Some(Rule::SureRole)
    } else {
        ROLES.likely.iter().any(fits).then_some(Rule::Role)
    }
}

static NUMBERED: LazyLock<(Vec<&'static str>, Vec<&'static str>)> = LazyLock::new(|| {
    let (mut before, mut alone) = (Vec::new(), Vec::new());
    for row in rows!("numbered.tsv", 1..=2) {
        match row.as_slice() {
            [word] => before.push(*word),
            [word, "alone"] => alone.push(*word),
            _ => row.wrong("no such word"),
        }
    }
    (before, alone)
});

/// Whether a transcript's program calls a speaker so: 发言人1, SPEAKER_00, Unknown Speaker.
pub fn is_numbered(label: &str) -> bool {
    let lower = label.to_ascii_lowercase();
    let (before, alone) = &*NUMBERED;
    let counted = |rest: &str| {
        let number = rest.trim_start_matches([' ', '_', '-', '#']);
        (1..=3).contains(&number.chars().count())
            && number
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "一二三四五六七八九十甲乙丙丁".contains(c))
    };
    alone.contains(&lower.as_str()) || before.iter().any(|word| lower.strip_prefix(word).is_some_and(counted))
}
