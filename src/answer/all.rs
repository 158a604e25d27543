//! All that there is of something, or how it went on: in order of time, with how many there are.

use super::behind::leads_over;
use super::evidence::Evidence;
use super::leading::with_decision;
use super::of_it::OfIt;
use super::ranking::{Candidate, candidates};
use super::respond::{Found, Responder};
use super::summary::{LONGEST, of_scope};
use super::{Kind, Quote, changing, repeats};
use crate::index::{Filter, IndexError};
use crate::question::{Question, Scope, Want};

/// Passages that are looked at.
const HITS: usize = 120;
/// Fewest letters of a quote.
const SHORT: usize = 6;
/// Most quotes of one paper, where others have some.
const EACH: usize = 3;

/// So many quotes that name what is asked are enough without others of the same papers.
const FEW: usize = 3;

/// Quotes that are shown where it is asked what was said first.
const FIRST: usize = 2;

/// Wordings that ask for somebody's words.
const SAID: [&str; 8] = ["说了", "讲了", "谈了", "说过", "讲过", "谈过", "提过", "发言"];

impl Responder<'_> {
    /// All that answers, the earliest first; `None` where that is nothing.
    pub(super) fn all(&self, question: &Question) -> Result<Option<Found>, IndexError> {
        let evidence = Evidence::of(question, self.snapshot, self.weights)?;
        let strict = !question.scope.parties.is_empty() && !question.scope.soft;
        // 刘主任安排了哪些事: what somebody did with words is nothing to look for in them.
        if !question.topic.is_specific() || strict && evidence.is_of_predicates() {
            if !strict {
                return Ok(None);
            }
            let most = LONGEST.max(self.limits.quotes);
            let (quotes, more) = of_scope(self.snapshot, question, &evidence, most, self.limits)?;
            return Ok(in_time(Found::page(Kind::Summary, quotes, more)));
        }
        let of_meetings = question.is_of_meetings();
        let filters: Vec<Filter> = self.days(question).filter(|_| of_meetings).into_iter().collect();
        let narrowed = filters.clone();
        let hits = self.snapshot.search(&evidence.query(question, filters), HITS)?;
        let found = candidates(&hits, question, &evidence, self.snapshot, self.limits.quote_chars);
        let best = found.iter().map(|candidate| candidate.coverage).fold(0.0, f32::max);
        let later = question.shape.later;
        let of_it = OfIt::new(question, &evidence, self.weights);
        let is_of_it = |candidate: &Candidate<'_>| later || !of_it.is_open() || of_it.holds(candidate);
        if best < self.weights.all_least || !found.iter().any(is_of_it) {
            return Ok(None);
        }
        // 最早说什么时候通车 asks for words, 最初是什么时候建的 for a fact of the thing itself.
        let said = |one: &Candidate<'_>| one.said.voice.is_spoken() && one.coverage >= best * self.weights.all_beside;
        let told = !found.iter().any(said);
        let beside = match question.shape.first && told && !question.asks_what_is_said() {
            true => self.weights.first_beside,
            false => self.weights.all_beside,
        };
        let floor = if later {
            self.weights.all_least
        } else {
            (best.min(1.0) * beside).max(self.weights.all_least)
        };
        // Of a meeting that is of it, whatever is said: also where others name it there.
        let anybody = Question {
            scope: Scope::default(),
            ..question.clone()
        };
        let around = match strict {
            true => self.snapshot.search(&evidence.query(&anybody, narrowed), HITS)?,
            false => Vec::new(),
        };
        let spoken_of = candidates(&around, &anybody, &evidence, self.snapshot, self.limits.quote_chars);
        let of_it = found
            .iter()
            .chain(&spoken_of)
            .filter(|candidate| candidate.coverage >= self.weights.of_paper);
        let mut papers: Vec<&str> = of_it.map(|candidate| candidate.hit.file.as_str()).collect();
        papers.sort_unstable();
        papers.dedup();
        let best_holds = found.first().is_some_and(|first| first.holds_rarest);
        // Nobody knows what was first where the paper that tells most of it has no day: what tells most of it answers.
        if (question.shape.first || question.shape.over_time) && papers.len() > 1 && !self.is_dated(&found) {
            return Ok(None);
        }
        // 各县都说了什么: what somebody said.
        let of_words = SAID.iter().any(|said| question.typed.contains(said))
            && found
                .iter()
                .any(|candidate| candidate.said.voice.is_spoken() && candidate.coverage >= floor);
        // What somebody says elsewhere in a paper of it stands beside what names it where little does.
        let named = found
            .iter()
            .filter(|candidate| candidate.names_matter && candidate.coverage >= floor)
            .count();
        let answers = |candidate: &&Candidate<'_>| {
            if of_words && !candidate.said.voice.is_spoken() {
                return false;
            }
            let of_it = strict
                && named < FEW
                && !question.shape.over_time
                && candidate.said.voice.is_spoken()
                && papers.contains(&candidate.hit.file.as_str());
            // How it went on with the thing, and not with others that were done.
            let same = later && candidate.holds_thing;
            let holds = !best_holds || strict || same || !later && candidate.holds_rarest;
            let short = candidate
                .said
                .span
                .of(&candidate.hit.passage.text)
                .chars()
                .filter(|c| c.is_alphanumeric())
                .count()
                < SHORT;
            let leads = leads_over(candidate.hit.passage.words_of(candidate.said));
            !short && !leads && (candidate.coverage >= floor && holds || of_it)
        };
        // How a day or a number went on: what tells neither tells nothing of it, where several do.
        let states = |candidate: &&Candidate<'_>| {
            let words = candidate.window.span.of(&candidate.hit.passage.text);
            (question.shape.over_time || question.shape.first) && changing::tells_state(question, words)
        };
        let of_states = found.iter().filter(answers).filter(states).nth(1).is_some();
        let answers = |candidate: &&Candidate<'_>| answers(candidate) && (!of_states || states(candidate));
        let mut quotes: Vec<Quote> = Vec::new();
        for candidate in found.iter().filter(answers) {
            let of_paper = quotes.iter().filter(|quote| quote.file == candidate.hit.file).count();
            let each = if question.want == Want::Meetings { 1 } else { EACH };
            if of_paper < each || question.want != Want::Meetings && papers.len() == 1 {
                let quote = {
                    let span = with_decision(
                        &candidate.hit.passage,
                        candidate.said,
                        candidate.window.span,
                        self.limits.quote_chars,
                    );
                    candidate.quote(span, &evidence, self.snapshot)
                };
                repeats::add(&mut quotes, quote);
            }
        }
        let order = |quote: &Quote| {
            (
                // A paper without a day is not known to be the first.
                question.shape.first && quote.dates.is_none(),
                quote.dates.map(|dates| dates.start()),
                quote.file.clone(),
                quote.at.start,
            )
        };
        if question.shape.first {
            // What was said first, and what came right behind it.
            quotes.sort_by_key(order);
            quotes.truncate(FIRST);
        }
        if !question.shape.over_time || quotes.len() <= LONGEST.max(self.limits.quotes) {
            quotes.sort_by_key(order);
        }
        Ok(self.paged(Kind::Quotes, quotes, question).map(|mut found| {
            found.quotes.sort_by_key(order);
            found.coverage = best.min(1.0);
            found
        }))
    }

    /// Whether the paper of the best of them tells its day.
    fn is_dated(&self, found: &[Candidate<'_>]) -> bool {
        let best = found
            .first()
            .and_then(|best| self.snapshot.catalogue().file(&best.hit.file));
        best.is_some_and(|entry| entry.dates().is_some())
    }
}

/// The same, the earliest first.
fn in_time(found: Option<Found>) -> Option<Found> {
    found.map(|mut found| {
        found.quotes.sort_by_key(|quote| {
            (
                quote.dates.map(|dates| dates.start()),
                quote.file.clone(),
                quote.at.start,
            )
        });
        found
    })
}
