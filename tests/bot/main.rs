//! The bot as its users meet it: the real binary, over HTTP, against a strict fake of Telegram on loopback.

mod fake_telegram;
mod running_bot;

use fake_telegram::{FakeTelegram, Fault};
use running_bot::RunningBot;
use serde_json::json;

const STAFF: i64 = 42;
const ADMIN: i64 = 77;
const GROUP: i64 = -1_001_234;

#[tokio::test(flavor = "multi_thread")]
async fn a_question_in_private_gets_quotes_with_speaker_and_county() {
    let telegram = FakeTelegram::start().await;
    let bot = RunningBot::start(&telegram);
    telegram.private(STAFF, "青禾县怎么修路?");
    let sent = telegram.sent().await;
    assert_eq!(sent.chat, STAFF);
    assert!(sent.raw.starts_with("<blockquote"), "{}", sent.raw);
    insta::assert_snapshot!(sent.raw);
    bot.ends_cleanly();
    assert_eq!(telegram.refusals(), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn where_nobody_spoke_it_says_who_did() {
    let telegram = FakeTelegram::start().await;
    let _bot = RunningBot::start(&telegram);
    telegram.private(STAFF, "旬邑县说了什么?");
    let sent = telegram.sent().await;
    insta::assert_snapshot!(sent.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn follow_ups_lean_on_the_question_before() {
    let telegram = FakeTelegram::start().await;
    let _bot = RunningBot::start(&telegram);
    telegram.private(STAFF, "青禾县下一步要做什么?");
    assert!(telegram.sent().await.text.contains("蒲正明"));
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
async fn start_and_help_explain_themselves() {
    let telegram = FakeTelegram::start().await;
    let _bot = RunningBot::start(&telegram);
    telegram.private(STAFF, "/start");
    let start = telegram.sent().await.text;
    assert!(start.contains("会问") && start.contains("说了什么？"), "{start}");
    telegram.private(STAFF, "/help");
    let help = telegram.sent().await.text;
    assert!(help.contains("/summary") && !help.contains("/reload"), "{help}");
    telegram.private(ADMIN, "/help");
    assert!(telegram.sent().await.text.contains("/reload"));
    telegram.private(STAFF, "/ask");
    assert!(telegram.sent().await.text.contains("/ask "));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_summary_has_everybody_who_spoke() {
    let telegram = FakeTelegram::start().await;
    let _bot = RunningBot::start(&telegram);
    telegram.private(STAFF, "/summary");
    let sent = telegram.sent().await;
    for name in ["蒲正明", "莫春燕", "大家"] {
        assert!(sent.text.contains(name), "{name}: {}", sent.text);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn in_groups_it_answers_what_is_addressed_to_it_and_nothing_else() {
    let telegram = FakeTelegram::start().await;
    let _bot = RunningBot::start(&telegram);
    telegram.group(GROUP, STAFF, "青禾县怎么修路?", json!({}));
    telegram.group(GROUP, STAFF, "/ask@other_bot 青禾县怎么修路?", json!({}));
    let asked = telegram.group(GROUP, STAFF, "@huiwen_bot 青禾县怎么修路?", json!({}));
    let sent = telegram.sent().await;
    assert_eq!(sent.chat, GROUP);
    assert_eq!(sent.parameters["reply_parameters"]["message_id"], json!(asked));
    let in_topic = json!({"message_thread_id": 9, "is_topic_message": true});
    telegram.group(GROUP, STAFF, "/ask@huiwen_bot 青禾县怎么修路?", in_topic);
    assert_eq!(telegram.sent().await.parameters["message_thread_id"], json!(9));
    let reply = json!({"reply_to_message": {"message_id": 3, "date": 1_700_000_000, "text": "…",
        "chat": {"id": GROUP, "type": "supergroup", "title": "古道办"},
        "from": {"id": fake_telegram::BOT_ID, "is_bot": true, "first_name": "会问"}}});
    telegram.group(GROUP, STAFF, "那丹溪县呢?", reply);
    assert!(telegram.sent().await.text.contains("莫春燕"));
    telegram.nothing_more().await;
    assert_eq!(telegram.refusals(), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_admins_reload_and_are_told_what_changed() {
    let telegram = FakeTelegram::start().await;
    let bot = RunningBot::start(&telegram);
    telegram.private(STAFF, "/reload");
    assert!(telegram.sent().await.text.contains("管理员"));
    bot.write(
        "b.txt",
        "4月2日,古道办会议召开。\n\n丹溪县副县长欧阳竹说:“石阶要用本地的石头。”\n",
    );
    bot.write("bad.txt", " \n");
    telegram.private(ADMIN, "/reload");
    insta::assert_snapshot!(telegram.sent().await.text);
    telegram.private(STAFF, "谁说石阶要用本地的石头?");
    assert!(telegram.sent().await.text.contains("欧阳竹"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_menu_is_set_for_all_and_for_admins() {
    let telegram = FakeTelegram::start().await;
    let _bot = RunningBot::start(&telegram);
    telegram.private(STAFF, "/start");
    telegram.sent().await;
    let menus = telegram.calls("setMyCommands").await;
    assert_eq!(menus.len(), 2);
    assert!(!menus[0].to_string().contains("reload"));
    assert!(menus[1].to_string().contains("reload") && menus[1]["scope"]["chat_id"] == json!(ADMIN));
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_in_files_or_questions_becomes_markup() {
    let telegram = FakeTelegram::start().await;
    let bot = RunningBot::start(&telegram);
    bot.write(
        "c.txt",
        "5月6日,<b>古道</b>会议召开。\n\n丹溪县副县长欧阳竹说:“</blockquote><a href='x'>客栈 & 茶馆\"要分开。”\n",
    );
    telegram.private(ADMIN, "/reload");
    telegram.sent().await;
    telegram.private(STAFF, "欧阳竹怎么说客栈?");
    let sent = telegram.sent().await;
    assert!(
        sent.text.contains("</blockquote><a href='x'>客栈 & 茶馆"),
        "{}",
        sent.text
    );
    telegram.private(STAFF, "谁谈到<script>&amp;</b>火箭发射?");
    assert!(telegram.sent().await.text.contains("没有"));
    assert_eq!(telegram.refusals(), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn telegrams_moods_lose_no_answer() {
    let telegram = FakeTelegram::start().await;
    let _bot = RunningBot::start(&telegram);
    telegram.fail("sendMessage", &[Fault::TooManyRequests(1)]);
    telegram.fail("getUpdates", &[Fault::TooManyRequests(1), Fault::NotTelegram]);
    telegram.private(STAFF, "青禾县怎么修路?");
    assert!(telegram.sent().await.text.contains("蒲正明"));
    telegram.fail(
        "sendMessage",
        &[Fault::Refused(400, "Bad Request: can't parse entities: a bug of ours")],
    );
    telegram.private(STAFF, "丹溪县说了什么?");
    let sent = telegram.sent().await;
    assert!(sent.text.contains("莫春燕") && sent.parameters.get("parse_mode").is_none());
    telegram.nothing_more().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn text_with_unknown_entities_and_unknown_updates_are_survived() {
    let telegram = FakeTelegram::start().await;
    let _bot = RunningBot::start(&telegram);
    telegram.update(json!({"telepathy": {"thought": "?"}}));
    let entities = json!({"entities": [{"type": "hologram", "offset": 0, "length": 3}]});
    telegram.group(GROUP, STAFF, "@huiwen_bot 青禾县怎么修路?", entities);
    assert!(telegram.sent().await.text.contains("蒲正明"));
}

#[tokio::test(flavor = "multi_thread")]
async fn sigint_and_sigterm_end_it_cleanly() {
    let telegram = FakeTelegram::start().await;
    for signal in ["INT", "TERM"] {
        let bot = RunningBot::start(&telegram);
        telegram.private(STAFF, "/help");
        telegram.sent().await;
        let log = bot.stop_with(signal);
        assert!(!log.contains("panic") && !log.contains("secret"), "{log}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_token_gets_a_clear_message_without_the_token() {
    let telegram = FakeTelegram::start().await;
    let wrong = "987654321:AAwrongwrongwrongwrongwrongwrongwrong";
    let log = RunningBot::start_with(&telegram.url(), wrong).fails();
    assert!(log.contains("TELOXIDE_TOKEN") && !log.contains("AAwrong"), "{log}");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_network_it_says_so_and_goes_on_trying() {
    let bot = RunningBot::start_with("http://127.0.0.1:9", fake_telegram::TOKEN);
    let log = bot.logs_until("TELOXIDE_PROXY");
    assert!(!log.contains(fake_telegram::TOKEN), "{log}");
    bot.stop_with("TERM");
}
