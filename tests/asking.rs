//! Asking the library: what a question leaves open is settled by the chat, by a button, or by the calendar.

mod room;

use chrono::NaiveDate;
use huiwen::answer::{Answer, Body, Limits, Quoted, Reason};
use huiwen::library::Library;
use huiwen::question::{Asked, Only, Usual};
use huiwen::wording::{Lang, brief_line};
use room::Room;

const SPRING: &str = "\
春茶会召开

2023年4月2日,春茶会在石门县召开。

石门县副县长车前程说:“今年的春茶要早采。”

鹤峰县县长景天说:“鹤峰的春茶卖到了省外。”
";
const AUTUMN: &str = "\
秋茶会召开

2024年10月8日,秋茶会在鹤峰县召开。

鹤峰县县长景天说:“秋茶的价钱要稳住。”

石门县副县长车前程说:“石门的秋茶要做成茶砖。”
";

fn room() -> Room {
    Room::of(&[("spring.txt", SPRING), ("autumn.txt", AUTUMN)])
}

impl Room {
    fn ask(&self, asked: Asked) -> Answer {
        self.answer(&asked, 100)
    }
}

fn speakers(answer: &Answer) -> Vec<&str> {
    answer.quotes().iter().filter_map(|quote| quote.voice.name()).collect()
}

fn files(answer: &Answer) -> Vec<&str> {
    let mut files: Vec<&str> = answer.quotes().iter().map(|quote| quote.file.as_str()).collect();
    files.sort();
    files.dedup();
    files
}

#[test]
fn only_one_countys_or_one_speakers_words() {
    let room = room();
    let asked = |only| Asked {
        only: Some(only),
        ..Asked::new("谁提到了春茶?", &[])
    };
    let all = room.ask(Asked::new("谁提到了春茶?", &[]));
    assert_eq!(speakers(&all).len(), 2);
    let county = room.ask(asked(Only::County("鹤峰县".to_owned())));
    assert!(!county.quotes().is_empty() && speakers(&county).iter().all(|name| *name == "景天"));
    let speaker = room.ask(asked(Only::Speaker("车前程".to_owned())));
    assert!(!speaker.quotes().is_empty() && speakers(&speaker).iter().all(|name| *name == "车前程"));
    let nobody = room.ask(asked(Only::Speaker("无名氏".to_owned())));
    assert!(nobody.quotes().is_empty());
}

#[test]
fn what_a_chat_is_about_is_meant_where_the_question_does_not_say() {
    let room = room();
    let asked = |question: &str, usual| Asked {
        usual: Some(usual),
        ..Asked::new(question, &[])
    };
    let county = || Usual::County("石门县".to_owned());
    let answer = room.ask(asked("茶要怎么做?", county()));
    assert!(speakers(&answer).iter().all(|name| *name == "车前程"));
    assert_eq!(answer.usual, Some(county()));
    let other = room.ask(asked("鹤峰县说了什么?", county()));
    assert!(speakers(&other).iter().all(|name| *name == "景天") && other.usual.is_none());
    let meeting = || Usual::Meeting("春茶会召开".to_owned());
    let answer = room.ask(asked("总结一下会议", meeting()));
    assert_eq!(files(&answer), ["spring.txt"]);
    let autumn = room.ask(asked("2024年的会议说了什么?", meeting()));
    assert_eq!(files(&autumn), ["autumn.txt"]);
    // Where the usual place holds nothing, it is looked for everywhere, and the answer does not claim otherwise.
    let bricks = room.ask(asked("谁提到了茶砖?", meeting()));
    assert_eq!((files(&bricks), &bricks.usual), (vec!["autumn.txt"], &None));
}

#[test]
fn a_usual_county_or_meeting_goes_by_what_people_call_it() {
    let library = room().library;
    assert_eq!(library.usual_named("石门"), Some(Usual::County("石门县".to_owned())));
    assert_eq!(
        library.usual_named("春茶会"),
        Some(Usual::Meeting("春茶会召开".to_owned()))
    );
    assert_eq!(
        library.usual_named("2024年10月8日的会"),
        Some(Usual::Meeting("秋茶会召开".to_owned()))
    );
    assert_eq!(library.usual_named("火星县"), None);
}

#[test]
fn last_year_and_last_month_are_reckoned_from_today() {
    let room = room();
    let on = |question: &str, year, month| {
        room.ask(Asked {
            today: NaiveDate::from_ymd_opt(year, month, 15),
            ..Asked::new(question, &[])
        })
    };
    assert_eq!(files(&on("去年的会议说了什么?", 2024, 5)), ["spring.txt"]);
    assert_eq!(files(&on("去年的会议说了什么?", 2025, 5)), ["autumn.txt"]);
    assert_eq!(files(&on("上个月的会议说了什么?", 2024, 11)), ["autumn.txt"]);
    assert_eq!(files(&on("去年四月的会议说了什么?", 2024, 5)), ["spring.txt"]);
}

#[test]
fn of_days_without_a_meeting_it_says_that_there_was_none() {
    let room = room();
    for question in [
        "2020年的会议说了什么?",
        "总结2020年的会议",
        "2020年谁提到了春茶?",
        "4月3日石门县说了什么?",
    ] {
        let answer = room.ask(Asked::new(question, &[]));
        let Body::NoAnswer(refusal) = &answer.body else {
            panic!("{question}: {answer:?}");
        };
        assert!(
            matches!(refusal.reason, Reason::NoMeetingOn(_)),
            "{question}: {:?}",
            refusal.reason
        );
        assert_eq!(refusal.meetings.len(), 2);
    }
}

#[test]
fn whose_words_it_is_the_report_itself_does_not_say() {
    let answer = room().ask(Asked::new("谁提到了秋茶?", &[]));
    assert!(!answer.quotes().is_empty());
    assert!(answer.quotes().iter().all(|quote| quote.voice.is_spoken()));
}

#[test]
fn a_quote_is_found_in_its_report_again() {
    let room = room();
    let answer = room.ask(Asked::new("谁提到了茶砖?", &[]));
    let quote = &answer.quotes()[0];
    let excerpt = room.library.place(Quoted::from(quote), 1000).unwrap();
    assert_eq!(excerpt.text, AUTUMN.trim());
    assert_eq!(excerpt.quote.of(&excerpt.text), quote.text);
}

#[test]
fn a_question_of_a_meeting_alone_is_answered_from_it() {
    let room = room();
    // All that is looked for is the meeting: everybody who spoke there.
    for question in ["春茶会说了什么?", "2023年的会议说了什么?"] {
        let answer = room.ask(Asked::new(question, &[]));
        assert_eq!(
            (files(&answer), speakers(&answer).len()),
            (vec!["spring.txt"], 2),
            "{question}"
        );
    }
    assert_eq!(
        files(&room.ask(Asked::new("最近一次会议说了什么?", &[]))),
        ["autumn.txt"]
    );
    let held = room.ask(Asked::new("春茶会是在哪里开的?", &[]));
    assert!(held.quotes()[0].text.contains("石门县召开"), "{:?}", held.quotes()[0]);
}

#[test]
fn a_bare_question_leans_on_the_one_before_it() {
    let room = room();
    let before = ["谁提到了茶砖?".to_owned()];
    let who = room.ask(Asked::new("谁说的?", &before));
    assert_eq!(speakers(&who)[0], "车前程");
    assert_eq!(files(&who), ["autumn.txt"]);
    let when = room.ask(Asked::new("什么时候开的?", &["总结春茶会".to_owned()]));
    assert_eq!(files(&when), ["spring.txt"]);
    assert!(when.quotes()[0].text.contains("2023年4月2日"), "{:?}", when.quotes()[0]);
    let chain = ["谁提到了春茶?".to_owned(), "那石门县呢?".to_owned()];
    let held = room.ask(Asked::new("在哪儿开的?", &chain));
    assert!(held.quotes()[0].text.contains("在石门县召开"), "{:?}", held.quotes()[0]);
}

#[test]
fn nobody_elses_words_are_given_for_a_persons() {
    let room = room();
    for question in ["景天的手机号是多少?", "车前程住哪里?"] {
        let answer = room.ask(Asked::new(question, &[]));
        assert!(answer.quotes().is_empty(), "{question}: {:?}", answer.quotes());
    }
    // A county's head is not its deputy.
    assert!(room.ask(Asked::new("石门县长说了什么?", &[])).quotes().is_empty());
    assert_eq!(speakers(&room.ask(Asked::new("鹤峰县长说了什么?", &[])))[0], "景天");
}

#[test]
fn who_says_nothing_of_what_is_compared_is_named() {
    let room = room();
    let answer = room.ask(Asked::new("石门县和鹤峰县对茶砖有什么不同看法?", &[]));
    assert_eq!(speakers(&answer), ["车前程"]);
    assert_eq!(answer.silent, ["鹤峰县"]);
    let both = room.ask(Asked::new("石门县和鹤峰县对春茶有什么不同看法?", &[]));
    assert!(speakers(&both).len() == 2 && both.silent.is_empty());
}

#[test]
fn who_spoke_for_a_county_leaves_the_others_out() {
    let answer = room().ask(Asked::new("鹤峰县有哪些人发言?", &[]));
    assert!(!answer.quotes().is_empty() && speakers(&answer).iter().all(|name| *name == "景天"));
    assert!(room().ask(Asked::new("哪些县没有发言?", &[])).quotes().is_empty());
}

#[test]
fn the_head_of_a_county_is_not_its_deputy() {
    let folder = tempfile::tempdir().unwrap();
    let knowledge = folder.path().join("knowledge");
    std::fs::create_dir(&knowledge).unwrap();
    let counties = ["蒙阴县", "澄城县", "礼泉县", "三原县", "石门县"];
    for (number, county) in counties.iter().enumerate() {
        let text = format!(
            "修路会召开\n\n2024年3月{}日,修路会召开。\n\n{county}副县长车前程说:“路要修好。”\n",
            number + 1
        );
        std::fs::write(knowledge.join(format!("{number}.txt")), text).unwrap();
    }
    let (library, _) = Library::open(&knowledge, &folder.path().join("data")).unwrap();
    let limits = Limits {
        quotes: 5,
        quote_chars: 100,
    };
    for county in counties {
        let asked = |office: &str| {
            library
                .ask(&Asked::new(format!("{county}{office}说了什么?"), &[]), limits)
                .unwrap()
        };
        assert!(
            asked("长").quotes().is_empty() && asked("县长").quotes().is_empty(),
            "{county}"
        );
        assert_eq!(speakers(&asked("副县长"))[0], "车前程", "{county}");
    }
}

#[test]
fn the_day_the_place_and_the_names_stand_before_what_proves_them() {
    let room = room();
    let brief = |question: &str| {
        let answer = room.ask(Asked::new(question, &[]));
        answer.brief.map(|brief| brief_line(Lang::Zh, &brief))
    };
    assert_eq!(brief("秋茶会是什么时候开的?").as_deref(), Some("2024年10月8日"));
    assert_eq!(brief("秋茶会是在哪里开的?").as_deref(), Some("鹤峰县"));
    assert_eq!(
        brief("谁提到了春茶?").as_deref(),
        Some("景天（鹤峰县县长）、车前程（石门县副县长）")
    );
    assert_eq!(brief("景天是谁?").as_deref(), Some("景天（鹤峰县县长）"));
    assert_eq!(brief("石门县副县长是谁?").as_deref(), Some("车前程（石门县副县长）"));
    // What was said has no answer in a word, nor has what one speaker alone says.
    for question in [
        "景天说了什么?",
        "秋茶的价钱怎么样?",
        "谁提到了茶砖?",
        "秋茶会是谁主持的?",
        "龙文是谁?",
    ] {
        assert_eq!(brief(question), None, "{question}");
    }
}

#[test]
fn of_a_county_that_says_nothing_of_it_it_is_said_before_others_words() {
    let room = room();
    let silent = |question: &str| room.ask(Asked::new(question, &[])).silent;
    assert_eq!(silent("石门县的春茶卖到省外了吗?"), ["石门县"]);
    assert!(silent("鹤峰县的春茶卖到哪里?").is_empty());
}

#[test]
fn another_time_than_that_of_the_report_is_not_told_by_its_day() {
    let room = room();
    let brief = |question: &str| room.ask(Asked::new(question, &[])).brief;
    assert!(brief("秋茶会是什么时候开的?").is_some());
    for question in ["明年秋茶会什么时候开?", "下一次秋茶会什么时候开?", "秋茶会多久开一次?"]
    {
        assert_eq!(brief(question), None, "{question}");
    }
}

#[test]
fn the_last_meeting_is_meant_where_nothing_else_is_named() {
    let answer = room().ask(Asked::new("最近一次会说了什么?", &[]));
    assert_eq!(files(&answer), ["autumn.txt"]);
    assert_eq!(speakers(&answer).len(), 2);
}

#[test]
fn a_refusal_names_whoever_speaks_of_a_part_of_it() {
    let answer = room().ask(Asked::new("茶砖的专利费是多少?", &[]));
    let Body::NoAnswer(refusal) = &answer.body else {
        panic!("{:?}", answer.quotes());
    };
    assert_eq!(refusal.near.as_deref(), Some("茶砖"));
    assert_eq!(refusal.spoke[0].name.as_deref(), Some("车前程"));
}
