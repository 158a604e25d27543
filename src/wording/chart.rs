//! The words of pictures.

use super::answers::with_brackets;
use super::{Lang, unknown_speaker};
use crate::chart::FontError;
use crate::survey::Heard;

/// A word of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChartWords {
    /// What the bars of a meeting are.
    WhoSaidHowMuch,
    /// Whoever speaks for no county that is known.
    NoCounty,
    /// Counties without a colour of their own, and whoever speaks for none.
    OtherCounties,
    /// What a grid is.
    CountiesByTopics,
    /// What stands in its cells.
    CellsCount,
}

/// The words.
pub fn chart_words(lang: Lang, words: ChartWords) -> &'static str {
    match words {
        ChartWords::WhoSaidHowMuch => lang.pick("谁说了多少（字数）", "Who said how much, in characters"),
        ChartWords::NoCounty => lang.pick("不代表县或不详", "no county, or unknown"),
        ChartWords::OtherCounties => lang.pick("其他", "others"),
        ChartWords::CountiesByTopics => lang.pick("各县谈了什么", "What counties speak of"),
        ChartWords::CellsCount => lang.pick(
            "格子里是说到这个词的段数",
            "the cells say how many remarks hold the word",
        ),
    }
}

/// Who speaks: `王静（长武县）`.
pub fn heard_name(lang: Lang, heard: &Heard) -> String {
    let about: Vec<&str> = heard.county.as_deref().into_iter().collect();
    with_brackets(lang, heard.name.as_deref().unwrap_or(unknown_speaker(lang)), &about)
}

/// A month, from 1 to 12.
pub fn month_words(lang: Lang, month: i32) -> String {
    match lang {
        Lang::Zh => format!("{month}月"),
        Lang::En => month.to_string(),
    }
}

/// That others are called so too, and have no part in the picture.
pub fn namesakes_not_drawn(lang: Lang, drawn: &str, others: &[String]) -> String {
    match lang {
        Lang::Zh => format!("画的是{drawn}；叫法相同、没有画的：{}", others.join("、")),
        Lang::En => format!("Drawn: {drawn}. Called so too, and not drawn: {}", others.join(", ")),
    }
}

/// How many there are that are not shown each.
pub fn others_words(lang: Lang, count: usize) -> String {
    match lang {
        Lang::Zh => format!("其余 {count} 个"),
        Lang::En => format!("{count} others"),
    }
}

/// How many remarks at how many meetings.
pub fn topic_count_words(lang: Lang, remarks: usize, meetings: usize) -> String {
    match lang {
        Lang::Zh => format!("{meetings} 次会议，{remarks} 段发言"),
        Lang::En => format!("{remarks} remarks at {meetings} meetings"),
    }
}

/// How many remarks have no day.
pub fn undated_words(lang: Lang, count: usize) -> String {
    match lang {
        Lang::Zh => format!("另有 {count} 段日期不详，没有画出。"),
        Lang::En => format!("{count} more have no date and are not shown."),
    }
}

/// That there is nothing to draw.
pub fn nothing_to_draw(lang: Lang) -> String {
    lang.pick("没有可以画的。", "There is nothing to draw.").to_owned()
}

/// Why no picture can be made, and what to do.
pub fn font_error(lang: Lang, error: &FontError) -> String {
    let what = match (error, lang) {
        (FontError::None, Lang::Zh) => "画图要一种中文字体，这台机器上没有找到。".to_owned(),
        (FontError::None, Lang::En) => {
            "A picture needs a font with Chinese characters, and none is found here.".to_owned()
        }
        (FontError::Bad(path), Lang::Zh) => format!("HUIWEN_FONT：{} 不是中文字体。", path.display()),
        (FontError::Bad(path), Lang::En) => {
            format!("HUIWEN_FONT: {} is no font with Chinese characters.", path.display())
        }
        (FontError::Read { path, source }, Lang::Zh) => format!("HUIWEN_FONT：{} 读不了：{source}", path.display()),
        (FontError::Read { path, source }, Lang::En) => {
            format!("HUIWEN_FONT: {} cannot be read: {source}", path.display())
        }
    };
    let how = lang.pick(
        "请安装一种：Debian、Ubuntu 上 apt install fonts-noto-cjk（或 fonts-wqy-zenhei），Fedora 上 dnf install google-noto-sans-cjk-fonts；或者用 HUIWEN_FONT 指定字体文件（.ttf、.otf、.ttc）。SVG 不需要字体。",
        "Install one: apt install fonts-noto-cjk (or fonts-wqy-zenhei) on Debian and Ubuntu, dnf install google-noto-sans-cjk-fonts on Fedora; or name a font's file (.ttf, .otf, .ttc) by HUIWEN_FONT. SVG needs none.",
    );
    format!("{what}{}{how}", lang.pick("", " "))
}

/// That the picture is on its way into a file.
pub fn drawn_to(lang: Lang, path: &str) -> String {
    match lang {
        Lang::Zh => format!("已画到 {path}"),
        Lang::En => format!("drawn to {path}"),
    }
}

/// What a picture can be of.
pub fn chart_usage(lang: Lang) -> String {
    lang.pick("-o 文件.png 或 文件.svg", "-o FILE.png or FILE.svg")
        .to_owned()
}
