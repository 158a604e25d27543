//! A report as it was understood: its facts, and its remarks with each speaker in a colour.

use super::paint::{Ink, Paint, safe};
use crate::meeting::{Certainty, FactsWhy, Remark, Report, Voice, Why};
use crate::text::{CharOffsets, Span};
use crate::wording::{
    Lang, doubt_line, left_out_reason, poorly_understood_line, understood_share_line, voice_kind_words,
};

/// The lines that show what was understood of a file, without line ends; `why`: with the rule behind each remark.
pub fn report_lines(file: &str, text: &str, report: &Report, lang: Lang, paint: Paint, why: bool) -> Vec<String> {
    let offsets = CharOffsets::new(text);
    let mut lines = vec![paint.ink(Ink::Strong, file)];
    lines.extend(facts(report, lang));
    if why {
        lines.push(paint.ink(Ink::Faint, &facts_rules_line(report.why)));
    }
    lines.push(safe(&understood_share_line(lang, text, report)));
    lines.extend(poorly_understood_line(lang, text, report).map(|line| format!("! {}", safe(&line))));
    for doubt in &report.doubts {
        let at = offsets.chars(doubt.span);
        lines.push(format!(
            "! {} [{}, {})",
            safe(&doubt_line(lang, &doubt.kind)),
            at.start,
            at.end
        ));
    }
    let mut colours: Vec<String> = Vec::new();
    let mut section = None;
    for remark in &report.remarks {
        if remark.section != section {
            section = remark.section;
            let heading = section.and_then(|index| report.sections.get(index));
            lines.extend(heading.map(|section| format!("\n## {}", safe(section.heading.of(text)))));
        }
        lines.extend(remark_lines(remark, text, &offsets, lang, paint, &mut colours));
        if let Some(rules) = remark.why.filter(|_| why) {
            lines.push(paint.ink(Ink::Faint, &rules_line(rules)));
        }
    }
    lines.extend(left_out_lines(text, report, &offsets, lang, paint));
    lines
}

/// The rules behind a remark's speaker, office and county.
fn rules_line(why: Why) -> String {
    let mut line = format!("    <- {}", why.speaker.name());
    if let Some(rule) = why.office {
        line.push_str(&format!("; office: {}", rule.name()));
    }
    if let Some(rule) = why.county {
        line.push_str(&format!("; county: {}", rule.name()));
    }
    line
}

/// The rules behind the meeting's title and days, and behind the county whose paper it is.
fn facts_rules_line(why: FactsWhy) -> String {
    format!(
        "    <- title: {}; date: {}; home: {}",
        why.title.name(),
        why.days.map_or("none told", |rule| rule.name()),
        why.home.name()
    )
}

/// What the page has and nobody said, each with the reason.
fn left_out_lines(text: &str, report: &Report, offsets: &CharOffsets<'_>, lang: Lang, paint: Paint) -> Vec<String> {
    let furniture: Vec<_> = report.left_out.iter().filter(|left| left.why.is_furniture()).collect();
    if furniture.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![String::new(), lang.pick("略去的：", "Left out:").to_owned()];
    lines.extend(furniture.into_iter().map(|left| {
        let at = offsets.chars(left.span);
        let line = format!(
            "{} [{}, {}) {}",
            left_out_reason(lang, left.why),
            at.start,
            at.end,
            safe(&left.span.of(text).replace('\n', " "))
        );
        paint.ink(Ink::Faint, &line)
    }));
    lines
}

fn facts(report: &Report, lang: Lang) -> Vec<String> {
    let meeting = &report.meeting;
    let dates = meeting.dates.map(|dates| match dates.start() == dates.end() {
        true => dates.start().to_string(),
        false => format!("{} — {}", dates.start(), dates.end()),
    });
    [
        (lang.pick("会议", "meeting"), Some(meeting.title.clone())),
        (lang.pick("日期", "dates"), dates),
        (lang.pick("地点", "place"), meeting.place.clone()),
        (lang.pick("组织者", "organizer"), meeting.organizer.clone()),
    ]
    .into_iter()
    .map(|(name, value)| {
        let value = value.filter(|value| !value.is_empty());
        format!("{name}: {}", value.map_or("—".to_owned(), |value| safe(&value)))
    })
    .collect()
}

fn remark_lines(
    remark: &Remark,
    text: &str,
    offsets: &CharOffsets<'_>,
    lang: Lang,
    paint: Paint,
    colours: &mut Vec<String>,
) -> Vec<String> {
    let at = offsets.chars(remark.span);
    let place = format!("[{}, {})", at.start, at.end);
    let who = who(&remark.voice, remark.cue.as_deref(), lang);
    let words = words(text, remark.span);
    if !remark.voice.is_spoken() {
        return vec![
            paint.ink(Ink::Faint, &format!("{who} {place}")),
            paint.ink(Ink::Faint, &words),
        ];
    }
    let name = remark.voice.name().or(remark.voice.office()).unwrap_or("?").to_owned();
    let colour = colours.iter().position(|known| *known == name).unwrap_or_else(|| {
        colours.push(name);
        colours.len() - 1
    });
    vec![
        format!(
            "{} {}",
            paint.ink(Ink::Speaker(colour), &who),
            paint.ink(Ink::Faint, &place)
        ),
        paint.ink(Ink::Speaker(colour), &words),
    ]
}

fn words(text: &str, span: Span) -> String {
    format!("    {}", span.of(text).replace('\n', "\n    "))
}

/// Speaker, office, county, manner and cue on one line; `?` before a speaker who was inferred.
fn who(voice: &Voice, cue: Option<&str>, lang: Lang) -> String {
    let mut parts: Vec<String> = Vec::new();
    let doubt = if voice.certainty() == Some(Certainty::Inferred) {
        "?"
    } else {
        ""
    };
    let unknown = lang.pick("不详", "unknown");
    parts.push(format!(
        "{doubt}{}",
        match voice {
            Voice::Narrator => lang.pick("（叙述）", "(narration)"),
            _ => voice
                .name()
                .unwrap_or(if voice.office().is_some() { "" } else { unknown }),
        }
    ));
    parts.extend(voice.office().map(str::to_owned));
    parts.extend(voice.county().map(|county| county.name().to_owned()));
    if voice.is_spoken() {
        parts.push(voice_kind_words(lang, voice.kind()).to_owned());
    }
    parts.extend(cue.map(|cue| format!("“{cue}”")));
    parts.retain(|part| !part.is_empty());
    parts.join(" · ")
}
