//! The predefined CMaps: how bytes are cut into codes, and which characters the codes are.
//!
//! Their codes are characters in a well known encoding (UTF-16, GBK, Big5 …), so that no table of glyph numbers is needed to
//! read them. `Identity` alone says nothing of characters: its codes are numbers of glyphs.

use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GB18030, SHIFT_JIS};

/// The encoding behind a predefined CMap's name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Predefined {
    /// Two bytes, the number of a glyph.
    Identity,
    Utf8,
    Utf16,
    Utf32,
    /// One byte, or two from this lead byte on (GB 18030 has four as well).
    Mixed(&'static Encoding),
    /// The same in seven bits: `H` (JIS X 0208), `GB-H` (GB 2312).
    Seven(&'static Encoding),
}

impl Predefined {
    /// By the CMap's name, without its direction (`-H`, `-V`).
    pub(super) fn by_name(name: &[u8]) -> Option<Predefined> {
        let name = std::str::from_utf8(name).ok()?;
        let stem = name.strip_suffix("-H").or_else(|| name.strip_suffix("-V"));
        let stem = stem.unwrap_or(name);
        Some(match stem {
            "Identity" => Predefined::Identity,
            _ if stem.contains("UCS2") || stem.contains("UTF16") => Predefined::Utf16,
            _ if stem.contains("UTF32") => Predefined::Utf32,
            _ if stem.contains("UTF8") => Predefined::Utf8,
            "GBK-EUC" | "GBKp-EUC" | "GBK2K" | "GB-EUC" | "GBpc-EUC" => Predefined::Mixed(GB18030),
            "GB" => Predefined::Seven(GB18030),
            "ETen-B5" | "ETenms-B5" | "B5pc" | "HKscs-B5" | "B5" => Predefined::Mixed(BIG5),
            "90ms-RKSJ" | "90msp-RKSJ" | "90pv-RKSJ" | "83pv-RKSJ" | "Add-RKSJ" | "Ext-RKSJ" | "RKSJ" => {
                Predefined::Mixed(SHIFT_JIS)
            }
            "EUC" => Predefined::Mixed(EUC_JP),
            "H" | "V" => Predefined::Seven(EUC_JP),
            "KSC-EUC" | "KSCms-UHC" | "KSCms-UHC-HW" | "KSCpc-EUC" => Predefined::Mixed(EUC_KR),
            "KSC" => Predefined::Seven(EUC_KR),
            _ => return None,
        })
    }

    /// How many bytes the first code has; at least one, at most all.
    pub(super) fn code_length(self, bytes: &[u8]) -> usize {
        let first = bytes.first().copied().unwrap_or_default();
        let length = match self {
            Predefined::Identity | Predefined::Seven(_) => 2,
            Predefined::Utf16 if (0xd8..0xdc).contains(&first) => 4,
            Predefined::Utf16 => 2,
            Predefined::Utf32 => 4,
            Predefined::Utf8 => match first {
                0xc0..=0xdf => 2,
                0xe0..=0xef => 3,
                0xf0..=0xff => 4,
                _ => 1,
            },
            Predefined::Mixed(_) if first < 0x81 => 1,
            Predefined::Mixed(encoding) if encoding == SHIFT_JIS && (0xa0..0xe0).contains(&first) => 1,
            Predefined::Mixed(encoding) if encoding == GB18030 && bytes.get(1).is_some_and(u8::is_ascii_digit) => 4,
            Predefined::Mixed(_) => 2,
        };
        length.clamp(1, bytes.len().max(1))
    }

    /// The character of a code.
    pub(super) fn character(self, code: &[u8]) -> Option<char> {
        let single = |text: &str| text.chars().next().filter(|c| *c != char::REPLACEMENT_CHARACTER);
        match self {
            Predefined::Identity => None,
            Predefined::Utf8 => single(std::str::from_utf8(code).ok()?),
            Predefined::Utf16 => {
                let units = code.chunks_exact(2).map(|pair| match pair {
                    [high, low] => u16::from_be_bytes([*high, *low]),
                    _ => 0,
                });
                char::decode_utf16(units).next()?.ok()
            }
            Predefined::Utf32 => char::from_u32(u32::from_be_bytes(code.try_into().ok()?)),
            Predefined::Mixed(encoding) => single(&encoding.decode_without_bom_handling(code).0),
            Predefined::Seven(encoding) => {
                let eight: Vec<u8> = code.iter().map(|byte| byte | 0x80).collect();
                single(&encoding.decode_without_bom_handling(&eight).0)
            }
        }
    }
}

/// The characters of a registered collection of glyphs, three bytes each, 0 where there is none.
/// Made by `cid/derive.py` of Adobe's own maps (BSD-3-Clause, `cid/NOTICE`).
const GB1: &[u8] = include_bytes!("cid/adobe-gb1.bin");
const CNS1: &[u8] = include_bytes!("cid/adobe-cns1.bin");

/// A registered collection of glyphs, whose numbers say which characters they are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Collection(&'static [u8]);

impl Collection {
    /// By the `Ordering` of a CIDSystemInfo.
    pub(super) fn by_ordering(ordering: &[u8]) -> Option<Collection> {
        match ordering {
            b"GB1" => Some(Collection(GB1)),
            b"CNS1" => Some(Collection(CNS1)),
            _ => None,
        }
    }

    /// The character of a glyph.
    pub(super) fn character(self, glyph: u32) -> Option<char> {
        let at = (glyph as usize).checked_mul(3)?;
        let [high, middle, low] = self.0.get(at..at.checked_add(3)?)? else {
            return None;
        };
        let value = u32::from_be_bytes([0, *high, *middle, *low]);
        char::from_u32(value).filter(|c| *c != '\0')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode(name: &str, mut bytes: &[u8]) -> String {
        let encoding = Predefined::by_name(name.as_bytes()).expect("a known name");
        let mut out = String::new();
        while !bytes.is_empty() {
            let (code, rest) = bytes.split_at(encoding.code_length(bytes));
            out.push(encoding.character(code).unwrap_or('?'));
            bytes = rest;
        }
        out
    }

    #[test]
    fn codes_of_the_chinese_cmaps_are_their_encodings() {
        for (name, bytes, text) in [
            ("UniGB-UCS2-H", &b"\x8d\x75\x00A"[..], "赵A"),
            ("UniGB-UTF16-V", b"\xd8\x40\xdc\x00\x4e\x00", "\u{20000}一"),
            ("GBK-EUC-H", b"A\xd5\xd4\x96\x6e", "A赵杗"),
            ("GBKp-EUC-V", b"\xd5\xd4", "赵"),
            ("GBK2K-H", b"\x81\x30\x81\x30A", "\u{80}A"),
            ("ETen-B5-H", b"\xbb\xafA", "趙A"),
            ("GB-H", b"\x55\x54", "赵"),
        ] {
            assert_eq!(decode(name, bytes), text, "{name}");
        }
    }

    #[test]
    fn a_collection_knows_its_glyphs() {
        let gb = Collection::by_ordering(b"GB1").expect("known");
        assert_eq!(gb.character(34), Some('A'));
        assert_eq!(gb.character(1_000_000), None);
    }
}
