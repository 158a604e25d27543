//! Days that a question names: by them it means the meetings that were held then.

use std::borrow::Cow;
use std::sync::LazyLock;

use chrono::{Datelike, Days as DayCount, Months, NaiveDate};

use crate::meeting::DateRange;
use crate::reading::{WrittenDate, dates_in, months_in, years_in};
use crate::text::{Span, rows};

/// Days that a question names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Days {
    /// 2023年5月29日, or the whole of 2023年, or of 去年.
    Range(DateRange),
    /// 5月29日 of any year.
    EachYear(WrittenDate),
    /// 5月 of any year, as its number.
    EachMonth(u32),
}

/// Days that a question names, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedDays {
    /// Which.
    pub days: Days,
    /// The wording by which they are reckoned from today, and where it stands; `None` where they are written.
    pub reckoned: Option<(&'static str, Span)>,
}

/// Wordings for days reckoned from today, with unit and how many of it to go back.
static RELATIVE: LazyLock<Vec<(&str, Unit, u32)>> = LazyLock::new(|| {
    rows!("days.tsv", 3)
        .map(|row| match (Unit::from_word(row[1]), row[2].parse()) {
            (Some(unit), Ok(back)) => (row[0], unit, back),
            _ => row.wrong("no unit and number"),
        })
        .collect()
});

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Year,
    Month,
    Week,
    Day,
}

impl Unit {
    fn from_word(word: &str) -> Option<Unit> {
        Some(match word {
            "year" => Unit::Year,
            "month" => Unit::Month,
            "week" => Unit::Week,
            "day" => Unit::Day,
            _ => return None,
        })
    }

    /// The unit that lies `back` before the one of `today`.
    fn before(self, today: NaiveDate, back: u32) -> Option<DateRange> {
        match self {
            Unit::Year => year(today.year() - back as i32),
            Unit::Month => {
                let day = today.checked_sub_months(Months::new(back))?;
                month(day.year(), day.month())
            }
            Unit::Week => {
                let since_monday = today.weekday().num_days_from_monday();
                let monday = today.checked_sub_days(DayCount::new(u64::from(since_monday + 7 * back)))?;
                Some(DateRange::new(monday, monday.checked_add_days(DayCount::new(6))?))
            }
            Unit::Day => Some(DateRange::day(today.checked_sub_days(DayCount::new(u64::from(back)))?)),
        }
    }
}

/// Terms by which something is done, which are no meeting's days.
const TERMS: [&str; 18] = [
    "年起",
    "年开始",
    "月底之前",
    "月底以前",
    "年底之前",
    "年底以前",
    "月底到期",
    "前到期",
    "月底前",
    "月前",
    "日前",
    "月以前",
    "日以前",
    "月之前",
    "日之前",
    "月起",
    "日起",
    "年底前",
];
/// How many days are a few.
const FEW: i64 = 7;
/// What stands behind a year that is no meeting's.
const TOLD_OF: [&str; 4] = ["以来", "年底", "底", "内"];

/// Whether the end of a month is named, by which something is done, and no meeting: 今年9月底搬.
fn names_end_of_month(text: &str) -> bool {
    text.match_indices("月底").any(|(at, word)| {
        text[..at].ends_with(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c))
            && !text[at + word.len()..].trim_start_matches('的').starts_with('那')
            && !text.contains("会")
    })
}

impl NamedDays {
    /// Whether they are reckoned from today and no longer than a month: whoever speaks so means when it was said.
    pub fn is_near(&self) -> bool {
        let Days::Range(range) = self.days else { return false };
        self.reckoned.is_some() && (range.end() - range.start()).num_days() <= 31
    }

    /// The month and the day, where it is one day.
    pub fn month_and_day(&self) -> Option<(u32, u32)> {
        /// One with a 29th of February.
        const LEAP: i32 = 2024;
        let day = match self.days {
            Days::Range(range) if range.start() == range.end() => range.start(),
            Days::EachYear(date) => date.resolve(Some(LEAP))?.start(),
            _ => return None,
        };
        Some((day.month(), day.day()))
    }

    /// Whether they are a day or a few, and not a month or a year.
    pub fn are_few(&self) -> bool {
        match self.days {
            Days::Range(range) => (range.end() - range.start()).num_days() <= FEW,
            Days::EachYear(_) => true,
            Days::EachMonth(_) => false,
        }
    }

    /// The first days named in a folded question; those reckoned from today only where `today` is known.
    pub fn of(text: &str, today: Option<NaiveDate>) -> Option<NamedDays> {
        // 10月底前, 6月1日起: by when something is to be done.
        if TERMS.iter().any(|term| text.contains(term)) || names_end_of_month(text) {
            return None;
        }
        let written = |days| NamedDays { days, reckoned: None };
        let relative = today.and_then(|today| {
            RELATIVE.iter().find_map(|(wording, unit, back)| {
                let at = text.find(wording)?;
                // 今年以来, 今年年底: of what is told, not of when a meeting was.
                if TOLD_OF.iter().any(|word| text[at + wording.len()..].starts_with(word)) {
                    return None;
                }
                let span = Span::new(at, at + wording.len());
                Some((*wording, span, *unit, unit.before(today, *back)?))
            })
        });
        if let Some(date) = dates_in(text).into_iter().next() {
            // 去年6月18日.
            let year = relative
                .as_ref()
                .filter(|(_, _, unit, _)| *unit == Unit::Year && date.year().is_none());
            let range = date.resolve(year.map(|(.., range)| range.start().year()));
            return Some(NamedDays {
                days: range.map_or(Days::EachYear(date), Days::Range),
                reckoned: year.map(|(wording, span, ..)| (*wording, *span)),
            });
        }
        let named = months_in(text).into_iter().next();
        if let Some((wording, span, unit, range)) = relative {
            let range = match named {
                Some((None, number)) if unit == Unit::Year => month(range.start().year(), number)?,
                _ => range,
            };
            return Some(NamedDays {
                days: Days::Range(range),
                reckoned: Some((wording, span)),
            });
        }
        let range = match (named, years_in(text).first()) {
            (Some((Some(year), number)), _) => month(year, number),
            (Some((None, number)), _) => return Some(written(Days::EachMonth(number))),
            (None, Some(number)) => year(*number),
            (None, None) => None,
        };
        range.map(Days::Range).map(written)
    }
}

impl Days {
    /// Whether a meeting on these dates is meant.
    pub fn include(self, dates: DateRange) -> bool {
        match self {
            Days::Range(range) => range.overlaps(dates),
            Days::EachYear(written) => written
                .resolve(Some(dates.start().year()))
                .is_some_and(|range| range.overlaps(dates)),
            Days::EachMonth(number) => month(dates.start().year(), number).is_some_and(|range| range.overlaps(dates)),
        }
    }

    /// As people write them: 2023年, 2023年5月, 5月29日.
    pub fn label(&self, text: &str) -> String {
        match self {
            Days::EachYear(written) => written.span.of(text).to_owned(),
            Days::EachMonth(number) => format!("{number}月"),
            Days::Range(range) => {
                let (start, end) = (range.start(), range.end());
                if year(start.year()) == Some(*range) {
                    format!("{}年", start.year())
                } else if month(start.year(), start.month()) == Some(*range) {
                    format!("{}年{}月", start.year(), start.month())
                } else if start == end {
                    day_label(start)
                } else {
                    format!("{}至{}", day_label(start), day_label(end))
                }
            }
        }
    }

    /// What a text that speaks of them holds: one of these.
    pub fn forms(&self, text: &str) -> Vec<String> {
        let mut forms = vec![self.label(text)];
        if matches!(self, Days::EachYear(_)) {
            // Reports write 日 where people say 号.
            let written = forms[0].replace('号', "日");
            if written != forms[0] {
                forms.push(written);
            }
        }
        if let Days::Range(range) = self {
            let start = range.start();
            if year(start.year()) == Some(*range) {
                forms.push(start.year().to_string());
            } else if range.start() == range.end() {
                forms.push(format!("{}月{}日", start.month(), start.day()));
                forms.push(start.to_string());
            }
        }
        forms
    }
}

/// What stands behind a day that is written with a point: 7.9那天, 7.9晚上.
const BEHIND_A_DAY: [&str; 8] = ["那天", "那次", "那场", "号", "日", "晚", "当天", "的会"];
/// What stands behind a number of years, and no year: 24年来.
const BEHIND_YEARS: [&str; 8] = ["来", "间", "多", "以", "内", "期", "了", "的时间"];

/// The eras of `eras.tsv`, of which a number behind them is a year.
static ERAS: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| rows!("eras.tsv", 1).flat_map(|row| row[0].split(' ')).collect());

/// A question with its years and days as reports write them: 24年4月 is 2024年4月, 7.9那天 is 7月9日那天.
pub fn written_out(typed: &str) -> Cow<'_, str> {
    let digit = |c: char| c.is_ascii_digit();
    let mut text = String::new();
    let mut rest = typed;
    while let Some(at) = rest.find(digit) {
        let number: &str = &rest[at..at + rest[at..].find(|c: char| !digit(c)).unwrap_or(rest.len() - at)];
        let behind = &rest[at + number.len()..];
        text.push_str(&rest[..at]);
        let day = behind.strip_prefix(['.', '·']).and_then(|behind| {
            let day = &behind[..behind.find(|c: char| !digit(c)).unwrap_or(behind.len())];
            let of_year =
                |number: &str, most: u32| number.parse().is_ok_and(|number: u32| (1..=most).contains(&number));
            let after = &behind[day.len()..];
            let named = BEHIND_A_DAY.iter().any(|word| after.starts_with(word));
            (of_year(number, 12) && of_year(day, 31) && named).then_some((day, after))
        });
        match (day, behind.strip_prefix('年')) {
            (Some((day, after)), _) => {
                text.push_str(&format!("{number}月{day}日"));
                rest = after.strip_prefix(['号', '日']).unwrap_or(after);
                continue;
            }
            // 3年 and 50年 last; this century's years are meant.
            (_, Some(after))
                if number.len() == 2
                    && !ERAS.iter().any(|era| text.ends_with(era))
                    && (10..=39).contains(&number.parse().unwrap_or(0))
                    && !BEHIND_YEARS.iter().any(|word| after.starts_with(word))
                    && !text.ends_with(['了', '近', '约', '这', '过', '前', '后', '达']) =>
            {
                text.push_str("20");
            }
            _ => {}
        }
        text.push_str(number);
        rest = behind;
    }
    if text.is_empty() {
        return Cow::Borrowed(typed);
    }
    text.push_str(rest);
    Cow::Owned(text)
}

fn day_label(day: NaiveDate) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

/// The whole of a year.
fn year(year: i32) -> Option<DateRange> {
    Some(DateRange::new(
        NaiveDate::from_ymd_opt(year, 1, 1)?,
        NaiveDate::from_ymd_opt(year, 12, 31)?,
    ))
}

/// The whole of a month.
fn month(year: i32, number: u32) -> Option<DateRange> {
    let first = NaiveDate::from_ymd_opt(year, number, 1)?;
    let last = first.checked_add_months(Months::new(1))?.pred_opt()?;
    Some(DateRange::new(first, last))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn days_and_years_mean_meetings() {
        let held = |month, of_month| DateRange::day(day(2023, month, of_month));
        let includes =
            |question: &str, dates| NamedDays::of(question, None).is_some_and(|named| named.days.include(dates));
        assert!(includes("2023年的会议说了什么", held(5, 29)));
        assert!(includes("5月29日的会", held(5, 29)) && !includes("5月29日的会", held(5, 30)));
        assert!(!includes("2024年5月29日的会", held(5, 29)));
        assert!(includes("五月的会", held(5, 3)) && !includes("五月的会", held(6, 3)));
        assert!(includes("2023年5月的会", held(5, 3)) && !includes("2024年5月的会", held(5, 3)));
        assert_eq!(NamedDays::of("会议说了什么", None), None);
        assert_eq!(NamedDays::of("用了3个月", None), None);
    }

    #[test]
    fn days_may_be_reckoned_from_today() {
        let today = day(2024, 3, 31);
        let range = |question| match NamedDays::of(question, Some(today)).map(|named| named.days) {
            Some(Days::Range(range)) => (range.start().to_string(), range.end().to_string()),
            other => panic!("{question}: {other:?}"),
        };
        let days = |from: &str, to: &str| (from.to_owned(), to.to_owned());
        assert_eq!(range("去年的会议"), days("2023-01-01", "2023-12-31"));
        assert_eq!(range("去年五月的会议"), days("2023-05-01", "2023-05-31"));
        assert_eq!(range("去年6月18日的会议"), days("2023-06-18", "2023-06-18"));
        assert_eq!(range("上个月开了什么会"), days("2024-02-01", "2024-02-29"));
        assert_eq!(range("上周的会"), days("2024-03-18", "2024-03-24"));
        assert_eq!(range("大前天的会"), days("2024-03-28", "2024-03-28"));
        assert_eq!(NamedDays::of("去年的会议", None), None);
    }

    #[test]
    fn days_are_called_as_people_write_them() {
        for (question, label) in [
            ("2023年的会", "2023年"),
            ("2023年5月的会", "2023年5月"),
            ("2023-05-29的会", "2023年5月29日"),
            ("5月29日的会", "5月29日"),
            ("五月的会", "5月"),
        ] {
            assert_eq!(NamedDays::of(question, None).unwrap().days.label(question), label);
        }
    }

    #[test]
    fn every_line_of_the_data_is_understood() {
        assert_eq!(RELATIVE.len(), rows!("days.tsv", 3).count());
    }

    #[test]
    fn years_and_days_are_written_out() {
        assert_eq!(written_out("24年4月18号那次会"), "2024年4月18号那次会");
        assert_eq!(written_out("增长目标25年定的多少"), "增长目标2025年定的多少");
        assert_eq!(written_out("7.9那天晚上"), "7月9日那天晚上");
        for text in [
            "干了24年了",
            "民国29年",
            "近20年",
            "2024年",
            "3年内",
            "增长7.9个百分点",
            "30年来的变化",
        ] {
            assert_eq!(written_out(text), text);
        }
    }
}
