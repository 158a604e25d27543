//! The time that users live by: China has one zone, wherever the machine stands. The core never asks for it.

use chrono::{DateTime, FixedOffset, NaiveDate, Utc};

/// China's offset from UTC in seconds.
const CHINA: i32 = 8 * 60 * 60;

/// Now, in China.
pub fn now() -> DateTime<FixedOffset> {
    let utc = Utc::now();
    match FixedOffset::east_opt(CHINA) {
        Some(china) => utc.with_timezone(&china),
        None => utc.fixed_offset(),
    }
}

/// Today, in China.
pub fn today() -> NaiveDate {
    now().date_naive()
}
