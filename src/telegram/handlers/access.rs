//! `/allow` and `/deny`: who is let in, decided at run time.

use teloxide::types::{ChatId, Message};

use super::super::access::Caller;
use super::super::context::Context;
use super::super::records::{DeedKind, Verdict};
use super::super::render;
use crate::wording::{NotKept, allow_usage, decided, folder_usage, in_private_only, never_an_admin, no_verdicts};

/// Words for the group that a command is sent in.
const HERE: [&str; 3] = ["here", "本群", "这里"];

impl Context {
    /// Lets somebody in or shuts them out: by number, `here` for the group, or in reply to a message for its sender.
    /// Without any of it, says who was.
    pub(super) async fn decide(&self, message: &Message, whom: &str, allowed: bool) {
        // A folder's name behind it: only that.
        if let Some((whom, folder)) = whom.split_once(char::is_whitespace) {
            return self.decide_folder(message, whom, folder, allowed).await;
        }
        let lang = self.lang(message.chat.id);
        let replied = message.reply_to_message();
        let channel = || {
            replied
                .and_then(|replied| replied.sender_chat.as_ref())
                .map(|chat| chat.id)
        };
        let user = || {
            replied
                .and_then(|replied| replied.from.as_ref())
                .filter(|user| !user.is_bot)
        };
        let of = match whom {
            "" => channel().or_else(|| user().map(|user| ChatId::from(user.id))),
            here if HERE.contains(&here) && !message.chat.is_private() => Some(message.chat.id),
            number => match number.parse().map(ChatId) {
                Ok(of) => Some(of),
                Err(_) => return self.say(message, &[allow_usage(lang)]).await,
            },
        };
        let Some(of) = of else {
            if !message.chat.is_private() {
                return self.say(message, &[in_private_only(lang)]).await;
            }
            let mut lines = render::verdict_lines(lang, &self.records.verdicts());
            if lines.is_empty() {
                lines.push(no_verdicts(lang));
            }
            lines.extend(self.folder_lines(lang));
            lines.extend([allow_usage(lang), folder_usage(lang)]);
            return self.say(message, &lines).await;
        };
        // A group's anonymous admin is nobody who could be asked about it later.
        let Some(by) = Caller::of(message).user else { return };
        if !allowed && self.settings.admins.iter().any(|admin| ChatId::from(*admin) == of) {
            return self.say(message, &[never_an_admin(lang)]).await;
        }
        let verdict = Verdict {
            allowed,
            by,
            at: crate::clock::now(),
        };
        match self.records.keep_verdict(of, &verdict) {
            Ok(()) => {
                let kind = if allowed { DeedKind::Allow } else { DeedKind::Deny };
                self.kept("who let somebody in", self.records.keep_deed(by, kind, of.to_string()));
                self.say(message, &[decided(lang, of.0, allowed)]).await;
            }
            Err(error) => {
                let line = self.not_kept(lang, NotKept::Access, &error);
                self.say(message, &[line]).await;
            }
        }
    }
}
