//! Whether a stretch tells of just what is asked: of that year and that place, of what came of it and not of what was to come, a name
//! where a name is asked for. The same thing of another year or of the whole city is no answer, however many words agree.

use std::sync::LazyLock;

use chrono::Datelike;

use super::asking::has_any;
use super::leading::with_lead_in;
use super::ranking::Candidate;
use super::window::is_numeral;
use crate::gazetteer::short_form;
use crate::index::{Snapshot, normalized};
use crate::question::{PartyKind, Question, Want};
use crate::reading::years_in;
use crate::text::{Segmenter, Span, clauses, fold_str, is_han, rows, words_by_kind};

words_by_kind! {
    /// The words of `agreeing.tsv`, by kind.
    static WORDS: Words = "agreeing.tsv" {
        /// Whoever says so tells of a whole above counties: 我市.
        wide,
        /// What tells that something came to be: 截至.
        happened,
        /// A question of what came of it: 到头来.
        done,
        /// A question of names: 叫什么名.
        names,
        /// What stands before a name: 名为.
        called,
        /// What tells of what was: 去年.
        back,
        /// What tells of what is to come: 力争.
        ahead,
        /// What tells of the year behind this one: 明年.
        next,
        /// What tells of several years: 年来.
        over,
    }
}

/// The rows of `houses.tsv`: kinds of houses, with what the name of one ends in.
static HOUSES: LazyLock<Vec<(&'static str, Vec<&'static str>)>> = LazyLock::new(|| {
    rows!("houses.tsv", 2)
        .map(|row| (row[0], row[1].split(' ').collect()))
        .collect()
});

/// Whether a candidate tells of just what is asked.
pub fn agrees(question: &Question, candidate: &Candidate<'_>, snapshot: &Snapshot) -> bool {
    let passage = &candidate.hit.passage;
    let words = fold_str(candidate.window.span.of(&passage.text));
    let counts = question.want == Want::HowMany;
    if counts && (tells_of_a_whole(question, &words) || only_planned(&question.typed, &words)) {
        return false;
    }
    let said = || fold_str(&with_lead_in(passage, candidate.said));
    if !HOUSES
        .iter()
        .all(|(house, called)| !asks_which(&question.typed, house) || tells_house(&said(), called))
    {
        return false;
    }
    if matches!(question.want, Want::HowMany | Want::When) && !names_its_places(question, candidate, snapshot) {
        return false;
    }
    if counts && let Some(year) = year_asked_for(question) {
        let entry = snapshot.catalogue().file(&candidate.hit.file);
        let around = [
            entry.map(|entry| entry.title()),
            passage.section.as_deref(),
            Some(candidate.hit.file.as_str()),
        ];
        let around = around.into_iter().flatten().collect::<Vec<_>>().join(" ");
        // What is told before it in the same breath tells the year too.
        let until = Span::new(candidate.said.span.start(), candidate.window.span.end());
        let told = fold_str(until.of(&passage.text));
        let held = entry.and_then(|entry| entry.dates()).map(|dates| dates.end().year());
        if !is_of_year(year, (&told, &words), &fold_str(&around), held) {
            return false;
        }
    }
    !asks_for_names(&question.typed) || {
        let own = question
            .scope
            .parties
            .iter()
            .any(|party| party.speaks(&candidate.said.voice));
        !own && candidate.said.voice.name().is_some() || tells_a_name(&said(), &question.typed)
    }
}

/// How the names of places and houses below a county end.
const PLACES: [&str; 8] = ["镇", "乡", "村", "街道", "社区", "小区", "学校", "中学"];

/// Whether each town or village that a fact is asked of is named there, in what it stands under, or in the office of whoever says it: 金寨
/// tells nothing of 汤池镇.
fn names_its_places(question: &Question, candidate: &Candidate<'_>, snapshot: &Snapshot) -> bool {
    let passage = &candidate.hit.passage;
    let entry = snapshot.catalogue().file(&candidate.hit.file);
    let around = [
        entry.as_ref().map(|entry| entry.title()),
        entry.as_ref().and_then(|entry| entry.place()),
        passage.section.as_deref(),
        candidate.said.voice.office(),
        candidate.said.voice.name(),
        Some(candidate.hit.file.as_str()),
        Some(passage.text.as_str()),
    ];
    let around = normalized(&around.into_iter().flatten().collect::<Vec<_>>().join(" "));
    let mut words = question.topic.words.iter().filter(|word| !word.generic && !word.quoted);
    words.all(|word| {
        let term = word.term.as_str();
        let long = |name: &str| name.chars().nth(1).is_some();
        let of_place = PLACES.iter().find_map(|end| match term.strip_suffix(end) {
            Some(name) => Some(name).filter(|name| long(name)),
            None => question.typed.contains(&format!("{term}{end}")).then_some(term),
        });
        // 全镇, 各村: no name.
        of_place
            .is_none_or(|name| !long(name) || name.starts_with(['全', '各', '每', '几', '哪']) || around.contains(name))
    })
}

/// Whether a figure is of the city, the province or the country, where a county's is asked for.
fn tells_of_a_whole(question: &Question, words: &str) -> bool {
    let counties: Vec<&str> = question
        .scope
        .parties
        .iter()
        .chain(&question.spoken_of)
        .filter(|party| party.kind == PartyKind::County)
        .map(|party| party.label.as_str())
        .collect();
    // A city of a county's rank calls itself 我市.
    let plain = counties.iter().all(|county| !county.ends_with('市'));
    let named = counties
        .iter()
        .any(|county| words.contains(*county) || short_form(county).is_some_and(|short| words.contains(&short)));
    !counties.is_empty() && plain && !named && has_any(words, &WORDS.wide) && !has_any(&question.typed, &WORDS.wide)
}

/// Whether it is asked what came of something, and no clause with a number tells that anything came to be.
fn only_planned(typed: &str, words: &str) -> bool {
    if !has_any(typed, &WORDS.done) {
        return false;
    }
    let mut clauses = clauses(words).into_iter().map(|span| span.of(words));
    !clauses.any(|clause| clause.contains(is_numeral) && has_any(clause, &WORDS.happened))
}

/// The year of which a figure is asked.
fn year_asked_for(question: &Question) -> Option<i32> {
    match years_in(&question.typed).as_slice() {
        [year] => Some(*year),
        _ => None,
    }
}

/// Whether words, with what is said before them, are of a year: they name it or what they stand under does, or they were said in it
/// and name no other; 去年 and 明年 are reckoned from when they were said.
fn is_of_year(year: i32, (before, words): (&str, &str), around: &str, held: Option<i32>) -> bool {
    let named = |text: &str| text.contains(&year.to_string());
    if named(before) || named(around) {
        return true;
    }
    let Some(held) = held else { return true };
    match year - held {
        0 => true,
        // 一年来,我们修了三座桥: a report looks back before it tells what is to come.
        -1 => has_any(before, &WORDS.back) || has_any(around, &WORDS.back) || !has_any(words, &WORDS.ahead),
        1 => has_any(words, &WORDS.next),
        // 五年来, 到2030年: what is told over years.
        _ => has_any(words, &WORDS.over),
    }
}

/// Whether it is asked which house of a kind it was: 哪家公司中的标.
fn asks_which(typed: &str, house: &str) -> bool {
    ["哪家", "哪个", "哪一家", "哪所"].iter().any(|which| {
        typed
            .split_once(which)
            .is_some_and(|(_, behind)| behind.starts_with(house))
    })
}

/// Whether words name one: 公司 behind other characters than those that only point at it.
fn tells_house(words: &str, called: &[&str]) -> bool {
    called.iter().any(|house| {
        words.match_indices(house).any(|(at, _)| {
            let before = words[..at].chars().next_back();
            before.is_some_and(|c| is_han(c) && !"家个的该本各所些".contains(c))
        })
    })
}

/// Whether a name is asked for.
fn asks_for_names(typed: &str) -> bool {
    has_any(typed, &WORDS.names)
}

/// Whether words have a name in them that the question has not.
fn tells_a_name(words: &str, typed: &str) -> bool {
    let marked = words.contains(['"', '《', '、', '“']);
    let segmenter = Segmenter::shared();
    // Of places short words are too often none: 苏木, 河西.
    let names = |word: &str, tag: &str| match tag {
        "nr" | "nrt" | "nt" => true,
        "ns" | "nz" => word.chars().nth(2).is_some(),
        _ => false,
    };
    let is_name = |word: &str| {
        let tag = segmenter.part_of_speech(word);
        word.chars().nth(1).is_some() && !typed.contains(word) && tag.is_some_and(|tag| names(word, tag))
    };
    marked || has_any(words, &WORDS.called) || segmenter.words(words).iter().any(|(_, word)| is_name(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_is_named_or_it_is_the_papers() {
        assert!(is_of_year(
            2026,
            ("粮食总产量12亿斤", "粮食总产量12亿斤"),
            "2026年政府工作报告",
            Some(2025)
        ));
        assert!(!is_of_year(
            2026,
            ("粮食总产量稳定在12亿斤以上", "粮食总产量稳定在12亿斤以上"),
            "政府工作报告",
            Some(2025)
        ));
        assert!(is_of_year(
            2025,
            ("粮食总产量稳定在12亿斤以上", "粮食总产量稳定在12亿斤以上"),
            "政府工作报告",
            Some(2025)
        ));
        assert!(
            is_of_year(2024, ("去年修了三座桥", "去年修了三座桥"), "", Some(2025))
                && !is_of_year(2024, ("今年修三座桥", "今年修三座桥"), "", Some(2025))
        );
        assert!(
            is_of_year(2026, ("明年修三座桥", "明年修三座桥"), "", Some(2025))
                && is_of_year(2020, ("修了三座桥", "修了三座桥"), "", None)
        );
    }

    #[test]
    fn what_was_to_come_does_not_tell_what_came_of_it() {
        assert!(only_planned("到年底实际交了几套", "公寓500套,年底前交付300套。"));
        assert!(!only_planned("到年底实际交了几套", "实际交了280套。"));
        assert!(!only_planned("年底前交几套", "年底前交付300套。"));
    }

    #[test]
    fn a_house_is_named_or_it_is_none() {
        assert!(asks_which("最后是哪家公司中标的", "公司") && !asks_which("哪家说了什么", "公司"));
        assert!(tells_house("由长山建设公司承建", &["公司"]) && !tells_house("今冬完成招标,各公司都可以来", &["公司"]));
    }

    #[test]
    fn a_name_is_told_or_it_is_none() {
        let asked = "联系的三家屠宰企业叫什么名字";
        assert!(asks_for_names(asked) && !asks_for_names("联系了几家企业"));
        assert!(!tells_a_name("苏木已经联系了三家屠宰企业上门收。", asked));
        assert!(tells_a_name("三家企业是长山肉业、白河牧业和草原红。", asked));
    }
}
