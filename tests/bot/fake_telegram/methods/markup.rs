//! Keyboards below messages.

use serde_json::Value;

use super::{Refusal, unknown};

/// What a button of an inline keyboard may do; it does one thing.
const ACTIONS: [&str; 10] = [
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
];
/// The other kinds of markup, which messages may have and edits may not.
const OTHERS: [&str; 3] = ["keyboard", "remove_keyboard", "force_reply"];

/// Checks the markup; the inline keyboard that the message has from now on.
pub fn check(parameters: &Value, only_inline: bool) -> Result<Option<Value>, Refusal> {
    let Some(markup) = parameters.get("reply_markup") else {
        return Ok(None);
    };
    if !markup.is_object() {
        return Err(Refusal::bad("object expected as reply markup"));
    }
    let Some(keyboard) = markup.get("inline_keyboard") else {
        let known = !only_inline && OTHERS.iter().any(|name| markup.get(name).is_some());
        return match known || markup == &serde_json::json!({}) {
            true => Ok(None),
            false => Err(Refusal::bad("inline keyboard expected")),
        };
    };
    let rows: Option<Vec<&Vec<Value>>> = keyboard
        .as_array()
        .and_then(|rows| rows.iter().map(Value::as_array).collect());
    let rows = rows.ok_or_else(|| {
        Refusal::bad("can't parse inline keyboard: Field \"inline_keyboard\" must be an Array of Arrays")
    })?;
    let chat = &parameters["chat_id"];
    let chat = chat.as_i64().or_else(|| chat.as_str()?.parse().ok());
    let is_private = chat.is_some_and(|chat| chat > 0);
    for row in &rows {
        if row.len() > 8 {
            return Err(Refusal::bad("the fake lets in at most 8 buttons in a row"));
        }
        row.iter().try_for_each(|button| check_button(button, is_private))?;
    }
    match rows.iter().map(|row| row.len()).sum() {
        0_usize => Ok(None),
        1..=100 => Ok(Some(markup.clone())),
        _ => Err(Refusal::bad("reply markup is too long")),
    }
}

fn check_button(button: &Value, is_private: bool) -> Result<(), Refusal> {
    let wrong = |why: String| Refusal::bad(format!("can't parse inline keyboard button: {why}"));
    if button["text"].as_str().is_none_or(|text| text.trim().is_empty()) {
        return Err(wrong("Field \"text\" must be a non-empty String".to_owned()));
    }
    let known = [&ACTIONS[..], &["text", "style", "icon_custom_emoji_id"]].concat();
    if let Some(name) = unknown(button, &known) {
        return Err(wrong(format!("the fake knows no field {name}")));
    }
    match ACTIONS.iter().filter(|name| button.get(name).is_some()).count() {
        0 => return Err(wrong("Text buttons are unallowed in the inline keyboard".to_owned())),
        1 => {}
        _ => return Err(wrong("the fake lets a button do one thing".to_owned())),
    }
    if let Some(data) = button.get("callback_data")
        && !data.as_str().is_some_and(|data| (1..=64).contains(&data.len()))
    {
        return Err(Refusal::bad("BUTTON_DATA_INVALID"));
    }
    if let Some(url) = button.get("url") {
        let url = url.as_str().and_then(|url| reqwest::Url::parse(url).ok());
        if url.is_none_or(|url| !["http", "https", "tg"].contains(&url.scheme())) {
            return Err(Refusal::bad("BUTTON_URL_INVALID"));
        }
    }
    if let Some(app) = button.get("web_app") {
        if !is_private {
            return Err(Refusal::bad("BUTTON_TYPE_INVALID"));
        }
        if !app["url"].as_str().is_some_and(|url| url.starts_with("https://")) {
            let url = app["url"].as_str().unwrap_or_default();
            return Err(Refusal::bad(format!(
                "inline keyboard button Web App URL '{url}' is invalid: Only HTTPS links are allowed"
            )));
        }
    }
    if let Some(copy) = button.get("copy_text")
        && !copy["text"]
            .as_str()
            .is_some_and(|text| (1..=256).contains(&text.encode_utf16().count()))
    {
        return Err(Refusal::bad("BUTTON_COPY_TEXT_INVALID"));
    }
    Ok(())
}

/// The button of a message whose text contains `text`, or else the texts of all.
pub fn button_in(message: &Value, text: &str) -> Result<Value, Vec<String>> {
    let rows = message["reply_markup"]["inline_keyboard"]
        .as_array()
        .into_iter()
        .flatten();
    let buttons: Vec<&Value> = rows.flat_map(|row| row.as_array().into_iter().flatten()).collect();
    let text_of = |button: &Value| button["text"].as_str().unwrap_or_default().to_owned();
    match buttons.iter().find(|button| text_of(button).contains(text)) {
        Some(button) => Ok((*button).clone()),
        None => Err(buttons.into_iter().map(text_of).collect()),
    }
}
