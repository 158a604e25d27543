//! Groups: what is addressed to the bot and nothing else, what a group sets for itself, and limits.

use serde_json::{Value, json};

use crate::fake_telegram::FakeTelegram;
use crate::running_bot::{Home, RunningBot};
use crate::staff::message_of;
use crate::{ADMIN, GROUP, STAFF};

#[tokio::test(flavor = "multi_thread")]
async fn it_answers_what_is_addressed_to_it_and_nothing_else() {
    let telegram = FakeTelegram::start().await;
    let _bot = RunningBot::start(&telegram).await;
    telegram.group(GROUP, STAFF, "青禾县怎么修路?", json!({}));
    telegram.group(GROUP, STAFF, "/ask@other_bot 青禾县怎么修路?", json!({}));
    let asked = telegram.group(GROUP, STAFF, "@huiwen_bot 青禾县下一步要做什么?", json!({}));
    let sent = telegram.sent().await;
    assert_eq!(sent.chat, GROUP);
    assert_eq!(sent.parameters["reply_parameters"]["message_id"], json!(asked));
    let in_topic = json!({"message_thread_id": 9, "is_topic_message": true});
    telegram.group(GROUP, STAFF, "/ask@huiwen_bot 青禾县怎么修路?", in_topic);
    assert_eq!(telegram.sent().await.parameters["message_thread_id"], json!(9));
    telegram.group(
        GROUP,
        STAFF,
        "那丹溪县呢?",
        json!({"reply_to_message": message_of(&sent)}),
    );
    let sent = telegram.sent().await.text;
    assert!(sent.contains("莫春燕"), "{sent}");
    telegram.group(GROUP, STAFF, "/start", json!({}));
    let start = telegram.sent().await;
    assert!(start.text.contains("/ask 问题"), "{}", start.text);
    // An example that is pressed is the presser's question, in the same topic of the group.
    telegram.press(STAFF, &start, &start.buttons()[0][0]);
    assert_eq!(telegram.sent().await.chat, GROUP);
    telegram.nothing_more().await;
    assert_eq!(telegram.refusals(), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn each_asker_has_their_own_follow_ups() {
    let telegram = FakeTelegram::start().await;
    let _bot = RunningBot::start(&telegram).await;
    telegram.group(GROUP, STAFF, "/ask 青禾县下一步要做什么?", json!({}));
    assert!(telegram.sent().await.text.contains("蒲正明"));
    telegram.group(GROUP, STAFF + 1, "/ask 丹溪县下一步要做什么?", json!({}));
    assert!(telegram.sent().await.text.contains("莫春燕"));
    telegram.group(GROUP, STAFF, "/ask 他还说了什么?", json!({}));
    let sent = telegram.sent().await.text;
    assert!(sent.contains("蒲正明") && !sent.contains("莫春燕"), "{sent}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_groups_admins_set_its_usual_county_or_meeting() {
    let telegram = FakeTelegram::start().await;
    let home = Home::new();
    home.write(
        "b.txt",
        "茶山春会召开\n\n2025年4月2日,茶山春会召开。\n\n丹溪县副县长欧阳竹说:“今年的春茶提前开采。”\n",
    );
    let bot = RunningBot::with(&telegram, home, &[]).await;
    telegram.member(GROUP, STAFF, "member");
    telegram.member(GROUP, STAFF + 1, "administrator");
    telegram.group(GROUP, STAFF, "/default 丹溪县", json!({}));
    assert!(telegram.sent().await.text.contains("管理员"));
    telegram.group(GROUP, STAFF + 1, "/default 丹溪", json!({}));
    assert!(telegram.sent().await.text.contains("默认看丹溪县"));
    telegram.group(GROUP, STAFF, "/ask 下一步要做什么?", json!({}));
    let sent = telegram.sent().await.text;
    assert!(
        sent.contains("默认只看丹溪县") && sent.contains("莫春燕") && !sent.contains("蒲正明"),
        "{sent}"
    );
    telegram.group(GROUP, STAFF, "/ask 青禾县下一步要做什么?", json!({}));
    let sent = telegram.sent().await.text;
    assert!(sent.contains("蒲正明") && !sent.contains("默认"), "{sent}");

    // An anonymous admin of the group may set it too, and it outlives the bot.
    let anonymous = json!({"from": {"id": 1_087_968_824, "is_bot": true, "first_name": "Group"},
        "sender_chat": {"id": GROUP, "type": "supergroup", "title": "古道办"}});
    telegram.group(GROUP, STAFF, "/default 古道保护利用现场会", anonymous);
    assert!(telegram.sent().await.text.contains("古道保护利用现场会"));
    let (_, home) = bot.stopped("TERM");
    let _bot = RunningBot::with(&telegram, home, &[]).await;
    telegram.group(GROUP, STAFF, "/summary", json!({}));
    let sent = telegram.sent().await.text;
    assert!(sent.contains("蒲正明") && !sent.contains("欧阳竹"), "{sent}");
    telegram.group(GROUP, STAFF, "/default", json!({}));
    assert!(telegram.sent().await.text.contains("古道保护利用现场会召开"));
    telegram.group(GROUP, STAFF + 1, "/default 火星县", json!({}));
    assert!(telegram.sent().await.text.contains("没有叫“火星县”"));
    telegram.group(GROUP, STAFF + 1, "/default off", json!({}));
    assert!(telegram.sent().await.text.contains("不再有默认"));
    telegram.group(GROUP, STAFF, "/summary", json!({}));
    assert!(telegram.sent().await.text.contains("欧阳竹"));
    assert_eq!(telegram.refusals(), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_that_becomes_a_supergroup_keeps_what_it_set() {
    let telegram = FakeTelegram::start().await;
    let _bot = RunningBot::start(&telegram).await;
    let (old, new) = (-555, -1_001_009_999_000);
    let plain = json!({"chat": {"id": old, "type": "group", "title": "古道办"}});
    telegram.group(old, ADMIN, "/lang en", plain.clone());
    assert!(telegram.sent().await.text.contains("English"));
    telegram.group(old, ADMIN, "/default 丹溪县", plain);
    telegram.sent().await;
    telegram.migrate(old, new);
    telegram.group(new, STAFF, "/ask 下一步要做什么?", json!({}));
    let sent = telegram.sent().await;
    assert_eq!(sent.chat, new);
    assert!(sent.text.contains("By default only 丹溪县"), "{}", sent.text);
    assert_eq!(telegram.refusals(), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_asks_too_much_is_told_once_and_others_go_on() {
    let telegram = FakeTelegram::start().await;
    let settings = [("HUIWEN_USER_RATE", "2"), ("HUIWEN_GROUP_RATE", "4")];
    let _bot = RunningBot::with(&telegram, Home::new(), &settings).await;
    let ask = |user: i64| telegram.group(GROUP, user, "/ask 青禾县怎么修路?", json!({}));
    for _ in 0..5 {
        ask(STAFF);
    }
    let mut texts = Vec::new();
    for _ in 0..3 {
        texts.push(telegram.sent().await.text);
    }
    assert!(texts[1].contains("蒲正明") && texts[2].contains("请等"), "{texts:?}");
    // Another user still has room, and then the group has not.
    ask(STAFF + 1);
    assert!(telegram.sent().await.text.contains("蒲正明"));
    ask(STAFF + 2);
    assert!(telegram.sent().await.text.contains("蒲正明"));
    ask(STAFF + 3);
    assert!(telegram.sent().await.text.contains("请等"));
    ask(STAFF + 4);
    telegram.nothing_more().await;
    // Elsewhere all goes on.
    telegram.private(STAFF + 3, "青禾县怎么修路?");
    assert!(telegram.sent().await.text.contains("蒲正明"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_in_a_group_edits_the_answer_and_a_late_mention_is_answered() {
    let telegram = FakeTelegram::start().await;
    let _bot = RunningBot::start(&telegram).await;
    let asked = telegram.group(GROUP, STAFF, "/ask 青禾县怎么修路?", json!({}));
    let answer = telegram.sent().await;
    telegram.edit_group(GROUP, STAFF, asked, "/ask 丹溪县说了什么?");
    let edited = telegram.edited().await;
    assert_eq!(edited.message_id, answer.message_id);
    assert!(edited.text.contains("莫春燕"));
    let chatter = telegram.group(GROUP, STAFF, "丹溪县说了什么?", json!({}));
    telegram.edit_group(GROUP, STAFF, chatter, "@huiwen_bot 丹溪县说了什么?");
    assert!(telegram.sent().await.text.contains("莫春燕"));
    telegram.nothing_more().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_reload_holds_up_no_question() {
    let telegram = FakeTelegram::start().await;
    let home = Home::new();
    let bot = RunningBot::with(&telegram, home, &[]).await;
    telegram.group(GROUP, STAFF, "/ask 青禾县怎么修路?", json!({}));
    telegram.sent().await;
    for number in 0..40 {
        bot.write(&format!("{number}.txt"), &crate::running_bot::REPORT.repeat(200));
    }
    telegram.group(GROUP, ADMIN, "/reload", json!({}));
    let reload = telegram.sent().await;
    assert!(reload.text.contains("正在重新读入"), "{}", reload.text);
    telegram.group(GROUP, STAFF, "/ask 丹溪县说了什么?", json!({}));
    let sent = telegram.sent().await;
    assert!(sent.text.contains("莫春燕"), "{}", sent.text);
    // The question was answered before the reload was done: from the old state.
    let edits: Value = json!(telegram.calls_so_far("editMessageText"));
    assert!(!edits.to_string().contains("新增"), "{edits}");
    let done = loop {
        let edited = telegram.edited().await;
        if edited.text.contains("新增") {
            break edited;
        }
    };
    assert_eq!(done.message_id, reload.message_id);
    assert!(
        done.text.contains("40 个文件") && done.text.contains("用时"),
        "{}",
        done.text
    );
}
