//! Documents, both ways.

use serde_json::{Value, json};

use super::super::server::Call;
use super::super::state::{Document, File, Shared};
use super::{Refusal, chats, messages, words};

/// What a bot may send, and what it may fetch.
const MOST_SENT: usize = 50 << 20;
const MOST_OF_A_PHOTO: usize = 10 << 20;
const MOST_FETCHED: u64 = 20 << 20;

pub fn send_document(shared: &Shared, call: &Call) -> Result<Value, Refusal> {
    let parameters = &call.parameters;
    let chat = chats::open_chat(shared, parameters)?;
    let words = words::of_caption(parameters)?;
    let file = document(shared, call)?;
    let mut content = json!({"document": file.json});
    if !words.text.is_empty() {
        content["caption"] = json!(words.text);
    }
    let document = Document {
        name: file.name,
        bytes: file.bytes,
    };
    messages::post(shared, chat, parameters, &content, words, Some(document))
}

/// A picture: what is none, or is too large, Telegram refuses.
pub fn send_photo(shared: &Shared, call: &Call) -> Result<Value, Refusal> {
    let parameters = &call.parameters;
    let chat = chats::open_chat(shared, parameters)?;
    let words = words::of_caption(parameters)?;
    let name = parameters["photo"].as_str().unwrap_or_default();
    let upload = name.strip_prefix("attach://").and_then(|part| call.files.get(part));
    let upload = upload.ok_or_else(|| Refusal::bad("there is no photo in the request"))?;
    let sides = upload
        .bytes
        .strip_prefix(b"\x89PNG\r\n\x1a\n")
        .and_then(|rest| rest.get(8..16));
    let sides = sides.ok_or_else(|| Refusal::bad("IMAGE_PROCESS_FAILED"))?;
    let side = |at: usize| {
        sides[at..at + 4]
            .iter()
            .fold(0, |side, byte| side * 256 + u64::from(*byte))
    };
    let (width, height) = (side(0), side(4));
    if width + height > 10_000 || width.max(height) > 20 * width.min(height) {
        return Err(Refusal::bad("PHOTO_INVALID_DIMENSIONS"));
    }
    if upload.bytes.len() > MOST_OF_A_PHOTO {
        return Err(Refusal::new(413, "Request Entity Too Large"));
    }
    let mut content = json!({"photo": [{
        "file_id": "photo", "file_unique_id": "photo", "width": width, "height": height, "file_size": upload.bytes.len(),
    }]});
    if !words.text.is_empty() {
        content["caption"] = json!(words.text);
    }
    let document = Document {
        name: upload.name.clone(),
        bytes: upload.bytes.clone(),
    };
    messages::post(shared, chat, parameters, &content, words, Some(document))
}

/// A file that comes with the call, or one that is known.
fn document(shared: &Shared, call: &Call) -> Result<File, Refusal> {
    let name = call.parameters["document"].as_str().unwrap_or_default();
    let Some(part) = name.strip_prefix("attach://") else {
        let known = shared.with(|inner| inner.files.by_id(name).cloned());
        return known.ok_or_else(|| Refusal::bad("wrong file identifier/HTTP URL specified"));
    };
    let upload = call.files.get(part);
    let upload = upload.ok_or_else(|| Refusal::bad("there is no document in the request"))?;
    match upload.bytes.len() {
        0 => Err(Refusal::bad("file must be non-empty")),
        1..=MOST_SENT => {
            Ok(shared.with(|inner| inner.files.keep(&upload.name, upload.bytes.clone(), &json!({})).clone()))
        }
        _ => Err(Refusal::new(413, "Request Entity Too Large")),
    }
}

pub fn get_file(shared: &Shared, parameters: &Value) -> Result<Value, Refusal> {
    let id = parameters["file_id"].as_str().unwrap_or_default();
    let file = shared.with(|inner| inner.files.by_id(id).cloned());
    let file = file.ok_or_else(|| Refusal::bad("invalid file_id"))?;
    if file.json["file_size"].as_u64().unwrap_or_default() > MOST_FETCHED {
        return Err(Refusal::bad("file is too big"));
    }
    Ok(json!({
        "file_id": id, "file_unique_id": file.json["file_unique_id"], "file_size": file.json["file_size"],
        "file_path": file.path,
    }))
}
