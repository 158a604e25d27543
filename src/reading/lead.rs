//! The day that a report's first paragraphs tell: 3月18日下午,…会召开; 本报讯 昨日,…; never a deadline (7月10日前), a plan, or a day in
//! somebody's words.

use chrono::{Datelike, Days, NaiveDate};

use super::dates::{WrittenDate, dates_in};
use super::days::Answer;
use super::title::HELD;
use super::years::{Years, close_to};
use crate::meeting::DateRange;
use crate::text::{clauses, sentences};

/// Words before a date that make it an end, a beginning or a plan.
const BEFORE: [&str; 16] = [
    "截至",
    "截止",
    "截止到",
    "到",
    "至",
    "于",
    "自",
    "从",
    "将在",
    "拟在",
    "早在",
    "距",
    "自从",
    "去年",
    "前年",
    "明年",
];
/// Words behind it that do.
const BEHIND: [&str; 18] = [
    "前", "之前", "以前", "底", "止", "起", "以来", "以后", "后", "之后", "为止", "截止", "内", "已", "就已", "至今",
    "来", "开始",
];

/// Whether the date at `date` of a folded sentence is a deadline, a beginning or a plan.
fn is_aside(sentence: &str, date: &WrittenDate) -> bool {
    let before = sentence[..date.span.start()].trim_end();
    // 定于, 将于: not held yet; 于6月3日: was held.
    let planned = ["将于", "拟于", "定于", "始于", "早于", "迟于", "晚于"]
        .iter()
        .any(|word| before.ends_with(word));
    // (11月28日) behind somebody's words is when they were written.
    let in_brackets = before.ends_with('(') && sentence[date.span.end()..].trim_start().starts_with(')');
    let before_wrong = BEFORE.iter().any(|word| before.ends_with(word)) && (planned || !before.ends_with('于'));
    let behind = sentence[date.span.end()..].trim_start();
    let behind_wrong = BEHIND.iter().any(|word| behind.starts_with(word)) && !behind.starts_with("前后");
    in_brackets || before_wrong || behind_wrong
}

/// How many paragraphs of the lead are looked into.
const LEAD: usize = 3;
/// Words of a lead that say that it tells no day.
const THE_OTHER_DAY: [&str; 6] = ["日前", "近日", "近期", "近来", "不久前", "前不久"];

/// The days that the lead tells; `published` is when the paper came out, as far as it is known.
pub fn of_lead(lead: &[String], years: &Years, published: Option<NaiveDate>) -> Answer {
    for (index, paragraph) in lead.iter().take(LEAD).enumerate() {
        let dispatched = dispatch(paragraph, years);
        // 河谷融媒2024年4月19日讯 4月18日下午,…: the day of the dispatch is not the meeting's.
        let words = dispatched.map_or(paragraph.as_str(), |(_, behind)| &paragraph[behind..]);
        let published = dispatched.map(|(day, _)| day).or(published);
        if let Some(days) = published.and_then(|day| days_alone(words, day)) {
            return Answer::Days(days);
        }
        if let Some(days) = told_in(words, years, published, index == 0) {
            return Answer::Days(days);
        }
        if let Some(days) = published.and_then(|day| clause_day(words, day)) {
            return Answer::Days(days);
        }
        let opening: String = words.chars().take(60).collect();
        if let Some(day) = published {
            for (word, before) in [
                ("昨日", 1),
                ("昨天", 1),
                ("昨晚", 1),
                ("前天", 2),
                ("今日", 0),
                ("今天", 0),
                ("当日", 0),
                ("今晨", 0),
            ] {
                if opening.contains(word) && !in_somebodys_words(&opening, word) {
                    return day.checked_sub_days(Days::new(before)).map(DateRange::day).into();
                }
            }
        }
        if index < 2 && is_the_other_day(&opening) {
            return Answer::Unknown;
        }
    }
    Answer::Nothing
}

/// 日前, 近日; 4月20日前 is a deadline.
fn is_the_other_day(opening: &str) -> bool {
    THE_OTHER_DAY.iter().any(|word| {
        opening.match_indices(word).any(|(at, _)| {
            let before = opening[..at].chars().next_back();
            !before.is_some_and(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(c))
        })
    })
}

fn in_somebodys_words(opening: &str, word: &str) -> bool {
    let at = opening.find(word).unwrap_or(0);
    begins_words(&opening[..at])
}

/// Whether somebody's words have begun: behind a quotation mark or a cue.
fn begins_words(before: &str) -> bool {
    // “一楼怎么办?”昨天下午,…: words that are at their end before it.
    let open = before.matches('“').count() > before.matches('”').count() || before.matches('"').count() % 2 == 1;
    open || super::attribution::first_cue(before).is_some()
}

/// The day that a paragraph of the lead tells: at the beginning of a sentence, or in one that says that something was
/// held; never a deadline, nor a day in somebody's words.
fn told_in(paragraph: &str, years: &Years, published: Option<NaiveDate>, first: bool) -> Option<DateRange> {
    let mut weak = None;
    let compiled = compiled(paragraph);
    for sentence in sentences(paragraph) {
        let words = sentence.of(paragraph);
        for date in dates_in(words) {
            if is_aside(words, &date) || is_compiled(words, &date) || begins_words(&words[..date.span.start()]) {
                continue;
            }
            let near = || compiled.and_then(|day| close_to(day, &date));
            let Some(days) = years.resolve_in(&date, words).or_else(near) else {
                continue;
            };
            // Told on the day, of a day to come.
            if published.is_some_and(|day| days.start() > day) {
                continue;
            }
            let opens = words[..date.span.start()].chars().filter(|c| c.is_alphabetic()).count() <= OPENING;
            let clause_held = HELD.iter().any(|held| words[date.span.end()..].contains(held));
            if opens || clause_held {
                return Some(days);
            }
            weak = weak.or(Some(days));
        }
    }
    weak.filter(|_| first)
}

/// What whoever put a paper together says behind the day on which they did: (市委办公室 2025年2月10日编).
const COMPILED: [&str; 6] = ["编", "编印", "整理", "摘编", "摘录", "供稿"];

/// Whether a date is when a paper was put together.
fn is_compiled(words: &str, date: &WrittenDate) -> bool {
    let behind = words[date.span.end()..].trim_start();
    COMPILED
        .iter()
        .any(|word| behind.strip_prefix(word).is_some_and(|rest| rest.starts_with(')')))
}

/// The day on which a paper was put together, where a paragraph tells it with its year.
fn compiled(paragraph: &str) -> Option<NaiveDate> {
    let mut dates = dates_in(paragraph).into_iter();
    let date = dates.find(|date| date.year().is_some() && is_compiled(paragraph, date))?;
    date.resolve(None).map(DateRange::start)
}

/// Letters that may stand before the day that opens a sentence: 本报讯(记者 …).
const OPENING: usize = 16;

/// The day of a dispatch that a lead begins with (本网东乡5月30日电), and the byte behind it.
fn dispatch(lead: &str, years: &Years) -> Option<(NaiveDate, usize)> {
    let first = dates_in(lead).into_iter().next()?;
    let behind = &lead[first.span.end()..];
    let word = ["讯", "电"].into_iter().find(|word| behind.starts_with(word))?;
    let near = lead[..first.span.start()].chars().count() <= 20;
    let day = years.resolve(&first)?.start();
    near.then_some((day, first.span.end() + word.len()))
}

/// Days without a month near a paragraph's beginning (29日上午, 6日至7日), or that open one of its clauses (11日下午,…):
/// those last before the day of publication.
fn days_alone(paragraph: &str, published: NaiveDate) -> Option<DateRange> {
    let opening: String = paragraph.chars().take(24).collect();
    let at = opening.find('日')?;
    let before = opening[..at].trim_end_matches(|c: char| c.is_ascii_digit());
    if before.ends_with(['月', '-', '—', '至', '/', '.', '于', '到']) {
        return None;
    }
    let first: u32 = opening[before.len()..at].parse().ok()?;
    let rest = opening[at + '日'.len_utf8()..].trim_start_matches(['至', '—', '-', '到']);
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let last: u32 = match rest[digits..].starts_with('日') {
        true => rest[..digits].parse().unwrap_or(first),
        false => first,
    };
    let month = if last <= published.day() {
        published
    } else {
        published.checked_sub_months(chrono::Months::new(1))?
    };
    let day = |day: u32| month.with_day(day);
    Some(DateRange::new(day(first)?, day(last)?))
}

/// A part of a day that says that the day before it is one: 11日下午,….
const PARTS_OF_DAY: [&str; 4] = ["上午", "下午", "晚", "凌晨"];

/// A day without a month that opens a clause (为确保顺利进行,11日下午,…): the last before the day of publication.
fn clause_day(paragraph: &str, published: NaiveDate) -> Option<DateRange> {
    let first = clauses(paragraph).into_iter().take(CLAUSES).find_map(|clause| {
        let words = clause.of(paragraph);
        let behind = words.trim_start_matches(|c: char| c.is_ascii_digit());
        let day: u32 = words[..words.len() - behind.len()].parse().ok()?;
        let part = PARTS_OF_DAY
            .iter()
            .any(|part| behind.strip_prefix('日').is_some_and(|rest| rest.starts_with(part)));
        (part && !begins_words(&paragraph[..clause.start()])).then_some(day)
    })?;
    let month = if first <= published.day() {
        published
    } else {
        published.checked_sub_months(chrono::Months::new(1))?
    };
    month.with_day(first).map(DateRange::day)
}

/// How many clauses of a paragraph are looked into for such a day.
const CLAUSES: usize = 12;
