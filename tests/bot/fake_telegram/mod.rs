//! A strict stand-in for Telegram's Bot API on loopback: it refuses what Telegram refuses, in Telegram's words, and
//! keeps a transcript. Faults come on demand.

mod html;
mod methods;
mod state;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use axum::{Json, Router};
use serde_json::{Value, json};

use state::Shared;
pub use state::{Fault, Sent};

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
        let router = Router::new()
            .route("/{bot}/{method}", any(call))
            .with_state(Arc::clone(&shared));
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

    /// Somebody writes to the bot in private. Returns the message's number.
    pub fn private(&self, user: i64, text: &str) -> i64 {
        let chat = json!({"id": user, "type": "private", "first_name": "兰"});
        self.message(chat, user, text, json!({}))
    }

    /// Somebody writes in a group; `more` adds fields to the message.
    pub fn group(&self, chat: i64, user: i64, text: &str, more: Value) -> i64 {
        let chat = json!({"id": chat, "type": "supergroup", "title": "古道办", "is_forum": true});
        self.message(chat, user, text, more)
    }

    fn message(&self, chat: Value, user: i64, text: &str, more: Value) -> i64 {
        let id = self.shared.next_message_id();
        let mut message = json!({
            "message_id": id, "date": 1_700_000_000, "chat": chat, "text": text,
            "from": {"id": user, "is_bot": false, "first_name": "兰", "language_code": "zh-hans"},
        });
        for (name, value) in more.as_object().unwrap() {
            message[name] = value.clone();
        }
        self.shared.know_message(&message);
        self.update(json!({"message": message}));
        id
    }

    /// Any update, without its number.
    pub fn update(&self, update: Value) {
        self.shared.push_update(update);
    }

    /// The next calls of `method` go wrong in these ways.
    pub fn fail(&self, method: &str, faults: &[Fault]) {
        self.shared.fail(method, faults);
    }

    /// The next message that the bot sends, which no test has seen yet.
    pub async fn sent(&self) -> Sent {
        let shared = Arc::clone(&self.shared);
        tokio::time::timeout(PATIENCE, async move { shared.next_sent().await })
            .await
            .expect("the bot sends a message in time")
    }

    /// Waits a moment and makes sure that the bot sends nothing more.
    pub async fn nothing_more(&self) {
        let shared = Arc::clone(&self.shared);
        let more = tokio::time::timeout(Duration::from_millis(700), async move { shared.next_sent().await }).await;
        assert!(more.is_err(), "unexpected: {more:?}");
    }

    /// Waits until the bot has called `method`, and returns all its calls so far.
    pub async fn calls(&self, method: &str) -> Vec<Value> {
        let began = std::time::Instant::now();
        loop {
            let calls = self.shared.calls(method);
            if !calls.is_empty() || began.elapsed() > PATIENCE {
                return calls;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// The requests that Telegram would have refused, with its words; faults on demand are not among them.
    pub fn refusals(&self) -> Vec<String> {
        self.shared.refusals()
    }
}

impl Drop for FakeTelegram {
    fn drop(&mut self) {
        self.server.abort();
    }
}

/// A refusal as Telegram words it.
pub struct Refusal {
    code: u16,
    description: String,
    parameters: Option<Value>,
}

impl Refusal {
    fn bad(description: impl Into<String>) -> Refusal {
        Refusal {
            code: 400,
            description: format!("Bad Request: {}", description.into()),
            parameters: None,
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut body = json!({"ok": false, "error_code": self.code, "description": self.description});
        if let Some(parameters) = self.parameters {
            body["parameters"] = parameters;
        }
        (StatusCode::from_u16(self.code).unwrap(), Json(body)).into_response()
    }
}

async fn call(State(shared): State<Arc<Shared>>, Path((bot, method)): Path<(String, String)>, body: Bytes) -> Response {
    if bot != format!("bot{TOKEN}") {
        let refusal = Refusal {
            code: 401,
            description: "Unauthorized".to_owned(),
            parameters: None,
        };
        return refusal.into_response();
    }
    let method = method.to_ascii_lowercase();
    let parameters: Value = match body.is_empty() {
        true => json!({}),
        false => match serde_json::from_slice(&body) {
            Ok(parameters) => parameters,
            Err(error) => return Refusal::bad(format!("can't parse JSON object: {error}")).into_response(),
        },
    };
    if let Some(fault) = shared.record(&method, &parameters) {
        return fault_response(fault).await;
    }
    match methods::run(&shared, &method, &parameters).await {
        Ok(result) => Json(json!({"ok": true, "result": result})).into_response(),
        Err(refusal) => {
            shared.refused(&method, &refusal.description);
            refusal.into_response()
        }
    }
}

async fn fault_response(fault: Fault) -> Response {
    match fault {
        Fault::TooManyRequests(seconds) => Refusal {
            code: 429,
            description: format!("Too Many Requests: retry after {seconds}"),
            parameters: Some(json!({"retry_after": seconds})),
        }
        .into_response(),
        Fault::Refused(code, description) => Refusal {
            code,
            description: description.to_owned(),
            parameters: None,
        }
        .into_response(),
        Fault::NotTelegram => "<html>proxy</html>".into_response(),
    }
}
