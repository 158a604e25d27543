//! Front matter: `key: value` lines between two `---` at a file's head, for what the text doesn't say.

use super::folder::named_county;
use crate::meeting::{Doubt, DoubtKind};
use crate::text::{Folded, Span, plain};

/// The fields that a file's head may give.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The meeting's name.
    Title,
    /// Its date or dates.
    Date,
    /// Where it was held.
    Place,
    /// Who called it.
    Organizer,
    /// The county that the file is at home in.
    County,
    /// The year of days that are written without one.
    Year,
}

/// What a correction changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Corrected {
    /// The speaker's name.
    Name,
    /// The office.
    Office,
    /// The county spoken for.
    County,
}

/// `speaker: 发言人1 = 王静`: what the admin knows better than the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// What it changes.
    pub what: Corrected,
    /// Of whom: a name as the text has it, or an office without a name.
    pub of: String,
    /// What it should be.
    pub to: String,
    /// Its line.
    pub span: Span,
}

/// What stood between the `---` lines.
#[derive(Debug, Default)]
pub struct FrontMatter {
    values: Vec<(Field, Span, String)>,
    corrections: Vec<Correction>,
    doubts: Vec<Doubt>,
    body_start: usize,
}

const KEYS: [(&str, Field); 17] = [
    ("title", Field::Title),
    ("标题", Field::Title),
    ("会议", Field::Title),
    ("会议名称", Field::Title),
    ("date", Field::Date),
    ("dates", Field::Date),
    ("日期", Field::Date),
    ("时间", Field::Date),
    ("place", Field::Place),
    ("location", Field::Place),
    ("地点", Field::Place),
    ("organizer", Field::Organizer),
    ("主办", Field::Organizer),
    ("主办单位", Field::Organizer),
    ("year", Field::Year),
    ("年份", Field::Year),
    ("年", Field::Year),
];
const CORRECTIONS: [(&str, Corrected); 7] = [
    ("speaker", Corrected::Name),
    ("发言人", Corrected::Name),
    ("office", Corrected::Office),
    ("职务", Corrected::Office),
    ("county", Corrected::County),
    ("县", Corrected::County),
    ("所属县", Corrected::County),
];
/// Keys that are read over without a doubt.
const FREE_KEYS: [&str; 12] = [
    "source", "来源", "author", "作者", "note", "说明", "sample", "样例", "tags", "标签", "url", "language",
];

/// The line that a head begins with.
pub const FENCE: &str = "---\n";

/// A line of a head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeadLine {
    /// Folded, in small letters.
    pub key: String,
    /// As it stands, without quotation marks around it.
    pub value: String,
    /// Where the line stands.
    pub span: Span,
}

/// The lines between the two `---` at a text's beginning.
#[derive(Debug, Default)]
pub struct HeadLines {
    /// In order.
    pub lines: Vec<HeadLine>,
    /// What is no line of a head, or no head.
    pub doubts: Vec<Doubt>,
    /// The byte where the text itself begins.
    pub body_start: usize,
}

/// Reads the head of `text`; no lines where it has none, or none that is closed.
pub fn head_lines(text: &str) -> HeadLines {
    let Some(rest) = text.strip_prefix(FENCE) else {
        return HeadLines::default();
    };
    let mut at = FENCE.len();
    for line in rest.split_inclusive('\n') {
        if matches!(line.trim(), "---" | "...") {
            return HeadLines {
                body_start: at + line.len(),
                ..lines_in(text, Span::new(FENCE.len(), at))
            };
        }
        at += line.len();
    }
    HeadLines {
        doubts: vec![Doubt {
            span: Span::new(0, 3),
            kind: DoubtKind::UnclosedHead,
        }],
        ..HeadLines::default()
    }
}

/// The lines of a head that stand in a piece of `text`.
pub fn lines_in(text: &str, piece: Span) -> HeadLines {
    let mut at = piece.start();
    let mut found = HeadLines::default();
    for line in piece.of(text).split_inclusive('\n') {
        let span = Span::new(at, at + line.len()).trimmed(text);
        at += line.len();
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let folded_line = Folded::new(line, 0);
        let folded = folded_line.text();
        let Some(colon) = folded.find(':') else {
            found.doubts.push(Doubt {
                span,
                kind: DoubtKind::NoColon,
            });
            continue;
        };
        let value = folded_line.original(Span::new(colon + 1, folded.len()));
        let value = plain(value.of(line));
        found.lines.push(HeadLine {
            key: folded[..colon].trim().to_ascii_lowercase(),
            value: value.trim().trim_matches(['"', '\'', '“', '”']).trim().to_owned(),
            span,
        });
    }
    found
}

impl FrontMatter {
    /// Reads the head of `text`; empty where it has none, or none that is closed.
    pub fn parse(text: &str) -> FrontMatter {
        let head = head_lines(text);
        let mut front = FrontMatter {
            doubts: head.doubts,
            body_start: head.body_start,
            ..FrontMatter::default()
        };
        for line in head.lines {
            front.field(&line);
        }
        front.doubts.sort_by_key(|doubt| doubt.span);
        front
    }

    fn field(&mut self, line: &HeadLine) {
        let (key, value, span) = (line.key.as_str(), line.value.as_str(), line.span);
        if let Some((_, what)) = CORRECTIONS.iter().find(|(name, _)| *name == key) {
            // county: 礼泉县 is the file's home; county: 王静 = 礼泉县 corrects one person's.
            let of_file = *what == Corrected::County && !value.contains(['=', '＝']) && !value.is_empty();
            match of_file.then(|| named_county(value)) {
                Some(Some(_)) => self.values.push((Field::County, span, value.to_owned())),
                Some(None) => self.doubts.push(Doubt {
                    span,
                    kind: DoubtKind::NoCounty(value.to_owned()),
                }),
                None => self.correction(*what, value, span),
            }
            return;
        }
        match KEYS.iter().find(|(name, _)| *name == key) {
            Some((_, field)) if !value.is_empty() => self.values.push((*field, span, value.to_owned())),
            Some(_) => {}
            None if FREE_KEYS.contains(&key) => {}
            None => self.doubts.push(Doubt {
                span,
                kind: DoubtKind::UnknownKey(key.to_owned()),
            }),
        }
    }

    fn correction(&mut self, what: Corrected, value: &str, span: Span) {
        let sides = value
            .split_once(['=', '＝'])
            .map(|(of, to)| (of.trim(), to.trim()))
            .filter(|(of, to)| !of.is_empty() && !to.is_empty());
        match sides {
            Some((of, to)) => self.corrections.push(Correction {
                what,
                of: of.to_owned(),
                to: to.to_owned(),
                span,
            }),
            None => self.doubts.push(Doubt {
                span,
                kind: DoubtKind::BadCorrection,
            }),
        }
    }

    /// What the admin knows better than the text, in order.
    pub fn corrections(&self) -> &[Correction] {
        &self.corrections
    }

    /// The value of a field.
    pub fn get(&self, field: Field) -> Option<&str> {
        self.values
            .iter()
            .find(|(known, _, _)| *known == field)
            .map(|(_, _, value)| value.as_str())
    }

    /// The byte where the text itself begins.
    pub fn body_start(&self) -> usize {
        self.body_start
    }

    /// What was not understood.
    pub fn doubts(&self) -> Vec<Doubt> {
        self.doubts.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_in_both_languages() {
        let text = "---\ntitle: 座谈会\n日期: 2024-03-05\ncolour: red\n---\n正文";
        let front = FrontMatter::parse(text);
        assert_eq!(front.get(Field::Title), Some("座谈会"));
        assert_eq!(front.get(Field::Date), Some("2024-03-05"));
        assert_eq!(front.get(Field::Place), None);
        assert_eq!(&text[front.body_start()..], "正文");
        assert_eq!(front.doubts().len(), 1);
    }

    #[test]
    fn a_county_by_itself_is_the_files_home() {
        let front = FrontMatter::parse("---\ncounty: 礼泉县\nyear: 2025\ncounty: 王静 = 乾县\n---\n");
        assert_eq!(front.get(Field::County), Some("礼泉县"));
        assert_eq!(front.get(Field::Year), Some("2025"));
        assert_eq!(front.corrections().len(), 1);
        let wrong = FrontMatter::parse("---\ncounty: 王静\n---\n");
        assert_eq!((wrong.get(Field::County), wrong.doubts().len()), (None, 1));
    }

    #[test]
    fn a_head_that_never_ends_is_text() {
        let front = FrontMatter::parse("---\n正文从这里开始\n");
        assert_eq!(front.body_start(), 0);
        assert_eq!(front.doubts().len(), 1);
    }
}
