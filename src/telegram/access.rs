//! Who is let in: admins always, the denied never, others by the rule of the settings.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use teloxide::Bot;
use teloxide::prelude::*;
use teloxide::types::{ChatId, Message, UserId};

use super::records::Records;
use crate::settings::{AccessMode, Settings};

/// How long it is remembered whether somebody is a group's member.
const REMEMBERED: Duration = Duration::from_secs(10 * 60);
/// How long it still counts where Telegram cannot say.
const AT_MOST: Duration = Duration::from_secs(60 * 60);
/// With so many remembered those whose time is up are forgotten.
const CROWD: usize = 10_000;

/// Whether a number is a group's: negative, of whatever kind. (teloxide's own `is_group` leaves supergroups out, and
/// panics on numbers that it does not know.)
pub fn is_group(chat: ChatId) -> bool {
    chat.0 < 0
}

/// Who asks, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Caller {
    /// The user; `None` for anonymous admins and channels.
    pub user: Option<UserId>,
    /// The chat; that of the user where it is a private one.
    pub chat: ChatId,
    /// The channel on whose behalf somebody writes in a group.
    pub channel: Option<ChatId>,
}

impl Caller {
    /// Of a message.
    pub fn of(message: &Message) -> Caller {
        // An anonymous admin comes as a bot of Telegram's, which is nobody in particular.
        let behalf = message.sender_chat.as_ref().map(|chat| chat.id);
        Caller {
            user: message.from.as_ref().filter(|_| behalf.is_none()).map(|user| user.id),
            chat: message.chat.id,
            channel: behalf.filter(|behalf| *behalf != message.chat.id),
        }
    }

    /// Whoever a chat's number stands for: a user, or the people of a group.
    pub fn of_chat(chat: ChatId) -> Caller {
        Caller {
            user: u64::try_from(chat.0).ok().map(UserId),
            chat,
            channel: None,
        }
    }

    /// A user who presses a button or types inline.
    pub fn user(user: UserId, chat: ChatId) -> Caller {
        Caller {
            user: Some(user),
            chat,
            channel: None,
        }
    }
}

/// Whether people are members of groups, as Telegram said lately.
#[derive(Debug, Default)]
pub struct Members(Mutex<HashMap<(ChatId, UserId), (bool, Instant)>>);

impl Members {
    /// Whether a user is in a group now; where Telegram does not say, whether they were within the hour.
    pub async fn has(&self, bot: &Bot, group: ChatId, user: UserId) -> bool {
        let known = {
            let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            known.get(&(group, user)).copied()
        };
        if let Some((member, at)) = known
            && at.elapsed() < REMEMBERED
        {
            return member;
        }
        let member = match bot.get_chat_member(group, user).await {
            Ok(member) => member.kind.is_present(),
            Err(error) => {
                tracing::warn!(%group, %error, "it is not known who is a member: nobody is let in for it");
                return known.is_some_and(|(member, at)| member && at.elapsed() < AT_MOST);
            }
        };
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= CROWD {
            known.retain(|_, (_, at)| at.elapsed() < AT_MOST);
        }
        known.insert((group, user), (member, Instant::now()));
        member
    }
}

/// Whether a caller is let in.
pub async fn is_admitted(caller: Caller, bot: &Bot, settings: &Settings, records: &Records, members: &Members) -> bool {
    let Caller { user, chat, channel } = caller;
    if user.is_some_and(|user| settings.admins.contains(&user)) {
        return true;
    }
    // A private chat is its user's; a group counts beside the user.
    let own = user.map(ChatId::from);
    let group = Some(chat).filter(|chat| is_group(*chat));
    let both = || [group, own, channel].into_iter().flatten();
    let decided: Vec<bool> = both()
        .filter_map(|of| records.verdict(of))
        .map(|verdict| verdict.allowed)
        .collect();
    if decided.contains(&false) {
        return false;
    }
    if decided.contains(&true) || settings.access.mode == AccessMode::Open {
        return true;
    }
    // A group that has become a supergroup is listed under its old number.
    let listed: BTreeSet<ChatId> = settings.access.allowed.iter().map(|of| records.migrated(*of)).collect();
    if both().any(|of| listed.contains(&of)) {
        return true;
    }
    let (Some(user), AccessMode::Members) = (user, settings.access.mode) else {
        return false;
    };
    let verdicts = records.verdicts();
    let allowed = verdicts
        .iter()
        .filter(|(_, verdict)| verdict.allowed)
        .map(|(of, _)| *of);
    for group in listed.iter().copied().chain(allowed).filter(|of| is_group(*of)) {
        let denied = verdicts.iter().any(|(of, verdict)| *of == group && !verdict.allowed);
        if !denied && members.has(bot, group, user).await {
            return true;
        }
    }
    false
}
