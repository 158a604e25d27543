//! Earlier questions of each asker in each chat: what a follow-up leans on. Small, and forgotten after a while.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use teloxide::types::{ChatId, Message, MessageId, UserId};

use crate::question::Asked;

/// For how long after the last question.
const MEMORY: Duration = Duration::from_secs(30 * 60);
/// With so many askers those whose time is up are looked for.
const CROWD: usize = 10_000;

/// Who asks, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Asker {
    chat: ChatId,
    user: Option<UserId>,
}

impl Asker {
    /// Of a message.
    pub fn of(message: &Message) -> Asker {
        Asker {
            chat: message.chat.id,
            user: message.from.as_ref().map(|user| user.id),
        }
    }
}

/// All askers' earlier questions.
#[derive(Debug, Default)]
pub struct Conversations(Mutex<HashMap<Asker, Conversation>>);

#[derive(Debug)]
struct Conversation {
    /// With the messages that they came in.
    questions: Vec<(MessageId, String)>,
    last: Instant,
}

impl Conversation {
    /// Whether it is not forgotten yet.
    fn goes_on(&self, now: Instant) -> bool {
        now.duration_since(self.last) < MEMORY
    }
}

impl Conversations {
    /// The questions asked before, the oldest first.
    pub fn before(&self, asker: Asker, now: Instant) -> Vec<String> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.get(&asker)
            .filter(|conversation| conversation.goes_on(now))
            .map(|conversation| {
                conversation
                    .questions
                    .iter()
                    .map(|(_, question)| question.clone())
                    .collect()
            })
            .unwrap_or_default()
    }

    /// The message that the last question came in.
    pub fn last(&self, asker: Asker, now: Instant) -> Option<MessageId> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let conversation = all.get(&asker).filter(|conversation| conversation.goes_on(now))?;
        conversation.questions.last().map(|(message, _)| *message)
    }

    /// Remembers the question of a message; in the place of the earlier one where the message was edited.
    pub fn asked(&self, asker: Asker, message: MessageId, question: &str, now: Instant) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= CROWD {
            all.retain(|_, conversation| conversation.goes_on(now));
        }
        let conversation = all.entry(asker).or_insert_with(|| Conversation {
            questions: Vec::new(),
            last: now,
        });
        if !conversation.goes_on(now) {
            conversation.questions.clear();
        }
        conversation.last = now;
        if let Some((_, known)) = conversation.questions.iter_mut().find(|(id, _)| *id == message) {
            question.clone_into(known);
            return;
        }
        conversation.questions.push((message, question.to_owned()));
        if conversation.questions.len() > Asked::DEPTH {
            conversation.questions.remove(0);
        }
    }

    /// Forgets what was asked in a chat.
    pub fn forget(&self, chat: ChatId) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|asker, _| asker.chat != chat);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_asker_has_a_memory_of_half_an_hour() {
        let conversations = Conversations::default();
        let asker = |user| Asker {
            chat: ChatId(-5),
            user: Some(UserId(user)),
        };
        let now = Instant::now();
        conversations.asked(asker(1), MessageId(1), "长汀说了什么", now);
        assert_eq!(conversations.before(asker(1), now), ["长汀说了什么"]);
        assert!(conversations.before(asker(2), now).is_empty());
        let later = now + MEMORY;
        assert!(conversations.before(asker(1), later).is_empty());
        conversations.asked(asker(1), MessageId(2), "上杭呢", later);
        conversations.asked(asker(1), MessageId(3), "还有吗", later);
        conversations.asked(asker(1), MessageId(2), "武平呢", later);
        assert_eq!(conversations.before(asker(1), later), ["武平呢", "还有吗"]);
        assert_eq!(conversations.last(asker(1), later), Some(MessageId(3)));
        assert_eq!(conversations.last(asker(2), later), None);
    }

    #[test]
    fn only_the_last_questions_are_remembered() {
        let conversations = Conversations::default();
        let asker = Asker {
            chat: ChatId(5),
            user: None,
        };
        let now = Instant::now();
        for number in 0..20 {
            conversations.asked(asker, MessageId(number), &number.to_string(), now);
        }
        let before = conversations.before(asker, now);
        assert_eq!((before.len(), before[0].as_str()), (Asked::DEPTH, "14"));
    }
}
