//! Questions of a quote that has been shown: who said it, where it stands, and what stands around it.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::text::{fold_str, rows};

/// What is asked of a quote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OfQuote {
    /// Whose words it is.
    Speaker,
    /// Where it stands.
    Place,
    /// What stands around it.
    Whole,
}

impl OfQuote {
    /// What a message asks of a quote; `None` where it asks something else.
    pub fn asked(words: &str) -> Option<OfQuote> {
        static WORDINGS: LazyLock<HashMap<&str, OfQuote>> = LazyLock::new(|| {
            rows!("of_quote.tsv", 2)
                .flat_map(|row| {
                    let asked = match row[0] {
                        "speaker" => OfQuote::Speaker,
                        "place" => OfQuote::Place,
                        "whole" => OfQuote::Whole,
                        _ => row.wrong("no such question"),
                    };
                    row[1].split(' ').map(move |wording| (wording, asked))
                })
                .collect()
        });
        let folded = fold_str(words).to_lowercase();
        let bare: String = folded.chars().filter(|c| c.is_alphanumeric()).collect();
        WORDINGS.get(bare.as_str()).copied()
    }

    /// Most characters of the file that are shown around the quote.
    pub fn around(self) -> usize {
        match self {
            OfQuote::Whole => 3000,
            OfQuote::Speaker | OfQuote::Place => 1200,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_of_a_quote_is_told_from_other_questions() {
        assert_eq!(OfQuote::asked("这句话是谁说的？"), Some(OfQuote::Speaker));
        assert_eq!(OfQuote::asked("原文在哪"), Some(OfQuote::Place));
        assert_eq!(OfQuote::asked(" 全文 "), Some(OfQuote::Whole));
        assert_eq!(OfQuote::asked("这句话是蒲正明说的吗？"), None);
        assert_eq!(OfQuote::asked("谁说的修路？"), None);
    }
}
