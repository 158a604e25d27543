//! Whether somebody said it: 王静是不是说过“先修路”. The words are looked for with everybody; negations and figures must
//! agree.

use super::evidence::Evidence;
use super::ranking::candidates;
use super::repeats::{decisive, pairs};
use super::respond::{Found, Responder};
use super::{Kind, Quote, Verdict};
use crate::index::{IndexError, normalized};
use crate::question::{PartyKind, Question, Scope, Topic};
use crate::text::{Span, clauses};

/// Passages that are looked through.
const HITS: usize = 40;
/// Most clauses that such words may stand in.
const CLAUSES: usize = 4;
/// Shortest phrase in characters.
const SHORTEST: usize = 3;

impl Responder<'_> {
    /// The quotes that say it, with the verdict; `None` where nobody says it.
    pub(super) fn verdict(&self, question: &Question) -> Result<Option<Found>, IndexError> {
        let anybody = Question {
            scope: Scope::default(),
            within: None,
            ..question.clone()
        };
        let long = |phrase: &&String| ink(phrase).chars().count() >= SHORTEST;
        let phrase = question.topic.quoted.iter().find(long).cloned();
        let asked = match &phrase {
            Some(phrase) => Question {
                topic: Topic::of(phrase, &[], &[], false),
                ..anybody
            },
            None => anybody,
        };
        let evidence = Evidence::of(&asked, self.snapshot, self.weights)?;
        if evidence.pieces.is_empty() {
            return Ok(None);
        }
        let mut hits = self.snapshot.search(&evidence.query(&asked, Vec::new()), HITS)?;
        if !question.scope.parties.is_empty() {
            // Whoever is asked of is looked at, however much others say of it.
            let of_them = Question {
                scope: question.scope.clone(),
                ..asked.clone()
            };
            for hit in self.snapshot.search(&evidence.query(&of_them, Vec::new()), HITS)? {
                if !hits.iter().any(|known| known.is(&hit)) {
                    hits.push(hit);
                }
            }
        }
        let found = candidates(&hits, &asked, &evidence, self.snapshot, self.limits.quote_chars);
        // “石屏算的是空间账”是贺春生说的吗: beside somebody a county is where it is, or in the phrase.
        let parties = &question.scope.parties;
        let someone = parties.iter().any(|party| party.kind != PartyKind::County);
        let asked_of: Vec<_> = parties
            .iter()
            .filter(|party| !someone || party.kind != PartyKind::County)
            .collect();
        let (mut theirs, mut others): (Vec<Quote>, Vec<Quote>) = (Vec::new(), Vec::new());
        for candidate in found.iter().filter(|candidate| candidate.said.voice.is_spoken()) {
            let text = &candidate.hit.passage.text;
            let span = match &phrase {
                Some(phrase) => said_in(
                    text,
                    candidate.said.span,
                    phrase,
                    self.weights.nearly,
                    self.limits.quote_chars,
                ),
                None => {
                    let figures = asked.topic.words.iter().map(|word| word.term.as_str());
                    // 2024年论坛上: when it was said, and not what.
                    let of_days = |term: &str| question.days.is_some() && is_year(term);
                    let figures: Vec<&str> = figures.filter(|term| is_figure(term) && !of_days(term)).collect();
                    // 7月20号 and 7月20日 are one day.
                    let one_form = |text: &str| text.replace('号', "日");
                    let there = one_form(&normalized(candidate.window.span.of(text)));
                    let agree = figures.iter().all(|figure| there.contains(&one_form(figure)));
                    // Figures that agree tell as much as words.
                    let figured = figures
                        .iter()
                        .any(|figure| figure.contains(|c: char| c.is_ascii_digit()));
                    let least = self.weights.said - if figured { self.weights.figured } else { 0.0 };
                    (candidate.coverage >= least && agree).then_some(candidate.window.span)
                }
            };
            let Some(span) = span else { continue };
            let quote = candidate.quote(span, &evidence, self.snapshot);
            let is_theirs = asked_of.iter().any(|party| party.speaks(&candidate.said.voice));
            let side = if is_theirs || question.scope.parties.is_empty() {
                &mut theirs
            } else {
                &mut others
            };
            super::repeats::add(side, quote);
        }
        if theirs.is_empty() && others.is_empty() {
            return self.nearest(question, &asked);
        }
        let (verdict, mut quotes) = if theirs.is_empty() {
            (Verdict::SaidByOther, others)
        } else {
            (Verdict::Said, theirs)
        };
        quotes.truncate(if phrase.is_some() { self.limits.quotes } else { 1 });
        Ok(Found::of(Kind::Quotes, quotes).map(|found| Found {
            verdict: Some(verdict),
            ..found
        }))
    }
}

impl Responder<'_> {
    /// What comes nearest to words that nobody said: of whoever is asked of, where somebody is.
    fn nearest(&self, question: &Question, asked: &Question) -> Result<Option<Found>, IndexError> {
        let of_them = Question {
            scope: Scope {
                firm: true,
                ..question.scope.clone()
            },
            ..asked.clone()
        };
        let found = self.quotes(&of_them)?;
        let near = found.filter(|found| found.coverage >= self.weights.nearest);
        Ok(near.map(|mut found| {
            found.quotes.truncate(1);
            Found {
                verdict: Some(Verdict::NotFound),
                more: false,
                ..found
            }
        }))
    }
}

/// Whether a word is a year: 2024, 2024年.
fn is_year(word: &str) -> bool {
    let number = word.strip_suffix('年').unwrap_or(word).parse::<i32>();
    number.is_ok_and(|number| (1949..2100).contains(&number))
}

/// Whether a word is a number that must agree: 12万, 五家; 一个 counts nothing.
fn is_figure(word: &str) -> bool {
    let counts = word.starts_with(|c| "二两三四五六七八九十百千".contains(c)) && word.chars().nth(1).is_some();
    counts || word.contains(|c: char| c.is_ascii_digit())
}

/// The letters and digits of a text, folded.
fn ink(text: &str) -> String {
    normalized(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The clauses of a remark that say a phrase, in its words or nearly; as many around them as make a sentence are not
/// needed.
fn said_in(text: &str, remark: Span, phrase: &str, nearly: f32, longest: usize) -> Option<Span> {
    let wanted = ink(phrase);
    let all = pairs(&wanted);
    let clauses: Vec<Span> = clauses(remark.of(text))
        .into_iter()
        .map(|one| one.shifted(remark.start()))
        .collect();
    let mut best: Option<(f32, Span)> = None;
    for first in 0..clauses.len() {
        for last in first..clauses.len().min(first + CLAUSES) {
            let span = Span::new(clauses[first].start(), clauses[last].end());
            let words = span.of(text);
            if words.chars().count() > longest {
                break;
            }
            let there = ink(words);
            let share = if there.contains(&wanted) {
                1.0
            } else if all.is_empty() || decisive(&there) != decisive(&wanted) {
                continue;
            } else {
                all.intersection(&pairs(&there)).count() as f32 / all.len() as f32
            };
            // Of as much in fewer clauses the fewer.
            if share >= nearly
                && best.is_none_or(|(most, shortest)| share > most || (share == most && span.len() < shortest.len()))
            {
                best = Some((share, span));
            }
        }
    }
    best.map(|(_, span)| span)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::Weights;

    fn told(text: &str, phrase: &str) -> Option<String> {
        said_in(text, Span::new(0, text.len()), phrase, Weights::shared().nearly, 100)
            .map(|span| span.of(text).to_owned())
    }

    #[test]
    fn a_phrase_is_found_in_its_words_or_nearly() {
        let text = "今年雨多，桥要先修好，再修路，一户都不能漏。";
        assert_eq!(told(text, "桥要先修好,再修路").as_deref(), Some("桥要先修好，再修路，"));
        assert_eq!(
            told(text, "桥要先修好再去修路").as_deref(),
            Some("桥要先修好，再修路，")
        );
    }

    #[test]
    fn negations_and_figures_must_agree() {
        assert_eq!(told("今年要修三条路，投资12万元。", "今年不要修三条路"), None);
        assert_eq!(told("投资12万元，明年通车。", "投资112万元"), None);
    }
}
