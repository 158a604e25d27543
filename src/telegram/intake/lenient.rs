//! Reading what Telegram sends more leniently than teloxide does.
//!
//! teloxide reads a message as an empty one where any part of it is not as it knows it: an entity of a new kind, a reply to
//! a message of another chat without media, a voice message without its kind of file. So a message that comes out as less
//! than it is gets taken apart, and put together of the parts that are understood. The text stays in any case.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use teloxide::types::{Chat, Message, MessageEntityKind, MessageKind, User};

/// Where entities stand in messages.
const ENTITY_FIELDS: [&str; 4] = ["entities", "caption_entities", "text_entities", "explanation_entities"];
/// Messages in messages.
const INNER: [&str; 2] = ["reply_to_message", "pinned_message"];
/// The parts that matter most, in the order in which they are tried; the others come behind them.
const FIRST: [&str; 9] = [
    "from",
    "sender_chat",
    "text",
    "caption",
    "entities",
    "caption_entities",
    "document",
    "reply_to_message",
    "reply_markup",
];
/// Messages in messages are read so deep.
const DEEPEST: usize = 3;

/// What messages tell of that teloxide does not know yet, and nobody waits for a word on.
const EVENTS: [&str; 9] = [
    "chat_owner_left",
    "chat_owner_changed",
    "gift_upgrade_sent",
    "managed_bot_created",
    "poll_option_added",
    "poll_option_deleted",
    "community_chat_added",
    "community_chat_removed",
    "community_chat_joined",
];

/// Whether a message only tells of something that happened, in words that teloxide does not know.
pub fn is_event(raw: &Value) -> bool {
    EVENTS.iter().any(|event| raw.get(event).is_some()) && raw.get("text").is_none() && raw.get("caption").is_none()
}

/// A message that teloxide reads as what it is: itself where it does already; `None` where nothing of it can be read.
pub fn message(raw: &Value) -> Option<Value> {
    message_within(raw, DEEPEST)
}

fn message_within(raw: &Value, deep: usize) -> Option<Value> {
    let mut raw = raw.as_object()?.clone();
    for inner in INNER {
        if let Some(message) = raw.get(inner) {
            let read = deep.checked_sub(1).and_then(|deep| message_within(message, deep));
            match read {
                Some(read) => raw.insert(inner.to_owned(), read),
                None => raw.remove(inner),
            };
        }
    }
    drop_unknown_entities(&mut raw);
    name_file_kinds(&mut raw);
    if parsed::<Message>(&raw).is_some_and(|message| is_whole(&message, &raw)) {
        return Some(Value::Object(raw));
    }
    in_parts(&raw)
}

/// A message of the parts of it that are understood.
fn in_parts(raw: &Map<String, Value>) -> Option<Value> {
    let mut kept = Map::new();
    kept.insert("message_id".to_owned(), raw.get("message_id")?.clone());
    let date = raw.get("date").filter(|date| date.is_i64()).cloned();
    kept.insert("date".to_owned(), date.unwrap_or(json!(1)));
    kept.insert("chat".to_owned(), chat(raw.get("chat")?)?);
    let mut message = parsed::<Message>(&kept)?;
    let first = FIRST.iter().copied().filter(|name| raw.contains_key(*name));
    let others = raw.keys().map(String::as_str).filter(|name| !FIRST.contains(name));
    let mut lost = Vec::new();
    for name in first.chain(others) {
        if ["message_id", "date", "chat"].contains(&name) {
            continue;
        }
        let Some(value) = raw.get(name) else { continue };
        let value = match name {
            "from" | "via_bot" => user(value),
            "sender_chat" => chat(value),
            _ => Some(value.clone()),
        };
        let with = value.and_then(|value| {
            kept.insert(name.to_owned(), value);
            parsed::<Message>(&kept).filter(|with| says_as_much(with, &message))
        });
        match with {
            Some(with) => message = with,
            None => {
                kept.remove(name);
                lost.push(name);
            }
        }
    }
    // What stands under something that is not understood is a text by itself.
    if message.text().is_none()
        && message.caption().is_none()
        && let Some(caption) = raw.get("caption").filter(|caption| caption.is_string())
    {
        let mut raw = raw.clone();
        raw.insert("text".to_owned(), caption.clone());
        raw.remove("caption");
        if let Some(entities) = raw.remove("caption_entities") {
            raw.insert("entities".to_owned(), entities);
        }
        return in_parts(&raw);
    }
    tracing::info!(parts = ?lost, "parts of a message are not understood: it is read without them");
    Some(Value::Object(kept))
}

/// Whether a message with one part more is no less for it.
fn says_as_much(with: &Message, without: &Message) -> bool {
    let empty = |message: &Message| matches!(message.kind, MessageKind::Empty {});
    (!empty(with) || empty(without))
        && (without.text().is_none() || with.text() == without.text())
        && (without.caption().is_none() || with.caption() == without.caption())
}

/// Whether a message was read as what it is.
fn is_whole(message: &Message, raw: &Map<String, Value>) -> bool {
    /// What empty messages have too.
    const FRAME: [&str; 5] = ["message_id", "date", "chat", "from", "sender_chat"];
    let said = |name: &str| raw.get(name).and_then(Value::as_str);
    let empty = matches!(message.kind, MessageKind::Empty {});
    (said("text").is_none() || message.text() == said("text"))
        && (said("caption").is_none() || message.caption() == said("caption"))
        && (!empty || raw.keys().all(|name| FRAME.contains(&name.as_str())))
}

/// A user with what is understood of it.
pub fn user(raw: &Value) -> Option<Value> {
    let mut raw = raw.as_object()?.clone();
    raw.entry("is_bot").or_insert(json!(false));
    raw.entry("first_name").or_insert(json!(""));
    of_parts::<User>(&raw, &["id", "is_bot", "first_name"])
}

/// A chat with what is understood of it.
pub fn chat(raw: &Value) -> Option<Value> {
    let mut raw = raw.as_object()?.clone();
    let read = of_parts::<Chat>(&raw, &["id", "type"]);
    read.or_else(|| {
        // A chat of a kind that is not known: the number tells whether it is somebody's.
        let private = raw.get("id")?.as_i64()? > 0;
        raw.insert("type".to_owned(), json!(if private { "private" } else { "supergroup" }));
        of_parts::<Chat>(&raw, &["id", "type"])
    })
}

/// The parts that must be there, and of the others those with which it is still understood.
fn of_parts<T: DeserializeOwned>(raw: &Map<String, Value>, musts: &[&str]) -> Option<Value> {
    if parsed::<T>(raw).is_some() {
        return Some(Value::Object(raw.clone()));
    }
    let mut kept = Map::new();
    for must in musts {
        kept.insert((*must).to_owned(), raw.get(*must)?.clone());
    }
    parsed::<T>(&kept)?;
    for (name, value) in raw {
        if !musts.contains(&name.as_str()) {
            kept.insert(name.clone(), value.clone());
            if parsed::<T>(&kept).is_none() {
                kept.remove(name);
            }
        }
    }
    Some(Value::Object(kept))
}

/// From text: teloxide borrows keys, which a value in memory cannot lend.
fn parsed<T: DeserializeOwned>(raw: &Map<String, Value>) -> Option<T> {
    let text = serde_json::to_string(raw).ok()?;
    serde_json::from_str(&text).ok()
}

fn drop_unknown_entities(fields: &mut Map<String, Value>) {
    for (name, inner) in fields.iter_mut() {
        match inner {
            Value::Array(entities) if ENTITY_FIELDS.contains(&name.as_str()) => {
                entities.retain(|entity| serde_json::from_value::<MessageEntityKind>(entity.clone()).is_ok());
            }
            other => each_object(other, &mut drop_unknown_entities),
        }
    }
}

/// Files come without their kind where the sender's program did not say it, which teloxide takes for a fault in some.
fn name_file_kinds(fields: &mut Map<String, Value>) {
    if fields.contains_key("file_id") {
        fields.entry("mime_type").or_insert(Value::Null);
    }
    for (_, inner) in fields.iter_mut() {
        each_object(inner, &mut name_file_kinds);
    }
}

fn each_object(value: &mut Value, change: &mut dyn FnMut(&mut Map<String, Value>)) {
    match value {
        Value::Object(fields) => change(fields),
        Value::Array(items) => items.iter_mut().for_each(|item| each_object(item, change)),
        _ => {}
    }
}
