//! The buttons under an answer: more, its place, only these, and what they say when the answer is gone.

use crate::fake_telegram::FakeTelegram;
use crate::running_bot::{Home, RunningBot, reload};
use crate::{ADMIN, STAFF};

/// Two counties on one topic, with more quotes than a page of two holds.
const LONG: &str = "\
粮仓修缮交流会召开

2024年4月9日,粮仓修缮交流会在白塔县召开。

白塔县副县长施云舟说:“粮仓的屋顶要先修。”

白塔县副县长施云舟说:“粮仓的墙要用老砖。”

临溪县县长沈墨表示,粮仓的门不能换新的。

临溪县文物局局长卓兰说:“粮仓修好了,要让人进得去。”
";

#[tokio::test(flavor = "multi_thread")]
async fn buttons_leaf_narrow_and_show_the_place_in_the_same_message() {
    let telegram = FakeTelegram::start().await;
    let home = Home::empty();
    home.write("粮仓.txt", LONG);
    let bot = RunningBot::with(&telegram, home, &[("HUIWEN_LIMIT", "2")]).await;
    telegram.private(STAFF, "谁提到了粮仓?");
    let first = telegram.sent().await;
    insta::assert_debug_snapshot!(first.buttons());

    let more = first.buttons().concat();
    let more = more.iter().find(|words| words.ends_with('▸')).unwrap();
    telegram.press(STAFF, &first, more);
    let second = telegram.edited().await;
    assert_eq!(second.message_id, first.message_id);
    assert!(
        second.text.contains("3. ") && second.text != first.text,
        "{}",
        second.text
    );
    telegram.press(STAFF, &first, "上一页");
    assert_eq!(telegram.edited().await.text, first.text);

    // The place survives a restart, as all buttons do.
    let (_, home) = bot.stopped("TERM");
    let _bot = RunningBot::with(&telegram, home, &[("HUIWEN_LIMIT", "2")]).await;
    telegram.press(STAFF, &first, "📄 1");
    let place = telegram.edited().await;
    assert!(
        place.text.starts_with("原文位置") && place.text.contains("粮仓修缮交流会召开"),
        "{}",
        place.text
    );
    insta::assert_debug_snapshot!(place.buttons());
    telegram.press(STAFF, &first, "只看");
    let narrowed = telegram.edited().await;
    assert!(
        narrowed.buttons().concat().contains(&"看全部".to_owned()),
        "{:?}",
        narrowed.buttons()
    );
    telegram.press(STAFF, &first, "看全部");
    assert_eq!(telegram.edited().await.text, first.text);
    telegram.nothing_more().await;
    assert_eq!(telegram.refusals(), [""; 0]);
}

/// Two who speak for one county, and one each for two others: more than a page of three holds.
const THREE: &str = "\
粮仓修缮交流会召开

2024年4月9日,粮仓修缮交流会在白塔县召开。

白塔县副县长施云舟说:“粮仓的屋顶要先修。”

临溪县县长沈墨表示,粮仓的门不能换新的。

临溪县文物局局长卓兰说:“粮仓的窗要旧的。”

青石县县长莫春燕说:“青石县远,看了别处的粮仓再说修不修自己的。”
";

#[tokio::test(flavor = "multi_thread")]
async fn only_this_county_shows_nobody_else() {
    let telegram = FakeTelegram::start().await;
    let home = Home::empty();
    home.write("粮仓.txt", THREE);
    let _bot = RunningBot::with(&telegram, home, &[("HUIWEN_LIMIT", "3")]).await;
    telegram.private(STAFF, "谁提到了粮仓?");
    let all = telegram.sent().await;
    let offered = all.buttons().concat();
    let county = offered
        .iter()
        .find(|words| words.starts_with("只看") && words.ends_with('县'))
        .unwrap()
        .clone();
    telegram.press(STAFF, &all, &county);
    let narrowed = telegram.edited().await.text;
    let other = if county.contains("白塔") {
        "卓兰"
    } else {
        "施云舟"
    };
    assert!(!narrowed.contains(other), "{county}: {narrowed}");
}

#[tokio::test(flavor = "multi_thread")]
async fn buttons_whose_answer_is_gone_say_so() {
    let telegram = FakeTelegram::start().await;
    let bot = RunningBot::start(&telegram).await;
    telegram.private(STAFF, "青禾县怎么修路?");
    let sent = telegram.sent().await;
    // Another message has no card, a foreign button no meaning, and an old message may be out of reach.
    let note = async |id: String| {
        telegram.callback_answer(&id).await["text"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    };
    let id = telegram.press_inaccessible(STAFF, STAFF, sent.message_id + 500, "v.0.0.0");
    assert!(note(id).await.contains("请再问一次"));
    let id = telegram.press_data(STAFF, sent.chat, sent.message_id, "telepathy");
    assert!(note(id).await.contains("失效"));
    // The file has changed and been read again: its words no longer stand there.
    bot.write("a.txt", "别的内容。\n");
    reload(&telegram, ADMIN).await;
    let id = telegram.press(STAFF, &sent, "📄");
    assert!(note(id).await.contains("改过"));
    // The message itself is gone.
    telegram.delete_message(sent.chat, sent.message_id);
    let id = telegram.press_inaccessible(STAFF, sent.chat, sent.message_id, "v.0.0.0");
    assert!(note(id).await.contains("请再问一次"));
    bot.ends_cleanly();
}
