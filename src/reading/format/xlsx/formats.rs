//! Number formats: which numbers are dates, and how a cell's number reads.

use std::collections::HashMap;

use crate::reading::ReadError;
use crate::reading::format::xml::{Token, Xml};

/// Styles of cells in one workbook; Excel's own bound is 65,490.
const MAX_CELL_STYLES: usize = 100_000;
/// The last day that Excel knows: the end of 9999.
const LAST_DAY: f64 = 2_958_466.0;
/// From the beginning of this system's days to the first of January 1970.
const DAYS_TO_1970: i64 = 25_569;
/// Days that the system of 1904 begins later.
const DAYS_TO_1904: i64 = 1_462;

/// How a cell's number is to be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shape {
    /// A number.
    #[default]
    Plain,
    /// A share of a hundred with so many places behind the point.
    Percent {
        /// Places behind the point.
        places: usize,
    },
    /// A date, a time, or both.
    Moment {
        /// Whether the day is shown, not only the month.
        day: bool,
        /// Whether a date is shown.
        date: bool,
        /// Whether a time is shown.
        time: bool,
    },
}

/// The formats of one workbook's cells.
#[derive(Debug, Default)]
pub struct Formats {
    /// By the number that a cell has for its style.
    shapes: Vec<Shape>,
    /// Whether days count from 1904, as on old Macs.
    pub from_1904: bool,
}

impl Formats {
    /// Reads `styles.xml`.
    pub fn read(mut xml: Xml<'_>) -> Result<Formats, ReadError> {
        let mut codes: HashMap<u32, Shape> = HashMap::new();
        let mut formats = Formats::default();
        let mut in_cells = false;
        loop {
            match xml.next()? {
                Token::Open(element) => match element.name() {
                    "numFmt" => {
                        if let (Some(id), Some(code)) = (element.number("numFmtId"), element.attr("formatCode")) {
                            codes.insert(id, shape_of_code(&code));
                        }
                    }
                    "cellXfs" => in_cells = true,
                    "xf" if in_cells => {
                        let id: u32 = element.number("numFmtId").unwrap_or(0);
                        let shape = codes.get(&id).copied().unwrap_or_else(|| shape_of_builtin(id));
                        formats.shapes.push(shape);
                    }
                    _ => {}
                },
                Token::Close(closing) if closing.name() == "cellXfs" => in_cells = false,
                Token::End => return Ok(formats),
                _ => {}
            }
            if formats.shapes.len() > MAX_CELL_STYLES || codes.len() > MAX_CELL_STYLES {
                return Err(ReadError::TooMuch { what: "styles" });
            }
        }
    }

    /// The number of a cell with this style, as it reads on the page.
    pub fn show(&self, style: usize, written: &str) -> String {
        let written = written.trim();
        let Ok(number) = written.parse::<f64>() else {
            return written.to_owned();
        };
        match self.shapes.get(style).copied().unwrap_or_default() {
            Shape::Plain => plain(written, number),
            Shape::Percent { places } if number.abs() < 1e9 => format!("{:.places$}%", number * 100.0),
            Shape::Percent { .. } => plain(written, number),
            Shape::Moment { day, date, time } => {
                let moment = Moment::of(number, self.from_1904).map(|moment| moment.show(day, date, time));
                moment.unwrap_or_else(|| plain(written, number))
            }
        }
    }
}

/// The number with the fifteen digits that Excel keeps: 0.3, where the file says 0.30000000000000004.
fn plain(written: &str, number: f64) -> String {
    if written.bytes().all(|byte| byte.is_ascii_digit()) {
        return written.to_owned();
    }
    let rounded: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    if rounded == 0.0 || (1e-9..1e21).contains(&rounded.abs()) {
        rounded.to_string()
    } else {
        written.to_owned()
    }
}

/// The formats that have a number but no code in the file; 27 to 36 and 50 to 58 are those of Chinese Excel.
fn shape_of_builtin(id: u32) -> Shape {
    let moment = |day, date, time| Shape::Moment { day, date, time };
    match id {
        9 => Shape::Percent { places: 0 },
        10 => Shape::Percent { places: 2 },
        14..=16 | 28..=31 | 51 | 53 | 54 | 58 => moment(true, true, false),
        17 | 27 | 36 | 50 | 52 | 57 => moment(false, true, false),
        18..=21 | 32..=35 | 45..=47 | 55 | 56 => moment(false, false, true),
        22 => moment(true, true, true),
        _ => Shape::Plain,
    }
}

/// What a format's code makes of a number, by the letters outside quotes and brackets of its first section.
fn shape_of_code(code: &str) -> Shape {
    let letters = bare_letters(code);
    let has = |letter: char| letters.contains(letter);
    if has('%') {
        let places = letters.split_once('.').map_or(0, |(_, behind)| {
            behind.chars().take_while(|c| matches!(c, '0' | '#')).count().min(15)
        });
        return Shape::Percent { places };
    }
    // `m` is a month beside a year or a day, and minutes beside hours or seconds. `[h]` stands for hours too.
    let time = has('h') || has('s');
    let date = has('y') || has('d') || has('e') && has('m') || has('m') && !time;
    // `General` has the letters of a year in it, as some count years.
    if letters.starts_with("general") || !(time || date) {
        return Shape::Plain;
    }
    Shape::Moment {
        day: has('d'),
        date,
        time,
    }
}

/// The code's first section in small letters, without what it shows literally: quoted, escaped, or a colour in brackets.
fn bare_letters(code: &str) -> String {
    let mut letters = String::new();
    let mut chars = code.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => {
                chars.by_ref().find(|c| *c == '"');
            }
            '\\' | '_' | '*' => {
                chars.next();
            }
            '[' => {
                let inside: String = chars.by_ref().take_while(|c| *c != ']').collect();
                if matches!(inside.to_lowercase().as_str(), "h" | "hh" | "m" | "mm" | "s" | "ss") {
                    letters.push_str(&inside.to_lowercase());
                }
            }
            ';' => break,
            _ => letters.extend(c.to_lowercase()),
        }
    }
    letters
}

/// A day and the seconds since it began.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Moment {
    /// Days since the first of January 1970; none for a bare time.
    day: Option<i64>,
    seconds: u32,
}

impl Moment {
    /// The moment that a serial number stands for, if it is one that Excel knows.
    fn of(serial: f64, from_1904: bool) -> Option<Moment> {
        if !(0.0..LAST_DAY).contains(&serial) {
            return None;
        }
        let seconds = (serial * 86_400.0).round() as u64;
        let whole = i64::try_from(seconds / 86_400).ok()?;
        let day = match (from_1904, whole) {
            (false, 0) => None,
            // Excel believes that 1900 had a 29th of February.
            (false, 1..60) => Some(whole + 1 - DAYS_TO_1970),
            (false, _) => Some(whole - DAYS_TO_1970),
            (true, _) => Some(whole + DAYS_TO_1904 - DAYS_TO_1970),
        };
        Some(Moment {
            day,
            seconds: (seconds % 86_400) as u32,
        })
    }

    fn show(self, with_day: bool, with_date: bool, with_time: bool) -> String {
        let date = self.day.filter(|_| with_date).map(|day| {
            let (year, month, day) = civil(day);
            if with_day {
                format!("{year:04}-{month:02}-{day:02}")
            } else {
                format!("{year:04}-{month:02}")
            }
        });
        match date {
            Some(date) if with_time && self.seconds > 0 => format!("{date} {}", clock(self.seconds)),
            Some(date) => date,
            None => clock(self.seconds),
        }
    }
}

fn clock(seconds: u32) -> String {
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if seconds == 0 {
        format!("{hours:02}:{minutes:02}")
    } else {
        format!("{hours:02}:{minutes:02}:{seconds:02}")
    }
}

/// Year, month and day of a day since 1970 (Howard Hinnant's `civil_from_days`).
fn civil(day: i64) -> (i64, i64, i64) {
    let day = day + 719_468;
    let era = day.div_euclid(146_097);
    let of_era = day.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let month = if shifted_month < 10 {
        shifted_month + 3
    } else {
        shifted_month - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, of_year - (153 * shifted_month + 2) / 5 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn formats(codes: &[&str]) -> Formats {
        Formats {
            shapes: codes.iter().map(|code| shape_of_code(code)).collect(),
            from_1904: false,
        }
    }

    #[test]
    fn numbers_read_by_their_format() {
        for (code, number, expected) in [
            ("General", "0.30000000000000004", "0.3"),
            ("General", "350000", "350000"),
            ("General", "1.5E+3", "1500"),
            ("General", "123456789012345678", "123456789012345678"),
            ("0.00E+00", "5", "5"),
            ("#,##0.00;[Red]-#,##0.00", "1234.5", "1234.5"),
            ("0.0%", "0.8512", "85.1%"),
            ("yyyy-mm-dd", "45734", "2025-03-18"),
            ("yyyy\"年\"m\"月\"d\"日\";@", "45734.75", "2025-03-18"),
            ("yyyy\"年\"m\"月\"", "45734", "2025-03"),
            ("[$-804]yyyy/m/d h:mm", "45734.375", "2025-03-18 09:00"),
            ("yyyy/m/d h:mm", "45734", "2025-03-18"),
            ("h:mm:ss", "0.5625", "13:30"),
            ("h:mm:ss", "45734.5625", "13:30"),
            ("[h]:mm", "0.0625", "01:30"),
            ("m/d/yy", "1", "1900-01-01"),
            ("m/d/yy", "61", "1900-03-01"),
            ("m/d/yy", "-3", "-3"),
            ("m/d/yy", "1e300", "1e300"),
            ("\"第\"0\"届\"", "12", "12"),
            ("m/d/yy", "待定", "待定"),
        ] {
            assert_eq!(formats(&[code]).show(0, number), expected, "{code} {number}");
        }
    }

    #[test]
    fn old_macs_count_from_1904() {
        let mut formats = formats(&["yyyy-mm-dd"]);
        formats.from_1904 = true;
        assert_eq!(formats.show(0, "0"), "1904-01-01");
        assert_eq!(formats.show(0, "44272"), "2025-03-18");
    }

    #[test]
    fn formats_come_from_the_styles_of_cells() {
        let source = r#"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/></numFmts>
            <cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>
            <cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="31"/></cellXfs></styleSheet>"#;
        let formats = Formats::read(Xml::new("xlsx", source.as_bytes())).unwrap();
        let shown: Vec<String> = (0..4).map(|style| formats.show(style, "45734")).collect();
        assert_eq!(shown, ["45734", "2025-03-18", "2025-03-18", "45734"]);
    }
}
