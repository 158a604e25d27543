//! What happened, and what shall go wrong.

use std::collections::{HashMap, VecDeque};
use std::time::Duration;

use axum::body::Bytes;
use serde_json::Value;

/// Something that goes wrong once.
#[derive(Clone, Debug)]
pub enum Fault {
    /// Wait so many seconds.
    TooManyRequests(u32),
    /// Refused with this code and description.
    Refused(u16, &'static str),
    /// What answers is a proxy's page.
    NotTelegram,
    /// A gateway's page with this code, such as 502.
    ServerError(u16),
    /// The connection ends without an answer, and nothing was done.
    Drop,
    /// The connection ends without an answer, though all was done.
    DropAfter,
    /// All is done at once, but the answer comes so much later.
    Delay(Duration),
}

/// A message that the bot sent, or what an edit made of it.
#[derive(Clone, Debug)]
pub struct Sent {
    pub chat: i64,
    pub message_id: i64,
    /// The words after parsing; a document's caption.
    pub text: String,
    /// As it was sent.
    pub raw: String,
    pub parameters: Value,
    pub document: Option<Document>,
}

/// A file that the bot sent.
#[derive(Clone, Debug)]
pub struct Document {
    pub name: String,
    pub bytes: Bytes,
}

impl Sent {
    /// What stands on the buttons, row by row.
    pub fn buttons(&self) -> Vec<Vec<String>> {
        let rows = self.parameters["reply_markup"]["inline_keyboard"].as_array();
        let text = |button: &Value| button["text"].as_str().unwrap_or_default().to_owned();
        let texts = |row: &Value| row.as_array().into_iter().flatten().map(text).collect();
        rows.into_iter().flatten().map(texts).collect()
    }
}

/// Things in order of arrival, and how many of them a test took.
#[derive(Default)]
pub struct Seen {
    pub all: Vec<Sent>,
    taken: usize,
}

impl Seen {
    pub fn take_next(&mut self) -> Option<Sent> {
        let next = self.all.get(self.taken).cloned();
        self.taken += usize::from(next.is_some());
        next
    }
}

#[derive(Default)]
pub struct Transcript {
    pub sent: Seen,
    pub edits: Seen,
    pub refusals: Vec<String>,
    calls: Vec<(String, Value)>,
    faults: HashMap<String, VecDeque<Fault>>,
}

impl Transcript {
    pub fn fail(&mut self, method: &str, faults: &[Fault]) {
        let faults_of = self.faults.entry(method.to_ascii_lowercase()).or_default();
        faults_of.extend(faults.iter().cloned());
    }

    /// Writes the call down; the fault that it meets.
    pub fn record(&mut self, method: &str, parameters: &Value) -> Option<Fault> {
        self.calls.push((method.to_owned(), parameters.clone()));
        self.faults.get_mut(method)?.pop_front()
    }

    pub fn calls(&self, method: &str) -> Vec<Value> {
        let method = method.to_ascii_lowercase();
        let of_method = self.calls.iter().filter(|(name, _)| *name == method);
        of_method.map(|(_, parameters)| parameters.clone()).collect()
    }
}
