//! Names of no list that a file tells by coming back to them: 巴雅尔图面对着镜头说…, and later 巴雅尔图又补了一句.
//!
//! A stretch of characters that stands at the beginning of a clause or behind 的, that the file has more than once with
//! different words behind it, that holds no word of the dictionary, and that says something somewhere, is somebody.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::lexicon::Lexicon;
use super::name::{NameReader, Support};
use super::name_end::{ended, is_name_char, nth_boundary};
use crate::gazetteer::Gazetteer;
use crate::text::{is_clause_mark, rows};

/// Characters of such a name without a dot.
const LENGTHS: std::ops::RangeInclusive<usize> = 3..=6;
/// Characters of each part of a name with a dot.
const PART: std::ops::RangeInclusive<usize> = 2..=6;
/// Characters behind a name in which it must say something.
const REACH: usize = 14;

/// The names that `paragraphs` (folded, quoted words masked) come back to and that `known` does not hold, in the order of their first places.
pub fn recurring(paragraphs: &[String], known: impl Fn(&str) -> bool, names: &NameReader) -> Vec<String> {
    let all = paragraphs.join("\n");
    let starts = starts(&all);
    let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
    for start in &starts {
        for end in candidates(&all[*start..]) {
            places.entry(&all[*start..start + end]).or_default().push(*start);
        }
    }
    let mut found: Vec<String> = Vec::new();
    let mut tried: HashSet<&str> = HashSet::new();
    for start in &starts {
        // The longest that comes back.
        let name = candidates(&all[*start..])
            .into_iter()
            .rev()
            .map(|end| &all[*start..start + end])
            .find(|name| places[name].len() > 1);
        let Some(name) = name.filter(|name| tried.insert(name)) else {
            continue;
        };
        if !known(name) && is_somebody(&all, name, &places[name], names) {
            found.push(name.to_owned());
        }
    }
    found
}

/// Where a name may begin: behind a mark, a quotation, 的 or a line's beginning.
fn starts(all: &str) -> Vec<usize> {
    let mut found = vec![0];
    for (at, c) in all.char_indices() {
        let opens = is_clause_mark(c) || matches!(c, '\n' | ' ' | '的' | '“' | '”' | '■' | '□');
        if opens {
            found.push(at + c.len_utf8());
        }
    }
    found.retain(|at| all[*at..].starts_with(is_name_char));
    found
}

/// Where a name that `rest` begins with may end, the shortest first.
fn candidates(rest: &str) -> Vec<usize> {
    let run = rest.find(|c: char| !is_name_char(c) && c != '·').unwrap_or(rest.len());
    let run = &rest[..run];
    if let Some(dot) = run.find('·')
        && PART.contains(&run[..dot].chars().count())
    {
        let behind = dot + '·'.len_utf8();
        return PART
            .filter_map(|count| nth_boundary(&run[behind..], count))
            .map(|end| behind + end)
            .collect();
    }
    LENGTHS
        .filter_map(|count| nth_boundary(run, count))
        .filter(|end| !run[..*end].contains('·'))
        .collect()
}

/// Whether a stretch that comes back at these places is somebody's name.
fn is_somebody(all: &str, name: &str, places: &[usize], names: &NameReader) -> bool {
    let lexicon = Lexicon::shared();
    let body = lexicon.organs.suffix(name).is_some()
        || lexicon.groups.suffix(name).is_some()
        || lexicon.offices.suffix(name).is_some()
        || PLACES.iter().any(|place| name.ends_with(place))
        || !Gazetteer::shared().places_written_in(name).is_empty();
    let strange = name.contains('·')
        || names.is_unknown(name)
        || ended(name) == Some(name.len())
        || is_transliterated(name) && !names.is_word(name);
    if body || !strange || name.starts_with(BEGIN_NO_NAME) {
        return false;
    }
    // What is always followed by the same character is a piece of something longer.
    let mut behind: HashMap<Option<char>, usize> = HashMap::new();
    for at in places {
        *behind.entry(all[at + name.len()..].chars().next()).or_default() += 1;
    }
    behind.len() > 1 && places.iter().any(|at| says(all, *at, name, names))
}

/// Whether the name begins a clause there, or stands behind a quotation, and a word of speech comes soon.
fn says(all: &str, at: usize, name: &str, names: &NameReader) -> bool {
    let before = all[..at].chars().next_back();
    let begins = before.is_none_or(|c| is_clause_mark(c) || matches!(c, '\n' | ' ' | '”' | '■' | '□'));
    let behind = &all[at + name.len()..];
    let reach = nth_boundary(behind, REACH).unwrap_or(behind.len());
    let near = &behind[..reach];
    let near = &near[..near.find(is_clause_mark).unwrap_or(near.len())];
    let cue = near
        .char_indices()
        .any(|(from, _)| Lexicon::shared().cue_at(&near[from..]).is_some());
    begins && cue && names.support(behind) > Support::None
}

/// Characters that names of one other people are written with, a row a people.
static TRANSLITERATED: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    rows!("transliterated.tsv", 2)
        .filter_map(|row| row.get(1).copied())
        .collect()
});

/// Whether names of other peoples are written with a character.
pub fn is_of_transliteration(c: char) -> bool {
    TRANSLITERATED.iter().any(|characters| characters.contains(c))
}

/// Whether a name is written with such characters alone: 巴雅尔图, 阿苦木果.
fn is_transliterated(name: &str) -> bool {
    TRANSLITERATED
        .iter()
        .any(|characters| name.chars().all(|c| characters.contains(c)))
}

/// How places end that no organ's name ends with.
const PLACES: [&str; 17] = [
    "苏木", "嘎查", "村", "镇", "乡", "县", "市", "区", "旗", "州", "盟", "省", "河", "山", "湖", "庙", "寺",
];
/// Characters that begin phrases and no name.
const BEGIN_NO_NAME: [char; 16] = [
    '一', '这', '那', '每', '各', '全', '本', '该', '某', '两', '几', '多', '今', '昨', '当', '前',
];

#[cfg(test)]
mod tests {
    use super::*;

    fn found(paragraphs: &[&str]) -> Vec<String> {
        let paragraphs: Vec<String> = paragraphs.iter().map(|&one| one.to_owned()).collect();
        recurring(&paragraphs, |_| false, &NameReader::new())
    }

    #[test]
    fn whom_a_file_comes_back_to_and_who_speaks_is_somebody() {
        assert_eq!(
            found(&["“□□□。”俄木阿各面对着镜头说。", "送客人出门时,俄木阿各又补了一句。"]),
            ["俄木阿各"]
        );
        assert_eq!(
            found(&["从山上赶来的吉克木果,操心的是路。“□□。”吉克木果希望,路早点修。"]),
            ["吉克木果"]
        );
        assert_eq!(
            found(&["古丽娜·麦提托合一家收枸杞。", "“□□。”古丽娜·麦提托合说,今年价好。"]),
            ["古丽娜·麦提托合"]
        );
    }

    #[test]
    fn words_places_and_what_says_nothing_are_nobody() {
        // A place; words; what never says anything; what stands there once.
        for paragraphs in [
            ["乌兰图嘎苏木说要修路。", "乌兰图嘎苏木的牧民都来了。"],
            ["合作社说明年扩种。", "合作社的社员都来了。"],
            ["红海尔卖得很好。", "红海尔的门口排着队。"],
            ["“□□。”俄木阿各说。", "天黑了。"],
        ] {
            assert!(found(&paragraphs).is_empty(), "{paragraphs:?}");
        }
    }
}
