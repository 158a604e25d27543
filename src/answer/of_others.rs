//! Somebody is asked of in whose words there is hardly anything of the matter, and another speaks of it.

use super::respond::{Found, Responder};
use super::{Kind, Quote};
use crate::index::IndexError;
use crate::question::{Question, Scope};

/// What answers instead of the weak words of whoever is asked of.
pub(super) enum Instead {
    /// They do themselves: nobody speaks more of it.
    Own,
    /// What they replied to whoever spoke of it.
    Reply(Box<Quote>),
    /// Nothing: it is another's matter.
    Nothing,
}

impl Responder<'_> {
    /// What answers a question of persons instead of what is `found` of theirs.
    pub(super) fn of_others(&self, question: &Question, found: &Found) -> Result<Instead, IndexError> {
        let scope = &question.scope;
        let of_person = scope.firm && !scope.groups && !scope.is_of_counties() && !scope.parties.is_empty();
        let weak = found.coverage < self.weights.weak_of_party && found.kind == Kind::Quotes;
        if !of_person || !weak || !question.topic.is_specific() {
            return Ok(Instead::Own);
        }
        let anybody = Question {
            scope: Scope::default(),
            ..question.clone()
        };
        let Some(rival) = self.quotes(&anybody)? else {
            return Ok(Instead::Own);
        };
        let theirs = |quote: &Quote| scope.parties.iter().any(|party| party.speaks(&quote.voice));
        let Some(first) = rival.quotes.first().filter(|_| rival.coverage >= self.weights.said) else {
            return Ok(Instead::Own);
        };
        if !first.voice.is_spoken() || theirs(first) {
            return Ok(Instead::Own);
        }
        // Whoever replies to what was raised does so in words of their own.
        let next = self.reply_to(first, |voice| scope.parties.iter().any(|party| party.speaks(voice)))?;
        Ok(next.map_or(Instead::Nothing, |next| Instead::Reply(Box::new(next))))
    }
}
