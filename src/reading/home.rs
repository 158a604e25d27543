//! Home: the county whose report a text is, and the places above it that settle names which several counties share.

use std::collections::HashSet;

use super::layout::{Block, Kind, Layout};
use crate::gazetteer::{County, DivisionCode, Form, Gazetteer, Level, short_form};
use crate::text::{fold_lines, fold_str};

/// The only county named in `text`.
pub fn only_county(text: &str, parents: &[DivisionCode]) -> Option<County> {
    let gazetteer = Gazetteer::shared();
    let mut found: Vec<County> = Vec::new();
    for mut place in gazetteer.places_written_in(text) {
        let name = place.span.of(text);
        // 宽城 is a district and a county: the report's prefecture settles it.
        let near: Vec<_> = place
            .divisions
            .iter()
            .copied()
            .filter(|division| parents.iter().any(|parent| parent.holds(division.code())))
            .collect();
        if place.divisions.len() > 1 && near.len() == 1 {
            place.divisions = near;
        }
        let is_county = place.divisions.iter().all(|division| division.level() == Level::County);
        let short_ok = place.form == Form::Full
            || (place.divisions.len() == 1
                && name.chars().count() == 2
                && !is_common(name)
                && !place.divisions[0].name().ends_with('区'));
        if !is_county || !short_ok {
            continue;
        }
        let full = place.divisions[0]
            .names()
            .find(|full| *full == name)
            .map_or(place.divisions[0].name(), |_| name);
        if let Some(county) = gazetteer.county(full, parents)
            && !found.iter().any(|other| other.name() == county.name())
        {
            found.push(county);
        }
    }
    match found.as_slice() {
        [one] => Some(one.clone()),
        _ => None,
    }
}

/// A county that the gazetteer doesn't list and that a title begins with: 柳湾县防汛会议纪要, 2025年柳湾县….
pub fn leading_county(title: &str) -> Option<County> {
    /// What 县 follows where no county is named.
    const NOT_NAMES: [char; 16] = [
        '全', '我', '该', '各', '本', '两', '多', '几', '三', '四', '五', '六', '七', '八', '九', '十',
    ];
    /// Words that 县 and 旗 begin.
    const WORDS: [&str; 9] = ["县域", "县级", "县乡", "县直", "县城", "县里", "县内", "旗下", "旗舰"];
    let words = title.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '年' | '月' | '日' | ' '));
    let (at, rank) = words
        .char_indices()
        .skip(1)
        .take(3)
        .find(|(_, c)| matches!(c, '县' | '旗'))?;
    let name = &words[..at + rank.len_utf8()];
    // 咸阳市县域: a city, and a word that begins with 县.
    let of_other =
        name.contains(['市', '省', '州', '区', '盟']) || WORDS.iter().any(|word| words[at..].starts_with(word));
    let is_name =
        name.chars().all(|c| matches!(c, '\u{4e00}'..='\u{9fff}')) && !name.starts_with(NOT_NAMES) && !of_other;
    let counted = name.chars().count() > 2;
    (is_name && counted && Gazetteer::shared().named(name).is_empty()).then(|| County::unlisted(name))
}

/// Whether the dictionary knows a short form as a word that is no place.
fn is_common(word: &str) -> bool {
    let words = crate::text::Segmenter::shared();
    words.knows(word) && words.part_of_speech(word).is_none_or(|tag| !tag.starts_with("ns"))
}

/// 来源:礼泉县融媒体中心; 本报礼泉讯.
pub fn dateline_county(text: &str, layout: &Layout, parents: &[DivisionCode]) -> Option<County> {
    let media = |block: &&Block| {
        let line = block.span.of(text);
        let short = line.chars().count() <= 30;
        (matches!(block.kind, Kind::Furniture(_)) || (short && !matches!(block.kind, Kind::Title | Kind::Turn(_))))
            && [
                "融媒",
                "县委",
                "政府",
                "广播",
                "日报",
                "发布",
                "来源",
                "新闻",
                "网讯",
                "电视",
                "传媒",
                "讯",
                "网",
                "办公室",
            ]
            .iter()
            .any(|word| line.contains(word))
    };
    layout
        .blocks
        .iter()
        .filter(media)
        .find_map(|block| only_county(&fold_str(block.span.of(text)), parents))
}

/// The counties that a text names in full.
pub fn named_in_full(text: &str) -> HashSet<String> {
    let folded = fold_lines(text);
    Gazetteer::shared()
        .places_written_in(&folded)
        .iter()
        .filter(|place| place.form == Form::Full)
        .flat_map(|place| &place.divisions)
        .filter(|division| division.level() == Level::County)
        .map(|division| division.name().to_owned())
        .collect()
}

/// How often a county must be named, beside any other, to be the one that a report is about.
const OFTEN: usize = 3;

/// The county that a whole report is about: the only one that it names, or the one that it names far more often than
/// any other.
pub fn county_of_all(text: &str, parents: &[DivisionCode]) -> Option<County> {
    let folded = fold_lines(text);
    let gazetteer = Gazetteer::shared();
    let places = gazetteer.places_written_in(&folded);
    // A short form that several counties share is the one's that the report names in full.
    let in_full: HashSet<DivisionCode> = places
        .iter()
        .filter(|place| place.form == Form::Full && place.divisions.len() == 1)
        .map(|place| place.divisions[0].code())
        .collect();
    let mut counted: Vec<(County, usize)> = Vec::new();
    for mut place in places {
        if place.divisions.len() > 1 {
            place.divisions.retain(|division| in_full.contains(&division.code()));
        }
        let [division] = place.divisions.as_slice() else {
            continue;
        };
        // 樟树 is a tree: what is never named in full is not what a report is about.
        if division.level() != Level::County
            || !in_full.contains(&division.code())
            || (place.form == Form::Short && is_common(place.span.of(&folded)))
        {
            continue;
        }
        let Some(county) = gazetteer.county(division.name(), parents) else {
            continue;
        };
        match counted.iter_mut().find(|(known, _)| *known == county) {
            Some((_, count)) => *count += 1,
            None => counted.push((county, 1)),
        }
    }
    counted.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    match counted.as_slice() {
        [(county, _)] => Some(county.clone()),
        [(county, most), (_, next), ..] if *most >= OFTEN && next * 2 <= *most => Some(county.clone()),
        [] => only_county(&folded, parents).filter(|county| {
            let short = short_form(county.name());
            short.is_some_and(|short| folded.matches(short.as_str()).count() >= OFTEN)
        }),
        _ => None,
    }
}

pub fn parents(named: &[Option<&str>], lead: &[String]) -> Vec<DivisionCode> {
    let gazetteer = Gazetteer::shared();
    let mut found: Vec<DivisionCode> = Vec::new();
    for words in named
        .iter()
        .flatten()
        .map(|words| fold_str(words))
        .chain(lead.iter().cloned())
    {
        for place in gazetteer.places_written_in(&words) {
            for division in &place.divisions {
                if division.level() != Level::County && place.divisions.len() == 1 && !found.contains(&division.code())
                {
                    found.push(division.code());
                }
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_may_begin_with_a_county_of_no_list() {
        let county = |title| leading_county(title).map(|county| county.name().to_owned());
        assert_eq!(county("柳湾县防汛会议纪要").as_deref(), Some("柳湾县"));
        assert_eq!(county("2025年柳湾县防汛会议纪要").as_deref(), Some("柳湾县"));
        for other in [
            "全县防汛会议",
            "礼泉县防汛会议",
            "咸阳市县域医共体座谈会",
            "云岭县域医共体座谈会",
            "防汛会议",
            "五县联席会",
        ] {
            assert_eq!(county(other), None, "{other}");
        }
    }
}
