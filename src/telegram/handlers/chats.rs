//! What a chat sets for itself: its language, its usual county or meeting; and its move to another number.

use crate::question::Usual;
use teloxide::types::{ChatId, ChatMemberUpdated, Message};

use super::super::access::Caller;
use super::super::context::Context;
use super::super::records::{ChatSettings, RecordsError};
use super::super::{menu, render};
use crate::wording::{
    Lang, NotKept, group_admins_only, lang_set, lang_unknown, lang_usage, usual_dropped, usual_none, usual_set,
    usual_unknown, usual_usage,
};

/// Words that drop what is set.
const OFF: [&str; 6] = ["off", "none", "取消", "不限", "关", "无"];

impl Context {
    pub(super) async fn choose_lang(&self, message: &Message, to: &str) {
        let chat = message.chat.id;
        let lang = self.lang(chat);
        if !self.may_set(message).await {
            return self.say(message, &[group_admins_only(lang)]).await;
        }
        if to.is_empty() {
            let keyboard = render::language_buttons();
            self.send(message, &render::lines(&[lang_usage(lang)]), Some(&keyboard))
                .await;
            return;
        }
        let Ok(chosen) = to.parse::<Lang>() else {
            return self.say(message, &[lang_unknown(lang)]).await;
        };
        if let Err(error) = self.set_lang(chat, chosen) {
            let line = self.not_kept(chosen, NotKept::Lang, &error);
            return self.say(message, &[line]).await;
        }
        if message.chat.is_private() {
            menu::set_chat(&self.bot, chat, chosen, self.is_admin(Caller::of(message).user)).await;
        }
        self.say(message, &[lang_set(chosen)]).await;
    }

    pub(super) fn set_lang(&self, chat: ChatId, lang: Lang) -> Result<(), RecordsError> {
        let settings = ChatSettings {
            lang: Some(lang),
            ..self.records.chat(chat)
        };
        self.records.keep_chat(chat, &settings)
    }

    /// Sets, drops or shows what the chat's questions are usually about.
    pub(super) async fn choose_usual(&self, message: &Message, to: &str) {
        let chat = message.chat.id;
        let lang = self.lang(chat);
        let settings = self.records.chat(chat);
        if to.is_empty() {
            let now = settings
                .usual
                .as_ref()
                .map_or(usual_none(lang), |usual| usual_set(lang, usual));
            return self.say(message, &[now, usual_usage(lang)]).await;
        }
        if !self.may_set(message).await {
            return self.say(message, &[group_admins_only(lang)]).await;
        }
        let usual = if OFF.contains(&to.to_lowercase().as_str()) {
            None
        } else {
            match self.seen_in(chat).usual_named(to) {
                Some(usual) => Some(usual),
                None => return self.say(message, &[usual_unknown(lang, to)]).await,
            }
        };
        let line = usual
            .as_ref()
            .map_or(usual_dropped(lang), |usual| usual_set(lang, usual));
        match self.set_usual(chat, usual) {
            Ok(()) => self.say(message, &[line]).await,
            Err(error) => {
                let line = self.not_kept(lang, NotKept::Usual, &error);
                self.say(message, &[line]).await;
            }
        }
    }

    /// Sets what a chat is usually about.
    pub(super) fn set_usual(&self, chat: ChatId, usual: Option<Usual>) -> Result<(), RecordsError> {
        let settings = ChatSettings {
            usual,
            ..self.records.chat(chat)
        };
        self.records.keep_chat(chat, &settings)?;
        // What was asked before is not what is meant from now on.
        self.conversations.forget(chat);
        Ok(())
    }

    /// Whether a message says that a group has become a supergroup: then what it has set goes along.
    pub(super) fn migrates(&self, message: &Message) -> bool {
        let chat = message.chat.id;
        let moved = match (message.migrate_to_chat_id(), message.migrate_from_chat_id()) {
            (Some(new), _) => (chat, *new),
            (None, Some(old)) => (*old, chat),
            (None, None) => return false,
        };
        tracing::info!(old = %moved.0, new = %moved.1, "a group has become a supergroup");
        self.kept("a group's settings", self.records.migrate_chat(moved.0, moved.1));
        true
    }

    /// The bot was taken into a chat, or thrown out of it. What the chat has set is kept, should it come back.
    pub(super) fn membership(&self, change: &ChatMemberUpdated) {
        let present = change.new_chat_member.kind.is_present();
        tracing::info!(chat = %change.chat.id, present, "the bot's own membership has changed");
        if !present {
            self.conversations.forget(change.chat.id);
        }
    }
}
