//! What the handlers share, and what each of them needs: the chat's language, who is an admin, a word back.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;
use tokio::task::JoinError;

use anyhow::Context as _;
use teloxide::Bot;
use teloxide::prelude::*;
use teloxide::types::{ChatId, InlineKeyboardMarkup, Me, Message, MessageId, User, UserId};
use tokio::sync::Semaphore;
use tokio_util::task::TaskTracker;

use super::access::{Caller, Members, is_admitted};
use super::conversations::Conversations;
use super::knowledge::Knowledge;
use super::limits::{Allowance, Limits};
use super::metrics::Metrics;
use super::pages::{Address, Pages};
use super::records::{Records, RecordsError, Shown};
use super::rich::Rich;
use super::send::{Destination, Outbox};
use super::{render, start};
use crate::library::{Library, Sight, View, at_once};
use crate::settings::Settings;
use crate::shelf::Shelf;
use crate::web::link::Key;
use crate::wording::{Lang, NotKept, an_admin, not_kept, outside, too_much};

/// Of so many people at most their language is remembered.
const CROWD: usize = 10_000;

/// What handlers share.
pub struct Context {
    /// The client.
    pub bot: Bot,
    /// A client that waits longer, for files.
    pub downloads: Bot,
    /// Where messages go out.
    pub outbox: Outbox,
    /// The bot itself.
    pub me: Me,
    /// The settings.
    pub settings: Settings,
    /// The knowledge.
    pub knowledge: Knowledge,
    /// The knowledge folder, for changing it.
    pub shelf: Shelf,
    /// What is kept on disk.
    pub records: Arc<Records>,
    /// Earlier questions.
    pub conversations: Conversations,
    /// How much each may ask.
    pub limits: Limits,
    /// Who is a member of which group.
    pub members: Members,
    /// Counts.
    pub metrics: Arc<Metrics>,
    /// Whose turn it is to be answered: more at once than the machine can do cost memory and win no time.
    pub asking: Semaphore,
    /// Messages whose choice is being carried out.
    pub deciding: Mutex<HashSet<(ChatId, MessageId)>>,
    /// In which language people's own programs are, by their private chats.
    spoken: Mutex<HashMap<ChatId, Lang>>,
    /// Work that goes on beside the handling of updates.
    pub tasks: TaskTracker,
    /// How papers are linked to, where they are shown as pages.
    pub pages: Option<Pages>,
    /// Held while it is found out what is new.
    pub listening: tokio::sync::Mutex<()>,
    /// Since when the bot runs.
    pub began: Instant,
}

impl Context {
    /// All of it, for a bot that knows who it is.
    pub fn new(
        bot: Bot,
        me: Me,
        settings: Settings,
        library: Arc<Library>,
        records: Arc<Records>,
        metrics: Arc<Metrics>,
    ) -> anyhow::Result<Context> {
        let downloads = start::client(&settings, start::DOWNLOAD)?;
        let pages = settings.web.as_ref().map(|web| {
            let key = Key::open(&settings.data)?;
            Ok::<_, std::io::Error>(Pages::new(web, key))
        });
        Ok(Context {
            pages: pages.transpose().context("link.key")?,
            outbox: Outbox::new(bot.clone(), downloads.clone(), settings.sends),
            downloads,
            shelf: Shelf::new(&settings.knowledge, &settings.data),
            limits: Limits::new(settings.rates),
            bot,
            me,
            settings,
            knowledge: Knowledge::new(library),
            records,
            conversations: Conversations::default(),
            members: Members::default(),
            metrics,
            asking: Semaphore::new(at_once()),
            deciding: Mutex::default(),
            spoken: Mutex::default(),
            tasks: TaskTracker::new(),
            listening: tokio::sync::Mutex::default(),
            began: Instant::now(),
        })
    }

    /// The language that a chat is spoken to in: the one that it has chosen, or else the one that its user's program is in.
    pub fn lang(&self, chat: ChatId) -> Lang {
        let spoken = || {
            let spoken = self.spoken.lock().unwrap_or_else(PoisonError::into_inner);
            spoken.get(&chat).copied()
        };
        let chosen = self.records.chat(chat).lang;
        chosen.or_else(spoken).unwrap_or(self.settings.lang)
    }

    /// What is seen in a chat: in a private one what its user sees, in a group what the group was let into, whoever asks there.
    pub fn sight(&self, chat: ChatId) -> Sight {
        match self.is_admin(Caller::of_chat(chat).user) {
            true => Sight::everything(),
            false => self.records.sight(self.records.migrated(chat)),
        }
    }

    /// The knowledge as it is seen in a chat.
    pub fn seen_in(&self, chat: ChatId) -> View {
        self.knowledge.view(self.sight(chat))
    }

    /// Somebody writes in private: in which language their program is, Telegram tells with each message.
    pub fn hear(&self, user: &User) {
        let code = user.language_code.as_deref().unwrap_or_default().to_ascii_lowercase();
        let lang = match code.split('-').next() {
            Some("en") => Lang::En,
            Some("zh") => Lang::Zh,
            _ => return,
        };
        let mut spoken = self.spoken.lock().unwrap_or_else(PoisonError::into_inner);
        if spoken.len() >= CROWD {
            // They are heard again.
            spoken.clear();
        }
        spoken.insert(ChatId::from(user.id), lang);
    }

    /// Where the people of a chat can see a quote in its paper; nowhere where there are no pages.
    pub fn addresses(&self, shown: &Shown, chat: ChatId) -> Vec<Address> {
        self.pages
            .as_ref()
            .map(|pages| pages.addresses(shown, chat))
            .unwrap_or_default()
    }

    /// Whether somebody is an admin of the bot.
    pub fn is_admin(&self, user: Option<UserId>) -> bool {
        user.is_some_and(|user| self.settings.admins.contains(&user))
    }

    /// Whether whoever sent a message may change what its chat has set: in private everybody, in groups their admins.
    pub async fn may_set(&self, message: &Message) -> bool {
        let caller = Caller::of(message);
        if message.chat.is_private() || self.is_admin(caller.user) {
            return true;
        }
        // An admin who stays anonymous speaks for the group itself.
        if message
            .sender_chat
            .as_ref()
            .is_some_and(|chat| chat.id == message.chat.id)
        {
            return true;
        }
        let Some(user) = caller.user else { return false };
        match self.bot.get_chat_member(message.chat.id, user).await {
            Ok(member) => member.kind.is_privileged(),
            Err(error) => {
                tracing::warn!(chat = %message.chat.id, %error, "it is not known who is the group's admin");
                false
            }
        }
    }

    /// Does what blocks, when it is its turn.
    ///
    /// # Errors
    ///
    /// Where it panics.
    pub async fn in_turn<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, JoinError> {
        // Never closed; and if it were, nobody would have to wait.
        let _turn = self.asking.acquire().await;
        tokio::task::spawn_blocking(work).await
    }

    /// Whether a request is served: whether its caller is let in, and has not asked too much. If not, a word says so
    /// once; `tell` sends it.
    pub async fn admits(&self, caller: Caller, tell: impl AsyncFnOnce(Rich)) -> bool {
        let admitted = self.is_admitted(caller).await;
        let lang = self.lang(caller.chat);
        if !admitted {
            if let Allowance::Tell(_) = self.limits.outside(caller.user, caller.chat) {
                tell(self.whom_to_ask(lang, caller)).await;
            }
            return false;
        }
        match self.counted(caller) {
            Allowance::Free => return true,
            Allowance::Tell(wait) => tell(render::lines(&[too_much(lang, wait)])).await,
            Allowance::Silent => {}
        }
        self.metrics.limited();
        false
    }

    /// Counts a request of somebody who is let in; admins ask as much as they like.
    pub fn counted(&self, caller: Caller) -> Allowance {
        match self.is_admin(caller.user) {
            true => Allowance::Free,
            false => self.limits.count(caller.user, caller.chat),
        }
    }

    /// Whether a caller is let in.
    pub async fn is_admitted(&self, caller: Caller) -> bool {
        is_admitted(caller, &self.bot, &self.settings, &self.records, &self.members).await
    }

    /// The one line for outsiders.
    fn whom_to_ask(&self, lang: Lang, caller: Caller) -> Rich {
        let number = caller.user.map_or(caller.chat.0, |user| ChatId::from(user).0);
        let mut line = Rich::default();
        line.text(&outside(lang, number));
        match (&self.settings.access.contact, self.settings.admins.first()) {
            (Some(contact), _) => line.text(contact),
            (None, Some(admin)) => line.user(*admin, an_admin(lang)),
            (None, None) => line.text(an_admin(lang)),
        };
        line
    }

    /// Answers a message with lines of plain words.
    pub async fn say(&self, to: &Message, lines: &[String]) {
        for page in render::pages(lines) {
            self.send(to, &page, None).await;
        }
    }

    /// Answers a message; what fails is logged, there is nobody else to tell.
    pub async fn send(&self, to: &Message, rich: &Rich, keyboard: Option<&InlineKeyboardMarkup>) -> Option<Message> {
        match self.outbox.message(Destination::of(to), rich, keyboard).await {
            Ok(message) => Some(message),
            Err(error) => {
                self.fault("an answer was not sent", &error);
                None
            }
        }
    }

    /// Something went wrong that ends nothing: logged and counted.
    pub fn fault(&self, what: &str, error: &dyn std::error::Error) {
        self.metrics.error();
        tracing::error!(%error, "{what}");
    }

    /// Something could not be kept: logged, and what is said of it.
    pub fn not_kept(&self, lang: Lang, what: NotKept, error: &RecordsError) -> String {
        self.fault(&not_kept(Lang::En, what), error);
        not_kept(lang, what)
    }

    /// As [`Context::fault`], for what is worth a line only where it fails.
    pub fn kept(&self, what: &str, kept: Result<(), RecordsError>) {
        if let Err(error) = kept {
            self.fault(what, &error);
        }
    }
}
