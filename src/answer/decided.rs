//! What a meeting decided of a matter: each of its decisions under the heading, or between the matters, where that is dealt with.

use super::behind::{is_point, leads_over};
use super::evidence::Evidence;
use super::leading::with_decision;
use super::quote::quote;
use super::ranking::{Candidate, candidates};
use super::respond::{Found, Responder};
use super::summary::passages;
use super::window::whole;
use super::{Kind, Quote, repeats};
use crate::index::{Filter, Hit, IndexError, Said, normalized};
use crate::meeting::Voice;
use crate::question::{Question, Scope, TopicWord};
use crate::text::words_by_kind;

/// Passages that are looked at for where the matter is dealt with.
const HITS: usize = 40;
/// Places in papers that are looked at, the best first.
const PLACES: usize = 8;

words_by_kind! {
    /// The words of `decided.tsv`, by kind.
    static WORDS: Words = "decided.tsv" {
        /// Minutes go over to the next matter with them.
        opens,
        /// The points under a heading with one of them are decisions.
        heads,
        /// Words of a question that ask for decisions, and tell nothing of which.
        asks,
    }
}

impl Responder<'_> {
    /// The decisions on what is asked, those of the best place first, each place's in the paper's order; all of a paper's
    /// where nothing but a meeting is asked of. `None` where no paper has any.
    pub(super) fn decided(&self, question: &Question) -> Result<Option<Found>, IndexError> {
        let question = Question {
            scope: Scope::default(),
            ..question.clone()
        };
        if !question.topic.words.iter().any(is_matter) {
            return self.all_decided(&question);
        }
        let evidence = Evidence::of(&question, self.snapshot, self.weights)?;
        let filters: Vec<Filter> = self
            .days(&question)
            .filter(|_| question.is_of_meetings())
            .into_iter()
            .collect();
        let hits = self.snapshot.search(&evidence.query(&question, filters), HITS)?;
        let mut found = candidates(&hits, &question, &evidence, self.snapshot, self.limits.quote_chars);
        found.retain(|candidate| candidate.holds_rarest && candidate.told.words >= self.weights.enough_of_few);
        let mut quotes: Vec<Quote> = Vec::new();
        let mut coverage: f32 = 0.0;
        let mut papers: Vec<&str> = Vec::new();
        for candidate in found.iter().take(PLACES) {
            let file = candidate.hit.file.as_str();
            if papers.contains(&file) || candidate.coverage < coverage * self.weights.decided_beside {
                continue;
            }
            let all = passages(self.snapshot, std::slice::from_ref(&candidate.hit.file))?;
            let matter = matter_around(&all, candidate);
            let mut decisions = self.decisions(matter, &evidence, candidate.score);
            only_named(matter, &mut decisions, &evidence);
            if !decisions.is_empty() {
                papers.push(file);
                coverage = coverage.max(candidate.coverage);
                quotes.extend(told_first(decisions, &evidence));
            }
        }
        Ok(self.paged(Kind::Quotes, quotes, &question).map(|found| Found {
            coverage: coverage.min(1.0),
            ..found
        }))
    }

    /// All that the meeting decided that a question names by its name or its day; `None` where it names none.
    fn all_decided(&self, question: &Question) -> Result<Option<Found>, IndexError> {
        let files = match (&question.files, self.days(question)) {
            (Some(files), _) => files.clone(),
            (None, Some(Filter::File(files))) => files,
            _ => return Ok(None),
        };
        let hits = passages(self.snapshot, &files)?;
        let quotes = self.decisions(&hits, &Evidence::default(), 1.0);
        Ok(self.paged(Kind::Quotes, quotes, question))
    }

    /// What the meeting itself says in these passages, but for what only leads over to its points.
    fn decisions(&self, matter: &[Hit], evidence: &Evidence, score: f32) -> Vec<Quote> {
        let mut quotes = Vec::new();
        for hit in matter {
            let passage = &hit.passage;
            let of_meeting = |said: &Said| matches!(said.voice, Voice::Group { .. });
            let headed = under_decisions(hit);
            let mut decides = false;
            for said in &passage.remarks {
                // 3.教师由教育局会同编办配备: a point goes on from the points before it, whoever is named in it.
                decides = of_meeting(said)
                    || (decides || headed) && !said.voice.is_spoken() && is_point(passage.words_of(said));
                if !decides || leads_over(passage.words_of(said)) {
                    continue;
                }
                for span in whole(&passage.text, said.span, self.limits.quote_chars) {
                    let span = with_decision(passage, said, span, self.limits.quote_chars);
                    repeats::add(&mut quotes, quote(hit, said, span, evidence, score, self.snapshot));
                }
            }
        }
        quotes
    }
}

/// Whether a passage stands under a heading of decisions: 三、议定事项.
fn under_decisions(hit: &Hit) -> bool {
    let heading = hit.passage.section.as_deref().unwrap_or_default();
    WORDS.heads.iter().any(|word| heading.contains(word))
}

/// Whether a word of the question tells of which matter decisions are asked for.
fn is_matter(word: &TopicWord) -> bool {
    !word.generic && !WORDS.asks.contains(&word.term.as_str())
}

/// Leaves of a place that deals with several matters the decisions that name what is asked.
fn only_named(matter: &[Hit], decisions: &mut Vec<Quote>, evidence: &Evidence) {
    let things = evidence.things(true);
    let names = |text: &str| {
        let words = normalized(text);
        things.iter().any(|thing| evidence.stands_in(*thing, &words))
    };
    let Some(first) = matter.first() else { return };
    let opening = opening(first);
    // 1.开展茶叶价格保险试点…: a point opens no matter.
    let of_one = names(first.passage.section.as_deref().unwrap_or_default()) || !is_point(opening) && names(opening);
    if !of_one && decisions.iter().any(|quote| names(&quote.text)) {
        decisions.retain(|quote| names(&quote.text));
    }
}

/// The first sentence of a passage.
fn opening(hit: &Hit) -> &str {
    let text = hit.passage.text.as_str();
    crate::text::sentences(text)
        .first()
        .map_or(text, |sentence| sentence.of(text))
}

/// The decisions of a place, those first that name the rarest of what is asked where others do not.
fn told_first(decisions: Vec<Quote>, evidence: &Evidence) -> Vec<Quote> {
    let Some(rarest) = evidence.rarest() else {
        return decisions;
    };
    let names = |quote: &Quote| evidence.stands_in(rarest, &normalized(&quote.text));
    let (mut first, others): (Vec<Quote>, Vec<Quote>) = decisions.into_iter().partition(names);
    first.extend(others);
    first
}

/// The passages that deal with the same matter as a candidate's: those under its heading and, where several matters stand under
/// it, from where minutes go over to this one up to the next.
fn matter_around<'h>(all: &'h [Hit], candidate: &Candidate<'_>) -> &'h [Hit] {
    let Some(here) = all.iter().position(|hit| hit.is(candidate.hit)) else {
        return &[];
    };
    let same = |hit: &&Hit| hit.passage.section == all[here].passage.section;
    let first = here - all[..here].iter().rev().take_while(same).count();
    let last = here + all[here..].iter().take_while(same).count();
    let opens = |hit: &Hit| {
        WORDS.opens.iter().any(|word| opening(hit).contains(word))
            && hit.passage.remarks.iter().any(|said| !said.voice.is_spoken())
    };
    let from = (first..=here).rev().find(|at| opens(&all[*at])).unwrap_or(first);
    let until = (here + 1..last).find(|at| opens(&all[*at])).unwrap_or(last);
    &all[from..until]
}
