//! The words by which it is told whose an office is: `words.tsv`, read strictly.

use std::sync::LazyLock;

/// What a word of `words.tsv` does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Does {
    Lead,
    Above,
    Town,
    NoTown,
    Body,
    NoName,
    Delegate,
    Bare,
    Visits,
    Resident,
    Local,
    Guest,
    Medium,
}

static WORDS: LazyLock<Vec<(Does, &'static str)>> = LazyLock::new(|| {
    let table = include_str!("words.tsv");
    let mut words: Vec<(Does, &str)> = table
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
        .map(|(at, line)| {
            let columns = line
                .split_once('\t')
                .and_then(|(word, does)| Some((does_of(does)?, word)));
            // The table is part of the program: a wrong line is found by any test that reads it.
            columns.unwrap_or_else(|| panic!("county/words.tsv:{}: {line}: no word, tab and known use", at + 1))
        })
        .collect();
    // The longest first: 前任 before 前.
    words.sort_by_key(|(_, word)| std::cmp::Reverse(word.len()));
    words
});

fn does_of(word: &str) -> Option<Does> {
    Some(match word {
        "lead" => Does::Lead,
        "above" => Does::Above,
        "town" => Does::Town,
        "no_town" => Does::NoTown,
        "body" => Does::Body,
        "no_name" => Does::NoName,
        "delegate" => Does::Delegate,
        "bare" => Does::Bare,
        "visits" => Does::Visits,
        "resident" => Does::Resident,
        "local" => Does::Local,
        "guest" => Does::Guest,
        "medium" => Does::Medium,
        _ => return None,
    })
}

/// The words that do this, the longest first.
pub(super) fn words(does: Does) -> impl Iterator<Item = &'static str> {
    WORDS
        .iter()
        .filter(move |(what, _)| *what == does)
        .map(|(_, word)| *word)
}

/// The longest word of this use that `text` begins with.
pub(super) fn prefix(does: Does, text: &str) -> Option<&'static str> {
    words(does).find(|word| text.starts_with(word))
}

/// The longest word of this use that `text` ends with.
pub(super) fn suffix(does: Does, text: &str) -> Option<&'static str> {
    words(does).find(|word| text.ends_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_read_and_each_use_has_words() {
        for does in [
            Does::Lead,
            Does::Above,
            Does::Town,
            Does::NoTown,
            Does::Body,
            Does::NoName,
            Does::Delegate,
            Does::Bare,
            Does::Resident,
            Does::Local,
            Does::Guest,
            Does::Medium,
        ] {
            assert!(words(does).count() > 2, "{does:?}");
        }
        assert_eq!(prefix(Does::Lead, "前任县长"), Some("前任"));
        assert_eq!(suffix(Does::Bare, "县委副书记"), Some("副书记"));
    }
}
