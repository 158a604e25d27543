//! Days that a question names and no calendar has: 2月30日, 2023年13月45日. Nothing was said on them, and to leave the odd part
//! out (2023年) would answer something else.

use chrono::NaiveDate;

use crate::reading::chinese_number;

/// The first such day in a (folded) question, as it stands there.
pub fn no_such_day(text: &str) -> Option<&str> {
    in_words(text).or_else(|| in_digits(text))
}

/// 2月30日, 2023年2月29号, 十三月四十五日.
fn in_words(text: &str) -> Option<&str> {
    text.match_indices('月').find_map(|(at, mark)| {
        let (before, month) = number_before(&text[..at])?;
        let after = at + mark.len();
        let (length, day) = number_behind(&text[after..])?;
        let unit = text[after + length..]
            .chars()
            .next()
            .filter(|c| matches!(c, '日' | '号'))?;
        let (start, year) = match text[..before].trim_end().strip_suffix('年').and_then(number_before) {
            Some((start, year)) => (start, Some(if year < 100 { year + 2000 } else { year })),
            None => (before, None),
        };
        let end = after + length + unit.len_utf8();
        (!exists(year, month, day)).then(|| &text[start..end])
    })
}

/// 2023-13-45, 2024/2/30.
fn in_digits(text: &str) -> Option<&str> {
    let of_code = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '/' | '.' | '_');
    text.split(|c: char| !of_code(c)).find_map(|code| {
        let mark = ['-', '/', '.']
            .into_iter()
            .find(|mark| code.matches(*mark).count() == 2)?;
        let parts: Vec<&str> = code.split(mark).collect();
        let [year, month, day] = parts[..] else { return None };
        let number = |part: &str, lengths: std::ops::RangeInclusive<usize>| {
            lengths
                .contains(&part.len())
                .then(|| part.parse::<u32>().ok())
                .flatten()
        };
        let (year, month, day) = (number(year, 4..=4)?, number(month, 1..=2)?, number(day, 1..=2)?);
        // Of 3.6.3 and of versions nobody asks for a day.
        let is_year = (1949..2100).contains(&year);
        (is_year && !exists(Some(year), month, day)).then_some(code)
    })
}

/// Whether there is such a day; without a year, in any.
fn exists(year: Option<u32>, month: u32, day: u32) -> bool {
    /// One with a 29th of February.
    const LEAP: i32 = 2024;
    let year = year.map_or(Some(LEAP), |year| i32::try_from(year).ok());
    year.and_then(|year| NaiveDate::from_ymd_opt(year, month, day))
        .is_some()
}

/// The number that a text ends with, and where it begins.
fn number_before(text: &str) -> Option<(usize, u32)> {
    let text = text.trim_end();
    let start = text.trim_end_matches(is_digit).len();
    Some((start, number(&text[start..])?))
}

/// The number that a text begins with, and how long it is, blanks around it included.
fn number_behind(text: &str) -> Option<(usize, u32)> {
    let blank = text.len() - text.trim_start().len();
    let long = text[blank..].find(|c: char| !is_digit(c)).unwrap_or(text.len() - blank);
    let end = blank + long;
    let behind = text[end..].len() - text[end..].trim_start().len();
    Some((end + behind, number(&text[blank..end])?))
}

fn number(digits: &str) -> Option<u32> {
    match digits.len() {
        0 => None,
        _ => digits
            .parse()
            .ok()
            .or_else(|| chinese_number(&digits.replace(['〇', '○'], "零"))),
    }
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || "〇○零一二三四五六七八九十廿卅".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_calendar_has_is_told_from_what_one_has_and_from_other_numbers() {
        for (typed, day) in [
            ("2023年13月45日的会说了什么", "2023年13月45日"),
            ("2月30日谁发了言", "2月30日"),
            ("青禾县 4 月 31 号说了什么", "4 月 31 号"),
            ("二○二三年二月二十九日的会", "二○二三年二月二十九日"),
            ("十三月四十五日", "十三月四十五日"),
            ("25年2月29日的会", "25年2月29日"),
            ("2023-13-45的会", "2023-13-45"),
            ("见2024/2/30", "2024/2/30"),
            ("5月0日", "5月0日"),
        ] {
            assert_eq!(no_such_day(typed), Some(day), "{typed}");
        }
        for typed in [
            "2月29日的会",
            "2024年2月29日谁发了言",
            "12月31号",
            "5月29—30日",
            "十二月三十一日",
            "2023-05-29",
            "版本3.13.45",
            "编号gk-2023-13-45",
            "5月40户",
            "三个月45日龄",
            "五月",
            "每月99元",
        ] {
            assert_eq!(no_such_day(typed), None, "{typed}");
        }
    }
}
