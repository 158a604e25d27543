//! What all files hold of somebody or of a topic: counts are exact, people of one name stand apart, nothing counts twice.

#[expect(dead_code, reason = "nothing is asked here")]
mod room;

use huiwen::survey::{Person, year_of};
use room::Room;

const FLOOD_2023: &str = "\
云江流域防汛工作会议召开

2023年7月1日,云江流域防汛工作会议在望河县召开。

望河县水利局局长钟铁山说:“老堤有两处渗水。先修三里湾的堤。”
";
const FLOOD_2024: &str = "\
望河县水利工作会议召开

2024年6月3日,望河县水利工作会议召开。防汛是今年的头等大事。

望河县副县长钟铁山说:“防汛物资六月底前备齐。”

望河县应急管理局局长安如海表示,防汛值班不能断人。他说:“防汛,一天也不能松。”
";
const ROADS: &str = "\
上坪县农村公路推进会召开

2025年3月2日,上坪县农村公路推进会召开。

上坪县交通局局长钟铁山说:“今年新修二十公里乡道。”
";
/// The same report in another file.
const ROADS_AGAIN: &str = "\
上坪县农村公路推进会召开

2025年3月2日，上坪县农村公路推进会召开。

上坪县交通局局长钟铁山说：“今年新修二十公里乡道。”
";
const NOWHERE: &str = "\
座谈发言

钟铁山说:“路修好了,人就回来了。”
";

fn room() -> Room {
    Room::of(&[
        ("a.txt", FLOOD_2023),
        ("b.txt", FLOOD_2024),
        ("c.txt", ROADS),
        ("d.txt", ROADS_AGAIN),
        ("e.txt", NOWHERE),
    ])
}

fn years(person: &Person) -> Vec<(Option<i32>, usize)> {
    person
        .years
        .iter()
        .map(|(year, tally)| (*year, tally.remarks))
        .collect()
}

#[test]
fn people_of_one_name_stand_apart_with_their_offices_over_time() {
    let profile = room().library.who("钟铁山").unwrap();
    let people: Vec<(Option<&str>, usize, bool)> = profile
        .people
        .iter()
        .map(|person| (person.county.as_deref(), person.tally.remarks, person.unplaced))
        .collect();
    assert_eq!(
        people,
        [(Some("望河县"), 2, false), (Some("上坪县"), 1, false), (None, 1, true)]
    );
    let dike = &profile.people[0];
    let offices: Vec<(&str, String)> = dike
        .offices
        .iter()
        .map(|tenure| (tenure.office.as_str(), tenure.dates.unwrap().start().to_string()))
        .collect();
    assert_eq!(
        offices,
        [
            ("望河县水利局局长", "2023-07-01".to_owned()),
            ("望河县副县长", "2024-06-03".to_owned())
        ]
    );
    assert_eq!(years(dike), [(Some(2023), 1), (Some(2024), 1)]);
    let chars: usize = dike.remarks.iter().map(|quote| quote.text.chars().count()).sum();
    assert_eq!(dike.tally.chars, chars);
    // The same report in two files is one meeting and one remark, of which both files are told.
    let roads = &profile.people[1];
    assert_eq!((roads.meetings.len(), roads.tally.remarks), (1, 1));
    assert_eq!(roads.remarks[0].also, ["d.txt"]);
    assert_eq!(years(&profile.people[2]), [(None, 1)]);
}

#[test]
fn who_holds_an_office_is_found_with_the_offices_before() {
    let profile = room().library.who("望河县副县长").unwrap();
    assert_eq!(profile.people.len(), 1);
    assert_eq!(
        (profile.people[0].name.as_str(), profile.people[0].tally.remarks),
        ("钟铁山", 2)
    );
    let county = room().library.who("望河县").unwrap();
    let names: Vec<&str> = county.people.iter().map(|person| person.name.as_str()).collect();
    assert!(names.contains(&"钟铁山") && names.contains(&"安如海"), "{names:?}");
    assert!(
        county
            .people
            .iter()
            .all(|person| person.county.as_deref() == Some("望河县"))
    );
    // Nobody of that name; part of one.
    let none = room().library.who("铁山").unwrap();
    assert!(none.people.is_empty() || none.people.iter().all(|person| person.name == "钟铁山"));
    let none = room().library.who("慕容雪").unwrap();
    assert!(none.people.is_empty());
}

#[test]
fn a_topic_is_told_from_the_oldest_on_with_exact_counts() {
    let survey = room().library.topic("防汛").unwrap();
    // Under the title of 2023 nobody says the word; in 2024 three remarks do.
    assert_eq!((survey.tally.remarks, survey.said), (4, 3), "{:?}", survey.remarks);
    let years: Vec<Option<i32>> = survey.remarks.iter().map(year_of).collect();
    assert_eq!(years, [Some(2023), Some(2024), Some(2024), Some(2024)]);
    assert_eq!(survey.years[1].1.remarks, 3);
    assert_eq!(survey.counties.len(), 1);
    assert_eq!(
        (survey.counties[0].0.as_deref(), survey.counties[0].1.remarks),
        (Some("望河县"), 4)
    );
    assert_eq!(survey.speakers[0].1.remarks, 2);
    // That the reporter says it is told, and is nobody's.
    assert!(survey.narrated >= 1);
    for quote in &survey.remarks {
        for word in &quote.matched {
            assert_eq!(word.of(&quote.text), "防汛");
        }
    }
    // All of the words; in any form of the characters.
    assert_eq!(room().library.topic("防汛 物资").unwrap().said, 1);
    assert_eq!(room().library.topic("防汛物資").unwrap().said, 1);
    assert_eq!(room().library.topic("乡道").unwrap().tally.remarks, 1);
    assert_eq!(room().library.topic("堤").unwrap().said, 1);
    // Under 堤防 stands what is of 堤, however the heading is cut into words.
    let headed = Room::of(&[(
        "a.txt",
        "望河县会议召开\n\n2024年7月1日,望河县会议召开。\n\n## 堤防\n\n望河县副县长钟铁山说:“先加固,再验收。”\n",
    )]);
    let headed = headed.library.topic("堤").unwrap();
    assert_eq!((headed.tally.remarks, headed.said), (1, 0));
    assert_eq!(room().library.topic("滑雪").unwrap().tally.remarks, 0);
    assert_eq!(room().library.topic(" 、 ").unwrap().tally.remarks, 0);
}

#[test]
fn a_remark_that_is_cut_for_the_index_counts_once() {
    let long = format!(
        "望河县防汛会商会召开\n\n2024年7月9日,望河县防汛会商会召开。\n\n望河县副县长钟铁山:{}\n",
        "今年的防汛物资要备齐,值班不能断人。".repeat(200)
    );
    let room = Room::of(&[("long.txt", &long)]);
    let profile = room.library.who("钟铁山").unwrap();
    assert_eq!(profile.people[0].tally.remarks, 1);
    assert_eq!(
        profile.people[0].tally.chars,
        profile.people[0].remarks[0].text.chars().count()
    );
    assert!(long.contains(&profile.people[0].remarks[0].text));
    assert_eq!(room.library.topic("物资").unwrap().tally.remarks, 1);
    // Of a long remark two parts hold the word, and those between do not.
    let apart = long.replacen("今年的", "钢缆在库。今年的", 1) + "钢缆也在库。\n";
    let apart = apart.replace("。\n钢缆", "。钢缆");
    let room = Room::of(&[("long.txt", &apart)]);
    assert_eq!(room.library.topic("钢缆").unwrap().tally.remarks, 1);
    assert!(
        profile.people[0]
            .subjects
            .iter()
            .any(|(word, count)| word.contains("物资") && *count == 1),
        "{:?}",
        profile.people[0].subjects
    );
    // A word that was used once is nothing that somebody speaks of much.
    let short =
        "韶山会召开\n\n2024年3月5日，韶山会召开。\n\n青禾县副县长蒲正明说：“先修路，桥梁后修，路要修三公里的路基。”\n";
    let room = Room::of(&[("short.txt", short)]);
    let profile = room.library.who("蒲正明").unwrap();
    assert_eq!(profile.people[0].tally.remarks, 1);
    assert!(
        profile.people[0].subjects.is_empty(),
        "{:?}",
        profile.people[0].subjects
    );
}
