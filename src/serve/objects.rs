//! What is taken and given, as JSON.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};

use crate::index::{Catalogue, Changes, FileEntry, Paper};
use crate::json::{DoubtObject, MeetingObject};
use crate::text::CharOffsets;
use crate::wording::Lang;

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

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.status(), Json(serde_json::json!({"error": self.1}))).into_response()
    }
}

/// All files.
#[derive(Debug, Serialize)]
pub struct Files<'c> {
    files: Vec<File<'c>>,
}

#[derive(Debug, Serialize)]
struct File<'c> {
    file: &'c str,
    #[serde(flatten)]
    meeting: MeetingObject<'c>,
    passages: usize,
    speakers: usize,
}

impl<'c> Files<'c> {
    /// Of a catalogue.
    pub fn of(catalogue: &'c Catalogue) -> Files<'c> {
        let file = |entry: FileEntry<'c>| File {
            file: entry.file,
            meeting: MeetingObject::of(entry.meeting()),
            passages: entry.passages(),
            speakers: entry.speakers().count(),
        };
        Files {
            files: catalogue.files().map(file).collect(),
        }
    }
}

/// All who speak.
#[derive(Debug, Serialize)]
pub struct Speakers<'c> {
    speakers: Vec<Speaker<'c>>,
}

#[derive(Debug, Serialize)]
struct Speaker<'c> {
    speaker: Option<&'c str>,
    office: Option<&'c str>,
    county: Option<&'c str>,
    group: bool,
    files: Vec<&'c str>,
}

impl<'c> Speakers<'c> {
    /// Of a catalogue: each with each office once.
    pub fn of(catalogue: &'c Catalogue) -> Speakers<'c> {
        let mut files: std::collections::HashMap<_, Vec<&str>> = std::collections::HashMap::new();
        for entry in catalogue.files() {
            for speaker in entry.speakers() {
                files.entry(speaker).or_default().push(entry.file);
            }
        }
        let speaker = |one: &'c std::sync::Arc<crate::index::Participant>| Speaker {
            speaker: one.name.as_deref(),
            office: one.office.as_deref(),
            county: one.county.as_ref().map(|county| county.name()),
            group: one.group,
            files: files.remove(one.as_ref()).unwrap_or_default(),
        };
        Speakers {
            speakers: catalogue.participants().map(speaker).collect(),
        }
    }
}

/// Who says what in a file. Offsets are characters of its text.
#[derive(Debug, Serialize)]
pub struct Remarks<'p> {
    file: &'p str,
    meeting: MeetingObject<'p>,
    remarks: Vec<Remark<'p>>,
    doubts: Vec<DoubtObject>,
}

#[derive(Debug, Serialize)]
struct Remark<'p> {
    speaker: Option<&'p str>,
    office: Option<&'p str>,
    county: Option<&'p str>,
    kind: &'static str,
    section: Option<&'p str>,
    text: &'p str,
    start: usize,
    end: usize,
    certainty: Option<&'static str>,
}

impl<'p> Remarks<'p> {
    /// Of a paper.
    pub fn of(paper: &'p Paper, lang: Lang) -> Remarks<'p> {
        let offsets = CharOffsets::new(&paper.text);
        let remarks = paper.pieces.iter().map(|piece| {
            let at = offsets.chars(piece.span);
            Remark {
                speaker: piece.voice.name(),
                office: piece.voice.office(),
                county: piece.voice.county().map(|county| county.name()),
                kind: piece.voice.kind(),
                section: piece.section.as_deref(),
                text: piece.span.of(&paper.text),
                start: at.start,
                end: at.end,
                certainty: piece.voice.certainty().map(|certainty| certainty.word()),
            }
        });
        let doubts = paper.doubts.iter().map(|doubt| DoubtObject::of(doubt, &offsets, lang));
        Remarks {
            file: &paper.file,
            meeting: MeetingObject::of(&paper.meeting),
            remarks: remarks.collect(),
            doubts: doubts.collect(),
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
