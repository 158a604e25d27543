//! What people take along: an answer as a document, a quote copied or sent on, a link that opens it again.

use std::path::Path;

use huiwen::reading::read_bytes;
use serde_json::{Value, json};

use crate::fake_telegram::{BOT_NAME, FakeTelegram, Sent};
use crate::running_bot::{Home, RunningBot, reload};
use crate::{ADMIN, GROUP, STAFF};

/// The button that does this, as it was sent.
fn button(sent: &Sent, action: &str) -> Option<Value> {
    let rows = sent.parameters["reply_markup"]["inline_keyboard"].as_array()?;
    let mut buttons = rows.iter().filter_map(Value::as_array).flatten();
    buttons.find(|button| button.get(action).is_some()).cloned()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_is_exported_by_a_button_in_reply_and_by_its_question() {
    let telegram = FakeTelegram::start().await;
    let _bot = RunningBot::start(&telegram).await;
    telegram.private(STAFF, "青禾县说了什么?");
    let answer = telegram.sent().await;
    telegram.press(STAFF, &answer, "⬇");
    let sent = telegram.sent().await;
    let document = sent.document.unwrap();
    assert_eq!(document.name, "青禾县说了什么.docx");
    assert!(sent.text.contains("段引文"), "{}", sent.text);
    let text = read_bytes(Path::new("a.docx"), &document.bytes).unwrap().text;
    assert!(
        text.contains("先修路,再修亭子。") && text.contains("蒲正明（青禾县副县长）"),
        "{text}"
    );
    assert!(text.contains("2024-03-05，a.txt 第3段"), "{text}");

    let reply = json!({"reply_to_message": {"message_id": answer.message_id, "date": 1_700_000_000, "text": "…",
        "chat": {"id": GROUP, "type": "supergroup", "title": "古道办"},
        "from": {"id": 123_456_789, "is_bot": true, "first_name": "会问"}}});
    telegram.group(GROUP, STAFF, "/ask 丹溪县说了什么?", json!({}));
    let answer = telegram.sent().await;
    let mut reply = reply;
    reply["reply_to_message"]["message_id"] = json!(answer.message_id);
    telegram.group(GROUP, STAFF, "/export csv", reply);
    let document = telegram.sent().await.document.unwrap();
    assert_eq!(document.name, "丹溪县说了什么.csv");
    let csv = String::from_utf8(document.bytes.to_vec()).unwrap();
    assert!(
        csv.contains("\"莫春燕\",\"丹溪县文化和旅游局局长\",\"丹溪县\""),
        "{csv}"
    );

    telegram.private(STAFF, "/export md 蒲正明怎么说?");
    let document = telegram.sent().await.document.unwrap();
    assert!(document.name.ends_with(".md") && String::from_utf8_lossy(&document.bytes).contains("> 先修路"));
    // The last question, where nothing else is told; a word where there was none, or no quote.
    telegram.private(STAFF, "/export");
    assert_eq!(telegram.sent().await.document.unwrap().name, "青禾县说了什么.docx");
    telegram.private(4711, "/export");
    assert!(telegram.sent().await.text.contains("/export md"));
    telegram.private(STAFF, "/export 旬邑县说了什么?");
    assert_eq!(telegram.sent().await.text, "没有引文可以导出。");
    assert_eq!(telegram.refusals(), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_quote_is_copied_sent_on_and_opened_by_its_link() {
    let telegram = FakeTelegram::start().await;
    let bot = RunningBot::start(&telegram).await;
    telegram.private(STAFF, "蒲正明怎么说?");
    let answer = telegram.sent().await;
    telegram.press(STAFF, &answer, "📄");
    let place = telegram.edited().await;
    let copied = button(&place, "copy_text").unwrap()["copy_text"]["text"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(
        copied.starts_with("“先修路,再修亭子。") && copied.contains("”——蒲正明（青禾县副县长），"),
        "{copied}"
    );
    assert!(copied.ends_with("a.txt") && copied.contains("2024-03-05"), "{copied}");

    // Sent on into any chat, with a link that leads back.
    let query = button(&place, "switch_inline_query").unwrap()["switch_inline_query"]
        .as_str()
        .unwrap()
        .to_owned();
    let id = telegram.inline(STAFF, &query);
    let offered = telegram.inline_answer(&id).await;
    let results: Value = match &offered["results"] {
        Value::String(results) => serde_json::from_str(results).unwrap(),
        results => results.clone(),
    };
    assert_eq!(results.as_array().unwrap().len(), 1, "{results}");
    let message = results[0]["input_message_content"]["message_text"].as_str().unwrap();
    assert!(
        message.contains("先修路,再修亭子。") && message.contains("蒲正明"),
        "{message}"
    );
    let link = format!("https://t.me/{BOT_NAME}?start={}", query.trim_start_matches('#'));
    assert!(message.contains(&link), "{message}");
    let start = link.split("start=").nth(1).unwrap().to_owned();
    assert!(start.len() <= 64 && start.chars().all(|c| c.is_ascii_alphanumeric()));

    // Whoever follows it sees the quote in its place, also after a restart.
    let (_, home) = bot.stopped("TERM");
    let bot = RunningBot::with(&telegram, home, &[]).await;
    telegram.private(4711, &format!("/start {start}"));
    let opened = telegram.sent().await;
    assert!(
        opened.text.starts_with("原文位置") && opened.text.contains("先修路,再修亭子。"),
        "{}",
        opened.text
    );
    assert!(button(&opened, "copy_text").is_some());
    // Whoever is shut out does not, neither so nor inline.
    telegram.private(ADMIN, "/deny 4711");
    telegram.sent().await;
    telegram.private(4711, &format!("/start {start}"));
    let refused = telegram.sent().await;
    assert!(!refused.text.contains("修路"), "{}", refused.text);
    let id = telegram.inline(4711, &query);
    assert_eq!(
        telegram.inline_answer(&id).await["results"]
            .to_string()
            .matches("修路")
            .count(),
        0
    );

    // A link of nothing, and one whose quote has gone.
    telegram.private(STAFF, "/start q0000000000000000");
    assert!(telegram.sent().await.text.contains("找不到"));
    bot.write("a.txt", "古道会\n\n青禾县副县长蒲正明说:“不修了。”\n");
    reload(&telegram, ADMIN).await;
    telegram.private(STAFF, &format!("/start {start}"));
    let gone = telegram.sent().await;
    assert!(!gone.text.contains("先修路"), "{}", gone.text);
    let id = telegram.inline(STAFF, &query);
    assert_eq!(
        telegram.inline_answer(&id).await["results"]
            .to_string()
            .matches("修路")
            .count(),
        0
    );
    // What only begins as a link is a greeting.
    telegram.private(STAFF, "/start q12");
    assert!(telegram.sent().await.text.contains("我是会问"));
    assert_eq!(telegram.refusals(), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_long_quote_the_source_alone_is_copied() {
    let telegram = FakeTelegram::start().await;
    let bot = RunningBot::with(&telegram, Home::new(), &[("HUIWEN_QUOTE_CHARS", "1000")]).await;
    bot.write(
        "b.txt",
        &format!(
            "粮仓会\n\n白塔县副县长施云舟说:“粮仓的屋顶要修{}。”\n",
            ",一片一片地修".repeat(60)
        ),
    );
    reload(&telegram, ADMIN).await;
    telegram.private(STAFF, "施云舟怎么说?");
    let answer = telegram.sent().await;
    telegram.press(STAFF, &answer, "📄");
    let place = telegram.edited().await;
    let copied = button(&place, "copy_text").unwrap();
    assert!(copied["text"].as_str().unwrap().contains("出处"), "{copied}");
    assert!(
        copied["copy_text"]["text"]
            .as_str()
            .unwrap()
            .starts_with("施云舟（白塔县副县长），"),
        "{copied}"
    );
    assert_eq!(telegram.refusals(), [""; 0]);
}
