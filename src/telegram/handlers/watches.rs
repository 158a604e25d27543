//! `/watch` and `/watches`: what a chat wants to be told of, and no longer.

use std::sync::Arc;

use teloxide::types::{ChatId, InlineKeyboardMarkup, Message};

use super::super::context::Context;
use super::super::records::{AlertCard, Begun, RecordsError, WatchId, Watched};
use super::super::render;
use super::super::send::{self, Destination};
use super::buttons::{Press, as_asked_by};
use crate::question::OfQuote;
use crate::watch::Watch;
use crate::wording::{
    NotKept, card_gone, group_admins_only, no_watch, place_gone, records_unread, watch_begun, watch_ended, watch_full,
    watch_known,
};

impl Context {
    /// Watches something from now on.
    pub(super) async fn watch(self: &Arc<Self>, message: &Message, words: &str) {
        let lang = self.lang(message.chat.id);
        if !self.may_set(message).await {
            return self.say(message, &[group_admins_only(lang)]).await;
        }
        let watch = match Watch::of(words) {
            Ok(watch) => watch,
            Err(why) => return self.say(message, &[no_watch(lang, why)]).await,
        };
        let watched = Watched {
            words: words.split_whitespace().collect::<Vec<_>>().join(" "),
            topic: Destination::of(message).topic.map(|topic| topic.0.0),
            at: crate::clock::now(),
        };
        // What is there already is not new: it is known before anything is watched.
        if let Err(error) = self.look_for_news(true).await {
            self.fault("it was not found out what is new", &error);
            return self.say(message, &[records_unread(lang).to_owned()]).await;
        }
        let (line, id) = match self.records.keep_watch(message.chat.id, &watched) {
            Ok(Begun::Watched(id)) => (watch_begun(lang, &watch), id),
            Ok(Begun::Already(id)) => (watch_known(lang), id),
            Ok(Begun::Full) => return self.say(message, &[watch_full(lang)]).await,
            Err(error) => {
                let line = self.not_kept(lang, NotKept::Watch, &error);
                return self.say(message, &[line]).await;
            }
        };
        let keyboard = InlineKeyboardMarkup::new([[render::off_button(id, &watched)]]);
        self.send(message, &render::lines(&[line]), Some(&keyboard)).await;
    }

    /// What the chat watches.
    pub(super) async fn watches(&self, message: &Message) {
        let lang = self.lang(message.chat.id);
        match self.records.watches(message.chat.id) {
            Ok(all) => {
                let (rich, keyboard) = render::watches(&all, lang);
                self.send(message, &rich, keyboard.as_ref()).await;
            }
            Err(error) => {
                self.fault("what is watched", &error);
                self.say(message, &[records_unread(lang).to_owned()]).await;
            }
        }
    }

    /// The button to what the chat watches, in a message of its own.
    pub(super) async fn press_watches(&self, press: &Press<'_>) {
        let Some(under) = press.under() else {
            return self.note(press, &card_gone(press.lang)).await;
        };
        send::confirm(&self.bot, press.query, None, false).await;
        self.watches(&as_asked_by(under, press.query)).await;
    }

    /// The button that ends a watch.
    pub(super) async fn press_unwatch(&self, press: &Press<'_>, id: WatchId) {
        if !self.may_set_under(press).await {
            return self.note(press, &group_admins_only(press.lang)).await;
        }
        match self.unwatch(press.chat, id) {
            Ok(ended) => {
                if let Ok(all) = self.records.watches(press.chat) {
                    let (rich, keyboard) = render::watches(&all, press.lang);
                    self.change(press, &rich, keyboard.as_ref()).await;
                }
                let words = ended.map(|watched| watch_ended(press.lang, &watched.words));
                send::confirm(&self.bot, press.query, words.as_deref(), false).await;
            }
            Err(error) => {
                let line = self.not_kept(press.lang, NotKept::Watch, &error);
                self.note(press, &line).await;
            }
        }
    }

    /// The watch that was ended, where it was there.
    fn unwatch(&self, chat: ChatId, id: WatchId) -> Result<Option<Watched>, RecordsError> {
        let all = self.records.watches(chat)?;
        let ended = all.into_iter().find(|(known, _)| *known == id);
        if ended.is_some() {
            self.records.drop_watch(chat, id)?;
        }
        Ok(ended.map(|(_, watched)| watched))
    }

    /// Where a quote of an alert stands, in a message of its own: the alert stays.
    pub(super) async fn press_alert_place(&self, press: &Press<'_>, card: &AlertCard, quote: usize) {
        let (Some(shown), Some(under)) = (card.shown.get(quote), press.under()) else {
            return self.note(press, &card_gone(press.lang)).await;
        };
        let Some(excerpt) = self.excerpt(shown, OfQuote::Place, press.chat) else {
            return self.note(press, &place_gone(press.lang)).await;
        };
        send::confirm(&self.bot, press.query, None, false).await;
        self.send_place(under, shown, &excerpt).await;
    }
}
