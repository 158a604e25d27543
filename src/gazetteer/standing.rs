//! Places that stand whole in running text: no tail of a longer name (雁|南县), no piece of a word (三|天全县), of a
//! person's name (李|新民), of a title (代|县长) or of what is only named after them (永寿路).

use std::collections::HashSet;
use std::sync::LazyLock;

use super::{Form, Gazetteer, Level, PlaceMention};
use crate::text::{Segmenter, rows};

static LEADS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| rows!("place_leads.tsv", 1).map(|row| row[0]).collect());
/// The names of `joining.tsv`.
static JOINING: LazyLock<HashSet<&'static str>> = LazyLock::new(|| rows!("joining.tsv", 1).map(|row| row[0]).collect());
static NAMED_AFTER: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| rows!("named_after.tsv", 1).map(|row| row[0]).collect());

/// How many characters around a name the dictionary is asked about.
const WINDOW: usize = 6;
/// How far behind a short form the word may stand that is named after it: 永寿建筑公司.
const NAMED: usize = 8;

/// Why letters that make a place's name are no place where they stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoPlace {
    /// 三|天全县, 李|新民, 雁|南县: it begins inside a word, or behind a character that makes another name with it.
    BeginsInside,
    /// 同心|同德: it ends inside a word.
    EndsInside,
    /// 代县长: the rank belongs to a title.
    Title,
    /// 家乡振兴, 兴业: the dictionary knows a word, and no place.
    CommonWord,
    /// 永寿路, 四川北路.
    NamedAfter,
    /// 城区, 郊区: every town has one.
    Generic,
}

impl NoPlace {
    /// The veto's name.
    pub fn name(self) -> &'static str {
        match self {
            NoPlace::BeginsInside => "begins inside a longer name",
            NoPlace::EndsInside => "ends inside a word",
            NoPlace::Title => "the rank belongs to a title",
            NoPlace::CommonWord => "a common word",
            NoPlace::NamedAfter => "only named after the place",
            NoPlace::Generic => "every town has one",
        }
    }
}

impl Gazetteer {
    /// As [`Gazetteer::places_written_in`], those alone that stand whole.
    pub fn places_standing_in(&self, text: &str) -> Vec<PlaceMention<'_>> {
        let mut standing: Vec<PlaceMention<'_>> = Vec::new();
        for place in self.places_written_in(text) {
            // 陕西省|咸阳市|乾县: what is before the place is a place itself.
            let behind_place = standing
                .last()
                .is_some_and(|before| before.span.end() == place.span.start() && before.holds(&place));
            if no_place(text, &place, behind_place).is_none() {
                standing.push(place);
            }
        }
        standing
    }
}

impl PlaceMention<'_> {
    /// Whether one of the places that may be meant lies above one of the other's.
    fn holds(&self, other: &PlaceMention) -> bool {
        self.divisions.iter().any(|above| {
            above.level() != Level::County && other.divisions.iter().any(|below| above.code().holds(below.code()))
        })
    }
}

/// Why a place's name is no place where it stands in `text`; `behind_place`: right behind one that holds it.
pub fn no_place(text: &str, place: &PlaceMention, behind_place: bool) -> Option<NoPlace> {
    let name = place.span.of(text);
    let length = name.chars().count();
    let (before, behind) = (&text[..place.span.start()], &text[place.span.end()..]);
    if is_generic(name) && !behind_place {
        return Some(NoPlace::Generic);
    }
    if length == 2 && place.form == Form::Full && behind.starts_with('长') && !behind_place {
        return Some(NoPlace::Title);
    }
    let words = Segmenter::shared();
    let head = tail_of(before, WINDOW);
    let tail = head_of(behind, WINDOW);
    let window = format!("{head}{name}{tail}");
    let cut = words.words(&window);
    let starts = cut.iter().any(|(span, _)| span.start() == head.len());
    let ends = cut.iter().any(|(span, _)| span.end() == head.len() + name.len());
    if !behind_place && !head.is_empty() {
        let last = head.chars().next_back().map(|c| c.to_string()).unwrap_or_default();
        let leads = LEADS.contains(last.as_str());
        // 城区|和|县直单位, 含山县和|和县: a name whose first character joins words stands behind a place's lead alone.
        let joins = JOINING.contains(name) && !leads;
        // The word before it, where it is one of two characters or more.
        let word_before = cut
            .iter()
            .any(|(span, word)| span.end() == head.len() && word.chars().count() > 1 && words.knows(word));
        if joins || !(leads || starts && word_before) {
            return Some(NoPlace::BeginsInside);
        }
    }
    if place.form == Form::Full {
        return None;
    }
    if !behind_place && is_common(name) {
        return Some(NoPlace::CommonWord);
    }
    if is_named_after(behind) {
        return Some(NoPlace::NamedAfter);
    }
    (!ends && !words.knows(name))
        .then_some(NoPlace::EndsInside)
        .or_else(|| (!ends && starts && !behind_place).then_some(NoPlace::EndsInside))
}

/// Whether what follows a short form makes it a street's, a firm's or a school's name.
pub fn is_named_after(behind: &str) -> bool {
    let near = head_of(behind, NAMED);
    NAMED_AFTER.iter().any(|word| near.contains(word))
}

/// 城区, 郊区, 矿区, 东区: a district's whole name, and anybody's word.
pub fn is_generic(name: &str) -> bool {
    name.ends_with('区') && name.chars().count() == 2
}

/// Whether the dictionary knows a short form as a word that is no name (兴业, 南部, 同心); it takes some places for persons.
pub fn is_common(word: &str) -> bool {
    let words = Segmenter::shared();
    words.knows(word)
        && words
            .part_of_speech(word)
            .is_none_or(|tag| !["ns", "nr", "nz", "nt"].iter().any(|name| tag.starts_with(name)))
}

/// The last Chinese characters of `text`, up to `count`.
fn tail_of(text: &str, count: usize) -> &str {
    let from = text
        .char_indices()
        .rev()
        .take(count)
        .take_while(|(_, c)| is_han(*c))
        .last()
        .map_or(text.len(), |(at, _)| at);
    &text[from..]
}

/// The first Chinese characters of `text`, up to `count`.
fn head_of(text: &str, count: usize) -> &str {
    let to = text
        .char_indices()
        .take(count)
        .take_while(|(_, c)| is_han(*c))
        .last()
        .map_or(0, |(at, c)| at + c.len_utf8());
    &text[..to]
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3134f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standing(text: &str) -> Vec<&str> {
        Gazetteer::shared()
            .places_standing_in(text)
            .iter()
            .map(|place| place.span.of(text))
            .collect()
    }

    #[test]
    fn a_place_stands_at_a_boundary() {
        assert_eq!(standing("座谈会在舒城县举行"), ["舒城县"]);
        assert_eq!(standing("陕西省咸阳市乾县水利局"), ["陕西省", "咸阳市", "乾县"]);
        assert_eq!(standing("供水调度会宁城县来人了"), ["宁城县"]);
        assert_eq!(standing("3月5日,乾县召开会议"), ["乾县"]);
        assert_eq!(standing("来自乾县的代表"), ["乾县"]);
        assert_eq!(standing("阳泉市城区的代表"), ["阳泉市", "城区"]);
    }

    #[test]
    fn a_piece_of_a_word_of_a_name_or_of_a_title_is_no_place() {
        for text in [
            "方建平同志指出",
            "代县长徐某强调",
            "请县财政局会同县农业农村局拿出办法",
            "南部山区先去",
            "他三天全县跑了一遍",
            "家乡振兴靠大家",
            "我们兴业,助力乡亲",
            "雁南县供水会议",
            "区委书记李新民走进社区",
            "城区和县直单位带头",
            "他家住永寿路",
            "同心同德绘就新篇",
        ] {
            let found = standing(text);
            assert!(found.is_empty(), "{text}: {found:?}");
        }
        assert!(!standing("江陵城区").contains(&"陵城区"));
        assert!(!standing("白河南县水利局").contains(&"河南县"));
    }
}
