//! What a line looks like, by its form alone: a list's mark or number, a time, a label, a unit in brackets, a colon, words.

use super::scan::Scan;
use super::time::time_at;
use crate::text::{Folded, Span};

/// How a label is set off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// `王静:`
    Plain,
    /// `**王静**`
    Bold,
    /// `【王静】`, `[王静]`
    Boxed,
}

/// Where the time of a head stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Timed {
    /// Nowhere.
    Never,
    /// `00:12 王静`
    Before,
    /// `王静 00:12`
    Behind,
}

/// The parts of a line that may be a turn's head. Spans are bytes of its folded words.
#[derive(Debug)]
pub struct Shape {
    folded: Folded,
    /// How the label is set off.
    pub form: Form,
    /// Where a time stands.
    pub timed: Timed,
    /// Who may be named: empty where a line begins with its colon, or is a time and nothing else.
    pub label: Span,
    /// What stands in brackets before or behind the label, or in a box before it: a unit, an office, a name.
    pub unit: Option<Span>,
    /// Whether a colon ends the head.
    pub colon: bool,
    /// Whether it says that somebody posted what stands below: 石桥老陈 发表于 2021-9-18 07:40.
    pub posted: bool,
    /// The words behind the head, in the file; they reach to the block's end.
    pub words: Span,
}

impl Shape {
    /// Of the first line of the block at `span`.
    pub fn of(text: &str, span: Span) -> Option<Shape> {
        let first = span.of(text).find('\n').map_or(span.end(), |at| span.start() + at);
        let folded = Folded::new(&text[span.start()..first], span.start());
        let line = folded.text().trim_end_matches([' ', '\\']);
        let mut scan = Scan::new(line);
        scan.skip_marks()?;
        scan.read()?;
        let Scan {
            form,
            timed,
            label,
            unit,
            colon,
            posted,
            words,
            ..
        } = scan;
        let begin = folded.original(Span::new(words, words)).start();
        let words = match words >= line.len() {
            true if first == span.end() => Span::new(span.end(), span.end()),
            true => Span::new(first, span.end()).trimmed(text),
            false => Span::new(begin.min(span.end()), span.end()).trimmed(text),
        };
        Some(Shape {
            folded,
            form,
            timed,
            label,
            unit,
            colon,
            posted,
            words,
        })
    }

    /// The folded line.
    pub fn line(&self) -> &str {
        self.folded.text()
    }

    /// The folded label.
    pub fn label(&self) -> &str {
        self.label.of(self.line())
    }

    /// Where a part stands in the file.
    pub fn original(&self, part: Span) -> Span {
        self.folded.original(part)
    }

    /// Nothing but a label: no time, no colon, no box.
    pub fn is_bare(&self) -> bool {
        let boxed = self.form == Form::Boxed && !self.words.is_empty();
        self.timed == Timed::Never && !self.colon && !boxed && !self.is_titled_in_bold()
    }

    /// A time and nothing else.
    pub fn is_time_only(&self) -> bool {
        self.timed == Timed::Before && self.label.is_empty() && self.words.is_empty() && !self.colon
    }

    /// Whether a year stands with the time.
    pub fn is_dated(&self) -> bool {
        let is_year = |piece: &str| piece.len() == 4 && (piece.starts_with("19") || piece.starts_with("20"));
        self.timed != Timed::Never && self.line().split(|c: char| !c.is_ascii_digit()).any(is_year)
    }

    /// Whether a time to the second stands in the line.
    pub fn has_seconds(&self) -> bool {
        self.line().split([' ', '[', '(', '<', 'T']).any(|piece| {
            piece
                .split([']', ')', '>', '.'])
                .next()
                .is_some_and(|time| time.matches(':').count() == 2 && time_at(time) == Some(time.len()))
        })
    }

    /// A label with a time, on a line of their own or before a colon.
    pub fn is_timed_line(&self) -> bool {
        self.timed != Timed::Never && !self.label.is_empty() && (self.colon || self.words.is_empty())
    }

    /// Whether the words follow without a colon, so that it is open where the label ends.
    pub fn runs_on(&self) -> bool {
        let apart = self.form == Form::Boxed || self.is_titled_in_bold();
        !self.colon && !self.words.is_empty() && !apart && self.timed == Timed::Never
    }

    /// **王静**(石桥镇书记) 先说路。: bold and brackets part the head from the words.
    fn is_titled_in_bold(&self) -> bool {
        self.form == Form::Bold && self.unit.is_some() && !self.words.is_empty() && !self.colon
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(line: &str) -> Option<String> {
        let shape = Shape::of(line, Span::new(0, line.len()))?;
        Some(format!(
            "{:?} {:?} {}|{}|{}|{}",
            shape.form,
            shape.timed,
            shape.label(),
            shape.unit.map_or("", |unit| unit.of(shape.line())),
            if shape.colon { ":" } else { "" },
            shape.words.of(line)
        ))
    }

    #[test]
    fn a_line_has_parts() {
        let is = |line: &str, expected: &str| assert_eq!(parts(line).as_deref(), Some(expected), "{line}");
        is("1. **王静** （水利局）：好。", "Bold Never 王静|水利局|:|好。");
        is("（水利局）王静：好。", "Plain Never 王静|水利局|:|好。");
        is("王静（插话）：好。", "Plain Never 王静||:|好。");
        is("【水利局】王静：好。", "Plain Never 王静|水利局|:|好。");
        is("【王静 00:12】好。", "Boxed Behind 王静|||好。");
        is("【王静】县水利局局长", "Boxed Never 王静|县水利局局长||");
        is("王静(水利局)(00:00:03):", "Plain Behind 王静|水利局|:|");
        is("王静00:00:03", "Plain Behind 王静|||");
        is("00:00:03", "Plain Before |||");
        is("王静∶好。", "Plain Never 王静||:|好。");
        is("王静", "Plain Never 王静|||");
        is("（王静）先说路。", "Boxed Never 王静|||先说路。");
        is("？？？：听不清。", "Plain Never ???||:|听不清。");
        is("2025-02-24 20:12:45 【石桥】小荷(91822xxx)", "Plain Before 小荷|石桥||");
        is("2025-02-24 20:12:45 加油!老丘(10086)", "Plain Before 加油!老丘|||");
        is("00:12 王静（水利局）", "Plain Before 王静|水利局||");
    }

    #[test]
    fn sentences_and_tasks_have_none() {
        for line in ["今天开会。明天：放假。", "- [x] 王静：办好", "他说“好”：对。"] {
            assert_eq!(parts(line), None, "{line}");
        }
    }
}
