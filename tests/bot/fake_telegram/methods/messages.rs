//! Sending.

use serde_json::{Value, json};

use super::super::state::{Document, Inner, Known, Sent, Shared, merge};
use super::super::{BOT_ID, BOT_NAME};
use super::words::{self, Words};
use super::{Refusal, chats, integer, markup};

pub fn send_message(shared: &Shared, parameters: &Value) -> Result<Value, Refusal> {
    let chat = chats::open_chat(shared, parameters)?;
    let words = words::of_message(&parameters["text"], parameters, "message is too long")?;
    let content = json!({"text": words.text});
    post(shared, chat, parameters, &content, words, None)
}

/// Sends a message with this content, where topic, reply and markup are good.
pub fn post(
    shared: &Shared,
    chat: i64,
    parameters: &Value,
    content: &Value,
    words: Words,
    document: Option<Document>,
) -> Result<Value, Refusal> {
    let markup = markup::check(parameters, false)?;
    shared.with(|inner| {
        let thread = chats::thread(inner, chat, parameters)?;
        let replied = replied(inner, chat, parameters)?;
        let message_id = inner.chats.next_message_id();
        let mut message = json!({
            "message_id": message_id, "date": 1_700_000_001, "chat": inner.chats.meet(chat).json,
            "from": {"id": BOT_ID, "is_bot": true, "first_name": "会问", "username": BOT_NAME},
        });
        merge(&mut message, content);
        if let Some(thread) = thread {
            merge(
                &mut message,
                &json!({"message_thread_id": thread, "is_topic_message": true}),
            );
        }
        if let Some(replied) = replied {
            message["reply_to_message"] = replied;
        }
        if let Some(markup) = markup {
            message["reply_markup"] = markup;
        }
        let known = Known {
            json: message.clone(),
            raw: words.raw.clone(),
            look: words.look,
        };
        inner.chats.keep(chat, message_id, known);
        inner.transcript.sent.all.push(Sent {
            chat,
            message_id,
            text: words.text,
            raw: words.raw,
            parameters: parameters.clone(),
            document,
        });
        Ok(message)
    })
}

/// The message that is replied to, itself without what it replied to.
fn replied(inner: &Inner, chat: i64, parameters: &Value) -> Result<Option<Value>, Refusal> {
    let Some(reply) = parameters.get("reply_parameters") else {
        return Ok(None);
    };
    let id = integer(&reply["message_id"]).unwrap_or_default();
    match inner.chats.message(chat, id) {
        Some(known) => {
            let mut message = known.json.clone();
            message.as_object_mut().unwrap().remove("reply_to_message");
            Ok(Some(message))
        }
        None if reply["allow_sending_without_reply"] == true => Ok(None),
        None => Err(Refusal::bad("message to be replied not found")),
    }
}
