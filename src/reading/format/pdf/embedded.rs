//! What the embedded font program itself says of its characters, for fonts without a ToUnicode map.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use ttf_parser::cmap::Subtable;
use ttf_parser::{Face, GlyphId, PlatformId, cff};

use super::glyph_names::{self, Table};
use super::tokens::{Token, Tokens};
use super::written;

/// Codes that one table may have: there are hardly more characters.
const MAX_CODES: usize = 200_000;
/// Tables of one font that are looked into.
const MAX_TABLES: usize = 16;

/// The characters of a TrueType or OpenType font's glyphs.
pub(super) fn by_glyph(program: &[u8]) -> HashMap<u32, char> {
    let mut found: HashMap<u32, char> = HashMap::new();
    let Ok(face) = Face::parse(program, 0) else {
        return found;
    };
    let tables = face.tables().cmap.iter().flat_map(|cmap| cmap.subtables);
    for table in tables.filter(Subtable::is_unicode).take(MAX_TABLES) {
        each_code(&table, |code| {
            let (Some(character), Some(glyph)) = (char::from_u32(code), table.glyph_index(code)) else {
                return;
            };
            // A glyph may serve several characters: the ordinary one is meant.
            let known = found.entry(u32::from(glyph.0)).or_insert(character);
            if written::is_compatibility(*known) && !written::is_compatibility(character) {
                *known = character;
            }
        });
    }
    found
}

/// Hands on the codes of a table, at most [`MAX_CODES`]: a table may claim all numbers there are, again and again, and its
/// reader can only be stopped by unwinding out of it.
fn each_code(table: &Subtable<'_>, mut each: impl FnMut(u32)) {
    struct Enough;
    let mut count = 0;
    let walk = AssertUnwindSafe(|| {
        table.codepoints(|code| {
            count += 1;
            if count > MAX_CODES {
                resume_unwind(Box::new(Enough));
            }
            each(code);
        });
    });
    if let Err(panic) = catch_unwind(walk)
        && !panic.is::<Enough>()
    {
        resume_unwind(panic);
    }
}

/// The characters of the 256 codes by the program's own encoding, whatever its format.
pub(super) fn by_code(program: &[u8]) -> Table {
    if program.starts_with(b"%!") || program.starts_with(&[0x80, 1]) {
        return type1(program);
    }
    if let Ok(face) = Face::parse(program, 0) {
        return true_type(&face);
    }
    cff::Table::parse(program).map_or([None; 256], |table| compact(&table))
}

/// Type 1: `dup 65 /A put` in the part that is not encrypted.
fn type1(program: &[u8]) -> Table {
    let mut table = [None; 256];
    let mut before: [Option<Token>; 2] = [None, None];
    for token in Tokens::new(program).take(20_000) {
        match (&before, &token) {
            ([Some(Token::Number(code)), Some(Token::Name(name))], Token::Word(b"put")) => {
                if let Some(slot) = table.get_mut(*code as usize) {
                    *slot = glyph_names::character(name);
                }
            }
            (_, Token::Word(b"eexec")) => break,
            _ => {}
        }
        let [_, last] = before;
        before = [last, Some(token)];
    }
    table
}

fn compact(font: &cff::Table<'_>) -> Table {
    std::array::from_fn(|code| {
        let glyph = font.glyph_index(u8::try_from(code).ok()?)?;
        glyph_names::character(font.glyph_name(glyph)?.as_bytes())
    })
}

fn true_type(face: &Face<'_>) -> Table {
    std::array::from_fn(|code| {
        let code = u32::try_from(code).ok()?;
        let tables = face.tables().cmap.iter().flat_map(|cmap| cmap.subtables);
        let glyph = tables
            .take(MAX_TABLES)
            .filter(|table| matches!(table.platform_id, PlatformId::Windows | PlatformId::Macintosh))
            .find_map(|table| {
                let symbol = table.glyph_index(0xf000 + code);
                symbol.or_else(|| table.glyph_index(code)).filter(|glyph| glyph.0 != 0)
            })?;
        name_of(face, glyph)
    })
}

fn name_of(face: &Face<'_>, glyph: GlyphId) -> Option<char> {
    glyph_names::character(face.glyph_name(glyph)?.as_bytes())
}
