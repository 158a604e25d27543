//! List marks: bullets, and the numbers of items and headings.

use crate::text::Span;

/// How deep a number's kind stands in a Chinese paper: 一、 above (一) above 1. above (1) above ①.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// 第一部分, 一、
    First,
    /// (一)
    Second,
    /// 1. 1、
    Third,
    /// (1) 1)
    Fourth,
    /// ①
    Fifth,
}

/// Bullets, each with a blank behind it where it is one in prose too.
const SPACED_BULLETS: [char; 6] = ['-', '*', '+', '>', 'o', '–'];
const BULLETS: &str = "•·●○◆◇■□▲△▶►➢➤★☆※✓✔🔹🔸🔺🔻👉📌▪▫◎";

/// The bullet that `words` begin with: its bytes, with the blanks behind it. A task's box (`[ ]`, `[x]`) goes along.
pub fn bullet(words: &str) -> usize {
    let mut chars = words.chars();
    let Some(first) = chars.next() else { return 0 };
    let rest = chars.as_str();
    let spaced = SPACED_BULLETS.contains(&first) && rest.starts_with([' ', '\u{3000}', '\t', '\u{a0}']);
    if !spaced && !BULLETS.contains(first) {
        return 0;
    }
    // U+FE0F makes a picture of the character before it.
    let rest = rest.trim_start_matches(['\u{fe0f}', ' ', '\u{3000}', '\t', '\u{a0}']);
    let rest = ["[ ]", "[x]", "[X]"]
        .iter()
        .find_map(|task| rest.strip_prefix(task))
        .unwrap_or(rest)
        .trim_start();
    if rest.is_empty() { 0 } else { words.len() - rest.len() }
}

/// The number that folded `words` begin with, and the bytes it takes.
pub fn number(words: &str) -> Option<(Level, usize)> {
    let circled = words.chars().next().filter(|c| matches!(c, '①'..='⑳' | '❶'..='❿'));
    if let Some(c) = circled {
        return Some((Level::Fifth, c.len_utf8()));
    }
    let open = words.starts_with('(');
    let body = if open { &words[1..] } else { words };
    let digits = run(body, |c| c.is_ascii_digit());
    let numerals = run(body, |c| NUMERALS.contains(c));
    let (kind, length) = match (digits, numerals) {
        (1..=2, _) => ('1', digits),
        (0, 1..=9) => ('一', numerals),
        _ => return ordinal(words),
    };
    let rest = &body[length..];
    let mark = rest.chars().next()?;
    let behind = &rest[mark.len_utf8()..];
    let level = match (kind, open, mark) {
        ('一', true, ')') => Level::Second,
        ('一', false, '、' | '.') => Level::First,
        ('1', true, ')') => Level::Fourth,
        ('1', false, ')') => Level::Fourth,
        ('1', false, '、') => Level::Third,
        // 3.5 is a figure, 3.修路 an item.
        ('1', false, '.') if !behind.starts_with(|c: char| c.is_ascii_digit()) => Level::Third,
        _ => return None,
    };
    Some((level, words.len() - behind.trim_start().len()))
}

const NUMERALS: &str = "一二三四五六七八九十";

/// 第一章, 第二部分.
fn ordinal(words: &str) -> Option<(Level, usize)> {
    let rest = words.strip_prefix('第')?;
    let length = run(rest, |c| NUMERALS.contains(c) || c.is_ascii_digit());
    let behind = &rest[length..];
    let unit = ["部分", "章", "节", "篇"]
        .iter()
        .find(|unit| behind.starts_with(**unit))?;
    (length > 0).then(|| (Level::First, words.len() - behind[unit.len()..].trim_start().len()))
}

fn run(text: &str, is_in: impl Fn(char) -> bool) -> usize {
    text.find(|c| !is_in(c)).unwrap_or(text.len())
}

/// The words of a line behind its bullet.
pub fn without_bullet(text: &str, line: Span) -> Span {
    Span::new(line.start() + bullet(line.of(text)), line.end()).trimmed(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bullets_need_a_blank_where_they_are_marks_of_prose_too() {
        for (line, words) in [
            ("- 修路", "修路"),
            ("• 修路", "修路"),
            ("●修路", "修路"),
            ("- [ ] 修路", "修路"),
            ("🔹修路", "修路"),
            ("-3℃", "-3℃"),
            ("*修路*", "*修路*"),
            ("修路", "修路"),
            ("▼", "▼"),
        ] {
            assert_eq!(&line[bullet(line)..], words);
        }
    }

    #[test]
    fn numbers_have_a_level() {
        let level = |line| number(line).map(|(level, end)| (level, line[end..].to_owned()));
        assert_eq!(level("一、修路"), Some((Level::First, "修路".to_owned())));
        assert_eq!(level("(二)修路"), Some((Level::Second, "修路".to_owned())));
        assert_eq!(level("3. 修路"), Some((Level::Third, "修路".to_owned())));
        assert_eq!(level("(4)修路"), Some((Level::Fourth, "修路".to_owned())));
        assert_eq!(level("⑤修路"), Some((Level::Fifth, "修路".to_owned())));
        assert_eq!(level("第一部分 总则"), Some((Level::First, "总则".to_owned())));
        for line in ["3.5公里", "2024年", "一是修路", "(修路)", "十五条", "第一书记说"] {
            assert_eq!(level(line), None, "{line}");
        }
    }
}
