//! Reactions to answers, as feedback: 👍 and 👎 count as the buttons of the same look do, taken back they count no more.

use teloxide::types::{MessageReactionUpdated, ReactionType};

use super::super::access::Caller;
use super::super::context::Context;
use super::super::limits::Allowance;
use super::super::records::{CardOf, Opinion};

impl Context {
    /// Nobody waits for a word on it.
    pub(super) async fn reaction(&self, change: &MessageReactionUpdated) {
        let (chat, message) = (change.chat.id, change.message_id);
        let Some(user) = change.user().filter(|user| !user.is_bot) else {
            return;
        };
        let (before, now) = (opinion(&change.old_reaction), opinion(&change.new_reaction));
        if before == now {
            return;
        }
        let caller = Caller::user(user.id, chat);
        if !self.is_admitted(caller).await {
            return;
        }
        if !matches!(self.counted(caller), Allowance::Free) {
            return self.metrics.limited();
        }
        let card = match self.records.card(chat, message) {
            Ok(Some(CardOf::Answer(card))) => card,
            Ok(_) => return,
            Err(error) => return self.fault("a card", &error),
        };
        let kept = self.records.feedback(chat, message, user.id).ok().flatten();
        let said = kept.as_ref().map(|kept| kept.opinion);
        match now {
            // What is wrong was said already.
            Some(Opinion::Bad) if said.is_some_and(|said| Opinion::FAULTS.contains(&said)) => {}
            Some(opinion) => drop(self.keep_opinion(chat, message, user.id, card, Some(opinion), None)),
            None if said == before && kept.is_some_and(|kept| kept.comment.is_none()) => {
                self.kept("feedback", self.records.drop_feedback(chat, message, user.id));
            }
            None => {}
        }
    }
}

/// What reactions say of an answer, where they say it.
fn opinion(reactions: &[ReactionType]) -> Option<Opinion> {
    reactions.iter().find_map(|reaction| match reaction.emoji()?.as_str() {
        "👍" => Some(Opinion::Good),
        "👎" => Some(Opinion::Bad),
        _ => None,
    })
}
