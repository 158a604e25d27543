//! Alerts: whoever watches something is told once of what is new, and of nothing else.

use serde_json::json;

use crate::fake_telegram::{FakeTelegram, Fault, Sent};
use crate::running_bot::{Home, REPORT, RunningBot, reload};
use crate::{ADMIN, GROUP, STAFF};

const NEW: &str = "\
渡口保护座谈会召开

2024年6月1日,渡口保护座谈会在丹溪县召开。

丹溪县副县长欧阳竹说:“老渡口的石阶一块也不能动。”

青禾县副县长蒲正明表示,青禾县愿意出石料,欧阳竹讲得好。

慕容岚全程陪同。
";

struct Office {
    telegram: FakeTelegram,
    bot: RunningBot,
}

impl Office {
    async fn open() -> Office {
        let telegram = FakeTelegram::start().await;
        let settings = [("HUIWEN_USER_RATE", "1000")];
        let bot = RunningBot::with(&telegram, Home::new(), &settings).await;
        Office { telegram, bot }
    }

    async fn say(&self, user: i64, words: &str) -> Sent {
        self.telegram.private(user, words);
        self.telegram.sent().await
    }

    /// A reload, after which all alerts have gone out.
    async fn reload(&self) -> Vec<Sent> {
        let before = self.telegram.all_sent().len();
        reload(&self.telegram, ADMIN).await;
        self.told_since(before + 1).await
    }

    /// What is sent beside; as long as nothing comes for a while there is nothing.
    async fn told_since(&self, before: usize) -> Vec<Sent> {
        let mut count = 0;
        for _ in 0..20 {
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
            let now = self.telegram.all_sent().len();
            if now != count && now > before {
                count = now;
                // Another may come.
                tokio::time::sleep(std::time::Duration::from_millis(500)).await;
                if self.telegram.all_sent().len() == count {
                    break;
                }
            }
        }
        let mut told = Vec::new();
        while told.len() < self.telegram.all_sent().len() - before {
            told.push(self.telegram.sent().await);
        }
        told
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_new_is_told_once_and_who_speaks_is_told_apart() {
    let office = Office::open().await;
    let begun = office.say(STAFF, "/watch 欧阳竹").await;
    assert!(begun.text.contains("“欧阳竹”"), "{}", begun.text);
    assert_eq!(begun.buttons(), [["🔕 欧阳竹"]]);
    office.say(STAFF, "/watch 石料 石阶").await;
    office.say(4711, "/watch 石 料").await;
    // What was there before is not new.
    assert_eq!(office.reload().await.len(), 0);
    office.bot.write("渡口.txt", NEW);
    let told = office.reload().await;
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0].chat, STAFF);
    insta::assert_snapshot!(told[0].text);
    assert_eq!(told[0].buttons(), [vec!["📄 1", "📄 2"], vec!["🔔 关注了什么"]]);
    // Where it stands is shown below, and the alert stays.
    office.telegram.press(STAFF, &told[0], "📄 2");
    let place = office.telegram.sent().await;
    assert!(
        place.text.contains("愿意出石料") && place.text.contains("全程陪同"),
        "{}",
        place.text
    );
    office.telegram.press(STAFF, &told[0], "关注了什么");
    assert!(office.telegram.sent().await.text.contains("1. 欧阳竹\n2. 石料 石阶"));
    // Read again, copied, moved, and read after a restart it is not new.
    assert_eq!(office.reload().await.len(), 0);
    office.bot.write("另存.txt", NEW);
    assert_eq!(office.reload().await.len(), 0);
    std::fs::remove_file(office.bot.home().knowledge().join("渡口.txt")).unwrap();
    assert_eq!(office.reload().await.len(), 0);
    office.bot.write("渡口.txt", NEW);
    assert_eq!(office.reload().await.len(), 0);
    // A sentence more is; the rest is not told again.
    office
        .bot
        .write("渡口.txt", &NEW.replace("不能动。", "不能动。船工的号子要录下来。"));
    let told = office.reload().await;
    assert_eq!(told.len(), 1);
    assert!(
        told[0].text.contains("船工的号子要录下来。") && !told[0].text.contains("石阶一块"),
        "{}",
        told[0].text
    );
    assert_eq!(office.telegram.refusals(), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_lost_and_nothing_told_twice_over_restarts_and_kills() {
    let office = Office::open().await;
    office.say(STAFF, "/watch 石阶").await;
    office.say(STAFF, "/watch 号子").await;
    // It comes while nobody is there to read it.
    let Office { telegram, bot } = office;
    let home = bot.stopped("TERM").1;
    home.write("渡口.txt", NEW);
    // Telegram takes nothing, and the process is killed over it, twice.
    let mut home = home;
    for _ in 0..2 {
        telegram.fail("sendMessage", &[Fault::ServerError(502)]);
        let before = telegram.calls_so_far("sendMessage").len();
        let bot = RunningBot::with(&telegram, home, &[]).await;
        while telegram.calls_so_far("sendMessage").len() == before {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        home = bot.crashed();
    }
    let bot = RunningBot::with(&telegram, home, &[]).await;
    let told = telegram.sent().await;
    assert!(
        told.chat == STAFF && told.text.contains("石阶一块也不能动"),
        "{}",
        told.text
    );
    telegram.nothing_more().await;
    // A kill after that brings nothing again.
    let home = bot.crashed();
    let bot = RunningBot::with(&telegram, home, &[]).await;
    let office = Office { telegram, bot };
    assert_eq!(office.told_since(office.telegram.all_sent().len()).await.len(), 0);
    office
        .bot
        .write("b.txt", "座谈会召开\n\n丹溪县副县长欧阳竹说:“船工的号子要录下来。”\n");
    assert_eq!(office.reload().await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_tells_and_what_is_excluded_or_ended_does_not() {
    let office = Office::open().await;
    let telegram = &office.telegram;
    office.say(STAFF, "/watch 丹溪县 石阶").await;
    office.say(501, "/watch 石料 －欧阳竹").await;
    let begun = office.say(502, "/watch 石料").await;
    telegram.press(502, &begun, "🔕");
    assert!(telegram.edited().await.text.contains("没有关注什么"));
    assert!(office.say(502, "/watches").await.text.contains("没有关注什么"));
    telegram.document(ADMIN, "渡口.txt", NEW.as_bytes(), json!({}));
    let shown = telegram.sent().await;
    let before = telegram.all_sent().len();
    telegram.press(ADMIN, &shown, "保存");
    let told = office.told_since(before).await;
    assert_eq!(told.iter().map(|sent| sent.chat).collect::<Vec<_>>(), [STAFF]);
    assert!(told[0].text.contains("丹溪县 石阶 · 自己的发言"), "{}", told[0].text);
    for (words, said) in [
        ("/watch", "/watch 民营经济"),
        ("/watch 路", "至少两个字"),
        ("/watch 丹溪县 石阶", "已经在关注"),
        ("/watch -石阶", "/watch 民营经济"),
    ] {
        let sent = office.say(STAFF, words).await;
        assert!(sent.text.contains(said), "{words}: {}", sent.text);
    }
    // Each chat has so many, and no more.
    for number in 0..18 {
        assert!(
            office
                .say(STAFF, &format!("/watch 词语{number}"))
                .await
                .text
                .starts_with("好的")
        );
    }
    office.say(STAFF, "/watch 最后").await;
    assert!(office.say(STAFF, "/watch 再来").await.text.contains("太多"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_watches_by_its_admins_and_much_is_counted() {
    let office = Office::open().await;
    let telegram = &office.telegram;
    telegram.member(GROUP, STAFF, "member");
    telegram.member(GROUP, 501, "administrator");
    telegram.group(GROUP, STAFF, "/watch 石板", json!({}));
    assert!(telegram.sent().await.text.contains("管理员"));
    telegram.group(GROUP, 501, "/watch 石板", json!({}));
    let begun = telegram.sent().await;
    assert!(begun.text.contains("“石板”"), "{}", begun.text);
    let query = telegram.press(STAFF, &begun, "🔕");
    assert!(
        telegram.callback_answer(&query).await["text"]
            .as_str()
            .unwrap()
            .contains("管理员")
    );
    let many: String = (0..30)
        .map(|number| format!("丹溪县副县长欧阳竹表示,第{number}段石板路要修。\n\n"))
        .collect();
    office.bot.write("石板.txt", &format!("石板路座谈会召开\n\n{many}"));
    let told = office.reload().await;
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].chat, GROUP);
    assert!(
        told[0].text.contains("石板 · 谈到的发言") && told[0].text.contains("另有 20 段"),
        "{}",
        told[0].text
    );
    telegram.press(501, &told[0], "石板");
    assert!(telegram.sent().await.text.contains("石板路要修"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_is_told_of_to_those_who_see_it() {
    let telegram = FakeTelegram::start().await;
    let home = Home::empty();
    std::fs::create_dir(home.knowledge().join("统战")).unwrap();
    home.write("a.txt", REPORT);
    let bot = RunningBot::with(&telegram, home, &[]).await;
    let office = Office { telegram, bot };
    for user in [501, 502] {
        office.say(user, "/watch 石阶").await;
    }
    office.say(ADMIN, "/allow 501 统战/").await;
    office.bot.write("统战/渡口.txt", NEW);
    let told = office.reload().await;
    assert_eq!(told.iter().map(|sent| sent.chat).collect::<Vec<_>>(), [501]);
    // Moved to where all see it, it is new to those who did not, and to nobody else.
    let knowledge = office.bot.home().knowledge();
    std::fs::rename(knowledge.join("统战/渡口.txt"), knowledge.join("渡口.txt")).unwrap();
    let told = office.reload().await;
    assert_eq!(told.iter().map(|sent| sent.chat).collect::<Vec<_>>(), [502]);
    // Whoever is shut out before it is sent is not told.
    office.say(ADMIN, "/deny 502").await;
    office
        .bot
        .write("渡口.txt", &NEW.replace("不能动。", "不能动。石阶要数一遍。"));
    let told = office.reload().await;
    assert_eq!(told.iter().map(|sent| sent.chat).collect::<Vec<_>>(), [501]);
    assert_eq!(office.telegram.refusals(), [""; 0]);
}
