//! Days that a question names: by them it means the meetings that were held then.

use chrono::{Datelike, NaiveDate};

use crate::meeting::DateRange;
use crate::reading::{WrittenDate, dates_in, years_in};

/// Days that a question names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Days {
    /// 2023年5月29日, or the whole of 2023年.
    Range(DateRange),
    /// 5月29日 of any year.
    EachYear(WrittenDate),
}

impl Days {
    /// The first days named in a folded question.
    pub fn of(text: &str) -> Option<Days> {
        if let Some(written) = dates_in(text).into_iter().next() {
            let range = written.resolve(None).map(Days::Range);
            return Some(range.unwrap_or(Days::EachYear(written)));
        }
        let year = *years_in(text).first()?;
        let first = NaiveDate::from_ymd_opt(year, 1, 1)?;
        Some(Days::Range(DateRange::new(
            first,
            NaiveDate::from_ymd_opt(year, 12, 31)?,
        )))
    }

    /// Whether a meeting on these dates is meant.
    pub fn include(self, dates: DateRange) -> bool {
        match self {
            Days::Range(range) => range.overlaps(dates),
            Days::EachYear(written) => written
                .resolve(Some(dates.start().year()))
                .is_some_and(|range| range.overlaps(dates)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_years_mean_meetings() {
        let held = |month, day| DateRange::day(NaiveDate::from_ymd_opt(2023, month, day).unwrap());
        let includes = |question: &str, dates| Days::of(question).is_some_and(|days| days.include(dates));
        assert!(includes("2023年的会议说了什么", held(5, 29)));
        assert!(includes("5月29日的会", held(5, 29)) && !includes("5月29日的会", held(5, 30)));
        assert!(!includes("2024年5月29日的会", held(5, 29)));
        assert_eq!(Days::of("会议说了什么"), None);
    }
}
