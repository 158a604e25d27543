//! Links to quotes: `t.me/BOT?start=…` opens one in the bot, `#q…` inline is one to send on.

use teloxide::types::{ChatId, InlineKeyboardMarkup, InlineQueryResult, Message};

use super::super::context::Context;
use super::super::records::{LinkId, Shown};
use super::super::render;
use crate::answer::{Excerpt, Quoted};
use crate::question::OfQuote;
use crate::wording::{link_gone, place_gone, records_unread};

impl Context {
    /// `/start q…`: the quote in its place, as the button under an answer shows it.
    pub(super) async fn open_link(&self, message: &Message, id: LinkId) {
        let lang = self.lang(message.chat.id);
        let shown = match self.records.linked(id) {
            Ok(Some(shown)) if self.sight(message.chat.id).sees(&shown.file) => shown,
            // What is not seen is not known either.
            Ok(_) => return self.say(message, &[link_gone(lang)]).await,
            Err(error) => {
                self.fault("a link", &error);
                return self.say(message, &[records_unread(lang).to_owned()]).await;
            }
        };
        let Some(excerpt) = self.excerpt(&shown, OfQuote::Place, message.chat.id) else {
            return self.say(message, &[place_gone(lang)]).await;
        };
        self.send_place(message, &shown, &excerpt).await;
    }

    /// A quote in its place, in a message of its own.
    pub(super) async fn send_place(&self, to: &Message, shown: &Shown, excerpt: &Excerpt) {
        let (chat, lang) = (to.chat.id, self.lang(to.chat.id));
        let rows = render::quote_rows(shown, &self.addresses(shown, chat), self.share_id(shown), lang);
        let keyboard = (!rows.is_empty()).then(|| InlineKeyboardMarkup::new(rows));
        self.send(to, &render::place(shown, excerpt, lang), keyboard.as_ref())
            .await;
    }

    /// The lines around a quote, as many as are asked for; `None` where it no longer stands there, for those of a chat. A file of a few megabytes is
    /// read at once.
    pub(super) fn excerpt(&self, shown: &Shown, asked: OfQuote, chat: ChatId) -> Option<Excerpt> {
        let quoted = Quoted {
            file: &shown.file,
            at: shown.at,
            text: &shown.text,
        };
        tokio::task::block_in_place(|| self.seen_in(chat).place(quoted, asked.around()))
    }

    /// By which a quote can be sent on; `None` where the bot hears nobody inline, or nothing can be kept.
    pub(super) fn share_id(&self, shown: &Shown) -> Option<LinkId> {
        if !self.me.supports_inline_queries {
            return None;
        }
        match self.records.keep_link(shown) {
            Ok(id) => Some(id),
            Err(error) => {
                self.fault("a link", &error);
                None
            }
        }
    }

    /// `#q…`: that quote, with a link that opens it in the bot. Nothing where it no longer stands in its file.
    pub(super) fn inline_link(&self, id: LinkId, chat: ChatId) -> Vec<InlineQueryResult> {
        let shown = match self.records.linked(id) {
            Ok(shown) => shown,
            Err(error) => {
                self.fault("a link", &error);
                None
            }
        };
        let stands = shown.filter(|shown| self.excerpt(shown, OfQuote::Place, chat).is_some());
        stands
            .and_then(|shown| render::shared(&shown, id, self.me.username(), self.lang(chat)))
            .into_iter()
            .collect()
    }
}
