//! Each one's words: what the delegates of a meeting brought, where a question looks for nothing beyond that.

use std::sync::LazyLock;

use super::coverage::share;
use super::evidence::Evidence;
use super::leading::with_lead_in;
use super::meetings;
use super::ranking::{Candidate, candidates};
use super::respond::{Found, Responder};
use super::summary::{LONGEST, passages};
use super::{Kind, Quote, repeats};
use crate::index::{IndexError, normalized};
use crate::question::{Question, Scope, TopicWord};
use crate::text::{Segmenter, rows};

/// Who brings it, what is brought, and the words by which it is said.
struct Brought {
    who: Vec<&'static str>,
    things: Vec<&'static str>,
    words: Vec<&'static str>,
    roles: Vec<(&'static str, Vec<&'static str>)>,
}

static BROUGHT: LazyLock<Brought> = LazyLock::new(|| {
    let mut brought = Brought {
        who: Vec::new(),
        things: Vec::new(),
        words: Vec::new(),
        roles: Vec::new(),
    };
    for row in rows!("brought.tsv", 2) {
        match row[0] {
            "who" => brought.who.extend(row[1].split(' ')),
            "thing" => brought.things.extend(row[1].split(' ')),
            "words" => brought.words.extend(row[1].split(' ')),
            "role" => {
                let mut words = row[1].split(' ');
                let called = words.next().unwrap_or_default();
                brought.roles.push((called, words.collect()));
            }
            _ => row.wrong("no such kind"),
        }
    }
    brought
});

/// Wordings by which everybody's is asked for.
const ALL: [&str; 12] = [
    "都", "全部", "一共", "各自", "分别", "所有", "哪几", "哪些", "每个", "每位", "逐一", "列出",
];
/// Words with 们 that call nobody by what they are.
const NOBODY: [&str; 6] = ["我们", "你们", "他们", "她们", "它们", "咱们"];
/// How much of a word must stand in what is told of a meeting.
const IN_PART: f32 = 0.4;
/// Most quotes of one of them.
const EACH: usize = 2;
/// Fewest quotes for it to be an answer.
const FEWEST: usize = 2;

impl Responder<'_> {
    /// 代表们都带来了哪些建议: the question of one meeting, where it looks for nothing but what each one there brought.
    pub(super) fn each_asked(&self, question: &Question) -> Result<Option<Question>, IndexError> {
        let asks = |words: &[&str]| words.iter().any(|word| question.typed.contains(word));
        if !(asks(&BROUGHT.who) || calls_many(&question.typed)) || !asks(&ALL) || !asks(&BROUGHT.things) {
            return Ok(None);
        }
        let of_asking = |word: &TopicWord| {
            let term = word.term.as_str();
            let group = BROUGHT.roles.iter().any(|(called, _)| term.starts_with(called));
            // 报 of 报到, 那天: what is asked of is called by a noun.
            let noun = Segmenter::shared()
                .part_of_speech(term)
                .is_none_or(|tag| tag.starts_with('n'));
            word.generic || group || !noun || term.chars().nth(1).is_none() || BROUGHT.things.contains(&term)
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
        let words = BROUGHT.words.iter().map(|word| (*word).to_owned());
        let evidence = Evidence::of_words(words);
        let anything = Question {
            scope: question.scope.clone(),
            files: question.files.clone(),
            ..Question::default()
        };
        let found = candidates(&hits, &anything, &evidence, self.snapshot, self.limits.quote_chars);
        let spoken: Vec<&Candidate<'_>> = found
            .iter()
            .filter(|candidate| candidate.said.voice.is_spoken() && candidate.said.voice.name().is_some())
            .collect();
        let called = BROUGHT.roles.iter().find(|(called, _)| question.typed.contains(called));
        let is_delegate = |candidate: &Candidate<'_>| {
            let office = candidate.said.voice.office().unwrap_or_default();
            called.is_none_or(|(_, titles)| titles.iter().any(|title| office.contains(title)))
        };
        let mut quotes: Vec<Quote> = Vec::new();
        for candidate in spoken {
            // Whoever is called otherwise there, and brings something all the same.
            let words = normalized(&with_lead_in(&candidate.hit.passage, candidate.said));
            if !is_delegate(candidate) && !BROUGHT.words.iter().any(|word| words.contains(word)) {
                continue;
            }
            let heard = |quote: &&Quote| quote.voice.name() == candidate.said.voice.name();
            if quotes.iter().filter(heard).count() < EACH {
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
        let total = quotes.len();
        let most = LONGEST.max(self.limits.quotes);
        let from = question.page.saturating_mul(most);
        let page: Vec<Quote> = quotes.into_iter().skip(from).take(most).collect();
        let more = total > from.saturating_add(page.len());
        Ok(Found::page(Kind::Quotes, page, more).map(|found| Found {
            total: (total > found.quotes.len()).then_some(total),
            ..found
        }))
    }
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
