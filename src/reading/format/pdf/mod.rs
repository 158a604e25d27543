//! Reads PDF: bytes → objects ([`file`]) → characters with places ([`content`], by their [`font`]s) → lines and rows of tables
//! ([`layout`]) → furniture aside ([`furniture`]) → paragraphs ([`paragraphs`]) → headings ([`headings`]) → the document
//! ([`assemble`]).
//!
//! A PDF says where each glyph stands and nothing of words, lines or paragraphs. All of that is told here from positions, once
//! and for the whole document, since what is usual in it (margins, sizes, distances) decides what is not. What a page shows
//! comes out exactly once; what cannot be placed is still a line of its own.

mod assemble;
mod cmap;
mod columns;
mod content;
mod embedded;
mod encoding;
mod file;
mod font;
mod furniture;
mod glyph_names;
mod headings;
mod layout;
mod lines;
mod load;
mod margins;
mod matrix;
mod page;
mod paragraphs;
mod protection;
mod tables;
#[cfg(test)]
mod tests;
mod tokens;
mod weight;
mod widths;
mod written;

use self::content::Fonts;
use self::file::File;
use self::layout::{Block, Item};
use self::margins::Measures;
use super::Document;
use crate::reading::ReadError;

/// The most characters that all pages may draw, those beside the page and those drawn twice among them.
const MAX_GLYPHS: usize = 10_000_000;
/// The most text that is read.
const MAX_TEXT: usize = 20 * 1024 * 1024;
/// Fewer letters a page than this beside images of the pages are a scanner's stamps, not text.
const FEW_LETTERS: usize = 10;
/// How much of a page an image of the page covers.
const PAGE_IMAGE: f64 = 0.4;

/// Reads a PDF.
pub fn read(bytes: &[u8]) -> Result<Document, ReadError> {
    let file = File::open(bytes)?;
    let mut fonts = Fonts::new();
    let mut tally = Tally::default();
    let mut pages = Vec::new();
    for node in file.pages()? {
        let mut page = content::draw(&file, &node, &mut fonts)?;
        tally.draw(page.glyphs.len())?;
        tally.images += page.image_share.min(1.0);
        tally.unknown += page.unknown;
        tally.is_painted |= page.is_painted;
        let blocks = layout::blocks(&mut page);
        tally.count(&blocks)?;
        pages.push((page.height, blocks));
    }
    tally.judge(pages.len())?;
    let cleared = furniture::clear(pages);
    let measures = Measures::of(&cleared);
    let parts = paragraphs::parts(cleared, &measures);
    let levels = headings::levels(&parts, &measures);
    Ok(assemble::document(parts, &levels))
}

/// What there is on all pages, to tell text from pictures of text.
#[derive(Default)]
struct Tally {
    /// Characters drawn.
    glyphs: usize,
    letters: usize,
    bytes: usize,
    /// Glyphs whose characters nobody knows.
    unknown: usize,
    /// Pages that images cover.
    images: f64,
    /// Whether anything was drawn that is no text: letters may be drawn as outlines.
    is_painted: bool,
}

impl Tally {
    fn draw(&mut self, glyphs: usize) -> Result<(), ReadError> {
        self.glyphs += glyphs;
        if self.glyphs > MAX_GLYPHS {
            return Err(ReadError::TooMuch { what: "text" });
        }
        Ok(())
    }

    fn count(&mut self, blocks: &[Block]) -> Result<(), ReadError> {
        let items = blocks.iter().flat_map(|block| &block.items);
        let texts = items.flat_map(|item| match item {
            Item::Line(line) => std::slice::from_ref(&line.text),
            Item::Row { cells, .. } => cells.as_slice(),
        });
        for text in texts {
            self.bytes += text.len();
            self.letters += text.chars().filter(|c| c.is_alphanumeric()).count();
        }
        if self.bytes > MAX_TEXT {
            return Err(ReadError::TooMuch { what: "text" });
        }
        Ok(())
    }

    fn judge(&self, pages: usize) -> Result<(), ReadError> {
        let is_scan = self.images > PAGE_IMAGE * pages as f64 && self.letters < FEW_LETTERS * pages;
        if is_scan || self.unknown > self.letters {
            return Err(ReadError::NoText);
        }
        match self.letters {
            0 if self.is_painted => Err(ReadError::NoText),
            0 => Err(ReadError::Empty),
            _ => Ok(()),
        }
    }
}
