//! The year of a day that a paper writes without one: from the day of publication, the document's number, the title, the
//! lead's first sentence, the file's name, the folder; never from somebody's words (2020年以来).

use chrono::{Datelike, NaiveDate};

use super::dates::{WrittenDate, dates_in};
use super::days::year_in;
use super::facts::Sources;
use super::front_matter::Field;
use super::paper::{Line, LineKind};
use crate::meeting::DateRange;
use crate::text::{fold_str, sentences};

/// What a file says of the year of its days.
#[derive(Debug)]
pub struct Years {
    near: Option<NaiveDate>,
    named: Option<i32>,
    name: Option<InName>,
    folder: Option<i32>,
}

impl Years {
    /// Of a file whose title is known.
    pub fn of(sources: &Sources<'_>, title: &str, published: Option<NaiveDate>) -> Years {
        let head = sources.front.get(Field::Date).map(fold_str);
        let of_head = head.and_then(|date| year_in(&format!("{date}-")));
        let of_year = sources
            .front
            .get(Field::Year)
            .and_then(|year| year.trim_end_matches('年').trim().parse().ok());
        let name = in_name(&super::title::of_file(sources.origin.file));
        Years {
            near: published.filter(|_| of_head.is_none()),
            named: of_head
                .or(of_year)
                .or_else(|| named(sources.lines, title, &sources.lead)),
            name,
            folder: sources.origin.folder.and_then(|folder| folder.year),
        }
    }

    /// The days of a written date.
    pub fn resolve(&self, date: &WrittenDate) -> Option<DateRange> {
        if date.year().is_some() {
            return date.resolve(None);
        }
        if let Some(near) = self.near {
            return close_to(near, date);
        }
        if let Some(year) = self.named {
            return date.resolve(Some(year));
        }
        match self.name {
            Some(InName::Day(day)) => close_to(day, date),
            Some(InName::Year(year)) => date.resolve(Some(year)),
            _ => date.resolve(self.folder),
        }
    }

    /// The days of a date of a folded sentence, which may tell its year itself: 8月9日,2024年第三次协商会召开.
    pub fn resolve_in(&self, date: &WrittenDate, sentence: &str) -> Option<DateRange> {
        self.resolve(date).or_else(|| {
            let own = super::attribution::first_cue(sentence).map_or(sentence, |cue| &sentence[..cue]);
            date.resolve(Some(told_year(own)?))
        })
    }

    /// The day that the file's name gives.
    pub fn of_file_name(&self) -> Option<DateRange> {
        match self.name? {
            InName::Day(day) => Some(DateRange::day(day)),
            InName::MonthDay(date) => {
                let year = self.near.map(|day| day.year()).or(self.named).or(self.folder)?;
                date.resolve(Some(year))
            }
            InName::YearMonthDay(year, month, day) => NaiveDate::from_ymd_opt(year, month, day).map(DateRange::day),
            InName::Year(_) => None,
        }
    }
}

/// The day in the year of `near`, or in that before where it would lie far ahead: 12月28日 on a page of January.
pub(super) fn close_to(near: NaiveDate, date: &WrittenDate) -> Option<DateRange> {
    /// More days ahead than anybody is told of on a page about it.
    const AHEAD: i64 = 150;
    let days = date.resolve(Some(near.year()))?;
    if (days.start() - near).num_days() > AHEAD {
        return date.resolve(Some(near.year() - 1));
    }
    Some(days)
}

/// The year that the paper's own lines name: its number, its title, a short line at its head or foot, the first sentence.
fn named(lines: &[Line], title: &str, lead: &[String]) -> Option<i32> {
    let foot = lines.len().saturating_sub(8);
    let number = lines
        .iter()
        .take(20)
        .filter(|line| line.kind == LineKind::Number)
        .find_map(|line| year_alone(&line.words));
    let short = |line: &&Line| {
        matches!(
            line.kind,
            LineKind::Words | LineKind::Number | LineKind::Furniture | LineKind::Masthead
        ) && line.words.chars().count() <= 60
    };
    number
        .or_else(|| year_of_title(&fold_str(title)))
        .or_else(|| {
            lines
                .iter()
                .take(12)
                .filter(short)
                .find_map(|line| told_year(&line.words))
        })
        .or_else(|| {
            // 3月18日,政协2025年第一次会议召开.
            lead.iter().take(2).find_map(|paragraph| {
                let first = sentences(paragraph).first()?.of(paragraph);
                let own = super::attribution::first_cue(first).map_or(first, |cue| &first[..cue]);
                told_year(own)
            })
        })
        .or_else(|| {
            lines[foot..]
                .iter()
                .filter(short)
                .find_map(|line| told_year(&line.words))
        })
}

/// A year in brackets or alone: 〔2024〕, (2025年第6期).
fn year_alone(words: &str) -> Option<i32> {
    let digits = |c: char| c.is_ascii_digit();
    words
        .split(|c: char| !digits(c))
        .filter(|run| run.len() == 4)
        .find_map(|run| run.parse().ok().filter(|year| (1949..2100).contains(year)))
        .or_else(|| year_in(words))
}

/// 2025河谷杨梅节新闻发布会: a title may begin with a bare year.
fn year_of_title(title: &str) -> Option<i32> {
    let begins = title
        .trim_start_matches(|c: char| !c.is_alphanumeric())
        .get(..4)
        .filter(|run| run.chars().all(|c| c.is_ascii_digit()))
        .and_then(|run| run.parse().ok())
        .filter(|year| (1949..2100).contains(year));
    begins.or_else(|| told_year(title))
}

/// The first year that is no beginning, no end and no plan: not 2020年以来, 2025年底, 到2026年, 2021-2025年.
pub fn told_year(words: &str) -> Option<i32> {
    for (at, _) in words.match_indices('年') {
        let before = words[..at].trim_end();
        let start = before
            .trim_end_matches(|c: char| c.is_ascii_digit() || "零一二三四五六七八九".contains(c))
            .len();
        let Some(year) = year_in(&words[start..at + '年'.len_utf8()]) else {
            continue;
        };
        let behind = &words[at + '年'.len_utf8()..];
        let wrong_behind = [
            "以来", "来", "起", "间", "底", "末", "前", "初", "至", "到", "—", "-", "以后", "之前",
        ]
        .iter()
        .any(|word| behind.starts_with(word));
        let wrong_before = ["到", "至", "自", "从", "截至", "-", "—", "~"]
            .iter()
            .any(|word| words[..start].ends_with(word));
        if !wrong_behind && !wrong_before {
            return Some(year);
        }
    }
    None
}

/// What a file's name says of a day.
#[derive(Clone, Copy, Debug, PartialEq)]
enum InName {
    Day(NaiveDate),
    YearMonthDay(i32, u32, u32),
    MonthDay(WrittenDate),
    Year(i32),
}

/// 20240418安全例会, 2025-06-25防汛会, 250625, 2024.7.9, 3月18日纪要, 2025年防汛通稿0410, 会议纪要2024第12期.
fn in_name(name: &str) -> Option<InName> {
    let name = fold_str(name);
    if let Some(date) = dates_in(&name).into_iter().next() {
        return match date.resolve(None) {
            Some(days) => Some(InName::Day(days.start())),
            None if date.year().is_none() => Some(match year_in(&name) {
                Some(year) => date
                    .resolve(Some(year))
                    .map_or(InName::Year(year), |days| InName::Day(days.start())),
                None => InName::MonthDay(date),
            }),
            None => None,
        };
    }
    // 2025_03_18, 2025 03 18
    let runs: Vec<&str> = name
        .split(|c: char| !c.is_ascii_digit())
        .filter(|run| !run.is_empty())
        .collect();
    let day = |year: &str, month: &str, day: &str| {
        let year: i32 = year.parse().ok()?;
        let year = if year < 100 { year + 2000 } else { year };
        let known = (1990..2100).contains(&year);
        NaiveDate::from_ymd_opt(year, month.parse().ok()?, day.parse().ok()?).filter(|_| known)
    };
    let found = runs.iter().find_map(|run| match run.len() {
        8 => day(&run[..4], &run[4..6], &run[6..]),
        6 => day(&run[..2], &run[2..4], &run[4..]),
        _ => None,
    });
    let apart = || {
        runs.windows(3)
            .find(|three| three[0].len() == 4 && three[1].len() <= 2 && three[2].len() <= 2)
            .and_then(|three| day(three[0], three[1], three[2]))
    };
    if let Some(day) = found.or_else(apart) {
        return Some(InName::Day(day));
    }
    let year = runs
        .iter()
        .filter(|run| run.len() == 4)
        .find_map(|run| run.parse::<i32>().ok().filter(|year| (1990..2100).contains(year)));
    // 2025年防汛通稿0410
    let month_day = runs.iter().filter(|run| run.len() == 4).find_map(|run| {
        let (month, day) = (run[..2].parse().ok()?, run[2..].parse().ok()?);
        let fits = (1..=12).contains(&month) && (1..=31).contains(&day);
        fits.then_some((month, day))
    });
    match (year, month_day) {
        (Some(year), Some((month, day))) => Some(InName::YearMonthDay(year, month, day)),
        (Some(year), None) => Some(InName::Year(year)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(name: &str) -> Option<String> {
        let years = Years {
            near: None,
            named: None,
            name: in_name(name),
            folder: None,
        };
        years.of_file_name().map(|days| days.start().to_string())
    }

    #[test]
    fn days_in_names_of_files() {
        let right = |day: &str| Some(day.to_owned());
        assert_eq!(day("20240418安全例会"), right("2024-04-18"));
        assert_eq!(day("2025-06-25防汛会"), right("2025-06-25"));
        assert_eq!(day("250625防汛会商录音"), right("2025-06-25"));
        assert_eq!(day("2024.7.9视频调度会"), right("2024-07-09"));
        assert_eq!(day("2025年防汛通稿0410"), right("2025-04-10"));
        assert_eq!(day("2025年3月18日纪要"), right("2025-03-18"));
        assert_eq!(day("会议纪要_2025_03_18"), right("2025-03-18"));
        for none in [
            "3月18日纪要",
            "会议纪要2024第12期",
            "第98次常务会议",
            "通稿1120",
            "20241345",
            "13800138000",
        ] {
            assert_eq!(day(none), None, "{none}");
        }
    }

    #[test]
    fn a_year_that_is_spoken_of_is_not_the_papers() {
        assert_eq!(told_year("2025年第三次会议"), Some(2025));
        for words in [
            "2020年以来最重的洪涝",
            "到2026年建成",
            "2021-2025年规划",
            "2025年底前",
            "自2019年起",
        ] {
            assert_eq!(told_year(words), None, "{words}");
        }
        assert_eq!(year_alone("〔2024〕15号"), Some(2024));
        assert_eq!(year_of_title("2025河谷杨梅节发布会"), Some(2025));
    }
}
