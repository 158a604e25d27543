//! The words of a paper's page, beside the paper's own.

use super::Lang;
use super::answers::dates_words;
use super::export::certainty_words;
use crate::meeting::{Certainty, Meeting, Voice};

/// Who is not named.
pub fn unknown_speaker(lang: Lang) -> &'static str {
    lang.pick("发言人不详", "speaker not named")
}

/// Why it is not sure whose words something is.
pub fn inferred_words(lang: Lang, voice: &Voice) -> &'static str {
    match voice {
        Voice::Unknown { .. } => lang.pick("文中没有写明", "the text does not say"),
        _ => certainty_words(lang, Certainty::Inferred),
    }
}

/// The county that somebody speaks for.
pub fn county_word(lang: Lang, county: &str) -> String {
    match lang {
        Lang::Zh => format!("代表{county}"),
        Lang::En => format!("for {county}"),
    }
}

/// Where the same speaker goes on.
pub fn next_remark_words(lang: Lang) -> &'static str {
    lang.pick("此人的下一段发言", "the speaker's next remark")
}

/// What a paper is about, and its file.
pub fn page_facts(lang: Lang, meeting: &Meeting, file: &str) -> Vec<String> {
    let facts: Vec<String> = [
        meeting.dates.map(dates_words),
        meeting.place.clone(),
        meeting.organizer.clone(),
    ]
    .into_iter()
    .flatten()
    .collect();
    let file = match lang {
        Lang::Zh => format!("文件：{file}"),
        Lang::En => format!("file: {file}"),
    };
    [facts.join(" · "), file]
        .into_iter()
        .filter(|line| !line.is_empty())
        .collect()
}

/// To the quote.
pub fn quote_words(lang: Lang) -> &'static str {
    lang.pick("↓ 到引文", "↓ to the quote")
}

/// That a quote does not stand there any more.
pub fn quote_moved(lang: Lang) -> &'static str {
    lang.pick(
        "文件改过了，引文已不在原处：下面是现在读到的全文。",
        "The file has changed and the quote is not where it was: this is the text as it is now.",
    )
}

/// Above the list of those who speak.
pub fn speakers_head(lang: Lang, count: usize) -> String {
    match lang {
        Lang::Zh => format!("发言人（{count}）"),
        Lang::En => format!("Speakers ({count})"),
    }
}

/// How much somebody speaks.
pub fn speaker_count_words(lang: Lang, remarks: usize, chars: usize) -> String {
    match lang {
        Lang::Zh => format!("{remarks} 段，{chars} 字"),
        Lang::En => format!("{remarks} remarks, {chars} characters"),
    }
}

/// Above the list of what is to be checked.
pub fn doubts_head(lang: Lang, count: usize) -> String {
    match lang {
        Lang::Zh => format!("请核对（{count}）"),
        Lang::En => format!("To be checked ({count})"),
    }
}

/// A part of a long paper.
pub fn part_words(lang: Lang, part: usize, of: usize) -> String {
    match lang {
        Lang::Zh => format!("第 {part}/{of} 部分"),
        Lang::En => format!("part {part} of {of}"),
    }
}

/// Below a paper.
pub fn page_foot(lang: Lang) -> &'static str {
    lang.pick(
        "正文按文件原样；旁注的发言人、职务和县由会问读出，“?”处请核对。",
        "The text is the file's own; speakers, offices and counties at the margin are as huiwen read them: check those with “?”.",
    )
}

/// Why no page is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoPage {
    /// The link is not one of ours, or whoever it is for is not let in.
    Forbidden,
    /// Its time is over.
    Expired,
    /// There is no such file.
    Gone,
    /// Too many were opened.
    TooMany,
    /// Nobody said who opens it.
    OutsideTelegram,
    /// The knowledge cannot be read just now.
    Fault,
}

/// The words for it.
pub fn no_page(lang: Lang, why: NoPage) -> &'static str {
    match why {
        NoPage::Forbidden => lang.pick(
            "这个链接无效，或者您无权查看。请回到机器人里重新打开。",
            "This link is not valid, or not for you. Open it again from the bot.",
        ),
        NoPage::Expired => lang.pick(
            "链接已过期。请回到机器人里，再按一次“📄”。",
            "This link has ended. Press 📄 in the bot again.",
        ),
        NoPage::Gone => lang.pick("这个文件已经不在了。", "This file is gone."),
        NoPage::TooMany => lang.pick(
            "打开得太快了，请过一分钟再试。",
            "Too many in a minute. Try again later.",
        ),
        NoPage::OutsideTelegram => lang.pick("请在 Telegram 里打开。", "Open this in Telegram."),
        NoPage::Fault => lang.pick(
            "现在读不了，请稍后再试。",
            "This cannot be read just now. Try again later.",
        ),
    }
}

/// That there is no such file, and which are called nearly so.
pub fn no_such_file(lang: Lang, name: &str, like: &[String]) -> String {
    match (lang, like) {
        (Lang::Zh, []) => format!("知识文件里没有“{name}”。"),
        (Lang::Zh, like) => format!("知识文件里没有“{name}”；相近的有：{}", like.join("、")),
        (Lang::En, []) => format!("There is no knowledge file “{name}”."),
        (Lang::En, like) => format!(
            "There is no knowledge file “{name}”; nearly so are: {}",
            like.join(", ")
        ),
    }
}

/// That a file has no such characters.
pub fn no_such_place(lang: Lang, chars: usize) -> String {
    match lang {
        Lang::Zh => format!("没有这个位置：文件共 {chars} 字。"),
        Lang::En => format!("There is no such place: the file has {chars} characters."),
    }
}
