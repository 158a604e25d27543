//! How much there is in an object: the values that it is made of, when it was made and before.

use lopdf::{Dictionary, Object};

use super::tokens::{Token, Tokens};

/// Values that a dictionary takes the room of, besides its own.
const DICTIONARY: usize = 6;

/// How many values an object is made of.
pub(super) fn values(object: &Object) -> usize {
    let of_dict = |dict: &Dictionary| DICTIONARY + dict.iter().map(|(_, value)| 1 + values(value)).sum::<usize>();
    1 + match object {
        Object::Array(items) => items.iter().map(values).sum(),
        Object::Dictionary(dict) => of_dict(dict),
        Object::Stream(stream) => of_dict(&stream.dict),
        _ => 0,
    }
}

/// How many values, at most so many, and bytes the object has that `bytes` begin with.
pub(super) fn extent(bytes: &[u8], most: usize) -> (usize, usize) {
    let mut tokens = Tokens::new(bytes);
    let (mut values, mut depth) = (0, 0_usize);
    for token in tokens.by_ref() {
        values += if token == Token::DictStart { 1 + DICTIONARY } else { 1 };
        match token {
            Token::ArrayStart | Token::DictStart => depth += 1,
            Token::ArrayEnd | Token::DictEnd => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 || values > most {
            break;
        }
    }
    (values, tokens.position())
}

/// Whether one object alone has too many values: lopdf hands it out only when it has made all of it. Told by its bytes
/// alone, so that it errs where an object lies in a stream of another kind, and no further.
pub(super) fn has_huge_object(bytes: &[u8], most: usize) -> bool {
    let (mut values, mut at, mut in_word, mut has_ends) = (0, 0, false, true);
    while let Some(byte) = bytes.get(at) {
        let is_regular = !byte.is_ascii_whitespace() && !b"()<>[]{}/%\0".contains(byte);
        if is_regular && !in_word {
            let rest = bytes.get(at..).unwrap_or_default();
            if rest.starts_with(b"endobj") {
                values = 0;
            } else if has_ends && rest.starts_with(b"stream") {
                let end = find(rest, b"endstream");
                // Where none is found, none is further on: each search would go to the end once more.
                has_ends = end.is_some();
                at += end.unwrap_or_default();
            }
            values += 1;
        }
        values += match byte {
            b'[' | b'(' => 1,
            b'<' => DICTIONARY / 2,
            _ => 0,
        };
        if values > most {
            return true;
        }
        in_word = is_regular;
        at += 1;
    }
    false
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_ends_where_its_brackets_do() {
        assert_eq!(extent(b"[1 [2] (a b)] 3", 100), (7, 13));
        assert_eq!(extent(b"7 8", 100).0, 1);
        assert_eq!(extent(b"[1 2 3 4 5 6", 3).0, 4);
    }

    #[test]
    fn values_are_counted_for_each_object_and_not_in_streams() {
        let huge = |text: &str| has_huge_object(text.as_bytes(), 20);
        assert!(huge(&format!("1 0 obj [{}] endobj", "0 ".repeat(20))));
        assert!(!huge(&"1 0 obj [1 2 3] endobj ".repeat(20)));
        assert!(!huge(&format!(
            "1 0 obj <</A 1>> stream\n{} endstream endobj",
            "0 ".repeat(20)
        )));
        assert!(huge("<<>> <<>> <<>> <<>>"));
    }
}
