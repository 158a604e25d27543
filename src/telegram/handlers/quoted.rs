//! Replies to an answer that ask about its quotes: who said it, where it stands, and what stands around it.

use std::collections::HashMap;
use std::sync::LazyLock;

use teloxide::types::Message;

use super::super::context::Context;
use super::super::records::{AnswerCard, CardOf, Shown};
use super::super::render;
use super::super::rich::Rich;
use crate::answer::Quoted;
use crate::text::{fold_str, rows};
use crate::wording::place_gone;

/// Longest stretch of a report around a quote, in characters.
const WHOLE: usize = 3000;

/// What is asked of a quote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum About {
    Speaker,
    Place,
    Whole,
}

/// What a message asks of the quotes that it replies to; `None` where it asks something else.
fn about(words: &str) -> Option<About> {
    static WORDINGS: LazyLock<HashMap<&str, About>> = LazyLock::new(|| {
        rows!("quoted.tsv", 2)
            .flat_map(|row| {
                let about = match row[0] {
                    "speaker" => About::Speaker,
                    "place" => About::Place,
                    "whole" => About::Whole,
                    _ => row.wrong("no such question"),
                };
                row[1].split(' ').map(move |wording| (wording, about))
            })
            .collect()
    });
    let folded = fold_str(words).to_lowercase();
    let bare: String = folded.chars().filter(|c| c.is_alphanumeric()).collect();
    WORDINGS.get(bare.as_str()).copied()
}

impl Context {
    /// Answers a reply that asks about the quotes of one of our messages; whether it was one.
    pub(super) async fn about_quote(&self, message: &Message, words: &str) -> bool {
        let Some(about) = about(words) else { return false };
        let Some(replied) = message.reply_to_message().map(|replied| replied.id) else {
            return false;
        };
        let Ok(Some(CardOf::Answer(card))) = self.records.card(message.chat.id, replied) else {
            return false;
        };
        let marked = message.quote().map(|quote| quote.text.as_str());
        let meant = meant(&card, marked);
        let Some(first) = meant.first().copied() else {
            return false;
        };
        let lang = self.lang(message.chat.id);
        if about == About::Speaker {
            let mut rich = Rich::default();
            for shown in meant {
                let gap = if rich.is_empty() { "" } else { "\n" };
                rich.text(gap).bold(&shown.speaker).text("\n").italic(&shown.source);
            }
            self.send(message, &rich, None).await;
            return true;
        }
        let quoted = Quoted {
            file: &first.file,
            at: first.at,
            text: &first.text,
        };
        let longest = match about {
            About::Whole => WHOLE,
            _ => super::buttons::AROUND,
        };
        let place = tokio::task::block_in_place(|| self.library.place(quoted, longest));
        match place {
            Some(excerpt) => drop(self.send(message, &render::place(first, &excerpt, lang), None).await),
            None => self.say(message, &[place_gone(lang)]).await,
        }
        true
    }
}

/// The quote that was marked in the answer, or all that it shows.
fn meant<'c>(card: &'c AnswerCard, marked: Option<&str>) -> Vec<&'c Shown> {
    let holds =
        |shown: &&Shown| marked.is_some_and(|marked| !marked.trim().is_empty() && shown.text.contains(marked.trim()));
    match card.shown.iter().find(holds) {
        Some(one) => vec![one],
        None => card.shown.iter().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_of_a_quote_is_told_from_other_questions() {
        assert_eq!(about("这句话是谁说的？"), Some(About::Speaker));
        assert_eq!(about("原文在哪"), Some(About::Place));
        assert_eq!(about(" 全文 "), Some(About::Whole));
        assert_eq!(about("这句话是蒲正明说的吗？"), None);
        assert_eq!(about("谁说的修路？"), None);
    }
}
