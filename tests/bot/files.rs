//! Knowledge files through the bot: sent, looked at, kept, replaced, removed.

use serde_json::json;

use crate::fake_telegram::{FakeTelegram, Sent};
use crate::running_bot::{REPORT, RunningBot};
use crate::{ADMIN, STAFF};

const NEW: &str = "\
渡口保护座谈会召开

2024年6月1日,渡口保护座谈会在丹溪县召开。

丹溪县副县长欧阳竹说:“老渡口的石阶一块也不能动。”

他还说:“船工的号子要录下来。”
";

async fn upload(telegram: &FakeTelegram, name: &str, text: &str) -> Sent {
    telegram.document(ADMIN, name, text.as_bytes(), json!({}));
    telegram.sent().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_shown_as_understood_and_kept_when_an_admin_says_so() {
    let telegram = FakeTelegram::start().await;
    let bot = RunningBot::start(&telegram).await;
    let shown = upload(&telegram, "渡口.txt", NEW).await;
    insta::assert_snapshot!(shown.text);
    assert_eq!(shown.buttons(), [["保存", "放弃"]]);
    // Until then nothing is changed.
    telegram.private(STAFF, "欧阳竹说了什么?");
    assert!(telegram.sent().await.text.contains("没有"));
    telegram.press(ADMIN, &shown, "保存");
    let kept = telegram.edited().await;
    assert!(
        kept.text.contains("已保存为 渡口.txt") && kept.text.contains("新增 1 个文件"),
        "{}",
        kept.text
    );
    assert!(kept.buttons().is_empty());
    assert_eq!(
        std::fs::read_to_string(bot.home().knowledge().join("渡口.txt")).unwrap(),
        NEW
    );
    telegram.private(STAFF, "欧阳竹怎么说石阶?");
    assert!(telegram.sent().await.text.contains("一块也不能动"));
    telegram.private(ADMIN, "/audit");
    assert!(telegram.sent().await.text.contains("添加 渡口.txt"));
    // The same again changes nothing, and says so.
    assert!(upload(&telegram, "渡口.txt", NEW).await.text.contains("一字不差"));
    assert_eq!(telegram.refusals(), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_the_same_name_shows_what_changes_and_overwrites_nothing_unasked() {
    let telegram = FakeTelegram::start().await;
    let bot = RunningBot::start(&telegram).await;
    let newer = REPORT.replace("三公里", "五公里");
    let shown = upload(&telegram, "a.txt", &newer).await;
    assert!(shown.text.contains("多 1 行，少 1 行"), "{}", shown.text);
    assert_eq!(shown.buttons(), [["替换", "另存为 a-2.txt", "放弃"]]);
    telegram.press(ADMIN, &shown, "放弃");
    assert!(telegram.edited().await.text.contains("已放弃"));
    let shown = upload(&telegram, "a.txt", &newer).await;
    telegram.press(ADMIN, &shown, "另存为");
    assert!(telegram.edited().await.text.contains("已保存为 a-2.txt"));
    let shown = upload(&telegram, "a.txt", &newer).await;
    telegram.press(ADMIN, &shown, "替换");
    assert!(telegram.edited().await.text.contains("更新 1 个文件"));
    assert_eq!(
        std::fs::read_to_string(bot.home().knowledge().join("a.txt")).unwrap(),
        newer
    );
    // What was replaced is not lost.
    let removed: Vec<_> = std::fs::read_dir(bot.home().data().join("removed")).unwrap().collect();
    let kept = std::fs::read_to_string(removed[0].as_ref().unwrap().path()).unwrap();
    assert_eq!((removed.len(), kept.as_str()), (1, REPORT));
    // A file that changes between the showing and the button is not overwritten.
    let shown = upload(&telegram, "a.txt", REPORT).await;
    bot.write("a.txt", "别人刚刚改过。\n");
    telegram.press(ADMIN, &shown, "替换");
    assert!(telegram.edited().await.text.contains("刚刚改过"));
    assert_eq!(
        std::fs::read_to_string(bot.home().knowledge().join("a.txt")).unwrap(),
        "别人刚刚改过。\n"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_folder_says_is_shown_as_that_and_serves_its_files() {
    let telegram = FakeTelegram::start().await;
    let bot = RunningBot::start(&telegram).await;
    let shown = upload(&telegram, "_folder.md", "county: 礼泉县\n年份: 2023\n天气: 晴\n").await;
    assert!(
        shown.text.contains("所属县：礼泉县") && shown.text.contains("年份：2023") && shown.text.contains("第 3 行"),
        "{}",
        shown.text
    );
    assert!(!shown.text.contains("会议："), "{}", shown.text);
    telegram.press(ADMIN, &shown, "保存");
    assert!(telegram.edited().await.text.contains("更新 1 个文件"));
    assert!(bot.home().knowledge().join("_folder.md").is_file());
    // Another one takes its place, and never stands beside it as a report.
    let shown = upload(&telegram, "_folder.md", "county: 乾县\n").await;
    assert_eq!(shown.buttons(), [["替换", "放弃"]]);
    let shown = upload(&telegram, "_folder.md", "今天开会。\n").await;
    assert!(shown.text.contains("一项也没有读出来"), "{}", shown.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn names_are_made_safe_and_bad_files_are_refused_with_the_reason() {
    let telegram = FakeTelegram::start().await;
    let bot = RunningBot::start(&telegram).await;
    let shown = upload(&telegram, "../../<b>渡口</b>.txt", NEW).await;
    assert!(shown.text.contains("b_.txt"), "{}", shown.text);
    telegram.press(ADMIN, &shown, "保存");
    telegram.edited().await;
    let mut names: Vec<String> = std::fs::read_dir(bot.home().knowledge())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert_eq!(names, ["a.txt", "b_.txt"]);
    for (name, bytes, more, reason) in [
        ("a.zip", b"PK\x03\x04".as_slice(), json!({}), "压缩包"),
        ("b.txt", b"PK\x03\x04xxxx", json!({}), "压缩包"),
        ("b.exe", b"MZ", json!({}), "不收这种文件"),
        ("b.pdf", b"%PDF-1.7 torn", json!({}), "损坏的 pdf"),
        ("b.txt", b" \n", json!({}), "空的"),
        ("b.txt", b"\x00\x01\x02\xff\x00\x07", json!({}), "认不出文字编码"),
        ("b.txt", b"x", json!({"document": {"file_size": 30_000_000}}), "太大"),
    ] {
        telegram.document(ADMIN, name, bytes, more);
        let said = telegram.sent().await;
        assert!(
            said.text.contains(reason) && said.buttons().is_empty(),
            "{name}: {}",
            said.text
        );
    }
    telegram.document(STAFF, "b.txt", NEW.as_bytes(), json!({}));
    assert!(telegram.sent().await.text.contains("管理员"));
    // A file that is forwarded is as good as one that is sent.
    let origin = json!({"forward_origin": {"type": "hidden_user", "sender_user_name": "兰", "date": 1_700_000_000}});
    telegram.document(ADMIN, "c.txt", NEW.as_bytes(), origin);
    assert!(telegram.sent().await.text.contains("欧阳竹"));
    assert_eq!(telegram.refusals(), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn files_are_listed_inspected_and_removed() {
    let telegram = FakeTelegram::start().await;
    let bot = RunningBot::start(&telegram).await;
    telegram.private(ADMIN, "/files");
    let files = telegram.sent().await.text;
    assert!(
        files.contains("1. a.txt · 2024-03-05 · 古道保护利用现场会召开"),
        "{files}"
    );
    telegram.private(ADMIN, "/inspect a.txt");
    let understood = telegram.sent().await.text;
    assert!(understood.contains("蒲正明（青禾县副县长）：1 段"), "{understood}");
    for bad in ["/inspect", "/inspect ../data/lock", "/remove", "/remove b.txt"] {
        telegram.private(ADMIN, bad);
        let said = telegram.sent().await;
        assert!(
            said.buttons().is_empty() && said.text.contains("/files"),
            "{bad}: {}",
            said.text
        );
    }
    telegram.private(ADMIN, "/remove a.txt");
    let asked = telegram.sent().await;
    telegram.press(ADMIN, &asked, "留着");
    assert!(telegram.edited().await.text.contains("没有动"));
    telegram.private(ADMIN, "/remove a.txt");
    let asked = telegram.sent().await;
    // The buttons work after a restart as well.
    let (_, home) = bot.stopped("TERM");
    let bot = RunningBot::with(&telegram, home, &[]).await;
    telegram.press(ADMIN, &asked, "移除");
    assert!(telegram.edited().await.text.contains("移除 1 个文件"));
    assert!(!bot.home().knowledge().join("a.txt").exists());
    telegram.private(STAFF, "青禾县怎么修路?");
    assert!(telegram.sent().await.text.contains("还没有能读的文件"));
    telegram.private(ADMIN, "/audit");
    assert!(telegram.sent().await.text.contains("移除 a.txt"));
}
