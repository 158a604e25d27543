//! What the words around a name tell: whether whoever bears it speaks or is spoken of, and what belongs to them.

use super::lexicon::{Lexicon, NAME, Role, Wording};
use super::mention::Mention;
use super::party::PartyKind;
use crate::text::{Segmenter, Span};

/// 做彝绣的 of 做彝绣的阿苦木果怎么看养猪: what tells who somebody is, and not what is asked of.
pub(super) fn told_before(text: &str, person: &Mention, all: &[Mention]) -> Option<Span> {
    let before = text[..person.span.start()].strip_suffix('的')?;
    let start = before.rfind([',', '?', '。', ' ', ';', ':']).map_or(0, |at| at + 1);
    let span = Span::new(start, before.len());
    let free = !all.iter().any(|other| other.span.overlaps(span));
    (person.party.kind == PartyKind::Person && free && !span.of(text).is_empty()).then_some(span)
}

/// 县委组织部 of 县委组织部莫春燕部长对修路怎么看: the house that somebody is of, and nothing that is asked of.
pub(super) fn body_before(text: &str, person: &Mention, all: &[Mention]) -> Option<Span> {
    const ENDS: [char; 14] = [
        '局', '部', '委', '办', '院', '会', '镇', '乡', '府', '司', '团', '厂', '社', '厅',
    ];
    if person.party.kind != PartyKind::Person {
        return None;
    }
    let mut start = person.span.start();
    for (span, word) in Segmenter::shared().words(&text[..start]).iter().rev() {
        let titled = Lexicon::shared().titles.contains(word);
        if !(titled || word.ends_with(ENDS) && word.chars().nth(1).is_some()) {
            break;
        }
        start = span.start();
    }
    let span = Span::new(start, person.span.start());
    let free = !all.iter().any(|other| other.span.overlaps(span));
    (free && !span.of(text).is_empty()).then_some(span)
}

/// Whether a name speaks or is spoken of, by the wording around it; the other names before it in a row with it
/// (礼泉和乾县) share its place.
pub(super) fn role(text: &str, mention: &Mention, all: &[Mention]) -> Option<Role> {
    let lexicon = Lexicon::shared();
    let mut span = mention.span;
    // A row of names is one name for the wording.
    for other in all {
        let gap = |a: Span, b: Span| {
            text.get(a.end()..b.start())
                .is_some_and(|gap| matches!(gap, "和" | "、" | "与" | "跟" | "及" | ","))
        };
        if gap(span, other.span) {
            span = Span::new(span.start(), other.span.end());
        } else if gap(other.span, span) {
            span = Span::new(other.span.start(), span.end());
        }
    }
    let masked = format!("{}{NAME}{}", &text[..span.start()], &text[span.end()..]);
    let stands = |wording: &Wording| wording.stands_at(&masked, span.start());
    if mention.party.kind == PartyKind::Office && lexicon.identity.iter().any(stands) {
        return Some(Role::Speaks);
    }
    let by_wording = lexicon.roles.iter().find(|(_, wording)| stands(wording));
    by_wording
        .map(|(role, _)| *role)
        .or_else(|| speaks_of_something(text, mention).then_some(Role::Speaks))
}

/// 叫大家少发文的是云书记吗: whoever is named stands at the end.
pub(super) fn ends_in_who(text: &str, mentions: &[Mention]) -> bool {
    let text = text.trim_end_matches(|c: char| !c.is_alphanumeric());
    let ends = ["没错吧", "对不对", "对吗", "对吧", "吗", "吧", "么", "啊", ""];
    let Some(last) = mentions
        .last()
        .filter(|mention| mention.party.kind != PartyKind::County)
    else {
        return false;
    };
    let behind = text.get(last.span.end()..).unwrap_or_default();
    let before = text.get(..last.span.start());
    before.is_some_and(|before| before.ends_with("的是")) && ends.contains(&behind)
}

/// What stands between somebody and what they speak of.
const OF: [&str; 4] = ["对", "就", "针对", "关于"];

/// 庞洪海对电价是怎么答复的: whoever has a matter right behind them speaks of it; 虹口对口帮扶 has none.
fn speaks_of_something(text: &str, mention: &Mention) -> bool {
    let words = Segmenter::shared().words(&text[mention.span.end()..]);
    mention.party.kind != PartyKind::County && words.first().is_some_and(|(_, first)| OF.contains(first))
}
