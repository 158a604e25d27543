//! From a question to its answer: its plan is carried out, look-up by look-up.

use std::cell::RefCell;

use super::bearing::is_of;
use super::brief::brief;
use super::by_meaning::ByMeaning;
use super::coverage::is_predicate;
use super::evidence::Evidence;
use super::of_others::Instead;
use super::parts::several;
use super::plan::{Look, Looked, Step};
use super::quoting::hits_for;
use super::ranking::Features;
use super::refusal::{only, reason, refuse};
use super::summary::LONGEST;
use super::verify::standing;
use super::weights::Weights;
use super::{Answer, Assumed, Body, Kind, Quote, Reason, Spoke, Stood, Verdict, facts};
use crate::index::{IndexError, Query, Snapshot, Unit};
use crate::meaning::Meaning;
use crate::question::{Asked, Names, Question, Scope, Talk, Topic, TopicWord, Want};

/// How much an answer may show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Most quotes.
    pub quotes: usize,
    /// Longest quote in characters.
    pub quote_chars: usize,
}

/// Most who are named in a refusal as speaking of what is asked.
const NEAR: usize = 3;

/// Answers a question from one state of the knowledge.
///
/// # Errors
///
/// Where the index cannot be read.
pub fn respond(asked: &Asked, snapshot: &Snapshot, names: &Names, limits: Limits) -> Result<Answer, IndexError> {
    respond_with(Weights::shared(), None, asked, snapshot, names, limits)
}

/// As [`respond`], with other weights, for finding them; and with what passages mean, where that is known.
///
/// # Errors
///
/// Where the index cannot be read.
pub fn respond_with(
    weights: &Weights,
    meaning: Option<&Meaning>,
    asked: &Asked,
    snapshot: &Snapshot,
    names: &Names,
    limits: Limits,
) -> Result<Answer, IndexError> {
    let responder = Responder {
        snapshot,
        names,
        limits: Limits {
            quotes: limits.quotes.max(1),
            quote_chars: limits.quote_chars.max(1),
        },
        weights,
        meaning: meaning.map(ByMeaning::of),
        looked: RefCell::default(),
    };
    responder.answer(asked)
}

/// What the index is asked first for a question by itself, and for how many hits: for benches.
///
/// # Errors
///
/// Where the index cannot be read.
pub fn first_query(question: &str, snapshot: &Snapshot, names: &Names) -> Result<(Query, usize), IndexError> {
    let question = Question::understand(&Asked::new(question, &[]), names);
    let query = Evidence::of(&question, snapshot, Weights::shared())?.query(&question, Vec::new());
    let limits = Limits {
        quotes: 5,
        quote_chars: 200,
    };
    Ok((query, hits_for(&question, limits)))
}

/// An answer of nothing but its body.
pub(super) fn answer(asked: &Asked, body: Body) -> Answer {
    Answer {
        question: asked.question.clone(),
        taken: Vec::new(),
        usual: None,
        assumed: None,
        silent: Vec::new(),
        in_other_words: Vec::new(),
        total: None,
        verdict: None,
        brief: None,
        changed: Vec::new(),
        in_part: false,
        plan: Vec::new(),
        body,
    }
}

/// What was found; never without quotes.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) kind: Kind,
    pub(super) quotes: Vec<Quote>,
    /// Whether another page follows.
    pub(super) more: bool,
    /// Who was asked for beside others and says nothing of it.
    pub(super) silent: Vec<String>,
    /// Which of their words stand for words of the question.
    pub(super) in_other_words: Vec<Stood>,
    /// How much of what is asked the best of them holds (0 to 1).
    pub(super) coverage: f32,
    /// How many quotes there are in all, where more are than are shown.
    pub(super) total: Option<usize>,
    /// Whether it was said, where that is asked.
    pub(super) verdict: Option<Verdict>,
    /// What the scores of the quotes are made of, where they have one.
    pub(super) scores: Vec<Features>,
}

impl Found {
    /// Quotes of which there is one page; `None` where there are none.
    pub(super) fn of(kind: Kind, quotes: Vec<Quote>) -> Option<Found> {
        Found::page(kind, quotes, false)
    }

    /// The same quotes as another kind of answer.
    pub(super) fn shown_as(self, kind: Kind) -> Found {
        Found { kind, ..self }
    }

    /// A page of quotes; `None` where there are none.
    pub(super) fn page(kind: Kind, quotes: Vec<Quote>, more: bool) -> Option<Found> {
        (!quotes.is_empty()).then(|| Found {
            kind,
            quotes,
            more,
            silent: Vec::new(),
            in_other_words: Vec::new(),
            coverage: 1.0,
            total: None,
            verdict: None,
            scores: Vec::new(),
        })
    }
}

pub(super) struct Responder<'s> {
    pub(super) snapshot: &'s Snapshot,
    pub(super) names: &'s Names,
    pub(super) limits: Limits,
    pub(super) weights: &'s Weights,
    /// What passages mean, where that is known.
    pub(super) meaning: Option<ByMeaning<'s>>,
    /// The look-ups made for the question that is being answered.
    pub(super) looked: RefCell<Vec<Looked>>,
}

impl Responder<'_> {
    /// The page that a question asks for of all the quotes there are, in their order, with how many these are; `None` where it has none.
    pub(super) fn paged(&self, kind: Kind, quotes: Vec<Quote>, question: &Question) -> Option<Found> {
        let total = quotes.len();
        let most = LONGEST.max(self.limits.quotes);
        let from = question.page.saturating_mul(most);
        let page: Vec<Quote> = quotes.into_iter().skip(from).take(most).collect();
        let more = total > from.saturating_add(page.len());
        Found::page(kind, page, more).map(|found| Found {
            total: (total > found.quotes.len()).then_some(total),
            ..found
        })
    }

    /// Answers a message, or each of its questions where it asks several.
    fn answer(&self, asked: &Asked) -> Result<Answer, IndexError> {
        let parts = several(&asked.question);
        if parts.questions.len() > 1 {
            return self.each_of(&parts, asked);
        }
        if let Some(answer) = self.each_side(asked)? {
            return Ok(answer);
        }
        self.one(asked)
    }

    /// Answers one question.
    pub(super) fn one(&self, asked: &Asked) -> Result<Answer, IndexError> {
        self.one_as(asked, Question::understand(asked, self.names))
    }

    /// Answers one question as it is understood.
    pub(super) fn one_as(&self, asked: &Asked, mut question: Question) -> Result<Answer, IndexError> {
        self.settle(&mut question)?;
        if let Some(only) = &asked.only {
            question = question.only(only.party(self.names));
        }
        self.looked.borrow_mut().clear();
        if let Some(talk) = question.talk() {
            let reason = Reason::Talk(talk);
            return Ok(answer(
                asked,
                match talk {
                    // Whoever says hello is told what may be asked here.
                    Talk::Greeting => refuse(self.snapshot, reason, Default::default()),
                    _ => Body::NoAnswer(only(reason)),
                },
            ));
        }
        if let Some(day) = question.no_such_day() {
            return Ok(answer(asked, Body::NoAnswer(only(Reason::NoSuchDay(day)))));
        }
        let mut assumed = Some(Assumed::Parties(question.of_before.clone())).filter(|_| !question.of_before.is_empty());
        let (found, usual) = if question.is_empty() {
            (None, None)
        } else if asked.usual.is_none()
            && let Some((found, of_before)) = self.find_leaning(&question)?
        {
            assumed = Some(of_before);
            // What a chat is usually about goes before what was asked last.
            (Some(found), None)
        } else {
            self.find_usual(&question, asked.usual.as_ref())?
        };
        let found = match found {
            None if !question.is_empty() && !question.shape.verify => self.unsaid(&question)?,
            found => found,
        };
        let (mut changed, mut lost) = (Vec::new(), None);
        let found = match found {
            Some(found) => {
                let found = self.complete(&question, found)?;
                let found = self.with_corrections(&question, found)?;
                let standing = standing(found.quotes, self.snapshot)?;
                (changed, lost) = (standing.changed, standing.lost);
                let quotes = standing.quotes;
                (!quotes.is_empty()).then_some(Found { quotes, ..found })
            }
            None => None,
        };
        let mut silent = found.as_ref().map(|found| found.silent.clone()).unwrap_or_default();
        for county in found.iter().flat_map(|found| self.unheard(&question, &found.quotes)) {
            if !silent.contains(&county) {
                silent.push(county);
            }
        }
        let total = found.as_ref().and_then(|found| found.total);
        let in_other_words = found
            .as_ref()
            .map(|found| found.in_other_words.clone())
            .unwrap_or_default();
        let verdict = match &found {
            Some(found) => found.verdict,
            None => (question.shape.verify && lost.is_none()).then_some(Verdict::NotFound),
        };
        let body = match (found, lost) {
            (Some(found), _) => Body::Found {
                kind: found.kind,
                quotes: found.quotes,
                more: found.more,
            },
            // Nobody may say that it was not spoken of: it was, and cannot be shown.
            (None, Some(file)) => Body::NoAnswer(only(Reason::Changed(file))),
            (None, None) if question.page > 0 => refuse(self.snapshot, Reason::NoMore, Default::default()),
            (None, None) => refuse(
                self.snapshot,
                reason(&question, self.snapshot),
                self.who_speaks_of(&question)?,
            ),
        };
        let brief = brief(&question, &self.looked.borrow(), &body, self.snapshot);
        Ok(Answer {
            brief,
            taken: question.taken,
            usual,
            assumed,
            silent,
            in_other_words,
            total,
            verdict,
            changed,
            plan: self.looked.borrow().clone(),
            ..answer(asked, body)
        })
    }

    /// Who speaks of what is asked of somebody who does not; where nobody does, of which word of it somebody speaks.
    fn who_speaks_of(&self, question: &Question) -> Result<(Vec<Spoke>, Option<String>), IndexError> {
        if !question.topic.is_specific() {
            return Ok(Default::default());
        }
        let anybody = Question {
            scope: Scope::default(),
            ..question.clone()
        };
        let spoke = match question.scope.parties.is_empty() {
            true => Vec::new(),
            false => self.speakers_on(&anybody)?,
        };
        if !spoke.is_empty() {
            return Ok((spoke, None));
        }
        // The rarest word that anybody has is what the question is most about.
        let mut rarest: Option<(u64, &str)> = None;
        let is_thing = |word: &&TopicWord| !word.generic && word.term.chars().count() > 1 && !is_predicate(&word.term);
        for word in question.topic.words.iter().filter(is_thing) {
            let count = self.snapshot.frequency(Unit::Word, &word.term)?;
            if count > 0 && rarest.is_none_or(|(least, _)| count < least) {
                rarest = Some((count, &word.term));
            }
        }
        let Some((_, word)) = rarest else {
            return Ok(Default::default());
        };
        let mut topic = Topic::default();
        topic.add_words(&[word]);
        let of_word = Question {
            topic,
            want: Want::Words,
            ..anybody
        };
        let spoke = self.speakers_on(&of_word)?;
        let near = (!spoke.is_empty()).then(|| word.to_owned());
        Ok((spoke, near))
    }

    /// Who speaks of what is asked of anybody.
    fn speakers_on(&self, anybody: &Question) -> Result<Vec<Spoke>, IndexError> {
        let found = self.quotes(anybody)?;
        let mut spoke: Vec<Spoke> = Vec::new();
        for quote in found.iter().flat_map(|found| &found.quotes) {
            let one = Spoke::of(&quote.voice).filter(|one| !spoke.contains(one) && spoke.len() < NEAR);
            spoke.extend(one);
        }
        Ok(spoke)
    }

    /// The counties that are asked for and that nothing quoted is of: whoever reads on must know that others speak.
    fn unheard(&self, question: &Question, quotes: &[Quote]) -> Vec<String> {
        if !question.scope.is_of_counties() || question.shape.verify {
            return Vec::new();
        }
        let parties = question.scope.parties.iter();
        let unheard = parties.filter(|party| !quotes.iter().any(|quote| is_of(party, quote, self.snapshot)));
        unheard.map(|party| party.label.clone()).collect()
    }

    /// What the first look-up of the question's plan finds that finds anything.
    pub(super) fn find(&self, question: &Question) -> Result<Option<Found>, IndexError> {
        let steps = self.plan(question)?;
        for (at, step) in steps.iter().enumerate() {
            let Some(mut found) = self.look(step)? else { continue };
            let mut answers = self.looked.borrow().len();
            if let Some(next) = steps.get(at + 1).filter(|_| step.yields)
                && let Some(rival) = self.look(next)?
                && self.holds(&step.question, &rival)? > self.holds(&step.question, &found)? + self.weights.yields
            {
                (found, answers) = (rival, answers + 1);
            }
            match self.of_others(&step.question, &found)? {
                Instead::Own => {}
                Instead::Reply(quote) => found.quotes = vec![*quote],
                Instead::Nothing => continue,
            }
            if let Some(looked) = self.looked.borrow_mut().get_mut(answers - 1) {
                looked.answers = true;
            }
            return Ok(Some(found));
        }
        Ok(None)
    }

    /// How much of what a question asks the best quote itself holds.
    fn holds(&self, question: &Question, found: &Found) -> Result<f32, IndexError> {
        let evidence = Evidence::of(question, self.snapshot, self.weights)?;
        let quote = found.quotes.first().map_or("", |quote| quote.text.as_str());
        let told = evidence.told(&crate::index::normalized(quote), "");
        Ok((told.words + told.pairs) / 2.0)
    }

    /// One look-up.
    fn look(&self, step: &Step) -> Result<Option<Found>, IndexError> {
        let found = self.found_by(step)?;
        self.looked.borrow_mut().push(Looked {
            look: step.look,
            why: step.why,
            asked: step.question.described(),
            quotes: found.as_ref().map_or(0, |found| found.quotes.len()),
            coverage: found.as_ref().map_or(0.0, |found| found.coverage),
            answers: false,
            scores: found.as_ref().map_or_else(Vec::new, |found| found.scores.clone()),
        });
        Ok(found)
    }

    fn found_by(&self, step: &Step) -> Result<Option<Found>, IndexError> {
        let question = &step.question;
        match step.look {
            Look::Verdict => self.verdict(question),
            Look::Tasks => self.tasks(question),
            Look::Unfinished => self.unfinished(question),
            Look::Decided => self.decided(question),
            Look::Brought => self.brought_by(question),
            Look::Held => {
                let held = facts::held(self.snapshot, question, self.limits)?;
                Ok(held.and_then(|quote| Found::of(Kind::Quotes, vec![quote])))
            }
            Look::Each => self.each(question),
            Look::All => self.all(question),
            Look::Comparison => self.comparison(question),
            Look::Meetings => self.meetings(question),
            Look::Summary => self.summary(question),
            // Those of one county, or with one office.
            Look::Speakers if !question.scope.parties.is_empty() => {
                Ok(self.summary(question)?.map(|found| found.shown_as(Kind::Speakers)))
            }
            Look::Speakers => self.speakers(question),
            Look::Quotes => self.quotes(question),
        }
    }
}
