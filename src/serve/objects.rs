//! What is taken and given, as JSON.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};

use crate::index::{Catalogue, Changes};
use crate::json::{FileObject, SpeakerObject, speakers};
use crate::mcp::Fault;

/// A question, as `ask --batch` takes it, and how much its answer may hold.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ask {
    /// What comes back with the answer.
    #[serde(default)]
    pub id: Option<serde_json::Value>,
    /// The question.
    pub question: String,
    /// Earlier questions of the same conversation, the oldest first.
    #[serde(default)]
    pub after: Vec<String>,
    /// Most quotes.
    #[serde(default)]
    pub limit: Option<usize>,
    /// The longest quote, in characters.
    #[serde(default)]
    pub quote_chars: Option<usize>,
}

/// A request that is not served.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refusal(u16, &'static str);

impl Refusal {
    pub const KEY: Refusal = Refusal(401, "the API key is missing or wrong");
    pub const TOO_MANY: Refusal = Refusal(429, "too many requests in a minute");
    pub const NO_SUCH: Refusal = Refusal(404, "there is no such path");
    pub const NO_FILE: Refusal = Refusal(404, "there is no such file");
    pub const TOO_LARGE: Refusal = Refusal(413, "the request is too large");
    pub const TOO_SLOW: Refusal = Refusal(408, "the request took too long to come in");
    pub const NO_QUESTION: Refusal = Refusal(400, "the question is missing or empty");
    pub const BAD_QUERY: Refusal = Refusal(400, "limit is a number from 1 to 1000, quote_chars one from 1 to 10000");
    pub const BAD_BODY: Refusal = Refusal(
        400,
        "the body is not {\"question\": \"…\"} as the OpenAPI document has it",
    );
    pub const FAULT: Refusal = Refusal(503, "the knowledge cannot be read just now");

    /// Its code.
    pub fn status(self) -> StatusCode {
        StatusCode::from_u16(self.0).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

impl From<Fault> for Refusal {
    fn from(_: Fault) -> Refusal {
        Refusal::FAULT
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.status(), Json(serde_json::json!({"error": self.1}))).into_response()
    }
}

/// All files.
#[derive(Debug, Serialize)]
pub struct Files<'c> {
    files: Vec<FileObject<'c>>,
}

impl<'c> Files<'c> {
    /// Of a catalogue.
    pub fn of(catalogue: &'c Catalogue) -> Files<'c> {
        Files {
            files: catalogue.files().map(FileObject::of).collect(),
        }
    }
}

/// All who speak.
#[derive(Debug, Serialize)]
pub struct Speakers<'c> {
    speakers: Vec<SpeakerObject<'c>>,
}

impl<'c> Speakers<'c> {
    /// Of a catalogue: each with each office once.
    pub fn of(catalogue: &'c Catalogue) -> Speakers<'c> {
        Speakers {
            speakers: speakers(catalogue, |_| true),
        }
    }
}

/// What a reload found.
#[derive(Debug, Serialize)]
pub struct Reloaded<'c> {
    added: &'c [String],
    changed: &'c [String],
    removed: &'c [String],
    refused: Vec<&'c str>,
    files: usize,
    passages: usize,
}

impl<'c> Reloaded<'c> {
    /// Of its changes.
    pub fn of(changes: &'c Changes) -> Reloaded<'c> {
        Reloaded {
            added: &changes.added,
            changed: &changes.changed,
            removed: &changes.removed,
            refused: changes.refused.iter().map(|refused| refused.file.as_str()).collect(),
            files: changes.files,
            passages: changes.passages,
        }
    }
}
