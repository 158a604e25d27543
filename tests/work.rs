//! Questions as an office asks them of its papers: who says what where the county is known from the paper alone, who did not say it, what is to
//! be done until when, what the reporter tells, and how something went on.

mod room;

use chrono::NaiveDate;
use huiwen::answer::{Answer, Body, Kind, Reason, Verdict};
use huiwen::question::Asked;
use room::Room;

/// Minutes with decisions, terms and owners; some speakers have no office here.
const MINUTES: &str = "\
青禾县人民政府第31次常务会议纪要

2026年9月8日上午，县长贺明远主持召开县政府第31次常务会议。副县长邹若兰、县交通运输局局长庞大海出席会议。

一、研究渡口改桥
会议听取了庞大海的汇报。会议指出，白鹭渡每年停航四十天。会议决定，白鹭渡改桥由县交通运输局牵头，11月20日前完成勘察设计。邹若兰表示，钱等项目的事今年不能再有。

二、研究校车更新
会议同意将结余资金用于校车更新。贺明远要求，12月底前更换校车三十六辆，由县教育局负责采购。
";
/// An earlier paper on the same matter, with another term.
const BEFORE: &str = "\
青禾县交通工作座谈会召开

2026年3月12日，青禾县交通工作座谈会在白鹭镇召开。白鹭镇镇长阮长青陪同调研。

县长贺明远说：“白鹭渡改桥要在明年汛前开工，渡口不能一拖再拖。”

县交通运输局局长庞大海说：“白鹭渡的船工有九人，改桥以后转到养护站。”

白鹭镇镇长阮长青说：“镇里愿意腾出三十亩地做桥头。”
";
/// Another county's, with an office of the same name.
const OTHER: &str = "\
云岭县渡口安全会召开

2026年5月6日，云岭县渡口安全会在沙湾镇召开，副县长邢克俭主持会议。

云岭县县长贺春生说：“云岭的渡口一律装护栏。”

沙湾镇镇长乔立本说：“沙湾镇的渡船都换了新缆绳。”
";

fn room() -> Room {
    Room::of(&[("minutes.txt", MINUTES), ("before.txt", BEFORE), ("other.txt", OTHER)])
}

fn ask(room: &Room, question: &str, after: &[&str]) -> Answer {
    let after: Vec<String> = after.iter().map(|one| (*one).to_owned()).collect();
    let day = NaiveDate::from_ymd_opt(2026, 10, 9).unwrap();
    room.answer(&Asked::new(question, &after).on(day), 200)
}

fn texts(answer: &Answer) -> String {
    let texts: Vec<&str> = answer.quotes().iter().map(|quote| quote.text.as_str()).collect();
    texts.join("\n")
}

fn tells(room: &Room, question: &str, after: &[&str], words: &str) -> Answer {
    let answer = ask(room, question, after);
    assert!(texts(&answer).contains(words), "{question}: {:?}", texts(&answer));
    answer
}

#[test]
fn a_county_that_is_named_rules_nobody_out() {
    let room = room();
    // The reporter's words, and those of whom no paper calls somebody of the county.
    tells(&room, "青禾县的校车要换多少辆？", &[], "三十六辆");
    tells(&room, "青禾的白鹭渡改桥谁牵头？", &[], "县交通运输局牵头");
    tells(&room, "青禾县谁说钱等项目的事不能再有？", &[], "钱等项目");
    tells(&room, "云岭县渡口安全会是哪天开的？", &[], "5月6日");
    // But a county that has nothing to do with it has not said it.
    assert!(ask(&room, "石屏县说了什么？", &[]).quotes().is_empty());
}

#[test]
fn offices_are_resolved_by_place_and_name() {
    let room = room();
    let speaker = |question: &str, after: &[&str]| {
        let answer = ask(&room, question, after);
        let first = answer
            .quotes()
            .first()
            .and_then(|quote| quote.voice.name().map(str::to_owned));
        first.unwrap_or_default()
    };
    assert_eq!(speaker("白鹭镇镇长说了什么？", &[]), "阮长青");
    assert_eq!(speaker("沙湾镇的镇长怎么说？", &[]), "乔立本");
    assert_eq!(speaker("庞局长说了什么？", &[]), "庞大海");
    assert_eq!(speaker("贺明远县长对渡口怎么说？", &[]), "贺明远");
    assert_eq!(speaker("那庞局长怎么说？", &["贺明远县长对白鹭渡怎么说？"]), "庞大海");
}

#[test]
fn whoever_only_attended_said_nothing() {
    let room = room();
    assert!(
        ask(&room, "邢克俭副县长在渡口安全会上说了什么？", &[])
            .quotes()
            .is_empty()
    );
    assert!(ask(&room, "庞大海对高铁站怎么看？", &[]).quotes().is_empty());
}

#[test]
fn a_message_that_asks_nothing_gets_a_line() {
    let room = room();
    for message in ["你好", "谢谢！", "你是谁？", "好的"] {
        let Body::NoAnswer(refusal) = ask(&room, message, &[]).body else {
            panic!("{message}");
        };
        assert!(
            matches!(refusal.reason, Reason::Talk(_)),
            "{message}: {:?}",
            refusal.reason
        );
        assert!(refusal.spoke.is_empty() && refusal.meetings.is_empty());
    }
}

#[test]
fn whether_somebody_said_it_gets_a_verdict() {
    let room = room();
    let verdict = |question: &str| ask(&room, question, &[]).verdict;
    assert_eq!(verdict("贺春生是不是说过“云岭的渡口一律装护栏”？"), Some(Verdict::Said));
    assert_eq!(
        verdict("“渡口不能一拖再拖”是庞大海说的吗？"),
        Some(Verdict::SaidByOther)
    );
    assert_eq!(verdict("贺明远有没有说过“渡口全部关停”？"), Some(Verdict::NotFound));
    assert_eq!(verdict("贺明远说了什么？"), None);
}

#[test]
fn tasks_are_listed_with_owner_and_term() {
    let room = room();
    let answer = tells(&room, "青禾县第31次常务会议布置了哪些要督办的事项？", &[], "勘察设计");
    assert!(matches!(answer.body, Body::Found { kind: Kind::Tasks, .. }));
    let first = &answer.quotes()[0];
    assert_eq!(first.owner.as_deref(), Some("县交通运输局"));
    assert_eq!(first.due.as_deref(), Some("11月20日前"));
    let open = tells(&room, "目前还有哪些任务没有完成？", &[], "三十六辆");
    let days: Vec<Option<&str>> = open.quotes().iter().map(|quote| quote.due.as_deref()).collect();
    assert_eq!(days[..2], [Some("11月20日前"), Some("12月底前")]);
    let november = ask(&room, "11月底前到期的任务有哪些？", &[]);
    assert!(texts(&november).contains("勘察设计") && !texts(&november).contains("三十六辆"));
}

#[test]
fn how_something_went_on_is_told_in_order_of_time() {
    let room = room();
    let answer = ask(&room, "白鹭渡改桥前后是怎么安排的？", &[]);
    let files: Vec<&str> = answer.quotes().iter().map(|quote| quote.file.as_str()).collect();
    assert_eq!(
        (files.first(), files.last()),
        (Some(&"before.txt"), Some(&"minutes.txt")),
        "{files:?}"
    );
    let all = ask(&room, "贺明远关于渡口都说了什么？", &[]);
    assert!(
        all.quotes().iter().all(|quote| quote.voice.name() == Some("贺明远")),
        "{:?}",
        texts(&all)
    );
    tells(&room, "后来呢？", &["贺明远说白鹭渡改桥什么时候开工？"], "11月20日前");
}

#[test]
fn what_was_decided_stands_with_the_verb_that_decides() {
    tells(
        &room(),
        "总结一下青禾县第31次常务会议",
        &[],
        "会议同意将结余资金用于校车更新",
    );
}
