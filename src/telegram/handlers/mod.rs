//! What the bot does with each update: a file for each kind of request.
//!
//! Whatever happens to one update, the next is handled; and each is marked as done once nothing more will come of it.

mod access;
mod answers;
mod buttons;
mod charts;
mod chats;
mod export;
mod feedback;
mod files;
mod folders;
mod inline;
mod links;
mod lists;
mod onboarding;
mod quoted;
mod reactions;
mod reload;
mod settings;
mod status;
mod survey;
mod uploads;
mod watches;

use std::sync::Arc;

use teloxide::types::{Message, MessageId, MessageKind, Update, UpdateKind};

use super::access::Caller;
use super::button::Button;
use super::context::Context;
use super::metrics::Kind;
use super::render;
use super::request::{List, Request, request};
use super::send::Destination;
use crate::guard::guarded_future;
use crate::wording::{Who, admins_only, broken, in_private_only, text_only, usage, voice_unheard};

/// Handles one update.
pub async fn handle(update: Update, context: Arc<Context>) {
    let number = i64::from(update.id.0);
    let whom = whom(&update);
    let handled = guarded_future(respond(update, &context)).await;
    if handled.is_err() {
        context.metrics.error();
        tracing::error!(update = number, "a defect: please report it");
        if let Some(whom) = whom {
            let line = render::lines(&[broken(context.lang(whom.chat))]);
            if let Err(error) = context.outbox.message(whom, &line, None).await {
                context.fault("that something broke was not said", &error);
            }
        }
    }
    context.kept("that an update is done", context.records.update_done(number));
}

/// Who waits for a word on an update, and where.
fn whom(update: &Update) -> Option<Destination> {
    match &update.kind {
        UpdateKind::Message(message) | UpdateKind::EditedMessage(message) => Some(Destination::of(message)),
        UpdateKind::CallbackQuery(query) => {
            let under = query.message.as_ref()?.regular_message()?;
            Some(Destination {
                reply_to: None,
                ..Destination::of(under)
            })
        }
        _ => None,
    }
}

async fn respond(update: Update, context: &Arc<Context>) {
    let kind = match &update.kind {
        UpdateKind::Message(_) | UpdateKind::EditedMessage(_) => Kind::Message,
        UpdateKind::CallbackQuery(_) => Kind::Button,
        UpdateKind::InlineQuery(_) => Kind::Inline,
        _ => Kind::Other,
    };
    context.metrics.update(kind);
    match &update.kind {
        UpdateKind::Message(message) | UpdateKind::EditedMessage(message) if message.chat.is_private() => {
            message.from.iter().for_each(|user| context.hear(user));
        }
        UpdateKind::CallbackQuery(query) => context.hear(&query.from),
        UpdateKind::InlineQuery(query) => context.hear(&query.from),
        _ => {}
    }
    match update.kind {
        UpdateKind::Message(message) => context.message(message).await,
        UpdateKind::EditedMessage(message) => context.edited(message).await,
        UpdateKind::CallbackQuery(query) => context.button(query).await,
        UpdateKind::InlineQuery(query) => context.inline(query).await,
        UpdateKind::MessageReaction(change) => context.reaction(&change).await,
        UpdateKind::MyChatMember(change) => context.membership(&change),
        _ => {}
    }
}

/// Whether a message tells of something that happened, and says nothing.
fn is_service(message: &Message) -> bool {
    !matches!(
        message.kind,
        MessageKind::Common(_) | MessageKind::Dice(_) | MessageKind::Empty {}
    )
}

/// What an update of a chat waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Pace {
    /// For the chat's updates before it.
    Questions,
    /// For those before it that read or change files: questions don't wait for these.
    Files,
    /// For none: those who ask for a reload while one is on its way share it.
    Reload,
}

/// At which pace an update is handled.
pub fn pace(update: &Update, context: &Context) -> Pace {
    match &update.kind {
        UpdateKind::Message(message) if message.chat.is_private() && message.document().is_some() => Pace::Files,
        UpdateKind::Message(message) => match request(message, &context.me) {
            Some(Request::Reload) => Pace::Reload,
            Some(Request::Inspect(_) | Request::Remove(_) | Request::Watch(_)) => Pace::Files,
            _ => Pace::Questions,
        },
        UpdateKind::CallbackQuery(query) => match query.data.as_deref().and_then(|data| data.parse().ok()) {
            Some(button) if Button::is_choice(button) => Pace::Files,
            _ => Pace::Questions,
        },
        _ => Pace::Questions,
    }
}

impl Context {
    async fn message(self: &Arc<Self>, message: Message) {
        if self.migrates(&message) {
            return;
        }
        if message.chat.is_private() && message.document().is_some() {
            if self.admits_message(&message).await {
                self.upload(&message).await;
            }
            return;
        }
        if matches!(message.kind, MessageKind::Empty {}) {
            self.metrics.unread();
            tracing::warn!(chat = %message.chat.id, "nothing in a message is understood");
        }
        let asked = request(&message, &self.me);
        // A picture, a voice message: in private somebody waits for a word.
        let unread = message.chat.is_private() && !is_service(&message);
        if (asked.is_some() || unread) && self.admits_message(&message).await {
            match asked {
                Some(asked) => self.respond(&message, asked, None).await,
                None => {
                    let lang = self.lang(message.chat.id);
                    let is_heard =
                        message.voice().is_some() || message.audio().is_some() || message.video_note().is_some();
                    let line = if is_heard { voice_unheard(lang) } else { text_only(lang) };
                    self.say(&message, &[line]).await;
                }
            }
        }
    }

    /// An edit of a question edits its answer; a question that becomes one by an edit is answered.
    async fn edited(self: &Arc<Self>, message: Message) {
        let Some(asked @ (Request::Ask(_) | Request::Summary(_) | Request::Compare(_))) = request(&message, &self.me)
        else {
            return;
        };
        let answer = self
            .records
            .answer_to(message.chat.id, message.id)
            .unwrap_or_else(|error| {
                self.fault("which message answers another", &error);
                None
            });
        if self.admits_message(&message).await {
            self.respond(&message, asked, answer).await;
        }
    }

    async fn admits_message(&self, message: &Message) -> bool {
        self.admits(Caller::of(message), async |rich| {
            self.send(message, &rich, None).await;
        })
        .await
    }

    /// Does what a message asks for; `earlier` is the message that answers it already, where it was edited.
    async fn respond(self: &Arc<Self>, message: &Message, asked: Request, earlier: Option<MessageId>) {
        let lang = self.lang(message.chat.id);
        let admin = self.is_admin(Caller::of(message).user);
        if asked.is_for_admins() {
            if !admin {
                return self.say(message, &[admins_only(lang)]).await;
            }
            let anywhere = matches!(asked, Request::Allow(_) | Request::Deny(_) | Request::Reload);
            if !message.chat.is_private() && !anywhere {
                return self.say(message, &[in_private_only(lang)]).await;
            }
        }
        match asked {
            Request::Start => self.start(message).await,
            Request::Link(id) => self.open_link(message, id).await,
            Request::Help => {
                let who = match (admin && message.chat.is_private(), message.chat.is_private()) {
                    (true, _) => Who::Admins,
                    (false, true) => Who::GroupAdmins,
                    (false, false) if self.may_set(message).await => Who::GroupAdmins,
                    (false, false) => Who::Everyone,
                };
                self.say(message, &usage(lang, who)).await;
            }
            Request::Ask(question) if question.is_empty() => self.ask_of_replied(message, earlier).await,
            Request::Ask(question) if earlier.is_none() && self.about_quote(message, &question).await => {}
            Request::Ask(question) => self.ask(message, question, earlier).await,
            Request::Summary(of) => self.summary(message, &of, earlier).await,
            Request::Compare(of) => self.compare(message, &of, earlier).await,
            Request::Survey(of) => self.survey(message, of).await,
            Request::List(list) => self.list(message, list).await,
            Request::Lang(to) => self.choose_lang(message, &to).await,
            Request::Usual(to) => self.choose_usual(message, &to).await,
            Request::Feedback(words) if admin && message.chat.is_private() && words.is_empty() => {
                self.list(message, List::Feedback).await;
            }
            Request::Feedback(words) if admin && message.chat.is_private() && words == "export" => {
                self.export_feedback(message).await;
            }
            Request::Feedback(words) => self.comment(message, words).await,
            Request::Watch(words) => self.watch(message, &words).await,
            Request::Settings => self.settings(message).await,
            Request::Watches => self.watches(message).await,
            Request::Export(words) => self.export(message, &words).await,
            Request::Reload => self.reload(message).await,
            Request::Inspect(file) => self.inspect(message, &file).await,
            Request::Remove(file) => self.ask_to_remove(message, &file).await,
            Request::Status => self.status(message).await,
            Request::Allow(whom) => self.decide(message, &whom, true).await,
            Request::Deny(whom) => self.decide(message, &whom, false).await,
            Request::Disallow(words) => self.disallow(message, &words).await,
        }
    }

    /// A defect of ours in work that was given away: said, logged, and no end to the bot.
    fn broken(&self, lang: crate::wording::Lang, error: &tokio::task::JoinError) -> super::rich::Rich {
        self.fault("a defect: please report it", error);
        render::lines(&[broken(lang)])
    }
}
