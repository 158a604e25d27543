//! What the bot says to its users beside answers.

use std::time::Duration;

use super::{Lang, short};
use crate::question::Usual;

/// A sentence in the user's language.
macro_rules! sentences {
    ($($(#[$doc:meta])* $name:ident: $zh:expr, $en:expr;)*) => {
        $(
            $(#[$doc])*
            pub fn $name(lang: Lang) -> String {
                lang.pick($zh, $en).to_owned()
            }
        )*
    };
}

sentences! {
    /// A command came without a question.
    question_missing: "请把问题写在命令后面，例如：/ask 谁发了言？", "Write the question behind the command, as in: /ask 谁发了言?";
    /// A comparison came without its parties.
    compare_usage: "请写出两个县或两个人，再写话题，例如：/compare 甲县 乙县 民营经济",
        "Name two counties or speakers and a topic, as in: /compare 甲县 乙县 民营经济";
    /// Something that admins alone may do.
    admins_only: "只有管理员可以这样做。", "Only admins can do this.";
    /// Something that is done in private alone.
    in_private_only: "请私聊我使用这个命令。", "Please use this command in a private chat with me.";
    /// Something that a group's admins alone may do.
    group_admins_only: "只有本群的管理员可以设置。", "Only this group's admins can set this.";
    /// What is no text.
    text_only: "我只看得懂文字。请把问题打出来；管理员可以发 .txt 或 .md 文件。",
        "I read text alone. Please type your question; admins may send .txt or .md files.";
    /// Something to listen to.
    voice_unheard: "我听不了语音，请把问题打出来。", "I cannot listen to voices. Please type your question.";
    /// A link to a quote that is not known.
    link_gone: "这个链接找不到对应的引文了。", "There is no quote behind this link any more.";
    /// What opens a quote in the bot.
    open_in_bot: "在会问里看原文", "See it in its place";
    /// A choice that was made already.
    choice_gone: "这一步已经做过了，或者已经过期。", "This has been decided already, or is too old.";
    /// A defect of ours.
    broken: "程序出错了，已记入日志。", "Something broke; it has been logged.";
    /// The answer behind a button is gone.
    card_gone: "这条回答已经过期，请再问一次。", "This answer is too old. Please ask again.";
    /// The file has changed since the answer.
    place_gone: "文件在这之后改过，请再问一次。", "The file has changed since. Please ask again.";
    /// A button of another version.
    button_unknown: "这个按钮已经失效，请再问一次。", "This button no longer works. Please ask again.";
    /// Asks for a language.
    lang_usage: "请选择语言：", "Choose a language:";
    /// A language that we don't speak.
    lang_unknown: "目前只有 zh（中文）和 en（英文）。", "There are zh (Chinese) and en (English).";
    /// The language has been set.
    lang_set: "好的，我说中文。", "I speak English now. Quotes stay as they are.";
    /// Thanks for good feedback.
    thanks: "谢谢！", "Thank you!";
    /// Asks what is wrong.
    ask_fault: "哪里不对？点一个按钮；想多说几句，就回复这条回答，写“/feedback 说明”。",
        "What is wrong? Press a button; to say more, reply to the answer with “/feedback …”.";
    /// What is wrong has been kept.
    fault_kept: "记下了，谢谢！管理员会看到。", "Noted, thank you! The admins will see it.";
    /// How feedback is given in words.
    feedback_usage: "请回复我的一条回答，写“/feedback 哪里不对”。", "Reply to an answer of mine with “/feedback what is wrong”.";
    /// Nobody gave feedback yet.
    nothing_yet: "还没有。", "Nothing yet.";
    /// Above a quote in its place.
    place_head: "原文位置", "Where it stands";
    /// Nothing to hold on to by default.
    usual_none: "没有默认的县或会议：问什么查什么。", "There is no default county or meeting.";
    /// The default has been dropped.
    usual_dropped: "好的，不再有默认的县或会议。", "There is no default county or meeting any more.";
    /// How somebody is let in or shut out.
    allow_usage: "用法：/allow 编号，/deny 编号；群里写 /allow here，或回复某人的消息。群的编号是负数。",
        "Use: /allow NUMBER, /deny NUMBER; in a group /allow here, or in reply to somebody. Groups have negative numbers.";
    /// Nobody was let in or shut out yet.
    no_verdicts: "还没有单独允许或禁止过谁。", "Nobody was let in or shut out yet.";
    /// An admin cannot be shut out.
    never_an_admin: "不能禁止管理员。", "Admins cannot be shut out.";
    /// How a default is set.
    usual_usage: "设置：/default 县名或会议名；取消：/default off", "Set it by /default COUNTY or MEETING; drop it by /default off";
}

/// That what the bot keeps was damaged, what the damaged file is called now, and how much was saved.
pub fn records_damaged(lang: Lang, aside: &str, saved: usize) -> String {
    match lang {
        Lang::Zh => format!(
            "机器人的记录文件 bot.redb 损坏，已另存为 {aside}，救回 {saved} 条记录。请核对 /allow 和各群的设置，并检查磁盘。"
        ),
        Lang::En => format!(
            "What I keep (bot.redb) was damaged. It is called {aside} now; {saved} records were saved. Check /allow, groups' settings and the disk."
        ),
    }
}

/// That nothing can be written in the data folder, and what that costs.
pub fn records_passing(lang: Lang) -> String {
    lang.pick(
        "数据文件夹不能写：照常回答，但不能增删文件、更新索引，也不能保存语言、默认、评价和 /allow；停下以后，旧消息的按钮失效。",
        "The data folder cannot be written. I answer as ever, but no file can be added or removed, the index is not brought up to date, and languages, defaults, feedback and /allow cannot be saved. Once I stop, the buttons of messages are gone.",
    )
    .to_owned()
}

/// What could not be written to disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotKept {
    /// Who is let in.
    Access,
    /// A chat's usual county or meeting.
    Usual,
    /// A chat's language.
    Lang,
    /// What somebody thinks of an answer.
    Feedback,
    /// What a chat watches.
    Watch,
    /// What an admin chose.
    Choice,
}

/// That what the bot keeps cannot be read.
pub fn records_unread(lang: Lang) -> &'static str {
    lang.pick(
        "机器人的记录现在读不了，磁盘可能满了或坏了。请告诉管理员，稍后再试。",
        "What I keep cannot be read now: the disk may be full or broken. Please tell an admin, and try again later.",
    )
}

/// That something could not be written to disk.
pub fn not_kept(lang: Lang, what: NotKept) -> String {
    let what = match what {
        NotKept::Access => lang.pick("允许或禁止", "Who is let in"),
        NotKept::Usual => lang.pick("默认的县或会议", "The default county or meeting"),
        NotKept::Lang => lang.pick("语言", "The language"),
        NotKept::Feedback => lang.pick("评价", "The feedback"),
        NotKept::Watch => lang.pick("关注", "The watch"),
        NotKept::Choice => lang.pick("这个选择", "The choice"),
    };
    match lang {
        Lang::Zh => format!("{what}没有保存成功，磁盘可能满了或不能写。请告诉管理员。"),
        Lang::En => {
            format!("{what} could not be saved: the disk may be full, or not ours to write. Please tell an admin.")
        }
    }
}

/// What a message says that is not answered because too much was asked.
pub fn too_much(lang: Lang, wait: Duration) -> String {
    let seconds = wait.as_secs().max(1);
    match lang {
        Lang::Zh => format!("问得太快了，请等 {seconds} 秒再问。"),
        Lang::En => format!("That was a lot at once. Please wait {seconds} seconds."),
    }
}

/// What outsiders are told, before whom to ask.
pub fn outside(lang: Lang, number: i64) -> String {
    match lang {
        Lang::Zh => format!("这个机器人只对指定的人开放（您的编号：{number}）。想使用请联系："),
        Lang::En => format!("This bot is not open to everybody (your number: {number}). Please ask: "),
    }
}

/// Whom outsiders are told to ask where nobody is named.
pub fn an_admin(lang: Lang) -> &'static str {
    lang.pick("管理员", "an admin")
}

/// That an answer is narrowed to what the chat is usually about.
pub fn usual_line(lang: Lang, usual: &Usual) -> String {
    let what = usual_name(usual);
    match (lang, usual) {
        (Lang::Zh, Usual::County(_)) => format!("（默认只看{what}）"),
        (Lang::Zh, Usual::Meeting(_)) => format!("（默认只看：{what}）"),
        (Lang::En, Usual::County(_)) => format!("(By default only {what}.)"),
        (Lang::En, Usual::Meeting(_)) => format!("(By default only: {what})"),
    }
}

/// That a default has been set, or is.
pub fn usual_set(lang: Lang, usual: &Usual) -> String {
    let what = usual_name(usual);
    match (lang, usual) {
        (Lang::Zh, Usual::County(_)) => format!("问题里没写哪个县时，默认看{what}的发言。"),
        (Lang::Zh, Usual::Meeting(_)) => format!("问题里没写哪次会议时，默认看：{what}"),
        (Lang::En, Usual::County(_)) => format!("Where a question names no county, {what} is meant."),
        (Lang::En, Usual::Meeting(_)) => format!("Where a question names no meeting, this one is meant: {what}"),
    }
}

/// That no county or meeting of that name is in the files.
pub fn usual_unknown(lang: Lang, words: &str) -> String {
    let words = short(words);
    match lang {
        Lang::Zh => format!("文件里没有叫“{words}”的县或会议。/counties 和 /meetings 列出有哪些。"),
        Lang::En => format!("The files know no county or meeting “{words}”. See /counties and /meetings."),
    }
}

fn usual_name(usual: &Usual) -> String {
    match usual {
        Usual::County(name) => name.clone(),
        Usual::Meeting(title) => short(title),
    }
}

/// Which page of a list is shown.
pub fn page_line(lang: Lang, page: usize, pages: usize) -> String {
    match lang {
        Lang::Zh => format!("第 {page}/{pages} 页"),
        Lang::En => format!("page {page} of {pages}"),
    }
}

/// That a user or a group was let in or shut out.
pub fn decided(lang: Lang, number: i64, allowed: bool) -> String {
    match (lang, allowed) {
        (Lang::Zh, true) => format!("已允许 {number}。"),
        (Lang::Zh, false) => format!("已禁止 {number}。"),
        (Lang::En, true) => format!("{number} is let in."),
        (Lang::En, false) => format!("{number} is shut out."),
    }
}
