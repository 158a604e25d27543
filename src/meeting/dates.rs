//! When a meeting was held.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A day, or days from the first to the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct DateRange {
    start: NaiveDate,
    end: NaiveDate,
}

impl DateRange {
    /// From the earlier of the two days to the later.
    pub fn new(one: NaiveDate, other: NaiveDate) -> DateRange {
        DateRange {
            start: one.min(other),
            end: one.max(other),
        }
    }

    /// One day.
    pub fn day(day: NaiveDate) -> DateRange {
        DateRange { start: day, end: day }
    }

    /// The first day.
    pub fn start(self) -> NaiveDate {
        self.start
    }

    /// The last day.
    pub fn end(self) -> NaiveDate {
        self.end
    }

    /// Whether the two share a day.
    pub fn overlaps(self, other: DateRange) -> bool {
        self.start <= other.end && other.start <= self.end
    }
}
