//! The methods that the bot calls, with the checks that Telegram makes (Bot API 10.1).

mod chats;
mod commands;
mod edits;
mod files;
mod markup;
mod messages;
mod queries;
mod updates;
mod words;

use serde_json::{Value, json};

use super::refusal::Refusal;
use super::server::Call;
use super::state::Shared;
use super::{BOT_ID, BOT_NAME};
pub use chats::member;
pub use markup::button_in;

/// Each method in lower case, with the parameters it must have and those it may have.
const METHODS: [(&str, &[&str], &[&str]); 24] = [
    ("getme", &[], &[]),
    ("getupdates", &[], &["offset", "limit", "timeout", "allowed_updates"]),
    (
        "setwebhook",
        &["url"],
        &[
            "ip_address",
            "max_connections",
            "allowed_updates",
            "drop_pending_updates",
            "secret_token",
        ],
    ),
    ("deletewebhook", &[], &["drop_pending_updates"]),
    ("getwebhookinfo", &[], &[]),
    ("setmycommands", &["commands"], &["scope", "language_code"]),
    ("getmycommands", &[], &["scope", "language_code"]),
    ("deletemycommands", &[], &["scope", "language_code"]),
    ("setmydescription", &[], &["description", "language_code"]),
    ("getmydescription", &[], &["language_code"]),
    ("setmyshortdescription", &[], &["short_description", "language_code"]),
    ("getmyshortdescription", &[], &["language_code"]),
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
    (
        "sendphoto",
        &["chat_id", "photo"],
        &[
            "message_thread_id",
            "caption",
            "parse_mode",
            "caption_entities",
            "show_caption_above_media",
            "has_spoiler",
            "disable_notification",
            "protect_content",
            "reply_parameters",
            "reply_markup",
        ],
    ),
    (
        "senddocument",
        &["chat_id", "document"],
        &[
            "message_thread_id",
            "caption",
            "parse_mode",
            "caption_entities",
            "disable_content_type_detection",
            "disable_notification",
            "protect_content",
            "reply_parameters",
            "reply_markup",
        ],
    ),
    (
        "editmessagetext",
        &[],
        &[
            "chat_id",
            "message_id",
            "text",
            "parse_mode",
            "entities",
            "link_preview_options",
            "reply_markup",
        ],
    ),
    (
        "editmessagereplymarkup",
        &[],
        &["chat_id", "message_id", "reply_markup"],
    ),
    ("deletemessage", &["chat_id", "message_id"], &[]),
    (
        "answercallbackquery",
        &["callback_query_id"],
        &["text", "show_alert", "url", "cache_time"],
    ),
    (
        "answerinlinequery",
        &["inline_query_id", "results"],
        &["cache_time", "is_personal", "next_offset", "button"],
    ),
    ("getfile", &["file_id"], &[]),
    ("getchatmember", &["chat_id", "user_id"], &[]),
    ("leavechat", &["chat_id"], &[]),
];

/// Runs a method by its name in lower case.
pub async fn run(shared: &Shared, method: &str, call: &Call) -> Result<Value, Refusal> {
    let Some((_, required, optional)) = METHODS.iter().find(|(name, _, _)| *name == method) else {
        return Err(Refusal::new(404, "Not Found"));
    };
    let parameters = &call.parameters;
    for name in *required {
        if parameters[*name].is_null() || (parameters[*name] == "" && *name != "url") {
            return Err(Refusal::bad(match *name {
                "text" => "message text is empty".to_owned(),
                "message_id" => "message identifier is not specified".to_owned(),
                "file_id" => "file_id not specified".to_owned(),
                name => format!("{name} is empty"),
            }));
        }
    }
    // Telegram ignores what it doesn't know; a bot that sends it has a fault all the same.
    let known = [*required, *optional].concat();
    if let Some(name) = unknown(parameters, &known) {
        return Err(Refusal::bad(format!("the fake knows no parameter {name}")));
    }
    match method {
        "getme" => Ok(me()),
        "getupdates" => updates::get_updates(shared, parameters).await,
        "setwebhook" => updates::set_webhook(shared, parameters),
        "deletewebhook" => Ok(updates::delete_webhook(shared, parameters)),
        "getwebhookinfo" => Ok(updates::get_webhook_info(shared)),
        "setmycommands" => commands::set(shared, parameters),
        "getmycommands" => commands::get(shared, parameters),
        "deletemycommands" => commands::delete(shared, parameters),
        "setmydescription" => commands::describe(shared, parameters, "description", 512),
        "getmydescription" => commands::described(shared, parameters, "description"),
        "setmyshortdescription" => commands::describe(shared, parameters, "short_description", 120),
        "getmyshortdescription" => commands::described(shared, parameters, "short_description"),
        "sendchataction" => chats::send_chat_action(shared, parameters),
        "sendmessage" => messages::send_message(shared, parameters),
        "sendphoto" => files::send_photo(shared, call),
        "senddocument" => files::send_document(shared, call),
        "editmessagetext" => edits::edit_text(shared, parameters),
        "editmessagereplymarkup" => edits::edit_markup(shared, parameters),
        "deletemessage" => edits::delete_message(shared, parameters),
        "answercallbackquery" => queries::answer_callback_query(shared, parameters),
        "answerinlinequery" => queries::answer_inline_query(shared, parameters),
        "getfile" => files::get_file(shared, parameters),
        "getchatmember" => chats::get_chat_member(shared, parameters),
        "leavechat" => chats::leave_chat(shared, parameters),
        _ => unreachable!("{method} is in the list"),
    }
}

pub fn me() -> Value {
    json!({
        "id": BOT_ID, "is_bot": true, "first_name": "会问", "username": BOT_NAME, "can_join_groups": true,
        "can_read_all_group_messages": false, "supports_inline_queries": true, "can_connect_to_business": false,
        "has_main_web_app": false,
    })
}

/// A field of an object that is none of `known`.
fn unknown<'a>(object: &'a Value, known: &[&str]) -> Option<&'a str> {
    let mut names = object.as_object().into_iter().flat_map(|object| object.keys());
    names.find(|name| !known.contains(&name.as_str())).map(String::as_str)
}

/// Telegram takes numbers as text, too.
fn integer(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| value.as_str()?.parse().ok())
}
