//! The layout: lines and the format's marks become blocks, each what a reader of the page sees as one.
//!
//! - [`lines`]: what stands between line breaks, how wide it is, what the format says of it
//! - [`furniture`]: page numbers and running heads
//! - [`wrap`]: which lines are one paragraph
//! - [`list`], [`heading`], [`table`]: bullets and numbers, headings that are headings, rows
//! - [`tail`]: what a page recommends below its own paper
//!
//! Every character of the file is in a block's span, in white space, or in marks between blocks.

mod furniture;
mod heading;
mod lines;
mod list;
mod table;
mod tail;
mod wrap;

use self::furniture::furniture;
use self::heading::{Follower, Stub, headings, may_head};
use self::lines::{Line, lines};
use self::list::{bullet, number, without_bullet};
use self::table::{Columns, Row, label_row, table_rows};
use self::wrap::Wrapping;
use super::boilerplate::boilerplate;
use super::format::{Document, MarkKind};
use super::labels::{Label, Place, labels};
use super::turns::{Head, begins_turn, cell_head, is_time, turn_head};
use crate::meeting::Reason;
use crate::text::{Folded, Span, quotations};

/// What a block is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The file's own title.
    Title,
    /// A section's heading.
    Heading,
    /// Prose, an item of a list, a row of a table without speakers.
    Paragraph,
    /// A speaker's turn in minutes or a transcript.
    Turn(Head),
    /// A row of a table of remarks: who said what.
    Row {
        /// Who, and what.
        head: Head,
        /// Its other cells.
        rest: Vec<Span>,
    },
    /// `时间:…`: a fact about the meeting, or its list of those present.
    Label {
        /// The folded words before the colon.
        key: String,
        /// What stands behind it.
        value: Span,
    },
    /// Nobody's words.
    Furniture(Reason),
}

/// A stretch of the file that a reader sees as one, with its kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Where it stands, from its first line to its last, without list marks.
    pub span: Span,
    /// Furniture inside it: a page's foot and head between two of its lines. In order.
    pub breaks: Vec<Span>,
    /// What it is.
    pub kind: Kind,
    /// Marks inside it that nobody reads, in order.
    markup: Vec<Span>,
}

impl Block {
    /// Its words as rules read them: without furniture and marks inside.
    pub fn folded(&self, text: &str) -> Folded {
        if self.breaks.is_empty() && self.markup.is_empty() {
            return Folded::new(self.span.of(text), self.span.start());
        }
        let mut holes = [self.breaks.as_slice(), self.markup.as_slice()].concat();
        holes.sort_unstable();
        Folded::without(text, self.span, &holes)
    }

    /// Its span without the marks at its ends that nobody reads: the 礼泉县 of `## 礼泉县`.
    pub fn bare(&self, text: &str) -> Span {
        let mut bare = self.span.trimmed(text);
        for mark in &self.markup {
            if mark.start() <= bare.start() && mark.end() > bare.start() {
                bare = Span::new(mark.end().min(bare.end()), bare.end()).trimmed(text);
            }
        }
        for mark in self.markup.iter().rev() {
            if mark.end() >= bare.end() && mark.start() < bare.end() {
                bare = Span::new(bare.start(), mark.start().max(bare.start())).trimmed(text);
            }
        }
        bare
    }

    /// `span` without the furniture inside the block: one piece, or several.
    pub fn pieces(&self, text: &str, span: Span) -> Vec<Span> {
        let mut pieces = Vec::new();
        let mut at = span.start();
        for hole in self.breaks.iter().filter(|hole| hole.overlaps(span)) {
            pieces.push(Span::new(at, hole.start().max(at)).trimmed(text));
            at = hole.end().min(span.end()).max(at);
        }
        pieces.push(Span::new(at, span.end()).trimmed(text));
        pieces.retain(|piece| !piece.is_empty());
        pieces
    }
}

/// The blocks of one file, in order.
#[derive(Debug)]
pub struct Layout {
    /// In order, without overlaps but for furniture inside others.
    pub blocks: Vec<Block>,
}

impl Layout {
    /// Cuts a document into blocks from the byte `from` on.
    pub fn of(document: &Document, from: usize) -> Layout {
        let text = document.text.as_str();
        let page = Page::of(document, from);
        let mut blocks = page.blocks();
        remarks_of_tables(text, &page, &mut blocks);
        let mut blocks: Vec<Block> = blocks.into_iter().map(|(block, _)| block).collect();
        tail::settle(text, &mut blocks);
        super::turns::settle(text, &mut blocks);
        let markup = document.marks.iter().filter(|mark| mark.kind == MarkKind::Markup);
        for mark in markup {
            let at = blocks.partition_point(|block| block.span.end() <= mark.span.start());
            if let Some(block) = blocks.get_mut(at).filter(|block| block.span.overlaps(mark.span)) {
                block.markup.push(mark.span);
            }
        }
        Layout { blocks }
    }

    /// A text without marks.
    #[cfg(test)]
    pub fn of_text(text: &str) -> Layout {
        let document = Document {
            text: text.to_owned(),
            marks: Vec::new(),
        };
        Layout::of(&document, 0)
    }
}

/// What a line is by itself.
enum Shape {
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

/// The lines of a file with what each is by itself.
struct Page<'d> {
    text: &'d str,
    lines: Vec<Line<'d>>,
    shapes: Vec<Shape>,
    wrapping: Wrapping,
}

/// A block that is being put together, with the lines it came of.
struct Group {
    first: usize,
    last: usize,
    breaks: Vec<Span>,
}

impl<'d> Page<'d> {
    fn of(document: &'d Document, from: usize) -> Page<'d> {
        let text = document.text.as_str();
        let lines: Vec<Line<'d>> = lines(document, from)
            .into_iter()
            .filter(|line| !is_rule(line.span.of(text)))
            .collect();
        let furniture = furniture(text, &lines);
        let rows = table_rows(text, &lines);
        let mut shapes = Vec::with_capacity(lines.len());
        for ((line, why), row) in lines.iter().zip(furniture).zip(rows) {
            shapes.push(match why {
                Some(why) => Shape::Furniture(why),
                None => shape(text, line, row, &shapes),
            });
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
    fn blocks(&self) -> Vec<(Block, usize)> {
        let groups = self.groups();
        let mut blocks: Vec<(Block, usize)> = Vec::with_capacity(groups.len());
        let mut stubs: Vec<usize> = Vec::new();
        let mut opens = true;
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
                    self.settle_stubs(&mut blocks, &mut stubs, Follower::Nothing, opens);
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
                stubs.push(blocks.len());
            } else if let Some(follower) = follower {
                self.settle_stubs(&mut blocks, &mut stubs, follower, opens);
                opens = false;
            }
            blocks.push((
                Block {
                    span,
                    breaks: group.breaks,
                    kind,
                    markup: Vec::new(),
                },
                group.first,
            ));
        }
        self.settle_stubs(&mut blocks, &mut stubs, Follower::Nothing, opens);
        blocks
    }

    /// Decides which blocks of a run are headings; the others are prose.
    fn settle_stubs(&self, blocks: &mut [(Block, usize)], stubs: &mut Vec<usize>, follower: Follower, opens: bool) {
        // Most blocks end no run: what stands before them is not looked through again for each.
        if stubs.is_empty() {
            return;
        }
        let run: Vec<Stub> = stubs
            .iter()
            .map(|at| {
                let (block, line) = &blocks[*at];
                Stub::of(block.folded(self.text).text(), self.lines[*line].after_blank)
            })
            .collect();
        let titled = opens && blocks.iter().any(|(block, _)| block.kind == Kind::Title);
        for (at, heads) in stubs.drain(..).zip(headings(&run, follower, opens)) {
            let is_first = || {
                blocks[..at]
                    .iter()
                    .all(|(block, _)| matches!(block.kind, Kind::Furniture(_)))
            };
            blocks[at].0.kind = match heads {
                true if opens && !titled && is_first() => Kind::Title,
                true => Kind::Heading,
                false => Kind::Paragraph,
            };
        }
    }
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
                markup: Vec::new(),
            },
            group.first,
        ));
    }
}

fn is_rule(line: &str) -> bool {
    line.chars().count() >= 3
        && line
            .chars()
            .all(|c| matches!(c, '-' | '*' | '=' | '_' | '—' | '─' | '|' | ':' | '+' | ' '))
}

/// What a line is, by its words and the lines before it.
fn shape(text: &str, line: &Line<'_>, row: Option<Row>, before: &[Shape]) -> Shape {
    let words = line.span.of(text);
    match line.mark {
        Some(MarkKind::Heading(level)) => {
            return match (level, before.is_empty()) {
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
    if let Some(why) = boilerplate(folded.text()) {
        return Shape::Furniture(why);
    }
    let labels = match &row {
        Some(row) => {
            let head = before.iter().rev().map_while(as_row).last();
            if Columns::of(text, head.unwrap_or(row)).is_some() {
                return Shape::Row(row.clone());
            }
            Some(label_row(text, row)).filter(|labels| !labels.is_empty())
        }
        None => None,
    }
    .unwrap_or_else(|| labels(text, &folded, place_behind(before)));
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
    if !bulleted && may_head(folded.text()) {
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

/// Where a line stands that comes behind these.
fn place_behind(before: &[Shape]) -> Place {
    /// “…”三地交流座谈会实录: a title of one or two lines may look like prose.
    const TITLE_LINES: usize = 2;
    let in_body = |(index, shape): (usize, &Shape)| match shape {
        Shape::Prose => index >= TITLE_LINES,
        Shape::Turn(_) | Shape::Row(_) | Shape::Own => true,
        _ => false,
    };
    match before.last() {
        _ if !before.iter().enumerate().any(in_body) => Place::Head,
        Some(Shape::Labels(_) | Shape::Heading | Shape::Stub) => Place::Run,
        _ => Place::Body,
    }
}

/// Tables of remarks: each row's words are those of whom the row names, or of whom the row above names.
fn remarks_of_tables(text: &str, page: &Page<'_>, blocks: &mut [(Block, usize)]) {
    let mut columns: Option<Columns> = None;
    let mut in_table = false;
    let mut last: Option<(Option<Span>, Option<Span>)> = None;
    for (block, line) in blocks.iter_mut() {
        let Shape::Row(row) = &page.shapes[*line] else {
            in_table = matches!(block.kind, Kind::Furniture(_)) && in_table;
            continue;
        };
        if !in_table || row.head {
            columns = Columns::of(text, row);
            in_table = true;
            last = None;
            if columns.is_some() {
                block.kind = Kind::Furniture(Reason::Metadata);
                continue;
            }
        }
        let Some(columns) = columns else { continue };
        let cell = |at: usize| row.cells.get(at).copied().filter(|cell| !cell.is_empty());
        let Some(words) = cell(columns.words) else { continue };
        let named = (cell(columns.speaker), columns.office.and_then(cell));
        let (name, office) = if named.0.is_some() {
            named
        } else if row.cells.iter().any(|cell| is_time(cell.of(text))) {
            // ,9.5,12,都修。: a program that heard nobody whom it knows, and no cell over several rows.
            named
        } else {
            last.unwrap_or(named)
        };
        last = Some((name, office));
        let used = [Some(columns.words), Some(columns.speaker), columns.office];
        let rest = (0..row.cells.len())
            .filter(|at| !used.contains(&Some(*at)))
            .filter_map(cell)
            .filter(|cell| cell.of(text).chars().any(char::is_alphabetic))
            .collect();
        let head = match name {
            Some(name) => cell_head(text, name, office, words),
            None => Head {
                name,
                office,
                words,
                sure: true,
            },
        };
        block.kind = Kind::Row { head, rest };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<&'static str> {
        Layout::of_text(text)
            .blocks
            .iter()
            .map(|block| match block.kind {
                Kind::Title => "title",
                Kind::Heading => "heading",
                Kind::Paragraph => "paragraph",
                Kind::Turn(_) => "turn",
                Kind::Label { .. } => "label",
                Kind::Furniture(_) => "furniture",
                Kind::Row { .. } => "row",
            })
            .collect()
    }

    #[test]
    fn lines_are_told_apart() {
        let text = "全县统战工作座谈会召开\n时间:2024年3月5日\n3月5日,会议召开。\n取长补短“学”\n礼泉县要学先进。\n(资料图)\n编辑:某某\n";
        assert_eq!(
            kinds(text),
            [
                "title",
                "label",
                "paragraph",
                "heading",
                "paragraph",
                "furniture",
                "furniture"
            ]
        );
    }

    #[test]
    fn a_heading_is_its_words_without_the_marks_of_markdown() {
        let file = "# 座谈会\n\n## 交流**发言** ##\n\n刘晖说:“好。”\n";
        let document = crate::reading::read_bytes(std::path::Path::new("a.md"), file.as_bytes()).unwrap();
        let layout = Layout::of(&document, 0);
        let heading = layout.blocks.iter().find(|block| block.kind == Kind::Heading).unwrap();
        assert_eq!(heading.bare(&document.text).of(&document.text), "交流**发言");
    }

    #[test]
    fn markdown_and_turns() {
        let text = "# 座谈会\n\n## 交流发言\n\n蓝秀珍(长汀县副县长):我先说。\n[00:01:02] 丘福生:我补充。\n";
        assert_eq!(kinds(text), ["title", "heading", "turn", "turn"]);
    }
}
