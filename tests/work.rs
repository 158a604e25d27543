//! Questions as an office asks them of its papers: who says what where the county is known from the paper alone, who did not say it, what is to
//! be done until when, what the reporter tells, and how something went on.

#[path = "room/ask.rs"]
mod ask;
mod room;

use ask::{ask, texts};
use huiwen::answer::{Answer, Body, Kind, Reason, Verdict};
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
        // Whoever says hello is told whom to ask about.
        assert_eq!(refusal.spoke.is_empty(), message != "你好");
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

/// A deputy who is named like the head of another year, an interview, a list, somebody who objects.
const INTERVIEW: &str = "\
走近云岭茶：访云岭县副县长何秋生

2026年7月2日，本报记者采访了云岭县副县长何秋生。

记者：茶园荒了三成，有人说云岭茶只热闹三天。您怎么看？

何秋生：三天之外还有三百六十二天，我们要把采茶工留在山上。今年茶园补贴30万元，明年再说。
";
const SPECIAL: &str = "\
云岭县人民政府专题会议纪要

2025年4月8日，县长王守田主持召开云岭县茶厂改造专题会议，县委宣传部部长夏琳出席会议。

一、茶厂改造
茶厂改造项目总投资1.2亿元，县农业农村局局长段绍伟作了汇报。王守田指出，茶厂改造要修旧如旧，不搞大拆大建。

二、会议议定事项
会议议定：
（一）由县农业农村局牵头，6月5日前完成茶厂验收。
（二）由县交通运输局负责，6月20日前修通茶厂路。
（三）茶厂门口设摊位六十个。
（四）由县林业局负责，尽快补种茶树。
";
const OPINIONS: &str = "\
会议记录

会议名称：城北小区装电梯协调会
时间：2026年8月3日
主持人：纪小满（城北街道办事处副主任）

纪小满：今天把电梯的事谈透。

钱大贵（居民代表）：我不同意装电梯，我家厨房白天也得开灯。

县长王启泰：装电梯是好事，茶厂那边的电也要一起改。
";

fn tea() -> Room {
    Room::of(&[
        ("interview.txt", INTERVIEW),
        ("special.txt", SPECIAL),
        ("opinions.txt", OPINIONS),
    ])
}

#[test]
fn an_interviewers_question_is_answered_by_what_stands_behind_it() {
    let answer = tells(&tea(), "云岭茶只热闹三天，怎么看？", &[], "三百六十二天");
    assert!(!texts(&answer).contains("您怎么看"), "{}", texts(&answer));
    // Who asks what the reporter asked is told that.
    tells(&tea(), "记者问了云岭茶什么？", &[], "您怎么看");
}

#[test]
fn a_list_is_never_its_lead_in_alone() {
    let answer = tells(&tea(), "茶厂改造专题会议议定了哪几条？", &[], "6月20日前修通茶厂路");
    let points = ["6月5日前", "6月20日前", "摊位六十个"];
    assert!(
        points.iter().all(|point| texts(&answer).contains(point)),
        "{}",
        texts(&answer)
    );
    assert!(answer.quotes().iter().all(|quote| quote.text.trim() != "会议议定："));
}

#[test]
fn numbers_are_of_the_thing_that_is_asked_of() {
    let answer = ask(&tea(), "云岭县茶厂改造总投资多少？", &[]);
    assert!(answer.quotes()[0].text.contains("总投资1.2亿元"), "{}", texts(&answer));
}

#[test]
fn whom_a_question_calls_by_a_familiar_name_is_heard_in_full() {
    let text = "丹溪县护林会召开\n\n3月5日，护林员李福生说，进山的路要先修好。老李还说，河上的桥也要修。\n\n李福生最后表示，防火期他天天在山上。\n";
    let room = Room::of(&[("k.txt", text)]);
    let all = texts(&ask(&room, "老李说了什么？", &[]));
    for words in ["进山的路", "河上的桥", "防火期"] {
        assert!(all.contains(words), "{all}");
    }
    // A word that is made so is nobody.
    let teacher = ask(&room, "老师说了什么？", &[]);
    assert!(teacher.quotes().is_empty(), "{}", texts(&teacher));
}

#[test]
fn people_are_found_as_an_office_calls_them() {
    let speaker = |question: &str, after: &[&str]| {
        let answer = ask(&tea(), question, after);
        let first = answer
            .quotes()
            .first()
            .and_then(|quote| quote.voice.name().map(str::to_owned));
        first.unwrap_or_default()
    };
    assert_eq!(speaker("老钱为什么不同意装电梯？", &[]), "钱大贵");
    assert_eq!(speaker("那何副县长呢？", &["王守田说了什么？"]), "何秋生");
    // Of two who are called so, the one who spoke then; both by name where that is open.
    assert_eq!(speaker("王县长2025年对茶厂说了什么？", &[]), "王守田");
    let both = ask(&tea(), "王县长对茶厂说了什么？", &[]);
    let names: Vec<_> = both.quotes().iter().filter_map(|quote| quote.voice.name()).collect();
    assert!(names.contains(&"王守田") && names.contains(&"王启泰"), "{names:?}");
}

#[test]
fn whoever_objects_does_not_agree() {
    let room = tea();
    assert!(ask(&room, "谁同意城北小区装电梯？", &[]).quotes().is_empty());
    tells(&room, "谁不同意城北小区装电梯？", &[], "我不同意装电梯");
}

#[test]
fn a_refusal_is_one_line_and_names_who_does_speak_of_it() {
    use huiwen::wording::{Lang, refusal_lines};
    let line = |question: &str| {
        let Body::NoAnswer(refusal) = ask(&tea(), question, &[]).body else {
            panic!("{question}");
        };
        let lines = refusal_lines(Lang::Zh, &refusal);
        assert_eq!(lines.len(), 1, "{lines:?}");
        lines[0].clone()
    };
    let other = line("何秋生对装电梯怎么看？");
    assert!(other.contains("装电梯") && other.contains("钱大贵"), "{other}");
    // Who only attended said nothing, and no list of those present is an answer.
    assert!(line("夏琳部长在专题会议上说了什么？").contains("夏琳"));
    assert!(line("欧阳春在专题会议上怎么表态？").contains("欧阳春"));
    assert!(line("买买提·玉山副县长在会上说了什么？").contains("买买提·玉山"));
}

#[test]
fn words_that_somebody_else_said_are_told_so_whoever_is_asked_of() {
    // A word of asking inside the phrase asks nothing.
    let answer = ask(&tea(), "“茶园荒了三成，有人说云岭茶只热闹三天”是司马小春说的吗？", &[]);
    assert_eq!(answer.verdict, Some(Verdict::SaidByOther));
}

#[test]
fn a_task_without_a_term_is_marked_so() {
    let answer = ask(&tea(), "茶厂改造专题会议布置了哪些要督办的事项？", &[]);
    let task = |words: &str| answer.quotes().iter().find(|quote| quote.text.contains(words));
    let (dated, open) = (task("修通茶厂路"), task("补种茶树"));
    assert_eq!(
        dated.map(|quote| (quote.due.as_deref(), quote.vague.as_deref())),
        Some((Some("6月20日前"), None))
    );
    assert_eq!(
        open.map(|quote| (quote.due.as_deref(), quote.vague.as_deref())),
        Some((None, Some("尽快")))
    );
}

#[test]
fn a_long_question_is_looked_for_by_its_telling_words() {
    let filler = "昨天在河边走了很久，天色慢慢暗下来，远处有人唱歌，桥上车来车往，谁也没有停下脚步看一眼，";
    let question = format!("{}茶厂改造项目总投资多少？", filler.repeat(60));
    tells(&tea(), &question, &[], "总投资1.2亿元");
}
