//! What is watched, and what is new of it.

use super::{Lang, short};
use crate::watch::{NoWatch, Watch, Way};

/// How something is watched.
pub fn watch_usage(lang: Lang) -> String {
    lang.pick(
        "写上要关注的词，再次出现时我会告诉您，例如：/watch 民营经济，/watch 王静，/watch 长武县 防汛；不要的写减号：/watch 民营经济 -招商。关注了什么：/watches",
        "Write what to watch, and I tell you when it comes up again: /watch 民营经济, /watch 王静, /watch 长武县 防汛; without what holds a word: /watch 民营经济 -招商. What is watched: /watches",
    )
    .to_owned()
}

/// Why something cannot be watched.
pub fn no_watch(lang: Lang, why: NoWatch) -> String {
    match why {
        NoWatch::Nothing => watch_usage(lang),
        NoWatch::TooShort => lang
            .pick("每个词至少两个字。", "A word must have two characters or more.")
            .to_owned(),
        NoWatch::TooMuch => lang
            .pick(
                "太长了：最多八个词，每个词最多三十个字。",
                "That is too long: at most eight words of thirty characters each.",
            )
            .to_owned(),
    }
}

/// That something is watched from now on, and how it was understood.
pub fn watch_begun(lang: Lang, watch: &Watch) -> String {
    let without = watch.without().join(lang.pick("、", ", "));
    match lang {
        Lang::Zh => {
            let words = watch.words().join("”和“");
            let without = if without.is_empty() {
                without
            } else {
                format!("（不要：{without}）")
            };
            format!("好的。以后新读入的文件里有“{words}”的发言，或者有人说到，我就在这里告诉您{without}。")
        }
        Lang::En => {
            let words = watch.words().join("” and “");
            let without = if without.is_empty() {
                without
            } else {
                format!(" (without {without})")
            };
            format!(
                "Very well. When files that are read from now on have somebody speak of “{words}”, or words of theirs, I tell you here{without}."
            )
        }
    }
}

/// That it was watched before.
pub fn watch_known(lang: Lang) -> String {
    lang.pick("这个已经在关注了。", "That is watched already.").to_owned()
}

/// That no more can be watched.
pub fn watch_full(lang: Lang) -> String {
    lang.pick(
        "关注的太多了，请先在 /watches 里取消几个。",
        "That is too much: end some of /watches first.",
    )
    .to_owned()
}

/// Nothing is watched.
pub fn watch_none(lang: Lang) -> String {
    lang.pick(
        "这里没有关注什么。例如：/watch 民营经济",
        "Nothing is watched here. For example: /watch 民营经济",
    )
    .to_owned()
}

/// Above what is watched.
pub fn watches_head(lang: Lang) -> String {
    lang.pick("这里关注（点按钮取消）：", "Watched here (a button ends it):")
        .to_owned()
}

/// That something is no longer watched.
pub fn watch_ended(lang: Lang, words: &str) -> String {
    let words = short(words);
    match lang {
        Lang::Zh => format!("不再关注“{words}”。"),
        Lang::En => format!("“{words}” is no longer watched."),
    }
}

/// Above what is new.
pub fn alert_head(lang: Lang) -> String {
    lang.pick(
        "🔔 新读入的文件里有您关注的：",
        "🔔 New in the files, of what you watch:",
    )
    .to_owned()
}

/// Above what is new of a watch in one way.
pub fn watch_way(lang: Lang, words: &str, way: Way) -> String {
    let way = match way {
        Way::Says => lang.pick("自己的发言", "their own words"),
        Way::SpeaksOf => lang.pick("谈到的发言", "who speaks of it"),
        Way::SpokenOf => lang.pick("被提到", "spoken of"),
    };
    format!("{words} · {way}")
}

/// That there is more than is shown.
pub fn alert_more(lang: Lang, more: usize) -> String {
    match lang {
        Lang::Zh => format!("另有 {more} 段，点下面的按钮查看。"),
        Lang::En => format!("{more} more; the buttons below ask for them."),
    }
}
