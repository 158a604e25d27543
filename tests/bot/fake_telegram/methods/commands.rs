//! The bot's menus.

use serde_json::{Value, json};

use super::super::state::Shared;
use super::{Refusal, integer};

pub fn set(shared: &Shared, parameters: &Value) -> Result<Value, Refusal> {
    let menu = menu(parameters)?;
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
    shared.with(|inner| inner.commands.insert(menu, json!(commands)));
    Ok(json!(true))
}

pub fn get(shared: &Shared, parameters: &Value) -> Result<Value, Refusal> {
    let menu = menu(parameters)?;
    Ok(shared.with(|inner| inner.commands.get(&menu).cloned().unwrap_or(json!([]))))
}

pub fn delete(shared: &Shared, parameters: &Value) -> Result<Value, Refusal> {
    let menu = menu(parameters)?;
    shared.with(|inner| inner.commands.remove(&menu));
    Ok(json!(true))
}

/// Which menu the scope and the language name.
fn menu(parameters: &Value) -> Result<String, Refusal> {
    let scope = &parameters["scope"];
    let kind = match scope.is_null() {
        true => "default",
        false => scope["type"].as_str().unwrap_or_default(),
    };
    let (needs_chat, needs_user) = match kind {
        "default" | "all_private_chats" | "all_group_chats" | "all_chat_administrators" => (false, false),
        "chat" | "chat_administrators" => (true, false),
        "chat_member" => (true, true),
        _ => return Err(scope_refusal("Unsupported type specified")),
    };
    if needs_chat && scope["chat_id"].is_null() {
        return Err(scope_refusal("Empty chat_id specified"));
    }
    if needs_user && integer(&scope["user_id"]).is_none() {
        return Err(scope_refusal("Invalid user_id specified"));
    }
    let language = parameters["language_code"].as_str().unwrap_or_default();
    let good = language.is_empty() || (language.len() == 2 && language.chars().all(|c| c.is_ascii_lowercase()));
    if !good {
        return Err(Refusal::bad("invalid language code specified"));
    }
    Ok(format!("{kind} {} {} {language}", scope["chat_id"], scope["user_id"]))
}

fn scope_refusal(why: &str) -> Refusal {
    Refusal::bad(format!("can't parse BotCommandScope: {why}"))
}
