//! Tables as text (`.csv`, `.tsv`): whoever exports one chooses the separator, so it is told by what parts the lines evenly.
//! Each record becomes one line with its cells parted by tabs; quotes are read as in RFC 4180, leniently.

use super::{Document, Mark, MarkKind};
use crate::text::Span;

/// What may part cells, the likelier first.
const SEPARATORS: [char; 5] = [',', '\t', ';', '|', '，'];
/// Records by which the separator is told.
const SAMPLE: usize = 100;
/// A name of a column is at most so many characters long.
const LONGEST_NAME: usize = 16;

/// The records as rows. Lines before the head with a single cell, a table's title, are paragraphs.
pub fn read(text: String) -> Document {
    let (told, body) = told_separator(&text);
    let separator = told.unwrap_or_else(|| separator(body));
    let mut writer = Writer::default();
    let mut records = Records::new(body, separator)
        .filter(|cells| cells.iter().any(|cell| !cell.is_empty()))
        .peekable();
    let is_table = |cells: &[String]| cells.iter().filter(|cell| !cell.is_empty()).count() > 1;
    while let Some(title) = records.next_if(|cells| !is_table(cells)) {
        writer.paragraph(&title.concat());
    }
    let first = records.next();
    if let Some(cells) = first {
        let head = names_columns(&cells) && records.peek().is_some();
        writer.row(&cells, head);
    }
    records.for_each(|cells| writer.row(&cells, false));
    writer.document
}

/// Excel's own first line, `sep=;`, and what follows it.
fn told_separator(text: &str) -> (Option<char>, &str) {
    let Some((first, rest)) = text.split_once('\n') else {
        return (None, text);
    };
    let told = first
        .trim()
        .trim_matches('"')
        .strip_prefix("sep=")
        .and_then(|told| told.chars().next());
    if told.is_some() { (told, rest) } else { (None, text) }
}

/// The separator that parts the most records into the same number of cells.
fn separator(text: &str) -> char {
    let evenness = |separator: char| {
        let counts: Vec<usize> = Records::new(text, separator)
            .take(SAMPLE)
            .map(|cells| cells.len())
            .filter(|n| *n > 0)
            .collect();
        let usual = counts
            .iter()
            .copied()
            .filter(|n| *n > 1)
            .max_by_key(|n| counts.iter().filter(|m| *m == n).count());
        usual.map_or(0, |usual| {
            counts.iter().filter(|n| **n == usual).count() * 1000 / counts.len().max(1)
        })
    };
    // A full-width comma stands in every Chinese sentence: it parts cells only where each line has as many.
    let even = SEPARATORS.map(|separator| (separator, evenness(separator)));
    let even = even
        .into_iter()
        .filter(|(separator, even)| *even >= if *separator == '，' { 1000 } else { 500 });
    even.reduce(|best, next| if next.1 > best.1 { next } else { best })
        .map_or(',', |(separator, _)| separator)
}

/// Whether a record names the columns: short words, none of them a number.
fn names_columns(cells: &[String]) -> bool {
    cells.iter().all(|cell| {
        let is_number = cell
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | '/' | ':' | '%' | ',' | ' '));
        !cell.is_empty()
            && !is_number
            && cell.chars().count() <= LONGEST_NAME
            && !cell.contains(['。', '，', '：', '；'])
    })
}

/// The records of a text, cell by cell; line breaks and tabs within a cell are spaces already.
struct Records<'t> {
    rest: &'t str,
    separator: char,
    /// A quote was not closed up to the text's end: no later one is looked for.
    is_open: bool,
}

impl<'t> Records<'t> {
    fn new(text: &'t str, separator: char) -> Self {
        Records {
            rest: text,
            separator,
            is_open: false,
        }
    }

    /// The next cell, and whether its record ends with it.
    fn cell(&mut self) -> (String, bool) {
        let (raw, quoted) = match self.quoted() {
            Some(quoted) => (quoted, true),
            None => (String::new(), false),
        };
        let separator = self.separator;
        let end = self.rest.find([separator, '\n']).unwrap_or(self.rest.len());
        let (tail, rest) = self.rest.split_at_checked(end).unwrap_or((self.rest, ""));
        let mut after = rest.chars();
        let is_last = after.next().is_none_or(|c| c == '\n');
        self.rest = after.as_str();
        // Words behind a closing quote are the cell's too, whatever wrote them.
        let cell = if quoted { raw + tail.trim_end() } else { tail.to_owned() };
        (cell.split_whitespace().collect::<Vec<_>>().join(" "), is_last)
    }

    /// The words of a cell that begins with a quote, if that is closed.
    fn quoted(&mut self) -> Option<String> {
        let start = self
            .rest
            .trim_start_matches(' ')
            .strip_prefix('"')
            .filter(|_| !self.is_open)?;
        let mut words = String::new();
        let mut rest = start;
        while let Some((part, after)) = rest.split_once('"') {
            words.push_str(part);
            match after.strip_prefix('"') {
                Some(after) => {
                    words.push('"');
                    rest = after;
                }
                None => {
                    self.rest = after;
                    return Some(words);
                }
            }
        }
        self.is_open = true;
        None
    }
}

impl Iterator for Records<'_> {
    type Item = Vec<String>;

    fn next(&mut self) -> Option<Vec<String>> {
        if self.rest.is_empty() {
            return None;
        }
        let mut cells = Vec::new();
        loop {
            let (cell, is_last) = self.cell();
            cells.push(cell);
            if is_last {
                return Some(cells);
            }
        }
    }
}

#[derive(Default)]
struct Writer {
    document: Document,
}

impl Writer {
    fn row(&mut self, cells: &[String], head: bool) {
        let text = &mut self.document.text;
        let start = text.len();
        let mut spans = Vec::with_capacity(cells.len());
        for (at, cell) in cells.iter().enumerate() {
            if at > 0 {
                text.push('\t');
            }
            spans.push(Span::new(text.len(), text.len() + cell.len()));
            text.push_str(cell);
        }
        self.end_line(start, MarkKind::Row { cells: spans, head });
    }

    fn paragraph(&mut self, words: &str) {
        let start = self.document.text.len();
        self.document.text.push_str(words);
        self.end_line(start, MarkKind::Paragraph);
    }

    fn end_line(&mut self, start: usize, kind: MarkKind) {
        self.document.marks.push(Mark {
            span: Span::new(start, self.document.text.len()),
            kind,
        });
        self.document.text.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn heads(text: &str) -> Vec<bool> {
        let is_head = |mark: &Mark| matches!(mark.kind, MarkKind::Row { head: true, .. });
        read(text.to_owned()).marks.iter().map(is_head).collect()
    }

    #[test]
    fn quotes_separators_and_line_breaks() {
        let text = "姓名,发言\n段文谦,\"换三十辆，\n\"\"月底\"\"前\"\n苗雨晴,\n,\n";
        assert_eq!(
            read(text.to_owned()).text,
            "姓名\t发言\n段文谦\t换三十辆， \"月底\"前\n苗雨晴\t\n"
        );
        assert_eq!(read("sep=;\n甲;乙,丙\n".to_owned()).text, "甲\t乙,丙\n");
        assert_eq!(
            read("姓名\t发言\n段文谦\t好,的\n苗雨晴\t行\n".to_owned()).text,
            "姓名\t发言\n段文谦\t好,的\n苗雨晴\t行\n"
        );
        assert_eq!(
            read("姓名，发言\n段文谦，好\n".to_owned()).text,
            "姓名\t发言\n段文谦\t好\n"
        );
        assert_eq!(read("甲,\"乙\n丙,丁\n".to_owned()).text, "甲\t\"乙\n丙\t丁\n");
    }

    #[test]
    fn the_head_names_the_columns() {
        assert_eq!(heads("姓名,发言\n段文谦,好\n"), [true, false]);
        assert_eq!(heads("段文谦,\"换三十辆，月底前。\"\n苗雨晴,好\n"), [false, false]);
        assert_eq!(heads("姓名,发言\n"), [false]);
        assert_eq!(
            heads("校车会发言,,\n姓名,单位,发言\n段文谦,教育局,好\n"),
            [false, true, false]
        );
    }

    proptest! {
        #[test]
        fn marks_are_in_order_and_in_bounds(text in "[\\PC\\n\t,;\"，|]{0,200}") {
            super::super::checked::check(&read(text))?;
        }
    }
}
