//! What a paragraph says of persons where nobody speaks yet: names in a row, behind clauses, ages and before cues; the office and the place
//! that a sentence gives somebody; who is in the chair.

use super::adverbial::{strip_thin, strip_thin_tail};
use super::hypothesis::Slot;
use super::lexicon::Lexicon;
use super::mention::{Mention, Naming};
use super::name::{NameReader, Support};
use super::name_end::nth_boundary;
use super::persons::PERSONS;
use crate::text::{Span, is_clause_mark, last_clause, sentences};

/// Whether an office is one that several have at a time, and says nothing else: 副县长, 县政协副主席.
pub fn is_of_several(office: &str) -> bool {
    super::title_at_end(office).is_some_and(|title| title.starts_with('副')) && !office.contains(['、', ','])
}

/// The names that stand behind somebody's, parted by 、 and each without an office of its own: 副县长邹岚|、丘福生、廖平出席.
pub fn names_in_row(text: &str, from: usize, mentions: &[Mention], names: &NameReader) -> Vec<Span> {
    let mut found = Vec::new();
    let mut at = from;
    while let Some(rest) = text[at..].strip_prefix('、') {
        let start = text.len() - rest.len();
        let Some((length, Support::Strong)) = names.prefix(rest, false) else {
            break;
        };
        let name = Span::new(start, start + length);
        let has_office = mentions
            .iter()
            .any(|mention| mention.office.is_some() && mention.span.overlaps(name));
        if has_office || names.is_word(name.of(text)) {
            break;
        }
        found.push(name);
        at = name.end();
    }
    found
}

/// Names behind a clause on their bearers that begins a sentence: 在村里开小卖部的|黎大友待得最久。
pub fn names_behind_clauses(text: &str, mentions: &[Mention], names: &NameReader) -> Vec<Span> {
    let mut found = Vec::new();
    for sentence in sentences(text) {
        let words = sentence.of(text);
        let lead = words.len() - words.trim_start().len();
        let words = &words[lead..];
        let clause = |words: &str| words.starts_with(CLAUSE_LEADS);
        let Some(at) = words
            .find('的')
            .filter(|at| clause(words) && words[..*at].chars().count() <= LONGEST_CLAUSE)
        else {
            continue;
        };
        if words[..at].contains(is_clause_mark) {
            continue;
        }
        let start = sentence.start() + lead + at + '的'.len_utf8();
        let Some(length) = nth_boundary(&text[start..], 3) else {
            continue;
        };
        let name = Span::new(start, start + length);
        let whole = name.of(text);
        let is_name = names.is_name(whole)
            && names.is_unknown(whole)
            && !names.is_word(whole)
            && names.is_before_predicate(&text[name.end()..]);
        let free = !mentions.iter().any(|mention| mention.span.overlaps(name));
        found.extend((is_name && free).then_some(name));
    }
    found
}

/// How clauses begin that say of somebody what he does: 在村里开小卖部的.
const CLAUSE_LEADS: [char; 3] = ['在', '住', '做'];
/// Longest of them, in characters.
const LONGEST_CLAUSE: usize = 14;

/// Longest office that a clause says, in characters.
const LONGEST_OFFICE: usize = 20;

/// The office that a sentence says somebody has: 王静是…村党支部书记,.
pub fn office_said(text: &str, person: Span, mentions: &[Mention]) -> Option<Span> {
    let behind = text[person.end()..].strip_prefix('是')?;
    let at = text.len() - behind.len();
    let office = mentions
        .iter()
        .find(|mention| mention.span.start() == at && mention.naming == Naming::Office)
        .map(|mention| mention.span)
        .filter(|office| text[office.end()..].starts_with(is_clause_mark));
    // 元门乡向民村党支部书记: a village's name may have a word in it that stands before offices.
    office.or_else(|| {
        let clause = &behind[..behind.find(is_clause_mark)?];
        let whole = super::ends_in_title(clause)
            && (4..=LONGEST_OFFICE).contains(&clause.chars().count())
            && !clause.contains(['的', '个', '位', '名', '我', '一']);
        whole.then(|| Span::new(at, at + clause.len()))
    })
}

/// The place that a sentence says somebody comes from: 王静来自松溪县,; 王静所在的松溪县万佛湖镇,.
pub fn origin_said(text: &str, person: Span) -> Option<&str> {
    let behind = &text[person.end()..];
    let place = ["来自", "所在的"]
        .into_iter()
        .find_map(|lead| behind.strip_prefix(lead))?;
    let end = place.find(|c| is_clause_mark(c) || c == '的').unwrap_or(place.len());
    Some(&place[..end])
}

/// Names that stand alone before a cue and a mark: 汪银生说:….
pub fn new_names(text: &str, mentions: &[Mention], names: &NameReader) -> Vec<Span> {
    Lexicon::shared()
        .cues_in(text)
        .filter(|(cue, _)| text[cue.end()..].starts_with([',', ':', '。', '“']))
        .filter_map(|(cue, _)| {
            let clause = last_clause(&text[..cue.start()]);
            let bare = strip_thin(&text[clause..cue.start()]).trim_start();
            let name = strip_thin_tail(bare);
            let start = cue.start() - bare.len();
            let span = Span::new(start, start + name.len());
            let free = !mentions.iter().any(|mention| mention.span.overlaps(span));
            (free && names.may_be_name(name, Slot::BeforeCue)).then_some(span)
        })
        .collect()
}

/// Names right behind a quoted term or an age: 返乡开店的“95后”方晓慧。 62岁的尕让说,….
pub fn names_behind_terms(text: &str, mentions: &[Mention], names: &NameReader) -> Vec<Span> {
    let behind = |mark: &'static str| text.match_indices(mark).map(move |(at, mark)| (mark, at + mark.len()));
    behind("■”")
        .chain(behind("岁的"))
        .filter_map(|(mark, at)| {
            // 62岁的|尕让: nothing but who is so old stands there.
            let aged = mark == "岁的";
            let (length, support) = names.prefix(&text[at..], aged)?;
            let name = Span::new(at, at + length);
            let whole = name.of(text);
            let is_name = support == Support::Strong
                && !names.is_word(whole)
                && (aged && names.may_be_name(whole, Slot::BehindTitle)
                    || whole.chars().count() > 2 && names.is_name(whole) && names.is_unknown(whole));
            let free = !mentions.iter().any(|mention| mention.span.overlaps(name));
            (is_name && free).then_some(name)
        })
        .collect()
}

/// Names of people without an office, behind what they are to others or keep, or where they are from, or that they are told to be
/// called: 韩占奎的妻子|杨桂香接过话头, 龙爪村的|曹秀莲摆了土鸡, 年轻人叫|吴小军,.
pub fn names_of_people(text: &str, mentions: &[Mention], names: &NameReader) -> Vec<Span> {
    let mut starts: Vec<(usize, bool)> = Vec::new();
    for noun in &PERSONS.kin {
        starts.extend(text.match_indices(noun).map(|(at, _)| (at + noun.len(), false)));
    }
    for (at, mark) in text.match_indices('的') {
        if PERSONS.at.iter().any(|end| text[..at].ends_with(end)) {
            starts.push((at + mark.len(), false));
        }
    }
    for (at, mark) in text.match_indices('叫') {
        let before = text[..at].strip_suffix('名').unwrap_or(&text[..at]);
        if PERSONS
            .ends
            .iter()
            .chain(&PERSONS.nouns)
            .any(|end| before.ends_with(end))
            || before.ends_with(['他', '她'])
        {
            starts.push((at + mark.len(), true));
        }
    }
    starts.sort_unstable();
    let mut found: Vec<Span> = Vec::new();
    for (start, called) in starts {
        let rest = &text[start..];
        let fits = |count: usize| {
            let end = nth_boundary(rest, count)?;
            let (name, behind) = rest.split_at(end);
            let is_name = names.is_name(name) && !names.is_word(name) && (called || names.is_unknown(name));
            let parted = match called {
                true => behind.starts_with(is_clause_mark),
                false => {
                    names.is_before_predicate(behind)
                        || behind.starts_with(BEHIND_NAMES)
                        || Lexicon::shared().cue_at(behind).is_some()
                }
            };
            (is_name && parted).then(|| Span::new(start, start + end))
        };
        let Some(name) = [3, 2].into_iter().filter(|count| called || *count == 3).find_map(fits) else {
            continue;
        };
        let taken = |other: Span| other.overlaps(name);
        if !mentions
            .iter()
            .any(|mention| taken(mention.span) && mention.naming != Naming::Office)
            && !found.iter().any(|other| taken(*other))
        {
            found.push(name);
        }
    }
    found
}

/// What may stand behind a name besides a verb: 石昌富|今年七十一岁, 龙金妹|家的堂屋, 邹文强、.
const BEHIND_NAMES: [char; 5] = ['今', '家', ',', '、', '('];

/// Whether a report says of somebody mentioned in it that they are in the chair: 由张三主持, 李四主持会议.
pub fn in_the_chair(text: &str, mention: Span) -> bool {
    let (before, behind) = (&text[..mention.start()], &text[mention.end()..]);
    let chairs = behind.strip_prefix("主持");
    chairs
        .is_some_and(|rest| before.ends_with('由') || rest.starts_with(['会', '座', '发', '。', ',', '并', '了', '本']))
}

#[cfg(test)]
mod tests {
    use crate::reading::testing::says;

    #[test]
    fn people_without_an_office_are_named_behind_what_they_are_to_others() {
        for (told, who) in [
            (
                "“亏得当年没回去。”韩占奎的妻子杨桂香接过话头，“真要回去了，还在山上。”",
                "杨桂香",
            ),
            ("龙爪村的曹秀莲摆了十几只土鸡。她说，真要赶集还得起早。", "曹秀莲"),
            ("年轻人叫吴小军，打了九年工。他说，真要修路得趁早。", "吴小军"),
        ] {
            let text = format!("松溪县走访\n\n5月20日，县长邹岚到村里走访。\n\n{told}\n");
            says(&text, "真要", Some(who));
        }
        let nobody =
            "松溪县走访\n\n5月20日，县长邹岚到村里走访。\n\n村里的高产量让老汉高兴地笑了。他说，真要感谢科技。\n";
        says(nobody, "真要", Some("邹岚"));
    }
}
