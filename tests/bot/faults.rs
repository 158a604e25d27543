//! All that may go wrong between Telegram and us, and on the disk: no question is lost, none is answered twice.

use std::time::Duration;

use serde_json::json;

use crate::fake_telegram::{FakeTelegram, Fault};
use crate::running_bot::{RunningBot, reload};
use crate::{ADMIN, GROUP, STAFF};

#[tokio::test(flavor = "multi_thread")]
async fn nothing_in_files_or_questions_becomes_markup() {
    let telegram = FakeTelegram::start().await;
    let bot = RunningBot::start(&telegram).await;
    bot.write(
        "<i>c&.txt",
        "5月6日,<code>古道</code>会议召开。\n\n丹溪县副县长欧阳竹说:“</blockquote><pre lang='x'>客栈 & 茶馆\"要分开。”\n",
    );
    telegram.private(ADMIN, "/reload");
    telegram.sent().await;
    while !telegram.edited().await.text.contains("<i>c&.txt") {}
    telegram.private(STAFF, "欧阳竹怎么说客栈?");
    let sent = telegram.sent().await;
    // Marks that Telegram reads, and none that a web editor leaves in a text (those are read over).
    assert!(
        sent.text.contains("</blockquote><pre lang='x'>客栈 & 茶馆") && sent.text.contains("<i>c&.txt"),
        "{}",
        sent.text
    );
    telegram.press(STAFF, &sent, "📄");
    assert!(telegram.edited().await.text.contains("<code>古道</code>会议召开"));
    telegram.private(STAFF, "谁谈到<script>&amp;</b>火箭发射?");
    assert!(telegram.sent().await.text.contains("没有"));
    for command in ["/meetings", "/speakers"] {
        telegram.private(STAFF, command);
        telegram.sent().await;
    }
    telegram.private(ADMIN, "/inspect <i>c&.txt");
    assert!(telegram.sent().await.text.contains("<i>c&.txt 读成了这样"));
    assert_eq!(telegram.refusals(), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn telegrams_moods_lose_no_answer() {
    let telegram = FakeTelegram::start().await;
    let _bot = RunningBot::start(&telegram).await;
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
async fn a_server_error_and_broken_connections_lose_no_answer() {
    let telegram = FakeTelegram::start().await;
    let _bot = RunningBot::start(&telegram).await;
    telegram.fail("sendMessage", &[Fault::Drop]);
    telegram.fail("getUpdates", &[Fault::Drop, Fault::DropAfter]);
    telegram.private(STAFF, "青禾县怎么修路?");
    assert!(telegram.sent().await.text.contains("蒲正明"));
    telegram.nothing_more().await;
    telegram.fail("sendMessage", &[Fault::Refused(502, "Bad Gateway")]);
    telegram.private(STAFF, "丹溪县说了什么?");
    assert!(telegram.sent().await.text.contains("莫春燕"));
    // Where the answer arrived and only Telegram's word for it was lost, it comes twice: nobody can know.
    telegram.fail("sendMessage", &[Fault::DropAfter]);
    telegram.private(STAFF, "丹溪县说了什么?");
    let (once, again) = (telegram.sent().await, telegram.sent().await);
    assert_eq!(once.text, again.text);
    // An edit goes on over the same.
    telegram.private(STAFF, "/lang");
    let asked = telegram.sent().await;
    telegram.fail("editMessageText", &[Fault::TooManyRequests(1), Fault::Drop]);
    telegram.press(STAFF, &asked, "中文");
    assert!(telegram.edited().await.text.contains("我说中文"));
    telegram.nothing_more().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_number_of_telegrams_troubles_costs_an_answer_nor_does_a_refused_token() {
    let telegram = FakeTelegram::start().await;
    let _bot = RunningBot::start(&telegram).await;
    telegram.fail(
        "sendMessage",
        &[
            Fault::Refused(520, "Web server is returning an unknown error"),
            Fault::Refused(401, "Unauthorized"),
        ],
    );
    telegram.private(STAFF, "青禾县怎么修路?");
    assert!(telegram.sent().await.text.contains("蒲正明"));
    telegram.nothing_more().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_record_of_the_bots_is_set_aside_and_the_admins_are_told_once() {
    let telegram = FakeTelegram::start().await;
    let bot = RunningBot::start(&telegram).await;
    telegram.private(ADMIN, "/help");
    telegram.sent().await;
    let (_, home) = bot.stopped("TERM");
    let path = home.data().join("bot.redb");
    let mut bytes = std::fs::read(&path).unwrap();
    bytes.iter_mut().take(4096).for_each(|byte| *byte = 0x5a);
    std::fs::write(&path, bytes).unwrap();
    let bot = RunningBot::with(&telegram, home, &[]).await;
    let told = telegram.sent().await;
    assert!(
        told.chat == ADMIN && told.text.contains("bot.redb.damaged-"),
        "{}",
        told.text
    );
    telegram.private(STAFF, "青禾县怎么修路?");
    assert!(telegram.sent().await.text.contains("蒲正明"));
    let (_, home) = bot.stopped("TERM");
    let _bot = RunningBot::with(&telegram, home, &[]).await;
    telegram.nothing_more().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replacement_that_a_crash_cuts_short_is_done_at_the_next_start() {
    for wait in [0, 15, 30, 60] {
        let telegram = FakeTelegram::start().await;
        let bot = RunningBot::start(&telegram).await;
        let new = "茶山会召开。\n\n丹溪县副县长欧阳竹说:“石阶要用本地的石头。”\n";
        telegram.document(ADMIN, "a.txt", new.as_bytes(), json!({}));
        let asked = telegram.sent().await;
        // Once the offer stands, whatever is chosen is done.
        bot.logs_until("a file was offered");
        telegram.press(ADMIN, &asked, "替换");
        tokio::time::sleep(Duration::from_millis(wait)).await;
        let home = bot.crashed();
        let bot = RunningBot::with(&telegram, home, &[]).await;
        // Telegram delivers what it was not told is taken; what was taken is on disk.
        let file = bot.home().knowledge().join("a.txt");
        let began = std::time::Instant::now();
        while std::fs::read_to_string(&file).unwrap() != new {
            assert!(began.elapsed() < Duration::from_secs(15), "after {wait} ms it is lost");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bad_start_is_waited_out() {
    let telegram = FakeTelegram::start().await;
    telegram.fail("getMe", &[Fault::NotTelegram, Fault::Drop]);
    telegram.fail("deleteWebhook", &[Fault::Drop, Fault::TooManyRequests(1)]);
    telegram.fail("setMyCommands", &[Fault::Drop, Fault::Delay(Duration::from_secs(5))]);
    let _bot = RunningBot::start(&telegram).await;
    telegram.private(STAFF, "青禾县怎么修路?");
    assert!(telegram.sent().await.text.contains("蒲正明"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_that_moves_while_it_is_answered_gets_its_answer() {
    let telegram = FakeTelegram::start().await;
    let bot = RunningBot::start(&telegram).await;
    let (old, new) = (-555, -1_001_009_999_000);
    let plain = json!({"chat": {"id": old, "type": "group", "title": "古道办"}});
    telegram.fail("sendMessage", &[Fault::TooManyRequests(2)]);
    telegram.group(old, STAFF, "/ask 青禾县怎么修路?", plain);
    bot.logs_until("trying again");
    telegram.migrate(old, new);
    let sent = telegram.sent().await;
    assert!(sent.chat == new && sent.text.contains("蒲正明"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_text_gets_a_word_in_private_and_a_caption_is_a_question() {
    let telegram = FakeTelegram::start().await;
    let _bot = RunningBot::start(&telegram).await;
    let photo = json!([{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}]);
    let message = |chat: serde_json::Value, id: i64, more: serde_json::Value| {
        let mut message = json!({"message_id": id, "date": 1_700_000_000, "chat": chat, "photo": photo.clone(),
            "from": {"id": STAFF, "is_bot": false, "first_name": "兰"}});
        for (name, value) in more.as_object().unwrap() {
            message[name] = value.clone();
        }
        json!({"message": message})
    };
    let private = json!({"id": STAFF, "type": "private", "first_name": "兰"});
    let group = json!({"id": GROUP, "type": "supergroup", "title": "古道办"});
    telegram.update(message(private.clone(), 801, json!({})));
    assert!(telegram.sent().await.text.contains("只看得懂文字"));
    telegram.update(message(private, 802, json!({"caption": "青禾县怎么修路?"})));
    assert!(telegram.sent().await.text.contains("蒲正明"));
    telegram.update(message(group.clone(), 803, json!({})));
    telegram.update(message(group, 804, json!({"caption": "@huiwen_bot 丹溪县说了什么?"})));
    assert!(telegram.sent().await.text.contains("莫春燕"));
    telegram.nothing_more().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_delivered_twice_or_out_of_order_is_answered_once() {
    let telegram = FakeTelegram::start().await;
    let bot = RunningBot::start(&telegram).await;
    telegram.private(STAFF, "青禾县怎么修路?");
    telegram.sent().await;
    telegram.duplicate_last();
    telegram.nothing_more().await;
    // Nor after a restart.
    let (_, home) = bot.stopped("TERM");
    let _bot = RunningBot::with(&telegram, home, &[]).await;
    telegram.duplicate_last();
    telegram.nothing_more().await;
    let question = |user: i64, id: i64| {
        json!({"message": {"message_id": id, "date": 1_700_000_000, "text": "丹溪县说了什么?",
            "chat": {"id": user, "type": "private", "first_name": "兰"},
            "from": {"id": user, "is_bot": false, "first_name": "兰"}}})
    };
    telegram.update_with_id(5_002, question(STAFF, 902));
    telegram.update_with_id(5_001, question(STAFF + 1, 901));
    telegram.update_with_id(5_002, question(STAFF, 902));
    let chats = [telegram.sent().await.chat, telegram.sent().await.chat];
    assert!(chats.contains(&STAFF) && chats.contains(&(STAFF + 1)), "{chats:?}");
    telegram.nothing_more().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crash_between_question_and_answer_loses_no_question() {
    let telegram = FakeTelegram::start().await;
    let bot = RunningBot::start(&telegram).await;
    telegram.private(STAFF, "/help");
    telegram.sent().await;
    // The update is taken and confirmed, and its answer hangs when the process dies.
    telegram.fail("sendMessage", &[Fault::TooManyRequests(600)]);
    telegram.private(STAFF, "青禾县怎么修路?");
    bot.logs_until("trying again");
    telegram.private(STAFF, "丹溪县说了什么?");
    let updates = telegram.calls_so_far("getUpdates").len();
    while telegram.calls_so_far("getUpdates").len() < updates + 2 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let home = bot.crashed();
    let bot = RunningBot::with(&telegram, home, &[]).await;
    assert!(telegram.sent().await.text.contains("蒲正明"));
    assert!(telegram.sent().await.text.contains("莫春燕"));
    telegram.nothing_more().await;
    // What is done stays done.
    let home = bot.crashed();
    let _bot = RunningBot::with(&telegram, home, &[]).await;
    telegram.nothing_more().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_being_answered_at_the_end_is_answered() {
    let telegram = FakeTelegram::start().await;
    let bot = RunningBot::start(&telegram).await;
    telegram.fail("sendMessage", &[Fault::TooManyRequests(2)]);
    telegram.private(STAFF, "青禾县怎么修路?");
    bot.logs_until("trying again");
    bot.ends_cleanly();
    assert!(telegram.sent().await.text.contains("蒲正明"));
}

#[tokio::test(flavor = "multi_thread")]
async fn text_with_unknown_entities_and_unknown_updates_are_survived() {
    let telegram = FakeTelegram::start().await;
    let _bot = RunningBot::start(&telegram).await;
    telegram.update(json!({"telepathy": {"thought": "?"}}));
    let entities = json!({"entities": [{"type": "hologram", "offset": 0, "length": 3}]});
    telegram.group(GROUP, STAFF, "@huiwen_bot 青禾县怎么修路?", entities);
    assert!(telegram.sent().await.text.contains("蒲正明"));
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_parts_a_message_has_somebody_is_answered() {
    let telegram = FakeTelegram::start().await;
    let bot = RunningBot::start(&telegram).await;
    let private = json!({"id": STAFF, "type": "private", "first_name": "兰"});
    let from = json!({"id": STAFF, "is_bot": false, "first_name": "兰"});
    let mut id = 900;
    let mut send = |part: &str, value: serde_json::Value| {
        id += 1;
        let mut message = json!({"message_id": id, "date": 1_700_000_000, "chat": private, "from": from});
        message[part] = value;
        if part == "external_reply" {
            message["text"] = json!("青禾县怎么修路?");
        }
        telegram.update(json!({"message": message}));
    };
    // A reply to a message of another chat, which holds text alone.
    send(
        "external_reply",
        json!({"origin": {"type": "hidden_user", "date": 1, "sender_user_name": "兰"}}),
    );
    assert!(telegram.sent().await.text.contains("蒲正明"));
    send("voice", json!({"file_id": "v", "file_unique_id": "v", "duration": 3}));
    assert!(telegram.sent().await.text.contains("听不了语音"));
    send("dice", json!({"emoji": "🎲", "value": 3}));
    assert!(telegram.sent().await.text.contains("只看得懂文字"));
    send("hologram", json!({"file_id": "h"}));
    assert!(telegram.sent().await.text.contains("只看得懂文字"));
    // What only tells of something that happened needs no answer.
    send(
        "pinned_message",
        json!({"message_id": 1, "date": 1_700_000_000, "chat": private, "text": "?"}),
    );
    telegram.nothing_more().await;
    telegram.private(ADMIN, "/status");
    let status = telegram.sent().await.text;
    assert!(status.contains("读不懂的消息：1 条"), "{status}");
    bot.ends_cleanly();
}

#[tokio::test(flavor = "multi_thread")]
async fn no_update_keeps_the_bot_from_going_on() {
    let telegram = FakeTelegram::start().await;
    let bot = RunningBot::start(&telegram).await;
    let chat = json!({"id": GROUP, "type": "supergroup", "title": "古道办"});
    let odd = [
        json!({"message_reaction": {"chat": chat, "message_id": 1, "date": 1, "old_reaction": [], "new_reaction": []}}),
        json!({"poll_answer": {"poll_id": "1", "option_ids": [0]}}),
        json!({"message": {"message_id": 1}}),
        json!({"callback_query": {"id": "1"}}),
        json!({"my_chat_member": {}}),
    ];
    for update in odd {
        telegram.update(update);
    }
    telegram.private(STAFF, "青禾县怎么修路?");
    assert!(telegram.sent().await.text.contains("蒲正明"));
    // Nor where an earlier run left them.
    let home = bot.crashed();
    let bot = RunningBot::with(&telegram, home, &[]).await;
    telegram.private(STAFF, "丹溪县说了什么?");
    // That the first was answered may not have been on disk yet.
    while !telegram.sent().await.text.contains("莫春燕") {}
    let log = bot.stop_with("TERM");
    assert!(!log.contains("please report"), "{log}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pipe_in_the_knowledge_folder_is_named_and_holds_nothing_up() {
    let telegram = FakeTelegram::start().await;
    let bot = RunningBot::start(&telegram).await;
    let pipe = bot.home().knowledge().join("pipe.txt");
    let made = std::process::Command::new("mkfifo").arg(pipe).status().unwrap();
    assert!(made.success());
    let edited = reload(&telegram, ADMIN).await.text;
    assert!(edited.contains("pipe.txt") && edited.contains("管道"), "{edited}");
    telegram.private(STAFF, "青禾县怎么修路?");
    assert!(telegram.sent().await.text.contains("蒲正明"));
    bot.ends_cleanly();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chat_that_shuts_the_bot_out_costs_others_nothing() {
    let telegram = FakeTelegram::start().await;
    let bot = RunningBot::start(&telegram).await;
    telegram.group(GROUP, STAFF, "/ask 青禾县怎么修路?", json!({}));
    telegram.sent().await;
    telegram.kicked(GROUP);
    bot.logs_until("membership has changed");
    telegram.group(GROUP, STAFF, "/ask 青禾县怎么修路?", json!({}));
    telegram.block(STAFF);
    telegram.private(STAFF, "青禾县怎么修路?");
    telegram.private(STAFF + 1, "青禾县怎么修路?");
    let sent = telegram.sent().await;
    assert_eq!(sent.chat, STAFF + 1);
    // A message that is gone before it is answered is answered all the same.
    let asked = telegram.group(GROUP - 1, STAFF, "/ask 丹溪县说了什么?", json!({}));
    telegram.delete_message(GROUP - 1, asked);
    assert!(telegram.sent().await.text.contains("莫春燕"));
    let log = bot.stop_with("TERM");
    assert!(!log.contains("panicked at"), "{log}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_stops_changes_but_no_answers() {
    let telegram = FakeTelegram::start().await;
    let bot = RunningBot::start(&telegram).await;
    telegram.private(STAFF, "/help");
    telegram.sent().await;
    bot.write(
        "b.txt",
        "4月2日,茶山会召开。\n\n丹溪县副县长欧阳竹说:“石阶要用本地的石头。”\n",
    );
    bot.fill_disk(true);
    let done = reload(&telegram, ADMIN).await.text;
    assert!(!done.contains("新增"), "{done}");
    telegram.private(STAFF, "青禾县怎么修路?");
    let text = telegram.sent().await.text;
    assert!(text.contains("蒲正明"), "{text}\n{}", bot.logs_until("answered"));
    telegram.document(ADMIN, "c.txt", "茶山会召开。\n".as_bytes(), json!({}));
    assert!(telegram.sent().await.text.contains("写不了"));
    bot.fill_disk(false);
    let edited = reload(&telegram, ADMIN).await.text;
    assert!(edited.contains("新增 1 个文件"), "{edited}");
    telegram.private(STAFF, "谁说石阶要用本地的石头?");
    assert!(telegram.sent().await.text.contains("欧阳竹"));
    let log = bot.stop_with("TERM");
    assert!(!log.contains("panicked at"), "{log}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_corrupt_index_is_built_anew_with_a_line_in_the_log() {
    let telegram = FakeTelegram::start().await;
    let bot = RunningBot::start(&telegram).await;
    telegram.private(STAFF, "/help");
    telegram.sent().await;
    let (_, home) = bot.stopped("TERM");
    let mut damaged = 0;
    for entry in walkdir::WalkDir::new(home.data().join("index")).into_iter().flatten() {
        if entry.file_type().is_file() {
            std::fs::write(entry.path(), b"damaged").unwrap();
            damaged += 1;
        }
    }
    assert!(damaged > 3);
    let bot = RunningBot::with(&telegram, home, &[]).await;
    bot.logs_until("built anew");
    telegram.private(STAFF, "青禾县怎么修路?");
    assert!(telegram.sent().await.text.contains("蒲正明"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_vanishes_is_a_removed_one() {
    let telegram = FakeTelegram::start().await;
    let bot = RunningBot::start(&telegram).await;
    let gone = bot.home().knowledge().join("b.txt");
    std::os::unix::fs::symlink(bot.home().knowledge().join("nowhere.txt"), &gone).unwrap();
    std::fs::remove_file(bot.home().knowledge().join("a.txt")).unwrap();
    // Until the reload what was read of it is quoted, and it is said that it has changed.
    telegram.private(STAFF, "青禾县怎么修路?");
    let text = telegram.sent().await.text;
    assert!(text.contains("石板路") && text.contains("a.txt 读入后有改动"), "{text}");
    telegram.private(ADMIN, "/status");
    let text = telegram.sent().await.text;
    assert!(text.contains("读入后有改动的文件：1 个"), "{text}");
    let edited = reload(&telegram, ADMIN).await.text;
    assert!(
        edited.contains("移除 1 个文件") && edited.contains("未读入 b.txt"),
        "{edited}"
    );
    telegram.private(STAFF, "青禾县怎么修路?");
    assert!(telegram.sent().await.text.contains("还没有能读的文件"));
}
