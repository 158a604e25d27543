//! On which days a meeting was held, by its labels, its lead and the day of its publication.

use chrono::{Days, NaiveDate};

use super::dates::{dates_in, years_in};
use super::facts::labelled;
use super::front_matter::{Field, FrontMatter};
use super::layout::{Kind, Layout};
use crate::meeting::DateRange;
use crate::text::fold_str;

/// The days of the meeting: those that the head or a label states, else those of the lead; open where only 日前 stands.
pub fn dates(
    text: &str,
    layout: &Layout,
    front: &FrontMatter,
    title: &str,
    lead: &[String],
    file_name: &str,
) -> Option<DateRange> {
    let all_years = || {
        let head: Vec<i32> = years_in(&fold_str(title))
            .into_iter()
            .chain(lead.iter().flat_map(|paragraph| years_in(paragraph)))
            .collect();
        head
    };
    let published = published(text, layout);
    let year_of_file = years_in(&format!(
        "{}-",
        file_name.chars().filter(|c| !c.is_alphabetic()).collect::<String>()
    ))
    .first()
    .copied();
    let year = front
        .get(Field::Date)
        .and_then(|date| years_in(&format!("{}-", fold_str(date))).first().copied())
        .or_else(|| published.map(|day| chrono::Datelike::year(&day)))
        .or_else(|| all_years().first().copied())
        .or(year_of_file);
    let of = |words: &str| dates_in(words).first().and_then(|date| date.resolve(year));
    let stated = front.get(Field::Date).map(fold_str).or_else(|| {
        labelled(
            text,
            layout,
            &[
                "会议时间",
                "时间",
                "日期",
                "会议日期",
                "访谈时间",
                "录音时间",
                "发布时间",
                "活动时间",
                "直播时间",
            ],
        )
        .map(|value| fold_str(&value))
    });
    if let Some(range) = stated.as_deref().and_then(of) {
        return Some(range);
    }
    let dispatched = lead.first().and_then(|first| dispatch(first, year));
    let published = dispatched.map(|(day, _)| day).or(published);
    for (index, paragraph) in lead.iter().take(2).enumerate() {
        // 郯城融媒2024年4月19日讯 4月18日下午,…: the day of the dispatch is not the meeting's.
        let (paragraph, year) = match dispatched {
            Some((day, behind)) if index == 0 => (&paragraph[behind..], Some(chrono::Datelike::year(&day))),
            _ => (paragraph.as_str(), year),
        };
        if let Some(range) = published.and_then(|day| days_alone(paragraph, day)) {
            return Some(range);
        }
        let paragraph_year = dates_in(paragraph).first().and_then(|date| date.year());
        if let Some(range) = dates_in(paragraph)
            .first()
            .and_then(|date| date.resolve(paragraph_year.or(year)))
        {
            return Some(range);
        }
        if let Some(day) = published {
            let opening = paragraph.chars().take(60).collect::<String>();
            if opening.contains("昨日") || opening.contains("昨天") {
                return day.checked_sub_days(Days::new(1)).map(DateRange::day);
            }
            if opening.contains("今日") || opening.contains("今天") {
                return Some(DateRange::day(day));
            }
        }
        if ["日前", "近日", "近期"]
            .iter()
            .any(|word| paragraph.chars().take(60).collect::<String>().contains(word))
        {
            return None;
        }
    }
    lead.iter().find_map(|paragraph| of(paragraph)).or_else(|| {
        let transcript = layout.blocks.iter().any(|block| matches!(block.kind, Kind::Turn(_)));
        let in_title = of(&fold_str(title));
        in_title.or_else(|| transcript.then(|| of(&fold_str(file_name))).flatten())
    })
}

/// The day of a dispatch that a lead begins with (本网东乡5月30日电), and the byte behind it.
fn dispatch(lead: &str, year: Option<i32>) -> Option<(NaiveDate, usize)> {
    let first = dates_in(lead).into_iter().next()?;
    let behind = &lead[first.span.end()..];
    let word = ["讯", "电"].into_iter().find(|word| behind.starts_with(word))?;
    let near = lead[..first.span.start()].chars().count() <= 20;
    let day = first.resolve(first.year().or(year))?.start();
    near.then_some((day, first.span.end() + word.len()))
}

/// Days without a month near a paragraph's beginning (29日上午, 6日至7日): those last before the day of publication.
fn days_alone(paragraph: &str, published: NaiveDate) -> Option<DateRange> {
    let opening: String = paragraph.chars().take(24).collect();
    let at = opening.find('日')?;
    let before = opening[..at].trim_end_matches(|c: char| c.is_ascii_digit());
    if before.ends_with(['月', '-', '—', '至', '/', '.']) {
        return None;
    }
    let first: u32 = opening[before.len()..at].parse().ok()?;
    let rest = opening[at + '日'.len_utf8()..].trim_start_matches(['至', '—', '-', '到']);
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let last: u32 = match rest[digits..].starts_with('日') {
        true => rest[..digits].parse().unwrap_or(first),
        false => first,
    };
    let month = if last <= chrono::Datelike::day(&published) {
        published
    } else {
        published.checked_sub_months(chrono::Months::new(1))?
    };
    let day = |day: u32| chrono::Datelike::with_day(&month, day);
    Some(DateRange::new(day(first)?, day(last)?))
}

/// The day of publication, from the page's furniture.
fn published(text: &str, layout: &Layout) -> Option<NaiveDate> {
    layout
        .blocks
        .iter()
        .filter(|block| matches!(block.kind, Kind::Furniture(_) | Kind::Heading | Kind::Label { .. }))
        .find_map(|block| {
            let line = fold_str(block.span.of(text));
            dates_in(&line)
                .first()
                .filter(|date| date.year().is_some())
                .and_then(|date| date.resolve(None))
                .map(DateRange::start)
        })
}
