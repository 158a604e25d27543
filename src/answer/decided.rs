//! What a meeting decided of a matter: each of its decisions under the heading, or between the matters, where that is dealt with.

use super::behind::{is_point, leads_over};
use super::evidence::Evidence;
use super::leading::with_decision;
use super::quote::quote;
use super::ranking::{Candidate, candidates};
use super::respond::{Found, Responder};
use super::summary::{LONGEST, passages};
use super::window::whole;
use super::{Kind, Quote, repeats};
use crate::index::{Filter, Hit, IndexError, Said};
use crate::meeting::Voice;
use crate::question::{Question, Scope};

/// Passages that are looked at for where the matter is dealt with.
const HITS: usize = 40;
/// Places in papers that are looked at, the best first.
const PLACES: usize = 8;
/// Words with which minutes go over to the next matter.
const OPENS: [&str; 6] = ["听取", "审议", "研究", "讨论", "传达", "学习"];

impl Responder<'_> {
    /// The decisions on what is asked, in the paper's order; `None` where no paper has any.
    pub(super) fn decided(&self, question: &Question) -> Result<Option<Found>, IndexError> {
        if !question.topic.is_specific() {
            return Ok(None);
        }
        let question = Question {
            scope: Scope::default(),
            ..question.clone()
        };
        let evidence = Evidence::of(&question, self.snapshot, self.weights)?;
        let filters: Vec<Filter> = self
            .days(&question)
            .filter(|_| question.is_of_meetings())
            .into_iter()
            .collect();
        let hits = self.snapshot.search(&evidence.query(&question, filters), HITS)?;
        let mut found = candidates(&hits, &question, &evidence, self.snapshot, self.limits.quote_chars);
        found.retain(|candidate| candidate.holds_rarest && candidate.told.words >= self.weights.enough_of_few);
        for candidate in found.iter().take(PLACES) {
            let all = passages(self.snapshot, std::slice::from_ref(&candidate.hit.file))?;
            let quotes = self.decisions(matter_around(&all, candidate), &evidence, candidate.score);
            if !quotes.is_empty() {
                let total = quotes.len();
                let page: Vec<Quote> = quotes.into_iter().take(LONGEST.max(self.limits.quotes)).collect();
                return Ok(Found::page(Kind::Quotes, page, false).map(|found| Found {
                    total: (total > found.quotes.len()).then_some(total),
                    coverage: candidate.coverage.min(1.0),
                    ..found
                }));
            }
        }
        Ok(None)
    }

    /// What the meeting itself says in these passages, but for what only leads over to its points.
    fn decisions(&self, matter: &[Hit], evidence: &Evidence, score: f32) -> Vec<Quote> {
        let mut quotes = Vec::new();
        for hit in matter {
            let passage = &hit.passage;
            let of_meeting = |said: &Said| matches!(said.voice, Voice::Group { .. });
            let mut decides = false;
            for said in &passage.remarks {
                // 3.教师由教育局会同编办配备: a point goes on from the points before it, whoever is named in it.
                decides = of_meeting(said) || decides && !said.voice.is_spoken() && is_point(passage.words_of(said));
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
        let text = hit.passage.text.as_str();
        let first = crate::text::sentences(text)
            .first()
            .map_or(text, |first| first.of(text));
        OPENS.iter().any(|word| first.contains(word)) && hit.passage.remarks.iter().any(|said| !said.voice.is_spoken())
    };
    let from = (first..=here).rev().find(|at| opens(&all[*at])).unwrap_or(first);
    let until = (here + 1..last).find(|at| opens(&all[*at])).unwrap_or(last);
    &all[from..until]
}
