//! `/who` and `/topic`: all that the files hold of somebody or of something, page by page in one message.

use std::sync::Arc;

use teloxide::types::{ChatId, InlineKeyboardMarkup, Message};

use super::super::context::Context;
use super::super::records::{CardOf, SurveyCard};
use super::super::rich::Rich;
use super::super::{render, send};
use super::buttons::Press;
use crate::index::IndexError;
use crate::library::View;
use crate::wording::{Lang, index_error, topic_usage, who_usage};

/// A page with its buttons; without any where there is nothing to leaf through.
type Page = (Rich, Option<InlineKeyboardMarkup>);

impl Context {
    pub(super) async fn survey(self: &Arc<Self>, message: &Message, of: SurveyCard) {
        let lang = self.lang(message.chat.id);
        match &of {
            SurveyCard::Who(who) if who.is_empty() => return self.say(message, &[who_usage(lang)]).await,
            SurveyCard::Topic(words) if !words.chars().any(char::is_alphanumeric) => {
                return self.say(message, &[topic_usage(lang)]).await;
            }
            _ => {}
        }
        let (rich, keyboard) = self.survey_page(of.clone(), 0, message.chat.id).await;
        let sent = self.send(message, &rich, keyboard.as_ref()).await;
        if let (Some(sent), true) = (sent, keyboard.is_some()) {
            let kept = self.records.keep_card(sent.chat.id, sent.id, CardOf::Survey(of));
            self.kept("a card", kept);
        }
    }

    /// Another page, in the same message.
    pub(super) async fn turn(self: &Arc<Self>, press: &Press<'_>, of: SurveyCard, page: usize) {
        let (rich, keyboard) = self.survey_page(of, page, press.chat).await;
        self.change(press, &rich, keyboard.as_ref()).await;
        send::confirm(&self.bot, press.query, None, false).await;
    }

    async fn survey_page(self: &Arc<Self>, of: SurveyCard, page: usize, chat: ChatId) -> Page {
        let (seen, lang) = (self.seen_in(chat), self.lang(chat));
        let made = self.in_turn(move || made(&seen, &of, page, lang)).await;
        match made {
            Ok(Ok(made)) => made,
            Ok(Err(error)) => {
                self.fault("a survey could not be made", &error);
                (render::lines(&[index_error(lang, &error)]), None)
            }
            Err(error) => (self.broken(lang, &error), None),
        }
    }
}

fn made(seen: &View, of: &SurveyCard, page: usize, lang: Lang) -> Result<Page, IndexError> {
    Ok(match of {
        SurveyCard::Who(who) => render::profile(&seen.who(who)?, page, lang),
        SurveyCard::Topic(words) => render::topic(&seen.topic(words)?, page, lang),
    })
}
