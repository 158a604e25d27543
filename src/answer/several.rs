//! Several questions in one message: each is answered, and the best quotes of each come first.

use std::sync::LazyLock;

use super::respond::{Responder, answer};
use super::{Answer, Body, Kind, Quote, repeats};
use crate::index::IndexError;
use crate::question::{Asked, Question, Scope};
use crate::text::{Span, fold_str, rows};

/// Most questions of one message that are answered.
const QUESTIONS: usize = 4;

/// How long a question is that goes on from the one before it, in characters.
const SHORT: usize = 8;
/// Most quotes for each of them.
const EACH: usize = 2;

/// Longest sentence that only tells how to answer, in characters.
const MANNER_LONGEST: usize = 12;

/// The words of `manner.tsv`.
static MANNER: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| rows!("manner.tsv", 1).flat_map(|row| row[0].split(' ')).collect());

/// The questions of a message that asks several: 彬州怎么评价示范点?礼泉下一步做什么? What only tells how to answer (全部列出来)
/// goes with the question before it.
pub fn several(typed: &str) -> Vec<&str> {
    let mut parts: Vec<Span> = Vec::new();
    let mut at = 0;
    for piece in typed.split(['?', '？', '\n']) {
        let span = Span::new(at, at + piece.len());
        let mark = typed[span.end()..].chars().next().map_or(0, char::len_utf8);
        at = span.end() + mark;
        let length = piece.chars().filter(|c| c.is_alphanumeric()).count();
        let folded = fold_str(piece);
        let manner = length <= MANNER_LONGEST && MANNER.iter().any(|word| folded.contains(word));
        match parts.last_mut() {
            Some(before) if manner => *before = Span::new(before.start(), span.end()),
            _ if length >= 4 => parts.push(span),
            _ => {}
        }
    }
    parts.truncate(QUESTIONS);
    parts.into_iter().map(|span| span.of(typed).trim()).collect()
}

impl Responder<'_> {
    /// Answers several questions of one message: the best quote of each first, then the second of each.
    pub(super) fn each_of(&self, parts: &[&str], asked: &Asked) -> Result<Answer, IndexError> {
        let mut before = asked.after.clone();
        let mut answers: Vec<Answer> = Vec::new();
        let mut first: Option<Question> = None;
        for part in parts {
            let one = Asked {
                question: (*part).to_owned(),
                after: before.clone(),
                ..asked.clone()
            };
            let question = Question::understand(&one, self.names);
            let leans = question.scope == Scope::default() && question.days.is_none() && question.within.is_none();
            let answer = match first.as_ref().filter(|_| leans) {
                // 哪次会议?: each quote says where it stands.
                Some(_) if asks_which_meeting(part) => continue,
                Some(first) => self.going_on(&one, question, first, answers.last())?,
                None => {
                    first = Some(question.clone());
                    Some(self.one_as(&one, question)?)
                }
            };
            answers.extend(answer);
            before.push((*part).to_owned());
        }
        let usual = answers.iter().find_map(|answer| answer.usual.clone());
        let silent = answers.iter().flat_map(|answer| answer.silent.clone()).collect();
        let mut changed: Vec<String> = answers.iter().flat_map(|answer| answer.changed.clone()).collect();
        changed.sort();
        changed.dedup();
        let taken = answers.iter().flat_map(|answer| answer.taken.clone()).collect();
        let mut quotes: Vec<Quote> = Vec::new();
        let deepest = answers.iter().map(|answer| answer.quotes().len()).max().unwrap_or(0);
        for rank in 0..deepest {
            for one in answers
                .iter()
                .filter(|_| rank < EACH)
                .filter_map(|answer| answer.quotes().get(rank))
            {
                repeats::add(&mut quotes, one.clone());
            }
        }
        quotes.truncate(self.limits.quotes.max(parts.len()));
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
        Ok(Answer {
            taken,
            usual,
            silent,
            verdict,
            changed,
            plan,
            ..answer(asked, body)
        })
    }
}

impl Responder<'_> {
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
        let mut of_first = question.going_on(first);
        of_first.files = there.map(|quote| vec![quote.file.clone()]).or(of_first.files);
        let answer = self.one_as(asked, of_first)?;
        if !answer.quotes().is_empty() {
            return Ok(Some(answer));
        }
        let short = open.typed.chars().filter(|c| c.is_alphanumeric()).count() <= SHORT;
        // 责任人是谁: of what was asked before, or of nothing.
        if short || !open.topic.is_specific() {
            return Ok(None);
        }
        self.one_as(asked, open).map(Some)
    }
}

/// Whether no more is asked than at which meeting it was: 哪次会议.
fn asks_which_meeting(part: &str) -> bool {
    let asks = ["哪次会", "哪一次", "哪场会", "哪个会", "哪份"];
    part.chars().filter(|c| c.is_alphanumeric()).count() <= SHORT && asks.iter().any(|words| part.contains(words))
}

#[cfg(test)]
mod tests {
    use super::several;

    #[test]
    fn questions_are_parted_and_how_to_answer_is_none() {
        assert_eq!(several("彬州怎么评价示范点？礼泉下一步做什么？").len(), 2);
        assert_eq!(
            several("代表们带来了哪些建议？全部列出来"),
            ["代表们带来了哪些建议？全部列出来"]
        );
        assert_eq!(several("路什么时候修好?\n桥呢").len(), 1);
        // It asks something of its own.
        assert_eq!(several("谁主持会议?详细说说县财政局下一步的打算是什么").len(), 2);
    }
}
