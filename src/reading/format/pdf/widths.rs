//! How far the glyphs of a font move on: from `Widths`, from `W` and `DW`, or guessed where the file is silent.

use std::collections::HashMap;

use lopdf::{Dictionary, Object};

use super::file::{File, number_of};
use super::glyph_names::Table;
use super::written;

/// Widths that one list may give: more than there are glyphs is no honest list.
const MAX_LISTED: usize = 1 << 17;

/// The widths of a font, in parts of its size.
pub(super) struct Widths {
    known: HashMap<u32, f64>,
    /// For glyphs without a width.
    default: f64,
    /// Whether to guess by the character instead: the fonts that each reader brings along have no widths in the file.
    guesses: bool,
    /// Whether it is a font of a Chinese, Japanese or Korean collection, whose glyphs 1 to 95 are those of ASCII.
    is_collection: bool,
}

impl Widths {
    /// The same for all.
    pub(super) fn flat(width: f64) -> Widths {
        Widths {
            known: HashMap::new(),
            default: width,
            guesses: true,
            is_collection: false,
        }
    }

    /// About how many bytes they take.
    pub(super) fn weight(&self) -> usize {
        self.known.len() * 32
    }

    /// The width of a glyph, or of a character whose glyph is not known.
    pub(super) fn of(&self, glyph: Option<u32>, character: Option<char>) -> f64 {
        if let Some(width) = glyph.and_then(|glyph| self.known.get(&glyph)) {
            return *width;
        }
        match character {
            Some(c) if self.is_collection && glyph.is_none() && (' '..='~').contains(&c) => {
                // Proportional from glyph 1 on, half as wide as a Han character from 814 on (in GB1).
                let (glyph, half) = (u32::from(c) - 31, u32::from(c) + 782);
                let known = self.known.get(&glyph).or_else(|| self.known.get(&half));
                known.copied().unwrap_or(self.default)
            }
            Some(c) if self.guesses => guess(c),
            _ => self.default,
        }
    }
}

/// Of a font with one byte a glyph.
pub(super) fn simple(file: &File, dict: &Dictionary, table: &Table) -> Widths {
    let first = file.number(dict, b"FirstChar").unwrap_or_default() as u32;
    // A drawn font counts in its own units.
    let unit = match file.name(dict, b"Subtype") {
        Some(b"Type3") => file
            .matrix(dict, b"FontMatrix")
            .map_or(0.001, |matrix| matrix.along().0),
        _ => 0.001,
    };
    let listed = file.numbers(dict, b"Widths").unwrap_or_default();
    let codes = first..first.saturating_add(256);
    let mut known: HashMap<u32, f64> = codes.zip(listed.iter().map(|width| width * unit)).collect();
    let descriptor = file.dict(dict, b"FontDescriptor");
    let missing = descriptor.and_then(|descriptor| file.number(descriptor, b"MissingWidth"));
    if known.values().all(|width| *width == 0.0) {
        known.clear();
    }
    if file
        .name(dict, b"BaseFont")
        .is_some_and(|name| name.starts_with(b"Courier"))
        && known.is_empty()
    {
        known = (0u32..).zip(table).map(|(code, _)| (code, 0.6)).collect();
    }
    Widths {
        guesses: known.is_empty(),
        default: missing.unwrap_or_default() * 0.001,
        known,
        is_collection: false,
    }
}

/// Of a composite font.
pub(super) fn composite(file: &File, descendant: &Dictionary) -> Widths {
    let system = file.dict(descendant, b"CIDSystemInfo");
    let ordering = system.and_then(|info| file.get(info, b"Ordering")?.as_str().ok());
    let items = file.array(descendant, b"W").unwrap_or_default();
    Widths {
        known: listed(file, items),
        default: file.number(descendant, b"DW").unwrap_or(1000.0) * 0.001,
        guesses: false,
        is_collection: ordering.is_some_and(|ordering| ordering != b"Identity"),
    }
}

/// `first [w w w]` and `first last w`.
fn listed(file: &File, items: &[Object]) -> HashMap<u32, f64> {
    let mut known = HashMap::new();
    let mut listed = 0;
    let mut rest = items.iter().filter_map(|item| file.resolve(item));
    while let Some(first) = rest.next().and_then(number_of) {
        let first = first as u32;
        if listed > MAX_LISTED {
            break;
        }
        match rest.next() {
            Some(Object::Array(widths)) => {
                listed += widths.len();
                let widths = widths.iter().filter_map(|width| number_of(file.resolve(width)?));
                known.extend((first..).zip(widths.map(|width| width * 0.001)));
            }
            Some(last) => {
                let last = number_of(last).unwrap_or_default() as u32;
                let Some(width) = rest.next().and_then(number_of) else {
                    break;
                };
                // Numbers of glyphs have two bytes; a range beyond is no honest one.
                let range = first..=last.min(0xffff);
                listed += range.clone().count();
                known.extend(range.map(|glyph| (glyph, width * 0.001)));
            }
            None => break,
        }
    }
    known
}

/// Roughly a Helvetica.
fn guess(c: char) -> f64 {
    match c {
        _ if written::is_han(c) && c.len_utf8() > 2 => 1.0,
        'i' | 'j' | 'l' | '\'' | '|' | '!' | '.' | ',' | ':' | ';' | ' ' | 'I' | 'f' | 't' | '/' => 0.28,
        'm' | 'M' | 'W' | '%' | '@' => 0.86,
        'A'..='Z' | 'w' | '&' => 0.7,
        _ => 0.55,
    }
}
