//! What the files hold of somebody or of a topic, in lines: who and when, how often, of what. The remarks themselves are shown by
//! whoever shows these.

use super::answers::{dates_words, taken_line, with_brackets};
use super::{Lang, heard_name, short};
use crate::answer::Quote;
use crate::meeting::DateRange;
use crate::survey::{Person, Profile, Tally, TopicSurvey};

/// What is missing behind `/who`.
pub fn who_usage(lang: Lang) -> String {
    lang.pick(
        "写谁？例如 /who 王静、/who 长武县统战部部长、/who 礼泉县。/speakers 列出所有发言人。",
        "Who? As in /who 王静, /who 长武县统战部部长, /who 礼泉县. /speakers lists all.",
    )
    .to_owned()
}

/// What is missing behind `/topic`.
pub fn topic_usage(lang: Lang) -> String {
    lang.pick(
        "写什么话题？例如 /topic 防汛、/topic 民营经济 融资（几个词都要有）。",
        "Which topic? As in /topic 防汛, /topic 民营经济 融资 (all of the words).",
    )
    .to_owned()
}

/// What stands above somebody's remarks; of the meetings the last `most` are listed.
pub fn profile_lines(lang: Lang, profile: &Profile, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = profile.taken.iter().map(|taken| taken_line(lang, taken)).collect();
    let asked = short(&profile.asked);
    let placed = profile.people.iter().filter(|person| !person.unplaced).count();
    let same_name = profile.people.windows(2).all(|pair| pair[0].name == pair[1].name);
    match (profile.people.len(), lang) {
        (0, Lang::Zh) => {
            lines.push(format!("文件里没有“{asked}”的发言。"));
            if !profile.like.is_empty() {
                lines.push(format!("名字相近的有：{}", profile.like.join("、")));
            }
        }
        (0, Lang::En) => {
            lines.push(format!("Nobody called “{asked}” speaks in the files."));
            if !profile.like.is_empty() {
                lines.push(format!("Names like it: {}", profile.like.join(", ")));
            }
        }
        (2.., Lang::Zh) if same_name && placed > 1 => lines.push(format!(
            "叫这个名字的分开列出 {placed} 位（按县，没有县的按职务）；文件没有说他们是不是同一个人。"
        )),
        (2.., Lang::En) if same_name && placed > 1 => lines.push(format!(
            "{placed} of this name, apart by county, or by office where there is none; the files do not say whether they are one."
        )),
        (count @ 2.., Lang::Zh) if !same_name => lines.push(format!("“{asked}”有 {count} 位：")),
        (count @ 2.., Lang::En) if !same_name => lines.push(format!("“{asked}” is said of {count}:")),
        _ => {}
    }
    // Of many each has a line.
    if profile.people.len() > 3 {
        lines.extend(
            profile
                .people
                .iter()
                .map(|person| format!("· {}", person_line(lang, person))),
        );
        return lines;
    }
    for person in &profile.people {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(person_lines(lang, person, most));
    }
    lines
}

/// Who somebody is, where one line says it: `王静（长武县）`.
pub fn person_name(lang: Lang, person: &Person) -> String {
    let mut about: Vec<&str> = person.county.as_deref().into_iter().collect();
    match (person.county.is_none(), person.offices.last()) {
        (true, Some(tenure)) if tenure.office != person.name => about.push(&tenure.office),
        _ => {}
    }
    if person.unplaced {
        about.push(lang.pick("没有写明职务和县", "neither office nor county is told"));
    }
    with_brackets(lang, &person.name, &about)
}

/// From the first day of some remarks, which are in order of time, to the last.
fn days_of(remarks: &[Quote]) -> Option<String> {
    let first = remarks.iter().find_map(|quote| quote.dates)?;
    let last = remarks.iter().rev().find_map(|quote| quote.dates)?;
    Some(dates_words(DateRange::new(first.start(), last.end())))
}

fn person_line(lang: Lang, person: &Person) -> String {
    let (meetings, said) = (person.meetings.len(), tally_words(lang, person.tally));
    let mut parts = vec![person_name(lang, person)];
    parts.push(match lang {
        Lang::Zh => format!("{meetings} 次会议"),
        Lang::En => format!("{meetings} meetings"),
    });
    parts.push(said);
    parts.extend(days_of(&person.remarks));
    parts.join(" · ")
}

fn person_lines(lang: Lang, person: &Person, most: usize) -> Vec<String> {
    let mut lines = vec![person_line(lang, person)];
    if person.unplaced {
        lines.push(
            lang.pick(
                "这些地方只写了名字：可能是同名的某一位，也可能不是。",
                "Only the name is told there: it may be any of that name, or another.",
            )
            .to_owned(),
        );
    }
    if person.offices.iter().any(|tenure| tenure.office != person.name) {
        lines.push(lang.pick("职务：", "Offices:").to_owned());
        lines.extend(person.offices.iter().map(|tenure| {
            let when = tenure.dates.map_or(no_day(lang).to_owned(), dates_words);
            let meetings = tenure.meetings;
            match lang {
                Lang::Zh => format!("· {}（{when}，{meetings} 次会议）", tenure.office),
                Lang::En => format!("· {} ({when}, {meetings} meetings)", tenure.office),
            }
        }));
    }
    if person.inferred > 0 {
        lines.push(match lang {
            Lang::Zh => format!("其中 {} 段的说话人由上下文推断。", person.inferred),
            Lang::En => format!(
                "Of {} the speaker is inferred from what stands nearby.",
                person.inferred
            ),
        });
    }
    lines.push(format!(
        "{}{}",
        lang.pick("按年：", "By year: "),
        years_words(lang, &person.years)
    ));
    if !person.subjects.is_empty() {
        let each = |(word, count): &(String, usize)| match lang {
            Lang::Zh => format!("{word}（{count}）"),
            Lang::En => format!("{word} ({count})"),
        };
        let subjects: Vec<String> = person.subjects.iter().map(each).collect();
        lines.push(format!(
            "{}{}",
            lang.pick("谈得多的：", "Speaks much of: "),
            subjects.join(lang.pick("、", ", "))
        ));
    }
    lines.push(lang.pick("会议：", "Meetings:").to_owned());
    let left = person.meetings.len().saturating_sub(most);
    if left > 0 {
        lines.push(match lang {
            Lang::Zh => format!("（更早的 {left} 次没有列出）"),
            Lang::En => format!("({left} earlier ones are not listed)"),
        });
    }
    lines.extend(person.meetings.iter().skip(left).map(|meeting| {
        let when = meeting.dates.map_or(no_day(lang).to_owned(), dates_words);
        let title = if meeting.title.is_empty() {
            &meeting.file
        } else {
            &meeting.title
        };
        format!("· {when} · {} · {}", short(title), tally_words(lang, meeting.tally))
    }));
    lines
}

/// What stands above the remarks on a topic; of counties and speakers the first `most` are listed.
pub fn topic_lines(lang: Lang, survey: &TopicSurvey, most: usize) -> Vec<String> {
    let asked = short(&survey.asked);
    let mut lines = Vec::new();
    if survey.remarks.is_empty() {
        lines.push(match lang {
            Lang::Zh => format!("没有人说到“{asked}”。"),
            Lang::En => format!("Nobody speaks of “{asked}”."),
        });
    } else {
        let (said, meetings) = (tally_words(lang, survey.tally), survey.meetings);
        let mut parts = vec![match lang {
            Lang::Zh => format!("“{asked}”：{meetings} 次会议"),
            Lang::En => format!("“{asked}”: at {meetings} meetings"),
        }];
        parts.push(said);
        let under = survey.tally.remarks - survey.said;
        if under > 0 {
            parts.push(match lang {
                Lang::Zh => format!("其中 {} 段写着这个词，{under} 段在题目或小标题有它的地方", survey.said),
                Lang::En => format!(
                    "{} hold the words, {under} stand under a title or heading that does",
                    survey.said
                ),
            });
        }
        parts.extend(days_of(&survey.remarks));
        lines.push(parts.join(" · "));
        lines.push(format!(
            "{}{}",
            lang.pick("按年：", "By year: "),
            years_words(lang, &survey.years)
        ));
        let county = |county: &Option<String>| match county {
            Some(county) => county.clone(),
            None => lang.pick("不代表县的或不详", "no county, or unknown").to_owned(),
        };
        let counties: Vec<String> = survey
            .counties
            .iter()
            .map(|(of, tally)| counted(lang, &county(of), tally.remarks))
            .collect();
        lines.push(listed(lang, lang.pick("按县：", "By county: "), &counties, most));
        let speakers: Vec<String> = survey
            .speakers
            .iter()
            .map(|(heard, tally)| counted(lang, &heard_name(lang, heard), tally.remarks))
            .collect();
        lines.push(listed(lang, lang.pick("谁说的：", "Who: "), &speakers, most));
    }
    if survey.narrated > 0 {
        let count = survey.narrated;
        lines.push(match lang {
            Lang::Zh => format!("另有 {count} 处是报道自己的叙述，不是谁说的，没有算在内。"),
            Lang::En => format!("{count} more are the files' own words, which nobody says: they are not counted."),
        });
    }
    if !survey.near.is_empty() {
        lines.push(match lang {
            Lang::Zh => format!("文件里意思相近的词：{}", survey.near.join("、")),
            Lang::En => format!(
                "Words of the files that mean nearly the same: {}",
                survey.near.join(", ")
            ),
        });
    }
    lines
}

fn counted(lang: Lang, what: &str, count: usize) -> String {
    match lang {
        Lang::Zh => format!("{what} {count} 段"),
        Lang::En => format!("{what} {count}"),
    }
}

fn listed(lang: Lang, head: &str, all: &[String], most: usize) -> String {
    let shown = all[..all.len().min(most)].join(lang.pick("、", ", "));
    let left = all.len().saturating_sub(most);
    let rest = match (left, lang) {
        (0, _) => String::new(),
        (left, Lang::Zh) => format!("，还有 {left} 个"),
        (left, Lang::En) => format!(", and {left} more"),
    };
    format!("{head}{shown}{rest}")
}

/// How many remarks, and how much.
pub fn tally_words(lang: Lang, tally: Tally) -> String {
    let Tally { remarks, chars } = tally;
    match lang {
        Lang::Zh => format!("{remarks} 段 {chars} 字"),
        Lang::En => format!("{remarks} remarks, {chars} characters"),
    }
}

fn years_words(lang: Lang, years: &[(Option<i32>, Tally)]) -> String {
    let years: Vec<String> = years
        .iter()
        .map(|(year, tally)| counted(lang, &year_words(lang, *year), tally.remarks))
        .collect();
    years.join(lang.pick("、", ", "))
}

/// A year; or that no day is told.
pub fn year_words(lang: Lang, year: Option<i32>) -> String {
    match (year, lang) {
        (Some(year), Lang::Zh) => format!("{year} 年"),
        (Some(year), Lang::En) => year.to_string(),
        (None, _) => no_day(lang).to_owned(),
    }
}

fn no_day(lang: Lang) -> &'static str {
    lang.pick("日期不详", "no date told")
}

/// That a remark goes on behind what is shown of it.
pub fn goes_on_words(lang: Lang, chars: usize) -> String {
    match lang {
        Lang::Zh => format!("…（这段话共 {chars} 字）"),
        Lang::En => format!("… (of {chars} characters)"),
    }
}
