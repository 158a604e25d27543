//! Buttons: each changes the message that it stands under. Where its answer is gone, it says so.

use super::super::access::is_group;
use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use teloxide::types::{CallbackQuery, ChatId, MaybeInaccessibleMessage, Message, MessageId};

use super::super::access::Caller;
use super::super::button::{Button, View};
use super::super::context::Context;
use super::super::records::{AnswerCard, CardOf};
use super::super::send::{self, Edited};
use super::super::{menu, render};
use super::charts::Pictured;
use crate::question::OfQuote;
use crate::wording::{
    Lang, NotKept, admins_only, button_unknown, card_gone, choice_gone, group_admins_only, lang_set, place_gone,
    records_unread,
};

/// A pressed button and the message that it stands under.
pub(super) struct Press<'q> {
    pub query: &'q CallbackQuery,
    pub chat: ChatId,
    pub message: MessageId,
    pub lang: Lang,
}

impl Press<'_> {
    /// The message with the button, as far as Telegram still tells it.
    pub fn under(&self) -> Option<&Message> {
        self.query.message.as_ref()?.regular_message()
    }
}

impl Context {
    pub(super) async fn button(self: &Arc<Self>, query: CallbackQuery) {
        let Some(under) = &query.message else {
            // Messages of the inline mode have no buttons of ours.
            return send::confirm(&self.bot, &query, None, false).await;
        };
        let chat = under.chat().id;
        let caller = Caller::user(query.from.id, chat);
        let told = async |rich: super::super::rich::Rich| {
            send::confirm(&self.bot, &query, Some(rich.plain()), true).await;
        };
        if !self.admits(caller, told).await {
            return send::confirm(&self.bot, &query, None, false).await;
        }
        let press = Press {
            query: &query,
            chat,
            message: under.id(),
            lang: self.lang(chat),
        };
        match query.data.as_deref().unwrap_or_default().parse::<Button>() {
            Ok(Button::Here) => send::confirm(&self.bot, &query, None, false).await,
            Ok(Button::List(list, page)) => self.leaf(&press, list, page).await,
            Ok(Button::Lang(lang)) => self.press_lang(&press, under, lang).await,
            Ok(Button::Watches) => self.press_watches(&press).await,
            Ok(Button::Unwatch(id)) => self.press_unwatch(&press, id).await,
            Ok(button) => self.with_card(&press, button).await,
            Err(_) => self.note(&press, &button_unknown(press.lang)).await,
        }
    }

    /// Does what a button says about what stands behind its message.
    async fn with_card(self: &Arc<Self>, press: &Press<'_>, button: Button) {
        let card = match self.records.card(press.chat, press.message) {
            Ok(card) => card,
            // A choice says by itself that it is not carried out.
            Err(_) if button.is_choice() => None,
            Err(error) => {
                self.fault("a card", &error);
                return self.note(press, records_unread(press.lang)).await;
            }
        };
        match (card, button) {
            (Some(CardOf::Answer(card)), Button::Show(view)) => self.show(press, card, view).await,
            (Some(CardOf::Answer(mut card)), Button::Anywhere) => {
                card.asked.usual = None;
                card.asked.after.clear();
                (card.onlys, card.trail) = (Vec::new(), Vec::new());
                self.show(press, card, View::default()).await;
            }
            (Some(CardOf::Answer(card)), Button::Place(view, quote)) => {
                self.show_place(press, &card, view, quote).await
            }
            (Some(CardOf::Answer(card)), Button::Good | Button::Bad | Button::Fault(_)) => {
                self.opinion(press, card, button).await;
            }
            (Some(CardOf::Answer(card)), Button::Export(only)) => self.press_export(press, &card, only).await,
            (Some(CardOf::Alert(card)), Button::Place(_, quote)) => self.press_alert_place(press, &card, quote).await,
            (Some(CardOf::Alert(card)), Button::Example(index)) => self.example(press, &card.asks, index).await,
            (Some(CardOf::Survey(of)), Button::Turn(page)) => self.turn(press, of, page).await,
            (Some(CardOf::Settings(counties)), Button::Usual(index)) => {
                self.press_usual(press, &counties, index).await;
            }
            (Some(CardOf::Survey(of)), Button::Chart) => self.press_chart(press, Pictured::Survey(of)).await,
            (Some(CardOf::Answer(card)), Button::Chart) if !card.shown.is_empty() => {
                self.press_chart(press, Pictured::Meeting(card.shown[0].file.clone()))
                    .await;
            }
            (Some(CardOf::Examples(examples)), Button::Example(index)) => self.example(press, &examples, index).await,
            (_, button) if button.is_choice() => self.decide_once(press, button).await,
            _ => self.note(press, &card_gone(press.lang)).await,
        }
    }

    /// Does what an admin chose, once: whoever presses again, or at the same time, is told so.
    async fn decide_once(self: &Arc<Self>, press: &Press<'_>, button: Button) {
        if !self.is_admin(Some(press.query.from.id)) {
            return self.note(press, &admins_only(press.lang)).await;
        }
        let Some(_deciding) = Deciding::begin(&self.deciding, (press.chat, press.message)) else {
            return self.note(press, &choice_gone(press.lang)).await;
        };
        // The card is there until all is done: what ends the process meanwhile is done at the next start.
        let decided = match self.records.card(press.chat, press.message) {
            Ok(Some(CardOf::Upload(upload))) => self.decide_upload(press, upload, button).await,
            Ok(Some(CardOf::Removal(file))) => self.decide_removal(press, &file, button).await,
            Ok(_) => {
                self.note(press, &choice_gone(press.lang)).await;
                false
            }
            Err(error) => {
                let line = self.not_kept(press.lang, NotKept::Choice, &error);
                self.note(press, &line).await;
                false
            }
        };
        if decided {
            self.kept("a choice", self.records.take_card(press.chat, press.message).map(drop));
        }
    }

    /// Another view of the answer, in its message.
    async fn show(self: &Arc<Self>, press: &Press<'_>, card: AnswerCard, view: View) {
        if view.only > card.onlys.len() {
            return self.note(press, &card_gone(press.lang)).await;
        }
        let ready = self.view(card, view, press.chat, press.lang).await;
        let shown = self.change(press, &ready.rich, ready.keyboard.as_ref()).await;
        if let (true, Some(card)) = (shown, ready.card) {
            let kept = self.records.keep_card(press.chat, press.message, CardOf::Answer(card));
            self.kept("a card", kept);
        }
        send::confirm(&self.bot, press.query, None, false).await;
    }

    async fn show_place(&self, press: &Press<'_>, card: &AnswerCard, view: View, quote: usize) {
        let Some(shown) = card.shown.get(quote) else {
            return self.note(press, &card_gone(press.lang)).await;
        };
        let Some(excerpt) = self.excerpt(shown, OfQuote::Place, press.chat) else {
            return self.note(press, &place_gone(press.lang)).await;
        };
        let addresses = self.addresses(shown, press.chat);
        let keyboard = render::place_buttons(card, view, quote, &addresses, self.share_id(shown), press.lang);
        let rich = render::place(shown, &excerpt, press.lang);
        self.change(press, &rich, Some(&keyboard)).await;
        send::confirm(&self.bot, press.query, None, false).await;
    }

    /// Asks an example as if it had been typed.
    async fn example(self: &Arc<Self>, press: &Press<'_>, examples: &[String], index: usize) {
        let (Some(question), Some(under)) = (examples.get(index), press.under()) else {
            return self.note(press, &card_gone(press.lang)).await;
        };
        send::confirm(&self.bot, press.query, Some(question), false).await;
        let asked = as_asked_by(under, press.query);
        self.ask(&asked, question.clone(), None).await;
    }

    /// Whether whoever presses a button may change what the chat has set.
    pub(super) async fn may_set_under(&self, press: &Press<'_>) -> bool {
        match press.under() {
            Some(under) => self.may_set(&as_asked_by(under, press.query)).await,
            None => !is_group(press.chat),
        }
    }

    async fn press_lang(&self, press: &Press<'_>, under: &MaybeInaccessibleMessage, lang: Lang) {
        if !self.may_set_under(press).await {
            return self.note(press, &group_admins_only(press.lang)).await;
        }
        if let Err(error) = self.set_lang(press.chat, lang) {
            let line = self.not_kept(lang, NotKept::Lang, &error);
            return self.note(press, &line).await;
        }
        if under.chat().is_private() {
            menu::set_chat(&self.bot, press.chat, lang, self.is_admin(Some(press.query.from.id))).await;
        }
        if let Some(counties) = self.offered(press) {
            return self.show_settings(press, &counties).await;
        }
        self.change(press, &render::lines(&[lang_set(lang)]), None).await;
        send::confirm(&self.bot, press.query, None, false).await;
    }

    /// Changes the message under the button; whether it shows the new text now. Where the message is gone, it says so.
    pub(super) async fn change(
        &self,
        press: &Press<'_>,
        rich: &super::super::rich::Rich,
        keyboard: Option<&teloxide::types::InlineKeyboardMarkup>,
    ) -> bool {
        match self.outbox.edit(press.chat, press.message, rich, keyboard).await {
            Ok(Edited::Shown) => true,
            Ok(Edited::Gone) => {
                send::confirm(&self.bot, press.query, Some(&card_gone(press.lang)), true).await;
                false
            }
            Err(error) => {
                self.fault("a message was not changed", &error);
                false
            }
        }
    }

    /// A few words to whoever pressed.
    pub(super) async fn note(&self, press: &Press<'_>, words: &str) {
        send::confirm(&self.bot, press.query, Some(words), true).await;
    }
}

/// A message whose choice is being carried out. Dropped, even by a fault, it can be chosen again what is not done.
struct Deciding<'c> {
    all: &'c Mutex<HashSet<(ChatId, MessageId)>>,
    place: (ChatId, MessageId),
}

impl<'c> Deciding<'c> {
    /// `None` where somebody else was first.
    fn begin(all: &'c Mutex<HashSet<(ChatId, MessageId)>>, place: (ChatId, MessageId)) -> Option<Deciding<'c>> {
        let is_first = all.lock().unwrap_or_else(PoisonError::into_inner).insert(place);
        is_first.then_some(Deciding { all, place })
    }
}

impl Drop for Deciding<'_> {
    fn drop(&mut self) {
        self.all
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&self.place);
    }
}

/// The message under a button, as if whoever pressed it had written it.
pub(super) fn as_asked_by(under: &Message, query: &CallbackQuery) -> Message {
    Message {
        from: Some(query.from.clone()),
        sender_chat: None,
        ..under.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_two_decides_and_a_fault_in_it_leaves_the_choice_open() {
        let all = Mutex::default();
        let place = (ChatId(5), MessageId(7));
        let broken = crate::guard::guarded(|| {
            let first = Deciding::begin(&all, place);
            assert!(first.is_some() && Deciding::begin(&all, place).is_none());
            assert!(Deciding::begin(&all, (ChatId(5), MessageId(8))).is_some());
            panic!("torn");
        });
        assert!(broken.is_err_and(|broken: crate::guard::Broken| broken.0 == "torn"));
        assert!(Deciding::begin(&all, place).is_some());
    }
}
