//! The lines beside quotes: who said them, where they stand, and why there are none.

use chrono::{Datelike, NaiveDate};

use super::{Lang, short, unknown_speaker, usual_line};
use crate::answer::{Answer, Assumed, Brief, Quote, Reason, Refusal, Spoke, Stood, Taken, Talk, Verdict};
use crate::meeting::DateRange;

/// Who said a quote, in what office and for which county, and whether it is the reporter who words it, on one line:
/// `蒋家宁（统战部部长；礼泉县） · 转述`.
pub fn speaker_line(lang: Lang, quote: &Quote) -> String {
    let narrator = match lang {
        Lang::Zh => "文件原文",
        Lang::En => "the file's own words",
    };
    if !quote.voice.is_spoken() {
        return narrator.to_owned();
    }
    let (name, office) = quote.voice.called();
    let county = quote.voice.county().map(|county| county.name());
    let beside = county_beside(quote.voice.office(), county);
    let about: Vec<&str> = office.into_iter().chain(beside).collect();
    let line = with_brackets(lang, name.unwrap_or(unknown_speaker(lang)), &about);
    match (quote.voice.is_reported(), lang) {
        // Whoever copies it must not put it in quotation marks.
        (true, Lang::Zh) => format!("{line} · 转述"),
        (true, Lang::En) => format!("{line} · reported"),
        _ => line,
    }
}

/// The county of somebody, where the office does not begin with it: that of 礼泉县委常委 goes without saying.
fn county_beside<'c>(office: Option<&str>, county: Option<&'c str>) -> Option<&'c str> {
    county.filter(|county| !office.is_some_and(|office| office.starts_with(county)))
}

/// `name` and what is known of its bearer in brackets.
pub(super) fn with_brackets(lang: Lang, name: &str, about: &[&str]) -> String {
    match (about.is_empty(), lang) {
        (true, _) => name.to_owned(),
        (false, Lang::Zh) => format!("{name}（{}）", about.join("；")),
        (false, Lang::En) => format!("{name} ({})", about.join("; ")),
    }
}

/// How many other files that hold the same words are named; the rest is counted.
const ALSO: usize = 3;

/// A day, or the first and the last.
pub fn dates_words(dates: DateRange) -> String {
    if dates.start() == dates.end() {
        dates.start().to_string()
    } else {
        format!("{} — {}", dates.start(), dates.end())
    }
}

/// Meeting, date, section and file of a quote on one line.
pub fn source_line(quote: &Quote) -> String {
    let mut parts = vec![short(&quote.meeting)];
    parts.retain(|title| !title.is_empty());
    parts.extend(quote.dates.map(dates_words));
    parts.extend(quote.section.as_deref().map(short));
    parts.push(quote.file.clone());
    parts.extend(quote.also.iter().take(ALSO).cloned());
    if quote.also.len() > ALSO {
        parts.push(format!("+{}", quote.also.len() - ALSO));
    }
    parts.join(" · ")
}

/// What is said before the quotes: how names were taken, where was looked, who says nothing of it.
pub fn head_lines(lang: Lang, answer: &Answer) -> Vec<String> {
    let mut lines: Vec<String> = answer.taken.iter().map(|taken| taken_line(lang, taken)).collect();
    if answer.in_part {
        let line = match lang {
            Lang::Zh => "（有一部分文件现在搜不到，可能还有没列出的内容，请稍后再问。）",
            Lang::En => "(A part of the files cannot be searched now: there may be more. Please ask again later.)",
        };
        lines.push(line.to_owned());
    }
    lines.extend(
        answer
            .verdict
            .map(|verdict| verdict_line(lang, verdict, !answer.quotes().is_empty()).to_owned()),
    );
    lines.extend(answer.brief.iter().map(|brief| brief_line(lang, brief)));
    lines.extend(answer.total.map(|total| match lang {
        Lang::Zh => format!("共{total}条。"),
        Lang::En => format!("{total} in all."),
    }));
    lines.extend(answer.usual.iter().map(|usual| usual_line(lang, usual)));
    lines.extend(answer.assumed.iter().map(|assumed| assumed_line(lang, assumed)));
    lines.extend(other_words_line(lang, &answer.in_other_words));
    lines.extend(answer.changed.iter().map(|file| match lang {
        Lang::Zh => format!("（{file} 读入后有改动，引文是改动前的。）"),
        Lang::En => format!("({file} has changed since it was read; quoted as it was.)"),
    }));
    lines.extend(answer.silent.iter().map(|who| match lang {
        Lang::Zh => format!("{}的发言里没有谈到。", short(who)),
        Lang::En => format!("{} says nothing of it.", short(who)),
    }));
    lines
}

/// Which words of the files stand for words of the question; `None` where none do. That 修 stands for 修路 anybody sees.
fn other_words_line(lang: Lang, stood: &[Stood]) -> Option<String> {
    let pair = |stood: &Stood| match lang {
        Lang::Zh => format!("“{}”见“{}”", stood.asked, stood.told),
        Lang::En => format!("“{}” in “{}”", stood.asked, stood.told),
    };
    let seen = |stood: &&Stood| stood.asked.contains(&stood.told) || stood.told.contains(&stood.asked);
    let pairs: Vec<String> = stood.iter().filter(|stood| !seen(stood)).map(pair).collect();
    (!pairs.is_empty()).then(|| match lang {
        Lang::Zh => format!("（换个说法：{}）", pairs.join("、")),
        Lang::En => format!("(In other words: {})", pairs.join(", ")),
    })
}

/// That an answer is narrowed to what the question before was of.
fn assumed_line(lang: Lang, assumed: &Assumed) -> String {
    match (lang, assumed) {
        (Lang::Zh, Assumed::Parties(who)) => format!("（接着只看{}）", who.join("、")),
        (Lang::Zh, Assumed::Meeting(title)) => format!("（接着只看：{}）", short(title)),
        (Lang::Zh, Assumed::Topic(topic)) => format!("（接着只看：{}）", short(topic)),
        (Lang::En, Assumed::Topic(topic)) => format!("(Still only: {})", short(topic)),
        (Lang::En, Assumed::Parties(who)) => format!("(Still only {}.)", who.join(", ")),
        (Lang::En, Assumed::Meeting(title)) => format!("(Still only: {})", short(title)),
    }
}

/// Most names in a line.
const BRIEFLY: usize = 6;

/// The answer in a word: the day, the place, the names.
pub fn brief_line(lang: Lang, brief: &Brief) -> String {
    let day = |day: NaiveDate| match lang {
        Lang::Zh => format!("{}年{}月{}日", day.year(), day.month(), day.day()),
        Lang::En => day.to_string(),
    };
    match brief {
        Brief::Days(dates) if dates.start() == dates.end() => day(dates.start()),
        Brief::Days(dates) => format!("{}—{}", day(dates.start()), day(dates.end())),
        Brief::Place(place) => place.clone(),
        Brief::Speakers { who, more } => named(lang, who.iter().map(|spoke| spoke_line(lang, spoke)).collect(), *more),
        Brief::Persons(who) => named(lang, who.iter().map(|spoke| spoke_line(lang, spoke)).collect(), false),
    }
}

/// Names in a row, the first of many.
fn named(lang: Lang, mut names: Vec<String>, more: bool) -> String {
    names.dedup();
    let more = more || names.len() > BRIEFLY;
    names.truncate(BRIEFLY);
    match lang {
        Lang::Zh => format!("{}{}", names.join("、"), if more { "等" } else { "" }),
        Lang::En => format!("{}{}", names.join(", "), if more { ", and others" } else { "" }),
    }
}

/// Who is to do a task and until when, as its text says; `None` where it says neither, and for what is no task.
pub fn task_line(lang: Lang, quote: &Quote) -> Option<String> {
    let parts = [
        quote.owner.clone(),
        quote.due.clone(),
        quote.vague.as_deref().map(|word| vague_words(lang, word)),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| format!("→ {}", parts.join(" · ")))
}

/// The mark of a task whose text leaves open when it is done.
fn vague_words(lang: Lang, word: &str) -> String {
    match lang {
        Lang::Zh => format!("“{word}”，没有写明期限"),
        Lang::En => format!("“{word}”: no day is given"),
    }
}

/// Whether it was said; `quoted` where quotes follow.
fn verdict_line(lang: Lang, verdict: Verdict, quoted: bool) -> &'static str {
    match (lang, verdict) {
        (Lang::Zh, Verdict::NotFound) if !quoted => "没有找到这句话。",
        (Lang::En, Verdict::NotFound) if !quoted => "These words were not found.",
        (Lang::Zh, Verdict::Said) => "说过：",
        (Lang::En, Verdict::Said) => "Yes, in these words:",
        (Lang::Zh, Verdict::SaidByOther) => "不是，是别人说的：",
        (Lang::En, Verdict::SaidByOther) => "No, somebody else said it:",
        (Lang::Zh, Verdict::NotFound) => "没有找到这句话，最接近的是：",
        (Lang::En, Verdict::NotFound) => "These words were not found; what comes nearest:",
    }
}

/// What answers a message that asks nothing.
fn talk_line(lang: Lang, talk: Talk, example: &str) -> String {
    match (lang, talk) {
        (Lang::Zh, Talk::Greeting) => format!("你好，请直接问会议上的事{example}"),
        (Lang::En, Talk::Greeting) => format!("Hello. Ask what was said at a meeting{example}"),
        (Lang::Zh, Talk::Thanks) => "不客气。".to_owned(),
        (Lang::En, Talk::Thanks) => "You are welcome.".to_owned(),
        (Lang::Zh, Talk::Who) => "我是“会问”：会议上谁说了什么，我用原话回答，并注明出处。".to_owned(),
        (Lang::En, Talk::Who) => {
            "I am huiwen: I tell who said what at a meeting, in their own words, with the source.".to_owned()
        }
        (Lang::Zh, Talk::Wrong) => "哪里不对？请在那条回答下面点 👎，或者换个说法再问。".to_owned(),
        (Lang::En, Talk::Wrong) => "What is wrong? Press 👎 under that answer, or ask in other words.".to_owned(),
        (Lang::Zh, Talk::Fine) => "好，有要查的直接问我。".to_owned(),
        (Lang::En, Talk::Fine) => "Fine. Ask whenever there is something to look up.".to_owned(),
    }
}

/// How a line that asks for a question ends: with one that the files answer, where anybody speaks in them.
fn for_example(lang: Lang, refusal: &Refusal) -> String {
    let county = refusal.spoke.iter().find_map(|spoke| spoke.county.as_deref());
    let name = || refusal.spoke.iter().find_map(|spoke| spoke.name.as_deref());
    match (lang, county.or_else(name)) {
        (Lang::Zh, Some(who)) => format!("，例如：{who}说了什么？"),
        (Lang::En, Some(who)) => format!(", for example: {who}说了什么?"),
        (Lang::Zh, None) => "。".to_owned(),
        (Lang::En, None) => ".".to_owned(),
    }
}

/// A name that was taken in another spelling.
pub(super) fn taken_line(lang: Lang, taken: &Taken) -> String {
    match lang {
        Lang::Zh => format!("“{}”按“{}”查找。", taken.typed, taken.meant),
        Lang::En => format!("“{}” was taken for “{}”.", taken.typed, taken.meant),
    }
}

/// Most speakers and meetings that a refusal names.
const NAMED: usize = 4;

/// Why there is no answer, and what is near, in one line.
pub fn refusal_lines(lang: Lang, refusal: &Refusal) -> Vec<String> {
    let reason = reason_line(lang, refusal);
    let spoke: Vec<String> = refusal.spoke.iter().map(|spoke| spoke_line(lang, spoke)).collect();
    let meetings: Vec<String> = refusal.meetings.iter().map(|title| short(title)).collect();
    let of_near = refusal.near.as_deref().map(|word| {
        let word = short(word);
        (format!("谈到“{word}”的有"), format!("Those who speak of “{word}”"))
    });
    let (of_it, of_it_en) = match &of_near {
        Some((zh, en)) => (zh.as_str(), en.as_str()),
        None => ("谈到的有", "Those who do"),
    };
    let (zh, en, names) = match refusal.reason {
        Reason::Talk(_) | Reason::NoQuestion | Reason::NoMore | Reason::NoKnowledge | Reason::NoSuchDay(_) => {
            return vec![reason];
        }
        _ if refusal.of_it => (of_it, of_it_en, spoke),
        Reason::NothingOn(_) | Reason::NoMeetingOn(_) => ("文件里的会议有", "The files are about", meetings),
        Reason::NotSaidBy { .. } => return vec![reason],
        _ => ("发言的有", "The files hold words of", spoke),
    };
    if names.is_empty() {
        return vec![reason];
    }
    // One more is as long as to say that there is one.
    let more = names.len() > NAMED + 1;
    let shown = if more { &names[..NAMED] } else { &names };
    let line = match lang {
        Lang::Zh => {
            let and_so_on = if more { "等" } else { "" };
            format!(
                "{}；{zh}：{}{and_so_on}。",
                reason.trim_end_matches('。'),
                shown.join("、")
            )
        }
        Lang::En => {
            let and_so_on = if more { ", and others" } else { "" };
            format!("{reason} {en}: {}{and_so_on}.", shown.join(", "))
        }
    };
    vec![line]
}

/// Why there is no answer, in one sentence.
pub fn reason_line(lang: Lang, refusal: &Refusal) -> String {
    let reason = &refusal.reason;
    let what = match reason {
        Reason::Talk(_) | Reason::NoQuestion | Reason::NoKnowledge | Reason::NoMore | Reason::NotSaidBy { .. } => {
            String::new()
        }
        Reason::CountyDidNotSpeak(label)
        | Reason::NobodyNamed(label)
        | Reason::NobodyInOffice(label)
        | Reason::NoMeetingOn(label)
        | Reason::NoSuchDay(label)
        | Reason::Changed(label)
        | Reason::NothingOn(label) => short(label),
    };
    match (lang, reason) {
        (Lang::Zh, Reason::NotSaidBy { who, topic }) => {
            format!("{}的发言里没有谈到“{}”。", short(who), short(topic))
        }
        (Lang::En, Reason::NotSaidBy { who, topic }) => {
            format!("{} does not speak of “{}” in the files.", short(who), short(topic))
        }
        (lang, Reason::Talk(talk)) => talk_line(lang, *talk, &for_example(lang, refusal)),
        (Lang::Zh, Reason::NoQuestion) => format!("请直接输入问题{}", for_example(lang, refusal)),
        (Lang::En, Reason::NoQuestion) => format!("Please type a question{}", for_example(lang, refusal)),
        (Lang::Zh, Reason::NoMore) => "没有更多了。".to_owned(),
        (Lang::En, Reason::NoMore) => "There is no more.".to_owned(),
        (Lang::Zh, Reason::NoKnowledge) => "知识文件夹里还没有能读的文件。".to_owned(),
        (Lang::En, Reason::NoKnowledge) => "The knowledge folder holds no readable file yet.".to_owned(),
        (Lang::Zh, Reason::CountyDidNotSpeak(_)) => format!("文件里没有{what}的发言。"),
        (Lang::En, Reason::CountyDidNotSpeak(_)) => format!("The files hold nothing said for {what}."),
        (Lang::Zh, Reason::NobodyNamed(_)) => format!("文件里没有{what}的发言。"),
        (Lang::En, Reason::NobodyNamed(_)) => format!("The files hold nothing said by {what}."),
        (Lang::Zh, Reason::NobodyInOffice(_)) => format!("文件里没有{what}的发言。"),
        (Lang::En, Reason::NobodyInOffice(_)) => format!("The files hold nothing said by the {what}."),
        (Lang::Zh, Reason::NoMeetingOn(_)) => format!("文件里没有{what}的会议。"),
        (Lang::En, Reason::NoMeetingOn(_)) => format!("The files hold no meeting of {what}."),
        (Lang::Zh, Reason::NoSuchDay(_)) => format!("没有{what}这一天。"),
        (Lang::En, Reason::NoSuchDay(_)) => format!("There is no such day as {what}."),
        (Lang::Zh, Reason::Changed(_)) => format!("谈到的文件 {what} 刚改过，重新读入以前不能引用，请稍后再问。"),
        (Lang::En, Reason::Changed(_)) => {
            format!("The file that speaks of it, {what}, has changed and cannot be quoted before it is read again.")
        }
        (Lang::Zh, Reason::NothingOn(_)) => format!("文件里没有人谈到“{what}”。"),
        (Lang::En, Reason::NothingOn(_)) => format!("Nobody in the files speaks of “{what}”."),
    }
}

/// Somebody who spoke, on one line.
pub fn spoke_line(lang: Lang, spoke: &Spoke) -> String {
    let unknown = match lang {
        Lang::Zh => "不详",
        Lang::En => "not named",
    };
    let name = spoke.name.as_deref().or(spoke.office.as_deref()).unwrap_or(unknown);
    let mut about: Vec<&str> = Vec::new();
    if spoke.name.is_some() {
        about.extend(spoke.office.as_deref());
    }
    about.extend(county_beside(spoke.office.as_deref(), spoke.county.as_deref()));
    with_brackets(lang, name, &about)
}
