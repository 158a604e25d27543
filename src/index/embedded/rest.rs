//! What of a file's text stands in none of its passages: with these it is the whole text again, which so is kept once.

use serde::{Deserialize, Serialize};

use crate::index::passage::Passage;

/// A text without the words of its passages.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Rest {
    /// What stands before the first passage, between each and the next, and behind the last one, together.
    words: String,
    /// How many bytes of it stand before each passage; `None` where the text is not put together from passages.
    before: Option<Vec<usize>>,
}

impl Rest {
    /// Of a text and its passages.
    pub fn of(text: &str, passages: &[Passage]) -> Rest {
        let (mut words, mut before) = (String::new(), Vec::new());
        let (mut at, mut char) = (0, 0);
        for passage in in_order(passages) {
            let mut ahead = text[at..].char_indices().skip(passage.start - char);
            let from = ahead.next().map_or(text.len(), |(ahead, _)| at + ahead);
            let between = text.get(at..from).filter(|_| text[from..].starts_with(&passage.text));
            let Some(between) = between else {
                return Rest {
                    words: text.to_owned(),
                    before: None,
                };
            };
            words.push_str(between);
            before.push(between.len());
            at = from + passage.text.len();
            char = passage.start + passage.text.chars().count();
        }
        words.push_str(&text[at..]);
        Rest {
            words,
            before: Some(before),
        }
    }

    /// The text, with its passages; `None` where these are others.
    pub fn text(self, passages: &[Passage]) -> Option<String> {
        let Some(before) = self.before else {
            return Some(self.words);
        };
        let mut text = String::with_capacity(self.words.len() * 2);
        let mut rest = self.words.as_str();
        let mut before = before.into_iter();
        for passage in in_order(passages) {
            let (between, behind) = rest.split_at_checked(before.next()?)?;
            text.push_str(between);
            text.push_str(&passage.text);
            rest = behind;
        }
        text.push_str(rest);
        before.next().is_none().then_some(text)
    }
}

/// The passages as they stand, without those that lie over one before them: what was left out may.
fn in_order(passages: &[Passage]) -> Vec<&Passage> {
    let mut all: Vec<&Passage> = passages.iter().collect();
    all.sort_by_key(|passage| (passage.start, std::cmp::Reverse(passage.text.len())));
    let mut behind = 0;
    all.retain(|passage| {
        let is_apart = passage.start >= behind;
        if is_apart {
            behind = passage.start + passage.text.chars().count();
        }
        is_apart
    });
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn passage(text: &str, from: usize, length: usize) -> Passage {
        Passage {
            text: text.chars().skip(from).take(length).collect(),
            start: from,
            section: None,
            remarks: Vec::new(),
            left_out: false,
        }
    }

    proptest! {
        #[test]
        fn with_its_passages_it_is_the_text(
            text in "[县长a。\n]{0,40}",
            mut places in proptest::collection::vec((0usize..40, 1usize..9, 0usize..99), 0..8),
        ) {
            let length = text.chars().count();
            places.retain(|(from, ..)| *from < length);
            let passages: Vec<Passage> = places.iter().map(|(from, length, _)| passage(&text, *from, *length)).collect();
            let rest = Rest::of(&text, &passages);
            prop_assert!(rest.before.is_some() && rest.words.len() <= text.len());
            // The index gives them in any order.
            places.sort_by_key(|(.., order)| *order);
            let shuffled: Vec<Passage> = places.iter().map(|(from, length, _)| passage(&text, *from, *length)).collect();
            prop_assert_eq!(rest.text(&shuffled), Some(text));
        }
    }

    #[test]
    fn passages_of_something_else_give_no_text() {
        let text = "县长说。先修路。";
        let passages = [passage(text, 0, 4), passage(text, 4, 4)];
        let kept = || Rest::of(text, &passages);
        assert_eq!(kept().text(&passages).as_deref(), Some(text));
        assert_eq!(kept().text(&passages[..1]), None);
        let more = [passages[0].clone(), passages[1].clone(), passage("路", 0, 1)];
        assert_eq!(kept().text(&more).as_deref(), Some(text));
        // One that does not stand where it says: the text is kept whole.
        let mut wrong = passages.clone();
        wrong[1].text = "架桥".to_owned();
        assert_eq!(Rest::of(text, &wrong).text(&[]).as_deref(), Some(text));
    }
}
