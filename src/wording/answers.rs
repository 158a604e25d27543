//! The lines beside quotes: who said them, where they stand, and why there are none.

use super::Lang;
use crate::answer::{Quote, Reason, Refusal, Spoke, Taken};

/// Who said a quote, in what office and for which county, on one line: `畅小龙(礼泉县委常委、统战部部长, 礼泉县)`.
pub fn speaker_line(lang: Lang, quote: &Quote) -> String {
    let unknown = match lang {
        Lang::Zh => "发言人不详",
        Lang::En => "speaker not named",
    };
    let narrator = match lang {
        Lang::Zh => "报道原文",
        Lang::En => "the report's own words",
    };
    if !quote.voice.is_spoken() {
        return narrator.to_owned();
    }
    let mut about: Vec<&str> = Vec::new();
    let name = match (quote.voice.name(), quote.voice.office()) {
        (Some(name), office) => {
            about.extend(office);
            name
        }
        (None, Some(office)) => office,
        (None, None) => unknown,
    };
    about.extend(quote.voice.county().map(|county| county.name()));
    if about.is_empty() {
        return name.to_owned();
    }
    format!("{name}({})", about.join("; "))
}

/// Meeting and date of a quote on one line.
pub fn source_line(quote: &Quote) -> String {
    let mut parts = vec![quote.meeting.clone()];
    if let Some(dates) = quote.dates {
        parts.push(if dates.start() == dates.end() {
            dates.start().to_string()
        } else {
            format!("{} — {}", dates.start(), dates.end())
        });
    }
    parts.extend(quote.section.clone());
    parts.push(quote.file.clone());
    parts.join(" · ")
}

/// A name that was taken in another spelling.
pub fn taken_line(lang: Lang, taken: &Taken) -> String {
    match lang {
        Lang::Zh => format!("“{}”按“{}”查找。", taken.typed, taken.meant),
        Lang::En => format!("“{}” was taken for “{}”.", taken.typed, taken.meant),
    }
}

/// Why there is no answer, and what there is: a sentence or two, and a line for each of those who spoke.
pub fn refusal_lines(lang: Lang, refusal: &Refusal) -> Vec<String> {
    let mut lines = vec![reason_line(lang, &refusal.reason)];
    if !refusal.spoke.is_empty() {
        lines.push(
            match lang {
                Lang::Zh => "文件里有这些人的发言:",
                Lang::En => "The files hold words of:",
            }
            .to_owned(),
        );
        lines.extend(
            refusal
                .spoke
                .iter()
                .map(|spoke| format!("· {}", spoke_line(lang, spoke))),
        );
    }
    if !refusal.meetings.is_empty() {
        lines.push(
            match lang {
                Lang::Zh => "文件里的会议:",
                Lang::En => "The files are about:",
            }
            .to_owned(),
        );
        lines.extend(refusal.meetings.iter().map(|title| format!("· {title}")));
    }
    lines
}

/// Why there is no answer, in one sentence.
pub fn reason_line(lang: Lang, reason: &Reason) -> String {
    match (lang, reason) {
        (Lang::Zh, Reason::NoQuestion) => "请直接输入问题, 例如: 礼泉县说了什么?".to_owned(),
        (Lang::En, Reason::NoQuestion) => "Please type a question, for example: 礼泉县说了什么?".to_owned(),
        (Lang::Zh, Reason::NoKnowledge) => "知识文件夹里还没有能读的文件。".to_owned(),
        (Lang::En, Reason::NoKnowledge) => "The knowledge folder holds no readable file yet.".to_owned(),
        (Lang::Zh, Reason::CountyDidNotSpeak(county)) => format!("文件里没有{county}的发言。"),
        (Lang::En, Reason::CountyDidNotSpeak(county)) => format!("The files hold nothing said for {county}."),
        (Lang::Zh, Reason::NobodyNamed(name)) => format!("文件里没有{name}的发言。"),
        (Lang::En, Reason::NobodyNamed(name)) => format!("The files hold nothing said by {name}."),
        (Lang::Zh, Reason::NobodyInOffice(office)) => format!("文件里没有{office}的发言。"),
        (Lang::En, Reason::NobodyInOffice(office)) => format!("The files hold nothing said by the {office}."),
        (Lang::Zh, Reason::NothingOn(topic)) => format!("文件里没有人谈到“{topic}”。"),
        (Lang::En, Reason::NothingOn(topic)) => format!("Nobody in the files speaks of “{topic}”."),
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
    about.extend(spoke.county.as_deref());
    if about.is_empty() {
        name.to_owned()
    } else {
        format!("{name}({})", about.join("; "))
    }
}
