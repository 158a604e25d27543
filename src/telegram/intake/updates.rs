//! Updates as Telegram sends them become updates as teloxide knows them, without losing what people wrote.
//!
//! Telegram's Bot API is newer than teloxide's: what teloxide does not read as it is goes through [`lenient`].

use serde_json::{Value, json};
use teloxide::types::{Update, UpdateKind};

use super::lenient;
use crate::guard::guarded;

/// The number of an update, whatever else it is.
pub fn id(update: &Value) -> Option<i64> {
    update.get("update_id")?.as_i64()
}

/// Whether an update only tells of something that happened, of a kind that nobody waits for a word on.
pub fn is_event(update: &Value) -> bool {
    let of_nobody = |reaction: &Value| reaction.get("user").is_none();
    update.get("message_reaction").is_some_and(of_nobody) || update.get("message").is_some_and(lenient::is_event)
}

/// The update, or `None` where it is of a kind that teloxide doesn't know, or holds nothing that can be read.
pub fn parse(update: &Value) -> Option<Update> {
    let number = id(update);
    // Whatever it holds, it ends itself alone.
    guarded(|| read(update)).unwrap_or_else(|_| {
        tracing::error!(update = number, "a defect in reading an update: please report it");
        None
    })
}

fn read(update: &Value) -> Option<Update> {
    let mut update = update.clone();
    let fields = update.as_object_mut()?;
    for key in [
        "message",
        "edited_message",
        "callback_query",
        "inline_query",
        "message_reaction",
    ] {
        let Some(raw) = fields.get(key) else { continue };
        let read = match key {
            "callback_query" => press(raw),
            "inline_query" => inline(raw),
            "message_reaction" => reaction(raw),
            _ => lenient::message(raw),
        }?;
        fields.insert(key.to_owned(), read);
    }
    // From text: teloxide finds an update's kind by a borrowed key, which a value in memory cannot lend.
    let parsed: Update = serde_json::from_str(&update.to_string()).ok()?;
    match parsed.kind {
        UpdateKind::Error(_) => None,
        _ => Some(parsed),
    }
}

/// A pressed button. One under a message that cannot be read is still confirmed.
fn press(raw: &Value) -> Option<Value> {
    let mut raw = raw.as_object()?.clone();
    raw.insert("from".to_owned(), lenient::user(raw.get("from")?)?);
    let under = raw.remove("message").and_then(|message| {
        let gone = message.get("date").and_then(Value::as_i64) == Some(0);
        let read = lenient::message(&message)?;
        // What tells that a message is gone must stay as it is.
        Some(if gone { gone_message(&read)? } else { read })
    });
    raw.extend(under.map(|under| ("message".to_owned(), under)));
    let known = ["id", "from", "message", "inline_message_id", "chat_instance", "data"];
    let is_part = |name: &str| ["from", "message"].contains(&name);
    raw.retain(|name, value| known.contains(&name.as_str()) && (is_part(name) || value.is_string()));
    raw.entry("chat_instance").or_insert(json!(""));
    Some(Value::Object(raw))
}

fn gone_message(read: &Value) -> Option<Value> {
    Some(json!({"message_id": read.get("message_id")?, "chat": read.get("chat")?, "date": 0}))
}

/// What somebody types behind the bot's name.
fn inline(raw: &Value) -> Option<Value> {
    Some(json!({
        "id": raw.get("id")?,
        "from": lenient::user(raw.get("from")?)?,
        "query": raw.get("query").and_then(Value::as_str).unwrap_or_default(),
        "offset": raw.get("offset").and_then(Value::as_str).unwrap_or_default(),
    }))
}

/// Reactions to a message, those of them that are emoji. One of nobody in particular counts for nobody.
fn reaction(raw: &Value) -> Option<Value> {
    let emoji = |name: &str| -> Vec<Value> {
        let all = raw.get(name).and_then(Value::as_array).into_iter().flatten();
        let emoji = all.filter_map(|one| one.get("emoji").filter(|emoji| emoji.is_string()));
        emoji.map(|emoji| json!({"type": "emoji", "emoji": emoji})).collect()
    };
    Some(json!({
        "chat": lenient::chat(raw.get("chat")?)?,
        "message_id": raw.get("message_id")?,
        "user": lenient::user(raw.get("user")?)?,
        "date": raw.get("date").filter(|date| date.is_i64()).cloned().unwrap_or(json!(1)),
        "old_reaction": emoji("old_reaction"),
        "new_reaction": emoji("new_reaction"),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    /// How a text comes: in private, as a reply, as a caption.
    const TEXT: &str = "古道修到哪里了?";

    fn message(entities: Value) -> Value {
        json!({"update_id": 7, "message": {
            "message_id": 1, "date": 1_700_000_000,
            "chat": {"id": 5, "type": "private", "first_name": "兰"},
            "from": {"id": 5, "is_bot": false, "first_name": "兰"},
            "text": TEXT, "entities": entities,
        }})
    }

    fn text(update: Value) -> Option<String> {
        match parse(&update)?.kind {
            UpdateKind::Message(message) => message.text().or(message.caption()).map(str::to_owned),
            _ => None,
        }
    }

    #[test]
    fn unknown_entities_cost_no_text() {
        let entities =
            json!([{"type": "bold", "offset": 0, "length": 2}, {"type": "hologram", "offset": 2, "length": 2}]);
        assert_eq!(text(message(entities)).as_deref(), Some(TEXT));
    }

    #[test]
    fn unknown_updates_are_none() {
        assert!(parse(&json!({"update_id": 8, "telepathy": {"thought": "?"}})).is_none());
        assert_eq!(id(&json!({"update_id": 8, "telepathy": {}})), Some(8));
        assert!(parse(&json!({"update_id": 8, "message": {"text": "?"}})).is_none());
        assert!(parse(&json!("?")).is_none());
    }

    /// The Bot API's types, by their fields.
    struct Api(BTreeMap<&'static str, Vec<Field>>);

    struct Field {
        name: &'static str,
        of: &'static str,
        required: bool,
        always: &'static str,
    }

    impl Api {
        fn new() -> Api {
            let mut types: BTreeMap<&str, Vec<Field>> = BTreeMap::new();
            for line in include_str!("../../../tests/bot/bot_api.tsv")
                .lines()
                .filter(|line| !line.starts_with('#'))
            {
                let cells: Vec<&str> = line.split('\t').collect();
                let [of, name, kind, required, always] = cells[..] else {
                    panic!("five cells: {line}")
                };
                types.entry(of).or_default().push(Field {
                    name,
                    of: kind,
                    required: required == "required",
                    always,
                });
            }
            Api(types)
        }

        /// The least that may stand for a type.
        fn least(&self, of: &str, deep: usize) -> Value {
            if let Some(of) = of.strip_prefix("Array of ") {
                return json!([self.least(of, deep)]);
            }
            match of {
                "String" => json!("x"),
                "Integer" => json!(7),
                "Float" => json!(0.5),
                "Boolean" => json!(true),
                _ => {
                    let Some(fields) = self.0.get(of).filter(|_| deep > 0) else {
                        return json!({});
                    };
                    if fields[0].name == "|" {
                        return self.least(fields[0].of, deep);
                    }
                    let mut value = json!({});
                    for field in fields.iter().filter(|field| field.required) {
                        value[field.name] = match field.always {
                            "" => self.least(field.of, deep - 1),
                            always => json!(always),
                        };
                    }
                    value
                }
            }
        }

        /// What a field of this type may come as: the least, with each of its own optional fields, in each of its forms,
        /// with what nobody knows in it, or as something else altogether.
        fn shapes(&self, of: &str, deep: usize) -> Vec<Value> {
            let mut shapes = vec![
                self.least(of, 4),
                json!({}),
                json!({"telepathy": true}),
                json!({"type": "telepathy"}),
                json!("telepathy"),
                json!(-1),
                json!([]),
                json!([{"type": "telepathy"}]),
                Value::Null,
            ];
            let (inner, list) = match of.strip_prefix("Array of ") {
                Some(inner) => (inner, true),
                None => (of, false),
            };
            for field in self.0.get(inner).into_iter().flatten().filter(|_| deep > 0) {
                if field.name == "|" {
                    shapes.extend(self.shapes(field.of, deep));
                    continue;
                }
                let mut least = self.least(inner, 4);
                let mut put = |value: Option<Value>| {
                    match (value, least.as_object_mut()) {
                        (Some(value), _) => least[field.name] = value,
                        (None, Some(fields)) => drop(fields.remove(field.name)),
                        (None, None) => {}
                    }
                    shapes.push(if list { json!([least]) } else { least.clone() });
                };
                // Each optional one alone, each unknown, and each that is required missing.
                put(Some(self.least(field.of, 3)));
                put(Some(json!({"telepathy": true})));
                put(None);
            }
            shapes
        }
    }

    /// With each optional field missing, in each of its forms, or unknown, a text is read.
    #[test]
    fn whatever_stands_beside_it_a_text_is_read() {
        let api = Api::new();
        let mut tried = 0;
        for said in ["text", "caption"] {
            let mut least = json!({
                "message_id": 1, "date": 1_700_000_000, "chat": {"id": -5, "type": "supergroup", "title": "古道办"},
                "from": {"id": 5, "is_bot": false, "first_name": "兰"},
            });
            least[said] = json!(TEXT);
            for field in &api.0["Message"] {
                // What a caption stands under is not there with a text; what makes the message is its own.
                if ["text", "caption", "message_id", "chat"].contains(&field.name) {
                    continue;
                }
                let deep = usize::from(said == "text");
                for shape in api.shapes(field.of, deep + 1) {
                    let mut message = least.clone();
                    message[field.name] = shape.clone();
                    let read = text(json!({"update_id": 1, "message": message}));
                    assert_eq!(read.as_deref(), Some(TEXT), "{said} with {}: {shape}", field.name);
                    tried += 1;
                }
            }
            let whole = api.0["Chat"].iter().map(|field| ("chat", field));
            for (part, field) in whole.chain(api.0["User"].iter().map(|field| ("from", field))) {
                for shape in api.shapes(field.of, 1) {
                    if ["id"].contains(&field.name) {
                        continue;
                    }
                    let mut message = least.clone();
                    message[part][field.name] = shape.clone();
                    let read = text(json!({"update_id": 1, "message": message}));
                    assert_eq!(read.as_deref(), Some(TEXT), "{part}.{}: {shape}", field.name);
                    tried += 1;
                }
            }
        }
        println!("{tried} messages");
        assert!(tried > 3_000, "{tried}");
    }

    /// A reaction is read with whatever stands beside it, and beside the emoji in it.
    #[test]
    fn whatever_stands_beside_it_a_reaction_is_read() {
        let api = Api::new();
        let thumb = json!({"type": "emoji", "emoji": "👍"});
        let least = json!({
            "message_id": 1, "date": 1_700_000_000, "chat": {"id": -5, "type": "supergroup", "title": "古道办"},
            "user": {"id": 5, "is_bot": false, "first_name": "兰"}, "old_reaction": [], "new_reaction": [thumb],
        });
        let mut all = Vec::new();
        for field in &api.0["MessageReactionUpdated"] {
            if ["actor_chat", "date", "old_reaction"].contains(&field.name) {
                for shape in api.shapes(field.of, 2) {
                    let mut reaction = least.clone();
                    reaction[field.name] = shape;
                    all.push(reaction);
                }
            }
        }
        for beside in api.shapes("ReactionType", 2) {
            let mut reaction = least.clone();
            reaction["new_reaction"] = json!([beside, thumb]);
            all.push(reaction);
        }
        assert!(all.len() > 40, "{}", all.len());
        for reaction in all {
            let read = parse(&json!({"update_id": 1, "message_reaction": reaction})).map(|update| update.kind);
            let Some(UpdateKind::MessageReaction(read)) = read else {
                panic!("{reaction}")
            };
            let emoji: Vec<&String> = read.new_reaction.iter().filter_map(|one| one.emoji()).collect();
            assert!(
                read.user().is_some_and(|user| user.id.0 == 5) && emoji.contains(&&"👍".to_owned()),
                "{reaction}"
            );
        }
        // One of nobody in particular counts for nobody, and ends nothing.
        let mut anonymous = least;
        anonymous["actor_chat"] = anonymous["chat"].clone();
        anonymous.as_object_mut().unwrap().remove("user");
        let anonymous = json!({"update_id": 1, "message_reaction": anonymous});
        assert!(is_event(&anonymous) && parse(&anonymous).is_none());
    }

    /// A pressed button and an inline query are read with whatever stands beside them.
    #[test]
    fn whatever_stands_beside_them_presses_and_queries_are_read() {
        let api = Api::new();
        let from = json!({"id": 5, "is_bot": false, "first_name": "兰"});
        for (key, of, least) in [
            (
                "callback_query",
                "CallbackQuery",
                json!({"id": "1", "from": from, "chat_instance": "1", "data": "v.0.0.0"}),
            ),
            (
                "inline_query",
                "InlineQuery",
                json!({"id": "1", "from": from, "query": TEXT, "offset": ""}),
            ),
        ] {
            for field in api.0[of].iter().filter(|field| !field.required && field.name != "data") {
                for shape in api.shapes(field.of, 2) {
                    let mut query = least.clone();
                    query[field.name] = shape.clone();
                    let read = parse(&json!({"update_id": 1, key: query})).map(|update| update.kind);
                    let read = match read {
                        Some(UpdateKind::CallbackQuery(query)) => query.data.as_deref() == Some("v.0.0.0"),
                        Some(UpdateKind::InlineQuery(query)) => query.query == TEXT,
                        _ => false,
                    };
                    assert!(read, "{key}.{}: {shape}", field.name);
                }
            }
        }
    }

    #[test]
    fn what_only_tells_of_something_is_told_from_what_says_something() {
        let of = |field: &str| {
            let mut update = message(json!([]));
            update["message"].as_object_mut().unwrap().remove("text");
            update["message"][field] = json!({"community": {"id": 1, "name": "古道"}});
            update
        };
        assert!(is_event(&of("community_chat_added")) && is_event(&of("chat_owner_left")));
        assert!(!is_event(&of("hologram")) && !is_event(&message(json!([]))));
        let mut said = of("community_chat_joined");
        said["message"]["text"] = json!(TEXT);
        assert!(!is_event(&said));
    }

    #[test]
    fn files_without_their_kind_and_dice_are_what_they_are() {
        let of = |field: &str, value: Value| {
            let mut update = message(json!([]));
            update["message"][field] = value;
            update["message"].as_object_mut().unwrap().remove("text");
            match parse(&update).unwrap().kind {
                UpdateKind::Message(message) => message,
                other => panic!("{other:?}"),
            }
        };
        let file = json!({"file_id": "f", "file_unique_id": "u", "duration": 3, "width": 1, "height": 1, "length": 1});
        assert!(of("voice", file.clone()).voice().is_some());
        assert!(of("video", file.clone()).video().is_some());
        assert!(of("audio", file.clone()).audio().is_some());
        assert!(of("animation", file.clone()).animation().is_some());
        assert!(of("document", file).document().is_some());
        assert!(of("dice", json!({"emoji": "🎲", "value": 3})).dice().is_some());
    }
}
