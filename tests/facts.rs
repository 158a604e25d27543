//! Two questions in one message, follow-ups of the same thing, who is to do what, what many were asked together, and what is another's matter.

#[path = "room/ask.rs"]
mod ask;
mod room;

use ask::{ask, texts};
use huiwen::answer::{Answer, Body, Kind, Verdict};
use room::Room;

/// Minutes: decisions with owner and term, and somebody who only came.
const MINUTES: &str = "\
青禾县人民政府第31次常务会议纪要

2025年9月8日上午，县长贺明远主持召开县政府第31次常务会议。

一、研究公办幼儿园建设
会议认为，城区3所公办幼儿园进度偏慢。会议决定，由县住建局牵头，白鹭镇、县教育局配合，11月20日前完成装修。

二、研究供暖
会议要求，供热公司3天内更换循环泵，12月10日前把退费名单张榜公布。县交通运输局明年4月底前完成渡口护栏。

县长贺明远在县政协单文超副主席陪同下到白鹭镇、沙湾镇调研渡口。
";
/// Villagers' questions and the answers of those who hold offices.
const YARD: &str = "\
白鹭镇石桥村召开院坝会

2025年4月29日，青禾县白鹭镇石桥村召开院坝会。

村民龚大顺说：“晒坝到学堂那段路太窄，能不能加宽？”

村民向秀英说：“自来水去年装的，用了三个月就不出水。”

白鹭镇镇长阮长青答复，路今年8月份动工，先修两公里。

县水利局局长闵建国表示，水管明天就换，五一节前修好。

县教育局局长丁一鸣说：“校车下学期再添两辆，孩子们不用走夜路。”
";
/// A meeting of two counties, each with a head.
const BOTH: &str = "\
云岭县与石屏县协作联席会议举行

2025年6月3日，云岭县与石屏县协作联席会议在云岭县举行。云岭县委书记贺春生、石屏县委书记邢克俭参加会议。

云岭县委书记贺春生说：“云岭算的是水账，一亩葡萄只用两百方水。”

石屏县委书记邢克俭说：“石屏算的是空间账，清理出土地九千亩。”

石屏县水务局局长乔立本说：“二期管网总投资1850万元，明年完工。”

会前，与会人员先到沙湾镇参观了四个项目，邀请80多名客商同行。
";

fn room() -> Room {
    Room::of(&[("minutes.txt", MINUTES), ("yard.txt", YARD), ("both.txt", BOTH)])
}

fn tells(room: &Room, question: &str, after: &[&str], words: &[&str]) -> Answer {
    let answer = ask(room, question, after);
    for word in words {
        assert!(
            texts(&answer).contains(word),
            "{question} lacks {word}: {}",
            texts(&answer)
        );
    }
    answer
}

fn speakers(answer: &Answer) -> Vec<&str> {
    answer.quotes().iter().filter_map(|quote| quote.voice.name()).collect()
}

#[test]
fn the_second_question_of_a_message_is_of_what_the_first_asks() {
    let room = room();
    tells(
        &room,
        "青禾县城区公办幼儿园由谁牵头？最迟什么时候装修完？",
        &[],
        &["县住建局牵头", "11月20日前"],
    );
    tells(
        &room,
        "石桥村的路什么时候动工？先修多少公里？",
        &[],
        &["8月份动工", "两公里"],
    );
    // A second question with somebody of its own is theirs.
    tells(
        &room,
        "石桥村的路什么时候动工？邢克俭算的是什么账？",
        &[],
        &["8月份动工", "空间账"],
    );
}

#[test]
fn what_somebody_is_to_do_is_a_list_of_tasks_and_a_firms_business_is_none() {
    let room = Room::of(&[
        (
            "minutes.txt",
            "青禾县专题会议纪要\n\n2025年5月8日，县长贺明远主持召开会议。\n\n贺明远说：“人才公寓年底前交付三百套，请邹若兰同志负责。”\n\n邹若兰说：“保证按期交付。”\n",
        ),
        ("firm.txt", "白鹭唱片公司成立于2001年，目前负责为三个乐队出版唱片。\n"),
    ]);
    let answer = tells(&room, "邹若兰负责什么？", &[], &["人才公寓"]);
    assert!(matches!(answer.body, Body::Found { kind: Kind::Tasks, .. }));
    let answer = tells(&room, "白鹭唱片公司目前负责什么工作？", &[], &["出版唱片"]);
    assert!(matches!(answer.body, Body::Found { kind: Kind::Quotes, .. }));
}

#[test]
fn who_is_to_do_it_is_told_by_the_sentence_that_names_them() {
    let room = room();
    let answer = tells(&room, "青禾县公办幼儿园哪个单位牵头？", &[], &["由县住建局牵头"]);
    assert!(answer.quotes()[0].text.contains("县住建局牵头"), "{}", texts(&answer));
}

#[test]
fn an_office_without_a_name_is_nobodys_name() {
    let room = room();
    // Two counties share the office that stands once.
    let answer = tells(
        &room,
        "云岭和石屏的县委书记算的账有什么不一样？",
        &[],
        &["水账", "空间账"],
    );
    assert_eq!(speakers(&answer), ["贺春生", "邢克俭"]);
    // Of one county it is that one's.
    assert_eq!(speakers(&ask(&room, "石屏县委书记算的是什么账？", &[])), ["邢克俭"]);
}

#[test]
fn what_many_asked_or_promised_is_listed_and_nobody_elses() {
    let room = room();
    let answer = tells(
        &room,
        "石桥村院坝会上，村民一共提了哪些问题？都列出来",
        &[],
        &["太窄", "不出水"],
    );
    assert!(!speakers(&answer).contains(&"阮长青"), "{}", texts(&answer));
    let answer = tells(&room, "石桥村院坝会上各部门答应了哪些事？都列出来", &[], &["五一节前"]);
    assert!(!speakers(&answer).contains(&"龚大顺"), "{}", texts(&answer));
}

#[test]
fn whoever_only_came_along_asked_for_nothing() {
    let room = room();
    assert!(
        ask(&room, "县政协单文超副主席在调研时提了哪些要求？", &[])
            .quotes()
            .is_empty()
    );
    // That he came along the report tells.
    tells(&room, "谁陪同贺明远调研渡口？", &[], &["单文超副主席陪同"]);
}

#[test]
fn what_another_speaks_of_is_not_given_to_whoever_is_named() {
    let room = room();
    assert!(
        ask(&room, "闵建国对晒坝到学堂的路加宽是怎么看的？", &[])
            .quotes()
            .is_empty()
    );
    // Of his own matter he is heard.
    tells(&room, "闵建国对水管是怎么答复的？", &[], &["五一节前修好"]);
}

#[test]
fn what_is_to_be_done_by_a_term_is_reckoned_from_the_paper() {
    let room = room();
    let answer = tells(
        &room,
        "青禾县政府第31次常务会议定下的事，哪些要在12月底以前办完？",
        &[],
        &["11月20日前", "12月10日前"],
    );
    assert!(!texts(&answer).contains("明年4月底前"), "{}", texts(&answer));
}

#[test]
fn a_number_is_of_what_is_counted() {
    let room = room();
    let answer = tells(&room, "云岭石屏协作联席会议请了多少人？", &[], &["80多名"]);
    assert_eq!(answer.quotes().len(), 1, "{}", texts(&answer));
    tells(&room, "石屏县二期管网总投资多少？", &[], &["1850万元"]);
    // A sum of something else of the county is none.
    assert!(ask(&room, "石屏县体育馆扩建总投资多少钱？", &[]).quotes().is_empty());
}

#[test]
fn a_follow_up_stays_with_what_was_asked() {
    let room = room();
    tells(&room, "那啥时候修好", &["石桥村的自来水是谁去修？"], &["五一节前修好"]);
    let answer = ask(&room, "那石屏县呢？", &["云岭县在协作联席会议上说了什么？"]);
    assert!(speakers(&answer).contains(&"邢克俭"), "{}", texts(&answer));
    assert!(!speakers(&answer).contains(&"贺春生"), "{}", texts(&answer));
}

#[test]
fn whether_it_was_said_is_asked_in_many_ways() {
    let room = room();
    for question in [
        "核实一下：邢克俭讲协作的时候说过“石屏算的是空间账”没有",
        "“石屏算的是空间账”是邢克俭说的吧？",
    ] {
        assert_eq!(ask(&room, question, &[]).verdict, Some(Verdict::Said), "{question}");
    }
    let answer = ask(&room, "“石屏算的是空间账”这句是贺春生说的吧", &[]);
    assert_eq!(answer.verdict, Some(Verdict::SaidByOther));
    assert_eq!(speakers(&answer), ["邢克俭"]);
}

#[test]
fn what_everybody_did_is_no_groups_opinion() {
    let room = room();
    tells(
        &room,
        "云岭石屏协作联席会议开之前，大家先参观了几个项目？",
        &[],
        &["四个项目"],
    );
}

/// Who only came, and who only is said to have spoken.
const CAME: &str = "\
沙湾镇茶产业座谈会召开

3月16日，青禾县在沙湾镇召开茶产业座谈会。副县长霍启明参加会议，县农业局局长单文超主持会议。各合作社负责人作了表态发言。

沙湾镇镇长岑敏之说：“我们镇去年种了三百亩茶，卖茶的电商只有两家。”

合作社理事长闵小满说：“采茶工一天要付一百二十元，今年还不够人手。”

茶农向大山说：“我是种茶的，盼着修剪能有补贴。”

县财政局局长丁一鸣说：“修剪补贴由县财政研究。”

小学教师尤小兰说：“我在茶区教书，想把茶文化放进课堂。”
";

#[test]
fn who_only_came_said_nothing() {
    let room = Room::of(&[("came.txt", CAME)]);
    for question in [
        "霍启明副县长在茶产业座谈会上提了什么要求",
        "单文超局长对茶产业有什么指示",
        "李县长对采茶工有什么指示",
    ] {
        let answer = ask(&room, question, &[]);
        assert!(answer.quotes().is_empty(), "{question}: {}", texts(&answer));
    }
    // That somebody spoke does not tell what they said.
    let announced = ask(&room, "合作社负责人是怎么表态的", &[]);
    assert!(!texts(&announced).contains("作了表态发言"), "{}", texts(&announced));
}

#[test]
fn a_sum_must_be_told() {
    let room = Room::of(&[("came.txt", CAME)]);
    tells(&room, "采茶工一天要付多少钱", &[], &["一百二十元"]);
    let answer = ask(&room, "卖茶的电商一年赚多少钱", &[]);
    assert!(answer.quotes().is_empty(), "{}", texts(&answer));
}

#[test]
fn somebody_is_meant_by_what_is_told_of_them() {
    let room = Room::of(&[("came.txt", CAME)]);
    let before = ["茶产业座谈会上岑敏之说了什么"];
    let answer = tells(&room, "那个当教师的呢", &before, &["茶文化"]);
    assert_eq!(speakers(&answer).first(), Some(&"尤小兰"));
    // What was asked for is replied to in other words than those of the question.
    tells(&room, "县里答应了吗", &["茶农向大山盼着什么"], &["由县财政研究"]);
}

#[test]
fn a_day_without_a_year_is_told_by_its_paper() {
    let room = Room::of(&[("came.txt", CAME)]);
    tells(&room, "3月16号开的是什么会", &[], &["茶产业座谈会"]);
    tells(&room, "3月16号那个会,帮我捋一下主要内容", &[], &["三百亩茶", "采茶工"]);
    tells(&room, "青禾县3月16日那次会讲了什么", &[], &["三百亩茶"]);
}

#[test]
fn several_are_asked_in_one_breath() {
    let room = Room::of(&[("came.txt", CAME), ("both.txt", BOTH)]);
    tells(
        &room,
        "采茶工一天要付多少钱,二期管网总投资多少",
        &[],
        &["一百二十元", "1850万元"],
    );
    let answer = tells(
        &room,
        "修剪补贴由县财政研究,这话是丁一鸣说的还是岑敏之说的",
        &[],
        &["修剪补贴"],
    );
    assert_eq!(speakers(&answer), ["丁一鸣"]);
}

#[test]
fn what_comes_nearest_is_shown_where_nobody_said_it() {
    let room = Room::of(&[("came.txt", CAME)]);
    let answer = ask(&room, "岑敏之有没有说过卖茶的电商有五家", &[]);
    assert_eq!(answer.verdict, Some(Verdict::NotFound));
    assert!(texts(&answer).contains("只有两家"), "{}", texts(&answer));
}

/// A weekly meeting in turns, a report of a year, and contributions under the names of towns.
fn office() -> Room {
    Room::of(&[
        (
            "weekly.txt",
            "周例会录音整理\n\n2025年11月5日\n\n孙科长：督查通报的数据还差交通局和商务局没有报，我催过两次了。\n刘主任：再催一次，11月9号前还不报，直接点名。\n陶勇：白鹭湖这边滞留游客316人，都安置好了。请示一下，明天有两个旅行团，要不要取消？\n王启明：取消，全部取消。\n",
        ),
        (
            "report.txt",
            "青禾县政府工作报告\n\n2025年1月16日，县长贺明远作政府工作报告。\n\n贺明远说：“粮食总产量稳定在12.4亿斤以上。人才公寓500套，年底前交付300套。”\n",
        ),
        (
            "towns.md",
            "# 全县乡村振兴现场会发言摘登\n\n2025年2月20日，全县乡村振兴现场会在汤池镇召开。\n\n### 汤池镇：民宿不是盖房子\n\n今年要引进2个品牌民宿。（镇党委书记 朱丽华）\n\n### 干河镇：柳编编出大市场\n\n困难在于年轻人不愿学，招工难，请求开设培训班。（镇党委书记 解大勇）\n\n### 沈慧同志讲话要点\n\n她指出，各乡镇不能一哄而上。对干河镇提出的培训问题，请马晓东同志3月10日前对接。\n",
        ),
        (
            "speech.txt",
            "县长贺明远在全县教育大会上的讲话\n\n2025年3月5日\n\n同志们：\n\n第一，把学位建够。今年8月底前二中交付。\n\n第二，把伙食管好。食堂一律自营。\n\n第三，让老师安心。周转房再建180套。\n\n谢谢大家！\n",
        ),
    ])
}

#[test]
fn the_day_that_is_asked_besides_the_reply_tells() {
    let answer = tells(
        &office(),
        "督查通报还有哪些单位没报，最晚到几号",
        &[],
        &["交通局和商务局", "11月9号前"],
    );
    assert_eq!(speakers(&answer), ["孙科长", "刘主任"]);
    // What was asked at the meeting is answered by whoever replied.
    let answer = tells(
        &office(),
        "那两个旅行团最后咋处理",
        &["11月5号白鹭湖滞留了多少游客？"],
        &["全部取消"],
    );
    assert!(speakers(&answer).contains(&"王启明"), "{}", texts(&answer));
}

#[test]
fn a_figure_of_another_year_or_of_what_was_planned_is_no_answer() {
    let room = office();
    assert!(matches!(
        ask(&room, "2026年全县粮食总产量是多少斤", &[]).body,
        Body::NoAnswer(_)
    ));
    tells(&room, "2025年全县粮食总产量是多少斤", &[], &["12.4亿斤"]);
    assert!(matches!(
        ask(&room, "人才公寓实际交付了多少套", &[]).body,
        Body::NoAnswer(_)
    ));
    tells(&room, "人才公寓年底前交付多少套", &[], &["交付300套"]);
}

#[test]
fn a_heading_says_whose_speech_it_is_and_a_place_is_nobody() {
    let room = office();
    let answer = tells(&room, "沈慧讲了什么", &[], &["一哄而上"]);
    assert_eq!(speakers(&answer)[0], "沈慧");
    // Whoever answers names the town that asked.
    let answer = tells(
        &room,
        "对这个怎么答复的",
        &["乡村振兴现场会上哪个镇说招工难？"],
        &["马晓东同志3月10日前对接"],
    );
    assert_eq!(speakers(&answer), ["沈慧"]);
}

#[test]
fn the_points_of_a_speech_are_all_told_and_the_last_who_spoke_alone() {
    let room = office();
    let answer = tells(
        &room,
        "贺县长在教育大会上讲了哪几方面",
        &[],
        &["把学位建够", "把伙食管好", "让老师安心"],
    );
    assert_eq!(answer.quotes().len(), 3, "{}", texts(&answer));
    let answer = ask(&room, "周例会上最后一个发言的是谁", &[]);
    assert_eq!(speakers(&answer), ["王启明"], "{}", texts(&answer));
}

#[test]
fn of_papers_without_a_day_none_is_the_first() {
    let room = Room::of(&[
        ("a.txt", "柳湾码头最初只停渔船，后来才停货轮，对岸的灯塔是后建的。"),
        ("b.txt", "白鹭灯塔由石匠砌成，高二十米，最初建于1864年。"),
    ]);
    let answer = ask(&room, "白鹭灯塔最初是什么时候建的？", &[]);
    assert!(answer.quotes()[0].text.contains("1864年"), "{}", texts(&answer));
}

#[test]
fn what_only_looks_like_a_name_is_nobody() {
    let room = Room::of(&[("a.txt", "单线天竺鲷生活在礁区，尾鳍基底有一个暗斑点。")]);
    let answer = ask(&room, "单线天竺鲷哪个部位有一个暗斑点？", &[]);
    assert!(texts(&answer).contains("尾鳍基底"), "{answer:?}");
    // Of whoever is asked what they said nobody else's words are.
    let answer = ask(&room, "王静怎么谈单线天竺鲷的暗斑点？", &[]);
    assert!(answer.quotes().is_empty(), "{}", texts(&answer));
}
