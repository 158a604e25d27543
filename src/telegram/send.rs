//! Sending: one message for one request, over Telegram's moods.

use std::time::Duration;

use teloxide::prelude::*;
use teloxide::types::{LinkPreviewOptions, Message, ParseMode, ReplyParameters};
use teloxide::{ApiError, Bot, RequestError};

use super::rich::Rich;

/// How often a message is tried.
const TRIES: u32 = 4;

/// Sends `rich` as the answer to `to`: in groups as a reply, in topics into the topic.
///
/// Waits as long as Telegram asks for; where Telegram does not take the HTML, the plain words are sent.
///
/// # Errors
///
/// Where Telegram refuses it, or cannot be reached [`TRIES`] times.
pub async fn answer(bot: &Bot, to: &Message, rich: &Rich) -> Result<Message, RequestError> {
    let mut html = true;
    let mut tries = 0;
    loop {
        tries += 1;
        match send(bot, to, rich, html).await {
            Ok(message) => return Ok(message),
            Err(RequestError::RetryAfter(seconds)) if tries < TRIES => {
                tracing::warn!(chat = %to.chat.id, seconds = seconds.seconds(), "asked to wait");
                tokio::time::sleep(seconds.duration()).await;
            }
            // A connection that broke before the answer: the message may have come through, but more likely not.
            Err(RequestError::Network(error)) if tries < TRIES && (error.is_connect() || error.is_timeout()) => {
                tracing::warn!(chat = %to.chat.id, %error, "not sent: trying again");
                tokio::time::sleep(Duration::from_secs(u64::from(tries))).await;
            }
            Err(RequestError::Api(ApiError::CantParseEntities(reason))) if html => {
                tracing::error!(chat = %to.chat.id, reason, "Telegram does not take our HTML: sending plain words");
                html = false;
            }
            Err(error) => return Err(error),
        }
    }
}

async fn send(bot: &Bot, to: &Message, rich: &Rich, html: bool) -> Result<Message, RequestError> {
    let words = if html { rich.html() } else { rich.plain() };
    let mut request = bot
        .send_message(to.chat.id, words)
        .link_preview_options(LinkPreviewOptions {
            is_disabled: true,
            url: None,
            prefer_small_media: false,
            prefer_large_media: false,
            show_above_text: false,
        });
    if html {
        request = request.parse_mode(ParseMode::Html);
    }
    if !to.chat.is_private() {
        request = request.reply_parameters(ReplyParameters::new(to.id).allow_sending_without_reply());
    }
    // Replies outside of topics have a thread's number too, which Telegram does not take.
    if let Some(topic) = to.thread_id.filter(|_| to.is_topic_message) {
        request = request.message_thread_id(topic);
    }
    request.await
}
