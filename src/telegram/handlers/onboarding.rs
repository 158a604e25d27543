//! The greeting, and questions to try that the knowledge answers.

use std::sync::Arc;

use teloxide::types::{ChatId, Message};

use super::super::context::Context;
use super::super::records::CardOf;
use super::super::render;
use crate::answer::Body;
use crate::clock::today;
use crate::question::Asked;
use crate::wording::{EXAMPLES, Venue, example_candidates, start_lines};

impl Context {
    /// What this is, with questions that the knowledge answers.
    pub(super) async fn start(self: &Arc<Self>, message: &Message) {
        let chat = message.chat.id;
        let lang = self.lang(chat);
        let venue = match message.chat.is_private() {
            true => Venue::Private,
            false => Venue::Group,
        };
        let seen = self.seen_in(chat);
        let lines = seen.with_catalogue(|catalogue| start_lines(lang, venue, catalogue));
        let examples = self.examples(chat, Vec::new()).await;
        let keyboard = (!examples.is_empty()).then(|| render::example_buttons(&examples));
        let sent = self.send(message, &render::lines(&lines), keyboard.as_ref()).await;
        if let Some(sent) = sent {
            let card = CardOf::Examples(examples);
            self.kept("a card", self.records.keep_card(sent.chat.id, sent.id, card));
        }
    }

    /// Questions that what is seen in a chat answers now, of these files where there are some; each has been asked.
    pub(super) async fn examples(self: &Arc<Self>, chat: ChatId, of: Vec<String>) -> Vec<String> {
        let seen = self.seen_in(chat);
        let limits = self.page_limits();
        let tried = self
            .in_turn(move || {
                let candidates = seen.with_catalogue(|catalogue| example_candidates(catalogue, &of));
                let answers = |question: &String| {
                    let answer = seen.ask(&Asked::new(question.as_str(), &[]).on(today()), limits);
                    answer.is_ok_and(|answer| matches!(answer.body, Body::Found { .. }))
                };
                candidates.into_iter().filter(answers).take(EXAMPLES).collect()
            })
            .await;
        tried.unwrap_or_else(|error| {
            self.fault("a defect: please report it", &error);
            Vec::new()
        })
    }
}
