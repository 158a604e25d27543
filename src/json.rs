//! The JSON contract: answers and reports as other programs read them. Offsets count characters (Unicode scalar
//! values) of the decoded text, so that `text[start:end]` holds in Python.

mod knowledge;
mod survey;

pub use knowledge::{FileObject, RemarksObject, SpeakerObject, speakers};
pub use survey::{ProfileObject, TopicObject};

use serde::Serialize;

use crate::answer::{Answer, Body, Kind, Quote, Verdict};
use crate::index::Piece;
use crate::meeting::{DateRange, Doubt, LeftOut, Meeting, Remark, Report, Voice};
use crate::text::{CharOffsets, Span};
use crate::wording::{Lang, brief_line, doubt_line, reason_line};

/// An answer as one line of `ask --json`.
#[derive(Debug, Serialize)]
pub struct AnswerLine<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a serde_json::Value>,
    question: &'a str,
    kind: &'static str,
    quotes: Vec<QuoteObject<'a>>,
    /// Names that were typed in another spelling: what was typed, what it was taken for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    taken: Vec<(&'a str, &'a str)>,
    /// Words of the question that stand in no quote, and the words that stand for them there.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    in_other_words: Vec<(&'a str, &'a str)>,
    /// Who was to be compared and says nothing of it.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    silent: &'a [String],
    /// Whether a part of the files could not be searched.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    in_part: bool,
    /// How many quotes there are in all, where more than are shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    total: Option<usize>,
    /// The answer in a word, where it is one: the day, the place, the names.
    #[serde(skip_serializing_if = "Option::is_none")]
    brief: Option<String>,
    /// Whether it was said, where that is asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    verdict: Option<&'static str>,
    /// Why there is no answer, and who did speak.
    #[serde(skip_serializing_if = "Option::is_none")]
    refusal: Option<RefusalObject<'a>>,
}

#[derive(Debug, Serialize)]
struct RefusalObject<'a> {
    reason: String,
    spoke: Vec<PersonObject<'a>>,
    meetings: &'a [String],
}

/// A quote.
#[derive(Debug, Serialize)]
pub struct QuoteObject<'a> {
    file: &'a str,
    /// Other files that hold the same words.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    also: &'a [String],
    meeting: &'a str,
    date: Option<String>,
    speaker: Option<&'a str>,
    office: Option<&'a str>,
    county: Option<&'a str>,
    kind: &'static str,
    section: Option<&'a str>,
    text: &'a str,
    start: usize,
    end: usize,
    score: f32,
    /// How sure it is whose words these are.
    certainty: Option<&'static str>,
    /// Of a task: who is to do it.
    #[serde(skip_serializing_if = "Option::is_none")]
    owner: Option<Option<&'a str>>,
    /// Of a task: until when.
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<Option<&'a str>>,
    /// Of a task without a term: the word that leaves it open.
    #[serde(skip_serializing_if = "Option::is_none")]
    vague: Option<&'a str>,
    /// Ranges of `text`, in characters, that matched the question.
    matched: Vec<[usize; 2]>,
}

impl<'a> AnswerLine<'a> {
    /// Of an answer, with the id that its question came with.
    pub fn new(answer: &'a Answer, id: Option<&'a serde_json::Value>, lang: Lang) -> AnswerLine<'a> {
        let is_tasks = matches!(&answer.body, Body::Found { kind: Kind::Tasks, .. });
        let (kind, refusal) = match &answer.body {
            Body::Found { kind, .. } => (kind_word(*kind), None),
            Body::NoAnswer(refusal) => (
                "no_answer",
                Some(RefusalObject {
                    reason: reason_line(lang, refusal),
                    spoke: refusal
                        .spoke
                        .iter()
                        .map(|spoke| PersonObject {
                            speaker: spoke.name.as_deref(),
                            office: spoke.office.as_deref(),
                            county: spoke.county.as_deref(),
                        })
                        .collect(),
                    meetings: &refusal.meetings,
                }),
            ),
        };
        AnswerLine {
            id,
            question: &answer.question,
            kind,
            quotes: answer
                .quotes()
                .iter()
                .map(|quote| QuoteObject::new(quote, is_tasks))
                .collect(),
            taken: answer
                .taken
                .iter()
                .map(|taken| (taken.typed.as_str(), taken.meant.as_str()))
                .collect(),
            in_other_words: answer
                .in_other_words
                .iter()
                .map(|stood| (stood.asked.as_str(), stood.told.as_str()))
                .collect(),
            silent: &answer.silent,
            in_part: answer.in_part,
            total: answer.total,
            brief: answer.brief.as_ref().map(|brief| brief_line(lang, brief)),
            verdict: answer.verdict.map(|verdict| match verdict {
                Verdict::Said => "said",
                Verdict::SaidByOther => "said_by_other",
                Verdict::NotFound => "not_found",
            }),
            refusal,
        }
    }
}

fn kind_word(kind: Kind) -> &'static str {
    match kind {
        Kind::Quotes => "quotes",
        Kind::Summary => "summary",
        Kind::Comparison => "comparison",
        Kind::Speakers => "speakers",
        Kind::Meeting => "meeting",
        Kind::Tasks => "tasks",
    }
}

impl<'a> QuoteObject<'a> {
    /// Of a quote that is no task.
    pub fn of(quote: &'a Quote) -> QuoteObject<'a> {
        QuoteObject::new(quote, false)
    }

    fn new(quote: &'a Quote, is_task: bool) -> QuoteObject<'a> {
        let person = PersonObject::of(&quote.voice);
        let offsets = CharOffsets::new(&quote.text);
        QuoteObject {
            file: &quote.file,
            also: &quote.also,
            meeting: &quote.meeting,
            date: quote.dates.map(|dates| dates.start().to_string()),
            speaker: person.speaker,
            office: person.office,
            county: person.county,
            kind: quote.voice.kind(),
            section: quote.section.as_deref(),
            text: &quote.text,
            start: quote.at.start,
            end: quote.at.end,
            score: quote.score,
            certainty: quote.voice.certainty().map(|certainty| certainty.word()),
            owner: is_task.then_some(quote.owner.as_deref()),
            due: is_task.then_some(quote.due.as_deref()),
            vague: quote.vague.as_deref().filter(|_| is_task),
            matched: quote
                .matched
                .iter()
                .map(|span| offsets.chars(*span))
                .map(|span| [span.start, span.end])
                .collect(),
        }
    }
}

/// A report as one line of `inspect --json`.
#[derive(Debug, Serialize)]
pub struct ReportLine<'a> {
    file: &'a str,
    meeting: MeetingObject<'a>,
    remarks: Vec<RemarkObject<'a>>,
    /// What is in no remark, and why.
    left_out: Vec<LeftOutObject>,
    /// Share of the text that was understood.
    understood: f32,
    /// What an admin should look at.
    doubts: Vec<DoubtObject>,
}

#[derive(Debug, Serialize)]
struct LeftOutObject {
    start: usize,
    end: usize,
    why: &'static str,
}

/// What a file is about.
#[derive(Debug, Serialize)]
pub struct MeetingObject<'a> {
    title: &'a str,
    date_start: Option<String>,
    date_end: Option<String>,
    place: Option<&'a str>,
    organizer: Option<&'a str>,
    /// The rules that tell these; only where they are asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<FactsWhyObject>,
}

#[derive(Debug, Serialize)]
struct FactsWhyObject {
    title: &'static str,
    days: Option<&'static str>,
    county: &'static str,
}

#[derive(Debug, Serialize)]
struct WhyObject {
    speaker: &'static str,
    office: Option<&'static str>,
    county: Option<&'static str>,
}

#[derive(Debug, Serialize)]
struct RemarkObject<'a> {
    speaker: Option<&'a str>,
    office: Option<&'a str>,
    county: Option<&'a str>,
    kind: &'static str,
    cue: Option<&'a str>,
    section: Option<&'a str>,
    text: &'a str,
    start: usize,
    end: usize,
    /// Whether the text names the speaker at these words; absent where nobody is named.
    #[serde(skip_serializing_if = "Option::is_none")]
    certainty: Option<&'static str>,
    /// The rules that tell whose words these are; only where they are asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<WhyObject>,
}

/// What an admin should look at, and where, in characters.
#[derive(Debug, Serialize)]
pub struct DoubtObject {
    message: String,
    start: usize,
    end: usize,
}

impl LeftOutObject {
    /// Of a stretch of the text that the offsets are of.
    fn of(left: &LeftOut, offsets: &CharOffsets<'_>) -> LeftOutObject {
        let at = offsets.chars(left.span);
        LeftOutObject {
            start: at.start,
            end: at.end,
            why: left.why.word(),
        }
    }
}

impl<'a> MeetingObject<'a> {
    /// Of a file's facts, without the rules that tell them.
    pub fn of(meeting: &'a Meeting) -> MeetingObject<'a> {
        MeetingObject::told(
            &meeting.title,
            meeting.dates,
            meeting.place.as_deref(),
            meeting.organizer.as_deref(),
        )
    }

    fn told(
        title: &'a str,
        dates: Option<DateRange>,
        place: Option<&'a str>,
        organizer: Option<&'a str>,
    ) -> MeetingObject<'a> {
        MeetingObject {
            title,
            date_start: dates.map(|dates| dates.start().to_string()),
            date_end: dates.map(|dates| dates.end().to_string()),
            place,
            organizer,
            why: None,
        }
    }
}

impl DoubtObject {
    /// Of a doubt about the text that the offsets are of.
    pub fn of(doubt: &Doubt, offsets: &CharOffsets<'_>, lang: Lang) -> DoubtObject {
        let at = offsets.chars(doubt.span);
        DoubtObject {
            message: doubt_line(lang, &doubt.kind),
            start: at.start,
            end: at.end,
        }
    }
}

impl<'a> ReportLine<'a> {
    /// Of a report and the decoded text it was read from.
    pub fn new(file: &'a str, text: &'a str, report: &'a Report, lang: Lang) -> ReportLine<'a> {
        let offsets = CharOffsets::new(text);
        ReportLine {
            file,
            meeting: MeetingObject::of(&report.meeting),
            remarks: report
                .remarks
                .iter()
                .map(|remark| RemarkObject::new(remark, text, report, &offsets))
                .collect(),
            left_out: report
                .left_out
                .iter()
                .map(|left| LeftOutObject::of(left, &offsets))
                .collect(),
            understood: report.understood(text),
            doubts: report
                .doubts
                .iter()
                .map(|doubt| DoubtObject::of(doubt, &offsets, lang))
                .collect(),
        }
    }
}

impl ReportLine<'_> {
    /// The same with the rules behind the meeting's facts and behind each remark that somebody speaks.
    pub fn with_rules(mut self, report: &Report) -> Self {
        self.meeting.why = Some(FactsWhyObject {
            title: report.why.title.name(),
            days: report.why.days.map(|rule| rule.name()),
            county: report.why.home.name(),
        });
        for (object, remark) in self.remarks.iter_mut().zip(&report.remarks) {
            object.why = remark.why.map(|why| WhyObject {
                speaker: why.speaker.name(),
                office: why.office.map(|rule| rule.name()),
                county: why.county.map(|rule| rule.name()),
            });
        }
        self
    }
}

impl<'a> RemarkObject<'a> {
    fn new(remark: &'a Remark, text: &'a str, report: &'a Report, offsets: &CharOffsets<'_>) -> RemarkObject<'a> {
        let section = remark.section.and_then(|index| report.sections.get(index));
        RemarkObject {
            cue: remark.cue.as_deref(),
            section: section.map(|section| section.heading.of(text)),
            ..RemarkObject::of(&remark.voice, remark.span, text, offsets)
        }
    }

    /// Of a piece of a paper.
    fn of_piece(piece: &'a Piece, text: &'a str, offsets: &CharOffsets<'_>) -> RemarkObject<'a> {
        RemarkObject {
            cue: piece.cue.as_deref(),
            section: piece.section.as_deref(),
            ..RemarkObject::of(&piece.voice, piece.span, text, offsets)
        }
    }

    fn of(voice: &'a Voice, span: Span, text: &'a str, offsets: &CharOffsets<'_>) -> RemarkObject<'a> {
        let person = PersonObject::of(voice);
        let at = offsets.chars(span);
        RemarkObject {
            speaker: person.speaker,
            office: person.office,
            county: person.county,
            kind: voice.kind(),
            cue: None,
            section: None,
            text: span.of(text),
            start: at.start,
            end: at.end,
            certainty: voice.certainty().map(|certainty| certainty.word()),
            why: None,
        }
    }
}

/// The three columns that say whose words something is.
#[derive(Debug, Serialize)]
pub struct PersonObject<'a> {
    speaker: Option<&'a str>,
    office: Option<&'a str>,
    county: Option<&'a str>,
}

impl<'a> PersonObject<'a> {
    /// Of a voice.
    pub fn of(voice: &'a Voice) -> PersonObject<'a> {
        PersonObject {
            speaker: voice.name(),
            office: voice.office(),
            county: voice.county().map(|county| county.name()),
        }
    }
}
