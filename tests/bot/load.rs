//! Many at once: everybody is answered, in order within each chat.

use std::collections::HashMap;
use std::time::Instant;

use serde_json::json;

use crate::fake_telegram::FakeTelegram;
use crate::running_bot::{Home, RunningBot};

const SETTINGS: [(&str, &str); 2] = [("HUIWEN_GROUP_RATE", "1000"), ("HUIWEN_LOG", "warn")];

/// So many users ask at once, five in each group. Returns the bot's memory and the time it took.
async fn crowd(users: i64) -> (u64, std::time::Duration) {
    let telegram = FakeTelegram::start().await;
    let bot = RunningBot::with(&telegram, Home::new(), &SETTINGS).await;
    telegram.private(1, "/help");
    telegram.sent().await;
    let mut asked: HashMap<i64, Vec<i64>> = HashMap::new();
    let began = Instant::now();
    for user in 0..users {
        let chat = -1_001_000_000_000 - user / 5;
        let question = ["青禾县怎么修路?", "丹溪县说了什么?", "旬邑县说了什么?"][(user % 3) as usize];
        let id = telegram.group(chat, 10_000 + user, &format!("/ask {question}"), json!({}));
        asked.entry(chat).or_default().push(id);
    }
    let mut answered: HashMap<i64, Vec<i64>> = HashMap::new();
    for _ in 0..users {
        let sent = telegram.sent().await;
        let id = sent.parameters["reply_parameters"]["message_id"].as_i64().unwrap();
        answered.entry(sent.chat).or_default().push(id);
    }
    let took = began.elapsed();
    assert_eq!(asked, answered, "everybody, and in order within each chat");
    telegram.nothing_more().await;
    assert_eq!(telegram.refusals(), [""; 0]);
    (bot.memory(), took)
}

/// `cargo test --release --test bot -- --nocapture a_thousand` shows the figures.
#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_users_in_two_hundred_chats() {
    let (memory, took) = crowd(1000).await;
    println!(
        "1,000 users in 200 chats: {took:?}, at most {:.1} MB",
        memory as f64 / 1e6
    );
    assert!(memory < 500_000_000);
}
