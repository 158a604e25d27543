//! A page: the lines of a file with what each is, put together into blocks.

use super::block::{Block, Kind};
use super::furniture::furniture;
use super::heading::{Follower, Stub, headings};
use super::lines::{Line, lines};
use super::list::{bullet, number, without_bullet};
use super::shape::{Before, Shape, is_rule, shape};
use super::table::table_rows;
use super::wrap::Wrapping;
use crate::meeting::Reason;
use crate::reading::format::Document;
use crate::reading::labels::Label;
use crate::reading::turns::begins_turn;
use crate::text::{Folded, Span, quotations};

/// The lines of a file with what each is by itself.
pub struct Page<'d> {
    text: &'d str,
    lines: Vec<Line<'d>>,
    pub shapes: Vec<Shape>,
    wrapping: Wrapping,
}

/// Lines that are one block, by their numbers.
struct Group {
    first: usize,
    last: usize,
    breaks: Vec<Span>,
}

impl<'d> Page<'d> {
    /// Of a document's lines from the byte `from` on.
    pub fn of(document: &'d Document, from: usize) -> Page<'d> {
        let text = document.text.as_str();
        let lines: Vec<Line<'d>> = lines(document, from)
            .into_iter()
            .filter(|line| !is_rule(line.span.of(text)))
            .collect();
        let furniture = furniture(text, &lines);
        let rows = table_rows(text, &lines);
        let mut shapes = Vec::with_capacity(lines.len());
        let mut before = Before::default();
        for ((line, why), row) in lines.iter().zip(furniture).zip(rows) {
            let shape = match why {
                Some(why) => Shape::Furniture(why),
                None => shape(text, line, row, &before, &shapes),
            };
            before.see(&shape, shapes.len());
            shapes.push(shape);
        }
        let wrapping = Wrapping::of(text, &lines, |index| {
            !matches!(shapes[index], Shape::Prose | Shape::Stub | Shape::Turn(_) | Shape::Own)
        });
        Page {
            text,
            lines,
            shapes,
            wrapping,
        }
    }

    /// Lines put together, in order, with where each block begins.
    fn groups(&self) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        // Furniture since the last line that is none.
        let mut between: Vec<usize> = Vec::new();
        // The last group that is no furniture.
        let mut open: Option<usize> = None;
        for index in 0..self.lines.len() {
            if matches!(self.shapes[index], Shape::Furniture(_)) {
                between.push(index);
                groups.push(Group {
                    first: index,
                    last: index,
                    breaks: Vec::new(),
                });
                continue;
            }
            let torn = !between.is_empty()
                && between.iter().all(|at| {
                    matches!(
                        self.shapes[*at],
                        Shape::Furniture(Reason::PageNumber | Reason::RunningHead)
                    )
                });
            let goes_on = open.filter(|at| (between.is_empty() || torn) && self.goes_on(&groups[*at], index, torn));
            match goes_on {
                Some(at) => {
                    groups[at].last = index;
                    groups[at].breaks.extend(between.iter().map(|at| self.lines[*at].span));
                }
                None => {
                    open = Some(groups.len());
                    groups.push(Group {
                        first: index,
                        last: index,
                        breaks: Vec::new(),
                    });
                }
            }
            between.clear();
        }
        groups
    }

    /// Whether the line at `index` goes on with a group.
    fn goes_on(&self, group: &Group, index: usize, torn: bool) -> bool {
        let (last, line) = (&self.lines[group.last], &self.lines[index]);
        let begins = match &self.shapes[index] {
            Shape::Prose | Shape::Stub => {
                let folded = Folded::new(line.span.of(self.text), 0);
                bullet(line.span.of(self.text)) > 0
                    || number(folded.text()).is_some()
                    || begins_turn(line.span.of(self.text))
            }
            _ => true,
        };
        if begins || line.mark.is_some() || last.mark.is_some() {
            return false;
        }
        match &self.shapes[group.first] {
            Shape::Prose | Shape::Own | Shape::Labels(_) => {}
            Shape::Turn(head) if !head.words.is_empty() => {}
            // A title of several lines is its own business.
            Shape::Stub if !torn => {}
            Shape::Stub => {
                let words = Span::new(self.lines[group.first].span.start(), last.span.end()).of(self.text);
                if quotations(words).last().is_none_or(|quotation| quotation.closed) {
                    return false;
                }
            }
            _ => return false,
        }
        self.wrapping.goes_on(self.text, last, line, torn)
    }

    /// The blocks, with the line that each begins with.
    pub fn blocks(&self) -> Vec<(Block, usize)> {
        let groups = self.groups();
        let mut blocks: Vec<(Block, usize)> = Vec::with_capacity(groups.len());
        let mut run = Run::default();
        for group in groups {
            let start = self.lines[group.first].span;
            let span = without_bullet(self.text, Span::new(start.start(), self.lines[group.last].span.end()));
            let several = group.last > group.first;
            let kind = match &self.shapes[group.first] {
                Shape::Furniture(why) => Kind::Furniture(*why),
                Shape::Title => Kind::Title,
                Shape::Heading => Kind::Heading,
                Shape::Own | Shape::Prose => Kind::Paragraph,
                Shape::Row(_) => Kind::Paragraph,
                Shape::Stub if several => Kind::Paragraph,
                Shape::Stub => Kind::Heading,
                Shape::Turn(head) => {
                    let mut head = head.clone();
                    if several {
                        head.words = Span::new(head.words.start(), span.end());
                    }
                    Kind::Turn(head)
                }
                Shape::Labels(labels) => {
                    let end = several.then_some(span.end());
                    self.settle(&mut run, &mut blocks, Follower::Nothing);
                    run.first.get_or_insert(blocks.len());
                    push_labels(labels, span, end, group, &mut blocks);
                    continue;
                }
            };
            let is_stub = matches!(self.shapes[group.first], Shape::Stub) && !several;
            let follower = match kind {
                Kind::Furniture(_) => None,
                Kind::Title | Kind::Heading => Some(Follower::Heading),
                _ => Some(Follower::Body),
            };
            if is_stub {
                run.stubs.push(blocks.len());
            } else if let Some(follower) = follower {
                self.settle(&mut run, &mut blocks, follower);
                run.after_body = true;
            }
            run.titled |= kind == Kind::Title;
            if follower.is_some() {
                run.first.get_or_insert(blocks.len());
            }
            blocks.push((
                Block {
                    span,
                    breaks: group.breaks,
                    kind,
                    heads: matches!(self.shapes[group.first], Shape::Heading),
                    markup: Vec::new(),
                },
                group.first,
            ));
        }
        self.settle(&mut run, &mut blocks, Follower::Nothing);
        blocks
    }

    /// Decides which blocks of a run are headings; the others are prose.
    fn settle(&self, run: &mut Run, blocks: &mut [(Block, usize)], follower: Follower) {
        let stubs = std::mem::take(&mut run.stubs);
        let seen: Vec<Stub> = stubs
            .iter()
            .map(|at| {
                let (block, line) = &blocks[*at];
                Stub::of(block.folded(self.text).text(), self.lines[*line].after_blank)
            })
            .collect();
        let opens = !run.after_body;
        let may_be_title = opens && !run.titled;
        for (at, heads) in stubs.into_iter().zip(headings(&seen, follower, opens)) {
            blocks[at].0.kind = match heads {
                true if may_be_title && run.first == Some(at) => {
                    run.titled = true;
                    Kind::Title
                }
                true => Kind::Heading,
                false => Kind::Paragraph,
            };
        }
    }
}

/// Short lines that follow each other, and what stands before them: kept, so that it is not looked through for each.
#[derive(Default)]
struct Run {
    /// The blocks that they are.
    stubs: Vec<usize>,
    /// Whether prose or a heading by the format's word stands before them.
    after_body: bool,
    /// Whether the file has its title.
    titled: bool,
    /// The first block that is no furniture.
    first: Option<usize>,
}

/// A block for each label of a line; the last one goes on to `end`.
fn push_labels(labels: &[Label], line: Span, end: Option<usize>, group: Group, blocks: &mut Vec<(Block, usize)>) {
    let mut breaks = Some(group.breaks);
    for (index, label) in labels.iter().enumerate() {
        let last = index + 1 == labels.len();
        let start = if index == 0 { line.start() } else { label.span.start() };
        // What parts two labels goes with the first.
        let behind = labels.get(index + 1).map_or(line.end(), |next| next.span.start());
        let value = match end {
            Some(end) if last => Span::new(label.value.start(), end),
            _ => label.value,
        };
        blocks.push((
            Block {
                span: Span::new(start, behind),
                breaks: if last {
                    breaks.take().unwrap_or_default()
                } else {
                    Vec::new()
                },
                kind: Kind::Label {
                    key: label.key.clone(),
                    value,
                },
                heads: false,
                markup: Vec::new(),
            },
            group.first,
        ));
    }
}
