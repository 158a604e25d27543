//! `/who` and `/topic`: the counts, then all remarks, page by page.

use crate::fake_telegram::FakeTelegram;
use crate::running_bot::{Home, RunningBot};
use crate::{GROUP, STAFF};

fn file(year: i32, day: usize) -> String {
    format!(
        "望河县水利工作会议召开\n\n{year}年6月{day}日,望河县水利工作会议召开。\n\n望河县副县长钟铁山说:“第{year}{day}次说防汛,物资要备齐。”\n"
    )
}

async fn bot(telegram: &FakeTelegram) -> RunningBot {
    let home = Home::empty();
    for year in 2021..2025 {
        for day in 1..4 {
            home.write(&format!("{year}-{day}.txt"), &file(year, day));
        }
    }
    home.write(
        "roads.txt",
        "上坪县农村公路推进会召开\n\n2025年3月2日,上坪县农村公路推进会召开。\n\n上坪县交通局局长钟铁山说:“今年新修乡道。”\n",
    );
    RunningBot::with(telegram, home, &[]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn all_of_a_topic_is_leafed_through_from_the_oldest_on_over_a_restart() {
    let telegram = FakeTelegram::start().await;
    let bot = bot(&telegram).await;
    telegram.private(STAFF, "/topic 防汛");
    let first = telegram.sent().await;
    let years = "2021 年 3 段、2022 年 3 段、2023 年 3 段、2024 年 3 段";
    assert!(
        first.text.contains("12 段") && first.text.contains(years),
        "{}",
        first.text
    );
    let (_, home) = bot.stopped("TERM");
    let _bot = RunningBot::with(&telegram, home, &[]).await;
    let (mut seen, mut page) = (String::new(), first.clone());
    while page.buttons().concat().contains(&"▸".to_owned()) {
        telegram.press(STAFF, &page, "▸");
        page = telegram.edited().await;
        assert_eq!(page.message_id, first.message_id);
        seen.push_str(&page.text);
        assert!(seen.len() < 20_000);
    }
    let words = (2021..2025).flat_map(|year| (1..4).map(move |day| format!("第{year}{day}次")));
    let at: Vec<usize> = words
        .map(|words| seen.find(&words).unwrap_or_else(|| panic!("{words} in {seen}")))
        .collect();
    assert!(at.is_sorted(), "{at:?}");
    assert_eq!(seen.matches("望河县副县长").count(), 12);
    telegram.press(STAFF, &page, "⏮");
    assert_eq!(telegram.edited().await.text, first.text);
}

/// Whether this machine has a font to draw with.
fn has_font() -> bool {
    huiwen::chart::Font::find(None).is_ok()
}

#[tokio::test(flavor = "multi_thread")]
async fn pictures_come_by_a_button_and_not_unasked() {
    let telegram = FakeTelegram::start().await;
    let home = Home::new();
    let bot = RunningBot::with(&telegram, home, &[]).await;
    telegram.private(STAFF, "/topic 路");
    let topic = telegram.sent().await;
    assert!(topic.document.is_none());
    telegram.private(STAFF, "/summary");
    let summary = telegram.sent().await;
    for (under, button) in [(&topic, "📊 图"), (&summary, "📊")] {
        telegram.press(STAFF, under, button);
        let sent = telegram.sent().await;
        match has_font() {
            true => assert!(sent.document.unwrap().bytes.starts_with(b"\x89PNG") && !sent.text.is_empty()),
            false => assert!(sent.text.contains("fonts-noto-cjk"), "{}", sent.text),
        }
    }
    // A second one of the summary may follow: of counties and what they speak of.
    drop(bot);
    // Where there is no font it is said what to do.
    let home = Home::new();
    let nowhere = home.data().join("no.ttf").display().to_string();
    let telegram = FakeTelegram::start().await;
    let _bot = RunningBot::with(&telegram, home, &[("HUIWEN_FONT", &nowhere)]).await;
    telegram.private(STAFF, "/topic 路");
    let topic = telegram.sent().await;
    telegram.press(STAFF, &topic, "📊 图");
    let said = telegram.sent().await.text;
    assert!(
        said.contains("HUIWEN_FONT") && said.contains("fonts-noto-cjk"),
        "{said}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_is_told_whole_and_namesakes_apart() {
    let telegram = FakeTelegram::start().await;
    let _bot = bot(&telegram).await;
    telegram.private(STAFF, "/who 钟铁山");
    let first = telegram.sent().await;
    insta::assert_snapshot!(first.text);
    telegram.press(STAFF, &first, "▸");
    let page = telegram.edited().await;
    assert!(page.text.starts_with("◆ 钟铁山（望河县） · 2021 年"), "{}", page.text);
    // In a group too; what is missing is said, and so is that there is nobody.
    telegram.group(GROUP, STAFF, "/who 慕容雪", serde_json::json!({}));
    let nobody = telegram.sent().await;
    assert!(
        nobody.text.contains("没有“慕容雪”的发言") && nobody.buttons().is_empty(),
        "{}",
        nobody.text
    );
    telegram.private(STAFF, "/topic");
    assert!(telegram.sent().await.text.contains("/topic 防汛"));
    telegram.private(STAFF, "/topic 滑雪");
    assert!(telegram.sent().await.text.starts_with("没有人说到“滑雪”"));
}
