//! What stands in the engine's tables, and how it is written in SphinxQL.
//!
//! Three tables: passages, the papers that they are of, and the state. A row of the first two tells in which generation it was
//! written (`born`) and in which it was dropped (`died`): a state is a generation, sees the rows that live in it, and never
//! changes; the next one comes into being by one number in the state's table.

use std::fmt::Write;

use crate::digest::sha256;
use crate::index::analyzer::Token;
use crate::index::search::Unit;

/// When a row dies that lives.
pub const NEVER: i64 = 1 << 62;
/// The longest term in bytes that the engine does not cut off.
const LONGEST_TERM: usize = 40;
/// Characters of a text that stand in one row.
pub const PIECE: usize = 200_000;

/// The names of the tables.
#[derive(Clone, Debug)]
pub struct Tables {
    /// A passage a row.
    pub passages: String,
    /// What is kept of a paper as a whole, in pieces.
    pub papers: String,
    /// The state, and who writes.
    pub state: String,
}

impl Tables {
    /// Which begin with `name`.
    pub fn new(name: &str) -> Tables {
        Tables {
            passages: format!("{name}_passages"),
            papers: format!("{name}_papers"),
            state: format!("{name}_state"),
        }
    }
}

/// What a row of the papers is a piece of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// What the catalogue keeps of the paper; its first row counts the paper's tokens.
    Record,
    /// Its text.
    Text,
    /// What it is shown by beside its text.
    Outline,
}

impl Part {
    /// Its number in the table.
    pub fn number(self) -> u32 {
        match self {
            Part::Record => 0,
            Part::Text => 1,
            Part::Outline => 2,
        }
    }
}

/// A number for a value, by which rows are filtered; never 0.
pub fn key(value: &str) -> i64 {
    let digest = sha256(value);
    let number = digest[..8].iter().fold(0_u64, |all, byte| all << 8 | u64::from(*byte));
    // Below 2^62: the engine's numbers have a sign.
    ((number >> 2) | 1) as i64
}

/// A number for a file, by which it is given a shard: spread evenly, which keys, all of them odd, are not.
pub fn place(file: &str) -> u64 {
    key(file).unsigned_abs() >> 1
}

/// A number for a row, which no other row has: of who writes it, and which of its rows it is.
pub fn row_key(writer: i64, number: u64) -> i64 {
    key(&format!("{writer} {number}"))
}

/// The folders that a file is in, each with its `/`, from the outermost.
pub fn folders(file: &str) -> impl Iterator<Item = &str> {
    file.match_indices('/').map(|(at, _)| &file[..=at])
}

/// A term as the engine holds it: letters and digits, whatever the server takes for a letter. It begins with its unit's own,
/// so that the same characters as a word and as a pair are two terms, counted apart.
pub fn term(unit: Unit, term: &str) -> String {
    let unit = match unit {
        Unit::Word => 'w',
        Unit::Pair => 'p',
        Unit::Around => 'a',
    };
    let mut written = String::with_capacity(2 + term.len() * 2);
    written.push(unit);
    if term
        .bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    {
        written.push('l');
        written.push_str(term);
    } else {
        written.push('x');
        for c in term.chars() {
            // Each character as many digits as all others of its length: no two terms are written alike.
            let _ = match u32::from(c) {
                code @ ..=0xffff => write!(written, "{code:04x}"),
                code => write!(written, "z{code:06x}"),
            };
        }
    }
    if written.len() > LONGEST_TERM {
        written.truncate(1);
        written.push('d');
        for byte in &sha256(term)[..16] {
            let _ = write!(written, "{byte:02x}");
        }
    }
    written
}

/// Terms in order, parted by blanks.
pub fn terms(unit: Unit, tokens: &[Token]) -> String {
    let mut written = String::new();
    for token in tokens {
        written.push_str(&term(unit, &token.term));
        written.push(' ');
    }
    written
}

/// A text in quotation marks.
pub fn quoted(text: &str) -> String {
    let mut written = String::with_capacity(text.len() + 2);
    written.push('\'');
    for c in text.chars() {
        match c {
            '\'' | '\\' => {
                written.push('\\');
                written.push(c);
            }
            '\n' => written.push_str("\\n"),
            '\r' => written.push_str("\\r"),
            // Ends a statement. None is in what we write: JSON has no such character, and no path.
            '\0' => {}
            c => written.push(c),
        }
    }
    written.push('\'');
    written
}

/// Numbers parted by commas, in parentheses.
pub fn list(numbers: impl IntoIterator<Item = i64>) -> String {
    let numbers: Vec<String> = numbers.into_iter().map(|number| number.to_string()).collect();
    format!("({})", numbers.join(","))
}

/// A text in pieces that fit into a row each; one at least.
pub fn pieces(text: &str) -> Vec<&str> {
    let mut cuts: Vec<usize> = text.char_indices().step_by(PIECE).map(|(at, _)| at).collect();
    if cuts.is_empty() {
        cuts.push(0);
    }
    cuts.push(text.len());
    cuts.windows(2).map(|pair| &text[pair[0]..pair[1]]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_term_is_letters_and_digits_and_tells_its_unit() {
        assert_eq!(term(Unit::Word, "水库"), "wx6c345e93");
        assert_eq!(term(Unit::Pair, "水库"), "px6c345e93");
        assert_eq!(term(Unit::Word, "5g"), "wl5g");
        assert!(term(Unit::Around, &"水".repeat(30)).len() <= LONGEST_TERM);
    }

    #[test]
    fn a_file_is_in_its_folders() {
        assert_eq!(folders("统战/2024/a.txt").collect::<Vec<_>>(), ["统战/", "统战/2024/"]);
        assert_eq!(folders("a.txt").count(), 0);
    }

    #[test]
    fn files_are_spread_over_all_shards() {
        for shards in 2..8 {
            let mut counts = vec![0; shards];
            for number in 0..1000 {
                counts[(place(&format!("{number}.txt")) % shards as u64) as usize] += 1;
            }
            let fair = 1000 / shards;
            assert!(
                counts.iter().all(|count| *count > fair / 2 && *count < fair * 2),
                "{counts:?}"
            );
        }
    }

    proptest! {
        #[test]
        fn no_two_terms_are_written_alike(a in "[a-z0-9水库𠮷.%é]{1,14}", b in "[a-z0-9水库𠮷.%é]{1,14}") {
            let written = |text| term(Unit::Word, text);
            prop_assert_eq!(a == b, written(&a) == written(&b));
            prop_assert!(written(&a).chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit()));
            prop_assert!(written(&a).len() <= LONGEST_TERM);
        }

        #[test]
        fn pieces_are_the_whole(text in "[水a\n]{0,50}") {
            prop_assert_eq!(pieces(&text).concat(), text);
        }
    }
}
