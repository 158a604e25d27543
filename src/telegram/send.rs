//! Sending and editing, over Telegram's moods: as long as it asks us to wait, over a network that breaks off, and in
//! plain words where it does not take our HTML.

use std::future::{Future, IntoFuture};
use std::num::NonZeroU32;
use std::time::Duration;

use teloxide::payloads::{EditMessageTextSetters, SendDocumentSetters, SendMessageSetters, SendPhotoSetters};
use teloxide::prelude::*;
use teloxide::types::{
    ChatId, InlineKeyboardMarkup, InputFile, LinkPreviewOptions, Message, MessageId, ParseMode, ReplyParameters,
    ThreadId,
};
use teloxide::{ApiError, Bot, RequestError};

use super::pace::Pace;
use super::rich::Rich;
use super::start::{is_passing, without_body};

/// The longest that something is tried: over a broken network, and where Telegram asks us to wait.
const PATIENCE: Duration = Duration::from_secs(60 * 60);
/// The longest pause between two tries over a broken network.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// Where messages go out, at the pace of all of them: Telegram counts a bot's as one.
#[derive(Debug)]
pub struct Outbox {
    bot: Bot,
    /// A client that waits longer.
    files: Bot,
    pace: Pace,
}

/// Where a message goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Destination {
    /// The chat.
    pub chat: ChatId,
    /// The topic in it.
    pub topic: Option<ThreadId>,
    /// The message that it answers.
    pub reply_to: Option<MessageId>,
}

impl Destination {
    /// For the answer to `message`: in groups as a reply, in topics into the topic.
    pub fn of(message: &Message) -> Destination {
        Destination {
            chat: message.chat.id,
            // Replies outside of topics have a thread's number too, which Telegram does not take.
            topic: message.thread_id.filter(|_| message.is_topic_message),
            reply_to: (!message.chat.is_private()).then_some(message.id),
        }
    }
}

/// What came of an edit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edited {
    /// The message shows it, now or already before.
    Shown,
    /// The message is gone, or too old to be edited.
    Gone,
}

impl Outbox {
    /// Of a bot; `files` is a client of it that waits longer. No more messages a second go out.
    pub fn new(bot: Bot, files: Bot, sends: NonZeroU32) -> Outbox {
        Outbox {
            bot,
            files,
            pace: Pace::new(sends),
        }
    }

    /// Whether there is room for what only tells how far something is.
    pub fn has_room(&self, chat: ChatId) -> bool {
        self.pace.has_room(chat)
    }

    /// Sends a message.
    ///
    /// # Errors
    ///
    /// Where Telegram refuses it, or cannot be reached for [`PATIENCE`].
    pub async fn message(
        &self,
        to: Destination,
        rich: &Rich,
        keyboard: Option<&InlineKeyboardMarkup>,
    ) -> Result<Message, RequestError> {
        let mut to = to;
        loop {
            let sent = self
                .in_html_or_plain(to.chat, rich, |words, html| {
                    let mut request = self.bot.send_message(to.chat, words).link_preview_options(no_preview());
                    request.parse_mode = html.then_some(ParseMode::Html);
                    request.reply_parameters = to
                        .reply_to
                        .map(|id| ReplyParameters::new(id).allow_sending_without_reply());
                    request.message_thread_id = to.topic;
                    request.reply_markup = keyboard.cloned().map(Into::into);
                    request.into_future()
                })
                .await;
            match sent {
                // The group has become a supergroup just now, and its messages have other numbers there.
                Err(RequestError::MigrateToChatId(new)) if new != to.chat => {
                    to = Destination {
                        chat: new,
                        topic: None,
                        reply_to: None,
                    };
                }
                sent => return sent,
            }
        }
    }

    /// Changes a message of ours.
    ///
    /// # Errors
    ///
    /// Where Telegram refuses it for another reason than that the message is gone, or cannot be reached.
    pub async fn edit(
        &self,
        chat: ChatId,
        id: MessageId,
        rich: &Rich,
        keyboard: Option<&InlineKeyboardMarkup>,
    ) -> Result<Edited, RequestError> {
        let edited = self
            .in_html_or_plain(chat, rich, |words, html| {
                let mut request = self
                    .bot
                    .edit_message_text(chat, id, words)
                    .link_preview_options(no_preview());
                request.parse_mode = html.then_some(ParseMode::Html);
                request.reply_markup = keyboard.cloned();
                request.into_future()
            })
            .await;
        outcome(edited.map(drop))
    }

    /// Changes the buttons of a message of ours.
    ///
    /// # Errors
    ///
    /// As [`Outbox::edit`].
    pub async fn edit_buttons(
        &self,
        chat: ChatId,
        id: MessageId,
        keyboard: InlineKeyboardMarkup,
    ) -> Result<Edited, RequestError> {
        let edited = self
            .patiently(chat, || {
                self.bot
                    .edit_message_reply_markup(chat, id)
                    .reply_markup(keyboard.clone())
                    .into_future()
            })
            .await;
        outcome(edited.map(drop))
    }

    /// Sends a file with a line of plain words.
    ///
    /// # Errors
    ///
    /// As [`Outbox::message`].
    pub async fn document(
        &self,
        to: Destination,
        name: &str,
        bytes: Vec<u8>,
        caption: &str,
    ) -> Result<Message, RequestError> {
        self.patiently(to.chat, || {
            let file = InputFile::memory(bytes.clone()).file_name(name.to_owned());
            let mut request = self.files.send_document(to.chat, file).caption(caption);
            request.message_thread_id = to.topic;
            request.into_future()
        })
        .await
    }

    /// Sends a picture with a line of plain words.
    ///
    /// # Errors
    ///
    /// As [`Outbox::message`].
    pub async fn photo(&self, to: Destination, bytes: Vec<u8>, caption: &str) -> Result<Message, RequestError> {
        self.patiently(to.chat, || {
            let file = InputFile::memory(bytes.clone()).file_name("huiwen.png");
            let mut request = self.files.send_photo(to.chat, file).caption(caption);
            request.message_thread_id = to.topic;
            request.into_future()
        })
        .await
    }

    /// Tries with HTML, and where Telegram does not take it with plain words, as many lines as fit.
    async fn in_html_or_plain<F>(
        &self,
        chat: ChatId,
        rich: &Rich,
        request: impl Fn(String, bool) -> F,
    ) -> Result<Message, RequestError>
    where
        F: Future<Output = Result<Message, RequestError>>,
    {
        match self.patiently(chat, || request(rich.html().to_owned(), true)).await {
            Err(RequestError::Api(
                error
                @ (ApiError::CantParseEntities(_) | ApiError::MessageIsTooLong | ApiError::EditedMessageIsTooLong),
            )) => {
                tracing::error!(%chat, %error, "Telegram does not take our message: sending plain words");
                self.patiently(chat, || request(rich.plain_lines(), false)).await
            }
            done => done,
        }
    }

    /// Tries until it is done or refused: waits where Telegram asks for it, and goes on over a broken network.
    ///
    /// Where the connection breaks before Telegram's answer is there, nobody knows whether it was done. An answer that is
    /// shown twice is better than one that is lost, so it is done again.
    async fn patiently<T, F>(&self, chat: ChatId, request: impl Fn() -> F) -> Result<T, RequestError>
    where
        F: Future<Output = Result<T, RequestError>>,
    {
        let (mut pause, mut waited) = (Duration::ZERO, Duration::ZERO);
        loop {
            self.pace.turn(chat).await;
            let error = match request().await {
                Ok(done) => return Ok(done),
                // A token that is refused now may have been given out anew in a moment: the message is not lost for it.
                Err(error) if is_passing(&error) || matches!(error, RequestError::Api(ApiError::InvalidToken)) => error,
                Err(error) => return Err(error),
            };
            pause = match &error {
                RequestError::RetryAfter(seconds) => seconds.duration(),
                _ => (pause * 2).clamp(Duration::from_secs(1), LONGEST_PAUSE),
            };
            waited += pause;
            if waited > PATIENCE {
                return Err(error);
            }
            tracing::warn!(%chat, error = without_body(&error), ?pause, "not done: trying again");
            tokio::time::sleep(pause).await;
        }
    }
}

/// Ends the wait that a pressed button shows, with a few words or without. Never of consequence: the press may be too
/// old for Telegram by now.
pub async fn confirm(bot: &Bot, query: &teloxide::types::CallbackQuery, words: Option<&str>, alert: bool) {
    let mut request = bot.answer_callback_query(query.id.clone()).show_alert(alert);
    request.text = words.map(|words| words.chars().take(LONGEST_NOTE).collect());
    if let Err(error) = request.await {
        tracing::info!(%error, "a pressed button was not confirmed");
    }
}

/// Longest words that answer a pressed button, in characters.
const LONGEST_NOTE: usize = 200;

fn outcome(edited: Result<(), RequestError>) -> Result<Edited, RequestError> {
    match edited {
        Ok(()) | Err(RequestError::Api(ApiError::MessageNotModified)) => Ok(Edited::Shown),
        Err(RequestError::Api(
            ApiError::MessageToEditNotFound | ApiError::MessageIdInvalid | ApiError::MessageCantBeEdited,
        )) => Ok(Edited::Gone),
        Err(error) => Err(error),
    }
}

/// Links in reports are not to fill the chat with previews.
pub fn no_preview() -> LinkPreviewOptions {
    LinkPreviewOptions {
        is_disabled: true,
        url: None,
        prefer_small_media: false,
        prefer_large_media: false,
        show_above_text: false,
    }
}
