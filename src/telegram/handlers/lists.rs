//! Lists: sent as a message, and leafed through in it.

use teloxide::types::{ChatId, InlineKeyboardMarkup, Message};

use super::super::access::is_group;
use super::super::context::Context;
use super::super::request::List;
use super::super::rich::Rich;
use super::super::{render, send};
use super::buttons::Press;
use crate::wording::{
    Lang, admins_only, county_lines, file_lines, in_private_only, list_head, meeting_lines, records_unread,
    speaker_lines,
};

impl Context {
    pub(super) async fn list(&self, message: &Message, list: List) {
        let (rich, keyboard) = self.page(list, 0, message.chat.id);
        self.send(message, &rich, keyboard.as_ref()).await;
    }

    /// Another page, in the same message.
    pub(super) async fn leaf(&self, press: &Press<'_>, list: List, page: usize) {
        if list.is_for_admins() && !self.is_admin(Some(press.query.from.id)) {
            return self.note(press, &admins_only(press.lang)).await;
        }
        if list.is_for_admins() && is_group(press.chat) {
            return self.note(press, &in_private_only(press.lang)).await;
        }
        let (rich, keyboard) = self.page(list, page, press.chat);
        self.change(press, &rich, keyboard.as_ref()).await;
        send::confirm(&self.bot, press.query, None, false).await;
    }

    fn page(&self, list: List, page: usize, chat: ChatId) -> (Rich, Option<InlineKeyboardMarkup>) {
        let lang = self.lang(chat);
        let seen = self.seen_in(chat);
        let head = list_head(lang, list.word());
        let of_catalogue = |lines: fn(Lang, &crate::index::Catalogue) -> Vec<String>| {
            seen.with_catalogue(|catalogue| lines(lang, catalogue))
        };
        let entries = match list {
            List::Meetings => of_catalogue(meeting_lines),
            List::Speakers => of_catalogue(speaker_lines),
            List::Counties => of_catalogue(county_lines),
            List::Files => of_catalogue(file_lines),
            List::Feedback => self.kept_lines(lang, self.records.all_feedback(), |all| {
                render::feedback_lines(lang, &all)
            }),
            List::Audit => self.kept_lines(lang, self.records.deeds(), |deeds| render::deed_lines(lang, &deeds)),
        };
        render::list(lang, list, &head, &entries, page)
    }

    fn kept_lines<T>(
        &self,
        lang: Lang,
        kept: Result<T, super::super::records::RecordsError>,
        lines: impl FnOnce(T) -> Vec<String>,
    ) -> Vec<String> {
        match kept {
            Ok(kept) => lines(kept),
            Err(error) => {
                self.fault("a list", &error);
                vec![records_unread(lang).to_owned()]
            }
        }
    }
}
