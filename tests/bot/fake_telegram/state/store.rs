//! Questions that wait for an answer, and files.

use std::collections::HashMap;

use axum::body::Bytes;
use serde_json::{Value, json};

/// Presses of buttons and inline questions.
#[derive(Default)]
pub struct Queries {
    asked: HashMap<String, (&'static str, Option<Value>)>,
    last: u64,
}

impl Queries {
    pub fn next_id(&mut self) -> String {
        self.last += 1;
        (4_382_000_000_000_000_000 + self.last).to_string()
    }

    /// `kind` is the name of the update's field.
    pub fn ask(&mut self, kind: &'static str, id: &str) {
        self.asked.insert(id.to_owned(), (kind, None));
    }

    /// False where the question is unknown or has its answer.
    pub fn answer(&mut self, kind: &str, id: &str, answer: &Value) -> bool {
        match self.asked.get_mut(id) {
            Some((asked, slot @ None)) if *asked == kind => {
                *slot = Some(answer.clone());
                true
            }
            _ => false,
        }
    }

    pub fn answered(&self, id: &str) -> Option<Value> {
        self.asked.get(id)?.1.clone()
    }
}

/// Files that were sent, by either side.
#[derive(Default)]
pub struct Files {
    files: Vec<File>,
}

#[derive(Clone)]
pub struct File {
    pub name: String,
    pub bytes: Bytes,
    /// The document as messages carry it.
    pub json: Value,
    pub path: String,
}

impl Files {
    /// Keeps a file; `more` overrides fields of the document.
    pub fn keep(&mut self, name: &str, bytes: Bytes, more: &Value) -> &File {
        let number = self.files.len() + 1;
        let mut json = json!({
            "file_id": format!("BQACAgUAAxkBAAM{number}"), "file_unique_id": format!("AgAD{number}"), "file_name": name,
            "mime_type": "text/plain", "file_size": bytes.len(),
        });
        merge(&mut json, more);
        let ending = name.rsplit_once('.').map_or("bin", |(_, ending)| ending);
        self.files.push(File {
            name: name.to_owned(),
            bytes,
            json,
            path: format!("documents/file_{number}.{ending}"),
        });
        self.files.last().unwrap()
    }

    pub fn by_id(&self, id: &str) -> Option<&File> {
        self.files.iter().find(|file| file.json["file_id"] == id)
    }

    pub fn by_path(&self, path: &str) -> Option<&File> {
        self.files.iter().find(|file| file.path == path)
    }
}

/// Sets the fields of `more`, where it is an object.
pub fn merge(object: &mut Value, more: &Value) {
    for (name, value) in more.as_object().into_iter().flatten() {
        object[name] = value.clone();
    }
}
