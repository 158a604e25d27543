//! Documents, both ways.

use serde_json::{Value, json};

use super::super::server::Call;
use super::super::state::{Document, File, Shared};
use super::{Refusal, chats, messages, words};

/// What a bot may send, and what it may fetch.
const MOST_SENT: usize = 50 << 20;
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
