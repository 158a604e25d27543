//! What the files hold, as JSON: the files, those who speak in them, and who says what in one of them.

use std::collections::HashMap;
use std::sync::Arc;

use serde::Serialize;

use super::{DoubtObject, LeftOutObject, MeetingObject, RemarkObject};
use crate::index::{Catalogue, FileEntry, Paper, Participant};
use crate::meeting::LeftOut;
use crate::text::CharOffsets;
use crate::wording::Lang;

/// A knowledge file.
#[derive(Debug, Serialize)]
pub struct FileObject<'c> {
    file: &'c str,
    #[serde(flatten)]
    meeting: MeetingObject<'c>,
    passages: usize,
    speakers: usize,
}

impl<'c> FileObject<'c> {
    /// Of a file of the catalogue.
    pub fn of(entry: FileEntry<'c>) -> FileObject<'c> {
        FileObject {
            file: entry.file,
            meeting: MeetingObject::told(entry.title(), entry.dates(), entry.place(), entry.organizer()),
            passages: entry.passages(),
            speakers: entry.speakers().count(),
        }
    }
}

/// Somebody who speaks, in one office, and where.
#[derive(Debug, Serialize)]
pub struct SpeakerObject<'c> {
    speaker: Option<&'c str>,
    office: Option<&'c str>,
    county: Option<&'c str>,
    group: bool,
    files: Vec<&'c str>,
}

/// Those who speak and of whom `is_meant` is true, each with each office once.
pub fn speakers<'c>(catalogue: &'c Catalogue, is_meant: impl Fn(&Participant) -> bool) -> Vec<SpeakerObject<'c>> {
    let mut files: HashMap<&Participant, Vec<&str>> = HashMap::new();
    for entry in catalogue.files() {
        for speaker in entry.speakers() {
            files.entry(speaker).or_default().push(entry.file);
        }
    }
    let meant = catalogue.participants().filter(|one| is_meant(one));
    let object = |one: &'c Arc<Participant>| SpeakerObject {
        speaker: one.name.as_deref(),
        office: one.office.as_deref(),
        county: one.county.as_ref().map(|county| county.name()),
        group: one.group,
        files: files.remove(one.as_ref()).unwrap_or_default(),
    };
    meant.map(object).collect()
}

/// Who says what in a file. Offsets are characters of its text.
#[derive(Debug, Serialize)]
pub struct RemarksObject<'p> {
    file: &'p str,
    meeting: MeetingObject<'p>,
    remarks: Vec<RemarkObject<'p>>,
    /// What is in no remark, and why.
    left_out: Vec<LeftOutObject>,
    doubts: Vec<DoubtObject>,
}

impl<'p> RemarksObject<'p> {
    /// Of a paper, as `inspect --json` has it.
    pub fn of(paper: &'p Paper, lang: Lang) -> RemarksObject<'p> {
        let offsets = CharOffsets::new(&paper.text);
        let mut left_out: Vec<&LeftOut> = paper.left_out.iter().chain(&paper.frames).collect();
        left_out.sort_by_key(|left| left.span);
        let remarks = paper.pieces.iter();
        let doubts = paper.doubts.iter();
        RemarksObject {
            file: &paper.file,
            meeting: MeetingObject::of(&paper.meeting),
            remarks: remarks
                .map(|piece| RemarkObject::of_piece(piece, &paper.text, &offsets))
                .collect(),
            left_out: left_out.iter().map(|left| LeftOutObject::of(left, &offsets)).collect(),
            doubts: doubts.map(|doubt| DoubtObject::of(doubt, &offsets, lang)).collect(),
        }
    }
}
