//! Each one's words: what the delegates of a meeting brought, where a question looks for nothing beyond that.

use std::sync::LazyLock;

use super::evidence::Evidence;
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
}

static BROUGHT: LazyLock<Brought> = LazyLock::new(|| {
    let mut brought = Brought {
        who: Vec::new(),
        things: Vec::new(),
        words: Vec::new(),
    };
    for row in rows!("brought.tsv", 2) {
        match row[0] {
            "who" => brought.who.extend(row[1].split(' ')),
            "thing" => brought.things.extend(row[1].split(' ')),
            "words" => brought.words.extend(row[1].split(' ')),
            _ => row.wrong("no such kind"),
        }
    }
    brought
});

/// Wordings by which everybody's is asked for.
const ALL: [&str; 12] = [
    "都", "全部", "一共", "各自", "分别", "所有", "哪几", "哪些", "每个", "每位", "逐一", "列出",
];
/// What delegates are called together, and what stands in their offices.
const DELEGATES: [(&str, &str); 2] = [("代表", "代表"), ("委员", "委员")];
/// Most quotes of one of them.
const EACH: usize = 2;
/// Fewest quotes for it to be an answer.
const FEWEST: usize = 2;

impl Responder<'_> {
    /// 代表们都带来了哪些建议: the question of one meeting, where it looks for nothing but what each one there brought.
    pub(super) fn each_asked(&self, question: &Question) -> Result<Option<Question>, IndexError> {
        let asks = |words: &[&str]| words.iter().any(|word| question.typed.contains(word));
        if !asks(&BROUGHT.who) || !asks(&ALL) || !asks(&BROUGHT.things) {
            return Ok(None);
        }
        let Some((files, about)) = self.meeting_for(question)? else {
            return Ok(None);
        };
        let of_meeting = |word: &TopicWord| word.generic || about.contains(word.term.as_str());
        let of_asking = |word: &TopicWord| {
            let term = word.term.as_str();
            let group = DELEGATES.iter().any(|(called, _)| term.starts_with(called));
            // 报 of 报到, 那天: what is asked of is called by a noun.
            let noun = Segmenter::shared()
                .part_of_speech(term)
                .is_none_or(|tag| tag.starts_with('n'));
            group || !noun || term.chars().nth(1).is_none() || BROUGHT.things.contains(&term)
        };
        let words = &question.topic.words;
        let all = words.iter().all(|word| of_meeting(word) || of_asking(word));
        Ok(all.then(|| Question {
            files: Some(files),
            scope: Scope::default(),
            ..question.clone()
        }))
    }

    /// The files of the meeting that a question is of, and what is told of it: by its title, or else by the passage that
    /// holds the most of the question.
    fn meeting_for(&self, question: &Question) -> Result<Option<(Vec<String>, String)>, IndexError> {
        let (mut files, named) = match &question.files {
            Some(files) => (files.clone(), true),
            None => meetings::meant(self.snapshot, question),
        };
        let mut about = String::new();
        if !named {
            let evidence = Evidence::of(question, self.snapshot, self.weights)?;
            let hits = self.snapshot.search(&evidence.query(question, Vec::new()), 1)?;
            let Some(hit) = hits.into_iter().next() else {
                return Ok(None);
            };
            about = format!("{} {}", hit.passage.section.unwrap_or_default(), hit.passage.text);
            files = vec![hit.file];
        }
        let Some(entry) = files.first().and_then(|file| self.snapshot.catalogue().file(file)) else {
            return Ok(None);
        };
        let meeting = entry.meeting();
        let parts = [
            Some(meeting.title.as_str()),
            meeting.place.as_deref(),
            meeting.organizer.as_deref(),
            meeting.county.as_ref().map(|county| county.name()),
            Some(entry.file),
        ];
        for part in parts.into_iter().flatten() {
            about.push(' ');
            about.push_str(part);
        }
        let about = normalized(&about);
        Ok(Some((files, about)))
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
        let called = DELEGATES.iter().find(|(called, _)| question.typed.contains(called));
        let is_delegate = |candidate: &Candidate<'_>| {
            let office = candidate.said.voice.office().unwrap_or_default();
            called.is_none_or(|(_, title)| office.contains(title))
        };
        let mut quotes: Vec<Quote> = Vec::new();
        for candidate in spoken {
            // Whoever is called otherwise there, and brings something all the same.
            if !is_delegate(candidate) && candidate.window.set == 0 {
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
