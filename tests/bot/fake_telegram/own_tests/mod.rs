//! The fake is strict in what it says it is strict in.

mod chats;
mod faults;
mod files;
mod keyboards;
mod queries;
mod sending;
mod updates;

use serde_json::{Value, json};

use super::{FakeTelegram, TOKEN};

const USER: i64 = 42;
const GROUP: i64 = -1_001_234;

/// A fake that knows the user and the group, each by a message; the numbers of the messages are 1 and 2.
async fn fake() -> FakeTelegram {
    let telegram = FakeTelegram::start().await;
    assert_eq!(telegram.private(USER, "早"), 1);
    let in_topic = json!({"message_thread_id": 9, "is_topic_message": true});
    assert_eq!(telegram.group(GROUP, USER, "早", in_topic), 2);
    telegram
}

/// Calls a method; the whole answer, or how the connection broke.
async fn try_call(telegram: &FakeTelegram, method: &str, parameters: &Value) -> reqwest::Result<String> {
    let request = reqwest::Client::new()
        .post(format!("{}/bot{TOKEN}/{method}", telegram.url()))
        .header("content-type", "application/json")
        .body(parameters.to_string());
    request.send().await?.text().await
}

async fn call(telegram: &FakeTelegram, method: &str, parameters: Value) -> Value {
    let answer = try_call(telegram, method, &parameters).await.unwrap();
    serde_json::from_str(&answer).unwrap()
}

/// Calls a method that goes well.
async fn result(telegram: &FakeTelegram, method: &str, parameters: Value) -> Value {
    let answer = call(telegram, method, parameters.clone()).await;
    assert_eq!(answer["ok"], true, "{method} {parameters}: {answer}");
    answer["result"].clone()
}

/// The words of the refusal behind "Bad Request: ", or "ok".
async fn outcome(telegram: &FakeTelegram, method: &str, parameters: Value) -> String {
    let answer = call(telegram, method, parameters).await;
    match answer["ok"] == true {
        true => "ok".to_owned(),
        false => {
            let words = answer["description"].as_str().unwrap();
            words.strip_prefix("Bad Request: ").unwrap_or(words).to_owned()
        }
    }
}

/// Each call, and the outcome that it has.
async fn check<const N: usize>(telegram: &FakeTelegram, method: &str, cases: [(Value, &str); N]) {
    for (parameters, expected) in cases {
        let shown = parameters.to_string();
        let outcome = outcome(telegram, method, parameters).await;
        assert!(outcome.contains(expected), "{method} {shown}: {outcome}");
        assert_eq!(outcome == "ok", expected == "ok", "{method} {shown}: {outcome}");
    }
}

/// The same object with other fields.
fn with(object: &Value, more: Value) -> Value {
    let mut object = object.clone();
    super::state::merge(&mut object, &more);
    object
}

/// A client as the bot has one: what it can read, the bot can read.
fn client(telegram: &FakeTelegram) -> teloxide::Bot {
    teloxide::Bot::new(TOKEN).set_api_url(telegram.url().parse().unwrap())
}
