//! A font as far as its text goes: from the bytes of a string to characters, and how far each moves on.

use std::collections::HashMap;

use lopdf::{Dictionary, Object, Stream};

use super::cmap::{CMap, Meaning};
use super::encoding::{Collection, Predefined};
use super::file::{File, dict_of, number_of};
use super::glyph_names::{self, Table};
use super::widths::{self, Widths};
use super::{embedded, written};
use crate::reading::ReadError;

/// Names and numbers in a list of differences: there are 256 codes.
const MAX_DIFFERENCES: usize = 1024;

/// One code of a string.
pub(super) struct Shown {
    /// Its characters in the order of reading; none if nobody knows which they are.
    pub(super) text: Characters,
    /// How far it moves on, in parts of the font's size.
    pub(super) advance: f64,
    /// Whether it is the one-byte code 32, which word spacing applies to.
    pub(super) is_space: bool,
}

/// The characters of a code: nearly always one.
pub(super) enum Characters {
    Unknown,
    One(char),
    More(String),
}

/// A font, ready to read strings with.
pub(super) struct Font {
    to_unicode: Option<CMap>,
    codes: Codes,
    widths: Widths,
    /// Whether it writes from top to bottom.
    pub(super) is_vertical: bool,
    /// Parts of the font's size that its letters really have: 1 but for fonts that are drawn (Type 3).
    pub(super) scale: f64,
}

enum Codes {
    /// One byte each.
    Simple(Box<Table>),
    /// A predefined CMap, and what numbers of glyphs mean.
    Predefined(Predefined, Glyphs),
    /// A CMap of the file's own that leads to numbers of glyphs.
    Own(Box<CMap>, Glyphs),
}

/// What the numbers of glyphs mean.
enum Glyphs {
    Unknown,
    Collection(Collection),
    Program(HashMap<u32, char>),
}

impl Font {
    /// Reads a font's dictionary.
    pub(super) fn read(file: &File, dict: &Dictionary) -> Result<Font, ReadError> {
        let to_unicode = match file.stream(dict, b"ToUnicode") {
            Some(stream) => Some(CMap::parse(&file.unpack(stream)?)).filter(|map| !map.is_empty()),
            None => None,
        };
        let descendant = file
            .array(dict, b"DescendantFonts")
            .and_then(|fonts| dict_of(file.resolve(fonts.first()?)?));
        let font = match descendant {
            Some(descendant) => Font::composite(file, dict, descendant, to_unicode)?,
            None => Font::simple(file, dict, to_unicode)?,
        };
        // Fonts stay, and many may be made of one stream.
        file.charge(font.weight())?;
        Ok(font)
    }

    /// About how many bytes it takes.
    fn weight(&self) -> usize {
        let codes = match &self.codes {
            Codes::Simple(_) => 0,
            Codes::Predefined(_, glyphs) => glyphs.weight(),
            Codes::Own(map, glyphs) => map.weight() + glyphs.weight(),
        };
        codes + self.to_unicode.as_ref().map_or(0, CMap::weight) + self.widths.weight()
    }

    /// For text whose font is not in the file: one byte a character.
    pub(super) fn missing() -> Font {
        Font {
            to_unicode: None,
            codes: Codes::Simple(Box::new(glyph_names::standard_table(b"WinAnsiEncoding"))),
            widths: Widths::flat(0.5),
            is_vertical: false,
            scale: 1.0,
        }
    }

    fn simple(file: &File, dict: &Dictionary, to_unicode: Option<CMap>) -> Result<Font, ReadError> {
        let table = simple_table(file, dict, to_unicode.is_none())?;
        let is_drawn = file.name(dict, b"Subtype") == Some(b"Type3");
        Ok(Font {
            widths: widths::simple(file, dict, &table),
            scale: if is_drawn { drawn_scale(file, dict) } else { 1.0 },
            codes: Codes::Simple(Box::new(table)),
            to_unicode,
            is_vertical: false,
        })
    }

    fn composite(
        file: &File,
        dict: &Dictionary,
        descendant: &Dictionary,
        to_unicode: Option<CMap>,
    ) -> Result<Font, ReadError> {
        let own = match file.stream(dict, b"Encoding") {
            Some(stream) => Some(own_cmap(file, stream)?),
            None => None,
        };
        let name = file.name(dict, b"Encoding").unwrap_or(b"Identity-H");
        let base = own.as_ref().and_then(|map| map.base.as_deref()).unwrap_or(name);
        let predefined = Predefined::by_name(base).unwrap_or(Predefined::Identity);
        let is_vertical = own.as_ref().map_or(name.ends_with(b"V"), |map| map.is_vertical);
        let needs_glyphs = to_unicode.is_none();
        let glyphs = glyphs(file, descendant, needs_glyphs)?;
        let widths = widths::composite(file, descendant);
        let codes = match own {
            Some(map) if !map.is_empty() => Codes::Own(Box::new(map), glyphs),
            _ => Codes::Predefined(predefined, glyphs),
        };
        Ok(Font {
            to_unicode,
            codes,
            widths,
            is_vertical,
            scale: 1.0,
        })
    }

    /// Cuts a string into its codes and hands each on.
    pub(super) fn show(&self, mut bytes: &[u8], mut each: impl FnMut(Shown)) {
        while !bytes.is_empty() {
            let length = self.code_length(bytes).clamp(1, bytes.len());
            let (code, rest) = bytes.split_at(length);
            bytes = rest;
            each(self.shown(code));
        }
    }

    fn code_length(&self, bytes: &[u8]) -> usize {
        match &self.codes {
            Codes::Simple(_) => 1,
            Codes::Own(map, _) => map.code_length(bytes).unwrap_or(2),
            Codes::Predefined(Predefined::Identity, _) => match &self.to_unicode {
                // Broken, but seen: codes of one byte under Identity-H, as the ToUnicode map says.
                Some(map) if map.is_single_byte() && bytes.len() % 2 == 1 => 1,
                _ => 2,
            },
            Codes::Predefined(predefined, _) => predefined.code_length(bytes),
        }
    }

    fn shown(&self, code: &[u8]) -> Shown {
        let number = code.iter().take(4).fold(0u32, |sum, byte| sum << 8 | u32::from(*byte));
        let own = self.own_character(code, number);
        let glyph = match &self.codes {
            Codes::Simple(_) | Codes::Predefined(Predefined::Identity, _) => Some(number),
            Codes::Own(map, _) => match map.get(number) {
                Some(Meaning::Number(glyph)) => Some(glyph),
                _ => None,
            },
            Codes::Predefined(..) => None,
        };
        Shown {
            text: self.characters(number, own),
            advance: self.widths.of(glyph, own),
            is_space: code == [32],
        }
    }

    /// The character by the font's encoding, without its ToUnicode map.
    fn own_character(&self, code: &[u8], number: u32) -> Option<char> {
        match &self.codes {
            Codes::Simple(table) => table.get(number as usize).copied().flatten(),
            Codes::Predefined(Predefined::Identity, glyphs) => glyphs.character(number),
            Codes::Predefined(predefined, _) => predefined.character(code),
            Codes::Own(map, glyphs) => match map.get(number)? {
                Meaning::Number(glyph) => glyphs.character(glyph),
                Meaning::Text(_) => None,
            },
        }
    }

    fn characters(&self, number: u32, own: Option<char>) -> Characters {
        let mapped = self.to_unicode.as_ref().and_then(|map| map.get(number));
        let text: String = match mapped {
            Some(Meaning::Number(value)) => char::from_u32(value).into_iter().flat_map(written::ordinary).collect(),
            Some(Meaning::Text(text)) => text.chars().flat_map(written::ordinary).collect(),
            None => String::new(),
        };
        let text = match own {
            Some(own) if text.is_empty() => written::ordinary(own).collect(),
            _ => text,
        };
        let mut chars = text.chars();
        match (chars.next(), chars.next()) {
            // A map to nothing is a map: the writer says that the glyph is no text.
            (None, _) if mapped.is_some() => Characters::More(text),
            (None, _) => Characters::Unknown,
            (Some(only), None) => Characters::One(only),
            _ => Characters::More(text),
        }
    }
}

impl Glyphs {
    fn weight(&self) -> usize {
        match self {
            Glyphs::Program(characters) => characters.len() * 24,
            Glyphs::Unknown | Glyphs::Collection(_) => 0,
        }
    }

    fn character(&self, glyph: u32) -> Option<char> {
        match self {
            Glyphs::Unknown => None,
            Glyphs::Collection(collection) => collection.character(glyph),
            Glyphs::Program(characters) => characters.get(&glyph).copied(),
        }
    }
}

fn own_cmap(file: &File, stream: &Stream) -> Result<CMap, ReadError> {
    let mut map = CMap::parse(&file.unpack(stream)?);
    if let Some(base) = file.name(&stream.dict, b"UseCMap") {
        map.base = Some(base.to_vec());
    }
    map.is_vertical |= file.number(&stream.dict, b"WMode") == Some(1.0);
    Ok(map)
}

/// What the numbers of a composite font's glyphs mean: by its collection, or by the program in the file.
fn glyphs(file: &File, descendant: &Dictionary, needs_program: bool) -> Result<Glyphs, ReadError> {
    let system = file.dict(descendant, b"CIDSystemInfo");
    let ordering = system.and_then(|info| file.get(info, b"Ordering")?.as_str().ok());
    if let Some(collection) = ordering.and_then(Collection::by_ordering) {
        return Ok(Glyphs::Collection(collection));
    }
    let program = needs_program.then(|| program(file, descendant)).flatten();
    let Some(program) = program else {
        return Ok(Glyphs::Unknown);
    };
    let by_glyph = embedded::by_glyph(&file.unpack(program)?);
    if by_glyph.is_empty() {
        return Ok(Glyphs::Unknown);
    }
    let Some(stream) = file.stream(descendant, b"CIDToGIDMap") else {
        return Ok(Glyphs::Program(by_glyph));
    };
    let map = file.unpack(stream)?;
    let pairs = map.chunks_exact(2).zip(0u32..).filter_map(|(pair, cid)| {
        let glyph = u32::from(*pair.first()?) << 8 | u32::from(*pair.last()?);
        Some((cid, *by_glyph.get(&glyph)?))
    });
    Ok(Glyphs::Program(pairs.collect()))
}

fn program<'f>(file: &'f File, font: &'f Dictionary) -> Option<&'f Stream> {
    let descriptor = file.dict(font, b"FontDescriptor")?;
    [&b"FontFile2"[..], b"FontFile3", b"FontFile"]
        .into_iter()
        .find_map(|key| file.stream(descriptor, key))
}

/// The characters of a simple font: its base encoding, and the glyphs that differ.
fn simple_table(file: &File, dict: &Dictionary, needs_program: bool) -> Result<Table, ReadError> {
    let encoding = file.get(dict, b"Encoding");
    let named = match encoding {
        Some(Object::Name(name)) => Some(name.as_slice()),
        Some(Object::Dictionary(encoding)) => file.name(encoding, b"BaseEncoding"),
        _ => None,
    };
    let mut table = glyph_names::standard_table(named.unwrap_or_default());
    if named.is_none()
        && needs_program
        && let Some(program) = program(file, dict)
    {
        let own = embedded::by_code(&file.unpack(program)?);
        for (slot, own) in table.iter_mut().zip(own) {
            *slot = own.or(*slot);
        }
    }
    if let Some(Object::Dictionary(encoding)) = encoding {
        apply_differences(file, encoding, &mut table);
    }
    Ok(table)
}

fn apply_differences(file: &File, encoding: &Dictionary, table: &mut Table) {
    let mut code = 0usize;
    let items = file.array(encoding, b"Differences").unwrap_or_default();
    for item in items.iter().take(MAX_DIFFERENCES) {
        match file.resolve(item) {
            Some(Object::Name(name)) => {
                if let Some(slot) = table.get_mut(code) {
                    *slot = glyph_names::character(name);
                }
                code = code.saturating_add(1);
            }
            Some(number) => code = number_of(number).map_or(code, |value| value as usize),
            None => {}
        }
    }
}

/// The real height of a drawn font's letters beside the size it is set in.
fn drawn_scale(file: &File, dict: &Dictionary) -> f64 {
    let matrix = file.matrix(dict, b"FontMatrix");
    let height = file.rectangle(dict, b"FontBBox").map(|[_, low, _, high]| high - low);
    match (matrix, height) {
        (Some(matrix), Some(height)) if height > 0.0 => (matrix.across().1 * height).abs().clamp(0.01, 100.0),
        _ => 1.0,
    }
}
