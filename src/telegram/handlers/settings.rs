//! `/settings`: what a chat has set, with buttons that change it in the same message.

use std::collections::BTreeMap;

use teloxide::types::{ChatId, Message};

use super::super::context::Context;
use super::super::records::CardOf;
use super::super::render;
use super::super::rich::Rich;
use super::super::send;
use super::buttons::{Press, as_asked_by};
use crate::question::Usual;
use crate::wording::{NotKept, card_gone, group_admins_only, settings_lines};

/// Counties that are offered as the usual one.
const COUNTIES: usize = 4;

impl Context {
    pub(super) async fn settings(&self, message: &Message) {
        let counties = self.usual_counties(message.chat.id);
        let (rich, keyboard) = self.settings_page(message.chat.id, &counties);
        if let Some(sent) = self.send(message, &rich, Some(&keyboard)).await {
            let card = CardOf::Settings(counties);
            self.kept("a card", self.records.keep_card(sent.chat.id, sent.id, card));
        }
    }

    /// What the chat has set, and the buttons for it; `counties` are offered as the usual one.
    pub(super) fn settings_page(
        &self,
        chat: ChatId,
        counties: &[String],
    ) -> (Rich, teloxide::types::InlineKeyboardMarkup) {
        let lang = self.lang(chat);
        let set = self.records.chat(chat);
        let watches = self.records.watches(chat).map_or(0, |all| all.len());
        let lines = settings_lines(lang, set.usual.as_ref(), watches);
        (
            render::lines(&lines),
            render::settings_buttons(lang, set.usual.as_ref(), counties),
        )
    }

    /// The counties for which most is said in what the chat sees.
    fn usual_counties(&self, chat: ChatId) -> Vec<String> {
        self.seen_in(chat).with_catalogue(|catalogue| {
            let mut counted: BTreeMap<&str, usize> = BTreeMap::new();
            for speaker in catalogue.files().flat_map(|entry| entry.speakers()) {
                if let Some(county) = &speaker.county {
                    *counted.entry(county.name()).or_default() += 1;
                }
            }
            let mut counties: Vec<(&str, usize)> = counted.into_iter().collect();
            counties.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
            counties
                .iter()
                .take(COUNTIES)
                .map(|(name, _)| (*name).to_owned())
                .collect()
        })
    }

    /// A button sets the usual county, or drops what is usual.
    pub(super) async fn press_usual(&self, press: &Press<'_>, counties: &[String], index: Option<usize>) {
        let Some(under) = press.under() else {
            return self.note(press, &card_gone(press.lang)).await;
        };
        if !self.may_set(&as_asked_by(under, press.query)).await {
            return self.note(press, &group_admins_only(press.lang)).await;
        }
        let usual = match index.map(|index| counties.get(index)) {
            None => None,
            Some(Some(county)) => Some(Usual::County(county.clone())),
            Some(None) => return self.note(press, &card_gone(press.lang)).await,
        };
        if let Err(error) = self.set_usual(press.chat, usual) {
            let line = self.not_kept(press.lang, NotKept::Usual, &error);
            return self.note(press, &line).await;
        }
        self.show_settings(press, counties).await;
    }

    /// The settings as they are now, in the message of the button.
    pub(super) async fn show_settings(&self, press: &Press<'_>, counties: &[String]) {
        let (rich, keyboard) = self.settings_page(press.chat, counties);
        self.change(press, &rich, Some(&keyboard)).await;
        send::confirm(&self.bot, press.query, None, false).await;
    }

    /// The counties that a settings message offers; `None` where the message is another.
    pub(super) fn offered(&self, press: &Press<'_>) -> Option<Vec<String>> {
        match self.records.card(press.chat, press.message) {
            Ok(Some(CardOf::Settings(counties))) => Some(counties),
            _ => None,
        }
    }
}
