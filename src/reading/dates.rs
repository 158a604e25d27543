//! Dates as papers write them: `5月29—30日`, `2024年3月31日至4月2日`, `2024-03-05`, `25年3月18日`, `2025 年 3 月 18 日`,
//! `二○二五年三月十八日`, and `2O25年3月l8日` of a scan.

use chrono::NaiveDate;

use crate::meeting::DateRange;
use crate::text::Span;

/// A date as it stands in (folded) text; the year may be missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WrittenDate {
    /// Where it stands.
    pub span: Span,
    year: Option<i32>,
    first: (u32, u32),
    last: (u32, u32),
    last_year: Option<i32>,
}

impl WrittenDate {
    /// The days meant, with `year` where none is written; `None` where there is no such day.
    pub fn resolve(&self, year: Option<i32>) -> Option<DateRange> {
        let year = self.year.or(year)?;
        let start = NaiveDate::from_ymd_opt(year, self.first.0, self.first.1)?;
        let mut last_year = self.last_year.unwrap_or(year);
        if self.last_year.is_none() && self.last < self.first {
            last_year += 1;
        }
        let end = NaiveDate::from_ymd_opt(last_year, self.last.0, self.last.1)?;
        Some(DateRange::new(start, end))
    }

    /// The year that is written.
    pub fn year(&self) -> Option<i32> {
        self.year
    }
}

/// All dates with a day in folded `text`, in order.
pub fn dates_in(text: &str) -> Vec<WrittenDate> {
    let mended = without_scan_errors(text);
    let text = mended.as_str();
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..]
        .find(|c: char| c.is_ascii_digit() || is_numeral(c))
        .map(|at| from + at)
    {
        // A part of an address or a number: /2024/08/29/, GK-2022-05-24.
        let of_code = text[..at].ends_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '_' | '-' | '.'));
        let mut scan = Scan { text, at };
        if let Some(date) = scan.date().filter(|date| !of_code || date.span.of(text).contains('月')) {
            found.push(date);
            from = scan.at;
        } else {
            // Past the whole number, so that 12023年 is not read as 2023年.
            from = at
                + text[at..]
                    .find(|c: char| !c.is_ascii_digit() && !is_numeral(c))
                    .unwrap_or(text.len() - at);
        }
    }
    found
}

/// The years written in folded `text`: `2023年`, `2024-03-05`.
pub fn years_in(text: &str) -> Vec<i32> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices(|c: char| c.is_ascii_digit() || is_numeral(c)) {
        if text[..at].ends_with(|c: char| c.is_ascii_digit() || is_numeral(c)) {
            continue;
        }
        let mut scan = Scan { text, at };
        if let Some(year) = scan.number(4).filter(|year| (1949..2100).contains(year))
            && scan.take(&["年", "-", "/", "."])
        {
            found.push(year as i32);
        }
    }
    found
}

/// The months written without a day in folded `text`, with their years where these are written: `2023年5月`, `五月`.
pub fn months_in(text: &str) -> Vec<(Option<i32>, u32)> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices(|c: char| c.is_ascii_digit() || is_numeral(c)) {
        if text[..at].ends_with(|c: char| c.is_ascii_digit() || is_numeral(c)) {
            continue;
        }
        let mut scan = Scan { text, at };
        if let Some(month) = scan.number(2).filter(|month| (1..=12).contains(month))
            && scan.take(&["月"])
            && !text[scan.at..].starts_with(|c: char| c.is_ascii_digit() || is_numeral(c))
            // 四月到八月 is a time of the year, and no meeting's.
            && !text[scan.at..].starts_with(['到', '至'])
            && !text[..at].ends_with(['到', '至'])
        {
            let year = text[..at].strip_suffix('年').and_then(|before| {
                let digits = before
                    .trim_end_matches(|c: char| c.is_ascii_digit() || is_numeral(c))
                    .len();
                years_in(&text[digits..at]).first().copied()
            });
            found.push((year, month));
        }
    }
    found
}

struct Scan<'t> {
    text: &'t str,
    at: usize,
}

impl Scan<'_> {
    fn date(&mut self) -> Option<WrittenDate> {
        let start = self.at;
        let (year, month, day) = self.day(None)?;
        let mut last = (month, day);
        let mut last_year = None;
        let end_of_first = self.at;
        let with_unit = self.text[start..end_of_first].ends_with(['日', '号']);
        self.skip_space();
        self.skip_part_of_day();
        if self.dash() {
            self.skip_space();
            if let Some((other_year, other_month, other_day)) = self.day(Some(month)) {
                last = (other_month, other_day);
                last_year = other_year;
            } else {
                self.at = end_of_first;
            }
        } else {
            self.at = end_of_first;
        }
        let ranged = self.at > end_of_first;
        // 3.6.3, 12.5%: 25.3.18 is no day, 25年3月18日 is one.
        let chinese = self.text[start..self.at].contains('月');
        // 5月29 alone is no date; 5月29—30日 is.
        if chinese && !with_unit && !ranged {
            return None;
        }
        Some(WrittenDate {
            span: Span::new(start, self.at),
            year,
            first: (month, day),
            last,
            last_year,
        })
    }

    /// A day; the month may be missing where `month` is given.
    fn day(&mut self, month: Option<u32>) -> Option<(Option<i32>, u32, u32)> {
        let start = self.at;
        let number = self.number(4)?;
        let digits = self.at - start;
        self.skip_space_before(&["年", "月", "日", "号"]);
        // 25年3月18日: the year of an office's paper, cut short.
        let cut_short = digits == 2 && (0..50).contains(&number) && self.text[self.at..].starts_with('年');
        if (1949..2100).contains(&number) || cut_short {
            let number = if cut_short { number + 2000 } else { number };
            if self.take(&["年"]) {
                // 2023年/9月/14日 of a newspaper's page.
                self.take(&["/"]);
                self.skip_space();
                let Some(month) = self.number(2) else {
                    return self.back(start);
                };
                self.skip_space_before(&["月"]);
                if !self.take(&["月"]) {
                    return self.back(start);
                }
                self.take(&["/"]);
                self.skip_space();
                return self.day_of(month, start).map(|day| (Some(number as i32), month, day));
            }
            let mark = ["-", "/", "."]
                .into_iter()
                .find(|mark| self.text[self.at..].starts_with(mark))?;
            self.at += 1;
            let (Some(month), true) = (self.number(2), self.take(&[mark])) else {
                return self.back(start);
            };
            let Some(day) = self.number(2) else {
                return self.back(start);
            };
            let fits = (1..=12).contains(&month) && (1..=31).contains(&day);
            return if fits {
                Some((Some(number as i32), month, day))
            } else {
                self.back(start)
            };
        }
        if (1..=12).contains(&number) && self.take(&["月"]) {
            self.skip_space();
            return self.day_of(number, start).map(|day| (None, number, day));
        }
        match month {
            Some(month) if (1..=31).contains(&number) && self.take(&["日", "号"]) => Some((None, month, number)),
            _ => self.back(start),
        }
    }

    fn day_of(&mut self, month: u32, start: usize) -> Option<u32> {
        let Some(day) = self
            .number(2)
            .filter(|day| (1..=31).contains(day) && (1..=12).contains(&month))
        else {
            self.at = start;
            return None;
        };
        self.skip_space_before(&["日", "号"]);
        self.take(&["日", "号"]);
        Some(day)
    }

    fn back(&mut self, to: usize) -> Option<(Option<i32>, u32, u32)> {
        self.at = to;
        None
    }

    fn number(&mut self, digits: usize) -> Option<u32> {
        let rest = &self.text[self.at..];
        let ascii = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if (1..=digits).contains(&ascii) {
            self.at += ascii;
            return rest[..ascii].parse().ok();
        }
        // 二O二五: a letter in the place of the zero.
        let in_numeral = |at: usize, c: char| is_numeral(c) || at > 0 && matches!(c, 'O' | 'o' | '0');
        let han: String = rest
            .chars()
            .enumerate()
            .take_while(|(at, c)| in_numeral(*at, *c))
            .map(|(_, c)| c)
            .collect();
        let value = chinese_number(&han)?;
        self.at += han.len();
        Some(value)
    }

    fn take(&mut self, marks: &[&str]) -> bool {
        let hit = marks.iter().find(|mark| self.text[self.at..].starts_with(**mark));
        self.at += hit.map_or(0, |mark| mark.len());
        hit.is_some()
    }

    fn dash(&mut self) -> bool {
        let hit = ["——", "—", "-", "~", "至", "到", "、", "和"]
            .iter()
            .find(|mark| self.text[self.at..].starts_with(**mark));
        self.at += hit.map_or(0, |mark| mark.len());
        hit.is_some()
    }

    /// (星期二) and 上午 between the days of a range: 3月18日下午至19日上午.
    fn skip_part_of_day(&mut self) {
        let start = self.at;
        if self.take(&["(星期", "(周"]) {
            match self.text[self.at..].find(')').filter(|close| *close <= 6) {
                Some(close) => self.at += close + 1,
                None => self.at = start,
            }
        }
        self.take(&["上午", "下午", "晚上", "晚"]);
        self.skip_space();
    }

    fn skip_space_before(&mut self, units: &[&str]) {
        let rest = &self.text[self.at..];
        let bare = rest.trim_start_matches(' ');
        if units.iter().any(|unit| bare.starts_with(unit)) {
            self.at += rest.len() - bare.len();
        }
    }

    fn skip_space(&mut self) {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start_matches(' ').len();
    }
}

/// What a scan takes for letters is a digit again, each byte in its place: 2O25年3月l8日.
fn without_scan_errors(text: &str) -> String {
    let is_wrong = |c: char| matches!(c, 'O' | 'o' | 'l' | 'I');
    if !text.contains(is_wrong) {
        return text.to_owned();
    }
    let mut mended = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit() || is_wrong(c)) {
        let run = rest[at..].len()
            - rest[at..]
                .trim_start_matches(|c: char| c.is_ascii_digit() || is_wrong(c))
                .len();
        let (word, behind) = (&rest[at..at + run], &rest[at + run..]);
        let before = mended
            .chars()
            .next_back()
            .filter(|_| at == 0)
            .or(rest[..at].chars().next_back());
        let unit = behind.trim_start_matches(' ').starts_with(['年', '月', '日']);
        let of_date = unit
            && !before.is_some_and(|c| c.is_ascii_alphabetic())
            && (word.contains(|c: char| c.is_ascii_digit()) || before.is_some_and(|c| matches!(c, '年' | '月')));
        mended.push_str(&rest[..at]);
        if of_date {
            mended.extend(word.chars().map(|c| match c {
                'O' | 'o' => '0',
                'l' | 'I' => '1',
                _ => c,
            }));
        } else {
            mended.push_str(word);
        }
        rest = behind;
    }
    mended.push_str(rest);
    mended
}

fn is_numeral(c: char) -> bool {
    "零一二三四五六七八九十".contains(c)
}

/// 二零二四, 三十一, 十; up to four digits or two with 十.
pub fn chinese_number(text: &str) -> Option<u32> {
    let digit = |c: char| match c {
        'O' | 'o' | '0' => Some(0),
        _ => "零一二三四五六七八九".chars().position(|d| d == c).map(|at| at as u32),
    };
    if text.is_empty() || text.chars().count() > 4 {
        return None;
    }
    if let Some((tens, ones)) = text.split_once('十') {
        let tens = if tens.is_empty() {
            1
        } else {
            digit(tens.chars().next()?)?
        };
        let ones = if ones.is_empty() {
            0
        } else {
            digit(ones.chars().next()?)?
        };
        return Some(tens * 10 + ones);
    }
    text.chars().try_fold(0, |value, c| Some(value * 10 + digit(c)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(text: &str, year: i32) -> Vec<String> {
        dates_in(text)
            .iter()
            .filter_map(|date| date.resolve(Some(year)))
            .map(|range| format!("{}..{}", range.start(), range.end()))
            .collect()
    }

    #[test]
    fn all_common_forms() {
        assert_eq!(days("5月29—30日,会议召开", 2023), ["2023-05-29..2023-05-30"]);
        assert_eq!(days("2024年3月31日至4月2日", 1999), ["2024-03-31..2024-04-02"]);
        assert_eq!(days("12月30日—1月2日", 2024), ["2024-12-30..2025-01-02"]);
        assert_eq!(days("发布于2024-03-05 10:20", 1999), ["2024-03-05..2024-03-05"]);
        assert_eq!(days("2024.03.05和2024/4/6", 1999), ["2024-03-05..2024-04-06"]);
        assert_eq!(days("二零二四年三月五日", 1999), ["2024-03-05..2024-03-05"]);
        assert_eq!(days("5月29日至30日上午", 2023), ["2023-05-29..2023-05-30"]);
    }

    #[test]
    fn forms_of_offices_and_scans() {
        let day = ["2025-03-18..2025-03-18"];
        for text in [
            "2025年3月18日",
            "2025 年 3 月 18 日",
            "25年3月18日",
            "2025.3.18",
            "2025/3/18",
            "2025-03-18",
            "二零二五年三月十八日",
            "二O二五年三月十八日",
            "2O25年3月l8日",
            "2025年/3月/18日",
        ] {
            assert_eq!(days(text, 1999), day, "{text}");
        }
        assert_eq!(days("2025年3月18日至20日", 1999), ["2025-03-18..2025-03-20"]);
        assert_eq!(days("3月18日(星期二)上午至19日下午", 2025), ["2025-03-18..2025-03-19"]);
        assert_eq!(days("2024年12月30日至2025年1月2日", 1999), ["2024-12-30..2025-01-02"]);
    }

    #[test]
    fn numbers_of_other_kinds_are_no_dates() {
        for text in [
            "见3.6.3节",
            "增长12.5%",
            "/2024/08/29/1460.html",
            "GK-2022-05-24",
            "21年来",
            "2021-2025年",
            "Ol月",
        ] {
            assert_eq!(days(text, 2025), [""; 0], "{text}");
        }
    }

    #[test]
    fn what_is_no_day_is_no_date() {
        assert_eq!(days("2月30日,3.5%,11383,13月1日,5月29", 2023), [""; 0]);
        assert_eq!(years_in("2023年咸阳,电话20235,2024-03"), [2023, 2024]);
    }
}
