//! Simple fonts: one byte a glyph, and the glyph has a name (`A`, `hyphen`, `uni8D75`).
//!
//! The tables of names and of the standard encodings are lopdf's; it gives them out by way of a font's dictionary only.

use lopdf::{Dictionary, Document, Encoding, Object};

/// The characters of the 256 codes.
pub(super) type Table = [Option<char>; 256];

/// A standard encoding by its name; the standard one for any other name.
pub(super) fn standard_table(name: &[u8]) -> Table {
    let name = match name {
        b"WinAnsiEncoding" | b"MacRomanEncoding" | b"MacExpertEncoding" => name,
        _ => b"StandardEncoding",
    };
    let font = font_with(Object::Name(name.to_vec()));
    let mut table = [None; 256];
    if let Ok(Encoding::OneByteEncoding(glyphs)) = font.get_font_encoding(&Document::new()) {
        for (slot, glyph) in table.iter_mut().zip(glyphs) {
            *slot = glyph.and_then(|glyph| char::from_u32(u32::from(glyph.utf16_code_unit())));
        }
    }
    table
}

/// The character that a glyph's name says.
pub(super) fn character(name: &[u8]) -> Option<char> {
    let stem = name
        .split(|byte| *byte == b'.')
        .next()
        .filter(|stem| !stem.is_empty())?;
    listed(stem).or_else(|| by_number(std::str::from_utf8(stem).ok()?))
}

fn listed(name: &[u8]) -> Option<char> {
    if let [letter] = name
        && letter.is_ascii_alphabetic()
    {
        return Some(char::from(*letter));
    }
    let differences = Object::Array(vec![Object::Integer(0), Object::Name(name.to_vec())]);
    let mut encoding = Dictionary::new();
    encoding.set("Differences", differences);
    let font = font_with(Object::Dictionary(encoding));
    match font.get_font_encoding(&Document::new()) {
        Ok(Encoding::Differences(found)) => {
            let unit = found.map.get(&0)?.utf16_code_unit();
            char::from_u32(u32::from(unit))
        }
        _ => None,
    }
}

/// `uni8D75`, `u20000`.
fn by_number(name: &str) -> Option<char> {
    let digits = name.strip_prefix("uni").or_else(|| name.strip_prefix('u'))?;
    let digits = if name.starts_with("uni") {
        digits.get(..4)?
    } else {
        digits
    };
    if !(4..=6).contains(&digits.len()) {
        return None;
    }
    char::from_u32(u32::from_str_radix(digits, 16).ok()?)
}

fn font_with(encoding: Object) -> Dictionary {
    let mut font = Dictionary::new();
    font.set("Type", Object::Name(b"Font".to_vec()));
    font.set("Encoding", encoding);
    font
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_tables_give_characters() {
        assert_eq!(character(b"A"), Some('A'));
        assert_eq!(character(b"hyphen"), Some('-'));
        assert_eq!(character(b"uni8D75"), Some('赵'));
        assert_eq!(character(b"u20000"), Some('\u{20000}'));
        assert_eq!(character(b"a.alt"), Some('a'));
        assert_eq!(character(b"g123"), None);
        assert_eq!(standard_table(b"WinAnsiEncoding")[0x93], Some('“'));
        assert_eq!(standard_table(b"")[b'A' as usize], Some('A'));
    }
}
