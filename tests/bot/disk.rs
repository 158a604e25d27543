//! A disk that takes nothing: it is full, or nobody may write there. All is answered as ever, and whatever is not kept is said
//! not to be.

use serde_json::{Value, json};

use crate::fake_telegram::{FakeTelegram, Sent};
use crate::running_bot::{Home, RunningBot, reload};
use crate::staff::message_of;
use crate::{ADMIN, STAFF};

/// What a pressed button answers with.
async fn note(telegram: &FakeTelegram, user: i64, sent: &Sent, button: &str) -> String {
    let query = telegram.press(user, sent, button);
    let answer = telegram.callback_answer(&query).await;
    answer["text"].as_str().unwrap_or_default().to_owned()
}

/// What a message in private is answered with.
async fn said(telegram: &FakeTelegram, user: i64, words: &str) -> String {
    telegram.private(user, words);
    telegram.sent().await.text
}

/// A reply to an answer.
fn reply(telegram: &FakeTelegram, id: i64, answer: &Sent, words: &str) {
    telegram.update(json!({"message": {
        "message_id": id, "date": 1_700_000_000, "text": words,
        "chat": {"id": STAFF, "type": "private", "first_name": "兰"},
        "from": {"id": STAFF, "is_bot": false, "first_name": "兰"},
        "reply_to_message": message_of(answer),
    }}));
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_a_full_disk_does_not_keep_is_said_not_to_be_kept() {
    let telegram = FakeTelegram::start().await;
    let settings = [("HUIWEN_USER_RATE", "1000")];
    let bot = RunningBot::with(&telegram, Home::new(), &settings).await;
    telegram.private(STAFF, "青禾县怎么修路?");
    let answer = telegram.sent().await;
    telegram.private(STAFF, "/lang");
    let languages = telegram.sent().await;
    telegram.document(ADMIN, "c.txt", "茶山会召开。\n".as_bytes(), json!({}));
    let offer = telegram.sent().await;
    telegram.private(ADMIN, "/remove a.txt");
    let removal = telegram.sent().await;
    bot.logs_until("a file was offered");
    bot.fill_disk(true);

    for (user, words, line) in [
        (ADMIN, "/allow 5", "允许或禁止没有保存成功"),
        (ADMIN, "/deny 5", "允许或禁止没有保存成功"),
        (STAFF, "/default 丹溪县", "默认的县或会议没有保存成功"),
        (STAFF, "/default off", "默认的县或会议没有保存成功"),
        (STAFF, "/lang en", "could not be saved"),
        (ADMIN, "/feedback", "记录现在读不了"),
        (ADMIN, "/feedback export", "记录现在读不了"),
        (ADMIN, "/audit", "记录现在读不了"),
    ] {
        let said = said(&telegram, user, words).await;
        assert!(said.contains(line), "{words}: {said}");
    }
    assert!(
        note(&telegram, STAFF, &languages, "English")
            .await
            .contains("not be saved")
    );
    for button in ["👍", "👎", "📄"] {
        let said = note(&telegram, STAFF, &answer, button).await;
        assert!(said.contains("记录现在读不了"), "{button}: {said}");
    }
    for (sent, button) in [
        (&offer, "保存"),
        (&offer, "放弃"),
        (&removal, "移除"),
        (&removal, "留着"),
    ] {
        let said = note(&telegram, ADMIN, sent, button).await;
        assert!(said.contains("这个选择没有保存成功"), "{button}: {said}");
    }
    reply(&telegram, 8_000, &answer, "/feedback 漏了一句");
    assert!(telegram.sent().await.text.contains("记录现在读不了"));
    telegram.document(ADMIN, "d.txt", "茶山会召开。\n".as_bytes(), json!({}));
    assert!(telegram.sent().await.text.contains("写不了"));
    assert!(said(&telegram, STAFF, "丹溪县说了什么?").await.contains("莫春燕"));
    assert!(bot.home().knowledge().join("a.txt").exists() && !bot.home().knowledge().join("c.txt").exists());

    // With room again all of it is done, and nothing has been forgotten.
    bot.fill_disk(false);
    assert!(said(&telegram, ADMIN, "/allow 5").await.contains('5'));
    assert!(!said(&telegram, STAFF, "/default 丹溪县").await.contains("没有保存"));
    assert!(!note(&telegram, STAFF, &answer, "👍").await.contains("读不了"));
    telegram.press(ADMIN, &offer, "保存");
    while !bot.home().knowledge().join("c.txt").exists() {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    let log = bot.stop_with("TERM");
    assert!(!log.contains("panicked at"), "{log}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_data_folder_that_nobody_may_write_serves_and_what_it_cannot_keep_is_said() {
    let telegram = FakeTelegram::start().await;
    let bot = RunningBot::start(&telegram).await;
    said(&telegram, ADMIN, "/help").await;
    assert!(said(&telegram, STAFF, "/default 丹溪县").await.contains("丹溪县"));
    let (_, home) = bot.stopped("TERM");
    home.lock_data(true);
    let bot = RunningBot::without_writing(&telegram, home).await;
    let told = telegram.sent().await;
    assert!(
        told.chat == ADMIN && told.text.contains("数据文件夹不能写"),
        "{}",
        told.text
    );
    // What was kept is known, and all is answered, with buttons and what was asked before.
    telegram.private(STAFF, "下一步要做什么?");
    let answer = telegram.sent().await;
    assert!(
        answer.text.contains("默认只看丹溪县") && answer.text.contains("莫春燕"),
        "{}",
        answer.text
    );
    telegram.press(STAFF, &answer, "不限");
    assert!(telegram.edited().await.text.contains("蒲正明"));
    for (user, words, line) in [
        (ADMIN, "/allow 5", "允许或禁止没有保存成功"),
        (STAFF, "/default off", "默认的县或会议没有保存成功"),
        (STAFF, "/lang en", "could not be saved"),
        (ADMIN, "/feedback", "没有"),
    ] {
        let said = said(&telegram, user, words).await;
        assert!(said.contains(line), "{words}: {said}");
    }
    assert!(note(&telegram, STAFF, &answer, "👍").await.contains("评价没有保存成功"));
    reply(&telegram, 8_000, &answer, "/feedback 漏了一句");
    assert!(telegram.sent().await.text.contains("评价没有保存成功"));
    telegram.document(ADMIN, "d.txt", "茶山会召开。\n".as_bytes(), json!({}));
    assert!(telegram.sent().await.text.contains("写不了"));
    telegram.private(ADMIN, "/remove a.txt");
    let removal = telegram.sent().await;
    telegram.press(ADMIN, &removal, "移除");
    let edited = telegram.edited().await.text;
    assert!(edited.contains("写不了"), "{edited}");
    bot.write("b.txt", "茶山会召开。\n\n丹溪县副县长欧阳竹说:“铺石阶。”\n");
    let done = reload(&telegram, ADMIN).await.text;
    assert!(done.contains("索引没有更新"), "{done}");
    assert!(said(&telegram, STAFF, "青禾县怎么修路?").await.contains("蒲正明"));
    let (log, home) = bot.stopped("TERM");
    assert!(!log.contains("panicked at"), "{log}");
    home.lock_data(false);
    // And all of it goes on once it may be written.
    let _bot = RunningBot::with(&telegram, home, &[]).await;
    telegram.nothing_more().await;
    assert!(
        said(&telegram, STAFF, "下一步要做什么?")
            .await
            .contains("默认只看丹溪县")
    );
    let _: Vec<Value> = telegram.take_updates();
}
