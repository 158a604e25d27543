//! Lines that are nobody's speech: captions, editors, copyright, navigation, numbers of a recording.

use std::sync::LazyLock;

use super::paper::{Beside, stamp};
use crate::meeting::Reason;
use crate::text::ends_sentence;

/// Where words stand in a line of furniture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Where {
    Prefix,
    Contains,
    Role,
    Link,
    Alone,
    Count,
    Short,
    Suffix,
}

struct Pattern {
    place: Where,
    why: Reason,
    words: &'static str,
}

static PATTERNS: LazyLock<Vec<Pattern>> = LazyLock::new(|| load(include_str!("boilerplate.tsv")));

fn load(table: &'static str) -> Vec<Pattern> {
    // A test loads the table: a wrong row never leaves the workshop.
    let wrong = |line: usize, what: &str| -> ! { panic!("src/reading/boilerplate.tsv:{}: {what}", line + 1) };
    let mut patterns = Vec::new();
    for (number, line) in table.lines().enumerate() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let columns: Vec<&'static str> = line.split('\t').collect();
        let [place, why, words] = columns.as_slice() else {
            wrong(number, "no place, reason and words");
        };
        let place = match *place {
            "prefix" => Where::Prefix,
            "contains" => Where::Contains,
            "role" => Where::Role,
            "link" => Where::Link,
            "alone" => Where::Alone,
            "count" => Where::Count,
            "short" => Where::Short,
            "suffix" => Where::Suffix,
            _ => wrong(number, "no such place"),
        };
        let why = match *why {
            "editorial" => Reason::Editorial,
            "navigation" => Reason::Navigation,
            "caption" => Reason::Caption,
            "metadata" => Reason::Metadata,
            _ => wrong(number, "no such reason"),
        };
        patterns.push(Pattern { place, why, words });
    }
    // The longest word of a line of links is taken first.
    patterns.sort_by_key(|pattern| std::cmp::Reverse(pattern.words.len()));
    patterns
}

/// Endings of the names of pictures.
const PICTURES: [&str; 7] = [".jpg", ".jpeg", ".png", ".gif", ".webp", ".bmp", ".heic"];

/// Why a folded, trimmed line is furniture, where it is.
pub fn boilerplate(line: &str) -> Option<Reason> {
    let length = line.chars().count();
    let in_brackets = |open, close| line.starts_with(open) && line.ends_with(close) && line.matches(open).count() == 1;
    // (资料图): what stands wholly in brackets may yet be a head, [王静].
    if in_brackets('(', ')') || in_brackets('[', ']') || line.starts_with("![") || is_picture(line, length) {
        return Some(Reason::Caption);
    }
    // 河谷发布 2025-03-18 18:30 河谷, 2024-01-05 07:30 来源:…
    if stamp(line).is_some_and(|stamp| stamp.beside == Beside::Page) || is_crumb(line, length) {
        return Some(Reason::Metadata);
    }
    // ▼, ◎◎◎: signs and no word.
    if length > 0 && !line.contains(|c: char| c.is_alphanumeric() || c.is_ascii() || is_mark_of_speech(c)) {
        return Some(Reason::Navigation);
    }
    let sentence = ends_sentence(line);
    // 记者:下一步有什么打算? is a question, not a signature.
    let reads_as_line = (!sentence || length <= 30) && !line.ends_with('?');
    let begins = length <= 120 && reads_as_line && !line.contains(['“', '"']);
    let holds = |pattern: &&Pattern| match pattern.place {
        Where::Contains => length <= 300 && line.contains(pattern.words),
        Where::Prefix => begins && line.starts_with(pattern.words),
        Where::Role => begins && length <= 80 && behind_role(line, pattern.words),
        Where::Count => length <= 40 && is_count(line, pattern.words),
        Where::Short => length <= 40 && !sentence && line.contains(pattern.words),
        Where::Suffix => length <= 60 && !sentence && line.ends_with(pattern.words),
        Where::Alone => line == pattern.words,
        Where::Link => false,
    };
    PATTERNS
        .iter()
        .find(holds)
        .map(|pattern| pattern.why)
        .or_else(|| (length <= 60 && is_links(line)).then_some(Reason::Navigation))
}

/// 今天看啥 › 专栏 › 河谷发布: short words between arrows.
fn is_crumb(line: &str, length: usize) -> bool {
    let pieces: Vec<&str> = line.split(['>', '›', '»']).collect();
    length <= 80 && pieces.len() > 2 && !ends_sentence(line) && pieces.iter().all(|piece| piece.chars().count() <= 24)
}

/// Silence and applause are written with these: ……, ——.
fn is_mark_of_speech(c: char) -> bool {
    matches!(c, '…' | '—' | '。' | '、' | '“' | '”' | '《' | '》')
}

/// IMG_2031.jpg, 微信图片_2025.png, 图1:会议现场, 图片.
fn is_picture(line: &str, length: usize) -> bool {
    let lower = line.to_ascii_lowercase();
    let name = length <= 80 && !line.contains([' ', ',', '。']) && PICTURES.iter().any(|ending| lower.ends_with(ending));
    let numbered = line.strip_prefix('图').is_some_and(|rest| {
        let behind = rest.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
        behind.len() < rest.len() && (behind.is_empty() || behind.starts_with([':', ' ', '.']))
    });
    name || length <= 60 && numbered && !ends_sentence(line) || line == "图片"
}

/// 编辑:, 编 辑丨, 文/: a role and what parts it from the name.
fn behind_role(line: &str, role: &str) -> bool {
    let mut rest = line;
    for c in role.chars() {
        rest = rest.trim_start_matches(' ');
        match rest.strip_prefix(c) {
            Some(behind) => rest = behind,
            None => return false,
        }
    }
    rest.trim_start_matches(' ').starts_with([':', '丨', '|', '/', '｜'])
}

/// 阅读 1032, 点击数:, 浏览(12).
fn is_count(line: &str, word: &str) -> bool {
    line.strip_prefix(word).is_some_and(|rest| {
        !rest.is_empty() && rest.chars().all(|c| c.is_ascii_digit() || " :()[]+|次万人".contains(c))
    })
}

/// 分享到: 【打印】【关闭】 大 中 小: nothing but such words.
fn is_links(line: &str) -> bool {
    let mut rest = line;
    let mut words = 0;
    while let Some(c) = rest.chars().next() {
        if c.is_ascii_digit() || " :()[]【】|/+·>›»丨-".contains(c) {
            rest = &rest[c.len_utf8()..];
            continue;
        }
        let word = PATTERNS
            .iter()
            .find(|pattern| pattern.place == Where::Link && rest.starts_with(pattern.words));
        match word {
            Some(word) => rest = &rest[word.words.len()..],
            None => return false,
        }
        words += 1;
    }
    // 大, 更多 by itself may be an answer.
    words > 1 || words == 1 && line.chars().count() >= 4 && line.contains([':', '【', '(', '[', '>'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_furniture_is_told_from_speech() {
        for (line, why) in [
            ("(相关资料图)", Reason::Caption),
            ("编辑:李某", Reason::Editorial),
            ("编 辑丨李某 审核丨王某", Reason::Editorial),
            (
                "Copyright 2015-2022 某网版权所有 备案号:京ICP备1号",
                Reason::Editorial,
            ),
            ("图为会议现场", Reason::Caption),
            ("图1:会议现场", Reason::Caption),
            ("IMG_2031.jpg", Reason::Caption),
            ("上一篇:某地召开会议", Reason::Navigation),
            ("责任编辑:某某", Reason::Editorial),
            ("长按二维码关注我们", Reason::Navigation),
            ("分享 收藏 点赞 在看", Reason::Navigation),
            ("【打印】【关闭】", Reason::Navigation),
            ("▼", Reason::Navigation),
            ("今天看啥 › 专栏 › 某地发布", Reason::Metadata),
            ("某地发布 2025-03-18 18:30 某地", Reason::Metadata),
            ("阅读 1032", Reason::Navigation),
            ("点击上方“某地发布”关注我们", Reason::Navigation),
            ("登录/注册 用户中心 支持IPv6", Reason::Navigation),
            ("Meeting ID: 1234567", Reason::Metadata),
            ("关键词:补贴、选址", Reason::Metadata),
        ] {
            assert_eq!(boilerplate(line), Some(why), "{line}");
        }
    }

    #[test]
    fn what_somebody_says_of_such_things_is_kept() {
        for line in [
            "来源于生活,也要回到生活,他说。这是我们做好群众工作的根本所在,也是大家的共识。",
            "王某:大家好",
            "争先进位“比”",
            "纪某:每座桥上都有二维码,群众拍个照片就能传上来。",
            "打印机坏了三台",
            "返回的路上又塌了一段",
            "评论员队伍要建起来",
            "收藏馆明年开门",
            "浏览器打不开",
            "大",
            "……",
        ] {
            assert_eq!(boilerplate(line), None, "{line}");
        }
    }

    #[test]
    fn the_table_is_read_strictly() {
        let wrong = std::panic::catch_unwind(|| load("prefix\teditorial\t编辑\nprefix\twhy\t打印\n").len());
        let message = wrong.unwrap_err();
        assert_eq!(
            message.downcast_ref::<String>().map(String::as_str),
            Some("src/reading/boilerplate.tsv:2: no such reason")
        );
    }
}
