//! Staff, in private: questions, buttons, lists, feedback, the inline mode.

use serde_json::json;

use crate::fake_telegram::{FakeTelegram, Sent};
use crate::running_bot::{Home, RunningBot};
use crate::{ADMIN, STAFF};

#[tokio::test(flavor = "multi_thread")]
async fn a_question_in_private_gets_quotes_with_speaker_and_county() {
    let telegram = FakeTelegram::start().await;
    let bot = RunningBot::start(&telegram).await;
    telegram.private(STAFF, "青禾县怎么修路?");
    let sent = telegram.sent().await;
    assert_eq!(sent.chat, STAFF);
    assert!(
        sent.raw.starts_with("<b>蒲正明") && sent.raw.contains("<blockquote"),
        "{}",
        sent.raw
    );
    assert!(!telegram.calls("sendChatAction").await.is_empty());
    insta::assert_snapshot!(sent.raw);
    bot.ends_cleanly();
    assert_eq!(telegram.refusals(), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn where_nobody_spoke_it_says_who_did() {
    let telegram = FakeTelegram::start().await;
    let _bot = RunningBot::start(&telegram).await;
    telegram.private(STAFF, "旬邑县说了什么?");
    let sent = telegram.sent().await;
    insta::assert_snapshot!(sent.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn follow_ups_lean_on_the_question_before() {
    let telegram = FakeTelegram::start().await;
    let _bot = RunningBot::start(&telegram).await;
    telegram.private(STAFF, "青禾县下一步要做什么?");
    let first = telegram.sent().await;
    assert!(first.text.contains("蒲正明"));
    telegram.private(STAFF, "那丹溪县呢?");
    let sent = telegram.sent().await;
    assert!(
        sent.text.contains("莫春燕") && !sent.text.contains("蒲正明"),
        "{}",
        sent.text
    );
    // Another user's question is a conversation of its own.
    telegram.private(STAFF + 1, "那丹溪县呢?");
    assert!(telegram.sent().await.text.contains("莫春燕"));
}

#[tokio::test(flavor = "multi_thread")]
async fn start_offers_examples_that_are_answered() {
    let telegram = FakeTelegram::start().await;
    let _bot = RunningBot::start(&telegram).await;
    telegram.private(STAFF, "/start");
    let start = telegram.sent().await;
    assert_eq!(start.text.lines().count(), 5, "{}", start.text);
    let buttons = start.buttons();
    assert_eq!(buttons.len(), 3, "{buttons:?}");
    telegram.press(STAFF, &start, &buttons[0][0]);
    let answer = telegram.sent().await;
    assert!(answer.raw.contains("<blockquote"), "{}", answer.raw);
    telegram.private(STAFF, "那丹溪县呢?");
    assert!(telegram.sent().await.text.contains("莫春燕"));
}

#[tokio::test(flavor = "multi_thread")]
async fn help_shows_what_one_may_do() {
    let telegram = FakeTelegram::start().await;
    let _bot = RunningBot::start(&telegram).await;
    telegram.private(STAFF, "/help");
    let help = telegram.sent().await.text;
    assert!(
        help.contains("/summary") && help.contains("/lang") && !help.contains("/reload"),
        "{help}"
    );
    telegram.private(ADMIN, "/help");
    assert!(telegram.sent().await.text.contains("/reload"));
    telegram.private(STAFF, "/ask");
    assert!(telegram.sent().await.text.contains("/ask "));
    telegram.private(STAFF, "/compare");
    assert!(telegram.sent().await.text.contains("/compare "));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_summary_has_everybody_who_spoke() {
    let telegram = FakeTelegram::start().await;
    let _bot = RunningBot::start(&telegram).await;
    telegram.private(STAFF, "/summary");
    let sent = telegram.sent().await;
    for name in ["蒲正明", "莫春燕", "大家"] {
        assert!(sent.text.contains(name), "{name}: {}", sent.text);
    }
    // Of a county, and of a topic.
    telegram.private(STAFF, "/summary 丹溪县");
    let sent = telegram.sent().await.text;
    assert!(sent.contains("莫春燕") && !sent.contains("蒲正明"), "{sent}");
    telegram.private(STAFF, "/summary 石板路");
    let sent = telegram.sent().await.text;
    assert!(sent.contains("蒲正明") && !sent.contains("莫春燕"), "{sent}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_comparison_has_both_sides() {
    let telegram = FakeTelegram::start().await;
    let _bot = RunningBot::start(&telegram).await;
    for command in [
        "/compare 青禾县 丹溪县",
        "/compare 青禾县、丹溪县 下一步",
        "/compare 青禾县和丹溪县",
    ] {
        telegram.private(STAFF, command);
        let sent = telegram.sent().await;
        assert!(
            sent.text.contains("蒲正明") && sent.text.contains("莫春燕"),
            "{command}: {}",
            sent.text
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_say_what_there_is_and_can_be_leafed_through() {
    let telegram = FakeTelegram::start().await;
    let home = Home::new();
    for number in 1..=12 {
        let text = format!(
            "第{number}次读书会召开\n\n2023年5月{number}日,读书会召开。\n\n丹溪县县长甘霖说:“读第{number}本。”\n"
        );
        home.write(&format!("{number}.txt"), &text);
    }
    let _bot = RunningBot::with(&telegram, home, &[]).await;
    telegram.private(STAFF, "/meetings");
    let first = telegram.sent().await;
    let lines: Vec<&str> = first.text.lines().collect();
    assert!(
        lines[1].starts_with("1. 2024-03-05 · 古道保护利用现场会召开"),
        "{}",
        first.text
    );
    assert!(lines[2].contains("第12次读书会"), "{}", first.text);
    assert_eq!(first.buttons(), [["第 1/2 页", "▸"]]);
    telegram.press(STAFF, &first, "▸");
    let second = telegram.edited().await;
    assert!(second.text.contains("11. 2023-05-03"), "{}", second.text);
    assert_eq!(second.buttons(), [["◂", "第 2/2 页"]]);
    telegram.private(STAFF, "/speakers");
    let speakers = telegram.sent().await.text;
    assert!(
        speakers.contains("莫春燕（丹溪县文化和旅游局局长；丹溪县）") && speakers.contains("12 个文件"),
        "{speakers}"
    );
    telegram.private(STAFF, "/counties");
    let counties = telegram.sent().await.text;
    assert!(
        counties.contains("丹溪县：甘霖、莫春燕") && counties.contains("青禾县：蒲正明"),
        "{counties}"
    );
    assert_eq!(telegram.refusals(), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_language_is_the_users_choice_and_is_kept() {
    let telegram = FakeTelegram::start().await;
    let bot = RunningBot::start(&telegram).await;
    telegram.private(STAFF, "/lang");
    let asked = telegram.sent().await;
    telegram.press(STAFF, &asked, "English");
    assert!(telegram.edited().await.text.contains("English"));
    let (_, home) = bot.stopped("TERM");
    let _bot = RunningBot::with(&telegram, home, &[]).await;
    telegram.private(STAFF, "旬邑县说了什么?");
    assert!(telegram.sent().await.text.contains("The files hold"));
    telegram.private(STAFF + 1, "旬邑县说了什么?");
    assert!(telegram.sent().await.text.contains("文件里没有"));
    telegram.private(STAFF, "/lang zh");
    telegram.sent().await;
    telegram.private(STAFF, "/lang fr");
    assert!(telegram.sent().await.text.contains("zh"));
    let menus = telegram.calls("setMyCommands").await;
    let own = menus
        .iter()
        .filter(|menu| menu["scope"]["chat_id"] == json!(STAFF))
        .count();
    assert_eq!(own, 6, "a menu for each choice in each language");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edited_question_edits_its_answer() {
    let telegram = FakeTelegram::start().await;
    let _bot = RunningBot::start(&telegram).await;
    let asked = telegram.private(STAFF, "青禾县怎么修路?");
    let answer = telegram.sent().await;
    telegram.edit_private(STAFF, asked, "丹溪县下一步要做什么?");
    let edited = telegram.edited().await;
    assert_eq!(edited.message_id, answer.message_id);
    assert!(
        edited.text.contains("莫春燕") && !edited.text.contains("蒲正明"),
        "{}",
        edited.text
    );
    // An older question's edit leaves the newer ones where they are.
    let second = telegram.private(STAFF, "青禾县下一步要做什么?");
    telegram.sent().await;
    telegram.edit_private(STAFF, asked, "总结一下这次会议");
    telegram.edited().await;
    telegram.private(STAFF, "那丹溪县呢?");
    let sent = telegram.sent().await.text;
    assert!(sent.contains("两万元") && !sent.contains("蒲正明"), "{sent}");
    telegram.edit_private(STAFF, second, "丹溪县下一步要做什么?");
    telegram.edited().await;
    // A follow-up leans on the question as it is now.
    telegram.private(STAFF, "她还说了什么?");
    assert!(!telegram.sent().await.text.contains("蒲正明"));
    telegram.nothing_more().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_leans_on_the_answer_that_it_replies_to() {
    let telegram = FakeTelegram::start().await;
    let _bot = RunningBot::start(&telegram).await;
    telegram.private(STAFF, "青禾县下一步要做什么?");
    let answer = telegram.sent().await;
    telegram.private(STAFF, "总结一下这次会议");
    telegram.sent().await;
    let reply = json!({"reply_to_message": message_of(&answer)});
    telegram.group(STAFF, STAFF, "那丹溪县呢?", with_private_chat(reply));
    let sent = telegram.sent().await;
    assert!(
        sent.text.contains("两万元") && !sent.text.contains("蒲正明"),
        "{}",
        sent.text
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn feedback_is_kept_and_can_be_exported() {
    let telegram = FakeTelegram::start().await;
    let _bot = RunningBot::start(&telegram).await;
    telegram.private(STAFF, "青禾县怎么修路?");
    let answer = telegram.sent().await;
    let id = telegram.press(STAFF, &answer, "👍");
    assert_eq!(telegram.callback_answer(&id).await["text"], "谢谢！");
    telegram.press(STAFF, &answer, "👎");
    let asked = telegram.edited().await;
    assert!(
        asked.buttons().concat().contains(&"发言人不对".to_owned()),
        "{:?}",
        asked.buttons()
    );
    telegram.press(STAFF, &answer, "发言人不对");
    assert!(
        !telegram
            .edited()
            .await
            .buttons()
            .concat()
            .contains(&"发言人不对".to_owned())
    );
    let reply = json!({"reply_to_message": message_of(&answer)});
    telegram.group(STAFF, STAFF, "/feedback 这话是<县长>说的", with_private_chat(reply));
    assert!(telegram.sent().await.text.contains("记下了"));
    telegram.private(STAFF, "/feedback");
    assert!(telegram.sent().await.text.contains("回复我的一条回答"));
    telegram.private(ADMIN, "/feedback");
    let list = telegram.sent().await.text;
    assert!(
        list.contains("发言人不对 · 青禾县怎么修路? · 这话是<县长>说的 · 蒲正明"),
        "{list}"
    );
    telegram.private(ADMIN, "/feedback export");
    let document = telegram.sent().await.document.unwrap();
    let line: serde_json::Value = serde_json::from_slice(&document.bytes).unwrap();
    assert!(document.name.ends_with(".jsonl"));
    assert_eq!(
        (line["opinion"].as_str(), line["by"].as_i64()),
        (Some("wrong_speaker"), Some(STAFF))
    );
    assert_eq!(telegram.refusals(), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn inline_queries_offer_quotes_with_their_sources() {
    let telegram = FakeTelegram::start().await;
    let _bot = RunningBot::start(&telegram).await;
    let id = telegram.inline(STAFF, "青禾 修路");
    let answer = telegram.inline_answer(&id).await;
    let results = answer["results"].as_array().unwrap();
    assert!(!results.is_empty());
    let text = results[0]["input_message_content"]["message_text"].as_str().unwrap();
    assert!(
        text.contains("<blockquote>") && text.contains("蒲正明") && text.contains("a.txt"),
        "{text}"
    );
    assert!(results[0]["title"].as_str().unwrap().contains("蒲正明"));
    for query in ["", "火箭发射台"] {
        let id = telegram.inline(STAFF, query);
        assert_eq!(telegram.inline_answer(&id).await["results"], json!([]), "{query}");
    }
    assert_eq!(telegram.refusals(), [""; 0]);
}

/// A message of the bot, as replies carry it.
pub fn message_of(sent: &Sent) -> serde_json::Value {
    let kind = if sent.chat > 0 { "private" } else { "supergroup" };
    json!({"message_id": sent.message_id, "date": 1_700_000_000, "text": "…",
        "chat": {"id": sent.chat, "type": kind, "title": "古道办", "first_name": "兰"},
        "from": {"id": crate::fake_telegram::BOT_ID, "is_bot": true, "first_name": "会问"}})
}

fn with_private_chat(mut more: serde_json::Value) -> serde_json::Value {
    more["chat"] = json!({"id": STAFF, "type": "private", "first_name": "兰"});
    more
}
