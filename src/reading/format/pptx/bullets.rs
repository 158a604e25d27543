//! Bullets and numbers before the paragraphs of a shape, as far as the paragraphs themselves state them.

use crate::reading::format::counting::written;

/// Levels of paragraphs in one shape.
const LEVELS: usize = 9;

/// How far each level of a shape has counted.
#[derive(Debug, Default)]
pub struct Bullets {
    /// The scheme of the last paragraph on each level, and its number.
    counted: [Option<(String, u32)>; LEVELS],
}

impl Bullets {
    /// What stands before the next paragraph; `scheme` is `bullet` or PowerPoint's name of a way to number.
    pub fn label(&mut self, level: usize, scheme: Option<&str>, first: u32) -> String {
        let level = level.min(LEVELS - 1);
        for below in self.counted.iter_mut().skip(level + 1) {
            *below = None;
        }
        let Some(count) = self.counted.get_mut(level) else {
            return String::new();
        };
        match scheme {
            None => {
                *count = None;
                String::new()
            }
            Some("bullet") => {
                *count = None;
                "• ".to_owned()
            }
            Some(scheme) => {
                let number = match count {
                    Some((last, number)) if last == scheme => number.saturating_add(1),
                    _ => first,
                };
                *count = Some((scheme.to_owned(), number));
                numbered(scheme, number)
            }
        }
    }
}

/// `1. `, `(二)`, `③ `: schemes are made of what counts and of what stands around it.
fn numbered(scheme: &str, number: u32) -> String {
    let format = if scheme.starts_with("alphaLc") {
        "lowerLetter"
    } else if scheme.starts_with("alphaUc") {
        "upperLetter"
    } else if scheme.starts_with("romanLc") {
        "lowerRoman"
    } else if scheme.starts_with("romanUc") {
        "upperRoman"
    } else if scheme.starts_with("ea1") {
        "chineseCountingThousand"
    } else if scheme.starts_with("circleNum") {
        "decimalEnclosedCircle"
    } else if scheme.starts_with("arabicDb") {
        "decimalFullWidth"
    } else {
        "decimal"
    };
    let number = written(format, number);
    if scheme.ends_with("ParenBoth") {
        format!("({number}) ")
    } else if scheme.ends_with("ParenR") {
        format!("{number}) ")
    } else if scheme.ends_with("DbPeriod") {
        format!("{number}．")
    } else if scheme.ends_with("Period") {
        format!("{number}. ")
    } else {
        format!("{number} ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_of_one_scheme_count_until_another_comes_between() {
        let mut bullets = Bullets::default();
        let labels: Vec<String> = [
            (0, Some("arabicPeriod")),
            (1, Some("circleNumDbPlain")),
            (1, Some("circleNumDbPlain")),
            (0, Some("arabicPeriod")),
            (1, Some("circleNumDbPlain")),
            (0, Some("bullet")),
            (0, None),
            (0, Some("ea1JpnChsDbPeriod")),
            (0, Some("arabicParenBoth")),
            (99, Some("alphaLcParenR")),
        ]
        .into_iter()
        .map(|(level, scheme)| bullets.label(level, scheme, 1))
        .collect();
        assert_eq!(
            labels,
            ["1. ", "① ", "② ", "2. ", "① ", "• ", "", "一．", "(1) ", "a) "]
        );
    }
}
