//! The passages that answer a question, best first: searched, ranked, and cut into quotes.

use super::agreeing::agrees;
use super::asking::ASKING;
use super::evidence::{Evidence, PieceKind};
use super::leading::with_decision;
use super::of_it::OfIt;
use super::ranking::{Candidate, Features, candidates};
use super::respond::{Found, Limits, Responder};
use super::summary::{of_scope, passages, remarks};
use super::wanted::{lasts, measured};
use super::window::{points, whole};
use super::{Kind, Quote, meetings};
use crate::index::{Filter, Hit, IndexError};
use crate::question::{Question, Want};
use crate::text::{Span, is_han, is_sentence_mark};

/// Most files that a day or a year narrows a question to.
const FILES: usize = 1000;
/// Fewest passages that are looked at closely.
const FEWEST_HITS: usize = 12;
/// How many passages are looked at closely: enough for the page asked for, and for other counties' words where several
/// counties are asked for.
pub(super) fn hits_for(question: &Question, limits: Limits) -> usize {
    let breadth = if question.want == Want::Counties { 4 } else { 2 };
    let pages = question.page.saturating_add(1);
    limits
        .quotes
        .saturating_mul(pages)
        .saturating_mul(breadth)
        .max(FEWEST_HITS)
}

/// The best of each county first, then the second of each, and so on.
fn breadth(found: Vec<Candidate<'_>>) -> Vec<Candidate<'_>> {
    let mut counted: Vec<(usize, Candidate<'_>)> = Vec::new();
    for candidate in found {
        let county = candidate.said.voice.county().cloned();
        let rank = counted
            .iter()
            .filter(|(_, other)| other.said.voice.county() == county.as_ref())
            .count();
        counted.push((rank, candidate));
    }
    counted.sort_by_key(|(rank, _)| *rank);
    counted.into_iter().map(|(_, candidate)| candidate).collect()
}

/// What may be asked of somebody without a thing to look for.
const OPEN: [Want; 5] = [Want::Words, Want::List, Want::Summary, Want::Comparison, Want::Who];
/// Wordings that ask whether something is so: where nothing is said of it, there is nothing to answer.
const ASKS_WHETHER: [&str; 5] = ["吗", "有没有", "是不是", "是否", "有无"];
/// Fewest quotes of a person or county that is asked of, where there are as many.
const FEWEST: usize = 3;

/// Whether it is asked what counties said for which nobody is known to speak: what others say of them is no answer.
fn asks_a_silent_county(question: &Question) -> bool {
    let scope = &question.scope;
    let silent = !scope.parties.is_empty() && scope.parties.iter().all(|party| party.voices.is_empty());
    silent && scope.soft && scope.firm && scope.is_of_counties() && question.asks_what_is_said()
}

/// How many remarks before somebody's may raise what they speak of.
const RAISED: usize = 2;

fn has_party(question: &Question) -> bool {
    !question.scope.parties.is_empty() && !question.scope.soft
}

/// How much of what is asked the candidate holds that holds most.
fn best(found: &[Candidate<'_>]) -> f32 {
    found.iter().map(|candidate| candidate.coverage).fold(0.0, f32::max)
}

/// What stands behind 对 and before what is asked of it, in a folded question: 企业上市 of 对企业上市有什么要求.
fn toward(typed: &str) -> Option<&str> {
    let behind = &typed[typed.find('对')? + '对'.len_utf8()..];
    let end = ASKING
        .toward
        .iter()
        .filter_map(|word| behind.find(*word))
        .filter(|at| *at > 0)
        .min()?;
    Some(&behind[..end]).filter(|words| words.chars().all(is_han))
}

/// Most words of a matter of which the rarest must be named; of more half is enough.
const SHORT_MATTER: usize = 2;

/// A word of what somebody is asked about, with those that stand for it by hand.
struct Matter {
    term: String,
    by_hand: Vec<&'static str>,
}

/// Whether a remark, what leads over into it, its speaker or its heading name a matter, or what stands for its words by hand.
fn names_it(candidate: &Candidate<'_>, matter: &[Matter]) -> bool {
    let passage = &candidate.hit.passage;
    let own = super::leading::with_lead_in(passage, candidate.said);
    let parts = [
        passage.section.as_deref(),
        candidate.said.voice.office(),
        Some(own.as_str()),
    ];
    let text = crate::index::normalized(&parts.into_iter().flatten().collect::<Vec<_>>().join(" "));
    let stands =
        |word: &Matter| text.contains(word.term.as_str()) || word.by_hand.iter().any(|near| text.contains(near));
    match matter {
        [rarest, ..] if matter.len() <= SHORT_MATTER => stands(rarest),
        _ => 2 * matter.iter().filter(|word| stands(word)).count() >= matter.len(),
    }
}

impl Responder<'_> {
    /// The passages that answer, best first.
    pub(super) fn quotes(&self, question: &Question) -> Result<Option<Found>, IndexError> {
        let mut evidence = Evidence::of(question, self.snapshot, self.weights)?;
        let has_scope = !question.scope.parties.is_empty() || question.scope.groups;
        if evidence.pieces.is_empty() && has_scope {
            let (quotes, more) = of_scope(self.snapshot, question, &evidence, self.limits.quotes, self.limits)?;
            return Ok(Found::page(Kind::Quotes, quotes, more));
        }
        // With a topic of its own a year may as well be what was said.
        let of_meetings = question.is_of_meetings();
        let mut filters: Vec<Filter> = self.days(question).filter(|_| of_meetings).into_iter().collect();
        if !question.topic.is_specific() && !has_scope && filters.is_empty() {
            filters.push(Filter::File(meetings::meant(self.snapshot, question).0));
        }
        evidence.near = self.near_to(question, &filters);
        let hits = self.hits(question, &evidence, &filters)?;
        let mut found = self.of_it(question, &evidence, &hits);
        let wider_hits;
        if evidence.may_be_meant_otherwise() && best(&found) < self.weights.table_unless {
            let mut wider = evidence.clone();
            wider.widen(self.snapshot)?;
            wider_hits = self.hits(question, &wider, &filters)?;
            wider.learn(&wider_hits, self.snapshot)?;
            let others = self.of_it(question, &wider, &wider_hits);
            if best(&others) > best(&found) {
                (evidence, found) = (wider, others);
            }
        }
        if found.is_empty() {
            return Ok(None);
        }
        let best = best(&found);
        let scored: Vec<(String, f32, Features)> = found
            .iter()
            .map(|candidate| (candidate.hit.file.clone(), candidate.score, candidate.features.clone()))
            .collect();
        let (quotes, more) = self.choose(question, &evidence, found)?;
        let of = |quote: &Quote| {
            scored
                .iter()
                .find(|(file, score, _)| *file == quote.file && *score == quote.score)
        };
        let scores = quotes
            .iter()
            .map(|quote| of(quote).map_or_else(Features::default, |(.., features)| features.clone()));
        let scores = scores.collect();
        Ok(Found::page(Kind::Quotes, quotes, more).map(|found| Found {
            in_other_words: evidence.stood(&found.quotes),
            coverage: best.min(1.0),
            scores,
            ..found
        }))
    }

    /// The passages that are looked at closely.
    fn hits(&self, question: &Question, evidence: &Evidence, filters: &[Filter]) -> Result<Vec<Hit>, IndexError> {
        let query = evidence.query(question, filters.to_vec());
        let most = hits_for(question, self.limits);
        let mut hits = self.snapshot.search(&query, most)?;
        self.add_near(&mut hits, &query, &evidence.near)?;
        if question.scope.soft {
            // Those who speak for the county are looked at, whatever words they use: 修三里湾的堤 for 修堤.
            let labels = question.scope.parties.iter().map(|party| party.label.clone()).collect();
            let mut own = query;
            own.filters.push(Filter::County(labels));
            for hit in self.snapshot.search(&own, most)? {
                if !hits.iter().any(|known| known.is(&hit)) {
                    hits.push(hit);
                }
            }
        }
        Ok(hits)
    }

    /// The candidates of the hits that are of what is asked, best first.
    fn of_it<'h>(&self, question: &Question, evidence: &Evidence, hits: &'h [Hit]) -> Vec<Candidate<'h>> {
        let mut found = candidates(hits, question, evidence, self.snapshot, self.limits.quote_chars);
        let of_it = OfIt::new(question, evidence, self.weights);
        // 年底前要办成什么: what is asked of somebody without a thing to look for.
        let asks_anything = (has_party(question) || !evidence.required.is_empty())
            && evidence.is_of_predicates()
            // 对高考有什么要求: a thing, whatever the dictionary calls it.
            && !question.typed.contains('对')
            && !ASKS_WHETHER.iter().any(|word| question.typed.contains(word))
            && (!evidence.required.is_empty() || OPEN.contains(&question.want) || lasts(question));
        if lasts(question) && has_party(question) {
            found.retain(|candidate| measured(question, candidate.window.span.of(&candidate.hit.passage.text)) > 0.0);
        }
        if !asks_anything {
            found.retain(|candidate| of_it.holds(candidate));
        }
        // 孟县长对校车怎么说: whose words name nothing of it did not speak of it, unless they were asked.
        let of_somebody = has_party(question) && !question.scope.is_of_counties();
        let is_theirs = |candidate: &Candidate<'_>| {
            let name = candidate.said.voice.name();
            of_somebody || name.is_some_and(|name| question.topic.persons.iter().any(|person| person == name))
        };
        found.retain(|candidate| {
            !is_theirs(candidate) || candidate.names_matter || self.is_raised_before(candidate, evidence)
        });
        // 对企业上市有什么要求: whoever speaks of firms alone did not speak of that.
        if of_somebody && let Some(matter) = self.matter_toward(question) {
            found.retain(|candidate| names_it(candidate, &matter) || self.is_raised_before(candidate, evidence));
        }
        if asks_a_silent_county(question) {
            found.retain(|candidate| self.may_speak_for(question, candidate));
        }
        found.retain(|candidate| agrees(question, candidate, self.snapshot));
        found
    }

    /// The words of what somebody is asked about behind 对, the rarest first: 上市, 企业 of 对企业上市有什么要求; `None` where nothing
    /// stands there.
    fn matter_toward(&self, question: &Question) -> Option<Vec<Matter>> {
        let words = crate::index::words(toward(&question.typed)?);
        let mut counted: Vec<(u64, String)> = words
            .into_iter()
            .map(|token| token.term)
            .filter(|term| term.chars().nth(1).is_some())
            .filter_map(|term| Some((self.snapshot.frequency(crate::index::Unit::Word, &term).ok()?, term)))
            .collect();
        counted.sort();
        let matter = counted.into_iter().map(|(_, term)| Matter {
            by_hand: crate::near::by_hand(&term),
            term,
        });
        Some(matter.collect()).filter(|matter: &Vec<Matter>| !matter.is_empty())
    }

    /// Whether somebody of whom no county is known may speak for one that is asked: the paper is at home there, or what the words stand
    /// under names it.
    fn may_speak_for(&self, question: &Question, candidate: &Candidate<'_>) -> bool {
        let heads = [
            candidate.hit.passage.section.as_deref(),
            candidate.said.voice.office(),
            candidate.said.voice.name(),
        ];
        let heads = crate::index::normalized(&heads.into_iter().flatten().collect::<Vec<_>>().join(" "));
        let mut parties = question.scope.parties.iter();
        candidate.bears >= self.weights.home || parties.any(|party| party.is_named_in(&heads))
    }

    /// Whether what is asked is named by whoever spoke right before, in the same paper.
    fn is_raised_before(&self, candidate: &Candidate<'_>, evidence: &Evidence) -> bool {
        let Ok(hits) = passages(self.snapshot, std::slice::from_ref(&candidate.hit.file)) else {
            return false;
        };
        let here = candidate.hit.passage.place_of(candidate.said.span).start;
        let before = remarks(&hits)
            .filter(|(hit, said)| said.voice.is_spoken() && hit.passage.place_of(said.span).end <= here)
            .collect::<Vec<_>>();
        let entry = self.snapshot.catalogue().file(&candidate.hit.file);
        let matter = evidence.matter(entry.and_then(|entry| entry.county()));
        before.iter().rev().take(RAISED).any(|(hit, said)| {
            let voice = [said.voice.name(), said.voice.office()];
            let voice = voice.into_iter().flatten().collect::<String>();
            let words = crate::index::normalized(&format!("{voice} {}", hit.passage.words_of(said)));
            matter.iter().any(|index| evidence.stands_in(*index, &words))
        })
    }

    /// The files of the meetings on the days that a question names; `None` where it names none, or where no meeting was
    /// held on them: the day is then part of what is asked.
    pub(super) fn days(&self, question: &Question) -> Option<Filter> {
        question.days.as_ref()?;
        let files: Vec<String> = self
            .snapshot
            .catalogue()
            .files()
            .filter(|entry| question.means_days_of(entry.dates()))
            .map(|entry| entry.file.to_owned())
            .take(FILES)
            .collect();
        (!files.is_empty()).then_some(Filter::File(files))
    }

    /// The quotes of the candidates: the best, those that come near it, each stretch once. The second value tells
    /// whether another page follows.
    fn choose(
        &self,
        question: &Question,
        evidence: &Evidence,
        found: Vec<Candidate<'_>>,
    ) -> Result<(Vec<Quote>, bool), IndexError> {
        let floor = best(&found).min(1.0)
            * if question.whose {
                self.weights.beside_whose
            } else {
                self.weights.beside
            };
        // Who said it, and which counties: all of them.
        let many = question.whose || question.want == Want::Counties || question.shape.all;
        let behind = if many {
            self.weights.behind_many
        } else {
            self.weights.behind
        };
        let near = found.iter().filter(|candidate| candidate.coverage >= floor);
        let lowest = near.map(|candidate| candidate.score).fold(f32::MIN, f32::max) - behind;
        // A fact is of the thing that is asked of; a paraphrase may call it otherwise.
        let facts = [
            Want::When,
            Want::Where,
            Want::HowMany,
            Want::Who,
            Want::Counties,
            Want::Definition,
        ];
        let is_fact = facts.contains(&question.want);
        let best_holds = found
            .iter()
            .find(|candidate| candidate.coverage >= floor)
            .is_some_and(|candidate| candidate.holds_rarest);
        // Where the best has a number of what is counted, those without one answer nothing.
        let counts = |candidate: &Candidate<'_>| {
            let words = candidate.window.span.of(&candidate.hit.passage.text);
            question.want == Want::HowMany && measured(question, words) > 0.0
        };
        let top = found.first().map_or(0.0, |best| best.score);
        let best_counts = found
            .iter()
            .take_while(|candidate| candidate.score >= top - self.weights.measured)
            .any(counts);
        let all = found;
        // What falls far behind the best follows on the pages behind the first.
        let (mut found, behind): (Vec<Candidate<'_>>, Vec<Candidate<'_>>) = all
            .iter()
            .filter(|candidate| candidate.coverage >= floor && (!best_holds || !is_fact || candidate.holds_rarest))
            .cloned()
            .partition(|candidate| candidate.score >= lowest && (!best_counts || counts(candidate)));
        if question.want == Want::Counties {
            found = breadth(found);
        }
        let near_best = found.len();
        found.extend(behind);
        let mut quotes: Vec<Quote> = Vec::new();
        let mut limit = self.limits.quotes;
        let mut first_page = None;
        for (index, candidate) in found.iter().enumerate() {
            if index == near_best {
                first_page = Some(quotes.len().min(limit));
            }
            if quotes.len() < limit
                && let Some(instead) = self.instead(question, candidate, evidence)?
            {
                for one in instead {
                    super::repeats::add(&mut quotes, one);
                }
                limit = limit.max(quotes.len());
                continue;
            }
            let words = evidence
                .pieces
                .iter()
                .enumerate()
                .any(|(index, piece)| piece.kind != PieceKind::Answer && candidate.window.set >> index & 1 == 1);
            if !words && !quotes.is_empty() && question.topic.is_specific() {
                continue;
            }
            let first = quotes.is_empty() && question.page == 0;
            for span in self.spans(question, candidate) {
                let one = candidate.quote(span, evidence, self.snapshot);
                super::repeats::add(&mut quotes, one);
            }
            if first && let Some(told) = self.told_behind(question, candidate, evidence)? {
                super::repeats::add(&mut quotes, told);
            }
        }
        let first_page = first_page.unwrap_or(limit).min(quotes.len());
        if question.page == 0 {
            let follows = quotes.len() > first_page;
            quotes.truncate(first_page);
            if has_party(question) {
                // Whoever is asked of is heard in more than one breath: what stands beside the best quote goes with it.
                let told = question.topic.is_specific() && floor >= self.weights.beside * self.weights.stands_alone;
                let fewest = if told { FEWEST - 1 } else { FEWEST };
                let beside = self.beside(evidence, &all, &quotes, fewest.min(limit).saturating_sub(quotes.len()));
                quotes.extend(beside);
            }
            let more = follows || !self.rest_of(evidence, &found[..near_best], &quotes, 1).is_empty();
            return Ok((quotes, more));
        }
        // The first page holds what answers; what is left of it follows on the pages behind.
        let mut later = quotes.split_off(first_page);
        let until = question.page.saturating_mul(limit);
        if later.len() <= until {
            quotes.extend(later.iter().cloned());
            later.extend(self.rest_of(evidence, &found, &quotes, until.saturating_add(1) - later.len()));
        }
        let more = later.len() > until;
        let page = later.into_iter().skip(until - limit).take(limit).collect();
        Ok((page, more))
    }

    /// The remarks nearest to the best quote in its report, of those that may speak; at most `most`.
    fn beside(&self, evidence: &Evidence, all: &[Candidate<'_>], known: &[Quote], most: usize) -> Vec<Quote> {
        let Some(best) = known.first() else { return Vec::new() };
        if most == 0 {
            return Vec::new();
        }
        let mut near: Vec<(usize, &Candidate<'_>, Span)> = Vec::new();
        for candidate in all.iter().filter(|candidate| {
            let voice = &candidate.said.voice;
            voice.is_spoken() && voice.name() == best.voice.name() && candidate.hit.file == best.file
        }) {
            let passage = &candidate.hit.passage;
            for span in whole(&passage.text, candidate.said.span, self.limits.quote_chars) {
                // A heading of a speech is no breath of it.
                if !span.of(&passage.text).contains(is_sentence_mark) {
                    continue;
                }
                let at = passage.place_of(span);
                let is_known = known
                    .iter()
                    .any(|other| other.file == best.file && other.at.overlaps(at));
                if !is_known {
                    let gap = match at.end <= best.at.start {
                        true => best.at.start - at.end,
                        false => at.start.saturating_sub(best.at.end),
                    };
                    near.push((gap, candidate, span));
                }
            }
        }
        near.sort_by_key(|(gap, ..)| *gap);
        near.truncate(most);
        near.into_iter()
            .map(|(_, candidate, span)| candidate.quote(span, evidence, self.snapshot))
            .collect()
    }

    /// What is left of the remarks that were quoted, from their beginnings on: for 还有吗. At most `most`.
    fn rest_of(&self, evidence: &Evidence, found: &[Candidate<'_>], known: &[Quote], most: usize) -> Vec<Quote> {
        let mut rest: Vec<Quote> = Vec::new();
        for candidate in found.iter().filter(|candidate| candidate.said.voice.is_spoken()) {
            let text = &candidate.hit.passage.text;
            for span in whole(text, candidate.said.span, self.limits.quote_chars) {
                if rest.len() == most {
                    return rest;
                }
                let one = candidate.quote(span, evidence, self.snapshot);
                if !known.iter().any(|other| other.overlaps(&one)) && !rest.contains(&one) {
                    rest.push(one);
                }
            }
        }
        rest
    }

    /// A list runs from its first point to its last, in as many pieces as it needs; everything else is one window.
    fn spans(&self, question: &Question, candidate: &Candidate<'_>) -> Vec<Span> {
        if question.want != Want::List {
            let longest = self.limits.quote_chars;
            return vec![with_decision(
                &candidate.hit.passage,
                candidate.said,
                candidate.window.span,
                longest,
            )];
        }
        let text = &candidate.hit.passage.text;
        match points(text, candidate.said.span) {
            Some(points) if !candidate.window.span.contains(points) && points.overlaps(candidate.window.span) => {
                whole(text, points, self.limits.quote_chars)
            }
            _ => vec![candidate.window.span],
        }
    }
}
