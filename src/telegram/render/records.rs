//! What the bot keeps, as lines for admins: deeds, opinions, who is let in.

use teloxide::types::ChatId;

use super::super::records::{Deed, DeedKind, Feedback, Opinion, Verdict};
use crate::wording::{Lang, short};

/// How a time is written.
const TIME: &str = "%Y-%m-%d %H:%M";

/// A line for each deed.
pub fn deed_lines(lang: Lang, deeds: &[Deed]) -> Vec<String> {
    deeds
        .iter()
        .map(|deed| {
            let what = match deed.kind {
                DeedKind::Reload => lang.pick("重新读入", "reloaded"),
                DeedKind::Add => lang.pick("添加", "added"),
                DeedKind::Replace => lang.pick("替换", "replaced"),
                DeedKind::Remove => lang.pick("移除", "removed"),
                DeedKind::Allow => lang.pick("允许", "let in"),
                DeedKind::Deny => lang.pick("禁止", "shut out"),
            };
            format!("{} · {} · {what} {}", deed.at.format(TIME), deed.by, deed.what)
        })
        .collect()
}

/// A few words for an opinion.
pub fn opinion_words(lang: Lang, opinion: Opinion) -> &'static str {
    match opinion {
        Opinion::Good => "👍",
        Opinion::Bad => "👎",
        Opinion::OffTopic => lang.pick("答非所问", "Off topic"),
        Opinion::WrongSpeaker => lang.pick("发言人不对", "Wrong speaker"),
        Opinion::WrongCounty => lang.pick("县或职务不对", "Wrong county or office"),
        Opinion::Incomplete => lang.pick("漏了内容", "Something is missing"),
    }
}

/// A line for each opinion.
pub fn feedback_lines(lang: Lang, all: &[Feedback]) -> Vec<String> {
    all.iter()
        .map(|feedback| {
            let mut parts = vec![
                feedback.at.format(TIME).to_string(),
                opinion_words(lang, feedback.opinion).to_owned(),
                short(&feedback.question),
            ];
            parts.extend(feedback.comment.as_deref().map(short));
            let first = feedback.shown.first();
            parts.extend(first.map(|shown| format!("{} {}", shown.speaker, shown.file)));
            parts.join(" · ")
        })
        .collect()
}

/// A line for each user or group that was let in or shut out.
pub fn verdict_lines(lang: Lang, verdicts: &[(ChatId, Verdict)]) -> Vec<String> {
    verdicts
        .iter()
        .map(|(of, verdict)| {
            let what = if verdict.allowed {
                lang.pick("允许", "let in")
            } else {
                lang.pick("禁止", "shut out")
            };
            format!("{of} · {what} · {} · {}", verdict.at.format(TIME), verdict.by)
        })
        .collect()
}
