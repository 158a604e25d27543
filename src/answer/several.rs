//! Several questions in one message: each is answered, and the best quotes of each come first.

use super::completing::tells;
use super::evidence::Evidence;
use super::parts::Parts;
use super::ranking::candidates;
use super::respond::{Found, Responder, answer};
use super::sides::sides;
use super::{Answer, Body, Kind, Quote, meetings, repeats};
use crate::index::{IndexError, Unit, WeightedTerm, normalized, pairs, words};
use crate::question::{Asked, Question, Scope, Want, asks_reply};
use crate::text::fold_str;

/// Passages that are looked at for one side.
const HITS: usize = 40;

/// Whether a quote names any of these in its own words.
fn names_any(quote: &Quote, names: &[&str]) -> bool {
    let text = normalized(&quote.text);
    names.iter().any(|name| text.contains(name))
}

/// Whether whoever a quote is of speaks for what is called so: the heading, or their office, names it.
fn stands_under(quote: &Quote, name: &str) -> bool {
    let heads = [quote.section.as_deref(), quote.voice.office(), quote.voice.name()];
    heads.into_iter().flatten().any(|head| normalized(head).contains(name))
}

/// How long a question is that goes on from the one before it, in characters.
const SHORT: usize = 8;
/// Most quotes for each of them.
const EACH: usize = 2;

impl Responder<'_> {
    /// Answers several questions of one message: the best quote of each first, then the second of each.
    pub(super) fn each_of(&self, parts: &Parts<'_>, asked: &Asked) -> Result<Answer, IndexError> {
        if let Some(answer) = self.in_one_breath(parts, asked)? {
            return Ok(answer);
        }
        let mut before = asked.after.clone();
        let mut answers: Vec<Answer> = Vec::new();
        let mut first: Option<Question> = None;
        for part in &parts.questions {
            let one = Asked {
                question: (*part).to_owned(),
                after: before.clone(),
                ..asked.clone()
            };
            let question = Question::understand(&one, self.names);
            // 后来兑现没有: whoever tells how it went on; 后来怎么检讨的: whoever was asked of.
            let leans = question.scope == Scope::default()
                && question.days.is_none()
                && question.within.is_none()
                && (!question.shape.later || question.typed.contains("怎么"));
            let answer = match first.as_ref().filter(|_| leans) {
                // 哪次会议?: each quote says where it stands.
                Some(_) if asks_which_meeting(part) => continue,
                Some(first) => self.going_on(&one, question, first, answers.last())?,
                None if question.shape.later => Some(self.newest_first(&one, question)?),
                None => {
                    let last = answers.last().filter(|_| parts.in_one_breath);
                    let there = last.and_then(|answer| answer.quotes().first());
                    let answer = self.where_it_was(&one, &question, there)?;
                    first = Some(question);
                    Some(answer)
                }
            };
            answers.extend(answer);
            before.push((*part).to_owned());
        }
        // What is asked in one breath is told in a word each.
        let each = if parts.in_one_breath { 1 } else { EACH };
        Ok(self.together(asked, answers, parts.questions.len(), each))
    }

    /// How it went on, the newest first: in the end is what is asked.
    fn newest_first(&self, asked: &Asked, question: Question) -> Result<Answer, IndexError> {
        let mut answer = self.one_as(asked, question)?;
        if let Body::Found { quotes, .. } = &mut answer.body {
            quotes.reverse();
        }
        Ok(answer)
    }

    /// Answers all that a message asks by one quote that tells all of it; `None` where none does.
    fn in_one_breath(&self, parts: &Parts<'_>, asked: &Asked) -> Result<Option<Answer>, IndexError> {
        // 欠了多少?涉及多少业主: of questions apart a number or a day is told, or it is another matter.
        let counted = |part: &&str| !Want::counted_in(&fold_str(part)).is_empty();
        if !parts.in_one_breath && !parts.questions.iter().skip(1).all(counted) {
            return Ok(None);
        }
        let answer = self.one(asked)?;
        let Some(first) = answer.quotes().first() else {
            return Ok(None);
        };
        let under = [
            Some(first.meeting.as_str()),
            first.section.as_deref(),
            first.voice.name(),
            first.voice.office(),
        ];
        let under = normalized(&under.into_iter().flatten().collect::<Vec<_>>().join(" "));
        let words = normalized(&first.text);
        for part in &parts.questions {
            let one = Asked {
                question: (*part).to_owned(),
                ..asked.clone()
            };
            let question = Question::understand(&one, self.names);
            let evidence = Evidence::of(&question, self.snapshot, self.weights)?;
            let holds = evidence.told(&words, &under).words >= self.weights.in_one_breath;
            let told = Want::counted_in(&question.typed)
                .into_iter()
                .all(|want| tells(want, &question, &first.text));
            let things = question.topic.counted.as_ref();
            let counts = things.is_none_or(|things| evidence.holds(things, &words));
            // 2009年胡天柱怎么看,2021年王俊德又提了啥: one does not tell what another said.
            let speaks = question.scope.parties.is_empty() || question.scope.admits(&first.voice);
            if !holds || !told || !counts || !speaks {
                return Ok(None);
            }
        }
        Ok(Some(answer))
    }

    /// Answers what is asked of each of several things, each by itself: 晓天和万佛湖各是什么情况.
    pub(super) fn each_side(&self, asked: &Asked) -> Result<Option<Answer>, IndexError> {
        let Some(sides) = sides(&asked.question) else {
            return Ok(None);
        };
        // Those who speak are compared as such.
        let question = Question::understand(asked, self.names);
        if question.scope.parties.len() > 1 {
            return Ok(None);
        }
        let mut answers = Vec::new();
        for side in &sides {
            let one = Asked {
                question: side.question.clone(),
                ..asked.clone()
            };
            let answer = self.one(&one)?;
            let others: Vec<&str> = sides
                .iter()
                .map(|other| other.name.as_str())
                .filter(|name| *name != side.name)
                .collect();
            // 西城镇汇报的情况: whoever speaks for it, and nobody who names it.
            let by_its_own = || {
                answer
                    .quotes()
                    .first()
                    .is_some_and(|first| stands_under(first, &side.name))
            };
            let alone = match self.asks_nothing_else(&one, &side.name) && !by_its_own() {
                true => self.side_alone(&one, &side.name, &[], true)?,
                false => None,
            };
            // 晓天、万佛湖的整治都要抓: what is said of both tells nothing of either.
            let of_all = answer.quotes().first().is_some_and(|first| names_any(first, &others));
            let alone = match alone {
                None if of_all => self.side_alone(&one, &side.name, &others, false)?,
                alone => alone,
            };
            answers.push(alone.unwrap_or(answer));
        }
        let all = answers.iter().all(|answer| !answer.quotes().is_empty());
        Ok(all.then(|| self.together(asked, answers, sides.len(), EACH)))
    }

    /// Whether a question of one side looks for nothing but what is said for it.
    fn asks_nothing_else(&self, asked: &Asked, name: &str) -> bool {
        let question = Question::understand(asked, self.names);
        let within = question.within.as_ref().map(|within| &within.question.topic);
        let mut topic = within.unwrap_or(&question.topic).clone();
        topic.words.retain(|word| !name.contains(word.term.as_str()));
        question.scope == Scope::default() && !topic.has_thing()
    }

    /// What answers for one side and names none of the others, under its name where that is asked; `None` where nothing does.
    fn side_alone(
        &self,
        asked: &Asked,
        name: &str,
        others: &[&str],
        under_it: bool,
    ) -> Result<Option<Answer>, IndexError> {
        let mut question = Question::understand(asked, self.names);
        if let Some(within) = question.within.take() {
            let files = meetings::of_name(self.snapshot, &within)?;
            if !files.is_empty() {
                question = Question {
                    files: Some(files),
                    ..within.question
                };
            }
        }
        // 时堰 is no word of the dictionary: the name itself is looked for, and not its pieces.
        question.topic.words.retain(|word| !name.contains(word.term.as_str()));
        let evidence = Evidence::of(&question, self.snapshot, self.weights)?;
        let mut query = evidence.query(&question, Vec::new());
        query.terms.extend(pairs(name).into_iter().map(|pair| WeightedTerm {
            unit: Unit::Pair,
            term: pair.term,
            weight: 1.0,
        }));
        query.terms.extend(words(name).into_iter().map(|word| WeightedTerm {
            unit: Unit::Around,
            term: word.term,
            weight: 1.0,
        }));
        let hits = self.snapshot.search(&query, HITS)?;
        let found = candidates(&hits, &question, &evidence, self.snapshot, self.limits.quote_chars);
        let mut quotes: Vec<Quote> = Vec::new();
        for candidate in found.iter().filter(|candidate| candidate.names_matter) {
            let one = candidate.quote(candidate.window.span, &evidence, self.snapshot);
            let under = stands_under(&one, name);
            let of_it = under || !under_it && names_any(&one, &[name]);
            if quotes.len() < EACH && of_it && !names_any(&one, others) {
                repeats::add(&mut quotes, one);
            }
        }
        Ok(Found::of(Kind::Quotes, quotes).map(|found| {
            let Found { kind, quotes, more, .. } = found;
            answer(asked, Body::Found { kind, quotes, more })
        }))
    }

    /// Several answers as one: the best quote of each first.
    fn together(&self, asked: &Asked, answers: Vec<Answer>, parts: usize, each: usize) -> Answer {
        let usual = answers.iter().find_map(|answer| answer.usual.clone());
        let silent = answers.iter().flat_map(|answer| answer.silent.clone()).collect();
        let mut in_other_words = Vec::new();
        for stood in answers.iter().flat_map(|answer| &answer.in_other_words) {
            if !in_other_words.contains(stood) {
                in_other_words.push(stood.clone());
            }
        }
        let mut changed: Vec<String> = answers.iter().flat_map(|answer| answer.changed.clone()).collect();
        changed.sort();
        changed.dedup();
        let taken = answers.iter().flat_map(|answer| answer.taken.clone()).collect();
        let mut quotes: Vec<Quote> = Vec::new();
        let deepest = answers.iter().map(|answer| answer.quotes().len()).max().unwrap_or(0);
        for rank in 0..deepest {
            for one in answers
                .iter()
                .filter(|_| rank < each)
                .filter_map(|answer| answer.quotes().get(rank))
            {
                repeats::add(&mut quotes, one.clone());
            }
        }
        quotes.truncate(self.limits.quotes.max(parts));
        let verdict = answers.iter().find_map(|answer| answer.verdict);
        let plan = answers.iter().flat_map(|answer| answer.plan.clone()).collect();
        let body = match (quotes.is_empty(), answers.into_iter().next()) {
            (true, Some(first)) => first.body,
            _ => Body::Found {
                kind: Kind::Quotes,
                quotes,
                more: false,
            },
        };
        Answer {
            taken,
            usual,
            silent,
            in_other_words,
            verdict,
            changed,
            plan,
            ..answer(asked, body)
        }
    }
}

impl Responder<'_> {
    /// Answers a question that goes on in one breath where the one before it was answered, where it is told there as well
    /// as anywhere.
    fn where_it_was(&self, asked: &Asked, question: &Question, there: Option<&Quote>) -> Result<Answer, IndexError> {
        let Some(there) = there.filter(|_| question.files.is_none() && question.topic.is_specific()) else {
            return self.one_as(asked, question.clone());
        };
        let Some(anywhere) = self
            .find(question)?
            .map(|found| found.coverage)
            .filter(|share| *share > 0.0)
        else {
            return self.one_as(asked, question.clone());
        };
        let narrowed = Question {
            files: Some(vec![there.file.clone()]),
            within: None,
            ..question.clone()
        };
        let found = self.find(&narrowed)?;
        let theirs = |found: &Found| {
            let first = found.quotes.first();
            first.is_some_and(|quote| question.scope.parties.is_empty() || question.scope.admits(&quote.voice))
        };
        match found.is_some_and(|found| theirs(&found) && found.coverage + self.weights.elsewhere >= anywhere) {
            true => self.one_as(asked, narrowed),
            false => self.one_as(asked, question.clone()),
        }
    }

    /// Answers what goes on from the question before in the same message: of what that one asks, where it was answered. `None`
    /// where it asks nothing of its own, and nothing there tells it.
    fn going_on(
        &self,
        asked: &Asked,
        question: Question,
        first: &Question,
        before: Option<&Answer>,
    ) -> Result<Option<Answer>, IndexError> {
        let there = before.and_then(|answer| answer.quotes().first());
        let open = question.clone();
        // 谁提的?市里怎么答复: what is said of whoever asked for it.
        if let Some(there) = there
            && asks_reply(&open.typed)
            && !open.topic.has_thing()
        {
            let reply = match self.reply_by_name(there)? {
                Some(reply) => Some(reply),
                None => self.reply_to(there, |_| true)?,
            };
            if let Some(reply) = reply {
                return Ok(Some(of_quote(asked, reply)));
            }
        }
        let mut of_first = question.going_on(first);
        of_first.or_else = None;
        of_first.files = there.map(|quote| vec![quote.file.clone()]).or(of_first.files);
        let answer = self.one_as(asked, of_first)?;
        if !answer.quotes().is_empty() {
            return Ok(Some(answer));
        }
        // 最晚到几号: the reply to what was asked first tells it.
        for want in Want::counted_in(&open.typed) {
            if let Some(first) = there
                && let Some((beside, _)) = self.told_beside(&open, first, want)?
            {
                return Ok(Some(of_quote(asked, beside)));
            }
        }
        let short = open.typed.chars().filter(|c| c.is_alphanumeric()).count() <= SHORT;
        // 责任人是谁: of what was asked before, or of nothing.
        if short || !open.topic.is_specific() {
            return Ok(None);
        }
        self.one_as(asked, open).map(Some)
    }
}

/// An answer of one quote.
fn of_quote(asked: &Asked, quote: Quote) -> Answer {
    let body = Body::Found {
        kind: Kind::Quotes,
        quotes: vec![quote],
        more: false,
    };
    answer(asked, body)
}

/// Whether no more is asked than at which meeting it was: 哪次会议.
fn asks_which_meeting(part: &str) -> bool {
    let asks = ["哪次会", "哪一次", "哪场会", "哪个会", "哪份"];
    part.chars().filter(|c| c.is_alphanumeric()).count() <= SHORT && asks.iter().any(|words| part.contains(words))
}
