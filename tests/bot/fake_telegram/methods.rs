//! The methods that the bot calls, with the checks that Telegram makes (Bot API 10.1).

use std::time::Duration;

use serde_json::{Value, json};

use super::state::{Sent, Shared};
use super::{BOT_ID, BOT_NAME, Refusal, html};

/// Each method in lower case, with the parameters it must have and those it may have.
const METHODS: [(&str, &[&str], &[&str]); 7] = [
    ("getme", &[], &[]),
    ("getupdates", &[], &["offset", "limit", "timeout", "allowed_updates"]),
    ("deletewebhook", &[], &["drop_pending_updates"]),
    ("setmycommands", &["commands"], &["scope", "language_code"]),
    (
        "sendchataction",
        &["chat_id", "action"],
        &["business_connection_id", "message_thread_id"],
    ),
    (
        "sendmessage",
        &["chat_id", "text"],
        &[
            "message_thread_id",
            "parse_mode",
            "entities",
            "link_preview_options",
            "disable_notification",
            "protect_content",
            "reply_parameters",
            "reply_markup",
        ],
    ),
    ("getwebhookinfo", &[], &[]),
];

/// Runs a method by its name in lower case.
pub async fn run(shared: &Shared, method: &str, parameters: &Value) -> Result<Value, Refusal> {
    let Some((_, required, optional)) = METHODS.iter().find(|(name, _, _)| *name == method) else {
        return Err(Refusal {
            code: 404,
            description: "Not Found".to_owned(),
            parameters: None,
        });
    };
    let given = parameters
        .as_object()
        .ok_or_else(|| Refusal::bad("object expected as parameters"))?;
    for name in *required {
        if given.get(*name).is_none_or(|value| value.is_null() || value == "") {
            let what = if *name == "text" { "message text" } else { name };
            return Err(Refusal::bad(format!("{what} is empty")));
        }
    }
    // Telegram ignores what it doesn't know; a bot that sends it has a fault all the same.
    if let Some(unknown) = given
        .keys()
        .find(|name| !required.contains(&name.as_str()) && !optional.contains(&name.as_str()))
    {
        return Err(Refusal::bad(format!("the fake knows no parameter {unknown}")));
    }
    match method {
        "getme" => Ok(me()),
        "getupdates" => get_updates(shared, parameters).await,
        "setmycommands" => set_my_commands(parameters),
        "sendchataction" => known_chat(shared, parameters).map(|_| json!(true)),
        "sendmessage" => send_message(shared, parameters),
        "getwebhookinfo" => Ok(json!({"url": "", "has_custom_certificate": false, "pending_update_count": 0})),
        _ => Ok(json!(true)),
    }
}

pub fn me() -> Value {
    json!({
        "id": BOT_ID, "is_bot": true, "first_name": "会问", "username": BOT_NAME, "can_join_groups": true,
        "can_read_all_group_messages": false, "supports_inline_queries": false, "can_connect_to_business": false,
        "has_main_web_app": false,
    })
}

async fn get_updates(shared: &Shared, parameters: &Value) -> Result<Value, Refusal> {
    let offset = parameters["offset"].as_i64();
    let limit = parameters["limit"].as_u64().unwrap_or(100).clamp(1, 100) as usize;
    let timeout = Duration::from_secs(parameters["timeout"].as_u64().unwrap_or(0).min(50));
    if shared.poller_comes() > 2 {
        shared.poller_goes();
        return Err(Refusal {
            code: 409,
            description: "Conflict: terminated by other getUpdates request; make sure that only one bot instance is \
                          running"
                .to_owned(),
            parameters: None,
        });
    }
    let waiting = async {
        loop {
            let updates = shared.updates_from(offset, limit);
            if !updates.is_empty() {
                return updates;
            }
            let _ = tokio::time::timeout(Duration::from_millis(50), shared.changed.notified()).await;
        }
    };
    let updates = tokio::time::timeout(timeout, waiting).await.unwrap_or_default();
    shared.poller_goes();
    Ok(Value::Array(updates))
}

fn set_my_commands(parameters: &Value) -> Result<Value, Refusal> {
    let commands = parameters["commands"].as_array().cloned().unwrap_or_default();
    for command in &commands {
        let name = command["command"].as_str().unwrap_or_default();
        let good = (1..=32).contains(&name.len())
            && name
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
        if !good {
            return Err(Refusal::bad("BOT_COMMAND_INVALID"));
        }
        let description = command["description"].as_str().unwrap_or_default();
        if !(1..=256).contains(&description.chars().count()) {
            return Err(Refusal::bad("BOT_COMMAND_DESCRIPTION_INVALID"));
        }
    }
    if commands.len() > 100 {
        return Err(Refusal::bad("BOT_COMMANDS_TOO_MUCH"));
    }
    Ok(json!(true))
}

fn known_chat(shared: &Shared, parameters: &Value) -> Result<i64, Refusal> {
    let chat = parameters["chat_id"].as_i64().unwrap_or_default();
    if shared.knows_chat(chat) {
        Ok(chat)
    } else {
        Err(Refusal::bad("chat not found"))
    }
}

fn send_message(shared: &Shared, parameters: &Value) -> Result<Value, Refusal> {
    let chat = known_chat(shared, parameters)?;
    let raw = parameters["text"].as_str().unwrap_or_default();
    let text = words(raw, parameters)?;
    if let Some(reply) = parameters.get("reply_parameters") {
        let id = reply["message_id"].as_i64().unwrap_or_default();
        let lenient = reply["allow_sending_without_reply"].as_bool().unwrap_or(false);
        if !shared.knows_message(chat, id) && !lenient {
            return Err(Refusal::bad("message to be replied not found"));
        }
    }
    let id = shared.next_message_id();
    let kind = if chat > 0 { "private" } else { "supergroup" };
    let message = json!({
        "message_id": id, "date": 1_700_000_001, "text": text, "chat": {"id": chat, "type": kind},
        "from": {"id": BOT_ID, "is_bot": true, "first_name": "会问", "username": BOT_NAME},
    });
    shared.know_message(&message);
    shared.sent(Sent {
        chat,
        text,
        raw: raw.to_owned(),
        parameters: parameters.clone(),
    });
    Ok(message)
}

/// The words of a text after parsing, within Telegram's limit.
fn words(raw: &str, parameters: &Value) -> Result<String, Refusal> {
    let words = match parameters["parse_mode"].as_str() {
        Some("HTML") => html::parse(raw).map_err(|error| Refusal::bad(format!("can't parse entities: {error}")))?,
        Some(other) => return Err(Refusal::bad(format!("unsupported parse_mode {other}"))),
        None => raw.to_owned(),
    };
    let words = words.trim().to_owned();
    if words.is_empty() {
        return Err(Refusal::bad("message text is empty"));
    }
    if words.encode_utf16().count() > 4096 {
        return Err(Refusal::bad("message is too long"));
    }
    Ok(words)
}
