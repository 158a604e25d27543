//! Encrypted files whose trailer holds the encryption dictionary itself instead of a reference to it: PDF allows that (MuPDF
//! writes so), and lopdf 0.47 knows references only. The dictionary is moved into an object of its own.

use super::tokens::{Token, Tokens};

const KEY: &[u8] = b"/Encrypt";
/// A number that no object of the file has: files below 20 MB have far fewer.
const NUMBER: &str = "900001 0";

/// The same file with its encryption dictionary in an object; none if that is not needed. The table of objects does not know of
/// the new one: it must be made anew.
pub(super) fn moved_out(bytes: &[u8]) -> Option<Vec<u8>> {
    let places: Vec<(usize, usize)> = occurrences(bytes).filter_map(|at| dictionary(bytes, at)).collect();
    let (start, end) = *places.last()?;
    let mut out = bytes.to_vec();
    for (start, end) in &places {
        let reference = format!(" {NUMBER} R");
        let slots = out.get_mut(*start..*end)?;
        let padded = reference.bytes().chain(std::iter::repeat(b' '));
        slots.iter_mut().zip(padded).for_each(|(slot, byte)| *slot = byte);
    }
    out.extend(format!("\n{NUMBER} obj\n").bytes());
    out.extend(bytes.get(start..end)?);
    out.extend(b"\nendobj\n");
    Some(out)
}

fn occurrences(bytes: &[u8]) -> impl Iterator<Item = usize> {
    let windows = bytes.windows(KEY.len()).enumerate();
    windows
        .filter(|(_, window)| *window == KEY)
        .map(|(at, _)| at + KEY.len())
}

/// Where the dictionary behind the key begins and ends.
fn dictionary(bytes: &[u8], at: usize) -> Option<(usize, usize)> {
    let mut tokens = Tokens::new(bytes.get(at..at + 4096).or_else(|| bytes.get(at..))?);
    if tokens.next() != Some(Token::DictStart) {
        return None;
    }
    let mut depth = 1usize;
    while depth > 0 {
        match tokens.next()? {
            Token::DictStart => depth += 1,
            Token::DictEnd => depth -= 1,
            _ => {}
        }
    }
    Some((at, at + tokens.position()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dictionary_in_the_trailer_becomes_an_object() {
        let moved = moved_out(b"trailer <</Encrypt<</V 2/O(>>)/CF<<>>  >>/Size 3>>").expect("moved");
        let text = String::from_utf8_lossy(&moved);
        assert!(text.starts_with("trailer <</Encrypt 900001 0 R"), "{text}");
        assert!(
            text.contains("/Size 3>>\n900001 0 obj\n<</V 2/O(>>)/CF<<>>  >>\nendobj"),
            "{text}"
        );
        assert_eq!(moved_out(b"trailer <</Encrypt 5 0 R>>"), None);
    }
}
