//! A strict stand-in for Telegram's Bot API on loopback: it refuses what Telegram refuses, in Telegram's words, and
//! keeps a transcript. Faults come on demand.

mod html;
mod methods;
mod own_tests;
mod people;
mod refusal;
mod server;
mod state;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};

pub use state::{Document, Fault, Sent};
use state::{Inner, Shared};

/// The only token that is let in.
pub const TOKEN: &str = "123456789:AAfakefakefakefakefakefakefakefakefa";
/// The bot's own number and name.
pub const BOT_ID: i64 = 123_456_789;
pub const BOT_NAME: &str = "huiwen_bot";
/// How long a test waits for the bot.
const PATIENCE: Duration = Duration::from_secs(20);

/// A running fake. Everything ends with it.
pub struct FakeTelegram {
    address: SocketAddr,
    shared: Arc<Shared>,
    server: tokio::task::JoinHandle<()>,
}

impl FakeTelegram {
    pub async fn start() -> FakeTelegram {
        let shared = Arc::new(Shared::default());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = server::router(Arc::clone(&shared));
        let server = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        FakeTelegram {
            address,
            shared,
            server,
        }
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The next calls of `method` go wrong in these ways. Downloads of files go by the name of `download`.
    pub fn fail(&self, method: &str, faults: &[Fault]) {
        self.shared.with(|inner| inner.transcript.fail(method, faults));
    }

    /// The next message that the bot sends, which no test has seen yet.
    pub async fn sent(&self) -> Sent {
        self.patiently("sends a message", |inner| inner.transcript.sent.take_next())
            .await
    }

    /// As `sent`, however long it takes.
    pub async fn next_sent(&self) -> Sent {
        self.shared.wait_for(|inner| inner.transcript.sent.take_next()).await
    }

    /// All that the bot has sent so far, seen or not.
    pub fn all_sent(&self) -> Vec<Sent> {
        self.shared.with(|inner| inner.transcript.sent.all.clone())
    }

    /// The next edit, of the text or of the keyboard alone, that no test has seen yet: the message after it, with the
    /// edit's parameters.
    pub async fn edited(&self) -> Sent {
        self.patiently("edits a message", |inner| inner.transcript.edits.take_next())
            .await
    }

    /// The parameters of the answer to a pressed button.
    pub async fn callback_answer(&self, id: &str) -> Value {
        self.patiently("answers the press", |inner| inner.queries.answered(id))
            .await
    }

    /// The parameters of the answer to an inline question.
    pub async fn inline_answer(&self, id: &str) -> Value {
        self.patiently("answers inline", |inner| inner.queries.answered(id))
            .await
    }

    async fn patiently<T>(&self, what: &str, look: impl FnMut(&mut Inner) -> Option<T>) -> T {
        let found = tokio::time::timeout(PATIENCE, self.shared.wait_for(look)).await;
        found.unwrap_or_else(|_| panic!("the bot {what} in time; refused so far: {:?}", self.refusals()))
    }

    /// Waits a moment and makes sure that the bot sends nothing more.
    pub async fn nothing_more(&self) {
        let next = self.shared.wait_for(|inner| inner.transcript.sent.take_next());
        let more = tokio::time::timeout(Duration::from_millis(700), next).await;
        assert!(more.is_err(), "unexpected: {more:?}");
    }

    /// Waits until the bot has called `method`, and returns all its calls so far.
    pub async fn calls(&self, method: &str) -> Vec<Value> {
        let look = |inner: &mut Inner| Some(inner.transcript.calls(method)).filter(|calls| !calls.is_empty());
        let calls = tokio::time::timeout(PATIENCE, self.shared.wait_for(look)).await;
        calls.unwrap_or_default()
    }

    /// All calls of `method` until now.
    pub fn calls_so_far(&self, method: &str) -> Vec<Value> {
        self.shared.with(|inner| inner.transcript.calls(method))
    }

    /// The requests that Telegram would have refused, with its words; faults on demand are not among them.
    pub fn refusals(&self) -> Vec<String> {
        self.shared.with(|inner| inner.transcript.refusals.clone())
    }

    /// The parameters of the webhook that is set.
    pub fn webhook(&self) -> Option<Value> {
        self.shared.with(|inner| inner.updates.webhook.clone())
    }

    /// Takes all updates that wait, for a test that posts them to the webhook itself.
    pub fn take_updates(&self) -> Vec<Value> {
        self.shared.with(|inner| {
            let updates = inner.updates.deliver(usize::MAX);
            inner.updates.drop_all();
            updates
        })
    }
}

impl Drop for FakeTelegram {
    fn drop(&mut self) {
        self.server.abort();
    }
}

/// A user, as messages carry one.
fn person(user: i64) -> Value {
    json!({"id": user, "is_bot": false, "first_name": "兰", "language_code": "zh-hans"})
}
