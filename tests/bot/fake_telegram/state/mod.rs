//! What the fake remembers. One lock guards it all, and whoever waits is told of changes.

mod chats;
mod store;
mod transcript;
mod updates;

use std::sync::Mutex;

use serde_json::Value;
use tokio::sync::Notify;

pub use chats::{Chats, Known, Standing};
pub use store::{File, Files, Queries, merge};
pub use transcript::{Document, Fault, Sent, Transcript};
pub use updates::Updates;

#[derive(Default)]
pub struct Shared {
    inner: Mutex<Inner>,
    changed: Notify,
}

#[derive(Default)]
pub struct Inner {
    pub updates: Updates,
    pub chats: Chats,
    pub queries: Queries,
    pub files: Files,
    /// The commands of each scope and language.
    pub commands: std::collections::HashMap<String, Value>,
    pub transcript: Transcript,
}

impl Shared {
    /// Reads or changes the state, and wakes all who wait.
    pub fn with<T>(&self, f: impl FnOnce(&mut Inner) -> T) -> T {
        let out = f(&mut self.inner.lock().unwrap());
        self.changed.notify_waiters();
        out
    }

    /// Looks after each change, until there is something.
    pub async fn wait_for<T>(&self, mut look: impl FnMut(&mut Inner) -> Option<T>) -> T {
        loop {
            // Whoever asks for the notice before the look misses no change.
            let changed = self.changed.notified();
            let found = look(&mut self.inner.lock().unwrap());
            if let Some(found) = found {
                return found;
            }
            changed.await;
        }
    }
}

impl Inner {
    /// Takes note of the messages and questions in an update, as the bot will know them.
    pub fn learn(&mut self, update: &Value) {
        for kind in ["message", "edited_message"] {
            if let Some(message) = update.get(kind) {
                self.chats.learn(message);
            }
        }
        for kind in ["callback_query", "inline_query"] {
            if let Some(id) = update[kind]["id"].as_str() {
                self.queries.ask(kind, id);
            }
        }
    }
}
