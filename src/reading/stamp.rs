//! Lines that exist for a date: `(2025年6月25日)`, `县委办信息科 2025年3月9日`, `2025-03-18 18:30 来源:…`, and what stands beside it.

use super::dates::{WrittenDate, dates_in};
use super::paper::{of_media, of_page, of_paper};
use crate::text::ends_sentence;

/// A date that a line exists for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The date.
    pub date: WrittenDate,
    /// What stands beside it.
    pub beside: Beside,
}

/// What a line has beside its date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beside {
    /// Nothing, a weekday, brackets, 上午, a span of the day: (2025年6月25日).
    Nothing,
    /// One time of the day: 2025-03-18 18:30.
    Clock,
    /// Who signs or issues: 县委办信息科 2025年3月9日.
    Signature,
    /// What a page says of its publication: 来源:…, 阅读:….
    Page,
}

/// Longest line that is a date's, in characters.
const LONGEST_STAMP: usize = 110;
/// Longest signature beside a date, in characters.
const LONGEST_SIGNATURE: usize = 26;

/// The date that a folded line exists for: alone, with a time, signed, or with what a page says of itself.
pub fn stamp(line: &str) -> Option<Stamp> {
    let dates = dates_in(line);
    let date = *dates.first()?;
    if line.chars().count() > LONGEST_STAMP {
        return None;
    }
    if dates.len() > 1 && !of_page(line) {
        return None;
    }
    let rest = format!("{} {}", &line[..date.span.start()], &line[date.span.end()..]);
    let (rest, clocks) = without_clocks(&rest);
    let words: String = rest.chars().filter(|c| c.is_alphanumeric()).collect();
    let length = words.chars().count();
    // 发布时间2023-03-02 来源:…; a sentence that holds 发布 is none.
    let beside = if length == 0 {
        if clocks == 1 { Beside::Clock } else { Beside::Nothing }
    } else if ends_sentence(line) || rest.contains(',') {
        return None;
    } else if of_page(&rest) {
        Beside::Page
    } else if rest.contains(['“', ':'])
        || of_paper(&rest.replace("委员会", "").replace("协会", ""))
        || length > LONGEST_SIGNATURE
    {
        return None;
    } else if of_media(&rest) {
        Beside::Page
    } else if clocks > 0 {
        // 段文谦 2025/3/18 9:01:22 heads a turn.
        return None;
    } else {
        Beside::Signature
    };
    Some(Stamp { date, beside })
}

/// Words beside a date that say nothing more of it.
const OF_DAY: [&str; 26] = [
    "晴",
    "阴",
    "多云",
    "小雨",
    "小雪",
    "星期",
    "周",
    "上午",
    "下午",
    "晚上",
    "凌晨",
    "中午",
    "晚",
    "根据录音整理",
    "未经本人审核",
    "未经本人审阅",
    "北京时间",
    "小时",
    "分钟",
    "秒",
    "时长",
    "录制",
    "开始",
    "整理",
    "记录",
    "会议",
];

/// Without times of the day, weekdays and the like; and how many times there were (a span of the day is two).
fn without_clocks(words: &str) -> (String, usize) {
    let mut rest = String::new();
    let mut clocks = 0;
    let mut at = 0;
    while let Some(c) = words[at..].chars().next() {
        if c.is_ascii_digit() {
            let run = words[at..].len()
                - words[at..]
                    .trim_start_matches(|c: char| c.is_ascii_digit() || c == ':')
                    .len();
            let piece = &words[at..at + run];
            at += run;
            if piece.contains(':') && !piece.ends_with(':') {
                clocks += 1;
            } else if !["时", "点", "分", "小时", "秒"]
                .iter()
                .any(|unit| words[at..].trim_start().starts_with(unit))
            {
                rest.push_str(piece);
            }
            continue;
        }
        match OF_DAY.iter().find(|word| words[at..].starts_with(**word)) {
            Some(word) => {
                at += word.len();
                // 星期二
                if matches!(*word, "星期" | "周") {
                    at += words[at..].chars().next().map_or(0, char::len_utf8);
                }
            }
            None => {
                rest.push(c);
                at += c.len_utf8();
            }
        }
    }
    (rest, clocks)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold_str;

    fn beside(line: &str) -> Option<Beside> {
        stamp(&fold_str(line)).map(|stamp| stamp.beside)
    }

    #[test]
    fn dates_with_a_line_of_their_own() {
        for line in [
            "（2025年6月25日）",
            "2025 年 3 月 18 日",
            "二〇二五年三月十八日",
            "2025年3月18日 星期二 下午",
            "（2009年8月25日根据录音整理、未经本人审核）",
            "2025年7月1日 09:00-10:12",
            "—————  2025-06-11  —————",
        ] {
            assert_eq!(beside(line), Some(Beside::Nothing), "{line}");
        }
        assert_eq!(beside("2025-03-18 18:30"), Some(Beside::Clock));
        assert_eq!(beside("县委办信息科    2025年3月9日"), Some(Beside::Signature));
        assert_eq!(beside("河谷日报 2023年7月14日"), Some(Beside::Page));
        assert_eq!(beside("2024-01-05 07:30:12   来源：河谷日报"), Some(Beside::Page));
        assert_eq!(beside("河谷发布 2025-03-18 18:30 河谷"), Some(Beside::Page));
    }

    #[test]
    fn sentences_and_headlines_with_a_date_are_no_such_lines() {
        for line in [
            "3月18日下午，县长钟铁山主持召开会议",
            "文字记录：停车方案讨论 2025年6月18日",
            "贺天佑说，5月29日已经验收。",
            "钟铁山：3月18日开会",
        ] {
            assert_eq!(beside(line), None, "{line}");
        }
    }
}
