//! What a line is, by its words, the format's mark and the lines before it.

use super::heading::may_head;
use super::lines::Line;
use super::list::{bullet, without_bullet};
use super::table::{Columns, Row, label_row};
use crate::meeting::Reason;
use crate::reading::attribution::is_thrown_in;
use crate::reading::boilerplate::boilerplate;
use crate::reading::format::MarkKind;
use crate::reading::labels::{Label, Place, labels};
use crate::reading::turns::{Head, recording_mark, turn_head};
use crate::text::Folded;

/// What a line is by itself.
pub enum Shape {
    Furniture(Reason),
    Title,
    Heading,
    /// A paragraph by the format's word, or an item.
    Own,
    Row(Row),
    Turn(Head),
    /// Facts of the meeting, one or several on the line.
    Labels(Vec<Label>),
    /// Short and no sentence: a heading, if what stands around it lets it be.
    Stub,
    Prose,
}

/// What is known of the lines before one, so that they are not looked through again for each.
#[derive(Default)]
pub struct Before {
    /// Whether the file's body began.
    in_body: bool,
    /// The first row of the table that the line before is in.
    table: Option<usize>,
}

impl Before {
    pub fn see(&mut self, shape: &Shape, index: usize) {
        /// “…”三地交流座谈会实录: a title of one or two lines may look like prose.
        const TITLE_LINES: usize = 2;
        self.in_body |= match shape {
            Shape::Prose => index >= TITLE_LINES,
            Shape::Turn(_) | Shape::Row(_) | Shape::Own => true,
            _ => false,
        };
        self.table = match shape {
            Shape::Row(_) => self.table.or(Some(index)),
            _ => None,
        };
    }

    /// Where the next line stands; `last` is the line before it.
    fn place_behind(&self, last: Option<&Shape>) -> Place {
        match last {
            _ if !self.in_body => Place::Head,
            Some(Shape::Labels(_) | Shape::Heading | Shape::Stub) => Place::Run,
            _ => Place::Body,
        }
    }
}

/// What a line is, by its words and the lines before it.
pub fn shape(text: &str, line: &Line<'_>, row: Option<Row>, before: &Before, shapes: &[Shape]) -> Shape {
    let words = line.span.of(text);
    match line.mark {
        Some(MarkKind::Heading(level)) => {
            return match (level, shapes.is_empty()) {
                (0, true) => Shape::Title,
                _ => Shape::Heading,
            };
        }
        Some(MarkKind::Turn { speaker, words }) => {
            return Shape::Turn(Head {
                name: Some(*speaker),
                office: None,
                words: *words,
                sure: true,
            });
        }
        _ => {}
    }
    let span = without_bullet(text, line.span);
    let folded = Folded::new(span.of(text), span.start());
    // (出录音):…(录音完) is in brackets as a caption is.
    let is_recording = recording_mark(folded.text()).is_some() || is_thrown_in(folded.text());
    if !is_recording && let Some(why) = boilerplate(folded.text()) {
        return Shape::Furniture(why);
    }
    let labels = match &row {
        Some(row) => {
            let head = before.table.and_then(|at| as_row(shapes.get(at)?));
            if Columns::of(text, head.unwrap_or(row)).is_some() {
                return Shape::Row(row.clone());
            }
            Some(label_row(text, row)).filter(|labels| !labels.is_empty())
        }
        None => None,
    }
    .unwrap_or_else(|| labels(text, &folded, before.place_behind(shapes.last())));
    if !labels.is_empty() {
        return Shape::Labels(labels);
    }
    if let Some(row) = row {
        return Shape::Row(row);
    }
    if let Some(head) = turn_head(text, span) {
        return Shape::Turn(head);
    }
    let bulleted = span.start() > line.span.start();
    if !bulleted && !is_recording && may_head(folded.text()) {
        return Shape::Stub;
    }
    if bulleted || line.mark.is_some() || bullet(words) > 0 {
        Shape::Own
    } else {
        Shape::Prose
    }
}

fn as_row(shape: &Shape) -> Option<&Row> {
    match shape {
        Shape::Row(row) => Some(row),
        _ => None,
    }
}

/// Whether a line parts what stands above it from what stands below, and says nothing: ———.
pub fn is_rule(line: &str) -> bool {
    line.chars().count() >= 3
        && line
            .chars()
            .all(|c| matches!(c, '-' | '*' | '=' | '_' | '—' | '─' | '|' | ':' | '+' | ' '))
}
