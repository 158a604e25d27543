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

/// What the bot says of itself, in the field of that name, in at most so many characters; nothing takes it back.
pub fn describe(shared: &Shared, parameters: &Value, field: &str, longest: usize) -> Result<Value, Refusal> {
    let key = format!("{field} {}", language(parameters)?);
    let words = parameters[field].as_str().unwrap_or_default();
    if words.chars().count() > longest {
        return Err(Refusal::bad("BOT_DESCRIPTION_TOO_LONG"));
    }
    shared.with(|inner| inner.commands.insert(key, json!(words)));
    Ok(json!(true))
}

/// The same as it stands; that for everybody where there is none in the language.
pub fn described(shared: &Shared, parameters: &Value, field: &str) -> Result<Value, Refusal> {
    let own = format!("{field} {}", language(parameters)?);
    let words = shared.with(|inner| {
        let all = [own, format!("{field} ")];
        let mut known = all
            .iter()
            .filter_map(|key| inner.commands.get(key))
            .filter(|words| *words != "");
        known.next().cloned()
    });
    let mut answer = json!({});
    answer[field] = words.unwrap_or(json!(""));
    Ok(answer)
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
    let language = language(parameters)?;
    Ok(format!("{kind} {} {} {language}", scope["chat_id"], scope["user_id"]))
}

fn language(parameters: &Value) -> Result<&str, Refusal> {
    let language = parameters["language_code"].as_str().unwrap_or_default();
    let good = language.is_empty() || (language.len() == 2 && language.chars().all(|c| c.is_ascii_lowercase()));
    match good {
        true => Ok(language),
        false => Err(Refusal::bad("invalid language code specified")),
    }
}

fn scope_refusal(why: &str) -> Refusal {
    Refusal::bad(format!("can't parse BotCommandScope: {why}"))
}
