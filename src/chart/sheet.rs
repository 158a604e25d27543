//! A sheet: boxes and words at their places, in units of which a phone's screen is some 540 wide. No font is needed to lay one out:
//! a Chinese character is as wide as it is high, and others are about half.

use super::figure::Frame;
use super::theme::COLOURS;
use crate::text::{is_clause_mark, is_closing_mark, is_han, is_sentence_mark};

/// How wide a sheet is.
pub const WIDTH: f32 = 540.0;
/// The margin at its sides.
pub const MARGIN: f32 = 24.0;
/// How high titles, labels and what is smaller are.
pub const TITLE: f32 = 21.0;
pub const LABEL: f32 = 16.0;
pub const SMALL: f32 = 14.0;

/// What something is drawn in; the theme knows its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// The sheet's own.
    Ground,
    /// Words.
    Text,
    /// Words beside the matter.
    Soft,
    /// Lines.
    Line,
    /// What is not filled of a bar.
    Track,
    /// What has no colour of its own.
    Rest,
    /// One of [`COLOURS`].
    Colour(usize),
    /// A cell of the grid, in hundredths of the most.
    Heat(u8),
    /// The words on it.
    OnHeat(u8),
}

impl Ink {
    /// Of something that has a colour of its own, or none.
    pub fn of(colour: Option<usize>) -> Ink {
        colour.filter(|index| *index < COLOURS).map_or(Ink::Rest, Ink::Colour)
    }
}

/// Where a line of words is fixed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    Start,
    Middle,
    End,
}

/// A box or words.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A box with round corners.
    Box {
        x: f32,
        y: f32,
        width: f32,
        height: f32,
        round: f32,
        ink: Ink,
    },
    /// A line of words; `y` is where the letters stand.
    Words {
        x: f32,
        y: f32,
        size: f32,
        anchor: Anchor,
        bold: bool,
        ink: Ink,
        words: String,
    },
}

/// A sheet that is written from top to bottom.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    pub shapes: Vec<Shape>,
    /// How far down it is written.
    pub height: f32,
}

/// About how wide words are.
pub fn width_of(words: &str, size: f32) -> f32 {
    let ems = |c: char| match c {
        c if is_han(c) || ('\u{3000}'..='\u{30ff}').contains(&c) || ('\u{ff00}'..='\u{ff60}').contains(&c) => 1.0,
        '“' | '”' | '‘' | '’' | '…' | '—' | '·' => 0.6,
        c if c.is_ascii_uppercase() => 0.68,
        c if c.is_ascii_digit() || c.is_ascii_alphabetic() => 0.56,
        ' ' => 0.3,
        _ => 0.6,
    };
    words.chars().map(ems).sum::<f32>() * size
}

/// As much of a line of words as fits, with a sign that there was more.
pub fn fitting(words: &str, size: f32, width: f32) -> String {
    if width_of(words, size) <= width {
        return words.to_owned();
    }
    let mut kept = String::new();
    for c in words.chars() {
        kept.push(c);
        if width_of(&kept, size) + size * 0.6 > width {
            kept.pop();
            break;
        }
    }
    kept.push('…');
    kept
}

/// Whether no line begins with it.
fn closes(c: char) -> bool {
    is_closing_mark(c) || matches!(c, '）' | '》' | '】' | ')' | ']') || is_clause_mark(c) || is_sentence_mark(c)
}

/// Words in lines that fit, at most `most` of them.
pub fn in_lines(words: &str, size: f32, width: f32, most: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut rest = words;
    while let Some(c) = rest.chars().next() {
        if lines.len() + 1 == most {
            lines.push(fitting(&format!("{line}{rest}"), size, width));
            return lines;
        }
        line.push(c);
        if width_of(&line, size) > width && line.chars().nth(1).is_some() {
            line.pop();
            // What closes something stands with what it closes: with the last character before it.
            let mut kept = line.chars().rev();
            let taken = match kept.next() {
                Some(last) if closes(c) && kept.next().is_some() => {
                    line.pop();
                    Some(last)
                }
                _ => None,
            };
            lines.push(std::mem::replace(
                &mut line,
                taken.map(String::from).unwrap_or_default(),
            ));
        } else {
            rest = &rest[c.len_utf8()..];
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

impl Sheet {
    /// With what stands above a figure.
    pub fn headed(frame: &Frame) -> Sheet {
        let mut sheet = Sheet {
            height: MARGIN,
            ..Sheet::default()
        };
        for line in in_lines(&frame.title, TITLE, WIDTH - 2.0 * MARGIN, 2) {
            sheet.height += TITLE;
            sheet.words(MARGIN, TITLE, Anchor::Start, Ink::Text, &line);
            sheet.height += 6.0;
        }
        for line in in_lines(&frame.subtitle, SMALL, WIDTH - 2.0 * MARGIN, 2) {
            sheet.height += SMALL;
            sheet.words(MARGIN, SMALL, Anchor::Start, Ink::Soft, &line);
            sheet.height += 6.0;
        }
        sheet.legend(&frame.legend);
        sheet.height += 10.0;
        sheet
    }

    /// With what stands below it.
    pub fn ended(mut self, frame: &Frame) -> Sheet {
        if let Some(note) = &frame.note {
            self.height += 8.0;
            for line in in_lines(note, SMALL, WIDTH - 2.0 * MARGIN, 3) {
                self.height += SMALL;
                self.words(MARGIN, SMALL, Anchor::Start, Ink::Soft, &line);
                self.height += 5.0;
            }
        }
        self.height += MARGIN - 6.0;
        self
    }

    /// What the colours mean, in as many lines as it takes.
    fn legend(&mut self, legend: &[(String, Option<usize>)]) {
        const CHIP: f32 = 12.0;
        let mut x = MARGIN;
        if !legend.is_empty() {
            self.height += 4.0 + SMALL;
        }
        for (words, colour) in legend {
            let words = fitting(words, SMALL, WIDTH / 2.0);
            let width = CHIP + 6.0 + width_of(&words, SMALL) + 14.0;
            if x > MARGIN && x + width > WIDTH - MARGIN {
                x = MARGIN;
                self.height += SMALL + 8.0;
            }
            self.filled((x, self.height - CHIP + 1.0), (CHIP, CHIP), 3.0, Ink::of(*colour));
            self.words(x + CHIP + 6.0, SMALL, Anchor::Start, Ink::Text, &words);
            x += width;
        }
        if !legend.is_empty() {
            self.height += 6.0;
        }
    }

    /// A box whose left upper corner is at a place.
    pub fn filled(&mut self, at: (f32, f32), size: (f32, f32), round: f32, ink: Ink) {
        self.shapes.push(Shape::Box {
            x: at.0,
            y: at.1,
            width: size.0,
            height: size.1,
            round: round.min(size.0 / 2.0).min(size.1 / 2.0),
            ink,
        });
    }

    /// Words on the line that is written now.
    pub fn words(&mut self, x: f32, size: f32, anchor: Anchor, ink: Ink, words: &str) {
        self.words_at((x, self.height), size, anchor, ink, words);
    }

    /// Words at a place.
    pub fn words_at(&mut self, at: (f32, f32), size: f32, anchor: Anchor, ink: Ink, words: &str) {
        self.shapes.push(Shape::Words {
            x: at.0,
            y: at.1,
            size,
            anchor,
            bold: size >= TITLE,
            ink,
            words: words.to_owned(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_broken_and_cut_where_they_do_not_fit() {
        assert_eq!(in_lines("防汛抗旱工作", 10.0, 40.0, 3), ["防汛抗旱", "工作"]);
        assert_eq!(in_lines("防汛抗旱工作会议召开", 10.0, 40.0, 2), ["防汛抗旱", "工作会…"]);
        assert_eq!(fitting("防汛", 10.0, 40.0), "防汛");
        // What closes something begins no line.
        assert_eq!(in_lines("王静（长武县）", 10.0, 60.0, 3), ["王静（长武", "县）"]);
        assert_eq!(in_lines("抗旱。", 10.0, 20.0, 3), ["抗", "旱。"]);
        // Too narrow for a single character: it stands all the same.
        assert_eq!(in_lines("防汛", 10.0, 5.0, 9), ["防", "汛"]);
    }
}
