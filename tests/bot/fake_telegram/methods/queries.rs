//! Answers to pressed buttons and to inline questions.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::super::state::Shared;
use super::{Refusal, integer, markup, unknown, words};

const TOO_OLD: &str = "query is too old and response timeout expired or query ID is invalid";
/// The fields of an article.
const ARTICLE: [&str; 10] = [
    "type",
    "id",
    "title",
    "input_message_content",
    "reply_markup",
    "url",
    "description",
    "thumbnail_url",
    "thumbnail_width",
    "thumbnail_height",
];
/// The fields of what an article sends.
const CONTENT: [&str; 4] = ["message_text", "parse_mode", "entities", "link_preview_options"];

pub fn answer_callback_query(shared: &Shared, parameters: &Value) -> Result<Value, Refusal> {
    let text = parameters["text"].as_str().unwrap_or_default();
    if text.chars().count() > 200 {
        return Err(Refusal::bad("MESSAGE_TOO_LONG"));
    }
    answer(shared, "callback_query", &parameters["callback_query_id"], parameters)
}

pub fn answer_inline_query(shared: &Shared, parameters: &Value) -> Result<Value, Refusal> {
    let results = parameters["results"].as_array();
    let results = results.ok_or_else(|| Refusal::bad("can't parse inline query results: Expected an Array"))?;
    if results.len() > 50 {
        return Err(Refusal::bad("RESULTS_TOO_MUCH"));
    }
    let mut ids = HashSet::new();
    for result in results {
        check_article(result)?;
        if !ids.insert(result["id"].as_str()) {
            return Err(Refusal::bad("RESULT_ID_DUPLICATE"));
        }
    }
    if parameters["next_offset"].as_str().unwrap_or_default().len() > 64 {
        return Err(Refusal::bad("NEXT_OFFSET_INVALID"));
    }
    if parameters
        .get("cache_time")
        .is_some_and(|time| integer(time).is_none_or(|time| time < 0))
    {
        return Err(Refusal::bad("wrong parameter cache_time in request"));
    }
    if let Some(button) = parameters.get("button") {
        check_top_button(button)?;
    }
    answer(shared, "inline_query", &parameters["inline_query_id"], parameters)
}

fn answer(shared: &Shared, kind: &str, id: &Value, parameters: &Value) -> Result<Value, Refusal> {
    let id = id.as_str().unwrap_or_default();
    match shared.with(|inner| inner.queries.answer(kind, id, parameters)) {
        true => Ok(json!(true)),
        false => Err(Refusal::bad(TOO_OLD)),
    }
}

fn check_article(result: &Value) -> Result<(), Refusal> {
    let wrong = |why: String| Refusal::bad(format!("can't parse inline query result: {why}"));
    if result["type"] != "article" {
        return Err(wrong("the fake knows articles only".to_owned()));
    }
    let content = &result["input_message_content"];
    if let Some(name) = unknown(result, &ARTICLE).or(unknown(content, &CONTENT)) {
        return Err(wrong(format!("the fake knows no field {name}")));
    }
    if !(1..=64).contains(&result["id"].as_str().unwrap_or_default().len()) {
        return Err(Refusal::bad("RESULT_ID_INVALID"));
    }
    if result["title"].as_str().unwrap_or_default().is_empty() {
        return Err(Refusal::bad("ARTICLE_TITLE_EMPTY"));
    }
    words::of_message(&content["message_text"], content, "MESSAGE_TOO_LONG")?;
    markup::check(result, true)?;
    Ok(())
}

/// The button above the results opens a chat with the bot, or an app.
fn check_top_button(button: &Value) -> Result<(), Refusal> {
    let known = ["text", "web_app", "start_parameter"];
    let has_text = button["text"].as_str().is_some_and(|text| !text.is_empty());
    let actions = ["web_app", "start_parameter"]
        .iter()
        .filter(|name| button.get(name).is_some());
    if !has_text || actions.count() != 1 || unknown(button, &known).is_some() {
        return Err(Refusal::bad("can't parse inline query results button"));
    }
    if let Some(start) = button.get("start_parameter") {
        let start = start.as_str().unwrap_or_default();
        let good = start.chars().all(|c| c.is_ascii_alphanumeric() || "_-".contains(c));
        if !good || !(1..=64).contains(&start.len()) {
            return Err(Refusal::bad("START_PARAM_INVALID"));
        }
    }
    Ok(())
}
