//! Whether a passage is of what is asked at all: what is not leads to a refusal.

use super::bearing::SPEAKER;
use super::coverage::Told;
use super::evidence::Evidence;
use super::leading::{tells, with_lead_in};
use super::ranking::Candidate;
use super::wanted::Unit;
use super::weights::Weights;
use crate::index::normalized;
use crate::question::{NamedDays, Question, Scope, Want};

/// Shortest phrase in quotation marks that tells by itself what is asked of, in characters.
const PHRASE: usize = 5;

/// Decides it for one question.
pub struct OfIt<'w> {
    weights: &'w Weights,
    question: &'w Question,
    lift: f32,
    /// Only somebody's words, or a meeting's, are looked at: people ask of them in other words than theirs.
    narrowed: bool,
    /// Nobody in particular is asked of.
    open: bool,
    /// What is asked in a word or two is told by them: 一年要花多少钱.
    few: bool,
    soft: bool,
    counts: bool,
    /// A day is named, and no whole year.
    dated: bool,
    /// What its number or day is told in.
    unit: Unit,
    /// A word that only an answer has stands in each candidate, and somebody's words alone are looked at.
    told_by_sign: bool,
    /// What somebody said is asked for.
    of_words: bool,
    /// A place that is spoken of must be the passage's: that is much of it.
    placed: bool,
}

impl<'w> OfIt<'w> {
    pub fn new(question: &'w Question, evidence: &Evidence, weights: &'w Weights) -> OfIt<'w> {
        let narrowed = (!question.scope.parties.is_empty() && !question.scope.soft) || question.files.is_some();
        let words = question.topic.words.iter().filter(|word| !word.generic).count();
        OfIt {
            weights,
            question,
            lift: evidence.lift,
            narrowed,
            open: !narrowed && question.scope == Scope::default(),
            few: words as f32 <= weights.few,
            soft: question.scope.soft,
            dated: question.days.as_ref().is_some_and(NamedDays::are_few),
            unit: Unit::of(question),
            told_by_sign: question.scope.firm
                && !question.scope.is_of_counties()
                && !question.scope.parties.is_empty()
                && !question.topic.required.is_empty(),
            of_words: matches!(question.want, Want::Words | Want::List) && question.asks_what_is_said(),
            placed: !evidence.places.is_empty(),
            // A number of other things than those asked for is no answer.
            counts: question.want == Want::HowMany,
        }
    }

    /// Whether nobody in particular is asked of.
    pub fn is_open(&self) -> bool {
        self.open
    }

    /// Whether the remark says a phrase of the question letter for letter.
    fn says_the_phrase(&self, candidate: &Candidate<'_>) -> bool {
        let phrases = self.question.topic.quoted.iter();
        let mut phrases = phrases.filter(|phrase| phrase.chars().count() >= PHRASE).peekable();
        if phrases.peek().is_none() {
            return false;
        }
        let words = normalized(&with_lead_in(&candidate.hit.passage, candidate.said));
        phrases.any(|phrase| words.contains(&normalized(phrase)))
    }

    pub fn holds(&self, candidate: &Candidate<'_>) -> bool {
        let weights = self.weights;
        let passage = &candidate.hit.passage;
        // “先修路,再通电”是谁在哪天说的: just these words are of it, whatever is asked of them.
        if self.says_the_phrase(candidate) {
            return true;
        }
        // Where nobody in particular is asked of, the words that are shown must tell it.
        let told_in = || match self.open {
            true => candidate.window.span.of(&passage.text).to_owned(),
            false => with_lead_in(passage, candidate.said),
        };
        if self.unit != Unit::None && !self.unit.is_told(&told_in(), self.question) {
            return false;
        }
        // 随后作了表态发言: that somebody spoke does not tell what they said.
        if self.of_words && !tells(passage, candidate.said) {
            return false;
        }
        let own = self.narrowed || (self.soft && candidate.bears >= SPEAKER);
        let Told { words, pairs } = candidate.told;
        let score = (1.0 + candidate.hit.score * self.lift).ln();
        let together = weights.of_words * words
            + weights.of_pairs * pairs
            + weights.of_index * score
            + weights.of_apart * candidate.apart;
        // 7月9号晚上晓天是什么情况: a paper of just that day is of it already.
        if self.dated && candidate.of_day {
            return words >= weights.least;
        }
        // 他多大岁数: whoever is asked of tells an age, in whatever words.
        if self.told_by_sign {
            return true;
        }
        if self.question.by_words {
            return words >= weights.enough;
        }
        match self.open {
            // The pairs may be of a name alone.
            true if self.few => {
                words >= weights.enough_of_few || words >= weights.least && together >= weights.together_of_few
            }
            true if self.placed && candidate.holds_rarest => words >= weights.enough_of_few,
            true => words >= weights.enough || together >= weights.together,
            // 二中扩建总投资多少: a sum of anything else of the county is none.
            false if self.soft && self.counts && !candidate.holds_thing => false,
            false if own && !self.counts => words >= weights.least_of_party,
            false => words >= weights.least,
        }
    }
}
