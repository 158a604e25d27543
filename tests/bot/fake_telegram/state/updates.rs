//! Updates on their way to the bot.

use std::collections::VecDeque;

use serde_json::{Value, json};

/// The kinds that the fake makes itself. Others are delivered whatever the bot asked for.
const KINDS: [&str; 6] = [
    "message",
    "edited_message",
    "callback_query",
    "inline_query",
    "my_chat_member",
    "message_reaction",
];

/// Updates in order of arrival.
#[derive(Default)]
pub struct Updates {
    waiting: VecDeque<Waiting>,
    last: Value,
    last_id: i64,
    /// What the bot last asked for.
    allowed: Option<Vec<String>>,
    /// How many poll at once.
    pub pollers: usize,
    /// The parameters of setWebhook.
    pub webhook: Option<Value>,
}

struct Waiting {
    update: Value,
    delivered: bool,
}

impl Waiting {
    fn id(&self) -> i64 {
        self.update["update_id"].as_i64().unwrap()
    }
}

impl Updates {
    pub fn push(&mut self, update: Value) {
        self.push_with_id(self.last_id + 1, update);
    }

    pub fn push_with_id(&mut self, id: i64, mut update: Value) {
        update["update_id"] = json!(id);
        self.last_id = self.last_id.max(id);
        self.last = update;
        self.push_last_again();
    }

    pub fn push_last_again(&mut self) {
        let update = self.last.clone();
        self.waiting.push_back(Waiting {
            update,
            delivered: false,
        });
    }

    /// Without a list, the setting before stays; an empty one stands for the usual kinds.
    pub fn allow(&mut self, kinds: &Value) {
        if let Some(kinds) = kinds.as_array() {
            let kinds: Vec<String> = kinds.iter().filter_map(Value::as_str).map(str::to_owned).collect();
            self.allowed = Some(kinds).filter(|kinds| !kinds.is_empty());
        }
    }

    /// Forgets what `offset` confirms: delivered updates with lower numbers. A lower number that was never delivered
    /// stays, so that a test can hand out numbers in any order.
    pub fn confirm(&mut self, offset: i64) {
        if offset >= 0 {
            self.waiting.retain(|one| !one.delivered || one.id() >= offset);
        } else {
            let kept = usize::try_from(-offset).unwrap().min(self.waiting.len());
            self.waiting.drain(..self.waiting.len() - kept);
        }
    }

    pub fn deliver(&mut self, limit: usize) -> Vec<Value> {
        if let Some(allowed) = &self.allowed {
            let unwanted = |kind: &&str| !allowed.iter().any(|one| one == *kind);
            let unwanted: Vec<&str> = KINDS.into_iter().filter(unwanted).collect();
            self.waiting
                .retain(|one| !unwanted.iter().any(|kind| one.update.get(kind).is_some()));
        }
        let mut updates = Vec::new();
        for one in self.waiting.iter_mut().take(limit) {
            one.delivered = true;
            updates.push(one.update.clone());
        }
        updates
    }

    pub fn pending(&self) -> usize {
        self.waiting.len()
    }

    pub fn drop_all(&mut self) {
        self.waiting.clear();
    }
}
