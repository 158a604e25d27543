//! Earlier questions of each asker in each chat: what a follow-up leans on. Small, and forgotten after a while.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use teloxide::types::{ChatId, Message, UserId};

/// How many earlier questions are remembered.
const REMEMBERED: usize = 8;
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
    questions: Vec<String>,
    last: Instant,
}

impl Conversations {
    /// The questions asked before, the oldest first.
    pub fn before(&self, asker: Asker, now: Instant) -> Vec<String> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.get(&asker)
            .filter(|conversation| now.duration_since(conversation.last) < MEMORY)
            .map(|conversation| conversation.questions.clone())
            .unwrap_or_default()
    }

    /// Remembers a question.
    pub fn asked(&self, asker: Asker, question: &str, now: Instant) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= CROWD {
            all.retain(|_, conversation| now.duration_since(conversation.last) < MEMORY);
        }
        let conversation = all.entry(asker).or_insert_with(|| Conversation {
            questions: Vec::new(),
            last: now,
        });
        if now.duration_since(conversation.last) >= MEMORY {
            conversation.questions.clear();
        }
        conversation.last = now;
        conversation.questions.push(question.to_owned());
        if conversation.questions.len() > REMEMBERED {
            conversation.questions.remove(0);
        }
    }

    /// The last question was edited: it stands in for itself. An earlier one stays as it was.
    pub fn corrected(&self, asker: Asker, question: &str, now: Instant) {
        {
            let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(conversation) = all.get_mut(&asker) {
                conversation.questions.pop();
            }
        }
        self.asked(asker, question, now);
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
        conversations.asked(asker(1), "长汀说了什么", now);
        assert_eq!(conversations.before(asker(1), now), ["长汀说了什么"]);
        assert!(conversations.before(asker(2), now).is_empty());
        let later = now + MEMORY;
        assert!(conversations.before(asker(1), later).is_empty());
        conversations.asked(asker(1), "上杭呢", later);
        assert_eq!(conversations.before(asker(1), later), ["上杭呢"]);
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
            conversations.asked(asker, &number.to_string(), now);
        }
        let before = conversations.before(asker, now);
        assert_eq!((before.len(), before[0].as_str()), (REMEMBERED, "12"));
    }
}
