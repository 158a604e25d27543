//! Terms by which something is to be done, as texts write them: 12月10日前, 年底前, 6月29日18时, 本月15日前.

use chrono::{Datelike, Months, NaiveDate};

use crate::text::{Folded, Span};

/// A term in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// Where it stands, in bytes of the text.
    pub span: Span,
    /// The last day, where it can be told.
    pub day: Option<NaiveDate>,
}

/// What makes a day a term.
const LIMITS: [&str; 10] = ["之前", "以前", "底前", "前", "底之前", "底以前", "底", "末", "内", "止"];
/// What makes it none: 截至9月底.
const UNTIL_NOW: [&str; 8] = ["截至", "截止", "截止到", "自", "从", "比", "到今年", "提前到"];
/// What stands behind a term that is none: 年内 of 3年内的数字, 前 of 前三季度.
const GOES_ON: [&str; 6] = ["以来", "三季度", "两季度", "半年", "后", "期"];
/// Terms in words, with the month and the day by which they end; the year is the paper's or the next.
const WORDS: [(&str, u32, u32); 12] = [
    ("年底前", 12, 31),
    ("年底之前", 12, 31),
    ("年底以前", 12, 31),
    ("年内", 12, 31),
    ("年底", 12, 31),
    ("年末前", 12, 31),
    ("上半年", 6, 30),
    ("春节前", 1, 31),
    ("汛期前", 4, 30),
    ("汛前", 4, 30),
    ("暑假前", 6, 30),
    ("国庆前", 9, 30),
];
/// Terms without a day that can be told.
const OPEN: [&str; 7] = ["工作日内", "周内", "天内", "小时内", "日内", "月底前", "本周内"];

/// The terms in `text`, a paper of the day `written`, in order.
pub fn dues(text: &str, written: Option<NaiveDate>) -> Vec<Due> {
    let folded = Folded::new(text, 0);
    let plain = folded.text();
    let mut found: Vec<Due> = Vec::new();
    for (at, _) in plain.match_indices('月') {
        if let Some((span, day)) = of_month(plain, at, written) {
            found.push(Due { span, day });
        }
    }
    for (word, month, last) in WORDS {
        for (at, _) in plain.match_indices(word) {
            let span = Span::new(at, at + word.len());
            let goes_on = GOES_ON.iter().any(|rest| plain[span.end()..].starts_with(rest));
            let counted = plain[..at].ends_with(|c: char| c.is_ascii_digit() && word.starts_with('年'));
            let year = counted.then(|| number_before(&plain[..at])).flatten();
            // 3年内, 5年底: a number of years.
            if goes_on || (counted && year.is_none_or(|(_, year)| year < 1990)) || is_of_now(&plain[..at]) {
                continue;
            }
            let next = plain[..at].ends_with('明') || plain[..at].ends_with("次");
            let day = match year {
                Some((_, year)) => NaiveDate::from_ymd_opt(year as i32, month, last),
                None => written.and_then(|written| coming(written, month, last, next)),
            };
            found.push(Due { span, day });
        }
    }
    for word in OPEN {
        for (at, _) in plain.match_indices(word) {
            let span = Span::new(at, at + word.len());
            let day = written.filter(|_| word == "月底前").and_then(end_of_month);
            let counted =
                plain[..at].ends_with(|c: char| c.is_ascii_digit() || "一二两三四五六七八九十几个本".contains(c));
            let within_month = word == "月底前" && !plain[..at].ends_with(|c: char| c.is_ascii_digit());
            if counted && word != "月底前" || within_month {
                found.push(Due { span, day });
            }
        }
    }
    found.sort_by_key(|due| (due.span.start(), std::cmp::Reverse(due.span.end())));
    let mut kept: Vec<Due> = Vec::new();
    for due in found {
        if kept.last().is_none_or(|last| !last.span.overlaps(due.span)) {
            kept.push(due);
        }
    }
    kept.into_iter()
        .map(|due| Due {
            span: folded.original(due.span),
            ..due
        })
        .collect()
}

/// The term around the 月 at `at`: 2025年12月底前, 12月10日前, 6月29日18时前.
fn of_month(plain: &str, at: usize, written: Option<NaiveDate>) -> Option<(Span, Option<NaiveDate>)> {
    let (mut start, month) = number_before(&plain[..at]).or_else(|| {
        let this = plain[..at].strip_suffix('本')?;
        Some((this.len(), written?.month()))
    })?;
    if !(1..=12).contains(&month) {
        return None;
    }
    let mut next = false;
    let mut year = None;
    let before = &plain[..start];
    if let Some(years) = before.strip_suffix('年') {
        if let Some((from, number)) = number_before(years).filter(|(_, number)| (1990..2100).contains(number)) {
            year = Some(number as i32);
            start = from;
        } else if years.ends_with(['明', '今', '次', '当']) {
            next = years.ends_with(['明', '次']);
            start = years.len() - '明'.len_utf8();
        }
    }
    if is_of_now(&plain[..start]) {
        return None;
    }
    let mut end = at + '月'.len_utf8();
    let mut day = None;
    let digits = plain[end..].chars().take_while(char::is_ascii_digit).count();
    if digits > 0 && digits <= 2 && plain[end + digits..].starts_with(['日', '号']) {
        day = plain[end..end + digits].parse::<u32>().ok();
        end += digits + '日'.len_utf8();
        let hours = plain[end..].chars().take_while(char::is_ascii_digit).count();
        if hours > 0 && plain[end + hours..].starts_with(['时', '点']) {
            end += hours + '时'.len_utf8();
        }
    } else if digits > 0 {
        return None;
    }
    for part in ["上旬", "中旬", "下旬", "初"] {
        if plain[end..].starts_with(part) {
            end += part.len();
        }
    }
    let limit = LIMITS
        .iter()
        .filter(|limit| plain[end..].starts_with(**limit))
        .max_by_key(|limit| limit.len());
    let labelled = ["时限:", "时限为", "期限:", "截止时间:"]
        .iter()
        .any(|label| plain[..start].trim_end().ends_with(label));
    let in_cell = {
        let behind = plain[end + limit.map_or(0, |limit| limit.len())..].trim_start();
        let before = plain[..start].trim_end();
        before.ends_with('|') && (behind.is_empty() || behind.starts_with('|'))
    };
    if limit.is_none() && !labelled && !in_cell {
        return None;
    }
    end += limit.map_or(0, |limit| limit.len());
    if GOES_ON.iter().any(|rest| plain[end..].starts_with(rest)) {
        return None;
    }
    let before_month = day.is_none() && limit.is_some_and(|limit| !limit.starts_with(['底', '末', '内']));
    let last = |year: i32| match day {
        Some(day) => NaiveDate::from_ymd_opt(year, month, day),
        None if before_month => NaiveDate::from_ymd_opt(year, month, 1),
        None => NaiveDate::from_ymd_opt(year, month, 1).and_then(end_of_month),
    };
    let day = match (year, written) {
        (Some(year), _) => last(year),
        (None, Some(written)) if next => last(written.year() + 1),
        // What is past when it is written is of the next year; a little past it is overdue.
        (None, Some(written)) => {
            let this = last(written.year())?;
            if this + Months::new(6) < written {
                last(written.year() + 1)
            } else {
                Some(this)
            }
        }
        (None, None) => None,
    };
    Some((Span::new(start, end), day))
}

/// Whether a day stands there until which something was reckoned.
fn is_of_now(before: &str) -> bool {
    UNTIL_NOW.iter().any(|word| before.ends_with(word))
}

/// The number that `text` ends with, and where it begins.
fn number_before(text: &str) -> Option<(usize, u32)> {
    let digits = text.chars().rev().take_while(char::is_ascii_digit).count();
    let start = text.len() - digits;
    Some((start, text[start..].parse().ok()?))
}

fn coming(written: NaiveDate, month: u32, day: u32, next: bool) -> Option<NaiveDate> {
    let this = NaiveDate::from_ymd_opt(written.year(), month, day)?;
    if next || this < written {
        NaiveDate::from_ymd_opt(written.year() + 1, month, day)
    } else {
        Some(this)
    }
}

fn end_of_month(day: NaiveDate) -> Option<NaiveDate> {
    day.with_day(1)?.checked_add_months(Months::new(1))?.pred_opt()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<(String, String)> {
        let written = NaiveDate::from_ymd_opt(2025, 11, 18);
        dues(text, written)
            .into_iter()
            .map(|due| {
                (
                    due.span.of(text).to_owned(),
                    due.day.map(|day| day.to_string()).unwrap_or_default(),
                )
            })
            .collect()
    }

    fn one(text: &str) -> (String, String) {
        told(text).into_iter().next().unwrap_or_default()
    }

    #[test]
    fn terms_are_read_with_the_day_they_end() {
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(one("12月10日前完成"), pair("12月10日前", "2025-12-10"));
        assert_eq!(one("于12月底前上会"), pair("12月底前", "2025-12-31"));
        assert_eq!(one("2027年1月20日前清零"), pair("2027年1月20日前", "2027-01-20"));
        assert_eq!(one("明年6月底前通车"), pair("明年6月底前", "2026-06-30"));
        assert_eq!(one("年底前办结"), pair("年底前", "2025-12-31"));
        assert_eq!(one("3月底前建成"), pair("3月底前", "2026-03-31"));
        assert_eq!(one("完成时限:6月29日18时。").0, "6月29日18时");
        assert_eq!(one("5 | 充电桩 | 县发改委 | 12月底 |"), pair("12月底", "2025-12-31"));
    }

    #[test]
    fn days_that_are_told_are_no_terms() {
        for text in [
            "截至9月底已完成6项",
            "10月26日正式通车",
            "今年1-4月信访总量",
            "3年内的数字",
            "前三季度增长",
        ] {
            assert_eq!(told(text), Vec::new(), "{text}");
        }
    }
}
