//! How the readers of office formats write a [`Document`]: line by line, each with its mark, within bounds.

use std::borrow::Cow;

use super::{Document, Mark, MarkKind, Reason};
use crate::reading::ReadError;
use crate::text::Span;

/// Bytes of text that one file may hold: ten times the longest book of minutes.
pub const MAX_TEXT: usize = 20 * 1024 * 1024;
/// Longest cell of a row that names columns, in characters.
const MAX_COLUMN_NAME: usize = 16;

/// Cells that the tables of one file may have: each costs memory, even an empty one.
const MAX_CELLS: usize = 2_000_000;

/// A document that grows line by line.
#[derive(Debug, Default)]
pub struct Lines {
    document: Document,
    cells: usize,
}

impl Lines {
    /// Adds a paragraph, or several lines of one: a line with words each gets a mark of its own.
    pub fn push(&mut self, kind: &MarkKind, text: &str) -> Result<(), ReadError> {
        let text = without_unseen(text);
        for line in text.split('\n').map(str::trim).filter(|line| !line.is_empty()) {
            let span = self.write_line(&[line])?;
            self.document.marks.push(Mark {
                span,
                kind: kind.clone(),
            });
        }
        Ok(())
    }

    /// Adds what nobody said.
    pub fn push_left_out(&mut self, reason: Reason, text: &str) -> Result<(), ReadError> {
        self.push(&MarkKind::LeftOut(reason), text)
    }

    /// Adds a row of a table, unless all its cells are empty. Empty cells at its end are left out.
    pub fn push_row(&mut self, cells: &[String], head: bool) -> Result<(), ReadError> {
        let mut cells: Vec<String> = cells.iter().map(|cell| one_line(cell)).collect();
        let Some(last) = cells.iter().rposition(|cell| !cell.is_empty()) else {
            return Ok(());
        };
        cells.truncate(last + 1);
        self.count_cells(cells.len())?;
        let mut at = self.document.text.len() + usize::from(!self.document.text.is_empty());
        let pieces: Vec<&str> = cells.iter().map(String::as_str).collect();
        let span = self.write_line(&pieces)?;
        let cells = cells
            .iter()
            .map(|cell| {
                let cell_span = Span::new(at, at + cell.len());
                at += cell.len() + 1;
                cell_span
            })
            .collect();
        self.document.marks.push(Mark {
            span,
            kind: MarkKind::Row { cells, head },
        });
        Ok(())
    }

    /// Adds all lines of `other` behind the others.
    pub fn append(&mut self, other: Lines) -> Result<(), ReadError> {
        self.count_cells(other.cells)?;
        if self.is_empty() {
            // One sheet alone is not copied: it may be all that memory is spent on.
            self.document = other.document;
            return Ok(());
        }
        let text = &mut self.document.text;
        if text.len() + other.document.text.len() >= MAX_TEXT {
            return Err(too_much_text());
        }
        if !text.is_empty() && !other.is_empty() {
            text.push('\n');
        }
        let by = text.len();
        text.push_str(&other.document.text);
        self.document
            .marks
            .extend(other.document.marks.into_iter().map(|mark| shifted(mark, by)));
        Ok(())
    }

    fn count_cells(&mut self, more: usize) -> Result<(), ReadError> {
        self.cells += more;
        if self.cells > MAX_CELLS {
            return Err(ReadError::TooMuch { what: "cells" });
        }
        Ok(())
    }

    /// Whether nothing was written yet.
    pub fn is_empty(&self) -> bool {
        self.document.text.is_empty()
    }

    /// The document; one without words is empty.
    pub fn finish(mut self) -> Result<Document, ReadError> {
        if self.is_empty() {
            return Err(ReadError::Empty);
        }
        self.document.text.shrink_to_fit();
        self.document.marks.shrink_to_fit();
        Ok(self.document)
    }

    /// Writes the pieces with tabs between them on a line of their own.
    fn write_line(&mut self, pieces: &[&str]) -> Result<Span, ReadError> {
        let text = &mut self.document.text;
        let length: usize = pieces.iter().map(|piece| piece.len() + 1).sum();
        if text.len() + length > MAX_TEXT {
            return Err(too_much_text());
        }
        if !text.is_empty() {
            text.push('\n');
        }
        let start = text.len();
        for (number, piece) in pieces.iter().enumerate() {
            if number > 0 {
                text.push('\t');
            }
            text.push_str(piece);
        }
        Ok(Span::new(start, text.len()))
    }
}

/// The mark in a text that begins `by` bytes earlier.
fn shifted(mut mark: Mark, by: usize) -> Mark {
    mark.span = mark.span.shifted(by);
    if let MarkKind::Row { cells, .. } = &mut mark.kind {
        for cell in cells {
            *cell = cell.shifted(by);
        }
    }
    mark
}

/// The error of a file that holds more than [`MAX_TEXT`].
pub fn too_much_text() -> ReadError {
    ReadError::TooMuch { what: "text" }
}

/// A cell's text on one line: without the characters that part lines and cells.
fn one_line(cell: &str) -> String {
    without_unseen(cell)
        .split(['\n', '\t'])
        .map(str::trim)
        .filter(|piece| !piece.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The text without carriage returns and byte order marks, which no reader sees.
fn without_unseen(text: &str) -> Cow<'_, str> {
    const UNSEEN: [char; 3] = ['\r', '\u{feff}', '\0'];
    if text.contains(UNSEEN) {
        Cow::Owned(text.replace(UNSEEN, ""))
    } else {
        Cow::Borrowed(text)
    }
}

/// Whether a row can name the columns of the rows below it: at least two cells, all of them short words and no numbers. The
/// corner above the names of the rows, and a margin, may be empty.
pub fn names_columns(cells: &[String]) -> bool {
    let empty = cells.iter().take_while(|cell| cell.trim().is_empty()).count();
    cells.len() > empty + 1 && cells.iter().skip(empty).all(|cell| is_column_name(cell.trim()))
}

fn is_column_name(cell: &str) -> bool {
    !cell.is_empty()
        && cell.chars().count() <= MAX_COLUMN_NAME
        && !cell.contains(['。', '；', '：', ':'])
        && !cell.starts_with(|c: char| c.is_ascii_digit())
}

/// A text for tests: a line each, with the kind of its mark before it.
#[cfg(test)]
pub(crate) fn traced(document: &Document) -> String {
    let mut lines = Vec::new();
    let mut end = None;
    for mark in &document.marks {
        assert!(end.is_none_or(|end| mark.span.start() == end + 1), "marks have gaps");
        end = Some(mark.span.end());
        let text = mark.span.of(&document.text);
        assert!(!text.is_empty() && !text.contains(['\n', '\r']));
        let kind = match &mark.kind {
            MarkKind::Heading(level) => format!("h{level}"),
            MarkKind::Paragraph => "p".to_owned(),
            MarkKind::Row { cells, head } => {
                let joined: Vec<&str> = cells.iter().map(|cell| cell.of(&document.text)).collect();
                assert_eq!(joined.join("\t"), text);
                (if *head { "head" } else { "row" }).to_owned()
            }
            MarkKind::LeftOut(reason) => format!("{reason:?}"),
            other => format!("{other:?}"),
        };
        lines.push(format!("{kind} {}", text.replace('\t', "|")));
    }
    assert_eq!(end, Some(document.text.len()));
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_has_a_mark() {
        let mut lines = Lines::default();
        lines.push(&MarkKind::Heading(1), " 一、开场\n \n（上午）").unwrap();
        lines
            .push_row(
                &[
                    "刘晖\n副县长".to_owned(),
                    String::new(),
                    "到会".to_owned(),
                    " ".to_owned(),
                ],
                true,
            )
            .unwrap();
        lines.push_row(&[String::new()], false).unwrap();
        lines.push_left_out(Reason::PageNumber, "— 2 —").unwrap();
        let document = lines.finish().unwrap();
        assert_eq!(
            traced(&document),
            "h1 一、开场\nh1 （上午）\nhead 刘晖 副县长||到会\nPageNumber — 2 —"
        );
    }

    #[test]
    fn names_of_columns_are_short_words() {
        for (cells, expected) in [
            (&["姓名", "职务"][..], true),
            (&["", "姓名", "职务"], true),
            (&["姓名"], false),
            (&["", "姓名"], false),
            (&["姓名", "", "职务"], false),
            (&["议题", "2025年重点工作"], false),
            (&["刘晖：", "同意"], false),
            (&["刘晖", "会议要求，各乡镇要把责任落实到人，务求实效"], false),
        ] {
            let cells: Vec<String> = cells.iter().map(|cell| (*cell).to_owned()).collect();
            assert_eq!(names_columns(&cells), expected, "{cells:?}");
        }
    }

    #[test]
    fn no_words_are_an_empty_file() {
        assert!(matches!(Lines::default().finish(), Err(ReadError::Empty)));
    }

    #[test]
    fn too_much_text_is_refused() {
        let mut lines = Lines::default();
        lines.document.text = "a".repeat(MAX_TEXT - 6);
        assert!(lines.push(&MarkKind::Paragraph, "县").is_ok());
        assert!(lines.push(&MarkKind::Paragraph, "县").is_err());
    }
}
