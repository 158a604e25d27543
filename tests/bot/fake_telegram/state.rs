//! What the fake remembers: updates to come, messages that exist, faults to play, and the transcript.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Mutex;

use serde_json::{Value, json};
use tokio::sync::Notify;

/// Something that goes wrong once.
#[derive(Clone, Debug)]
pub enum Fault {
    /// Wait so many seconds.
    TooManyRequests(u32),
    /// Refused with this code and description.
    Refused(u16, &'static str),
    /// What answers is a proxy's page.
    NotTelegram,
}

/// A message that the bot sent.
#[derive(Clone, Debug)]
pub struct Sent {
    pub chat: i64,
    /// The words after parsing.
    pub text: String,
    /// As it was sent.
    pub raw: String,
    pub parameters: Value,
}

#[derive(Default)]
pub struct Shared {
    inner: Mutex<Inner>,
    /// Told when updates, or sent messages, come.
    pub changed: Notify,
}

#[derive(Default)]
struct Inner {
    updates: VecDeque<Value>,
    last_update: i64,
    last_message: i64,
    messages: HashSet<(i64, i64)>,
    chats: HashSet<i64>,
    sent: Vec<Sent>,
    seen: usize,
    faults: HashMap<String, VecDeque<Fault>>,
    calls: Vec<(String, Value)>,
    refusals: Vec<String>,
    pollers: usize,
}

impl Shared {
    fn with<T>(&self, f: impl FnOnce(&mut Inner) -> T) -> T {
        f(&mut self.inner.lock().unwrap())
    }

    pub fn next_message_id(&self) -> i64 {
        self.with(|inner| {
            inner.last_message += 1;
            inner.last_message
        })
    }

    pub fn know_message(&self, message: &Value) {
        let chat = message["chat"]["id"].as_i64().unwrap();
        let id = message["message_id"].as_i64().unwrap();
        self.with(|inner| {
            inner.chats.insert(chat);
            inner.messages.insert((chat, id));
        });
    }

    pub fn knows_chat(&self, chat: i64) -> bool {
        self.with(|inner| inner.chats.contains(&chat))
    }

    pub fn knows_message(&self, chat: i64, id: i64) -> bool {
        self.with(|inner| inner.messages.contains(&(chat, id)))
    }

    pub fn push_update(&self, mut update: Value) {
        self.with(|inner| {
            inner.last_update += 1;
            update["update_id"] = json!(inner.last_update);
            inner.updates.push_back(update);
        });
        self.changed.notify_waiters();
    }

    /// Drops what `offset` confirms, and returns what waits.
    pub fn updates_from(&self, offset: Option<i64>, limit: usize) -> Vec<Value> {
        self.with(|inner| {
            if let Some(offset) = offset {
                inner
                    .updates
                    .retain(|update| update["update_id"].as_i64().unwrap() >= offset);
            }
            inner.updates.iter().take(limit).cloned().collect()
        })
    }

    /// Counts those who poll at once; the number with the new one.
    pub fn poller_comes(&self) -> usize {
        self.with(|inner| {
            inner.pollers += 1;
            inner.pollers
        })
    }

    pub fn poller_goes(&self) {
        self.with(|inner| inner.pollers -= 1);
    }

    pub fn fail(&self, method: &str, faults: &[Fault]) {
        let method = method.to_ascii_lowercase();
        self.with(|inner| inner.faults.entry(method).or_default().extend(faults.iter().cloned()));
    }

    /// Writes the call down; the fault that it meets.
    pub fn record(&self, method: &str, parameters: &Value) -> Option<Fault> {
        self.with(|inner| {
            inner.calls.push((method.to_owned(), parameters.clone()));
            inner.faults.get_mut(method)?.pop_front()
        })
    }

    pub fn calls(&self, method: &str) -> Vec<Value> {
        let method = method.to_ascii_lowercase();
        self.with(|inner| {
            let of_method = inner.calls.iter().filter(|(name, _)| *name == method);
            of_method.map(|(_, parameters)| parameters.clone()).collect()
        })
    }

    pub fn refused(&self, method: &str, description: &str) {
        self.with(|inner| inner.refusals.push(format!("{method}: {description}")));
    }

    pub fn refusals(&self) -> Vec<String> {
        self.with(|inner| inner.refusals.clone())
    }

    pub fn sent(&self, sent: Sent) {
        self.with(|inner| inner.sent.push(sent));
        self.changed.notify_waiters();
    }

    pub async fn next_sent(&self) -> Sent {
        loop {
            let changed = self.changed.notified();
            let next = self.with(|inner| {
                let next = inner.sent.get(inner.seen).cloned();
                inner.seen += usize::from(next.is_some());
                next
            });
            if let Some(sent) = next {
                return sent;
            }
            // Short sleeps make up for a notice that came between the look and the wait.
            let _ = tokio::time::timeout(std::time::Duration::from_millis(50), changed).await;
        }
    }
}
