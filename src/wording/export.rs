//! The words of documents that answers are written into.

use super::Lang;
use super::answers::{dates_words, speaker_line};
use crate::answer::Quote;
use crate::meeting::Certainty;

/// Where a quote is from, in one line, as a footnote says it:
/// `畅小龙（礼泉县委常委、统战部部长；礼泉县），《…交流会》，2023-05-29，2023-05-29-xianyang.md 第12段`.
pub fn export_source_line(lang: Lang, quote: &Quote, paragraph: Option<usize>) -> String {
    let meeting = Some(quote.meeting.as_str()).filter(|title| !title.is_empty());
    let file = match (lang, paragraph) {
        (Lang::Zh, Some(number)) => format!("{} 第{number}段", quote.file),
        (Lang::En, Some(number)) => format!("{}, paragraph {number}", quote.file),
        (_, None) => quote.file.clone(),
    };
    let title = meeting.map(|title| match lang {
        Lang::Zh => format!("《{title}》"),
        Lang::En => format!("“{title}”"),
    });
    let parts = [
        Some(speaker_line(lang, quote)),
        title,
        quote.dates.map(dates_words),
        Some(file),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join(lang.pick("，", ", "))
}

/// The columns of a table of quotes.
pub fn export_columns(lang: Lang) -> [&'static str; 16] {
    lang.pick(
        [
            "序号",
            "引文",
            "发言人",
            "职务",
            "县",
            "方式",
            "把握",
            "会议",
            "日期",
            "小标题",
            "文件",
            "段",
            "起",
            "止",
            "责任",
            "期限",
        ],
        [
            "no.",
            "quote",
            "speaker",
            "office",
            "county",
            "kind",
            "certainty",
            "meeting",
            "date",
            "section",
            "file",
            "paragraph",
            "start",
            "end",
            "owner",
            "due",
        ],
    )
}

/// The columns of a table of tasks.
pub fn task_columns(lang: Lang) -> [&'static str; 4] {
    lang.pick(["序号", "事项", "责任", "期限"], ["no.", "task", "owner", "due"])
}

/// Who is to do it, and until when.
pub fn task_words(lang: Lang, owner: Option<&str>, due: Option<&str>) -> Option<String> {
    let owner = owner.map(|owner| format!("{}{owner}", lang.pick("责任：", "owner: ")));
    let due = due.map(|due| format!("{}{due}", lang.pick("期限：", "due: ")));
    let parts: Vec<String> = [owner, due].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(lang.pick("；", "; ")))
}

/// How sure it is whose words these are; nothing where it is sure.
pub fn certainty_words(lang: Lang, certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Named => "",
        Certainty::Inferred => lang.pick("由上下文推断", "inferred"),
    }
}

/// A kind of voice, by its word in JSON.
pub fn voice_kind_words(lang: Lang, kind: &str) -> &str {
    match (lang, kind) {
        (Lang::Zh, "direct") => "原话",
        (Lang::Zh, "indirect") => "转述",
        (Lang::Zh, "collective") => "集体",
        (Lang::Zh, "narration") => "叙述",
        _ => kind,
    }
}

/// That a document holds an answer.
pub fn exported_line(lang: Lang, quotes: usize) -> String {
    match lang {
        Lang::Zh => format!("{quotes} 段引文"),
        Lang::En => format!("{quotes} quotes"),
    }
}

/// That a file was written.
pub fn written_to(lang: Lang, file: &str, quotes: usize) -> String {
    match lang {
        Lang::Zh => format!("已写入 {file}：{quotes} 段引文。"),
        Lang::En => format!("Written to {file}: {quotes} quotes."),
    }
}

/// How `/export` is used.
pub fn export_usage(lang: Lang) -> String {
    lang.pick(
        "用法：回复一条回答写 /export（Word），或 /export md、/export csv、/export xlsx；也可以写 /export 问题。",
        "Reply to an answer with /export (Word), /export md, /export csv or /export xlsx; or write /export QUESTION.",
    )
    .to_owned()
}

/// That nothing was found that could be put into a document.
pub fn nothing_to_export(lang: Lang) -> String {
    lang.pick("没有引文可以导出。", "There is no quote to export.")
        .to_owned()
}
