//! One part of a document with running text: the body, a header, a note. Its tokens become blocks.
//!
//! What Word shows is kept and what it hides is not: results of fields but not their codes, insertions but not deletions,
//! base text but not the ruby above it. Text boxes come behind the paragraph that they hang on.

use super::numbering::Numbering;
use super::styles::{NumberReference, Role, Styles};
use super::table::Table;
use crate::reading::ReadError;
use crate::reading::format::lines::{MAX_TEXT, too_much_text};
use crate::reading::format::xml::{Element, Token};

/// What a part is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A paragraph, with its number.
    Paragraph {
        /// Heading, entry of the contents, or neither.
        role: Role,
        /// Its text; line breaks inside are `\n`.
        text: String,
    },
    /// A row of a table.
    Row {
        /// The texts of its cells.
        cells: Vec<String>,
        /// Whether it names the columns.
        head: bool,
    },
}

impl Block {
    /// A paragraph that is nothing else.
    pub fn paragraph(text: String) -> Block {
        Block::Paragraph { role: Role::Body, text }
    }

    /// The text on one line.
    pub fn flat(self) -> String {
        match self {
            Block::Paragraph { text, .. } => text.replace('\n', " "),
            Block::Row { cells, .. } => cells.join(" "),
        }
    }
}

/// Where the text refers to a note.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct NoteReference {
    /// Whether it stands at the end of the document instead of the foot of the page.
    pub at_end: bool,
    /// Its id among the notes of its part.
    pub id: String,
}

/// What to do with the element that was just opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Read on inside.
    Inside,
    /// Leave it out.
    Skip,
}

/// The reading of one part.
pub struct Story<'s> {
    styles: &'s Styles,
    numbering: &'s mut Numbering,
    /// What is being read now: the part itself, or a text box within it.
    frame: Frame,
    /// What the text boxes that are open stand in.
    outer: Vec<Frame>,
    /// For each field that is open, whether its code is being read.
    fields: Vec<bool>,
    text: Option<Text>,
    notes: Vec<NoteReference>,
    /// Bytes of text so far.
    length: usize,
}

#[derive(Default)]
struct Frame {
    blocks: Vec<Block>,
    tables: Vec<Table>,
    paragraph: Option<Paragraph>,
    /// A paragraph whose mark is deleted: it goes on in the next one.
    carried: Option<Paragraph>,
}

#[derive(Default)]
struct Paragraph {
    text: String,
    style: Option<String>,
    outline: Option<u8>,
    number: NumberReference,
    in_properties: bool,
    mark_deleted: bool,
    run_hidden: bool,
    /// What stands in the text boxes that hang on it.
    boxes: Vec<Block>,
}

/// An element of text that is open.
struct Text {
    content: String,
    /// Whether white space at its ends counts.
    preserved: bool,
}

impl<'s> Story<'s> {
    /// Begins a part; lists count on from part to part.
    pub fn new(styles: &'s Styles, numbering: &'s mut Numbering) -> Self {
        Story {
            styles,
            numbering,
            frame: Frame::default(),
            outer: Vec::new(),
            fields: Vec::new(),
            text: None,
            notes: Vec::new(),
            length: 0,
        }
    }

    /// Takes the next token of the part.
    pub fn take(&mut self, token: &Token<'_>) -> Result<Next, ReadError> {
        match token {
            Token::Open(element) => return Ok(self.open(element)),
            Token::Close(closing) => self.close(closing.name()),
            Token::Text(more) => {
                if let Some(text) = &mut self.text {
                    self.length += more.len();
                    text.content.push_str(more);
                }
            }
            Token::Other | Token::End => {}
        }
        if self.length > MAX_TEXT {
            return Err(too_much_text());
        }
        Ok(Next::Inside)
    }

    /// The blocks that are ready.
    pub fn blocks(&mut self) -> Vec<Block> {
        if self.outer.is_empty() {
            std::mem::take(&mut self.frame.blocks)
        } else {
            Vec::new()
        }
    }

    /// The last blocks, and the notes that the part refers to, in order.
    pub fn finish(mut self) -> (Vec<Block>, Vec<NoteReference>) {
        while !self.outer.is_empty() {
            self.close_box();
        }
        self.end_frame();
        (self.frame.blocks, self.notes)
    }

    fn open(&mut self, element: &Element<'_>) -> Next {
        let name = element.name();
        if let Some(paragraph) = &mut self.frame.paragraph
            && paragraph.in_properties
        {
            return paragraph.take_property(name, element);
        }
        match name {
            "del" | "moveFrom" => {
                if let Some(table) = self.frame.tables.last_mut()
                    && table.in_row_properties()
                {
                    table.delete_row();
                }
                return Next::Skip;
            }
            name if is_left_out(name) => return Next::Skip,
            "p" => self.open_paragraph(),
            "pPr" => {
                if let Some(paragraph) = &mut self.frame.paragraph {
                    paragraph.in_properties = true;
                }
            }
            "tbl" => self.frame.tables.push(Table::default()),
            "txbxContent" => {
                let inside = Frame::default();
                self.outer.push(std::mem::replace(&mut self.frame, inside));
            }
            _ if self.frame.paragraph.is_some() => self.open_in_paragraph(name, element),
            _ => {
                if let Some(table) = self.frame.tables.last_mut() {
                    table.open(element);
                }
            }
        }
        Next::Inside
    }

    fn open_in_paragraph(&mut self, name: &str, element: &Element<'_>) {
        match name {
            "r" => self.set_hidden(false),
            "rStyle" => {
                let style = element.attr("val").unwrap_or_default();
                if self.styles.is_hidden(&style) {
                    self.set_hidden(true);
                }
            }
            "vanish" => self.set_hidden(element.is_on()),
            "t" => {
                self.text = Some(Text {
                    content: String::new(),
                    preserved: element.attr("space").is_some_and(|space| space == "preserve"),
                });
            }
            "br" | "cr" => self.add("\n"),
            "tab" | "ptab" => self.add(" "),
            "noBreakHyphen" => self.add("-"),
            "fldChar" => self.turn_field(&element.attr("fldCharType").unwrap_or_default()),
            "footnoteReference" | "endnoteReference" if self.is_shown() => self.notes.push(NoteReference {
                at_end: name == "endnoteReference",
                id: element.attr("id").unwrap_or_default().into_owned(),
            }),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "t" => self.close_text(),
            "p" => self.close_paragraph(),
            "pPr" => {
                if let Some(paragraph) = &mut self.frame.paragraph {
                    paragraph.in_properties = false;
                }
            }
            "tbl" => self.close_table(),
            "txbxContent" => self.close_box(),
            _ if self.frame.paragraph.is_some() => {}
            _ => {
                if let Some(table) = self.frame.tables.last_mut() {
                    table.close(name);
                }
            }
        }
    }

    fn open_paragraph(&mut self) {
        self.close_paragraph();
        let carried = self.frame.carried.take().unwrap_or_default();
        self.frame.paragraph = Some(Paragraph {
            text: carried.text,
            boxes: carried.boxes,
            ..Paragraph::default()
        });
    }

    fn close_paragraph(&mut self) {
        let Some(mut paragraph) = self.frame.paragraph.take() else {
            return;
        };
        // A field whose end is missing would swallow the rest of the document: its code ends with the paragraph.
        self.fields.fill(false);
        if paragraph.mark_deleted {
            self.frame.carried = Some(paragraph);
            return;
        }
        let style = paragraph.style.as_deref();
        let label = self.numbering.label(&paragraph.number, style, self.styles);
        let words = paragraph.text.trim();
        let text = match label {
            _ if words.is_empty() => String::new(),
            Some(label) => format!("{label}{words}"),
            None => words.to_owned(),
        };
        let boxes = std::mem::take(&mut paragraph.boxes);
        let role = self.styles.role(style, paragraph.outline);
        self.put(Block::Paragraph { role, text });
        for block in boxes {
            self.put(block);
        }
    }

    /// Puts a block where it belongs: into the cell that is open, or behind the others.
    fn put(&mut self, block: Block) {
        if matches!(&block, Block::Paragraph { text, .. } if text.is_empty()) {
            return;
        }
        match self.frame.tables.last_mut() {
            Some(table) if table.in_cell() => table.add(block.flat()),
            _ => self.frame.blocks.push(block),
        }
    }

    fn close_table(&mut self) {
        self.close_paragraph();
        let Some(table) = self.frame.tables.pop() else {
            return;
        };
        match self.frame.tables.last_mut() {
            Some(outer) if outer.in_cell() => table.flat().for_each(|line| outer.add(line)),
            _ => self.frame.blocks.extend(table.blocks()),
        }
    }

    fn close_box(&mut self) {
        let Some(outer) = self.outer.pop() else {
            return;
        };
        self.end_frame();
        let inside = std::mem::replace(&mut self.frame, outer);
        match &mut self.frame.paragraph {
            Some(paragraph) => paragraph.boxes.extend(inside.blocks),
            None => self.frame.blocks.extend(inside.blocks),
        }
    }

    /// Closes what is open in this frame.
    fn end_frame(&mut self) {
        self.close_paragraph();
        if let Some(mut last) = self.frame.carried.take() {
            last.mark_deleted = false;
            self.frame.paragraph = Some(last);
            self.close_paragraph();
        }
        while !self.frame.tables.is_empty() {
            self.close_table();
        }
    }

    fn close_text(&mut self) {
        let Some(text) = self.text.take() else {
            return;
        };
        let content = if text.preserved {
            text.content.as_str()
        } else {
            text.content.trim_matches([' ', '\t', '\n', '\r'])
        };
        // Line ends and tabs of the XML itself are spaces on the page.
        self.add(&content.replace(['\n', '\t', '\r'], " "));
    }

    fn add(&mut self, words: &str) {
        if !self.is_shown() {
            return;
        }
        if let Some(paragraph) = &mut self.frame.paragraph {
            paragraph.text.push_str(words);
        }
    }

    fn is_shown(&self) -> bool {
        let Some(paragraph) = &self.frame.paragraph else {
            return false;
        };
        let hidden = paragraph.run_hidden
            || paragraph
                .style
                .as_deref()
                .is_some_and(|style| self.styles.is_hidden(style));
        !hidden && !self.fields.contains(&true)
    }

    fn set_hidden(&mut self, hidden: bool) {
        if let Some(paragraph) = &mut self.frame.paragraph {
            paragraph.run_hidden = hidden;
        }
    }

    fn turn_field(&mut self, kind: &str) {
        match kind {
            "begin" => self.fields.push(true),
            "separate" => {
                if let Some(in_code) = self.fields.last_mut() {
                    *in_code = false;
                }
            }
            "end" => {
                self.fields.pop();
            }
            _ => {}
        }
    }
}

impl Paragraph {
    fn take_property(&mut self, name: &str, element: &Element<'_>) -> Next {
        match name {
            "pStyle" => self.style = element.attr("val").map(|style| style.into_owned()),
            "outlineLvl" => self.outline = element.number("val"),
            "numId" => self.number.list = element.number("val"),
            "ilvl" => self.number.level = element.number("val"),
            "del" | "moveFrom" => {
                self.mark_deleted = true;
                return Next::Skip;
            }
            name if is_left_out(name) => return Next::Skip,
            _ => {}
        }
        Next::Inside
    }
}

/// Elements without text of the page: what was before a tracked change, codes of fields, readings above the text, properties.
fn is_left_out(name: &str) -> bool {
    matches!(
        name,
        "pPrChange"
            | "rPrChange"
            | "tblPrChange"
            | "tblPrExChange"
            | "trPrChange"
            | "tcPrChange"
            | "sectPrChange"
            | "numberingChange"
            | "instrText"
            | "delText"
            | "rt"
            | "rubyPr"
            | "sectPr"
            | "sdtPr"
            | "tblPr"
            | "tblGrid"
            | "tabs"
            | "framePr"
            | "ffData"
            | "fldData"
            | "binData"
    )
}
