//! The data files of this stage, read once.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use memchr::memchr_iter;
use rustc_hash::FxHashSet;

use super::shape::{self, ShapeRow};
use super::want::Want;
use crate::reading::asked_titles;
use crate::text::{Row, Rows, rows};

/// All wordings that questions are understood by.
#[derive(Debug)]
pub struct Lexicon {
    /// Wordings of what is asked for; the first that matches wins.
    pub wants: Vec<(Want, Wording)>,
    /// Wordings around a name: true where the name is who speaks.
    pub roles: Vec<(Role, Wording)>,
    /// Wordings that ask whose words something is.
    pub whose: Vec<Wording>,
    /// Wordings that ask who holds an office.
    pub identity: Vec<Wording>,
    /// Words that say nothing about what is looked for.
    pub stopwords: HashSet<&'static str>,
    /// Words that help little.
    pub generic: HashSet<&'static str>,
    /// Words of asking to the words of answers.
    pub asks: HashMap<&'static str, Vec<&'static str>>,
    /// Groups as questions name them.
    pub groups: Vec<&'static str>,
    /// Wordings that lean on the question before.
    pub follow: Vec<(Lean, Tied)>,
    /// Ends of offices, and callings.
    pub titles: HashSet<&'static str>,
    /// How many characters the longest of them has.
    longest_title: usize,
    /// What people are called by what they do: of many, no office that somebody holds.
    pub callings: HashSet<&'static str>,
    /// Kinds of meetings, before 会.
    pub meeting_kinds: HashSet<&'static str>,
    /// Wordings of a question, and the words of which one must then stand in the answer.
    pub required: Vec<Required>,
    /// Wordings that give an answer its shape.
    pub shapes: Vec<ShapeRow>,
    /// What people say that asks nothing.
    pub talk: HashMap<&'static str, Talk>,
    /// What people call those who hold an office, with the ends of offices that it means.
    pub called: Vec<(&'static str, Vec<&'static str>)>,
    /// What stands right behind the name of whoever is asked for.
    pub says: Vec<&'static str>,
    /// What somebody is called behind the whole name, and that is no office.
    pub behind_names: HashSet<&'static str>,
    /// What somebody says, as questions call it.
    pub utterances: Vec<&'static str>,
    /// Words that are made as 老李 is, and are nobody's name.
    pub no_nicks: HashSet<&'static str>,
    /// Occasions that are no 会.
    pub occasions: Vec<&'static str>,
    /// English phrases, the longest first, with the Chinese words that answer them.
    pub english: Vec<(&'static str, Vec<&'static str>)>,
}

/// Whether a name speaks or is spoken of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Who speaks, and nobody else will do.
    Speaks,
    /// Spoken of.
    About,
    /// Of whoever is named beside it, and neither: an office that they came to hold.
    Beside,
}

/// How a question leans on the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lean {
    /// Asks for the next quotes.
    More,
    /// Means the speaker of the last question or answer.
    Speaker,
    /// Leaves out what was asked before.
    And,
    /// Asks how it went on.
    Later,
}

/// A wording with gaps (`…`), each of at most [`GAP`] characters, and perhaps a name's place (`N`). A line of a data file
/// stands for several where it has a choice in brackets: `(说|讲)了什么`; one of the choices may be empty.
#[derive(Clone, Debug)]
pub struct Wording {
    /// With [`NAME`] in the name's place.
    parts: Vec<String>,
}

/// Wordings of a question without whose words an answer is none.
#[derive(Clone, Debug)]
pub struct Required {
    /// Wordings of the question.
    pub asked: Vec<&'static str>,
    /// Words of which one must stand in the answer.
    pub answers: Vec<&'static str>,
    /// Whether only where anybody may have said it: of whoever is named the question takes it for granted.
    pub of_anybody: bool,
}

/// A wording that may be tied to an end of the question.
#[derive(Clone, Copy, Debug)]
pub struct Tied {
    /// The words.
    pub words: &'static str,
    /// At the question's beginning only.
    pub first: bool,
    /// At its end only.
    pub last: bool,
}

const GAP: usize = 12;
/// Stands for a name in the masked question; occurs in no text that people type.
pub const NAME: char = '\u{e000}';

static SHARED: LazyLock<Lexicon> = LazyLock::new(Lexicon::load);

impl Lexicon {
    /// The one lexicon of this process.
    pub fn shared() -> &'static Lexicon {
        &SHARED
    }

    /// The longest title that `text` ends with.
    pub fn title_behind(&self, text: &str) -> Option<&'static str> {
        self.titles_behind(text).last()
    }

    /// All titles that `text` ends with, the shortest first.
    pub fn titles_behind<'t>(&self, text: &'t str) -> impl Iterator<Item = &'static str> + use<'_, 't> {
        let ends = text.char_indices().rev().take(self.longest_title);
        ends.filter_map(|(at, _)| self.titles.get(&text[at..]).copied())
    }

    fn load() -> Lexicon {
        // One list for papers and questions.
        let asked = asked_titles();
        let titles: HashSet<&str> = asked.titles.iter().chain(&asked.callings).copied().collect();
        Lexicon {
            wants: rows!("wants.tsv", 2)
                .flat_map(|row| match Want::from_word(row[0]) {
                    Some(want) => Wording::all(&row, 1).map(move |wording| (want, wording)),
                    None => row.wrong("nothing that is wanted"),
                })
                .collect(),
            roles: rows!("roles.tsv", 2)
                .flat_map(|row| {
                    let role = match row[0] {
                        "speaks" => Role::Speaks,
                        "about" => Role::About,
                        "beside" => Role::Beside,
                        _ => row.wrong("no such role"),
                    };
                    Wording::all(&row, 1).map(move |wording| (role, wording))
                })
                .collect(),
            identity: rows!("identity.tsv", 1).flat_map(|row| Wording::all(&row, 0)).collect(),
            whose: rows!("whose.tsv", 1).flat_map(|row| Wording::all(&row, 0)).collect(),
            stopwords: words(rows!("stopwords.tsv", 1)),
            generic: words(rows!("generic.tsv", 1)),
            asks: rows!("asks.tsv", 2)
                .map(|row| (row[0], row[1].split(' ').collect::<Vec<_>>()))
                .flat_map(|(asked, answers)| asked.split(' ').map(move |word| (word, answers.clone())))
                .collect(),
            groups: rows!("groups.tsv", 1).map(|row| row[0]).collect(),
            follow: rows!("follow.tsv", 2)
                .map(|row| {
                    let lean = match row[0] {
                        "more" => Lean::More,
                        "speaker" => Lean::Speaker,
                        "and" => Lean::And,
                        "later" => Lean::Later,
                        _ => row.wrong("no such lean"),
                    };
                    (lean, Tied::new(row[1]))
                })
                .collect(),
            longest_title: titles.iter().map(|title| title.chars().count()).max().unwrap_or(0),
            titles,
            callings: asked.callings.iter().copied().collect(),
            meeting_kinds: words(rows!("meeting_kinds.tsv", 1)),
            required: rows!("required.tsv", 2..=3)
                .map(|row| Required {
                    asked: row[0].split(' ').collect(),
                    answers: row[1].split(' ').collect(),
                    of_anybody: match row.get(2) {
                        None => false,
                        Some(&"anybody") => true,
                        Some(_) => row.wrong("nobody is asked so"),
                    },
                })
                .collect(),
            shapes: shape::load(),
            talk: talk(),
            called: rows!("called.tsv", 2)
                .map(|row| (row[0], row[1].split(' ').collect()))
                .collect(),
            says: rows!("says.tsv", 1)
                .flat_map(|row| row[0].split(' ').collect::<Vec<_>>())
                .collect(),
            behind_names: words(rows!("behind_names.tsv", 1)),
            utterances: rows!("utterances.tsv", 1)
                .flat_map(|row| row[0].split(' ').collect::<Vec<_>>())
                .collect(),
            no_nicks: words(rows!("no_nicks.tsv", 1)),
            occasions: rows!("occasions.tsv", 1)
                .flat_map(|row| row[0].split(' ').collect::<Vec<_>>())
                .collect(),
            english: english(),
        }
    }
}

/// What somebody says in a chat that asks nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Talk {
    /// 你好.
    Greeting,
    /// 谢谢.
    Thanks,
    /// 你是谁.
    Who,
    /// 好的.
    Fine,
    /// 不对.
    Wrong,
}

fn talk() -> HashMap<&'static str, Talk> {
    rows!("talk.tsv", 2)
        .flat_map(|row| {
            let messages = row[1];
            let kind = match row[0] {
                "greeting" => Talk::Greeting,
                "thanks" => Talk::Thanks,
                "who" => Talk::Who,
                "fine" => Talk::Fine,
                "wrong" => Talk::Wrong,
                _ => row.wrong("no such talk"),
            };
            messages
                .split(' ')
                .map(move |message| (message, kind))
                .collect::<Vec<_>>()
        })
        .collect()
}

fn english() -> Vec<(&'static str, Vec<&'static str>)> {
    let mut phrases: Vec<(&str, Vec<&str>)> = rows!("english.tsv", 2)
        .map(|row| (row[0], row[1].split(' ').collect()))
        .collect();
    phrases.sort_by_key(|(phrase, _)| std::cmp::Reverse(phrase.len()));
    phrases
}

fn words(rows: Rows) -> HashSet<&'static str> {
    rows.flat_map(|row| row[0].split(' ').collect::<Vec<_>>()).collect()
}

impl Tied {
    fn new(wording: &'static str) -> Tied {
        Tied {
            words: wording.trim_start_matches('^').trim_end_matches('$'),
            first: wording.starts_with('^'),
            last: wording.ends_with('$'),
        }
    }
}

impl Wording {
    /// The wordings that a cell of a row stands for.
    pub(super) fn all(row: &Row, cell: usize) -> impl Iterator<Item = Wording> + use<> {
        match choices(row[cell]) {
            Some(choices) => choices.into_iter().map(|wording| Wording::one(&wording)),
            None => row.wrong("a bracket without the other"),
        }
    }

    fn one(wording: &str) -> Wording {
        Wording {
            parts: wording
                .split('…')
                .map(|part| part.replace('N', &NAME.to_string()))
                .collect(),
        }
    }

    /// Whether it stands in `text` in which a [`NAME`] stands once, at a byte. One that holds the name is looked for around it alone.
    pub fn stands_at(&self, text: &str, name: usize) -> bool {
        if !self.parts.iter().any(|part| part.contains(NAME)) {
            return self.find(text).is_some();
        }
        // One character more on each side: what goes on there is seen.
        let parts: usize = self.parts.iter().map(|part| part.chars().count()).sum();
        let reach = parts + GAP * (self.parts.len() - 1) + 1;
        let (before, behind) = text.split_at(name);
        let from = before
            .char_indices()
            .rev()
            .take(reach)
            .last()
            .map_or(name, |(at, _)| at);
        let until = behind.char_indices().nth(reach).map_or(text.len(), |(at, _)| name + at);
        self.find(&text[from..until]).is_some()
    }

    /// Where it stands in `text`: the first byte and the byte behind. `N` in the wording is [`NAME`] in the text.
    pub fn find(&self, text: &str) -> Option<(usize, usize)> {
        let first = self.parts.first()?;
        let mut from = 0;
        while let Some((start, mut end)) = find_part(text, first, from) {
            let rest = self.parts[1..].iter().try_for_each(|part| {
                // What stands behind a gap's widest is none of it: a message may be long.
                let (at, behind) = find_part_before(text, part, end, end + GAP * WIDEST)?;
                if text[end..at].chars().count() > GAP {
                    return None;
                }
                end = behind;
                Some(())
            });
            if rest.is_some() {
                return Some((start, end));
            }
            from = start + text[start..].chars().next().map_or(1, char::len_utf8);
        }
        None
    }
}

/// Which characters stand beside each other in a text: thousands of wordings are looked for, and most are not in a long one.
pub(super) struct Pairs(FxHashSet<(char, char)>);

impl Pairs {
    pub(super) fn of(text: &str) -> Pairs {
        Pairs(text.chars().zip(text.chars().skip(1)).collect())
    }

    /// Whether a wording may stand there: all of its characters stand so beside each other.
    pub(super) fn may_have(&self, wording: &Wording) -> bool {
        let mut parts = wording.parts.iter();
        parts.all(|part| {
            let mut pairs = part.chars().zip(part.chars().skip(1));
            pairs.all(|pair| self.0.contains(&pair))
        })
    }
}

/// A line with each of the choices that it has in brackets, which do not stand in each other; `None` where one is open.
fn choices(line: &str) -> Option<Vec<String>> {
    let Some((before, rest)) = line.split_once('(') else {
        return (!line.contains(')')).then(|| vec![line.to_owned()]);
    };
    let (among, behind) = rest.split_once(')')?;
    if before.contains(')') || among.contains('(') {
        return None;
    }
    let behind = choices(behind)?;
    let with = |choice: &str| {
        behind
            .iter()
            .map(|rest| format!("{before}{choice}{rest}"))
            .collect::<Vec<_>>()
    };
    Some(among.split('|').flat_map(with).collect())
}

/// Where `part` stands in `text` from a byte on; a Latin word stands alone there.
pub(super) fn find_part(text: &str, part: &str, from: usize) -> Option<(usize, usize)> {
    find_part_before(text, part, from, text.len())
}

/// Bytes of the widest character.
const WIDEST: usize = 4;

/// The same where it begins at or before byte `last`.
fn find_part_before(text: &str, part: &str, from: usize, last: usize) -> Option<(usize, usize)> {
    let until = text.len().min(last + WIDEST);
    let rest = text.as_bytes().get(from..until)?;
    let Some(first) = part.chars().next() else {
        return Some((from, from));
    };
    // Thousands of parts are looked for in each question, so that nothing is prepared for one. The last byte of its first
    // character is what tells it: nearly all Chinese characters share the first byte.
    let told = first.len_utf8() - 1;
    let letter = |c: Option<&u8>| c.is_some_and(u8::is_ascii_alphabetic);
    let (opens, ends) = (letter(part.as_bytes().first()), letter(part.as_bytes().last()));
    memchr_iter(part.as_bytes()[told], rest).find_map(|at| {
        let start = from + at.checked_sub(told)?;
        let (before, here) = text.as_bytes().split_at(start);
        let behind = here.strip_prefix(part.as_bytes())?;
        let joined = opens && letter(before.last()) || ends && letter(behind.first());
        (!joined).then_some((start, start + part.len()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_not_in_a_text_is_known_by_its_pairs() {
        let pairs = Pairs::of("有哪些县作了发言");
        let may = |wording| pairs.may_have(&Wording::one(wording));
        assert!(may("哪些…发言") && may("县") && !may("哪县…发言") && !may("作了…讲话"));
    }

    #[test]
    fn wordings_have_gaps_of_a_dozen_characters() {
        let wording = Wording::one("哪些…发言");
        assert!(wording.find("有哪些县作了发言").is_some());
        assert!(wording.find("哪些一二三四五六七八九十一二三发言").is_none());
        assert!(Wording::one("对N的看法").find("谁对\u{e000}的看法").is_some());
    }

    proptest! {
        #[test]
        fn around_a_name_as_in_the_whole_text(
            before in "[对a说的…]{0,40}",
            behind in "[对a说的]{0,40}",
            wording in "[对a说的]{0,2}…?[对a说的]{0,2}N[说的a]{0,2}…?[说的a]{0,2}",
        ) {
            let wording = Wording::one(&wording);
            prop_assume!(wording.parts.iter().all(|part| !part.is_empty()));
            let text = format!("{before}{NAME}{behind}");
            prop_assert_eq!(wording.stands_at(&text, before.len()), wording.find(&text).is_some());
        }
    }

    #[test]
    fn a_line_has_choices_in_brackets() {
        let all = choices("(说|讲)了(些|)什么").unwrap_or_default();
        assert_eq!(all, ["说了些什么", "说了什么", "讲了些什么", "讲了什么"]);
        assert!(choices("(说|讲").is_none() && choices("说)了").is_none() && choices("((说))").is_none());
    }

    #[test]
    fn latin_words_stand_alone() {
        assert!(Wording::one("when").find("whenever").is_none());
        assert!(Wording::one("when").find("so when?").is_some());
        assert_eq!(find_part("whenever, when", "when", 0), Some((10, 14)));
    }

    #[test]
    fn a_part_is_found_from_where_it_is_looked_for() {
        let text = "会上谁在会上";
        assert_eq!(find_part(text, "会上", 0), Some((0, 6)));
        assert_eq!(find_part(text, "会上", 3), Some((12, 18)));
        assert_eq!(find_part(text, "会上", 15), None);
        assert_eq!(find_part(text, "", 18), Some((18, 18)));
        assert_eq!(find_part(text, "", 19), None);
    }
}
