//! What the bot does with each request: call the core, render, send.

use std::sync::Arc;
use std::time::Instant;

use teloxide::dispatching::UpdateFilterExt;
use teloxide::prelude::*;
use teloxide::types::{ChatAction, Me, Message, Update};
use teloxide::{Bot, dispatching::UpdateHandler};

use super::conversations::{Asker, Conversations};
use super::request::{Request, request};
use super::rich::Rich;
use super::{render, send};
use crate::library::Library;
use crate::question::Asked;
use crate::settings::Settings;
use crate::wording::{changes_lines, examples, index_error, start_lines, usage};

/// What handlers share.
pub struct Context {
    /// The knowledge.
    pub library: Arc<Library>,
    /// The settings.
    pub settings: Settings,
    /// Earlier questions.
    pub conversations: Conversations,
    /// The bot itself.
    pub me: Me,
}

/// The handler tree.
pub fn schema() -> UpdateHandler<std::convert::Infallible> {
    dptree::entry().branch(
        Update::filter_message()
            .filter_map(|message: Message, context: Arc<Context>| request(&message, &context.me))
            .endpoint(respond),
    )
}

/// Answers one request with one message. What fails is logged: there is nobody else to tell.
async fn respond(
    bot: Bot,
    message: Message,
    asked: Request,
    context: Arc<Context>,
) -> Result<(), std::convert::Infallible> {
    let began = Instant::now();
    let rich = context.reply(&bot, &message, asked).await;
    match send::answer(&bot, &message, &rich).await {
        Ok(_) => tracing::info!(chat = %message.chat.id, took = ?began.elapsed(), "answered"),
        Err(error) => tracing::error!(chat = %message.chat.id, %error, "the answer was not sent"),
    }
    Ok(())
}

impl Context {
    async fn reply(self: &Arc<Self>, bot: &Bot, message: &Message, asked: Request) -> Rich {
        let lang = self.settings.lang;
        match asked {
            Request::Start => self.start(),
            Request::Help => render::lines(&usage(lang, self.is_admin(message))),
            Request::Ask(question) if question.is_empty() => render::lines(&[lang
                .pick(
                    "请把问题写在命令后面，例如：/ask 谁发了言？",
                    "Write the question behind the command, as in: /ask 谁发了言?",
                )
                .to_owned()]),
            Request::Ask(question) => self.ask(bot, message, question).await,
            Request::Summary(of) if of.is_empty() => self.ask(bot, message, "总结最近的会议".to_owned()).await,
            Request::Summary(of) => self.ask(bot, message, format!("总结{of}")).await,
            Request::Reload if self.is_admin(message) => self.reload().await,
            Request::Reload => render::lines(&[lang
                .pick(
                    "只有管理员可以重新读入知识文件。",
                    "Only admins can reload the knowledge files.",
                )
                .to_owned()]),
        }
    }

    fn is_admin(&self, message: &Message) -> bool {
        message
            .from
            .as_ref()
            .is_some_and(|user| self.settings.admins.contains(&user.id))
    }

    fn start(&self) -> Rich {
        let lang = self.settings.lang;
        render::lines(&self.library.with_catalogue(|catalogue| {
            let mut lines = start_lines(lang, catalogue);
            lines.extend(examples(catalogue).into_iter().map(|example| format!("· {example}")));
            lines
        }))
    }

    async fn ask(self: &Arc<Self>, bot: &Bot, message: &Message, question: String) -> Rich {
        let typing = bot.send_chat_action(message.chat.id, ChatAction::Typing);
        let typing = match message.thread_id.filter(|_| message.is_topic_message) {
            Some(topic) => typing.message_thread_id(topic),
            None => typing,
        };
        let asker = Asker::of(message);
        let after = self.conversations.before(asker, Instant::now());
        let context = Arc::clone(self);
        let asked = question.clone();
        let answering = tokio::task::spawn_blocking(move || {
            context.library.ask(&Asked::new(asked, &after), context.settings.limits)
        });
        // Whether the typing shows is of no matter to the answer.
        let (_, answered) = tokio::join!(typing, answering);
        let lang = self.settings.lang;
        match answered {
            Ok(Ok(answer)) => {
                self.conversations.asked(asker, &question, Instant::now());
                render::answer(&answer, lang)
            }
            Ok(Err(error)) => {
                tracing::error!(%error, "a question could not be answered");
                render::lines(&[index_error(lang, &error)])
            }
            Err(error) => self.broken(&error),
        }
    }

    async fn reload(self: &Arc<Self>) -> Rich {
        let context = Arc::clone(self);
        let lang = self.settings.lang;
        match tokio::task::spawn_blocking(move || context.library.reload()).await {
            Ok(Ok(changes)) => {
                tracing::info!(
                    added = changes.added.len(),
                    changed = changes.changed.len(),
                    removed = changes.removed.len(),
                    refused = changes.refused.len(),
                    "reloaded"
                );
                render::lines(&changes_lines(lang, &changes))
            }
            Ok(Err(error)) => {
                tracing::error!(%error, "a reload failed: the old state goes on serving");
                render::lines(&[index_error(lang, &error)])
            }
            Err(error) => self.broken(&error),
        }
    }

    /// A defect of ours: said, logged, and no end to the bot.
    fn broken(&self, error: &tokio::task::JoinError) -> Rich {
        tracing::error!(%error, "a defect: please report it");
        render::lines(&[self
            .settings
            .lang
            .pick("程序出错了，已记入日志。", "Something broke; it has been logged.")
            .to_owned()])
    }
}
