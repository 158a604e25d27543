//! Several questions in one message: each is answered, and the best quotes of each come first.

use super::respond::Responder;
use super::{Answer, Body, Kind, Quote, repeats};
use crate::index::IndexError;
use crate::question::Asked;

/// Most questions of one message that are answered.
const QUESTIONS: usize = 4;

/// The questions of a message that asks several: 彬州怎么评价示范点?礼泉下一步做什么?
pub fn several(typed: &str) -> Vec<&str> {
    typed
        .split(['?', '？', '\n'])
        .map(str::trim)
        .filter(|part| part.chars().filter(|c| c.is_alphanumeric()).count() >= 4)
        .take(QUESTIONS)
        .collect()
}

impl Responder<'_> {
    /// Answers several questions of one message: the best quote of each first, then the second of each.
    pub(super) fn each_of(&self, parts: &[&str], asked: &Asked) -> Result<Answer, IndexError> {
        let mut before = asked.after.clone();
        let mut answers: Vec<Answer> = Vec::new();
        for part in parts {
            answers.push(self.one(&Asked {
                question: (*part).to_owned(),
                after: before.clone(),
                ..asked.clone()
            })?);
            before.push((*part).to_owned());
        }
        let usual = answers.iter().find_map(|answer| answer.usual.clone());
        let silent = answers.iter().flat_map(|answer| answer.silent.clone()).collect();
        let taken = answers.iter().flat_map(|answer| answer.taken.clone()).collect();
        let mut quotes: Vec<Quote> = Vec::new();
        let deepest = answers.iter().map(|answer| answer.quotes().len()).max().unwrap_or(0);
        for rank in 0..deepest {
            for one in answers.iter().filter_map(|answer| answer.quotes().get(rank)) {
                repeats::add(&mut quotes, one.clone());
            }
        }
        quotes.truncate(self.limits.quotes.max(parts.len()));
        let body = match (quotes.is_empty(), answers.into_iter().next()) {
            (true, Some(first)) => first.body,
            _ => Body::Found {
                kind: Kind::Quotes,
                quotes,
                more: false,
            },
        };
        Ok(Answer {
            question: asked.question.clone(),
            taken,
            usual,
            silent,
            body,
        })
    }
}
