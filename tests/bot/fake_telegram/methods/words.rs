//! Texts: what is left after parsing, and Telegram's limits.

use serde_json::{Value, json};

use super::super::html;
use super::Refusal;

pub struct Words {
    /// After parsing.
    pub text: String,
    /// As it was sent.
    pub raw: String,
    /// How it is formatted.
    pub look: Value,
}

/// A message's text; `too_long` is what Telegram says of more than 4096 characters.
pub fn of_message(raw: &Value, parameters: &Value, too_long: &str) -> Result<Words, Refusal> {
    let words = parse(raw, parameters, "entities")?;
    if words.text.is_empty() {
        return Err(Refusal::bad("message text is empty"));
    }
    within(words, 4096, too_long)
}

/// A caption may be missing.
pub fn of_caption(parameters: &Value) -> Result<Words, Refusal> {
    let words = parse(&parameters["caption"], parameters, "caption_entities")?;
    within(words, 1024, "message caption is too long")
}

fn within(words: Words, limit: usize, too_long: &str) -> Result<Words, Refusal> {
    match words.text.encode_utf16().count() > limit {
        true => Err(Refusal::bad(too_long)),
        false => Ok(words),
    }
}

fn parse(raw: &Value, parameters: &Value, entities: &str) -> Result<Words, Refusal> {
    let raw = raw.as_str().unwrap_or_default();
    let (text, look) = match parameters["parse_mode"].as_str() {
        Some("HTML") => {
            let parsed = html::parse(raw).map_err(|error| Refusal::bad(format!("can't parse entities: {error}")))?;
            (parsed.words, json!(parsed.marks))
        }
        Some(other) => return Err(Refusal::bad(format!("unsupported parse_mode {other}"))),
        None => (raw.to_owned(), parameters[entities].clone()),
    };
    Ok(Words {
        text: text.trim().to_owned(),
        raw: raw.to_owned(),
        look,
    })
}
