//! What is asked about the quotes of an answer: who said it, where it stands, and what stands around it.

use std::time::Instant;

use teloxide::types::Message;

use super::super::context::Context;
use super::super::conversations::Asker;
use super::super::records::{AnswerCard, CardOf, Shown};
use super::super::render;
use super::super::rich::Rich;
use crate::question::OfQuote;
use crate::wording::place_gone;

impl Context {
    /// Answers what is asked about the quotes of the message that it replies to, or else of the last answer to whoever
    /// asks; whether it was that.
    pub(super) async fn about_quote(&self, message: &Message, words: &str) -> bool {
        let Some(about) = OfQuote::asked(words) else {
            return false;
        };
        let chat = message.chat.id;
        let last = || {
            let asked = self.conversations.last(Asker::of(message), Instant::now())?;
            self.records.answer_to(chat, asked).ok()?
        };
        let Some(answer) = message.reply_to_message().map(|replied| replied.id).or_else(last) else {
            return false;
        };
        let Ok(Some(CardOf::Answer(card))) = self.records.card(chat, answer) else {
            return false;
        };
        let marked = message.quote().map(|quote| quote.text.as_str());
        let meant = meant(&card, marked);
        let Some(first) = meant.first().copied() else {
            return false;
        };
        let lang = self.lang(chat);
        let sight = self.sight(chat);
        if !meant.iter().all(|shown| sight.sees(&shown.file)) {
            // As of a file that is gone.
            self.say(message, &[place_gone(lang)]).await;
            return true;
        }
        if about == OfQuote::Speaker {
            let mut rich = Rich::default();
            for shown in meant {
                let gap = if rich.is_empty() { "" } else { "\n" };
                rich.text(gap).bold(&shown.speaker).text("\n").italic(&shown.source);
            }
            self.send(message, &rich, None).await;
            return true;
        }
        match self.excerpt(first, about, chat) {
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
