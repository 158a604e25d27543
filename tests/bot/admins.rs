//! Admins: reloads, how the bot does, who did what, and who is let in.

use serde_json::json;

use crate::fake_telegram::FakeTelegram;
use crate::running_bot::{Home, REPORT, RunningBot, reload};
use crate::staff::message_of;
use crate::{ADMIN, GROUP, STAFF};

#[tokio::test(flavor = "multi_thread")]
async fn only_admins_reload_and_are_told_what_changed() {
    let telegram = FakeTelegram::start().await;
    let bot = RunningBot::start(&telegram).await;
    telegram.private(STAFF, "/reload");
    assert!(telegram.sent().await.text.contains("管理员"));
    bot.write(
        "b.txt",
        "4月2日,古道办会议召开。\n\n丹溪县副县长欧阳竹说:“石阶要用本地的石头。”\n",
    );
    bot.write("bad.txt", " \n");
    let done = reload(&telegram, ADMIN).await.text;
    let (changes, took) = done.rsplit_once('\n').unwrap();
    assert!(took.starts_with("用时 "), "{took}");
    insta::assert_snapshot!(changes);
    telegram.private(STAFF, "谁说石阶要用本地的石头?");
    assert!(telegram.sent().await.text.contains("欧阳竹"));
}

#[tokio::test(flavor = "multi_thread")]
async fn two_reloads_at_once_become_one() {
    let telegram = FakeTelegram::start().await;
    let bot = RunningBot::start(&telegram).await;
    for number in 0..40 {
        bot.write(&format!("{number}.txt"), &REPORT.repeat(200));
    }
    telegram.private(ADMIN, "/reload");
    telegram.private(ADMIN, "/reload");
    let (first, second) = (telegram.sent().await, telegram.sent().await);
    let mut done = Vec::new();
    while done.len() < 2 {
        let edited = telegram.edited().await;
        if edited.text.contains("用时") {
            done.push(edited);
        }
    }
    // Both are told the same, and it happened once.
    assert_eq!(done[0].text, done[1].text);
    assert_ne!(first.message_id, second.message_id);
    telegram.private(ADMIN, "/audit");
    let audit = telegram.sent().await.text;
    assert_eq!(audit.matches("重新读入").count(), 1, "{audit}");
}

#[tokio::test(flavor = "multi_thread")]
async fn status_and_audit_tell_what_happened() {
    let telegram = FakeTelegram::start().await;
    let bot = RunningBot::start(&telegram).await;
    for command in [
        "/status",
        "/audit",
        "/files",
        "/inspect a.txt",
        "/remove a.txt",
        "/allow 5",
    ] {
        telegram.private(STAFF, command);
        assert!(telegram.sent().await.text.contains("管理员"), "{command}");
        telegram.group(GROUP, ADMIN, command, json!({}));
        let said = telegram.sent().await.text;
        assert!(said.contains("私聊") || command == "/allow 5", "{command}: {said}");
    }
    telegram.private(STAFF, "青禾县怎么修路?");
    telegram.sent().await;
    telegram.private(STAFF, "旬邑县说了什么?");
    telegram.sent().await;
    telegram.private(ADMIN, "/status");
    let status = telegram.sent().await.text;
    for words in [
        env!("CARGO_PKG_VERSION"),
        "1 个文件，1 次会议",
        "回答 1 次，没有答案 1 次，出错 0 次",
        "等待处理：",
        " MB",
    ] {
        assert!(status.contains(words), "{words}: {status}");
    }
    // What was done is kept over a restart.
    let (_, home) = bot.stopped("TERM");
    let _bot = RunningBot::with(&telegram, home, &[]).await;
    telegram.private(ADMIN, "/audit");
    let audit = telegram.sent().await.text;
    assert!(audit.contains(&format!("{ADMIN} · 允许 5")), "{audit}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_menu_is_set_for_each_scope_and_language() {
    let telegram = FakeTelegram::start().await;
    let _bot = RunningBot::start(&telegram).await;
    telegram.private(STAFF, "/start");
    telegram.sent().await;
    // Menus are set beside the first answers.
    let mut menus = telegram.calls("setMyCommands").await;
    while menus.len() < 12 {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        menus = telegram.calls("setMyCommands").await;
    }
    let of = |scope: &str, code: Option<&str>| {
        let menu = menus.iter().find(|menu| {
            menu["scope"]["type"] == json!(scope) && menu.get("language_code").and_then(|code| code.as_str()) == code
        });
        let menu = menu.unwrap_or_else(|| panic!("{scope} {code:?}"));
        let commands = menu["commands"].as_array().unwrap().iter();
        let parts =
            commands.map(|command| format!("/{} {}\n", command["command"].as_str().unwrap(), command["description"]));
        parts.collect::<String>()
    };
    for code in [None, Some("zh"), Some("en")] {
        for scope in ["default", "all_private_chats", "all_chat_administrators"] {
            assert!(!of(scope, code).contains("/reload"));
        }
        assert!(of("chat", code).contains("/reload"));
        assert!(!of("default", code).contains("/default") && of("all_chat_administrators", code).contains("/default"));
    }
    assert!(of("default", Some("en")).contains("sum up") && of("default", None).contains("总结"));
    assert!(
        menus
            .iter()
            .all(|menu| menu["scope"]["type"] != "chat" || menu["scope"]["chat_id"] == json!(ADMIN))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn outsiders_are_told_whom_to_ask_once() {
    let telegram = FakeTelegram::start().await;
    let settings = [
        ("HUIWEN_ACCESS", "listed"),
        ("HUIWEN_ALLOWED", "42,-1001234567890"),
        ("HUIWEN_CONTACT", "办公室 <王静>"),
    ];
    let bot = RunningBot::with(&telegram, Home::new(), &settings).await;
    let outsider = 4_343;
    telegram.private(outsider, "青禾县怎么修路?");
    let told = telegram.sent().await;
    assert!(
        told.text.contains("办公室 <王静>") && told.text.contains("4343"),
        "{}",
        told.text
    );
    assert_eq!(told.text.lines().count(), 1);
    telegram.private(outsider, "青禾县怎么修路?");
    let id = telegram.inline(outsider, "青禾 修路");
    assert_eq!(telegram.inline_answer(&id).await["results"], json!([]));
    telegram.nothing_more().await;
    // Listed users are let in everywhere, and everybody in a listed group.
    telegram.private(STAFF, "青禾县怎么修路?");
    assert!(telegram.sent().await.text.contains("蒲正明"));
    telegram.group(GROUP, outsider, "/ask 青禾县怎么修路?", json!({}));
    assert!(telegram.sent().await.text.contains("蒲正明"));
    telegram.group(-1_001_005_678_000, outsider, "/ask 青禾县怎么修路?", json!({}));
    assert!(telegram.sent().await.text.contains("办公室"));
    // At run time, and over a restart.
    telegram.private(ADMIN, &format!("/allow {outsider}"));
    assert!(telegram.sent().await.text.contains("已允许"));
    let (_, home) = bot.stopped("TERM");
    let _bot = RunningBot::with(&telegram, home, &settings).await;
    telegram.private(outsider, "青禾县怎么修路?");
    assert!(telegram.sent().await.text.contains("蒲正明"));
    telegram.private(ADMIN, &format!("/deny {outsider}"));
    telegram.sent().await;
    telegram.private(outsider, "青禾县怎么修路?");
    assert!(telegram.sent().await.text.contains("办公室"));
    telegram.private(ADMIN, &format!("/deny {ADMIN}"));
    assert!(telegram.sent().await.text.contains("不能禁止管理员"));
    telegram.private(ADMIN, "/allow");
    let list = telegram.sent().await.text;
    assert!(list.contains("4343 · 禁止"), "{list}");
    assert_eq!(telegram.refusals(), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn members_of_a_listed_group_are_let_in_and_an_admin_can_be_reached() {
    let telegram = FakeTelegram::start().await;
    let settings = [("HUIWEN_ACCESS", "members"), ("HUIWEN_ALLOWED", "-1001234567890")];
    let _bot = RunningBot::with(&telegram, Home::new(), &settings).await;
    telegram.member(GROUP, STAFF, "member");
    telegram.private(STAFF, "青禾县怎么修路?");
    assert!(telegram.sent().await.text.contains("蒲正明"));
    telegram.private(STAFF + 1, "青禾县怎么修路?");
    let told = telegram.sent().await;
    assert!(told.raw.contains("<a href=\"tg://user?id=77\">"), "{}", told.raw);
    // A group that an admin lets in counts as well; the sender of a message can be meant by a reply.
    telegram.member(-1_001_005_678_000, STAFF + 1, "member");
    telegram.group(-1_001_005_678_000, ADMIN, "/allow here", json!({}));
    assert!(telegram.sent().await.text.contains("-1001005678000"));
    telegram.private(STAFF + 1, "青禾县怎么修路?");
    assert!(telegram.sent().await.text.contains("蒲正明"));
    let mut reply = message_of(&told);
    reply["from"] = json!({"id": STAFF, "is_bot": false, "first_name": "兰"});
    telegram.group(GROUP, ADMIN, "/deny", json!({"reply_to_message": reply}));
    assert!(telegram.sent().await.text.contains("已禁止 42"));
    telegram.group(GROUP, STAFF, "/ask 青禾县怎么修路?", json!({}));
    assert!(telegram.sent().await.text.contains("联系"));
    assert_eq!(telegram.refusals(), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_else_gets_in_by_buttons_edits_or_forged_data() {
    let telegram = FakeTelegram::start().await;
    let settings = [("HUIWEN_ACCESS", "listed"), ("HUIWEN_ALLOWED", "42")];
    let bot = RunningBot::with(&telegram, Home::new(), &settings).await;
    telegram.private(STAFF, "青禾县怎么修路?");
    let answer = telegram.sent().await;
    // Staff may press, but see no admins' lists, and no page beyond all pages.
    for data in ["l.audit.0", "l.files.0", "l.feedback.0"] {
        let id = telegram.press_data(STAFF, answer.chat, answer.message_id, data);
        assert!(
            telegram.callback_answer(&id).await["text"]
                .as_str()
                .unwrap()
                .contains("管理员")
        );
    }
    for data in ["v.1000000000.0.0", "v.0.0.999", "p.0.0.0.77", "e.3", "k"] {
        let id = telegram.press_data(STAFF, answer.chat, answer.message_id, data);
        assert!(telegram.callback_answer(&id).await["text"].is_string(), "{data}");
    }
    telegram.press_data(STAFF, answer.chat, answer.message_id, "v.1000.0.0");
    assert!(telegram.edited().await.text.contains("没有更多了"));
    // An outsider in the same group of people: neither buttons nor edits.
    let outsider = 4_343;
    let asked = telegram.private(outsider, "青禾县怎么修路?");
    assert!(telegram.sent().await.text.contains("联系"));
    telegram.edit_private(outsider, asked, "丹溪县说了什么?");
    let id = telegram.press_data(outsider, answer.chat, answer.message_id, "v.0.0.0");
    telegram.callback_answer(&id).await;
    telegram.document(outsider, "b.txt", "会议召开。\n".as_bytes(), json!({}));
    telegram.nothing_more().await;
    // Files wait for an admin's decision, whoever presses.
    telegram.document(ADMIN, "b.txt", "茶山会召开。\n".as_bytes(), json!({}));
    let offered = telegram.sent().await;
    let id = telegram.press(STAFF, &offered, "保存");
    assert!(
        telegram.callback_answer(&id).await["text"]
            .as_str()
            .unwrap()
            .contains("管理员")
    );
    assert!(!bot.home().knowledge().join("b.txt").exists());
    // Of two taps one does it, and the other is told.
    telegram.press_data(ADMIN, offered.chat, offered.message_id, "k");
    let second = telegram.press_data(ADMIN, offered.chat, offered.message_id, "k");
    let kept = telegram.edited().await.text;
    assert!(kept.contains("已保存为 b.txt"), "{kept}");
    let second = telegram.callback_answer(&second).await;
    assert!(second["text"].as_str().unwrap().contains("已经做过"), "{second}");
    telegram.nothing_more().await;
    assert!(bot.home().knowledge().join("b.txt").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_listed_group_stays_listed_when_it_becomes_a_supergroup() {
    let telegram = FakeTelegram::start().await;
    let (old, new) = (-555, -1_001_009_999_000);
    let settings = [("HUIWEN_ACCESS", "listed"), ("HUIWEN_ALLOWED", "-555")];
    let bot = RunningBot::with(&telegram, Home::new(), &settings).await;
    let plain = json!({"chat": {"id": old, "type": "group", "title": "古道办"}});
    telegram.group(old, STAFF, "/ask 青禾县怎么修路?", plain);
    assert!(telegram.sent().await.text.contains("蒲正明"));
    telegram.migrate(old, new);
    telegram.group(new, STAFF, "/ask 青禾县怎么修路?", json!({}));
    assert!(telegram.sent().await.text.contains("蒲正明"));
    let (_, home) = bot.stopped("TERM");
    let _bot = RunningBot::with(&telegram, home, &settings).await;
    telegram.group(new, STAFF, "/ask 青禾县怎么修路?", json!({}));
    assert!(telegram.sent().await.text.contains("蒲正明"));
}

#[tokio::test(flavor = "multi_thread")]
async fn inline_queries_cost_no_word_in_private() {
    let telegram = FakeTelegram::start().await;
    let _bot = RunningBot::with(&telegram, Home::new(), &[("HUIWEN_USER_RATE", "1")]).await;
    for _ in 0..9 {
        let id = telegram.inline(STAFF, "青禾 修路");
        telegram.inline_answer(&id).await;
    }
    telegram.private(STAFF, "青禾县怎么修路?");
    assert!(telegram.sent().await.text.contains("蒲正明"));
    telegram.private(STAFF, "青禾县怎么修路?");
    assert!(telegram.sent().await.text.contains("请等"));
}
