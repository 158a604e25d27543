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

/// `SOAK=100000 cargo test --release --test bot -- --ignored --nocapture soak`: questions, reloads and kills between.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes minutes"]
async fn soak() {
    let questions: i64 = std::env::var("SOAK")
        .ok()
        .and_then(|number| number.parse().ok())
        .unwrap_or(20_000);
    let settings = [
        ("HUIWEN_USER_RATE", "10000"),
        ("HUIWEN_SEND_RATE", "10000"),
        ("HUIWEN_LOG", "error"),
    ];
    let telegram = FakeTelegram::start().await;
    let mut bot = RunningBot::with(&telegram, Home::new(), &settings).await;
    let (step, mut memory, mut longest) = (questions / 20, Vec::new(), 0);
    let mut answered: std::collections::HashSet<(i64, i64)> = std::collections::HashSet::new();
    let began = Instant::now();
    for part in 0..20 {
        let mut asked = 0;
        while asked < step {
            let batch = (step - asked).min(200);
            for number in 0..batch {
                let user = 50_000 + (asked + number) % 3_000;
                let text = ["青禾县怎么修路?", "丹溪县说了什么?", "谁谈到火箭?", "那丹溪县呢?"][(number % 4) as usize];
                telegram.private(user, text);
            }
            for _ in 0..batch {
                let sent = telegram.sent().await;
                answered.insert((sent.chat, sent.message_id));
            }
            asked += batch;
        }
        bot.write(
            "b.txt",
            &format!("茶山会召开。\n\n丹溪县副县长欧阳竹说:“第{part}级石阶。”\n"),
        );
        if std::env::var_os("NO_RELOADS").is_none() {
            crate::running_bot::reload(&telegram, crate::ADMIN).await;
        }
        memory.push(bot.memory_now());
        let records = std::fs::metadata(bot.home().data().join("bot.redb")).unwrap().len();
        longest = longest.max(records);
        println!(
            "{} questions, {:?}: {:.1} MB of memory, {:.1} MB of records",
            (part + 1) * step,
            began.elapsed(),
            *memory.last().unwrap() as f64 / 1e6,
            records as f64 / 1e6
        );
        if part == 9 {
            let home = bot.crashed();
            bot = RunningBot::with(&telegram, home, &settings).await;
            // What was not yet marked as done is done again: answers, and the reload.
            let patience = std::time::Duration::from_secs(12);
            while tokio::time::timeout(patience, telegram.sent()).await.is_ok() {}
            while tokio::time::timeout(patience, telegram.edited()).await.is_ok() {}
        }
    }
    assert_eq!(answered.len() as i64, step * 20, "nothing is lost");
    // Flat: what it holds at the end of each half is what it held at a third of it.
    for half in [3..10, 13..20] {
        let (first, last) = (memory[half.start], memory[half.end - 1]);
        assert!(last < first + first / 3 + 20_000_000, "{first} {last}");
    }
    assert!(longest < 100_000_000, "{longest}");
}

/// What a reload takes it gives back. (The allocator by itself would keep some of it each time.)
#[tokio::test(flavor = "multi_thread")]
async fn reloads_leave_no_memory_behind() {
    let telegram = FakeTelegram::start().await;
    let bot = RunningBot::with(&telegram, Home::new(), &SETTINGS).await;
    let mut memory = Vec::new();
    for number in 0..24 {
        bot.write(
            "b.txt",
            &format!("茶山会召开。\n\n丹溪县副县长欧阳竹说:“第{number}级石阶。”\n"),
        );
        crate::running_bot::reload(&telegram, crate::ADMIN).await;
        memory.push(bot.memory_now() / 1_000_000);
    }
    println!("{memory:?} MB");
    assert!(memory[23] <= memory[7] + 8, "{memory:?}");
}

/// `cargo test --test bot -- --ignored --nocapture ninety_kills`: ten questions, and the process is killed at another moment
/// each time.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes minutes"]
async fn ninety_kills_lose_no_question() {
    const KILLS: i64 = 90;
    const QUESTIONS: i64 = 10;
    let settings = [("HUIWEN_SEND_RATE", "10000"), ("HUIWEN_LOG", "error")];
    let telegram = FakeTelegram::start().await;
    let mut home = Home::new();
    let mut user = 70_000;
    for kill in 0..KILLS {
        let bot = RunningBot::with(&telegram, home, &settings).await;
        for _ in 0..QUESTIONS {
            telegram.private(user, ["青禾县怎么修路?", "丹溪县说了什么?"][(user % 2) as usize]);
            user += 1;
        }
        // From before the first is taken to behind the last answer.
        tokio::time::sleep(std::time::Duration::from_millis((kill * 37 % KILLS * 12) as u64)).await;
        home = bot.crashed();
    }
    let _bot = RunningBot::with(&telegram, home, &settings).await;
    let asked = (user - 70_000) as usize;
    let mut answers: HashMap<i64, usize> = HashMap::new();
    // One that was in hand at three of the kills waits until the bot has run for a minute.
    let patience = std::time::Duration::from_secs(75);
    while let Ok(sent) = tokio::time::timeout(patience, telegram.next_sent()).await {
        let right = ["蒲正明", "莫春燕"][(sent.chat % 2) as usize];
        assert!(sent.text.contains(right), "{}", sent.text);
        *answers.entry(sent.chat).or_default() += 1;
    }
    let lost: Vec<i64> = (70_000..user).filter(|user| !answers.contains_key(user)).collect();
    assert!(lost.is_empty(), "of {asked} these are lost: {lost:?}");
    // Where the process died between Telegram's word and its own mark, nobody can know: those come twice.
    let twice = answers.values().filter(|times| **times > 1).count();
    let most = answers.values().max().copied().unwrap_or_default();
    println!(
        "{KILLS} kills: {} of {asked} questions answered, {twice} of them twice",
        answers.len()
    );
    assert!(most <= 2 && twice <= asked / 5, "{twice} twice, one {most} times");
    assert_eq!(telegram.refusals(), [""; 0]);
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
