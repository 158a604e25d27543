//! How things went on, as an office asks it: what is not done yet, what a meeting decided of a matter, how a day changed, what was said first,
//! what one person asked for, which figure was corrected, two towns beside each other, and a county for which nobody speaks.

#[path = "room/ask.rs"]
mod ask;
mod room;

use ask::{ask, texts};
use huiwen::answer::{Answer, Body, Kind, Verdict};
use room::Room;

/// Minutes with two matters; the points of the first do not name it.
const MINUTES: &str = "\
青禾县人民政府第12次常务会议纪要

2024年9月6日上午，县长贺明远主持召开县政府第12次常务会议。现将议定事项纪要如下：

一、研究白鹭渡大桥建设
会议听取了县交通运输局局长庞大海的汇报。白鹭渡大桥全长1.6公里，总投资2.4亿元。
会议决定：
（一）2025年6月底前建成通车；
（二）由县交通运输局牵头；
（三）征地补偿由白鹭镇、柳湾镇负责到位。

二、研究校车更新
会议同意更换校车三十六辆，由县教育局负责采购。
";
/// The day is put off, and a figure corrected.
const LATER: &str = "\
青禾县重点项目调度会 录音整理

时间：2025年8月20日
地点：县政府二楼会议室

贺明远：白鹭渡大桥说一下。
庞大海：白鹭渡大桥的通车时间要推迟到2026年3月底，主要是雨多。另外更正一个数，以前一直说全长1.6公里，竣工测量是1.4公里。
阮长青：我是白鹭镇的。我请求县里再给两台抽水机，渡口低洼，年年淹。还有，希望大桥引道的路灯一起装上。
贺明远：记下了。柳湾镇呢？
段文谦：柳湾镇改厕任务三百户，完成一百二十户。
";
/// The newest: what is not done yet.
const NEWEST: &str = "\
青禾县四季度攻坚会召开

2026年11月12日，青禾县四季度攻坚会在县会堂召开，县长贺明远主持。

县交通运输局局长庞大海说，白鹭渡大桥3月28日通车，引道路灯还差八十盏没有装，12月20日前装完。

白鹭镇党委书记阮长青说，白鹭镇改厕任务四百户，完成三百七十户，剩下三十户卡在化粪池。

柳湾镇镇长段文谦说，柳湾镇改厕任务三百户已经全部完成。他还讲，隔壁石门县把渡口都改成了桥，值得学。
";

/// A paper that tells its day by its name alone, and no year.
const UNDATED: &str = "\
青禾县冬季重点工作调度会召开

县长贺明远主持会议。

县住建局局长廖志高说，城区储煤不到八万吨，12月15日前要到十二万吨。
";

fn room() -> Room {
    Room::of(&[("minutes.txt", MINUTES), ("later.txt", LATER), ("newest.txt", NEWEST)])
}

#[test]
fn a_paper_may_tell_its_day_by_its_name() {
    let room = Room::of(&[("later.txt", LATER), ("调度会报道1118.txt", UNDATED)]);
    let answer = tells(&room, "11月18号调度会上哪些事项要跟踪督办？", &["12月15日前"]);
    assert!(answer.quotes().iter().all(|quote| quote.file == "调度会报道1118.txt"));
}

fn tells(room: &Room, question: &str, words: &[&str]) -> Answer {
    let answer = ask(room, question, &[]);
    for words in words {
        assert!(
            texts(&answer).contains(words),
            "{question}: {words}: {:?}",
            texts(&answer)
        );
    }
    answer
}

#[test]
fn what_is_not_done_yet_is_of_the_newest_papers() {
    let room = room();
    let answer = tells(&room, "目前还有哪些事没办完？", &["还差八十盏", "剩下三十户"]);
    assert!(matches!(answer.body, Body::Found { kind: Kind::Tasks, .. }));
    assert!(
        answer.quotes().iter().all(|quote| quote.file == "newest.txt"),
        "{answer:?}"
    );
    // Of one thing alone.
    let of_bridge = tells(&room, "白鹭渡大桥还有什么没落实？", &["还差八十盏"]);
    assert!(!texts(&of_bridge).contains("化粪池"));
    // What is done is told by nobody as missing.
    assert!(!texts(&answer).contains("已经全部完成"));
}

#[test]
fn all_that_a_meeting_decided_of_a_matter_is_told_whatever_its_points_name() {
    let room = room();
    let words = ["2025年6月底前建成通车", "由县交通运输局牵头", "征地补偿"];
    let answer = tells(&room, "第12次常务会议对白鹭渡大桥议定了哪几条？", &words);
    assert!(!texts(&answer).contains("校车"));
    tells(&room, "2024年9月的常务会对校车是怎么定的？", &["更换校车三十六辆"]);
}

#[test]
fn how_a_day_went_on_is_told_by_days_alone() {
    let room = room();
    let answer = tells(
        &room,
        "白鹭渡大桥的通车时间改了几次，前后怎么变的？",
        &["2025年6月底前建成通车", "推迟到2026年3月底", "3月28日通车"],
    );
    assert!(!texts(&answer).contains("说一下"));
    let first = ask(&room, "白鹭渡大桥最早说什么时候通车？", &[]);
    assert_eq!(first.quotes()[0].file, "minutes.txt", "{:?}", texts(&first));
}

#[test]
fn a_corrected_figure_is_read_behind_its_correction() {
    let room = room();
    let answer = ask(&room, "白鹭渡大桥全长多少公里？", &[]);
    assert!(answer.quotes()[0].text.contains("1.4公里"), "{:?}", texts(&answer));
    // What a meeting that is named said stays what it said.
    let then = ask(&room, "2024年9月6日的常务会上，白鹭渡大桥全长多少公里？", &[]);
    assert!(then.quotes()[0].text.starts_with("会议听取了"), "{:?}", texts(&then));
}

#[test]
fn what_one_person_asked_for_is_told_and_nothing_else_of_theirs() {
    let room = room();
    let answer = tells(&room, "阮长青提过哪些请求？", &["再给两台抽水机", "引道的路灯"]);
    assert!(answer.quotes().iter().all(|quote| quote.voice.name() == Some("阮长青")));
    assert!(!texts(&answer).contains("改厕任务四百户"));
}

#[test]
fn two_towns_are_told_each_by_itself() {
    let room = room();
    let answer = ask(&room, "比较一下白鹭镇和柳湾镇的改厕", &[]);
    let first: Vec<&str> = answer
        .quotes()
        .iter()
        .take(2)
        .map(|quote| quote.text.as_str())
        .collect();
    assert!(
        first.iter().any(|text| text.contains("白鹭镇")) && first.iter().any(|text| text.contains("柳湾镇")),
        "{first:?}"
    );
}

#[test]
fn a_county_for_which_nobody_speaks_said_nothing() {
    let room = room();
    assert!(ask(&room, "石门县的领导怎么讲渡口改桥的？", &[]).quotes().is_empty());
    // Who spoke of it is another question.
    tells(&room, "谁提到了石门县的渡口？", &["值得学"]);
}

#[test]
fn whoever_names_nothing_of_the_matter_did_not_speak_of_it() {
    let room = room();
    assert!(ask(&room, "贺明远对垃圾分类怎么说的？", &[]).quotes().is_empty());
    assert!(ask(&room, "段文谦怎么谈大桥收费站的？", &[]).quotes().is_empty());
}

#[test]
fn a_year_tells_when_something_was_said_and_not_what() {
    let room = room();
    let answer = ask(&room, "2025年的调度会上阮长青是不是说过希望引道的路灯一起装上？", &[]);
    assert_eq!(answer.verdict, Some(Verdict::Said), "{:?}", texts(&answer));
}
