//! How the bot behaves: short, to the point, and able to say what it took for granted.

use serde_json::json;

use crate::fake_telegram::{FakeTelegram, Sent};
use crate::running_bot::{Home, REPORT, RunningBot};
use crate::staff::message_of;
use crate::{GROUP, STAFF};

/// Minutes in Markdown, with long remarks of one meeting.
const MINUTES: &str = "\
# 茶山春会纪要

---

2025年4月2日,茶山春会在丹溪县茶山镇召开。

## 一、采茶

丹溪县副县长欧阳竹说:“今年的春茶提前十天开采,各镇要把采茶工的食宿安排好,采茶工进山以前要做一次体检,工棚要通水通电,不能再像去年那样让人睡在竹棚里,茶叶合作社要和采茶工签合同,工钱按天结清,一天也不能拖。”

丹溪县农业农村局局长邱月明表示,采茶工的路费由合作社先垫,县里在五月底以前补给合作社,补贴的办法三月份已经发到各镇,各镇要贴出来,贴到村口,让采茶工自己看得见,看不懂的由村干部一句一句讲清楚,谁家没有讲到谁家负责。

茶山镇镇长柯小满说:“采茶工进山的路塌了两处,镇里已经请了工程队,采茶以前一定修通,修通以前用两辆小车来回接送,司机的名字和电话写在村口的牌子上,半夜有人生病也接得出来,钱先由镇里出。”

---

## 二、别的事

会议决定,茶山春会每年四月第一周召开。
";

fn home() -> Home {
    let home = Home::empty();
    home.write("a.txt", REPORT);
    home.write("茶山.md", MINUTES);
    home
}

/// What somebody saw: the text and the buttons.
fn screen(said: &str, sent: &Sent) -> String {
    let mut lines = vec![format!("> {said}"), sent.text.clone()];
    lines.extend(sent.buttons().iter().map(|row| format!("[{}]", row.join("] ["))));
    lines.join("\n")
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_everyday_conversations_are_short() {
    let telegram = FakeTelegram::start().await;
    let bot = RunningBot::with(&telegram, home(), &[("HUIWEN_USER_RATE", "100")]).await;
    let mut user = 500;
    for conversation in [
        &["你好", "青禾县怎么修路?", "谢谢"][..],
        &["旬邑县说了什么?", "那丹溪县呢?"],
        &["茶山春会什么时候开的?", "在哪开的?"],
        &["采茶工有什么安排?"],
        &["莫春燕怎么看年轻人?", "她是谁?"],
        &["谁提到了采茶工?"],
        &["茶山春会决定了什么?", "哈哈"],
        &["火箭什么时候发射?"],
        &["2024年3月5日的会说了什么?"],
        &["有哪些会议?", "你是谁"],
    ] {
        user += 1;
        let mut screens = Vec::new();
        for said in conversation {
            telegram.private(user, said);
            screens.push(screen(said, &telegram.sent().await));
        }
        insta::assert_snapshot!(screens.join("\n\n"));
    }
    telegram.nothing_more().await;
    bot.ends_cleanly();
    assert_eq!(telegram.refusals(), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_is_a_line_and_a_button() {
    let telegram = FakeTelegram::start().await;
    let _bot = RunningBot::with(&telegram, home(), &[]).await;
    telegram.private(STAFF, "旬邑县说了什么?");
    let sent = telegram.sent().await;
    assert!(
        sent.text.lines().count() <= 2 && !sent.text.contains("莫春燕"),
        "{}",
        sent.text
    );
    telegram.press(STAFF, &sent, "谁发过言");
    let who = telegram.edited().await;
    assert!(
        who.text.contains("莫春燕") && who.text.contains("欧阳竹"),
        "{}",
        who.text
    );
    // A county that nobody spoke for, in a group too.
    telegram.group(GROUP, STAFF, "/ask 谁谈到火箭?", json!({}));
    assert!(telegram.sent().await.text.lines().count() <= 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_long_quotes_the_best_come_first_and_one_goes_on_and_back() {
    let telegram = FakeTelegram::start().await;
    let _bot = RunningBot::with(&telegram, home(), &[]).await;
    telegram.private(STAFF, "谁提到了采茶工?");
    let first = telegram.sent().await;
    assert!(first.raw.matches("<blockquote").count() <= 2, "{}", first.text);
    // The source of quotes of one meeting stands once.
    assert_eq!(first.text.matches("茶山.md").count(), 1, "{}", first.text);
    telegram.press(STAFF, &first, "还有 1 段");
    let second = telegram.edited().await;
    assert!(
        second.text != first.text && second.raw.contains("<blockquote"),
        "{}",
        second.text
    );
    telegram.press(STAFF, &first, "上一页");
    assert_eq!(telegram.edited().await.text, first.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn when_a_meeting_was_held_is_told_by_its_day_and_the_line_that_says_it() {
    let telegram = FakeTelegram::start().await;
    let _bot = RunningBot::with(&telegram, home(), &[]).await;
    telegram.private(STAFF, "茶山春会什么时候开的?");
    let sent = telegram.sent().await;
    assert!(
        sent.text.starts_with("2025年4月2日\n") && sent.text.contains("茶山镇召开"),
        "{}",
        sent.text
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn small_talk_gets_a_line_without_buttons_and_follow_ups_go_on_behind_it() {
    let telegram = FakeTelegram::start().await;
    let _bot = RunningBot::with(&telegram, home(), &[]).await;
    telegram.private(STAFF, "青禾县下一步要做什么?");
    assert!(telegram.sent().await.text.contains("蒲正明"));
    for talk in ["你好", "谢谢", "你是谁", "好的", "哈哈"] {
        telegram.private(STAFF, talk);
        let sent = telegram.sent().await;
        assert!(
            sent.text.lines().count() == 1 && sent.buttons().is_empty(),
            "{talk}: {}",
            sent.text
        );
    }
    telegram.private(STAFF, "那丹溪县呢?");
    assert!(telegram.sent().await.text.contains("莫春燕"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bare_mention_explains_itself_and_in_reply_takes_what_was_said_as_the_question() {
    let telegram = FakeTelegram::start().await;
    let _bot = RunningBot::with(&telegram, home(), &[]).await;
    telegram.group(GROUP, STAFF, "@huiwen_bot", json!({}));
    assert!(telegram.sent().await.text.contains("我是会问"));
    let said = json!({"reply_to_message": {
        "message_id": 4_000, "date": 1_700_000_000, "text": "青禾县怎么修路?",
        "chat": {"id": GROUP, "type": "supergroup", "title": "古道办"},
        "from": {"id": STAFF + 1, "is_bot": false, "first_name": "竹"},
    }});
    telegram.group(GROUP, STAFF, "@huiwen_bot", said);
    assert!(telegram.sent().await.text.contains("蒲正明"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_to_a_quote_asks_about_that_quote() {
    let telegram = FakeTelegram::start().await;
    let _bot = RunningBot::with(&telegram, home(), &[]).await;
    telegram.private(STAFF, "青禾县怎么修路?");
    let answer = telegram.sent().await;
    let reply = |words: &str| {
        let update = json!({"message": {
            "message_id": 5_000 + words.len(), "date": 1_700_000_000, "text": words,
            "chat": {"id": STAFF, "type": "private", "first_name": "兰"},
            "from": {"id": STAFF, "is_bot": false, "first_name": "兰"},
            "reply_to_message": message_of(&answer),
        }});
        telegram.update(update);
    };
    reply("这句话是谁说的？");
    let who = telegram.sent().await.text;
    assert!(
        who.starts_with("蒲正明") && who.contains("a.txt") && who.lines().count() == 2,
        "{who}"
    );
    reply("原文在哪");
    let place = telegram.sent().await;
    assert!(
        place.text.starts_with("原文位置") && place.raw.contains("<b>"),
        "{}",
        place.text
    );
    reply("全文");
    let whole = telegram.sent().await.text;
    assert!(whole.contains("会议召开") || whole.contains("现场会召开"), "{whole}");
    assert!(whole.contains("大家一致认为"), "{whole}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_assumed_can_be_tapped_away() {
    let telegram = FakeTelegram::start().await;
    let _bot = RunningBot::with(&telegram, home(), &[]).await;
    telegram.private(STAFF, "/default 丹溪县");
    telegram.sent().await;
    telegram.private(STAFF, "怎么修路?");
    let narrowed = telegram.sent().await;
    assert!(narrowed.text.starts_with("（默认只看丹溪县）"), "{}", narrowed.text);
    assert!(!narrowed.text.contains("蒲正明"), "{}", narrowed.text);
    telegram.press(STAFF, &narrowed, "不限");
    let everywhere = telegram.edited().await.text;
    assert!(
        everywhere.contains("蒲正明") && !everywhere.contains("默认"),
        "{everywhere}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn marks_of_markdown_are_not_shown() {
    let telegram = FakeTelegram::start().await;
    let _bot = RunningBot::with(&telegram, home(), &[]).await;
    telegram.private(STAFF, "春茶什么时候开采?");
    let sent = telegram.sent().await;
    telegram.press(STAFF, &sent, "📄");
    let place = telegram.edited().await.text;
    assert!(
        place.contains("一、采茶") && !place.contains("##") && !place.contains("---"),
        "{place}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_speaks_english_is_spoken_to_in_english_and_an_empty_shelf_says_what_to_do() {
    let telegram = FakeTelegram::start().await;
    let _bot = RunningBot::with(&telegram, Home::empty(), &[]).await;
    telegram.private(STAFF, "/start");
    let start = telegram.sent().await.text;
    assert!(
        start.contains("还没有能读的文件") && start.contains("/reload"),
        "{start}"
    );
    let update = json!({"message": {
        "message_id": 6_000, "date": 1_700_000_000, "text": "/start",
        "chat": {"id": 9_001, "type": "private", "first_name": "Ann"},
        "from": {"id": 9_001, "is_bot": false, "first_name": "Ann", "language_code": "en-GB"},
    }});
    telegram.update(update);
    let start = telegram.sent().await.text;
    assert!(start.starts_with("I am huiwen") && start.contains("/lang"), "{start}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_chats_default_goes_before_an_earlier_questions_county_and_is_named() {
    let telegram = FakeTelegram::start().await;
    let _bot = RunningBot::with(&telegram, home(), &[]).await;
    telegram.private(STAFF, "/default 丹溪县");
    telegram.sent().await;
    telegram.private(STAFF, "青禾县怎么修路?");
    assert!(telegram.sent().await.text.contains("蒲正明"));
    telegram.private(STAFF, "下一步要做什么?");
    let sent = telegram.sent().await.text;
    assert!(
        sent.starts_with("（默认只看丹溪县）") && !sent.contains("蒲正明"),
        "{sent}"
    );
    // And what was asked before it was set is forgotten.
    telegram.private(STAFF + 1, "青禾县怎么修路?");
    telegram.sent().await;
    telegram.private(STAFF + 1, "/default 丹溪县");
    telegram.sent().await;
    telegram.private(STAFF + 1, "下一步要做什么?");
    assert!(!telegram.sent().await.text.contains("蒲正明"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_taken_from_the_question_before_is_named_and_can_be_tapped_away() {
    let telegram = FakeTelegram::start().await;
    let _bot = RunningBot::with(&telegram, home(), &[]).await;
    telegram.private(STAFF, "青禾县怎么修路?");
    let first = telegram.sent().await.text;
    assert!(!first.contains("接着"), "{first}");
    telegram.private(STAFF, "下一步要做什么?");
    let narrowed = telegram.sent().await;
    let text = &narrowed.text;
    assert!(text.starts_with("（接着只看青禾县）\n"), "{text}");
    assert!(!text.contains("丹溪县"), "{text}");
    telegram.press(STAFF, &narrowed, "不限");
    let all = telegram.edited().await.text;
    assert!(all.contains("丹溪县") && !all.contains("接着"), "{all}");
    // Who is named is not assumed.
    telegram.private(STAFF, "丹溪县下一步要做什么?");
    let named = telegram.sent().await.text;
    assert!(!named.contains("接着") && !named.contains("默认"), "{named}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_that_no_calendar_has_is_said_not_to_be_one() {
    let telegram = FakeTelegram::start().await;
    let _bot = RunningBot::with(&telegram, home(), &[]).await;
    for (question, day) in [
        ("2024年13月45日的会说了什么?", "2024年13月45日"),
        ("2月30日青禾县说了什么?", "2月30日"),
    ] {
        telegram.private(STAFF, question);
        assert_eq!(telegram.sent().await.text, format!("没有{day}这一天。"), "{question}");
    }
    telegram.private(STAFF, "2024年3月5日的会说了什么?");
    assert!(telegram.sent().await.text.contains("蒲正明"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_has_no_width_is_no_part_of_a_name() {
    let telegram = FakeTelegram::start().await;
    let home = home();
    home.write(
        "王\u{200b}静.txt",
        "石桥会召开\n\n2024年6月5日,石桥会在青禾县召开。\n\n青禾县县长王\u{200b}静说:“石桥不许改成水泥桥。”\n",
    );
    let _bot = RunningBot::with(&telegram, home, &[]).await;
    for question in ["王静怎么说?", "王\u{200b}静怎么说?", "\u{feff}王\u{2060}静怎么说?"] {
        telegram.private(STAFF, question);
        let sent = telegram.sent().await.text;
        assert!(
            sent.contains("石桥不许改成水泥桥") && sent.contains("王静（青禾县县长"),
            "{question}: {sent}"
        );
    }
    telegram.private(STAFF, "/default 丹\u{200b}溪县");
    assert!(telegram.sent().await.text.contains("默认看丹溪县"));
    telegram.private(crate::ADMIN, "/inspect 王静.txt");
    assert!(telegram.sent().await.text.contains("石桥会召开"));
    telegram.document(crate::ADMIN, "赵\u{200b}静.txt", "茶会召开。\n".as_bytes(), json!({}));
    assert!(telegram.sent().await.text.contains("赵静.txt"));
}
