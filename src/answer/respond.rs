//! From a question to its answer: which way each kind of question takes.

use super::evidence::{Evidence, PieceKind};
use super::ranking::{Candidate, candidates, quote};
use super::refusal::{reason, refuse};
use super::summary::{LONGEST, of_meeting, of_scope, roster};
use super::verify::standing;
use super::weights::Weights;
use super::window::whole;
use super::{Answer, Body, Kind, Quote, Reason, meetings};
use crate::index::{Filter, IndexError, Query, Snapshot};
use crate::question::{Names, Party, Question, Scope, Topic, Want};

/// How much an answer may show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Most quotes.
    pub quotes: usize,
    /// Longest quote in characters.
    pub quote_chars: usize,
}

/// How much of a question's words must stand in a passage for it to tell which meeting is meant.
const NAMED: f32 = 0.6;
/// Most files that a day or a year narrows a question to.
const FILES: usize = 1000;
/// Fewest passages that are looked at closely.
const FEWEST_HITS: usize = 12;
/// The least share of the topic's words that an answer's passage holds. Measured on CMRC 2018's trial set: of questions
/// with an answer in the files 0.6 % are refused, of questions without one 32 % get some quote; at 0.20 these are 0.3 %
/// and 57 %, at 0.42 1.5 % and 17 %.
const COVERAGE: f32 = 0.30;

/// Answers a question from one state of the knowledge.
///
/// # Errors
///
/// Where the index cannot be read.
pub fn respond(
    typed: &str,
    after: &[String],
    snapshot: &Snapshot,
    names: &Names,
    limits: Limits,
) -> Result<Answer, IndexError> {
    respond_with(Weights::shared(), typed, after, snapshot, names, limits)
}

/// As [`respond`], with other weights: for finding them.
///
/// # Errors
///
/// Where the index cannot be read.
pub fn respond_with(
    weights: &Weights,
    typed: &str,
    after: &[String],
    snapshot: &Snapshot,
    names: &Names,
    limits: Limits,
) -> Result<Answer, IndexError> {
    let limits = Limits {
        quotes: limits.quotes.max(1),
        quote_chars: limits.quote_chars.max(1),
    };
    let parts = several(typed);
    if parts.len() > 1 {
        return each_of(weights, &parts, typed, after, snapshot, names, limits);
    }
    let mut question = Question::understand(typed, after, names);
    // What people ask is written down at the deepest level only.
    tracing::trace!(?question, "understood");
    let responder = Responder {
        snapshot,
        limits,
        weights,
    };
    if question.speaker_of_answer {
        responder.resolve_speaker(&mut question, names)?;
    }
    let found = if question.is_empty() {
        None
    } else {
        responder.find(&question)?
    };
    let found = found
        .map(|(kind, quotes)| (kind, standing(quotes, snapshot)))
        .filter(|(_, quotes)| !quotes.is_empty());
    let body = match found {
        Some((kind, quotes)) => Body::Found { kind, quotes },
        None if question.page > 0 => refuse(snapshot, Reason::NoMore),
        None => refuse(snapshot, reason(&question)),
    };
    Ok(Answer {
        question: typed.to_owned(),
        taken: question.taken,
        body,
    })
}

/// Most questions of one message that are answered.
const QUESTIONS: usize = 4;

/// The questions of a message that asks several: 彬州怎么评价示范点?礼泉下一步做什么?
fn several(typed: &str) -> Vec<&str> {
    typed
        .split(['?', '？', '\n'])
        .map(str::trim)
        .filter(|part| part.chars().filter(|c| c.is_alphanumeric()).count() >= 4)
        .take(QUESTIONS)
        .collect()
}

/// Answers several questions of one message: the best quote of each first, then the second of each.
fn each_of(
    weights: &Weights,
    parts: &[&str],
    typed: &str,
    after: &[String],
    snapshot: &Snapshot,
    names: &Names,
    limits: Limits,
) -> Result<Answer, IndexError> {
    let mut before = after.to_vec();
    let mut answers: Vec<Answer> = Vec::new();
    for part in parts {
        answers.push(respond_with(weights, part, &before, snapshot, names, limits)?);
        before.push((*part).to_owned());
    }
    let taken = answers.iter().flat_map(|answer| answer.taken.clone()).collect();
    let mut quotes: Vec<Quote> = Vec::new();
    let deepest = answers.iter().map(|answer| answer.quotes().len()).max().unwrap_or(0);
    for rank in 0..deepest {
        for one in answers.iter().filter_map(|answer| answer.quotes().get(rank)) {
            super::repeats::add(&mut quotes, one.clone());
        }
    }
    quotes.truncate(limits.quotes.max(parts.len()));
    let body = match (quotes.is_empty(), answers.into_iter().next()) {
        (true, Some(first)) => first.body,
        _ => Body::Found {
            kind: Kind::Quotes,
            quotes,
        },
    };
    Ok(Answer {
        question: typed.to_owned(),
        taken,
        body,
    })
}

/// What the index is asked first for a question by itself, and for how many hits: for benches.
///
/// # Errors
///
/// Where the index cannot be read.
pub fn first_query(typed: &str, snapshot: &Snapshot, names: &Names) -> Result<(Query, usize), IndexError> {
    let question = Question::understand(typed, &[], names);
    let query = Evidence::of(&question, snapshot, Weights::shared())?.query(&question, Vec::new());
    let limits = Limits {
        quotes: 5,
        quote_chars: 200,
    };
    Ok((query, hits_for(&question, limits)))
}

/// How many passages are looked at closely: enough for the page asked for, and for other counties' words where several
/// counties are asked for.
fn hits_for(question: &Question, limits: Limits) -> usize {
    let breadth = if question.want == Want::Counties { 4 } else { 2 };
    (limits.quotes * (question.page + 1) * breadth).max(FEWEST_HITS)
}

type Found = Option<(Kind, Vec<Quote>)>;

struct Responder<'s> {
    snapshot: &'s Snapshot,
    limits: Limits,
    weights: &'s Weights,
}

impl Responder<'_> {
    /// 他 is whoever the answer to the question before quotes first.
    fn resolve_speaker(&self, question: &mut Question, names: &Names) -> Result<(), IndexError> {
        let Some(before) = question.before.take() else {
            return Ok(());
        };
        let quoted = self.find(&before)?.and_then(|(_, quotes)| quotes.into_iter().next());
        let Some(voice) = quoted.map(|quote| quote.voice) else {
            return Ok(());
        };
        let voices: Vec<_> = names
            .participants()
            .iter()
            .filter(|participant| participant.name.as_deref() == voice.name() && voice.name().is_some())
            .cloned()
            .collect();
        if let Some(name) = voice.name().filter(|_| !voices.is_empty()) {
            question.scope.parties = vec![Party {
                label: name.to_owned(),
                kind: crate::question::PartyKind::Person,
                voices,
            }];
            question.scope.firm = true;
        }
        Ok(())
    }

    fn find(&self, question: &Question) -> Result<Found, IndexError> {
        let silent = question.scope.parties.iter().any(|party| party.voices.is_empty());
        if silent && question.scope.firm {
            return Ok(None);
        }
        if silent {
            return self.find(&question.with_parties_spoken_of());
        }
        let found = match question.want {
            Want::Meetings => self.meetings()?,
            Want::Summary => self.summary(question)?,
            Want::Speakers => self.speakers(question)?,
            _ if question.scope.parties.len() > 1 => self.comparison(question)?,
            _ => self.quotes(question)?,
        };
        // A day that leads nowhere may be part of what is asked (到2027年产值多少).
        if found.is_none() && question.days.is_some() {
            return self.find(&Question {
                days: None,
                ..question.clone()
            });
        }
        // Parties that turn out not to speak of it may be what is spoken of.
        if found.is_none() && !question.scope.firm && !question.scope.parties.is_empty() {
            return self.find(&question.with_parties_spoken_of());
        }
        Ok(found)
    }

    /// The passages that answer, best first.
    fn quotes(&self, question: &Question) -> Result<Found, IndexError> {
        let evidence = Evidence::of(question, self.snapshot, self.weights)?;
        let has_scope = !question.scope.parties.is_empty() || question.scope.groups;
        if evidence.pieces.is_empty() && has_scope {
            let quotes = of_scope(self.snapshot, question, &evidence, self.limits.quotes, self.limits)?;
            return Ok(non_empty(Kind::Quotes, quotes));
        }
        // With a topic of its own a year may as well be what was said.
        let of_meeting = has_scope || !question.topic.is_specific();
        let mut filters: Vec<Filter> = self.days(question).filter(|_| of_meeting).into_iter().collect();
        if !question.topic.is_specific() && !has_scope && filters.is_empty() {
            filters.push(Filter::File(meetings::meant(self.snapshot, question).0));
        }
        let hits = self
            .snapshot
            .search(&evidence.query(question, filters), hits_for(question, self.limits))?;
        let found = candidates(&hits, question, &evidence, self.snapshot, self.limits.quote_chars);
        let Some(best) = found.iter().map(|candidate| candidate.coverage).reduce(f32::max) else {
            return Ok(None);
        };
        if best < COVERAGE {
            return Ok(None);
        }
        let quotes = self.choose(question, &evidence, found);
        Ok(non_empty(Kind::Quotes, quotes))
    }

    /// The files of the meetings on the days that a question names; `None` where it names none, or where no meeting was
    /// held on them: the day is then part of what is asked.
    fn days(&self, question: &Question) -> Option<Filter> {
        let days = question.days?;
        let files: Vec<String> = self
            .snapshot
            .catalogue()
            .files()
            .filter(|entry| entry.meeting().dates.is_some_and(|dates| days.include(dates)))
            .map(|entry| entry.file.to_owned())
            .take(FILES)
            .collect();
        (!files.is_empty()).then_some(Filter::File(files))
    }

    /// The quotes of the candidates: the best, those that come near it, each stretch once.
    fn choose(&self, question: &Question, evidence: &Evidence, found: Vec<Candidate<'_>>) -> Vec<Quote> {
        let floor = found
            .iter()
            .map(|candidate| candidate.coverage)
            .fold(0.0, f32::max)
            .min(1.0)
            * 0.3;
        let mut found: Vec<Candidate<'_>> = found
            .into_iter()
            .filter(|candidate| candidate.coverage >= floor)
            .collect();
        if question.want == Want::Counties {
            found = breadth(found);
        }
        let mut quotes: Vec<Quote> = Vec::new();
        for candidate in &found {
            let words = evidence
                .pieces
                .iter()
                .enumerate()
                .any(|(index, piece)| piece.kind != PieceKind::Answer && candidate.window.set >> index & 1 == 1);
            if !words && !quotes.is_empty() && question.topic.is_specific() {
                continue;
            }
            for span in self.spans(question, candidate) {
                let one = quote(
                    candidate.hit,
                    candidate.said,
                    span,
                    evidence,
                    candidate.score,
                    self.snapshot,
                );
                super::repeats::add(&mut quotes, one);
            }
        }
        let limit = self.limits.quotes;
        if question.page == 0 {
            quotes.truncate(limit);
            return quotes;
        }
        let mut later = quotes.split_off(limit.min(quotes.len()));
        let rest = self.rest_of(evidence, &found, &quotes, &later);
        later.extend(rest);
        later
            .into_iter()
            .skip((question.page - 1) * limit)
            .take(limit)
            .collect()
    }

    /// What is left of the remarks that were quoted, from their beginnings on: for 还有吗.
    fn rest_of(&self, evidence: &Evidence, found: &[Candidate<'_>], first: &[Quote], later: &[Quote]) -> Vec<Quote> {
        let mut rest: Vec<Quote> = Vec::new();
        for candidate in found.iter().filter(|candidate| candidate.said.voice.is_spoken()) {
            let text = &candidate.hit.passage.text;
            for span in whole(text, candidate.said.span, self.limits.quote_chars) {
                let one = quote(
                    candidate.hit,
                    candidate.said,
                    span,
                    evidence,
                    candidate.score,
                    self.snapshot,
                );
                let shown = |other: &Quote| {
                    other.file == one.file && other.at.start < one.at.end && one.at.start < other.at.end
                };
                let known = first.iter().chain(later).any(shown) || rest.contains(&one);
                if !known {
                    rest.push(one);
                }
            }
        }
        rest
    }

    /// A list runs from its first point to its last, in as many pieces as it needs; everything else is one window.
    fn spans(&self, question: &Question, candidate: &Candidate<'_>) -> Vec<crate::text::Span> {
        if question.want != Want::List {
            return vec![candidate.window.span];
        }
        let text = &candidate.hit.passage.text;
        match super::window::points(text, candidate.said.span) {
            Some(points) if !candidate.window.span.contains(points) && points.overlaps(candidate.window.span) => {
                whole(text, points, self.limits.quote_chars)
            }
            _ => vec![candidate.window.span],
        }
    }

    /// Each party's best words, side by side.
    fn comparison(&self, question: &Question) -> Result<Found, IndexError> {
        let each = (self.limits.quotes / question.scope.parties.len()).max(1);
        let mut sides: Vec<Vec<Quote>> = Vec::new();
        for party in &question.scope.parties {
            let one = Question {
                scope: Scope {
                    parties: vec![party.clone()],
                    firm: true,
                    groups: false,
                },
                want: Want::Words,
                ..question.clone()
            };
            let found = self.quotes(&one)?.map(|(_, quotes)| quotes).unwrap_or_default();
            sides.push(found.into_iter().take(each).collect());
        }
        let mut quotes = Vec::new();
        for row in 0..each {
            quotes.extend(sides.iter().filter_map(|side| side.get(row)).cloned());
        }
        Ok(non_empty(Kind::Comparison, quotes))
    }

    fn summary(&self, question: &Question) -> Result<Found, IndexError> {
        if !question.scope.parties.is_empty() {
            if question.topic.is_specific()
                && let Some((_, quotes)) = self.quotes(question)?
            {
                return Ok(non_empty(Kind::Summary, quotes));
            }
            let most = LONGEST.max(self.limits.quotes);
            let quotes = of_scope(self.snapshot, question, &Evidence::default(), most, self.limits)?;
            return Ok(non_empty(Kind::Summary, quotes));
        }
        let (files, named) = meetings::meant(self.snapshot, question);
        if named {
            return Ok(non_empty(
                Kind::Summary,
                of_meeting(self.snapshot, &files, self.limits)?,
            ));
        }
        let found = self.quotes(question)?;
        Ok(found.map(|(_, quotes)| (Kind::Summary, quotes)))
    }

    /// Who spoke: the sentence in which the report lists them, where it has one; then each speaker's words.
    fn speakers(&self, question: &Question) -> Result<Found, IndexError> {
        let files = match self.named_by_all_words(question)? {
            Some(file) => vec![file],
            None => meetings::meant(self.snapshot, question).0,
        };
        let counties = question.typed.contains(['县', '市', '区', '旗']) || question.typed.contains("count");
        let mut quotes: Vec<Quote> = roster(self.snapshot, &files, counties, self.limits)?
            .into_iter()
            .collect();
        quotes.extend(of_meeting(self.snapshot, &files, self.limits)?);
        Ok(non_empty(Kind::Speakers, quotes))
    }

    /// The file that all words of a question lead to, those of asking among them: 交流发言 tells which meeting is meant.
    fn named_by_all_words(&self, question: &Question) -> Result<Option<String>, IndexError> {
        let all = Question {
            topic: Topic::of(&question.typed, &[], &[]),
            scope: Scope::default(),
            ..question.clone()
        };
        if !all.topic.is_specific() || question.days.is_some() {
            return Ok(None);
        }
        let evidence = Evidence::of(&all, self.snapshot, self.weights)?;
        let hits = self.snapshot.search(&evidence.query(&all, Vec::new()), 1)?;
        Ok(hits
            .into_iter()
            .next()
            .filter(|hit| {
                let text = crate::index::normalized(&hit.passage.text);
                evidence.coverage(&text, "").is_some_and(|coverage| coverage >= NAMED)
            })
            .map(|hit| hit.file))
    }

    /// Which meetings there are: how each file begins.
    fn meetings(&self) -> Result<Found, IndexError> {
        let mut entries: Vec<_> = self.snapshot.catalogue().files().collect();
        entries.sort_by_key(|entry| std::cmp::Reverse(entry.meeting().dates));
        let mut quotes = Vec::new();
        for entry in entries.into_iter().take(LONGEST.max(self.limits.quotes)) {
            let hits = super::summary::passages(self.snapshot, &[entry.file.to_owned()])?;
            let first = hits.first().and_then(|hit| Some((hit, hit.passage.remarks.first()?)));
            quotes.extend(first.and_then(|(hit, said)| {
                let span = *whole(&hit.passage.text, said.span, self.limits.quote_chars).first()?;
                Some(quote(hit, said, span, &Evidence::default(), 1.0, self.snapshot))
            }));
        }
        Ok(non_empty(Kind::Meeting, quotes))
    }
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

fn non_empty(kind: Kind, quotes: Vec<Quote>) -> Found {
    (!quotes.is_empty()).then_some((kind, quotes))
}
