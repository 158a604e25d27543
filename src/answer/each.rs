//! Each one's words: what the delegates of a meeting brought, where a question looks for nothing beyond that.

use std::sync::LazyLock;

use super::coverage::share;
use super::evidence::Evidence;
use super::leading::{only_asks, with_lead_in};
use super::meetings;
use super::ranking::{Candidate, candidates};
use super::respond::{Found, Responder};
use super::summary::passages;
use super::{Kind, Quote, repeats};
use crate::index::{Hit, IndexError, normalized};
use crate::question::{Party, PartyKind, Question, Scope, TopicWord};
use crate::text::{Segmenter, rows};

/// Who brings it, what is brought, and the words by which it is said.
struct Brought {
    who: Vec<&'static str>,
    things: Vec<&'static str>,
    words: Vec<&'static str>,
    promises: Vec<&'static str>,
    promised: Vec<&'static str>,
    roles: Vec<Role>,
}

/// What many are called together.
struct Role {
    called: &'static str,
    /// What stands in the office or the name of one of them; - where they hold none.
    titles: Vec<&'static str>,
    /// Whether nobody else there brings anything.
    only: bool,
}

static BROUGHT: LazyLock<Brought> = LazyLock::new(|| {
    let mut brought = Brought {
        who: Vec::new(),
        things: Vec::new(),
        words: Vec::new(),
        promises: Vec::new(),
        promised: Vec::new(),
        roles: Vec::new(),
    };
    for row in rows!("brought.tsv", 2) {
        match row[0] {
            "who" => brought.who.extend(row[1].split(' ')),
            "thing" => brought.things.extend(row[1].split(' ')),
            "words" => brought.words.extend(row[1].split(' ')),
            "promise" => brought.promises.extend(row[1].split(' ')),
            "promised" => brought.promised.extend(row[1].split(' ')),
            kind @ ("role" | "only") => {
                let mut words = row[1].split(' ');
                let called = words.next().unwrap_or_default();
                brought.roles.push(Role {
                    called,
                    titles: words.collect(),
                    only: kind == "only",
                });
            }
            _ => row.wrong("no such kind"),
        }
    }
    brought
});

/// Wordings by which everybody's is asked for.
const ALL: [&str; 16] = [
    "都",
    "各有",
    "几位",
    "各部门",
    "全部",
    "一共",
    "各自",
    "各是",
    "分别",
    "所有",
    "哪几",
    "哪些",
    "每个",
    "每位",
    "逐一",
    "列出",
];
/// Words with 们 that call nobody by what they are.
const NOBODY: [&str; 6] = ["我们", "你们", "他们", "她们", "它们", "咱们"];
/// How much of a word must stand in what is told of a meeting.
const IN_PART: f32 = 0.4;
/// Longest name of a person; a longer one tells what somebody is: 一位戴草帽的村民.
const LONGEST_NAME: usize = 4;
/// Most quotes of one of them.
const EACH: usize = 2;
/// Fewest quotes for it to be an answer.
const FEWEST: usize = 2;

impl Responder<'_> {
    /// 代表们都带来了哪些建议: the question of one meeting, where it looks for nothing but what each one there brought.
    pub(super) fn each_asked(&self, question: &Question) -> Result<Option<Question>, IndexError> {
        let asks = |words: &[&str]| words.iter().any(|word| question.typed.contains(word));
        // 县政协的张副主席提了哪些要求: nobody else's are asked for.
        let of_person = |party: &Party| party.kind == PartyKind::Person;
        if question.scope.parties.iter().any(of_person) {
            return Ok(None);
        }
        let of_many = asks(&BROUGHT.who) || calls_many(&question.typed) || called(&question.typed).is_some();
        if !of_many || !asks(&ALL) || !(asks(&BROUGHT.things) || asks(&BROUGHT.promises)) {
            return Ok(None);
        }
        let of_asking = |word: &TopicWord| {
            let term = word.term.as_str();
            let group = BROUGHT.roles.iter().any(|role| term.starts_with(role.called));
            // 报 of 报到, 那天: what is asked of is called by a noun.
            let noun = Segmenter::shared()
                .part_of_speech(term)
                .is_none_or(|tag| tag.starts_with('n'));
            let promise = BROUGHT.promises.contains(&term) || matches!(term, "当场" | "当面" | "列" | "都列");
            // 消费者 of 消费者代表 tells whose.
            let qualifies = BROUGHT
                .roles
                .iter()
                .any(|role| question.typed.contains(&format!("{term}{}", role.called)));
            word.generic
                || group
                || promise
                || qualifies
                || !noun
                || term.chars().nth(1).is_none()
                || BROUGHT.things.contains(&term)
        };
        for (files, about) in self.meetings_for(question)? {
            // 昌吉州, where the report says 昌吉.
            let of_meeting = |word: &TopicWord| share(&word.term, &about, 0.0) >= IN_PART;
            let words = &question.topic.words;
            if words.iter().all(|word| of_asking(word) || of_meeting(word)) {
                return Ok(Some(Question {
                    files: Some(files),
                    scope: Scope::default(),
                    ..question.clone()
                }));
            }
        }
        Ok(None)
    }

    /// The files of the meetings that a question may be of, and what is told of each: by the title, and by the passage that
    /// holds the most of the question.
    fn meetings_for(&self, question: &Question) -> Result<Vec<(Vec<String>, String)>, IndexError> {
        let mut may: Vec<(Vec<String>, String)> = Vec::new();
        if let Some(files) = &question.files {
            may.push((files.clone(), String::new()));
        } else {
            let (files, named) = meetings::meant(self.snapshot, question);
            if named {
                may.push((files, String::new()));
            }
            let anybody = Question {
                scope: Scope::default(),
                ..question.clone()
            };
            let evidence = Evidence::of(&anybody, self.snapshot, self.weights)?;
            for hit in self.snapshot.search(&evidence.query(&anybody, Vec::new()), 1)? {
                let told = format!("{} {}", hit.passage.section.unwrap_or_default(), hit.passage.text);
                may.push((vec![hit.file], told));
            }
        }
        for (files, about) in &mut may {
            let Some(entry) = files.first().and_then(|file| self.snapshot.catalogue().file(file)) else {
                continue;
            };
            let told = std::iter::once(about.as_str()).chain(entry.about());
            *about = normalized(&told.collect::<Vec<_>>().join(" "));
        }
        may.retain(|(files, _)| !files.is_empty());
        Ok(may)
    }

    /// What everybody at a meeting brought, in the report's order; `None` where that is fewer than a few.
    pub(super) fn each(&self, question: &Question) -> Result<Option<Found>, IndexError> {
        let files = question.files.clone().unwrap_or_default();
        let hits = passages(self.snapshot, &files)?;
        let promises = BROUGHT.promises.iter().any(|word| question.typed.contains(word));
        let telling = if promises { &BROUGHT.promised } else { &BROUGHT.words };
        let evidence = Evidence::of_words(telling.iter().map(|word| (*word).to_owned()));
        let anything = Question {
            scope: question.scope.clone(),
            files: question.files.clone(),
            ..Question::default()
        };
        let found = candidates(&hits, &anything, &evidence, self.snapshot, self.limits.quote_chars);
        let called = called(&question.typed);
        let qualified = qualified(&question.typed, called, &found);
        let is_delegate = |candidate: &Candidate<'_>| {
            let voice = &candidate.said.voice;
            let office = voice.office().unwrap_or_default();
            match (&qualified[..], called) {
                ([], None) => true,
                ([], Some(role)) => role.titles.iter().any(|title| {
                    office.contains(title)
                        || voice
                            .name()
                            .is_some_and(|name| name.chars().count() > LONGEST_NAME && name.contains(title))
                        || *title == "-" && office.is_empty()
                }),
                (kinds, _) => kinds.iter().any(|kind| office.contains(kind)),
            }
        };
        let mut told: Vec<(usize, &Candidate<'_>)> = Vec::new();
        for candidate in &found {
            let passage = &candidate.hit.passage;
            let words = normalized(&with_lead_in(passage, candidate.said));
            if candidate.said.voice.name().is_none()
                || !candidate.said.voice.is_spoken()
                || only_asks(passage.words_of(candidate.said)) && asks_of_others(&found, candidate)
            {
                continue;
            }
            let count = |words: &str| telling.iter().filter(|word| words.contains(**word)).count();
            let tells = count(&words) + 2 * count(&asked_before(&hits, candidate));
            // Whoever is called otherwise there, and brings something all the same.
            let brings = called.is_none_or(|role| !role.only) && qualified.is_empty() && tells > 0;
            if is_delegate(candidate) && (tells > 0 || !promises) || brings {
                told.push((tells, candidate));
            }
        }
        told.sort_by_key(|(tells, _)| std::cmp::Reverse(*tells));
        let mut quotes: Vec<Quote> = Vec::new();
        for (tells, candidate) in told {
            let heard = |quote: &&Quote| quote.voice.name() == candidate.said.voice.name();
            let before = quotes.iter().filter(heard).count();
            if before == 0 || before < EACH && tells > 0 {
                repeats::add(
                    &mut quotes,
                    candidate.quote(candidate.window.span, &evidence, self.snapshot),
                );
            }
        }
        if quotes.len() < FEWEST {
            return Ok(None);
        }
        quotes.sort_by_key(|quote| (quote.file.clone(), quote.at.start));
        Ok(self.paged(Kind::Quotes, quotes, question))
    }
}

/// The role by which a question calls many.
fn called(typed: &str) -> Option<&'static Role> {
    BROUGHT.roles.iter().find(|role| typed.contains(role.called))
}

/// What stands before the role in a question and in somebody's office: 消费者 of 消费者代表.
fn qualified(typed: &str, called: Option<&Role>, found: &[Candidate<'_>]) -> Vec<String> {
    let Some(role) = called else { return Vec::new() };
    let kinds = typed.match_indices(role.called).filter_map(|(at, _)| {
        let before = Segmenter::shared().words(&typed[..at]).pop();
        let (span, kind) = before.filter(|(span, word)| span.end() == at && word.chars().nth(1).is_some())?;
        Some(typed[span.start()..at].to_owned()).filter(|_| !kind.is_empty())
    });
    let held = |kind: &String| {
        let offices = found.iter().filter_map(|candidate| candidate.said.voice.office());
        offices.into_iter().any(|office| office.contains(kind.as_str()))
    };
    kinds.filter(held).collect()
}

/// What was asked right before a remark, where that only asks.
fn asked_before(hits: &[Hit], candidate: &Candidate<'_>) -> String {
    let passage = &candidate.hit.passage;
    let here = passage
        .remarks
        .iter()
        .rfind(|other| other.span.end() <= candidate.said.span.start());
    let before = match here {
        Some(other) => Some(passage.words_of(other)),
        None => hits
            .iter()
            .rfind(|hit| hit.file == candidate.hit.file && hit.passage.start < passage.start)
            .and_then(|hit| Some(hit.passage.words_of(hit.passage.remarks.last()?))),
    };
    before
        .filter(|words| only_asks(words))
        .map(normalized)
        .unwrap_or_default()
}

/// Whether it is somebody's business there to ask: most of their remarks do nothing else.
fn asks_of_others(found: &[Candidate<'_>], candidate: &Candidate<'_>) -> bool {
    let theirs = found.iter().filter(|other| other.said.voice == candidate.said.voice);
    let (asking, telling): (Vec<_>, Vec<_>) =
        theirs.partition(|other| only_asks(other.hit.passage.words_of(other.said)));
    asking.len() > telling.len()
}

/// Whether many are called by what they are: 企业家们, 牧民们.
fn calls_many(typed: &str) -> bool {
    typed
        .match_indices('们')
        .any(|(at, many)| !NOBODY.iter().any(|word| typed[..at + many.len()].ends_with(word)) && at > 0)
}

#[cfg(test)]
mod tests {
    use super::calls_many;

    #[test]
    fn many_are_called_by_what_they_are() {
        assert!(calls_many("企业家们都反映了哪些困难") && !calls_many("他们都说了什么") && !calls_many("谁说的"));
    }
}
