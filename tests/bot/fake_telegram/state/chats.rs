//! Chats, their members and topics, and the messages that exist.

use std::collections::{HashMap, HashSet};

use serde_json::{Value, json};

use super::super::BOT_ID;

/// How a chat stands to the bot.
#[derive(Clone, Copy, Default, PartialEq)]
pub enum Standing {
    #[default]
    Open,
    /// Blocked by the user, or kicked from the group.
    Blocked,
    /// The bot left by itself.
    Left,
    /// A group that became the supergroup of this number.
    MovedTo(i64),
}

#[derive(Default)]
pub struct Chat {
    pub json: Value,
    pub standing: Standing,
    threads: HashSet<i64>,
}

/// A message as it is now.
#[derive(Clone, Default, PartialEq)]
pub struct Known {
    pub json: Value,
    /// The bot's text as it was sent.
    pub raw: String,
    /// How the text is formatted.
    pub look: Value,
}

#[derive(Default)]
pub struct Chats {
    chats: HashMap<i64, Chat>,
    members: HashMap<(i64, i64), String>,
    messages: HashMap<(i64, i64), Known>,
    last_message: i64,
}

impl Chats {
    pub fn next_message_id(&mut self) -> i64 {
        self.last_message += 1;
        self.last_message
    }

    /// Somebody's message: it and its chat and topic are known from now on.
    pub fn learn(&mut self, message: &Value) {
        let (Some(chat), Some(id)) = (message["chat"]["id"].as_i64(), message["message_id"].as_i64()) else {
            return;
        };
        let known = self.meet(chat);
        known.json = message["chat"].clone();
        if message["is_topic_message"] == true {
            known.threads.extend(message["message_thread_id"].as_i64());
        }
        self.last_message = self.last_message.max(id);
        let json = message.clone();
        let known = Known {
            json,
            ..Known::default()
        };
        self.keep(chat, id, known);
    }

    pub fn keep(&mut self, chat: i64, id: i64, message: Known) {
        self.messages.insert((chat, id), message);
    }

    /// The chat, from now on a known one.
    pub fn meet(&mut self, chat: i64) -> &mut Chat {
        self.chats.entry(chat).or_insert_with(|| Chat {
            json: match chat > 0 {
                true => json!({"id": chat, "type": "private", "first_name": "兰"}),
                false => json!({"id": chat, "type": "supergroup", "title": "古道办", "is_forum": true}),
            },
            ..Chat::default()
        })
    }

    pub fn chat(&self, chat: i64) -> Option<&Chat> {
        self.chats.get(&chat)
    }

    pub fn has_thread(&self, chat: i64, thread: i64) -> bool {
        self.chat(chat)
            .is_some_and(|chat| chat.json["is_forum"] == true && chat.threads.contains(&thread))
    }

    pub fn message(&self, chat: i64, id: i64) -> Option<&Known> {
        self.messages.get(&(chat, id))
    }

    /// A message that the bot sent.
    pub fn own_message(&self, chat: i64, id: i64) -> Option<&Known> {
        self.message(chat, id)
            .filter(|known| known.json["from"]["id"] == BOT_ID)
    }

    pub fn delete(&mut self, chat: i64, id: i64) -> bool {
        self.messages.remove(&(chat, id)).is_some()
    }

    pub fn set_member(&mut self, chat: i64, user: i64, status: &str) {
        self.meet(chat);
        self.members.insert((chat, user), status.to_owned());
    }

    pub fn status(&self, chat: i64, user: i64) -> &str {
        self.members.get(&(chat, user)).map_or("left", String::as_str)
    }
}
