//! Which encoding a file is in, and its text: county offices still send GBK, Taiwan sends Big5, Notepad's “Unicode” is
//! UTF-16, and hardly a file says so itself.
//!
//! Order: a byte order mark; UTF-8, which no other text passes for by chance; then whichever of UTF-16, GB18030 (which
//! holds GBK and GB 2312) and Big5 gives the commonest characters.

use std::collections::HashMap;
use std::sync::LazyLock;

use encoding_rs::{BIG5, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

use crate::reading::ReadError;
use crate::text::rows;

/// One bad character in so many is forgiven: a stray byte, not another encoding.
const CHARACTERS_A_BAD_ONE: usize = 1000;
/// Control characters above one in so many are binary data.
const CHARACTERS_A_CONTROL: usize = 50;
/// Characters that are judged; more tell nothing new.
const JUDGED: usize = 50_000;
/// Han characters from which on a text must look like Chinese: gibberish of that length is another language's encoding.
const ENOUGH_TO_TELL: usize = 20;

/// Weight of a character that is no Han character but belongs in Chinese text, like `，`.
const PUNCTUATION: i64 = 12;
/// Weight of a letter, digit or symbol of ASCII: a UTF-16 candidate must not win by reading them as something rare.
const ASCII: i64 = 4;
/// Weight of a Han character outside the table.
const RARE: i64 = -4;
/// Weight of what hardly stands in Chinese text: Cyrillic, box drawing, private use.
const FOREIGN: i64 = -10;
/// What a wrong character costs.
const BAD: i64 = -40;
/// How far the label of the file itself outweighs the characters, an eighth of the judged score.
const HINT_SHARE: i64 = 8;

/// How common each Han character is; see the file for source and form.
static COMMON: LazyLock<HashMap<char, i64>> = LazyLock::new(|| {
    let mut common = HashMap::new();
    for row in rows!("encoding/common.tsv", 2) {
        let Ok(weight) = row[0].parse() else {
            row.wrong("no weight");
        };
        if !row[1].chars().all(|c| common.insert(c, weight).is_none()) {
            row.wrong("a character twice");
        }
    }
    common
});

/// The text of `bytes`, with `\n` alone for all line ends and without a byte order mark.
///
/// `hint` is the label that the file or its carrier gives (`gb2312` in a page's `<meta>`): believed where the bytes allow it.
///
/// # Errors
///
/// [`ReadError::Encoding`] if the bytes are text in no known encoding, [`ReadError::Empty`] if there is only white space.
pub fn decode(bytes: &[u8], hint: Option<&str>) -> Result<String, ReadError> {
    let text = by_mark(bytes).unwrap_or_else(|| by_content(bytes, hint));
    let text = normal_lines(text.ok_or(ReadError::Encoding)?);
    if text.chars().all(|c| c.is_whitespace() || c == '\u{feff}') {
        return Err(ReadError::Empty);
    }
    Ok(text)
}

/// What a byte order mark says. `None` without one; `Some(None)` if the rest is no text all the same.
fn by_mark(bytes: &[u8]) -> Option<Option<String>> {
    let (encoding, rest) = match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => (UTF_8, rest),
        [0xff, 0xfe, rest @ ..] => (UTF_16LE, rest),
        [0xfe, 0xff, rest @ ..] => (UTF_16BE, rest),
        [0x84, 0x31, 0x95, 0x33, rest @ ..] => (GB18030, rest),
        _ => return None,
    };
    // A file joined of two may say one thing and hold another: a UTF-8 mark before GBK text is no reason to refuse it.
    let read = Candidate::told(rest, encoding).map(|candidate| candidate.text);
    Some(read.or_else(|| by_content(rest, None)))
}

fn by_content(bytes: &[u8], hint: Option<&str>) -> Option<String> {
    let utf8 = Candidate::read(bytes, UTF_8);
    if let Some(utf8) = utf8.filter(|utf8| !looks_like_chance(utf8, bytes)) {
        return Some(utf8.text);
    }
    let hinted = hint
        .and_then(|label| Encoding::for_label(label.trim().as_bytes()))
        .map(gbk_as_gb18030);
    let candidates = [GB18030, BIG5, UTF_16LE, UTF_16BE, UTF_8]
        .into_iter()
        .filter_map(|encoding| {
            let candidate = Candidate::read(bytes, encoding).filter(Candidate::is_chinese)?;
            let bonus = if hinted == Some(encoding) {
                candidate.score.max(0) / HINT_SHARE
            } else {
                0
            };
            Some((candidate.score + bonus, candidate.text))
        });
    // The first of equals: GB18030 is what most such files are.
    let best = candidates.reduce(|best, next| if next.0 > best.0 { next } else { best });
    best.map(|(_, text)| text)
}

/// GB18030 holds all of GBK, and files that call themselves GBK or GB 2312 use what only GB18030 has.
fn gbk_as_gb18030(encoding: &'static Encoding) -> &'static Encoding {
    if encoding == encoding_rs::GBK {
        GB18030
    } else {
        encoding
    }
}

/// Whether valid UTF-8 may be a few characters of GBK: pairs of bytes that happen to make letters of Latin, Greek, Arabic.
fn looks_like_chance(utf8: &Candidate, bytes: &[u8]) -> bool {
    let (mut wide, mut narrow) = (0usize, 0usize);
    for c in utf8.text.chars().filter(|c| !c.is_ascii()) {
        if c >= '\u{800}' { wide += 1 } else { narrow += 1 }
    }
    // A broken character without a whole one beside it proves nothing either.
    let is_broken = utf8.text.contains(char::REPLACEMENT_CHARACTER) && wide == 1;
    is_broken || wide == 0 && narrow * 2 * 2 > bytes.len()
}

/// The bytes read in one encoding.
struct Candidate {
    text: String,
    score: i64,
    /// Judged Han characters, and those of them in the table.
    han: usize,
    common: usize,
}

impl Candidate {
    /// `None` if this encoding cannot be it: wrong bytes, binary data, or units that are no text.
    fn read(bytes: &[u8], encoding: &'static Encoding) -> Option<Candidate> {
        let is_utf16 = encoding == UTF_16LE || encoding == UTF_16BE;
        if is_utf16 && !looks_like_utf16(bytes, encoding == UTF_16LE) {
            return None;
        }
        Candidate::told(bytes, encoding)
    }

    /// As [`Candidate::read`], where a byte order mark says which encoding it is.
    fn told(bytes: &[u8], encoding: &'static Encoding) -> Option<Candidate> {
        let (text, _) = encoding.decode_without_bom_handling(bytes);
        let text = text.into_owned();
        let (mut characters, mut bad, mut controls) = (0usize, 0usize, 0usize);
        for c in text.chars() {
            characters += 1;
            match c {
                '\0' => return None,
                char::REPLACEMENT_CHARACTER => bad += 1,
                '\x1a' => {} // Ctrl-Z, the end of a DOS file
                c if is_control(c) => controls += 1,
                _ => {}
            }
        }
        // A file cut in the middle of its last character, and the mark itself where UTF-8 text quotes it.
        let quoted = if encoding == UTF_8 {
            count_quoted_marks(bytes)
        } else {
            0
        };
        let bad = bad.saturating_sub(quoted);
        let cut = usize::from(text.ends_with(char::REPLACEMENT_CHARACTER)).min(bad);
        if (bad - cut) * CHARACTERS_A_BAD_ONE > characters || controls * CHARACTERS_A_CONTROL > characters {
            return None;
        }
        // One bad character of three is no file cut short.
        if bad > 0 && characters < 4 {
            return None;
        }
        Some(Candidate::judged(text))
    }

    fn judged(text: String) -> Candidate {
        let mut judged = Candidate {
            text: String::new(),
            score: 0,
            han: 0,
            common: 0,
        };
        for c in text.chars().take(JUDGED) {
            judged.score += match c {
                '\u{4e00}'..='\u{9fff}' => {
                    judged.han += 1;
                    let weight = COMMON.get(&c).copied();
                    judged.common += usize::from(weight.is_some());
                    weight.unwrap_or(RARE)
                }
                char::REPLACEMENT_CHARACTER => BAD,
                _ => weight_of_other(c),
            };
        }
        judged.text = text;
        judged
    }

    /// Long text must be mostly of common characters, or of no Han characters at all.
    fn is_chinese(&self) -> bool {
        self.han < ENOUGH_TO_TELL || self.common * 10 >= self.han * 7
    }
}

fn weight_of_other(c: char) -> i64 {
    match c {
        ' '..='~' | '\n' | '\r' | '\t' => ASCII,
        '，' | '。' | '、' | '：' | '；' | '？' | '！' | '“' | '”' | '‘' | '’' | '（' | '）' | '《' | '》' | '「'
        | '」' | '『' | '』' | '—' | '…' | '·' | '\u{3000}' | '【' | '】' | '〔' | '〕' => PUNCTUATION,
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '①'..='⑩' | '％' | '．' | '℃' | '×' | '～' | '－' => {
            PUNCTUATION / 2
        }
        '\u{3400}'..='\u{4dbf}' | '\u{20000}'..='\u{323af}' => RARE,
        _ => FOREIGN,
    }
}

fn is_control(c: char) -> bool {
    c.is_ascii_control() && !matches!(c, '\t' | '\n' | '\r' | '\x0b' | '\x0c')
}

/// How often UTF-8 text holds U+FFFD itself, which is then no sign of a wrong byte.
fn count_quoted_marks(bytes: &[u8]) -> usize {
    bytes.windows(3).filter(|window| *window == [0xef, 0xbf, 0xbd]).count()
}

/// Whether nearly all pairs of bytes are units of Chinese or ASCII text: no GBK file is, its pairs fall among Korean syllables.
fn looks_like_utf16(bytes: &[u8], little: bool) -> bool {
    let (mut units, mut likely) = (0usize, 0usize);
    for pair in bytes.chunks_exact(2).take(JUDGED) {
        let unit = match *pair {
            [low, high] if little => u16::from_le_bytes([low, high]),
            [high, low] => u16::from_be_bytes([high, low]),
            _ => continue,
        };
        units += 1;
        likely += usize::from(matches!(unit,
            0x09..=0x0d | 0x20..=0x7e | 0xa0..=0xff | 0x2010..=0x2043 | 0x2460..=0x2473 | 0x2500..=0x25cf
            | 0x3000..=0x30ff | 0x3400..=0x9fff | 0xd800..=0xdfff | 0xff00..=0xff5e));
    }
    units > 0 && likely * 20 >= units * 19
}

/// Line ends become `\n`: one character for one, but for `\r\n`.
fn normal_lines(mut text: String) -> String {
    if text.starts_with('\u{feff}') {
        text.remove(0);
    }
    let is_end = |c: char| matches!(c, '\r' | '\x0b' | '\x0c' | '\u{85}' | '\u{2028}' | '\u{2029}');
    if !text.contains(is_end) {
        return text;
    }
    let mut normal = String::with_capacity(text.len());
    let mut after_return = false;
    for c in text.chars() {
        if !(c == '\n' && after_return) {
            normal.push(if is_end(c) { '\n' } else { c });
        }
        after_return = c == '\r';
    }
    normal
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SIMPLIFIED: &str = "段文谦：今年校车更新三十辆，停靠点由交通局划定。";
    const TRADITIONAL: &str = "苗雨晴說：「今年校車更新三十輛，停靠點由交通局劃定。」";

    fn utf16(text: &str, little: bool) -> Vec<u8> {
        let pair = |unit: u16| if little { unit.to_le_bytes() } else { unit.to_be_bytes() };
        text.encode_utf16().flat_map(pair).collect()
    }

    fn encoded(text: &str, encoding: &'static Encoding) -> Vec<u8> {
        encoding.encode(text).0.into_owned()
    }

    #[test]
    fn gbk_and_big5_are_told_apart_by_common_characters() {
        assert_eq!(decode(&encoded(SIMPLIFIED, GB18030), None).unwrap(), SIMPLIFIED);
        assert_eq!(decode(&encoded(TRADITIONAL, GB18030), None).unwrap(), TRADITIONAL);
        assert_eq!(decode(&encoded(TRADITIONAL, BIG5), None).unwrap(), TRADITIONAL);
    }

    #[test]
    fn utf16_is_known_without_a_mark() {
        for text in [SIMPLIFIED, TRADITIONAL, "Tencent Meeting, 3 people", "段文谦"] {
            assert_eq!(decode(&utf16(text, true), None).unwrap(), text);
            assert_eq!(decode(&utf16(text, false), None).unwrap(), text);
        }
    }

    #[test]
    fn marks_are_believed_and_taken_away() {
        assert_eq!(decode("\u{feff}段文谦".as_bytes(), None).unwrap(), "段文谦");
        assert_eq!(decode(&utf16("\u{feff}段文谦", true), None).unwrap(), "段文谦");
        assert_eq!(decode(&utf16("\u{feff}段文谦", false), None).unwrap(), "段文谦");
        assert_eq!(decode(b"\x84\x31\x95\x33\xb6\xce", None).unwrap(), "段");
    }

    #[test]
    fn a_label_decides_where_the_bytes_allow_both() {
        assert_eq!(decode(&encoded("會議", BIG5), Some("big5")).unwrap(), "會議");
        assert_eq!(decode(SIMPLIFIED.as_bytes(), Some("gb2312")).unwrap(), SIMPLIFIED);
        assert_eq!(
            decode(&encoded(SIMPLIFIED, GB18030), Some("utf-8")).unwrap(),
            SIMPLIFIED
        );
    }

    #[test]
    fn a_character_cut_off_is_forgiven_and_a_broken_file_is_not() {
        let cut = &SIMPLIFIED.as_bytes()[..SIMPLIFIED.len() - 1];
        assert!(decode(cut, None).unwrap().starts_with("段文谦：今年校车"));
        let mut stray = SIMPLIFIED.repeat(100).into_bytes();
        stray[3000] = 0xff;
        assert!(decode(&stray, None).unwrap().contains(char::REPLACEMENT_CHARACTER));
        let gbk = encoded(SIMPLIFIED, GB18030);
        assert!(
            decode(&gbk[..gbk.len() - 1], None)
                .unwrap()
                .starts_with("段文谦：今年校车")
        );
        assert!(matches!(
            decode(b"\x7fELF\x02\x01\x01\0\0\0\0\0", None),
            Err(ReadError::Encoding)
        ));
        assert!(matches!(
            decode(b"caf\xe9 au lait, d\xe9j\xe0 vu", None),
            Err(ReadError::Encoding)
        ));
    }

    #[test]
    fn every_kind_of_line_end_is_one() {
        assert_eq!(
            decode("甲\r\n乙\r丙\u{2028}丁\x0c戊\x0b\n\r\n己".as_bytes(), None).unwrap(),
            "甲\n乙\n丙\n丁\n戊\n\n\n己"
        );
        assert!(matches!(decode(b" \r\n\xe3\x80\x80", None), Err(ReadError::Empty)));
        assert!(matches!(decode(b"", None), Err(ReadError::Empty)));
    }

    #[test]
    fn short_gbk_that_is_valid_utf8_by_chance_is_still_gbk() {
        assert_eq!(decode(&encoded("穆氏", GB18030), None).unwrap(), "穆氏");
        assert_eq!(decode("café".as_bytes(), None).unwrap(), "café");
    }

    proptest! {
        #[test]
        fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            if let Ok(text) = decode(&bytes, None) {
                prop_assert!(!text.contains('\r'));
            }
        }

        #[test]
        fn utf8_text_comes_back_as_it_is(text in "[\\u{4e00}-\\u{9fa5}，。 a-z\\n]{1,80}") {
            if let Ok(read) = decode(text.as_bytes(), None) {
                prop_assert_eq!(read, text);
            }
        }
    }
}
