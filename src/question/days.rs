//! Days that a question names: by them it means the meetings that were held then.

use std::sync::LazyLock;

use chrono::{Datelike, Days as DayCount, Months, NaiveDate};

use crate::meeting::DateRange;
use crate::reading::{WrittenDate, dates_in, months_in, years_in};
use crate::text::rows;

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

/// Wordings for days reckoned from today, with unit and how many of it to go back.
static RELATIVE: LazyLock<Vec<(&str, Unit, u32)>> = LazyLock::new(|| {
    rows(include_str!("days.tsv"))
        .filter_map(|row| match row.as_slice() {
            [wording, unit, back, ..] => Some((*wording, Unit::from_word(unit)?, back.parse().ok()?)),
            _ => None,
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

impl Days {
    /// The first days named in a folded question; those reckoned from today only where `today` is known.
    pub fn of(text: &str, today: Option<NaiveDate>) -> Option<Days> {
        if let Some(written) = dates_in(text).into_iter().next() {
            let range = written.resolve(None).map(Days::Range);
            return Some(range.unwrap_or(Days::EachYear(written)));
        }
        let relative = today.and_then(|today| {
            let (_, unit, back) = RELATIVE.iter().find(|(wording, ..)| text.contains(wording))?;
            Some((*unit, unit.before(today, *back)?))
        });
        let named = months_in(text).into_iter().next();
        let range = match (relative, named, years_in(text).first()) {
            (Some((Unit::Year, range)), Some((None, number)), _) => month(range.start().year(), number),
            (Some((_, range)), ..) => Some(range),
            (None, Some((Some(year), number)), _) => month(year, number),
            (None, Some((None, number)), _) => return Some(Days::EachMonth(number)),
            (None, None, Some(written)) => year(*written),
            (None, None, None) => None,
        };
        range.map(Days::Range)
    }

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
        let includes = |question: &str, dates| Days::of(question, None).is_some_and(|days| days.include(dates));
        assert!(includes("2023年的会议说了什么", held(5, 29)));
        assert!(includes("5月29日的会", held(5, 29)) && !includes("5月29日的会", held(5, 30)));
        assert!(!includes("2024年5月29日的会", held(5, 29)));
        assert!(includes("五月的会", held(5, 3)) && !includes("五月的会", held(6, 3)));
        assert!(includes("2023年5月的会", held(5, 3)) && !includes("2024年5月的会", held(5, 3)));
        assert_eq!(Days::of("会议说了什么", None), None);
        assert_eq!(Days::of("用了3个月", None), None);
    }

    #[test]
    fn days_may_be_reckoned_from_today() {
        let today = day(2024, 3, 31);
        let range = |question| match Days::of(question, Some(today)) {
            Some(Days::Range(range)) => (range.start().to_string(), range.end().to_string()),
            other => panic!("{question}: {other:?}"),
        };
        let days = |from: &str, to: &str| (from.to_owned(), to.to_owned());
        assert_eq!(range("去年的会议"), days("2023-01-01", "2023-12-31"));
        assert_eq!(range("去年五月的会议"), days("2023-05-01", "2023-05-31"));
        assert_eq!(range("上个月开了什么会"), days("2024-02-01", "2024-02-29"));
        assert_eq!(range("上周的会"), days("2024-03-18", "2024-03-24"));
        assert_eq!(range("大前天的会"), days("2024-03-28", "2024-03-28"));
        assert_eq!(Days::of("去年的会议", None), None);
    }

    #[test]
    fn every_line_of_the_data_is_understood() {
        assert_eq!(RELATIVE.len(), rows(include_str!("days.tsv")).count());
    }
}
