//! The parts of a document as its text, with their marks.

use super::paragraphs::Part;
use crate::reading::format::{Document, Mark, MarkKind};
use crate::text::Span;

/// Writes each part on a line of its own.
pub(super) fn document(parts: Vec<Part>, levels: &[Option<u8>]) -> Document {
    let mut document = Document::default();
    for (number, part) in parts.into_iter().enumerate() {
        let kind = match part {
            Part::Paragraph(paragraph) => {
                let start = write(&mut document, &paragraph.text);
                let level = levels.get(number).copied().flatten();
                (start, level.map_or(MarkKind::Paragraph, MarkKind::Heading))
            }
            Part::Furniture(text, reason) => (write(&mut document, &text), MarkKind::LeftOut(reason)),
            Part::Row { cells, is_head } => {
                let (start, cells) = write_row(&mut document, &cells);
                (start, MarkKind::Row { cells, head: is_head })
            }
        };
        let (start, kind) = kind;
        let span = Span::new(start, document.text.len());
        document.marks.push(Mark { span, kind });
        document.text.push('\n');
    }
    document
}

/// Writes a line without its end and says where it starts.
fn write(document: &mut Document, text: &str) -> usize {
    let start = document.text.len();
    document.text.push_str(&one_line(text));
    start
}

fn write_row(document: &mut Document, cells: &[String]) -> (usize, Vec<Span>) {
    let row = document.text.len();
    let mut spans = Vec::with_capacity(cells.len());
    for (number, cell) in cells.iter().enumerate() {
        if number > 0 {
            document.text.push('\t');
        }
        let start = write(document, cell);
        spans.push(Span::new(start, document.text.len()));
    }
    (row, spans)
}

/// Ends of lines and tabs that fonts map glyphs to are spaces.
fn one_line(text: &str) -> String {
    text.replace(['\n', '\r', '\t', '\u{2028}', '\u{2029}', '\u{85}'], " ")
}
