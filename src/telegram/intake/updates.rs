//! Updates as Telegram sends them become updates as teloxide knows them, without losing what people wrote.
//!
//! Telegram's Bot API is newer than teloxide's. A message with an entity of a kind that teloxide doesn't know would
//! be parsed as an empty one; so such entities are dropped first, and the text stays.

use serde_json::Value;
use teloxide::types::{MessageEntityKind, Update, UpdateKind};

/// Where entities stand in messages.
const ENTITY_FIELDS: [&str; 4] = ["entities", "caption_entities", "text_entities", "explanation_entities"];

/// The number of an update, whatever else it is.
pub fn id(update: &Value) -> Option<i64> {
    update.get("update_id")?.as_i64()
}

/// The update, or `None` where it is of a kind that teloxide doesn't know.
pub fn parse(mut update: Value) -> Option<Update> {
    drop_unknown_entities(&mut update);
    // From text: teloxide finds an update's kind by a borrowed key, which a value in memory cannot lend.
    let parsed: Update = serde_json::from_str(&update.to_string()).ok()?;
    match parsed.kind {
        UpdateKind::Error(_) => None,
        _ => Some(parsed),
    }
}

fn drop_unknown_entities(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for (name, inner) in fields.iter_mut() {
                match inner {
                    Value::Array(entities) if ENTITY_FIELDS.contains(&name.as_str()) => {
                        entities.retain(|entity| serde_json::from_value::<MessageEntityKind>(entity.clone()).is_ok());
                    }
                    other => drop_unknown_entities(other),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(drop_unknown_entities),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn message(entities: Value) -> Value {
        json!({"update_id": 7, "message": {
            "message_id": 1, "date": 1_700_000_000,
            "chat": {"id": 5, "type": "private", "first_name": "兰"},
            "from": {"id": 5, "is_bot": false, "first_name": "兰"},
            "text": "古道修到哪里了?", "entities": entities,
        }})
    }

    fn text(update: Value) -> Option<String> {
        match parse(update)?.kind {
            UpdateKind::Message(message) => message.text().map(str::to_owned),
            _ => None,
        }
    }

    #[test]
    fn unknown_entities_cost_no_text() {
        let entities =
            json!([{"type": "bold", "offset": 0, "length": 2}, {"type": "hologram", "offset": 2, "length": 2}]);
        assert_eq!(text(message(entities)).as_deref(), Some("古道修到哪里了?"));
    }

    #[test]
    fn unknown_updates_are_none() {
        assert!(parse(json!({"update_id": 8, "telepathy": {"thought": "?"}})).is_none());
        assert_eq!(id(&json!({"update_id": 8, "telepathy": {}})), Some(8));
    }
}
