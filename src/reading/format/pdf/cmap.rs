//! CMaps that stand in the file: from codes to characters (ToUnicode), and from codes to glyph numbers (an Encoding of its own).

use super::tokens::{Token, Tokens};

/// The most ranges that are kept of one CMap: more than there are codes of two bytes is no honest map.
const MAX_RANGES: usize = 1 << 17;
/// Operands of one operator: whole maps stand before one `endbfchar`, though a hundred lines are allowed.
const MAX_OPERANDS: usize = 3 * MAX_RANGES;
/// Ranges that say how long codes are; a handful is usual.
const MAX_SPACES: usize = 256;
/// Bytes that one code may stand for, as the format says.
const MAX_TEXT: usize = 512;

/// What a range of codes stands for.
#[derive(Clone, Debug, PartialEq)]
enum Target {
    /// The first code is this number (a character or a glyph), the next the next.
    From(u32),
    /// The one code is several characters, as a ligature is.
    Text(String),
}

#[derive(Clone, Debug)]
struct Range {
    low: u32,
    high: u32,
    target: Target,
}

/// What a code stands for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Meaning<'m> {
    Number(u32),
    Text(&'m str),
}

/// A parsed CMap.
#[derive(Clone, Debug, Default)]
pub(super) struct CMap {
    /// How long codes are: bytes, lowest, highest.
    spaces: Vec<(usize, u32, u32)>,
    /// By their low ends.
    ranges: Vec<Range>,
    /// The predefined CMap that this one goes on from.
    pub(super) base: Option<Vec<u8>>,
    /// Whether it writes from top to bottom.
    pub(super) is_vertical: bool,
}

impl CMap {
    /// Reads what can be read.
    pub(super) fn parse(bytes: &[u8]) -> CMap {
        let mut map = CMap::default();
        let mut operands: Vec<Operand> = Vec::new();
        let mut array: Option<Vec<Operand>> = None;
        for token in Tokens::new(bytes) {
            let operand = match token {
                Token::Word(word) => {
                    array = None;
                    map.section(word, &operands);
                    operands.clear();
                    continue;
                }
                Token::ArrayStart => {
                    array = Some(Vec::new());
                    continue;
                }
                Token::ArrayEnd => Operand::Array(array.take().unwrap_or_default()),
                Token::Text(bytes) => Operand::Bytes(bytes),
                Token::Number(value) => Operand::Number(value as u32),
                Token::Name(name) => Operand::Name(name),
                Token::DictStart | Token::DictEnd => continue,
            };
            match &mut array {
                Some(items) if items.len() < MAX_RANGES => items.push(operand),
                None if operands.len() < MAX_OPERANDS => operands.push(operand),
                _ => {}
            }
        }
        map.ranges.sort_by_key(|range| range.low);
        map
    }

    fn section(&mut self, word: &[u8], operands: &[Operand]) {
        match word {
            b"endcodespacerange" => {
                for pair in operands.chunks_exact(2).take(MAX_SPACES) {
                    if let [Operand::Bytes(low), Operand::Bytes(high)] = pair {
                        self.spaces.push((low.len(), big_endian(low), big_endian(high)));
                    }
                }
            }
            b"endbfchar" | b"endcidchar" => {
                for pair in operands.chunks_exact(2) {
                    if let [Operand::Bytes(code), target] = pair {
                        self.add(big_endian(code), big_endian(code), target);
                    }
                }
            }
            b"endbfrange" | b"endcidrange" => {
                for triple in operands.chunks_exact(3) {
                    if let [Operand::Bytes(low), Operand::Bytes(high), target] = triple {
                        self.add_range(big_endian(low), big_endian(high), target);
                    }
                }
            }
            b"usecmap" => {
                if let Some(Operand::Name(name)) = operands.last() {
                    self.base = Some(name.clone());
                }
            }
            b"def" => {
                if let [.., Operand::Name(key), Operand::Number(1)] = operands {
                    self.is_vertical |= key == b"WMode";
                }
            }
            _ => {}
        }
    }

    fn add_range(&mut self, low: u32, high: u32, target: &Operand) {
        let Operand::Array(items) = target else {
            return self.add(low, high, target);
        };
        for (code, item) in (low..=high).zip(items) {
            self.add(code, code, item);
        }
    }

    fn add(&mut self, low: u32, high: u32, target: &Operand) {
        let target = match target {
            Operand::Number(value) => Target::From(*value),
            Operand::Bytes(bytes) => target_of(bytes),
            Operand::Name(_) | Operand::Array(_) => return,
        };
        if low <= high && self.ranges.len() < MAX_RANGES {
            self.ranges.push(Range { low, high, target });
        }
    }

    /// What `code` stands for.
    pub(super) fn get(&self, code: u32) -> Option<Meaning<'_>> {
        let behind = self.ranges.partition_point(|range| range.low <= code);
        // Later ranges win; a long range may have others inside it, so a few before are looked at too.
        let candidates = self.ranges.get(..behind)?.iter().rev().take(8);
        let range = candidates.into_iter().find(|range| code <= range.high)?;
        match &range.target {
            Target::From(first) => Some(Meaning::Number(first.checked_add(code - range.low)?)),
            Target::Text(text) => Some(Meaning::Text(text)),
        }
    }

    /// About how many bytes it takes.
    pub(super) fn weight(&self) -> usize {
        let text = |range: &Range| match &range.target {
            Target::Text(text) => text.len(),
            Target::From(_) => 0,
        };
        self.ranges.iter().map(|range| size_of::<Range>() + text(range)).sum()
    }

    /// Whether it maps nothing.
    pub(super) fn is_empty(&self) -> bool {
        self.ranges.is_empty()
    }

    /// How many bytes the first code of `bytes` has, if the CMap says so.
    pub(super) fn code_length(&self, bytes: &[u8]) -> Option<usize> {
        (1..=4usize.min(bytes.len())).find(|&length| {
            let code = bytes.get(..length).map(big_endian).unwrap_or_default();
            self.spaces
                .iter()
                .any(|&(of, low, high)| of == length && within(code, low, high, length))
        })
    }

    /// Whether all codes have one byte, by the CMap's own word.
    pub(super) fn is_single_byte(&self) -> bool {
        !self.spaces.is_empty() && self.spaces.iter().all(|(length, ..)| *length == 1)
    }
}

enum Operand {
    Bytes(Vec<u8>),
    Number(u32),
    Name(Vec<u8>),
    Array(Vec<Operand>),
}

/// A code space is a box: each byte lies between those of its ends.
fn within(code: u32, low: u32, high: u32, length: usize) -> bool {
    (0..length).all(|byte| {
        let at = |value: u32| (value >> (8 * byte)) & 0xff;
        (at(low)..=at(high)).contains(&at(code))
    })
}

fn big_endian(bytes: &[u8]) -> u32 {
    bytes
        .iter()
        .take(4)
        .fold(0, |value, byte| value << 8 | u32::from(*byte))
}

/// UTF-16BE; some writers give a single byte for what is below U+0100.
fn target_of(bytes: &[u8]) -> Target {
    if let [single] = bytes {
        return Target::From(u32::from(*single));
    }
    let bytes = bytes.get(..MAX_TEXT).unwrap_or(bytes);
    let units = bytes.chunks_exact(2).map(big_endian).map(|unit| unit as u16);
    let text: String = char::decode_utf16(units)
        .map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect();
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some(only), None) => Target::From(only.into()),
        _ => Target::Text(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_lists_and_single_codes_are_read() {
        let map = CMap::parse(
            b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n\
              2 beginbfchar <0001> <4E00> <0002><00660069> endbfchar\n\
              2 beginbfrange <0010> <0012> <8D75> <0020> <0021> [<5F20> <D840DC00>] endbfrange",
        );
        assert_eq!(map.get(1), Some(Meaning::Number(0x4e00)));
        assert_eq!(map.get(2), Some(Meaning::Text("fi")));
        assert_eq!(map.get(0x12), Some(Meaning::Number(0x8d77)));
        assert_eq!(map.get(0x21), Some(Meaning::Number(0x20000)));
        assert_eq!(map.get(0x13), None);
        assert_eq!(map.code_length(&[0, 1, 0]), Some(2));
    }

    #[test]
    fn codes_of_mixed_length_are_told_apart() {
        let map = CMap::parse(b"2 begincodespacerange <00> <80> <8140> <FEFE> endcodespacerange");
        assert_eq!(map.code_length(&[0x41, 0x42]), Some(1));
        assert_eq!(map.code_length(&[0xb0, 0xa1]), Some(2));
        assert_eq!(map.code_length(&[0xff, 0xa1]), None);
    }

    #[test]
    fn a_huge_range_costs_nothing() {
        let map = CMap::parse(b"1 beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange");
        assert_eq!(map.get(1), Some(Meaning::Number(0x42)));
        assert_eq!(map.get(u32::MAX), None);
    }
}
