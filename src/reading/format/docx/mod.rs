//! Word documents (`.docx`, `.docm`), also as Kingsoft WPS, LibreOffice and others write them.
//!
//! The text is what the page shows with all tracked changes accepted, with the numbers that Word gives to lists. Behind it come
//! the notes, each with its number, and, left out of all remarks, what stands at the head and the foot of the pages and what
//! reviewers wrote at the margin.
//!
//! | file | what it knows |
//! | --- | --- |
//! | `story` | a part with running text: paragraphs, tables, fields, tracked changes |
//! | `table` | rows and cells |
//! | `styles` | which paragraphs are headings |
//! | `numbering` | the numbers of lists |

mod numbering;
mod story;
mod styles;
mod table;
#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};

use self::numbering::Numbering;
use self::story::{Block, Next, NoteReference, Story};
use self::styles::{Role, Styles};
use super::archive::{Archive, Relation};
use super::counting::written;
use super::lines::Lines;
use super::xml::{Token, Xml};
use super::{Document, MarkKind, Reason};
use crate::reading::ReadError;

const FORMAT: &str = "docx";
/// Headers and footers that are read; a document has three of each a section.
const MAX_RUNNING_HEADS: usize = 500;

/// Reads a Word document.
pub fn read(bytes: &[u8]) -> Result<Document, ReadError> {
    let mut archive = Archive::open(FORMAT, bytes)?;
    let main = archive.main_part("word/document.xml")?;
    let relations = archive.relations(&main)?;
    let part_of = |kind: &str| relations.iter().find(|relation| relation.kind == kind);

    let styles = match optional(&mut archive, part_of("styles"))? {
        Some(xml) => Styles::read(xml)?,
        None => Styles::default(),
    };
    let mut numbering = match optional(&mut archive, part_of("numbering"))? {
        Some(xml) => Numbering::read(xml)?,
        None => Numbering::default(),
    };
    let mut lines = Lines::default();
    let references = write_body(archive.needed(&main)?, &styles, &mut numbering, &mut lines)?;
    for at_end in [false, true] {
        let Some(xml) = optional(&mut archive, part_of(if at_end { "endnotes" } else { "footnotes" }))? else {
            continue;
        };
        let notes = entries(
            xml,
            if at_end { "endnote" } else { "footnote" },
            &styles,
            &mut numbering,
        )?;
        write_notes(at_end, &references, notes, &mut lines)?;
    }
    write_running_heads(&mut archive, &relations, &styles, &mut numbering, &mut lines)?;
    if let Some(xml) = optional(&mut archive, part_of("comments"))? {
        for comment in entries(xml, "comment", &styles, &mut numbering)? {
            lines.push_left_out(Reason::Comment, &comment.text)?;
        }
    }
    lines.finish()
}

fn optional<'a>(archive: &'a mut Archive<'_>, part: Option<&Relation>) -> Result<Option<Xml<'a>>, ReadError> {
    part.map_or(Ok(None), |part| archive.part(&part.target))
}

/// Writes the body and returns the notes that it refers to.
fn write_body(
    mut xml: Xml<'_>,
    styles: &Styles,
    numbering: &mut Numbering,
    lines: &mut Lines,
) -> Result<Vec<NoteReference>, ReadError> {
    let mut story = Story::new(styles, numbering);
    while run(&mut xml, &mut story, None)? {
        write(story.blocks(), lines)?;
    }
    let (rest, references) = story.finish();
    write(rest, lines)?;
    Ok(references)
}

/// Gives the next token to the story, unless it is the end of the part or of the element called `last`.
fn run(xml: &mut Xml<'_>, story: &mut Story<'_>, last: Option<&str>) -> Result<bool, ReadError> {
    let token = xml.next()?;
    match &token {
        Token::End => return Ok(false),
        Token::Close(closing) if last == Some(closing.name()) => return Ok(false),
        _ => {}
    }
    if story.take(&token)? == Next::Skip {
        xml.skip();
    }
    Ok(true)
}

/// The text of a whole part, or up to the end of the element called `last`.
fn text_of(
    xml: &mut Xml<'_>,
    last: Option<&str>,
    styles: &Styles,
    numbering: &mut Numbering,
) -> Result<String, ReadError> {
    let mut story = Story::new(styles, numbering);
    while run(xml, &mut story, last)? {}
    let lines: Vec<String> = story.finish().0.into_iter().map(Block::flat).collect();
    Ok(lines.join("\n"))
}

fn write(blocks: Vec<Block>, lines: &mut Lines) -> Result<(), ReadError> {
    for block in blocks {
        match block {
            Block::Paragraph { role, text } => {
                let kind = match role {
                    Role::Heading(level) => MarkKind::Heading(level),
                    Role::Contents => MarkKind::LeftOut(Reason::Navigation),
                    Role::Body => MarkKind::Paragraph,
                };
                lines.push(&kind, &text)?;
            }
            Block::Row { cells, head } => lines.push_row(&cells, head)?,
        }
    }
    Ok(())
}

/// A note or a comment.
struct Entry {
    id: String,
    text: String,
}

/// The entries of a part that lists some, each under an element called `name`, without the lines that part notes from text.
fn entries(mut xml: Xml<'_>, name: &str, styles: &Styles, numbering: &mut Numbering) -> Result<Vec<Entry>, ReadError> {
    let mut entries = Vec::new();
    loop {
        let token = xml.next()?;
        let (id, is_text) = match &token {
            Token::End => return Ok(entries),
            Token::Open(element) if element.name() == name => (
                element.attr("id").unwrap_or_default().into_owned(),
                element.attr("type").is_none_or(|kind| kind == "normal"),
            ),
            _ => continue,
        };
        if is_text {
            let text = text_of(&mut xml, Some(name), styles, numbering)?;
            entries.push(Entry { id, text });
        } else {
            xml.skip();
        }
    }
}

/// Writes the notes that the body refers to, numbered as Word numbers them: `[1]` at the foot, `[i]` at the end.
fn write_notes(
    at_end: bool,
    references: &[NoteReference],
    notes: Vec<Entry>,
    lines: &mut Lines,
) -> Result<(), ReadError> {
    let mut texts: HashMap<String, String> = notes.into_iter().map(|note| (note.id, note.text)).collect();
    let ours = references.iter().filter(|reference| reference.at_end == at_end);
    for (index, reference) in ours.enumerate() {
        let Some(text) = texts.remove(&reference.id).filter(|text| !text.is_empty()) else {
            continue;
        };
        let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
        let format = if at_end { "lowerRoman" } else { "decimal" };
        lines.push(&MarkKind::Paragraph, &format!("[{}] {text}", written(format, number)))?;
    }
    Ok(())
}

/// Writes what stands at the head and the foot of the pages, each text once.
fn write_running_heads(
    archive: &mut Archive<'_>,
    relations: &[Relation],
    styles: &Styles,
    numbering: &mut Numbering,
    lines: &mut Lines,
) -> Result<(), ReadError> {
    let mut written = HashSet::new();
    let parts = relations
        .iter()
        .filter(|relation| matches!(relation.kind.as_str(), "header" | "footer"))
        .take(MAX_RUNNING_HEADS);
    for part in parts {
        let Some(mut xml) = archive.part(&part.target)? else {
            continue;
        };
        for line in text_of(&mut xml, None, styles, numbering)?.lines() {
            if written.insert(line.trim().to_owned()) {
                lines.push_left_out(running_reason(line), line)?;
            }
        }
    }
    Ok(())
}

/// A running line that only counts pages is a page number: `— 2 —`, `第 2 页 共 9 页`, `Page 2 of 9`.
fn running_reason(line: &str) -> Reason {
    let rest = line
        .replace(['第', '页', '共'], "")
        .replace("Page", "")
        .replace("of", "");
    let counts = rest
        .chars()
        .all(|c| c.is_ascii_digit() || c.is_whitespace() || "-—–－/|.~·".contains(c));
    if counts {
        Reason::PageNumber
    } else {
        Reason::RunningHead
    }
}
