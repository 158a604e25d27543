//! The shapes of one slide or of its notes, in their order: what each says, and what it is there for.

use super::bullets::Bullets;
use crate::reading::ReadError;
use crate::reading::format::lines::{MAX_TEXT, names_columns, too_much_text};
use crate::reading::format::xml::{Element, Token, Xml};

/// What a shape is there for, by the placeholder that it fills.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Place {
    /// The title of the slide.
    Title,
    /// The body of the notes, or of the slide.
    Body,
    /// The number of the slide.
    Number,
    /// What stands on each slide: the date, the footer, the header of the notes.
    Running,
    /// No placeholder: a text box, a table.
    #[default]
    Free,
}

/// What a slide is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// A paragraph of a shape.
    Paragraph {
        /// What the shape is there for.
        place: Place,
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

/// Reads a slide, its notes, or the text of a diagram.
pub fn read(mut xml: Xml<'_>) -> Result<Vec<Piece>, ReadError> {
    let mut slide = Slide::default();
    loop {
        let text_follows = match xml.next()? {
            Token::Open(element) => slide.open(&element),
            Token::Close(closing) => {
                slide.close(closing.name());
                false
            }
            Token::End => return Ok(slide.pieces),
            _ => false,
        };
        if text_follows {
            let text = xml.text_inside()?;
            slide.add(&text)?;
        }
    }
}

#[derive(Default)]
struct Slide {
    pieces: Vec<Piece>,
    place: Place,
    table: Option<Table>,
    paragraph: Option<Paragraph>,
    bullets: Bullets,
    /// Bytes of text so far.
    length: usize,
}

#[derive(Default)]
struct Paragraph {
    text: String,
    level: usize,
    bullet: Option<String>,
    first: u32,
    in_number_field: bool,
    has_number_field: bool,
    /// Whether there is text besides fields with the slide's number.
    has_words: bool,
}

#[derive(Default)]
struct Table {
    rows: Vec<Vec<String>>,
    row: Vec<String>,
    cell: Vec<String>,
    /// Whether the open cell is covered by the one before or above.
    covered: bool,
    /// Whether the table says that its first row is like the others.
    headless: bool,
}

impl Slide {
    /// Takes the beginning of an element; tells whether text stands in it.
    fn open(&mut self, element: &Element<'_>) -> bool {
        match element.name() {
            "sp" | "graphicFrame" => self.place = Place::Free,
            "ph" => self.place = place_of(element),
            "tbl" => self.table = Some(Table::default()),
            "p" => self.paragraph = Some(Paragraph::default()),
            "txBody" | "t" if self.paragraph.is_none() => self.bullets = Bullets::default(),
            "t" => return true,
            _ => {
                if let Some(paragraph) = &mut self.paragraph {
                    paragraph.take(element);
                } else if let Some(table) = &mut self.table {
                    table.take(element);
                }
            }
        }
        false
    }

    fn close(&mut self, name: &str) {
        match name {
            "p" => self.close_paragraph(),
            "fld" => {
                if let Some(paragraph) = &mut self.paragraph {
                    paragraph.in_number_field = false;
                }
            }
            "tbl" => {
                if let Some(table) = self.table.take() {
                    self.pieces.extend(table.pieces());
                }
            }
            _ => {
                if let Some(table) = &mut self.table {
                    table.close(name);
                }
            }
        }
    }

    fn add(&mut self, text: &str) -> Result<(), ReadError> {
        self.length += text.len();
        if self.length > MAX_TEXT {
            return Err(too_much_text());
        }
        if let Some(paragraph) = &mut self.paragraph {
            paragraph.has_words |= !paragraph.in_number_field && !text.trim().is_empty();
            paragraph.text.push_str(&text.replace(['\n', '\t', '\r'], " "));
        }
        Ok(())
    }

    fn close_paragraph(&mut self) {
        let Some(paragraph) = self.paragraph.take() else {
            return;
        };
        let words = paragraph.text.trim();
        if words.is_empty() {
            return;
        }
        let label = self
            .bullets
            .label(paragraph.level, paragraph.bullet.as_deref(), paragraph.first);
        let text = format!("{label}{words}");
        if let Some(table) = &mut self.table {
            table.cell.push(text);
            return;
        }
        let only_number = paragraph.has_number_field && !paragraph.has_words;
        self.pieces.push(Piece::Paragraph {
            place: if only_number { Place::Number } else { self.place },
            text,
        });
    }
}

fn place_of(element: &Element<'_>) -> Place {
    match element.attr("type").as_deref() {
        Some("title" | "ctrTitle") => Place::Title,
        Some("sldNum") => Place::Number,
        Some("dt" | "ftr" | "hdr") => Place::Running,
        _ => Place::Body,
    }
}

impl Paragraph {
    fn take(&mut self, element: &Element<'_>) {
        match element.name() {
            "pPr" => self.level = element.number("lvl").unwrap_or(0),
            "br" => self.text.push('\n'),
            "tab" => self.text.push(' '),
            "fld" => {
                self.in_number_field = element.attr("type").is_some_and(|kind| kind == "slidenum");
                self.has_number_field |= self.in_number_field;
            }
            "buAutoNum" => {
                self.bullet = element.attr("type").map(|kind| kind.into_owned());
                self.first = element.number("startAt").unwrap_or(1);
            }
            "buChar" | "buBlip" => self.bullet = Some("bullet".to_owned()),
            _ => {}
        }
    }
}

impl Table {
    fn take(&mut self, element: &Element<'_>) {
        match element.name() {
            "tblPr" => self.headless = element.attr("firstRow").is_some() && !element.flag("firstRow"),
            "tc" => self.covered = element.flag("hMerge") || element.flag("vMerge"),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "tc" => {
                let text = std::mem::take(&mut self.cell).join(" ");
                self.row.push(if self.covered { String::new() } else { text });
            }
            "tr" => self.rows.push(std::mem::take(&mut self.row)),
            _ => {}
        }
    }

    fn pieces(self) -> impl Iterator<Item = Piece> {
        let first_is_head =
            !self.headless && self.rows.len() > 1 && self.rows.first().is_some_and(|row| names_columns(row));
        self.rows.into_iter().enumerate().map(move |(index, cells)| Piece::Row {
            cells,
            head: index == 0 && first_is_head,
        })
    }
}
