//! The counties that words of a paper name: a place, a folder, the head of a title; and the prefectures around them.

use crate::gazetteer::{County, DivisionCode, Form, Gazetteer, Level, PlaceMention, is_common};
use crate::text::{Segmenter, fold_str};

/// The county that a place is, where it is one.
pub(super) fn county_at(place: &PlaceMention, text: &str, parents: &[DivisionCode]) -> Option<County> {
    let gazetteer = Gazetteer::shared();
    let counties: Vec<_> = place.divisions.iter().filter(|d| d.level() == Level::County).collect();
    // 宽城 is a district and a county: the report's prefecture settles it.
    let near: Vec<_> = counties
        .iter()
        .filter(|division| parents.iter().any(|parent| parent.holds(division.code())))
        .collect();
    match (place.form, near.as_slice(), counties.as_slice()) {
        (Form::Full, ..) => gazetteer.county(place.span.of(text), parents),
        (Form::Short, [one], _) => gazetteer.county(one.name(), parents),
        (Form::Short, [], [one]) if place.divisions.len() == 1 => gazetteer.county(one.name(), parents),
        _ => None,
    }
}

/// A short form of two characters that is no word, and no district's: 长安, 新城 are everywhere.
pub(super) fn is_plain_short(place: &PlaceMention, text: &str) -> bool {
    let name = place.span.of(text);
    name.chars().count() == 2
        && !is_common(name)
        && !place.divisions.iter().any(|division| division.name().ends_with('区'))
}

/// The county called so, of the list or not.
pub(super) fn named(name: &str, parents: &[DivisionCode]) -> Option<County> {
    let name = fold_str(name);
    let ranked = name.ends_with(['县', '区', '市', '旗']) && name.chars().count() > 1;
    Gazetteer::shared()
        .county(&name, parents)
        .or_else(|| (ranked && Gazetteer::shared().named(&name).is_empty()).then(|| County::unlisted(&name)))
}

/// 舒城县/2025/a.txt.
pub(super) fn of_folder(path: &str, parents: &[DivisionCode]) -> Option<County> {
    let folders = path.rsplit_once('/')?.0;
    folders
        .rsplit('/')
        .find_map(|folder| Gazetteer::shared().county(&fold_str(folder), parents))
}

/// Without the date that a lead begins with.
pub(super) fn dateless(paragraph: &str) -> &str {
    paragraph.trim_start_matches(|c: char| {
        c.is_ascii_digit() || matches!(c, '年' | '月' | '日' | ' ' | ',' | '上' | '下' | '午')
    })
}

/// A county that the gazetteer doesn't list and that a title begins with: 柳湾县防汛会议纪要, 2025年柳湾县….
pub fn leading_county(title: &str) -> Option<County> {
    /// What 县 follows where no county is named.
    const NOT_NAMES: [char; 18] = [
        '全', '我', '该', '各', '本', '两', '多', '几', '三', '四', '五', '六', '七', '八', '九', '十', '在', '由',
    ];
    /// Words that 县 and 旗 begin.
    const WORDS: [&str; 9] = ["县域", "县级", "县乡", "县直", "县城", "县里", "县内", "旗下", "旗舰"];
    /// What stands before 县 in a clause: 会议由|县长王静主持. A name may begin with them (向阳), and ends with none.
    const LEADS: [char; 21] = [
        '由', '在', '对', '与', '和', '及', '为', '使', '让', '请', '被', '把', '向', '从', '到', '于', '将', '同',
        '并', '是', '经',
    ];
    let words = dateless(title);
    let (at, rank) = words
        .char_indices()
        .skip(1)
        .take(3)
        .find(|(_, c)| matches!(c, '县' | '旗'))?;
    let name = &words[..at + rank.len_utf8()];
    // 咸阳市县域: a city, and a word that begins with 县.
    let of_other = name.contains(['市', '省', '州', '区', '盟'])
        || WORDS.iter().any(|word| words[at..].starts_with(word)) && !words[at..].starts_with("县直");
    let is_name = name.chars().all(|c| matches!(c, '\u{4e00}'..='\u{9fff}'))
        && !name.starts_with(NOT_NAMES)
        && !words[..at].ends_with(LEADS)
        && !of_other;
    let counted = name.chars().count() > 2;
    (is_name && counted && !Segmenter::shared().is_ordinary(&words[..at]) && Gazetteer::shared().named(name).is_empty())
        .then(|| County::unlisted(name))
}

/// The provinces and prefectures that a file's facts and its lead name.
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

/// The counties that a text names in full, each once.
pub fn named_in_full(text: &str) -> Vec<DivisionCode> {
    let folded: String = text.lines().map(|line| fold_str(line) + "\n").collect();
    let mut codes: Vec<DivisionCode> = Gazetteer::shared()
        .places_standing_in(&folded)
        .iter()
        .filter(|place| place.form == Form::Full)
        .filter_map(|place| match place.divisions.as_slice() {
            [one] if one.level() == Level::County => Some(one.code()),
            _ => None,
        })
        .collect();
    codes.sort();
    codes.dedup();
    codes
}
