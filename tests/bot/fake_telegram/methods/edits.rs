//! Changing and deleting what was sent.

use serde_json::{Value, json};

use super::super::BOT_ID;
use super::super::state::{Sent, Shared};
use super::words::{self, Words};
use super::{Refusal, chats, integer, markup};

const NOT_MODIFIED: &str = "message is not modified: specified new message content and reply markup are exactly the \
                            same as a current content and reply markup of the message";

pub fn edit_text(shared: &Shared, parameters: &Value) -> Result<Value, Refusal> {
    let (chat, id) = named(shared, parameters)?;
    let words = words::of_message(&parameters["text"], parameters, "MESSAGE_TOO_LONG")?;
    edit(shared, chat, id, parameters, Some(words))
}

pub fn edit_markup(shared: &Shared, parameters: &Value) -> Result<Value, Refusal> {
    let (chat, id) = named(shared, parameters)?;
    edit(shared, chat, id, parameters, None)
}

/// The chat and the message that the parameters name.
fn named(shared: &Shared, parameters: &Value) -> Result<(i64, i64), Refusal> {
    let id = integer(&parameters["message_id"]);
    let id = id.ok_or_else(|| Refusal::bad("message identifier is not specified"))?;
    Ok((chats::open_chat(shared, parameters)?, id))
}

/// An edit without markup takes the keyboard away, as Telegram does.
fn edit(shared: &Shared, chat: i64, id: i64, parameters: &Value, words: Option<Words>) -> Result<Value, Refusal> {
    let markup = markup::check(parameters, true)?;
    shared.with(|inner| {
        let before = inner.chats.own_message(chat, id);
        let before = before.ok_or_else(|| Refusal::bad("message to edit not found"))?;
        let mut after = before.clone();
        if let Some(words) = words {
            if after.json["text"].is_null() {
                return Err(Refusal::bad("there is no text in the message to edit"));
            }
            after.json["text"] = json!(words.text);
            after.look = words.look;
            after.raw = words.raw;
        }
        let fields = after.json.as_object_mut().unwrap();
        match markup {
            Some(markup) => fields.insert("reply_markup".to_owned(), markup),
            None => fields.remove("reply_markup"),
        };
        if (&after.json, &after.look) == (&before.json, &before.look) {
            return Err(Refusal::bad(NOT_MODIFIED));
        }
        after.json["edit_date"] = json!(1_700_000_002);
        let text = after.json["text"].as_str().or(after.json["caption"].as_str());
        inner.transcript.edits.all.push(Sent {
            chat,
            message_id: id,
            text: text.unwrap_or_default().to_owned(),
            raw: after.raw.clone(),
            parameters: parameters.clone(),
            document: None,
        });
        let message = after.json.clone();
        inner.chats.keep(chat, id, after);
        Ok(message)
    })
}

/// The bot deletes its own messages; those of others in private, or where it is an administrator.
pub fn delete_message(shared: &Shared, parameters: &Value) -> Result<Value, Refusal> {
    let (chat, id) = named(shared, parameters)?;
    shared.with(|inner| {
        if inner.chats.message(chat, id).is_none() {
            return Err(Refusal::bad("message to delete not found"));
        }
        let may = chat > 0
            || inner.chats.own_message(chat, id).is_some()
            || inner.chats.status(chat, BOT_ID) == "administrator";
        if !may {
            return Err(Refusal::bad("message can't be deleted"));
        }
        Ok(json!(inner.chats.delete(chat, id)))
    })
}
