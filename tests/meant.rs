//! What a question means by a meeting, an office, a row of names or a matter: questions of staff over a county's papers.

#[path = "room/ask.rs"]
mod ask;
mod room;

use ask::{ask, texts};
use huiwen::answer::Answer;
use room::Room;

/// A forum at which an office answers, in one county.
const FORUM: &str = "\
青禾县政协举行联组协商会

2025年3月5日，青禾县政协举行联组协商会。

白鹭镇卫生院院长向秀英委员说，村医老了没人管，养老的钱要有着落。

青禾县委副书记、县长贺明远回应说，村医养老的事下个月专题研究。他还说，茶园今年先改八千亩。
";
/// Another county's head, who says more than anybody.
const OTHER: &str = "\
石屏县举行茶产业座谈会

2025年4月2日，石屏县举行茶产业座谈会。

石屏县委副书记、县长邢克俭说，县里答复大家三件事，厂房、设备、住房，今年都要办完，答复要有回音。
";
/// A transcript in which points are counted.
const FLOOD: &str = "\
防汛视频会商录音整理

时间：2025年7月22日
地点：县水务局
参加：贺明远（县长）、闵建国（县水利局局长）

贺明远：人都到齐了没有？
闵建国：到齐了，河水还在涨。
贺明远：我强调三条：第一，沙堤每百米站一个人；第二，水情一小时一报；第三，漏撤一个人先处理包村的干部。散会。
";
/// Reports of towns under headings.
const TOWNS: &str = "\
青禾县2026年春耕备耕调度会记录

时间：2026年4月10日
地点：县农业农村局

白鹭镇（党委书记阮长青）
马铃薯种六万亩，订单签了四成，泵站设备已经进场。

沙湾镇（镇长丁一鸣）
沙压地清了两千六百亩，护坡还差六百米，去年借给白鹭镇的铲车没修好。
";
/// Minutes: decisions under a heading of their own.
const MINUTES: &str = "\
青禾县人民政府专题会议纪要

2026年8月28日，副县长单文超主持召开专题会议，研究茶叶价格保险和停车场。

一、讨论情况
县财政局局长乔立本说，保险公司去年亏了。

二、议定事项
1．2027年开展茶叶价格保险试点，面积五万亩，由县财政局拿出方案。
2．停车场扩建三百个车位，2027年4月底前完成，由白鹭镇负责。
";

fn room() -> Room {
    Room::of(&[
        ("forum.txt", FORUM),
        ("other.txt", OTHER),
        ("flood.txt", FLOOD),
        ("towns.txt", TOWNS),
        ("minutes.txt", MINUTES),
    ])
}

fn speakers(answer: &Answer) -> Vec<&str> {
    answer.quotes().iter().filter_map(|quote| quote.voice.name()).collect()
}

#[test]
fn an_office_in_a_follow_up_is_whoever_held_it_at_that_meeting() {
    let room = room();
    let answer = ask(&room, "县长怎么答复的？", &["政协联组会上向秀英对村医养老提了什么？"]);
    assert_eq!(speakers(&answer).first(), Some(&"贺明远"), "{}", texts(&answer));
    assert!(texts(&answer).contains("下个月专题研究") && !texts(&answer).contains("回音"));
}

#[test]
fn points_that_are_counted_in_one_breath_are_told_from_first_to_last() {
    let room = room();
    let answer = ask(&room, "贺县长在防汛会商上最后提了哪三条要求？", &[]);
    for point in ["每百米站一个人", "一小时一报", "漏撤一个人"] {
        assert!(texts(&answer).contains(point), "{}", texts(&answer));
    }
    assert!(!texts(&answer).contains("人都到齐了没有"));
}

#[test]
fn of_several_towns_each_is_told_by_whoever_speaks_for_it() {
    let room = room();
    let answer = ask(&room, "2026年春耕备耕，白鹭镇和沙湾镇汇报的情况有什么不一样？", &[]);
    assert_eq!(speakers(&answer), ["阮长青", "丁一鸣"], "{}", texts(&answer));
}

#[test]
fn all_that_a_meeting_decided_is_told_where_nothing_but_the_meeting_is_named() {
    let room = room();
    let answer = ask(&room, "8月28日的专题会定了哪些事？", &[]);
    assert!(
        texts(&answer).contains("面积五万亩") && texts(&answer).contains("扩建三百个车位"),
        "{}",
        texts(&answer)
    );
    assert!(!texts(&answer).contains("保险公司去年亏了"));
}

#[test]
fn who_is_asked_about_something_must_name_it() {
    let room = room();
    // He speaks of villages' doctors and of tea gardens, and of no canteen.
    let answer = ask(&room, "贺明远对学校食堂有什么要求？", &[]);
    assert!(answer.quotes().is_empty(), "{}", texts(&answer));
    let answer = ask(&room, "贺明远对村医养老是什么态度？", &[]);
    assert!(texts(&answer).contains("下个月专题研究"), "{}", texts(&answer));
}

#[test]
fn why_tells_how_the_question_was_understood() {
    let room = room();
    let answer = ask(&room, "茶叶价格保险县里是怎么定的？", &[]);
    let looked = answer.plan.first().expect("a look-up");
    assert!(looked.asked.contains("shape decided"), "{}", looked.asked);
    assert!(texts(&answer).contains("面积五万亩") && !texts(&answer).contains("扩建三百个车位"));
}
