//! The first steps: what the bot says of itself, its settings as buttons, questions to try, and reactions as feedback.

use serde_json::json;

use crate::fake_telegram::FakeTelegram;
use crate::running_bot::{Home, REPORT, RunningBot, reload};
use crate::{ADMIN, GROUP, STAFF};

#[tokio::test(flavor = "multi_thread")]
async fn the_bot_says_of_itself_what_it_is_unless_somebody_else_has() {
    let telegram = FakeTelegram::start().await;
    let bot = RunningBot::start(&telegram).await;
    for (method, field) in [
        ("setMyDescription", "description"),
        ("setMyShortDescription", "short_description"),
    ] {
        let said = telegram.calls_so_far(method);
        let codes: Vec<_> = said.iter().map(|call| call["language_code"].clone()).collect();
        assert_eq!(codes, [json!(null), json!("zh"), json!("en")], "{method}");
        for call in &said {
            let words = call[field].as_str().unwrap();
            let english = call["language_code"] == "en";
            assert_eq!(english, words.contains("own words"), "{words}");
            assert!(words.starts_with("会问 huiwen"), "{words}");
        }
    }
    let home = bot.stopped("TERM").1;
    // What it said itself it says anew; what an owner wrote stays.
    let count = |method: &str| telegram.calls_so_far(method).len();
    let bot = RunningBot::with(&telegram, home, &[]).await;
    assert_eq!(count("setMyDescription"), 6);
    let home = bot.stopped("TERM").1;
    reqwest::Client::new()
        .post(format!(
            "{}/bot{}/setMyDescription",
            telegram.url(),
            crate::fake_telegram::TOKEN
        ))
        .json(&json!({"description": "我们办公室的机器人"}))
        .send()
        .await
        .unwrap();
    let before = (count("setMyDescription"), count("setMyShortDescription"));
    let _bot = RunningBot::with(&telegram, home, &[]).await;
    assert_eq!(count("setMyDescription"), before.0);
    assert_eq!(count("setMyShortDescription"), before.1 + 3);
    assert_eq!(telegram.refusals(), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_are_buttons_that_change_their_own_message() {
    let telegram = FakeTelegram::start().await;
    let _bot = RunningBot::start(&telegram).await;
    telegram.private(STAFF, "/settings");
    let settings = telegram.sent().await;
    insta::assert_snapshot!(settings.text);
    assert_eq!(
        settings.buttons(),
        [
            vec!["✓ 中文", "English"],
            vec!["默认 丹溪县", "默认 青禾县"],
            vec!["🔔 关注了什么"]
        ]
    );
    telegram.press(STAFF, &settings, "默认 青禾县");
    let set = telegram.edited().await;
    assert_eq!(set.message_id, settings.message_id);
    assert!(set.text.contains("默认看青禾县的发言"), "{}", set.text);
    assert_eq!(
        set.buttons()[1..3],
        [vec!["默认 丹溪县", "✓ 默认 青禾县"], vec!["不要默认"]]
    );
    telegram.private(STAFF, "下一步做什么?");
    assert!(telegram.sent().await.text.contains("默认只看青禾县"));
    telegram.press(STAFF, &settings, "不要默认");
    assert!(telegram.edited().await.text.contains("没有默认的县或会议"));
    telegram.press(STAFF, &settings, "English");
    let english = telegram.edited().await;
    assert!(
        english.text.starts_with("Settings\nLanguage: English"),
        "{}",
        english.text
    );
    assert_eq!(english.buttons()[0], ["中文", "✓ English"]);
    // A group's are its admins'.
    telegram.member(GROUP, STAFF, "member");
    telegram.group(GROUP, STAFF, "/settings", json!({}));
    let settings = telegram.sent().await;
    for button in ["English", "默认 青禾县"] {
        let query = telegram.press(STAFF, &settings, button);
        let note = telegram.callback_answer(&query).await["text"].to_string();
        assert!(note.contains("管理员"), "{note}");
    }
    telegram.member(GROUP, 501, "administrator");
    telegram.press(501, &settings, "默认 青禾县");
    assert!(telegram.edited().await.text.contains("青禾县"));
    assert_eq!(telegram.refusals(), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn examples_are_three_that_the_files_answer_and_come_anew_with_each_reload() {
    let telegram = FakeTelegram::start().await;
    let home = Home::empty();
    std::fs::create_dir(home.knowledge().join("统战")).unwrap();
    home.write("a.txt", REPORT);
    let bot = RunningBot::with(&telegram, home, &[]).await;
    // Each is asked, and answered.
    let all_answered = async |buttons: Vec<Vec<String>>| {
        assert_eq!(buttons.len(), 3, "{buttons:?}");
        for question in buttons.concat() {
            telegram.private(STAFF, &question);
            let answer = telegram.sent().await;
            assert!(answer.text.contains(".txt"), "{question}: {}", answer.text);
        }
    };
    telegram.private(STAFF, "/start");
    all_answered(telegram.sent().await.buttons()).await;
    let secret = "矿山关停专题会召开\n\n2025年5月20日,矿山关停专题会在云岭县召开。\n\n云岭县县长宇文柏说:“三座矿山年底前全部关停。”\n";
    bot.write("统战/密.txt", secret);
    let reloaded = reload(&telegram, ADMIN).await;
    assert!(
        reloaded.buttons().concat().join("").contains("云岭县说了什么"),
        "{:?}",
        reloaded.buttons()
    );
    telegram.press(ADMIN, &reloaded, "云岭县");
    assert!(telegram.sent().await.text.contains("全部关停"));
    telegram.private(ADMIN, "/allow 501 统战");
    telegram.sent().await;
    // Of what somebody does not see no example is given.
    telegram.private(STAFF, "/start");
    let start = telegram.sent().await;
    assert!(!start.buttons().concat().join("").contains("云岭") && start.text.contains("1 个文件"));
    // Nothing came: there is nothing to try.
    assert!(reload(&telegram, ADMIN).await.buttons().is_empty());
    assert_eq!(telegram.refusals(), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reaction_to_an_answer_is_an_opinion_that_can_be_taken_back() {
    let telegram = FakeTelegram::start().await;
    let _bot = RunningBot::start(&telegram).await;
    telegram.private(STAFF, "青禾县怎么修路?");
    let answer = telegram.sent().await;
    let listed = async || {
        telegram.private(ADMIN, "/feedback");
        telegram.sent().await.text
    };
    let react = |before: &[&str], now: &[&str]| telegram.react(STAFF, STAFF, answer.message_id, before, now);
    // What says nothing of the answer counts for nothing.
    react(&[], &["🎉"]);
    telegram.private(STAFF, "/help");
    telegram.sent().await;
    assert!(listed().await.contains("还没有"));
    let after = async |before: &[&str], now: &[&str]| {
        react(before, now);
        // Handled before the chat's next message.
        telegram.private(STAFF, "/help");
        telegram.sent().await;
        listed().await
    };
    let good = after(&["🎉"], &["🎉", "👍"]).await;
    assert!(
        good.contains("👍 · 青禾县怎么修路?") && good.contains("a.txt"),
        "{good}"
    );
    assert!(after(&["👍"], &["👎"]).await.contains("👎"));
    assert!(after(&["👎"], &[]).await.contains("还没有"));
    // What is wrong was said by a button: a reaction makes it no less precise, and takes nothing back.
    telegram.press(STAFF, &answer, "👎");
    telegram.edited().await;
    telegram.press(STAFF, &answer, "发言人不对");
    telegram.edited().await;
    assert!(after(&[], &["👎"]).await.contains("发言人不对"));
    assert!(after(&["👎"], &[]).await.contains("发言人不对"));
    // To something else than an answer, of a kind that nobody knows, or of nobody.
    telegram.private(STAFF, "/help");
    let help = telegram.sent().await;
    telegram.react(STAFF, STAFF, help.message_id, &[], &["👍"]);
    let chat = json!({"id": STAFF, "type": "private", "first_name": "兰"});
    telegram.update(
        json!({"message_reaction": {"chat": chat, "message_id": answer.message_id, "date": 1_700_000_003,
        "actor_chat": chat, "old_reaction": [], "new_reaction": [{"type": "emoji", "emoji": "👍"}]}}),
    );
    telegram.update(json!({"message_reaction": {"chat": chat, "message_id": answer.message_id, "date": 1_700_000_003,
        "user": {"id": STAFF, "is_bot": false, "first_name": "兰"},
        "old_reaction": [{"type": "telepathy"}], "new_reaction": [{"type": "telepathy"}, {"type": "emoji", "emoji": "👍"}]}}));
    telegram.private(STAFF, "/help");
    telegram.sent().await;
    let last = listed().await;
    assert!(last.contains("👍") && !last.contains("2. "), "{last}");
    telegram.nothing_more().await;
    assert_eq!(telegram.refusals(), [""; 0]);
}
